//! The problems panel: what the rules found, gravest first; a row selects, a button mends.

use std::sync::Arc;

use groundplan::command::Command;
use groundplan::message;
use groundplan::report::anchor;
use groundplan::rules::{self, Finding, Severity, more_like_this};
use groundplan::text::{Text, t};
use leptos::prelude::*;

use super::later::later;
use crate::app::actions::offers::offered;
use crate::app::actions::{commands, edits};
use crate::app::icons::glyphs::{CHECK, ERROR, Glyph, INFO, WARNING};
use crate::app::parts::CHECKS;
use crate::app::parts::Wanted;
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// The severities with what they are called, gravest first.
const GROUPS: [(Severity, Text); 3] = [
    (Severity::Error, t("오류", "Errors")),
    (Severity::Warning, t("경고", "Warnings")),
    (Severity::Info, t("참고", "Notes")),
];

/// The sign of a severity: its shape tells it apart without colour.
pub const fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Info => INFO,
    }
}

/// What a severity is called.
pub fn called(severity: Severity) -> Text {
    GROUPS.iter().find(|(of, _)| *of == severity).map_or(t("", ""), |(_, text)| *text)
}

/// How many findings of a severity there are; tracks.
pub fn count(severity: Severity) -> usize {
    store().summary.count(severity)
}

/// The panel. Where nothing is drawn nothing is wrong, and the rules need not be loaded to say so.
#[component]
pub fn ProblemsPanel() -> impl IntoView {
    let (store, words) = (store(), words());
    let some = Memo::new(move |_| !store.summary.known.get() || store.summary.findings.with(|all| !all.is_empty()));
    let content = move || {
        if store.summary.veiled.get() {
            let why = t(
                "이 실습에서는 문제와 고치는 방법을 보여 주지 않아요. 경로 추적으로 직접 찾아 보세요.",
                "This lab keeps problems and fixes to itself. Find the fault with the path tracer.",
            );
            return view! { <p class="hint" data-testid="problems-veiled">{tr(why)}</p> }.into_any();
        }
        if some.get() {
            return later(&CHECKS, |checks| (checks.problems)());
        }
        view! {
            <p class="hint good">
                <Glyph path=CHECK/>
                {tr(t("찾은 문제가 없어요.", "No problems found."))}
            </p>
        }
        .into_any()
    };
    let notes = move || store.notes.with(|notes| notes.len());
    let again = move || {
        words.read(&match notes() {
            1 => message!("가져올 때 달라진 것 1가지", "1 thing was read otherwise"),
            many => message!("가져올 때 달라진 것 {many}가지", "{many} things were read otherwise"),
        })
    };
    view! {
        <div class="problems scroll">
            <button
                class="button small problems-notes"
                data-testid="problems-notes"
                hidden=move || notes() == 0
                on:click=|_| commands::run(Command::ImportNotes)
            >
                {again}
            </button>
            {content}
        </div>
    }
    .into_any()
}

/// Everything that was found, the gravest first.
#[component]
pub fn Problems() -> impl IntoView {
    GROUPS.map(|(severity, label)| view! { <Group severity label/> }).into_iter().collect_view().into_any()
}

#[component]
fn Group(severity: Severity, label: Text) -> impl IntoView {
    let store = store();
    let rows = Memo::new(move |_| {
        let all = store.summary.findings.get();
        all.iter().filter(|finding| finding.severity == severity).cloned().map(Row::from).collect::<Vec<_>>()
    });
    view! {
        <section class=format!("problem-group {}", severity.id()) hidden=move || rows.with(Vec::is_empty)>
            <h3>
                {tr(label)} <span class="count">{move || rows.with(|rows| rows.iter().map(|row| row.0.count()).sum::<usize>())}</span>
            </h3>
            <ul>
                <For each=move || rows.get() key=|row| row.clone() children=|row| view! { <Problem row/> }/>
            </ul>
        </section>
    }
    .into_any()
}

/// A finding as a keyed row: the same finding keeps its row.
#[derive(Clone, PartialEq)]
struct Row(Arc<Finding>);

impl From<Finding> for Row {
    fn from(finding: Finding) -> Self {
        Self(Arc::new(finding))
    }
}

impl Eq for Row {}

impl std::hash::Hash for Row {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.0.rule, self.0.node, self.0.field, &self.0.message.ko).hash(state);
    }
}

#[component]
fn Problem(row: Row) -> impl IntoView {
    let words = words();
    let finding = row.0;
    let id = finding.node;
    let rule = rules::rule(finding.rule);
    let message = finding.message.clone();
    let offered = offered(Wanted::Finding(Arc::clone(&finding)));
    let mend = {
        let finding = finding.clone();
        move |_| edits::mend(&finding)
    };
    view! {
        <li class=format!("problem {}", finding.severity.id()) data-testid="problem-row" data-rule=finding.rule data-node=id.to_string()>
            <Glyph path=sign(finding.severity)/>
            <div class="problem-body">
                <button class="problem-what" on:click=move |_| edits::reveal(id)>
                    <span class="visually-hidden">{tr(called(finding.severity))}": "</span>
                    {move || words.read(&message)}
                </button>
                {rule.map(|rule| view! {
                    <p class="problem-why">
                        {tr(rule.why)} " "
                        <a href=rule.source target="_blank" rel="noreferrer">{tr(t("AWS 문서", "AWS documentation"))}</a> " "
                        <a href=move || anchor(rule.id, words.lang()) target="_blank" data-testid="problem-rule">
                            {tr(t("규칙 설명", "About the rule"))}
                        </a>
                    </p>
                })}
                {(finding.more > 0).then(|| {
                    let more = more_like_this(finding.more);
                    view! { <p class="hint" data-testid="problem-more">{move || words.read(&more)}</p> }
                })}
            </div>
            {move || offered.get().map(|fix| view! {
                <button class="button small" data-testid="problem-fix" on:click=mend.clone()>
                    {move || words.read(&fix.title)}
                </button>
            })}
        </li>
    }
    .into_any()
}
