//! A pipeline ends in a deployment.
use crate::catalog::kinds::{ActionProvider, CodeBuildProject, CodePipeline, EcsService, PipelineAction};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "pipeline-without-deploy",
    severity: Severity::Info,
    title: t("배포하지 않는 파이프라인", "Pipeline that deploys nothing"),
    why: t(
        "배포 작업이 없으면 빌드한 결과가 아무 데서도 돌지 않아요.",
        "Without a deployment what was built runs nowhere.",
    ),
    source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, pipeline) in context.all::<CodePipeline>() {
        // A build may deploy by its own commands.
        let by_build =
            pipeline.actions.iter().filter(|action| action.provider == ActionProvider::CodeBuild).any(|action| {
                let project = action.project.and_then(|id| context.design.get::<CodeBuildProject>(id));
                project.is_some_and(|project| DEPLOYS.iter().any(|command| project.buildspec.contains(command)))
            });
        if by_build || pipeline.actions.iter().any(|action| action.provider.is_deploy()) {
            continue;
        }
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "파이프라인 {name}에 배포 작업이 없어요. 마지막 스테이지에 ECS, CodeDeploy나 S3 배포를 더하세요.",
                    "Pipeline {name} deploys nothing. Add an ECS, CodeDeploy or S3 deployment as its last stage."
                ),
            )
            .field(id_of!(CodePipeline.actions));
        // Where several run, only a person knows which one this builds.
        let mut services = context.all::<EcsService>();
        if let (Some((service, of, _)), None) = (services.next(), services.next()) {
            let input = pipeline.actions.iter().rev().find(|action| !action.output.is_empty());
            let deploy = PipelineAction {
                stage: "Deploy".to_owned(),
                name: "Deploy".to_owned(),
                provider: ActionProvider::Ecs,
                ecs_service: Some(service),
                input: input.map(|action| action.output.clone()).unwrap_or_default(),
                output: String::new(),
                ..PipelineAction::default()
            };
            let service = &of.name;
            note.fix(
                message!("서비스 {service}에 배포하는 작업 더하기", "Add a deployment to service {service}"),
                vec![Edit::set(id, id_of!(CodePipeline.actions), rows::appended(&pipeline.actions, &deploy))],
            );
        }
    }
}

/// Commands by which builds deploy.
const DEPLOYS: [&str; 5] =
    ["aws s3 sync", "aws s3 cp", "aws ecs update-service", "aws cloudformation deploy", "aws deploy create-deployment"];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{CodeBuildProject, CodePipeline, IMAGE_BUILDSPEC, PipelineAction};
    use crate::rules::testing::{fires, quiet, tasks};
    use crate::rules::testing_services::delivered;
    use crate::rules::{Offers, check};

    #[test]
    fn fires_on_a_new_pipeline() {
        let mut sketch = tasks();
        let fresh = |n: &crate::rules::testing::Named| {
            let found = check(n.design()).into_iter().find(|found| found.rule == RULE.id).unwrap();
            assert_eq!(found.node, n.id("bare"));
            Offers::new(n.design()).mending(&found)
        };
        // What it brings so far is no list of images, by which alone a service can be deployed.
        sketch.add("region", "bare", CodePipeline::default());
        assert_eq!(fresh(&sketch), None);
        let project =
            CodeBuildProject { buildspec: IMAGE_BUILDSPEC.to_owned(), privileged: true, ..Default::default() };
        let project = Some(sketch.add("region", "build", project));
        let mut actions = CodePipeline::default().actions;
        actions.push(PipelineAction { project, ..PipelineAction::default() });
        sketch.rows("bare", "actions", &actions);
        fires(&RULE, &sketch, &["bare"]);
    }

    #[test]
    fn quiet_when_it_deploys_or_its_build_does() {
        let mut sketch = delivered();
        quiet(&RULE, &sketch);
        let actions = sketch.design().get::<CodePipeline>(sketch.id("pipeline")).unwrap().actions[..2].to_vec();
        sketch.rows("pipeline", "actions", &actions);
        sketch.set(
            "build",
            "buildspec",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - aws s3 sync . s3://example-site\n",
        );
        quiet(&RULE, &sketch);
    }
}
