//! The path tracer: whether one thing reaches another, by which way, what blocks it, and what would open it.

mod answer;
mod decided;
mod drawn;
mod ends;
mod form;
mod header;
mod player;
mod present;
mod result;
mod state;
mod ways;

use groundplan::id::NodeId;
use groundplan::reach::{Asked, Endpoint, Question, Url};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::app::browser::is_typing;
use crate::app::state::store::store;
use crate::app::state::ui::{Panel, ui};
pub use ends::ends as all_ends;
use form::Form;
pub use present::Present;
use result::Shown;
pub use state::begin;
use state::{End, tracer};

/// Brings the panel to the front with a question and its answer.
pub fn show(question: Question) {
    let drawn = |end| if end == Endpoint::Internet { store().design(ends::internet) } else { end };
    ui().show(Panel::Tracer);
    tracer().ask_for(Asked::Packet(Question { from: drawn(question.from), to: drawn(question.to), ..question }));
}

/// Asks a question of either form and shows the answer.
pub fn show_asked(asked: Asked) {
    match asked {
        Asked::Packet(question) => show(question),
        Asked::Url(from, url) => show_url(from, url),
    }
}

/// Brings the panel to the front with a node as the source, or as the destination, and asks where the other end is known.
pub fn show_end(node: NodeId, to: bool) {
    tracer().begin_at(if to { End::To } else { End::From }, node);
}

/// The same for a request by name.
pub fn show_url(from: Endpoint, url: Url) {
    ui().show(Panel::Tracer);
    tracer().ask_for(Asked::Url(from, url));
}

/// The panel.
#[component]
pub fn TracerPanel() -> impl IntoView {
    let tracer = tracer();
    let keydown = move |event: KeyboardEvent| {
        let forward = match event.key().as_str() {
            "ArrowRight" => true,
            "ArrowLeft" => false,
            _ => return,
        };
        if !is_typing(&event) && tracer.found.with_untracked(Option::is_some) {
            tracer.step(forward);
            event.prevent_default();
        }
    };
    view! {
        <div class="tracer" data-testid="tracer" on:keydown=keydown>
            <Form/>
            <Shown/>
        </div>
    }
    .into_any()
}
