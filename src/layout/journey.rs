//! Where a packet's way runs on the drawing: from icon to icon around what stands between, through the edge of a subnet where its network ACL is
//! asked, to the card of what a security group protects, in the order of the hops.

use crate::design::{Point, Rect};
use crate::id::NodeId;

/// How far from an icon's middle the group is asked that protects it, beyond the icon itself.
const BEFORE_CARD: f64 = 10.0;
/// How far outside of everything a packet begins that comes from where nothing is drawn.
const OUTSIDE: f64 = 48.0;

/// What a hop is on the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// What carries the packet; nothing where that is not drawn, as an internet that nobody drew.
    Through(Option<NodeId>),
    /// A network ACL: asked at the edge of this subnet.
    Edge(NodeId),
    /// A security group: asked at the card of what it protects.
    Card(NodeId),
    /// What decides where the packet is already, as a route table does.
    Here,
}

/// What a way is laid on.
pub trait Ground {
    /// The box of a node: the icon of a tile, all of a frame where `whole`, else the icon in its corner.
    fn place(&self, id: NodeId, whole: bool) -> Option<Rect>;
    /// A way between two nodes, from the edge of the one to the edge of the other.
    fn between(&self, from: NodeId, to: NodeId) -> Vec<Point>;
    /// Around everything.
    fn bounds(&self) -> Rect;
}

/// A place on a way: so far along the piece that begins at this corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
struct Place {
    piece: usize,
    share: f64,
}

/// A way with the places of its hops.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journey {
    points: Vec<Point>,
    /// One for each hop, none before the one before it.
    stops: Vec<Place>,
}

impl Journey {
    /// Lays the way of these hops.
    pub fn new(hops: &[Gate], ground: &impl Ground) -> Self {
        let mut journey = Self::default();
        let mut waiting: Vec<Gate> = Vec::new();
        let mut last: Option<Option<NodeId>> = None;
        for hop in hops {
            let Gate::Through(node) = *hop else {
                waiting.push(*hop);
                continue;
            };
            journey.leg(last, node, &waiting, ground);
            waiting.clear();
            // Where the icon stands in its way, its middle is the hop's place.
            journey.stops.push(journey.end());
            last = Some(node);
        }
        // It ends at a gate: it was on its way to what stands behind.
        let towards = waiting.iter().rev().find_map(|gate| match gate {
            Gate::Edge(id) | Gate::Card(id) => Some(*id),
            _ => None,
        });
        match towards {
            Some(towards) => journey.leg(last, Some(towards), &waiting, ground),
            None => {
                let end = journey.end();
                journey.stops.extend(waiting.iter().map(|_| end));
            }
        }
        journey
    }

    /// The last place.
    fn end(&self) -> Place {
        match self.points.len() {
            0 | 1 => Place::default(),
            n => Place { piece: n - 2, share: 1.0 },
        }
    }

    /// Goes on from where the way ends to the middle of a node, and finds the places of the gates between.
    fn leg(&mut self, from: Option<Option<NodeId>>, to: Option<NodeId>, gates: &[Gate], ground: &impl Ground) {
        let begin = self.points.len().saturating_sub(1);
        let corners = match (from, to) {
            (Some(Some(from)), Some(to)) if from != to => ground.between(from, to),
            _ => Vec::new(),
        };
        let goal = to.and_then(|to| Some(ground.place(to, false)?.center()));
        // From where nothing is drawn it comes straight across the nearest edge of everything.
        let start = if from.is_none() || self.points.is_empty() {
            match (from.flatten().and_then(|id| ground.place(id, false)), goal) {
                (Some(place), _) => Some(place.center()),
                (None, Some(goal)) if from.is_some() => Some(outside(goal, ground.bounds())),
                _ => None,
            }
        } else {
            None
        };
        if let Some(start) = start {
            self.go(start);
        }
        if let Some((first, after)) = corners.first().zip(corners.get(1)) {
            if let Some(at) = self.points.last().copied() {
                self.go(elbow(at, *first, *after));
            }
            corners.iter().for_each(|corner| self.go(*corner));
        }
        let goal = match (goal, to, self.points.last()) {
            (Some(goal), ..) => Some(goal),
            (None, None, Some(at)) if from.is_some() => Some(outside(*at, ground.bounds())),
            _ => None,
        };
        if let Some(goal) = goal {
            // Level with the middle or above or below it: a jog to the middle itself would be no more than a wrinkle.
            match corners.as_slice() {
                [.., before, at] => self.go(elbow(goal, *at, *before)),
                _ => self.go(goal),
            }
        }
        for gate in gates {
            let found = match gate {
                Gate::Edge(subnet) => ground.place(*subnet, true).and_then(|rect| self.edge(begin, rect)),
                Gate::Card(card) => ground.place(*card, false).and_then(|rect| self.card(begin, rect)),
                Gate::Through(_) | Gate::Here => None,
            };
            let before = self.stops.last().copied().unwrap_or_default();
            let place = found.unwrap_or(before);
            self.stops.push(if place < before { before } else { place });
        }
    }

    fn go(&mut self, to: Point) {
        let stays = self.points.last().is_some_and(|at| length(*at, to) < 0.01);
        if !stays && to.x.is_finite() && to.y.is_finite() {
            self.points.push(to);
        }
    }

    /// Where the way crosses the border of a box, from the corner `begin` on: out of it where it begins inside, else into it for the last time.
    fn edge(&self, begin: usize, rect: Rect) -> Option<Place> {
        let mut crossings = self.points.windows(2).enumerate().skip(begin).filter_map(|(piece, pair)| {
            let [a, b] = pair else { return None };
            if rect.contains(*a) == rect.contains(*b) {
                return None;
            }
            Some(Place { piece, share: share_at_border(*a, *b, rect) })
        });
        let inside = self.points.get(begin).is_some_and(|at| rect.contains(*at));
        if inside { crossings.next() } else { crossings.next_back() }
    }

    /// A little before the box of a node, on the side of it that the way passes from the corner `begin` on.
    fn card(&self, begin: usize, rect: Rect) -> Option<Place> {
        self.edge(begin, rect.inflated(BEFORE_CARD))
    }

    /// How many hops there are.
    pub const fn len(&self) -> usize {
        self.stops.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.stops.is_empty()
    }

    /// Where a packet is at a hop; a fraction is so far on the way to the next.
    pub fn at(&self, hop: f64) -> Option<Point> {
        let (one, share) = whole(hop, self.stops.len())?;
        let from = self.distance(*self.stops.get(one)?);
        let to = self.stops.get(one + 1).map_or(from, |stop| self.distance(*stop));
        self.along(from + (to - from) * share)
    }

    /// The way up to a hop, and from there on.
    pub fn split(&self, hop: f64) -> (Vec<Point>, Vec<Point>) {
        let Some(at) = self.at(hop) else { return (self.points.clone(), Vec::new()) };
        let (one, share) = whole(hop, self.stops.len()).unwrap_or_default();
        let stop = self.stops.get(one).copied().unwrap_or_default();
        let from = self.distance(stop);
        let far = from + (self.stops.get(one + 1).map_or(from, |stop| self.distance(*stop)) - from) * share;
        let mut passed = 0.0;
        let (mut before, mut after) = (Vec::new(), vec![at]);
        for (n, point) in self.points.iter().enumerate() {
            passed += n.checked_sub(1).and_then(|last| self.points.get(last)).map_or(0.0, |last| length(*last, *point));
            if passed < far { before.push(*point) } else { after.push(*point) }
        }
        before.push(at);
        (before, after)
    }

    /// The same way beside itself, to the right of whoever goes along: so there and back are two lanes.
    #[must_use]
    pub fn aside(&self, by: f64) -> Self {
        let side = |piece: Option<(&Point, &Point)>| {
            let (a, b) = piece?;
            let long = length(*a, *b);
            (long > 0.01).then(|| Point::new((a.y - b.y) / long * by, (b.x - a.x) / long * by))
        };
        let moved = |n: usize, at: &Point| {
            let before = side(n.checked_sub(1).and_then(|last| self.points.get(last)).zip(Some(at)));
            let after = side(Some(at).zip(self.points.get(n + 1)));
            match (before, after) {
                (Some(a), Some(b)) if (a.x * b.x + a.y * b.y).abs() < 0.01 * by * by => *at + a + b,
                (Some(a), _) => *at + a,
                (None, Some(b)) => *at + b,
                (None, None) => *at,
            }
        };
        let points = self.points.iter().enumerate().map(|(n, at)| moved(n, at)).collect();
        Self { points, stops: self.stops.clone() }
    }

    fn distance(&self, place: Place) -> f64 {
        let mut lengths = self.points.windows(2).map(|pair| if let [a, b] = pair { length(*a, *b) } else { 0.0 });
        let before: f64 = lengths.clone().take(place.piece).sum();
        before + lengths.nth(place.piece).unwrap_or(0.0) * place.share
    }

    fn along(&self, mut far: f64) -> Option<Point> {
        for pair in self.points.windows(2) {
            let [a, b] = pair else { continue };
            let long = length(*a, *b);
            if far <= long && long > 0.0 {
                let share = far / long;
                return Some(Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share));
            }
            far -= long;
        }
        self.points.last().copied()
    }
}

/// A hop and the share of the way to the next, within what there is.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the number of hops")]
fn whole(hop: f64, hops: usize) -> Option<(usize, f64)> {
    let last = hops.checked_sub(1)?;
    let hop = if hop.is_finite() { hop.clamp(0.0, last as f64) } else { 0.0 };
    Some((hop.floor() as usize, hop.fract()))
}

fn length(a: Point, b: Point) -> f64 {
    (a.x - b.x).abs().hypot((a.y - b.y).abs())
}

/// The corner between an icon's middle and the place on its edge from which a way leaves towards `on`.
fn elbow(middle: Point, edge: Point, on: Point) -> Point {
    if (edge.y - on.y).abs() < (edge.x - on.x).abs() {
        Point::new(middle.x, edge.y)
    } else {
        Point::new(edge.x, middle.y)
    }
}

/// A point beyond the edge of everything that is nearest.
fn outside(at: Point, bounds: Rect) -> Point {
    let around = bounds.inflated(OUTSIDE);
    let sides = [
        (at.x - around.x, Point::new(around.x, at.y)),
        (around.right() - at.x, Point::new(around.right(), at.y)),
        (at.y - around.y, Point::new(at.x, around.y)),
        (around.bottom() - at.y, Point::new(at.x, around.bottom())),
    ];
    sides.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map_or(at, |(_, point)| point)
}

/// How far along a piece the border of a box is that one of its ends is inside of.
fn share_at_border(a: Point, b: Point, rect: Rect) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let mut shares = [(dx, rect.x - a.x), (dx, rect.right() - a.x), (dy, rect.y - a.y), (dy, rect.bottom() - a.y)]
        .into_iter()
        .filter(|(by, _)| by.abs() > 1e-9)
        .map(|(by, to)| to / by)
        .filter(|share| (0.0..=1.0).contains(share))
        .collect::<Vec<_>>();
    shares.sort_by(f64::total_cmp);
    let inside = rect.contains(a);
    let shared = if inside {
        shares.first()
    } else {
        shares.iter().find(|share| rect.inflated(1e-6).contains(Point::new(a.x + dx * **share, a.y + dy * **share)))
    };
    shared.copied().unwrap_or(0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interact::Scene;
    use crate::samples::sample;

    fn id(name: &str, design: &crate::design::Design) -> NodeId {
        design.nodes().find(|(_, node)| node.name == name).map(|(id, _)| id).unwrap()
    }

    #[test]
    fn gates_stand_on_the_way_in_the_order_of_the_hops() {
        let design = sample("private-servers-behind-alb").unwrap().draw();
        let scene = Scene::new(&design);
        let of = |name| id(name, &design);
        let hops = [
            Gate::Through(Some(of("web-a"))),
            Gate::Card(of("web-a")),
            Gate::Edge(of("private-a")),
            Gate::Here,
            Gate::Edge(of("public-a")),
            Gate::Through(Some(of("nat-a"))),
            Gate::Through(Some(of("igw"))),
            Gate::Through(Some(of("internet"))),
        ];
        let journey = Journey::new(&hops, &scene);
        assert_eq!(journey.len(), hops.len());
        let place = |hop: f64| journey.at(hop).unwrap();
        let mut far = -1.0;
        for stop in &journey.stops {
            assert!(journey.distance(*stop) >= far, "hops are met one after the other");
            far = journey.distance(*stop);
        }
        let subnet = scene.place(of("private-a"), true).unwrap();
        let at = place(2.0);
        assert!(subnet.inflated(0.5).contains(at) && !subnet.inflated(-0.5).contains(at), "the ACL stands on the edge");
        let card = scene.place(of("web-a"), false).unwrap();
        assert!(!card.contains(place(1.0)) && card.inflated(24.0).contains(place(1.0)), "the group stands at the card");
        assert_eq!(place(3.0), place(2.0), "what decides takes no way");
        assert!(scene.place(of("nat-a"), false).unwrap().contains(place(5.0)));
        for pair in journey.points.windows(2) {
            let [a, b] = pair else { unreachable!() };
            assert!((a.x - b.x).abs() < 0.01 || (a.y - b.y).abs() < 0.01, "{a:?} to {b:?} is askew");
        }
    }

    #[test]
    fn a_packet_that_dies_at_a_gate_ends_there() {
        let design = sample("private-servers-behind-alb").unwrap().draw();
        let scene = Scene::new(&design);
        let of = |name| id(name, &design);
        let hops = [Gate::Through(Some(of("igw"))), Gate::Edge(of("private-a"))];
        let journey = Journey::new(&hops, &scene);
        let subnet = scene.place(of("private-a"), true).unwrap();
        assert!(subnet.inflated(0.5).contains(journey.at(1.0).unwrap()));
        let (before, after) = journey.split(1.0);
        assert_eq!(before.last(), after.first());
    }

    #[test]
    fn what_comes_from_where_nothing_is_drawn_crosses_the_edge_of_everything() {
        let design = sample("private-servers-behind-alb").unwrap().draw();
        let scene = Scene::new(&design);
        let igw = id("igw", &design);
        let journey = Journey::new(&[Gate::Through(None), Gate::Through(Some(igw))], &scene);
        let bounds = Ground::bounds(&scene);
        assert!(!bounds.contains(journey.at(0.0).unwrap()) && bounds.contains(journey.at(1.0).unwrap()));
        let back = Journey::new(&[Gate::Through(Some(igw)), Gate::Through(None)], &scene);
        assert!(bounds.contains(back.at(0.0).unwrap()) && !bounds.contains(back.at(1.0).unwrap()));
    }

    #[test]
    fn two_lanes_run_beside_each_other() {
        let points = vec![Point::new(0.0, 0.0), Point::new(100.0, 0.0), Point::new(100.0, 50.0)];
        let stops = vec![Place::default(), Place { piece: 1, share: 1.0 }];
        let there = Journey { points, stops };
        let right = there.aside(3.0);
        assert_eq!(right.points, [Point::new(0.0, 3.0), Point::new(97.0, 3.0), Point::new(97.0, 50.0)]);
        assert_eq!(right.at(0.0), Some(Point::new(0.0, 3.0)));
    }

    #[test]
    fn nothing_drawn_and_nothing_asked_are_no_way() {
        let scene = Scene::new(&crate::design::Design::new());
        assert!(Journey::new(&[], &scene).is_empty());
        for hops in [vec![Gate::Here], vec![Gate::Through(None)], vec![Gate::Through(None), Gate::Through(None)]] {
            let journey = Journey::new(&hops, &scene);
            assert_eq!(journey.len(), hops.len());
            journey.split(0.5);
            journey.at(9.0);
        }
        let gone = NodeId(77);
        assert_eq!(Journey::new(&[Gate::Through(Some(gone)), Gate::Edge(gone), Gate::Card(gone)], &scene).len(), 3);
    }
}
