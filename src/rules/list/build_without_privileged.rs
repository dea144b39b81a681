//! Docker needs privileged mode in a build.
use crate::catalog::kinds::CodeBuildProject;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "build-without-privileged",
    severity: Severity::Error,
    title: t("권한 모드 없이 Docker를 쓰는 빌드", "Docker in a build without privileged mode"),
    why: t(
        "권한 모드가 꺼진 빌드 컨테이너에서는 Docker 데몬이 뜨지 않아 docker build가 실패해요.",
        "Without privileged mode no Docker daemon starts in the build container, and docker build fails.",
    ),
    source: "https://docs.aws.amazon.com/codebuild/latest/userguide/sample-docker.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, project) in context.all::<CodeBuildProject>() {
        if project.privileged || !project.runs_docker() {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "CodeBuild 프로젝트 {name}이(가) Docker를 쓰는데 권한 모드가 꺼져 있어요. 권한 모드를 켜세요.",
                    "CodeBuild project {name} runs Docker without privileged mode. Turn privileged mode on."
                ),
            )
            .field(id_of!(CodeBuildProject.privileged))
            .fix(
                message!("권한 모드 켜기", "Turn privileged mode on"),
                vec![Edit::set(id, id_of!(CodeBuildProject.privileged), true)],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::CodeBuildProject;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::delivered;

    #[test]
    fn fires_on_docker_without_it() {
        let mut sketch = delivered();
        sketch.set("build", "privileged", false);
        fires(&RULE, &sketch, &["build"]);
    }

    #[test]
    fn quiet_with_it_and_without_docker() {
        let mut sketch = delivered();
        quiet(&RULE, &sketch);
        sketch.add("region", "test", CodeBuildProject::default());
        quiet(&RULE, &sketch);
    }
}
