//! A pipeline begins with its source, and with nothing else.
use crate::catalog::FieldValue;
use crate::catalog::kinds::{CodePipeline, PipelineAction};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: RuleId::PIPELINE_WITHOUT_SOURCE.as_str(),
    severity: Severity::Error,
    title: t("소스로 시작하지 않는 파이프라인", "Pipeline that does not begin with a source"),
    why: t(
        "첫 스테이지에는 소스 작업만, 다른 스테이지에는 소스가 아닌 작업만 둘 수 있어요.",
        "The first stage holds source actions alone, and no other stage holds any.",
    ),
    source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    template::faults_where_open(context, report, "actions");
    for (id, node, pipeline) in context.all::<CodePipeline>() {
        let stages = pipeline.stages();
        let sound = stages
            .iter()
            .enumerate()
            .all(|(at, (_, actions))| actions.iter().all(|action| action.provider.is_source() == (at == 0)));
        if sound && !stages.is_empty() {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "파이프라인 {name}의 첫 스테이지에는 소스 작업만 있어야 하고, 소스 작업은 다른 스테이지에 둘 수 없어요. 소스 작업을 첫 스테이지로 옮기세요.",
                    "The first stage of pipeline {name} must hold its source actions and nothing else. Move them there."
                ),
            )
            .field(id_of!(CodePipeline.actions))
            .fix(
                message!("소스 작업을 첫 스테이지에 두기", "Put the source in the first stage"),
                vec![Edit::set(id, id_of!(CodePipeline.actions), sourced(&pipeline.actions).to_value())],
            );
    }
}

/// The actions with those that bring the source first, in a stage of their own; a new one where there is none.
fn sourced(actions: &[PipelineAction]) -> Vec<PipelineAction> {
    const FIRST: &str = "Source";
    let (mut sources, others): (Vec<_>, Vec<_>) =
        actions.iter().cloned().partition(|action| action.provider.is_source());
    if sources.is_empty() {
        sources = CodePipeline::default().actions;
    }
    let first = sources.into_iter().map(|action| PipelineAction { stage: FIRST.to_owned(), ..action });
    let elsewhere = |action: PipelineAction| {
        let stage = if action.stage == FIRST { "Build".to_owned() } else { action.stage.clone() };
        PipelineAction { stage, ..action }
    };
    first.chain(others.into_iter().map(elsewhere)).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{CodePipeline, PipelineAction};
    use crate::rules::testing::{fires, found_in, quiet};
    use crate::rules::testing_services::{beginning_with, delivered};

    #[test]
    fn fires_when_a_build_comes_first_and_without_anything() {
        let mut sketch = delivered();
        sketch.rows("pipeline", "actions", &[PipelineAction::default(), CodePipeline::default().actions[0].clone()]);
        fires(&RULE, &sketch, &["pipeline"]);
        sketch.rows::<PipelineAction>("pipeline", "actions", &[]);
        fires(&RULE, &sketch, &["pipeline"]);
    }

    #[test]
    fn quiet_on_source_then_build() {
        quiet(&RULE, &delivered());
    }

    #[test]
    fn quiet_on_a_source_that_is_not_drawn() {
        assert_eq!(found_in(&RULE, &beginning_with("Source", "CodeCommit")), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &beginning_with("Approval", "Manual")), ["Pipeline"]);
    }
}
