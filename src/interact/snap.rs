//! Snapping: to the edges and centres of what stands beside, else to the grid.

use crate::design::{Point, Rect};
use crate::layout;

/// How near in pixels something has to come to be caught.
const REACH: f64 = 6.0;

/// A line that shows what was snapped to, in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// One end.
    pub from: Point,
    /// The other.
    pub to: Point,
}

/// The lines that a move can snap to, sorted.
#[derive(Clone, Debug, Default)]
pub struct Snapper {
    x: Lines,
    y: Lines,
}

#[derive(Clone, Debug, Default)]
struct Lines {
    edges: Vec<(f64, Rect)>,
    centers: Vec<(f64, Rect)>,
}

impl Lines {
    fn new(rects: &[Rect], ends: impl Fn(Rect) -> (f64, f64)) -> Self {
        let mut edges: Vec<_> = rects.iter().flat_map(|r| [(ends(*r).0, *r), (ends(*r).1, *r)]).collect();
        let mut centers: Vec<_> = rects.iter().map(|r| (f64::midpoint(ends(*r).0, ends(*r).1), *r)).collect();
        edges.sort_by(|a, b| a.0.total_cmp(&b.0));
        centers.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { edges, centers }
    }

    /// How far to go to the nearest line within reach, and what stands on it.
    fn nearest(&self, (low, high): (f64, f64), reach: f64) -> Option<(f64, f64, Rect)> {
        let tries = [(low, &self.edges), (high, &self.edges), (f64::midpoint(low, high), &self.centers)];
        let found = tries.into_iter().filter_map(|(at, lines)| {
            let after = lines.partition_point(|(line, _)| *line < at);
            let beside = [after.checked_sub(1).and_then(|n| lines.get(n)), lines.get(after)];
            let (line, rect) =
                beside.into_iter().flatten().min_by(|a, b| (a.0 - at).abs().total_cmp(&(b.0 - at).abs()))?;
            Some((line - at, *line, *rect))
        });
        found.filter(|(off, ..)| off.abs() <= reach).min_by(|a, b| a.0.abs().total_cmp(&b.0.abs()))
    }
}

impl Snapper {
    /// Snaps to these rectangles.
    pub fn new(rects: &[Rect]) -> Self {
        Self { x: Lines::new(rects, |r| (r.x, r.right())), y: Lines::new(rects, |r| (r.y, r.bottom())) }
    }

    /// The displacement nearest to `by` that brings `moving` onto a line or, where none is in reach, onto the grid; and the lines it then stands on.
    pub fn snap(&self, moving: Rect, by: Point, zoom: f64) -> (Point, Vec<Guide>) {
        let reach = REACH / zoom;
        let wanted = moving.shifted(by);
        let grid = layout::snapped(wanted.origin()) - moving.origin();
        let across = self.x.nearest((wanted.x, wanted.right()), reach);
        let down = self.y.nearest((wanted.y, wanted.bottom()), reach);
        let by = Point::new(across.map_or(grid.x, |(off, ..)| by.x + off), down.map_or(grid.y, |(off, ..)| by.y + off));
        let there = moving.shifted(by);
        let mut guides = Vec::new();
        if let Some((_, x, rect)) = across {
            let both = there.union(rect);
            guides.push(Guide { from: Point::new(x, both.y), to: Point::new(x, both.bottom()) });
        }
        if let Some((_, y, rect)) = down {
            let both = there.union(rect);
            guides.push(Guide { from: Point::new(both.x, y), to: Point::new(both.right(), y) });
        }
        (by, guides)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOVING: Rect = Rect::new(0.0, 0.0, 96.0, 72.0);

    #[test]
    fn without_neighbours_things_land_on_the_grid() {
        let (by, guides) = Snapper::default().snap(MOVING, Point::new(13.0, -5.0), 1.0);
        assert_eq!((by, guides.len()), (Point::new(16.0, -8.0), 0));
    }

    #[test]
    fn an_edge_in_reach_wins_over_the_grid_and_shows_a_guide() {
        let snapper = Snapper::new(&[Rect::new(203.0, 300.0, 50.0, 50.0)]);
        let (by, guides) = snapper.snap(MOVING, Point::new(200.0, 100.0), 1.0);
        assert_eq!(by, Point::new(203.0, 104.0));
        assert_eq!(guides, [Guide { from: Point::new(203.0, 104.0), to: Point::new(203.0, 350.0) }]);
    }

    #[test]
    fn reach_is_measured_in_pixels() {
        let snapper = Snapper::new(&[Rect::new(210.0, 300.0, 500.0, 50.0)]);
        assert_eq!(snapper.snap(MOVING, Point::new(201.0, 0.0), 1.0).0.x, 200.0);
        assert_eq!(snapper.snap(MOVING, Point::new(201.0, 0.0), 0.5).0.x, 210.0);
    }

    #[test]
    fn centres_snap_to_centres() {
        let snapper = Snapper::new(&[Rect::new(0.0, 200.0, 300.0, 50.0)]);
        assert_eq!(snapper.snap(MOVING, Point::new(100.0, 0.0), 1.0).0.x, 102.0);
    }
}
