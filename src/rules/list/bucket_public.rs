//! A bucket that everyone on the internet reads is seldom meant to be.
use crate::catalog::kinds::S3Bucket;
use crate::catalog::{FieldValue, JsonText};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::template::Json;
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "bucket-public",
    severity: Severity::Warning,
    title: t("인터넷 전체에 공개된 S3 버킷", "S3 bucket open to the whole internet"),
    why: t(
        "공개 버킷은 데이터 유출의 흔한 원인이에요. 웹 사이트라도 버킷은 비공개로 두고 CloudFront로 공개할 수 있어요.",
        "Public buckets are a common cause of leaks. Even a web site can keep its bucket private behind CloudFront.",
    ),
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, bucket) in context.all::<S3Bucket>() {
        let name = &node.name;
        if bucket.is_public() {
            report
                .note(
                    id,
                    message!(
                        "버킷 {name}의 정책이 모두에게 열려 있어요. 퍼블릭 액세스를 차단하고, 사이트라면 CloudFront 배포의 원본으로 연결하세요.",
                        "The policy of bucket {name} admits everyone. Block public access, and make a site the origin of a CloudFront distribution."
                    ),
                )
                .field(id_of!(S3Bucket.policy))
                .fix(message!("비공개로 되돌리기", "Make it private"), close(id, bucket));
        } else if !bucket.blocks_public_access() && !bucket.policy_admits_everyone() {
            report
                .note(
                    id,
                    message!(
                        "버킷 {name}의 퍼블릭 액세스 차단이 꺼져 있어요. 정책 한 줄로 모두에게 열릴 수 있으니 네 가지를 모두 켜세요.",
                        "Bucket {name} does not block public access: one line of policy would open it to everyone. Turn all four locks on."
                    ),
                )
                .field(id_of!(S3Bucket.block_public_policy))
                .fix(message!("퍼블릭 액세스 차단 켜기", "Block public access"), lock(id));
        }
    }
}

/// Turns the four locks on.
fn lock(id: NodeId) -> Vec<Edit> {
    ["block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets"]
        .map(|field| Edit::set(id, field, true))
        .into()
}

/// Turns the locks on and takes out of the policy what admits everyone, so that it can be written.
fn close(id: NodeId, bucket: &S3Bucket) -> Vec<Edit> {
    let mut edits = lock(id);
    let kept: Vec<Json> =
        bucket.statements().into_iter().filter(|statement| !S3Bucket::admits_everyone(statement)).collect();
    let policy = match bucket.policy.json() {
        Some(Json::Object(mut policy)) if !kept.is_empty() => {
            policy.insert("Statement".to_owned(), kept.into());
            JsonText::of(&policy.into())
        }
        _ => JsonText::default(),
    };
    edits.push(Edit::set(id, id_of!(S3Bucket.policy), policy.to_value()));
    edits
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::public_read_policy;
    use crate::catalog::{FieldValue, JsonText};
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_on_an_open_policy_and_on_missing_locks() {
        let mut sketch = published();
        sketch.set("files", "block_public_policy", false);
        fires(&RULE, &sketch, &["files"]);
        sketch.set("files", "restrict_public_buckets", false);
        sketch.set("files", "policy", JsonText::of(&public_read_policy()).to_value());
        fires(&RULE, &sketch, &["files"]);
    }

    #[test]
    fn quiet_while_locked() {
        quiet(&RULE, &published());
    }
}
