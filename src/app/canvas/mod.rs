//! The canvas: a retained drawing on web-sys inside one Leptos component.

mod badges;
mod board;
mod dom;
mod draw;
mod drawing;
mod events;
mod far;
mod glyph;
mod layers;
mod lift;
mod look;
mod over;
mod path;
mod stage;
mod tags;
mod view;
mod wires;

pub use board::{CanvasView, mount};
pub use events::listen;
pub use stage::{Canvas, Host};
