//! Marks a design: points for each check, with what decided it.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{QuizMark, mark_quiz};
use super::cast::cast;
use super::decide::{Decider, Decision, Proof, State};
use super::lab::{Choices, HintLevel, Item, Lab, Mode};
use super::locked::{Restored, restore};
use super::ready::Cast;
use super::ready::Ready;
use super::said::says;
use super::scene::Scene;
use crate::design::Design;
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// Candidates for one role that are tried where nobody said who fills it.
const MAX_TRIED: usize = 8;

/// What a student hands in beside the design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Who fills which role.
    pub roles: Choices,
    /// Answers to questions, by question.
    pub answers: BTreeMap<String, Vec<String>>,
    /// The hints that were read, by check.
    pub hints: BTreeSet<(String, HintLevel)>,
    /// How it was done.
    pub mode: Option<Mode>,
}

/// What a design is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    /// The lab.
    pub lab: String,
    /// Its edition.
    pub version: u32,
    /// Each check, in order.
    pub marks: Vec<Mark>,
    /// Each question, in order.
    pub quiz: Vec<QuizMark>,
    /// Who was taken for whom.
    pub cast: Cast,
    /// What of the start was changed though it is locked. It is graded as the start has it.
    pub unlocked: Vec<NodeId>,
    /// Points without what hints cost.
    pub points: u32,
    /// What everything that was asked is worth: the checks, in quiz mode the questions, both where they were asked beside it.
    pub of: u32,
    /// What could not be decided is worth; it is in `of` and not in `points`.
    pub open: u32,
    /// What hints cost.
    pub hint_cost: u32,
}

impl Grade {
    /// Points of a hundred, rounded down.
    pub fn percent(&self) -> u32 {
        (self.points.saturating_mul(100)).checked_div(self.of).unwrap_or_default()
    }

    /// Whether every point was made.
    pub const fn is_full(&self) -> bool {
        self.points == self.of && self.of > 0
    }

    /// The mark of a check.
    pub fn mark(&self, id: &str) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.id == id)
    }
}

/// What became of one check.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Which.
    pub id: String,
    /// What it asks.
    pub says: Message,
    /// Whether it holds.
    pub state: State,
    /// Its points, hints paid.
    pub points: u32,
    /// What it is worth.
    pub of: u32,
    /// Why.
    pub why: Message,
    /// What the author says of it.
    pub feedback: Option<Message>,
    /// The checks that must hold first and do not.
    pub waits_for: Vec<String>,
    /// What decided it.
    pub proof: Option<Proof>,
    /// The hints for the state it is in, gentlest first: their places among the check's.
    pub hints: Vec<usize>,
}

/// Marks a design.
pub fn grade(ready: &Ready, design: &Design, work: &Work) -> Grade {
    let lab = &ready.lab;
    let Restored { design, changed } = restore(ready, design);
    let scene = Scene::new(design);
    let mut cast = cast(ready, &scene, &work.roles);
    settle(ready, &scene, &mut cast, work);
    let mut grade = marked(lab, &scene, cast, work);
    grade.quiz = mark_quiz(ready, &work.answers);
    // Questions count where they were asked: alone in quiz mode, beside the drawing in all modes that ask them. Of a bare drawing nothing is known
    // of them, so they are no part of what it could have made.
    let (points, of) = grade.quiz.iter().fold((0, 0), |(points, of), mark| (points + mark.points, of + mark.of));
    if work.mode == Some(Mode::Quiz) || lab.checks.is_empty() {
        (grade.points, grade.of, grade.open) = (points, of, 0);
    } else if work.mode.is_some_and(Mode::asks) || !work.answers.is_empty() {
        (grade.points, grade.of) = (grade.points + points, grade.of + of);
    }
    grade.unlocked = changed;
    grade
}

/// Where a role for one could be several and nobody said who, the one that makes most points: whatever does what is asked gets the points. Roles
/// are settled one after the other.
fn settle(ready: &Ready, scene: &Scene, found: &mut Cast, work: &Work) {
    let open: Vec<(String, Vec<NodeId>)> =
        found.open().map(|(role, filled)| (role.to_owned(), filled.candidates.clone())).collect();
    let mut choices = work.roles.clone();
    for (role, candidates) in open {
        let mut best: Option<(u32, NodeId)> = None;
        for candidate in candidates.iter().copied().take(MAX_TRIED) {
            choices.insert(role.clone(), vec![candidate]);
            let points = marked(&ready.lab, scene, cast(ready, scene, &choices), work).points;
            if best.is_none_or(|(most, _)| points > most) {
                best = Some((points, candidate));
            }
        }
        choices.insert(role, best.map(|(_, id)| id).into_iter().collect());
    }
    if choices == work.roles {
        return;
    }
    let settled = cast(ready, scene, &choices);
    for (role, mut filled) in settled.roles {
        filled.chosen = work.roles.contains_key(&role) && filled.chosen;
        found.roles.insert(role, filled);
    }
}

fn marked(lab: &Lab, scene: &Scene, cast: Cast, work: &Work) -> Grade {
    let decider = Decider::new(lab, scene, &cast);
    let is_drawn = scene.design.nodes().any(|(_, node)| node.body.is_deployed());
    let mut states: BTreeMap<&str, Decision> = BTreeMap::new();
    for item in &lab.checks {
        let decision = if is_drawn {
            decider.decide(&item.check)
        } else {
            Decision::new(State::NotYet, message!("아직 그린 것이 없어요.", "Nothing is drawn yet."))
        };
        states.insert(&item.id, decision);
    }
    decider.hold_against_roles(&mut states);
    let holds = |id: &str| states.get(id).is_some_and(|decision| decision.state == State::Holds);
    let marks: Vec<Mark> = lab
        .checks
        .iter()
        .map(|item| {
            let waits_for: Vec<String> = waits_for(lab, item, &holds);
            let decision = states.get(item.id.as_str()).cloned();
            mark(lab, &decider, item, waits_for, decision, work)
        })
        .collect();
    let open = marks.iter().filter(|mark| mark.state == State::Unknown).map(|mark| mark.of).sum();
    let hint_cost = lab.checks.iter().map(|item| cost_of_hints(item, work)).sum();
    Grade {
        lab: lab.id.clone(),
        version: lab.version,
        points: marks.iter().map(|mark| mark.points).sum(),
        of: marks.iter().map(|mark| mark.of).sum(),
        open,
        hint_cost,
        marks,
        quiz: Vec::new(),
        unlocked: Vec::new(),
        cast,
    }
}

/// The checks that a check needs, near and far, and that do not hold.
fn waits_for(lab: &Lab, item: &Item, holds: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open: Vec<&str> = item.needs.iter().map(String::as_str).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if !holds(id) {
            found.push(id.to_owned());
        }
        open.extend(lab.item(id).into_iter().flat_map(|item| item.needs.iter().map(String::as_str)));
    }
    found.sort_by_key(|id| lab.checks.iter().position(|item| item.id == *id));
    found
}

fn mark(
    lab: &Lab,
    decider: &Decider,
    item: &Item,
    waits_for: Vec<String>,
    decision: Option<Decision>,
    work: &Work,
) -> Mark {
    let Decision { mut state, mut why, mut proof } =
        decision.unwrap_or_else(|| Decision::new(State::NotYet, Message::default()));
    if !waits_for.is_empty() && state > State::NotYet {
        let first = waits_for.first().and_then(|id| lab.item(id)).map(|item| says(lab, item)).unwrap_or_default();
        let (ko, en) = (first.ko, first.en);
        why = message!("먼저 되어야 할 것이 있어요: {ko}", "Something else comes first: {en}");
        (state, proof) = (State::NotYet, None);
    }
    let earned = match state {
        State::Holds => item.points,
        State::Partly => item.points / 2,
        State::NotYet | State::Fails | State::Unknown => 0,
    };
    let feedback = item.feedback.as_ref().and_then(|of| match state {
        State::Holds => of.right.clone(),
        State::Partly | State::Fails | State::Unknown => of.wrong.clone(),
        State::NotYet => None,
    });
    let hints = if state == State::Holds || !waits_for.is_empty() { Vec::new() } else { hints(decider, item) };
    Mark {
        id: item.id.clone(),
        says: says(lab, item),
        state,
        points: earned.saturating_sub(cost_of_hints(item, work)),
        of: item.points,
        why,
        feedback,
        waits_for,
        proof,
        hints,
    }
}

fn cost_of_hints(item: &Item, work: &Work) -> u32 {
    let read = item.hints.iter().filter(|hint| work.hints.contains(&(item.id.clone(), hint.level)));
    read.map(|hint| (hint.level, hint.cost)).collect::<BTreeMap<_, _>>().into_values().sum()
}

/// Of each level the first hint whose state is there.
fn hints(decider: &Decider, item: &Item) -> Vec<usize> {
    let fits =
        |hint: &super::lab::Hint| hint.when.as_ref().is_none_or(|when| decider.decide(when).state == State::Holds);
    let of = |level: HintLevel| item.hints.iter().position(|hint| hint.level == level && fits(hint));
    HintLevel::ALL.into_iter().filter_map(of).collect()
}
