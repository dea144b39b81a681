//! What is selected, said in words: in an element that the canvas names as the active one.

use groundplan::id::NodeId;
use groundplan::interact::reading;
use groundplan::message;
use groundplan::rules::{Finding, Severity};
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::dom::{append, div, set};
use crate::app::state::store::store;
use crate::app::words::words;

/// The element that says what is selected.
const ACTIVE: &str = "canvas-active";

/// Says it from now on, whatever is selected and in whichever language.
pub fn begin(root: &HtmlElement) {
    let (store, words) = (store(), words());
    let active = div("visually-hidden");
    for (name, value) in [("id", ACTIVE), ("role", "img"), ("data-testid", ACTIVE)] {
        set(&active, name, value);
    }
    append(root, &active);
    let root = root.clone();
    Effect::new(move || {
        store.settled.track();
        store.revision.track();
        let (wire, selected, lang) = (store.wire.get(), store.selection.get(), words.lang());
        let problems = |id: NodeId| {
            store.summary.findings.with_untracked(|found| {
                let of = found.iter().filter(|one| one.node == id && one.severity != Severity::Info);
                of.map(Finding::count).sum::<usize>()
            })
        };
        let said = store.editor(|editor, design| match (wire, selected.first().copied()) {
            (Some(wire), _) => reading::of_wire(design, wire),
            (None, Some(id)) if selected.len() == 1 => reading::of_node(design, &editor.scene, id, problems(id)),
            (None, Some(_)) => Some(message!("리소스 {}개 선택함", "{} resources selected", selected.len())),
            (None, None) => None,
        });
        // An attribute that is not there is no error.
        match said {
            Some(said) => {
                set(&active, "aria-label", said.get(lang));
                active.remove_attribute("aria-hidden").ok();
                set(&root, "aria-activedescendant", ACTIVE);
            }
            None => {
                root.remove_attribute("aria-activedescendant").ok();
                active.remove_attribute("aria-label").ok();
                set(&active, "aria-hidden", "true");
            }
        }
    });
}
