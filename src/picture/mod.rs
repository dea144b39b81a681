//! What a design looks like, as shapes: frames, tiles, glyphs, names, badges, tags and wires, always in light.
//!
//! [`draw`] makes a [`Picture`] of all or of a part of a design; [`svg`] writes one. The canvas of the page takes its measures, glyphs and outlines
//! from here as well, so that what is exported is what was seen. What follows from a design ([`Marks`]) is handed in: no rule and no packet is known here.

pub mod badge;
pub mod drawio;
pub mod frames;
pub mod glyph;
pub mod icons;
mod legend;
mod node;
pub mod palette;
pub mod shape;
pub mod svg;
pub mod tag;
#[cfg(test)]
mod tests;
mod wires;

use std::collections::{BTreeMap, BTreeSet};

pub use badge::Badge;
pub use shape::{Paint, Shape, Words};
pub use tag::{Tag, TagClass};
pub use wires::ways;

use crate::design::{Design, Node, Point, Rect};
use crate::id::NodeId;
use crate::layout::appearance;
use crate::layout::edges::Edge;
use crate::layout::lettering::Lettering;
use crate::text::{Lang, t};

/// Room around what is drawn, in world units.
const MARGIN: f64 = 24.0;
/// What stands on the sheet of an empty design.
const EMPTY: (f64, f64) = (360.0, 96.0);

/// A drawing as shapes, in the order in which they are painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What of the world is on it.
    pub view: Rect,
    /// Its title; may be empty.
    pub title: String,
    /// The language of its words.
    pub lang: Lang,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// Shapes that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What they stand for.
    pub of: Of,
    /// The same in words, whole: what a pointer that rests on it is told.
    pub says: String,
    /// The shapes.
    pub shapes: Vec<Shape>,
}

/// What a part of a picture stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A node: its frame or tile.
    Node(NodeId),
    /// What stands on a node: a badge, a tag, that it changed.
    Marks(NodeId),
    /// A wire.
    Wire(Edge),
    /// A node that is no more, by its id in the design before.
    Gone(NodeId),
    /// Words about the picture: its heading, its legend.
    About,
}

/// What follows from a design and stands on its nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The subnets that are public.
    pub publics: BTreeSet<NodeId>,
    /// What the rules found.
    pub badges: BTreeMap<NodeId, Badge>,
    /// How subnets get out, and what the internet reaches.
    pub tags: BTreeMap<NodeId, Tag>,
    /// What changed, in pictures of a change.
    pub changes: BTreeMap<NodeId, Changed>,
}

impl Marks {
    /// The boxes of what stands on a node, relative to its corner: wires keep clear of them.
    pub fn boxes(&self, id: NodeId, node: &Node) -> Vec<Rect> {
        let badge = self.badges.get(&id).map(|_| badge::bounds(node));
        badge.into_iter().chain(self.tags.get(&id).map(|tag| tag.pill(node, Lettering::READING))).collect()
    }
}

/// What became of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is new.
    Added,
    /// It is another than before.
    Changed,
    /// It is no more.
    Removed,
}

/// Which picture is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The language of its words.
    pub lang: Lang,
    /// Only these nodes with all that is in them; all of the design where none are named.
    pub nodes: &'a [NodeId],
    /// Whether the design's title stands above it.
    pub heading: bool,
    /// Whether what is drawn is explained beneath it.
    pub legend: bool,
    /// Nodes that are no more, with the places of their corners in the world.
    pub gone: &'a [(NodeId, Node, Point)],
}

impl Asked<'_> {
    /// All of a design, without words about it.
    pub const fn all(lang: Lang) -> Self {
        Self { lang, nodes: &[], heading: false, legend: false, gone: &[] }
    }
}

/// Draws a design, wires on the ways that they have by themselves.
pub fn draw(design: &Design, marks: &Marks, asked: &Asked<'_>) -> Picture {
    draw_with(design, marks, asked, &ways(design, marks))
}

/// The same with wires on given ways; a wire that has none is left out.
pub fn draw_with(design: &Design, marks: &Marks, asked: &Asked<'_>, ways: &BTreeMap<Edge, Vec<Point>>) -> Picture {
    let roots = roots(design, asked.nodes);
    let drawn: BTreeSet<NodeId> = roots.iter().flat_map(|id| design.subtree(*id)).collect();
    let mut wires = wires::by_frame(design, &drawn, ways);
    let mut parts = Vec::new();
    parts.extend(wires.remove(&None).into_iter().flatten());
    // What is in a frame comes after the frame, and after the wires within it.
    let mut open: Vec<NodeId> = roots.iter().rev().copied().collect();
    while let Some(id) = open.pop() {
        let (Some(node), Some(rect)) = (design.node(id), design.world_rect(id)) else { continue };
        let (public, at) = (marks.publics.contains(&id), rect.origin());
        parts.push(Part {
            of: Of::Node(id),
            says: node::says(node, asked.lang),
            shapes: node::shapes(node, public, at),
        });
        parts.extend(wires.remove(&Some(id)).into_iter().flatten());
        let own = node::marks(id, node, marks, at);
        if !own.is_empty() {
            parts.push(Part { of: Of::Marks(id), says: String::new(), shapes: own });
        }
        let children: Vec<NodeId> = design.children(Some(id)).collect();
        open.extend(children.into_iter().rev());
    }
    for (id, node, at) in asked.gone {
        let shapes = node::gone(node, *at);
        parts.push(Part { of: Of::Gone(*id), says: node::says(node, asked.lang), shapes });
    }
    let title = design.title().to_owned();
    let mut view = bounds(design, marks, asked, &drawn, &parts, ways);
    if view.is_none() {
        let (w, h) = EMPTY;
        let says = t("아직 아무것도 그리지 않았어요.", "Nothing is drawn yet.").get(asked.lang).to_owned();
        let words = legend::line(Point::new(w / 2.0, h / 2.0), &says, 14.0, true);
        parts.push(Part { of: Of::About, says, shapes: vec![words] });
        view = Some(Rect::new(0.0, 0.0, w, h));
    }
    let mut view = view.unwrap_or_default().inflated(MARGIN);
    view = Rect::between(
        Point::new(view.x.floor(), view.y.floor()),
        Point::new(view.right().ceil(), view.bottom().ceil()),
    );
    if asked.heading && !title.is_empty() {
        parts.push(legend::heading(&title, &mut view));
    }
    if asked.legend {
        parts.extend(legend::legend(design, &drawn, marks, asked, &mut view));
    }
    Picture { view, title, lang: asked.lang, parts }
}

/// The box around all that is drawn.
fn bounds(
    design: &Design,
    marks: &Marks,
    asked: &Asked<'_>,
    drawn: &BTreeSet<NodeId>,
    parts: &[Part],
    ways: &BTreeMap<Edge, Vec<Point>>,
) -> Option<Rect> {
    let around = |node: &Node, at: Point, boxes: Vec<Rect>| {
        let own = Rect::new(0.0, 0.0, node.rect.w, node.rect.h).union(appearance::hull(node));
        boxes.into_iter().fold(own, Rect::union).shifted(at)
    };
    let nodes = drawn.iter().filter_map(|id| {
        let (node, at) = (design.node(*id)?, design.world_rect(*id)?.origin());
        Some(around(node, at, marks.boxes(*id, node)))
    });
    let gone = asked.gone.iter().map(|(_, node, at)| around(node, *at, Vec::new()));
    let wires = parts.iter().filter_map(|part| match part.of {
        Of::Wire(edge) => ways.get(&edge)?.iter().map(|p| Rect::new(p.x, p.y, 0.0, 0.0)).reduce(Rect::union),
        _ => None,
    });
    nodes.chain(gone).chain(wires).reduce(Rect::union)
}

/// The outermost of some nodes, each once; all of a design's where none are named.
fn roots(design: &Design, only: &[NodeId]) -> Vec<NodeId> {
    if only.is_empty() {
        return design.children(None).collect();
    }
    let wanted: BTreeSet<NodeId> = only.iter().copied().filter(|id| design.node(*id).is_some()).collect();
    let covered = |id: NodeId| design.ancestors(id).any(|up| wanted.contains(&up));
    wanted.iter().copied().filter(|id| !covered(*id)).collect()
}
