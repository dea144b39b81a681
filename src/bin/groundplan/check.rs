//! `check`: what is wrong with a design.

use std::fmt::Write;

use clap::ValueEnum;
use groundplan::design::Design;
use groundplan::report;
use groundplan::rules::{self, Finding, Offers, Severity, more_like_this, template};
use groundplan::template::Fault;
use groundplan::text::{Lang, Message, Text, t};
use serde::Serialize;

use super::input::Source;
use super::{Answer, pretty, sarif};

/// How findings are printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Sarif,
    /// A table for spreadsheets.
    Csv,
}

/// Prints the findings; the answer is no if one is an error.
pub fn run(source: Source<'_>, format: Format, rules_page: Option<&str>, lang: Lang) -> Result<Answer, Message> {
    let design = source.read()?.design;
    let findings = rules::check(&design);
    let offers = Offers::new(&design);
    let mut entries: Vec<Entry<'_>> = template::elsewhere(&design).map(Entry::of_template).collect();
    entries.extend(findings.iter().map(|finding| Entry::new(&design, finding, &offers)));
    // Worst first; those of the template without a resource before the others.
    entries.sort_by_key(|entry| entry.severity);
    let fine = entries.iter().all(|entry| entry.severity != Severity::Error);
    let text = match format {
        Format::Text => text(&entries, lang),
        Format::Json => pretty(&entries),
        Format::Csv => report::findings::csv(&report::findings::rows(&design, &findings), lang),
        Format::Sarif => pretty(&sarif::log(&entries, source.path, rules_page, lang)),
    };
    Ok(Answer { text, fine })
}

/// A finding as it is printed.
#[derive(Serialize)]
pub struct Entry<'a> {
    pub rule: &'static str,
    pub severity: Severity,
    /// The name of the resource, or what the template calls it where it is not drawn.
    pub resource: &'a str,
    pub id: String,
    kind: &'static str,
    pub field: Option<&'static str>,
    /// Where the text of a template has it.
    pub line: Option<usize>,
    pub column: Option<usize>,
    pub message: &'a Message,
    fix: Option<Message>,
    /// How many more of the same rule and severity there are that are not listed.
    #[serde(skip_serializing_if = "is_none")]
    pub more: usize,
}

const fn is_none(count: &usize) -> bool {
    *count == 0
}

impl<'a> Entry<'a> {
    fn new(design: &'a Design, finding: &'a Finding, offers: &Offers) -> Self {
        let node = design.node(finding.node);
        let written = || design.template()?.place_of(finding.node, finding.field);
        let place = finding.place.or_else(written);
        Self {
            rule: finding.rule,
            severity: finding.severity,
            resource: node.map_or("", |node| node.name.as_str()),
            id: finding.node.to_string(),
            kind: node.map_or("", |node| node.kind().spec().id),
            field: finding.field,
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            message: &finding.message,
            fix: offers.mending(finding).map(|fix| fix.title),
            more: finding.more,
        }
    }

    /// A fault of a template outside what is drawn of it.
    fn of_template(fault: &'a Fault) -> Self {
        Self {
            rule: fault.rule.as_str(),
            severity: rules::rule(fault.rule.as_str()).map_or(Severity::Error, |rule| rule.severity),
            resource: fault.logical.as_deref().unwrap_or_default(),
            id: String::new(),
            kind: "",
            field: None,
            line: Some(fault.line),
            column: Some(fault.column),
            message: &fault.why,
            fix: None,
            more: 0,
        }
    }
}

fn text(entries: &[Entry<'_>], lang: Lang) -> String {
    const FIX: Text = t("고치기", "fix");
    let mut text = String::new();
    // Writing into a string does not fail.
    for entry in entries {
        let Entry { rule, resource, .. } = entry;
        let field = entry.field.map(|field| format!(".{field}")).unwrap_or_default();
        let place = match (entry.line, entry.column) {
            (Some(line), Some(column)) => format!("{line}:{column}: "),
            _ => String::new(),
        };
        let name = if resource.is_empty() { String::new() } else { format!("{resource}{field}: ") };
        writeln!(text, "{place}{}: {name}{} [{rule}]", entry.severity.id(), entry.message.get(lang)).ok();
        if let Some(fix) = &entry.fix {
            writeln!(text, "  {}: {}", FIX.get(lang), fix.get(lang)).ok();
        }
        if entry.more > 0 {
            writeln!(text, "  {}", more_like_this(entry.more).get(lang)).ok();
        }
    }
    let of = |severity| entries.iter().filter(move |entry| entry.severity == severity);
    let count = |severity| of(severity).map(|entry| 1 + entry.more).sum::<usize>();
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let sum = groundplan::message!(
        "오류 {errors}개, 경고 {warnings}개, 참고 {infos}개",
        "errors: {errors}, warnings: {warnings}, notes: {infos}"
    );
    writeln!(text, "{}", sum.get(lang)).ok();
    text
}
