//! Containers of a task have names of their own.
use crate::catalog::kinds::TaskDefinition;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::replaced;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "container-name-duplicate",
    severity: Severity::Error,
    title: t("이름이 없거나 겹치는 컨테이너", "Container without a name of its own"),
    why: t(
        "서비스와 배포는 컨테이너를 이름으로 가리켜요. 비었거나 겹치는 이름은 등록되지 않아요.",
        "Services and deployments name containers. An empty or repeated name cannot be registered.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, task) in context.all::<TaskDefinition>() {
        let taken = |name: &str| task.containers.iter().any(|other| other.name == name);
        for (row, container) in task.containers.iter().enumerate() {
            let before = task.containers.iter().take(row).any(|other| other.name == container.name);
            if !before && !container.name.is_empty() {
                continue;
            }
            let (name, own) = (&node.name, &container.name);
            let base = if own.is_empty() { "container" } else { own };
            let fresh = (2..100).map(|number| format!("{base}-{number}")).find(|fresh| !taken(fresh));
            let note = report
                .note(
                    id,
                    message!(
                        "태스크 정의 {name}의 컨테이너 이름 '{own}'이(가) 비었거나 겹쳐요. 서로 다른 이름을 지으세요.",
                        "Container name \"{own}\" of task definition {name} is empty or used twice. Give each its own."
                    ),
                )
                .field(id_of!(TaskDefinition.containers));
            if let Some(fresh) = fresh {
                let mut renamed = container.clone();
                renamed.name.clone_from(&fresh);
                note.fix(
                    message!("이름을 {fresh}(으)로 바꾸기", "Rename it to {fresh}"),
                    vec![Edit::set(id, id_of!(TaskDefinition.containers), replaced(&task.containers, row, &renamed))],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Container;
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_on_the_second_of_a_name_and_on_none() {
        let mut n = tasks();
        n.rows("task", "containers", &[Container::default(), Container::default()]);
        fires(&RULE, &n, &["task"]);
        n.rows("task", "containers", &[Container { name: String::new(), ..Container::default() }]);
        fires(&RULE, &n, &["task"]);
    }

    #[test]
    fn quiet_when_names_differ() {
        let mut n = tasks();
        quiet(&RULE, &n);
        n.rows(
            "task",
            "containers",
            &[Container::default(), Container { name: "side".to_owned(), ..Container::default() }],
        );
        quiet(&RULE, &n);
    }
}
