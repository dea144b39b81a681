//! The pointer's shapes as the style sheet calls them.

use groundplan::interact::Cursor;

/// What a shape is called.
pub const fn name(cursor: Cursor) -> &'static str {
    match cursor {
        Cursor::Default => "default",
        Cursor::Move => "move",
        Cursor::Pointer => "pointer",
        Cursor::Grab => "grab",
        Cursor::Grabbing => "grabbing",
        Cursor::Crosshair => "crosshair",
        Cursor::Copy => "copy",
        Cursor::NotAllowed => "not-allowed",
        Cursor::ResizeEw => "ew-resize",
        Cursor::ResizeNs => "ns-resize",
        Cursor::ResizeNesw => "nesw-resize",
        Cursor::ResizeNwse => "nwse-resize",
    }
}
