//! A role that a task, service, function, build or pipeline is given trusts the service that takes it on.
use crate::catalog::kinds::{CodeBuildProject, CodePipeline, EcsService, IamRole, LambdaFunction, TaskDefinition};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::policies::may_trust;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "role-not-for-service",
    severity: Severity::Error,
    title: t("서비스가 맡을 수 없는 역할", "Role that the service cannot take on"),
    why: t(
        "역할의 신뢰 정책에 없는 서비스는 그 역할을 맡을 수 없어서, 배포하거나 시작할 때 실패해요.",
        "A service that the role's trust policy does not name cannot take it on: the deployment or the start fails.",
    ),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut uses: Vec<(NodeId, &'static str, Option<NodeId>, &'static str)> = Vec::new();
    for (id, _, task) in context.all::<TaskDefinition>() {
        uses.push((id, id_of!(TaskDefinition.task_role), task.task_role, "ecs-tasks.amazonaws.com"));
        uses.push((id, id_of!(TaskDefinition.execution_role), task.execution_role, "ecs-tasks.amazonaws.com"));
    }
    for (id, _, service) in context.all::<EcsService>() {
        uses.push((id, id_of!(EcsService.switch_role), service.switch_role, "ecs.amazonaws.com"));
    }
    for (id, _, function) in context.all::<LambdaFunction>() {
        uses.push((id, id_of!(LambdaFunction.role), function.role, "lambda.amazonaws.com"));
    }
    for (id, _, project) in context.all::<CodeBuildProject>() {
        uses.push((id, id_of!(CodeBuildProject.role), project.role, "codebuild.amazonaws.com"));
    }
    for (id, _, pipeline) in context.all::<CodePipeline>() {
        uses.push((id, id_of!(CodePipeline.role), pipeline.role, "codepipeline.amazonaws.com"));
    }
    for (id, field, role, service) in uses {
        let Some((role, body)) = role.and_then(|role| Some((role, context.design.get::<IamRole>(role)?))) else {
            continue;
        };
        // Of a role that trusts nobody another rule tells.
        if may_trust(body, service) || body.trust_policy().is_none() {
            continue;
        }
        let (name, role_name) = (context.name(id), context.name(role));
        let note = report
            .note(
                id,
                message!(
                    "{name}이(가) 쓰는 역할 {role_name}의 신뢰 정책에 {service}이(가) 없어요. 역할이 이 서비스를 신뢰하게 바꾸세요.",
                    "The trust policy of role {role_name}, which {name} uses, does not name {service}. Make the role trust it."
                ),
            )
            .field(field)
            .given(role, id_of!(IamRole.trust));
        if body.trust.is_empty() {
            note.fix(
                message!("{role_name}이(가) {service}을(를) 신뢰하게 하기", "Make {role_name} trust {service}"),
                vec![Edit::set(role, id_of!(IamRole.trusted_service), service)],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{IamRole, LambdaFunction};
    use crate::rules::testing::{fires, quiet, tasks};
    use crate::rules::testing_services::delivered;

    #[test]
    fn fires_on_a_role_for_instances() {
        let mut n = tasks();
        let role = Some(n.add("region", "servers", IamRole::default()));
        n.add("region", "function", LambdaFunction { role, ..LambdaFunction::default() });
        fires(&RULE, &n, &["function"]);
    }

    #[test]
    fn fires_on_builds_and_pipelines_too() {
        for (name, service) in [("build", "codebuild.amazonaws.com"), ("pipeline", "codepipeline.amazonaws.com")] {
            let mut n = delivered();
            let role = n.add("region", "servers", IamRole::default());
            n.set(name, "role", role);
            fires(&RULE, &n, &[name]);
            n.set("servers", "trusted_service", service);
            quiet(&RULE, &n);
        }
    }

    #[test]
    fn quiet_on_a_role_for_the_service() {
        quiet(&RULE, &tasks());
        quiet(&RULE, &delivered());
    }
}
