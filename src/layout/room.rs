//! Room for what comes into a frame: the frames around it grow, and what would then be covered beside them moves out of the way.

use std::collections::BTreeMap;

use crate::design::{Design, Edit, Rect};
use crate::id::NodeId;
use crate::layout::{GAP, PADDING};

/// How often things may push each other at one level; more would mean hundreds of neighbours in a heap.
const MAX_PUSHES: usize = 1_000;

/// The edits that make every frame around `id` large enough. Frames grow to the right and downwards; neighbours that a grown frame would come to
/// lie over are pushed the same way. What lay over each other before stays as it is.
pub fn edits(design: &Design, id: NodeId) -> Vec<Edit> {
    let mut room = Room { design, changed: BTreeMap::new() };
    let mut edge = room.rect(id).map(|rect| (rect.right(), rect.bottom()));
    let mut frame = design.node(id).and_then(|node| node.parent);
    while let (Some(id), Some((right, bottom))) = (frame, edge) {
        let Some(old) = room.rect(id) else { break };
        let new = Rect { w: old.w.max(right + PADDING), h: old.h.max(bottom + PADDING), ..old };
        if new == old {
            break;
        }
        room.changed.insert(id, new);
        edge = Some(room.push_aside(id, old, new));
        frame = design.node(id).and_then(|node| node.parent);
    }
    let place = |(id, rect): (NodeId, Rect)| Some(Edit::Place { id, parent: design.node(id)?.parent, rect });
    room.changed.into_iter().filter_map(place).collect()
}

/// The edits by which the neighbours at `rect` make way for it, each moved to the right of what pushes it. `None` where there are too many.
pub fn make_way(design: &Design, parent: Option<NodeId>, rect: Rect) -> Option<Vec<Edit>> {
    let mut moved: BTreeMap<NodeId, Rect> = BTreeMap::new();
    let mut open = vec![(None, rect)];
    let mut pushes = 0;
    while let Some((pusher, by)) = open.pop() {
        for beside in design.children(parent).filter(|id| Some(*id) != pusher) {
            let Some(at) = moved.get(&beside).copied().or_else(|| Some(design.node(beside)?.rect)) else { continue };
            if !at.intersects(by) {
                continue;
            }
            pushes += 1;
            if pushes > MAX_PUSHES {
                return None;
            }
            let aside = Rect { x: by.right() + GAP, ..at };
            moved.insert(beside, aside);
            open.push((Some(beside), aside));
        }
    }
    Some(moved.into_iter().map(|(id, rect)| Edit::Place { id, parent, rect }).collect())
}

struct Room<'a> {
    design: &'a Design,
    changed: BTreeMap<NodeId, Rect>,
}

impl Room<'_> {
    fn rect(&self, id: NodeId) -> Option<Rect> {
        self.changed.get(&id).copied().or_else(|| Some(self.design.node(id)?.rect))
    }

    /// Moves what a rectangle that went from `old` to `new` newly covers, and what that covers in turn. How far right and down it all reaches.
    fn push_aside(&mut self, id: NodeId, old: Rect, new: Rect) -> (f64, f64) {
        let parent = self.design.node(id).and_then(|node| node.parent);
        let mut reach = (new.right(), new.bottom());
        let mut open = vec![(id, old, new)];
        for _ in 0..MAX_PUSHES {
            let Some((pusher, old, new)) = open.pop() else { break };
            for beside in self.design.children(parent).filter(|id| *id != pusher) {
                let Some(rect) = self.rect(beside) else { continue };
                if !rect.intersects(new) || rect.intersects(old) {
                    continue;
                }
                let (down, across) = (rect.y - old.bottom(), rect.x - old.right());
                let moved = if down >= 0.0 {
                    Rect { y: new.bottom() + down.min(GAP), ..rect }
                } else if across >= 0.0 {
                    Rect { x: new.right() + across.min(GAP), ..rect }
                } else {
                    continue;
                };
                self.changed.insert(beside, moved);
                reach = (reach.0.max(moved.right()), reach.1.max(moved.bottom()));
                open.push((beside, rect, moved));
            }
        }
        reach
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Kind;
    use crate::design::broken_invariants;
    use crate::layout::Sketch;

    #[test]
    fn a_frame_that_grows_pushes_its_neighbours_and_covers_none() {
        let mut sketch = Sketch::new();
        let vpc = sketch.add(None, "vpc", Kind::Vpc.new_body());
        let zones = ["a", "b"].map(|name| sketch.add(Some(vpc), name, Kind::Zone.new_body()));
        let subnets = ["1", "2", "3"].map(|name| sketch.add(Some(zones[0]), name, Kind::Subnet.new_body()));
        let beyond = sketch.add_at(None, "other", Kind::Vpc.new_body(), Rect::new(840.0, 0.0, 800.0, 600.0));
        let mut design = sketch.finish();
        let spot = Rect::new(300.0, 124.0, 96.0, 72.0);
        let web = design.next_id();
        let node = crate::design::Node {
            name: "web".into(),
            parent: Some(subnets[0]),
            rect: spot,
            body: Kind::Instance.new_body(),
            origin: String::new(),
        };
        design.apply(&Edit::add(web, node)).unwrap();
        let grown = edits(&design, web);
        design.apply_all(&grown).unwrap();
        assert_eq!(broken_invariants(&design), Vec::<String>::new());
        assert_eq!(edits(&design, web), []);
        let rect = |id| design.world_rect(id).unwrap();
        let apart = |ids: &[NodeId]| {
            for (n, a) in ids.iter().enumerate() {
                assert!(ids.iter().skip(n + 1).all(|b| !rect(*a).intersects(rect(*b))), "{a} is covered");
            }
        };
        apart(&subnets);
        apart(&zones);
        apart(&[vpc, beyond]);
        for (inner, outer) in [(web, subnets[0]), (subnets[2], zones[0]), (zones[1], vpc)] {
            assert!(rect(outer).contains_rect(rect(inner)), "{inner} sticks out of {outer}");
        }
        assert!(rect(beyond).x > 840.0);
    }
}
