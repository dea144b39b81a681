//! Naming a resource where it is drawn: a field over its title, with the name selected.

use groundplan::design::{Edit, Rect};
use groundplan::id::NodeId;
use groundplan::text::{Message, t};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::look;
use crate::app::actions::edits::{self, NAME_FIELD};
use crate::app::browser::document;
use crate::app::state::store::{Store, refusal_message, store};
use crate::app::state::ui::ui;
use crate::app::words::{tr, words};

/// Pixels that a name may take at least.
const LEAST: f64 = 144.0;
/// Height of the field.
const HEIGHT: f64 = 28.0;

/// The field, while a resource is being named.
#[component]
pub fn Renaming() -> impl IntoView {
    let ui = ui();
    view! { {move || ui.renaming.get().map(|id| view! { <NameField id/> })} }.into_any()
}

#[component]
fn NameField(id: NodeId) -> impl IntoView {
    let (store, ui, words) = (store(), ui(), words());
    let place = RwSignal::new(title_of(store, id));
    let error = RwSignal::new(None::<Message>);
    let before = store.name(id);
    let name = StoredValue::new(before.clone());
    // It stays over the title wherever that goes, and goes with the resource.
    store.follow(move |design, response| {
        if design.node(id).is_none() {
            ui.renaming.set(None);
        } else if response.camera_changed || !response.diff.is_empty() {
            place.set(title_of(store, id));
        }
    });
    let commit = move |leaves: bool| {
        // Escape and Enter have closed it by the time the focus leaves.
        if ui.renaming.get_untracked() != Some(id) {
            return;
        }
        let typed = name.get_value().trim().to_owned();
        if typed == store.name(id) {
            return close(ui, leaves);
        }
        match store.edit(&[Edit::Rename { id, name: typed }]) {
            Ok(_) => close(ui, leaves),
            Err(refusal) if leaves => {
                edits::complain(refusal_message(store, &refusal));
                close(ui, leaves);
            }
            Err(refusal) => error.set(Some(refusal.why)),
        }
    };
    let keydown = move |event: KeyboardEvent| {
        // Enter that ends the composition of a letter is not yet a commit.
        match event.key().as_str() {
            _ if event.is_composing() => return,
            "Enter" => commit(false),
            "Escape" => close(ui, false),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let pixels = move |of: fn(Rect) -> f64| move || format!("{}px", of(place.get()));
    view! {
        <div
            class="canvas-name"
            style:left=pixels(|rect| rect.x)
            style:top=pixels(|rect| rect.y)
            style:width=pixels(|rect| rect.w)
        >
            <input
                class="field"
                class:invalid=move || error.with(Option::is_some)
                id=NAME_FIELD
                data-testid="rename-input"
                autocomplete="off"
                aria-label=tr(t("새 이름", "New name"))
                aria-describedby="rename-error"
                aria-invalid=move || error.with(Option::is_some).to_string()
                prop:value=before
                on:input:target=move |event| name.set_value(event.target().value())
                on:focus:target=|event| event.target().select()
                on:blur=move |_| commit(true)
                on:keydown=keydown
            />
            <p class="field-error" id="rename-error" role="alert" hidden=move || error.with(Option::is_none)>
                {move || error.get().map(|why| words.read(&why))}
            </p>
        </div>
    }
    .into_any()
}

/// Puts the field away; the canvas has the keyboard again unless the focus went elsewhere by itself.
fn close(ui: crate::app::state::ui::Ui, leaves: bool) {
    ui.renaming.set(None);
    let canvas = document().query_selector("#canvas").ok().flatten();
    if let (false, Some(canvas)) = (leaves, canvas) {
        use web_sys::wasm_bindgen::JsCast;
        // Focusing an element that is on the page does not fail.
        canvas.unchecked_into::<web_sys::HtmlElement>().focus().ok();
    }
}

/// Where the title of a node is on the canvas, in pixels: beside a frame's icon, beneath that of a tile. All of it is within the canvas.
fn title_of(store: Store, id: NodeId) -> Rect {
    let (rect, side, frame, (width, height)) = store.editor(|editor, design| {
        let node = design.node(id);
        let rect = editor.scene.rect(id).map(|rect| editor.camera.screen_rect(rect)).unwrap_or_default();
        let side = node.map_or(0.0, look::icon_side) * editor.camera.zoom;
        let frame = node.is_some_and(|node| node.kind().spec().shape.is_frame());
        (rect, side, frame, editor.viewport())
    });
    let (x, y, w) = if frame {
        (rect.x + side, rect.y, (rect.w - side).clamp(LEAST, 2.0 * LEAST))
    } else {
        let w = rect.w.clamp(LEAST, 2.0 * LEAST);
        (rect.x + (rect.w - w) / 2.0, rect.y + side, w)
    };
    let within = |at: f64, length: f64, room: f64| at.min(room - length).max(0.0);
    Rect::new(within(x, w, width), within(y, HEIGHT, height), w, HEIGHT)
}
