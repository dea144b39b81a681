//! What waits for something that it does not name: public resources for their internet gateway, services for their listener.

use std::collections::BTreeMap;

use super::wiring::comes_after;
use super::{Finder, step};
use crate::cloudformation::evaluate::references;
use crate::message;
use crate::template::{Json, Object, RuleId};

const GATEWAY: RuleId = RuleId::PUBLIC_BEFORE_ATTACHMENT;
const LISTENER: RuleId = RuleId::SERVICE_BEFORE_LISTENER;

/// Looks through all resources; `needs` has what each names or depends on.
pub(super) fn find(finder: &mut Finder<'_>, resources: &Object, needs: &BTreeMap<&str, Vec<&str>>) {
    let all = All { resources };
    for (logical, resource) in resources {
        let Some(properties) = resource.get("Properties").and_then(Json::as_object) else { continue };
        let at = format!("/Resources/{}", step(logical));
        if let Some(attachment) = all.gateway_needed(type_of(resource), properties)
            && !comes_after(needs, logical, attachment)
        {
            let why = message!(
                "{logical}이(가) {attachment}을(를) 기다리지 않아서, VPC에 인터넷 게이트웨이가 연결되기 전에 만들다 배포가 실패할 수 있어요. DependsOn: {attachment}을(를) 추가하세요.",
                "{logical} does not wait for {attachment}, so it may be made before the VPC has an internet gateway, and the deployment fails. Add DependsOn: {attachment}."
            );
            finder.tell(GATEWAY, &at, why);
        }
        if type_of(resource) == "AWS::ECS::Service" {
            service(finder, &all, needs, logical, properties, &at);
        }
    }
}

fn type_of(resource: &Json) -> &str {
    resource.get("Type").and_then(Json::as_str).unwrap_or_default()
}

/// A service names its target groups; ECS refuses it until a load balancer sends to them
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html>).
fn service(
    finder: &mut Finder<'_>,
    all: &All<'_>,
    needs: &BTreeMap<&str, Vec<&str>>,
    logical: &str,
    properties: &Object,
    at: &str,
) {
    let rows = properties.get("LoadBalancers").and_then(Json::as_array).into_iter().flatten();
    for group in rows.filter_map(|row| all.target(row.get("TargetGroupArn")?)) {
        let senders = all.senders(group);
        let Some(first) = senders.first().filter(|_| !senders.iter().any(|one| comes_after(needs, logical, one)))
        else {
            continue;
        };
        let why = message!(
            "서비스 {logical}이(가) {first}을(를) 기다리지 않아서, 대상 그룹 {group}이(가) 로드 밸런서에 연결되기 전에 만들다 배포가 실패할 수 있어요. DependsOn: {first}을(를) 추가하세요.",
            "Service {logical} does not wait for {first}, so it may be made before a load balancer sends to target group {group}, and the deployment fails. Add DependsOn: {first}."
        );
        return finder.tell(LISTENER, at, why);
    }
}

/// The resources of a template, asked for what they name.
struct All<'a> {
    resources: &'a Object,
}

impl<'a> All<'a> {
    /// The resource that an expression refers to.
    fn target(&self, json: &Json) -> Option<&'a str> {
        let named = references(json).into_iter().next()?.logical;
        self.resources.get_key_value(&named).map(|(logical, _)| logical.as_str())
    }

    fn property(&self, logical: &str, property: &str) -> Option<&'a Json> {
        self.resources.get(logical)?.get("Properties")?.get(property)
    }

    /// The VPC of the subnet that an expression refers to, as it is written.
    fn vpc_of_subnet(&self, subnet: &Json) -> Option<&'a Json> {
        self.property(self.target(subnet)?, "VpcId")
    }

    /// The attachment of the internet gateway without which a resource cannot be made: the one of its VPC, if the template has it.
    fn gateway_needed(&self, type_name: &str, properties: &Object) -> Option<&'a str> {
        let is = |property: &str, value: &str| properties.get(property).and_then(Json::as_str) == Some(value);
        let is_plain = |property: &str| properties.get(property).is_none_or(Json::is_string);
        let subnet = match type_name {
            "AWS::EC2::NatGateway" if is_plain("ConnectivityType") && !is("ConnectivityType", "private") => {
                properties.get("SubnetId")?
            }
            "AWS::ElasticLoadBalancingV2::LoadBalancer"
                if is_plain("Scheme") && !is("Scheme", "internal") && !is("Type", "gateway") && is_plain("Type") =>
            {
                let mapped = || properties.get("SubnetMappings")?.get(0)?.get("SubnetId");
                properties.get("Subnets").and_then(|subnets| subnets.get(0)).or_else(mapped)?
            }
            "AWS::ElasticLoadBalancing::LoadBalancer" if is_plain("Scheme") && !is("Scheme", "internal") => {
                properties.get("Subnets")?.get(0)?
            }
            "AWS::EC2::EIP" | "AWS::EC2::EIPAssociation" => {
                let instance = self.target(properties.get("InstanceId")?)?;
                let listed = || self.property(instance, "NetworkInterfaces")?.get(0)?.get("SubnetId");
                self.property(instance, "SubnetId").or_else(listed)?
            }
            _ => return None,
        };
        let vpc = self.vpc_of_subnet(subnet)?;
        // A VPC outside the template has its gateway already.
        self.target(vpc)?;
        let attaches = |resource: &Json| {
            let ends = resource.get("Properties").filter(|_| type_of(resource) == "AWS::EC2::VPCGatewayAttachment");
            ends.is_some_and(|ends| ends.get("InternetGatewayId").is_some() && ends.get("VpcId") == Some(vpc))
        };
        let mut found = self.resources.iter().filter(|(_, resource)| attaches(resource));
        found.next().filter(|_| found.next().is_none()).map(|(logical, _)| logical.as_str())
    }

    /// The listeners and rules that send to a target group.
    fn senders(&self, group: &str) -> Vec<&'a str> {
        let sends = |resource: &Json| {
            let key = match type_of(resource) {
                "AWS::ElasticLoadBalancingV2::Listener" => "DefaultActions",
                "AWS::ElasticLoadBalancingV2::ListenerRule" => "Actions",
                _ => return false,
            };
            let actions = resource.get("Properties").and_then(|properties| properties.get(key));
            actions.is_some_and(|actions| references(actions).iter().any(|mention| mention.logical == group))
        };
        self.resources.iter().filter(|(_, resource)| sends(resource)).map(|(logical, _)| logical.as_str()).collect()
    }
}
