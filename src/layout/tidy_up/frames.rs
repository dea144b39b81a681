//! How each sort of frame arranges what stands in it.

use std::collections::BTreeMap;

use super::{PITCH, Plan, SPACE, around, columns_for, columns_in, good_width};
use crate::catalog::kinds::Zone;
use crate::catalog::{Kind, TILE_H, TILE_W};
use crate::design::Rect;
use crate::id::NodeId;
use crate::layout::{HEADER, PADDING};

/// A frame with its size.
type Sized = (NodeId, (f64, f64));

impl Plan<'_> {
    /// The bare canvas: people in a column on the left, frames beside them, with what else stands outside above.
    pub(super) fn root(&mut self) {
        let (frames, tiles) = self.split(None);
        let is_person = |plan: &Self, id: &NodeId| plan.design.node(*id).is_some_and(|node| !node.body.is_deployed());
        let (mut people, others): (Vec<NodeId>, Vec<NodeId>) = tiles.into_iter().partition(|id| is_person(self, id));
        people.sort_by(|a, b| self.wanted(*a).y.total_cmp(&self.wanted(*b).y).then(a.cmp(b)));
        for (row, id) in people.iter().enumerate() {
            self.rects.insert(*id, Rect::new(0.0, row as f64 * (TILE_H + SPACE), TILE_W, TILE_H));
        }
        let left = if people.is_empty() { 0.0 } else { PITCH };
        let frames = self.sizes(frames);
        let width = good_width(&frames);
        let columns = if frames.is_empty() { columns_for(others.len()) } else { columns_in(width) };
        let has_others = !others.is_empty();
        let (_, bottom) = self.grid(None, others, left, 0.0, columns);
        self.shelves(&frames, left, if has_others { bottom + SPACE } else { 0.0 }, width);
    }

    /// Children that are frames, and those that are tiles.
    fn split(&self, frame: Option<NodeId>) -> (Vec<NodeId>, Vec<NodeId>) {
        let is_frame = |id: &NodeId| self.kind(*id).is_some_and(|kind| kind.spec().shape.is_frame());
        self.design.children(frame).partition(is_frame)
    }

    /// Arranges frames, and puts them in the order of what they are connected with.
    fn sizes(&mut self, mut frames: Vec<NodeId>) -> Vec<Sized> {
        if self.seen || self.ordered {
            self.sort_across(&mut frames);
        }
        frames.into_iter().map(|id| (id, self.arrange(id))).collect()
    }

    /// Arranges what stands in a frame; the size the frame needs.
    fn arrange(&mut self, frame: NodeId) -> (f64, f64) {
        let kind = self.kind(frame);
        let (frames, tiles) = self.split(Some(frame));
        let empty = kind.map_or((TILE_W, TILE_H), |kind| kind.spec().shape.size());
        if frames.is_empty() && tiles.is_empty() {
            return if kind == Some(Kind::Vpc) || kind == Some(Kind::Region) { (480.0, 240.0) } else { empty };
        }
        if kind == Some(Kind::Vpc) {
            return self.vpc(frame, frames, tiles);
        }
        let frames = self.sizes(frames);
        let width = good_width(&frames).max(columns_for(tiles.len()).min(8) as f64 * PITCH - SPACE);
        let columns = columns_in(width);
        let (right, bottom) = self.grid(Some(frame), tiles, PADDING, HEADER, columns);
        let top = if bottom > HEADER { bottom + SPACE } else { HEADER };
        let (wide, deep) = self.shelves(&frames, PADDING, top, width);
        let least = if kind == Some(Kind::Subnet) { empty } else { (160.0, 96.0) };
        around(right.max(wide), bottom.max(if frames.is_empty() { bottom } else { deep }), least)
    }

    /// A VPC: balancers and other frames on top, tiles below them, then zones side by side and subnets that are in no zone.
    fn vpc(&mut self, vpc: NodeId, frames: Vec<NodeId>, tiles: Vec<NodeId>) -> (f64, f64) {
        let (mut zones, others): (Vec<NodeId>, Vec<NodeId>) =
            frames.into_iter().partition(|id| self.kind(*id) == Some(Kind::Zone));
        let (subnets, others): (Vec<NodeId>, Vec<NodeId>) =
            others.into_iter().partition(|id| self.kind(*id) == Some(Kind::Subnet));
        let letter = |id: &NodeId| self.design.get::<Zone>(*id).map(|zone| zone.letter.clone());
        zones.sort_by_key(|id| (letter(id), *id));
        let lanes = self.lanes(&zones);
        let lone = self.tiers(&subnets);
        let others = self.sizes(others);
        let wide = |rows: &[Sized]| rows.iter().map(|(_, (w, _))| w + SPACE).sum::<f64>() - SPACE;
        let below = lone.iter().map(|row| wide(row)).fold(wide(&lanes), f64::max);
        let least = columns_for(tiles.len()).max(4) as f64 * PITCH - SPACE;
        let width = below.max(least).max(others.iter().map(|(_, (w, _))| *w).fold(0.0, f64::max));
        let (mut right, mut y) = (PADDING, HEADER);
        for part in [Part::Frames(others), Part::Tiles(tiles), Part::Frames(lanes)] {
            let end = match part {
                Part::Frames(frames) if frames.is_empty() => continue,
                Part::Tiles(tiles) if tiles.is_empty() => continue,
                Part::Frames(frames) => self.shelves(&frames, PADDING, y, width),
                Part::Tiles(tiles) => self.grid(Some(vpc), tiles, PADDING, y, columns_in(width)),
            };
            right = right.max(end.0);
            y = end.1 + SPACE;
        }
        for row in lone {
            let end = self.shelves(&row, PADDING, y, width);
            right = right.max(end.0);
            y = end.1 + SPACE;
        }
        around(right, y - SPACE, (320.0, 160.0))
    }

    /// Subnets that are in no zone, a row for each rank.
    fn tiers(&mut self, subnets: &[NodeId]) -> Vec<Vec<Sized>> {
        let mut tiers: BTreeMap<u8, Vec<NodeId>> = BTreeMap::new();
        for id in subnets {
            tiers.entry(self.rank(*id)).or_default().push(*id);
        }
        tiers.into_values().map(|row| self.sizes(row)).collect()
    }

    fn rank(&self, subnet: NodeId) -> u8 {
        self.ranks.get(&subnet).copied().unwrap_or(u8::MAX)
    }

    /// Zones with their subnets one below another. Subnets of the same rank stand at the same height in every zone.
    fn lanes(&mut self, zones: &[NodeId]) -> Vec<Sized> {
        let mut tops = HEADER;
        let mut widths = BTreeMap::new();
        let mut rows: BTreeMap<(u8, usize), Vec<(NodeId, Sized)>> = BTreeMap::new();
        for zone in zones {
            let (mut frames, tiles) = self.split(Some(*zone));
            frames.sort_by_key(|id| (self.rank(*id), *id));
            let mut width = 0.0_f64;
            let mut place = (0, 0);
            for id in frames {
                let size = self.arrange(id);
                width = width.max(size.0);
                let rank = self.rank(id);
                place = if place.0 == rank { (rank, place.1 + 1) } else { (rank, 1) };
                rows.entry(place).or_default().push((*zone, (id, size)));
            }
            let (right, bottom) = self.grid(Some(*zone), tiles, PADDING, HEADER, columns_in(width).max(2));
            if bottom > HEADER {
                tops = tops.max(bottom + SPACE);
            }
            widths.insert(*zone, width.max(right - PADDING).max(160.0));
        }
        let mut y = tops;
        for row in rows.into_values() {
            let height = row.iter().map(|(_, (_, (_, h)))| *h).fold(0.0, f64::max);
            for (zone, (id, _)) in row {
                let width = widths.get(&zone).copied().unwrap_or_default();
                self.rects.insert(id, Rect::new(PADDING, y, width, height));
            }
            y += height + SPACE;
        }
        let height = (y - SPACE).max(HEADER + TILE_H) + PADDING;
        let size = |zone: &NodeId| (*zone, (widths.get(zone).copied().unwrap_or_default() + 2.0 * PADDING, height));
        zones.iter().map(size).collect()
    }
}

/// What a VPC has one below another.
enum Part {
    Frames(Vec<Sized>),
    Tiles(Vec<NodeId>),
}
