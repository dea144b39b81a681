//! The designs of this browser: what each looks like, when it was begun, and opening, renaming and deleting them.

use std::sync::Arc;

use groundplan::design::Design;
use groundplan::message;
use groundplan::text::{Message, t};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::app::actions::autosave::{Kept, autosave, titled};
use crate::app::actions::documents;
use crate::app::parts::DESK;
use crate::app::state::ui::ui;
use crate::app::words::{tr, words};

/// The dialog's body.
#[component]
pub fn Designs() -> impl IntoView {
    let (record, words) = (autosave(), words());
    let all = RwSignal::new(None::<Vec<Kept>>);
    let look = Callback::new(move |()| record.designs(move |kept| drop(all.try_set(Some(kept)))));
    look.run(());
    let none = move || all.with(|all| all.as_ref().is_some_and(Vec::is_empty));
    let cards = move || {
        let kept = all.get().unwrap_or_default();
        kept.into_iter().map(|kept| view! { <Card kept look/> }).collect_view()
    };
    view! {
        <div class="gallery designs scroll" tabindex="0" data-testid="designs">
            <p class="hint" hidden=move || !none()>
                {move || words.say(t("이 브라우저에 저장된 설계가 없어요.", "No design is kept in this browser."))}
            </p>
            <ul>{cards}</ul>
        </div>
        <footer>
            <button type="button" class="button" data-testid="designs-new" on:click=|_| { ui().close(); documents::ask_new(); }>
                {tr(t("새 설계", "New design"))}
            </button>
        </footer>
    }
    .into_any()
}

#[component]
fn Card(kept: Kept, look: Callback<()>) -> impl IntoView {
    let (record, ui, words) = (autosave(), ui(), words());
    let Kept { key, title } = kept;
    let (name, begun) = (titled(title.clone()), documents::begun(&key));
    let key = StoredValue::new(key);
    let current = key.with_value(|key| record.is_open(key));
    let picture = RwSignal::new(None::<Arc<Design>>);
    record.look_into(key.get_value(), move |design| drop(picture.try_set(Some(Arc::new(design)))));
    let (naming, asking) = (RwSignal::new(false), RwSignal::new(false));
    let typed = StoredValue::new(title);
    let open = move |_| {
        ui.close();
        record.open_record(key.get_value());
    };
    let rename = move |event: SubmitEvent| {
        event.prevent_default();
        record.retitle_record(key.get_value(), typed.get_value().trim().to_owned(), move || look.run(()));
    };
    let remove = move |_| record.remove_record(key.get_value(), move || look.run(()));
    let said = name.clone();
    let (deletes, renames) = (called(&name, true), called(&name, false));
    let when = move || begun.map(|at| documents::time(at, words.lang()));
    view! {
        <li class="design" data-testid="design">
            <button type="button" class="card" data-testid="design-open" disabled=current on:click=open>
                {move || DESK.get().map(|desk| (desk.preview)(picture.into()))}
                <b>{move || words.read(&said)}</b>
                <span>{when} {current.then(|| view! { " · " {tr(t("지금 열려 있어요", "open now"))} })}</span>
            </button>
            <Show when=move || naming.get() fallback=move || view! {
                <div class="design-acts">
                    <button type="button" class="button small" data-testid="design-rename" aria-label=words.read(&renames) on:click=move |_| naming.set(true)>
                        {tr(t("이름 바꾸기", "Rename"))}
                    </button>
                    <Show when=move || asking.get() fallback={
                        let deletes = deletes.clone();
                        move || view! {
                            <button type="button" class="button small" data-testid="design-delete" disabled=current aria-label=words.read(&deletes) on:click=move |_| asking.set(true)>
                                {tr(t("삭제", "Delete"))}
                            </button>
                        }
                    }>
                        <button type="button" class="button small danger" data-testid="design-delete-yes" on:click=remove>
                            {tr(t("정말 삭제", "Delete for good"))}
                        </button>
                    </Show>
                </div>
            }>
                <form on:submit=rename>
                    <input
                        class="field"
                        data-testid="design-title"
                        aria-label=tr(t("설계 제목", "Title of the design"))
                        maxlength="255"
                        prop:value=typed.get_value()
                        on:input:target=move |event| typed.set_value(event.target().value())
                    />
                    <button class="button small primary">{tr(t("바꾸기", "Rename"))}</button>
                </form>
            </Show>
        </li>
    }
    .into_any()
}

/// What a button of a card does to which design.
fn called(name: &Message, deletes: bool) -> Message {
    let (ko, en) = (&name.ko, &name.en);
    if deletes { message!("{ko} 삭제", "Delete {en}") } else { message!("{ko} 이름 바꾸기", "Rename {en}") }
}
