//! Names that are longer than AWS takes them, where the published schemas do not say so.

use super::super::read::uniform;
use super::{Finder, step};
use crate::message;
use crate::template::{Json, Object, RuleId};

const LENGTH: RuleId = RuleId::NAME_TOO_LONG;

/// How many characters the name of a resource may have, and whether letters, digits and hyphens are all, none of them a hyphen at an end. Each is
/// said on the page of the type's `Create…` call.
const LONGEST: [(&str, &str, usize, bool); 30] = [
    ("AWS::ApiGateway::RestApi", "Name", 1024, false),
    ("AWS::Batch::ComputeEnvironment", "ComputeEnvironmentName", 128, false),
    ("AWS::CloudWatch::Dashboard", "DashboardName", 255, false),
    ("AWS::CodeBuild::Project", "Name", 255, false),
    ("AWS::CodePipeline::Pipeline", "Name", 100, false),
    ("AWS::Cognito::UserPool", "UserPoolName", 128, false),
    ("AWS::DynamoDB::Table", "TableName", 255, false),
    ("AWS::EC2::KeyPair", "KeyName", 255, false),
    ("AWS::EC2::LaunchTemplate", "LaunchTemplateName", 128, false),
    ("AWS::EC2::SecurityGroup", "GroupName", 255, false),
    ("AWS::ECS::CapacityProvider", "Name", 255, false),
    ("AWS::ECS::Cluster", "ClusterName", 255, false),
    ("AWS::ECS::Service", "ServiceName", 255, false),
    ("AWS::ECS::TaskDefinition", "Family", 255, false),
    ("AWS::EKS::Cluster", "Name", 100, false),
    ("AWS::ElastiCache::CacheCluster", "ClusterName", 50, true),
    ("AWS::ElastiCache::ReplicationGroup", "ReplicationGroupId", 40, true),
    ("AWS::ElastiCache::SubnetGroup", "CacheSubnetGroupName", 255, false),
    ("AWS::ElasticLoadBalancing::LoadBalancer", "LoadBalancerName", 32, true),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "Name", 32, true),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", "Name", 32, true),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName", 128, false),
    ("AWS::Kinesis::Stream", "Name", 128, false),
    ("AWS::KinesisFirehose::DeliveryStream", "DeliveryStreamName", 64, false),
    ("AWS::Lambda::Function", "FunctionName", 64, false),
    ("AWS::OpenSearchService::Domain", "DomainName", 28, false),
    ("AWS::RDS::DBSubnetGroup", "DBSubnetGroupName", 255, false),
    ("AWS::Redshift::Cluster", "ClusterIdentifier", 63, true),
    ("AWS::SQS::Queue", "QueueName", 80, false),
    ("AWS::StepFunctions::StateMachine", "StateMachineName", 80, false),
];

pub(super) fn find(finder: &mut Finder<'_>, resources: &Object) {
    for (logical, resource) in resources {
        let type_name = resource.get("Type").and_then(Json::as_str).unwrap_or_default();
        let Some((_, property, most, is_label)) = LONGEST.iter().find(|(name, ..)| *name == type_name) else {
            continue;
        };
        let Some(json) = resource.get("Properties").and_then(|properties| properties.get(property)) else { continue };
        let Some(text) = uniform::pattern(json) else { continue };
        // What is put in at deployment is at least nothing, and as the whole of a name it is not known.
        let known = known_part(&text);
        let (count, is_whole) = (known.chars().count(), json.is_string());
        let is_an_arn = *property == "FunctionName" && text.starts_with("arn:");
        let at = format!("/Resources/{}/Properties/{property}", step(logical));
        if count > *most && !is_an_arn {
            let mut short: String = known.chars().take(*most).collect();
            if *is_label {
                // None of these may end with a hyphen.
                short.truncate(short.trim_end_matches('-').len());
            }
            let why = message!(
                "{logical}의 {property}은(는) {count}자라서 배포가 거절돼요. {most}자까지 쓸 수 있어요. 예: {short}",
                "{property} of {logical} has {count} characters, so the deployment is refused. It takes {most}, as in {short}"
            );
            finder.tell(LENGTH, &at, why);
        } else if *is_label && is_whole && !text.is_empty() && !text.contains("{{resolve:") && !is_sound(&text) {
            let why = message!(
                "{logical}의 {property} '{text}'은(는) 쓸 수 없는 이름이라 배포가 거절돼요. 영문자와 숫자, 하이픈으로 짓고 하이픈으로 시작하거나 끝내지 마세요.",
                "{property} \"{text}\" of {logical} is refused. Use letters, digits and hyphens, with no hyphen at either end."
            );
            finder.tell(LENGTH, &at, why);
        }
    }
}

/// A name of letters, digits and hyphens; `internal-` is for the names that AWS makes.
fn is_sound(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.starts_with("internal-")
}

/// A text without what is put in at deployment.
fn known_part(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        kept.push_str(before);
        match after.strip_prefix('!') {
            Some(literal) => {
                kept.push_str("${");
                rest = literal;
            }
            None => rest = after.split_once('}').map_or("", |(_, rest)| rest),
        }
    }
    kept + rest
}
