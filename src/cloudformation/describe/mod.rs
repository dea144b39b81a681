//! What `aws … describe-*` prints as a design, so that a real account can be drawn and checked.
//!
//! Texts hold JSON objects with lists under the names that the commands use (`Vpcs`, `Reservations`, …), in one file or many. What can be read is
//! read, even of a text that was cut short; the rest is listed. Resources keep their ids as [`Node::origin`](crate::design::Node::origin).

mod balancing;
mod collect;
mod compute;
mod document;
mod draw;
mod frames;
mod links;
mod policies;
#[cfg(test)]
mod tests;
mod transit;
mod vpn;

use std::collections::BTreeMap;

use crate::design::Design;
use crate::id::NodeId;
use crate::text::Message;

pub use collect::COLLECT;
use document::Dump;
use draw::Draw;

/// An account's network, drawn.
#[derive(Clone, Debug, Default)]
pub struct Described {
    /// The design.
    pub design: Design,
    /// What could not be read, or is drawn otherwise than it is.
    pub notes: Vec<Message>,
    /// Ids that have no node of their own, by the node that stands for them: the primary interface of an instance.
    pub aliases: BTreeMap<String, NodeId>,
}

/// Whether a text is output of describe commands, cut short or not.
pub fn is_describe(text: &str) -> bool {
    if !Dump::may_be(text) {
        return false;
    }
    let mut dump = Dump::default();
    dump.read("", text);
    dump.is_any()
}

/// Draws what texts hold; each has a name for notes, such as its file's.
pub fn describe<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Described {
    let mut dump = Dump::default();
    for (name, text) in texts {
        dump.read(name, text);
    }
    let mut draw = Draw::new(dump.take_notes());
    frames::draw(&mut draw, &dump);
    links::lists(&mut draw, &dump);
    policies::shells(&mut draw, &dump);
    frames::subnets(&mut draw, &dump);
    compute::instances(&mut draw, &dump);
    compute::interfaces(&mut draw, &dump);
    compute::gateways(&mut draw, &dump);
    links::edges(&mut draw, &dump);
    links::peerings(&mut draw, &dump);
    transit::gateways(&mut draw, &dump);
    vpn::draw(&mut draw, &dump);
    transit::attachments(&mut draw, &dump);
    balancing::draw(&mut draw, &dump);
    links::endpoints(&mut draw, &dump);
    policies::fill(&mut draw, &dump);
    vpn::learned(&mut draw, &dump);
    transit::routes(&mut draw, &dump);
    draw.finish()
}
