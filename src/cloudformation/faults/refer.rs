//! References to a resource of another kind than a property is about: a VPC where a subnet belongs.

use super::{Finder, place};
use crate::message;
use crate::template::RuleId;

const KIND: RuleId = RuleId::TEMPLATE_REFERENCE_OF_OTHER_KIND;

/// The types that a property refers to, by the property's name and the service that it is of; any service where that is empty.
const REFERENCES: &[(&str, &str, &[&str])] = &[
    ("VpcId", "", &["AWS::EC2::VPC"]),
    ("SubnetId", "", &["AWS::EC2::Subnet"]),
    ("SubnetIds", "", &["AWS::EC2::Subnet"]),
    ("Subnets", "", &["AWS::EC2::Subnet"]),
    ("VPCZoneIdentifier", "", &["AWS::EC2::Subnet"]),
    ("RouteTableId", "", &["AWS::EC2::RouteTable"]),
    ("RouteTableIds", "", &["AWS::EC2::RouteTable"]),
    ("NetworkAclId", "", &["AWS::EC2::NetworkAcl"]),
    ("InternetGatewayId", "", &["AWS::EC2::InternetGateway"]),
    ("VpnGatewayId", "", &["AWS::EC2::VPNGateway"]),
    (
        "GatewayId",
        "",
        &["AWS::EC2::InternetGateway", "AWS::EC2::VPNGateway", "AWS::EC2::CarrierGateway", "AWS::EC2::VPCEndpoint"],
    ),
    ("NatGatewayId", "", &["AWS::EC2::NatGateway"]),
    ("TransitGatewayId", "", &["AWS::EC2::TransitGateway"]),
    ("VpcPeeringConnectionId", "", &["AWS::EC2::VPCPeeringConnection"]),
    ("NetworkInterfaceId", "", &["AWS::EC2::NetworkInterface"]),
    ("InstanceId", "EC2", &["AWS::EC2::Instance"]),
    ("VolumeId", "EC2", &["AWS::EC2::Volume"]),
    ("SecurityGroupIds", "", &["AWS::EC2::SecurityGroup"]),
    ("SecurityGroups", "", &["AWS::EC2::SecurityGroup"]),
    ("VPCSecurityGroups", "", &["AWS::EC2::SecurityGroup"]),
    ("SourceSecurityGroupId", "", &["AWS::EC2::SecurityGroup"]),
    ("DestinationSecurityGroupId", "", &["AWS::EC2::SecurityGroup"]),
    ("GroupId", "EC2", &["AWS::EC2::SecurityGroup"]),
    ("GroupSet", "EC2", &["AWS::EC2::SecurityGroup"]),
    ("Groups", "EC2", &["AWS::EC2::SecurityGroup"]),
    ("ListenerArn", "ElasticLoadBalancingV2", &["AWS::ElasticLoadBalancingV2::Listener"]),
    ("LoadBalancerArn", "ElasticLoadBalancingV2", &["AWS::ElasticLoadBalancingV2::LoadBalancer"]),
    ("TargetGroupArn", "", &["AWS::ElasticLoadBalancingV2::TargetGroup"]),
    ("TargetGroupARNs", "", &["AWS::ElasticLoadBalancingV2::TargetGroup"]),
    ("CertificateArn", "", &["AWS::CertificateManager::Certificate"]),
    ("AcmCertificateArn", "", &["AWS::CertificateManager::Certificate"]),
    ("HostedZoneId", "Route53", &["AWS::Route53::HostedZone"]),
    ("LaunchTemplateId", "", &["AWS::EC2::LaunchTemplate"]),
    ("LaunchConfigurationName", "AutoScaling", &["AWS::AutoScaling::LaunchConfiguration"]),
    ("AutoScalingGroupName", "AutoScaling", &["AWS::AutoScaling::AutoScalingGroup"]),
    ("TaskDefinition", "ECS", &["AWS::ECS::TaskDefinition"]),
    ("Cluster", "ECS", &["AWS::ECS::Cluster"]),
    ("DBSubnetGroupName", "RDS", &["AWS::RDS::DBSubnetGroup"]),
    ("IamInstanceProfile", "", &["AWS::IAM::InstanceProfile"]),
];

/// Properties for which `Ref` gives something else than they take, with the attribute that they do take.
const ATTRIBUTES: [(&str, &str, &str, &str); 7] = [
    ("AllocationId", "EC2", "AWS::EC2::EIP", "AllocationId"),
    ("Role", "Lambda", "AWS::IAM::Role", "Arn"),
    ("RoleArn", "CodePipeline", "AWS::IAM::Role", "Arn"),
    ("ServiceRoleArn", "CodeDeploy", "AWS::IAM::Role", "Arn"),
    ("DeliverLogsPermissionArn", "EC2", "AWS::IAM::Role", "Arn"),
    ("HostedZoneId", "Route53", "AWS::ElasticLoadBalancingV2::LoadBalancer", "CanonicalHostedZoneID"),
    ("DNSName", "Route53", "AWS::ElasticLoadBalancingV2::LoadBalancer", "DNSName"),
];

/// Looks at a `Ref` in a property of a type.
pub(super) fn check(finder: &mut Finder<'_>, type_name: &str, target: &str, pointer: &str) {
    let Some(other) = finder.section("Resources").and_then(|all| all.get(target)?.get("Type")?.as_str()) else {
        return;
    };
    let service = type_name.split("::").nth(1).unwrap_or_default();
    let is_plain = |step: &&str| !step.bytes().all(|byte| byte.is_ascii_digit()) && *step != "Fn::If";
    let Some(property) = pointer.rsplit('/').find(is_plain) else { return };
    let at = place(pointer);
    let attribute = ATTRIBUTES.iter().find(|(name, of, to, _)| *name == property && *of == service && *to == other);
    if let Some((.., attribute)) = attribute {
        let why = message!(
            "{at}에 !Ref {target}을(를) 쓰면 다른 값이 들어가요. !GetAtt {target}.{attribute}(으)로 쓰세요.",
            "{at} takes another value than !Ref {target} gives. Write !GetAtt {target}.{attribute}."
        );
        return finder.tell(KIND, pointer, why);
    }
    let Some((_, _, wanted)) =
        REFERENCES.iter().find(|(name, of, _)| *name == property && (of.is_empty() || *of == service))
    else {
        return;
    };
    // What a resource of another vendor answers is its own affair.
    if wanted.contains(&other) || !other.starts_with("AWS::") || other.starts_with("AWS::CloudFormation::") {
        return;
    }
    let kinds = wanted.join(", ");
    let why = message!(
        "{at}에는 {kinds}을(를) 가리켜야 하는데 {target}은(는) {other}이에요(예요). 가리키는 이름을 고치세요.",
        "{at} must refer to {kinds}, but {target} is of type {other}. Correct the name it refers to."
    );
    finder.tell(KIND, pointer, why);
}
