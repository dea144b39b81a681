//! A bucket's name is lawful, and nobody else's.
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::catalog::kinds::S3Bucket;
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::pairs::can_compare;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "bucket-name-malformed",
    severity: Severity::Error,
    title: t("만들 수 없는 버킷 이름", "Bucket name that cannot be created"),
    why: t(
        "버킷 이름은 3~63자의 영문 소문자, 숫자, 점과 하이픈으로 짓고, 전 세계에서 하나뿐이어야 해요.",
        "Bucket names have 3 to 63 lower-case letters, digits, dots and hyphens, and are unique in the world.",
    ),
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut named: BTreeMap<&str, Vec<NodeId>> = BTreeMap::new();
    for (id, node, bucket) in context.all::<S3Bucket>().filter(|(_, _, bucket)| !bucket.bucket_name.is_empty()) {
        let (name, given) = (&node.name, bucket.bucket_name.as_str());
        let earlier = named.entry(given).or_default();
        let first =
            earlier.iter().copied().find(|other| can_compare(context, id, *other, id_of!(S3Bucket.bucket_name)));
        earlier.push(id);
        if let Some(other) = first {
            let other = context.name(other);
            report
                .note(
                    id,
                    message!(
                        "버킷 {name}과(와) {other}의 이름이 {given}(으)로 같아요. 하나를 바꾸거나 비워서 AWS가 정하게 하세요.",
                        "Buckets {name} and {other} are both named {given}. Change one, or leave it empty and let AWS choose."
                    ),
                )
                .field(id_of!(S3Bucket.bucket_name))
                .fix(message!("이름 비우기", "Leave the name to AWS"), vec![Edit::set(id, id_of!(S3Bucket.bucket_name), "")]);
        } else if !is_lawful(given) {
            let note = report
                .note(
                    id,
                    message!(
                        "버킷 {name}의 이름 {given}은(는) 쓸 수 없어요. 3~63자의 영문 소문자, 숫자, 점, 하이픈으로 짓고 글자나 숫자로 시작하고 끝내세요.",
                        "{given} cannot be the name of bucket {name}. Use 3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit."
                    ),
                )
                .field(id_of!(S3Bucket.bucket_name));
            let lawful = mended(given);
            if is_lawful(&lawful) {
                note.fix(
                    message!("이름을 {lawful}(으)로 바꾸기", "Change the name to {lawful}"),
                    vec![Edit::set(id, id_of!(S3Bucket.bucket_name), lawful.as_str())],
                );
            } else {
                note.fix(
                    message!("이름 비우기", "Leave the name to AWS"),
                    vec![Edit::set(id, id_of!(S3Bucket.bucket_name), "")],
                );
            }
        }
    }
}

fn is_lawful(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    let end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    (3..=63).contains(&name.len())
        && name.chars().all(allowed)
        && end(name.chars().next())
        && end(name.chars().next_back())
        && !name.contains("..")
        && name.parse::<Ipv4Addr>().is_err()
        && !["xn--", "sthree-", "amzn-s3-demo-"].iter().any(|taken| name.starts_with(taken))
        && !["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"].iter().any(|taken| name.ends_with(taken))
}

/// The nearest name that may do.
fn mended(name: &str) -> String {
    let mut kept = String::new();
    for c in name.chars() {
        let c = c.to_ascii_lowercase();
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            kept.push(c);
        } else if !kept.ends_with('-') {
            kept.push('-');
        }
    }
    let short: String = kept.trim_matches('-').chars().take(63).collect();
    short.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{RULE, is_lawful};
    use crate::catalog::kinds::S3Bucket;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_on_capitals_addresses_and_a_name_given_twice() {
        for name in ["My_Bucket", "ab", "192.168.0.1", "-site", "a..b", "버킷"] {
            let mut sketch = published();
            sketch.set("files", "bucket_name", name);
            fires(&RULE, &sketch, &["files"]);
        }
        let mut sketch = published();
        sketch.set("files", "bucket_name", "lab-files");
        sketch.add("virginia", "twin", S3Bucket { bucket_name: "lab-files".to_owned(), ..S3Bucket::default() });
        fires(&RULE, &sketch, &["twin"]);
    }

    #[test]
    fn quiet_on_lawful_names_and_none() {
        let mut sketch = published();
        quiet(&RULE, &sketch);
        sketch.set("files", "bucket_name", "www.example.com");
        quiet(&RULE, &sketch);
        assert!(!is_lawful(&"a".repeat(64)) && is_lawful("a-1"));
    }
}
