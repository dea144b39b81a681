//! The live template: what the design exports to, with the selected resource's lines marked. A click on a line selects whose it is.
//!
//! Only the lines in sight are on the page, so the length of a template costs nothing.

mod paint;
mod parameters;

use std::collections::BTreeSet;
use std::sync::Arc;

use groundplan::catalog::data::limits::{TEMPLATE_BYTES_INLINE, TEMPLATE_RESOURCES};
use groundplan::cloudformation::{Note, Shown, export};
use groundplan::design::Design;
use groundplan::id::NodeId;
use groundplan::message;
use groundplan::template::changes::{Fate, Line, changes};
use groundplan::template::{Json, Syntax};
use groundplan::text::{grouped, t};
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

use super::template::parameters::Parameters;
use crate::app::actions::clipboard::copy_text;
use crate::app::browser::files;
use crate::app::icons::glyphs::{DOWNLOAD, Glyph, INFO};
use crate::app::state::store::store;
use crate::app::state::ui::{Side, ui};
use crate::app::words::{tr, words};
use paint::paint;

/// Height of a line; the style sheet says the same.
const LINE: f64 = 18.0;
/// Lines kept beyond what is in sight, above and below.
const SPARE: usize = 30;

/// A written template.
#[derive(Default, PartialEq)]
struct Sheet {
    /// As it is shown, with whose each line is.
    shown: Shown,
    /// As it leaves the page, with what is not shown.
    whole: String,
    notes: Vec<Note>,
    /// How many resources it has.
    resources: usize,
    /// The template that the design was opened from, shown the same way.
    original: Option<String>,
}

/// How the design's template is written: as it was opened, else as JSON.
fn native(design: &Design) -> Syntax {
    design.template().map_or(Syntax::Json, |original| original.syntax())
}

impl Sheet {
    fn of(design: &Design, syntax: Syntax) -> Self {
        let export = export(design);
        let resources = export.template.get("Resources").and_then(Json::as_object).map_or(0, serde_json::Map::len);
        let (shown, original) = (export.shown(syntax), export.shown_original(syntax));
        Self { shown, whole: export.written(syntax), notes: export.notes, resources, original }
    }
}

/// The panel.
#[component]
pub fn TemplatePanel() -> impl IntoView {
    let (store, ui) = (store(), ui());
    let syntax = RwSignal::new(store.design(native));
    Effect::new(move |before: Option<u64>| {
        let opened = store.opened.get();
        if before.is_some_and(|before| before != opened) {
            syntax.set(store.design(native));
        }
        opened
    });
    let reviewing = RwSignal::new(false);
    let sheet = Memo::new(move |before: Option<&Arc<Sheet>>| {
        store.settled.track();
        let syntax = syntax.get();
        // Folded away it waits: nobody reads it.
        if !ui.open(Side::Bottom).get() && ui.sheet.get() != Some(Side::Bottom) {
            return before.cloned().unwrap_or_default();
        }
        Arc::new(store.design(|design| Sheet::of(design, syntax)))
    });
    view! {
        <div class="template" data-testid="template">
            <Bar sheet syntax reviewing/>
            <Parameters/>
            <Notes sheet/>
            <Show when=move || reviewing.get() && sheet.with(|sheet| sheet.original.is_some()) fallback=move || view! { <Code sheet syntax/> }>
                <Review sheet/>
            </Show>
        </div>
    }
    .into_any()
}

/// Syntax, size, copy and download.
#[component]
fn Bar(sheet: Memo<Arc<Sheet>>, syntax: RwSignal<Syntax>, reviewing: RwSignal<bool>) -> impl IntoView {
    let (store, words) = (store(), words());
    let bytes = move || sheet.with(|sheet| sheet.whole.len());
    let over = move || bytes() > TEMPLATE_BYTES_INLINE || sheet.with(|sheet| sheet.resources) > TEMPLATE_RESOURCES;
    let size = move || {
        let (now, most) = (grouped(bytes() as u64), grouped(TEMPLATE_BYTES_INLINE as u64));
        let (resources, all) = (grouped(sheet.with(|sheet| sheet.resources) as u64), TEMPLATE_RESOURCES);
        words.read(&message!(
            "{now} / {most}바이트 · 리소스 {resources} / {all}개",
            "{now} of {most} bytes · {resources} of {all} resources"
        ))
    };
    let one = move |of: Syntax| {
        view! {
            <button data-testid=format!("template-{}", of.ending()) aria-pressed=move || (syntax.get() == of).to_string() on:click=move |_| syntax.set(of)>
                {of.label()}
            </button>
        }
    };
    let download = move |_| {
        let of = syntax.get_untracked();
        let name = file_name(&store.title.get_untracked(), of);
        files::download(&name, of.media_type(), &sheet.with_untracked(|sheet| sheet.whole.clone()));
    };
    view! {
        <div class="template-bar">
            <div class="segmented" role="group" aria-label=tr(t("형식", "Format"))>
                {one(Syntax::Json)}
                {one(Syntax::Yaml)}
            </div>
            <button
                type="button"
                class="button small"
                data-testid="template-changes"
                aria-pressed=move || reviewing.get().to_string()
                hidden=move || sheet.with(|sheet| sheet.original.is_none())
                on:click=move |_| reviewing.update(|on| *on = !*on)
            >
                {tr(t("바뀐 것", "Changes"))}
            </button>
            <span class="template-size" class:over=over data-testid="template-size" title=tr(t(
                "이보다 큰 템플릿은 S3에 올려서 배포해요.",
                "Larger templates are deployed from S3.",
            ))>
                {size}
            </span>
            <button type="button" class="button small" data-testid="template-copy" on:click=move |_| copy_text(sheet.with_untracked(|sheet| sheet.whole.clone()), t("템플릿을 복사했어요", "Template copied"))>
                {tr(t("복사", "Copy"))}
            </button>
            <button type="button" class="button small" data-testid="template-download" on:click=download>
                <Glyph path=DOWNLOAD/>
                {tr(t("내려받기", "Download"))}
            </button>
        </div>
    }
    .into_any()
}

/// The document's title as the name of a file.
fn file_name(title: &str, syntax: Syntax) -> String {
    let kept: String =
        title.trim().chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
    format!("{}.{}", if kept.is_empty() { "template" } else { &kept }, syntax.ending())
}

/// What could not be said in the template, and which limits it passes.
#[component]
fn Notes(sheet: Memo<Arc<Sheet>>) -> impl IntoView {
    let (store, words) = (store(), words());
    let notes = Memo::new(move |_| sheet.with(|sheet| sheet.notes.clone()));
    let count = move || notes.with(Vec::len);
    let one = move |note: Note| {
        let text = note.message.clone();
        let about = note.node.map(|id| {
            view! { <button type="button" class="insp-link" on:click=move |_| store.select([id])>{store.name(id)}</button> }
        });
        view! { <li>{about} {move || words.read(&text)}</li> }
    };
    view! {
        <Show when=move || count() != 0>
            <details class="template-notes" data-testid="template-notes">
                <summary>
                    <Glyph path=INFO/>
                    {move || words.read(&message!("알아둘 것 {}개", "{} notes", count()))}
                </summary>
                <ul>{move || notes.get().into_iter().map(one).collect_view()}</ul>
            </details>
        </Show>
    }
    .into_any()
}

/// What an export changes of the template that was opened.
#[component]
fn Review(sheet: Memo<Arc<Sheet>>) -> impl IntoView {
    let lines = move || {
        sheet.with(|sheet| {
            let before = sheet.original.as_deref().unwrap_or_default();
            let one = |line: Line<'_>| {
                let (class, sign) = match line.fate {
                    Fate::Kept => ("template-line", " "),
                    Fate::Gone => ("template-line gone", "-"),
                    Fate::New => ("template-line new", "+"),
                    Fate::Skipped => ("template-line skipped", "⋯"),
                };
                view! { <div class=class><span class="template-sign">{sign}</span><code>{line.text.to_owned()}</code></div> }
            };
            changes(before, &sheet.shown.text).into_iter().map(one).collect_view()
        })
    };
    let same = move || sheet.with(|sheet| sheet.original.as_ref() == Some(&sheet.shown.text));
    view! {
        <p class="hint" data-testid="template-same" hidden=move || !same()>
            {tr(t("연 템플릿과 같아요. 고친 것이 없어요.", "The same as the template that was opened: nothing was edited."))}
        </p>
        <div class="template-code scroll" data-testid="template-review" tabindex="0" role="region" hidden=same
            aria-label=tr(t("템플릿에서 바뀐 것", "What changed in the template"))>
            <div class="template-review">{lines}</div>
        </div>
    }
    .into_any()
}

/// The text, of which only what is in sight is on the page.
#[component]
fn Code(sheet: Memo<Arc<Sheet>>, syntax: RwSignal<Syntax>) -> impl IntoView {
    let store = store();
    let scroller = NodeRef::<html::Div>::new();
    let top = RwSignal::new(0_usize);
    let count = Memo::new(move |_| sheet.with(|sheet| sheet.shown.owners.len()));
    let own = Memo::new(move |_| store.selection.get());
    bring_into_view(sheet, own, syntax, scroller);
    let scrolled = move |_| {
        if let Some(element) = scroller.get_untracked() {
            // A step of some lines: rows are exchanged now and then, not at every pixel.
            let at = (f64::from(element.scroll_top()) / LINE) as usize;
            top.set(at - at % (SPARE / 2));
        }
    };
    let lines = move || {
        // What is in sight is never more than a screen of lines.
        let (first, most) = (top.get().saturating_sub(SPARE), SPARE * 4);
        let (of, own) = (syntax.get(), own.get());
        sheet.with(|sheet| {
            let shown = sheet.shown.text.lines().zip(&sheet.shown.owners).enumerate().skip(first).take(most);
            shown
                .map(|(at, (text, owner))| line(at, text, owner.is_some_and(|id| own.contains(&id)), of))
                .collect_view()
        })
    };
    let shift = move || format!("{}px", top.get().saturating_sub(SPARE) as f64 * LINE);
    let pressed = StoredValue::new((0, 0));
    let select = move |event: MouseEvent| {
        // Who drags marks text and does not mean to select a resource.
        let (x, y) = pressed.get_value();
        if (event.client_x() - x).abs() + (event.client_y() - y).abs() > 4 {
            return;
        }
        if let Some(owner) = owner_at(&event, scroller, sheet) {
            store.select([owner]);
        }
    };
    view! {
        <div
            class="template-code scroll"
            data-testid="template-code"
            tabindex="0"
            role="region"
            aria-label=tr(t("템플릿 본문", "Text of the template"))
            node_ref=scroller
            on:scroll=scrolled
            on:mousedown=move |event| pressed.set_value((event.client_x(), event.client_y()))
            on:click=select
        >
            <div class="template-space" style:height=move || format!("{}px", count.get() as f64 * LINE)>
                <div class="template-lines" style:top=shift>{lines}</div>
            </div>
        </div>
    }
    .into_any()
}

fn line(at: usize, text: &str, own: bool, syntax: Syntax) -> impl IntoView + use<> {
    let spans =
        paint(text, syntax).into_iter().map(|(class, text)| view! { <span class=class>{text.to_owned()}</span> });
    view! {
        <div class="template-line" class:own=own>
            <span class="template-number" aria-hidden="true">{at + 1}</span>
            <code>{spans.collect_view()}</code>
        </div>
    }
}

/// Whose line was pressed.
fn owner_at(event: &MouseEvent, scroller: NodeRef<html::Div>, sheet: Memo<Arc<Sheet>>) -> Option<NodeId> {
    let element = scroller.get_untracked()?;
    let inside =
        f64::from(event.client_y()) - element.get_bounding_client_rect().top() + f64::from(element.scroll_top());
    let at = (inside / LINE) as usize;
    sheet.with_untracked(|sheet| sheet.shown.owners.get(at).copied().flatten())
}

/// Scrolls to the selected resource's first line when the selection changes, unless one of its lines is in sight.
fn bring_into_view(
    sheet: Memo<Arc<Sheet>>,
    own: Memo<BTreeSet<NodeId>>,
    syntax: RwSignal<Syntax>,
    scroller: NodeRef<html::Div>,
) {
    Effect::new(move |_| {
        let own = own.get();
        // The other way of writing has other lines.
        syntax.track();
        let Some(element) = scroller.get() else { return };
        let (top, height) = (f64::from(element.scroll_top()), f64::from(element.client_height()));
        let (from, to) = ((top / LINE) as usize, ((top + height) / LINE) as usize);
        let first = sheet.with_untracked(|sheet| {
            let mut lines =
                sheet.shown.owners.iter().enumerate().filter(|(_, owner)| owner.is_some_and(|id| own.contains(&id)));
            let (first, _) = lines.next()?;
            let seen = (from..to).contains(&first) || lines.any(|(at, _)| (from..to).contains(&at));
            (!seen).then_some(first)
        });
        if let Some(first) = first {
            element.set_scroll_top((first.saturating_sub(2) as f64 * LINE) as i32);
        }
    });
}
