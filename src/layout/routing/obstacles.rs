//! What wires keep clear of: boxes of tiles, titles and badges, found by place; and the borders that they may cross but not run along.

use std::collections::BTreeMap;

use crate::design::Rect;
use crate::id::NodeId;

/// Side of a cell of the index, in world units.
const CELL: f64 = 256.0;

/// Boxes by the node they belong to, indexed by place.
#[derive(Clone, Debug, Default)]
pub struct Obstacles {
    boxes: BTreeMap<NodeId, Vec<Rect>>,
    borders: BTreeMap<NodeId, Rect>,
    cells: BTreeMap<(i32, i32), Vec<NodeId>>,
}

impl Obstacles {
    /// Sets what a node puts in the way: its boxes, and its border if it is a frame. What it put there before is forgotten.
    pub fn set(&mut self, id: NodeId, boxes: Vec<Rect>, border: Option<Rect>) {
        self.remove(id);
        for key in boxes.iter().flat_map(|rect| cells(*rect)) {
            let cell = self.cells.entry(key).or_default();
            if !cell.contains(&id) {
                cell.push(id);
            }
        }
        if let Some(border) = border {
            self.borders.insert(id, border);
        }
        self.boxes.insert(id, boxes);
    }

    /// Takes a node's boxes out of the way.
    pub fn remove(&mut self, id: NodeId) {
        self.borders.remove(&id);
        let Some(boxes) = self.boxes.remove(&id) else { return };
        for key in boxes.iter().flat_map(|rect| cells(*rect)) {
            if let Some(cell) = self.cells.get_mut(&key) {
                cell.retain(|other| *other != id);
                if cell.is_empty() {
                    self.cells.remove(&key);
                }
            }
        }
    }

    /// The boxes of one node.
    pub fn of(&self, id: NodeId) -> &[Rect] {
        self.boxes.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Every box that shares a point with a rectangle, with whose it is, in the order of their ids.
    pub fn within(&self, rect: Rect) -> Vec<(NodeId, Rect)> {
        let [(x0, y0), (x1, y1)] = corners(rect);
        // One walk per column: the keys are ordered by column and then by row.
        let mut ids: Vec<NodeId> = (x0..=x1)
            .flat_map(|x| self.cells.range((x, y0)..=(x, y1)).flat_map(|(_, ids)| ids.iter().copied()))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let boxes = ids.into_iter().flat_map(|id| self.of(id).iter().map(move |found| (id, *found)));
        boxes.filter(|(_, found)| found.intersects(rect)).collect()
    }

    /// The borders of frames that pass through a rectangle.
    pub fn borders_within(&self, rect: Rect) -> Vec<Rect> {
        let crosses = |border: &&Rect| border.intersects(rect) && !border.inflated(-1.0).contains_rect(rect);
        self.borders.values().filter(crosses).copied().collect()
    }
}

fn corners(rect: Rect) -> [(i32, i32); 2] {
    // `as` saturates, and the world is far smaller than that.
    #[expect(clippy::cast_possible_truncation, reason = "saturates")]
    let cell = |at: f64| (at / CELL).floor() as i32;
    [(cell(rect.x), cell(rect.y)), (cell(rect.right()), cell(rect.bottom()))]
}

fn cells(rect: Rect) -> impl Iterator<Item = (i32, i32)> {
    let [(x0, y0), (x1, y1)] = corners(rect);
    (x0..=x1).flat_map(move |x| (y0..=y1).map(move |y| (x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_found_by_place_and_leave_nothing_behind() {
        let mut obstacles = Obstacles::default();
        let frame = Rect::new(-400.0, 0.0, 1_000.0, 600.0);
        obstacles.set(NodeId(1), vec![Rect::new(-400.0, 0.0, 600.0, 24.0)], Some(frame));
        obstacles.set(NodeId(2), vec![Rect::new(100.0, 100.0, 96.0, 72.0)], None);
        let found = |obstacles: &Obstacles, rect| obstacles.within(rect).iter().map(|(id, _)| id.0).collect::<Vec<_>>();
        assert_eq!(found(&obstacles, Rect::new(90.0, 90.0, 20.0, 20.0)), [2]);
        assert_eq!(found(&obstacles, Rect::new(-500.0, -10.0, 2_000.0, 500.0)), [1, 2]);
        assert_eq!(obstacles.borders_within(Rect::new(0.0, 40.0, 10.0, 10.0)), []);
        assert_eq!(obstacles.borders_within(Rect::new(-410.0, 40.0, 20.0, 10.0)), [frame]);
        obstacles.set(NodeId(2), vec![Rect::new(900.0, 900.0, 96.0, 72.0)], None);
        assert_eq!(found(&obstacles, Rect::new(90.0, 90.0, 20.0, 20.0)), [0; 0]);
        obstacles.remove(NodeId(1));
        obstacles.remove(NodeId(2));
        assert!(obstacles.cells.is_empty() && obstacles.boxes.is_empty() && obstacles.borders.is_empty());
    }
}
