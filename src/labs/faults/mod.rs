//! Faults that learners make, made by the engine: small edits that break what a design does, seeded, recorded, and each with its mend.

mod edits;
mod seed;

use std::collections::BTreeMap;

pub use edits::inverse;

use super::decide::State;
use super::grade::{Work, grade};
use super::lab::{Choices, FaultUse};
use super::ready::Ready;
use crate::design::{Design, Edit};
use crate::facts::Context;
use crate::message;
use crate::rules::check;
use crate::text::{Message, Text};
use seed::Seed;

/// The hardest level.
pub const MAX_LEVEL: u8 = 3;
/// Sites that are tried before it is said that nothing can be broken.
const MAX_TRIED: usize = 400;

/// A class of faults.
pub struct Class {
    /// Stable name.
    pub id: &'static str,
    /// What is wrong, in a few words.
    pub title: Text,
    /// How hard it is to find: 1 shows in the drawing, 2 in a table, 3 only to whoever thinks it through.
    pub level: u8,
    /// Every way to make it in a design.
    pub sites: fn(&Context) -> Vec<Site>,
}

/// One way to break a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// What is done.
    pub edits: Vec<Edit>,
    /// What was done, for whoever may know.
    pub what: Message,
}

/// The classes.
pub const CLASSES: &[Class] = &[];

/// A class by its id.
pub fn class(id: &str) -> Option<&'static Class> {
    CLASSES.iter().find(|class| class.id == id)
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

/// Breaks the solution of a lab by one of these uses.
///
/// # Errors
/// That no site of them breaks what it should.
pub fn of_lab(ready: &Ready, uses: &[FaultUse], seed: &str, level: u8) -> Result<Broken, Message> {
    of_lab_several(ready, uses, seed, level, 1)
}

/// The same with several faults at once.
///
/// # Errors
/// That there are not so many sites that break what they should.
pub fn of_lab_several(
    ready: &Ready,
    uses: &[FaultUse],
    seed: &str,
    level: u8,
    count: usize,
) -> Result<Broken, Message> {
    let roles: Choices = grade(ready, &ready.solution, &Work::default())
        .cast
        .roles
        .into_iter()
        .map(|(role, filled)| (role, filled.nodes))
        .collect();
    let work = Work { roles: roles.clone(), ..Work::default() };
    let holds = |design: &Design| -> BTreeMap<String, State> {
        grade(ready, design, &work).marks.into_iter().map(|mark| (mark.id, mark.state)).collect()
    };
    let classes = uses.iter().filter_map(|used| Some((class(&used.class)?, used.visible, used.breaks.as_slice())));
    let needs = ready.lab.checks.iter().map(|item| (item.id.clone(), item.needs.clone())).collect();
    let wanted = Wanted { classes: classes.filter(|(class, ..)| class.level <= level).collect(), holds: &holds, needs };
    let mut seed = Seed::new(&[&ready.lab.id, seed]);
    let faults = choose(&ready.solution, &wanted, &mut seed, count)?;
    broken(&ready.solution, faults, roles)
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
fn choose(design: &Design, wanted: &Wanted<'_>, seed: &mut Seed, count: usize) -> Result<Vec<Made>, Message> {
    let context = Context::new(design);
    let before = (wanted.holds)(design);
    let shown = problems(design);
    // Classes in a drawn order, so that those with many sites are not chosen more often.
    let mut classes = wanted.classes.clone();
    seed.shuffle(&mut classes);
    let mut sites: Vec<Vec<(&'static Class, bool, &[String], Site)>> = Vec::new();
    for (class, visible, breaks) in classes {
        let mut own = (class.sites)(&context);
        seed.shuffle(&mut own);
        sites.push(own.into_iter().map(|site| (class, visible, breaks, site)).collect());
    }
    let mut found: Vec<Made> = Vec::new();
    let mut tried = 0;
    for own in sites {
        for (class, visible, breaks, site) in own {
            if tried >= MAX_TRIED {
                break;
            }
            if found.iter().any(|made| edits::touch(&made.edits, &site.edits)) {
                continue;
            }
            tried += 1;
            let mut after = design.clone();
            let Some(mend) = inverse(design, &site.edits) else { continue };
            if after.apply_all(&site.edits).is_err() || after == *design {
                continue;
            }
            if !visible && !problems(&after).iter().all(|problem| shown.contains(problem)) {
                continue;
            }
            let states = (wanted.holds)(&after);
            let Some(broken) = flipped(&before, &states, breaks, &wanted.needs) else { continue };
            let mut mended = after;
            if mended.apply_all(&mend).is_err() || mended != *design {
                continue;
            }
            let Site { edits, what } = site;
            found.push(Made { class: class.id, level: class.level, what, edits, mend, breaks: broken });
            if found.len() == count {
                return Ok(found);
            }
            // The next fault is of another class.
            break;
        }
    }
    Err(message!(
        "이 설계에서 조건에 맞게 만들 수 있는 장애가 {0}개뿐이에요.",
        "Only {0} faults can be made in this design that break what they should.",
        found.len()
    ))
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

/// What the problems panel says of a design.
fn problems(design: &Design) -> Vec<(&'static str, crate::id::NodeId, Option<&'static str>)> {
    check(design).into_iter().map(|finding| (finding.rule, finding.node, finding.field)).collect()
}
