//! Viewers are sent on to HTTPS.
use crate::catalog::kinds::{CacheBehavior, Distribution, ViewerProtocol};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "distribution-allows-http",
    severity: Severity::Warning,
    title: t("HTTP를 그대로 받는 CloudFront 배포", "CloudFront distribution that accepts HTTP"),
    why: t(
        "HTTP로 오간 내용과 쿠키는 도중에 읽히거나 바뀔 수 있어요.",
        "What goes over HTTP, cookies included, can be read and changed on the way.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, distribution) in context.all::<Distribution>() {
        let name = &node.name;
        if distribution.viewer_protocol == ViewerProtocol::All {
            report
                .note(
                    id,
                    message!(
                        "CloudFront 배포 {name}이(가) HTTP 요청에도 그대로 답해요. HTTP를 HTTPS로 리디렉션하세요.",
                        "CloudFront distribution {name} answers HTTP requests as they come. Redirect HTTP to HTTPS."
                    ),
                )
                .field(id_of!(Distribution.viewer_protocol))
                .fix(
                    message!("HTTPS로 리디렉션하기", "Redirect to HTTPS"),
                    vec![Edit::set(id, id_of!(Distribution.viewer_protocol), ViewerProtocol::Redirect.as_str())],
                );
        }
        for (row, behavior) in distribution.behaviors.iter().enumerate() {
            if behavior.viewer_protocol != ViewerProtocol::All {
                continue;
            }
            let path = &behavior.path;
            let mended = CacheBehavior { viewer_protocol: ViewerProtocol::Redirect, ..behavior.clone() };
            report
                .note(
                    id,
                    message!(
                        "CloudFront 배포 {name}의 경로 {path}이(가) HTTP 요청에도 그대로 답해요. HTTP를 HTTPS로 리디렉션하세요.",
                        "Path {path} of CloudFront distribution {name} answers HTTP requests as they come. Redirect HTTP to HTTPS."
                    ),
                )
                .field(id_of!(Distribution.behaviors))
                .fix(
                    message!("{path}을(를) HTTPS로 리디렉션하기", "Redirect {path} to HTTPS"),
                    vec![Edit::set(id, id_of!(Distribution.behaviors), rows::replaced(&distribution.behaviors, row, &mended))],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{CacheBehavior, ViewerProtocol};
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_on_the_default_and_on_a_path() {
        let mut sketch = published();
        sketch.set("cdn", "viewer_protocol", "allow-all");
        fires(&RULE, &sketch, &["cdn"]);
        let mut sketch = published();
        sketch.rows(
            "cdn",
            "behaviors",
            &[CacheBehavior { viewer_protocol: ViewerProtocol::All, ..CacheBehavior::default() }],
        );
        fires(&RULE, &sketch, &["cdn"]);
    }

    #[test]
    fn quiet_when_redirected_or_refused() {
        let mut sketch = published();
        quiet(&RULE, &sketch);
        sketch.set("cdn", "viewer_protocol", "https-only");
        quiet(&RULE, &sketch);
    }
}
