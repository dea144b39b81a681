//! What a buildspec does: read as YAML and its commands as a shell reads them, not searched for words.

use std::collections::BTreeSet;

use super::{Decider, Decision, State};
use crate::catalog::kinds::CodeBuildProject;
use crate::labs::check::Builds;
use crate::labs::scene::Scene;
use crate::message;
use crate::template::{Json, document};
use crate::text::Message;

impl Decider<'_> {
    pub(super) fn builds(&self, scene: &Scene, of: &Builds) -> Decision {
        let nodes = self.nodes(scene, &of.of);
        if nodes.is_empty() {
            return self.nobody(scene, &of.of);
        }
        let repositories = self.nodes(scene, &of.pushes);
        let file = &of.hands_over;
        for id in nodes.iter().copied() {
            let Some(project) = scene.design.get::<CodeBuildProject>(id) else { continue };
            let rows = project.variables.iter();
            let named = rows.filter(|row| row.resource.is_some_and(|to| repositories.contains(&to)));
            let variables: BTreeSet<String> = named.map(|row| row.name.trim().to_owned()).collect();
            if let Some(Message { ko, en }) = lacks(&project.buildspec, variables, file) {
                let name = scene.design.node(id).map_or("", |node| node.name.as_str());
                let why = message!("{name}의 buildspec: {ko}", "Buildspec of {name}: {en}");
                return Decision::at(State::Fails, why, vec![id]);
            }
        }
        let why = message!("이미지를 올리고 {file}을(를) 내놓아요.", "It pushes the image and hands over {file}.");
        Decision::at(State::Holds, why, nodes)
    }
}

/// The first thing that a buildspec does not do: build an image, push it to the repository that one of these variables names, write a file and hand
/// it over as an artifact.
fn lacks(text: &str, mut repository: BTreeSet<String>, file: &str) -> Option<Message> {
    let Ok(spec) = document(text) else {
        return Some(message!("YAML로 읽을 수 없어요.", "it is not YAML."));
    };
    if repository.is_empty() {
        return Some(message!(
            "리포지토리를 고른 환경 변수가 없어요.",
            "no environment variable names the repository."
        ));
    }
    for (name, value) in
        spec.get("env").and_then(|env| env.get("variables")).and_then(Json::as_object).into_iter().flatten()
    {
        if value.as_str().is_some_and(|value| mentions(value, &repository)) {
            repository.insert(name.clone());
        }
    }
    let (mut built, mut pushed, mut written) = (false, false, false);
    for command in commands(&spec) {
        let words = words(&command);
        for (name, value) in words.iter().filter_map(|word| word.split_once('=')).filter(|(name, _)| is_name(name)) {
            if mentions(value, &repository) {
                repository.insert(name.to_owned());
            }
        }
        let own: Vec<&str> = words.iter().map(String::as_str).skip_while(|word| goes_before(word)).collect();
        let builds =
            matches!(own.as_slice(), ["docker", "build", ..] | ["docker", "image" | "buildx" | "compose", "build", ..]);
        let pushes = matches!(own.as_slice(), ["docker", "push", ..] | ["docker", "image", "push", ..])
            || (builds && own.iter().any(|word| word.starts_with("--push")));
        built |= builds;
        pushed |= pushes && own.iter().any(|word| mentions(word, &repository));
        let reads = matches!(own.first(), Some(&("rm" | "ls" | "test")))
            || (matches!(own.first(), Some(&("echo" | "cat" | "printf"))) && !command.contains('>'));
        written |= command.contains(file) && !reads;
    }
    let handed = spec.get("artifacts").is_some_and(|artifacts| hands_over(artifacts, file));
    let told = [
        (built, message!("docker build로 이미지를 만들지 않아요.", "it builds no image by docker build.")),
        (
            pushed,
            message!(
                "환경 변수로 받은 리포지토리에 docker push로 올리지 않아요.",
                "it does not docker push to the repository that the environment variable names."
            ),
        ),
        (written, message!("{file} 파일을 만들지 않아요.", "it does not write {file}.")),
        (handed, message!("artifacts에 {file}이(가) 없어요.", "{file} is not among its artifacts.")),
    ];
    told.into_iter().find(|(done, _)| !done).map(|(_, why)| why)
}

/// The simple commands of all phases in the order in which they run, without comments.
fn commands(spec: &Json) -> Vec<String> {
    let mut found = Vec::new();
    let phases = ["install", "pre_build", "build", "post_build"];
    for phase in phases.into_iter().filter_map(|name| spec.get("phases")?.get(name)) {
        for list in ["commands", "finally"].into_iter().filter_map(|name| phase.get(name)) {
            let lines: Vec<&str> = match list {
                Json::Array(all) => all.iter().filter_map(Json::as_str).collect(),
                one => one.as_str().into_iter().collect(),
            };
            lines.into_iter().for_each(|line| split(line, &mut found));
        }
    }
    found
}

/// Parts a command line at `;`, `&&`, `||`, `|` and line ends that stand in no quotes.
fn split(line: &str, found: &mut Vec<String>) {
    let line = line.replace("\\\n", " ");
    let (mut quote, mut comment, mut before) = (None, false, ' ');
    let mut own = String::new();
    for letter in line.chars() {
        match (quote, letter) {
            (_, '\n') => {
                found.push(std::mem::take(&mut own));
                (quote, comment) = (None, false);
            }
            _ if comment => {}
            (Some(open), _) => {
                if letter == open && before != '\\' {
                    quote = None;
                }
                own.push(letter);
            }
            (None, '"' | '\'') => {
                quote = Some(letter);
                own.push(letter);
            }
            (None, '#') if before.is_whitespace() => comment = true,
            (None, ';' | '|' | '&') => found.push(std::mem::take(&mut own)),
            (None, _) => own.push(letter),
        }
        before = letter;
    }
    found.push(own);
    found.retain(|command| !command.trim().is_empty());
}

/// The words of a simple command, out of their quotes.
fn words(command: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut quote = None;
    for letter in command.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, ' ' | '\t') => found.push(String::new()),
            _ => found.last_mut().into_iter().for_each(|word| word.push(letter)),
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

/// Whether a word may stand before the command that is run: a keyword of the shell, or a variable that is set for it.
fn goes_before(word: &str) -> bool {
    matches!(
        word,
        "if" | "then" | "else" | "elif" | "do" | "while" | "!" | "{" | "(" | "time" | "sudo" | "export" | "exec"
    ) || word.split_once('=').is_some_and(|(name, _)| is_name(name))
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// Whether a text uses one of these variables: `$NAME` or `${NAME…}`.
fn mentions(text: &str, variables: &BTreeSet<String>) -> bool {
    text.split('$').skip(1).any(|after| {
        let after = after.strip_prefix('{').unwrap_or(after);
        let name: String =
            after.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect();
        variables.contains(&name)
    })
}

/// Whether a file is among these artifacts, or among secondary ones.
fn hands_over(artifacts: &Json, file: &str) -> bool {
    let fits = |pattern: &str| {
        let last = pattern.rsplit('/').next().unwrap_or(pattern);
        crate::reach::wild(last, file)
    };
    let own = match artifacts.get("files") {
        Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).any(fits),
        Some(one) => one.as_str().is_some_and(fits),
        None => false,
    };
    let more = artifacts.get("secondary-artifacts").and_then(Json::as_object);
    own || more.into_iter().flat_map(|all| all.values()).any(|one| hands_over(one, file))
}

#[cfg(test)]
mod tests {
    use super::lacks;

    const SPEC: &str = "version: 0.2\nphases:\n  build:\n    commands:\n      - docker build -t $REPO:$TAG .\n      - docker push $REPO:$TAG\n      - printf '[{\"name\":\"lunch\",\"imageUri\":\"%s\"}]' $REPO:$TAG > imagedefinitions.json\nartifacts:\n  files:\n    - imagedefinitions.json\n";

    fn why(spec: &str, variable: &str) -> Option<String> {
        lacks(spec, [variable.to_owned()].into(), "imagedefinitions.json").map(|why| why.en)
    }

    #[test]
    fn what_a_buildspec_does_is_read_and_not_searched_for() {
        assert_eq!(why(SPEC, "REPO"), None);
        for (from, to, says) in [
            ("- docker build -t $REPO:$TAG .", "- echo hello", "builds no image"),
            ("- docker push $REPO:$TAG", "- echo docker push $REPO:$TAG", "does not docker push"),
            ("- docker push $REPO:$TAG", "- 'true # docker push $REPO:$TAG'", "does not docker push"),
            ("- docker push $REPO:$TAG", "- docker push docker.io/me/app:$TAG", "does not docker push"),
            ("- imagedefinitions.json", "- README.md", "not among its artifacts"),
            (" > imagedefinitions.json", " > other.json", "does not write"),
            ("version: 0.2", "version: [", "not YAML"),
        ] {
            let said = why(&SPEC.replace(from, to), "REPO").unwrap_or_default();
            assert!(said.contains(says), "{to}: {said}");
        }
        assert!(why(SPEC, "OTHER").unwrap().contains("does not docker push"));
        assert!(lacks(SPEC, Default::default(), "imagedefinitions.json").is_some());
    }

    #[test]
    fn other_right_ways_count() {
        for (from, to) in [
            ("- docker push $REPO:$TAG", "- docker image push \"${REPO}:${TAG}\""),
            ("- docker push $REPO:$TAG", "- IMAGE=$REPO:$TAG && docker push $IMAGE"),
            ("- docker push $REPO:$TAG", "- if ! docker push --all-tags $REPO; then exit 1; fi"),
            (
                "- docker build -t $REPO:$TAG .\n      - docker push $REPO:$TAG",
                "- docker buildx build --push -t $REPO:$TAG .",
            ),
            ("    - imagedefinitions.json", "    - '**/*'"),
            ("  files:\n    - imagedefinitions.json", "  files: '*.json'"),
        ] {
            assert!(SPEC.contains(from), "{from}");
            assert_eq!(why(&SPEC.replace(from, to), "REPO"), None, "{to}");
        }
    }
}
