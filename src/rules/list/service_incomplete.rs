//! A service has a cluster, something to run, and somewhere to run it.
use crate::catalog::kinds::{EcsCluster, EcsService, NetworkMode, TaskDefinition};
use crate::catalog::value::FieldValue;
use crate::catalog::{Body, Kind, Value};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::mend;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::{Message, t};
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "service-incomplete",
    severity: Severity::Error,
    title: t("빠진 것이 있는 서비스", "Incomplete service"),
    why: t(
        "서비스는 클러스터 안에서 태스크 정의대로 태스크를 띄워요. awsvpc 태스크에는 서브넷도 필요해요.",
        "A service starts tasks from a task definition in a cluster. Tasks in awsvpc mode need subnets too.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, service) in context.all::<EcsService>() {
        let name = &node.name;
        if service.cluster.is_none() {
            let message = message!(
                "서비스 {name}에 클러스터가 없어요. 클러스터를 고르세요.",
                "Service {name} has no cluster. Choose one."
            );
            let first = context.all::<EcsCluster>().next().map(|(id, ..)| id);
            note(context, report, (id, id_of!(EcsService.cluster)), message, first, EcsCluster::default());
        }
        if service.task_definition.is_none() {
            let message = message!(
                "서비스 {name}에 태스크 정의가 없어요. 무엇을 실행할지 고르세요.",
                "Service {name} has no task definition. Choose what it runs."
            );
            let first = context.all::<TaskDefinition>().next().map(|(id, ..)| id);
            note(context, report, (id, id_of!(EcsService.task_definition)), message, first, TaskDefinition::default());
        }
        if service.subnets.is_empty() && context.network_mode(service) == Some(NetworkMode::Awsvpc) {
            let note = report
                .note(
                    id,
                    message!(
                        "서비스 {name}에 서브넷이 없어요. 태스크가 네트워크 인터페이스를 받을 서브넷을 고르세요.",
                        "Service {name} has no subnet. Choose where its tasks get their interfaces."
                    ),
                )
                .field(id_of!(EcsService.subnets));
            let subnets = context.vpc_of(id).map(|(vpc, _)| context.private_subnets(vpc)).unwrap_or_default();
            if !subnets.is_empty() {
                let names = context.names(&subnets);
                note.fix(
                    message!("서브넷 {names} 고르기", "Choose {names}"),
                    vec![Edit::set(id, id_of!(EcsService.subnets), subnets.to_value())],
                );
            }
        }
    }
}

/// Notes what is missing, and offers the first of its kind or a new one beside the service.
fn note(
    context: &Context,
    report: &mut Report,
    at: (NodeId, &'static str),
    message: Message,
    first: Option<NodeId>,
    new: impl Into<Body>,
) {
    let (id, field) = at;
    let note = report.note(id, message).field(field);
    if let Some(first) = first {
        let name = context.name(first);
        note.fix(message!("{name} 고르기", "Choose {name}"), vec![Edit::set(id, field, Value::Ref(first))]);
        return;
    }
    let body: Body = new.into();
    let label = body.kind().spec().label;
    let frame = context.design.ancestor(id, Kind::Region);
    let fresh = context.design.next_id();
    let title = Message::new(
        &format!("{}을(를) 만들어 연결하기", label.ko),
        format!("Create and connect a new one ({})", label.en),
    );
    let named = body.kind().spec().id.replace('_', "-");
    if let Some(frame) = frame {
        let mut edits = mend::add_tile(context, &named, frame, body);
        edits.push(Edit::set(id, field, Value::Ref(fresh)));
        note.fix(title, edits);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::catalog::kinds::EcsService;
    use crate::rules::testing::{fires, quiet, tasks, two_zones};

    #[test]
    fn fires_on_a_service_as_it_is_dropped() {
        let mut n = two_zones();
        n.add("vpc", "bare", EcsService::default());
        fires(&RULE, &n, &["bare"]);
    }

    #[test]
    fn fires_without_subnets() {
        let mut n = tasks();
        n.set("service", "subnets", Value::List(vec![]));
        fires(&RULE, &n, &["service"]);
    }

    #[test]
    fn quiet_when_all_is_there() {
        quiet(&RULE, &tasks());
    }
}
