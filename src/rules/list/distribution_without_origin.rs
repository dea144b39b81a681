//! A distribution serves the content of an origin.
use crate::catalog::kinds::{Distribution, LoadBalancer, S3Bucket};
use crate::catalog::{Kind, Resource, Value};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "distribution-without-origin",
    severity: Severity::Error,
    title: t("원본이 없는 CloudFront 배포", "CloudFront distribution without an origin"),
    why: t(
        "배포는 원본에서 콘텐츠를 가져와요. 원본이 없으면 만들 수 없어요.",
        "A distribution fetches content from its origins and cannot be created without one.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, distribution) in context.all::<Distribution>() {
        let whole = distribution.origins.iter().any(|origin| origin.target.is_some() || !origin.domain.is_empty());
        if whole {
            continue;
        }
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "CloudFront 배포 {name}에 원본이 없어요. S3 버킷이나 로드 밸런서를 연결하세요.",
                    "CloudFront distribution {name} has no origin. Connect an S3 bucket or a load balancer."
                ),
            )
            .field(id_of!(Distribution.origins));
        let buckets = context.all::<S3Bucket>().map(|(id, ..)| (id, Kind::S3Bucket));
        let balancers = context.all::<LoadBalancer>().map(|(id, ..)| (id, Kind::LoadBalancer));
        let candidates: Vec<(NodeId, Kind)> = buckets.chain(balancers).collect();
        if let [(only, kind)] = candidates.as_slice()
            && let Some((field, row)) = distribution.connect_row(*only, *kind)
        {
            let origin = context.name(*only);
            note.fix(
                message!("{origin}을(를) 원본으로 연결하기", "Make {origin} its origin"),
                vec![Edit::set(id, field, Value::List(vec![row]))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Origin;
    use crate::rules::testing::{fires, found_in, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_without_one_and_on_one_that_leads_nowhere() {
        let mut sketch = published();
        sketch.rows::<Origin>("cdn", "origins", &[]);
        fires(&RULE, &sketch, &["cdn"]);
        sketch.rows("cdn", "origins", &[Origin::default()]);
        fires(&RULE, &sketch, &["cdn"]);
    }

    #[test]
    fn quiet_with_a_bucket_or_a_server() {
        let mut sketch = published();
        quiet(&RULE, &sketch);
        sketch.rows("cdn", "origins", &[Origin { domain: "origin.example.com".to_owned(), ..Origin::default() }]);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_on_an_origin_that_only_a_deployment_knows() {
        let distribution = |origins: &str| {
            format!(
                "  Cdn: {{Type: 'AWS::CloudFront::Distribution', Properties: {{DistributionConfig: {{Enabled: true, Origins: {origins}}}}}}}\n"
            )
        };
        let elsewhere =
            "[{Id: app, DomainName: !ImportValue app-Host, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]";
        assert_eq!(found_in(&RULE, &distribution(elsewhere)), Vec::<String>::new());
        let server = "  Server: {Type: 'AWS::EC2::Instance', Properties: {ImageId: ami-0a1b2c3d4e5f60718}}\n";
        let at_server = "[{Id: app, DomainName: !GetAtt Server.PublicDnsName, CustomOriginConfig: {OriginProtocolPolicy: http-only}}]";
        assert_eq!(found_in(&RULE, &format!("{server}{}", distribution(at_server))), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &distribution("[]")), ["Cdn"]);
    }
}
