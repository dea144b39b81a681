//! What of a lab's start cannot be changed, held against a design.

use super::ready::Ready;
use crate::catalog::Kind;
use crate::catalog::kinds::Vpc;
use crate::design::{Design, Edit, Node};
use crate::id::NodeId;
use crate::id_of;

/// A design with what is locked as the start has it, and what of it was changed all the same.
pub(super) struct Restored {
    /// What is graded: whoever changes the task does not thereby solve it.
    pub design: Design,
    /// What was changed or taken away, by its id in the start.
    pub changed: Vec<NodeId>,
}

/// Puts back what is locked and sets the task, where the design was drawn from the start: the computers and the VPC's blocks. Anything else that is
/// locked may have been broken by a fault, and then it is for the student to mend. What is drawn but never deployed, such as a laptop, no template can
/// carry: where it is missing it is added without a word.
pub(super) fn restore(ready: &Ready, design: &Design) -> Restored {
    let mut restored = Restored { design: design.clone(), changed: Vec::new() };
    let from_start = is_of_start(&ready.start, design);
    for lock in &ready.lab.locked {
        let Ok(id) = lock.node.parse::<NodeId>() else { continue };
        let Some(meant) = ready.start.node(id) else { continue };
        restored.put_back(id, meant, from_start);
    }
    restored
}

/// Whether a design was made by changing the start: most of what stands there is here under the same id. A template numbers everything anew.
fn is_of_start(start: &Design, design: &Design) -> bool {
    let same = |(id, node): &(NodeId, &Node)| design.node(*id).is_some_and(|here| here.kind() == node.kind());
    let (all, kept) = (start.nodes().count(), start.nodes().filter(same).count());
    kept * 2 > all
}

impl Restored {
    fn put_back(&mut self, id: NodeId, meant: &Node, from_start: bool) {
        match self.design.node(id).filter(|node| from_start && node.kind() == meant.kind()) {
            Some(node) if node.body == meant.body => {
                if node.parent != meant.parent {
                    self.changed.push(id);
                }
            }
            Some(_) => {
                self.changed.push(id);
                let task = [id_of!(Vpc.cidr), id_of!(Vpc.secondary_cidrs)];
                let sets_the_task =
                    |id: &str| !meant.body.is_deployed() || meant.kind() == Kind::Vpc && task.contains(&id);
                for field in meant.kind().fields() {
                    if !sets_the_task(field.id) {
                        continue;
                    }
                    let Some(value) = meant.body.value(field.id) else { continue };
                    // What the start says of somebody who is gone stays as it is.
                    self.design.apply(&Edit::Set { id, field: field.id.to_owned(), value }).ok();
                }
            }
            None if self.stands_elsewhere(meant) => {}
            None if meant.body.is_deployed() => self.changed.push(id),
            None => {
                // It is where the start has it, if that id and frame are free, else outside every frame.
                let id = if self.design.node(id).is_some() { self.design.next_id() } else { id };
                let parent = meant.parent.filter(|parent| self.design.node(*parent).is_some());
                let node = Node { parent, ..meant.clone() };
                if self.design.apply(&Edit::Add(id, Box::new(node))).is_err() {
                    let node = Node { parent: None, ..meant.clone() };
                    self.design.apply(&Edit::Add(id, Box::new(node))).ok();
                }
            }
        }
    }

    /// Whether a twin of it is there under another id, as in a template.
    fn stands_elsewhere(&self, meant: &Node) -> bool {
        self.design.nodes().any(|(_, node)| node.kind() == meant.kind() && node.body == meant.body)
    }
}
