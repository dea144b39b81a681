//! Where things stand on the page: bar, two sides, canvas, drawer, status line; on a phone the sides become a sheet over the canvas.

use groundplan::text::{Text, t};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PointerEvent};

use crate::app::browser::{Timer, document};
use crate::app::canvas::CanvasView;
use crate::app::icons::glyphs::{self, Glyph};
use crate::app::panels::dialogs::Dialogs;
use crate::app::panels::inspector::Inspector;
use crate::app::panels::labs::LabPanel;
use crate::app::panels::later::{Notice, later};
use crate::app::panels::palette::Palette;
use crate::app::panels::problems::ProblemsPanel;
use crate::app::panels::status::Status;
use crate::app::panels::toolbar::Toolbar;
use crate::app::panels::welcome::Welcome;
use crate::app::parts::{FORMS, STUDIES};
use crate::app::state::store::store;
use crate::app::state::ui::{DRAWER_LEAST, Panel, Side, Tone, ui};
use crate::app::words::{tr, words};

/// The page.
#[component]
pub fn Layout() -> impl IntoView {
    let ui = ui();
    let sheet = move || ui.sheet.get().map_or("none", Side::name);
    let settles = give_way();
    let lost = store().lost;
    let any_lost = Memo::new(move |_| lost.with(|lost| !lost.is_empty()));
    let folded = move |side: Side| move || (!ui.shows(side)).then_some("");
    view! {
        <div
            class="app"
            data-sheet=sheet
            data-presenting=move || ui.presenting.get().then_some("")
            data-left-folded=folded(Side::Left)
            data-right-folded=folded(Side::Right)
            data-bottom-folded=folded(Side::Bottom)
            data-right-settles=move || settles.get().then_some("")
            style:--drawer=move || format!("{}px", ui.drawer.get())
        >
            <button type="button" class="skip" data-testid="skip" on:click=|_| focus_canvas()>
                {tr(t("그림판으로 건너뛰기", "Skip to the canvas"))}
            </button>
            <Toolbar/>
            <Region side=Side::Left label=t("리소스", "Resources") panels=vec![Panel::Palette, Panel::Outline]/>
            <main class="stage" id="stage">
                <CanvasView/>
                <Notice/>
                {move || any_lost.get().then(|| later(&STUDIES, |studies| (studies.what_if)()))}
                <Welcome/>
                <Toasts/>
                {move || FORMS.get().map(|forms| (forms.tour)())}
            </main>
            <Region side=Side::Bottom label=t("결과", "Results") panels=vec![Panel::Problems, Panel::Tracer, Panel::Matrix, Panel::Pins, Panel::Template]/>
            <Region side=Side::Right label=t("속성", "Properties") panels=vec![Panel::Inspector, Panel::Lab]/>
            {move || ui.presenting.get().then(|| later(&STUDIES, |studies| (studies.present)()))}
            <Status/>
            <PhoneBar/>
            <Dialogs/>
            <Live/>
        </div>
    }
    .into_any()
}

/// Milliseconds until the properties come or go with the selection: two presses that follow each other find the drawing where it was.
const SETTLES: u32 = 350;

/// Folds the right side away while nothing is selected that it could show, so that the drawing is larger. Gives whether it is about to come or go.
fn give_way() -> RwSignal<bool> {
    let (ui, store, settles) = (ui(), store(), RwSignal::new(false));
    let waiting = StoredValue::new_local(None::<Timer>);
    Effect::new(move |before: Option<u64>| {
        let opened = store.opened.get();
        let nothing = store.selection.with(std::collections::BTreeSet::is_empty) && store.wire.with(Option::is_none);
        let idle = nothing && store.count.get() > 0;
        if before != Some(opened) {
            waiting.set_value(None);
            settles.set(false);
            ui.asked.set(false);
            ui.yields.set(idle && ui.shown(Side::Right).get_untracked() == Panel::Inspector);
            return opened;
        }
        let yields = idle && ui.shown(Side::Right).get() == Panel::Inspector && !ui.asked.get();
        let changes = yields != ui.yields.get_untracked();
        settles.set(changes);
        waiting.set_value(changes.then(|| {
            Timer::after(SETTLES, move || {
                ui.yields.try_set(yields);
                settles.try_set(false);
            })
        }));
        opened
    });
    settles
}

fn focus_canvas() {
    let canvas = document().get_element_by_id("canvas").and_then(|canvas| canvas.dyn_into::<HtmlElement>().ok());
    // Focusing an element that is on the page does not fail.
    canvas.into_iter().for_each(|canvas| drop(canvas.focus()));
}

/// What a panel is called, and its sign.
const fn face(panel: Panel) -> (&'static str, Text, &'static str) {
    match panel {
        Panel::Palette => ("palette", t("추가", "Add"), glyphs::PLUS),
        Panel::Outline => ("outline", t("개요", "Outline"), glyphs::LIST),
        Panel::Inspector => ("inspector", t("속성", "Properties"), glyphs::SLIDERS),
        Panel::Lab => ("lab", t("실습", "Lab"), glyphs::CHECK),
        Panel::Problems => ("problems", t("문제", "Problems"), glyphs::WARNING),
        Panel::Tracer => ("tracer", t("경로 추적", "Path tracer"), glyphs::PATH),
        Panel::Matrix => ("matrix", t("도달 가능성", "Reachability"), glyphs::GRID),
        Panel::Pins => ("pins", t("고정한 기대", "Assertions"), glyphs::PIN),
        Panel::Template => ("template", t("템플릿", "Template"), glyphs::CODE),
    }
}

fn content(panel: Panel) -> AnyView {
    match panel {
        Panel::Palette => view! { <Palette/> }.into_any(),
        Panel::Outline => later(&FORMS, |forms| (forms.outline)()),
        Panel::Inspector => view! { <Inspector/> }.into_any(),
        Panel::Lab => view! { <LabPanel/> }.into_any(),
        Panel::Problems => view! { <ProblemsPanel/> }.into_any(),
        Panel::Tracer => later(&STUDIES, |studies| (studies.tracer)()),
        Panel::Matrix => later(&STUDIES, |studies| (studies.matrix)()),
        Panel::Pins => later(&STUDIES, |studies| (studies.pins)()),
        Panel::Template => later(&STUDIES, |studies| (studies.template)()),
    }
}

/// A side of the page with its panels as tabs.
#[component]
fn Region(side: Side, label: Text, panels: Vec<Panel>) -> impl IntoView {
    let ui = ui();
    let shown = ui.shown(side);
    let tabs = panels.clone();
    view! {
        <aside class=format!("region {}", side.name()) aria-label=tr(label)>
            {(side == Side::Bottom).then(|| view! { <Splitter/> })}
            <div class="tabs">
                <div class="tab-list" role="tablist" aria-label=tr(label) on:keydown=move |event| walk_tabs(&event)>
                    {tabs.into_iter().map(|panel| view! { <Tab panel/> }).collect_view()}
                </div>
                <button class="icon-button small fold" title=tr(t("접기", "Fold away")) on:click=move |_| {
                    ui.sheet.set(None);
                    ui.set_open(side, false);
                }>
                    <Glyph path=glyphs::CLOSE/>
                    <span class="visually-hidden">{tr(t("접기", "Fold away"))}</span>
                </button>
            </div>
            <div
                class="panel"
                role="tabpanel"
                id=format!("panel-{}", side.name())
                aria-labelledby=move || format!("tab-{}", face(shown.get()).0)
            >
                {move || content(shown.get())}
            </div>
        </aside>
    }
    .into_any()
}

/// The upper edge of the results, by which they are made higher or lower: dragged, or moved by the arrow keys.
#[component]
fn Splitter() -> impl IntoView {
    let ui = ui();
    // Where the pointer took hold, and how high the results were then.
    let held = StoredValue::new(None::<(i32, i32)>);
    let press = move |event: PointerEvent| {
        if let Some(edge) = event.current_target().and_then(|edge| edge.dyn_into::<HtmlElement>().ok()) {
            // A pointer that is already gone cannot be followed, and then nothing is dragged.
            edge.set_pointer_capture(event.pointer_id()).ok();
        }
        held.set_value(Some((event.client_y(), ui.drawer.get_untracked())));
        event.prevent_default();
    };
    let drag = move |event: PointerEvent, last: bool| {
        if let Some((from, height)) = held.get_value() {
            ui.set_drawer(height + from - event.client_y(), last);
        }
        if last {
            held.set_value(None);
        }
    };
    let keydown = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowUp" => 16,
            "ArrowDown" => -16,
            "PageUp" => 96,
            "PageDown" => -96,
            "Home" => -10_000,
            "End" => 10_000,
            _ => return,
        };
        ui.set_drawer(ui.drawer.get_untracked() + step, true);
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <div
            class="splitter"
            role="separator"
            tabindex="0"
            data-testid="splitter"
            aria-orientation="horizontal"
            aria-label=tr(t("결과 높이", "Height of the results"))
            aria-controls="panel-bottom"
            aria-valuenow=move || ui.drawer.get().to_string()
            aria-valuemin=DRAWER_LEAST.to_string()
            on:pointerdown=press
            on:pointermove=move |event| drag(event, false)
            on:pointerup=move |event| drag(event, true)
            on:pointercancel=move |event| drag(event, true)
            on:keydown=keydown
        ></div>
    }
    .into_any()
}

#[component]
fn Tab(panel: Panel) -> impl IntoView {
    let ui = ui();
    let (id, label, glyph) = face(panel);
    let side = panel.side();
    let current = move || ui.shown(side).get() == panel;
    view! {
        <button
            role="tab"
            class="tab"
            id=format!("tab-{id}")
            data-testid=format!("tab-{id}")
            aria-selected=move || current().to_string()
            aria-controls=format!("panel-{}", side.name())
            tabindex=move || if current() { "0" } else { "-1" }
            title=tr(label)
            on:click=move |_| ui.show(panel)
        >
            <Glyph path=glyph/>
            <span>{tr(label)}</span>
        </button>
    }
    .into_any()
}

/// Left and right walk along the tabs, as people expect of a tab list.
fn walk_tabs(event: &KeyboardEvent) {
    let forward = match event.key().as_str() {
        "ArrowRight" => true,
        "ArrowLeft" => false,
        _ => return,
    };
    let Some(here) = document().active_element() else { return };
    let beside = if forward { here.next_element_sibling() } else { here.previous_element_sibling() };
    if let Some(tab) = beside.and_then(|tab| tab.dyn_into::<HtmlElement>().ok())
        && tab.get_attribute("role").as_deref() == Some("tab")
    {
        tab.click();
        // Focusing an element that is on the page does not fail.
        tab.focus().ok();
        event.prevent_default();
    }
}

/// On a phone: which panel covers the lower half of the canvas.
#[component]
fn PhoneBar() -> impl IntoView {
    let ui = ui();
    let one = move |panel: Panel| {
        let (id, label, glyph) = face(panel);
        let side = panel.side();
        let current = move || ui.sheet.get() == Some(side) && ui.shown(side).get() == panel;
        view! {
            <button
                data-testid=format!("phone-{id}")
                aria-pressed=move || current().to_string()
                title=tr(label)
                on:click=move |_| ui.toggle_sheet(panel)
            >
                <Glyph path=glyph/>
                <span>{tr(label)}</span>
            </button>
        }
    };
    let panels = [
        Panel::Palette,
        Panel::Outline,
        Panel::Inspector,
        Panel::Lab,
        Panel::Problems,
        Panel::Tracer,
        Panel::Matrix,
        Panel::Pins,
        Panel::Template,
    ];
    view! {
        <nav class="phone-bar" aria-label=tr(t("패널", "Panels"))>{panels.map(one).into_iter().collect_view()}</nav>
    }
    .into_any()
}

#[component]
fn Toasts() -> impl IntoView {
    let (ui, words) = (ui(), words());
    view! {
        <div class="toasts">
            <For
                each=move || ui.toasts.get()
                key=|toast| toast.key
                children=move |toast| {
                    let key = toast.key;
                    view! {
                        <div class="toast" class:bad=toast.tone == Tone::Bad data-testid="toast">
                            <span>{move || words.read(&toast.text)}</span>
                            <button class="icon-button small" title=tr(t("닫기", "Close")) on:click=move |_| ui.dismiss(key)>
                                <Glyph path=glyphs::CLOSE/>
                                <span class="visually-hidden">{tr(t("닫기", "Close"))}</span>
                            </button>
                        </div>
                    }
                }
            />
        </div>
    }
    .into_any()
}

/// Says politely what was just done.
#[component]
fn Live() -> impl IntoView {
    let (ui, words) = (ui(), words());
    view! {
        <div class="visually-hidden" role="status" aria-live="polite" data-testid="live">
            {move || ui.spoken.with(|spoken| words.read(spoken))}
        </div>
    }
    .into_any()
}
