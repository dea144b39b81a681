//! Faults that learners make, made by the engine: small edits that break what a design does, seeded, recorded, and each with its mend.

mod claims;
mod class;
mod edits;
mod filters;
mod hubs;
mod routing;
mod seed;
mod services;
mod serving;
mod tunnels;

use std::collections::BTreeMap;

pub use claims::derived;
pub use class::{Class, Site};
pub use edits::inverse;

use super::decide::State;
use super::grade::{Work, grade};
use super::lab::{Choices, FaultUse};
use super::ready::Ready;
use crate::design::{Assertion, Design, Edit};
use crate::facts::Context;
use crate::id::NodeId;
use crate::message;
use crate::reach::{Network, Outcome, judge};
use crate::rules::check;
use crate::text::Message;
use seed::Seed;

/// Sites that are tried before it is said that nothing can be broken.
const MAX_TRIED: usize = 400;

/// The classes, by what they are about.
pub fn classes() -> impl Iterator<Item = &'static Class> {
    let within = routing::CLASSES.iter().chain(&filters::CLASSES).chain(&serving::CLASSES).chain(&services::CLASSES);
    within.chain(&hubs::CLASSES).chain(&tunnels::CLASSES)
}

/// A class by its id.
pub fn class(id: &str) -> Option<&'static Class> {
    classes().find(|class| class.id == id)
}

/// A fault that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// Of which class.
    pub class: &'static str,
    /// How hard it is to find.
    pub level: u8,
    /// What was done.
    pub what: Message,
    /// The edits.
    pub edits: Vec<Edit>,
    /// The edits that undo it.
    pub mend: Vec<Edit>,
    /// What it makes fail: checks of a lab, or claims in words.
    pub breaks: Vec<String>,
}

/// A broken design.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// The design.
    pub design: Design,
    /// What was broken.
    pub faults: Vec<Made>,
    /// Who fills which role: as in the design before, for what is broken may not be found by its looks.
    pub roles: Choices,
}

impl Broken {
    /// What mends everything.
    pub fn mend(&self) -> Vec<Edit> {
        self.faults.iter().rev().flat_map(|made| made.mend.iter().cloned()).collect()
    }
}

/// What the choice of a fault is held against.
struct Wanted<'a> {
    /// Classes to choose from: whether it may show among the problems, and what it may make fail (nothing: anything).
    classes: Vec<(&'static Class, bool, &'a [String])>,
    /// What holds in a design, by name.
    holds: &'a dyn Fn(&Design) -> BTreeMap<String, State>,
    /// The names that fall with others, by name.
    needs: BTreeMap<String, Vec<String>>,
}

/// Which faults are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Any text: the same gives the same faults.
    pub seed: &'a str,
    /// How hard they should be to find, from 1 to 3; where no class of that level does, an easier one. Nothing means any.
    pub level: Option<u8>,
    /// How many.
    pub count: usize,
}

/// Breaks the solution of a lab by some of these uses.
///
/// # Errors
/// That there are not so many sites that break what they should.
pub fn of_lab(ready: &Ready, uses: &[FaultUse], asked: Asked<'_>) -> Result<Broken, Message> {
    let roles = solved_roles(ready);
    let work = Work { roles: roles.clone(), ..Work::default() };
    let holds = |design: &Design| states(ready, design, &work);
    let classes = uses.iter().filter_map(|used| Some((class(&used.class)?, used.visible, used.breaks.as_slice())));
    let wanted = Wanted { classes: classes.collect(), holds: &holds, needs: needs(ready) };
    let mut seed = Seed::new(&[&ready.lab.id, asked.seed]);
    let faults = choose(&ready.solution, &wanted, &mut seed, asked)?;
    broken(&ready.solution, faults, roles)
}

/// Breaks any design, so that of the claims that hold some no longer do; [`Made::breaks`] has their places. Faults that no rule names come first.
///
/// # Errors
/// That there are not so many sites that break a claim.
pub fn of_design(design: &Design, claims: &[Assertion], asked: Asked<'_>) -> Result<Broken, Message> {
    let holds = |design: &Design| -> BTreeMap<String, State> {
        let outcomes = judge(design, &Network::lower(design), &BTreeMap::new(), claims);
        let state = |(at, outcome): (usize, Outcome)| (at.to_string(), State::of(outcome.standing));
        outcomes.into_iter().enumerate().map(state).collect()
    };
    let mut refused = Message::default();
    for visible in [false, true] {
        let classes = classes().map(|class| (class, visible, &[][..])).collect();
        let wanted = Wanted { classes, holds: &holds, needs: BTreeMap::new() };
        match choose(design, &wanted, &mut Seed::new(&[asked.seed]), asked) {
            Ok(faults) => return broken(design, faults, Choices::new()),
            Err(why) => refused = why,
        }
    }
    Err(refused)
}

/// The design with all faults made.
fn broken(design: &Design, faults: Vec<Made>, roles: Choices) -> Result<Broken, Message> {
    let mut broken = design.clone();
    for made in &faults {
        broken.apply_all(&made.edits).map_err(|refusal| refusal.why)?;
    }
    Ok(Broken { design: broken, faults, roles })
}

/// Chooses faults, each of which breaks something by itself, and none of which touches what another does.
fn choose(design: &Design, wanted: &Wanted<'_>, seed: &mut Seed, asked: Asked<'_>) -> Result<Vec<Made>, Message> {
    let context = Context::new(design);
    let trial = Trial::new(design, wanted);
    // Classes in a drawn order, so that those with many sites are not chosen more often.
    let mut classes = wanted.classes.clone();
    seed.shuffle(&mut classes);
    if let Some(level) = asked.level {
        classes.retain(|(class, ..)| class.level <= level);
        classes.sort_by_key(|(class, ..)| std::cmp::Reverse(class.level));
    }
    let mut found: Vec<Made> = Vec::new();
    let mut tried = 0;
    for (class, visible, breaks) in classes {
        let mut own = (class.sites)(&context);
        seed.shuffle(&mut own);
        for site in own {
            if tried >= MAX_TRIED {
                break;
            }
            if found.iter().any(|made| edits::touch(&made.edits, &site.edits)) {
                continue;
            }
            tried += 1;
            let Some(made) = trial.made(class, visible, breaks, site) else { continue };
            found.push(made);
            if found.len() >= asked.count {
                return Ok(found);
            }
            // The next fault is of another class.
            break;
        }
    }
    let made = found.len();
    Err(message!(
        "이 설계에서 조건에 맞게 만들 수 있는 장애가 {made}개뿐이에요.",
        "Only {made} faults can be made in this design that break what they should."
    ))
}

/// The faults of a use that break what they should, whichever is drawn, but no more than so many: what the truth of a lab is held against.
pub(super) fn all_of_lab(ready: &Ready, used: &FaultUse, most: usize) -> Vec<Made> {
    let Some(class) = class(&used.class) else { return Vec::new() };
    let work = Work { roles: solved_roles(ready), ..Work::default() };
    let holds = |design: &Design| states(ready, design, &work);
    let wanted = Wanted { classes: Vec::new(), holds: &holds, needs: needs(ready) };
    let trial = Trial::new(&ready.solution, &wanted);
    let sites = (class.sites)(&Context::new(&ready.solution)).into_iter().take(MAX_TRIED);
    sites.filter_map(|site| trial.made(class, used.visible, &used.breaks, site)).take(most).collect()
}

/// Who fills which role in the solution.
pub(super) fn solved_roles(ready: &Ready) -> Choices {
    ready.cast.roles.iter().map(|(role, filled)| (role.clone(), filled.nodes.clone())).collect()
}

fn states(ready: &Ready, design: &Design, work: &Work) -> BTreeMap<String, State> {
    grade(ready, design, work).marks.into_iter().map(|mark| (mark.id, mark.state)).collect()
}

fn needs(ready: &Ready) -> BTreeMap<String, Vec<String>> {
    ready.lab.checks.iter().map(|item| (item.id.clone(), item.needs.clone())).collect()
}

/// A design in which faults are tried, with what holds and what is said of it before.
struct Trial<'a> {
    design: &'a Design,
    wanted: &'a Wanted<'a>,
    before: BTreeMap<String, State>,
    shown: Vec<Problem>,
}

impl<'a> Trial<'a> {
    fn new(design: &'a Design, wanted: &'a Wanted<'a>) -> Self {
        Self { design, wanted, before: (wanted.holds)(design), shown: problems(design) }
    }

    /// The fault, if it breaks what it should, does not show where it must not, and can be mended.
    fn made(&self, class: &'static Class, visible: bool, breaks: &[String], site: Site) -> Option<Made> {
        let Site { edits, what } = site;
        let mend = inverse(self.design, &edits)?;
        let mut after = self.design.clone();
        after.apply_all(&edits).ok()?;
        if after == *self.design {
            return None;
        }
        let broken = flipped(&self.before, &(self.wanted.holds)(&after), breaks, &self.wanted.needs)?;
        if !visible && !problems(&after).iter().all(|problem| self.shown.contains(problem)) {
            return None;
        }
        let mut mended = after;
        mended.apply_all(&mend).ok()?;
        (mended == *self.design).then(|| Made {
            class: class.id,
            level: class.level,
            what,
            edits,
            mend,
            breaks: broken,
        })
    }
}

/// What fails now and held before. Nothing where none does, or one that should not.
fn flipped(
    before: &BTreeMap<String, State>,
    after: &BTreeMap<String, State>,
    breaks: &[String],
    needs: &BTreeMap<String, Vec<String>>,
) -> Option<Vec<String>> {
    let held = before.iter().filter(|(_, state)| **state == State::Holds).map(|(id, _)| id);
    let fell: Vec<&String> = held.filter(|id| after.get(*id).is_some_and(|state| *state != State::Holds)).collect();
    let named = |id: &String| breaks.is_empty() || breaks.contains(id);
    let follows = |id: &String| needs.get(id).is_some_and(|needs| needs.iter().any(|need| fell.contains(&need)));
    let certain = fell
        .iter()
        .any(|id| named(id) && after.get(*id).is_some_and(|state| matches!(state, State::Fails | State::Partly)));
    let fits = fell.iter().all(|id| named(id) || follows(id));
    (certain && fits).then(|| fell.into_iter().cloned().collect())
}

/// What the problems panel says of one resource.
type Problem = (&'static str, NodeId, Option<&'static str>);

/// What it says of a design.
fn problems(design: &Design) -> Vec<Problem> {
    check(design).into_iter().map(|finding| (finding.rule, finding.node, finding.field)).collect()
}
