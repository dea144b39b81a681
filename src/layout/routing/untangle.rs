//! Finds other ways for wires that cross: around the others where that costs less than the crossing.

use std::collections::BTreeSet;

use crate::design::{Point, Rect};

use super::search::{BEND, CROSS};
use super::{Lane, Obstacles, crosses, pieces_of, route_beside, separate};

/// How often every wire that crosses another is looked at.
const ROUNDS: usize = 3;

/// How far around a wire's ends others are looked at.
const NEAR: f64 = 256.0;

/// Brings ways that were found one by one together: around each other where that is worth it, and apart where they share a stretch.
pub fn arrange(lanes: &mut [Lane], obstacles: &Obstacles) {
    let mut best: Option<(f64, Vec<Vec<Point>>)> = None;
    for _ in 0..ROUNDS {
        untangle(lanes, obstacles);
        separate::separate(lanes, obstacles);
        // What shared a stretch before may turn out to cross only now.
        let cost = whole_cost(lanes);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, lanes.iter().map(|lane| lane.points.clone()).collect()));
        } else {
            break;
        }
        if crossings(ways(lanes)) == 0 {
            break;
        }
    }
    for (lane, points) in lanes.iter_mut().zip(best.into_iter().flat_map(|(_, ways)| ways)) {
        lane.points = points;
    }
}

fn whole_cost(lanes: &[Lane]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let crossed = crossings(ways(lanes)) as f64;
    lanes.iter().map(|lane| cost(&lane.points, &[])).sum::<f64>() + crossed * CROSS
}

/// Leads wires around others that they cross, as long as that is worth it. Those that are fixed stay.
fn untangle(lanes: &mut [Lane], obstacles: &Obstacles) {
    for _ in 0..ROUNDS {
        let mut changed = false;
        for index in crossing(lanes) {
            let Some(lane) = lanes.get(index).filter(|lane| !lane.fixed) else { continue };
            // The first two rings of surroundings: who goes further crosses what it crosses.
            let near = lane.wire.start.hull.union(lane.wire.end.hull).inflated(NEAR);
            let others: Vec<Rect> = lanes
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index)
                .flat_map(|(_, other)| pieces_of(&other.points))
                .filter(|piece| piece.inflated(1.0).intersects(near))
                .collect();
            let found = route_beside(&lane.wire, obstacles, &others);
            if found.clear
                && cost(&found.points, &others) + 1.0 < cost(&lane.points, &others)
                && let Some(lane) = lanes.get_mut(index)
            {
                lane.points = found.points;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// What a way costs among others: length, bends and crossings.
fn cost(points: &[Point], others: &[Rect]) -> f64 {
    let length: f64 = pieces_of(points).map(|piece| piece.w + piece.h).sum();
    let crossed = pieces_of(points).flat_map(|a| others.iter().filter(move |b| crosses(a, **b))).count();
    // Counts are small; the cast is exact.
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let (bends, crossed) = (points.len().saturating_sub(2) as f64, crossed as f64);
    length + bends * BEND + crossed * CROSS
}

/// The wires that cross another.
fn crossing(lanes: &[Lane]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    pairs(ways(lanes), |a, b| found.extend([a, b]));
    found
}

fn ways(lanes: &[Lane]) -> impl Iterator<Item = &[Point]> {
    lanes.iter().map(|lane| lane.points.as_slice())
}

/// How often wires cross each other.
pub(super) fn crossings<'a>(ways: impl Iterator<Item = &'a [Point]>) -> usize {
    let mut count = 0;
    pairs(ways, |_, _| count += 1);
    count
}

/// Tells every crossing of two wires, by a sweep from left to right over their pieces.
fn pairs<'a>(ways: impl Iterator<Item = &'a [Point]>, mut tell: impl FnMut(usize, usize)) {
    let mut pieces: Vec<(usize, Rect)> =
        ways.enumerate().flat_map(|(index, points)| pieces_of(points).map(move |piece| (index, piece))).collect();
    pieces.sort_by(|(a, p), (b, q)| p.x.total_cmp(&q.x).then(a.cmp(b)));
    let mut open: Vec<(usize, Rect)> = Vec::new();
    for (index, piece) in pieces {
        open.retain(|(_, other)| other.right() >= piece.x);
        for (other, beside) in &open {
            if *other != index && crosses(piece, *beside) {
                tell(*other, index);
            }
        }
        open.push((index, piece));
    }
}
