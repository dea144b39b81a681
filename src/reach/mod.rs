//! Where packets go: a design lowered to a network, one packet traced through it both ways, and what blocks it.
//!
//! [`Network::lower`] turns a design into interfaces, tables and filters; [`trace`] walks one packet and its answer past every component, notes
//! everything that blocks with the edit that opens it, and speaks the codes of AWS Reachability Analyzer.

mod absent;
mod addresses;
mod asked;
pub mod balancer;
mod behind;
mod claim;
pub mod classes;
mod condition;
mod difference;
mod doubtful;
mod doubts;
mod edge;
mod explain;
mod exposure;
pub mod filter;
mod fix;
mod fleet;
mod follow;
mod inspect;
pub mod internet;
mod ipv6;
mod judge;
mod links;
mod loss;
mod lower;
pub mod matrix;
mod name;
pub mod network;
pub mod packet;
pub mod pairs;
mod question;
mod refer;
mod remarks;
mod request;
pub mod rows;
pub mod sets;
mod spoken;
mod storage;
#[cfg(test)]
mod tests;
mod trace;
pub mod transit;
mod transit_words;
mod unknown;
mod url;
mod verdict;
pub mod vpn;
mod vpn_words;
mod walk;

pub use asked::Asked;
pub use claim::assertion_in_words;
pub use condition::wild;
pub use difference::{Change, End, Side, difference};
pub use doubtful::Doubtful;
pub use exposure::{Exposure, Exposures, SubnetTier, Tier};
pub use follow::Reach;
pub use judge::{Evidence, Outcome, Standing, Way, judge};
pub use loss::{losses, without};
pub use network::{Changed, Network};
pub use packet::{Blocker, Decision, Packet, Remark, Remedy, Step, StepKind, Walk};
pub use pairs::{Pairs, Passage};
pub use question::{Endpoint, Part, Question, Trace};
pub use refer::Refer;
pub use request::trace_url;
pub use rows::{Party, Row, Rows, Traffic};
pub use spoken::spoken;
pub use trace::trace;
pub use url::{Reply, Stage, StageKind, Url, UrlTrace};
pub use verdict::Verdict;
