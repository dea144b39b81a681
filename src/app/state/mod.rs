//! What the page knows, each fact with one owner. Nothing here names a view.

pub mod reach;
pub mod store;
pub mod ui;
