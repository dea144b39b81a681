//! `kinds` and `rules`: what the engine knows, as lists.

use std::fmt::Write;

use clap::ValueEnum;
use groundplan::catalog::{Kind, Meta};
use groundplan::report;
use groundplan::rules::{Severity, list};
use groundplan::text::{Lang, Text};
use serde::Serialize;

use super::{ListFormat, pretty};

#[derive(Serialize)]
struct KindEntry {
    kind: &'static str,
    cloudformation_type: &'static str,
    label: Text,
    category: &'static str,
    fields: Vec<FieldEntry>,
    placement: PlacementEntry,
}

#[derive(Serialize)]
struct FieldEntry {
    id: &'static str,
    label: Text,
    widget: &'static str,
    property: &'static str,
}

#[derive(Serialize)]
struct PlacementEntry {
    root: bool,
    parents: Vec<&'static str>,
}

impl From<&Meta> for FieldEntry {
    fn from(meta: &Meta) -> Self {
        Self { id: meta.id, label: meta.label, widget: meta.widget.name(), property: meta.property }
    }
}

impl From<Kind> for KindEntry {
    fn from(kind: Kind) -> Self {
        let spec = kind.spec();
        let parents = spec.placement.parents.iter().map(|parent| parent.spec().id).collect();
        Self {
            kind: spec.id,
            cloudformation_type: spec.cloudformation_type,
            label: spec.label,
            category: spec.category.id(),
            fields: kind.fields().into_iter().map(FieldEntry::from).collect(),
            placement: PlacementEntry { root: spec.placement.root, parents },
        }
    }
}

/// Every kind of resource.
pub fn kinds(format: ListFormat, lang: Lang) -> String {
    match format {
        ListFormat::Json => pretty(&Kind::ALL.iter().copied().map(KindEntry::from).collect::<Vec<_>>()),
        ListFormat::Text => lines(Kind::ALL.iter().map(|kind| {
            let spec = kind.spec();
            [spec.id, spec.cloudformation_type, spec.label.get(lang)]
        })),
    }
}

#[derive(Serialize)]
struct RuleEntry {
    id: &'static str,
    severity: Severity,
    title: Text,
    why: Text,
    source: &'static str,
    fix: bool,
}

/// How rules are printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum RulesFormat {
    Text,
    Json,
    /// A page to read, in the language of texts.
    Html,
}

/// Every rule.
pub fn rules(format: RulesFormat, lang: Lang) -> String {
    match format {
        RulesFormat::Html => report::rules_page(lang),
        RulesFormat::Json => {
            let entries = list::ALL.iter().map(|rule| RuleEntry {
                id: rule.id,
                severity: rule.severity,
                title: rule.title,
                why: rule.why,
                source: rule.source,
                fix: rule.fixes,
            });
            pretty(&entries.collect::<Vec<_>>())
        }
        RulesFormat::Text => lines(list::ALL.iter().map(|rule| [rule.id, rule.severity.id(), rule.title.get(lang)])),
    }
}

/// Columns with tabs between, as `cut` and `awk` like them.
fn lines(rows: impl Iterator<Item = [&'static str; 3]>) -> String {
    let mut text = String::new();
    for [a, b, c] in rows {
        // Writing into a string does not fail.
        writeln!(text, "{a}\t{b}\t{c}").ok();
    }
    text
}
