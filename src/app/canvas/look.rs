//! By which classes the style sheet colours nodes; how large their parts are says [`groundplan::layout::appearance`].

use groundplan::catalog::Kind;
pub use groundplan::layout::appearance::*;

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
