//! A web site in a bucket that nobody may read answers 403.
use crate::catalog::kinds::{Distribution, S3Bucket, public_read_policy};
use crate::catalog::{FieldValue, JsonText};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "website-not-readable",
    severity: Severity::Error,
    title: t("읽을 수 없는 정적 웹 사이트", "Static website that nobody can read"),
    why: t(
        "웹 사이트 엔드포인트는 공개된 객체만 보여 줘서, 비공개 버킷이면 모두 403을 받아요.",
        "A website endpoint serves public objects alone; on a private bucket everyone gets 403.",
    ),
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteAccessPermissionsReqd.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, bucket) in context.all::<S3Bucket>().filter(|(_, _, bucket)| bucket.website) {
        // An origin that is not drawn may be this bucket.
        let behind = context.all::<Distribution>().any(|(distribution, _, one)| {
            one.origins.iter().any(|origin| origin.target == Some(id))
                || context.design.is_open(distribution, id_of!(Distribution.origins))
        });
        // A public policy that the bucket refuses is told by the rule of that; who meets a condition, only a request knows.
        if bucket.policy_admits_everyone() || bucket.policy_admits_on_condition() || behind {
            continue;
        }
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "버킷 {name}은(는) 웹 사이트인데 아무도 읽을 수 없어요. CloudFront 배포의 원본으로 연결하거나(권장), 모두 읽게 하는 정책을 넣으세요.",
                    "Bucket {name} is a web site that nobody may read. Make it the origin of a CloudFront distribution (better), or give it a policy by which everyone may read."
                ),
            )
            .field(id_of!(S3Bucket.website));
        // A policy of one's own is not thrown away; what it lacks is for its author to add.
        if bucket.policy.is_empty() {
            let edits = vec![
                Edit::set(id, id_of!(S3Bucket.block_public_policy), false),
                Edit::set(id, id_of!(S3Bucket.restrict_public_buckets), false),
                Edit::set(id, id_of!(S3Bucket.policy), JsonText::of(&public_read_policy()).to_value()),
            ];
            note.fix(message!("모두 읽을 수 있게 하기", "Let everyone read it"), edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::S3Bucket;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_on_a_private_site() {
        let mut sketch = published();
        sketch.add("virginia", "pages", S3Bucket { website: true, ..S3Bucket::default() });
        fires(&RULE, &sketch, &["pages"]);
    }

    #[test]
    fn quiet_where_only_some_requests_are_answered() {
        let mut sketch = published();
        sketch.add("virginia", "pages", S3Bucket { website: true, ..S3Bucket::default() });
        for condition in
            [r#"{"StringLike": {"aws:Referer": "secret"}}"#, r#"{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#]
        {
            let policy = format!(
                r#"{{"Statement": {{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*", "Condition": {condition}}}}}"#
            );
            sketch.set("pages", "policy", policy.as_str());
            quiet(&RULE, &sketch);
        }
    }

    #[test]
    fn quiet_behind_a_distribution_and_without_a_site() {
        let mut sketch = published();
        quiet(&RULE, &sketch);
        sketch.set("files", "website", true);
        quiet(&RULE, &sketch);
    }
}
