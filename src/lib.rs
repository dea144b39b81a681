//! Groundplan's engine: an AWS network as a document that can be drawn, checked, traced and exported.
//!
//! ```text
//! pointer or key ─ interact ─▶ Edit ─ design::apply ─▶ Diff ─▶ views
//!                                        │
//!                                        ▼
//!                     derived: facts, rules, reach ─▶ findings, paths ─▶ panels, labs
//!                     layout, picture ─▶ shapes ─▶ canvas, SVG, PNG
//!                     cloudformation::export ─▶ template
//! ```
//!
//! No step goes back up, and nothing is told twice.
//!
//! # The rooms, floor by floor, in reading order
//! A room names rooms of lower floors only, never one beside it; `tests/tidy.rs` holds this table against the folders and every import.
//!
//! | Floor | Room | What it is | What it does not know |
//! |---|---|---|---|
//! | 1 | [`text`] | words in two languages, Korean particles, numbers as they are read | AWS |
//! | 1 | [`id`] | numbers of nodes | what a node is |
//! | 1 | [`net`] | parsed CIDR blocks, ports, protocols, domain names | AWS |
//! | 2 | [`template`] | a template as text: read with places, edited in place, printed | what a resource means |
//! | 3 | [`catalog`] | what AWS has: a struct, a `Spec` and a field table for each kind, and AWS's own data | designs, rules |
//! | 4 | [`design`] | the document: nodes in frames, `Edit`, `Diff`, `Fix`, history, invariants, where it came from | what is right or wrong |
//! | 5 | [`facts`] | what follows from a design: links, routes, public or private, admission, policies | judgement |
//! | 6 | [`layout`] | where things stand, how wires and packets run, how large words are and which of them fit | gestures, the screen |
//! | 7 | [`fixes`] | how to mend: rows, drafts, free blocks, ways | when to mend |
//! | 8 | [`reach`] | where packets go: the lowered network, one trace, all pairs, pinned claims | templates, rules |
//! | 8 | [`cloudformation`] | templates out and in, merging, faults, what an account says of itself | rules, reach |
//! | 8 | [`cost`] | what a design costs a month | everything beside it |
//! | 8 | [`teardown`] | the order of deleting it | everything beside it |
//! | 8 | [`samples`] | finished designs, drawn in code | everything beside it |
//! | 8 | [`picture`] | what a design looks like, as shapes: frames, tiles, badges, legend; the canvas draws from it | everything beside it |
//! | 9 | [`rules`] | what is wrong with a design, why, and which fix to offer | how it is drawn |
//! | 9 | [`file`] | the save format and its versions, links and pictures that carry a design | how it is drawn |
//! | 10 | [`derived`] | what follows from one state of a design, each fact computed once for all who show it | who asks |
//! | 11 | [`interact`] | gestures on the canvas without a browser | the DOM |
//! | 11 | [`command`] | every command once, with its keys | the DOM |
//! | 11 | [`labs`] | tasks that mark themselves: what a lab file says, roles, checks, grades, faults, a class | the DOM |
//! | 11 | [`report`] | a design on paper and in spreadsheets, and the page of every rule | the DOM |
//!
//! Above them stand the command line (`src/bin/groundplan/`) and the page (`src/app/`), which the library cannot name.
//!
//! # Invariants
//! - No I/O, no clock, no panic on any input. Output is deterministic: `BTreeMap` wherever order shows.
//! - The document changes only through [`design::Edit`]; undo is the inverted [`design::Diff`].
//! - A kind is a typed struct and a constant [`catalog::Spec`] with a field table that drives inspector, export, import, outline and search.
//! - A rule is one file with its examples; a finding says what is wrong, why and what to do.
//! - Derived facts (public or private, findings, reachability, cost) are computed, never stored, and each is computed in one place.
//! - What is not known is said to be not known. A fix never destroys what a person made and is offered only if it mends.
//! - The save format has its own types; old versions stay readable.

pub mod text;

pub mod id;

pub mod net;

pub mod template;

pub mod catalog;

pub mod design;

pub mod facts;

pub mod layout;

pub mod fixes;

pub mod reach;

pub mod cloudformation;

pub mod cost;

pub mod teardown;

pub mod samples;

pub mod picture;

pub mod rules;

pub mod file;

pub mod derived;

pub mod interact;
pub mod report;

pub mod command;

pub mod labs;
