//! A group that admits everything from everywhere is no firewall.

use crate::catalog::kinds::SecurityGroup;
use crate::message;
use crate::net::Protocol;
use crate::rules::admission::traffic;
use crate::rules::{Context, Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "all-traffic-open-to-world",
    severity: Severity::Warning,
    title: t("모든 트래픽이 인터넷 전체에 열려 있음", "All traffic open to the whole internet"),
    why: t(
        "모든 포트를 열면 SSH와 데이터베이스까지 드러나서 보안 그룹이 없는 것과 같아요.",
        "With every port open, SSH and databases are exposed too: the group protects nothing.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<SecurityGroup>() {
        for (row, rule) in group.inbound.iter().enumerate() {
            let everything = rule.protocol == Protocol::All || (rule.protocol.has_ports() && rule.ports.is_all());
            let Some(from) = rule.cidr.filter(|cidr| cidr.is_any() && everything) else { continue };
            let (name, (what_ko, what_en)) = (&node.name, traffic(rule));
            report
                .note(
                    id,
                    message!(
                        "보안 그룹 {name}이(가) 인터넷 전체({from})에서 오는 {what_ko}을(를) 허용해요. 필요한 포트(예: TCP 443)만 남기세요.",
                        "Security group {name} admits {what_en} from the whole internet ({from}). Keep only the ports you need, such as TCP 443."
                    ),
                )
                .field("inbound")
                .row(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::net::PortRange;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_all_protocols_and_on_all_ports() {
        for rule in [GroupRule::everything(), GroupRule { ports: PortRange::ALL, ..GroupRule::default() }] {
            let mut sketch = two_zones();
            sketch.rows("web-sg", "inbound", &[rule]);
            fires(&RULE, &sketch, &["web-sg"]);
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
