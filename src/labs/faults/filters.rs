//! Faults of security groups and network ACLs.

use std::net::Ipv4Addr;

use super::class::{Class, Site, rows, with_each, without_each};
use crate::catalog::Kind;
use crate::catalog::kinds::{AclAction, AclRule, GroupRule, Instance, LoadBalancer, NetworkAcl, SecurityGroup, Subnet};
use crate::design::{Edit, Node};
use crate::facts::Context;
use crate::facts::links::{acl_directions, groups_of};
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::net::{AnyCidr, Cidr, PortRange, Protocol};
use crate::text::t;

pub(super) static CLASSES: [Class; 12] = [
    Class {
        id: "missing-rule",
        title: t("빠진 보안 그룹 규칙", "A security group rule is missing"),
        level: 2,
        sites: missing_rule,
    },
    Class {
        id: "rule-port",
        title: t("다른 포트를 여는 규칙", "A rule opens the wrong port"),
        level: 2,
        sites: rule_port,
    },
    Class {
        id: "rule-protocol",
        title: t("TCP 대신 UDP를 여는 규칙", "A rule opens UDP and not TCP"),
        level: 3,
        sites: rule_protocol,
    },
    Class {
        id: "other-source",
        title: t("다른 보안 그룹을 가리키는 규칙", "A rule names another group"),
        level: 2,
        sites: other_source,
    },
    Class {
        id: "group-by-public-address",
        title: t("보안 그룹 대신 퍼블릭 주소를 허용", "A rule admits a public address instead of a group"),
        level: 3,
        sites: by_public_address,
    },
    Class {
        id: "old-my-ip",
        title: t("예전 내 IP를 허용하는 규칙", "A rule admits the address that my computer had before"),
        level: 2,
        sites: old_my_ip,
    },
    Class {
        id: "open-to-world",
        title: t("누구에게나 열린 규칙", "A rule is open to anybody"),
        level: 2,
        sites: open_to_world,
    },
    Class {
        id: "wrong-group",
        title: t("다른 보안 그룹을 붙인 리소스", "A resource has another group"),
        level: 2,
        sites: wrong_group,
    },
    Class {
        id: "outbound-closed",
        title: t("막힌 아웃바운드", "Outbound is closed"),
        level: 2,
        sites: outbound_closed,
    },
    Class {
        id: "acl-ephemeral",
        title: t("임시 포트를 막는 네트워크 ACL", "A network ACL without ephemeral ports"),
        level: 3,
        sites: acl_ephemeral,
    },
    Class {
        id: "acl-denial",
        title: t("먼저 걸리는 거부 규칙", "A denial with a lower number"),
        level: 3,
        sites: acl_denial,
    },
    Class {
        id: "acl-missing-rule",
        title: t("빠진 네트워크 ACL 규칙", "A network ACL rule is missing"),
        level: 2,
        sites: acl_missing_rule,
    },
];

/// Every change of one row of a group's rules, with the name of the group and the row before.
fn each_rule(
    context: &Context,
    field: &'static str,
    other: impl Fn(NodeId, &GroupRule) -> Vec<GroupRule>,
) -> Vec<(NodeId, GroupRule, GroupRule, Edit)> {
    let mut found = Vec::new();
    for (id, _, group) in context.all::<SecurityGroup>() {
        let all = if field == id_of!(SecurityGroup.inbound) { &group.inbound } else { &group.outbound };
        for (at, row) in all.iter().enumerate() {
            for new in other(id, row) {
                let mut list = all.clone();
                if let Some(row) = list.get_mut(at) {
                    *row = new.clone();
                }
                found.push((id, row.clone(), new, rows(id, field, &list)));
            }
        }
    }
    found
}

fn missing_rule(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, group) in context.all::<SecurityGroup>() {
        let name = context.name(id);
        for (rule, rest) in without_each(&group.inbound) {
            let what = rule.ports;
            found.push(Site::new(
                message!(
                    "{name}에서 {what} 포트의 인바운드 규칙을 지웠어요.",
                    "The inbound rule for {what} was deleted from {name}."
                ),
                vec![rows(id, id_of!(SecurityGroup.inbound), &rest)],
            ));
        }
    }
    found
}

/// The port that people mix a port up with.
const fn mixed_up(port: u16) -> u16 {
    match port {
        80 => 8080,
        8080 => 80,
        443 => 8443,
        8443 => 443,
        22 => 2222,
        3306 => 5432,
        5432 => 3306,
        8000 => 8080,
        3000 => 8000,
        other => other ^ 1,
    }
}

fn rule_port(context: &Context) -> Vec<Site> {
    let field = id_of!(SecurityGroup.inbound);
    let all = each_rule(context, field, |_, rule| {
        let port = rule.ports.only_port().filter(|_| rule.protocol.has_ports());
        port.map(|port| GroupRule { ports: PortRange::single(mixed_up(port)), ..rule.clone() }).into_iter().collect()
    });
    let site = |(id, old, new, edit): (NodeId, GroupRule, GroupRule, Edit)| {
        let (name, was, is) = (context.name(id), old.ports, new.ports);
        Site::new(
            message!("{name}의 규칙이 {was} 대신 {is} 포트를 열어요.", "A rule of {name} opens {is} instead of {was}."),
            vec![edit],
        )
    };
    all.into_iter().map(site).collect()
}

fn rule_protocol(context: &Context) -> Vec<Site> {
    let field = id_of!(SecurityGroup.inbound);
    let all = each_rule(context, field, |_, rule| {
        let tcp = rule.protocol == Protocol::Tcp;
        tcp.then(|| GroupRule { protocol: Protocol::Udp, ..rule.clone() }).into_iter().collect()
    });
    let site = |(id, old, _, edit): (NodeId, GroupRule, GroupRule, Edit)| {
        let (name, port) = (context.name(id), old.ports);
        Site::new(
            message!(
                "{name}의 규칙이 TCP가 아니라 UDP {port} 포트를 열어요.",
                "A rule of {name} opens UDP {port}, not TCP."
            ),
            vec![edit],
        )
    };
    all.into_iter().map(site).collect()
}

fn other_source(context: &Context) -> Vec<Site> {
    let field = id_of!(SecurityGroup.inbound);
    let all = each_rule(context, field, |id, rule| {
        let Some((vpc, _)) = context.vpc_of(id).filter(|_| rule.group.is_some()) else { return Vec::new() };
        let others =
            context.within::<SecurityGroup>(vpc).map(|(group, ..)| group).filter(|group| Some(*group) != rule.group);
        others.map(|group| GroupRule { group: Some(group), ..rule.clone() }).collect()
    });
    let site = |(id, _, new, edit): (NodeId, GroupRule, GroupRule, Edit)| {
        let (name, port) = (context.name(id), new.ports);
        let other = new.group.map_or("", |group| context.name(group));
        Site::new(
            message!(
                "{name}의 {port} 포트 규칙이 {other}을(를) 가리켜요.",
                "The rule for {port} of {name} names {other}."
            ),
            vec![edit],
        )
    };
    all.into_iter().map(site).collect()
}

fn by_public_address(context: &Context) -> Vec<Site> {
    let field = id_of!(SecurityGroup.inbound);
    // An address of AWS's that somebody read in the console.
    let read = AnyCidr::V4(Cidr::host(Ipv4Addr::new(198, 51, 100, 24)));
    let all = each_rule(context, field, |_, rule| {
        let Some(group) = rule.group else { return Vec::new() };
        let known = context.members(group).iter().find_map(|id| context.elastic_ip_of(*id));
        let without = GroupRule { group: None, ..rule.clone() };
        match known {
            Some(address) => vec![GroupRule { address_of: Some(address), cidr: None, ..without }],
            None => vec![GroupRule { cidr: Some(read), ..without }],
        }
    });
    let site = |(id, old, new, edit): (NodeId, GroupRule, GroupRule, Edit)| {
        let (name, port) = (context.name(id), new.ports);
        let group = old.group.map_or("", |group| context.name(group));
        Site::new(
            message!(
                "{name}의 {port} 포트 규칙이 {group} 대신 퍼블릭 주소를 허용해요.",
                "The rule for {port} of {name} admits a public address instead of {group}."
            ),
            vec![edit],
        )
    };
    all.into_iter().map(site).collect()
}

fn old_my_ip(context: &Context) -> Vec<Site> {
    let field = id_of!(SecurityGroup.inbound);
    let all = each_rule(context, field, |_, rule| {
        let host = rule.cidr.and_then(|cidr| cidr.v4()).filter(|block| block.prefix_len() == 32 && !block.is_private());
        let other = host.map(|block| AnyCidr::V4(Cidr::host(Ipv4Addr::from_bits(block.first().to_bits() ^ 0x41))));
        other.map(|cidr| GroupRule { cidr: Some(cidr), ..rule.clone() }).into_iter().collect()
    });
    let site = |(id, old, _, edit): (NodeId, GroupRule, GroupRule, Edit)| {
        let (name, port) = (context.name(id), old.ports);
        Site::new(
            message!(
                "{name}의 {port} 포트 규칙이 다른 주소를 허용해요.",
                "The rule for {port} of {name} admits another address."
            ),
            vec![edit],
        )
    };
    all.into_iter().map(site).collect()
}

fn open_to_world(context: &Context) -> Vec<Site> {
    let field = id_of!(SecurityGroup.inbound);
    let all = each_rule(context, field, |_, rule| {
        let narrow = rule.group.is_some() || rule.cidr.is_some_and(|cidr| !cidr.is_any());
        let open = GroupRule {
            group: None,
            prefix_list: None,
            address_of: None,
            cidr: Some(AnyCidr::default()),
            ..rule.clone()
        };
        narrow.then_some(open).into_iter().collect()
    });
    let site = |(id, old, _, edit): (NodeId, GroupRule, GroupRule, Edit)| {
        let (name, port) = (context.name(id), old.ports);
        Site::new(
            message!("{name}의 {port} 포트가 누구에게나 열려 있어요.", "Port {port} of {name} is open to anybody."),
            vec![edit],
        )
    };
    all.into_iter().map(site).collect()
}

fn wrong_group(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, node) in context.design.nodes() {
        let field = match node.kind() {
            Kind::Instance => id_of!(Instance.security_groups),
            Kind::LoadBalancer => id_of!(LoadBalancer.security_groups),
            _ => continue,
        };
        let (groups, Some((vpc, _))) = (groups_of(node), context.vpc_of(id)) else { continue };
        for own in groups {
            for (other, ..) in context.within::<SecurityGroup>(vpc).filter(|(other, ..)| !groups.contains(other)) {
                let list: Vec<NodeId> = groups.iter().map(|group| if group == own { other } else { *group }).collect();
                let (name, to) = (&node.name, context.name(other));
                found.push(Site::new(
                    message!("{name}에 {to}이(가) 붙어 있어요.", "{name} has {to}."),
                    vec![rows(id, field, &list)],
                ));
            }
        }
    }
    found
}

fn outbound_closed(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, group) in context.all::<SecurityGroup>().filter(|(_, _, group)| !group.outbound.is_empty()) {
        let name = context.name(id);
        let field = id_of!(SecurityGroup.outbound);
        found.push(Site::new(
            message!("{name}에 아웃바운드 규칙이 없어요.", "{name} has no outbound rule."),
            vec![rows::<GroupRule>(id, field, &[])],
        ));
        let https = GroupRule { description: String::new(), ..GroupRule::tcp(443, AnyCidr::default()) };
        if group.outbound != [https.clone()] {
            found.push(Site::new(
                message!("{name}은(는) 443 포트로만 나가요.", "{name} lets out port 443 only."),
                vec![rows(id, field, &[https])],
            ));
        }
    }
    found
}

/// What a new ACL lets through.
fn acl_rule(number: u16, ports: Option<PortRange>) -> AclRule {
    match ports {
        Some(ports) => AclRule { number, protocol: Protocol::Tcp, ports, ..AclRule::default() },
        None => AclRule { number, ..AclRule::default() },
    }
}

/// A subnet that follows the default ACL gets a new one with these rules.
fn new_acl(context: &Context, subnet: NodeId, inbound: Vec<AclRule>, outbound: Vec<AclRule>) -> Option<Vec<Edit>> {
    let (vpc, _) = context.vpc_of(subnet)?;
    let acl = NetworkAcl { inbound, outbound };
    let (w, h) = Kind::NetworkAcl.spec().shape.size();
    let (id, name) = (context.design.next_id(), context.design.fresh_name("nacl"));
    let rect = context.design.free_spot(Some(vpc), w, h);
    let node = Node { name, parent: Some(vpc), rect, body: acl.into(), origin: String::new() };
    Some(vec![Edit::add(id, node), Edit::set(subnet, id_of!(Subnet.network_acl), id)])
}

fn acl_ephemeral(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    let services = || {
        [22, 80, 443].iter().zip([100, 110, 120]).map(|(port, number)| acl_rule(number, Some(PortRange::single(*port))))
    };
    for (id, ..) in context.all::<Subnet>().filter(|(_, _, subnet)| subnet.network_acl.is_none()) {
        let name = context.name(id);
        let what = message!(
            "{name}의 네트워크 ACL이 임시 포트를 막아서 응답이 지나가지 못해요.",
            "The network ACL of {name} has no rule for ephemeral ports, so answers do not pass."
        );
        let open = || vec![acl_rule(100, None)];
        for (inbound, outbound) in [(open(), services().collect()), (services().collect(), open())] {
            found.extend(new_acl(context, id, inbound, outbound).map(|edits| Site::new(what.clone(), edits)));
        }
    }
    for (id, _, acl) in context.all::<NetworkAcl>() {
        for (field, all) in acl_directions(acl) {
            let narrowed = with_each(all, |rule| {
                let wide = rule.ports.covers(&PortRange::EPHEMERAL) && rule.action == AclAction::Allow;
                let ports = PortRange::new(0, 1023)?;
                wide.then(|| AclRule { protocol: Protocol::Tcp, ports, ..rule.clone() })
            });
            for (_, list) in narrowed {
                let name = context.name(id);
                found.push(Site::new(
                    message!("{name}이(가) 임시 포트를 막아요.", "{name} has no rule for ephemeral ports."),
                    vec![rows(id, field, &list)],
                ));
            }
        }
    }
    found
}

fn acl_denial(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, subnet) in context.all::<Subnet>() {
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        let blocks = context.within::<Subnet>(vpc).filter(|(other, ..)| *other != id).map(|(_, _, other)| other.cidr);
        for block in blocks {
            let cidr = AnyCidr::V4(block);
            let name = context.name(id);
            let what = message!(
                "{name}의 네트워크 ACL이 {block}을(를) 먼저 거부해요.",
                "The network ACL of {name} denies {block} before anything else."
            );
            let denial = |number| AclRule { number, action: AclAction::Deny, cidr, ..AclRule::default() };
            let edits = match subnet.network_acl.and_then(|acl| Some((acl, context.design.get::<NetworkAcl>(acl)?))) {
                Some((acl, of)) => {
                    let first = of.inbound.iter().map(|rule| rule.number).min().unwrap_or(100);
                    let Some(number) = first.checked_sub(10).filter(|number| *number > 0) else { continue };
                    let list: Vec<AclRule> =
                        std::iter::once(denial(number)).chain(of.inbound.iter().cloned()).collect();
                    vec![rows(acl, id_of!(NetworkAcl.inbound), &list)]
                }
                None => {
                    let inbound = vec![denial(90), acl_rule(100, None)];
                    let Some(edits) = new_acl(context, id, inbound, vec![acl_rule(100, None)]) else { continue };
                    edits
                }
            };
            found.push(Site::new(what, edits));
        }
    }
    found
}

fn acl_missing_rule(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, acl) in context.all::<NetworkAcl>() {
        for (field, all) in acl_directions(acl) {
            for (rule, rest) in without_each(all) {
                let (name, number) = (context.name(id), rule.number);
                found.push(Site::new(
                    message!("{name}에서 {number}번 규칙을 지웠어요.", "Rule {number} was deleted from {name}."),
                    vec![rows(id, field, &rest)],
                ));
            }
        }
    }
    found
}
