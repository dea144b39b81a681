//! Who belongs with whom, turned round: a resource names what it uses, and rules ask who uses it.
use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::actions::actions;
use crate::catalog::Kind;
use crate::catalog::kinds::{
    AclRule, ActionType, AutoScalingGroup, DbInstance, EcsService, ElasticIp, GroupRule, Instance, LambdaFunction,
    LaunchTemplate, Listener, LoadBalancer, NetworkAcl, NetworkInterface, PublicIp, SecurityGroup, VpcEndpoint,
};
use crate::design::{Design, Node};
use crate::id::NodeId;
use crate::id_of;
use crate::text::{Text, t};

/// References of a design by what they lead to.
#[derive(Clone, Default)]
pub(super) struct Links {
    members: BTreeMap<NodeId, Vec<NodeId>>,
    named_by_rules: BTreeSet<NodeId>,
    listeners: BTreeMap<NodeId, Vec<NodeId>>,
    balancers: BTreeMap<NodeId, BTreeSet<NodeId>>,
    addresses: BTreeMap<NodeId, NodeId>,
    laptop: Option<NodeId>,
    target_groups: BTreeMap<NodeId, Vec<NodeId>>,
    fleets: BTreeMap<NodeId, Vec<NodeId>>,
    /// By target group: the services whose tasks register there.
    services: BTreeMap<NodeId, Vec<NodeId>>,
}

impl Links {
    /// Looks through the design once.
    pub(super) fn new(design: &Design) -> Self {
        let mut links = Self::default();
        for (id, node) in design.nodes() {
            for group in groups_of(node) {
                links.members.entry(*group).or_default().push(id);
            }
            if let Some(group) = node.get::<SecurityGroup>() {
                let named = group.inbound.iter().chain(&group.outbound).filter_map(|rule| rule.group);
                links.named_by_rules.extend(named.filter(|named| *named != id));
            }
            if let Some(address) = node.get::<ElasticIp>() {
                for user in [address.instance, address.interface].into_iter().flatten() {
                    links.addresses.entry(user).or_insert(id);
                }
            }
            if let (Some(listener), Some(balancer)) = (node.get::<Listener>(), node.parent) {
                links.listeners.entry(balancer).or_default().push(id);
                // Forwards of an action that is none are left over and do nothing.
                for action in actions(listener).filter(|action| action.kind == ActionType::Forward) {
                    for group in action.forwards.iter().filter_map(|forward| forward.target_group) {
                        links.balancers.entry(group).or_default().insert(balancer);
                    }
                }
            }
            for row in node.get::<EcsService>().map_or(&[][..], |service| &service.load_balancers) {
                for group in [row.target_group, row.green_group].into_iter().flatten() {
                    links.services.entry(group).or_default().push(id);
                }
            }
            if let (Kind::TargetGroup, Some(vpc)) = (node.kind(), node.parent) {
                links.target_groups.entry(vpc).or_default().push(id);
            }
            for group in node.get::<AutoScalingGroup>().map_or(&[][..], |fleet| &fleet.target_groups) {
                links.fleets.entry(*group).or_default().push(id);
            }
            if node.kind() == Kind::Laptop {
                links.laptop.get_or_insert(id);
            }
        }
        links
    }
}

/// The security groups of whatever has network interfaces.
pub fn groups_of(node: &Node) -> &[NodeId] {
    if let Some(instance) = node.get::<Instance>() {
        if instance.primary_interface.is_none() { &instance.security_groups } else { &[] }
    } else if let Some(template) = node.get::<LaunchTemplate>() {
        &template.security_groups
    } else if let Some(balancer) = node.get::<LoadBalancer>() {
        &balancer.security_groups
    } else if let Some(interface) = node.get::<NetworkInterface>() {
        &interface.security_groups
    } else if let Some(endpoint) = node.get::<VpcEndpoint>() {
        &endpoint.security_groups
    } else if let Some(database) = node.get::<DbInstance>() {
        &database.security_groups
    } else if let Some(service) = node.get::<EcsService>() {
        &service.security_groups
    } else if let Some(function) = node.get::<LambdaFunction>() {
        &function.security_groups
    } else {
        &[]
    }
}

/// A security group's rules by the field that holds them.
pub fn directions(group: &SecurityGroup) -> [(&'static str, &Vec<GroupRule>); 2] {
    [(id_of!(SecurityGroup.inbound), &group.inbound), (id_of!(SecurityGroup.outbound), &group.outbound)]
}

/// The rules of a network ACL by the field that holds them, inbound first.
pub fn acl_directions(acl: &NetworkAcl) -> [(&'static str, &[AclRule]); 2] {
    [(id_of!(NetworkAcl.inbound), &acl.inbound), (id_of!(NetworkAcl.outbound), &acl.outbound)]
}

/// What people call a direction of [`acl_directions`].
pub fn acl_direction(field: &str) -> Text {
    if field == id_of!(NetworkAcl.inbound) { t("인바운드", "inbound") } else { t("아웃바운드", "outbound") }
}

/// The one security group of what runs programs in a VPC: servers, tasks and functions. Nothing where they have several.
pub fn application_group(context: &Context, vpc: NodeId) -> Option<NodeId> {
    let runs = |kind: Kind| matches!(kind, Kind::Instance | Kind::EcsService | Kind::LambdaFunction);
    let nodes = context.design.nodes().filter(|(id, node)| runs(node.kind()) && context.design.is_inside(*id, vpc));
    let groups: BTreeSet<NodeId> = nodes.flat_map(|(_, node)| groups_of(node)).copied().collect();
    groups.first().copied().filter(|_| groups.len() == 1)
}

impl<'a> Context<'a> {
    /// The security groups of an instance: those of its primary interface, where that exists by itself.
    pub fn groups_of_instance(&self, instance: &'a Instance) -> &'a [NodeId] {
        match instance.primary_interface {
            Some(own) => self.design.get::<NetworkInterface>(own).map_or(&[], |own| &own.security_groups),
            None => &instance.security_groups,
        }
    }

    /// The target groups of a VPC.
    pub fn target_groups(&self, vpc: NodeId) -> &[NodeId] {
        self.links.target_groups.get(&vpc).map_or(&[], Vec::as_slice)
    }

    /// The Auto Scaling groups whose instances join a target group.
    pub fn fleets(&self, target_group: NodeId) -> &[NodeId] {
        self.links.fleets.get(&target_group).map_or(&[], Vec::as_slice)
    }

    /// Instances and load balancers that have a security group.
    pub fn members(&self, group: NodeId) -> &[NodeId] {
        self.links.members.get(&group).map_or(&[], Vec::as_slice)
    }

    /// Whether a rule of another group names this one.
    pub fn is_named_by_rules(&self, group: NodeId) -> bool {
        self.links.named_by_rules.contains(&group)
    }

    /// The listeners of a load balancer.
    pub fn listeners(&self, balancer: NodeId) -> impl Iterator<Item = (NodeId, &'a Node, &'a Listener)> {
        let ids = self.links.listeners.get(&balancer).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| {
            let node = self.design.node(*id)?;
            Some((*id, node, node.get::<Listener>()?))
        })
    }

    /// The load balancers whose listeners forward to a target group.
    pub fn balancers(&self, target_group: NodeId) -> impl Iterator<Item = (NodeId, &'a Node, &'a LoadBalancer)> {
        self.links.balancers.get(&target_group).into_iter().flatten().filter_map(|id| {
            let node = self.design.node(*id)?;
            Some((*id, node, node.get::<LoadBalancer>()?))
        })
    }

    /// The services whose tasks register in a target group.
    pub fn services_of(&self, target_group: NodeId) -> &[NodeId] {
        self.links.services.get(&target_group).map_or(&[], Vec::as_slice)
    }

    /// The Elastic IP of an instance or a network interface.
    pub fn elastic_ip_of(&self, user: NodeId) -> Option<NodeId> {
        let own = || self.design.get::<Instance>(user)?.primary_interface;
        self.links.addresses.get(&user).or_else(|| self.links.addresses.get(&own()?)).copied()
    }

    /// Whether an instance gets a public address: at launch, or an Elastic IP.
    pub fn has_public_address(&self, id: NodeId, instance: &Instance) -> bool {
        let at_launch = match instance.public_ip {
            // A subnet gives an interface that exists by itself none.
            _ if instance.primary_interface.is_some() => false,
            PublicIp::Yes => true,
            PublicIp::No => false,
            PublicIp::SubnetDefault => self.subnet_of(id).is_some_and(|(_, subnet)| subnet.auto_assign_public_ip),
        };
        at_launch || self.elastic_ip_of(id).is_some()
    }

    /// The first user's laptop of the drawing, whose address is "my IP".
    pub fn laptop(&self) -> Option<NodeId> {
        self.links.laptop
    }

    /// Names for messages, in order.
    pub fn names(&self, ids: &[NodeId]) -> String {
        ids.iter().map(|id| self.name(*id)).collect::<Vec<_>>().join(", ")
    }
}
