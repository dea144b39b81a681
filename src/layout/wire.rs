//! How a wire is drawn: a line through its corners, rounded where it turns, and the arrow head.

use std::fmt::Write;

use crate::design::Point;

/// Radius of a turn.
pub const RADIUS: f64 = 8.0;
/// Length of the arrow head.
const HEAD: f64 = 8.0;

/// SVG path data for a line through points, turns rounded; coordinates are relative to `origin`, with one decimal.
pub fn path(points: &[Point], origin: Point) -> String {
    let mut d = String::with_capacity(points.len() * 24);
    let mut last: Option<Point> = None;
    for (n, p) in points.iter().enumerate() {
        let p = *p - origin;
        match (last, points.get(n + 1).map(|next| *next - origin)) {
            (None, _) => push(&mut d, 'M', p),
            (Some(_), None) => push(&mut d, 'L', p),
            (Some(before), Some(next)) => {
                let r = RADIUS.min(length(p - before) / 2.0).min(length(next - p) / 2.0);
                push(&mut d, 'L', towards(p, before, r));
                push(&mut d, 'Q', p);
                d.push(' ');
                push_point(&mut d, towards(p, next, r));
            }
        }
        last = Some(p);
    }
    d
}

/// SVG path data for the arrow head at the end of a line; empty if there is no line.
pub fn arrow(points: &[Point], origin: Point) -> String {
    let [.., before, tip] = points else { return String::new() };
    let along = towards(Point::default(), *tip - *before, 1.0);
    let tip = *tip - origin;
    let back = Point::new(tip.x - along.x * HEAD, tip.y - along.y * HEAD);
    let across = Point::new(-along.y * HEAD / 2.0, along.x * HEAD / 2.0);
    let mut d = String::with_capacity(48);
    push(&mut d, 'M', back + across);
    push(&mut d, 'L', tip);
    push(&mut d, 'L', back - across);
    d
}

fn length(v: Point) -> f64 {
    v.x.hypot(v.y)
}

/// The point `by` away from `p` in the direction of `to`.
fn towards(p: Point, to: Point, by: f64) -> Point {
    let way = to - p;
    let length = length(way);
    if length <= f64::EPSILON {
        return p;
    }
    Point::new(p.x + way.x / length * by, p.y + way.y / length * by)
}

fn push(d: &mut String, letter: char, p: Point) {
    d.push(letter);
    push_point(d, p);
}

fn push_point(d: &mut String, p: Point) {
    push_number(d, p.x);
    d.push(' ');
    push_number(d, p.y);
}

/// One decimal, and none where it is a whole number: most are.
fn push_number(d: &mut String, v: f64) {
    let tenths = (v * 10.0).round();
    // Writing to a string cannot fail.
    let _ = if tenths % 10.0 == 0.0 { write!(d, "{}", tenths / 10.0 + 0.0) } else { write!(d, "{:.1}", tenths / 10.0) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_rounded_and_the_end_has_an_arrow_head() {
        let straight = [Point::new(96.0, 36.0), Point::new(200.0, 36.0)];
        assert_eq!(path(&straight, Point::default()), "M96 36L200 36");
        assert_eq!(arrow(&straight, Point::default()), "M192 40L200 36L192 32");
        let turns =
            [Point::new(96.0, 36.0), Point::new(148.0, 36.0), Point::new(148.0, 136.5), Point::new(200.0, 136.5)];
        assert_eq!(
            path(&turns, Point::default()),
            "M96 36L140 36Q148 36 148 44L148 128.5Q148 136.5 156 136.5L200 136.5"
        );
        assert_eq!(path(&turns, Point::new(96.0, 36.0)), "M0 0L44 0Q52 0 52 8L52 92.5Q52 100.5 60 100.5L104 100.5");
    }
}
