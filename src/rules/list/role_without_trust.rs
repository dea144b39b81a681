//! A role that nobody may take on is of no use.
use crate::catalog::kinds::IamRole;
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::policies::{is_open, statements};
use crate::rules::{Report, Rule, Severity};
use crate::template::Json;
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "role-without-trust",
    severity: Severity::Error,
    title: t("아무도 맡을 수 없는 역할", "Role that nobody may take on"),
    why: t(
        "역할에는 누가 맡을 수 있는지 적은 신뢰 정책이 꼭 있어야 해요.",
        "A role must have a trust policy that says who may take it on.",
    ),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, role) in context.all::<IamRole>() {
        let name = &node.name;
        let allows = |statement: &&Json| {
            is_open(statement)
                || statement.get("Effect").is_some_and(|effect| effect.as_str() == Some("Allow") || is_open(effect))
        };
        match role.trust_policy() {
            None => {
                let message = message!(
                    "역할 {name}을(를) 맡을 서비스가 없어요. 신뢰하는 서비스를 고르세요.",
                    "No service may take role {name} on. Choose the service it trusts."
                );
                let title = message!("EC2 인스턴스가 맡게 하기", "Let EC2 instances take it on");
                let edits = vec![Edit::set(id, id_of!(IamRole.trusted_service), "ec2.amazonaws.com")];
                report.note(id, message).field(id_of!(IamRole.trusted_service)).fix(title, edits);
            }
            Some(policy) if !is_open(&policy) && !statements(&policy).iter().any(allows) => {
                let message = message!(
                    "역할 {name}의 신뢰 정책에 아무도 허용하는 문이 없어요. Effect가 Allow인 문을 더하거나 비워서 신뢰하는 서비스를 쓰세요.",
                    "No statement of role {name}'s trust policy allows anyone. Add one whose Effect is Allow, or empty it and choose a trusted service."
                );
                let title = message!(
                    "신뢰 정책을 비우고 EC2 인스턴스가 맡게 하기",
                    "Empty the trust policy and let EC2 instances take it on"
                );
                let edits = vec![
                    Edit::set(id, id_of!(IamRole.trust), ""),
                    Edit::set(id, id_of!(IamRole.trusted_service), "ec2.amazonaws.com"),
                ];
                report.note(id, message).field(id_of!(IamRole.trust)).fix(title, edits);
            }
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{account, fires, quiet};

    #[test]
    fn fires_without_a_service_and_on_a_policy_that_allows_no_one() {
        let mut sketch = account();
        sketch.set("web-role", "trusted_service", "");
        fires(&RULE, &sketch, &["web-role"]);
        sketch.set("web-role", "trust", r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}]}"#);
        fires(&RULE, &sketch, &["web-role"]);
    }

    #[test]
    fn quiet_with_a_trusted_service() {
        quiet(&RULE, &account());
    }
}
