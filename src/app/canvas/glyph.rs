//! Glyphs that can stand anywhere without a transform: a path is scaled once and made relative, so that placing it is writing `M x y` in front.
//!
//! A transform on each node would make the browser keep a paint chunk each, which is the cost of large drawings.

use std::fmt::Write;

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
