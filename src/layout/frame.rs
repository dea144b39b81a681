//! Where things go inside frames: padding, a free spot for a newcomer, and frames that grow to fit.

use crate::design::{Design, Edit, Point, Rect};
use crate::id::NodeId;

/// Height of a frame's header, where its name stands.
pub const HEADER: f64 = 36.0;
/// Space between a frame's border and what is inside.
pub const PADDING: f64 = 16.0;
/// Space between neighbours.
pub const GAP: f64 = 16.0;
/// What positions snap to.
pub const GRID: f64 = 8.0;

/// The nearest place on the grid.
pub fn snapped(p: Point) -> Point {
    Point::new((p.x / GRID).round() * GRID, (p.y / GRID).round() * GRID)
}

impl Design {
    /// The first free spot for a thing of a size inside a frame, row by row; below everything if the frame is full.
    pub fn free_spot(&self, frame: Option<NodeId>, w: f64, h: f64) -> Rect {
        let taken: Vec<Rect> = self.children(frame).filter_map(|id| self.node(id)).map(|node| node.rect).collect();
        let width = frame.and_then(|id| self.node(id)).map_or(f64::MAX, |node| node.rect.w);
        let mut rows: Vec<f64> = taken.iter().map(|rect| rect.bottom() + GAP).collect();
        rows.push(HEADER);
        rows.sort_by(f64::total_cmp);
        for y in rows {
            let mut columns: Vec<f64> = taken.iter().map(|rect| rect.right() + GAP).collect();
            columns.push(PADDING);
            columns.sort_by(f64::total_cmp);
            for x in columns {
                let spot = Rect::new(x, y, w, h);
                if spot.right() <= width - PADDING
                    && !taken.iter().any(|rect| rect.inflated(GAP / 2.0).intersects(spot))
                {
                    return spot;
                }
            }
        }
        let below = taken.iter().map(|rect| rect.bottom() + GAP).fold(HEADER, f64::max);
        Rect::new(PADDING, below, w, h)
    }

    /// The edits that make every frame around `id` large enough for what it holds. Frames grow to the right and downwards, so nothing else moves.
    pub fn growth(&self, id: NodeId) -> Vec<Edit> {
        self.node(id).map_or_else(Vec::new, |node| self.growth_around(node.parent, node.rect))
    }

    /// The edits that make a frame, and the frames around it, large enough for a rectangle inside.
    pub fn growth_around(&self, frame: Option<NodeId>, rect: Rect) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut inner = frame.map(|frame| (frame, rect));
        while let Some((parent, rect)) = inner {
            let Some(frame) = self.node(parent) else { break };
            let w = frame.rect.w.max(rect.right() + PADDING);
            let h = frame.rect.h.max(rect.bottom() + PADDING);
            let grown = Rect { w, h, ..frame.rect };
            if grown != frame.rect {
                edits.push(Edit::Place { id: parent, parent: frame.parent, rect: grown });
            }
            inner = frame.parent.map(|outer| (outer, grown));
        }
        edits
    }

    /// The smallest size a frame may shrink to.
    pub fn least_size(&self, frame: NodeId) -> (f64, f64) {
        let inside = self.children(Some(frame)).filter_map(|id| self.node(id)).map(|node| node.rect);
        inside.fold((PADDING * 4.0, HEADER + PADDING), |(w, h), rect| {
            (w.max(rect.right() + PADDING), h.max(rect.bottom() + PADDING))
        })
    }
}
