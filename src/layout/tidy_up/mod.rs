//! A readable place for everything: the edits behind "tidy up", and how templates and accounts without a layout are drawn.
//!
//! Frames hold what stands in them without overlaps: zones side by side, public subnets above private ones, people outside, tiles in rows. Where
//! something stands among its siblings is chosen by where its neighbours on wires stand: a few sweeps move everything towards the middle of what
//! it is connected with, the one is kept whose wires run best, and then single things are moved where that makes wires straighter.

mod frames;
mod rank;
mod straighten;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{HEADER, PADDING};
use crate::catalog::{Kind, TILE_H, TILE_W};
use crate::design::{Design, Edit, Point, Rect};
use crate::id::NodeId;
use straighten::Sheet;

/// Space between neighbours, wide enough for a wire to pass.
const SPACE: f64 = 24.0;
/// From one tile to the next in a row.
const PITCH: f64 = TILE_W + SPACE;
/// From one row of tiles to the next.
const ROW: f64 = TILE_H + SPACE;
/// How often everything is moved towards its neighbours.
const SWEEPS: usize = 6;

/// The edits that put every node in its place. Nothing where all stands so already, or better: wires that run through things, crossings and the
/// room that all takes are never more than before, unless things lay over each other.
pub fn tidy_up(design: &Design) -> Vec<Edit> {
    let mut plan = Plan::new(design);
    let sweeps = plan.sweeps(SWEEPS);
    let judged = sweeps.iter().map_while(|(_, rects)| Sheet::new(design, rects.clone()));
    let best = judged.reduce(|best, next| if next.is_better_than(&best) { next } else { best });
    let (Some(best), Some(now)) = (best, Sheet::of(design)) else { return places(design, &shortest(&sweeps)) };
    let best = best.straighten().finish();
    if now.is_in_order() && best.is_worse_in_anything(&now.finish()) {
        return Vec::new();
    }
    best.edits()
}

/// The same in the order in which somebody once placed nodes, where that is known; the places themselves are ours.
pub fn tidy_up_by(design: &Design, placed: &BTreeMap<NodeId, Point>) -> Vec<Edit> {
    if placed.is_empty() {
        return tidy_up(design);
    }
    let mut plan = Plan::new(design);
    plan.wanted.extend(placed.iter().map(|(id, at)| (*id, *at)));
    plan.ordered = true;
    places(design, &shortest(&plan.sweeps(1)))
}

/// The arrangement with the shortest lines. A later one has to win clearly: the first keeps kinds together.
fn shortest(sweeps: &[(f64, BTreeMap<NodeId, Rect>)]) -> BTreeMap<NodeId, Rect> {
    let best = sweeps.iter().reduce(|best, next| if next.0 < best.0 * 0.99 { next } else { best });
    best.map(|(_, rects)| rects.clone()).unwrap_or_default()
}

/// The edits that bring nodes to these places, each relative to the frame around.
fn places(design: &Design, rects: &BTreeMap<NodeId, Rect>) -> Vec<Edit> {
    let place = |(id, rect): (&NodeId, &Rect)| {
        let node = design.node(*id)?;
        (node.rect != *rect).then_some(Edit::Place { id: *id, parent: node.parent, rect: *rect })
    };
    rects.iter().filter_map(place).collect()
}

/// The places as they come to be.
struct Plan<'a> {
    design: &'a Design,
    /// Who is connected with whom, both ways.
    wires: BTreeMap<NodeId, Vec<NodeId>>,
    /// Relative to the frame around.
    rects: BTreeMap<NodeId, Rect>,
    /// Where each node would like its middle to be, in world coordinates.
    wanted: BTreeMap<NodeId, Point>,
    /// Where the inside of frames began in the sweep before.
    origins: BTreeMap<NodeId, Point>,
    /// Public subnets first.
    ranks: BTreeMap<NodeId, u8>,
    /// Whether there was a sweep before.
    seen: bool,
    /// Whether somebody has chosen an order.
    ordered: bool,
}

impl<'a> Plan<'a> {
    fn new(design: &'a Design) -> Self {
        let mut wires: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
        for (id, _) in design.nodes() {
            let to: BTreeSet<NodeId> = design.references(id).into_iter().map(|(_, to)| to).collect();
            for to in to.into_iter().filter(|to| *to != id && design.node(*to).is_some()) {
                wires.entry(id).or_default().push(to);
                wires.entry(to).or_default().push(id);
            }
        }
        let ranks = rank::subnets(design);
        let mut plan = Self {
            design,
            wires,
            rects: BTreeMap::new(),
            wanted: BTreeMap::new(),
            origins: BTreeMap::new(),
            ranks,
            seen: false,
            ordered: false,
        };
        plan.line_up();
        plan
    }

    /// Places everything so many times, each time nearer to its neighbours; with the length of all lines.
    fn sweeps(&mut self, count: usize) -> Vec<(f64, BTreeMap<NodeId, Rect>)> {
        let sweep = |_| {
            self.rects.clear();
            self.root();
            (self.measure(), self.rects.clone())
        };
        (0..count).map(sweep).collect()
    }

    /// A first order: what hangs together stands together, in the order of kinds.
    fn line_up(&mut self) {
        let mut ids: Vec<(Kind, NodeId)> = self.design.nodes().map(|(id, node)| (node.kind(), id)).collect();
        ids.sort_unstable();
        let mut at = 0.0;
        let mut open = VecDeque::new();
        for (_, first) in ids {
            open.push_back(first);
            while let Some(id) = open.pop_front() {
                if self.wanted.contains_key(&id) {
                    continue;
                }
                self.wanted.insert(id, Point::new(at, at));
                at += 1.0;
                open.extend(self.wires.get(&id).into_iter().flatten().filter(|to| !self.wanted.contains_key(to)));
            }
        }
    }

    /// Measures what was placed: how long all wires are, where everything is, and where it would rather be.
    fn measure(&mut self) -> f64 {
        let mut centers = BTreeMap::new();
        self.origins.clear();
        let mut open: Vec<(NodeId, Point)> = self.design.children(None).map(|id| (id, Point::default())).collect();
        while let Some((id, origin)) = open.pop() {
            let Some(rect) = self.rects.get(&id).map(|rect| rect.shifted(origin)) else { continue };
            centers.insert(id, rect.center());
            self.origins.insert(id, rect.origin());
            open.extend(self.design.children(Some(id)).map(|child| (child, rect.origin())));
        }
        let mut length = 0.0;
        for (id, center) in &centers {
            let ends = || self.wires.get(id).into_iter().flatten().filter_map(|to| centers.get(to));
            length += ends().map(|end| (end.x - center.x).abs() + (end.y - center.y).abs()).sum::<f64>();
            let count = ends().count() as f64;
            let sum = ends().fold(Point::default(), |sum, end| sum + *end);
            // Half of the way, so that two that want to change places do not do so for ever.
            let there = if count == 0.0 { *center } else { Point::new(sum.x / count, sum.y / count) };
            self.wanted.insert(*id, Point::new((there.x + center.x) / 2.0, (there.y + center.y) / 2.0));
        }
        self.seen = true;
        length
    }

    fn wanted(&self, id: NodeId) -> Point {
        self.wanted.get(&id).copied().unwrap_or_default()
    }

    fn kind(&self, id: NodeId) -> Option<Kind> {
        self.design.node(id).map(crate::design::Node::kind)
    }

    /// By where they would like to be, from left to right.
    fn sort_across(&self, ids: &mut [NodeId]) {
        ids.sort_by(|a, b| {
            let (one, other) = (self.wanted(*a), self.wanted(*b));
            one.x.total_cmp(&other.x).then(one.y.total_cmp(&other.y)).then(a.cmp(b))
        });
    }

    /// Puts tiles in rows below `top`, in columns near what they are connected with; where they end, to the right and below.
    fn grid(
        &mut self,
        frame: Option<NodeId>,
        mut tiles: Vec<NodeId>,
        left: f64,
        top: f64,
        columns: usize,
    ) -> (f64, f64) {
        if tiles.is_empty() {
            return (left, top);
        }
        self.sort_across(&mut tiles);
        let rows = tiles.len().div_ceil(columns.max(1));
        let used = tiles.len().div_ceil(rows);
        let begin = left + frame.and_then(|frame| self.origins.get(&frame)).map_or(0.0, |origin| origin.x);
        let (mut slot, mut right, mut bottom) = (0, left, top);
        for (index, column) in tiles.chunks(rows).enumerate() {
            let mut column = column.to_vec();
            column.sort_by(|a, b| self.wanted(*a).y.total_cmp(&self.wanted(*b).y).then(a.cmp(b)));
            if self.seen {
                let middle = column.iter().map(|id| self.wanted(*id).x).sum::<f64>() / column.len() as f64;
                let near = ((middle - TILE_W / 2.0 - begin) / PITCH).round().clamp(0.0, 10_000.0) as usize;
                // Room must be left for the columns that follow.
                slot = near.clamp(slot, columns.saturating_sub(used - index).max(slot));
            }
            let x = left + slot as f64 * PITCH;
            for (row, id) in column.into_iter().enumerate() {
                let rect = Rect::new(x, top + row as f64 * ROW, TILE_W, TILE_H);
                right = right.max(rect.right());
                bottom = bottom.max(rect.bottom());
                self.rects.insert(id, rect);
            }
            slot += 1;
        }
        (right, bottom)
    }

    /// Puts frames of known size on shelves no wider than `width`; where they end, to the right and below.
    fn shelves(&mut self, frames: &[(NodeId, (f64, f64))], left: f64, top: f64, width: f64) -> (f64, f64) {
        let (mut x, mut y, mut right, mut bottom) = (left, top, left, top);
        for (id, (w, h)) in frames {
            if x > left && x + w > left + width {
                (x, y) = (left, bottom + SPACE);
            }
            let rect = Rect::new(x, y, *w, *h);
            self.rects.insert(*id, rect);
            right = right.max(rect.right());
            bottom = bottom.max(rect.bottom());
            x = rect.right() + SPACE;
        }
        (right, bottom)
    }
}

/// The width at which frames on shelves make a picture somewhat wider than high.
fn good_width(frames: &[(NodeId, (f64, f64))]) -> f64 {
    let area: f64 = frames.iter().map(|(_, (w, h))| (w + SPACE) * (h + SPACE)).sum();
    let widest = frames.iter().map(|(_, (w, _))| *w).fold(0.0, f64::max);
    widest.max((area * 1.8).sqrt())
}

/// How many columns of tiles fit into a width.
fn columns_in(width: f64) -> usize {
    ((width + SPACE) / PITCH).clamp(1.0, 10_000.0) as usize
}

/// Columns for so many tiles on their own.
fn columns_for(tiles: usize) -> usize {
    ((tiles as f64 * 1.6).sqrt().ceil() as usize).max(1)
}

/// The size of a frame whose contents end there.
fn around(right: f64, bottom: f64, least: (f64, f64)) -> (f64, f64) {
    (least.0.max(right + PADDING), least.1.max(bottom.max(HEADER) + PADDING))
}
