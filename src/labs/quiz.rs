//! Questions beside the drawing, as a lab file says them.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::check::{Traffic, Who};
use super::select::Selector;
use crate::text::Message;

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    /// Name within the file, by which a submission answers.
    pub id: String,
    /// What a right answer is worth.
    pub points: u32,
    /// What is asked.
    pub text: Message,
    /// How it is answered.
    pub ask: Ask,
    /// The design it is about.
    #[serde(default)]
    pub on: On,
    /// Points that each wrong choice costs, down to none.
    #[serde(default)]
    pub wrong_cost: u32,
    /// What to say afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Feedback>,
}

/// The design that a question is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// The lab's solution.
    #[default]
    Solution,
    /// What the student began with.
    Start,
}

/// How a question is answered. An answer is a list of words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// By some of these texts: their numbers, from 1.
    Choose(Choose),
    /// By resources on the canvas: their ids.
    Select(Box<Select>),
    /// By the route that wins: the number of its row in the table, from 1; `local`, or `none`.
    Route(RouteAsked),
    /// By an order of deletion: ids of resources, first to last.
    Order(Order),
    /// By the resource at which a packet dies, or `arrives`.
    Predict(Predict),
}

/// Texts to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choose {
    /// What may be chosen.
    pub options: Vec<Message>,
    /// The numbers of those that are right, from 1.
    pub right: BTreeSet<usize>,
}

/// Resources to choose on the canvas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Select {
    /// What can be chosen.
    pub among: Selector,
    /// Those that are right.
    pub right: Selector,
}

/// Which route wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteAsked {
    /// The subnet that a packet leaves, by id.
    pub subnet: String,
    /// Where to.
    pub address: Ipv4Addr,
}

/// Resources to bring into an order of deletion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// By id.
    pub nodes: Vec<String>,
}

/// Where a packet dies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predict {
    /// Who sends it; a role of one, or an address.
    pub from: Who,
    /// Whom to.
    pub to: Who,
    /// What it is.
    pub by: Traffic,
}

/// What an author says of a result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    /// When it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<Message>,
    /// When it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong: Option<Message>,
}
