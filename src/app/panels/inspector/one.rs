//! The form of one selected resource, generated from its field table.

use groundplan::catalog::Thumb;
use groundplan::id::NodeId;
use groundplan::message;
use leptos::prelude::*;

use super::entry::Entry;
use super::field::Field;
use super::header::Header;
use super::place::Place;
use super::problems::OtherProblems;
use super::track::Track;
use crate::app::state::store::store;
use crate::app::words::words;

/// Fields up to which all lie open.
const ALL_OPEN: usize = 8;
/// Fields that lie open where there are more.
const FIRST: usize = 7;

/// The form of one resource. `more` remembers whether the further fields are open.
#[component]
pub fn One(id: NodeId, more: RwSignal<bool>) -> impl IntoView {
    let store = store();
    let kind = store.design(|design| design.node(id).map(groundplan::design::Node::kind));
    kind.map(|kind| {
        let node = store.view(id).map(|view| view.node);
        let fields = Memo::new(move |_| {
            let metas = node.as_ref().map(|node| node.with(|n| n.body.fields())).unwrap_or_default();
            metas.into_iter().map(|meta| meta.id).collect::<Vec<_>>()
        });
        view! {
            <Header id kind/>
            <OtherProblems node=id shown=fields/>
            <Fields id fields more/>
            <Place id frame=kind.spec().shape.is_frame()/>
        }
    })
    .into_any()
}

#[component]
fn Fields(id: NodeId, fields: Memo<Vec<&'static str>>, more: RwSignal<bool>) -> impl IntoView {
    let (store, words) = (store(), words());
    let split = Memo::new(move |_| fields.with(|all| if all.len() > ALL_OPEN { FIRST } else { all.len() }));
    let first = move || fields.with(|all| all.iter().take(split.get()).copied().collect::<Vec<_>>());
    let rest = Memo::new(move |_| fields.with(|all| all.iter().skip(split.get()).copied().collect::<Vec<_>>()));
    let one = move |field: &'static str| {
        let meta =
            store.design(|design| design.node(id)?.kind().fields().into_iter().find(|meta| meta.id == field).copied());
        meta.map(|meta| {
            let track = (meta.thumb == Some(Thumb::Least)).then(|| view! { <Track id/> });
            view! { {track} <Field entry=Entry::field(id, meta)/> }
        })
    };
    // A problem must not hide in a closed section.
    let faulty = Memo::new(move |_| {
        let faults = store.summary.findings.get();
        rest.with(|rest| faults.iter().any(|f| f.node == id && f.field.is_some_and(|field| rest.contains(&field))))
    });
    let open = Memo::new(move |_| more.get() || faulty.get());
    let label = move || words.read(&message!("고급 설정 {}개", "{} more settings", rest.with(Vec::len)));
    view! {
        <div class="insp-fields">
            <For each=first key=|field| *field children=one/>
        </div>
        <Show when=move || !rest.with(Vec::is_empty)>
            <button
                type="button"
                class="insp-more"
                data-testid="inspector-more"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| more.set(!open.get_untracked())
            >
                <crate::app::icons::glyphs::Glyph path=crate::app::icons::glyphs::RIGHT/>
                {label}
            </button>
            <Show when=move || open.get()>
                <div class="insp-fields">
                    <For each=move || rest.get() key=|field| *field children=one/>
                </div>
            </Show>
        </Show>
    }
    .into_any()
}
