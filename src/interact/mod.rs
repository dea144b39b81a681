//! The canvas without a browser: camera, tools as state machines, snapping, wire routing, spatial index.

pub mod camera;
pub mod edges;
pub mod grid;
pub mod scene;
pub mod wire;

pub use camera::Camera;
pub use edges::{Change, Edge, WireClass, wire_class};
pub use scene::{Direction, Hit, Part, Scene};
