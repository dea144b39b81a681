//! Where a resource stands: its frame, position and size, for those who do not drag.

use groundplan::catalog::{Value, Widget, may_hold};
use groundplan::design::{Edit, Node, Rect};
use groundplan::id::NodeId;
use groundplan::text::{Text, t};
use leptos::prelude::*;

use super::choice::{Opt, Select};
use super::entry::{Entry, made};
use super::field::Field;
use super::header::meta;
use crate::app::state::store::{Store, store};
use crate::app::words::{tr, words};

/// Position and size, folded away.
#[component]
pub fn Place(id: NodeId, frame: bool) -> impl IntoView {
    let number = |name, label, min: i64| meta(name, label, Widget::Number { min, max: 1_000_000, unit: t("", "") });
    let x = side(id, number("x", t("왼쪽", "X"), -1_000_000), |rect| rect.x, |rect, x| Rect { x, ..rect });
    let y = side(id, number("y", t("위쪽", "Y"), -1_000_000), |rect| rect.y, |rect, y| Rect { y, ..rect });
    let size = frame.then(|| {
        let w = side(id, number("w", t("너비", "Width"), 1), |rect| rect.w, |rect, w| Rect { w, ..rect });
        let h = side(id, number("h", t("높이", "Height"), 1), |rect| rect.h, |rect, h| Rect { h, ..rect });
        view! { <Field entry=w cell=true/> <Field entry=h cell=true/> }
    });
    view! {
        <details class="insp-section" data-testid="inspector-place">
            <summary>{tr(t("위치", "Position"))}</summary>
            <Parent id/>
            <div class="insp-cells four">
                <Field entry=x cell=true/>
                <Field entry=y cell=true/>
                {size}
            </div>
        </details>
    }
    .into_any()
}

/// One number of the rectangle.
fn side(id: NodeId, of: groundplan::catalog::Meta, get: fn(Rect) -> f64, with: fn(Rect, f64) -> Rect) -> Entry {
    let store = store();
    let node = store.view(id).map(|view| view.node);
    let value = move || {
        let at = node.as_ref().map(|node| get(node.with(|n| n.rect)));
        // Positions are whole units, far below what a number can hold.
        at.map_or(Value::None, |at| Value::Int(at.round() as i64))
    };
    let commit = move |value: Value| {
        let Value::Int(number) = value else { return Err(t("숫자를 적어 주세요.", "Write a number.").into()) };
        let edits = store.design(|design| {
            let Some(node) = design.node(id) else { return Vec::new() };
            let (w, h) =
                if node.kind().spec().shape.is_frame() { design.least_size(id) } else { (node.rect.w, node.rect.h) };
            let asked = with(node.rect, number as f64);
            // A frame does not shrink below what it holds.
            let rect = Rect { w: asked.w.max(w), h: asked.h.max(h), ..asked };
            let mut edits = vec![Edit::Place { id, parent: node.parent, rect }];
            edits.extend(design.growth_around(node.parent, rect));
            edits
        });
        made(store, &edits, of.label)
    };
    Entry::new(of.id.to_owned(), of, value, commit)
}

const PARENT: Text = t("들어 있는 곳", "Stands in");

/// The frame around it, and every other that may hold it.
#[component]
fn Parent(id: NodeId) -> impl IntoView {
    let (store, words) = (store(), words());
    let node = store.view(id).map(|view| view.node);
    let parent = move || {
        let up = node.as_ref().and_then(|node| node.with(|n| n.parent));
        up.map_or(Value::None, Value::Ref)
    };
    let commit = move |value: Value| {
        let frame = match value {
            Value::Ref(frame) => Some(frame),
            _ => None,
        };
        made(store, &moving(store, id, frame), PARENT)
    };
    let entry = Entry::new("parent".to_owned(), meta("parent", PARENT, Widget::Reference(&[])), parent, commit);
    let frames = Memo::new(move |_| {
        store.settled.track();
        frames_for(store, id)
    });
    let options = Signal::derive(move || {
        let named = |(frame, name): (Option<NodeId>, String)| match frame {
            None => (String::new(), words.say(t("프레임 바깥", "Outside all frames")).to_owned()),
            Some(frame) => (frame.to_string(), name),
        };
        frames.get().into_iter().map(named).collect::<Vec<Opt>>()
    });
    let current = Signal::derive(move || match entry.value.get() {
        Value::Ref(up) => up.to_string(),
        _ => String::new(),
    });
    let pick = Callback::new(|value: String| value.parse().map_or(Value::None, Value::Ref));
    view! {
        <div class="insp-field">
            <div class="insp-label"><label class="insp-name" for="field-parent">{tr(PARENT)}</label></div>
            <Select entry options current pick/>
            <p class="field-error" role="alert" id="error-parent" data-testid="field-error-parent" hidden=move || entry.error.with(Option::is_none)>
                {move || entry.error.with(|error| error.as_ref().map(|why| words.read(why)))}
            </p>
        </div>
    }
    .into_any()
}

/// Every place that may hold the node, with the names of the frames around.
fn frames_for(store: Store, id: NodeId) -> Vec<(Option<NodeId>, String)> {
    store.design(|design| {
        let Some(kind) = design.node(id).map(Node::kind) else { return Vec::new() };
        let mut found: Vec<(Option<NodeId>, String)> = Vec::new();
        if may_hold(None, kind).is_ok() {
            found.push((None, String::new()));
        }
        for (frame, node) in design.nodes() {
            if frame != id && !design.is_inside(frame, id) && may_hold(Some(node.kind()), kind).is_ok() {
                let mut path: Vec<&str> = vec![&node.name];
                path.extend(design.ancestors(frame).filter_map(|up| Some(design.node(up)?.name.as_str())).take(2));
                path.reverse();
                found.push((Some(frame), path.join(" › ")));
            }
        }
        found
    })
}

/// The edits that put a node into a free spot of a frame.
fn moving(store: Store, id: NodeId, frame: Option<NodeId>) -> Vec<Edit> {
    store.design(|design| {
        let Some(node) = design.node(id).filter(|node| node.parent != frame) else { return Vec::new() };
        let rect = design.free_spot(frame, node.rect.w, node.rect.h);
        let mut edits = vec![Edit::Place { id, parent: frame, rect }];
        edits.extend(design.growth_around(frame, rect));
        edits
    })
}
