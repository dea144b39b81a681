//! What AWS is given where a resource leaves the choice open: the image behind an image, the subnets of a group that names none.

use std::collections::BTreeMap;

use super::Context;
use crate::catalog::data::amis;
use crate::catalog::kinds::{DbSubnetGroup, EcsService, Instance, MachineImage, NetworkMode, Subnet, TaskDefinition};
use crate::id::NodeId;

impl Context<'_> {
    /// The public image that a machine image goes back to, through the instance it was made from.
    pub fn base_image(&self, ami: &str, own: Option<NodeId>) -> Option<&'static amis::Ami> {
        let (mut ami, mut own) = (ami, own);
        // An image of an instance of an image: nobody makes more steps than these, and they may go round.
        for _ in 0..8 {
            let source = own.and_then(|id| self.design.get::<MachineImage>(id)?.instance);
            let Some(instance) = source.and_then(|id| self.design.get::<Instance>(id)) else { break };
            (ami, own) = (&instance.ami, instance.image);
        }
        amis::ami(ami)
    }

    /// The subnets a DB subnet group is deployed with: its own, else one of each zone of its VPC.
    pub fn group_subnets(&self, id: NodeId, group: &DbSubnetGroup) -> Vec<NodeId> {
        if group.subnets.is_empty() { self.one_of_each_zone(id) } else { group.subnets.clone() }
    }

    /// A subnet of each zone of the VPC around a node, a private one where there is one.
    pub fn one_of_each_zone(&self, id: NodeId) -> Vec<NodeId> {
        let Some((vpc, _)) = self.vpc_of(id) else { return Vec::new() };
        let mut zones: BTreeMap<&str, (bool, NodeId)> = BTreeMap::new();
        for (subnet, ..) in self.within::<Subnet>(vpc) {
            let Some(zone) = self.zone_of(subnet) else { continue };
            let found = (self.is_public(subnet), subnet);
            let best = zones.entry(zone).or_insert(found);
            *best = (*best).min(found);
        }
        zones.into_values().map(|(_, subnet)| subnet).collect()
    }

    /// How the tasks of a service are on the network.
    pub fn network_mode(&self, service: &EcsService) -> Option<NetworkMode> {
        self.design.get::<TaskDefinition>(service.task_definition?).map(TaskDefinition::mode)
    }
}
