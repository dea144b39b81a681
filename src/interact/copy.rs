//! Copies of what stands in the drawing, in the same frames, as edits.

use std::collections::{BTreeMap, BTreeSet};

use super::fresh;
use crate::catalog::Body;
use crate::design::{Design, Edit, Node, Point};
use crate::id::NodeId;

/// The edits that copy subtrees, moved by `by`, and the copies' roots. References among what is copied lead to the copies, others stay; names
/// are new, and so are the blocks of subnets.
pub fn edits(design: &Design, roots: &[NodeId], by: Point) -> (Vec<Edit>, Vec<NodeId>) {
    let originals: Vec<NodeId> = roots.iter().flat_map(|root| design.subtree(*root)).collect();
    let ids: BTreeMap<NodeId, NodeId> =
        originals.iter().copied().zip((design.next_id().0..=u32::MAX).map(NodeId)).collect();
    let mut names = Names::new(design);
    let mut adds = Vec::new();
    let mut sets = Vec::new();
    for id in &originals {
        let (Some(node), Some(new)) = (design.node(*id), ids.get(id)) else { continue };
        let root = roots.contains(id);
        let mut body = node.body.clone();
        for field in node.kind().reference_fields() {
            let Some(value) = body.value(field) else { continue };
            // Written once every copy exists: a copy may refer to one that comes later.
            let copied = value.map_refs(&|to| Some(ids.get(&to).copied().unwrap_or(to)));
            if copied != value && body.set(field, &value.map_refs(&|to| (!ids.contains_key(&to)).then_some(to))).is_ok()
            {
                sets.push(Edit::set(*new, field, copied));
            }
        }
        if root && let Body::Subnet(subnet) = &mut body {
            let free = fresh::subnet_cidr(design, node.parent, subnet.cidr.prefix_len());
            subnet.cidr = free.unwrap_or(subnet.cidr);
        }
        let parent =
            if root { node.parent } else { node.parent.map(|parent| ids.get(&parent).copied().unwrap_or(parent)) };
        let rect = if root { node.rect.shifted(by) } else { node.rect };
        adds.push(Edit::add(*new, Node { name: names.next(&node.name), parent, rect, body }));
    }
    adds.extend(sets);
    (adds, roots.iter().filter_map(|root| ids.get(root).copied()).collect())
}

/// Names that nobody has yet: `web` becomes `web-2`, `web-2` becomes `web-3`.
struct Names {
    taken: BTreeSet<String>,
    /// Where to go on counting for a base.
    next: BTreeMap<String, u32>,
}

impl Names {
    fn new(design: &Design) -> Self {
        Self { taken: design.nodes().map(|(_, node)| node.name.clone()).collect(), next: BTreeMap::new() }
    }

    fn next(&mut self, like: &str) -> String {
        let base = match like.rsplit_once('-') {
            Some((base, number))
                if !base.is_empty() && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) =>
            {
                base
            }
            _ => like,
        };
        // Room for the number below the limit of a name.
        let base: String = base.chars().take(crate::design::MAX_NAME - 12).collect();
        let next = self.next.entry(base.clone()).or_insert(2);
        loop {
            let name = format!("{base}-{next}");
            *next = next.saturating_add(1);
            if self.taken.insert(name.clone()) || *next == u32::MAX {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Kind;
    use crate::catalog::kinds::{NatGateway, Subnet};
    use crate::design::broken_invariants;
    use crate::design::build::Sketch;

    #[test]
    fn copies_refer_to_each_other_and_take_new_names_and_blocks() {
        let mut sketch = Sketch::new();
        let vpc = sketch.add(None, "vpc", Kind::Vpc.new_body());
        let table = sketch.add(Some(vpc), "rt", Kind::RouteTable.new_body());
        let subnet = sketch.add(Some(vpc), "web-2", Subnet { route_table: Some(table), ..Subnet::default() });
        let nat = sketch.add(Some(subnet), "nat", NatGateway::default());
        let address = sketch.add(Some(subnet), "eip", Kind::ElasticIp.new_body());
        sketch.set(nat, "elastic_ip", address);
        let mut design = sketch.finish();
        let (edits, roots) = edits(&design, &[subnet], Point::new(0.0, 200.0));
        design.apply_all(&edits).unwrap();
        assert_eq!(broken_invariants(&design), Vec::<String>::new());
        let copy = design.node(roots[0]).unwrap();
        assert_eq!(copy.name, "web-3");
        let body = copy.get::<Subnet>().unwrap();
        assert_eq!((body.cidr.to_string(), body.route_table), ("10.0.1.0/24".to_owned(), Some(table)));
        let inside: Vec<_> = design.children(Some(roots[0])).collect();
        assert_eq!(design.get::<NatGateway>(inside[0]).unwrap().elastic_ip, Some(inside[1]));
    }
}
