//! Groundplan's engine.
pub mod net;
