//! What a node looks like: which parts it has, where they stand, and which classes the style sheet colours them by.

use groundplan::catalog::Kind;
use groundplan::design::Node;
use groundplan::layout::label::{fitted, width};

/// Side of a tile's icon.
pub const ICON: f64 = 40.0;
/// Side of the icon of a tile that is too low for the usual one.
pub const SMALL_ICON: f64 = 24.0;
/// Side of the icon in a frame's corner.
pub const CORNER: f64 = 24.0;

/// The classes of frames, outermost first: the far drawing has one path for each, in this order.
pub const FRAMES: [&str; 8] = ["region", "vpc", "zone", "private", "public", "hosted", "balancer", "scaling"];

/// The class of a frame.
pub const fn frame_class(kind: Kind, public: bool) -> &'static str {
    match kind {
        Kind::Region => "region",
        Kind::Vpc => "vpc",
        Kind::Zone => "zone",
        Kind::Subnet if public => "public",
        Kind::Subnet => "private",
        Kind::HostedZone => "hosted",
        Kind::AutoScalingGroup => "scaling",
        _ => "balancer",
    }
}

/// The side of the icon of a node.
pub fn icon_side(node: &Node) -> f64 {
    if node.kind().spec().shape.is_frame() {
        CORNER
    } else if node.rect.h < ICON + 24.0 {
        SMALL_ICON
    } else {
        ICON
    }
}

/// How many text elements a node has: a frame's header is one, a low tile has no second line.
pub fn lines(node: &Node) -> usize {
    if node.kind().spec().shape.is_frame() || icon_side(node) < ICON { 1 } else { 2 }
}

/// The words of a node as they fit: its name and its second line.
pub fn words(node: &Node) -> (String, String) {
    let caption = node.body.caption().filter(|caption| *caption != node.name).unwrap_or_default();
    if !node.kind().spec().shape.is_frame() {
        let caption = if lines(node) > 1 { fitted(&caption, node.rect.w + 8.0, 11.0) } else { String::new() };
        return (fitted(&node.name, node.rect.w + 8.0, 12.0), caption);
    }
    let room = node.rect.w - CORNER - 16.0;
    let name = fitted(&node.name, room, 13.0);
    let left = room - width(&name, 13.0) - 8.0;
    let caption = if width(&caption, 12.0) <= left { caption } else { String::new() };
    (name, caption)
}
