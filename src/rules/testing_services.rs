//! Fixtures with buckets, distributions, databases and pipelines, for the examples of rules.

use super::testing::{Named, two_zones};
use crate::catalog::kinds::{
    ActionProvider, Certificate, CodeBuildProject, CodePipeline, DbInstance, DbSubnetGroup, Distribution, GroupRule,
    HostedZone, IMAGE_BUILDSPEC, Origin, PipelineAction, RecordSet, Region, S3Bucket, SecurityGroup,
};

/// A static site in `virginia`: private bucket `files`, distribution `cdn` (www.example.com) that reads it by origin access control, certificate
/// `cert` (example.com and its wildcard), zone `example-zone` with the alias `www`.
#[track_caller]
pub fn published() -> Named {
    let mut n = Named::default();
    n.add("", "virginia", Region { code: "us-east-1".to_owned() });
    let zone = n.add("virginia", "example-zone", HostedZone::default());
    let alternative_names = vec!["*.example.com".parse().unwrap()];
    let cert = Certificate { alternative_names, hosted_zone: Some(zone), ..Certificate::default() };
    let cert = n.add("virginia", "cert", cert);
    let bucket = n.add("virginia", "files", S3Bucket::default());
    let origins = vec![Origin { name: "site".to_owned(), target: Some(bucket), ..Origin::default() }];
    let aliases = vec!["www.example.com".parse().unwrap()];
    let cdn = Distribution { origins, aliases, certificate: Some(cert), ..Distribution::default() };
    let cdn = n.add("virginia", "cdn", cdn);
    n.add("example-zone", "www", RecordSet { alias: Some(cdn), ..RecordSet::default() });
    n
}

/// [`two_zones`] with database `db` in the private subnets of `db-subnets`; its group `db-sg` admits `web-sg`.
#[track_caller]
pub fn stored() -> Named {
    let mut n = two_zones();
    let subnets = vec![n.id("private-a"), n.id("private-c")];
    let subnets = n.add("vpc", "db-subnets", DbSubnetGroup { subnets, ..DbSubnetGroup::default() });
    let inbound = vec![GroupRule::tcp_from(3306, n.id("web-sg"))];
    let group = n.add("vpc", "db-sg", SecurityGroup { inbound, ..SecurityGroup::default() });
    n.add(
        "vpc",
        "db",
        DbInstance { subnet_group: Some(subnets), security_groups: vec![group], ..DbInstance::default() },
    );
    n
}

/// Pipeline `pipeline` from GitHub through project `build`, which makes an image, to an ECS service.
#[track_caller]
pub fn delivered() -> Named {
    let mut n = Named::default();
    n.add("", "region", Region::default());
    let project =
        CodeBuildProject { buildspec: IMAGE_BUILDSPEC.to_owned(), privileged: true, ..CodeBuildProject::default() };
    let project = n.add("region", "build", project);
    let mut actions = CodePipeline::default().actions;
    actions.push(PipelineAction { project: Some(project), ..PipelineAction::default() });
    actions.push(PipelineAction {
        stage: "Deploy".to_owned(),
        name: "Deploy".to_owned(),
        provider: ActionProvider::Ecs,
        cluster: "lab".to_owned(),
        service: "web".to_owned(),
        input: "BuildOutput".to_owned(),
        ..PipelineAction::default()
    });
    n.add("region", "pipeline", CodePipeline { actions, ..CodePipeline::default() });
    n
}

/// A template with the pipeline `Pipeline` whose first stage is an action of this category and provider, and whose second builds what that makes.
pub fn beginning_with(category: &str, provider: &str) -> String {
    format!(
        "  Pipeline: {{Type: 'AWS::CodePipeline::Pipeline', Properties: {{Stages: [{{Name: First, Actions: [{{Name: first, ActionTypeId: {{Category: {category}, Owner: AWS, Provider: {provider}, Version: '1'}}, OutputArtifacts: [{{Name: Code}}]}}]}}, {{Name: Second, Actions: [{{Name: build, ActionTypeId: {{Category: Build, Owner: AWS, Provider: CodeBuild, Version: '1'}}, InputArtifacts: [{{Name: Code}}]}}]}}]}}}}\n"
    )
}

#[test]
fn sound_fixtures_have_no_error_or_warning() {
    for named in [published(), stored(), delivered()] {
        let bad = super::check(named.design()).into_iter().filter(|finding| finding.severity != super::Severity::Info);
        assert_eq!(bad.collect::<Vec<_>>(), vec![]);
    }
}
