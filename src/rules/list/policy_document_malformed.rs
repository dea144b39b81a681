//! A policy document has statements with effect, action and resource or principal.

use crate::facts::Context;
use crate::facts::policies::{all, malformed, wrong_version};
use crate::fixes::policies::with_document;
use crate::message;
use crate::rules::{Report, Rule, Severity, template};
use crate::template::RuleId;
use crate::text::{Message, t};

pub const RULE: Rule = Rule {
    id: RuleId::POLICY_DOCUMENT_MALFORMED.as_str(),
    severity: Severity::Error,
    title: t("형식이 잘못된 정책 문서", "Malformed policy document"),
    why: t(
        "IAM은 형식이 맞지 않는 정책을 받지 않아요(MalformedPolicyDocument).",
        "IAM refuses a policy that is not of this form (MalformedPolicyDocument).",
    ),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    template::faults(context, report);
    for policy in all(context) {
        // A template that was opened says at which line.
        let Some(wrong) = malformed(&policy).filter(|_| !report.has(policy.node)) else { continue };
        let (title, version) = (&policy.title, wrong_version(&policy.json).is_some());
        let message = Message::new(
            &format!("{}에 잘못이 있어요: {}. 고쳐야 배포돼요.", title.ko, wrong.ko),
            format!("{} is malformed: {}. Mend it to deploy.", title.en, wrong.en),
        );
        let note = report.note(policy.node, message).field(policy.field);
        let mut json = policy.json.clone();
        if let (true, Some(document)) = (version, json.as_object_mut()) {
            document.insert("Version".to_owned(), "2012-10-17".into());
            if let Some(edit) = with_document(context, &policy, &json) {
                note.fix(message!("Version을 2012-10-17로 적기", "Write Version 2012-10-17"), vec![edit]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::permissions::InlinePolicy;
    use crate::catalog::{FieldValue, JsonText, Value};
    use crate::rules::testing::{account, fires, quiet};

    #[test]
    fn fires_on_another_version_in_each_place() {
        let statement = r#"{"Version": "2024-01-01", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#;
        let mut sketch = account();
        sketch.set("read-buckets", "document", statement);
        fires(&RULE, &sketch, &["read-buckets"]);
        let mut sketch = account();
        let document = JsonText::from_value(&Value::from(statement)).unwrap();
        sketch.rows("kim", "inline_policies", &[InlinePolicy { document, ..InlinePolicy::default() }]);
        fires(&RULE, &sketch, &["kim"]);
        let mut sketch = account();
        sketch.set(
            "web-role",
            "trust",
            r#"{"Version": "2024-01-01", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#,
        );
        fires(&RULE, &sketch, &["web-role"]);
    }

    #[test]
    fn fires_on_every_other_fault() {
        let mut sketch = account();
        for statements in [
            "[]",
            r#"[{"Action": "s3:GetObject", "Resource": "*"}]"#,
            r#"[{"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}]"#,
            r#"[{"Effect": "Allow", "Resource": "*"}]"#,
            r#"[{"Effect": "Allow", "Action": "s3:GetObject"}]"#,
            r#"[{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Principal": "*"}]"#,
        ] {
            let document = format!(r#"{{"Version": "2012-10-17", "Statement": {statements}}}"#);
            sketch.set("read-buckets", "document", document.as_str());
            let found = crate::rules::check(sketch.design());
            assert!(found.iter().any(|finding| finding.rule == RULE.id), "{document}");
        }
    }

    #[test]
    fn quiet_on_sound_documents_and_without_a_version() {
        let mut sketch = account();
        quiet(&RULE, &sketch);
        // IAM takes such a document for one of 2008-10-17.
        sketch.set(
            "read-buckets",
            "document",
            r#"{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#,
        );
        quiet(&RULE, &sketch);
    }
}
