//! What follows from a design: who is where and belongs with whom, which way leads out, what is admitted. Nothing here says what is right.
//!
//! [`Context`] computes once what several ask; the other files add to it what their subject needs.

pub mod actions;
pub mod admission;
mod chosen;
mod context;
mod given;
pub mod joining;
pub mod links;
pub mod policies;
pub mod records;
pub mod routes;
mod strangers;
pub mod summary;
pub mod tasks;

pub use context::{Context, Index};
pub use strangers::{Stranger, is_stranger};
