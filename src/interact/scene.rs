//! Where everything stands in the world, fed by diffs, and what is under a point.
//!
//! During a drag the dragged subtrees are lifted out of the grid and only a displacement is kept for each, so a step costs the same however
//! much hangs below.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::Grid;
use crate::design::{Design, Diff, Node, Point, Rect};
use crate::id::NodeId;
use crate::layout;
use crate::layout::appearance;
use crate::layout::edges::{Change, Edge, Edges, WireClass};
use crate::layout::routing::{End, Thing, Wiring};

/// How many pixels at a frame's edge count as its border.
pub const BORDER: f64 = 8.0;
/// The least height of a header on the screen, in pixels, so that a frame can be taken hold of at any zoom.
const LEAST_HEADER: f64 = 24.0;
/// Wires whose ways are found at once, with the change that moved them; where more wait, they are found in slices.
const AT_ONCE: usize = 200;
/// With more wires than this they are not brought together at once either.
const MANY: usize = 600;

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
    wiring: Wiring<Edge>,
    /// What is shown on nodes besides themselves, relative to their corners.
    marks: BTreeMap<NodeId, Vec<Rect>>,
    /// Wires that run elsewhere since they were last asked for.
    rerouted: BTreeSet<Edge>,
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
        scene.wire(&change);
        scene.settle_small();
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
            let reworded = old.name != new.name || old.body != new.body;
            if old.parent != new.parent || old.rect.origin() != new.rect.origin() {
                stale.insert(*id);
            } else if old.rect != new.rect {
                self.resize(*id, new);
            } else if reworded
                && let Some(rect) = self.items.get(id).filter(|item| item.lifted.is_none()).map(|item| item.rect)
            {
                self.clear_way(*id, new, rect);
            }
        }
        for id in &stale {
            if !design.ancestors(*id).any(|up| stale.contains(&up)) {
                self.moved(design, *id);
            }
        }
        self.wire(&change);
        change
    }

    /// Adds and takes away the wires that are always drawn.
    fn wire(&mut self, change: &Change) {
        for edge in &change.removed {
            self.wiring.disconnect(*edge);
            self.rerouted.remove(edge);
        }
        for edge in change.added.iter().filter(|edge| edge.class == WireClass::Always) {
            self.wiring.connect(*edge, edge.from, edge.to);
        }
    }

    /// Tells the wires where a node stands and what is drawn of it.
    fn clear_way(&mut self, id: NodeId, node: &Node, rect: Rect) {
        let at = rect.origin();
        let marks = self.marks.get(&id).into_iter().flatten().map(|mark| mark.shifted(at)).collect();
        let thing = Thing { end: appearance::end(node, at), hull: appearance::hull(node).shifted(at), marks };
        self.wiring.set(id, thing);
    }

    /// Says what is shown on nodes besides themselves, relative to their corners: wires keep clear of it.
    pub fn set_marks(&mut self, marks: BTreeMap<NodeId, Vec<Rect>>) {
        let before = std::mem::replace(&mut self.marks, marks);
        for id in before.keys().filter(|id| !self.marks.contains_key(id)) {
            self.wiring.mark(*id, Vec::new());
        }
        for (id, marks) in &self.marks {
            if before.get(id) != Some(marks)
                && let Some(item) = self.items.get(id).filter(|item| item.lifted.is_none())
            {
                self.wiring.mark(*id, marks.iter().map(|mark| mark.shifted(item.rect.origin())).collect());
            }
        }
    }

    /// Whether every wire is where it belongs.
    pub fn is_settled(&self) -> bool {
        !self.lifted.is_empty() || self.wiring.is_settled()
    }

    /// Finds the ways of at most `most` wires that wait for theirs. Call it until [`Scene::is_settled`], a slice at a time.
    pub fn settle(&mut self, most: usize) {
        if self.lifted.is_empty() {
            self.rerouted.extend(self.wiring.settle(most));
        }
    }

    /// The same at once, where few wait.
    pub fn settle_small(&mut self) {
        if self.wiring.waiting() <= AT_ONCE && self.wiring.len() <= MANY {
            self.settle(AT_ONCE);
        }
    }

    /// The wires that run elsewhere since this was last asked.
    pub fn take_rerouted(&mut self) -> BTreeSet<Edge> {
        std::mem::take(&mut self.rerouted)
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
                    self.wiring.lift(id);
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
                let by = lifted.get(&root).copied().unwrap_or_default();
                item.rect = item.rect.shifted(by);
                self.grid.insert(*id, item.rect);
                if let Some(thing) = self.wiring.thing(*id).map(|thing| thing.shifted(by)) {
                    self.wiring.set(*id, thing);
                }
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

    /// The wire within `near` of a world point: of those that are always drawn, and of those that `shown` says are drawn now.
    pub fn wire_at(&self, p: Point, near: f64, shown: impl Fn(&Edge) -> bool) -> Option<Edge> {
        let drawn = self.edges.all().filter(|edge| edge.class == WireClass::Always || shown(edge));
        let away = |edge: Edge| match self.wiring.shown(edge) {
            Some(points) => distance(points, p),
            None => distance(&self.route(edge), p),
        };
        let close = drawn.map(|edge| (away(edge), edge)).filter(|(away, _)| *away <= near);
        close.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, edge)| edge)
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
        self.wire(&Change { added: edges.to_vec(), removed: Vec::new() });
    }

    /// The points of an edge's line; none if an end is gone. A line that waits for its way looks at nothing in between.
    pub fn route(&self, edge: Edge) -> Vec<Point> {
        let end = |id: NodeId| -> Option<(bool, (NodeId, End))> {
            let (item, thing) = (self.items.get(&id)?, self.wiring.thing(id)?);
            let Some(by) = item.lifted.and_then(|root| self.lifted.get(&root)) else {
                return Some((false, (id, thing.end)));
            };
            Some((true, (id, thing.shifted(*by).end)))
        };
        let (Some((from_lifted, from)), Some((to_lifted, to))) = (end(edge.from), end(edge.to)) else {
            return Vec::new();
        };
        if from_lifted || to_lifted || edge.class == WireClass::OnSelect {
            return self.wiring.between(from, to);
        }
        match self.wiring.shown(edge) {
            Some(points) => points.to_vec(),
            None => Wiring::<Edge>::blunt(from, to),
        }
    }

    /// A way from one node to another, or to a loose end: for a wire that is being drawn.
    pub fn preview(&self, from: NodeId, to: Result<NodeId, Point>) -> Vec<Point> {
        let Some(start) = self.wiring.thing(from).map(|thing| thing.end) else { return Vec::new() };
        match to {
            Ok(id) => match self.wiring.thing(id) {
                Some(thing) => self.wiring.between((from, start), (id, thing.end)),
                None => Vec::new(),
            },
            Err(at) => {
                if start.hull.contains(at) {
                    return Vec::new();
                }
                let dot = Rect::new(at.x, at.y, 0.0, 0.0);
                Wiring::<Edge>::blunt((from, start), (from, End { body: dot, hull: dot, frame: false }))
            }
        }
    }

    /// What ways to and from a node end at.
    pub(super) fn end_of(&self, id: NodeId) -> Option<End> {
        let (item, thing) = (self.items.get(&id)?, self.wiring.thing(id)?);
        let by = item.lifted.and_then(|root| self.lifted.get(&root)).copied().unwrap_or_default();
        Some(thing.shifted(by).end)
    }

    /// A way from one node to another around what stands between; `shape` says what of an end it leads to.
    pub(super) fn way_between(&self, from: NodeId, to: NodeId, shape: impl Fn(End) -> End) -> Vec<Point> {
        match (self.end_of(from), self.end_of(to)) {
            (Some(start), Some(end)) => self.wiring.between((from, shape(start)), (to, shape(end))),
            _ => Vec::new(),
        }
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
            self.clear_way(id, node, rect);
            open.extend(design.children(Some(id)).map(|child| (child, rect.origin(), depth + 1)));
        }
    }

    fn resize(&mut self, id: NodeId, node: &Node) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let sized = Rect { w: node.rect.w, h: node.rect.h, ..item.rect };
        let old = std::mem::replace(&mut item.rect, sized);
        if item.lifted.is_none() {
            self.grid.shift(id, old, sized);
            self.clear_way(id, node, sized);
        }
    }

    fn forget(&mut self, id: NodeId) {
        if let Some(item) = self.items.remove(&id) {
            self.grid.remove(id, item.rect);
        }
        self.wiring.remove(id);
    }
}

/// How far a point is from a line through points.
fn distance(points: &[Point], p: Point) -> f64 {
    let from_part = |ends: &[Point]| {
        let [a, b] = ends else { return f64::MAX };
        let (along, to) = (*b - *a, p - *a);
        let length = along.x.hypot(along.y);
        let share =
            if length > 0.0 { ((to.x * along.x + to.y * along.y) / (length * length)).clamp(0.0, 1.0) } else { 0.0 };
        (to.x - along.x * share).hypot(to.y - along.y * share)
    };
    points.windows(2).map(from_part).fold(f64::MAX, f64::min)
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
