//! The parts of a lab file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::check::Check;
use super::quiz::{Feedback, Quiz};
use super::select::{Selector, is_off};
use crate::text::{Message, Text, t};

/// A lab as its file says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lab {
    /// The version of the form of the file: [`super::VERSION`].
    #[serde(rename = "groundplan_lab")]
    pub form: u64,
    /// Stable name, in small letters, digits and hyphens.
    pub id: String,
    /// The edition of this lab, from 1; a submission says which one it answers.
    pub version: u32,
    /// What it is called.
    pub title: Message,
    /// What is asked for and why, in plain paragraphs.
    pub story: Message,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// The labs to do before, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<String>,
    /// How it may be done.
    #[serde(default = "usual_modes")]
    pub modes: Vec<Mode>,
    /// What the student begins with.
    #[serde(default)]
    pub start: Drawing,
    /// A design that does all that is asked.
    pub solution: Drawing,
    /// What of the start cannot be changed: ids of its resources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<Lock>,
    /// What the palette offers, by kind; nothing means everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub palette: Option<Vec<String>>,
    /// Whom checks speak of.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// The way there in guided mode.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Stage>,
    /// What is marked.
    pub checks: Vec<Item>,
    /// Questions beside the drawing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quiz: Vec<Quiz>,
    /// The faults that find-the-fault mode chooses from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FaultUse>,
    /// What the lab teaches beyond its task.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<Card>,
}

fn usual_modes() -> Vec<Mode> {
    vec![Mode::Guided, Mode::Goal]
}

/// How a lab may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Steps tick as they become true.
    Guided,
    /// Only the aim is given.
    Goal,
    /// The design is broken; problems and fixes are hidden.
    FindTheFault,
    /// Without hints, and what is hidden stays so.
    Exam,
    /// Say where the packet will die, then see.
    Predict,
    /// Questions only.
    Quiz,
}

impl Mode {
    /// Whether the questions of a lab belong to it.
    pub const fn asks(self) -> bool {
        !matches!(self, Self::FindTheFault)
    }

    /// As people read it.
    pub const fn label(self) -> Text {
        match self {
            Self::Guided => t("안내를 따라 하기", "Guided"),
            Self::Goal => t("목표만 보고 하기", "Goal only"),
            Self::FindTheFault => t("장애 찾기", "Find the fault"),
            Self::Exam => t("시험", "Exam"),
            Self::Predict => t("먼저 예측하기", "Predict first"),
            Self::Quiz => t("퀴즈", "Quiz"),
        }
    }
}

/// Where a design comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// An empty canvas.
    #[default]
    Empty,
    /// A sample of Groundplan's own, by id.
    Sample(String),
    /// The solution without these resources and all that is in them.
    SolutionWithout(Vec<String>),
    /// These resources of the solution with the frames around them, drawn close together.
    SolutionOnly(Vec<String>),
    /// A design file as an object.
    Design(serde_json::Value),
}

/// What of the start cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The resource's id in the start.
    pub node: String,
    /// Why, to say when somebody tries.
    pub why: Message,
}

/// Somebody that checks speak of, whatever the student calls it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Name within the file.
    pub id: String,
    /// What sentences call it.
    pub name: Message,
    /// Whether exactly one resource fills it; else everything that fits does.
    #[serde(default, skip_serializing_if = "is_off")]
    pub one: bool,
    /// Whom it means.
    pub find: Selector,
}

/// A step of guided mode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// What to do.
    pub text: Message,
    /// The checks that tick it.
    pub checks: Vec<String>,
}

/// One thing that is marked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Name within the file.
    pub id: String,
    /// What it is worth.
    pub points: u32,
    /// What must be so.
    pub check: Check,
    /// The sentence in the place of the one that the check makes by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<Message>,
    /// Checks that must hold before this one counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// What to say beside the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Feedback>,
    /// Whether exams keep it to themselves.
    #[serde(default, skip_serializing_if = "is_off")]
    pub hidden: bool,
    /// Help for those whose check is wrong, gentlest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<Hint>,
    /// Concept cards that explain it, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<String>,
}

/// A piece of help.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hint {
    /// How much it gives away.
    pub level: HintLevel,
    /// The help.
    pub text: Message,
    /// Points it costs, of those of its check.
    #[serde(default)]
    pub cost: u32,
    /// The wrong state it is for; of several hints of a level, the first whose state is there is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Check>,
}

/// How much a hint gives away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HintLevel {
    /// What one must know.
    Concept,
    /// Where to look.
    Where,
    /// What to do.
    How,
}

impl HintLevel {
    /// All, gentlest first.
    pub const ALL: [Self; 3] = [Self::Concept, Self::Where, Self::How];

    /// Stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Concept => "concept",
            Self::Where => "where",
            Self::How => "how",
        }
    }
}

/// A class of faults that a lab offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultUse {
    /// Which: [`super::faults::classes`].
    pub class: String,
    /// The checks that it may make fail; nothing means any. One of them does, and no other beside those that need it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<String>,
    /// Whether it may show among the problems; by default only faults are chosen that no rule names.
    #[serde(default, skip_serializing_if = "is_off")]
    pub visible: bool,
}

/// A concept card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Name within the file.
    pub id: String,
    /// What it is about.
    pub title: Message,
    /// Why it is so.
    pub text: Message,
    /// A small drawing beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Drawing>,
    /// The AWS page that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Which resources fill which role: chosen by the student, or by the engine that broke a design. Kept with the submission and not in the design:
/// a role is a word of one lab, and a design may answer several, leave as a template and come back.
pub type Choices = BTreeMap<String, Vec<crate::id::NodeId>>;

impl Lab {
    /// A role by its id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// A check by its id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.checks.iter().find(|item| item.id == id)
    }

    /// What checks and questions are worth.
    pub fn points(&self) -> u32 {
        self.points_in(None)
    }

    /// What is worth something in a mode: questions alone in a quiz, checks alone where a fault is to be found.
    pub fn points_in(&self, mode: Option<Mode>) -> u32 {
        let checks = self.checks.iter().map(|item| item.points).filter(|_| mode != Some(Mode::Quiz));
        let quiz = self.quiz.iter().map(|quiz| quiz.points).filter(|_| mode.is_none_or(Mode::asks));
        checks.chain(quiz).fold(0, u32::saturating_add)
    }
}
