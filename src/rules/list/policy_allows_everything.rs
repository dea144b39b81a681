//! A policy of one's own that allows everything.

use crate::facts::Context;
use crate::facts::policies::{Sort, all, allows_everything, statements};
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "policy-allows-everything",
    severity: Severity::Warning,
    title: t("모든 작업을 모든 리소스에 허용하는 정책", "Policy that allows everything"),
    why: t(
        "Action과 Resource가 모두 *이면 계정에서 무엇이든 할 수 있어요. 실수나 유출의 피해가 계정 전체로 커져요.",
        "With * for both Action and Resource anything may be done in the account, and a mistake or a leak harms all of it.",
    ),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#access_policies-json",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for policy in all(context).iter().filter(|policy| policy.sort == Sort::Identity) {
        let Some(at) = statements(&policy.json).iter().position(|statement| allows_everything(statement)) else {
            continue;
        };
        let (number, title) = (at + 1, &policy.title);
        let (ko, en) = (&title.ko, &title.en);
        report
            .note(
                policy.node,
                message!(
                    "{ko}의 {number}번째 Statement가 모든 작업을 모든 리소스에 허용해요. 필요한 Action과 Resource만 적으세요.",
                    "{en} allows every action on every resource in statement {number}. Name only the actions and resources that are needed."
                ),
            )
            .field(policy.field);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{account, fires, quiet};

    #[test]
    fn fires_on_stars_for_both() {
        let mut sketch = account();
        sketch.set(
            "read-buckets",
            "document",
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}"#,
        );
        fires(&RULE, &sketch, &["read-buckets"]);
    }

    #[test]
    fn quiet_on_one_service_and_on_a_denial() {
        let mut sketch = account();
        quiet(&RULE, &sketch);
        for statement in [
            r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#,
            r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#,
        ] {
            let document = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
            sketch.set("read-buckets", "document", document.as_str());
            quiet(&RULE, &sketch);
        }
    }
}
