//! What the drawing knows of looks: how large parts are says [`groundplan::layout::appearance`], what frames look like [`groundplan::picture::frames`].

pub use groundplan::layout::appearance::*;
pub use groundplan::picture::frames::{FRAMES, frame_class};
