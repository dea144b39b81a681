//! What is wrong with a design, as a table.

use crate::design::Design;
use crate::rules::{self, Finding, Severity, template};
use crate::template::Fault;
use crate::text::csv::line;
use crate::text::{Lang, Message};

/// A finding with everything that a row says of it.
pub struct Row<'a> {
    /// By which rule.
    pub rule: &'static str,
    /// How bad.
    pub severity: Severity,
    /// The name of the resource, or what the template calls it where it is not drawn.
    pub resource: &'a str,
    /// What that is.
    pub kind: &'static str,
    /// The field that is at fault.
    pub field: Option<&'static str>,
    /// Line and column of the template.
    pub place: Option<(usize, usize)>,
    /// What is wrong and what to do.
    pub message: &'a Message,
    /// How many more of the same rule and severity there are that are not listed.
    pub more: usize,
}

/// Rows of what the rules found and of the template's faults outside what is drawn, worst first.
pub fn rows<'a>(design: &'a Design, findings: &'a [Finding]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = template::elsewhere(design).map(of_template).collect();
    rows.extend(findings.iter().map(|finding| {
        let node = design.node(finding.node);
        let written = || design.template()?.place_of(finding.node, finding.field);
        Row {
            rule: finding.rule,
            severity: finding.severity,
            resource: node.map_or("", |node| node.name.as_str()),
            kind: node.map_or("", |node| node.kind().spec().id),
            field: finding.field,
            place: finding.place.or_else(written),
            message: &finding.message,
            more: finding.more,
        }
    }));
    rows.sort_by_key(|row| row.severity);
    rows
}

fn of_template(fault: &Fault) -> Row<'_> {
    let rule = fault.rule.as_str();
    Row {
        rule,
        severity: rules::rule(rule).map_or(Severity::Error, |rule| rule.severity),
        resource: fault.logical.as_deref().unwrap_or_default(),
        kind: "",
        field: None,
        place: Some((fault.line, fault.column)),
        message: &fault.why,
        more: 0,
    }
}

/// The table for a spreadsheet.
pub fn csv(rows: &[Row<'_>], lang: Lang) -> String {
    let mut text =
        line(["severity", "rule", "resource", "kind", "field", "line", "column", "message", "why", "source", "more"]);
    for row in rows {
        let rule = rules::rule(row.rule);
        text += &line([
            row.severity.id(),
            row.rule,
            row.resource,
            row.kind,
            row.field.unwrap_or_default(),
            &row.place.map(|(line, _)| line.to_string()).unwrap_or_default(),
            &row.place.map(|(_, column)| column.to_string()).unwrap_or_default(),
            row.message.get(lang),
            rule.map_or("", |rule| rule.why.get(lang)),
            rule.map_or("", |rule| rule.source),
            &row.more.to_string(),
        ]);
    }
    text
}
