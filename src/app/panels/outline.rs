//! The outline: the document as a tree that can do everything the canvas can.

use std::collections::BTreeSet;

use groundplan::command::search::{folded, ranked};
use groundplan::design::Design;
use groundplan::id::NodeId;
use groundplan::text::t;
use leptos::attr::custom::custom_attribute;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;

use super::menu::{Step, step};
use super::problems::{called, sign};
use crate::app::actions::{edits, find, offering};
use crate::app::browser::document;
use crate::app::icons::glyphs::{DOWN, Glyph, KindIcon, MORE, RIGHT, SEARCH};
use crate::app::state::projection::NodeView;
use crate::app::state::store::{Store, store};
use crate::app::state::ui::Pick;
use crate::app::words::{tr, words};

/// With more nodes than this the tree opens with its inner frames folded: thousands of rows take a second to lay out.
const MANY: usize = 200;

/// The frames with at least two frames around them.
fn deep_frames(design: &Design) -> BTreeSet<NodeId> {
    let frames = design.nodes().filter(|(_, node)| node.kind().spec().shape.is_frame());
    frames.map(|(id, _)| id).filter(|id| design.ancestors(*id).count() >= 2).collect()
}

/// What the tree itself remembers.
#[derive(Clone, Copy)]
struct Tree {
    /// Frames that are folded.
    folded: RwSignal<BTreeSet<NodeId>>,
    /// The row that takes the Tab key.
    cursor: RwSignal<Option<NodeId>>,
}

impl Tree {
    /// The rows on the screen from top to bottom.
    fn rows(self, design: &Design) -> Vec<NodeId> {
        let folded = self.folded.read_untracked();
        let mut rows = Vec::new();
        let mut open: Vec<NodeId> = design.children(None).rev().collect();
        while let Some(id) = open.pop() {
            rows.push(id);
            if !folded.contains(&id) {
                open.extend(design.children(Some(id)).rev());
            }
        }
        rows
    }

    fn fold(self, id: NodeId, fold: bool) {
        self.folded.update(|folded| {
            if fold {
                folded.insert(id);
            } else {
                folded.remove(&id);
            }
        });
    }

    /// Moves the cursor and the selection to a row.
    fn go(self, store: Store, id: NodeId, extend: bool) {
        let mut ids = if extend { store.selection.get_untracked() } else { BTreeSet::new() };
        ids.insert(id);
        store.select(ids);
        self.cursor.set(Some(id));
        edits::bring_into_view(id);
        let row = document().query_selector(&format!(".tree [data-node={id}]"));
        if let Some(row) = row.ok().flatten().and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Focusing an element that is on the page does not fail.
            row.focus().ok();
        }
    }
}

#[component]
pub fn Outline() -> impl IntoView {
    let store = store();
    let deep = store.design(|design| if design.len() > MANY { deep_frames(design) } else { BTreeSet::new() });
    let tree = Tree { folded: RwSignal::new(deep), cursor: RwSignal::new(None) };
    provide_context(tree);
    // What is selected elsewhere has a row here.
    Effect::new(move |_| {
        let around = store
            .selection
            .with(|ids| ids.last().map(|id| store.design(|design| design.ancestors(*id).collect::<Vec<_>>())));
        for frame in around.into_iter().flatten() {
            if tree.folded.with_untracked(|folded| folded.contains(&frame)) {
                tree.fold(frame, false);
            }
        }
    });
    // Tab enters the tree at what is selected, else at the top.
    Effect::new(move |_| {
        let first = store.roots.with(|roots| roots.first().copied());
        tree.cursor.set(store.selection.with(|ids| ids.last().copied()).or(first));
    });
    let query = RwSignal::new(String::new());
    let searching = Memo::new(move |_| !folded(&query.get()).is_empty() && store.count.get() != 0);
    view! {
        <p class="hint" hidden=move || store.count.get() != 0>
            {tr(t("아직 그린 리소스가 없어요.", "Nothing is drawn yet."))}
        </p>
        <Search query/>
        {move || searching.get().then(|| view! { <Hits query/> })}
        <ul
            class="tree scroll"
            role="tree"
            aria-multiselectable="true"
            aria-label=tr(t("개요", "Outline"))
            hidden=move || store.count.get() == 0 || searching.get()
            on:keydown=move |event| keydown(tree, store, &event)
        >
            <For each=move || store.roots.get() key=|id| *id children=|id| view! { <Row id level=1/> }/>
        </ul>
    }
    .into_any()
}

/// Rows found at most: nobody reads further.
const FOUND: usize = 50;
/// What arrows walk of what was found.
const HITS: &str = ".outline-found .pick";

/// The field above the tree.
#[component]
fn Search(query: RwSignal<String>) -> impl IntoView {
    let store = store();
    let keydown = move |event: KeyboardEvent| {
        let list = document().query_selector(".outline-found").ok().flatten();
        let Some(list) = list.and_then(|list| list.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
        match event.key().as_str() {
            _ if event.is_composing() => return,
            "ArrowDown" => step(&list, HITS, Step::First),
            "Enter" => {
                let first = list.query_selector(HITS).ok().flatten();
                let first = first.and_then(|first| first.dyn_into::<web_sys::HtmlElement>().ok());
                first.into_iter().for_each(|first| first.click());
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="search" hidden=move || store.count.get() == 0>
            <Glyph path=SEARCH/>
            <input
                type="search"
                data-testid="outline-search"
                aria-label=tr(t("이름, 종류, 주소로 찾기", "Find by name, kind or address"))
                placeholder=tr(t("이름, 종류, 주소로 찾기", "Find by name, kind or address"))
                prop:value=query
                on:input:target=move |event| query.set(event.target().value())
                on:keydown=keydown
            />
        </div>
    }
    .into_any()
}

/// What was found, what is meant first; a press shows it on the drawing.
#[component]
fn Hits(query: RwSignal<String>) -> impl IntoView {
    let (store, words) = (store(), words());
    let walk = move |event: KeyboardEvent| {
        let list = event.current_target().and_then(|list| list.dyn_into::<web_sys::HtmlElement>().ok());
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        list.into_iter().for_each(|list| step(&list, HITS, Step::By(by)));
        event.prevent_default();
        event.stop_propagation();
    };
    let row = move |pick: Pick| {
        let then = StoredValue::new_local(pick.then);
        view! {
            <li>
                <button type="button" class="pick" data-testid=format!("found-{}", pick.id) on:click=move |_| (then.get_value())()>
                    {pick.kind.map(|kind| view! { <KindIcon kind/> })}
                    <span>{words.read(&pick.label)}</span>
                    <small>{words.read(&pick.hint)}</small>
                </button>
            </li>
        }
    };
    let rows = move || {
        store.settled.track();
        let query = folded(&query.get());
        let mut found = ranked(&query, store.design(find::picks), |query, pick| pick.rank(query));
        found.truncate(FOUND);
        if found.is_empty() {
            return view! { <li class="hint">{tr(t("찾는 것이 없어요.", "Nothing by that name."))}</li> }.into_any();
        }
        found.into_iter().map(row).collect_view().into_any()
    };
    view! { <ul class="outline-found picks context scroll" on:keydown=walk>{rows}</ul> }.into_any()
}

#[component]
fn Row(id: NodeId, level: u32) -> impl IntoView {
    let store = store();
    let Some(view) = store.view(id) else { return ().into_any() };
    let tree = expect_context::<Tree>();
    let frame = view.node.with_untracked(|node| node.kind().spec().shape.is_frame());
    let folded = Memo::new(move |_| frame && tree.folded.with(|folded| folded.contains(&id)));
    let children = view.children.clone();
    let expanded = {
        let children = children.clone();
        move || (frame && children.with(|inside| !inside.is_empty())).then(|| (!folded.get()).to_string())
    };
    let selected = view.selected.clone();
    view! {
        <li
            role="treeitem"
            class="tree-item"
            data-node=id.to_string()
            data-testid=format!("outline-row-{id}")
            {..custom_attribute("aria-level", level)}
            aria-selected=move || selected.get().to_string()
            aria-expanded=expanded
            tabindex=move || if tree.cursor.get() == Some(id) { "0" } else { "-1" }
        >
            <Line id view level folded/>
        </li>
        <For
            each=move || if folded.get() { Vec::new() } else { children.get() }
            key=|id| *id
            children=move |id| view! { <Row id level=level + 1/> }
        />
    }
    .into_any()
}

#[component]
fn Line(id: NodeId, view: NodeView, level: u32, folded: Memo<bool>) -> impl IntoView {
    let (store, words) = (store(), words());
    let tree = expect_context::<Tree>();
    let kind = view.node.with_untracked(|node| node.kind());
    let NodeView { node, children, selected, worst } = view;
    let (caption, title) = (node.clone(), node.clone());
    let click = move |event: MouseEvent| {
        event.stop_propagation();
        tree.go(store, id, event.ctrl_key() || event.meta_key() || event.shift_key());
    };
    let menu = move |event: MouseEvent| {
        event.prevent_default();
        if !store.selection.with_untracked(|ids| ids.contains(&id)) {
            tree.go(store, id, false);
        }
        offering::offer(Some((event.client_x(), event.client_y())));
    };
    let twist = move |event: MouseEvent| {
        event.stop_propagation();
        tree.fold(id, !folded.get_untracked());
    };
    let leaf = move || children.with(Vec::is_empty);
    view! {
        <div
            class="tree-line"
            class:selected=move || selected.get()
            style:--level=level.to_string()
            on:click=click
            on:contextmenu=menu
            on:dblclick=move |_| edits::ask_name(id)
        >
            <span class="twist" class:leaf=leaf on:click=twist>
                {move || view! { <Glyph path=if folded.get() { RIGHT } else { DOWN }/> }}
            </span>
            <KindIcon kind/>
            <span class="tree-name" title=move || title.get().name.clone()>{move || node.get().name.clone()}</span>
            <small>
                <span class="visually-hidden">{move || words.say(kind.spec().label)} " "</span>
                {move || caption.get().body.caption()}
            </small>
            {move || worst.get().map(|worst| view! {
                <span class=format!("mark {}", worst.id())>
                    <Glyph path=sign(worst)/>
                    <span class="visually-hidden">{tr(called(worst))}</span>
                </span>
            })}
            <More id/>
        </div>
    }
    .into_any()
}

#[component]
fn More(id: NodeId) -> impl IntoView {
    let store = store();
    let open = move |event: MouseEvent| {
        event.stop_propagation();
        store.select([id]);
        offering::offer(Some((event.client_x(), event.client_y())));
    };
    // For the pointer alone: in the tree the menu key and Shift+F10 open the same list.
    view! {
        <button class="icon-button small more" aria-hidden="true" tabindex="-1" title=tr(t("더 보기", "More")) on:click=open>
            <Glyph path=MORE/>
        </button>
    }
    .into_any()
}

fn keydown(tree: Tree, store: Store, event: &KeyboardEvent) {
    let Some(at) = tree.cursor.get_untracked() else { return };
    if event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let rows = store.design(|design| tree.rows(design));
    let here = rows.iter().position(|row| *row == at).unwrap_or_default();
    let (parent, first) = store.design(|design| {
        let parent = design.node(at).and_then(|node| node.parent);
        (parent, design.children(Some(at)).next())
    });
    let folded = tree.folded.with_untracked(|folded| folded.contains(&at));
    let target = match event.key().as_str() {
        "ArrowDown" => rows.get(here + 1).copied(),
        "ArrowUp" => here.checked_sub(1).and_then(|above| rows.get(above).copied()),
        "Home" => rows.first().copied(),
        "End" => rows.last().copied(),
        "ArrowRight" if folded => {
            tree.fold(at, false);
            None
        }
        "ArrowRight" => first,
        "ArrowLeft" if !folded && first.is_some() => {
            tree.fold(at, true);
            None
        }
        "ArrowLeft" => parent,
        " " => Some(at),
        "Enter" | "F2" => {
            edits::ask_name(at);
            None
        }
        "ContextMenu" => {
            offering::offer(None);
            None
        }
        "F10" if event.shift_key() => {
            offering::offer(None);
            None
        }
        "Delete" | "Backspace" => {
            let next = rows.get(here + 1).or_else(|| here.checked_sub(1).and_then(|above| rows.get(above))).copied();
            edits::remove_selected();
            next.filter(|id| store.view(*id).is_some())
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(target) = target {
        tree.go(store, target, event.shift_key());
    }
}
