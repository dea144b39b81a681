//! A task has an essential container.
use crate::catalog::FieldValue;
use crate::catalog::kinds::{Container, TaskDefinition};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "task-without-essential-container",
    severity: Severity::Error,
    title: t("필수 컨테이너가 없는 태스크 정의", "Task definition without an essential container"),
    why: t(
        "태스크는 필수 컨테이너가 도는 동안 살아 있어요. 하나도 없으면 등록되지 않아요.",
        "A task lives while its essential containers run. Without one it cannot be registered.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, task) in context.all::<TaskDefinition>() {
        if task.containers.iter().any(|container| container.essential) {
            continue;
        }
        let name = &node.name;
        let (message, title) = if task.containers.is_empty() {
            (
                message!(
                    "태스크 정의 {name}에 컨테이너가 없어요. 실행할 컨테이너를 더하세요.",
                    "Task definition {name} has no container. Add what it is to run."
                ),
                message!("컨테이너 더하기", "Add a container"),
            )
        } else {
            (
                message!(
                    "태스크 정의 {name}에 필수 컨테이너가 없어요. 컨테이너 하나를 필수로 바꾸세요.",
                    "No container of task definition {name} is essential. Make one so."
                ),
                message!("첫 컨테이너를 필수로 바꾸기", "Make the first container essential"),
            )
        };
        let mut containers = task.containers.clone();
        match containers.first_mut() {
            Some(first) => first.essential = true,
            None => containers.push(Container::default()),
        }
        report
            .note(id, message)
            .field(id_of!(TaskDefinition.containers))
            .fix(title, vec![Edit::set(id, id_of!(TaskDefinition.containers), containers.to_value())]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Container;
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_without_containers_and_when_none_is_essential() {
        let mut n = tasks();
        n.rows("task", "containers", &[] as &[Container]);
        fires(&RULE, &n, &["task"]);
        n.rows("task", "containers", &[Container { essential: false, ..Container::default() }]);
        fires(&RULE, &n, &["task"]);
    }

    #[test]
    fn quiet_with_one() {
        quiet(&RULE, &tasks());
    }
}
