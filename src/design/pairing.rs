//! Which resource of one design is which of another: two versions of a design, or two pictures of one account.

use std::collections::{BTreeMap, BTreeSet};

use super::{Design, Node};
use crate::catalog::Kind;
use crate::id::NodeId;

/// The resources of `old` that are still there in `new`: the same id of the account, else the same path of names, else the same id in the file.
/// Kinds must agree. What has no partner was removed or added.
pub fn pairing(old: &Design, new: &Design) -> BTreeMap<NodeId, NodeId> {
    let mut pairs = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let mut meet = |pairs: &mut BTreeMap<NodeId, NodeId>, key: &dyn Fn(&Design, NodeId, &Node) -> Option<String>| {
        let mut there: BTreeMap<(Kind, String), NodeId> = BTreeMap::new();
        for (id, node) in new.nodes().filter(|(id, _)| !taken.contains(id)) {
            if let Some(key) = key(new, id, node) {
                there.entry((node.kind(), key)).or_insert(id);
            }
        }
        for (id, node) in old.nodes() {
            if pairs.contains_key(&id) {
                continue;
            }
            if let Some(other) = key(old, id, node).and_then(|key| there.remove(&(node.kind(), key))) {
                pairs.insert(id, other);
                taken.insert(other);
            }
        }
    };
    meet(&mut pairs, &|_, _, node| (!node.origin.is_empty()).then(|| node.origin.clone()));
    meet(&mut pairs, &|design, id, node| {
        let above = design.ancestors(id).filter_map(|up| design.node(up)).map(|up| up.name.as_str());
        // Names hold no control characters, so this one parts them.
        Some(std::iter::once(node.name.as_str()).chain(above).collect::<Vec<_>>().join("\n"))
    });
    meet(&mut pairs, &|_, id, _| Some(id.to_string()));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{Instance, Region, Vpc};
    use crate::design::Edit;
    use crate::rules::testing::two_zones;

    #[test]
    fn a_resource_is_known_by_account_id_then_name_then_file_id() {
        let old = two_zones();
        let mut new = two_zones();
        new.rename("app", "backend");
        let pairs = pairing(old.design(), new.design());
        assert_eq!(pairs.len(), old.design().len());
        assert_eq!(pairs[&old.id("app")], new.id("backend"));
        // Drawn again in another order: names tell.
        let mut other = crate::rules::testing::Named::default();
        other.add("", "elsewhere", Region::default());
        other.add("", "region", Region::default());
        other.add("region", "vpc", Vpc::default());
        let pairs = pairing(old.design(), other.design());
        assert_eq!(pairs[&old.id("vpc")], other.id("vpc"));
        assert!(!pairs.contains_key(&old.id("web")));
        // The account's id beats everything.
        let (mut a, mut b) = (old.design().clone(), old.design().clone());
        let give = |design: &mut Design, name: &str, origin: &str| {
            let parent = Some(old.id("private-a"));
            let body = Instance::default().into();
            let rect = design.free_spot(parent, 10.0, 10.0);
            let node = Node { name: name.to_owned(), parent, rect, body, origin: origin.to_owned() };
            let id = design.next_id();
            design.apply(&Edit::add(id, node)).unwrap();
            id
        };
        let (one, _) = (give(&mut a, "x", "i-1"), give(&mut a, "y", "i-2"));
        let (_, moved) = (give(&mut b, "x", "i-2"), give(&mut b, "y", "i-1"));
        assert_eq!(pairing(&a, &b)[&one], moved);
    }
}
