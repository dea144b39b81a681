//! A deployment to ECS is told its images.
use crate::catalog::kinds::{ActionProvider, CodeBuildProject, CodePipeline, IMAGE_BUILDSPEC};
use crate::design::Edit;
use crate::facts::Context;
use crate::reach::wild;
use crate::rules::{Report, Rule, Severity};
use crate::template::{Json, document};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "pipeline-without-image-definitions",
    severity: Severity::Error,
    title: t("imagedefinitions.json을 만들지 않는 ECS 배포", "ECS deployment without image definitions"),
    why: t(
        "ECS 배포 작업은 입력 아티팩트에서 컨테이너 이름과 이미지를 담은 파일을 찾아요. 파일이 없으면 배포가 실패해요.",
        "The ECS action looks in its input for the file with container names and images, and fails without it.",
    ),
    source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, pipeline) in context.all::<CodePipeline>() {
        for action in pipeline.actions.iter().filter(|action| action.provider == ActionProvider::Ecs) {
            let maker = pipeline
                .actions
                .iter()
                .find(|other| other.output == action.input && other.provider == ActionProvider::CodeBuild);
            let (name, of, file) = (&node.name, &action.name, &action.image_file);
            let Some(maker) = maker else {
                report
                    .note(
                        id,
                        message!(
                            "파이프라인 {name}의 배포 작업 {of}에 들어오는 아티팩트를 빌드가 만들지 않아요. {file}을(를) 만드는 빌드의 출력을 입력으로 쓰세요.",
                            "No build makes the input of deployment {of} in pipeline {name}. Take the output of a build that writes {file}."
                        ),
                    )
                    .field(id_of!(CodePipeline.actions));
                continue;
            };
            let Some((project_id, project)) =
                maker.project.and_then(|id| Some((id, context.design.get::<CodeBuildProject>(id)?)))
            else {
                continue;
            };
            if hands_over(&project.buildspec, file) {
                continue;
            }
            let project_name = context.name(project_id);
            report
                .note(
                    id,
                    message!(
                        "파이프라인 {name}의 배포 작업 {of}은(는) {file}이(가) 필요한데, 빌드 {project_name}의 buildspec이 넘겨주지 않아요. 이미지를 올린 다음 {file}을(를) 쓰고 artifacts에 넣으세요.",
                        "Deployment {of} of pipeline {name} needs {file}, which the buildspec of {project_name} does not hand over. Write it after the image is pushed, and list it under artifacts."
                    ),
                )
                .field(id_of!(CodePipeline.actions))
                .fix(
                    message!("빌드 {project_name}에 이미지를 만드는 buildspec 넣기", "Give {project_name} a buildspec that makes an image"),
                    vec![Edit::set(project_id, id_of!(CodeBuildProject.buildspec), IMAGE_BUILDSPEC), Edit::set(project_id, id_of!(CodeBuildProject.privileged), true)],
                );
        }
    }
}

/// Whether what a buildspec leaves as its artifacts may hold a file. One that is read from the source, or cannot be read at all, may.
fn hands_over(buildspec: &str, file: &str) -> bool {
    let text = buildspec.trim();
    if text.is_empty() || !text.contains(char::is_whitespace) {
        return true;
    }
    let Ok(Json::Object(spec)) = document(text) else { return true };
    // What does not name the file writes it only if a script of the source does, which a model buildspec does not.
    if !text.contains(file) {
        return false;
    }
    let Some(artifacts) = spec.get("artifacts") else { return false };
    let secondary = artifacts.get("secondary-artifacts").and_then(Json::as_object);
    let lists = std::iter::once(artifacts).chain(secondary.into_iter().flat_map(|all| all.values()));
    let mut patterns = lists.flat_map(|list| match list.get("files") {
        Some(Json::Array(all)) => all.iter().collect::<Vec<_>>(),
        one => one.into_iter().collect(),
    });
    // A path leads to the file by its last step; a variable may come to anything.
    patterns.any(|pattern| {
        pattern.as_str().is_none_or(|pattern| {
            pattern.contains('$') || pattern.rsplit('/').next().is_some_and(|last| wild(last, file) || last == "**")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{CodeBuildProject, IMAGE_BUILDSPEC};
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::delivered;

    #[test]
    fn fires_when_the_build_does_not_write_the_file() {
        let mut sketch = delivered();
        sketch.set("build", "buildspec", CodeBuildProject::default().buildspec.as_str());
        fires(&RULE, &sketch, &["pipeline"]);
    }

    #[test]
    fn fires_when_the_file_is_written_and_not_handed_over() {
        let mut sketch = delivered();
        let written = IMAGE_BUILDSPEC.split("artifacts:").next().unwrap();
        sketch.set("build", "buildspec", written);
        fires(&RULE, &sketch, &["pipeline"]);
        sketch.set("build", "buildspec", format!("{written}artifacts:\n  files:\n    - appspec.yml\n").as_str());
        fires(&RULE, &sketch, &["pipeline"]);
        for files in ["'**/*'", "out/imagedefinitions.json", "'*.json'"] {
            sketch.set("build", "buildspec", format!("{written}artifacts:\n  files:\n    - {files}\n").as_str());
            quiet(&RULE, &sketch);
        }
    }

    #[test]
    fn quiet_when_it_does_and_where_the_source_says() {
        let mut sketch = delivered();
        quiet(&RULE, &sketch);
        sketch.set("build", "buildspec", "");
        quiet(&RULE, &sketch);
    }
}
