//! What people know from other editors: Ctrl toggles, Shift keeps to one axis, arrows pan and resize, a drag at the edge pans, wires are things.

use super::script::{Script, Stage, stage};
use crate::catalog::kinds::{Route, RouteTable};
use crate::catalog::{Kind, Value};
use crate::design::{Edit, Point};
use crate::id::NodeId;
use crate::id_of;
use crate::interact::{Cursor, Key, Modifiers, Selection, Tool, Walk, WireEnd};
use crate::layout::GRID;
use crate::layout::edges::Edge;

const PLAIN: Modifiers = Modifiers { shift: false, ctrl: false, alt: false, space: false };
const SHIFT: Modifiers = Modifiers { shift: true, ..PLAIN };
const CTRL: Modifiers = Modifiers { ctrl: true, ..PLAIN };

/// The stage with a default route from its table to its gateway; the wire.
fn wired() -> (Stage, Edge) {
    let mut s = stage();
    let gateway = crate::interact::actions::place_at(
        &mut s.script.session,
        Kind::InternetGateway,
        Some(s.vpc),
        Some(Point::new(600.0, 620.0)),
    );
    s.gateway = gateway.unwrap().ids[0];
    let route = Route { target: Some(s.gateway), ..Route::default() };
    let rows = Value::List(vec![crate::catalog::FieldValue::to_value(&route)]);
    s.script.session.edit(&[Edit::set(s.table, id_of!(RouteTable.routes), rows)]).unwrap();
    s.script = Script::new(crate::design::Session::new(s.script.design().clone()));
    let edge = s.script.editor.scene.edges_of(s.table).find(|edge| edge.to == s.gateway).unwrap();
    (s, edge)
}

/// A point in the middle of a wire.
fn on(script: &Script, edge: Edge) -> (f64, f64) {
    let points = script.editor.scene.route(edge);
    let longest = points.windows(2).max_by(|a, b| {
        let length = |ends: &[Point]| (ends[1].x - ends[0].x).hypot(ends[1].y - ends[0].y);
        length(a).total_cmp(&length(b))
    });
    let ends = longest.unwrap();
    (f64::midpoint(ends[0].x, ends[1].x), f64::midpoint(ends[0].y, ends[1].y))
}

#[test]
fn ctrl_click_toggles_and_ctrl_drag_moves_what_it_took_hold_of() {
    let mut s = stage();
    let (web, table) = (s.script.middle(s.web), s.script.middle(s.table));
    s.script.click(web.0, web.1).hold(CTRL).click(table.0, table.1);
    assert_eq!(s.script.editor.selection.ids(), [s.web, s.table]);
    s.script.click(web.0, web.1);
    assert_eq!(s.script.editor.selection.ids(), [s.table]);
    let (from_web, from_table) = (s.script.rect(s.web), s.script.rect(s.table));
    s.script.drag(web, (web.0 + 13.0, web.1));
    assert_eq!(s.script.rect(s.web), from_web.shifted(Point::new(13.0, 0.0)), "to the pixel");
    assert_eq!(s.script.rect(s.table), from_table, "what was selected beside it stays");
    assert_eq!(s.script.editor.selection.ids(), [s.web]);
}

#[test]
fn shift_keeps_a_move_on_one_axis_and_a_corner_in_proportion() {
    let mut s = stage();
    let (at, from) = (s.script.middle(s.table), s.script.rect(s.table));
    s.script.click(at.0, at.1).hold(SHIFT).drag(at, (at.0 + 80.0, at.1 + 30.0));
    let now = s.script.rect(s.table);
    assert!(now.y == from.y && (now.x - from.x - 80.0).abs() <= GRID, "{from:?} became {now:?}");
    s.script.hold(PLAIN);
    let vpc = s.script.rect(s.vpc);
    s.script.click(vpc.right() - 20.0, vpc.bottom() - 20.0).hold(SHIFT);
    assert_eq!(s.script.editor.selection.ids(), [s.vpc]);
    s.script.drag((vpc.right(), vpc.bottom()), (vpc.right() + 160.0, vpc.bottom() + 8.0));
    let now = s.script.rect(s.vpc);
    assert!((now.w / now.h - vpc.w / vpc.h).abs() < 0.03, "{vpc:?} became {now:?}");
    assert!(now.h > vpc.h + 40.0);
}

#[test]
fn arrows_pan_where_nothing_is_selected_and_resize_frames_with_ctrl() {
    let mut s = stage();
    s.script.editor.resize((1_000.0, 800.0));
    let before = s.script.editor.camera;
    s.script.key(Key::Right).key(Key::Down).key(Key::PageDown);
    let after = s.script.editor.camera;
    assert!(after.x < before.x && after.y < before.y - 600.0 && s.script.last.camera_changed);
    s.script.key(Key::PageUp).key(Key::Up).key(Key::Left);
    assert_eq!(s.script.editor.camera, before);
    assert!(!s.script.session.history().can_undo(), "looking is no step");
    let zone = s.script.rect(s.zone_a);
    let at = s.script.header(s.zone_a);
    s.script.click(at.0, at.1).hold(CTRL);
    s.script.key(Key::Right).key_held(Key::Right, true).key_held(Key::Right, true);
    assert_eq!(s.script.rect(s.zone_a).w, zone.w + 3.0 * GRID);
    assert!(s.script.undo(), "a held key is one step");
    assert_eq!(s.script.rect(s.zone_a), zone);
    for _ in 0..200 {
        s.script.key(Key::Up);
    }
    let inside = s.script.rect(s.subnet_a);
    assert!(s.script.rect(s.zone_a).bottom() >= inside.bottom(), "never smaller than what is inside");
    s.script.hold(PLAIN).click(-80.0, -80.0);
    let web = s.script.middle(s.web);
    s.script.click(web.0, web.1).hold(CTRL).key(Key::Right);
    assert!(s.script.last.refusal.is_some(), "a tile has one size");
}

#[test]
fn a_drag_at_the_edge_pans_and_takes_along_what_is_dragged() {
    let mut s = stage();
    s.script.editor.resize((700.0, 500.0));
    let at = s.script.middle(s.web);
    s.script.drag_open(at, (at.0, 240.0));
    assert!(!s.script.editor.drifts());
    s.script.move_to(695.0, 240.0);
    assert!(s.script.editor.drifts());
    let (camera, web) = (s.script.editor.camera, s.script.rect(s.web));
    for _ in 0..10 {
        let response = s.script.editor.drift(16.0, &mut s.script.session);
        s.script.check(response);
    }
    let panned = camera.x - s.script.editor.camera.x;
    assert!(panned > 40.0, "{panned}");
    assert!((s.script.rect(s.web).x - web.x - panned).abs() <= GRID, "it follows the pointer");
    s.script.key(Key::Escape);
    assert!(!s.script.editor.drifts());
    let response = s.script.editor.drift(16.0, &mut s.script.session);
    assert!(!response.camera_changed, "nothing is dragged any more");
}

#[test]
fn a_wire_is_hovered_selected_and_deleted() {
    let (mut s, edge) = wired();
    let at = on(&s.script, edge);
    s.script.move_to(at.0, at.1);
    assert_eq!(s.script.editor.overlay().wire, Some(edge));
    assert_eq!(s.script.last.cursor, Cursor::Pointer);
    s.script.down(at.0, at.1);
    assert!(s.script.last.selection_changed);
    s.script.up(at.0, at.1);
    assert_eq!(s.script.editor.selection, Selection::of_wire(edge));
    assert!(s.script.editor.selection.ids().is_empty());
    s.script.key(Key::Delete);
    assert_eq!(s.script.last.announce.as_ref().unwrap().en, "Disconnected route-table and internet-gateway-2.");
    assert!(s.script.editor.selection.is_empty());
    assert!(s.script.editor.scene.edges_of(s.table).all(|other| other != edge));
    assert!(s.script.undo() && !s.script.undo(), "one step");
    s.script.click(at.0, at.1).key(Key::Escape);
    assert!(s.script.editor.selection.is_empty());
}

#[test]
fn a_selected_wire_goes_with_its_end() {
    let (mut s, edge) = wired();
    let at = on(&s.script, edge);
    s.script.click(at.0, at.1);
    let diff = s.script.session.edit(&[Edit::Remove(s.gateway)]).unwrap();
    let response = s.script.editor.follow(s.script.session.design(), diff);
    s.script.check(response);
    assert!(s.script.last.selection_changed && s.script.editor.selection.is_empty());
}

#[test]
fn an_end_of_a_wire_is_dragged_to_another_node_or_refused() {
    let (mut s, edge) = wired();
    let other = crate::interact::actions::place_at(
        &mut s.script.session,
        Kind::InternetGateway,
        Some(s.vpc),
        Some(Point::new(600.0, 720.0)),
    );
    let other = other.unwrap().ids[0];
    s.script = Script::new(crate::design::Session::new(s.script.design().clone()));
    let at = on(&s.script, edge);
    s.script.click(at.0, at.1);
    let tip = |script: &Script| script.editor.wire_handles().unwrap().1[1].1;
    let (from, to) = (tip(&s.script), s.script.middle(other));
    s.script.drag_open((from.x, from.y), to);
    assert!(s.script.editor.overlay().lit.contains(&other));
    s.script.up(to.0, to.1);
    let led: Vec<NodeId> = s.script.editor.scene.edges_of(s.table).map(|edge| edge.to).collect();
    assert_eq!(led, [other]);
    assert_eq!(s.script.editor.selection.wire().unwrap().to, other, "the wire stays selected");
    assert!(s.script.undo() && !s.script.undo(), "one step");
    // Onto something that it cannot end at: said before the release, and nothing happens.
    let before = s.script.design().clone();
    s.script.click(at.0, at.1);
    let (from, web) = (tip(&s.script), s.script.header(s.zone_a));
    s.script.drag_open((from.x, from.y), web);
    assert!(s.script.editor.overlay().band.as_ref().unwrap().refusal.is_some());
    assert_eq!(s.script.last.cursor, Cursor::NotAllowed);
    s.script.up(web.0, web.1);
    assert!(s.script.last.refusal.is_some());
    assert_eq!((s.script.design(), s.script.editor.selection.wire()), (&before, Some(edge)));
    s.script.drag_open((from.x, from.y), to).key(Key::Escape);
    assert_eq!(s.script.design(), &before);
    // By keys: the end is taken up, and the next click puts it down.
    let response = s.script.editor.rewire(edge, WireEnd::Tip, &mut s.script.session);
    s.script.check(response).move_to(to.0, to.1).click(to.0, to.1);
    assert!(s.script.editor.scene.edges_of(other).next().is_some());
}

#[test]
fn keys_walk_out_in_beside_and_along_wires() {
    let (mut s, edge) = wired();
    let design = s.script.design().clone();
    let editor = &mut s.script.editor;
    editor.resize((1_000.0, 800.0));
    editor.select([s.web], &design);
    let mut go = |walk| {
        editor.walk(walk, &design);
        (editor.selection.single(), editor.selection.wire())
    };
    assert_eq!(go(Walk::Out).0, Some(s.subnet_a));
    assert_eq!(go(Walk::Out).0, Some(s.zone_a));
    assert_eq!(go(Walk::Next).0, Some(s.zone_b));
    assert_eq!(go(Walk::Previous).0, Some(s.zone_a));
    assert_eq!(go(Walk::In).0, Some(s.subnet_a));
    assert_eq!(go(Walk::Out).0, Some(s.zone_a));
    assert_eq!(go(Walk::Out).0, Some(s.vpc));
    editor.select([s.table], &design);
    let mut go = |walk| {
        editor.walk(walk, &design);
        (editor.selection.single(), editor.selection.wire())
    };
    assert_eq!(go(Walk::Wire).1, Some(edge));
    assert_eq!(go(Walk::Next).0, Some(s.gateway), "along the wire");
    assert_eq!(go(Walk::WireBack).1, Some(edge));
    assert_eq!(go(Walk::Previous).0, Some(s.table));
}

#[test]
fn the_space_bar_shows_the_hand_and_snapping_can_be_switched_off() {
    let mut s = stage();
    let held = s.script.editor.hold_space(true, &mut s.script.session);
    assert_eq!(held.cursor, Cursor::Grab);
    assert_ne!(s.script.editor.hold_space(false, &mut s.script.session).cursor, Cursor::Grab);
    s.script.editor.set_snaps(false);
    let (at, from) = (s.script.middle(s.table), s.script.rect(s.table));
    s.script.drag(at, (at.0 + 13.0, at.1));
    assert_eq!(s.script.rect(s.table), from.shifted(Point::new(13.0, 0.0)));
    assert_eq!(s.script.editor.tool(), Tool::Select);
}

#[test]
fn the_connection_handle_stands_where_nothing_else_does() {
    let mut s = stage();
    s.script.editor.select([s.table], &s.script.session.design().clone());
    let design = s.script.design().clone();
    let free = s.script.editor.connect_handle(&design).unwrap().1;
    assert!(free.x > s.script.rect(s.table).right());
    let right = s.script.rect(s.table).right() + 8.0 - s.script.rect(s.vpc).x;
    let top = s.script.rect(s.table).y - s.script.rect(s.vpc).y;
    let placed = crate::interact::actions::place_at(
        &mut s.script.session,
        Kind::RouteTable,
        Some(s.vpc),
        Some(Point::new(right, top)),
    );
    let mut script = Script::new(s.script.session.clone());
    let design = script.design().clone();
    script.editor.select([s.table], &design);
    let beside = script.rect(placed.unwrap().ids[0]);
    let at = script.editor.connect_handle(&design).unwrap().1;
    assert!(!beside.inflated(12.0).contains(at), "{at:?} lies over {beside:?}");
}
