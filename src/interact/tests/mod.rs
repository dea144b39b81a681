//! Pointer scripts: gestures as people make them, with the document's invariants swept after every step.

mod conventions;
mod gestures;
mod random;
mod script;
mod wires_of_samples;
