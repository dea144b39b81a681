//! The retained drawing: one item per node, fed by diffs. What it consists of stands here, what is done with it in the files of this folder.

mod badges;
mod far;
mod layering;
mod lift;
mod names;
mod tags;
mod tree;
mod view;
mod wires;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use groundplan::design::{Node, Point};
use groundplan::id::NodeId;
use groundplan::interact::Camera;
use groundplan::layout::edges::Edge;
use groundplan::layout::lettering::Lettering;
use groundplan::picture::{Badge, Tag};
use web_sys::{Element, HtmlElement, SvgElement};

use super::draw::Pen;
use super::layers::{GroupId, LayerId, Layers, Mode};
use names::Names;

/// A node as it is drawn.
pub struct Item {
    /// The node.
    pub node: Arc<Node>,
    /// What stands in it.
    pub children: Vec<NodeId>,
    /// The layer that its own parts are in.
    pub layer: LayerId,
    /// The group of layers that it heads, if it is too large for one layer.
    pub group: Option<GroupId>,
    /// Its detailed element, once its layer was drawn in detail.
    pub element: Option<Element>,
    /// Where the element was last placed, in its layer.
    pub at: Point,
    /// Inside the element: the wires among what it holds.
    pub wires: Option<Element>,
    /// Inside the element: what was found here.
    pub badge: Option<Element>,
    /// Inside the element: what follows from the design.
    pub tag: Option<Element>,
}

/// The drawing of one design.
pub struct Drawing {
    /// Carries the camera; everything else stands in it.
    pub world: HtmlElement,
    pub(super) pen: Pen,
    pub(super) items: BTreeMap<NodeId, Item>,
    pub(super) layers: Layers,
    pub(super) wires: Wires,
    pub(super) view: View,
    pub(super) lift: Lift,
    pub(super) publics: BTreeSet<NodeId>,
    pub(super) badges: BTreeMap<NodeId, Badge>,
    pub(super) tags: BTreeMap<NodeId, Tag>,
    pub(super) names: Names,
}

/// What is lifted.
#[derive(Default)]
pub struct Lift {
    /// Whether a gesture is under way, so that what moves is lifted rather than written.
    pub on: bool,
    roots: BTreeMap<NodeId, Lifted>,
    sheets: BTreeMap<LayerId, Sheet>,
    wires: Option<SvgElement>,
    taken: BTreeSet<Edge>,
}

struct Lifted {
    /// The frame it stood in.
    parent: Option<NodeId>,
    /// Where it stood.
    start: Point,
    how: How,
}

enum How {
    /// Its layer or group moves.
    Whole(Element),
    /// Its element was put on the sheet of its layer.
    Part(Element),
    /// Its layer shows no details: a far drawing of it is on the sheet.
    StandIn(Element),
}

/// An SVG root above all others for the lifted parts of one layer, with the same coordinates as that layer.
struct Sheet {
    svg: SvgElement,
    base: Point,
    moved: Option<Point>,
}

/// What is looked at.
#[derive(Default)]
pub struct View {
    /// From where.
    pub camera: Camera,
    /// Through a window of this size, in pixels.
    pub size: (f64, f64),
    /// Whether something moves: then nothing new is drawn in detail.
    pub busy: bool,
    /// How many times as large as usual words are to be read: to an audience.
    pub loud: f64,
    /// How large words are to be.
    pub letters: Lettering,
    queue: VecDeque<(LayerId, Mode)>,
    building: Option<Building>,
}

/// A layer whose details are being drawn.
struct Building {
    layer: LayerId,
    near: Element,
    open: Vec<(NodeId, Element)>,
}

/// A wire as it is drawn.
struct Line {
    /// The frame around both ends.
    home: Option<NodeId>,
    /// Its path, where the frame is drawn in detail.
    element: Option<Element>,
    /// Whether it is among the wires that follow a drag.
    away: bool,
}

/// All wires.
#[derive(Default)]
pub struct Wires {
    lines: BTreeMap<Edge, Line>,
    homes: BTreeMap<Option<NodeId>, BTreeSet<Edge>>,
    /// Where the wires between outermost nodes are drawn in detail.
    pub(super) world: Option<Element>,
    /// Wires that come and go with the selection.
    shown: BTreeSet<Edge>,
    /// Nodes that moved since the wires followed.
    pub(super) touched: Vec<NodeId>,
}
