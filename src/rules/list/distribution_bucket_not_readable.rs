//! A distribution needs leave to read a private bucket.
use crate::catalog::kinds::{Distribution, Origin, OriginAccess, S3Bucket};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "distribution-bucket-not-readable",
    severity: Severity::Error,
    title: t("CloudFront가 읽을 수 없는 버킷", "Bucket that CloudFront cannot read"),
    why: t(
        "비공개 버킷은 원본 액세스 제어(OAC)로 서명한 요청만 받아서, 그것 없이는 모든 요청이 403이에요.",
        "A private bucket takes only requests signed by origin access control (OAC); without it every request gets 403.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, distribution) in context.all::<Distribution>() {
        for (row, origin) in distribution.origins.iter().enumerate() {
            let Some(bucket_id) = origin.target else { continue };
            let Some(bucket) = context.design.get::<S3Bucket>(bucket_id) else { continue };
            let readable = match origin.access {
                OriginAccess::Control => true,
                OriginAccess::Public => bucket.is_public(),
                // Who sends the header that the policy asks for, and what a site only redirects, is not refused.
                OriginAccess::Website => {
                    bucket.website && (bucket.is_public() || bucket.policy_admits_on_condition())
                        || context.design.is_open(bucket_id, id_of!(S3Bucket.website))
                }
            };
            if readable {
                continue;
            }
            let (name, bucket_name) = (&node.name, context.name(bucket_id));
            let mended = Origin { access: OriginAccess::Control, ..origin.clone() };
            report
                .note(
                    id,
                    message!(
                        "CloudFront 배포 {name}이(가) 비공개 버킷 {bucket_name}을(를) 원본 액세스 제어 없이 읽으려고 해요. 버킷 접근을 원본 액세스 제어로 바꾸세요.",
                        "CloudFront distribution {name} reads private bucket {bucket_name} without origin access control. Set its bucket access to that."
                    ),
                )
                .field(id_of!(Distribution.origins))
                .fix(
                    message!("원본 액세스 제어로 읽기", "Read it by origin access control"),
                    vec![Edit::set(id, id_of!(Distribution.origins), rows::replaced(&distribution.origins, row, &mended))],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Origin, OriginAccess};
    use crate::rules::testing::{fires, found_in, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_on_a_private_bucket_without_control() {
        for access in [OriginAccess::Public, OriginAccess::Website] {
            let mut sketch = published();
            let target = Some(sketch.id("files"));
            sketch.rows("cdn", "origins", &[Origin { target, access, ..Origin::default() }]);
            fires(&RULE, &sketch, &["cdn"]);
        }
    }

    #[test]
    fn quiet_on_a_site_for_some_requests_and_on_one_that_redirects() {
        let cdn = "  D: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Enabled: true, Origins: [{Id: s3, DomainName: !Sub '${B}.s3-website-${AWS::Region}.amazonaws.com', CustomOriginConfig: {OriginProtocolPolicy: http-only}}], DefaultCacheBehavior: {TargetOriginId: s3, ViewerProtocolPolicy: allow-all}}}}
";
        let site = "  B: {Type: 'AWS::S3::Bucket', Properties: {WebsiteConfiguration: {IndexDocument: index.html}}}\n";
        assert_eq!(found_in(&RULE, &format!("{site}{cdn}")), ["D"]);
        let policy = "  P: {Type: 'AWS::S3::BucketPolicy', Properties: {Bucket: !Ref B, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: !Sub 'arn:aws:s3:::${B}/*', Condition: {StringLike: {'aws:Referer': secret}}}]}}}\n";
        assert_eq!(found_in(&RULE, &format!("{site}{policy}{cdn}")), Vec::<String>::new());
        let redirect = site.replace("{IndexDocument: index.html}", "{RedirectAllRequestsTo: {HostName: example.com}}");
        assert_eq!(found_in(&RULE, &format!("{redirect}{cdn}")), Vec::<String>::new());
    }

    #[test]
    fn quiet_with_control_and_before_other_servers() {
        let mut sketch = published();
        quiet(&RULE, &sketch);
        sketch.rows("cdn", "origins", &[Origin { domain: "origin.example.com".to_owned(), ..Origin::default() }]);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_on_an_origin_access_identity() {
        let site = |identity: &str| {
            format!(
                "  Bucket: {{Type: 'AWS::S3::Bucket'}}\n  Cdn: {{Type: 'AWS::CloudFront::Distribution', Properties: {{DistributionConfig: {{Enabled: true, Origins: [{{Id: site, DomainName: !GetAtt Bucket.RegionalDomainName, S3OriginConfig: {{OriginAccessIdentity: {identity}}}}}]}}}}}}\n"
            )
        };
        assert_eq!(found_in(&RULE, &site("origin-access-identity/cloudfront/E127EXAMPLE51Z")), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &site("''")), ["Cdn"]);
    }
}
