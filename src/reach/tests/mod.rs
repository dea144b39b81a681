//! Traces known by hand, judged claims, and the two engines held against each other on designs drawn at random.

mod agree;
mod agree_blocks;
mod agree_inspection;
mod agree_transit;
mod agree_ways;
mod judging;
mod public;
pub(super) mod traces;
mod traces_forms;
mod traces_icmp;
mod traces_imported;
mod traces_inspection;
mod traces_links;
mod traces_names;
mod traces_records;
mod traces_services;
mod traces_transit;
mod traces_verdicts;
mod traces_vpn;
