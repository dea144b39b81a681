//! What a resource refers to and stands in another VPC, in fields that take only their own ([`Meta::same_vpc`]).

use super::Context;
use crate::catalog::kinds::{CloudformationResource, LambdaFunction};
use crate::catalog::{Kind, Meta, Value, Widget};
use crate::design::{Design, Edit};
use crate::id::NodeId;

/// One that a field refers to and should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// Who refers to it.
    pub owner: NodeId,
    /// The field.
    pub field: &'static str,
    /// Its row there; 0 in a field that takes one.
    pub row: usize,
    /// It.
    pub node: NodeId,
    /// The VPC of the owner.
    pub own: NodeId,
    /// The other VPC.
    pub other: NodeId,
}

/// The VPC that a resource's references belong to: the one around it, and of a function, which stands in its region, that of its subnets.
fn home(design: &Design, id: NodeId) -> Option<NodeId> {
    let first = || design.get::<LambdaFunction>(id)?.subnets.first().copied();
    design.ancestor(id, Kind::Vpc).or_else(|| design.ancestor(first()?, Kind::Vpc))
}

/// Whether a resource stands in another VPC than the one that would refer to it. What stands in none is nobody's stranger.
pub fn is_stranger(design: &Design, owner: NodeId, node: NodeId) -> bool {
    other_home(design, owner, node).is_some()
}

fn other_home(design: &Design, owner: NodeId, node: NodeId) -> Option<(NodeId, NodeId)> {
    let (own, other) = (home(design, owner)?, design.ancestor(node, Kind::Vpc)?);
    (own != other && !is_associated(design, node, own)).then_some((own, other))
}

/// Whether a security group is associated with a further VPC, where it may then be used
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html>).
fn is_associated(design: &Design, group: NodeId, vpc: NodeId) -> bool {
    let mut others = design.all::<CloudformationResource>();
    others.any(|(_, _, one)| {
        one.type_name == "AWS::EC2::SecurityGroupVpcAssociation"
            && [group, vpc].iter().all(|id| one.references.contains(id))
    })
}

impl Context<'_> {
    /// The strangers that a field of a resource names, row by row.
    pub fn strangers(&self, owner: NodeId, field: &str) -> Vec<Stranger> {
        let Some(node) = self.design.node(owner) else { return Vec::new() };
        let Some(meta) = node.kind().fields().into_iter().find(|meta| meta.id == field) else { return Vec::new() };
        let value = node.body.value(field).unwrap_or_default();
        let rows = if matches!(value, Value::List(_)) { value.items() } else { std::slice::from_ref(&value) };
        let named = rows
            .iter()
            .enumerate()
            .flat_map(|(row, value)| named(meta, value).into_iter().map(move |node| (row, node)));
        named
            .filter_map(|(row, node)| {
                let (own, other) = other_home(self.design, owner, node)?;
                Some(Stranger { owner, field: meta.id, row, node, own, other })
            })
            .collect()
    }
}

/// What a row of a field names where it takes only its own VPC.
fn named(meta: &Meta, row: &Value) -> Vec<NodeId> {
    let reference = |value: &Value| if let Value::Ref(id) = value { Some(*id) } else { None };
    match (meta.widget, row) {
        (Widget::Table(columns), Value::Record(cells)) => {
            let bound = columns().into_iter().filter(|column| column.same_vpc);
            bound.filter_map(|column| reference(cells.get(column.id)?)).collect()
        }
        _ => reference(row).filter(|_| meta.same_vpc).into_iter().collect(),
    }
}

impl Stranger {
    /// The edit that takes it out of its field.
    pub fn taken_out(&self, design: &Design) -> Edit {
        let kept = match design.node(self.owner).and_then(|node| node.body.value(self.field)) {
            Some(Value::List(rows)) => {
                let others = rows.into_iter().enumerate().filter(|(row, _)| *row != self.row);
                Value::List(others.map(|(_, value)| value).collect())
            }
            _ => Value::None,
        };
        Edit::set(self.owner, self.field, kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{LoadBalancer, SecurityGroup, Subnet, Vpc};
    use crate::id_of;
    use crate::rules::testing::{balanced, two_zones};

    #[test]
    fn fields_that_take_one_vpc_name_strangers_of_others_by_row() {
        let mut sketch = balanced();
        let other = sketch.add("region", "other", Vpc::default());
        let far = sketch.add("other", "far", Subnet::default());
        sketch.refs("alb", "subnets", &["public-a", "far"]);
        let (alb, vpc) = (sketch.id("alb"), sketch.id("vpc"));
        let context = Context::new(sketch.design());
        let found = context.strangers(alb, id_of!(LoadBalancer.subnets));
        assert_eq!(found, [Stranger { owner: alb, field: "subnets", row: 1, node: far, own: vpc, other }]);
        assert_eq!(context.strangers(alb, id_of!(LoadBalancer.security_groups)), []);
        assert_eq!(context.strangers(alb, "no such field"), []);
        let kept = found[0].taken_out(sketch.design());
        sketch.edit(&kept);
        assert_eq!(Context::new(sketch.design()).strangers(alb, id_of!(LoadBalancer.subnets)), []);
    }

    #[test]
    fn a_function_is_at_home_where_its_first_subnet_is() {
        let mut sketch = two_zones();
        sketch.add("region", "other", Vpc::default());
        let far = sketch.add("other", "far-sg", SecurityGroup::default());
        let function = sketch.add("region", "fn", LambdaFunction::default());
        assert!(!is_stranger(sketch.design(), function, far), "without a subnet it is in no VPC");
        sketch.refs("fn", "subnets", &["private-a"]);
        assert!(is_stranger(sketch.design(), function, far));
        assert!(!is_stranger(sketch.design(), function, sketch.id("web-sg")));
    }

    #[test]
    fn only_references_are_bound_to_a_vpc_and_tables_by_their_columns() {
        let mut bound = 0;
        for kind in Kind::ALL {
            let fields = kind.fields().into_iter().copied();
            let columns = |meta: Meta| match meta.widget {
                Widget::Table(columns) => columns().metas,
                _ => vec![meta],
            };
            for meta in fields.flat_map(columns).filter(|meta| meta.same_vpc) {
                assert!(!meta.widget.kinds().is_empty(), "{kind:?} {} refers to nothing", meta.id);
                bound += 1;
            }
        }
        assert!(bound > 20, "{bound}");
    }
}
