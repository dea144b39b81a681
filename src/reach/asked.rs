//! A question of either form, asked as often as needed: of a design, and of the same design mended.

use super::behind::why;
use super::network::Network;
use super::packet::Blocker;
use super::question::{Endpoint, Question, Trace};
use super::request::trace_url;
use super::trace::trace;
use super::url::Url;
use crate::design::Design;

/// A packet or a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// One packet and its answer.
    Packet(Question),
    /// A request by name, and who makes it.
    Url(Endpoint, Url),
}

impl Asked {
    /// Who begins and, where it is asked for, who should answer.
    pub const fn ends(&self) -> (Endpoint, Option<Endpoint>) {
        match self {
            Self::Packet(question) => (question.from, Some(question.to)),
            Self::Url(from, _) => (*from, None),
        }
    }

    /// Everything that blocks. Nothing where the question makes no sense.
    pub fn blockers(&self, design: &Design, net: &Network) -> Vec<Blocker> {
        match self {
            Self::Packet(question) => {
                trace(design, net, *question).map(|trace| trace.blockers().cloned().collect()).unwrap_or_default()
            }
            Self::Url(from, url) => {
                let stages = trace_url(design, net, *from, url).map(|trace| trace.stages).unwrap_or_default();
                let ways = stages.iter().flat_map(|stage| &stage.trace).flat_map(Trace::blockers).cloned();
                let targets = stages.iter().flat_map(|stage| &stage.targets).filter(|target| !target.serves());
                ways.chain(targets.flat_map(why)).collect()
            }
        }
    }
}
