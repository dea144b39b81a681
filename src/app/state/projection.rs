//! The document as signals, one set for each node, brought up to every diff.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use groundplan::design::{Design, Diff, Node};
use groundplan::id::NodeId;
use groundplan::rules::Severity;
use leptos::prelude::*;

/// What views of one node listen to.
#[derive(Clone)]
pub struct NodeView {
    /// The node.
    pub node: ArcRwSignal<Arc<Node>>,
    /// What stands directly inside.
    pub children: ArcRwSignal<Vec<NodeId>>,
    /// Whether it is selected.
    pub selected: ArcRwSignal<bool>,
    /// The worst that was found about it.
    pub worst: ArcRwSignal<Option<Severity>>,
}

/// The signals of all nodes.
#[derive(Clone, Default)]
pub struct Projection(BTreeMap<NodeId, NodeView>);

/// Signals that are to be set, once nobody holds what their listeners read.
#[derive(Default)]
pub struct Told {
    nodes: Vec<(ArcRwSignal<Arc<Node>>, Arc<Node>)>,
    children: Vec<(ArcRwSignal<Vec<NodeId>>, Vec<NodeId>)>,
    /// Whether others stand on the bare canvas now.
    pub roots: bool,
}

impl Told {
    /// Sets them.
    pub fn set(self) {
        self.nodes.into_iter().for_each(|(signal, node)| signal.set(node));
        self.children.into_iter().for_each(|(signal, children)| signal.set(children));
    }
}

impl Projection {
    /// The signals of a node.
    pub fn get(&self, id: NodeId) -> Option<NodeView> {
        self.0.get(&id).cloned()
    }

    /// Makes and forgets signals, and tells which of the others are to be set.
    pub fn follow(&mut self, design: &Design, diff: &Diff) -> Told {
        let mut told = Told::default();
        let mut frames: BTreeSet<Option<NodeId>> = BTreeSet::new();
        for (id, node) in &diff.removed {
            self.0.remove(id);
            frames.insert(node.parent);
        }
        for (id, node) in &diff.added {
            let view = NodeView {
                node: ArcRwSignal::new(node.clone()),
                children: ArcRwSignal::new(design.children(Some(*id)).collect()),
                selected: ArcRwSignal::new(false),
                worst: ArcRwSignal::new(None),
            };
            self.0.insert(*id, view);
            frames.insert(node.parent);
        }
        for (id, (old, new)) in &diff.updated {
            if let Some(view) = self.0.get(id) {
                told.nodes.push((view.node.clone(), new.clone()));
            }
            if old.parent != new.parent {
                frames.extend([old.parent, new.parent]);
            }
        }
        told.roots = frames.remove(&None);
        for frame in frames.into_iter().flatten() {
            // A frame that went has nothing to hear.
            if let Some(view) = self.0.get(&frame) {
                told.children.push((view.children.clone(), design.children(Some(frame)).collect()));
            }
        }
        told
    }

    /// Says what was found about each node.
    pub fn set_worst(&self, worst: &BTreeMap<NodeId, Severity>) {
        for (id, view) in &self.0 {
            let now = worst.get(id).copied();
            if view.worst.get_untracked() != now {
                view.worst.set(now);
            }
        }
    }
}
