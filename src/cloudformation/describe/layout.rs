//! A readable place for everything: tiles in rows, zones side by side, subnets one below another.

use crate::catalog::{Kind, TILE_H, TILE_W};
use crate::design::layout::{GAP, HEADER, PADDING};
use crate::design::{Design, Edit, Rect};
use crate::id::NodeId;

/// Tiles in a row.
const ROW: usize = 6;

/// The edits that put every node in its place.
pub(super) fn edits(design: &Design) -> Vec<Edit> {
    let mut edits = Vec::new();
    pack(design, None, &mut edits);
    edits
}

/// Places what stands in a frame; the size the frame needs.
fn pack(design: &Design, frame: Option<NodeId>, edits: &mut Vec<Edit>) -> (f64, f64) {
    let is_frame = |id: &NodeId| design.node(*id).is_some_and(|node| node.kind().spec().shape.is_frame());
    let (frames, tiles): (Vec<NodeId>, Vec<NodeId>) = design.children(frame).partition(is_frame);
    let (mut right, mut bottom) = (0.0_f64, HEADER);
    let mut place = |id: NodeId, rect: Rect| {
        if let Some(node) = design.node(id) {
            edits.push(Edit::Place { id, parent: node.parent, rect });
        }
    };
    for (row, line) in tiles.chunks(ROW).enumerate() {
        let y = HEADER + row as f64 * (TILE_H + GAP);
        for (column, id) in line.iter().enumerate() {
            let x = PADDING + column as f64 * (TILE_W + GAP);
            place(*id, Rect::new(x, y, TILE_W, TILE_H));
            right = right.max(x + TILE_W);
        }
        bottom = y + TILE_H + GAP;
    }
    let kind = frame.and_then(|id| design.node(id)).map(|node| node.kind());
    let (mut x, top) = (PADDING, bottom);
    let mut y = top;
    for id in frames {
        let (w, h) = pack(design, Some(id), edits);
        let rect = Rect::new(x, y, w, h);
        if let Some(node) = design.node(id) {
            edits.push(Edit::Place { id, parent: node.parent, rect });
        }
        right = right.max(rect.right());
        bottom = bottom.max(rect.bottom() + GAP);
        if kind == Some(Kind::Zone) {
            y = rect.bottom() + GAP;
        } else {
            x = rect.right() + GAP;
        }
    }
    let least =
        kind.map_or((0.0, 0.0), |kind| if kind == Kind::Subnet { kind.spec().shape.size() } else { (160.0, 96.0) });
    (least.0.max(right + PADDING), least.1.max(bottom - GAP + PADDING))
}
