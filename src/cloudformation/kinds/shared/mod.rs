//! What several kinds write and read alike.

mod addressing;
pub mod launching;
pub mod policies;
pub mod roles;
