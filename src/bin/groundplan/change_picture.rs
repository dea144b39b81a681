//! The picture of a change: the new drawing with what was added and changed marked, and what was removed where it stood.

use std::collections::BTreeSet;
use std::path::Path;

use groundplan::derived::Derived;
use groundplan::design::compare::{compare, matched};
use groundplan::design::{Design, Node, Point, Rect};
use groundplan::file::Opened;
use groundplan::id::NodeId;
use groundplan::layout::{GAP, appearance};
use groundplan::picture::{Asked, Changed, draw};
use groundplan::text::{Lang, Message};

use super::picture;

/// Writes the picture of what became of one design; it carries the new one.
pub fn write(old: &Opened, new: &Opened, output: &Path, lang: Lang) -> Result<(), Message> {
    let by_id = old.form.keeps_ids() && new.form.keeps_ids();
    let found = compare(&old.design, &new.design, by_id);
    let mut marks = Derived::new(new.design.clone()).marks(lang);
    marks.changes.extend(found.added.iter().map(|id| (*id, Changed::Added)));
    marks.changes.extend(found.changed.iter().map(|changed| (changed.new, Changed::Changed)));
    let gone = gone(&old.design, &new.design, &found.removed, by_id);
    let asked = Asked { heading: true, legend: true, gone: &gone, ..Asked::all(lang) };
    let drawn = draw(&new.design, &marks, &asked);
    picture::write(&drawn, Some(&new.design), 1.0, Some(output), lang).map(drop)
}

/// What was removed, each with its corner in the new drawing: where it stood, if its frame is still there and nothing stands there now; else in a row
/// beneath everything.
fn gone(old: &Design, new: &Design, removed: &[NodeId], by_id: bool) -> Vec<(NodeId, Node, Point)> {
    let lost: BTreeSet<NodeId> = removed.iter().copied().collect();
    let to_new = matched(old, new, by_id);
    let covered: Vec<Rect> = new
        .nodes()
        .filter(|(_, node)| !node.kind().spec().shape.is_frame())
        .filter_map(|(id, node)| Some(appearance::hull(node).shifted(new.world_rect(id)?.origin())))
        .collect();
    let below = new.nodes().filter_map(|(id, _)| new.world_rect(id)).reduce(Rect::union).unwrap_or_default();
    let mut row = Point::new(below.x, below.bottom() + 3.0 * GAP);
    let mut gone = Vec::new();
    // What stood in something that was removed as well goes with it.
    for root in
        removed.iter().filter(|id| old.node(**id).and_then(|node| node.parent).is_none_or(|up| !lost.contains(&up)))
    {
        let Some(node) = old.node(*root) else { continue };
        let frame = node.parent.map(|up| to_new.get(&up).copied());
        let place = match frame {
            None => Some(node.rect.origin()),
            Some(frame) => frame.map(|frame| new.origin(Some(frame)) + node.rect.origin()),
        };
        let is_free = |at: &Point| {
            let own = Rect::new(at.x, at.y, node.rect.w, node.rect.h);
            let home = node.parent.and_then(|up| to_new.get(&up)).and_then(|frame| new.world_rect(*frame));
            home.is_none_or(|home| home.contains_rect(own)) && !covered.iter().any(|other| other.intersects(own))
        };
        let at = place.filter(is_free).unwrap_or_else(|| {
            let at = row;
            row.x += node.rect.w + 2.0 * GAP;
            at
        });
        let start = old.world_rect(*root).unwrap_or_default().origin();
        for id in old.subtree(*root).into_iter().filter(|id| lost.contains(id)) {
            if let (Some(node), Some(rect)) = (old.node(id), old.world_rect(id)) {
                gone.push((id, node.clone(), at + (rect.origin() - start)));
            }
        }
    }
    gone
}
