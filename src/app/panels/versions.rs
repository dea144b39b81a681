//! Older versions of a design: keeping one under a name, and what one differs in from the design of now before it is restored.

use std::rc::Rc;

use groundplan::design::compare::{Changed, compare};
use groundplan::design::{Design, Node};
use groundplan::id::NodeId;
use groundplan::message;
use groundplan::text::{Message, t};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use crate::app::actions::autosave::autosave;
use crate::app::state::store::store;
use crate::app::state::ui::ui;
use crate::app::words::{tr, words};

/// Asks what the version of now is called.
#[component]
pub fn KeepVersion() -> impl IntoView {
    let (record, ui) = (autosave(), ui());
    let input = NodeRef::<html::Input>::new();
    let commit = move |event: SubmitEvent| {
        event.prevent_default();
        let name = input.get().map(|input| input.value()).unwrap_or_default();
        ui.close();
        record.name_version(name.trim().to_owned());
    };
    view! {
        <form on:submit=commit>
            <input node_ref=input class="field" data-testid="version-name" autofocus maxlength="80" aria-labelledby="dialog-title"/>
            <footer>
                <button type="button" class="button" on:click=move |_| ui.close()>{tr(t("취소", "Cancel"))}</button>
                <button class="button primary" data-testid="version-keep">{tr(t("남기기", "Keep"))}</button>
            </footer>
        </form>
    }
    .into_any()
}

/// How a version is marked that came, went or changed since.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Added,
    Removed,
    Changed,
}

impl Mark {
    const fn id(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// What a version differs in from the design of now, and the way back to it.
#[component]
pub fn Version(design: Rc<Design>, restore: Rc<dyn Fn()>) -> impl IntoView {
    let (ui, words, store) = (ui(), words(), store());
    let lines = store.design(|now| differences(&design, now));
    drop(design);
    let none = lines.is_empty();
    let row = move |(mark, line): (Mark, Message)| {
        view! { <li class=format!("difference {}", mark.id()) data-testid="difference" data-mark=mark.id()>{move || words.read(&line)}</li> }
    };
    let restore = StoredValue::new_local(restore);
    let back = move |_| {
        ui.close();
        restore.with_value(|restore| restore());
    };
    view! {
        <div class="prose scroll" tabindex="0">
            <p>
                {tr(if none {
                    t("지금 설계와 같아요.", "It is the same as the design of now.")
                } else {
                    t("이 저장본으로 되돌리면 이렇게 달라져요.", "Restoring this version changes the design of now like this.")
                })}
            </p>
            <ul class="differences">{lines.into_iter().map(row).collect_view()}</ul>
        </div>
        <footer>
            <button class="button" on:click=move |_| ui.close()>{tr(t("닫기", "Close"))}</button>
            <button class="button primary" data-testid="version-restore" autofocus disabled=none on:click=back>{tr(t("되돌리기", "Restore"))}</button>
        </footer>
    }
    .into_any()
}

/// What of `now` changes when `then` is restored, a line for each resource.
fn differences(then: &Design, now: &Design) -> Vec<(Mark, Message)> {
    let found = compare(now, then, true);
    let called = |design: &Design, id: NodeId| {
        let node = design.node(id);
        let name = node.map(|node| node.name.clone()).unwrap_or_default();
        let kind = node.map(Node::kind).map(|kind| kind.spec().label);
        Message {
            ko: format!("{name}({})", kind.map_or("", |kind| kind.ko)),
            en: format!("{name} ({})", kind.map_or("", |kind| kind.en)),
        }
    };
    let came = |id: &NodeId| {
        let Message { ko, en } = called(then, *id);
        (Mark::Added, message!("{ko} 되살아남", "{en} comes back"))
    };
    let went = |id: &NodeId| {
        let Message { ko, en } = called(now, *id);
        (Mark::Removed, message!("{ko} 없어짐", "{en} goes"))
    };
    let changed = |one: &Changed| {
        let Message { ko, en } = called(now, one.old);
        let what = |ko: bool| {
            let pick = |text: groundplan::text::Text| if ko { text.ko } else { text.en };
            let name = one.name.iter().map(|(_, new)| format!("{} → {new}", pick(t("이름", "name"))));
            let parent = one.parent.iter().map(|_| pick(t("위치", "place")).to_owned());
            let fields = one.fields.iter().map(|field| pick(field.label).to_owned());
            name.chain(parent).chain(fields).collect::<Vec<_>>().join(", ")
        };
        (Mark::Changed, Message { ko: format!("{ko}: {}", what(true)), en: format!("{en}: {}", what(false)) })
    };
    let added = found.added.iter().map(came);
    added.chain(found.removed.iter().map(went)).chain(found.changed.iter().map(changed)).collect()
}
