//! A policy for everyone is refused while public policies are blocked.
use crate::catalog::kinds::S3Bucket;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "bucket-policy-blocked",
    severity: Severity::Error,
    title: t("차단된 공개 버킷 정책", "Public bucket policy that is blocked"),
    why: t(
        "퍼블릭 정책 차단이 켜진 버킷은 모두에게 여는 정책을 거부해서 스택이 만들어지지 않아요.",
        "A bucket that blocks public policies refuses one that admits everyone, and the stack fails.",
    ),
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, bucket) in context.all::<S3Bucket>() {
        if !bucket.policy_admits_everyone() || bucket.is_public() {
            continue;
        }
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "버킷 {name}의 정책은 모두에게 열려 있는데 퍼블릭 액세스 차단이 켜져 있어 거부돼요. 정책을 좁히거나, 정말 공개할 버킷이면 정책 차단을 끄세요.",
                    "The policy of bucket {name} admits everyone, which its block of public access refuses. Narrow the policy, or turn the block off if the bucket is really meant to be public."
                ),
            )
            .field(id_of!(S3Bucket.policy));
        // A web site is meant to be read. What another policy is for, only its author knows: neither is it deleted, nor the bucket opened.
        if bucket.website {
            note.fix(
                message!(
                    "웹 사이트를 모두 읽게 퍼블릭 정책 차단 끄기",
                    "Turn the block of public policies off, so that everyone reads the site"
                ),
                vec![
                    Edit::set(id, id_of!(S3Bucket.block_public_policy), false),
                    Edit::set(id, id_of!(S3Bucket.restrict_public_buckets), false),
                ],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::public_read_policy;
    use crate::catalog::{FieldValue, JsonText};
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_while_either_lock_is_on() {
        let mut sketch = published();
        sketch.set("files", "policy", JsonText::of(&public_read_policy()).to_value());
        sketch.set("files", "website", true);
        fires(&RULE, &sketch, &["files"]);
        sketch.set("files", "block_public_policy", false);
        fires(&RULE, &sketch, &["files"]);
    }

    #[test]
    fn offers_nothing_where_only_its_author_knows_what_the_policy_is_for() {
        let mut sketch = published();
        sketch.set("files", "policy", JsonText::of(&public_read_policy()).to_value());
        let found = crate::rules::check(sketch.design()).into_iter().filter(|found| found.rule == RULE.id);
        assert_eq!(found.map(|found| found.fix).collect::<Vec<_>>(), [None]);
    }

    #[test]
    fn quiet_on_a_policy_for_some_and_on_a_bucket_that_is_public() {
        let mut sketch = published();
        let some = r#"{"Statement": {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "s3:GetObject", "Resource": "*"}}"#;
        sketch.set("files", "policy", some);
        quiet(&RULE, &sketch);
        sketch.set("files", "policy", JsonText::of(&public_read_policy()).to_value());
        sketch.set("files", "block_public_policy", false);
        sketch.set("files", "restrict_public_buckets", false);
        quiet(&RULE, &sketch);
    }
}
