//! Servers do not need to do everything.

use std::collections::BTreeSet;

use crate::catalog::kinds::InstanceProfile;
use crate::facts::Context;
use crate::facts::policies::{administrator, holder};
use crate::fixes::policies::without_administrator;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "instance-role-administrator",
    severity: Severity::Warning,
    title: t("모든 권한을 가진 인스턴스 역할", "Instance role with administrator access"),
    why: t(
        "서버 하나가 뚫리면 계정 전체를 빼앗겨요. 서버에는 하는 일에 필요한 권한만 주세요.",
        "Whoever breaks into one server has the whole account. Give servers only what their work needs.",
    ),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let roles: BTreeSet<_> = context.all::<InstanceProfile>().filter_map(|(_, _, profile)| profile.role).collect();
    for id in roles {
        let Some(node) = context.design.node(id) else { continue };
        let Some(held) = holder(node) else { continue };
        let Some(through) = administrator(context, &held) else { continue };
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "인스턴스가 맡는 역할 {name}이(가) 모든 것을 할 수 있어요. 이 정책을 떼고 서버가 하는 일에 맞는 정책을 붙이세요.",
                    "Role {name}, which instances carry, may do everything. Take this policy off and attach one that fits the servers' work."
                ),
            )
            .field(through.field())
            .fix(message!("모든 권한을 주는 정책 떼기", "Take off the policy that allows everything"), vec![without_administrator(through, id, &held)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::permissions::AwsPolicy;
    use crate::rules::testing::{account, fires, quiet};

    const EVERYTHING: &str =
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;

    #[test]
    fn fires_on_a_policy_of_aws_and_on_one_of_ones_own() {
        let mut sketch = account();
        sketch.rows("web-role", "aws_policies", &[AwsPolicy::named("AdministratorAccess")]);
        fires(&RULE, &sketch, &["web-role"]);
        let mut sketch = account();
        sketch.set("read-buckets", "document", EVERYTHING);
        fires(&RULE, &sketch, &["web-role"]);
    }

    #[test]
    fn quiet_on_less() {
        quiet(&RULE, &account());
    }
}
