//! An action works on what an earlier one made.
use crate::catalog::kinds::{ActionProvider, CodePipeline, PipelineAction};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "pipeline-artifact-unknown",
    severity: Severity::Error,
    title: t("아무도 만들지 않은 아티팩트", "Artifact that no action makes"),
    why: t(
        "작업의 입력 아티팩트는 앞의 작업이 출력해야 해요. 이름이 다르면 파이프라인이 만들어지지 않아요.",
        "An action's input is the output of an earlier one; with another name the pipeline cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome-introducing-artifacts.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, pipeline) in context.all::<CodePipeline>() {
        let mut made: Vec<&str> = Vec::new();
        for (row, action) in pipeline.actions.iter().enumerate() {
            let takes = !action.provider.is_source() && action.provider != ActionProvider::Approval;
            if takes && !made.contains(&action.input.as_str()) {
                let (name, of, input) = (&node.name, &action.name, &action.input);
                let note = report
                    .note(
                        id,
                        message!(
                            "파이프라인 {name}의 작업 {of}이(가) 쓰는 아티팩트 '{input}'을(를) 앞의 어느 작업도 만들지 않아요. 앞 작업의 출력 아티팩트 이름을 적으세요.",
                            "Action {of} of pipeline {name} takes artifact \"{input}\", which no earlier action makes. Enter the name of an earlier output."
                        ),
                    )
                    .field(id_of!(CodePipeline.actions));
                if let Some(last) = made.last() {
                    let mended = PipelineAction { input: (*last).to_owned(), ..action.clone() };
                    note.fix(
                        message!("{last}을(를) 입력으로 쓰기", "Take {last}"),
                        vec![Edit::set(
                            id,
                            id_of!(CodePipeline.actions),
                            rows::replaced(&pipeline.actions, row, &mended),
                        )],
                    );
                }
            }
            let makes = action.provider.is_source() || action.provider == ActionProvider::CodeBuild;
            if makes && !action.output.is_empty() {
                made.push(&action.output);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{CodePipeline, PipelineAction};
    use crate::rules::testing::{fires, found_in, quiet};
    use crate::rules::testing_services::{beginning_with, delivered};

    #[test]
    fn fires_on_a_name_that_was_not_made() {
        let mut sketch = delivered();
        let mut actions = sketch.design().get::<CodePipeline>(sketch.id("pipeline")).unwrap().actions.clone();
        actions[2] = PipelineAction { input: "Image".to_owned(), ..actions[2].clone() };
        sketch.rows("pipeline", "actions", &actions);
        fires(&RULE, &sketch, &["pipeline"]);
    }

    #[test]
    fn quiet_on_outputs_of_earlier_actions() {
        quiet(&RULE, &delivered());
    }

    #[test]
    fn quiet_on_a_source_that_is_not_drawn() {
        assert_eq!(found_in(&RULE, &beginning_with("Source", "CodeCommit")), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &beginning_with("Approval", "Manual")), ["Pipeline"]);
    }
}
