//! The canvas without a browser: camera, tools as state machines, snapping, spatial index.
//!
//! [`Editor`] takes pointer and key events and answers each with a [`Response`]; what is drawn over the document meanwhile is in its [`Overlay`].
//! [`actions`] are the same deeds for keyboard, outline and command palette.

pub mod actions;
pub mod camera;
pub mod compose;
pub mod connect;
mod editor;
pub mod fresh;
pub mod grid;
mod ground;
pub mod input;
pub mod overlay;
pub mod reading;
pub mod scene;
pub mod selection;
pub mod snap;
#[cfg(test)]
mod tests;
pub mod track;
mod viewing;
mod walking;
pub mod wires;

pub use camera::Camera;
pub use editor::Editor;
pub use input::{Button, Cursor, Key, Modifiers, Pointer, PointerKind, PointerType, Response, Tool};
pub use overlay::{Band, Drop, Gesture, Ghost, Overlay};
pub use scene::{Direction, Hit, Part, Scene};
pub use selection::Selection;
pub use snap::Guide;
pub use walking::Walk;
pub use wires::WireEnd;
