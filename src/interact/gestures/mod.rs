//! The gestures that change the document: how each begins, goes on and ends.

mod moving;
mod placing;
mod resizing;
mod wiring;

pub(super) use moving::Moving;
pub(super) use resizing::Resizing;
pub(super) use wiring::Wiring;
