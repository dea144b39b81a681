//! A service whose tasks have their own interfaces registers addresses, one that borrows ports of instances registers instances.
use crate::catalog::kinds::{EcsService, NetworkMode, TargetGroup, TargetType};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "service-target-group-not-ip",
    severity: Severity::Error,
    title: t("대상 유형이 맞지 않는 서비스의 대상 그룹", "Service with the wrong type of target group"),
    why: t(
        "awsvpc 모드의 태스크는 인스턴스가 아니라 자기 IP 주소로 등록돼요. 대상 유형이 IP 주소가 아니면 서비스가 만들어지지 않아요.",
        "Tasks in awsvpc mode register their own addresses and not an instance. Unless the group takes IP addresses, the service cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, name, service, task) in context.services() {
        let wanted = match task.mode() {
            NetworkMode::Awsvpc => TargetType::Ip,
            NetworkMode::Bridge | NetworkMode::Host => TargetType::Instance,
            NetworkMode::None => continue,
        };
        let groups = service.load_balancers.iter().flat_map(|row| [row.target_group, row.green_group]).flatten();
        for group in groups {
            let Some(body) = context.design.get::<TargetGroup>(group).filter(|body| body.target_type != wanted) else {
                continue;
            };
            let (group_name, mode, wanted) = (context.name(group), task.mode().as_str(), wanted.as_str());
            let now = body.target_type.as_str();
            report
                .note(
                    id,
                    message!(
                        "서비스 {name}의 태스크는 {mode} 모드라서 대상 유형이 {wanted}인 대상 그룹이 필요한데 {group_name}은(는) {now}이에요(예요). 대상 유형을 {wanted}(으)로 바꾸세요.",
                        "Tasks of service {name} are in {mode} mode and need a target group of type {wanted}; {group_name} is of type {now}. Change it to {wanted}."
                    ),
                )
                .field(id_of!(EcsService.load_balancers))
                    .given(group, id_of!(TargetGroup.target_type))
                    .given_all(service.task_definition.iter().flat_map(|task| [(*task, "compatibility"), (*task, "network_mode")]))
                .fix(
                    message!("{group_name}의 대상 유형을 {wanted}(으)로 바꾸기", "Change the type of {group_name} to {wanted}"),
                    vec![Edit::set(group, id_of!(TargetGroup.target_type), wanted)],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_on_instances_for_tasks_and_on_addresses_for_bridged_ones() {
        let mut n = tasks();
        n.set("tg", "target_type", "instance");
        fires(&RULE, &n, &["service"]);
        let mut n = tasks();
        n.set("task", "compatibility", "EC2");
        n.set("task", "network_mode", "bridge");
        fires(&RULE, &n, &["service"]);
    }

    #[test]
    fn quiet_on_addresses_for_tasks() {
        quiet(&RULE, &tasks());
    }
}
