//! The canvas: a retained drawing on web-sys inside one Leptos component.

mod board;
mod cursor;
mod dom;
mod draw;
mod drawing;
mod events;
mod layers;
mod look;
mod over;
mod path;
mod preview;
mod renaming;
mod spoken;
mod stage;

pub use board::{CanvasView, mount};
#[cfg(feature = "bench")]
pub use events::listen;
pub use preview::Preview;
pub use renaming::Renaming;
#[cfg(feature = "bench")]
pub use stage::{Canvas, Host};
