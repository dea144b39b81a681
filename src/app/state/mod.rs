//! What the page knows, each fact with one owner. Nothing here names a view.

pub mod highlight;
pub mod lab;
pub mod projection;
pub mod store;
mod summary;
pub mod ui;
