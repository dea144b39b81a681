//! What the rules found about the selected resource, beside the field at fault, each with its fix.

use std::sync::Arc;

use groundplan::id::NodeId;
use groundplan::rules::Finding;
use leptos::prelude::*;

use crate::app::actions::edits;
use crate::app::actions::offers::offered;
use crate::app::icons::glyphs::Glyph;
use crate::app::panels::problems::{called, sign};
use crate::app::parts::Wanted;
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// The problems of one field.
#[component]
pub fn FieldProblems(node: NodeId, field: &'static str) -> impl IntoView {
    let found = problems(node, move |finding| finding.field == Some(field));
    view! { <Problems found/> }.into_any()
}

/// The problems that no field on show stands for.
#[component]
pub fn OtherProblems(node: NodeId, shown: Memo<Vec<&'static str>>) -> impl IntoView {
    let found =
        problems(node, move |finding| shown.with(|shown| finding.field.is_none_or(|field| !shown.contains(&field))));
    view! { <Problems found/> }.into_any()
}

fn problems(node: NodeId, which: impl Fn(&Finding) -> bool + Send + Sync + 'static) -> Memo<Vec<Finding>> {
    let store = store();
    Memo::new(move |_| {
        let all = store.summary.findings.get();
        all.iter().filter(|finding| finding.node == node && which(finding)).cloned().collect()
    })
}

#[component]
fn Problems(found: Memo<Vec<Finding>>) -> impl IntoView {
    view! {
        <Show when=move || !found.with(Vec::is_empty)>
            <ul class="insp-problems">
                {move || found.get().into_iter().map(|finding| view! { <Problem finding/> }).collect_view()}
            </ul>
        </Show>
    }
    .into_any()
}

#[component]
fn Problem(finding: Finding) -> impl IntoView {
    let words = words();
    let (severity, rule, message) = (finding.severity, finding.rule, finding.message.clone());
    let finding = Arc::new(finding);
    let offered = offered(Wanted::Finding(Arc::clone(&finding)));
    let fix = move || {
        let finding = Arc::clone(&finding);
        offered.get().map(|fix| {
            view! {
                <button type="button" class="button small" data-testid="inspector-fix" on:click=move |_| edits::mend(&finding)>
                    {move || words.read(&fix.title)}
                </button>
            }
        })
    };
    view! {
        <li class=format!("insp-problem {}", severity.id()) data-testid="inspector-problem" data-rule=rule>
            <Glyph path=sign(severity)/>
            <div>
                <span class="visually-hidden">{tr(called(severity))} ": "</span>
                {move || words.read(&message)}
                {fix}
            </div>
        </li>
    }
    .into_any()
}
