//! Findings as SARIF 2.1.0, which code hosts show beside the file.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::path::Path;

use groundplan::report::anchor;
use groundplan::rules::{Severity, list, more_like_this};
use groundplan::text::Lang;
use serde_json::{Value, json};

use super::check::Entry;

/// The log of one run over one file. Rules link to their entry on the page of rules, where one is hosted, else to AWS's page.
pub fn log(entries: &[Entry<'_>], path: &Path, rules_page: Option<&str>, lang: Lang) -> Value {
    let help = |rule: &str| rules_page.map(|page| format!("{}/{}", page.trim_end_matches('/'), anchor(rule, lang)));
    let rules: Vec<Value> = list::ALL
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.title.get(lang) },
                "fullDescription": { "text": rule.why.get(lang) },
                "helpUri": help(rule.id).unwrap_or_else(|| rule.source.to_owned()),
                "help": { "text": format!("{}\n\n{}", rule.why.get(lang), rule.source) },
                "defaultConfiguration": { "level": level(rule.severity) },
            })
        })
        .collect();
    // Those that are counted only are told of beside the results: a result of its own has a place.
    let left_out: Vec<Value> = entries
        .iter()
        .filter(|entry| entry.more > 0)
        .map(|entry| {
            json!({
                "level": "note",
                "message": { "text": more_like_this(entry.more).get(lang) },
                "associatedRule": { "id": entry.rule, "index": index(entry.rule) },
            })
        })
        .collect();
    let results: Vec<Value> = entries.iter().map(|entry| result(entry, path, lang)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Groundplan",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "results": results,
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": left_out }],
        }],
    })
}

fn result(entry: &Entry<'_>, path: &Path, lang: Lang) -> Value {
    let Entry { rule, resource: name, .. } = entry;
    let whole = entry.field.map_or_else(|| (*name).to_owned(), |field| format!("{name}.{field}"));
    // What is wrong beside any resource is known by its line.
    let line = entry.line.map(|line| line.to_string()).unwrap_or_default();
    let subject =
        [entry.id.as_str(), *name, line.as_str()].into_iter().find(|part| !part.is_empty()).unwrap_or_default();
    let artifact = json!({ "uri": uri(path) });
    let place = match (entry.line, entry.column) {
        (Some(line), Some(column)) => {
            json!({ "artifactLocation": artifact, "region": { "startLine": line, "startColumn": column } })
        }
        _ => json!({ "artifactLocation": artifact }),
    };
    let location = if name.is_empty() {
        json!({ "physicalLocation": place })
    } else {
        let logical = json!([{ "name": name, "fullyQualifiedName": whole, "kind": "resource" }]);
        json!({ "physicalLocation": place, "logicalLocations": logical })
    };
    json!({
        "ruleId": rule,
        "ruleIndex": index(rule),
        "level": level(entry.severity),
        "message": { "text": entry.message.get(lang) },
        "locations": [location],
        "partialFingerprints": { "resource/v1": format!("{rule}:{subject}") },
    })
}

/// The place of a rule among those of the tool.
fn index(rule: &str) -> Option<usize> {
    list::ALL.iter().position(|one| one.id == rule)
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The path as a URI: what is neither plain nor a separator is escaped byte by byte.
fn uri(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let text = path.to_string_lossy().replace('\\', "/");
    let escaped =
        text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    let escaped: String = escaped.collect();
    if path.is_absolute() { format!("file://{escaped}") } else { escaped }
}
