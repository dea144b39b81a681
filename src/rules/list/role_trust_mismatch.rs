//! The role of an instance profile must trust EC2.
use crate::catalog::kinds::{IamRole, InstanceProfile};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::policies::may_trust;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "role-trust-mismatch",
    severity: Severity::Error,
    title: t("EC2를 신뢰하지 않는 인스턴스 역할", "Instance role that does not trust EC2"),
    why: t(
        "역할이 EC2를 신뢰하지 않으면 인스턴스가 역할의 권한을 받지 못해요.",
        "An instance gets no permissions from a role that does not trust EC2.",
    ),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (profile, node, body) in context.all::<InstanceProfile>() {
        let Some((id, role)) = body.role.and_then(|id| Some((id, context.design.get::<IamRole>(id)?))) else {
            continue;
        };
        // Of a role that trusts nobody another rule tells.
        if role.trust_policy().is_none() || may_trust(role, "ec2.amazonaws.com") {
            continue;
        }
        let (name, role_name) = (&node.name, context.name(id));
        let note = report
            .note(
                profile,
                message!(
                    "인스턴스 프로파일 {name}의 역할 {role_name}이(가) EC2를 신뢰하지 않아요. 신뢰하는 서비스를 ec2.amazonaws.com으로 바꾸거나 다른 역할을 고르세요.",
                    "Role {role_name} of instance profile {name} does not trust EC2. Let it trust ec2.amazonaws.com, or choose another role."
                ),
            )
            .field(id_of!(InstanceProfile.role))
            .given(id, id_of!(IamRole.trust));
        if role.trust.is_empty() {
            note.fix(
                message!("{role_name}이(가) EC2를 신뢰하게 하기", "Let {role_name} trust EC2"),
                vec![Edit::set(id, id_of!(IamRole.trusted_service), "ec2.amazonaws.com")],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{account, fires, quiet};

    #[test]
    fn fires_on_a_role_of_another_service() {
        let mut sketch = account();
        sketch.set("web-role", "trusted_service", "lambda.amazonaws.com");
        fires(&RULE, &sketch, &["web-profile"]);
    }

    #[test]
    fn quiet_on_ec2_alone_and_among_others() {
        let mut sketch = account();
        quiet(&RULE, &sketch);
        sketch.set(
            "web-role",
            "trust",
            r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": ["lambda.amazonaws.com", "ec2.amazonaws.com"]}, "Action": "sts:AssumeRole"}}"#,
        );
        quiet(&RULE, &sketch);
    }
}
