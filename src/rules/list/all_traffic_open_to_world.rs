//! A group that admits everything from everywhere is no firewall.
use std::collections::BTreeSet;

use crate::catalog::FieldValue;
use crate::catalog::kinds::{GroupRule, LoadBalancer, SecurityGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::admission::{listener_protocols, traffic};
use crate::id::NodeId;
use crate::net::{PortRange, Protocol};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "all-traffic-open-to-world",
    severity: Severity::Warning,
    title: t("모든 트래픽이 인터넷 전체에 열려 있음", "All traffic open to the whole internet"),
    why: t(
        "모든 포트를 열면 SSH와 데이터베이스까지 드러나서 보안 그룹이 없는 것과 같아요.",
        "With every port open, SSH and databases are exposed too: the group protects nothing.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<SecurityGroup>() {
        for (row, rule) in group.inbound.iter().enumerate() {
            let everything = rule.protocol == Protocol::All || (rule.protocol.has_ports() && rule.ports.is_all());
            let Some(from) = rule.cidr.filter(|cidr| cidr.is_any() && everything) else { continue };
            let (name, (what_ko, what_en)) = (&node.name, traffic(rule));
            let note = report
                .note(
                    id,
                    message!(
                        "보안 그룹 {name}이(가) 인터넷 전체({from})에서 오는 {what_ko}을(를) 허용해요. 필요한 포트(예: TCP 443)만 남기세요.",
                        "Security group {name} admits {what_en} from the whole internet ({from}). Keep only the ports you need, such as TCP 443."
                    ),
                )
                .field(id_of!(SecurityGroup.inbound))
                .row(row);
            let used = listened(context, id);
            if !used.is_empty() {
                let ports: Vec<String> =
                    used.iter().map(|(protocol, port)| format!("{} {port}", protocol.label().1)).collect();
                let ports = ports.join(", ");
                let only = |(protocol, port): &(Protocol, u16)| GroupRule {
                    protocol: *protocol,
                    ports: PortRange::single(*port),
                    ..rule.clone()
                };
                let others =
                    group.inbound.iter().enumerate().filter(|(at, _)| *at != row).map(|(_, other)| other.clone());
                let rules: Vec<GroupRule> = others.chain(used.iter().map(only)).collect();
                note.fix(
                    message!("리스너의 포트만 남기기: {ports}", "Keep the ports of the listeners alone: {ports}"),
                    vec![Edit::set(id, id_of!(SecurityGroup.inbound), rules.to_value())],
                );
            }
        }
    }
}

/// What the members of a group listen to, where all of them are load balancers; of a server nobody knows which ports it needs.
fn listened(context: &Context, group: NodeId) -> BTreeSet<(Protocol, u16)> {
    let mut found = BTreeSet::new();
    for member in context.members(group) {
        if context.design.get::<LoadBalancer>(*member).is_none() {
            return BTreeSet::new();
        }
        for (_, _, listener) in context.listeners(*member) {
            found.extend(listener_protocols(listener.protocol).iter().map(|protocol| (*protocol, listener.port)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::net::PortRange;
    use crate::rules::check;
    use crate::rules::testing::{fires, named, quiet, two_zones};

    #[test]
    fn fires_on_all_protocols_and_on_all_ports() {
        for rule in [GroupRule::everything(), GroupRule { ports: PortRange::ALL, ..GroupRule::default() }] {
            let mut sketch = named();
            sketch.rows("alb-sg", "inbound", std::slice::from_ref(&rule));
            fires(&RULE, &sketch, &["alb-sg"]);
            let mut sketch = two_zones();
            sketch.rows("web-sg", "inbound", &[rule]);
            let found = check(sketch.design()).into_iter().find(|finding| finding.rule == RULE.id).unwrap();
            assert_eq!((found.node, found.fix), (sketch.id("web-sg"), None));
        }
    }

    #[test]
    fn quiet_for_everything_outwards_and_from_the_vpc() {
        let mut sketch = two_zones();
        let cidr = Some("10.0.0.0/16".parse().unwrap());
        sketch.rows("web-sg", "inbound", &[GroupRule { cidr, ..GroupRule::everything() }]);
        quiet(&RULE, &sketch);
    }
}
