//! An instance that the internet is meant to reach needs a public address.
use std::collections::BTreeSet;

use crate::catalog::kinds::{
    CloudformationResource, GroupRule, Instance, SecurityGroup, TargetGroup, TransitGatewayAttachment, Vpc, VpcPeering,
    VpnGateway,
};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::net::Cidr;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "public-instance-without-address",
    severity: Severity::Warning,
    title: t("인터넷에서 닿지 않는 인스턴스", "Instance that the internet does not reach"),
    why: t(
        "보안 그룹이 인터넷을 허용해도, 퍼블릭 서브넷에 있고 퍼블릭 IP가 있어야 인터넷에서 닿아요.",
        "However open its groups are, the internet reaches an instance only in a public subnet and by a public address.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-igw-internet-access.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let registered = context.all::<TargetGroup>().flat_map(|(_, _, group)| &group.targets);
    let targets: BTreeSet<NodeId> = registered.filter_map(|target| target.instance).collect();
    for (id, node, instance) in context.all::<Instance>() {
        // A target is reached through its load balancer.
        if targets.contains(&id) || context.has_public_address(id, instance) || context.may_be_used(id) {
            continue;
        }
        let (Some((subnet, _)), Some((vpc_id, vpc))) = (context.subnet_of(id), context.vpc_of(id)) else { continue };
        let groups = context.groups_of_instance(instance);
        let mut bodies = groups.iter().filter_map(|group| Some((*group, context.design.get::<SecurityGroup>(*group)?)));
        if !context.is_public(subnet) {
            cut_off(context, report, (id, &node.name, instance), (subnet, vpc_id, vpc));
            continue;
        }
        let open = |group: &SecurityGroup| group.inbound.iter().any(|rule| is_for_the_internet(rule, vpc));
        let Some((group, _)) = bodies.find(|(_, group)| open(group)) else { continue };
        let places = context.way_of(subnet).into_iter().chain(context.address_of(id));
        let (name, subnet, group) = (&node.name, context.name(subnet), context.name(group));
        report
            .note(
                id,
                message!(
                    "퍼블릭 서브넷 {subnet}의 인스턴스 {name}은(는) 보안 그룹 {group}이(가) 인터넷을 허용하지만 퍼블릭 IP가 없어요. 인터넷에서 접속하려면 퍼블릭 IP를 할당하세요.",
                    "Instance {name} in public subnet {subnet} is open to the internet by security group {group} but has no public address. Assign one if it is to be reached."
                ),
            )
            .field(id_of!(Instance.public_ip))
                .given_all(places)
            .fix(message!("퍼블릭 IP 할당하기", "Assign a public address"), vec![Edit::set(id, id_of!(Instance.public_ip), "yes")]);
    }
}

/// Tells of an instance in a private subnet whose group was written for somebody on the internet, as a bastion's is: nobody gets there.
fn cut_off(
    context: &Context,
    report: &mut Report,
    (id, name, instance): (NodeId, &str, &Instance),
    (subnet, vpc_id, vpc): (NodeId, NodeId, &Vpc),
) {
    let leads_elsewhere = context.has_route_to_gateway(subnet) || joins_others(context, vpc_id);
    let groups = context.groups_of_instance(instance);
    // A rule for everybody is often no more than broad, and a group that others have too is there for them.
    let is_itself = |member: &NodeId| *member == id || instance.primary_interface == Some(*member);
    let is_own = |group: &NodeId| !context.may_be_used(*group) && context.members(*group).iter().all(is_itself);
    let narrow = |rule: &&GroupRule| is_for_the_internet(rule, vpc) && !rule.cidr.is_some_and(|cidr| cidr.is_any());
    let found = groups.iter().filter(|group| is_own(group)).find_map(|group| {
        let rule = context.design.get::<SecurityGroup>(*group)?.inbound.iter().find(narrow)?;
        Some((context.name(*group), rule.cidr?))
    });
    let Some((group, block)) = found.filter(|_| !leads_elsewhere) else { return };
    let subnet_name = context.name(subnet);
    report
        .note(
            id,
            message!(
                "인스턴스 {name}의 보안 그룹 {group}은(는) {block}을(를) 허용하지만, 프라이빗 서브넷 {subnet_name}에는 인터넷에서 닿을 수 없어요. 접속하려면 퍼블릭 서브넷에 두고 퍼블릭 IP를 할당하거나 Session Manager를 쓰세요.",
                "Security group {group} of instance {name} admits {block}, but nobody on the internet gets into private subnet {subnet_name}. Stand it in a public subnet with a public address, or sign in by Session Manager."
            ),
        )
        .field(id_of!(Instance.security_groups))
        .given_all(context.way_of(subnet))
        .given_all(context.address_of(id))
        .given_all(context.inbound_of(groups));
}

/// Whether public addresses may be met in a VPC otherwise than from the internet: beyond a VPN, a peering connection or a transit gateway, or by an
/// EC2 Instance Connect endpoint, which may keep its clients' addresses.
fn joins_others(context: &Context, vpc: NodeId) -> bool {
    let by_link = context.all::<VpcPeering>().any(|(_, _, link)| [link.requester, link.accepter].contains(&Some(vpc)));
    let by_gateway = context.within::<VpnGateway>(vpc).next().is_some()
        || context.within::<TransitGatewayAttachment>(vpc).next().is_some();
    let by_endpoint = context.all::<CloudformationResource>().any(|(_, _, one)| {
        one.type_name.starts_with("AWS::EC2::InstanceConnectEndpoint") || one.type_name.contains("ClientVpn")
    });
    by_link || by_gateway || by_endpoint
}

/// Whether a rule admits public addresses: everybody's, or somebody's own, as a bastion does.
fn is_for_the_internet(rule: &GroupRule, vpc: &Vpc) -> bool {
    let is_near = |block: &Cidr| block.is_private() || vpc.cidrs().any(|own| own.overlaps(block));
    rule.cidr.is_some_and(|cidr| cidr.is_any() || cidr.v4().is_some_and(|block| !is_near(&block)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::rules::testing::{fires, found_in, quiet, two_zones};

    #[test]
    fn fires_on_an_open_instance_without_one() {
        let mut sketch = two_zones();
        sketch.set("web", "public_ip", "no");
        fires(&RULE, &sketch, &["web"]);
    }

    #[test]
    fn fires_on_a_bastion_for_one_address() {
        let mut sketch = two_zones();
        sketch.set("web", "public_ip", "no");
        let rule = |cidr: &str| GroupRule::tcp(22, cidr.parse().unwrap());
        sketch.rows("web-sg", "inbound", &[rule("198.51.100.7/32")]);
        fires(&RULE, &sketch, &["web"]);
        sketch.rows("web-sg", "inbound", &[rule("10.0.3.0/24"), rule("192.168.0.0/16")]);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_with_one_and_in_a_private_subnet() {
        quiet(&RULE, &two_zones());
    }

    #[test]
    fn fires_on_a_bastion_in_a_private_subnet() {
        let bastion = |cidr: &str, more: &str| {
            let resources = format!(
                "  Net: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Room: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.1.0/24, AvailabilityZone: ap-northeast-2a}}}}
  Sg: {{Type: 'AWS::EC2::SecurityGroup', Properties: {{GroupDescription: b, VpcId: !Ref Net, SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: {cidr}}}]}}}}
  Bastion: {{Type: 'AWS::EC2::Instance', Properties: {{ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, SecurityGroupIds: [!Ref Sg]}}}}
{more}"
            );
            found_in(&RULE, &resources)
        };
        assert_eq!(bastion("203.0.113.10/32", ""), ["Bastion"]);
        for broad in ["0.0.0.0/0", "10.0.0.0/16", "192.168.0.0/16"] {
            assert_eq!(bastion(broad, ""), Vec::<String>::new(), "{broad}");
        }
        for other in [
            "  Vpn: {Type: 'AWS::EC2::VPNGateway', Properties: {Type: ipsec.1}}\n  On: {Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {VpcId: !Ref Net, VpnGatewayId: !Ref Vpn}}\n",
            "  Door: {Type: 'AWS::EC2::InstanceConnectEndpoint', Properties: {SubnetId: !Ref Room, PreserveClientIp: true}}\n",
            "  Twin: {Type: 'AWS::EC2::Instance', Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, SecurityGroupIds: [!Ref Sg]}}\n",
            "  Lb: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {Subnets: [!Ref Room], SecurityGroups: [!Ref Sg]}}\n",
            "  Group: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {VpcId: !Ref Net, Port: 22, Protocol: TCP, Targets: [{Id: !Ref Bastion}]}}\n",
        ] {
            assert_eq!(bastion("203.0.113.10/32", other), Vec::<String>::new(), "{other}");
        }
    }
}
