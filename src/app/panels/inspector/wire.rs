//! A wire that is selected: what it stands for, its two ends, and what can be done with it.

use groundplan::command::Command;
use groundplan::interact::WireEnd;
use groundplan::text::t;
use leptos::prelude::*;

use crate::app::actions::{commands, edits};
use crate::app::icons::glyphs::KindIcon;
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// What stands in the place of a form while a wire is selected.
#[component]
pub fn Wire() -> impl IntoView {
    let (store, words) = (store(), words());
    let said = move || words.read(&store.wire_said.get());
    let button = move |command: Command, danger: bool| {
        view! {
            <button
                type="button"
                class="button small"
                class:danger=danger
                data-testid=format!("wire-{}", command.spec().id)
                disabled=move || !command.enabled(&commands::state())
                on:click=move |_| commands::run(command)
            >
                {tr(command.spec().text)}
            </button>
        }
    };
    view! {
        <section class="insp-wire" data-testid="inspector-wire">
            <p class="insp-kind">{tr(t("연결", "Connection"))}</p>
            <h3 class="insp-heading-small" data-testid="wire-says">{said}</h3>
            <ul class="insp-wire-ends">
                <End end=WireEnd::Start/>
                <End end=WireEnd::Tip/>
            </ul>
            <div class="insp-wire-acts">
                {button(Command::WireStart, false)} {button(Command::WireTip, false)} {button(Command::Delete, true)}
            </div>
            <p class="hint">
                {tr(t(
                    "선의 한쪽 끝을 끌어서 다른 리소스에 놓아도 돼요. Alt+←와 Alt+→는 두 끝으로 가요.",
                    "You can also drag an end of the line to another resource. Alt+← and Alt+→ go to its ends.",
                ))}
            </p>
        </section>
    }
    .into_any()
}

/// One end: a press on it selects the resource there.
#[component]
fn End(end: WireEnd) -> impl IntoView {
    let (store, words) = (store(), words());
    let called = match end {
        WireEnd::Start => t("시작", "Begins at"),
        WireEnd::Tip => t("끝", "Ends at"),
    };
    let at = Memo::new(move |_| store.wire.get().map(|wire| end.of(wire)));
    let shown = move || {
        let node = store.view(at.get()?)?.node;
        let kind = node.with_untracked(|node| node.kind());
        Some(view! {
            <button type="button" class="insp-wire-end" on:click=move |_| at.get_untracked().into_iter().for_each(edits::reveal)>
                <KindIcon kind/>
                <span>{move || node.with(|node| node.name.clone())}</span>
                <small>{move || words.say(kind.spec().label)}</small>
            </button>
        })
    };
    view! { <li><span class="insp-name">{tr(called)}</span> {shown}</li> }.into_any()
}
