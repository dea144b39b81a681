//! One test a gesture.

use super::script::{Script, stage};
use crate::catalog::Kind;
use crate::catalog::kinds::{RouteTable, Subnet};
use crate::design::{Point, Rect};
use crate::interact::{Button, Cursor, Key, Modifiers, Part, PointerKind, PointerType, Tool};
use crate::layout::{HEADER, PADDING};

const SHIFT: Modifiers = Modifiers { shift: true, ctrl: false, alt: false, space: false };
const CTRL: Modifiers = Modifiers { shift: false, ctrl: true, alt: false, space: false };
const ALT: Modifiers = Modifiers { shift: false, ctrl: false, alt: true, space: false };
const SPACE: Modifiers = Modifiers { shift: false, ctrl: false, alt: false, space: true };
const PLAIN: Modifiers = Modifiers { shift: false, ctrl: false, alt: false, space: false };

/// Runs a gesture to just before its end, bails out by Escape and by a lost pointer, and wants no trace of it.
#[track_caller]
fn leaves_no_trace(script: &mut Script, gesture: impl Fn(&mut Script)) {
    for escape in [true, false] {
        let (before, steps) = (script.session.clone(), script.session.history().can_undo());
        gesture(script);
        assert!(script.editor.is_busy(), "no gesture under way");
        if escape {
            script.key(Key::Escape);
        } else {
            script.event(PointerKind::Cancel, 0.0, 0.0, Button::Main, 1);
        }
        assert!(!script.editor.is_busy());
        assert_eq!(script.design(), before.design());
        assert_eq!(script.session.history().can_undo(), steps);
        assert_eq!(script.session.history().can_redo(), before.history().can_redo());
        assert!(script.editor.overlay().gesture.is_none() && script.editor.overlay().marquee.is_none());
        // The release that follows does nothing.
        script.up(0.0, 0.0);
        assert_eq!(script.design(), before.design());
    }
}

/// The gesture was one step, and undoing it brings back what was.
#[track_caller]
fn is_one_step(script: &mut Script, gesture: impl FnOnce(&mut Script)) {
    let before = script.design().clone();
    gesture(script);
    assert_ne!(script.design(), &before, "nothing changed");
    let after = script.session.clone();
    assert!(script.undo());
    assert_eq!(script.design(), &before);
    *script = Script::new(after);
}

#[test]
fn clicks_select_and_shift_toggles() {
    let mut s = stage();
    let (web, table) = (s.script.middle(s.web), s.script.middle(s.table));
    s.script.click(web.0, web.1);
    assert_eq!(s.script.editor.selection.ids(), [s.web]);
    assert!(s.script.last.diff.is_empty());
    s.script.hold(SHIFT).click(table.0, table.1);
    assert_eq!(s.script.editor.selection.ids(), [s.web, s.table]);
    s.script.click(web.0, web.1);
    assert_eq!(s.script.editor.selection.ids(), [s.table]);
    s.script.hold(PLAIN).click(-50.0, -50.0);
    assert!(s.script.editor.selection.is_empty());
    let body = s.script.rect(s.subnet_b);
    s.script.click(body.right() - 20.0, body.bottom() - 20.0);
    assert_eq!(s.script.editor.selection.ids(), [s.subnet_b], "a click inside a frame selects it");
    s.script.event(PointerKind::Down, web.0, web.1, Button::Main, 2);
    assert_eq!(s.script.last.activate, None, "the second press may become a drag");
    s.script.event(PointerKind::Up, web.0, web.1, Button::Main, 1);
    assert_eq!(s.script.last.activate, Some(s.web));
    s.script.event(PointerKind::Down, web.0, web.1, Button::Main, 2);
    s.script.event(PointerKind::Move, web.0 + 40.0, web.1, Button::Main, 1);
    s.script.event(PointerKind::Up, web.0 + 40.0, web.1, Button::Main, 1);
    assert_eq!(s.script.last.activate, None, "a drag right after a click opens nothing");
}

#[test]
fn a_click_on_one_of_several_keeps_only_that_one_but_a_drag_moves_all() {
    let mut s = stage();
    let (web, table) = (s.script.middle(s.web), s.script.middle(s.table));
    s.script.click(table.0, table.1).hold(SHIFT).click(web.0, web.1).hold(PLAIN);
    let (from_web, from_table) = (s.script.rect(s.web), s.script.rect(s.table));
    is_one_step(&mut s.script, |script| {
        script.drag(table, (table.0 + 80.0, table.1));
    });
    let by = Point::new(80.0, 0.0);
    assert_eq!((s.script.rect(s.web), s.script.rect(s.table)), (from_web.shifted(by), from_table.shifted(by)));
}

#[test]
fn the_marquee_takes_tiles_it_touches_and_whole_frames() {
    let mut s = stage();
    let web = s.script.rect(s.web);
    // From inside the subnet's empty body.
    let body = s.script.rect(s.subnet_a);
    s.script.drag_open((body.right() - 30.0, body.bottom() - 20.0), (web.x + 20.0, web.y + 20.0));
    assert!(s.script.editor.overlay().marquee.is_some());
    assert_eq!(s.script.editor.selection.ids(), [s.web]);
    s.script.up(web.x + 20.0, web.y + 20.0);
    assert!(s.script.editor.overlay().marquee.is_none());
    s.script.drag((-20.0, -20.0), (1_200.0, 900.0));
    assert_eq!(s.script.editor.selection.ids(), [s.vpc, s.gateway], "what is inside goes along and is not listed");
    assert!(!s.script.session.history().can_undo());
    leaves_no_trace(&mut s.script, |script| {
        script.drag_open((-20.0, -20.0), (300.0, 300.0));
    });
    assert_eq!(s.script.editor.selection.ids(), [s.vpc, s.gateway], "the selection is back too");
}

#[test]
fn dragging_a_header_moves_the_frame_with_all_inside() {
    let mut s = stage();
    let (vpc, web) = (s.script.rect(s.vpc), s.script.rect(s.web));
    let at = s.script.header(s.vpc);
    s.script.drag_open(at, (at.0 + 240.0, at.1 + 104.0));
    assert_eq!(s.script.editor.overlay().gesture.as_ref().unwrap().roots, [s.vpc]);
    assert_eq!(s.script.last.diff.updated.len(), 1, "one edit, however much is inside");
    assert_eq!(s.script.last.cursor, Cursor::Move);
    s.script.up(at.0 + 240.0, at.1 + 104.0);
    let by = Point::new(240.0, 104.0);
    assert_eq!((s.script.rect(s.vpc), s.script.rect(s.web)), (vpc.shifted(by), web.shifted(by)));
    assert_eq!(s.script.last.announce.as_ref().unwrap().en, "Moved vpc.");
    assert!(s.script.undo() && !s.script.undo());
    let at = s.script.header(s.vpc);
    leaves_no_trace(&mut s.script, |script| {
        script.drag_open(at, (at.0 + 500.0, at.1 - 300.0));
    });
}

#[test]
fn a_cancelled_drag_keeps_what_could_be_redone() {
    let mut s = stage();
    let web = s.script.middle(s.web);
    s.script.drag(web, (web.0 + 64.0, web.1));
    s.script.undo();
    s.script.drag_open(web, (web.0 + 64.0, web.1)).key(Key::Escape);
    assert!(s.script.session.history().can_redo());
}

#[test]
fn dropping_into_another_subnet_changes_the_parent_and_keeps_the_place() {
    let mut s = stage();
    let (from, to) = (s.script.middle(s.web), s.script.middle(s.subnet_b));
    s.script.hold(CTRL).drag_open(from, to);
    let drop = s.script.editor.overlay().drop.clone().unwrap();
    assert_eq!((drop.frame, drop.refusal), (Some(s.subnet_b), None));
    s.script.up(to.0, to.1);
    assert_eq!(s.script.parent(s.web), Some(s.subnet_b));
    assert_eq!(s.script.rect(s.web).center(), Point::new(to.0, to.1));
    assert_eq!(s.script.last.announce.as_ref().unwrap().en, "Moved instance to subnet-2.");
    assert!(s.script.undo() && !s.script.undo());
}

#[test]
fn a_frame_that_may_not_hold_it_refuses_before_the_drop_and_it_goes_back() {
    let mut s = stage();
    let before = s.script.design().clone();
    let from = s.script.middle(s.web);
    s.script.drag_open(from, (600.0, 500.0));
    let drop = s.script.editor.overlay().drop.clone().unwrap();
    assert_eq!(drop.frame, Some(s.zone_b));
    assert!(drop.refusal.unwrap().en.contains("cannot be placed in Availability Zone"));
    assert_eq!(s.script.last.cursor, Cursor::NotAllowed);
    s.script.up(600.0, 500.0);
    assert!(s.script.last.refusal.is_some() && s.script.last.announce.is_none());
    assert_eq!(s.script.design(), &before);
    assert!(!s.script.session.history().can_undo());
}

#[test]
fn what_belongs_to_the_vpc_comes_to_stand_beside_the_subnet_it_is_dropped_on() {
    let mut s = stage();
    let (from, to) = (s.script.middle(s.table), s.script.middle(s.subnet_b));
    let before = s.script.rect(s.table);
    is_one_step(&mut s.script, |script| {
        script.drag_open(from, to);
        assert!(script.editor.overlay().drop.is_none(), "it stays in its frame");
        script.up(to.0, to.1);
    });
    assert_eq!(s.script.parent(s.table), Some(s.vpc));
    assert_ne!(s.script.rect(s.table), before);
    for zone in [s.zone_a, s.zone_b] {
        assert!(!s.script.rect(s.table).intersects(s.script.rect(zone)), "it lies over a zone");
    }
    s.script.tool(Tool::Place(Kind::SecurityGroup)).move_to(to.0, to.1);
    let drop = s.script.editor.overlay().drop.clone().unwrap();
    assert_eq!((drop.frame, drop.refusal), (Some(s.vpc), None), "the frame that takes it lights up");
    s.script.click(to.0, to.1);
    let group = s.script.editor.selection.single().unwrap();
    assert_eq!((s.script.parent(group), s.script.last.placed), (Some(s.vpc), Some(group)));
    assert!(!s.script.rect(group).intersects(s.script.rect(s.zone_b)));
}

#[test]
fn a_frame_grows_around_what_is_dropped_at_its_edge_in_the_same_step() {
    let mut s = stage();
    let subnet = s.script.rect(s.subnet_a);
    let from = s.script.middle(s.web);
    is_one_step(&mut s.script, |script| {
        script.hold(CTRL).drag(from, (from.0, subnet.bottom() - 10.0)).hold(PLAIN);
    });
    let (subnet, web) = (s.script.rect(s.subnet_a), s.script.rect(s.web));
    assert_eq!(subnet.bottom(), web.bottom() + PADDING);
    assert!(s.script.rect(s.zone_a).contains_rect(subnet));
    s.script.hold(CTRL).drag((web.x + 5.0, web.y + 5.0), (subnet.x + 2.0, subnet.y + 2.0));
    let node = s.script.design().node(s.web).unwrap();
    assert_eq!(node.rect.origin(), Point::new(PADDING, HEADER), "it does not leave over the header");
}

#[test]
fn moves_snap_to_siblings_and_show_guides() {
    let mut s = stage();
    let (a, b) = (s.script.rect(s.zone_a), s.script.rect(s.zone_b));
    let at = s.script.header(s.zone_b);
    s.script.drag_open(at, (at.0, at.1 + 43.0));
    assert_eq!(s.script.rect(s.zone_b).y, b.y + 40.0, "to the grid");
    s.script.move_to(at.0, at.1 + 3.0);
    assert_eq!(s.script.rect(s.zone_b).y, a.y);
    assert!(!s.script.editor.overlay().guides.is_empty());
    s.script.hold(CTRL).move_to(at.0, at.1 + 3.0);
    assert_eq!(s.script.rect(s.zone_b).y, b.y + 3.0, "Ctrl suspends snapping");
    s.script.key(Key::Escape);
}

#[test]
fn alt_drags_a_copy() {
    let mut s = stage();
    let (from, old) = (s.script.middle(s.web), s.script.rect(s.web));
    is_one_step(&mut s.script, |script| {
        script.hold(ALT).drag(from, (from.0 + 120.0, from.1)).hold(PLAIN);
    });
    assert_eq!(s.script.rect(s.web), old);
    assert_eq!(s.script.design().children(Some(s.subnet_a)).count(), 2);
    let at = s.script.header(s.subnet_a);
    leaves_no_trace(&mut s.script, |script| {
        script.hold(ALT).drag_open(at, (at.0, at.1 + 200.0)).hold(PLAIN);
    });
    s.script.hold(ALT).drag(at, (at.0, at.1 + 200.0)).hold(PLAIN);
    let copy = s.script.editor.selection.single().unwrap();
    assert_eq!(s.script.parent(copy), Some(s.zone_a));
    assert_eq!(s.script.design().get::<Subnet>(copy).unwrap().cidr.to_string(), "10.0.2.0/24");
}

#[test]
fn a_frame_is_resized_by_its_handles_and_what_is_inside_stays() {
    let mut s = stage();
    let (subnet, web) = (s.script.rect(s.subnet_a), s.script.rect(s.web));
    s.script.click(subnet.right() - 20.0, subnet.bottom() - 20.0);
    let corner = (subnet.right(), subnet.bottom());
    s.script.move_to(corner.0, corner.1);
    assert_eq!(s.script.last.cursor, Cursor::ResizeNwse);
    is_one_step(&mut s.script, |script| {
        script.drag(corner, (corner.0 - 1_000.0, corner.1 - 1_000.0));
    });
    let small = s.script.rect(s.subnet_a);
    assert_eq!((small.right(), small.bottom()), (web.right() + PADDING, web.bottom() + PADDING));
    let mut s = stage();
    s.script.click(subnet.right() - 20.0, subnet.bottom() - 20.0);
    let corner = (subnet.x, subnet.y);
    leaves_no_trace(&mut s.script, |script| {
        script.drag_open(corner, (corner.0 + 16.0, corner.1 + 8.0));
    });
    s.script.drag(corner, (corner.0 + 1_000.0, corner.1 + 1_000.0));
    assert_eq!(s.script.rect(s.web), web, "what is inside stays in the world");
    assert_eq!(s.script.rect(s.subnet_a).origin(), Point::new(web.x - PADDING, web.y - HEADER));
    assert_eq!(
        (s.script.rect(s.subnet_a).right(), s.script.rect(s.subnet_a).bottom()),
        (subnet.right(), subnet.bottom())
    );
}

#[test]
fn an_armed_tool_places_where_it_may_and_refuses_where_not() {
    let mut s = stage();
    s.script.tool(Tool::Place(Kind::NatGateway)).move_to(600.0, 560.0);
    assert!(s.script.editor.overlay().drop.as_ref().unwrap().refusal.is_some());
    assert_eq!(s.script.editor.overlay().ghost.unwrap().kind, Kind::NatGateway);
    s.script.click(600.0, 560.0);
    assert!(s.script.last.refusal.is_some());
    assert_eq!(s.script.editor.tool(), Tool::Place(Kind::NatGateway), "still armed");
    let at = s.script.middle(s.subnet_b);
    is_one_step(&mut s.script, |script| {
        script.tool(Tool::Place(Kind::NatGateway)).click(at.0, at.1);
        assert_eq!(script.editor.tool(), Tool::Select);
        assert!(script.last.tool_changed && script.last.announce.is_some());
    });
    // A drag from the palette: the canvas sees moves and the release.
    s.script.tool(Tool::Place(Kind::Subnet)).move_to(600.0, 450.0).move_to(610.0, 460.0).up(610.0, 460.0);
    let subnet = s.script.editor.selection.single().unwrap();
    assert_eq!(s.script.parent(subnet), Some(s.zone_b));
    assert_eq!(s.script.design().get::<Subnet>(subnet).unwrap().cidr.to_string(), "10.0.2.0/24");
    s.script.tool(Tool::Place(Kind::Subnet)).key(Key::Escape);
    assert_eq!(s.script.editor.tool(), Tool::Select);
}

#[test]
fn a_wire_lights_legal_ends_and_connects_on_release() {
    let mut s = stage();
    let (table, subnet) = (s.script.middle(s.table), s.script.rect(s.subnet_b));
    s.script.click(table.0, table.1);
    let (_, handle) = s.script.editor.connect_handle(s.script.session.design()).unwrap();
    let end = (subnet.x + 100.0, subnet.bottom() - 20.0);
    s.script.drag_open((handle.x, handle.y), end);
    let overlay = s.script.editor.overlay();
    assert!(overlay.lit.contains(&s.subnet_a) && overlay.lit.contains(&s.web) && !overlay.lit.contains(&s.zone_a));
    assert_eq!(overlay.band.as_ref().unwrap().end, Some(s.subnet_b));
    leaves_no_trace(&mut s.script, |script| {
        if !script.editor.is_busy() {
            script.drag_open((handle.x, handle.y), end);
        }
    });
    is_one_step(&mut s.script, |script| {
        script.click(table.0, table.1).drag((handle.x, handle.y), end);
    });
    assert_eq!(s.script.design().get::<Subnet>(s.subnet_b).unwrap().route_table, Some(s.table));
    assert_eq!(s.script.editor.scene.edges_of(s.table).count(), 1);
}

#[test]
fn the_connect_tool_takes_two_clicks_and_says_why_not() {
    let mut s = stage();
    let (gateway, table, web) = (s.script.middle(s.gateway), s.script.middle(s.table), s.script.middle(s.web));
    s.script.tool(Tool::Connect).click(gateway.0, gateway.1).move_to(web.0, web.1);
    assert!(s.script.editor.overlay().band.as_ref().unwrap().refusal.is_some());
    s.script.click(web.0, web.1);
    assert!(s.script.last.refusal.is_some());
    is_one_step(&mut s.script, |script| {
        script.tool(Tool::Connect).click(gateway.0, gateway.1).move_to(table.0, table.1).click(table.0, table.1);
        assert_eq!(script.editor.tool(), Tool::Select);
    });
    assert_eq!(s.script.design().get::<RouteTable>(s.table).unwrap().routes[0].target, Some(s.gateway));
    let response = s.script.editor.connect_from(s.table, &mut s.script.session);
    s.script.check(response).click(web.0, web.1);
    assert_eq!(s.script.last.announce.as_ref().unwrap().en, "Connected route-table and instance.");
}

#[test]
fn arrows_nudge_and_a_held_key_is_one_step() {
    let mut s = stage();
    let (at, from) = (s.script.middle(s.web), s.script.rect(s.web));
    s.script.click(at.0, at.1);
    is_one_step(&mut s.script, |script| {
        script.key(Key::Right).key_held(Key::Right, true).key_held(Key::Right, true);
    });
    assert_eq!(s.script.rect(s.web).x, from.x + 24.0);
    s.script.click(at.0 + 24.0, at.1).hold(SHIFT).key(Key::Down).hold(PLAIN).key(Key::Left);
    assert_eq!(s.script.rect(s.web).origin(), Point::new(from.x + 16.0, from.y + 80.0));
    assert!(s.script.rect(s.subnet_a).contains_rect(s.script.rect(s.web)));
    assert_eq!(s.script.editor.selection.ids(), [s.web]);
}

#[test]
fn delete_removes_what_is_inside_and_unties_what_refers_there() {
    let mut s = stage();
    let at = s.script.header(s.vpc);
    is_one_step(&mut s.script, |script| {
        script.click(at.0, at.1).key(Key::Delete);
    });
    assert_eq!(s.script.design().len(), 1);
    s.script.key(Key::Delete);
    assert!(s.script.last.refusal.is_some());
}

#[test]
fn space_middle_button_and_hand_pan_and_the_wheel_zooms() {
    let mut s = stage();
    s.script.hold(SPACE).drag((100.0, 100.0), (150.0, 80.0)).hold(PLAIN);
    s.script.event(PointerKind::Down, 0.0, 0.0, Button::Middle, 1).move_to(10.0, 10.0);
    assert_eq!(s.script.last.cursor, Cursor::Grabbing);
    s.script.event(PointerKind::Up, 10.0, 10.0, Button::Middle, 1);
    s.script.tool(Tool::Pan).drag((0.0, 0.0), (5.0, 5.0)).tool(Tool::Select);
    let camera = s.script.editor.camera;
    assert_eq!((camera.x, camera.y), (65.0, -5.0));
    s.script.event(PointerKind::Wheel { dx: 10.0, dy: 20.0 }, 0.0, 0.0, Button::Main, 0);
    assert_eq!((s.script.editor.camera.x, s.script.editor.camera.y), (55.0, -25.0));
    assert!(s.script.last.camera_changed);
    let at = Point::new(300.0, 200.0);
    let world = s.script.editor.camera.world_from_screen(at);
    s.script.hold(CTRL).event(PointerKind::Wheel { dx: 0.0, dy: -100.0 }, at.x, at.y, Button::Main, 0);
    let after = s.script.editor.camera.world_from_screen(at);
    assert!(s.script.editor.camera.zoom > 1.2 && (after.x - world.x).abs() < 1e-9);
    assert!(!s.script.session.history().can_undo());
}

#[test]
fn gestures_go_by_the_world_at_any_zoom() {
    let mut s = stage();
    s.script.editor.camera.zoom_at(Point::default(), 0.25);
    s.script.editor.camera.pan(40.0, 30.0);
    let from = s.script.rect(s.vpc);
    let at = s.script.editor.camera.screen_from_world(Point::new(from.x + 400.0, from.y + 20.0));
    s.script.hold(CTRL).drag((at.x, at.y), (at.x + 50.0, at.y));
    assert_eq!(s.script.rect(s.vpc), from.shifted(Point::new(200.0, 0.0)));
}

#[test]
fn one_finger_pans_on_empty_canvas_and_two_pinch() {
    let mut s = stage();
    let before = s.script.design().clone();
    s.script.pointer_type = PointerType::Touch;
    s.script.drag((-100.0, -100.0), (-60.0, -100.0));
    assert_eq!(s.script.editor.camera.x, 40.0);
    let web = s.script.middle(s.web);
    // A second finger ends the move that the first began.
    s.script.drag_open((web.0 + 40.0, web.1), (web.0 + 80.0, web.1));
    assert!(s.script.editor.overlay().gesture.is_some());
    s.script.finger = 2;
    s.script.down(web.0 + 180.0, web.1);
    assert_eq!(s.script.design(), &before);
    s.script.move_to(web.0 + 280.0, web.1);
    assert_eq!(s.script.editor.camera.zoom, 2.0);
    s.script.up(web.0 + 280.0, web.1);
    s.script.finger = 1;
    s.script.move_to(0.0, 0.0).up(0.0, 0.0);
    assert_eq!((s.script.design(), s.script.editor.is_busy()), (&before, false));
    s.script.click(web.0, web.1);
}

#[test]
fn the_pointer_finds_tiles_before_frames_and_the_deepest_frame() {
    let s = stage();
    let part = |x: f64, y: f64| s.script.editor.scene.hit(Point::new(x, y), 1.0).map(|hit| (hit.id, hit.part));
    let subnet: Rect = s.script.rect(s.subnet_a);
    let web = s.script.rect(s.web);
    assert_eq!(part(web.x + 1.0, web.y + 1.0), Some((s.web, Part::Tile)));
    assert_eq!(part(subnet.x + 100.0, subnet.y + 10.0), Some((s.subnet_a, Part::Header)));
    assert_eq!(part(subnet.x + 1.0, subnet.y + 90.0), Some((s.subnet_a, Part::Border)));
    assert_eq!(part(subnet.right() - 30.0, subnet.bottom() - 30.0), Some((s.subnet_a, Part::Body)));
    assert_eq!(part(-1.0, -1.0), None);
}
