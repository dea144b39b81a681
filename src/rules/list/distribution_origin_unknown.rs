//! A behaviour names an origin of its distribution.
use crate::catalog::kinds::{CacheBehavior, Distribution};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "distribution-origin-unknown",
    severity: Severity::Error,
    title: t("없는 원본을 가리키는 동작", "Behaviour of an origin that does not exist"),
    why: t(
        "동작이 가리키는 원본이 배포에 없으면 배포를 만들 수 없어요.",
        "A distribution whose behaviour names an origin it lacks cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, distribution) in context.all::<Distribution>() {
        let name = &node.name;
        let known = |origin: &str| origin.is_empty() || distribution.origins.iter().any(|one| one.name == origin);
        let origin = &distribution.default_origin;
        if !known(origin) {
            report
                .note(
                    id,
                    message!(
                        "CloudFront 배포 {name}의 기본 원본 {origin}이(가) 원본 표에 없어요. 이름을 고치거나 비워서 첫 번째 원본을 쓰세요.",
                        "Default origin {origin} of CloudFront distribution {name} is not among its origins. Correct it, or leave it empty to use the first."
                    ),
                )
                .field(id_of!(Distribution.default_origin))
                .fix(message!("첫 번째 원본 쓰기", "Use the first origin"), vec![Edit::set(id, id_of!(Distribution.default_origin), "")]);
        }
        for (row, behavior) in distribution.behaviors.iter().enumerate().filter(|(_, one)| !known(&one.origin)) {
            let (path, origin) = (&behavior.path, &behavior.origin);
            let mended = CacheBehavior { origin: String::new(), ..behavior.clone() };
            report
                .note(
                    id,
                    message!(
                        "CloudFront 배포 {name}의 경로 {path}이(가) 원본 표에 없는 {origin}을(를) 가리켜요. 이름을 고치거나 비워서 첫 번째 원본을 쓰세요.",
                        "Path {path} of CloudFront distribution {name} goes to {origin}, which is not among its origins. Correct it, or leave it empty to use the first."
                    ),
                )
                .field(id_of!(Distribution.behaviors))
                .fix(
                    message!("{path}을(를) 첫 번째 원본으로 보내기", "Send {path} to the first origin"),
                    vec![Edit::set(id, id_of!(Distribution.behaviors), rows::replaced(&distribution.behaviors, row, &mended))],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::CacheBehavior;
    use crate::rules::testing::{fires, found_in, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_on_a_name_that_no_origin_has() {
        let mut sketch = published();
        sketch.set("cdn", "default_origin", "app");
        fires(&RULE, &sketch, &["cdn"]);
        let mut sketch = published();
        sketch.rows("cdn", "behaviors", &[CacheBehavior { origin: "app".to_owned(), ..CacheBehavior::default() }]);
        fires(&RULE, &sketch, &["cdn"]);
    }

    #[test]
    fn quiet_on_names_that_exist_and_on_none() {
        let mut sketch = published();
        sketch.set("cdn", "default_origin", "site");
        sketch.rows("cdn", "behaviors", &[CacheBehavior::default()]);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_where_a_deployment_names_the_origins() {
        let distribution = |origin: &str| {
            format!(
                "  Cdn: {{Type: 'AWS::CloudFront::Distribution', Properties: {{DistributionConfig: {{Enabled: true, DefaultCacheBehavior: {{TargetOriginId: !Sub '${{Name}}-app', ViewerProtocolPolicy: redirect-to-https}}, Origins: [{{Id: {origin}, DomainName: app.example.com}}]}}}}}}\nParameters:\n  Name: {{Type: String}}\n"
            )
        };
        assert_eq!(found_in(&RULE, &distribution("!Sub '${Name}-app'")), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &distribution("other")), ["Cdn"]);
    }
}
