//! How a design is mended: rows, drafts, free blocks and whole ways, as edits. When to mend is said by whoever offers them.

pub mod draft;
pub mod joining;
pub mod mend;
pub mod policies;
pub mod propose;
pub mod rows;
