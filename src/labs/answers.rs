//! Marks answers to questions: the engine knows the right ones where it can, so that they cannot drift from the design they are about.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::{cast, matches};
use super::check::Who;
use super::lab::Choices;
use super::quiz::{Ask, On, Order, Predict, Quiz, RouteAsked};
use super::ready::{Cast, Ready};
use super::scene::Scene;
use crate::id::NodeId;
use crate::reach::{Endpoint, Question, trace};
use crate::text::Message;

/// What became of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuizMark {
    /// Which.
    pub id: String,
    /// What it asks.
    pub says: Message,
    /// Its points.
    pub points: u32,
    /// What it is worth.
    pub of: u32,
    /// Whether it was answered at all.
    pub answered: bool,
    /// The right answer, as a submission would give it; of an order, one that is legal.
    pub right: Vec<String>,
    /// What the author says of it.
    pub feedback: Option<Message>,
}

impl Ready {
    /// What answers every question rightly.
    pub fn right_answers(&self) -> BTreeMap<String, Vec<String>> {
        mark_quiz(self, &BTreeMap::new()).into_iter().map(|mark| (mark.id, mark.right)).collect()
    }
}

/// Marks the answers to a lab's questions.
pub(super) fn mark_quiz(ready: &Ready, answers: &BTreeMap<String, Vec<String>>) -> Vec<QuizMark> {
    let one = |quiz: &Quiz| {
        let given = answers.get(&quiz.id).map_or(&[][..], Vec::as_slice);
        let (right, wrong, of_right) = judged(ready, quiz, given);
        let wanted = u32::try_from(right.len()).unwrap_or(u32::MAX).max(1);
        let share = quiz.points.saturating_mul(of_right) / wanted;
        let points = share.saturating_sub(wrong.saturating_mul(quiz.wrong_cost));
        let whole = points == quiz.points;
        let feedback = quiz.feedback.as_ref().and_then(|of| if whole { of.right.clone() } else { of.wrong.clone() });
        QuizMark {
            id: quiz.id.clone(),
            says: quiz.text.clone(),
            points,
            of: quiz.points,
            answered: !given.is_empty(),
            right,
            feedback,
        }
    };
    ready.lab.quiz.iter().map(one).collect()
}

/// The right answer, how many choices were wrong, and how many of the right ones were made.
fn judged(ready: &Ready, quiz: &Quiz, given: &[String]) -> (Vec<String>, u32, u32) {
    let design = match quiz.on {
        On::Solution => &ready.solution,
        On::Start => &ready.start,
    };
    let scene = Scene::new(design.clone());
    let cast = cast(ready, &scene, &Choices::new());
    let right: Vec<String> = match &quiz.ask {
        Ask::Choose(choose) => choose.right.iter().map(ToString::to_string).collect(),
        Ask::Select(select) => {
            let among: BTreeSet<NodeId> = matches(&ready.lab, &scene, &cast, &select.among).into_iter().collect();
            let right = matches(&ready.lab, &scene, &cast, &select.right);
            right.into_iter().filter(|id| among.contains(id)).map(|id| id.to_string()).collect()
        }
        Ask::Route(asked) => vec![winning_route(&scene, asked)],
        Ask::Order(order) => return ordered(&scene, order, given),
        Ask::Predict(predict) => vec![fate(&scene, &cast, predict)],
    };
    let chosen: BTreeSet<&String> = given.iter().collect();
    let hits = chosen.iter().filter(|one| right.contains(one)).count();
    let misses = chosen.len() - hits;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (right, count(misses), count(hits))
}

fn winning_route(scene: &Scene, asked: &RouteAsked) -> String {
    let subnet = asked.subnet.parse::<NodeId>().ok();
    let subnet = scene.net.subnets.iter().find(|known| Some(known.node) == subnet);
    match subnet.and_then(|subnet| scene.net.route(subnet, asked.address)) {
        Some(route) => route.row.map_or_else(|| "local".to_owned(), |row| (row + 1).to_string()),
        None => "none".to_owned(),
    }
}

/// Where a packet dies, or that it arrives.
fn fate(scene: &Scene, cast: &Cast, of: &Predict) -> String {
    let end = |who: &Who| match who {
        Who::Internet => Some(Endpoint::Internet),
        Who::Address(address) => Some(Endpoint::Address(*address)),
        Who::Block(block) => scene.parts_of(*block).first().copied().map(Endpoint::Address),
        Who::Role(role) => cast.of(role).first().copied().map(Endpoint::Node),
    };
    let (Some(from), Some(to)) = (end(&of.from), end(&of.to)) else { return String::new() };
    let question = Question { from, to, protocol: of.by.protocol, port: of.by.port, source_port: None };
    let Ok(answer) = trace(&scene.design, &scene.net, question) else { return String::new() };
    if answer.reachable() {
        return "arrives".to_owned();
    }
    answer.blockers().find_map(|blocker| blocker.component).map(|id| id.to_string()).unwrap_or_default()
}

/// A legal order, how many pairs were the wrong way round, and all points where none was.
fn ordered(scene: &Scene, order: &Order, given: &[String]) -> (Vec<String>, u32, u32) {
    let asked: Vec<NodeId> = order.nodes.iter().filter_map(|word| word.parse().ok()).collect();
    let legal: Vec<NodeId> = crate::teardown::teardown(&scene.design)
        .into_iter()
        .map(|step| step.node)
        .filter(|id| asked.contains(id))
        .collect();
    let before: BTreeMap<NodeId, Vec<NodeId>> = crate::teardown::teardown(&scene.design)
        .into_iter()
        .map(|step| (step.node, step.after.into_iter().map(|before| before.node).collect()))
        .collect();
    let place = |id: &NodeId| given.iter().position(|word| *word == id.to_string());
    let mut wrong = 0_u32;
    for id in &asked {
        for first in before.get(id).into_iter().flatten().filter(|first| asked.contains(first)) {
            match (place(first), place(id)) {
                (Some(first), Some(then)) if first < then => {}
                _ => wrong += 1,
            }
        }
    }
    let right: Vec<String> = legal.iter().map(ToString::to_string).collect();
    let whole = wrong == 0 && given.len() == asked.len();
    let count = u32::try_from(right.len()).unwrap_or(u32::MAX);
    let wrong = if given.is_empty() { 0 } else { wrong };
    (right, wrong, if whole { count } else { 0 })
}
