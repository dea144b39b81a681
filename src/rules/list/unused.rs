//! What costs or confuses and is used by nothing: what each rule says of it, and what its uses are. The fix removes it.

use std::collections::BTreeSet;

use crate::catalog::kinds::{
    ElasticIp, Held, IamRole, NatGateway, NetworkAcl, RouteTable, SecurityGroup, Snapshot, Subnet, Volume,
};
use crate::catalog::{Kind, Resource};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::{Message, Text, t};
use crate::{id_of, message};

/// One of the rules.
struct Idle {
    id: &'static str,
    severity: Severity,
    title: Text,
    why: Text,
    source: &'static str,
    of: Kind,
    /// Those of the kind that have a use; others may be among them.
    used: fn(&Context) -> BTreeSet<NodeId>,
    /// The field that would say the use.
    field: Option<&'static str>,
    /// A field that it holds by beside that one.
    given: Option<&'static str>,
    /// What is wrong, by the name of the resource.
    found: fn(&str) -> Message,
    /// What the fix does.
    mend: fn(&str) -> Message,
}

const IDLE: [Idle; 7] = [
    Idle {
        id: "acl-unused",
        severity: Severity::Info,
        title: t("쓰이지 않는 네트워크 ACL", "Unused network ACL"),
        why: t(
            "네트워크 ACL은 서브넷에 연결해야 패킷을 걸러요. 연결하지 않은 서브넷은 모두 허용하는 기본 ACL을 따라요.",
            "A network ACL filters only for the subnets associated with it; others follow the default, which allows everything.",
        ),
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
        of: NetworkAcl::KIND,
        used: |context| context.all::<Subnet>().filter_map(|(_, _, subnet)| subnet.network_acl).collect(),
        field: None,
        given: None,
        found: |name| {
            message!(
                "네트워크 ACL {name}을(를) 쓰는 서브넷이 없어요. 서브넷에 연결하거나 지우세요.",
                "No subnet uses network ACL {name}. Associate a subnet with it or remove it."
            )
        },
        mend: |name| message!("네트워크 ACL {name} 지우기", "Remove network ACL {name}"),
    },
    Idle {
        id: "elastic-ip-unused",
        severity: Severity::Warning,
        title: t("쓰이지 않는 탄력적 IP", "Unused Elastic IP"),
        why: t(
            "퍼블릭 IPv4 주소는 쓰지 않고 들고만 있어도 시간마다 요금이 들어요.",
            "A public IPv4 address is billed by the hour, used or not.",
        ),
        source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html",
        of: ElasticIp::KIND,
        used: |context| users(context, |id, _: &ElasticIp| !context.users_of(id).is_empty()),
        field: Some(id_of!(ElasticIp.instance)),
        given: None,
        found: |name| {
            message!(
                "탄력적 IP {name}을(를) 쓰는 인스턴스나 NAT 게이트웨이가 없어요. 연결하거나 지우세요.",
                "No instance or NAT gateway uses Elastic IP {name}. Attach it or remove it."
            )
        },
        mend: |name| message!("탄력적 IP {name} 지우기", "Remove Elastic IP {name}"),
    },
    Idle {
        id: "nat-gateway-unused",
        severity: Severity::Warning,
        title: t("쓰이지 않는 NAT 게이트웨이", "Unused NAT gateway"),
        why: t(
            "NAT 게이트웨이는 패킷이 지나가지 않아도 시간마다 요금이 들어요.",
            "A NAT gateway is billed by the hour even when no packet passes.",
        ),
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
        of: NatGateway::KIND,
        used: |context| {
            let routes = context.all::<RouteTable>().flat_map(|(_, _, table)| &table.routes);
            routes.filter_map(|route| route.target).collect()
        },
        field: None,
        given: None,
        found: |name| {
            message!(
                "NAT 게이트웨이 {name}(으)로 가는 라우팅이 없어요. 프라이빗 서브넷의 라우팅 테이블에 0.0.0.0/0 라우팅을 더하거나 지우세요.",
                "No route leads to NAT gateway {name}. Add a 0.0.0.0/0 route in a private subnet's table, or remove it."
            )
        },
        mend: |name| message!("NAT 게이트웨이 {name} 지우기", "Remove NAT gateway {name}"),
    },
    Idle {
        id: "role-unused",
        severity: Severity::Info,
        title: t("쓰지 않는 역할", "Unused role"),
        why: t(
            "아무것도 맡지 않는 역할은 잊힌 권한이에요. 연결을 잊었거나 지워도 되는 것이에요.",
            "A role that nothing takes on is a forgotten permission: it lacks a connection, or can go.",
        ),
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
        of: IamRole::KIND,
        used: |context| {
            let references = context.design.nodes().flat_map(|(id, _)| context.design.references(id));
            // A role whose trust is written out may be another account's, or a person's.
            let trusted = context.all::<IamRole>().filter(|(_, _, role)| !role.trust.is_empty()).map(|(id, ..)| id);
            references.map(|(_, to)| to).chain(trusted).collect()
        },
        field: None,
        given: None,
        found: |name| {
            message!(
                "역할 {name}을(를) 쓰는 곳이 없어요. 인스턴스라면 인스턴스 프로파일을 거쳐 연결하고, 필요 없으면 지우세요.",
                "Nothing uses role {name}. Connect it, for an instance by way of an instance profile, or delete it."
            )
        },
        mend: |name| message!("역할 {name} 지우기", "Delete role {name}"),
    },
    Idle {
        id: "route-table-unused",
        severity: Severity::Info,
        title: t("쓰이지 않는 라우팅 테이블", "Unused route table"),
        why: t(
            "라우팅 테이블은 서브넷에 연결해야 쓰여요. 이름이 public이어도 연결하지 않으면 아무 일도 하지 않아요.",
            "A route table works through its subnets; whatever its name, without one it does nothing.",
        ),
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html",
        of: RouteTable::KIND,
        used: |context| {
            let is_used =
                |id, table: &RouteTable| table.main || table.gateway.is_some() || !context.followers_of(id).is_empty();
            users(context, is_used)
        },
        field: None,
        given: Some(id_of!(RouteTable.gateway)),
        found: |name| {
            message!(
                "라우팅 테이블 {name}을(를) 따르는 서브넷이 없어요. 서브넷에 연결하거나 지우세요.",
                "No subnet follows route table {name}. Associate a subnet with it or remove it."
            )
        },
        mend: |name| message!("라우팅 테이블 {name} 지우기", "Remove route table {name}"),
    },
    Idle {
        id: "security-group-unused",
        severity: Severity::Info,
        title: t("쓰지 않는 보안 그룹", "Unused security group"),
        why: t(
            "붙은 곳이 없는 보안 그룹은 아무것도 막거나 허용하지 않아요. 연결을 잊었거나 지워도 되는 것이에요.",
            "A group on nothing filters nothing: it was forgotten, or can go.",
        ),
        source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
        of: SecurityGroup::KIND,
        used: |context| {
            users(context, |id, _: &SecurityGroup| !context.members(id).is_empty() || context.is_named_by_rules(id))
        },
        field: None,
        given: None,
        found: |name| {
            message!(
                "보안 그룹 {name}을(를) 쓰는 인스턴스나 로드 밸런서가 없어요. 붙일 리소스의 보안 그룹에 넣거나 지우세요.",
                "No instance or load balancer has security group {name}. Add it to the resource it is meant for, or delete it."
            )
        },
        mend: |name| message!("보안 그룹 {name} 지우기", "Delete security group {name}"),
    },
    Idle {
        id: "volume-unattached",
        severity: Severity::Info,
        title: t("붙지 않은 볼륨", "Volume attached to nothing"),
        why: t(
            "붙이지 않은 볼륨에도 크기만큼 요금이 들어요. 쓸 데이터라면 스냅샷으로 두는 편이 싸요.",
            "A volume is billed by its size, attached or not. Data for later is cheaper as a snapshot.",
        ),
        source: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-lifecycle.html",
        of: Volume::KIND,
        used: |context| {
            let attached = users(context, |_, volume: &Volume| volume.instance.is_some());
            // One that a snapshot is made of has its use.
            let backed_up = context.all::<Snapshot>().filter_map(|(_, _, snapshot)| snapshot.source);
            attached.into_iter().chain(backed_up).collect()
        },
        field: Some(id_of!(Volume.instance)),
        given: None,
        found: |name| {
            message!(
                "볼륨 {name}이(가) 어느 인스턴스에도 붙어 있지 않아요. 같은 가용 영역의 인스턴스에 연결하거나 지우세요.",
                "Volume {name} is attached to no instance. Connect it with one of its zone, or delete it."
            )
        },
        mend: |name| message!("볼륨 {name} 지우기", "Delete volume {name}"),
    },
];

/// The rules of these kinds.
pub const RULES: [Rule; IDLE.len()] = {
    let [a, b, c, d, e, f, g] = &IDLE;
    [rule(a), rule(b), rule(c), rule(d), rule(e), rule(f), rule(g)]
};

const fn rule(idle: &Idle) -> Rule {
    let Idle { id, severity, title, why, source, .. } = *idle;
    Rule { id, severity, title, why, source, fixes: true, check }
}

/// Those of a kind that are used.
fn users<T: Held>(context: &Context, is_used: impl Fn(NodeId, &T) -> bool) -> BTreeSet<NodeId> {
    context.all::<T>().filter(|(id, _, body)| is_used(*id, body)).map(|(id, ..)| id).collect()
}

fn check(context: &Context, report: &mut Report) {
    let Some(idle) = IDLE.iter().find(|idle| idle.id == report.rule()) else { return };
    let all = context.of_kind(idle.of);
    if all.is_empty() {
        return;
    }
    let used = (idle.used)(context);
    for id in all.iter().copied().filter(|id| !used.contains(id) && !context.may_be_used(*id)) {
        let name = context.name(id);
        let mut note = report.note(id, (idle.found)(name)).fix((idle.mend)(name), vec![Edit::Remove(id)]);
        if let Some(field) = idle.field {
            note = note.field(field);
        }
        if let Some(field) = idle.given {
            note.given(id, field);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULES;
    use crate::catalog::Value;
    use crate::catalog::kinds::{self, GroupRule, SecurityGroup, Snapshot, Volume};
    use crate::rules::testing::{account, balanced, fires, found_in, quiet, two_zones};

    #[test]
    fn a_network_acl_is_used_by_a_subnet() {
        let mut sketch = two_zones();
        let acl = sketch.add("vpc", "acl", kinds::NetworkAcl::default());
        fires(&RULES[0], &sketch, &["acl"]);
        sketch.set("public-a", "network_acl", acl);
        quiet(&RULES[0], &sketch);
    }

    #[test]
    fn an_elastic_ip_is_used_by_something() {
        let mut sketch = two_zones();
        sketch.add("region", "spare", kinds::ElasticIp::default());
        fires(&RULES[1], &sketch, &["spare"]);
    }

    #[test]
    fn quiet_on_an_elastic_ip_at_a_nat_gateway_and_at_an_instance() {
        let mut sketch = two_zones();
        let instance = Some(sketch.id("web"));
        sketch.add("region", "fixed", kinds::ElasticIp { instance, ..Default::default() });
        quiet(&RULES[1], &sketch);
    }

    #[test]
    fn quiet_on_an_elastic_ip_in_a_subnet_mapping() {
        let address = "  Fixed: {Type: 'AWS::EC2::EIP'}\n";
        let balancer = "  Balancer: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {Type: network, SubnetMappings: [{SubnetId: subnet-0a1b2c3d4e5f60718, AllocationId: !GetAtt Fixed.AllocationId}]}}\n";
        assert_eq!(found_in(&RULES[1], &format!("{address}{balancer}")), Vec::<String>::new());
        assert_eq!(found_in(&RULES[1], address), ["Fixed"]);
    }

    #[test]
    fn a_nat_gateway_is_used_by_a_route() {
        let mut sketch = two_zones();
        sketch.add("public-c", "nat-2", kinds::NatGateway::default());
        fires(&RULES[2], &sketch, &["nat-2"]);
    }

    #[test]
    fn quiet_on_a_nat_gateway_with_a_route() {
        quiet(&RULES[2], &two_zones());
    }

    #[test]
    fn a_role_is_used_by_what_carries_it() {
        let mut sketch = account();
        sketch.set("web-profile", "role", Value::None);
        fires(&RULES[3], &sketch, &["web-role"]);
    }

    #[test]
    fn quiet_on_a_role_that_something_carries() {
        quiet(&RULES[3], &account());
    }

    #[test]
    fn a_route_table_is_used_by_a_subnet() {
        let mut sketch = two_zones();
        sketch.add("vpc", "spare-rt", kinds::RouteTable::default());
        fires(&RULES[4], &sketch, &["spare-rt"]);
    }

    #[test]
    fn quiet_on_the_table_of_a_gateway() {
        let mut sketch = two_zones();
        let gateway = Some(sketch.id("igw"));
        sketch.add("vpc", "gate-rt", kinds::RouteTable { gateway, ..Default::default() });
        quiet(&RULES[4], &sketch);
    }

    #[test]
    fn quiet_on_a_route_table_with_subnets_and_on_the_main_one() {
        let mut sketch = two_zones();
        sketch.add("vpc", "main-rt", kinds::RouteTable { main: true, ..Default::default() });
        quiet(&RULES[4], &sketch);
    }

    #[test]
    fn a_security_group_is_used_by_more_than_itself() {
        let mut sketch = balanced();
        let spare = sketch.add("vpc", "spare-sg", SecurityGroup::default());
        sketch.rows("spare-sg", "inbound", &[GroupRule::tcp_from(80, spare)]);
        fires(&RULES[5], &sketch, &["spare-sg"]);
    }

    #[test]
    fn quiet_on_a_security_group_attached_or_named_by_another() {
        let mut sketch = balanced();
        quiet(&RULES[5], &sketch);
        let spare = sketch.add("vpc", "spare-sg", SecurityGroup::default());
        sketch.rows("app-sg", "inbound", &[GroupRule::tcp_from(22, spare)]);
        quiet(&RULES[5], &sketch);
    }

    #[test]
    fn a_volume_is_used_by_an_instance() {
        let mut sketch = two_zones();
        sketch.add("zone-a", "data", Volume::default());
        fires(&RULES[6], &sketch, &["data"]);
    }

    #[test]
    fn quiet_on_a_volume_attached_or_backed_up() {
        let mut sketch = two_zones();
        let instance = Some(sketch.id("web"));
        sketch.add("zone-a", "data", Volume { instance, ..Volume::default() });
        let free = sketch.add("zone-a", "old", Volume::default());
        sketch.add("region", "backup", Snapshot { source: Some(free) });
        quiet(&RULES[6], &sketch);
    }
}
