//! Ways among boxes, alone and side by side.

use super::*;

const TILE: (f64, f64) = (96.0, 72.0);

fn tile(x: f64, y: f64) -> Rect {
    Rect::new(x, y, TILE.0, TILE.1)
}

fn end(hull: Rect) -> End {
    End { body: Rect::new(hull.x + (hull.w - 40.0) / 2.0, hull.y, 40.0, 40.0), hull, frame: false }
}

/// Tiles by their places: their boxes, and the wire between two of them.
struct Sheet {
    tiles: Vec<Rect>,
    obstacles: Obstacles,
}

impl Sheet {
    fn new(tiles: &[Rect]) -> Self {
        let mut obstacles = Obstacles::default();
        for (n, rect) in (0..).zip(tiles) {
            obstacles.set(NodeId(n), vec![*rect], None);
        }
        Self { tiles: tiles.to_vec(), obstacles }
    }

    fn wire(&self, from: u32, to: u32) -> Wire {
        let of = |id: u32| usize::try_from(id).ok().and_then(|id| self.tiles.get(id)).copied().unwrap_or_default();
        Wire { from: NodeId(from), to: NodeId(to), start: end(of(from)), end: end(of(to)) }
    }

    fn route(&self, from: u32, to: u32) -> Route {
        let wire = self.wire(from, to);
        let route = route(&wire, &self.obstacles);
        self.assert_sound(&wire, &route.points);
        route
    }

    /// Every piece is orthogonal and enters no tile but along its own ends' icons.
    #[track_caller]
    fn assert_sound(&self, wire: &Wire, points: &[Point]) {
        assert!(points.len() >= 2, "{points:?}");
        for pair in points.windows(2) {
            let [a, b] = pair else { continue };
            assert!((a.x - b.x).abs() < 0.01 || (a.y - b.y).abs() < 0.01, "a slanting piece in {points:?}");
            for (n, rect) in (0..).zip(&self.tiles) {
                let own = NodeId(n) == wire.from || NodeId(n) == wire.to;
                let inside = if own { end(*rect).body.inflated(-0.5) } else { *rect };
                assert!(!search::enters(Rect::between(*a, *b), inside), "{points:?} runs through {rect:?}");
            }
        }
    }
}

#[test]
fn a_wire_to_a_neighbour_is_straight() {
    let sheet = Sheet::new(&[tile(0.0, 0.0), tile(200.0, 0.0)]);
    assert_eq!(sheet.route(0, 1).points, [Point::new(68.0, 20.0), Point::new(228.0, 20.0)]);
    let sheet = Sheet::new(&[tile(0.0, 0.0), tile(0.0, 200.0)]);
    assert_eq!(sheet.route(0, 1).points, [Point::new(48.0, 72.0), Point::new(48.0, 200.0)]);
    // A little aside is straight too: it leaves beside the middle.
    let sheet = Sheet::new(&[tile(0.0, 0.0), tile(200.0, 6.0)]);
    assert_eq!(sheet.route(0, 1).points.len(), 2);
}

#[test]
fn a_wire_goes_around_what_is_between() {
    let sheet = Sheet::new(&[tile(0.0, 0.0), tile(400.0, 0.0), tile(200.0, 0.0)]);
    let route = sheet.route(0, 1);
    assert!(route.clear && route.points.len() <= 4, "{:?}", route.points);
    // Around a wall of tiles that are 16 apart it finds the gap.
    let wall: Vec<Rect> = (-3..4).map(|n| tile(200.0, f64::from(n) * 88.0)).collect();
    let tiles: Vec<Rect> = [tile(0.0, 0.0), tile(400.0, 0.0)].into_iter().chain(wall).collect();
    let sheet = Sheet::new(&tiles);
    let route = sheet.route(0, 1);
    let length: f64 = route.points.windows(2).map(|p| (p[0].x - p[1].x).abs() + (p[0].y - p[1].y).abs()).sum();
    assert!(route.clear && length < 500.0, "{:?}", route.points);
}

#[test]
fn where_there_is_no_way_one_is_drawn_and_said_not_to_be_clear() {
    let prison: Vec<Rect> = vec![
        Rect::new(-100.0, -100.0, 300.0, 40.0),
        Rect::new(-100.0, 130.0, 300.0, 40.0),
        Rect::new(-100.0, -100.0, 40.0, 270.0),
        Rect::new(160.0, -100.0, 40.0, 270.0),
    ];
    let mut sheet = Sheet::new(&[tile(0.0, 0.0), tile(400.0, 0.0)]);
    for (n, rect) in (2..).zip(&prison) {
        sheet.obstacles.set(NodeId(n), vec![*rect], None);
    }
    let route = route(&sheet.wire(0, 1), &sheet.obstacles);
    assert!(!route.clear && route.points.len() >= 2, "{route:?}");
}

#[test]
fn a_wire_to_a_frame_around_its_other_end_comes_from_inside() {
    let frame = Rect::new(-200.0, -200.0, 600.0, 500.0);
    let wire = Wire {
        from: NodeId(0),
        to: NodeId(1),
        start: end(tile(0.0, 0.0)),
        end: End { body: frame, hull: frame, frame: true },
    };
    let mut obstacles = Obstacles::default();
    obstacles.set(NodeId(0), vec![tile(0.0, 0.0)], None);
    obstacles.set(NodeId(1), vec![Rect::new(-200.0, -200.0, 600.0, 24.0)], Some(frame));
    let route = route(&wire, &obstacles);
    assert_eq!(route.points, [Point::new(28.0, 20.0), Point::new(-200.0, 20.0)]);
}

#[test]
fn wires_that_share_a_stretch_run_side_by_side() {
    // Three wires from one tile to three below each other, and two that would share the upright piece.
    let tiles = [tile(0.0, 200.0), tile(400.0, 0.0), tile(400.0, 200.0), tile(400.0, 400.0)];
    let sheet = Sheet::new(&tiles);
    let mut lanes: Vec<Lane> = (1..4)
        .map(|to| {
            let wire = sheet.wire(0, to);
            Lane { points: route(&wire, &sheet.obstacles).points, wire, fixed: false }
        })
        .collect();
    arrange(&mut lanes, &sheet.obstacles);
    for lane in &lanes {
        sheet.assert_sound(&lane.wire, &lane.points);
    }
    assert_apart(&lanes, 4.0);
}

/// No two pieces of two wires run along each other nearer than `least`.
#[track_caller]
fn assert_apart(lanes: &[Lane], least: f64) {
    for (n, one) in lanes.iter().enumerate() {
        for two in lanes.iter().skip(n + 1) {
            for a in one.points.windows(2).map(|p| Rect::between(p[0], p[1])) {
                for b in two.points.windows(2).map(|p| Rect::between(p[0], p[1])) {
                    let along_x = (a.right().min(b.right()) - a.x.max(b.x)) > 8.0 && a.h == 0.0 && b.h == 0.0;
                    let along_y = (a.bottom().min(b.bottom()) - a.y.max(b.y)) > 8.0 && a.w == 0.0 && b.w == 0.0;
                    let far = if along_x { (a.y - b.y).abs() } else { (a.x - b.x).abs() };
                    assert!(!(along_x || along_y) || far >= least, "{:?} and {:?}", one.points, two.points);
                }
            }
        }
    }
}

#[test]
fn random_sheets_have_clear_ways_side_by_side() {
    // A small generator of our own: the engine has no source of chance.
    let mut state = 7_u64;
    let mut next = |below: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).unwrap_or_default() % below
    };
    for _ in 0..40 {
        let tiles: Vec<Rect> = (0..30)
            .filter(|_| next(10) < 7)
            .map(|n| {
                let at = |n: u32, pitch: f64| f64::from(n) * pitch;
                tile(at(n % 6, 112.0), at(n / 6, 96.0))
            })
            .collect();
        let count = u32::try_from(tiles.len()).unwrap_or(1).max(2);
        let sheet = Sheet::new(&tiles);
        let mut lanes = Vec::new();
        for _ in 0..8 {
            let (from, to) = (next(count), next(count));
            if from == to
                || lanes.iter().any(|lane: &Lane| (lane.wire.from, lane.wire.to) == (NodeId(from), NodeId(to)))
            {
                continue;
            }
            let wire = sheet.wire(from, to);
            let found = sheet.route(from, to);
            assert!(found.clear, "no way among {tiles:?}");
            lanes.push(Lane { wire, points: found.points, fixed: false });
        }
        arrange(&mut lanes, &sheet.obstacles);
        for lane in &lanes {
            sheet.assert_sound(&lane.wire, &lane.points);
        }
    }
}
