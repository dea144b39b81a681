//! Judges arrangements by their wires as they would be drawn, and moves single things where that makes wires straighter.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::SPACE;
use crate::catalog::Kind;
use crate::design::{Design, Edit, Point, Rect};
use crate::id::NodeId;
use crate::layout::edges::{Change, Edge, Edges, WireClass};
use crate::layout::routing::{CROSS, Tally, Thing, Wiring, pieces_of};
use crate::layout::{GAP, HEADER, PADDING, appearance};

/// More wires than this are not compared: what is chosen is then the arrangement with the shortest lines.
const MOST_WIRES: usize = 400;
/// Among more things than this none is moved by itself.
const MOST_THINGS: usize = 400;
/// How much is tried for one tidying, at most, in ways that are found. It bounds the time: some tenths of a second in a browser.
const MOST_WORK: usize = 4_000;
/// What bringing a thing elsewhere costs for so many things and wires of the drawing, in ways.
const PER_WORK: usize = 8;
/// How many moves of one thing are tried, the most promising ones.
const MOST_MOVES: usize = 16;
/// How often every thing is tried elsewhere.
const ROUNDS: usize = 6;
/// What a turn costs here, in units of length: where things may still be moved, it is worth more to be straight than to be near.
const TURN: f64 = 100.0;
/// What a move has to win, in units of length.
const WIN: f64 = 4.0;

/// Where things would go.
type Moves = Vec<(NodeId, Rect)>;

/// An arrangement with its wires.
#[derive(Clone)]
pub(super) struct Sheet<'a> {
    design: &'a Design,
    /// Relative to the frame around.
    rects: BTreeMap<NodeId, Rect>,
    pub(super) wiring: Wiring<Edge>,
    pub(super) tally: Tally,
}

impl<'a> Sheet<'a> {
    /// An arrangement, with places relative to the frames around; `None` where there are too many wires to find their ways.
    pub(super) fn new(design: &'a Design, rects: BTreeMap<NodeId, Rect>) -> Option<Self> {
        let mut edges = Edges::default();
        for (id, _) in design.nodes() {
            edges.refresh(design, id, &mut Change::default());
        }
        let drawn: Vec<Edge> = edges.all().filter(|edge| edge.class == WireClass::Always).collect();
        if drawn.len() > MOST_WIRES {
            return None;
        }
        let mut sheet = Self { design, rects, wiring: Wiring::default(), tally: Tally::default() };
        for id in design.children(None) {
            sheet.draw(id);
        }
        for edge in drawn {
            sheet.wiring.connect(edge, edge.from, edge.to);
        }
        sheet.find();
        Some(sheet)
    }

    /// The arrangement as a design has it now.
    pub(super) fn of(design: &'a Design) -> Option<Self> {
        Self::new(design, design.nodes().map(|(id, node)| (id, node.rect)).collect())
    }

    /// Whether its wires run better: through fewer things, and else with less length, bends and crossings.
    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        match self.tally.unclear.cmp(&other.tally.unclear) {
            Ordering::Equal => cost(&self.tally) + WIN < cost(&other.tally),
            order => order.is_lt(),
        }
    }

    /// Whether any of its numbers is worse than the other's: wires through things, crossings, the room that the drawing takes.
    pub(super) fn is_worse_in_anything(&self, other: &Self) -> bool {
        self.tally.unclear > other.tally.unclear
            || self.tally.crossings > other.tally.crossings
            || self.area() > other.area()
            || (self.tally.bends > other.tally.bends && cost(&self.tally) > cost(&other.tally))
    }

    /// Whether nothing lies over anything, neighbours have room between them, and all stand inside their frames.
    pub(super) fn is_in_order(&self) -> bool {
        let frames = self.design.nodes().map(|(id, _)| Some(id)).chain([None]);
        frames.into_iter().all(|frame| self.design.children(frame).all(|id| self.is_free(id)))
    }

    /// Moves single things to where wires are straighter, within the frames as they are.
    pub(super) fn straighten(mut self) -> Self {
        if self.rects.len() > MOST_THINGS {
            return self;
        }
        let mut work = 0;
        let each = (self.rects.len() + self.wiring.len()) / PER_WORK;
        for _ in 0..ROUNDS {
            let mut changed = false;
            for id in self.movable() {
                for moves in self.promising(id) {
                    let mut trial = self.clone();
                    for (id, rect) in moves {
                        trial.rects.insert(id, rect);
                        trial.draw(id);
                    }
                    work += trial.find() + each;
                    let wins = trial.is_better_than(&self);
                    if wins {
                        self = trial;
                        changed = true;
                    }
                    if work > MOST_WORK {
                        return self;
                    }
                    // The other moves were found for the arrangement before.
                    if wins {
                        break;
                    }
                }
            }
            if !changed {
                break;
            }
        }
        self
    }

    /// The moves of a thing by which its wires could cost less than they do, the best first.
    fn promising(&self, id: NodeId) -> Vec<Moves> {
        let gain = |moves: &Moves| {
            let shift = |end: NodeId| {
                let moved = moves.iter().find(|(id, _)| self.is_within(end, *id))?;
                Some(moved.1.origin() - self.rect(moved.0)?.origin())
            };
            let mut gain = 0.0;
            for edge in self.wiring.keys() {
                let shifts = [shift(edge.from), shift(edge.to)];
                if shifts == [None, None] {
                    continue;
                }
                let [from, to] = [(edge.from, shifts[0]), (edge.to, shifts[1])].map(|(id, by)| {
                    let body = self.wiring.thing(id).map(|thing| thing.end.body).unwrap_or_default();
                    body.shifted(by.unwrap_or_default())
                });
                gain += ways_cost(self.wiring.own(edge).unwrap_or_default()) - least_cost(from, to);
            }
            gain
        };
        let mut found: Vec<(f64, Moves)> = self.moves(id).into_iter().map(|moves| (gain(&moves), moves)).collect();
        found.retain(|(gain, _)| *gain > WIN);
        found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        found.truncate(MOST_MOVES);
        found.into_iter().map(|(_, moves)| moves).collect()
    }

    fn is_within(&self, id: NodeId, frame: NodeId) -> bool {
        id == frame || self.design.ancestors(id).any(|up| up == frame)
    }

    /// Finds the ways of what was moved, each by itself: that is quick, and says enough to compare. How many that were.
    fn find(&mut self) -> usize {
        let waiting = self.wiring.waiting();
        self.wiring.find(usize::MAX);
        self.tally = self.wiring.tally();
        waiting
    }

    /// Brings the wires together as they are drawn.
    pub(super) fn finish(mut self) -> Self {
        self.wiring.settle(usize::MAX);
        self.tally = self.wiring.tally();
        self
    }

    fn rect(&self, id: NodeId) -> Option<Rect> {
        self.rects.get(&id).copied().or_else(|| Some(self.design.node(id)?.rect))
    }

    /// Where the inside of a frame begins.
    fn origin(&self, frame: Option<NodeId>) -> Point {
        let mut origin = Point::default();
        let mut at = frame;
        while let Some(id) = at {
            origin = origin + self.rect(id).unwrap_or_default().origin();
            at = self.design.node(id).and_then(|node| node.parent);
        }
        origin
    }

    /// Tells the wiring where a node stands, and all that stands in it.
    fn draw(&mut self, id: NodeId) {
        let mut open = vec![(id, self.origin(self.design.node(id).and_then(|node| node.parent)))];
        while let Some((id, origin)) = open.pop() {
            let (Some(node), Some(rect)) = (self.design.node(id), self.rect(id)) else { continue };
            let mut node = node.clone();
            node.rect = rect;
            let at = origin + rect.origin();
            let (end, hull) = (appearance::end(&node, at), appearance::hull(&node).shifted(at));
            self.wiring.set(id, Thing { end, hull, marks: Vec::new() });
            open.extend(self.design.children(Some(id)).map(|child| (child, at)));
        }
    }

    /// What may be moved by itself and has wires, or holds what has: where networks stand says what they are.
    fn movable(&self) -> Vec<NodeId> {
        let has_wires =
            |id: NodeId| self.wiring.keys().any(|edge| self.is_within(edge.from, id) != self.is_within(edge.to, id));
        let is_network = |kind| matches!(kind, Kind::Region | Kind::Vpc | Kind::Zone | Kind::Subnet);
        let nodes = self.design.nodes().filter(|(_, node)| !is_network(node.kind()) && node.parent.is_some());
        nodes.map(|(id, _)| id).filter(|id| has_wires(*id)).collect()
    }

    /// Places for a thing in its frame: one of its neighbours' in exchange, a free one in a row that is there, one in line with what it is wired to.
    fn moves(&self, id: NodeId) -> Vec<Moves> {
        let (Some(node), Some(rect)) = (self.design.node(id), self.rect(id)) else { return Vec::new() };
        let siblings: Vec<(NodeId, Rect)> = self
            .design
            .children(node.parent)
            .filter(|other| *other != id)
            .filter_map(|other| Some((other, self.rect(other)?)))
            .collect();
        let is_alike = |other: &(NodeId, Rect)| (other.1.w, other.1.h) == (rect.w, rect.h);
        let mut found: Vec<Moves> = siblings
            .iter()
            .filter(|other| is_alike(other))
            .map(|(other, at)| vec![(id, *at), (*other, rect)])
            .collect();
        let origin = self.origin(node.parent);
        let partners = self.wiring.keys().filter_map(|edge| {
            let (own, other) = match (self.is_within(edge.from, id), self.is_within(edge.to, id)) {
                (true, false) => (edge.from, edge.to),
                (false, true) => (edge.to, edge.from),
                _ => return None,
            };
            let center = |id: NodeId| self.wiring.thing(id).map(|thing| thing.end.body.center());
            // Where the corner would stand if the two ends were in line.
            let at = center(other)? - (center(own)? - origin - rect.origin()) - origin;
            Some(at.x.round())
        });
        let mut columns: Vec<f64> = partners.collect();
        columns.extend(siblings.iter().filter(|other| is_alike(other)).map(|(_, at)| at.x));
        columns.sort_by(f64::total_cmp);
        columns.dedup();
        let mut rows: Vec<f64> = siblings.iter().filter(|other| is_alike(other)).map(|(_, at)| at.y).collect();
        rows.push(rect.y);
        rows.sort_by(f64::total_cmp);
        rows.dedup();
        for y in rows {
            for x in &columns {
                let there = Rect { x: *x, y, ..rect };
                if there != rect && self.has_room(id, there, SPACE) {
                    found.push(vec![(id, there)]);
                }
            }
        }
        found
    }

    fn is_free(&self, id: NodeId) -> bool {
        self.rect(id).is_some_and(|rect| self.has_room(id, rect, GAP))
    }

    /// Whether a place is inside the frame, and so far from all neighbours.
    fn has_room(&self, id: NodeId, there: Rect, apart: f64) -> bool {
        let parent = self.design.node(id).and_then(|node| node.parent);
        let inside = parent.and_then(|frame| self.rect(frame)).is_none_or(|frame| {
            Rect::new(PADDING, HEADER, frame.w - 2.0 * PADDING, frame.h - HEADER - PADDING).contains_rect(there)
        });
        // Half a unit is no nearness, and touching is no overlap.
        let around = there.inflated(apart - 0.5);
        inside
            && self
                .design
                .children(parent)
                .filter(|other| *other != id)
                .filter_map(|other| self.rect(other))
                .all(|other| !around.intersects(other))
    }

    /// The room that everything takes.
    fn area(&self) -> f64 {
        let roots = self.design.children(None).filter_map(|id| self.rect(id));
        roots.reduce(Rect::union).map_or(0.0, |all| all.w * all.h)
    }

    /// The edits that bring the design to this arrangement.
    pub(super) fn edits(&self) -> Vec<Edit> {
        super::places(self.design, &self.rects)
    }
}

/// What wires cost together.
fn cost(tally: &Tally) -> f64 {
    tally.length + tally.bends as f64 * TURN + tally.crossings as f64 * CROSS
}

/// What a way costs by itself.
fn ways_cost(points: &[Point]) -> f64 {
    let length: f64 = pieces_of(points).map(|piece| piece.w + piece.h).sum();
    length + points.len().saturating_sub(2) as f64 * TURN
}

/// The least that a way between two bodies can cost: straight if they face each other, with a turn if not.
fn least_cost(a: Rect, b: Rect) -> f64 {
    let across = (b.x - a.right()).max(a.x - b.right());
    let down = (b.y - a.bottom()).max(a.y - b.bottom());
    across.max(0.0) + down.max(0.0) + if across > 0.0 && down > 0.0 { TURN } else { 0.0 }
}
