//! Where everything stands in the world, fed by diffs, and what is under a point.
//!
//! During a drag the dragged subtrees are lifted out of the grid and only a displacement is kept for each, so a step costs the same however
//! much hangs below.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::Grid;
use crate::design::{Design, Diff, Point, Rect};
use crate::id::NodeId;
use crate::layout;
use crate::layout::edges::{Change, Edge, Edges, WireClass};
use crate::layout::wire;
use crate::layout::wire::Ports;

/// How many pixels at a frame's edge count as its border.
pub const BORDER: f64 = 8.0;
/// The least height of a header on the screen, in pixels, so that a frame can be taken hold of at any zoom.
const LEAST_HEADER: f64 = 24.0;
/// From this many wires on one side they share one port.
const MANY_PORTS: usize = 12;

/// A side or corner of a frame by which it is resized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Direction {
    /// -1 moves the left edge, 1 the right one, 0 neither.
    pub x: i8,
    /// -1 moves the top edge, 1 the bottom one, 0 neither.
    pub y: i8,
}

impl Direction {
    /// The eight handles, corners first.
    pub const ALL: [Self; 8] = {
        const fn d(x: i8, y: i8) -> Direction {
            Direction { x, y }
        }
        [d(-1, -1), d(1, -1), d(1, 1), d(-1, 1), d(0, -1), d(1, 0), d(0, 1), d(-1, 0)]
    };

    /// Where the handle stands on a rectangle.
    pub fn on(self, rect: Rect) -> Point {
        let middle = rect.center();
        Point::new(middle.x + f64::from(self.x) * rect.w / 2.0, middle.y + f64::from(self.y) * rect.h / 2.0)
    }
}

/// Which part of a node is under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The strip with a frame's name.
    Header,
    /// The band along a frame's edge.
    Border,
    /// The empty inside of a frame.
    Body,
    /// A tile.
    Tile,
    /// A handle of a selected frame.
    Handle(Direction),
}

/// What is under a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which node.
    pub id: NodeId,
    /// Which part of it.
    pub part: Part,
}

#[derive(Clone, Debug, PartialEq)]
struct Item {
    rect: Rect,
    depth: usize,
    frame: bool,
    /// The root of the lifted subtree it belongs to: its rectangle is off by that root's displacement, and the grid does not know it.
    lifted: Option<NodeId>,
}

/// World rectangles of all nodes, an index over them, and the edges.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    items: BTreeMap<NodeId, Item>,
    grid: Grid,
    lifted: BTreeMap<NodeId, Point>,
    edges: Edges,
}

impl Scene {
    /// The scene of a design.
    pub fn new(design: &Design) -> Self {
        let mut scene = Self::default();
        for id in design.children(None) {
            scene.file(design, id, Point::default(), 0);
        }
        let mut change = Change::default();
        for (id, _) in design.nodes() {
            scene.edges.refresh(design, id, &mut change);
        }
        scene
    }

    /// Follows a change; `design` is the document after it. What happened to the edges is returned for whoever draws them.
    pub fn apply(&mut self, design: &Design, diff: &Diff) -> Change {
        let mut change = Change::default();
        if self.unsettles(diff) {
            self.end_drag();
        }
        let mut stale = BTreeSet::new();
        for id in diff.removed.keys() {
            self.forget(*id);
            self.edges.refresh(design, *id, &mut change);
        }
        for id in diff.added.keys() {
            stale.insert(*id);
            self.edges.refresh(design, *id, &mut change);
        }
        for (id, (old, new)) in &diff.updated {
            if old.body != new.body {
                self.edges.refresh(design, *id, &mut change);
            }
            if old.parent != new.parent || old.rect.origin() != new.rect.origin() {
                stale.insert(*id);
            } else if old.rect != new.rect {
                self.resize(*id, new.rect);
            }
        }
        for id in &stale {
            if !design.ancestors(*id).any(|up| stale.contains(&up)) {
                self.moved(design, *id);
            }
        }
        change
    }

    /// Takes subtrees out of the index until [`Scene::end_drag`]: what is dragged is not under the pointer, and moving it is cheap.
    pub fn begin_drag(&mut self, design: &Design, roots: &[NodeId]) {
        self.end_drag();
        for root in roots {
            for id in design.subtree(*root) {
                if let Some(item) = self.items.get_mut(&id) {
                    if item.lifted.is_none() {
                        self.grid.remove(id, item.rect);
                    }
                    item.lifted = Some(*root);
                }
            }
            self.lifted.insert(*root, Point::default());
        }
    }

    /// Puts what was lifted back into the index, where it is now.
    pub fn end_drag(&mut self) {
        let lifted = std::mem::take(&mut self.lifted);
        if lifted.is_empty() {
            return;
        }
        for (id, item) in &mut self.items {
            if let Some(root) = item.lifted.take() {
                item.rect = item.rect.shifted(lifted.get(&root).copied().unwrap_or_default());
                self.grid.insert(*id, item.rect);
            }
        }
    }

    /// The roots of what is being dragged, with how far each has come.
    pub fn dragged(&self) -> impl Iterator<Item = (NodeId, Point)> {
        self.lifted.iter().map(|(id, by)| (*id, *by))
    }

    /// Where a node stands in the world.
    pub fn rect(&self, id: NodeId) -> Option<Rect> {
        let item = self.items.get(&id)?;
        Some(self.rect_of(item))
    }

    /// How many frames are around a node.
    pub fn depth(&self, id: NodeId) -> Option<usize> {
        Some(self.items.get(&id)?.depth)
    }

    /// The smallest rectangle around everything; `None` if there is nothing.
    pub fn bounds(&self) -> Option<Rect> {
        self.items.values().map(|item| self.rect_of(item)).reduce(Rect::union)
    }

    /// The node under a world point: tiles before frames, the deeper before the outer, the later before the earlier. What is dragged is not seen.
    pub fn hit(&self, p: Point, zoom: f64) -> Option<Hit> {
        let here = self.grid.at(p).filter_map(|id| Some((id, self.items.get(&id)?)));
        let (id, item) =
            here.filter(|(_, item)| item.rect.contains(p)).max_by_key(|(id, item)| (!item.frame, item.depth, *id))?;
        Some(Hit { id, part: part_of(item, p, zoom) })
    }

    /// The deepest frame around a world point. What is dragged is not seen.
    pub fn frame_at(&self, p: Point) -> Option<NodeId> {
        let here = self.grid.at(p).filter_map(|id| Some((id, self.items.get(&id)?)));
        let frames = here.filter(|(_, item)| item.frame && item.rect.contains(p));
        frames.max_by_key(|(id, item)| (item.depth, *id)).map(|(id, _)| id)
    }

    /// Everything that shares a point with a world rectangle, by id. What is dragged is not seen.
    pub fn in_rect(&self, rect: Rect) -> Vec<NodeId> {
        let touches = |id: &NodeId| self.items.get(id).is_some_and(|item| item.rect.intersects(rect));
        self.grid.within(rect).into_iter().filter(touches).collect()
    }

    /// The edges at a node.
    pub fn edges_of(&self, id: NodeId) -> impl Iterator<Item = Edge> {
        self.edges.of(id)
    }

    /// Every edge.
    pub fn edges(&self) -> impl Iterator<Item = Edge> {
        self.edges.all()
    }

    /// Adds edges that no reference of the document says.
    pub fn add_edges(&mut self, edges: &[Edge]) {
        for edge in edges {
            self.edges.add(*edge);
        }
    }

    /// The points of an edge's line; none if an end is gone. Edges that share a side of a node spread along it, so after a move the other edges
    /// at both ends may want to be drawn again when there is time.
    pub fn route(&self, edge: Edge) -> Vec<Point> {
        let (Some(from), Some(to)) = (self.rect(edge.from), self.rect(edge.to)) else { return Vec::new() };
        let (leaves, enters) = wire::sides(from, to);
        let ports = Ports { from: self.port(edge, edge.from, leaves), to: self.port(edge, edge.to, enters) };
        let is_frame = |id| self.items.get(&id).is_some_and(|item| item.frame);
        let from = if is_frame(edge.from) { from } else { wire::body(from, leaves) };
        let to = if is_frame(edge.to) { to } else { wire::body(to, enters) };
        wire::route_by((leaves, enters), from, to, ports)
    }

    /// Which of how many places along a side of `end` is this edge's.
    fn port(&self, edge: Edge, end: NodeId, side: wire::Side) -> (usize, usize) {
        let Some(here) = self.rect(end) else { return (0, 1) };
        let mut beside = Vec::new();
        for other in self.edges.of(end) {
            // Wires that come and go with the selection do not push the lasting ones about.
            if other != edge && (other.class != WireClass::Always || edge.class != WireClass::Always) {
                continue;
            }
            let far = if other.from == end { other.to } else { other.from };
            let Some(there) = self.rect(far) else { continue };
            let (a, b) = if other.from == end { wire::sides(here, there) } else { wire::sides(there, here) };
            if (if other.from == end { a } else { b }) == side {
                let at = there.center();
                beside.push((if side.is_horizontal() { at.y } else { at.x }, other));
            }
            if beside.len() > MANY_PORTS {
                return (0, 1);
            }
        }
        beside.sort_by(|(a, x), (b, y)| a.total_cmp(b).then(x.cmp(y)));
        let index = beside.iter().position(|(_, other)| *other == edge).unwrap_or_default();
        (index, beside.len().max(1))
    }

    fn rect_of(&self, item: &Item) -> Rect {
        let by = item.lifted.and_then(|root| self.lifted.get(&root)).copied().unwrap_or_default();
        item.rect.shifted(by)
    }

    /// Whether a change goes beyond moving lifted roots about in their frames, so that displacements no longer say it all.
    fn unsettles(&self, diff: &Diff) -> bool {
        let lifted = |id: &NodeId| self.items.get(id).is_some_and(|item| item.lifted.is_some());
        !self.lifted.is_empty()
            && (diff.removed.keys().any(lifted)
                || diff.added.values().any(|node| node.parent.is_some_and(|parent| lifted(&parent)))
                || diff.updated.iter().any(|(id, (old, new))| {
                    let same_size = (old.rect.w, old.rect.h) == (new.rect.w, new.rect.h);
                    let still = old.rect.origin() == new.rect.origin();
                    old.parent != new.parent || !(still || self.lifted.contains_key(id)) || (lifted(id) && !same_size)
                }))
    }

    fn moved(&mut self, design: &Design, id: NodeId) {
        let Some(node) = design.node(id) else { return };
        let frame = node.parent.and_then(|parent| self.items.get(&parent));
        let origin = frame.map(|item| self.rect_of(item).origin()).unwrap_or_default();
        let depth = frame.map_or(0, |item| item.depth + 1);
        if let (Some(by), Some(item)) = (self.lifted.get_mut(&id), self.items.get(&id)) {
            *by = node.rect.origin() + origin - item.rect.origin();
            return;
        }
        self.file(design, id, origin, depth);
    }

    /// Writes a subtree's rectangles anew; `origin` is where its frame stands.
    fn file(&mut self, design: &Design, root: NodeId, origin: Point, depth: usize) {
        let mut open = vec![(root, origin, depth)];
        while let Some((id, origin, depth)) = open.pop() {
            let Some(node) = design.node(id) else { continue };
            let rect = node.rect.shifted(origin);
            let frame = node.kind().spec().shape.is_frame();
            let old = self.items.insert(id, Item { rect, depth, frame, lifted: None });
            match old.filter(|old| old.lifted.is_none()) {
                Some(old) => self.grid.shift(id, old.rect, rect),
                None => self.grid.insert(id, rect),
            }
            open.extend(design.children(Some(id)).map(|child| (child, rect.origin(), depth + 1)));
        }
    }

    fn resize(&mut self, id: NodeId, to: Rect) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let sized = Rect { w: to.w, h: to.h, ..item.rect };
        let old = std::mem::replace(&mut item.rect, sized);
        if item.lifted.is_none() {
            self.grid.shift(id, old, sized);
        }
    }

    fn forget(&mut self, id: NodeId) {
        if let Some(item) = self.items.remove(&id) {
            self.grid.remove(id, item.rect);
        }
    }
}

fn part_of(item: &Item, p: Point, zoom: f64) -> Part {
    if !item.frame {
        return Part::Tile;
    }
    let rect = item.rect;
    let zoom = zoom.max(super::camera::MIN_ZOOM);
    // Neither may swallow the inside of a small frame.
    let band = (BORDER / zoom).min(rect.w.min(rect.h) / 8.0);
    let header = layout::HEADER.max(LEAST_HEADER / zoom).min(rect.h / 3.0).max(layout::HEADER.min(rect.h));
    if p.y - rect.y <= header {
        Part::Header
    } else if !rect.inflated(-band).contains(p) {
        Part::Border
    } else {
        Part::Body
    }
}
