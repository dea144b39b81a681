//! A lab with its designs drawn, who fills its roles there, and what can be wrong with its file.

use std::collections::BTreeMap;

use super::drawing::draw;
use super::lab::{Card, Lab};
use crate::design::Design;
use crate::id::NodeId;
use crate::text::Message;

/// What is wrong with a lab file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabError {
    /// The place: `checks[2].check.reaches.from`, or a line and a column; empty for the file as a whole.
    pub place: String,
    /// What is wrong, and what would do.
    pub why: Message,
}

impl LabError {
    pub(super) fn new(place: impl Into<String>, why: Message) -> Self {
        Self { place: place.into(), why }
    }

    /// Place and reason in a line.
    pub fn message(&self) -> Message {
        match self.place.as_str() {
            "" => self.why.clone(),
            place => Message { ko: format!("{place}: {}", self.why.ko), en: format!("{place}: {}", self.why.en) },
        }
    }
}

/// A lab with its designs drawn.
#[derive(Clone, Debug)]
pub struct Ready {
    /// What the file says.
    pub lab: Lab,
    /// What the student begins with.
    pub start: Design,
    /// A design that does all that is asked.
    pub solution: Design,
    /// Who fills which role in the solution.
    pub(super) cast: Cast,
}

/// Whom each role means in one design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// By role.
    pub roles: BTreeMap<String, Filled>,
}

/// Whom a role means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Those who fill it.
    pub nodes: Vec<NodeId>,
    /// All that could, where the role is for one and several fit: the student is asked which.
    pub candidates: Vec<NodeId>,
    /// Whether the student said so.
    pub chosen: bool,
    /// Whether the role is for one.
    pub one: bool,
    /// Those of them that are not, or no longer, what the role asks for, and what they lack.
    pub misfits: BTreeMap<NodeId, Message>,
}

impl Ready {
    /// The drawing beside a concept card, where it has one that can be drawn.
    pub fn picture(&self, card: &Card) -> Option<Design> {
        draw("picture", card.picture.as_ref()?, &self.solution).ok()
    }
}

impl Cast {
    /// Those who fill a role.
    pub fn of(&self, role: &str) -> &[NodeId] {
        self.roles.get(role).map_or(&[], |filled| filled.nodes.as_slice())
    }

    /// The roles for one that several could fill, and nobody said who does.
    pub fn open(&self) -> impl Iterator<Item = (&str, &Filled)> {
        let open = |filled: &Filled| filled.one && !filled.chosen && filled.candidates.len() > 1;
        self.roles.iter().filter(move |(_, filled)| open(filled)).map(|(id, filled)| (id.as_str(), filled))
    }
}
