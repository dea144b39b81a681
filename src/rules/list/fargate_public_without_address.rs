//! A Fargate task in a public subnet has a public address.
use crate::catalog::Value;
use crate::catalog::kinds::EcsService;
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::tasks::{WayOut, needs, outside_image};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "fargate-public-without-address",
    severity: Severity::Error,
    title: t(
        "퍼블릭 IP가 없는 퍼블릭 서브넷의 Fargate 태스크",
        "Fargate task in a public subnet without a public address",
    ),
    why: t(
        "인터넷 게이트웨이는 퍼블릭 주소가 있는 인터페이스만 내보내요. 퍼블릭 서브넷의 태스크에 퍼블릭 IP가 없으면 이미지를 내려받지 못해요.",
        "An internet gateway passes interfaces with a public address only. Without one, a task in a public subnet cannot pull its image.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, name, service, task) in context.fargate_services() {
        if service.assign_public_ip {
            continue;
        }
        let needs = needs(task);
        let outside = outside_image(task).is_some();
        let stuck = |subnet: &&crate::id::NodeId| {
            context.way_out(**subnet) == WayOut::Public && (outside || !context.unserved(**subnet, &needs).is_empty())
        };
        let stuck: Vec<_> = service.subnets.iter().filter(stuck).copied().collect();
        if stuck.is_empty() {
            continue;
        }
        let names = context.names(&stuck);
        report
            .note(
                id,
                message!(
                    "서비스 {name}의 태스크는 퍼블릭 서브넷 {names}에 있지만 퍼블릭 IP가 없어서 이미지를 내려받지 못해요. 퍼블릭 IP를 켜거나 NAT가 있는 프라이빗 서브넷을 고르세요.",
                    "Tasks of service {name} stand in public subnets ({names}) without a public address and cannot pull their image. Turn the public address on, or choose private subnets with NAT."
                ),
            )
            .field(id_of!(EcsService.assign_public_ip))
            .given_all(stuck.iter().flat_map(|subnet| context.way_of(*subnet)))
            .given_all(service.task_definition.map(|task| (task, "containers")))
            .fix(
                message!("퍼블릭 IP 켜기", "Turn the public address on"),
                vec![Edit::set(id, id_of!(EcsService.assign_public_ip), Value::Bool(true))],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_in_public_subnets() {
        let mut n = tasks();
        n.refs("service", "subnets", &["public-a", "public-c"]);
        fires(&RULE, &n, &["service"]);
    }

    #[test]
    fn quiet_with_an_address_and_in_private_subnets() {
        let mut n = tasks();
        quiet(&RULE, &n);
        n.refs("service", "subnets", &["public-a"]);
        n.set("service", "assign_public_ip", true);
        quiet(&RULE, &n);
    }
}
