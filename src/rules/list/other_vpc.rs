//! Fields that take only resources of their own VPC and name one of another: what each rule says of it. Which fields those are stands in the
//! kinds' tables; `facts/strangers.rs` finds what they name.

use crate::catalog::kinds::{EcsService, LoadBalancer, Subnet};
use crate::catalog::{Kind, Resource};
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::{Message, Text, t};
use crate::{id_of, message};

/// One of the rules.
struct Bound {
    id: &'static str,
    title: Text,
    why: Text,
    source: &'static str,
    /// The kind, and its fields.
    of: Kind,
    fields: &'static [&'static str],
    /// What is wrong.
    found: fn(&Names<'_>) -> Message,
    /// What the fix does, which takes the resource out.
    mend: fn(&Names<'_>) -> Message,
}

/// The names in a message.
struct Names<'a> {
    /// The one that refers, and its VPC.
    name: &'a str,
    vpc: &'a str,
    /// The one that it refers to, and its VPC.
    one: &'a str,
    other: &'a str,
}

const BOUND: [Bound; 4] = [
    Bound {
        id: "balancer-subnet-other-vpc",
        title: t("다른 VPC의 서브넷을 고른 로드 밸런서", "Load balancer with a subnet of another VPC"),
        why: t(
            "로드 밸런서의 서브넷은 모두 한 VPC에 있어야 만들어져요.",
            "A load balancer is created only with subnets of one VPC.",
        ),
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
        of: LoadBalancer::KIND,
        fields: &[id_of!(LoadBalancer.subnets)],
        found: |Names { name, one, other, .. }| {
            message!(
                "로드 밸런서 {name}의 서브넷 {one}은(는) 다른 VPC {other}에 있어요. {name}과(와) 같은 VPC의 서브넷을 고르세요.",
                "Subnet {one} of load balancer {name} lies in another VPC, {other}. Choose subnets of its own VPC."
            )
        },
        mend: |Names { one, .. }| message!("서브넷 {one} 빼기", "Take subnet {one} out"),
    },
    Bound {
        id: "network-acl-of-other-vpc",
        title: t("다른 VPC의 네트워크 ACL", "Network ACL of another VPC"),
        why: t(
            "서브넷에는 같은 VPC의 네트워크 ACL만 연결할 수 있어요.",
            "A subnet can be associated only with a network ACL of its own VPC.",
        ),
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
        of: Subnet::KIND,
        fields: &[id_of!(Subnet.network_acl)],
        found: |Names { name, vpc, one, other }| {
            message!(
                "VPC {vpc}의 서브넷 {name}에 VPC {other}의 네트워크 ACL {one}이(가) 연결되어 있어요. 같은 VPC의 것으로 바꾸세요.",
                "Subnet {name} of VPC {vpc} is associated with network ACL {one} of VPC {other}. Choose one of its own VPC."
            )
        },
        mend: |_| message!("기본 네트워크 ACL 따르기", "Follow the default network ACL"),
    },
    Bound {
        id: "route-table-of-other-vpc",
        title: t("다른 VPC의 라우팅 테이블", "Route table of another VPC"),
        why: t(
            "서브넷에는 같은 VPC의 라우팅 테이블만 연결할 수 있어요.",
            "A subnet can be associated only with a route table of its own VPC.",
        ),
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
        of: Subnet::KIND,
        fields: &[id_of!(Subnet.route_table)],
        found: |Names { name, vpc, one, other }| {
            message!(
                "VPC {vpc}의 서브넷 {name}에 VPC {other}의 라우팅 테이블 {one}이(가) 연결되어 있어요. 같은 VPC의 것으로 바꾸세요.",
                "Subnet {name} of VPC {vpc} is associated with route table {one} of VPC {other}. Choose one of its own VPC."
            )
        },
        mend: |_| message!("기본 라우팅 테이블 따르기", "Follow the main route table"),
    },
    Bound {
        id: "service-subnet-other-vpc",
        title: t("다른 VPC의 서브넷이나 보안 그룹을 고른 서비스", "Service with a subnet or group of another VPC"),
        why: t(
            "태스크의 네트워크 인터페이스는 서브넷과 같은 VPC의 보안 그룹만 가질 수 있고, 서비스의 서브넷은 모두 한 VPC여야 해요.",
            "A task's interface takes groups of its subnet's VPC only, and all subnets of a service lie in one VPC.",
        ),
        source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html",
        of: EcsService::KIND,
        fields: &[id_of!(EcsService.subnets), id_of!(EcsService.security_groups)],
        found: |Names { name, one, other, .. }| {
            message!(
                "서비스 {name}이(가) 고른 {one}은(는) 다른 VPC {other}에 있어요. {name}과(와) 같은 VPC에서 고르세요.",
                "{one}, chosen for service {name}, lies in another VPC, {other}. Choose from its own VPC."
            )
        },
        mend: |Names { one, .. }| message!("{one} 빼기", "Take {one} out"),
    },
];

/// The rules of these fields.
pub const RULES: [Rule; BOUND.len()] = {
    let [a, b, c, d] = &BOUND;
    [rule(a), rule(b), rule(c), rule(d)]
};

const fn rule(bound: &Bound) -> Rule {
    let Bound { id, title, why, source, .. } = *bound;
    Rule { id, severity: Severity::Error, title, why, source, fixes: true, check }
}

fn check(context: &Context, report: &mut Report) {
    let Some(bound) = BOUND.iter().find(|bound| bound.id == report.rule()) else { return };
    for id in context.of_kind(bound.of) {
        for stranger in bound.fields.iter().flat_map(|field| context.strangers(*id, field)) {
            let [name, vpc, one, other] =
                [*id, stranger.own, stranger.node, stranger.other].map(|node| context.name(node));
            let names = Names { name, vpc, one, other };
            report
                .note(*id, (bound.found)(&names))
                .field(stranger.field)
                .given_all(context.vpcs_of([Some(stranger.own), Some(stranger.other)]))
                .fix((bound.mend)(&names), vec![stranger.taken_out(context.design)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULES;
    use crate::catalog::kinds::{NetworkAcl, RouteTable, SecurityGroup, Subnet, Vpc};
    use crate::rules::testing::{balanced, fires, quiet, tasks, two_zones};

    #[test]
    fn a_balancer_takes_subnets_of_its_vpc() {
        let mut sketch = balanced();
        sketch.add("region", "other", Vpc::default());
        sketch.add("other", "far", Subnet::default());
        sketch.refs("alb", "subnets", &["public-a", "public-c", "far"]);
        fires(&RULES[0], &sketch, &["alb"]);
    }

    #[test]
    fn quiet_on_a_balancer_within_one() {
        quiet(&RULES[0], &balanced());
    }

    #[test]
    fn a_subnet_takes_a_network_acl_of_its_vpc() {
        let mut sketch = two_zones();
        sketch.add("region", "other", Vpc::default());
        let foreign = sketch.add("other", "foreign", NetworkAcl::default());
        sketch.set("private-c", "network_acl", foreign);
        fires(&RULES[1], &sketch, &["private-c"]);
    }

    #[test]
    fn quiet_on_a_network_acl_of_its_own() {
        let mut sketch = two_zones();
        let own = sketch.add("vpc", "own", NetworkAcl::default());
        sketch.set("private-c", "network_acl", own);
        quiet(&RULES[1], &sketch);
    }

    #[test]
    fn a_subnet_takes_a_route_table_of_its_vpc() {
        let mut sketch = two_zones();
        sketch.add("region", "other", Vpc::default());
        let foreign = sketch.add("other", "foreign", RouteTable::default());
        sketch.set("private-c", "route_table", foreign);
        fires(&RULES[2], &sketch, &["private-c"]);
    }

    #[test]
    fn quiet_on_a_route_table_of_its_own() {
        let mut sketch = two_zones();
        let own = sketch.add("vpc", "own", RouteTable::default());
        sketch.set("private-c", "route_table", own);
        quiet(&RULES[2], &sketch);
    }

    #[test]
    fn a_service_takes_subnets_and_groups_of_its_vpc() {
        let mut n = tasks();
        n.add("region", "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Vpc::default() });
        n.add("other", "far", Subnet { cidr: "10.1.1.0/24".parse().unwrap(), ..Subnet::default() });
        n.add("other", "far-sg", SecurityGroup::default());
        n.refs("service", "subnets", &["private-a", "far"]);
        fires(&RULES[3], &n, &["service"]);
        n.refs("service", "subnets", &["private-a"]);
        n.refs("service", "security_groups", &["far-sg"]);
        fires(&RULES[3], &n, &["service"]);
    }

    #[test]
    fn quiet_on_a_service_within_one() {
        quiet(&RULES[3], &tasks());
    }
}
