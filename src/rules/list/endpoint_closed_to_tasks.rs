//! An endpoint's groups admit HTTPS from the tasks that use it.
use crate::catalog::kinds::{GroupRule, SecurityGroup, VpcEndpoint};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::tasks::{Need, needs};
use crate::fixes::rows::appended;
use crate::net::AnyCidr;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "endpoint-closed-to-tasks",
    severity: Severity::Error,
    title: t("태스크를 막는 엔드포인트", "Endpoint closed to tasks"),
    why: t(
        "인터페이스 엔드포인트가 있으면 서비스의 이름이 VPC 안의 그 주소를 가리켜요. 엔드포인트의 보안 그룹이 443을 막으면 NAT가 있어도 이미지를 내려받거나 로그를 보내지 못해요.",
        "With an interface endpoint, the service's name leads to its address in the VPC. If its groups do not admit 443, tasks cannot pull images or send logs, NAT or not.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, name, service, task) in context.fargate_services() {
        let Some((vpc, body)) = context.vpc_of(id) else { continue };
        for need in needs(task) {
            // Layers of images come by the gateway where there is one.
            let by_gateway = |subnet: &crate::id::NodeId| context.has_gateway_endpoint(*subnet, need.service());
            if need == Need::S3 && service.subnets.iter().all(by_gateway) {
                continue;
            }
            let Some((endpoint_id, endpoint)) = context.interface_endpoint(vpc, need.service()) else { continue };
            let (groups, own) = (&endpoint.security_groups, &service.security_groups);
            if context.admits_interfaces(groups, 443, own, &service.subnets) {
                continue;
            }
            let endpoint_name = context.name(endpoint_id);
            let note = report
                .note(
                    endpoint_id,
                    message!(
                        "엔드포인트 {endpoint_name}의 보안 그룹이 서비스 {name}의 태스크에서 오는 TCP 443을 막아요. 태스크의 보안 그룹에서 오는 443을 허용하세요.",
                        "The security groups of endpoint {endpoint_name} do not admit TCP 443 from the tasks of service {name}. Admit 443 from the tasks' security group."
                    ),
                )
                .field(id_of!(VpcEndpoint.security_groups))
                        .given_all(context.inbound_of(groups))
                        .given_all(service.subnets.iter().map(|subnet| (*subnet, "cidr")))
                        .given_all([(id, id_of!(VpcEndpoint.security_groups)), (id, "subnets"), (id, "launch")]);
            let first = groups.iter().find_map(|group| Some((*group, context.design.get::<SecurityGroup>(*group)?)));
            let rule = match (own.first(), body.cidrs().next()) {
                (Some(from), _) => GroupRule::tcp_from(443, *from),
                (None, Some(block)) => GroupRule::tcp(443, AnyCidr::V4(block)),
                (None, None) => continue,
            };
            if let Some((first, body)) = first {
                let (first_name, from) = (context.name(first), context.peer(&rule));
                note.fix(
                    message!("{first_name}에 {from}의 TCP 443 허용하기", "Admit TCP 443 from {from} in {first_name}"),
                    vec![Edit::set(first, id_of!(SecurityGroup.inbound), appended(&body.inbound, &rule))],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{EndpointType, GroupRule, SecurityGroup, VpcEndpoint};
    use crate::rules::testing::{Named, fires, quiet, tasks};

    fn with_endpoint(inbound: Vec<GroupRule>) -> Named {
        let mut n = tasks();
        let group = n.add("vpc", "endpoint-sg", SecurityGroup { inbound, ..SecurityGroup::default() });
        let endpoint = VpcEndpoint {
            endpoint_type: EndpointType::Interface,
            service: "ecr.dkr".to_owned(),
            subnets: vec![n.id("private-a")],
            security_groups: vec![group],
            ..VpcEndpoint::default()
        };
        n.add("vpc", "ecr-dkr", endpoint);
        n
    }

    #[test]
    fn fires_when_443_is_closed() {
        fires(&RULE, &with_endpoint(vec![]), &["ecr-dkr"]);
        let mut n = with_endpoint(vec![GroupRule::tcp(443, "10.0.3.0/24".parse().unwrap())]);
        fires(&RULE, &n, &["ecr-dkr"]);
        n.refs("service", "subnets", &["private-a"]);
        quiet(&RULE, &n);
    }

    #[test]
    fn quiet_for_members_and_for_the_whole_vpc() {
        quiet(&RULE, &tasks());
        let group = tasks().id("app-sg");
        quiet(&RULE, &with_endpoint(vec![GroupRule::tcp_from(443, group)]));
        quiet(&RULE, &with_endpoint(vec![GroupRule::tcp(443, "10.0.0.0/16".parse().unwrap())]));
    }
}
