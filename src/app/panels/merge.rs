//! A design that was pasted as text: what it holds, and whether it goes into the one at hand or is opened by itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use groundplan::catalog::Kind;
use groundplan::design::{Design, Point};
use groundplan::id::NodeId;
use groundplan::message;
use groundplan::text::{Message, t};
use leptos::prelude::*;

use crate::app::actions::autosave::autosave;
use crate::app::actions::documents::instead;
use crate::app::actions::{composing, import};
use crate::app::parts::DESK;
use crate::app::state::ui::ui;
use crate::app::words::{tr, words};

/// Notes that are shown here; all of them are in the list that follows when it is opened by itself.
const NOTES: usize = 5;

#[component]
pub fn Merge(design: Arc<Design>, notes: Arc<[Message]>, at: Point, into: Option<NodeId>) -> impl IntoView {
    let (ui, words) = (ui(), words());
    let failed = RwSignal::new(None::<Message>);
    let count = design.len();
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    design.nodes().for_each(|(_, node)| *kinds.entry(node.kind()).or_default() += 1);
    let kinds = StoredValue::new(kinds);
    let said = move || {
        let one = |(kind, n): (&Kind, &usize)| format!("{} {n}", words.say(kind.spec().label));
        kinds.with_value(|kinds| kinds.iter().map(one).collect::<Vec<_>>().join(", "))
    };
    let more = notes.len().saturating_sub(NOTES);
    let listed = notes.iter().take(NOTES).cloned().collect::<Vec<_>>();
    let listed = listed.into_iter().map(|note| view! { <li>{move || words.read(&note)}</li> }).collect_view();
    let shown = StoredValue::new((design, notes));
    let add = move |_| {
        let made = shown.with_value(|(design, _)| composing::merge(design, Some(at), into));
        match made {
            Ok(()) => ui.close(),
            Err(why) => failed.set(Some(why)),
        }
    };
    let open = move |_| {
        ui.close();
        let record = autosave();
        let (design, notes) = shown.get_value();
        instead(move || import::drawn(record, ui, design.as_ref().clone(), notes.to_vec()));
    };
    let picture = Signal::derive(move || Some(shown.with_value(|(design, _)| Arc::clone(design))));
    view! {
        <div class="prose merge" data-testid="merge">
            {move || DESK.get().map(|desk| (desk.preview)(picture))}
            <p>{move || words.read(&message!("리소스 {count}개: {}", "{count} resources: {}", said()))}</p>
            <ul class="faint">{listed}</ul>
            <p class="faint" hidden=move || more == 0>{move || words.read(&message!("그 밖에 {more}개", "{more} more"))}</p>
            <p class="field-error" role="alert">{move || failed.get().map(|why| words.read(&why))}</p>
        </div>
        <footer>
            <button class="button" on:click=move |_| ui.close()>{tr(t("취소", "Cancel"))}</button>
            <button class="button" data-testid="merge-open" on:click=open>{tr(t("새 설계로 열기", "Open by itself"))}</button>
            <button class="button primary" data-testid="merge-add" autofocus on:click=add>{tr(t("여기에 더하기", "Add it here"))}</button>
        </footer>
    }
    .into_any()
}
