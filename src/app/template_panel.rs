//! The live template: what the design exports to, with the selected resource's lines marked. A click on a line selects whose it is.
//!
//! Only the lines in sight are on the page, so the length of a template costs nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use groundplan::catalog::data::limits::TEMPLATE_BYTES_INLINE;
use groundplan::cloudformation::{self, Note};
use groundplan::design::Design;
use groundplan::id::NodeId;
use groundplan::message;
use groundplan::rules::facts::grouped;
use groundplan::text::t;
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

use super::browser::files;
use super::clipboard::copy;
use super::glyphs::{DOWNLOAD, Glyph, INFO};
use super::paint::{Syntax, paint};
use super::store::store;
use super::ui::{Side, ui};
use super::words::{tr, words};

/// Height of a line; the style sheet says the same.
const LINE: f64 = 18.0;
/// Lines kept beyond what is in sight, above and below.
const SPARE: usize = 30;

/// A written template.
#[derive(Default)]
struct Sheet {
    text: String,
    /// Whose each line is.
    owners: Vec<Option<NodeId>>,
    notes: Vec<Note>,
}

impl PartialEq for Sheet {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.notes == other.notes && self.owners == other.owners
    }
}

impl Sheet {
    fn of(design: &Design, syntax: Syntax) -> Self {
        let export = cloudformation::export(design);
        let (text, lines) = match syntax {
            Syntax::Json => (export.text().to_owned(), export.all_lines()),
            Syntax::Yaml => {
                let text = cloudformation::to_yaml(&export.template);
                let lines = export.all_yaml_lines(&text);
                (text, lines)
            }
        };
        let mut owners = vec![None; text.lines().count()];
        for (id, ranges) in lines {
            for at in ranges.into_iter().flatten() {
                if let Some(owner) = owners.get_mut(at) {
                    *owner = Some(id);
                }
            }
        }
        Self { text, owners, notes: export.notes }
    }
}

/// The panel.
#[component]
pub fn TemplatePanel() -> impl IntoView {
    let (store, ui) = (store(), ui());
    let syntax = RwSignal::new(Syntax::Json);
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
            <Bar sheet syntax/>
            <Notes sheet/>
            <Code sheet syntax/>
        </div>
    }
    .into_any()
}

/// Syntax, size, copy and download.
#[component]
fn Bar(sheet: Memo<Arc<Sheet>>, syntax: RwSignal<Syntax>) -> impl IntoView {
    let (store, words) = (store(), words());
    let bytes = move || sheet.with(|sheet| sheet.text.len());
    let over = move || bytes() > TEMPLATE_BYTES_INLINE;
    let size = move || {
        let (now, most) = (grouped(bytes() as u64), grouped(TEMPLATE_BYTES_INLINE as u64));
        words.read(&message!("{now} / {most}바이트", "{now} of {most} bytes"))
    };
    let one = move |of: Syntax| {
        view! {
            <button data-testid=format!("template-{}", of.name()) aria-pressed=move || (syntax.get() == of).to_string() on:click=move |_| syntax.set(of)>
                {of.label()}
            </button>
        }
    };
    let download = move |_| {
        let of = syntax.get_untracked();
        let name = file_name(&store.title.get_untracked(), of);
        files::download(&name, of.mime(), &sheet.with_untracked(|sheet| sheet.text.clone()));
    };
    view! {
        <div class="template-bar">
            <div class="segmented" role="group" aria-label=tr(t("형식", "Format"))>
                {one(Syntax::Json)}
                {one(Syntax::Yaml)}
            </div>
            <span class="template-size" class:over=over data-testid="template-size" title=tr(t(
                "이보다 큰 템플릿은 S3에 올려서 배포해요.",
                "Larger templates are deployed from S3.",
            ))>
                {size}
            </span>
            <button type="button" class="button small" data-testid="template-copy" on:click=move |_| copy(sheet.with_untracked(|sheet| sheet.text.clone()), t("템플릿을 복사했어요", "Template copied"))>
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
    format!("{}.{}", if kept.is_empty() { "template" } else { &kept }, syntax.name())
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

/// The text, of which only what is in sight is on the page.
#[component]
fn Code(sheet: Memo<Arc<Sheet>>, syntax: RwSignal<Syntax>) -> impl IntoView {
    let store = store();
    let scroller = NodeRef::<html::Div>::new();
    let top = RwSignal::new(0_usize);
    let count = Memo::new(move |_| sheet.with(|sheet| sheet.owners.len()));
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
            let shown = sheet.text.lines().zip(&sheet.owners).enumerate().skip(first).take(most);
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
    sheet.with_untracked(|sheet| sheet.owners.get(at).copied().flatten())
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
                sheet.owners.iter().enumerate().filter(|(_, owner)| owner.is_some_and(|id| own.contains(&id)));
            let (first, _) = lines.next()?;
            let seen = (from..to).contains(&first) || lines.any(|(at, _)| (from..to).contains(&at));
            (!seen).then_some(first)
        });
        if let Some(first) = first {
            element.set_scroll_top((first.saturating_sub(2) as f64 * LINE) as i32);
        }
    });
}
