//! Glyphs that can stand anywhere without a transform: a path is scaled once and made relative, so that placing it is writing `M x y` in front.
//!
//! A transform on each node would make the browser keep a paint chunk each, which is the cost of large drawings.

use std::fmt::Write;

use crate::design::Point;

/// A rounded square by its side, relative to its corner.
pub fn square(side: f64) -> String {
    let r = if side < 30.0 { 4.0 } else { 6.0 };
    let s = side - 2.0 * r;
    format!("m{r} 0h{s}q{r} 0 {r} {r}v{s}q0 {r} -{r} {r}h-{s}q-{r} 0 -{r} -{r}v-{s}q0 -{r} {r} -{r}z")
}

/// Where a glyph begins on a square whose corner stands at `at`.
pub fn corner(at: Point, side: f64) -> Point {
    Point::new(at.x + side / 8.0, at.y + side / 8.0)
}

/// A glyph as large as a square of that side wants it, relative to [`corner`].
pub fn on_square(path: &str, side: f64) -> String {
    relative(path, side / 32.0)
}

/// Rewrites a path with relative commands, `scale` times as large. The result follows an `M x y`, which is its origin.
pub fn relative(path: &str, scale: f64) -> String {
    let mut out = String::with_capacity(path.len() * 2);
    let mut tokens = Tokens { rest: path };
    let (mut at, mut start, mut command) = ((0.0, 0.0), (0.0, 0.0), 'M');
    while let Some(next) = tokens.command_or(command) {
        command = next;
        let absolute = command.is_ascii_uppercase();
        let kind = command.to_ascii_lowercase();
        let (ox, oy) = if absolute { (0.0, 0.0) } else { at };
        let mut points: Vec<(f64, f64)> = Vec::with_capacity(3);
        let mut arc = String::new();
        let pairs = match kind {
            'c' => 3,
            'q' => 2,
            'm' | 'l' | 'a' => 1,
            _ => 0,
        };
        if kind == 'a' {
            let (rx, ry, turn) = (tokens.number() * scale, tokens.number() * scale, tokens.number());
            let (large, sweep) = (tokens.number(), tokens.number());
            _ = write!(arc, "{rx} {ry} {turn} {large} {sweep} ");
        }
        match kind {
            'h' => points.push((ox + tokens.number(), at.1)),
            'v' => points.push((at.0, oy + tokens.number())),
            _ => points.extend((0..pairs).map(|_| (ox + tokens.number(), oy + tokens.number()))),
        }
        out.push(if matches!(kind, 'h' | 'v') { 'l' } else { kind });
        out.push_str(&arc);
        for (x, y) in &points {
            _ = write!(out, "{} {} ", rounded((x - at.0) * scale), rounded((y - at.1) * scale));
        }
        at = points.last().copied().unwrap_or(start);
        if kind == 'm' {
            start = at;
        }
    }
    out
}

fn rounded(v: f64) -> f64 {
    (v * 100.0).round() / 100.0
}

/// Reads commands and numbers off the front of a path.
struct Tokens<'a> {
    rest: &'a str,
}

impl Tokens<'_> {
    /// The next command, or `last` again if a number follows; `None` at the end.
    fn command_or(&mut self, last: char) -> Option<char> {
        self.rest = self.rest.trim_start_matches([' ', ',']);
        let first = self.rest.chars().next()?;
        if first.is_ascii_alphabetic() {
            self.rest = self.rest.get(1..).unwrap_or_default();
            return Some(first);
        }
        Some(last)
    }

    fn number(&mut self) -> f64 {
        self.rest = self.rest.trim_start_matches([' ', ',']);
        let mut dot = false;
        let end = self.rest.char_indices().find(|&(i, c)| match c {
            '0'..='9' => false,
            '-' => i > 0,
            '.' if !dot => {
                dot = true;
                false
            }
            _ => true,
        });
        let (number, rest) = self.rest.split_at(end.map_or(self.rest.len(), |(i, _)| i.max(1)));
        self.rest = rest;
        number.parse().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::relative;
    use crate::catalog::Kind;
    use crate::picture::icons::icon;

    #[test]
    fn a_path_reads_the_same_from_any_origin() {
        assert_eq!(relative("M3 4H7V9L1 2Z", 1.0), "m3 4 l4 0 l0 5 l-6 -7 z");
        assert_eq!(relative("M1 1 2 2", 2.0), "m2 2 m2 2 ");
        assert_eq!(relative("M12.5 3A2 3 0 1 0 4-1", 0.5), "m6.25 1.5 a1 1.5 0 1 0 -4.25 -2 ");
    }

    #[test]
    fn every_glyph_stays_on_its_square() {
        for kind in Kind::ALL {
            let path = relative(icon(*kind).path, 1.0);
            assert!(path.starts_with('m') && !path.contains("NaN") && !path.contains("inf"), "{kind:?}");
            // The end points of all pieces, followed from the origin.
            let (mut at, mut start) = ((0.0, 0.0), (0.0, 0.0));
            let pieces = path.split_inclusive(|c: char| c.is_ascii_alphabetic()).collect::<Vec<_>>();
            for pair in pieces.windows(2) {
                let letter = pair[0].chars().next_back().unwrap();
                let numbers: Vec<f64> = pair[1]
                    .trim_end_matches(|c: char| c.is_ascii_alphabetic())
                    .split_whitespace()
                    .map(|number| number.parse().unwrap())
                    .collect();
                match numbers.as_slice() {
                    [.., x, y] => at = (at.0 + x, at.1 + y),
                    _ => assert!(numbers.is_empty()),
                }
                match letter {
                    'm' => start = at,
                    'z' => at = start,
                    _ => {}
                }
                assert!((0.0..=24.0).contains(&at.0) && (0.0..=24.0).contains(&at.1), "{kind:?} {at:?} {path}");
            }
        }
    }
}
