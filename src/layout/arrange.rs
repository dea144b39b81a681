//! Several nodes put in line: the edits behind align and distribute.

use std::collections::BTreeSet;

use super::GAP;
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

impl Axis {
    /// Where a rectangle begins in this direction.
    const fn start(self, rect: Rect) -> f64 {
        match self {
            Self::Across => rect.x,
            Self::Down => rect.y,
        }
    }

    /// How long it is in this direction.
    const fn length(self, rect: Rect) -> f64 {
        match self {
            Self::Across => rect.w,
            Self::Down => rect.h,
        }
    }

    /// The same rectangle with its beginning there.
    const fn begun_at(self, rect: Rect, at: f64) -> Rect {
        match self {
            Self::Across => Rect { x: at, ..rect },
            Self::Down => Rect { y: at, ..rect },
        }
    }
}

/// The edits that align nodes with the rectangle around them all. What stands inside another of them moves along with it. Those that would come
/// to lie over each other in their line stand one after the other instead, in the order they had.
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
    let along = match to {
        Align::Left | Align::Center | Align::Right => Axis::Down,
        Align::Top | Align::Middle | Align::Bottom => Axis::Across,
    };
    let mut lined: Vec<(NodeId, Rect, Rect)> = placed
        .into_iter()
        .map(|(id, rect)| {
            let (x, y) = there(rect);
            (id, rect, Rect { x, y, ..rect })
        })
        .collect();
    lined.sort_by(|(_, _, a), (_, _, b)| along.start(*a).total_cmp(&along.start(*b)));
    let mut end = f64::NEG_INFINITY;
    let apart = lined.into_iter().filter_map(|(id, rect, to)| {
        let to = if along.start(to) < end { along.begun_at(to, end + GAP) } else { to };
        end = along.start(to) + along.length(to);
        moved(design, id, rect, (to.x, to.y))
    });
    apart.collect()
}

/// The edits that leave the same space between neighbours; the outermost two stay, or only the first where the space between them is too small
/// for all. Fewer than three have nothing to share.
pub fn distribute(design: &Design, ids: &BTreeSet<NodeId>, along: Axis) -> Vec<Edit> {
    let mut placed = outermost(design, ids);
    placed.sort_by(|(_, a), (_, b)| along.start(*a).total_cmp(&along.start(*b)));
    let (Some((_, first)), Some((_, last)), Ok(count)) = (placed.first(), placed.last(), u32::try_from(placed.len()))
    else {
        return Vec::new();
    };
    if count < 3 {
        return Vec::new();
    }
    let taken: f64 = placed.iter().map(|(_, rect)| along.length(*rect)).sum();
    let whole = along.start(*last) + along.length(*last) - along.start(*first);
    let share = (whole - taken) / f64::from(count - 1);
    let space = if share < 0.0 { GAP } else { share };
    let mut at = along.start(*first);
    let mut edits = Vec::new();
    for (id, rect) in &placed {
        let to = along.begun_at(*rect, at);
        edits.extend(moved(design, *id, *rect, (to.x, to.y)));
        at += along.length(*rect) + space;
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
    fn nothing_is_stacked_by_aligning_or_distributing() {
        let mut sketch = Sketch::new();
        let row: BTreeSet<NodeId> = [(0.0, 0.0), (120.0, 10.0), (240.0, 40.0), (360.0, 300.0)]
            .into_iter()
            .map(|(x, y)| sketch.add_at(None, &format!("{x}"), Internet, Rect::new(x, y, 96.0, 72.0)))
            .collect();
        for to in [Align::Left, Align::Right, Align::Center] {
            let mut design = sketch.design().clone();
            design.apply_all(&align(&design, &row, to)).unwrap();
            let ys: Vec<f64> = row.iter().map(|id| design.world_rect(*id).unwrap().y).collect();
            assert_eq!(ys, [0.0, 72.0 + GAP, 144.0 + 2.0 * GAP, 300.0], "{to:?}: in order, and what is clear stays");
        }
        for axis in [Axis::Down, Axis::Across] {
            let mut design = sketch.design().clone();
            design.apply_all(&align(&design, &row, Align::Left)).unwrap();
            design.apply_all(&distribute(&design, &row, axis)).unwrap();
            let rects: Vec<Rect> = row.iter().map(|id| design.world_rect(*id).unwrap()).collect();
            for (at, a) in rects.iter().enumerate() {
                assert!(rects.iter().skip(at + 1).all(|b| !a.intersects(*b)), "{axis:?}: {rects:?}");
            }
        }
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
