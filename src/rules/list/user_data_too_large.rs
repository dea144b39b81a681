//! User data has at most 16 KB.
use crate::catalog::kinds::Instance;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "user-data-too-large",
    severity: Severity::Error,
    title: t("사용자 데이터가 너무 큼", "User data too large"),
    why: t(
        "사용자 데이터는 base64로 바꾸기 전 16KB까지예요. 더 길면 인스턴스가 시작되지 않아요.",
        "User data has at most 16 KB before base64; with more the instance does not launch.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
    fixes: false,
    check,
};

/// Bytes of user data before base64.
const MOST_BYTES: usize = 16 * 1024;

fn check(context: &Context, report: &mut Report) {
    for (id, node, instance) in context.all::<Instance>() {
        let (name, bytes) = (&node.name, instance.user_data.len());
        if bytes <= MOST_BYTES {
            continue;
        }
        report
            .note(
                id,
                message!(
                    "인스턴스 {name}의 사용자 데이터가 {bytes}바이트예요. {MOST_BYTES}바이트 이하로 줄이거나, 긴 스크립트는 S3에 두고 내려받으세요.",
                    "The user data of instance {name} has {bytes} bytes. Shorten it to {MOST_BYTES}, or keep the script in S3 and download it."
                ),
            )
            .field(id_of!(Instance.user_data));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, two_zones};

    fn script(bytes: usize) -> String {
        format!("#!/bin/bash\n{}", "#".repeat(bytes - 12))
    }

    #[test]
    fn fires_one_byte_over() {
        let mut sketch = two_zones();
        sketch.set("web", "user_data", script(16_385).as_str());
        fires(&RULE, &sketch, &["web"]);
    }

    #[test]
    fn quiet_at_the_limit() {
        let mut sketch = two_zones();
        sketch.set("web", "user_data", script(16_384).as_str());
        quiet(&RULE, &sketch);
    }
}
