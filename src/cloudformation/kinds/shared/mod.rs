//! What several kinds write and read alike.

pub mod launching;
pub mod policies;
pub mod roles;
