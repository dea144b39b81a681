//! Reports, tables, documents of draw.io and the pages of rules, by the command line.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::process::{Command, Output, Stdio};

use serde_json::Value;

const LAB: &str = "tests/golden/lab1.json";

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_groundplan"));
    command.args(args).current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
    command.output().unwrap()
}

#[track_caller]
fn answer(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A file that goes away with the test.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("groundplan-report-{}-{name}", std::process::id())))
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

#[test]
fn a_report_is_written_and_printed_in_both_languages() {
    let file = Scratch::new("a.html");
    assert_eq!(answer(&["report", LAB, "-o", file.path()]), "");
    let written = std::fs::read_to_string(file.path()).unwrap();
    assert_eq!(written, answer(&["report", LAB]));
    assert!(written.contains("<html lang=\"en\">") && written.contains("Address plan"));
    assert!(answer(&["--lang", "ko", "report", LAB]).contains("주소 계획"));
    assert_eq!(run(&["report", "nowhere.json"]).status.code(), Some(2));
    assert_eq!(run(&["report", LAB, "-o", "/nowhere/x.html"]).status.code(), Some(2));
}

#[test]
fn tables_have_a_row_for_all_that_json_has() {
    let plan: Value = serde_json::from_str(&answer(&["addresses", LAB, "--format", "json"])).unwrap();
    let table = answer(&["addresses", LAB, "--format", "csv"]);
    assert_eq!(table.lines().count(), plan.as_array().unwrap().len() + 1);
    assert!(table.starts_with("vpc,subnet,zone,tier,block,first,last,usable,in_use,free\r\n"));
    assert!(answer(&["addresses", LAB]).contains("free"));
    let template = "tests/foreign/network.yaml";
    let found: Value = serde_json::from_str(&answer(&["check", template, "--format", "json"])).unwrap();
    let table = answer(&["check", template, "--format", "csv"]);
    let rows = table.lines().filter(|line| ["error,", "warning,", "info,"].iter().any(|start| line.starts_with(start)));
    assert_eq!(rows.count(), found.as_array().unwrap().len());
}

#[test]
fn a_picture_may_be_a_document_of_draw_io() {
    let file = Scratch::new("a.drawio");
    answer(&["picture", LAB, "-o", file.path()]);
    let text = std::fs::read_to_string(file.path()).unwrap();
    assert!(text.starts_with("<mxfile") && text.contains("mxgraph.aws4.group_vpc2"), "{text}");
}

#[test]
fn the_site_has_the_pages_of_rules() {
    for lang in ["ko", "en"] {
        let path = format!("{}/public/rules/{lang}.html", env!("CARGO_MANIFEST_DIR"));
        let page = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            page == answer(&["--lang", lang, "rules", "--format", "html"]),
            "{path} is old: run `cargo xtask rules`"
        );
    }
}

#[test]
fn sarif_links_to_the_entry_of_a_rule_where_its_page_is_known() {
    let links = |args: &[&str]| -> Vec<String> {
        let log: Value = serde_json::from_str(&answer(args)).unwrap();
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().clone();
        rules.iter().map(|rule| rule["helpUri"].as_str().unwrap().to_owned()).collect()
    };
    let plain = links(&["check", LAB, "--format", "sarif"]);
    assert!(plain.iter().all(|link| link.starts_with("https://docs.aws.amazon.com/") || link.starts_with("https://")));
    let page = ["check", LAB, "--format", "sarif", "--page", "https://plan.example.com/"];
    assert!(links(&page).contains(&"https://plan.example.com/rules/en.html#subnet-overlap".to_owned()));
}
