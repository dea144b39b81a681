//! Labs: tasks that mark themselves by what a design does.

mod cast;
mod check;
mod decide;
pub mod faults;
mod grade;
mod lab;
pub mod mutants;
mod quiz;
mod read;
mod said;
mod scene;
mod select;
mod sound;
pub mod submission;
mod valid;

pub use cast::{Cast, Filled};
pub use check::{
    Addresses, Blocked, Check, Cost, Exists, HowMany, Lost, Names, NoFindings, Only, Others, Property, Reaches,
    Request, SeverityName, Survives, Teardown, Template, TierCheck, Traffic, Who,
};
pub use decide::{Decision, Proof, State};
pub use grade::{Grade, Mark, Work, grade};
pub use lab::{Card, Choices, Drawing, FaultUse, Feedback, Hint, HintLevel, Item, Lab, Lock, Mode, Role, Stage};
pub use quiz::{Ask, Choose, On, Order, Predict, Quiz, QuizMark, RouteAsked, Select};
pub use read::{LabError, Ready, circles, read};
pub use said::{says, sentence};
pub use sound::{SEEDS, unsound};
pub use submission::{Submission, is_submission};
pub use select::{Conditions, Selector, TierName, Wish};

/// The version of the form of lab files.
pub const VERSION: u64 = 1;
/// Bytes a lab file may have.
pub const MAX_BYTES: usize = 5 << 20;
