//! What differs between two designs, resource by resource: which came, which went, and which fields of the others changed.

use std::collections::BTreeMap;

use super::{Design, Node};
use crate::catalog::Value;
use crate::design::logical_ids;
use crate::id::NodeId;
use crate::text::Text;

/// The difference between an old and a new design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// In the new one alone, by its ids.
    pub added: Vec<NodeId>,
    /// In the old one alone, by its ids.
    pub removed: Vec<NodeId>,
    /// In both, and not the same.
    pub changed: Vec<Changed>,
}

/// A resource that is in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// In the old design.
    pub old: NodeId,
    /// In the new design.
    pub new: NodeId,
    /// Its name, before and after, if that changed.
    pub name: Option<(String, String)>,
    /// The frame it stands in, before and after, if that changed.
    pub parent: Option<(Option<NodeId>, Option<NodeId>)>,
    /// The fields that changed, with their values before and after.
    pub fields: Vec<FieldChange>,
}

/// A field that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The field's id.
    pub id: &'static str,
    /// What the form calls it.
    pub label: Text,
    /// Its value in the old design.
    pub old: Value,
    /// Its value in the new design.
    pub new: Value,
}

/// Compares two designs. The same resource is known by its id in the account or in the template, else by its name and kind; `by_id` says that both
/// are versions of one document, so that ids tell. Where things stand on the canvas does not count.
pub fn compare(old: &Design, new: &Design, by_id: bool) -> Comparison {
    let to_new = matched(old, new, by_id);
    let to_old: BTreeMap<NodeId, NodeId> = to_new.iter().map(|(old, new)| (*new, *old)).collect();
    let mut found = Comparison {
        added: new.nodes().map(|(id, _)| id).filter(|id| !to_old.contains_key(id)).collect(),
        removed: old.nodes().map(|(id, _)| id).filter(|id| !to_new.contains_key(id)).collect(),
        changed: Vec::new(),
    };
    for (old_id, before) in old.nodes() {
        let Some(new_id) = to_new.get(&old_id).copied() else { continue };
        let Some(after) = new.node(new_id) else { continue };
        let fields = fields(before, after, &to_new);
        let name = (before.name != after.name).then(|| (before.name.clone(), after.name.clone()));
        let moved = before.parent.and_then(|up| to_new.get(&up).copied()) != after.parent;
        let parent = moved.then_some((before.parent, after.parent));
        if name.is_some() || parent.is_some() || !fields.is_empty() {
            found.changed.push(Changed { old: old_id, new: new_id, name, parent, fields });
        }
    }
    found
}

/// The fields whose values differ, once references are followed to the new design.
fn fields(before: &Node, after: &Node, to_new: &BTreeMap<NodeId, NodeId>) -> Vec<FieldChange> {
    // What has no counterpart must not look like another of the same number.
    let nobody = NodeId(u32::MAX);
    let mut fields = Vec::new();
    for meta in before.kind().fields() {
        let (old, new) =
            (before.body.value(meta.id).unwrap_or_default(), after.body.value(meta.id).unwrap_or_default());
        if old.map_refs(&|to| Some(to_new.get(&to).copied().unwrap_or(nobody))) != new {
            fields.push(FieldChange { id: meta.id, label: meta.label, old, new });
        }
    }
    fields
}

/// Which node of the new design each old one is; those without a partner were removed.
pub fn matched(old: &Design, new: &Design, by_id: bool) -> BTreeMap<NodeId, NodeId> {
    let same_kind = |a: NodeId, b: NodeId| old.node(a).map(Node::kind) == new.node(b).map(Node::kind);
    if by_id {
        return old
            .nodes()
            .map(|(id, _)| (id, id))
            .filter(|(a, b)| new.node(*b).is_some() && same_kind(*a, *b))
            .collect();
    }
    let (old_names, new_names) = (names(old), names(new));
    let by_name: BTreeMap<&str, NodeId> = new_names.iter().map(|(id, name)| (name.as_str(), *id)).collect();
    let pair = |(id, name): (&NodeId, &String)| Some((*id, *by_name.get(name.as_str())?));
    old_names.iter().filter_map(pair).filter(|(a, b)| same_kind(*a, *b)).collect()
}

/// What tells resources apart: the account's id, else the template's.
fn names(design: &Design) -> BTreeMap<NodeId, String> {
    let mut names = logical_ids(design);
    for (id, node) in design.nodes().filter(|(_, node)| !node.origin.is_empty()) {
        names.insert(id, node.origin.clone());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{Instance, Subnet};
    use crate::design::Edit;
    use crate::samples;

    #[test]
    fn versions_of_a_document_differ_by_what_was_edited() {
        let old = samples::two_az_vpc();
        assert_eq!(compare(&old, &old, true), Comparison::default());
        let (server, ..) = old.all::<Instance>().next().unwrap();
        let (subnet, node, _) = old.all::<Subnet>().next().unwrap();
        let name = node.name.clone();
        let mut new = old.clone();
        new.apply_all(&[
            Edit::Remove(server),
            Edit::set(subnet, "auto_assign_public_ip", true),
            Edit::Rename { id: subnet, name: "other".to_owned() },
        ])
        .unwrap();
        let found = compare(&old, &new, true);
        assert_eq!((found.added.as_slice(), found.removed.as_slice()), (&[][..], &[server][..]));
        let changed = found.changed.iter().find(|changed| changed.old == subnet).unwrap();
        assert_eq!(changed.name, Some((name, "other".to_owned())));
        assert_eq!(changed.fields.iter().map(|field| field.id).collect::<Vec<_>>(), ["auto_assign_public_ip"]);
    }

    #[test]
    fn other_documents_are_compared_by_what_resources_are_called() {
        let template = |cidr: &str, more: &str| {
            let text = format!(
                "Resources:\n{more}  Net: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: {cidr}}}}}\n  Group: {{Type: 'AWS::EC2::SecurityGroup', Properties: {{VpcId: !Ref Net, GroupDescription: x}}}}\n"
            );
            crate::file::read(&text).unwrap().design
        };
        let (old, new) = (template("10.0.0.0/16", ""), template("10.1.0.0/16", "  First: {Type: 'AWS::SNS::Topic'}\n"));
        let found = compare(&old, &new, false);
        assert_eq!(new.node(found.added[0]).unwrap().name, "First");
        assert!(found.removed.is_empty());
        let fields: Vec<&str> =
            found.changed.iter().flat_map(|changed| &changed.fields).map(|field| field.id).collect();
        assert_eq!(fields, ["cidr"]);
    }
}
