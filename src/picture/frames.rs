//! What frames look like: AWS's colours and lines for architecture diagrams.

use super::palette::{self, Colour};
use super::shape::Paint;
use crate::catalog::Kind;

/// The classes of frames, outermost first.
pub const FRAMES: [&str; 8] = ["region", "vpc", "zone", "private", "public", "hosted", "balancer", "scaling"];

/// The class of a frame, by which style sheets colour it.
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

/// The colour of a frame's line and of the square in its corner.
pub fn line(kind: Kind, public: bool) -> Colour {
    match frame_class(kind, public) {
        "region" => palette::REGION,
        "vpc" => palette::VPC,
        "zone" => palette::ZONE,
        "public" => palette::PUBLIC,
        "private" => palette::PRIVATE,
        "scaling" => palette::COMPUTE,
        _ => palette::NETWORK,
    }
}

/// How a frame's box is painted.
pub fn paint(kind: Kind, public: bool) -> Paint {
    let line = line(kind, public);
    match kind {
        Kind::Region => Paint::drawn(line, 2.0).dashed(&[2.0, 4.0]),
        Kind::Zone | Kind::AutoScalingGroup => Paint::drawn(line, 2.0).dashed(&[8.0, 5.0]),
        Kind::Vpc => Paint::filled(palette::VPC_FILL).edged(line, 2.0),
        Kind::Subnet => {
            Paint::filled(if public { palette::PUBLIC_FILL } else { palette::PRIVATE_FILL }).edged(line, 1.5)
        }
        _ => Paint::filled(palette::FRAME_FILL).edged(line, 2.0),
    }
}
