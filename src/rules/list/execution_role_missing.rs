//! A task that pulls, logs or reads secrets has an execution role that ECS may take on.
use crate::catalog::Value;
use crate::catalog::kinds::{IamRole, TaskDefinition};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::policies::may_trust;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "execution-role-missing",
    severity: Severity::Info,
    title: t("그려지지 않은 태스크 실행 역할", "Task execution role that is not drawn"),
    why: t(
        "ECR에서 이미지를 내려받고, 로그를 쓰고, 보안 값을 읽는 것은 태스크 실행 역할의 권한이에요. 비워 두면 템플릿이 하나를 함께 만들지만, 그려 두면 무엇이 허용되는지 보여요.",
        "Pulling from ECR, writing logs and reading secrets take the execution role's permissions. Left empty, the template makes one; drawn, it shows what is allowed.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let trusts = |role: &IamRole| may_trust(role, "ecs-tasks.amazonaws.com");
    for (id, node, task) in context.all::<TaskDefinition>() {
        if task.execution_role.is_some() || !task.needs_execution_role() {
            continue;
        }
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "태스크 정의 {name}은(는) 이미지나 로그, 보안 값 때문에 태스크 실행 역할이 필요해요. 역할을 그려서 고르거나, 템플릿이 만들 역할에 맡기세요.",
                    "Task definition {name} needs an execution role for its image, logs or secrets. Draw a role and choose it, or leave it to the one the template makes."
                ),
            )
            .field(id_of!(TaskDefinition.execution_role));
        if let Some((role, body, _)) = context.all::<IamRole>().find(|(_, _, role)| trusts(role)) {
            let body = &body.name;
            note.fix(
                message!("역할 {body} 고르기", "Choose role {body}"),
                vec![Edit::set(id, id_of!(TaskDefinition.execution_role), Value::Ref(role))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Container, IamRole};
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_on_a_private_image_without_a_role() {
        let mut n = tasks();
        n.set("task", "execution_role", crate::catalog::Value::None);
        n.add("region", "other", IamRole::of_service("ecs-tasks.amazonaws.com"));
        fires(&RULE, &n, &["task"]);
    }

    #[test]
    fn quiet_with_a_role_and_where_none_is_needed() {
        let mut n = tasks();
        quiet(&RULE, &n);
        n.set("task", "execution_role", crate::catalog::Value::None);
        n.rows("task", "containers", &[Container::default()]);
        quiet(&RULE, &n);
    }
}
