//! Moving: real edits at every step; on release what was dragged enters the frame under the pointer, or goes back if it may not stand there.

use crate::catalog::Kind;
use crate::design::{Design, Edit, Mark, Point, Rect, Session};
use crate::id::NodeId;
use crate::interact::actions::{said_moved, with_growth};
use crate::interact::editor::{State, kind_of};
use crate::interact::input::{Modifiers, Response};
use crate::interact::overlay::{Drop, Gesture, Overlay};
use crate::interact::snap::Snapper;
use crate::interact::{Editor, Selection, fresh};
use crate::layout::{HEADER, PADDING};

/// A move under way.
#[derive(Clone, Debug)]
pub struct Moving {
    mark: Mark,
    /// Where the pointer took hold, in the world.
    from: Point,
    roots: Vec<Root>,
    /// Around all roots, before the move, in the world.
    bounds: Rect,
    /// The frame of the node that was taken hold of.
    home: Option<NodeId>,
    /// The frame under the pointer.
    pointed: Option<NodeId>,
    /// The frame that takes it there: that or one around it.
    target: Option<NodeId>,
    snapper: Snapper,
    /// What was selected before.
    before: Selection,
    /// Whether copies are being moved.
    pub(in crate::interact) copies: bool,
}

#[derive(Clone, Copy, Debug)]
struct Root {
    id: NodeId,
    parent: Option<NodeId>,
    /// Before the move, in its frame.
    rect: Rect,
}

impl Editor {
    pub(in crate::interact) fn begin_move(
        &mut self,
        held: NodeId,
        from: Point,
        copies: bool,
        session: &mut Session,
        out: &mut Response,
    ) {
        let mark = session.mark();
        let before = self.selection.clone();
        let mut ids = self.selection.roots(session.design());
        let design = session.design();
        let Some(grip) = ids.iter().find(|id| **id == held || design.is_inside(held, **id)) else { return };
        let Some(home) = design.node(*grip).map(|node| node.parent) else { return };
        if copies {
            let made = fresh::copies(design, &ids, Point::default());
            match made.and_then(|made| self.edit(mark, &made.edits, session, out).map(|()| made.roots)) {
                Ok(new) => ids = new,
                Err(why) => {
                    out.refusal = Some(why);
                    return;
                }
            }
            self.selection = Selection::of(ids.iter().copied());
        }
        let design = session.design();
        let root = |id: &NodeId| design.node(*id).map(|node| Root { id: *id, parent: node.parent, rect: node.rect });
        let roots: Vec<Root> = ids.iter().filter_map(root).collect();
        let bounds = ids.iter().filter_map(|id| self.scene.rect(*id)).reduce(Rect::union);
        let Some(bounds) = bounds else { return };
        self.scene.begin_drag(design, &ids);
        let snapper = self.snapper(design, home, &roots);
        self.overlay.gesture = Some(Gesture { roots: ids });
        self.state = State::Moving(Moving {
            mark,
            from,
            roots,
            bounds,
            home,
            pointed: home,
            target: home,
            snapper,
            before,
            copies,
        });
    }

    pub(in crate::interact) fn step_move(
        &mut self,
        moving: &mut Moving,
        world: Point,
        modifiers: Modifiers,
        session: &mut Session,
        out: &mut Response,
    ) {
        let pointed = self.scene.frame_at(world);
        if pointed != moving.pointed {
            let design = session.design();
            let kinds: Vec<Kind> = moving.roots.iter().filter_map(|root| kind_of(design, root.id)).collect();
            let (target, refusal) = match fresh::taker(design, pointed, &kinds) {
                Ok(target) => (target, None),
                Err(why) => (pointed, Some(why)),
            };
            (moving.pointed, moving.target) = (pointed, target);
            moving.snapper = self.snapper(design, target, &moving.roots);
            self.overlay.drop = (target != moving.home).then_some(Drop { frame: target, refusal });
        }
        let by = world - moving.from;
        let along = by.x.abs() >= by.y.abs();
        let by = if modifiers.shift { kept_on(by, along) } else { by };
        let (by, guides) = if modifiers.ctrl != self.loose {
            (Point::new(by.x.round(), by.y.round()), Vec::new())
        } else {
            let (snapped, guides) = moving.snapper.snap(moving.bounds, by, self.camera.zoom);
            // What keeps to one axis keeps to it exactly.
            if modifiers.shift { (kept_on(snapped, along), Vec::new()) } else { (snapped, guides) }
        };
        self.overlay.guides = guides;
        let place = |root: &Root| Edit::Place { id: root.id, parent: root.parent, rect: root.rect.shifted(by) };
        let edits: Vec<Edit> = moving.roots.iter().map(place).collect();
        // A step beyond the edge of the world is not made; the last sound one stays.
        let _ = self.edit(moving.mark, &edits, session, out);
    }

    pub(in crate::interact) fn drop_move(&mut self, moving: &Moving, session: &mut Session, out: &mut Response) {
        let refused = self.overlay.drop.take().and_then(|drop| drop.refusal);
        if let Some(why) = refused {
            self.bail_move(moving, session, out);
            out.refusal = Some(why);
            self.overlay = Overlay::default();
            return;
        }
        self.overlay = Overlay::default();
        self.scene.end_drag();
        let design = session.design();
        let enters = moving.target != moving.home;
        let mut edits: Vec<Edit> =
            moving.roots.iter().filter_map(|root| landing(design, root, moving, enters)).collect();
        if moving.pointed != moving.target {
            clear_of_frames(design, moving, &mut edits);
        }
        let ids: Vec<NodeId> = moving.roots.iter().map(|root| root.id).collect();
        match with_growth(session, &edits, &ids) {
            Ok(diff) => {
                session.squash(moving.mark);
                self.changed(diff, session.design(), out);
                let strayed = |root: &Root| session.design().node(root.id).is_some_and(|node| node.rect != root.rect);
                if enters || moving.copies || moving.roots.iter().any(strayed) {
                    out.announce = Some(said_moved(session.design(), &ids, enters.then_some(moving.target)));
                }
            }
            Err(why) => {
                self.bail_move(moving, session, out);
                out.refusal = Some(why);
            }
        }
    }

    pub(in crate::interact) fn bail_move(&mut self, moving: &Moving, session: &mut Session, out: &mut Response) {
        self.scene.end_drag();
        self.bail(moving.mark, session, out);
        self.selection.clone_from(&moving.before);
        self.selection.prune(session.design());
    }

    fn snapper(&self, design: &Design, frame: Option<NodeId>, roots: &[Root]) -> Snapper {
        let beside = design.children(frame).filter(|id| roots.iter().all(|root| root.id != *id));
        let rects: Vec<Rect> = beside.filter_map(|id| self.scene.rect(id)).collect();
        Snapper::new(&rects)
    }
}

/// A way along one axis alone.
const fn kept_on(by: Point, across: bool) -> Point {
    if across { Point::new(by.x, 0.0) } else { Point::new(0.0, by.y) }
}

/// What was let go over a frame that does not take it comes to stand beside that, in the frame that does.
fn clear_of_frames(design: &Design, moving: &Moving, edits: &mut [Edit]) {
    let dragged = |id: NodeId| moving.roots.iter().any(|root| root.id == id);
    // Each sees where those before it came to stand.
    let (mut after, mut stands) = (design.clone(), Vec::new());
    for edit in edits {
        let Edit::Place { id, parent, rect } = edit else { continue };
        *rect = fresh::free_among(&after, *parent, *rect, |other| !dragged(other) || stands.contains(&other));
        stands.push(*id);
        // What cannot be made here is refused, with the reason, when all are made.
        after.apply(edit).ok();
    }
}

/// Where a root comes to stand on release.
fn landing(design: &Design, root: &Root, moving: &Moving, enters: bool) -> Option<Edit> {
    let node = design.node(root.id)?;
    if enters {
        let world = node.rect.shifted(design.origin(node.parent));
        let rect = world.shifted(Point::default() - design.origin(moving.target));
        return Some(Edit::Place {
            id: root.id,
            parent: moving.target,
            rect: fresh::inside(design, moving.target, rect),
        });
    }
    root.parent?;
    // Frames do not grow over their header and to the left; what stood there before may stay.
    let rect =
        Rect { x: node.rect.x.max(root.rect.x.min(PADDING)), y: node.rect.y.max(root.rect.y.min(HEADER)), ..node.rect };
    Some(Edit::Place { id: root.id, parent: root.parent, rect })
}
