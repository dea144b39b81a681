//! Groundplan's engine: an AWS network as a document that can be drawn, checked, traced and exported.
//!
//! ```text
//! pointer or key ─ interact ─▶ Edit ─ design::apply ─▶ Diff ─▶ views
//!                                        │
//!                                        ▼
//!                     rules::check, reach ─▶ findings, paths ─▶ panels
//!                     cloudformation::export ─▶ template
//! ```
//!
//! No step goes back up. Modules in reading order:
//!
//! # Invariants
//! - No I/O, no clock, no panic on any input. Output is deterministic: `BTreeMap` wherever order shows.
//! - The document changes only through [`design::Edit`]; undo is the inverted [`design::Diff`].
//! - A kind is a typed struct and a constant [`catalog::Spec`] with a field table that drives inspector, export, import, outline and search.
//! - A rule is one file with its examples; a finding says what is wrong, why and what to do.
//! - Derived facts (public or private, findings, reachability, cost) are computed, never stored.
//! - The save format has its own types; old versions stay readable.

pub mod text;

pub mod id;

pub mod net;

pub mod template;

pub mod design;

pub mod catalog;

pub mod facts;

pub mod layout;

pub mod fixes;

pub mod rules;

pub mod reach;

pub mod cloudformation;

pub mod cost;

pub mod teardown;

pub mod samples;

pub mod file;

pub mod interact;

pub mod command;
