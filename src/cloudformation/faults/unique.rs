//! Names that two resources would share, of which AWS takes each once.

use std::collections::{BTreeMap, BTreeSet};

use super::names::literal;
use super::{Finder, step};
use crate::message;
use crate::template::{Json, Object, RuleId};

const NAME: RuleId = RuleId::TEMPLATE_NAME_TAKEN;

/// The property that names a resource of a type in its account and region.
const NAMES: [(&str, &str); 27] = [
    ("AWS::AutoScaling::AutoScalingGroup", "AutoScalingGroupName"),
    ("AWS::CloudWatch::Alarm", "AlarmName"),
    ("AWS::CloudWatch::Dashboard", "DashboardName"),
    ("AWS::CodeBuild::Project", "Name"),
    ("AWS::CodeDeploy::Application", "ApplicationName"),
    ("AWS::CodePipeline::Pipeline", "Name"),
    ("AWS::DynamoDB::Table", "TableName"),
    ("AWS::EC2::KeyPair", "KeyName"),
    ("AWS::EC2::LaunchTemplate", "LaunchTemplateName"),
    ("AWS::ECR::Repository", "RepositoryName"),
    ("AWS::ECS::Cluster", "ClusterName"),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "Name"),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", "Name"),
    ("AWS::IAM::Group", "GroupName"),
    ("AWS::IAM::InstanceProfile", "InstanceProfileName"),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
    ("AWS::IAM::Role", "RoleName"),
    ("AWS::IAM::User", "UserName"),
    ("AWS::Lambda::Function", "FunctionName"),
    ("AWS::Logs::LogGroup", "LogGroupName"),
    ("AWS::RDS::DBInstance", "DBInstanceIdentifier"),
    ("AWS::RDS::DBSubnetGroup", "DBSubnetGroupName"),
    ("AWS::S3::Bucket", "BucketName"),
    ("AWS::SNS::Topic", "TopicName"),
    ("AWS::SQS::Queue", "QueueName"),
    ("AWS::SSM::Parameter", "Name"),
    ("AWS::SecretsManager::Secret", "Name"),
];

pub(super) fn find(finder: &mut Finder<'_>, resources: &Object) {
    let surely: BTreeSet<&str> =
        finder.scope.resources().iter().filter(|one| one.exists == Ok(true)).map(|one| one.logical).collect();
    groups(finder, resources, &surely);
    let mut taken: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let mut told = Vec::new();
    for (logical, resource) in resources.iter().filter(|(logical, _)| surely.contains(logical.as_str())) {
        let type_name = resource.get("Type").and_then(Json::as_str).unwrap_or_default();
        let Some((type_name, property)) = NAMES.iter().find(|(name, _)| *name == type_name) else { continue };
        let Some(name) = resource.get("Properties").and_then(|properties| literal(properties.get(property)?)) else {
            continue;
        };
        match taken.get(&(*type_name, name)) {
            Some(first) => {
                let why = message!(
                    "{logical}의 {property} '{name}'을(를) {first}도 써요. 계정에 하나만 있을 수 있으니 다른 이름을 쓰거나 지워서 AWS가 정하게 하세요.",
                    "{property} \"{name}\" of {logical} is also that of {first}, and an account can have it once. Choose another, or remove it so that AWS makes one up."
                );
                told.push((format!("/Resources/{}/Properties/{property}", step(logical)), why));
            }
            None => drop(taken.insert((type_name, name), logical)),
        }
    }
    for (pointer, why) in told {
        finder.tell(NAME, &pointer, why);
    }
}

/// Names of security groups, of which a VPC has each once; whether they are in one VPC is known where both name it alike.
fn groups(finder: &mut Finder<'_>, resources: &Object, surely: &BTreeSet<&str>) {
    let mut taken: BTreeMap<(String, &str), &str> = BTreeMap::new();
    let mut told = Vec::new();
    for (logical, resource) in resources.iter().filter(|(logical, _)| surely.contains(logical.as_str())) {
        let is_group = resource.get("Type").and_then(Json::as_str) == Some("AWS::EC2::SecurityGroup");
        let Some(properties) = resource.get("Properties").filter(|_| is_group) else { continue };
        let Some(name) = properties.get("GroupName").and_then(literal) else { continue };
        let vpc = properties.get("VpcId").map(Json::to_string).unwrap_or_default();
        match taken.get(&(vpc.clone(), name)) {
            Some(first) => {
                let why = message!(
                    "{logical}의 GroupName '{name}'을(를) 같은 VPC의 {first}도 써요. VPC 하나에서 이름은 한 번만 쓸 수 있으니 다른 이름을 쓰거나 지워서 AWS가 정하게 하세요.",
                    "GroupName \"{name}\" of {logical} is also that of {first} in the same VPC, which can have it once. Choose another, or remove it so that AWS makes one up."
                );
                told.push((format!("/Resources/{}/Properties/GroupName", step(logical)), why));
            }
            None => drop(taken.insert((vpc, name), logical)),
        }
    }
    for (pointer, why) in told {
        finder.tell(NAME, &pointer, why);
    }
}

#[cfg(test)]
mod tests {
    use super::super::VALUE;

    /// How many faults of a rule two groups have, by name and VPC.
    fn of_groups(rule: crate::template::RuleId, groups: [(&str, &str); 2]) -> usize {
        let [(one, of_one), (other, of_other)] = groups;
        let template = format!(
            "Resources:
  A: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.0.0.0/16}}}}
  B: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.1.0.0/16}}}}
  One: {{Type: 'AWS::EC2::SecurityGroup', Properties: {{GroupName: {one}, GroupDescription: one, VpcId: !Ref {of_one}}}}}
  Two: {{Type: 'AWS::EC2::SecurityGroup', Properties: {{GroupName: {other}, GroupDescription: two, VpcId: !Ref {of_other}}}}}
"
        );
        let faults = crate::template::parse(&template).unwrap().faults();
        faults.into_iter().filter(|fault| fault.rule == rule).count()
    }

    #[test]
    fn a_vpc_has_the_name_of_a_group_once() {
        assert_eq!(of_groups(super::NAME, [("web", "A"), ("web", "A")]), 1);
        assert_eq!(of_groups(super::NAME, [("web", "A"), ("web", "B")]), 0);
        assert_eq!(of_groups(super::NAME, [("web", "A"), ("app", "A")]), 0);
    }

    #[test]
    fn names_that_aws_keeps_are_refused() {
        assert_eq!(of_groups(VALUE, [("sg-web", "A"), ("default", "A")]), 2);
        assert_eq!(of_groups(VALUE, [("web-sg", "A"), ("default-web", "A")]), 0);
        assert_eq!(of_groups(VALUE, [("웹서버-sg", "A"), ("'web (blue)'", "A")]), 1, "letters of Korean are refused");
    }

    #[test]
    fn names_that_a_parameter_leaves_empty_are_chosen_by_aws() {
        let count = |name: &str| {
            let template = format!(
                "Parameters: {{Name: {{Type: String, Default: '{name}'}}}}
Resources:
  A: {{Type: 'AWS::SNS::Topic', Properties: {{TopicName: !Ref Name}}}}
  B: {{Type: 'AWS::SNS::Topic', Properties: {{TopicName: !Ref Name}}}}
"
            );
            let faults = crate::template::parse(&template).unwrap().faults();
            faults.into_iter().filter(|fault| fault.rule == super::NAME).count()
        };
        assert_eq!((count(""), count("news")), (0, 1));
    }
}
