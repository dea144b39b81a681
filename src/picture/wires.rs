//! The wires of a picture: on the ways that they have on the canvas, each beneath what the frame around both its ends holds.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::{Paint, Shape};
use super::{Marks, Of, Part, palette};
use crate::design::{Design, Point};
use crate::id::NodeId;
use crate::layout::edges::{Change, Edge, Edges, WireClass};
use crate::layout::routing::{Thing, Wiring};
use crate::layout::{appearance, wire};

/// The ways of all wires that are always drawn, around everything that stands on the nodes.
pub fn ways(design: &Design, marks: &Marks) -> BTreeMap<Edge, Vec<Point>> {
    let mut wiring: Wiring<Edge> = Wiring::default();
    let mut edges = Edges::default();
    for (id, node) in design.nodes() {
        edges.refresh(design, id, &mut Change::default());
        if let Some(at) = design.world_rect(id).map(crate::design::Rect::origin) {
            let marks = marks.boxes(id, node).into_iter().map(|mark| mark.shifted(at)).collect();
            wiring.set(id, Thing { end: appearance::end(node, at), hull: appearance::hull(node).shifted(at), marks });
        }
    }
    let drawn: Vec<Edge> = edges.all().filter(|edge| edge.class == WireClass::Always).collect();
    for edge in &drawn {
        wiring.connect(*edge, edge.from, edge.to);
    }
    wiring.settle(usize::MAX);
    let way = |edge: Edge| Some((edge, wiring.shown(edge)?.to_vec()));
    drawn.into_iter().filter_map(way).collect()
}

/// The wires between drawn nodes, by the smallest frame around both ends.
pub(super) fn by_frame(
    design: &Design,
    drawn: &BTreeSet<NodeId>,
    ways: &BTreeMap<Edge, Vec<Point>>,
) -> BTreeMap<Option<NodeId>, Vec<Part>> {
    let mut found: BTreeMap<Option<NodeId>, Vec<Part>> = BTreeMap::new();
    for (edge, points) in ways {
        let ends = [edge.from, edge.to].map(|id| design.node(id).filter(|_| drawn.contains(&id)));
        let [Some(from), Some(to)] = ends else { continue };
        let around: BTreeSet<NodeId> = design.ancestors(edge.to).collect();
        let home = design.ancestors(edge.from).find(|id| around.contains(id)).filter(|id| drawn.contains(id));
        let origin = Point::default();
        let d = wire::path(points, origin) + &wire::arrow(points, origin);
        let says = format!("{} \u{2192} {}", from.name, to.name);
        let shapes = vec![Shape::Path { d, paint: Paint::drawn(palette::WIRE, 1.5) }];
        found.entry(home).or_default().push(Part { of: Of::Wire(*edge), says, shapes });
    }
    found
}
