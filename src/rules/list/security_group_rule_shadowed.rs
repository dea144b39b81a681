//! A rule beside a wider one narrows nothing: allow rules add up.

use crate::catalog::kinds::{GroupRule, SecurityGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::admission::{traffic, traffic_covers};
use crate::facts::links::directions;
use crate::fixes::rows::without;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "security-group-rule-shadowed",
    severity: Severity::Warning,
    title: t("더 넓은 규칙에 가려진 규칙", "Rule covered by a wider one"),
    why: t(
        "허용 규칙은 더해지기만 해서, 넓은 규칙이 있으면 좁은 규칙은 아무것도 제한하지 못해요.",
        "Allow rules only add up: beside a wider rule, the narrow one restricts nothing.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    fixes: true,
    check,
};

/// AWS lets the groups of an interface have no more rules than this together; a longer list is not compared pair by pair.
const MOST_RULES: usize = 1_000;

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<SecurityGroup>() {
        for (field, rules) in directions(group) {
            if rules.len() > MOST_RULES {
                continue;
            }
            for (row, rule) in rules.iter().enumerate() {
                let Some(wide) = rules.iter().position(|wide| covers(wide, rule) && !covers(rule, wide)) else {
                    continue;
                };
                let Some(wider) = rules.get(wide) else { continue };
                let (name, number, above) = (&node.name, row + 1, wide + 1);
                let ((what_ko, what_en), (wide_ko, wide_en)) = (traffic(rule), traffic(wider));
                let (peer, wide_peer) = (context.peer(rule), context.peer(wider));
                report
                    .note(
                        id,
                        message!(
                            "보안 그룹 {name}의 {number}번째 규칙({what_ko}, {peer})은(는) 더 넓은 {above}번째 규칙({wide_ko}, {wide_peer})에 들어 있어 하는 일이 없어요. 좁히려면 넓은 규칙을, 아니면 이 규칙을 지우세요.",
                            "Rule {number} ({what_en}, {peer}) of security group {name} does nothing: the wider rule {above} ({wide_en}, {wide_peer}) holds it. Delete the wider one to restrict, else this one."
                        ),
                    )
                    .field(field)
                    .row(row)
                    .fix(
                        message!("{number}번째 규칙 지우기", "Delete rule {number}"),
                        vec![Edit::set(id, field, without(rules, row))],
                    );
            }
        }
    }
}

/// Whether everything that `narrow` admits is admitted by `wide`. Members of a group are IPv4 addresses, so 0.0.0.0/0 holds them all.
fn covers(wide: &GroupRule, narrow: &GroupRule) -> bool {
    let peer = match (wide.cidr, wide.group, narrow.cidr, narrow.group) {
        (Some(wide), None, Some(narrow), None) => wide.contains(narrow),
        (Some(wide), None, None, Some(_)) => wide.is_any() && wide.v4().is_some(),
        (None, Some(wide), None, Some(narrow)) => wide == narrow,
        _ => false,
    };
    peer && traffic_covers(wide, narrow)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::net::{AnyCidr, PortRange};
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_narrower_block_port_or_group() {
        let mut sketch = balanced();
        let group = sketch.id("alb-sg");
        sketch.rows("app-sg", "inbound", &[GroupRule::tcp_from(80, group), GroupRule::tcp(80, AnyCidr::default())]);
        let low = GroupRule { ports: PortRange::new(1, 1023).unwrap(), ..GroupRule::default() };
        sketch.rows("web-sg", "inbound", &[low, GroupRule::tcp(80, "10.0.0.0/16".parse().unwrap())]);
        fires(&RULE, &sketch, &["web-sg", "app-sg"]);
    }

    #[test]
    fn quiet_for_overlapping_and_for_equal_rules() {
        let mut sketch = balanced();
        let low = GroupRule { ports: PortRange::new(1, 100).unwrap(), ..GroupRule::default() };
        let high = GroupRule { ports: PortRange::new(80, 200).unwrap(), ..GroupRule::default() };
        sketch.rows("web-sg", "inbound", &[low, high.clone(), high]);
        quiet(&RULE, &sketch);
    }
}
