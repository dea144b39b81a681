//! A security group rule has exactly one peer: a block or a group.

use crate::catalog::kinds::{GroupRule, SecurityGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::admission::traffic;
use crate::facts::links::directions;
use crate::fixes::rows::{replaced, without};
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "security-group-reference-to-nothing",
    severity: Severity::Error,
    title: t("상대가 없는 보안 그룹 규칙", "Security group rule without a peer"),
    why: t(
        "규칙의 소스나 대상은 CIDR과 보안 그룹 가운데 꼭 하나여야 만들어져요.",
        "A rule is created only with exactly one source or destination: a CIDR block or a security group.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<SecurityGroup>() {
        for (field, rules) in directions(group) {
            for (row, rule) in rules.iter().enumerate() {
                let (name, number, (what_ko, what_en)) = (&node.name, row + 1, traffic(rule));
                match (rule.cidr, rule.group) {
                    (None, None) if rule.prefix_list.or(rule.address_of).is_none() => report
                        .note(
                            id,
                            message!(
                                "보안 그룹 {name}의 {number}번째 규칙({what_ko})에 상대가 없어요. CIDR이나 보안 그룹을 고르거나 규칙을 지우세요.",
                                "Rule {number} ({what_en}) of security group {name} has no peer. Choose a CIDR block or a security group, or delete the rule."
                            ),
                        )
                        .field(field)
                        .fix(message!("이 규칙 지우기", "Delete this rule"), vec![Edit::set(id, field, without(rules, row))]),
                    (Some(cidr), Some(peer)) => {
                        let peer = context.name(peer);
                        let kept = GroupRule { cidr: None, ..rule.clone() };
                        report
                            .note(
                                id,
                                message!(
                                    "보안 그룹 {name}의 {number}번째 규칙({what_ko})에 CIDR {cidr}과(와) 보안 그룹 {peer}이(가) 함께 있어요. 하나만 남기세요.",
                                    "Rule {number} ({what_en}) of security group {name} has both CIDR {cidr} and security group {peer}. Keep one."
                                ),
                            )
                            .field(field)
                            .fix(
                                message!("보안 그룹 {peer}만 남기기", "Keep security group {peer} only"),
                                vec![Edit::set(id, field, replaced(rules, row, &kept))],
                            )
                    }
                    _ => continue,
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::rules::testing::{balanced, fires, found_in, quiet};

    #[test]
    fn fires_after_the_group_went_and_on_two_peers() {
        let mut sketch = balanced();
        sketch.remove("alb-sg");
        fires(&RULE, &sketch, &["app-sg"]);
        let mut sketch = balanced();
        let group = Some(sketch.id("alb-sg"));
        sketch.rows("app-sg", "outbound", &[GroupRule { group, ..GroupRule::default() }]);
        fires(&RULE, &sketch, &["app-sg"]);
    }

    #[test]
    fn quiet_with_one_peer_each() {
        quiet(&RULE, &balanced());
    }

    #[test]
    fn quiet_where_a_template_names_a_peer_that_is_not_drawn() {
        let group = |peer: &str| {
            format!(
                "  Web: {{Type: 'AWS::EC2::SecurityGroup', Properties: {{GroupDescription: web, SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: 80, ToPort: 80{peer}}}]}}}}\n"
            )
        };
        for peer in [
            ", SourceSecurityGroupName: !GetAtt Classic.SourceSecurityGroup.GroupName",
            ", SourcePrefixListId: !FindInMap [Prefixes, !Ref 'AWS::Region', List]",
            ", SourceSecurityGroupId: sg-0a1b2c3d4e5f60718",
        ] {
            assert_eq!(found_in(&RULE, &group(peer)), Vec::<String>::new(), "{peer}");
        }
        assert_eq!(found_in(&RULE, &group("")), ["Web"]);
    }
}
