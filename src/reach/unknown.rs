//! What of a network only a deployment knows: fields of the template it was opened from that come from parameters, and what stands outside it.

use std::collections::BTreeSet;

use crate::catalog::Body;
use crate::catalog::kinds::{
    AutoScalingGroup, CloudformationResource, DbInstance, DbSubnetGroup, EcsService, ElasticIp, Instance,
    LambdaFunction, LaunchTemplate, Listener, LoadBalancer, NetworkAcl, NetworkInterface, PublicIp, RouteTable,
    SecurityGroup, Subnet, TargetGroup, Vpc, VpcEndpoint, VpnConnection,
};
use crate::design::{Design, Origin};
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
    /// What decides whether the account's VPCs are kept from the internet (VPC Block Public Access), which is not judged.
    pub shut_off: Option<NodeId>,
    /// Subnets that give IPv6 addresses, and resources that have some of their own: IPv6 is not judged.
    pub ipv6: BTreeSet<NodeId>,
    /// Target groups of whose targets not all are known.
    pub targets: BTreeSet<NodeId>,
    /// Load balancers of which it is not known what they listen on, or whom they pass it on to.
    pub balancers: BTreeSet<NodeId>,
}

impl Unknown {
    /// Whether everything is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Of a design.
    pub(super) fn of(design: &Design) -> Self {
        let mut unknown = Self { tables: learning(design), ..Self::default() };
        let Some(original) = design.template() else { return unknown };
        let open = |id: NodeId, field: &str| original.is_open(design, id, Some(field));
        let groups = design.all::<SecurityGroup>().map(|(id, ..)| id);
        let filters: Vec<NodeId> = groups.chain(design.all::<NetworkAcl>().map(|(id, ..)| id)).collect();
        unknown.inbound = filters.iter().copied().filter(|id| open(*id, id_of!(SecurityGroup.inbound))).collect();
        unknown.outbound = filters.into_iter().filter(|id| open(*id, id_of!(SecurityGroup.outbound))).collect();
        // The default group of a VPC goes by its id.
        let vpcs = || design.all::<Vpc>().map(|(id, ..)| id);
        unknown.inbound.extend(vpcs().filter(|id| leaves_open(original, *id, id_of!(Vpc.default_inbound))));
        unknown.outbound.extend(vpcs().filter(|id| leaves_open(original, *id, id_of!(Vpc.default_outbound))));
        let tables = design.all::<RouteTable>().map(|(id, ..)| id);
        unknown.tables.extend(tables.filter(|id| open(*id, id_of!(RouteTable.routes))));
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
        unknown.ipv6 = original.with_ipv6().filter(|id| design.node(*id).is_some()).collect();
        let is_shut_off = |of: &CloudformationResource| {
            let said = serde_json::from_str::<serde_json::Value>(of.properties.as_str()).unwrap_or_default();
            let mode = said.get("InternetGatewayBlockMode").and_then(|mode| mode.as_str());
            of.type_name == "AWS::EC2::VPCBlockPublicAccessOptions" && mode != Some("off")
        };
        unknown.shut_off = design.all::<CloudformationResource>().find(|(.., of)| is_shut_off(of)).map(|(id, ..)| id);
        unknown.find_targets(design, &open);
        unknown
    }

    /// Finds the groups with targets that are not known, and the balancers that hang on it.
    fn find_targets(&mut self, design: &Design, open: &dyn Fn(NodeId, &str) -> bool) {
        let all = || design.all::<TargetGroup>().map(|(id, ..)| id);
        let is_open = |id: &NodeId| {
            [id_of!(TargetGroup.targets), id_of!(TargetGroup.target_type)].into_iter().any(|field| open(*id, field))
        };
        self.targets = all().filter(is_open).collect();
        for (id, node) in design.nodes() {
            // Whom it joins, where that is not known, and whether who joins is known.
            let (joined, names_all, is_known): (Vec<NodeId>, bool, bool) = match &node.body {
                Body::AutoScalingGroup(group) => (
                    group.target_groups.clone(),
                    !open(id, id_of!(AutoScalingGroup.target_groups)),
                    !is_somewhere(design, id),
                ),
                Body::EcsService(service) => (
                    service.load_balancers.iter().filter_map(|row| row.target_group).collect(),
                    !open(id, id_of!(EcsService.load_balancers)),
                    !is_somewhere(design, id),
                ),
                _ => continue,
            };
            if !names_all {
                self.targets.extend(all());
            } else if !is_known {
                self.targets.extend(joined);
            }
        }
        for (id, node, listener) in design.all::<Listener>() {
            let Some(balancer) = node.parent else { continue };
            let fields = [id_of!(Listener.port), id_of!(Listener.protocol), id_of!(Listener.forwards)];
            let sends_to_unknown =
                listener.forwards.iter().filter_map(|row| row.target_group).any(|group| self.targets.contains(&group));
            if sends_to_unknown || fields.into_iter().any(|field| open(id, field)) {
                self.balancers.insert(balancer);
            }
        }
    }
}

/// Whether the template leaves a field of a VPC open; of one outside it nothing is known, and its default group is taken to be as AWS makes it.
fn leaves_open(original: &Origin, vpc: NodeId, field: &str) -> bool {
    original.unknown.contains(&(vpc, field.to_owned()))
}

/// Whether it is not known where a resource stands, and so whether it has interfaces at all: a subnet group by parameter, a launch configuration, a
/// number of tasks that only a deployment knows.
pub(super) fn is_somewhere(design: &Design, id: NodeId) -> bool {
    let Some(node) = design.node(id) else { return false };
    let group = |of: &DbInstance| of.subnet_group.and_then(|group| Some((group, design.get::<DbSubnetGroup>(group)?)));
    let (holder, fields): (NodeId, &[&'static str]) = match &node.body {
        Body::AutoScalingGroup(of) if of.desired == 0 => {
            (id, &[id_of!(AutoScalingGroup.desired), id_of!(AutoScalingGroup.min_size)])
        }
        Body::AutoScalingGroup(of) if of.launch_template.is_none() => (id, &[id_of!(AutoScalingGroup.launch_template)]),
        Body::AutoScalingGroup(of) if of.subnets.is_empty() => (id, &[id_of!(AutoScalingGroup.subnets)]),
        Body::EcsService(of) if of.desired_count == 0 => (id, &[id_of!(EcsService.desired_count)]),
        Body::EcsService(of) if of.task_definition.is_none() => (id, &[id_of!(EcsService.task_definition)]),
        Body::EcsService(of) if of.subnets.is_empty() => (id, &[id_of!(EcsService.subnets)]),
        Body::LoadBalancer(of) if of.subnets.is_empty() => (id, &[id_of!(LoadBalancer.subnets)]),
        Body::VpcEndpoint(of) if of.subnets.is_empty() => (id, &[id_of!(VpcEndpoint.subnets)]),
        Body::LambdaFunction(of) if of.subnets.is_empty() => (id, &[id_of!(LambdaFunction.subnets)]),
        Body::DbInstance(of) => match group(of) {
            Some((group, body)) if body.subnets.is_empty() => (group, &[id_of!(DbSubnetGroup.subnets)]),
            Some(_) => return false,
            None => (id, &[id_of!(DbInstance.subnet_group)]),
        },
        Body::ElasticIp(of) if of.instance.is_none() && of.interface.is_none() => (id, &[id_of!(ElasticIp.instance)]),
        _ => return false,
    };
    fields.iter().any(|field| design.is_open(holder, field))
}

/// The tables into which VPN connections write what they learn by BGP. Of an account all of that is described.
fn learning(design: &Design) -> BTreeSet<NodeId> {
    let learns = |gateway: &NodeId| {
        design.all::<VpnConnection>().any(|(_, _, of)| of.vpn_gateway == Some(*gateway) && !of.static_only)
    };
    let open = design
        .all::<RouteTable>()
        .filter(|(_, node, table)| node.origin.is_empty() && table.propagating.iter().any(learns));
    open.map(|(id, ..)| id).collect()
}
