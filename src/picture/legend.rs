//! Words about a picture: the heading above it, and beneath it what its signs mean. Only what is drawn is explained.

use std::collections::BTreeSet;

use super::icons::{glyph_of, icon};
use super::node::{look_of, sign_at, square, words};
use super::shape::{Shape, Words};
use super::{Asked, Badge, Changed, Marks, Of, Part, TagClass, frames, palette};
use crate::catalog::Kind;
use crate::design::{Design, Point, Rect};
use crate::id::NodeId;
use crate::layout::label::{fitted, width};
use crate::text::{Text, t};

/// Size of the heading's letters.
const HEADING: f64 = 20.0;
/// Side of a square in the legend.
const SIDE: f64 = 20.0;
/// Height of a row.
const ROW: f64 = 28.0;
/// Size of its letters.
const SIZE: f64 = 12.0;
/// Between a sign and its words, and between columns.
const GAP: f64 = 8.0;

/// One line of words in the usual ink.
pub(super) fn line(at: Point, text: &str, size: f64, centred: bool) -> Shape {
    Shape::Text(Words { centred, ..words(at, text.to_owned(), size, palette::INK) })
}

/// The heading above a view, which grows by it.
pub(super) fn heading(title: &str, view: &mut Rect) -> Part {
    let margin = super::MARGIN;
    let fitted = fitted(title, (view.w - 2.0 * margin).max(1.0) / super::shape::BOLD, HEADING);
    *view = Rect::new(view.x, view.y - HEADING - margin, view.w, view.h + HEADING + margin);
    let at = Point::new(view.x + margin, view.y + margin + HEADING);
    let words = Words { weight: 700, ..words(at, fitted, HEADING, palette::INK) };
    Part { of: Of::About, says: title.to_owned(), shapes: vec![Shape::Text(words)] }
}

/// What a sign of the legend is.
enum Sign {
    Kind(Kind, bool),
    Badge(Badge),
    Exposed,
    Changed(Changed),
}

/// The legend beneath a view, which grows by it.
pub(super) fn legend(
    design: &Design,
    drawn: &BTreeSet<NodeId>,
    marks: &Marks,
    asked: &Asked<'_>,
    view: &mut Rect,
) -> Vec<Part> {
    let entries: Vec<(Sign, String)> = entries(design, drawn, marks, asked)
        .into_iter()
        .map(|(sign, says)| (sign, says.get(asked.lang).to_owned()))
        .collect();
    let widest = entries.iter().map(|(_, says)| width(says, SIZE)).fold(0.0, f64::max);
    let (margin, column) = (super::MARGIN, SIDE + GAP + widest + 2.0 * GAP);
    let columns = (((view.w - 2.0 * margin) / column).floor()).max(1.0);
    let top = view.bottom() - margin / 2.0;
    let mut parts = Vec::new();
    let (mut x, mut y) = (0.0, 0.0);
    for (sign, says) in &entries {
        let at = Point::new(view.x + margin + x * column, top + y * ROW);
        let middle = Point::new(at.x + SIDE / 2.0, at.y + SIDE / 2.0);
        let mut shapes = match sign {
            Sign::Kind(kind, public) => {
                let colour = if kind.spec().shape.is_frame() {
                    frames::line(*kind, *public)
                } else {
                    palette::tint(icon(*kind).tint)
                };
                square(at, SIDE, colour, glyph_of(*kind, *public), 1.2)
            }
            Sign::Badge(badge) => badge.around(middle),
            Sign::Exposed => super::Tag::sign(middle),
            Sign::Changed(changed) => {
                let (colour, sign) = look_of(*changed);
                sign_at(middle, colour, sign)
            }
        };
        shapes.push(line(Point::new(at.x + SIDE + GAP, middle.y + 4.0), says, SIZE, false));
        parts.push(Part { of: Of::About, says: says.clone(), shapes });
        x += 1.0;
        if x >= columns {
            (x, y) = (0.0, y + 1.0);
        }
    }
    if !entries.is_empty() {
        let rows = if x > 0.0 { y + 1.0 } else { y };
        view.h += rows * ROW + margin / 2.0;
        view.w = view.w.max(column + 2.0 * margin);
    }
    parts
}

fn entries(design: &Design, drawn: &BTreeSet<NodeId>, marks: &Marks, asked: &Asked<'_>) -> Vec<(Sign, Text)> {
    let mut entries = Vec::new();
    let gone = asked.gone.iter().map(|(_, node, _)| (node.kind(), false));
    let present: BTreeSet<(Kind, bool)> = drawn
        .iter()
        .filter_map(|id| Some((design.node(*id)?.kind(), marks.publics.contains(id))))
        .chain(gone)
        .collect();
    for (kind, public) in present {
        let label = match (kind, public) {
            (Kind::Subnet, true) => t("퍼블릭 서브넷", "Public subnet"),
            (Kind::Subnet, false) => t("프라이빗 서브넷", "Private subnet"),
            _ => kind.spec().label,
        };
        entries.push((Sign::Kind(kind, public), label));
    }
    let on = |id: &&NodeId| drawn.contains(id);
    let badges = || marks.badges.iter().filter(|(id, _)| on(id)).map(|(_, badge)| *badge);
    if badges().any(Badge::is_error) {
        let one = Badge { errors: 1, warnings: 0 };
        entries.push((Sign::Badge(one), t("오류가 몇 건인지", "How many errors")));
    }
    if badges().any(|badge| !badge.is_error()) {
        let one = Badge { errors: 0, warnings: 1 };
        entries.push((Sign::Badge(one), t("경고가 몇 건인지", "How many warnings")));
    }
    if marks.tags.iter().any(|(id, tag)| drawn.contains(id) && tag.class == TagClass::Exposed) {
        entries.push((Sign::Exposed, t("인터넷에 열린 포트", "Ports open to the internet")));
    }
    for (changed, says) in [
        (Changed::Added, t("추가됨", "Added")),
        (Changed::Changed, t("변경됨", "Changed")),
        (Changed::Removed, t("삭제됨", "Removed")),
    ] {
        let any = marks.changes.iter().any(|(id, of)| drawn.contains(id) && *of == changed);
        if any || (changed == Changed::Removed && !asked.gone.is_empty()) {
            entries.push((Sign::Changed(changed), says));
        }
    }
    entries
}
