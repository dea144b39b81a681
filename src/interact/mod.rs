//! The canvas without a browser: camera, tools as state machines, snapping, wire routing, spatial index.
