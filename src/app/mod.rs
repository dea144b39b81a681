//! The page: Leptos views over the engine.

pub mod browser;
pub mod store;
pub mod words;
