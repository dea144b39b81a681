//! A network ACL is stateless: what it lets through must be answered through a rule of its own.

use crate::catalog::kinds::{AclAction, AclRule, NetworkAcl};
use crate::design::Edit;
use crate::facts::{Context, links};
use crate::fixes::rows;
use crate::message;
use crate::net::{AnyCidr, PortRange, Protocol};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use std::net::IpAddr;

pub const RULE: Rule = Rule {
    id: "acl-no-ephemeral",
    severity: Severity::Warning,
    title: t("응답이 막히는 네트워크 ACL", "Network ACL that drops replies"),
    why: t(
        "네트워크 ACL은 연결을 기억하지 않아요. 응답은 상대의 임시 포트(1024-65535)로 가므로 반대 방향에서 허용해야 해요.",
        "A network ACL remembers no connection. Replies go to ephemeral ports (1024-65535) and need a rule in the other direction.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html",
    fixes: true,
    check,
};

/// Ports that clients send from: the ends of the ranges of Linux and Windows.
const CLIENT_PORTS: [u16; 4] = [32768, 49152, 60999, 65535];

fn check(context: &Context, report: &mut Report) {
    for (id, node, acl) in context.all::<NetworkAcl>() {
        let [inbound, outbound] = links::acl_directions(acl);
        for ((field, rules), (back, replies)) in [(inbound, outbound), (outbound, inbound)] {
            let Some(rule) = rules.iter().find(|rule| is_service(rule) && !answers(replies, rule)) else { continue };
            let (name, number, ports, cidr) = (&node.name, rule.number, rule.ports, rule.cidr);
            let (there, back_there) = (links::acl_direction(field), links::acl_direction(back));
            let (there_ko, back_ko, there_en, back_en) = (there.ko, back_there.ko, there.en, back_there.en);
            let note = report
                .note(
                    id,
                    message!(
                        "네트워크 ACL {name}의 {there_ko} 규칙 {number}({cidr}, 포트 {ports})(으)로 시작한 연결의 응답이 {back_ko}에서 막혀요. {back_ko}에 {cidr}의 포트 1024-65535를 허용하세요.",
                        "Network ACL {name} admits connections by {there_en} rule {number} ({cidr}, port {ports}) and drops their replies. Allow ports 1024-65535 of {cidr} in the {back_en} rules."
                    ),
                )
                .field(back);
            if let Some(number) = number_before_denials(replies) {
                let protocol = if rule.protocol == Protocol::Udp { Protocol::Udp } else { Protocol::Tcp };
                let ports = PortRange::EPHEMERAL;
                let reply = AclRule { number, action: AclAction::Allow, protocol, ports, cidr, ..AclRule::default() };
                note.fix(
                    message!("{back_ko}에 임시 포트 허용하기", "Allow ephemeral ports in the {back_en} rules"),
                    vec![Edit::set(id, back, rows::appended(replies, &reply))],
                );
            }
        }
    }
}

/// Whether a rule lets connections start, rather than the replies to others pass.
fn is_service(rule: &AclRule) -> bool {
    let carries = rule.protocol == Protocol::All || rule.protocol.has_ports();
    let well_known = rule.ports.from_port() < 1024 || !rule.ports.covers(&PortRange::EPHEMERAL_LINUX);
    rule.action == AclAction::Allow && carries && (rule.protocol == Protocol::All || well_known)
}

/// Whether the replies to what `rule` admits pass: from its ends to clients of every common kind.
fn answers(replies: &[AclRule], rule: &AclRule) -> bool {
    let protocol = if rule.protocol == Protocol::Udp { Protocol::Udp } else { Protocol::Tcp };
    let ends: [IpAddr; 2] = match rule.cidr {
        AnyCidr::V4(block) => [block.first().into(), block.last().into()],
        AnyCidr::V6(block) => [block.first().into(), block.last().into()],
    };
    ends.iter().all(|end| CLIENT_PORTS.iter().all(|port| passes(replies, protocol, *port, *end)))
}

/// What the lowest matching number says; nothing matching is a denial.
fn passes(rules: &[AclRule], protocol: Protocol, port: u16, address: IpAddr) -> bool {
    let matches = |rule: &&AclRule| {
        rule.protocol.covers(protocol)
            && (rule.protocol == Protocol::All || rule.ports.contains(port))
            && rule.cidr.contains_addr(address)
    };
    rules.iter().filter(matches).min_by_key(|rule| rule.number).is_some_and(|rule| rule.action == AclAction::Allow)
}

/// A free number behind the other rules, but ahead of every denial.
fn number_before_denials(rules: &[AclRule]) -> Option<u16> {
    let denial = rules.iter().filter(|rule| rule.action == AclAction::Deny).map(|rule| rule.number).min();
    match denial {
        Some(denial) => (1..denial).rev().find(|number| rules.iter().all(|rule| rule.number != *number)),
        None => {
            let last = rules.iter().map(|rule| rule.number).max().unwrap_or(90);
            Some(last.saturating_add(10)).filter(|number| *number <= 32766)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{AclAction, AclRule, NetworkAcl};
    use crate::net::Protocol;
    use crate::rules::testing::{fires, quiet, two_zones};

    fn rule(number: u16, ports: &str) -> AclRule {
        AclRule { number, protocol: Protocol::Tcp, ports: ports.parse().unwrap(), ..AclRule::default() }
    }

    fn acl(inbound: Vec<AclRule>, outbound: Vec<AclRule>) -> crate::rules::testing::Named {
        let mut sketch = two_zones();
        sketch.add("vpc", "acl", NetworkAcl { inbound, outbound });
        sketch
    }

    #[test]
    fn fires_when_a_server_cannot_answer() {
        fires(&RULE, &acl(vec![rule(100, "80")], vec![]), &["acl"]);
        let denied = AclRule { action: AclAction::Deny, ..rule(100, "all") };
        fires(&RULE, &acl(vec![rule(100, "443")], vec![denied, rule(200, "1024-65535")]), &["acl"]);
    }

    #[test]
    fn fires_when_a_client_gets_no_answer() {
        fires(&RULE, &acl(vec![rule(100, "22")], vec![rule(100, "443"), rule(110, "1024-65535")]), &["acl"]);
    }

    #[test]
    fn fires_when_only_some_clients_are_answered() {
        let mut narrow = rule(100, "1024-65535");
        narrow.cidr = "203.0.113.0/24".parse().unwrap();
        fires(&RULE, &acl(vec![rule(100, "80")], vec![narrow]), &["acl"]);
        fires(&RULE, &acl(vec![rule(100, "80")], vec![rule(100, "32768-60999")]), &["acl"]);
    }

    #[test]
    fn quiet_on_the_default_and_on_a_sound_pair() {
        quiet(&RULE, &acl(vec![AclRule::default()], vec![AclRule::default()]));
        let rules = || vec![rule(100, "443"), rule(110, "1024-65535")];
        quiet(&RULE, &acl(rules(), rules()));
        quiet(&RULE, &acl(rules(), vec![rule(100, "443"), rule(110, "32768-65535")]));
    }
}
