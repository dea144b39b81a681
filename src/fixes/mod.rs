//! How a design is mended: rows, drafts, free blocks and whole ways, as edits. When to mend is said by whoever offers them.

pub mod admitting;
pub mod draft;
pub mod joining;
pub mod mend;
pub mod policies;
pub mod propose;
pub mod rows;

/// The one candidate there is. With several only a person knows which one is meant.
pub fn only<T>(candidates: impl IntoIterator<Item = T>) -> Option<T> {
    let mut candidates = candidates.into_iter();
    candidates.next().filter(|_| candidates.next().is_none())
}
