//! A design on paper and in spreadsheets: one page without scripts with everything that is known of it, tables, and a page of every rule.
//!
//! The command line and the page hand these on as they are; nothing is decided here that [`crate::derived`] does not say.

pub mod addresses;
pub mod findings;
mod html;
mod page;
mod rule_pages;
#[cfg(test)]
mod tests;

pub use page::page;
pub use rule_pages::{anchor, rules_page};
