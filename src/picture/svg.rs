//! A picture as an SVG document. It needs nothing beside itself: attributes only, no style, no script, fonts by names that systems have.

use std::fmt::Write;

use super::shape::{Line, Paint, Shape, Words};
use super::{Of, Picture, palette};
use crate::text::Lang;
use crate::text::markup::Escaped;

/// The namespace of what a picture carries inside.
pub const NAMESPACE: &str = "urn:groundplan:design";
/// Families that are on most systems, then any without serifs. Readers outside browsers know no `system-ui`.
const FONTS: &str =
    "Helvetica, Arial, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif";

/// Writes a picture, `scale` times as large; `inside` is kept in it as metadata.
pub fn write(picture: &Picture, scale: f64, inside: Option<&str>) -> String {
    let view = picture.view;
    let mut out = String::with_capacity(picture.parts.len() * 400 + inside.map_or(0, str::len));
    let lang = match picture.lang {
        Lang::Ko => "ko",
        Lang::En => "en",
    };
    _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"{} {} {} {}\" \
         xml:lang=\"{lang}\" font-family=\"{FONTS}\" stroke-linejoin=\"round\" stroke-linecap=\"round\">",
        Number(view.w * scale),
        Number(view.h * scale),
        Number(view.x),
        Number(view.y),
        Number(view.w),
        Number(view.h),
    );
    if !picture.title.is_empty() {
        _ = writeln!(out, "<title>{}</title>", Escaped(&picture.title));
    }
    if let Some(inside) = inside {
        _ = writeln!(out, "<metadata><design xmlns=\"{NAMESPACE}\">{}</design></metadata>", Escaped(inside));
    }
    let paper = Shape::Rect { rect: view, radius: 0.0, paint: Paint::filled(palette::PAPER) };
    shape(&mut out, &paper);
    out.push('\n');
    for part in &picture.parts {
        match part.of {
            Of::Node(id) => _ = write!(out, "<g id=\"{id}\">"),
            Of::Gone(_) => out.push_str("<g opacity=\"0.55\">"),
            Of::Marks(_) | Of::Wire(_) | Of::About => out.push_str("<g>"),
        }
        if !part.says.is_empty() {
            _ = write!(out, "<title>{}</title>", Escaped(&part.says));
        }
        part.shapes.iter().for_each(|one| shape(&mut out, one));
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

fn shape(out: &mut String, shape: &Shape) {
    match shape {
        Shape::Rect { rect, radius, paint } => {
            let (x, y, w, h) = (Number(rect.x), Number(rect.y), Number(rect.w), Number(rect.h));
            _ = write!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"");
            if *radius > 0.0 {
                _ = write!(out, " rx=\"{}\"", Number(*radius));
            }
            painted(out, paint);
            out.push_str("/>");
        }
        Shape::Path { d, paint } => {
            _ = write!(out, "<path d=\"{d}\"");
            painted(out, paint);
            out.push_str("/>");
        }
        Shape::Text(Words { at, words, size, weight, centred, colour }) => {
            _ = write!(out, "<text x=\"{}\" y=\"{}\" font-size=\"{}\"", Number(at.x), Number(at.y), Number(*size));
            if *weight != 400 {
                _ = write!(out, " font-weight=\"{weight}\"");
            }
            if *centred {
                out.push_str(" text-anchor=\"middle\"");
            }
            _ = write!(out, " fill=\"{}\" xml:space=\"preserve\">{}</text>", colour.hex(), Escaped(words));
        }
    }
}

fn painted(out: &mut String, paint: &Paint) {
    match paint.fill {
        None => out.push_str(" fill=\"none\""),
        Some(colour) => {
            _ = write!(out, " fill=\"{}\"", colour.hex());
            if colour.alpha < 1.0 {
                _ = write!(out, " fill-opacity=\"{}\"", colour.alpha);
            }
        }
    }
    if let Some(Line { colour, width, dashes }) = paint.line {
        _ = write!(out, " stroke=\"{}\" stroke-width=\"{}\"", colour.hex(), Number(width));
        if !dashes.is_empty() {
            let dashes: Vec<String> = dashes.iter().map(ToString::to_string).collect();
            _ = write!(out, " stroke-dasharray=\"{}\" stroke-linecap=\"butt\"", dashes.join(" "));
        }
    }
}

/// A number with two decimals at most.
pub(super) struct Number(pub(super) f64);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", (self.0 * 100.0).round() / 100.0 + 0.0)
    }
}
