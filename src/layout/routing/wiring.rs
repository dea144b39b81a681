//! The wires of a whole drawing, kept up to date as things move: each is routed anew when its surroundings changed, and then all are brought
//! together again.

use std::collections::{BTreeMap, BTreeSet};

use crate::design::{Point, Rect};
use crate::id::NodeId;

use super::{End, Lane, Obstacles, Route, Wire, arrange, pieces_of, route, through, untangle};

/// What is drawn of a node: where its wires end, what it puts in the way of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// Where its wires end.
    pub end: End,
    /// The box of its icon and words, or of its title.
    pub hull: Rect,
    /// Boxes of what is shown on it besides: badges, tags.
    pub marks: Vec<Rect>,
}

impl Thing {
    /// The same elsewhere.
    pub fn shifted(&self, by: Point) -> Self {
        let end = End { body: self.end.body.shifted(by), hull: self.end.hull.shifted(by), ..self.end };
        let marks = self.marks.iter().map(|mark| mark.shifted(by)).collect();
        Self { end, hull: self.hull.shifted(by), marks }
    }

    fn boxes(&self) -> Vec<Rect> {
        std::iter::once(self.hull).chain(self.marks.iter().copied()).collect()
    }
}

/// How the wires of a drawing run, all together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Wires that run through something.
    pub unclear: usize,
    /// How often two wires cross.
    pub crossings: usize,
    /// How often they turn.
    pub bends: usize,
    /// How long they are, in world units.
    pub length: f64,
}

/// A wire's place in the drawing.
#[derive(Clone, Debug)]
struct Kept {
    from: NodeId,
    to: NodeId,
    /// Its way by itself; none until it is found.
    own: Option<Route>,
    /// Its way among the others.
    shown: Vec<Point>,
}

/// Everything that wires depend on, and their ways. `K` tells wires apart.
#[derive(Clone, Debug)]
pub struct Wiring<K> {
    things: BTreeMap<NodeId, Thing>,
    obstacles: Obstacles,
    wires: BTreeMap<K, Kept>,
    /// Wires whose own way is to be found.
    stale: BTreeSet<K>,
    /// Whether the ways are to be brought together again.
    loose: bool,
    /// Things that were taken out of the way for a while, with what they covered.
    lifted: BTreeMap<NodeId, Vec<Rect>>,
}

impl<K> Default for Wiring<K> {
    fn default() -> Self {
        Self {
            things: BTreeMap::new(),
            obstacles: Obstacles::default(),
            wires: BTreeMap::new(),
            stale: BTreeSet::new(),
            loose: false,
            lifted: BTreeMap::new(),
        }
    }
}

impl<K: Copy + Ord> Wiring<K> {
    /// Says what is drawn of a node, and where; one that was lifted lands there.
    pub fn set(&mut self, id: NodeId, thing: Thing) {
        let lifted = self.lifted.remove(&id);
        let before = self.things.get(&id);
        if before == Some(&thing) && lifted.is_none() {
            return;
        }
        let moved = before.is_none_or(|old| old.end != thing.end);
        let mut changed: Vec<Rect> = lifted.unwrap_or_else(|| self.obstacles.of(id).to_vec());
        let border = thing.end.frame.then_some(thing.end.body);
        if let Some(old) = before.filter(|old| old.end.frame && moved) {
            changed.push(old.end.body);
        }
        changed.extend(border.filter(|_| moved));
        let boxes = thing.boxes();
        changed.extend(&boxes);
        self.obstacles.set(id, boxes, border);
        self.things.insert(id, thing);
        self.disturb(&changed, moved.then_some(id));
    }

    /// Says what is shown on a node besides itself.
    pub fn mark(&mut self, id: NodeId, marks: Vec<Rect>) {
        if let Some(thing) = self.things.get(&id).filter(|thing| thing.marks != marks) {
            let thing = Thing { marks, ..thing.clone() };
            self.set(id, thing);
        }
    }

    /// Takes a node away.
    pub fn remove(&mut self, id: NodeId) {
        let lifted = self.lifted.remove(&id);
        let mut changed: Vec<Rect> = lifted.unwrap_or_else(|| self.obstacles.of(id).to_vec());
        changed.extend(self.things.remove(&id).filter(|thing| thing.end.frame).map(|thing| thing.end.body));
        self.obstacles.remove(id);
        self.disturb(&changed, Some(id));
    }

    /// Takes a node out of the way of others while it is dragged, until it is [`Wiring::set`] again.
    pub fn lift(&mut self, id: NodeId) {
        if self.things.contains_key(&id) && !self.lifted.contains_key(&id) {
            self.lifted.insert(id, self.obstacles.of(id).to_vec());
            self.obstacles.remove(id);
        }
    }

    /// What is drawn of a node.
    pub fn thing(&self, id: NodeId) -> Option<&Thing> {
        self.things.get(&id)
    }

    /// Adds a wire.
    pub fn connect(&mut self, key: K, from: NodeId, to: NodeId) {
        self.wires.insert(key, Kept { from, to, own: None, shown: Vec::new() });
        self.stale.insert(key);
    }

    /// Takes a wire away.
    pub fn disconnect(&mut self, key: K) {
        self.stale.remove(&key);
        self.loose |= self.wires.remove(&key).is_some();
    }

    /// Whether every wire is where it belongs.
    pub fn is_settled(&self) -> bool {
        self.stale.is_empty() && !self.loose
    }

    /// Every wire.
    pub fn keys(&self) -> impl Iterator<Item = K> {
        self.wires.keys().copied()
    }

    /// How many wires there are.
    pub fn len(&self) -> usize {
        self.wires.len()
    }

    /// Whether there is no wire.
    pub fn is_empty(&self) -> bool {
        self.wires.is_empty()
    }

    /// How many wires wait for their way.
    pub fn waiting(&self) -> usize {
        self.stale.len()
    }

    /// Finds the ways of at most `most` wires, each by itself.
    pub fn find(&mut self, most: usize) {
        let now: Vec<K> = self.stale.iter().take(most).copied().collect();
        for key in &now {
            self.stale.remove(key);
            let Some(wire) = self.wire(*key) else { continue };
            let found = route(&wire, &self.obstacles);
            if let Some(kept) = self.wires.get_mut(key) {
                self.loose |= kept.own.as_ref().is_none_or(|own| own.points != found.points);
                kept.own = Some(found);
            }
        }
    }

    /// Finds the ways of at most `most` wires; once none waits any more, brings all together. Tells which wires run elsewhere than before.
    pub fn settle(&mut self, most: usize) -> Vec<K> {
        self.find(most);
        if !self.stale.is_empty() || !std::mem::take(&mut self.loose) {
            return Vec::new();
        }
        let mut keys = Vec::new();
        let mut lanes = Vec::new();
        for (key, kept) in &self.wires {
            if let (Some(wire), Some(own)) = (self.wire(*key), &kept.own) {
                keys.push(*key);
                lanes.push(Lane { wire, points: own.points.clone(), fixed: false });
            }
        }
        arrange(&mut lanes, &self.obstacles);
        let mut changed = Vec::new();
        for (key, lane) in keys.into_iter().zip(lanes) {
            if let Some(kept) = self.wires.get_mut(&key).filter(|kept| kept.shown != lane.points) {
                kept.shown = lane.points;
                changed.push(key);
            }
        }
        changed
    }

    /// The corners of a wire that was added; as good as is known by now.
    pub fn shown(&self, key: K) -> Option<&[Point]> {
        let kept = self.wires.get(&key)?;
        let own = || kept.own.as_ref().map(|own| own.points.as_slice());
        Some(kept.shown.as_slice()).filter(|points| !points.is_empty()).or_else(own)
    }

    /// The corners of a wire's way by itself.
    pub fn own(&self, key: K) -> Option<&[Point]> {
        Some(self.wires.get(&key)?.own.as_ref()?.points.as_slice())
    }

    /// Whether a wire keeps clear of everything; `None` while that is not known.
    pub fn is_clear(&self, key: K) -> Option<bool> {
        self.wires.get(&key)?.own.as_ref().map(|own| own.clear)
    }

    /// How good the ways are that were found so far: as they run among each other, or each by itself as long as they were not brought together.
    pub fn tally(&self) -> Tally {
        let ways = || {
            self.wires.values().map(|kept| match &kept.own {
                Some(own) if self.loose => own.points.as_slice(),
                _ => kept.shown.as_slice(),
            })
        };
        Tally {
            unclear: self.wires.values().filter(|kept| kept.own.as_ref().is_some_and(|own| !own.clear)).count(),
            crossings: untangle::crossings(ways()),
            bends: ways().map(|points| points.len().saturating_sub(2)).sum(),
            length: ways().flat_map(pieces_of).map(|piece| piece.w + piece.h).sum(),
        }
    }

    /// A way between two ends as they stand now, by itself, for what is not kept: hints, a wire that is being drawn, one that is dragged.
    pub fn between(&self, from: (NodeId, End), to: (NodeId, End)) -> Vec<Point> {
        route(&Wire { from: from.0, to: to.0, start: from.1, end: to.1 }, &self.obstacles).points
    }

    /// A way that looks at nothing in between.
    pub fn blunt(from: (NodeId, End), to: (NodeId, End)) -> Vec<Point> {
        through(&Wire { from: from.0, to: to.0, start: from.1, end: to.1 })
    }

    fn wire(&self, key: K) -> Option<Wire> {
        let kept = self.wires.get(&key)?;
        let end = |id: NodeId| self.things.get(&id).map(|thing| thing.end);
        Some(Wire { from: kept.from, to: kept.to, start: end(kept.from)?, end: end(kept.to)? })
    }

    /// Lets the wires at a node, and those with something changed in their surroundings, be routed anew.
    fn disturb(&mut self, changed: &[Rect], moved: Option<NodeId>) {
        for (key, kept) in &self.wires {
            let own = moved.is_some_and(|id| kept.from == id || kept.to == id);
            let near =
                || kept.own.as_ref().is_some_and(|own| changed.iter().any(|rect| rect.intersects(own.surroundings)));
            if own || near() {
                self.stale.insert(*key);
            }
        }
        // Lanes may have room now that they had not, or have none any more.
        self.loose |= !changed.is_empty() && !self.wires.is_empty();
    }
}
