//! Cut, copy and paste as text, by the browser's own events, so that they work between tabs and need no permission.

use std::cell::Cell;
use std::rc::Rc;

use groundplan::design::{Diff, Point};
use groundplan::file::clipboard;
use groundplan::id::NodeId;
use groundplan::interact::actions::with_growth;
use groundplan::message;
use groundplan::text::{Text, t};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, PointerEvent};

use super::autosave::autosave;
use super::documents::instead;
use super::{composing, edits, import};
use crate::app::browser::{Listener, document, is_typing, keep, window};
use crate::app::parts::{DESK, STUDIES};
use crate::app::state::store::{Store, store};
use crate::app::state::ui::{Dialog, Tone, Ui, ui};

/// Where the pointer was last over the canvas, in pixels from the window's corner; copied things are pasted there.
#[derive(Clone, Default)]
struct Pointer(Rc<Cell<Option<(f64, f64)>>>);

/// Listens to the browser's clipboard events, once for the whole page.
pub fn listen() {
    let pointer = Pointer::default();
    let target = document();
    let moved = pointer.clone();
    keep(Listener::of::<PointerEvent>(&target, "pointermove", move |event| {
        moved.0.set(Some((f64::from(event.client_x()), f64::from(event.client_y()))));
    }));
    let owner = Owner::current().unwrap_or_default();
    for (name, cuts) in [("copy", false), ("cut", true)] {
        let owner = owner.clone();
        keep(Listener::of::<ClipboardEvent>(&target, name, move |event| {
            if !is_typing(&event) {
                // Before the desk is here nothing is selected.
                DESK.now().into_iter().for_each(|desk| owner.with(|| (desk.copy)(&event, cuts)));
            }
        }));
    }
    keep(Listener::of::<ClipboardEvent>(&target, "paste", move |event| {
        let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
        if !is_typing(&event) && !text.is_empty() {
            event.prevent_default();
            let at = pointer.0.get();
            DESK.with(move |desk| (desk.paste)(&text, at));
        }
    }));
}

/// What is selected, as text.
fn copied() -> Option<String> {
    let selected: Vec<NodeId> = store().selection.get_untracked().into_iter().collect();
    (!selected.is_empty()).then(|| store().design(|design| clipboard::copy(design, &selected)))
}

/// Copies or cuts what is selected into the event of the browser.
pub fn copy_selected(event: &ClipboardEvent, cuts: bool) {
    // A selection of text on the page is copied as text.
    let marked = window().get_selection().ok().flatten().is_some_and(|marked| !marked.is_collapsed());
    let Some(text) = copied().filter(|_| !marked) else { return };
    if event.clipboard_data().is_some_and(|data| data.set_data("text/plain", &text).is_ok()) {
        event.prevent_default();
        tell_copied(cuts);
    }
}

fn tell_copied(cuts: bool) {
    if cuts {
        edits::remove_selected();
    } else {
        let n = store().selection.with_untracked(std::collections::BTreeSet::len);
        ui().speak(message!("리소스 {n}개를 복사했어요", "Copied {n}"));
    }
}

/// Copies or cuts from a menu, where there is no event to carry the text.
pub fn copy_by_menu(cuts: bool) {
    let Some(text) = copied() else { return };
    let written = window().navigator().clipboard().write_text(&text);
    let (owner, ui) = (Owner::current().unwrap_or_default(), ui());
    spawn_local(async move {
        match JsFuture::from(written).await {
            Ok(_) => owner.with(|| tell_copied(cuts)),
            Err(_) => refused(ui),
        }
    });
}

/// Pastes from a menu; the browser asks whether it may.
pub fn paste_by_menu() {
    let text = window().navigator().clipboard().read_text();
    let (owner, ui) = (Owner::current().unwrap_or_default(), ui());
    spawn_local(async move {
        match JsFuture::from(text).await {
            Ok(text) => owner.with(|| paste(&text.as_string().unwrap_or_default(), None)),
            Err(_) => refused(ui),
        }
    });
}

fn refused(ui: Ui) {
    let why = t(
        "브라우저가 클립보드를 쓰지 못하게 했어요. Ctrl+C와 Ctrl+V를 써 주세요.",
        "The browser did not allow the clipboard. Use Ctrl+C and Ctrl+V.",
    );
    ui.toast(Tone::Bad, why.into());
}

/// Pastes at a place in the window if it is over the canvas, else in the middle of the canvas: what was copied here, or the text of any design or
/// template.
pub fn paste(text: &str, at: Option<(f64, f64)>) {
    let (store, ui) = (store(), ui());
    let (at, into) = target(store, at);
    if !clipboard::is_copy(text) {
        return paste_document(text.to_owned(), at, into);
    }
    let pasted = store.design(|design| clipboard::paste(design, text, at, into));
    let made = pasted.and_then(|pasted| {
        let result = store.with(|session| match with_growth(session, &pasted.edits, &pasted.roots) {
            Ok(diff) => (diff, Ok(())),
            Err(why) => (Diff::default(), Err(why)),
        });
        result.map(|()| pasted.roots)
    });
    match made {
        Ok(roots) => {
            let n = roots.len();
            store.select(roots);
            ui.speak(message!("리소스 {n}개를 붙여 넣었어요", "Pasted {n}"));
        }
        Err(why) => ui.toast(Tone::Bad, why),
    }
}

/// Opens the text of a design or template on an empty canvas; else it is shown first.
fn paste_document(text: String, at: Point, into: Option<NodeId>) {
    STUDIES.with(move |studies| {
        let (store, ui, record) = (store(), ui(), autosave());
        match (studies.read)(text.as_bytes()) {
            Ok(opened) if opened.design.is_empty() => refuse_text(ui),
            Ok(opened) if store.design(groundplan::design::Design::is_empty) => {
                instead(move || import::drawn(record, ui, opened.design.clone(), opened.notes.clone()));
            }
            Ok(opened) => composing::ask_merge(opened.design, opened.notes, at, into),
            // A line or two was copied somewhere else; more of it is a document, and worth the reason and its place.
            Err(_) if text.trim().lines().count() < 3 && !text.trim_start().starts_with('{') => refuse_text(ui),
            Err(error) => ui.ask(Dialog::damaged(t("붙여 넣은 글", "The pasted text").into(), &error, None)),
        }
    });
}

fn refuse_text(ui: Ui) {
    let why = t(
        "붙여 넣을 것이 아니에요. Groundplan에서 복사한 것이나 CloudFormation 템플릿, 설계 파일의 글을 붙여 넣을 수 있어요.",
        "This is nothing to paste here: paste what was copied in Groundplan, or the text of a CloudFormation template or a design file.",
    );
    ui.toast(Tone::Bad, why.into());
}

/// The world point to paste at, and what is there.
fn target(store: Store, at: Option<(f64, f64)>) -> (Point, Option<NodeId>) {
    let area = document().get_element_by_id("canvas").map(|canvas| canvas.get_bounding_client_rect());
    let Some(area) = area else { return (Point::default(), None) };
    let inside = at.filter(|(x, y)| (area.left()..area.right()).contains(x) && (area.top()..area.bottom()).contains(y));
    let (x, y) = inside.unwrap_or((area.left() + area.width() / 2.0, area.top() + area.height() / 2.0));
    let screen = Point::new(x - area.left(), y - area.top());
    store.editor(|editor, _| {
        let world = editor.camera.world_from_screen(screen);
        (world, editor.scene.hit(world, editor.camera.zoom).map(|hit| hit.id))
    })
}

/// Copies a text that the page shows, and says `done` or what to do instead.
pub fn copy_text(text: String, done: Text) {
    let ui = ui();
    spawn_local(async move {
        let written = JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
        match written {
            Ok(_) => ui.toast(Tone::Plain, done.into()),
            Err(_) => ui.toast(
                Tone::Bad,
                t(
                    "브라우저가 복사를 막았어요. 글자를 선택해서 복사하거나 내려받으세요.",
                    "The browser refused to copy. Select the text and copy it, or download it.",
                )
                .into(),
            ),
        }
    });
}
