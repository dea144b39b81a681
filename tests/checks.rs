//! The script that the action and the pre-commit hook run, on a repository with a changed template. Their own steps are in `tests/templates/`.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use groundplan::design::Edit;
use groundplan::{cloudformation, samples};
use serde_json::Value;

/// A repository that goes away with the test.
struct Repository(PathBuf);

impl Repository {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("groundplan-checks-{name}-{}", std::process::id()));
        std::fs::create_dir_all(path.join("net")).unwrap();
        let repository = Self(path);
        repository.git(&["init", "--quiet"]);
        repository
    }

    fn git(&self, args: &[&str]) {
        let author = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").args(author).args(args).current_dir(&self.0).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.0.join(file), text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.0.join(file)).unwrap()
    }

    fn checks(&self, args: &[&str]) -> Output {
        let bin = Path::new(env!("CARGO_BIN_EXE_groundplan")).parent().unwrap();
        let path = std::env::join_paths(
            std::iter::once(bin.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
        );
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/checks.sh");
        let mut command = Command::new("bash");
        command.arg(script).args(args).current_dir(&self.0).env("PATH", path.unwrap()).env("LC_ALL", "C.UTF-8");
        command.env("GITHUB_STEP_SUMMARY", self.0.join("summary.md")).output().unwrap()
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

#[test]
fn a_changed_template_is_checked_and_its_change_is_drawn() {
    let repository = Repository::new("change");
    let mut design = samples::two_az_vpc();
    repository.write("net/a.template.json", cloudformation::export(&design).text());
    repository.git(&["add", "."]);
    repository.git(&["commit", "--quiet", "-m", "before"]);
    let web = design.nodes().find(|(_, node)| node.name == "web-c").unwrap().0;
    design.apply(&Edit::Remove(web)).unwrap();
    repository.write("net/a.template.json", cloudformation::export(&design).text());
    let done = repository.checks(&["--since", "HEAD", "--out", "report", "--", "net/a.template.json"]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    // The target group still has a row for what is no more.
    assert_eq!(done.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&done.stderr));
    assert!(said.contains("[target-names-nothing]") && said.contains("- instance\tweb-c"), "{said}");
    let sarif: Value = serde_json::from_str(&repository.read("report/net-a.template.json.sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert!(repository.read("report/net-a.template.json.svg").contains("web-c"));
    let summary = repository.read("summary.md");
    assert!(summary.contains("### net/a.template.json") && summary.contains("web-c"), "{summary}");
}

#[test]
fn the_worst_file_decides_and_what_cannot_be_read_is_said() {
    let repository = Repository::new("worst");
    let sound = cloudformation::export(&samples::two_az_vpc()).text().to_owned();
    repository.write("sound.template", &sound);
    repository.write(
        "broken.template",
        "{\"Resources\": {\"Net\": {\"Type\": \"AWS::EC2::VPC\", \"Properties\": {\"CidrBlock\": \"10.0.0.0/33\"}}}}",
    );
    repository.write("none.template", "{");
    assert_eq!(repository.checks(&["sound.template"]).status.code(), Some(0));
    assert_eq!(repository.checks(&["broken.template", "sound.template"]).status.code(), Some(1));
    let done = repository.checks(&["none.template", "sound.template", "broken.template"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stdout).contains("== broken.template"));
    assert_eq!(repository.checks(&[]).status.code(), Some(2));
    assert_eq!(repository.checks(&["--since", "nowhere", "sound.template"]).status.code(), Some(2));
}
