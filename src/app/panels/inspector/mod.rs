//! The inspector: the form of what is selected, generated from the field table of its kind.
//!
//! A [`entry::Entry`] is a value with a way to commit it; [`field::Field`] puts a label, help, refusal and problems around the control that the
//! widget asks for. Nothing here knows a kind's fields by name.

mod choice;
mod entry;
mod field;
mod header;
mod json;
mod list;
mod many;
mod nothing;
mod one;
mod place;
mod problems;
mod reference;
mod schedule;
mod suggest;
mod table;
mod track;
mod typing;
mod wire;

use leptos::html;
use leptos::prelude::*;

use nothing::Nothing;

pub use nothing::Counts;

pub use many::Many;
pub use one::One;
pub use wire::Wire;

use crate::app::panels::later::later;
use crate::app::parts::FORMS;
use crate::app::state::store::store;

/// The form of what is selected.
#[component]
pub fn Inspector() -> impl IntoView {
    let store = store();
    let more = RwSignal::new(false);
    // A selection of one that changes kind or goes away is a new selection, so the form follows the ids alone.
    let selected = Memo::new(move |_| store.selection.get());
    let form = move || {
        let ids = selected.get();
        match ids.first() {
            None if store.wire.with(Option::is_some) => later(&FORMS, |forms| (forms.wire)()),
            None => view! { <Nothing/> }.into_any(),
            Some(id) if ids.len() == 1 => {
                let id = *id;
                later(&FORMS, move |forms| (forms.one)(id, more))
            }
            Some(_) => later(&FORMS, move |forms| (forms.many)(selected.into())),
        }
    };
    let panel = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        selected.track();
        // Another resource's form is read from its beginning.
        if let Some(panel) = panel.get() {
            panel.set_scroll_top(0);
        }
    });
    view! { <div class="inspector scroll" data-testid="inspector" node_ref=panel>{form}</div> }.into_any()
}
