//! Several nodes put in line: the edits behind align and distribute.

use std::collections::BTreeSet;

use crate::design::{Design, Edit, Rect};
use crate::id::NodeId;

/// Along which line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left edges.
    Left,
    /// Middles, across.
    Center,
    /// Right edges.
    Right,
    /// Top edges.
    Top,
    /// Middles, down.
    Middle,
    /// Bottom edges.
    Bottom,
}

/// In which direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

/// The edits that align nodes with the rectangle around them all. What stands inside another of them moves along with it.
pub fn align(design: &Design, ids: &BTreeSet<NodeId>, to: Align) -> Vec<Edit> {
    let placed = outermost(design, ids);
    let Some(around) = placed.iter().map(|(_, rect)| *rect).reduce(Rect::union) else { return Vec::new() };
    let there = |rect: Rect| match to {
        Align::Left => (around.x, rect.y),
        Align::Center => (around.center().x - rect.w / 2.0, rect.y),
        Align::Right => (around.right() - rect.w, rect.y),
        Align::Top => (rect.x, around.y),
        Align::Middle => (rect.x, around.center().y - rect.h / 2.0),
        Align::Bottom => (rect.x, around.bottom() - rect.h),
    };
    placed.iter().filter_map(|(id, rect)| moved(design, *id, *rect, there(*rect))).collect()
}

/// The edits that leave the same space between neighbours; the outermost two stay. Fewer than three have nothing to share.
pub fn distribute(design: &Design, ids: &BTreeSet<NodeId>, along: Axis) -> Vec<Edit> {
    let span = |rect: Rect| match along {
        Axis::Across => (rect.x, rect.w),
        Axis::Down => (rect.y, rect.h),
    };
    let mut placed = outermost(design, ids);
    placed.sort_by(|(_, a), (_, b)| span(*a).0.total_cmp(&span(*b).0));
    let (Some((_, first)), Some((_, last)), Ok(count)) = (placed.first(), placed.last(), u32::try_from(placed.len()))
    else {
        return Vec::new();
    };
    if count < 3 {
        return Vec::new();
    }
    let taken: f64 = placed.iter().map(|(_, rect)| span(*rect).1).sum();
    let whole = span(*last).0 + span(*last).1 - span(*first).0;
    let space = (whole - taken) / f64::from(count - 1);
    let mut at = span(*first).0;
    let mut edits = Vec::new();
    for (id, rect) in &placed {
        let there = match along {
            Axis::Across => (at, rect.y),
            Axis::Down => (rect.x, at),
        };
        edits.extend(moved(design, *id, *rect, there));
        at += span(*rect).1 + space;
    }
    edits
}

/// Those that stand in no other of them, with their rectangles in world coordinates.
fn outermost(design: &Design, ids: &BTreeSet<NodeId>) -> Vec<(NodeId, Rect)> {
    let outer = ids.iter().filter(|id| !design.ancestors(**id).any(|up| ids.contains(&up)));
    outer.filter_map(|id| Some((*id, design.world_rect(*id)?))).collect()
}

fn moved(design: &Design, id: NodeId, from: Rect, (x, y): (f64, f64)) -> Option<Edit> {
    let node = design.node(id)?;
    // Whole units: a rectangle between two grid lines would look blurred.
    let rect = Rect { x: (node.rect.x + x - from.x).round(), y: (node.rect.y + y - from.y).round(), ..node.rect };
    (rect != node.rect).then_some(Edit::Place { id, parent: node.parent, rect })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{Internet, Vpc};
    use crate::layout::Sketch;

    fn three() -> (Sketch, BTreeSet<NodeId>) {
        let mut sketch = Sketch::new();
        let vpc = sketch.add_at(None, "vpc", Vpc::default(), Rect::new(100.0, 0.0, 400.0, 300.0));
        let a = sketch.add_at(None, "a", Internet, Rect::new(0.0, 40.0, 96.0, 72.0));
        let b = sketch.add_at(None, "b", Internet, Rect::new(900.0, 500.0, 96.0, 72.0));
        (sketch, [vpc, a, b].into())
    }

    fn rects(sketch: &Sketch, ids: &BTreeSet<NodeId>) -> Vec<Rect> {
        ids.iter().filter_map(|id| sketch.design().world_rect(*id)).collect()
    }

    #[test]
    fn aligning_meets_the_edge_of_the_outermost() {
        let (mut sketch, ids) = three();
        for edit in align(sketch.design(), &ids, Align::Left) {
            sketch.edit(&edit);
        }
        assert!(rects(&sketch, &ids).iter().all(|rect| rect.x == 0.0));
        for edit in align(sketch.design(), &ids, Align::Bottom) {
            sketch.edit(&edit);
        }
        assert!(rects(&sketch, &ids).iter().all(|rect| rect.bottom() == 572.0));
        assert_eq!(align(sketch.design(), &ids, Align::Bottom), []);
    }

    #[test]
    fn distributing_leaves_equal_spaces() {
        let (mut sketch, ids) = three();
        for edit in distribute(sketch.design(), &ids, Axis::Across) {
            sketch.edit(&edit);
        }
        let mut rects = rects(&sketch, &ids);
        rects.sort_by(|a, b| a.x.total_cmp(&b.x));
        assert_eq!(rects[1].x - rects[0].right(), rects[2].x - rects[1].right());
        let two: BTreeSet<NodeId> = ids.into_iter().take(2).collect();
        assert_eq!(distribute(sketch.design(), &two, Axis::Down), []);
    }
}
