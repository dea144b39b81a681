//! What people do to a drawing, each as one undo step: the mouse, the keyboard, the outline and the command palette share these.

use super::{WireEnd, connect, fresh, selection, wires};
use crate::catalog::{Kind, may_hold};
use crate::design::{Design, Diff, Edit, Node, Point, Rect, Session};
use crate::id::NodeId;
use crate::layout::edges::Edge;
use crate::layout::{GAP, HEADER, PADDING, room};
use crate::message;
use crate::text::Message;

/// What was done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// What changed; the session's history holds it already.
    pub diff: Diff,
    /// The nodes it was about, to be selected.
    pub ids: Vec<NodeId>,
    /// What to say in the live region.
    pub said: Message,
}

/// Places a new resource in a frame: at `spot`, relative to the frame, or in the first free one. Its size there is the kind's own.
///
/// # Errors
/// Why it may not stand there; nothing changed.
pub fn place_at(
    session: &mut Session,
    kind: Kind,
    parent: Option<NodeId>,
    spot: Option<Point>,
) -> Result<Done, Message> {
    let design = session.design();
    may_hold(kind_of(design, parent), kind)?;
    let (w, h) = kind.spec().shape.size();
    let (rect, way) = match spot {
        Some(at) => landing(design, parent, Rect::new(at.x, at.y, w, h)),
        None => (design.free_spot(parent, w, h), Vec::new()),
    };
    let body = fresh::body(design, kind, parent);
    let name = fresh::name(design, &body);
    let id = design.next_id();
    let label = kind.spec().label;
    let caption = body.caption().map(|caption| format!(" ({caption})")).unwrap_or_default();
    let said = Message::new(
        &format!("{} {name}{caption}을(를) 추가했어요.", label.ko),
        format!("Added {} {name}{caption}.", label.en),
    );
    let mut grown = vec![id];
    grown.extend(way.iter().filter_map(placed));
    let mut edits = vec![Edit::add(id, Node { name, parent, rect, body, origin: String::new() })];
    edits.extend(way);
    let diff = with_growth(session, &edits, &grown)?;
    Ok(Done { diff, ids: vec![id], said })
}

/// Where something new stands that is dropped at `rect`, and the edits by which its neighbours make way. The free spot nearest to the pointer
/// is taken where it is near; where it is far, as in a full row, the tiles at the pointer move on.
fn landing(design: &Design, parent: Option<NodeId>, rect: Rect) -> (Rect, Vec<Edit>) {
    let free = fresh::free_near(design, parent, rect);
    let wanted = fresh::inside(design, parent, rect);
    let away = |spot: Rect| (spot.x - wanted.x).abs().max((spot.y - wanted.y).abs());
    let near = (wanted.w + GAP) * NEAR;
    if away(free) <= near {
        return (free, Vec::new());
    }
    let is_frame = |id: NodeId| design.node(id).is_some_and(|node| node.kind().spec().shape.is_frame());
    let beside = fresh::free_among(design, parent, rect, is_frame);
    let covered = design.children(parent).filter_map(|id| design.node(id)).map(|node| node.rect);
    let first = covered.filter(|its| its.intersects(beside)).min_by(|a, b| a.x.total_cmp(&b.x));
    let spot = first.map_or(beside, |first| Rect { x: first.x, y: first.y, ..beside });
    match room::make_way(design, parent, spot) {
        Some(way) if away(spot) < away(free) => (spot, way),
        _ => (free, Vec::new()),
    }
}

/// How many widths of a thing away from the pointer a free spot may be before its neighbours make way instead.
const NEAR: f64 = 1.5;

/// Puts nodes into another frame, each in a free spot.
///
/// # Errors
/// Why one of them may not stand there; nothing changed.
pub fn move_into(session: &mut Session, ids: &[NodeId], frame: Option<NodeId>) -> Result<Done, Message> {
    let roots = selection::roots(session.design(), ids);
    let mark = session.mark();
    let mut diff = Diff::default();
    for id in &roots {
        let design = session.design();
        let Some(node) = design.node(*id).filter(|node| node.parent != frame) else { continue };
        let rect = design.free_spot(frame, node.rect.w, node.rect.h);
        match with_growth(session, &[Edit::Place { id: *id, parent: frame, rect }], &[*id]) {
            Ok(step) => diff = diff.then(step),
            Err(why) => {
                session.bail(mark);
                return Err(why);
            }
        }
    }
    session.squash(mark);
    let said = said_moved(session.design(), &roots, Some(frame));
    Ok(Done { diff, ids: roots, said })
}

/// Connects two resources.
///
/// # Errors
/// Why they cannot be connected; nothing changed.
pub fn connect(session: &mut Session, from: NodeId, to: NodeId) -> Result<Done, Message> {
    let edits = connect::edits(session.design(), from, to)?;
    let diff = session.edit(&edits).map_err(|refusal| refusal.why)?;
    let (a, b) = (name_of(session.design(), from), name_of(session.design(), to));
    let said = message!("{}과(와) {}을(를) 연결했어요.", "Connected {} and {}.", a, b);
    Ok(Done { diff, ids: vec![from], said })
}

/// Takes a wire away.
///
/// # Errors
/// Why it cannot be taken away; nothing changed.
pub fn disconnect(session: &mut Session, wire: Edge) -> Result<Done, Message> {
    let edits = wires::cut(session.design(), wire)?;
    let diff = session.edit(&edits).map_err(|refusal| refusal.why)?;
    let (a, b) = (name_of(session.design(), wire.from), name_of(session.design(), wire.to));
    let said = message!("{}과(와) {}의 연결을 끊었어요.", "Disconnected {} and {}.", a, b);
    Ok(Done { diff, ids: Vec::new(), said })
}

/// Leads an end of a wire to another node.
///
/// # Errors
/// Why it may not end there; nothing changed.
pub fn reattach(session: &mut Session, wire: Edge, end: WireEnd, to: NodeId) -> Result<Done, Message> {
    let edits = wires::reattach(session.design(), wire, end, to)?;
    let diff = session.edit(&edits).map_err(|refusal| refusal.why)?;
    let (a, b) = (name_of(session.design(), end.other().of(wire)), name_of(session.design(), to));
    let said = message!("{}을(를) 이제 {}과(와) 연결했어요.", "Connected {} with {} instead.", a, b);
    Ok(Done { diff, ids: Vec::new(), said })
}

/// Makes frames wider and higher, or narrower and lower, by so much; never smaller than what is inside.
///
/// # Errors
/// That none of them is a frame, or why one cannot grow; nothing changed.
pub fn stretch(session: &mut Session, ids: &[NodeId], by: Point) -> Result<Done, Message> {
    let design = session.design();
    let edit = |id: &NodeId| {
        let node = design.node(*id).filter(|node| node.kind().spec().shape.is_frame())?;
        let inside =
            design.children(Some(*id)).filter_map(|id| design.node(id)).map(|node| node.rect).reduce(Rect::union);
        let (right, bottom) = inside.map_or((0.0, 0.0), |inside| (inside.right(), inside.bottom()));
        let least = |now: f64, by: f64, inside: f64, empty: f64| (now + by).max((inside + PADDING).max(empty).min(now));
        let w = least(node.rect.w, by.x, right, PADDING * 4.0);
        let h = least(node.rect.h, by.y, bottom, HEADER + PADDING);
        Some(Edit::Place { id: *id, parent: node.parent, rect: Rect { w, h, ..node.rect } })
    };
    let edits: Vec<Edit> = ids.iter().filter_map(edit).collect();
    let frames: Vec<NodeId> = edits.iter().filter_map(placed).collect();
    let said = match frames.as_slice() {
        [] => {
            return Err(message!(
                "VPC나 서브넷 같은 프레임만 크기를 바꿀 수 있어요.",
                "Only frames such as a VPC or a subnet can be resized."
            ));
        }
        [id] => message!("{}의 크기를 바꿨어요.", "Resized {}.", name_of(design, *id)),
        many => message!("프레임 {}개의 크기를 바꿨어요.", "Resized {} frames.", many.len()),
    };
    let diff = with_growth(session, &edits, &frames)?;
    Ok(Done { diff, ids: ids.to_vec(), said })
}

/// The node that an edit puts somewhere.
const fn placed(edit: &Edit) -> Option<NodeId> {
    match edit {
        Edit::Place { id, .. } => Some(*id),
        _ => None,
    }
}

/// Removes nodes with everything inside them.
///
/// # Errors
/// If there is nothing to remove.
pub fn delete(session: &mut Session, ids: &[NodeId]) -> Result<Done, Message> {
    let design = session.design();
    let roots = selection::roots(design, ids);
    let said = match roots.as_slice() {
        [] => return Err(message!("먼저 지울 리소스를 골라 주세요.", "Select what to delete first.")),
        [id] => message!("{}을(를) 지웠어요.", "Deleted {}.", name_of(design, *id)),
        _ => message!("리소스 {}개를 지웠어요.", "Deleted {} resources.", roots.len()),
    };
    let edits: Vec<Edit> = roots.iter().map(|id| Edit::Remove(*id)).collect();
    let diff = session.edit(&edits).map_err(|refusal| refusal.why)?;
    Ok(Done { diff, ids: Vec::new(), said })
}

/// Moves nodes within their frames. Frames grow to the right and downwards; towards their header and left edge there is an end.
///
/// # Errors
/// Why one cannot be moved; nothing changed.
pub fn nudge(session: &mut Session, ids: &[NodeId], by: Point) -> Result<Done, Message> {
    let design = session.design();
    let roots = selection::roots(design, ids);
    let edit = |id: &NodeId| {
        let node = design.node(*id)?;
        Some(Edit::Place { id: *id, parent: node.parent, rect: kept(node, node.rect.shifted(by)) })
    };
    let edits: Vec<Edit> = roots.iter().filter_map(edit).collect();
    let diff = with_growth(session, &edits, &roots)?;
    let said = said_moved(session.design(), &roots, None);
    Ok(Done { diff, ids: roots, said })
}

/// Puts nodes in line with each other by `edits`, with room for them in the frames around.
///
/// # Errors
/// Why one cannot stand there; nothing changed.
pub fn arrange(session: &mut Session, ids: &[NodeId], edits: &[Edit], said: Message) -> Result<Done, Message> {
    let moved: Vec<NodeId> = edits.iter().filter_map(placed).collect();
    let diff = with_growth(session, edits, &moved)?;
    Ok(Done { diff, ids: ids.to_vec(), said })
}

/// Copies nodes beside themselves.
///
/// # Errors
/// If there is nothing to copy or no room in the document.
pub fn duplicate(session: &mut Session, ids: &[NodeId]) -> Result<Done, Message> {
    let design = session.design();
    let roots = selection::roots(design, ids);
    if roots.is_empty() {
        return Err(message!("먼저 복제할 리소스를 골라 주세요.", "Select what to duplicate first."));
    }
    let copied = fresh::copies(design, &roots, Point::new(GAP, GAP))?;
    let said = message!("리소스 {}개를 복제했어요.", "Duplicated {} resources.", roots.len());
    let mark = session.mark();
    let mut diff = session.edit(&copied.edits).map_err(|refusal| refusal.why)?;
    for id in &copied.roots {
        let design = session.design();
        let Some(node) = design.node(*id) else { continue };
        // Its own spot does not count as taken.
        let spot = design.free_spot(node.parent, node.rect.w, node.rect.h);
        let place = Edit::Place { id: *id, parent: node.parent, rect: spot };
        diff = diff.then(with_growth(session, &[place], &[*id]).unwrap_or_default());
    }
    session.squash(mark);
    Ok(Done { diff, ids: copied.roots, said })
}

/// Makes edits and room for `ids` in the frames around them, as one step.
///
/// # Errors
/// Why one was refused; nothing changed.
pub fn with_growth(session: &mut Session, edits: &[Edit], ids: &[NodeId]) -> Result<Diff, Message> {
    let mark = session.mark();
    let mut diff = session.edit(edits).map_err(|refusal| refusal.why)?;
    for id in ids {
        let room = room::edits(session.design(), *id);
        match session.edit(&room) {
            Ok(grown) => diff = diff.then(grown),
            Err(refusal) => {
                session.bail(mark);
                return Err(refusal.why);
            }
        }
    }
    session.squash(mark);
    Ok(diff)
}

/// Where a node may go in its frame: not over the header and not out on the left, unless it stands there already.
pub(super) fn kept(node: &Node, rect: Rect) -> Rect {
    if node.parent.is_none() {
        return rect;
    }
    Rect { x: rect.x.max(node.rect.x.min(PADDING)), y: rect.y.max(node.rect.y.min(HEADER)), ..rect }
}

/// What to say after a move; with the frame, if it is another.
pub(super) fn said_moved(design: &Design, roots: &[NodeId], into: Option<Option<NodeId>>) -> Message {
    let what = match roots {
        [id] => Message::plain(name_of(design, *id)),
        _ => message!("리소스 {}개", "{} resources", roots.len()),
    };
    let (ko, en) = (what.ko, what.en);
    match into {
        None => Message::new(&format!("{ko}을(를) 옮겼어요."), format!("Moved {en}.")),
        Some(None) => {
            Message::new(&format!("{ko}을(를) 프레임 밖으로 옮겼어요."), format!("Moved {en} out of all frames."))
        }
        Some(Some(frame)) => {
            let frame = name_of(design, frame);
            Message::new(&format!("{ko}을(를) {frame}(으)로 옮겼어요."), format!("Moved {en} to {frame}."))
        }
    }
}

pub(super) fn kind_of(design: &Design, id: Option<NodeId>) -> Option<Kind> {
    id.and_then(|id| design.node(id)).map(Node::kind)
}

fn name_of(design: &Design, id: NodeId) -> &str {
    design.node(id).map_or("", |node| node.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::broken_invariants;

    fn session() -> (Session, NodeId) {
        let mut session = Session::default();
        let vpc = place_at(&mut session, Kind::Vpc, None, None).unwrap();
        (session, vpc.ids[0])
    }

    #[test]
    fn each_action_is_one_step_and_speaks() {
        let (mut session, vpc) = session();
        let zone = place_at(&mut session, Kind::Zone, Some(vpc), None).unwrap().ids[0];
        let done = place_at(&mut session, Kind::Subnet, Some(vpc), Some(Point::new(400.0, 300.0))).unwrap();
        assert_eq!(done.said.en, "Added Subnet subnet (10.0.0.0/24).");
        let subnet = done.ids[0];
        let said = move_into(&mut session, &[subnet], Some(zone)).unwrap().said;
        assert_eq!((said.en.as_str(), said.ko.as_str()), ("Moved subnet to zone-a.", "subnet을 zone-a로 옮겼어요."));
        let copy = duplicate(&mut session, &[subnet]).unwrap().ids[0];
        assert_eq!(session.design().node(copy).unwrap().name, "subnet-2");
        nudge(&mut session, &[copy], Point::new(0.0, 8.0)).unwrap();
        delete(&mut session, &[zone, subnet]).unwrap();
        assert_eq!(session.design().len(), 1);
        for _ in 0..7 {
            session.undo().unwrap();
            assert_eq!(broken_invariants(session.design()), Vec::<String>::new());
        }
        assert!(session.design().is_empty() && !session.history().can_undo());
    }

    #[test]
    fn a_drop_into_a_full_row_lands_at_the_pointer_and_the_row_makes_way() {
        let (mut session, vpc) = session();
        let zone = place_at(&mut session, Kind::Zone, Some(vpc), Some(Point::new(PADDING, 160.0))).unwrap().ids[0];
        let zone_rect = Rect { x: PADDING, y: 160.0, w: 760.0, h: 400.0 };
        session.edit(&[Edit::Place { id: zone, parent: Some(vpc), rect: zone_rect }]).unwrap();
        let row: Vec<NodeId> = (0..7)
            .map(|at| {
                let spot = Point::new(PADDING + f64::from(at) * 104.0, HEADER);
                let id = place_at(&mut session, Kind::RouteTable, Some(vpc), Some(spot)).unwrap().ids[0];
                let rect = Rect::new(spot.x, spot.y, 96.0, 72.0);
                session.edit(&[Edit::Place { id, parent: Some(vpc), rect }]).unwrap();
                id
            })
            .collect();
        let spot = Point::new(PADDING + 215.0, HEADER + 4.0);
        let new = place_at(&mut session, Kind::RouteTable, Some(vpc), Some(spot)).unwrap().ids[0];
        let rect = |id: NodeId| session.design().node(id).unwrap().rect;
        assert!((rect(new).x - spot.x).abs() <= 104.0 && (rect(new).y - spot.y).abs() <= 72.0, "{:?}", rect(new));
        let all: Vec<NodeId> = session.design().children(Some(vpc)).collect();
        for (at, a) in all.iter().enumerate() {
            assert!(all.iter().skip(at + 1).all(|b| !rect(*a).intersects(rect(*b))), "{a} is covered");
        }
        assert_eq!(rect(zone), zone_rect, "what is no neighbour stays");
        assert!(row.iter().all(|id| rect(*id).right() + PADDING <= rect(vpc).w), "the frame grew");
        let steps = session.design().clone();
        session.undo().unwrap();
        assert_eq!(session.design().len() + 1, steps.len(), "one step");
    }

    #[test]
    fn what_may_not_stand_there_changes_nothing() {
        let (mut session, vpc) = session();
        let before = session.design().clone();
        let why = place_at(&mut session, Kind::Instance, Some(vpc), None).unwrap_err();
        assert!(why.en.contains("cannot be placed in VPC"), "{why}");
        assert!(move_into(&mut session, &[vpc], Some(vpc)).is_err());
        assert!(delete(&mut session, &[]).is_err());
        assert_eq!(session.design(), &before);
        session.undo();
        assert!(!session.history().can_undo());
    }

    #[test]
    fn a_nudge_stops_at_the_header() {
        let (mut session, vpc) = session();
        let table = place_at(&mut session, Kind::RouteTable, Some(vpc), None).unwrap().ids[0];
        nudge(&mut session, &[table], Point::new(-800.0, -800.0)).unwrap();
        assert_eq!(session.design().node(table).unwrap().rect.origin(), Point::new(PADDING, HEADER));
    }
}
