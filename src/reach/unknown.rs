//! What of a network only a deployment knows: fields of the template it was opened from that come from parameters, and what stands outside it.

use std::collections::BTreeSet;

use crate::catalog::Body;
use crate::catalog::kinds::{
    DbInstance, EcsService, Instance, LambdaFunction, LaunchTemplate, LoadBalancer, NetworkAcl, NetworkInterface,
    PublicIp, RouteTable, SecurityGroup, Subnet, VpcEndpoint,
};
use crate::design::Design;
use crate::id::NodeId;
use crate::id_of;

/// What of a network only a deployment knows. Where nothing is said, the design says it all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknown {
    /// Groups and ACLs with inbound rules that are not known.
    pub inbound: BTreeSet<NodeId>,
    /// Groups and ACLs with outbound rules that are not known.
    pub outbound: BTreeSet<NodeId>,
    /// Tables with routes that are not known.
    pub tables: BTreeSet<NodeId>,
    /// Subnets that stand outside the template, with the table they follow.
    pub subnets: BTreeSet<NodeId>,
    /// Resources of which it is not known whether they get a public address.
    pub public: BTreeSet<NodeId>,
    /// Resources with groups that are not known.
    pub members: BTreeSet<NodeId>,
}

impl Unknown {
    /// Whether everything is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Of a design.
    pub(super) fn of(design: &Design) -> Self {
        let mut unknown = Self::default();
        let Some(original) = design.template() else { return unknown };
        let open = |id: NodeId, field: &str| original.is_open(design, id, Some(field));
        let groups = design.all::<SecurityGroup>().map(|(id, ..)| id);
        let filters: Vec<NodeId> = groups.chain(design.all::<NetworkAcl>().map(|(id, ..)| id)).collect();
        unknown.inbound = filters.iter().copied().filter(|id| open(*id, id_of!(SecurityGroup.inbound))).collect();
        unknown.outbound = filters.into_iter().filter(|id| open(*id, id_of!(SecurityGroup.outbound))).collect();
        unknown.tables =
            design.all::<RouteTable>().map(|(id, ..)| id).filter(|id| open(*id, id_of!(RouteTable.routes))).collect();
        let subnets = design.all::<Subnet>().map(|(id, ..)| id);
        unknown.subnets =
            subnets.filter(|id| !original.is_default(*id) && open(*id, id_of!(Subnet.route_table))).collect();
        for (id, node, instance) in design.all::<Instance>() {
            let by_subnet = instance.public_ip == PublicIp::SubnetDefault
                && node.parent.is_some_and(|subnet| {
                    !original.is_default(subnet) && open(subnet, id_of!(Subnet.auto_assign_public_ip))
                });
            if by_subnet || open(id, id_of!(Instance.public_ip)) {
                unknown.public.insert(id);
            }
            let of_own = |own: NodeId| open(own, id_of!(NetworkInterface.security_groups));
            if open(id, id_of!(Instance.security_groups)) || instance.primary_interface.is_some_and(of_own) {
                unknown.members.insert(id);
            }
        }
        let subnets_open = |subnets: &[NodeId]| {
            let is_open = |id: &NodeId| !original.is_default(*id) && open(*id, id_of!(Subnet.auto_assign_public_ip));
            subnets.iter().any(is_open)
        };
        for (id, node) in design.nodes() {
            // Whether its groups, and whether its public address, only a deployment knows.
            let (groups, public) = match &node.body {
                Body::NetworkInterface(_) => (open(id, id_of!(NetworkInterface.security_groups)), false),
                Body::LoadBalancer(_) => {
                    (open(id, id_of!(LoadBalancer.security_groups)), open(id, id_of!(LoadBalancer.scheme)))
                }
                Body::EcsService(_) => {
                    (open(id, id_of!(EcsService.security_groups)), open(id, id_of!(EcsService.assign_public_ip)))
                }
                Body::DbInstance(_) => {
                    (open(id, id_of!(DbInstance.security_groups)), open(id, id_of!(DbInstance.public)))
                }
                Body::LambdaFunction(_) => (open(id, id_of!(LambdaFunction.security_groups)), false),
                Body::VpcEndpoint(_) => (open(id, id_of!(VpcEndpoint.security_groups)), false),
                Body::AutoScalingGroup(group) => {
                    let plan = group.launch_template.and_then(|plan| Some((plan, design.get::<LaunchTemplate>(plan)?)));
                    plan.map_or((false, false), |(plan, of)| {
                        let by_subnet = of.public_ip == PublicIp::SubnetDefault && subnets_open(&group.subnets);
                        let public = by_subnet || open(plan, id_of!(LaunchTemplate.public_ip));
                        (open(plan, id_of!(LaunchTemplate.security_groups)), public)
                    })
                }
                _ => (false, false),
            };
            unknown.members.extend(Some(id).filter(|_| groups));
            unknown.public.extend(Some(id).filter(|_| public));
        }
        unknown
    }
}
