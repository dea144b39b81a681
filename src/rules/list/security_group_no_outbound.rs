//! A security group without outbound rules lets nothing start a connection.
use crate::catalog::kinds::{GroupRule, SecurityGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::appended;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "security-group-no-outbound",
    severity: Severity::Info,
    title: t("아웃바운드 규칙이 없는 보안 그룹", "Security group without outbound rules"),
    why: t(
        "아웃바운드 규칙을 모두 지우면 소프트웨어 업데이트나 데이터베이스 접속을 시작할 수 없어요. 받은 연결의 응답은 나가요.",
        "Without outbound rules nothing can start a connection: no updates, no database. Replies still pass.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<SecurityGroup>() {
        if !group.outbound.is_empty() {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "보안 그룹 {name}에 아웃바운드 규칙이 없어서 밖으로 연결을 시작할 수 없어요. 필요한 아웃바운드 규칙을 넣으세요.",
                    "Security group {name} has no outbound rule, so its members cannot start connections. Add the outbound rules they need."
                ),
            )
            .field(id_of!(SecurityGroup.outbound))
            .fix(
                message!("모든 아웃바운드 허용하기", "Allow all outbound traffic"),
                vec![Edit::set(id, id_of!(SecurityGroup.outbound), appended(&group.outbound, &GroupRule::everything()))],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_an_emptied_list() {
        let mut sketch = two_zones();
        sketch.rows::<GroupRule>("web-sg", "outbound", &[]);
        fires(&RULE, &sketch, &["web-sg"]);
    }

    #[test]
    fn quiet_with_any_outbound_rule() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.rows("web-sg", "outbound", &[GroupRule::default()]);
        quiet(&RULE, &sketch);
    }
}
