//! The lines of the drawing: which references are drawn as wires, kept up to date by node.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Kind;
use crate::design::Design;
use crate::id::NodeId;

/// A line between two nodes, drawn for a reference of `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// Whose reference it is; the arrow leaves here.
    pub from: NodeId,
    /// The reference's field.
    pub field: &'static str,
    /// Where the arrow ends.
    pub to: NodeId,
    /// When it is drawn.
    pub class: WireClass,
}

/// When a wire is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WireClass {
    /// Always: the way packets go.
    Always,
    /// Only while one of its ends is selected or pointed at: groups, tables, keys. There are many, and drawing them all hides the rest.
    OnSelect,
}

/// When references of a kind's field are drawn.
pub fn wire_class(from: Kind, field: &str) -> WireClass {
    match (from, field) {
        (Kind::RouteTable, "routes")
        | (Kind::TargetGroup, "targets")
        | (Kind::Listener, "forwards" | "rules")
        | (Kind::RecordSet, "alias" | "elastic_ips")
        | (Kind::LoadBalancer, "elastic_ips")
        | (Kind::ElasticIp, "instance")
        | (Kind::NatGateway, "elastic_ip") => WireClass::Always,
        _ => WireClass::OnSelect,
    }
}

/// All edges, by either end.
#[derive(Clone, Debug, Default)]
pub struct Edges {
    out: BTreeMap<NodeId, Vec<Edge>>,
    into: BTreeMap<NodeId, BTreeSet<Edge>>,
}

impl Edges {
    /// Reads a node's references anew; what came and what went is pushed onto `change`.
    pub fn refresh(&mut self, design: &Design, id: NodeId, change: &mut Change) {
        let new = edges_from(design, id);
        let old = self.out.remove(&id).unwrap_or_default();
        for edge in old.iter().filter(|edge| !new.contains(edge)) {
            if let Some(into) = self.into.get_mut(&edge.to) {
                into.remove(edge);
                if into.is_empty() {
                    self.into.remove(&edge.to);
                }
            }
            change.removed.push(*edge);
        }
        for edge in new.iter().filter(|edge| !old.contains(edge)) {
            self.into.entry(edge.to).or_default().insert(*edge);
            change.added.push(*edge);
        }
        if !new.is_empty() {
            self.out.insert(id, new);
        }
    }

    /// Adds one that no reference says; it stays until its node's references change.
    pub fn add(&mut self, edge: Edge) {
        self.out.entry(edge.from).or_default().push(edge);
        self.into.entry(edge.to).or_default().insert(edge);
    }

    /// The edges at a node, those that leave it first.
    pub fn of(&self, id: NodeId) -> impl Iterator<Item = Edge> {
        let out = self.out.get(&id).into_iter().flatten();
        // A loop is listed once.
        let into = self.into.get(&id).into_iter().flatten().filter(move |edge| edge.from != id);
        out.chain(into).copied()
    }

    /// Every edge.
    pub fn all(&self) -> impl Iterator<Item = Edge> {
        self.out.values().flatten().copied()
    }
}

/// The edges that came and went with an edit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// New edges.
    pub added: Vec<Edge>,
    /// Edges that are no more.
    pub removed: Vec<Edge>,
}

impl Change {
    /// Adds what came after; what came and went again cancels out.
    pub fn merge(&mut self, next: Self) {
        for edge in next.removed {
            if let Some(at) = self.added.iter().position(|other| *other == edge) {
                self.added.swap_remove(at);
            } else {
                self.removed.push(edge);
            }
        }
        for edge in next.added {
            if let Some(at) = self.removed.iter().position(|other| *other == edge) {
                self.removed.swap_remove(at);
            } else {
                self.added.push(edge);
            }
        }
    }
}

fn edges_from(design: &Design, id: NodeId) -> Vec<Edge> {
    let Some(kind) = design.node(id).map(crate::design::Node::kind) else { return Vec::new() };
    let edge = |(field, to)| Edge { from: id, field, to, class: wire_class(kind, field) };
    let mut edges: Vec<_> = design.references(id).into_iter().filter(|(_, to)| *to != id).map(edge).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}
