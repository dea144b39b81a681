//! Whole parts of a network in one step, as the console makes them: a VPC with all that belongs to it, a load balancer over servers, an Auto
//! Scaling group from an instance. What is made is a design of its own first, which a dialog can show, or edits of the design at hand.

mod balancer;
mod gallery;
mod network;
mod scaling;

use crate::catalog::Kind;
use crate::catalog::kinds::Region;
use crate::design::{Design, Point, Rect};
use crate::file::clipboard::{self, Pasted};
use crate::id::NodeId;
use crate::layout::snapped;
use crate::text::Message;

pub use balancer::balancer_over;
pub use gallery::{NETWORKS, Network};
pub use network::{MOST_ZONES, Nat, VpcPlan};
pub use scaling::scaling_from;

/// The edits that put a design into another: at a point of the canvas, in `into` or the nearest frame around it that takes it, or, without a point,
/// where there is room. A region of the same code is not drawn twice, nor is the internet.
///
/// # Errors
/// Why not: there would be too many, or no frame takes what is put in.
pub fn insert(design: &Design, part: &Design, at: Option<Point>, into: Option<NodeId>) -> Result<Pasted, Message> {
    let (roots, home) = parts_for(design, part);
    let into = home.or(into);
    let around = roots.iter().filter_map(|id| part.world_rect(*id)).reduce(Rect::union).unwrap_or_default();
    let at = at.unwrap_or_else(|| {
        let spot = design.free_spot(into, around.w, around.h);
        spot.shifted(design.origin(into)).center()
    });
    // On the grid, wherever the pointer is.
    let corner = snapped(Point::new(at.x - around.w / 2.0, at.y - around.h / 2.0));
    let middle = Point::new(corner.x + around.w / 2.0, corner.y + around.h / 2.0);
    clipboard::paste(design, &clipboard::copy(part, &roots), middle, into)
}

/// What of a design goes into another, and the frame there that it belongs to, if there is one.
fn parts_for(design: &Design, part: &Design) -> (Vec<NodeId>, Option<NodeId>) {
    let kind = |id: &NodeId| part.node(*id).map(crate::design::Node::kind);
    let has_internet = design.nodes().any(|(_, node)| node.kind() == Kind::Internet);
    let mut roots: Vec<NodeId> = part.children(None).collect();
    if has_internet {
        roots.retain(|id| kind(id) != Some(Kind::Internet));
    }
    let [region] = roots.as_slice() else { return (roots, None) };
    let code = part.get::<Region>(*region).map(|region| region.code.as_str());
    let same = |(id, _, region): (NodeId, _, &Region)| (Some(region.code.as_str()) == code).then_some(id);
    let home = code.and_then(|_| design.all::<Region>().find_map(same));
    match home {
        Some(home) => (part.children(Some(*region)).collect(), Some(home)),
        None => (roots, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::broken_invariants;
    use crate::samples::two_az_vpc;

    #[test]
    fn a_design_goes_into_another_beside_what_is_there() {
        let (mut design, part) = (two_az_vpc(), two_az_vpc());
        let before = design.len();
        let made = insert(&design, &part, None, None).unwrap();
        design.apply_all(&made.edits).unwrap();
        assert_eq!(broken_invariants(&design), Vec::<String>::new());
        // Several things stand beside the region, so that comes along; the internet is there once.
        let internets = design.nodes().filter(|(_, node)| node.kind() == Kind::Internet).count();
        assert_eq!((design.len(), internets), (2 * before - 1, 1));
        let roots: Vec<Rect> = design.children(None).filter_map(|id| design.world_rect(id)).collect();
        for (at, a) in roots.iter().enumerate() {
            assert!(roots.iter().skip(at + 1).all(|b| !a.intersects(*b)), "{a:?}");
        }
    }

    #[test]
    fn a_region_of_the_same_code_is_not_drawn_twice() {
        let mut part = crate::layout::Sketch::new();
        let region = part.add(None, "region", Region::default());
        part.add(Some(region), "vpc", Kind::Vpc.new_body());
        let mut design = part.design().clone();
        let made = insert(&design, part.design(), None, None).unwrap();
        design.apply_all(&made.edits).unwrap();
        assert_eq!(design.all::<Region>().count(), 1);
        assert_eq!(design.children(Some(region)).count(), 2);
    }
}
