//! Where things stand and how wires run, for the canvas, imports and pictures alike. No gesture and no screen is known here.
//!
//! [`frame`] has the measures of a frame and finds free spots in it, [`tidy_up`] gives everything a readable place, [`routing`] leads
//! wires around what [`appearance`] says is drawn, [`wire`] draws a line through their corners, and [`journey`] is the way of a packet through all
//! of it. [`lettering`] says how large words are at a zoom, [`label`] how much of a name fits, [`far`] what is still written from afar.

pub mod appearance;
pub mod arrange;
pub mod edges;
pub mod far;
pub mod frame;
pub mod journey;
pub mod label;
pub mod lettering;
pub mod room;
pub mod routing;
pub mod sketch;
mod tidy_up;
pub mod wire;

pub use frame::{GAP, GRID, HEADER, PADDING, snapped};
pub use sketch::Sketch;
pub use tidy_up::{tidy_up, tidy_up_by};
