//! A buildspec is YAML with phases.
use crate::catalog::kinds::CodeBuildProject;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::template::{Json, document};
use crate::text::{Message, t};
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "buildspec-malformed",
    severity: Severity::Error,
    title: t("읽을 수 없는 buildspec", "Buildspec that cannot be read"),
    why: t(
        "CodeBuild는 YAML로 읽히고 version과 phases가 있는 buildspec만 실행해요.",
        "CodeBuild runs only a buildspec that is YAML and has a version and phases.",
    ),
    source: "https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, project) in context.all::<CodeBuildProject>() {
        let text = project.buildspec.trim();
        if text.is_empty() || is_file(text) {
            continue;
        }
        let name = &node.name;
        let Some(why) = fault(text) else { continue };
        let (ko, en) = (&why.ko, &why.en);
        let note = report
            .note(
                id,
                message!("CodeBuild 프로젝트 {name}의 buildspec: {ko}", "Buildspec of CodeBuild project {name}: {en}"),
            )
            .field(id_of!(CodeBuildProject.buildspec));
        // What else is wrong with it, its author must say: a model in its place would throw away what was written.
        let versioned = format!("version: 0.2\n{text}");
        if fault(&versioned).is_none() {
            note.fix(
                message!("맨 위에 version: 0.2 적기", "Begin with version: 0.2"),
                vec![Edit::set(id, id_of!(CodeBuildProject.buildspec), versioned.as_str())],
            );
        }
    }
}

/// Whether it names a file of the source and is none itself.
fn is_file(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && (text.ends_with(".yml") || text.ends_with(".yaml") || text.starts_with("arn:"))
}

/// What is wrong with a buildspec.
fn fault(text: &str) -> Option<Message> {
    let spec = match document(text) {
        Ok(spec) => spec,
        Err(problem) => {
            let Message { ko, en } = problem.message();
            return Some(message!("YAML로 읽을 수 없어요. {ko}", "It is not YAML. {en}"));
        }
    };
    let Json::Object(spec) = spec else {
        return Some(message!(
            "version, phases로 시작하는 YAML이어야 해요.",
            "It must be YAML that begins with version and phases."
        ));
    };
    if !spec.contains_key("version") {
        return Some(message!(
            "version이 없어요. 맨 위에 version: 0.2를 적으세요.",
            "It has no version. Begin with version: 0.2."
        ));
    }
    let phases = spec.get("phases").and_then(Json::as_object);
    let known = ["install", "pre_build", "build", "post_build"];
    match phases {
        None => Some(message!(
            "phases가 없어요. build 단계와 commands를 적으세요.",
            "It has no phases. Write a build phase with its commands."
        )),
        Some(phases) => {
            let odd = phases.keys().find(|phase| !known.contains(&phase.as_str()))?;
            Some(message!(
                "{odd}(이)라는 단계는 없어요. install, pre_build, build, post_build만 쓸 수 있어요.",
                "There is no phase {odd}: only install, pre_build, build and post_build."
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::CodeBuildProject;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::delivered;

    #[test]
    fn fires_on_what_is_no_buildspec() {
        let mut sketch = delivered();
        let whole = sketch.design().get::<CodeBuildProject>(sketch.id("build")).unwrap().buildspec.clone();
        let unversioned = whole.replacen("version: 0.2\n", "", 1);
        assert_ne!(whole, unversioned);
        sketch.set("build", "buildspec", unversioned.as_str());
        fires(&RULE, &sketch, &["build"]);
        for text in ["echo hello", "version: 0.2\nphases:\n\t- x", "version: 0.2", "version: 0.2\nphases:\n  biuld: {}"]
        {
            let mut sketch = delivered();
            sketch.set("build", "buildspec", text);
            let found = crate::rules::check(sketch.design()).into_iter().filter(|found| found.rule == RULE.id);
            let fixes: Vec<_> = found.map(|found| (found.node, found.fix)).collect();
            assert_eq!(fixes, [(sketch.id("build"), None)], "{text}");
        }
    }

    #[test]
    fn quiet_on_phases_a_file_and_nothing() {
        let mut sketch = delivered();
        quiet(&RULE, &sketch);
        for text in ["", "ci/buildspec.yml"] {
            sketch.set("build", "buildspec", text);
            quiet(&RULE, &sketch);
        }
    }
}
