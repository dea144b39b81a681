//! `check`: what is wrong with a design.

use std::fmt::Write;
use std::path::Path;

use clap::ValueEnum;
use groundplan::design::Design;
use groundplan::rules::{self, Finding, Severity};
use groundplan::text::{Lang, Message, Text, t};
use serde::Serialize;

use super::{Answer, input, pretty, sarif};

/// How findings are printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Sarif,
}

/// Prints the findings; the answer is no if one is an error.
pub fn run(path: &Path, format: Format, lang: Lang) -> Result<Answer, Message> {
    let design = input::read(path)?.design;
    let findings = rules::check(&design);
    let text = match format {
        Format::Text => text(&design, &findings, lang),
        Format::Json => pretty(&findings.iter().map(|finding| Entry::new(&design, finding)).collect::<Vec<_>>()),
        Format::Sarif => pretty(&sarif::log(&design, &findings, path, lang)),
    };
    Ok(Answer { text, fine: findings.iter().all(|finding| finding.severity != Severity::Error) })
}

/// The name of the resource a finding is about.
pub fn name<'a>(design: &'a Design, finding: &Finding) -> &'a str {
    design.node(finding.node).map_or("", |node| node.name.as_str())
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'static str,
    severity: Severity,
    resource: &'a str,
    id: String,
    kind: &'static str,
    field: Option<&'static str>,
    message: &'a Message,
    fix: Option<&'a Message>,
}

impl<'a> Entry<'a> {
    fn new(design: &'a Design, finding: &'a Finding) -> Self {
        Self {
            rule: finding.rule,
            severity: finding.severity,
            resource: name(design, finding),
            id: finding.node.to_string(),
            kind: design.node(finding.node).map_or("", |node| node.kind().spec().id),
            field: finding.field,
            message: &finding.message,
            fix: finding.fix.as_ref().map(|fix| &fix.title),
        }
    }
}

fn text(design: &Design, findings: &[Finding], lang: Lang) -> String {
    const FIX: Text = t("고치기", "fix");
    let mut text = String::new();
    // Writing into a string does not fail.
    for finding in findings {
        let field = finding.field.map(|field| format!(".{field}")).unwrap_or_default();
        let (name, severity, rule) = (name(design, finding), finding.severity.id(), finding.rule);
        writeln!(text, "{severity}: {name}{field}: {} [{rule}]", finding.message.get(lang)).ok();
        if let Some(fix) = &finding.fix {
            writeln!(text, "  {}: {}", FIX.get(lang), fix.title.get(lang)).ok();
        }
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let sum = groundplan::message!(
        "오류 {errors}개, 경고 {warnings}개, 참고 {infos}개",
        "errors: {errors}, warnings: {warnings}, notes: {infos}"
    );
    writeln!(text, "{}", sum.get(lang)).ok();
    text
}
