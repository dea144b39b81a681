//! A security group belongs to one VPC.
use crate::catalog::kinds::{
    AutoScalingGroup, LaunchTemplate, LoadBalancer, SecurityGroup, Subnet, TransitGateway, TransitGatewayAttachment,
    VpcPeering,
};
use crate::catalog::{Kind, Value};
use crate::design::{Edit, Node};
use crate::facts::links::directions;
use crate::facts::{Context, is_stranger};
use crate::fixes::rows::without;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "security-group-of-other-vpc",
    severity: Severity::Error,
    title: t("다른 VPC의 보안 그룹", "Security group of another VPC"),
    why: t(
        "보안 그룹은 자기 VPC 안의 인터페이스에만 붙고, 피어링 연결이 없으면 다른 VPC의 보안 그룹을 참조할 수 없어요.",
        "A group goes only onto interfaces of its own VPC, and rules cannot name a group of another VPC without peering.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node) in context.design.nodes().filter(|(_, node)| has_interfaces(node.kind())) {
        members(context, report, id, node);
    }
    for (_, fleet, group) in context.all::<AutoScalingGroup>() {
        launched(context, report, &fleet.name, group);
    }
    for (id, node, group) in context.all::<SecurityGroup>() {
        let vpc = context.vpc_of(id).map(|(vpc, _)| vpc);
        for (field, rules) in directions(group) {
            for (row, rule) in rules.iter().enumerate() {
                let Some(peer) = rule.group else { continue };
                let Some((other, _)) = context.vpc_of(peer).filter(|(other, _)| Some(*other) != vpc) else { continue };
                let inbound = field == id_of!(SecurityGroup.inbound);
                if vpc
                    .is_some_and(|vpc| are_peered(context, vpc, other) || (inbound && share_a_hub(context, vpc, other)))
                {
                    continue;
                }
                let vpcs = context.vpcs_of([vpc, Some(other)]);
                let (name, peer, other, number) = (&node.name, context.name(peer), context.name(other), row + 1);
                report
                    .note(
                        id,
                        message!(
                            "보안 그룹 {name}의 {number}번째 규칙이 다른 VPC {other}의 보안 그룹 {peer}을(를) 참조해요. CIDR이나 같은 VPC의 보안 그룹으로 바꾸세요.",
                            "Rule {number} of security group {name} names security group {peer} of another VPC, {other}. Use a CIDR block or a group of the same VPC."
                        ),
                    )
                    .field(field)
                    .row(row)
                    .given_all(vpcs)
                    .fix(message!("이 규칙 지우기", "Delete this rule"), vec![Edit::set(id, field, without(rules, row))]);
            }
        }
    }
}

/// Whether rules of one VPC see the members of the other's groups: an accepted peering joins them in one region.
fn are_peered(context: &Context, vpc: NodeId, other: NodeId) -> bool {
    let joins = |peering: &VpcPeering| peering.accepted && peering.other(vpc) == Some(other);
    context.region_of(vpc) == context.region_of(other)
        && context.all::<VpcPeering>().any(|(_, _, peering)| joins(peering))
}

/// Whether inbound rules of one VPC see the members of the other's groups across a transit gateway: it and both attachments let them be named.
fn share_a_hub(context: &Context, vpc: NodeId, other: NodeId) -> bool {
    context.all::<TransitGateway>().filter(|(_, _, of)| of.group_referencing.is_on()).any(|(gateway, ..)| {
        [vpc, other].into_iter().all(|vpc| {
            let attachment = context.attachment_between(vpc, gateway);
            let of = attachment.and_then(|id| context.design.get::<TransitGatewayAttachment>(id));
            of.is_some_and(|of| of.group_referencing.is_on())
        })
    })
}

/// Whether it has network interfaces in the VPC that it stands in; a service has a rule of its own.
const fn has_interfaces(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Instance
            | Kind::LoadBalancer
            | Kind::NetworkInterface
            | Kind::VpcEndpoint
            | Kind::DbInstance
            | Kind::LambdaFunction
    )
}

/// The groups of a launch template are of the VPC that its instances are launched into.
fn launched(context: &Context, report: &mut Report, fleet: &str, group: &AutoScalingGroup) {
    let Some((template, body)) =
        group.launch_template.and_then(|id| Some((id, context.design.get::<LaunchTemplate>(id)?)))
    else {
        return;
    };
    let Some((subnet, (vpc, _))) = group.subnets.iter().find_map(|subnet| Some((*subnet, context.vpc_of(*subnet)?)))
    else {
        return;
    };
    for own in &body.security_groups {
        let is_far = |(other, _): &(NodeId, _)| *other != vpc && is_stranger(context.design, subnet, *own);
        let Some((other, _)) = context.vpc_of(*own).filter(is_far) else { continue };
        let vpcs = context.vpcs_of([Some(vpc), Some(other)]);
        let (name, group_name, other, vpc_name) =
            (context.name(template), context.name(*own), context.name(other), context.name(vpc));
        let kept = body.security_groups.iter().filter(|kept| *kept != own).map(|kept| Value::Ref(*kept)).collect();
        report
            .note(
                template,
                message!(
                    "시작 템플릿 {name}의 보안 그룹 {group_name}은(는) VPC {other}의 것인데, Auto Scaling 그룹 {fleet}은(는) VPC {vpc_name}에서 시작해요. 같은 VPC의 보안 그룹을 고르세요.",
                    "Security group {group_name} of launch template {name} belongs to VPC {other}, and Auto Scaling group {fleet} launches into VPC {vpc_name}. Choose a group of the same VPC."
                ),
            )
            .field(id_of!(LaunchTemplate.security_groups))
            .given_all(vpcs)
            .given(subnet, id_of!(Subnet.cidr))
            .fix(
                message!("{name}에서 {group_name} 떼기", "Take {group_name} off {name}"),
                vec![Edit::set(template, id_of!(LaunchTemplate.security_groups), Value::List(kept))],
            );
    }
}

fn members(context: &Context, report: &mut Report, id: NodeId, node: &Node) {
    for stranger in context.strangers(id, id_of!(LoadBalancer.security_groups)) {
        let (name, group_name, other) = (&node.name, context.name(stranger.node), context.name(stranger.other));
        report
            .note(
                id,
                message!(
                    "{name}에 붙은 보안 그룹 {group_name}은(는) 다른 VPC {other}의 것이에요. {name}과(와) 같은 VPC의 보안 그룹을 고르세요.",
                    "Security group {group_name} on {name} belongs to another VPC, {other}. Choose a group of the same VPC as {name}."
                ),
            )
            .field(stranger.field)
            .given_all(context.vpcs_of([Some(stranger.own), Some(stranger.other)]))
            .fix(
                message!("{name}에서 {group_name} 떼기", "Take {group_name} off {name}"),
                vec![stranger.taken_out(context.design)],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{GroupRule, SecurityGroup, Vpc, VpcPeering};
    use crate::rules::testing::{balanced, fires, quiet, scaled};
    use crate::rules::testing_transit::hubbed;

    #[test]
    fn fires_on_a_launch_template_of_another_vpc() {
        let mut sketch = scaled();
        sketch.add("region", "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Vpc::default() });
        sketch.add("other", "far-sg", SecurityGroup::default());
        quiet(&RULE, &sketch);
        sketch.refs("template", "security_groups", &["far-sg"]);
        fires(&RULE, &sketch, &["template"]);
    }

    #[test]
    fn fires_on_members_and_rules_across_vpcs() {
        let mut sketch = balanced();
        sketch.add("region", "other", Vpc::default());
        let group = sketch.add("other", "other-sg", SecurityGroup::default());
        sketch.refs("web", "security_groups", &["web-sg", "other-sg"]);
        sketch.refs("alb", "security_groups", &["other-sg"]);
        sketch.rows("web-sg", "inbound", &[GroupRule::tcp_from(80, group)]);
        fires(&RULE, &sketch, &["web-sg", "web", "alb"]);
    }

    #[test]
    fn quiet_between_peered_vpcs_of_a_region() {
        let mut sketch = balanced();
        sketch.add("region", "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Default::default() });
        let far = sketch.add("other", "far-sg", SecurityGroup::default());
        sketch.rows("web-sg", "inbound", &[GroupRule::tcp_from(80, far)]);
        fires(&RULE, &sketch, &["web-sg"]);
        let ends = (Some(sketch.id("vpc")), Some(sketch.id("other")));
        sketch.add("region", "pcx", VpcPeering { requester: ends.0, accepter: ends.1, accepted: true });
        quiet(&RULE, &sketch);
    }

    #[test]
    fn inbound_rules_may_name_groups_across_a_transit_gateway_that_allows_it() {
        let mut sketch = hubbed();
        let web = sketch.id("web-sg");
        sketch.rows("db-sg", "inbound", &[GroupRule::tcp_from(5432, web)]);
        fires(&RULE, &sketch, &["db-sg"]);
        sketch.set("hub", "group_referencing", "enable");
        quiet(&RULE, &sketch);
        sketch.rows("db-sg", "outbound", &[GroupRule::tcp_from(5432, web)]);
        fires(&RULE, &sketch, &["db-sg"]);
    }

    #[test]
    fn quiet_within_a_vpc() {
        quiet(&RULE, &balanced());
    }
}
