//! Tidied designs: room for everything, and what belongs together near.

use super::*;
use crate::catalog::kinds::{Internet, InternetGateway, Route, RouteTable, Subnet};
use crate::layout::Sketch;
use crate::samples;

/// What stands on something else, or outside its frame.
#[track_caller]
pub(crate) fn assert_clear(design: &Design) {
    let frames = design.nodes().map(|(id, _)| Some(id)).chain([None]);
    for frame in frames {
        let inside: Vec<(NodeId, Rect)> =
            design.children(frame).filter_map(|id| Some((id, design.node(id)?.rect))).collect();
        for (at, (id, rect)) in inside.iter().enumerate() {
            if let Some(outer) = frame.and_then(|frame| design.node(frame)) {
                let room = Rect::new(0.0, HEADER, outer.rect.w, outer.rect.h - HEADER);
                assert!(room.contains_rect(*rect), "{id} leaves its frame: {rect:?} in {room:?}");
            }
            for (other, on) in &inside[at + 1..] {
                assert!(!rect.intersects(*on), "{id} and {other} overlap");
            }
        }
    }
}

fn tidied(design: &Design) -> Design {
    let mut after = design.clone();
    after.apply_all(&tidy_up(design)).unwrap();
    assert_clear(&after);
    assert_eq!(crate::design::broken_invariants(&after), Vec::<String>::new());
    after
}

#[test]
fn everything_has_room_and_stays_once_it_is_tidy() {
    for sample in samples::list().iter().step_by(3) {
        let after = tidied(&sample.draw());
        assert_eq!(tidy_up(&after), [], "{} is tidy", sample.id);
    }
    tidied(&samples::large(600));
    assert_eq!(tidy_up(&Design::new()), []);
}

/// The numbers by which an arrangement is judged, from the wires as the picture draws them.
fn numbers(design: &Design) -> Sheet<'_> {
    Sheet::of(design).unwrap().finish()
}

#[test]
fn no_number_is_worse_than_before() {
    let (mut bends, mut wires) = (0, 0);
    for sample in samples::list() {
        let before = sample.draw();
        let after = tidied(&before);
        let (old, new) = (numbers(&before), numbers(&after));
        assert_eq!(new.tally.unclear, 0, "{}: a wire runs through something", sample.id);
        if old.is_in_order() {
            assert!(!new.is_worse_in_anything(&old), "{}: {:?} instead of {:?}", sample.id, new.tally, old.tally);
        }
        bends += new.tally.bends;
        wires += new.wiring.len();
    }
    // It was 89 when every arrangement was chosen by the length of its lines alone.
    assert!(bends * 10 <= wires * 9, "{bends} bends of {wires} wires");
}

#[test]
fn what_is_better_by_hand_stays() {
    let mut sketch = Sketch::new();
    let region = sketch.add(None, "region", crate::catalog::kinds::Region::default());
    let vpc =
        sketch.add_at(Some(region), "vpc", crate::catalog::kinds::Vpc::default(), Rect::new(16.0, 36.0, 480.0, 300.0));
    let gateway = sketch.add_at(Some(vpc), "gateway", InternetGateway, Rect::new(232.0, 36.0, TILE_W, TILE_H));
    let out = Route { destination: "0.0.0.0/0".parse().unwrap(), target: Some(gateway), ..Route::default() };
    let table = RouteTable { routes: vec![out], ..RouteTable::default() };
    sketch.add_at(Some(vpc), "table", table, Rect::new(16.0, 36.0, TILE_W, TILE_H));
    let design = sketch.finish();
    let before = numbers(&design);
    assert_eq!((before.tally.bends, before.tally.unclear, before.wiring.len()), (0, 0, 1));
    let after = tidied(&design);
    assert_eq!(numbers(&after).tally.bends, 0);
}

#[test]
fn public_subnets_stand_above_private_ones_and_people_outside() {
    let after = tidied(&samples::private_servers_behind_alb());
    let world = |name: &str| {
        let (id, _) = after.nodes().find(|(_, node)| node.name == name).unwrap();
        after.world_rect(id).unwrap()
    };
    assert!(world("public-a").bottom() < world("private-a").y);
    assert_eq!(world("public-a").y, world("public-c").y);
    assert_eq!(world("private-a").y, world("private-c").y);
    assert!(world("public-a").right() < world("public-c").x);
    let (_, region) = after.nodes().find(|(_, node)| node.kind() == Kind::Region).unwrap();
    assert!(after.all::<Internet>().all(|(_, node, _)| node.rect.right() < region.rect.x));
}

#[test]
fn what_is_connected_comes_closer() {
    let wires = |design: &Design| {
        let center = |id| design.world_rect(id).unwrap().center();
        let all = design.nodes().flat_map(|(id, _)| design.references(id).into_iter().map(move |(_, to)| (id, to)));
        all.map(|(a, b)| center(a) - center(b)).map(|by| by.x.abs() + by.y.abs()).sum::<f64>()
    };
    let mut sketch = Sketch::new();
    let region = sketch.add(None, "region", crate::catalog::kinds::Region::default());
    let vpc = sketch.add(Some(region), "vpc", crate::catalog::kinds::Vpc::default());
    let mut tables = Vec::new();
    for name in ["1", "2", "3", "4", "5", "6"] {
        tables.push(sketch.add(Some(vpc), name, RouteTable::default()));
    }
    for (letter, table) in ["a", "b", "c", "d", "e", "f"].iter().zip(tables.iter().rev()) {
        let zone = crate::catalog::kinds::Zone { letter: (*letter).to_owned() };
        let zone = sketch.add(Some(vpc), letter, zone);
        sketch.add(Some(zone), letter, Subnet { route_table: Some(*table), ..Subnet::default() });
    }
    let after = tidied(sketch.design());
    let x = |id: NodeId| after.world_rect(id).unwrap().x;
    assert!(tables.windows(2).all(|pair| x(pair[0]) > x(pair[1])), "no two wires cross");
    assert!(wires(&after) <= wires(sketch.design()));
}
