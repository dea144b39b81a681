//! Which fields decide a fact: whoever compares two resources looks at both, and where only a deployment knows one of them, nothing can be said.

use super::Context;
use crate::catalog::kinds::{
    CloudformationResource, ElasticIp, Instance, LoadBalancer, RouteTable, SecurityGroup, Subnet, Vpc,
};
use crate::id::NodeId;
use crate::id_of;

/// A field of a resource.
pub type Place = (NodeId, &'static str);

impl Context<'_> {
    /// What decides where a subnet's packets go, and so whether it is public.
    pub fn way_of(&self, subnet: NodeId) -> Vec<Place> {
        let table = self.route_table_of(subnet).map(|(table, _)| (table, id_of!(RouteTable.routes)));
        // Of a VPC outside the template neither the main table nor the gateway is known.
        let vpc = self.vpc_of(subnet).map(|(vpc, _)| (vpc, id_of!(Vpc.cidr)));
        table.into_iter().chain(vpc).chain([(subnet, id_of!(Subnet.route_table))]).collect()
    }

    /// Which VPCs these are: one outside the template may be any.
    pub fn vpcs_of(&self, vpcs: [Option<NodeId>; 2]) -> Vec<Place> {
        vpcs.into_iter().flatten().map(|vpc| (vpc, id_of!(Vpc.cidr))).collect()
    }

    /// What decides whom groups let in.
    pub fn inbound_of(&self, groups: &[NodeId]) -> Vec<Place> {
        groups.iter().map(|group| (*group, id_of!(SecurityGroup.inbound))).collect()
    }

    /// What decides whether an instance gets a public address: its own field, its subnet's default, the Elastic IPs whose user is not known.
    pub fn address_of(&self, instance: NodeId) -> Vec<Place> {
        let subnet = self.subnet_of(instance).map(|(subnet, _)| (subnet, id_of!(Subnet.auto_assign_public_ip)));
        let addresses = self.all::<ElasticIp>().filter(|(_, _, of)| of.instance.is_none_or(|user| user == instance));
        addresses
            .map(|(id, ..)| (id, id_of!(ElasticIp.instance)))
            .chain(subnet)
            .chain([(instance, id_of!(Instance.public_ip))])
            .collect()
    }

    /// What decides whom groups let out.
    pub fn outbound_of(&self, groups: &[NodeId]) -> Vec<Place> {
        groups.iter().map(|group| (*group, id_of!(SecurityGroup.outbound))).collect()
    }

    /// What decides from where a load balancer's nodes send.
    pub fn nodes_of(&self, id: NodeId, balancer: &LoadBalancer) -> Vec<Place> {
        let subnets = balancer.subnets.iter().map(|subnet| (*subnet, id_of!(Subnet.cidr)));
        subnets
            .chain([
                (id, id_of!(LoadBalancer.subnets)),
                (id, id_of!(LoadBalancer.security_groups)),
                (id, id_of!(LoadBalancer.balancer_type)),
                (id, id_of!(LoadBalancer.scheme)),
            ])
            .collect()
    }

    /// Whether a resource may be in use where no field of a drawn one says so: something of the template that is no kind of ours names it, it is
    /// handed to other stacks, or a field that could name it is known to a deployment alone.
    pub fn may_be_used(&self, id: NodeId) -> bool {
        if self.all::<CloudformationResource>().any(|(_, _, other)| other.references.contains(&id)) {
            return true;
        }
        let Some(original) = self.design.template() else { return false };
        let Some(kind) = self.design.node(id).map(crate::design::Node::kind) else { return false };
        original.is_named_beside(self.design, id) || original.is_perhaps_named(self.design, kind)
    }
}
