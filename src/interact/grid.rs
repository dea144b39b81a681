//! A hash grid of several cell sizes, so that a thing of any size lies in at most nine cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::design::{Point, Rect};
use crate::id::NodeId;

/// Cell size of the finest level, in world units.
const CELL: f64 = 256.0;
/// How many times larger the cells of each next level are.
const STEP: f64 = 8.0;
/// Levels; the coarsest cell is larger than the world.
const LEVELS: u8 = 6;

type Key = (u8, i32, i32);

/// Which node lies in which cells.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    cells: BTreeMap<Key, Vec<NodeId>>,
}

impl Grid {
    /// Files a node under the cells of its rectangle.
    pub fn insert(&mut self, id: NodeId, rect: Rect) {
        for key in keys(rect) {
            self.cells.entry(key).or_default().push(id);
        }
    }

    /// Takes a node out again; `rect` is the one it was filed under.
    pub fn remove(&mut self, id: NodeId, rect: Rect) {
        for key in keys(rect) {
            if let Some(cell) = self.cells.get_mut(&key) {
                cell.retain(|other| *other != id);
                if cell.is_empty() {
                    self.cells.remove(&key);
                }
            }
        }
    }

    /// Files a node elsewhere; most steps leave it in its cells.
    pub fn shift(&mut self, id: NodeId, from: Rect, to: Rect) {
        if span(from) != span(to) {
            self.remove(id, from);
            self.insert(id, to);
        }
    }

    /// What may lie at a point; the caller looks at the rectangles.
    pub fn at(&self, p: Point) -> impl Iterator<Item = NodeId> {
        (0..LEVELS).flat_map(move |level| {
            let key = (level, cell(p.x, level), cell(p.y, level));
            self.cells.get(&key).into_iter().flatten().copied()
        })
    }

    /// What may lie in a rectangle, each once and by id; the caller looks at the rectangles.
    pub fn within(&self, rect: Rect) -> BTreeSet<NodeId> {
        let mut found = BTreeSet::new();
        for level in 0..LEVELS {
            let (x0, x1) = (cell(rect.x, level), cell(rect.right(), level));
            let (y0, y1) = (cell(rect.y, level), cell(rect.bottom(), level));
            // One walk per column: the keys of a level are ordered by column and then by row.
            let columns = self.cells.range((level, x0, i32::MIN)..=(level, x1, i32::MAX));
            found.extend(
                columns.filter(|((_, _, y), _)| (y0..=y1).contains(y)).flat_map(|(_, ids)| ids.iter().copied()),
            );
        }
        found
    }
}

fn size_of_cell(level: u8) -> f64 {
    CELL * STEP.powi(i32::from(level))
}

fn level_of(rect: Rect) -> u8 {
    let longest = rect.w.max(rect.h);
    (0..LEVELS).find(|level| longest <= 2.0 * size_of_cell(*level)).unwrap_or(LEVELS - 1)
}

fn cell(at: f64, level: u8) -> i32 {
    // `as` saturates, and the world is far smaller than that.
    #[allow(clippy::cast_possible_truncation)]
    let index = (at / size_of_cell(level)).floor() as i32;
    index
}

/// The level of a rectangle, and its first and last column and row there.
fn span(rect: Rect) -> (u8, [i32; 4]) {
    let level = level_of(rect);
    (level, [rect.x, rect.right(), rect.y, rect.bottom()].map(|at| cell(at, level)))
}

fn keys(rect: Rect) -> impl Iterator<Item = Key> {
    let (level, [x0, x1, y0, y1]) = span(rect);
    (x0..=x1).flat_map(move |x| (y0..=y1).map(move |y| (level, x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_of_any_size_are_found_and_leave_nothing_behind() {
        let rects = [
            Rect::new(10.0, 10.0, 96.0, 72.0),
            Rect::new(-700.0, -30.0, 1_400.0, 60.0),
            Rect::new(-90_000.0, -90_000.0, 180_000.0, 180_000.0),
        ];
        let mut grid = Grid::default();
        for (n, rect) in (1..).zip(rects) {
            grid.insert(NodeId(n), rect);
        }
        let at: BTreeSet<_> = grid.at(Point::new(20.0, 20.0)).collect();
        assert_eq!(at, [1, 2, 3].map(NodeId).into());
        assert_eq!(grid.within(Rect::new(80_000.0, 80_000.0, 10.0, 10.0)), [NodeId(3)].into());
        for (n, rect) in (1..).zip(rects) {
            assert!(keys(rect).count() <= 9);
            grid.remove(NodeId(n), rect);
        }
        assert!(grid.cells.is_empty());
    }
}
