//! The page's own signs: one stroked path each in a box of 24 by 24.

use groundplan::catalog::Kind;
use groundplan::picture::icons::icon;
use leptos::prelude::*;

pub const UNDO: &str = "M8 5L4 9L8 13M4 9H14A5.5 5.5 0 0 1 14 20H9";
pub const REDO: &str = "M16 5L20 9L16 13M20 9H10A5.5 5.5 0 0 0 10 20H15";
pub const SELECT: &str = "M5 4L19 11L12.5 13L10 19.5Z";
pub const PAN: &str =
    "M12 3V21M3 12H21M9.5 5.5L12 3L14.5 5.5M9.5 18.5L12 21L14.5 18.5M5.5 9.5L3 12L5.5 14.5M18.5 9.5L21 12L18.5 14.5";
pub const CONNECT: &str = "M3.5 6.5A2.5 2.5 0 1 0 8.5 6.5A2.5 2.5 0 1 0 3.5 6.5ZM15.5 17.5A2.5 2.5 0 1 0 20.5 17.5A2.5 2.5 0 1 0 15.5 17.5ZM8.5 6.5H12V17.5H15.5";
pub const PLUS: &str = "M12 5V19M5 12H19";
pub const MINUS: &str = "M5 12H19";
pub const FIT: &str = "M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15";
pub const SEARCH: &str = "M4 10.5A6.5 6.5 0 1 0 17 10.5A6.5 6.5 0 1 0 4 10.5ZM15.3 15.3L20 20";
pub const HELP: &str = "M3 12A9 9 0 1 0 21 12A9 9 0 1 0 3 12ZM9.5 9.5A2.5 2.5 0 1 1 12 12.6V14M12 17V17.1";
pub const SUN: &str = "M8 12A4 4 0 1 0 16 12A4 4 0 1 0 8 12ZM12 2.5V4.5M12 19.5V21.5M2.5 12H4.5M19.5 12H21.5M5.3 5.3L6.7 6.7M17.3 17.3L18.7 18.7M5.3 18.7L6.7 17.3M17.3 6.7L18.7 5.3";
pub const MOON: &str = "M20 14.5A8.5 8.5 0 1 1 9.5 4A7 7 0 0 0 20 14.5Z";
pub const SYSTEM: &str = "M3.5 5H20.5V16H3.5ZM9 20H15M12 16V20";
pub const DOWN: &str = "M6 9L12 15L18 9";
pub const RIGHT: &str = "M9 6L15 12L9 18";
pub const LEFT: &str = "M15 6L9 12L15 18";
pub const SWAP: &str = "M7 4V20M7 20L3.5 16.5M7 20L10.5 16.5M17 20V4M17 4L13.5 7.5M17 4L20.5 7.5";
pub const AIM: &str = "M5 12A7 7 0 1 0 19 12A7 7 0 1 0 5 12ZM12 2V7M12 17V22M2 12H7M17 12H22";
pub const BLOCKED: &str = "M3 12A9 9 0 1 0 21 12A9 9 0 1 0 3 12ZM8.5 8.5L15.5 15.5M15.5 8.5L8.5 15.5";
pub const PATH: &str = "M3 6A2.5 2.5 0 1 0 8 6A2.5 2.5 0 1 0 3 6ZM16 18A2.5 2.5 0 1 0 21 18A2.5 2.5 0 1 0 16 18ZM8 6H14.5A3 3 0 0 1 14.5 12H9.5A3 3 0 0 0 9.5 18H16";
pub const CLOSE: &str = "M6 6L18 18M18 6L6 18";
pub const DOWNLOAD: &str = "M12 4V15M7.5 10.5L12 15L16.5 10.5M5 20H19";
pub const MORE: &str = "M5 12H5.1M12 12H12.1M19 12H19.1";
pub const LEFT_PANEL: &str = "M3.5 5H20.5V19H3.5ZM9 5V19";
pub const RIGHT_PANEL: &str = "M3.5 5H20.5V19H3.5ZM15 5V19";
pub const BOTTOM_PANEL: &str = "M3.5 5H20.5V19H3.5ZM3.5 14H20.5";
pub const ERROR: &str = "M3 12A9 9 0 1 0 21 12A9 9 0 1 0 3 12ZM12 7.5V13M12 16.4V16.5";
pub const WARNING: &str = "M12 4L21 19.5H3ZM12 10V14M12 16.9V17";
pub const INFO: &str = "M3 12A9 9 0 1 0 21 12A9 9 0 1 0 3 12ZM12 11V16.5M12 7.9V8";
pub const CHECK: &str = "M4.5 12.5L9.5 17.5L19.5 7";
pub const LIST: &str = "M4 6H5M4 12H5M4 18H5M9 6H20M9 12H20M9 18H20";
pub const SLIDERS: &str = "M4 7H13M17 7H20M15 5V9M4 17H7M11 17H20M9 15V19";
pub const PLAY: &str = "M8 5L19 12L8 19Z";
pub const PAUSE: &str = "M8.5 5V19M15.5 5V19";
pub const PIN: &str = "M9 4H15L14.5 10L18 13.5V15H6V13.5L9.5 10ZM12 15V21";
pub const GRID: &str = "M4 4H20V20H4ZM4 9.5H20M4 14.8H20M9.5 4V20M14.8 4V20";
pub const CODE: &str = "M9 7L4 12L9 17M15 7L20 12L15 17";

/// A sign beside or instead of words; it says nothing to a screen reader.
#[component]
pub fn Glyph(path: &'static str) -> impl IntoView {
    view! {
        <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">
            <path d=path></path>
        </svg>
    }
}

/// A kind's icon: a white glyph on a square of its category's colour.
#[component]
pub fn KindIcon(kind: Kind) -> impl IntoView {
    let icon = icon(kind);
    view! {
        <span class=format!("kind-icon tint-{}", icon.tint.class())>
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d=icon.path></path>
            </svg>
        </span>
    }
}
