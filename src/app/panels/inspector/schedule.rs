//! When something runs: a recurrence with its next run in words, and a point in time that is chosen on the clock of its zone.

use groundplan::catalog::schedule::{Clock, Cron, Moment, Next, Wall, Window};
use groundplan::catalog::{Suggestion, Value, Widget};
use groundplan::id::NodeId;
use groundplan::message;
use groundplan::text::{Lang, Message, Text, t};
use leptos::html;
use leptos::prelude::*;

use super::entry::Entry;
use super::suggest::Combo;
use super::typing::Line;
use crate::app::browser::{Timer, time};
use crate::app::state::store::store;
use crate::app::words::words;

/// Milliseconds after which the next run may be another.
const MINUTE: u32 = 60_000;
/// What a window looks like.
const DAILY: Text = t("18:00-18:30 (UTC)", "18:00-18:30 (UTC)");
const WEEKLY: Text = t("sun:19:00-sun:19:30 (UTC)", "sun:19:00-sun:19:30 (UTC)");

/// A recurrence, with the usual ones as proposals, and when it runs next.
#[component]
pub fn Recurrence(entry: Entry, clock: Clock, usual: fn() -> Vec<Suggestion>) -> impl IntoView {
    let words = words();
    // What the proposal says already need not be said again.
    let meaning = move || {
        let text = text_of(&entry.value.get());
        let known = usual().iter().any(|one| one.value == text);
        Cron::parse(&text).ok().filter(|_| !known)?.words().map(|said| words.read(&said))
    };
    view! {
        <Combo entry proposals=Callback::new(move |()| usual()) mono=true/>
        <small class="insp-meaning" id=entry.part("words") data-testid=entry.part("words") hidden=move || meaning().is_none()>{meaning}</small>
        {entry.owner.map(|owner| view! { <NextRun entry owner clock/> })}
    }
    .into_any()
}

/// When it runs next, by the other fields of the clock.
#[component]
fn NextRun(entry: Entry, owner: NodeId, clock: Clock) -> impl IntoView {
    let words = words();
    let now = ticking();
    let zone = zone_of(owner, clock.zone);
    let (start, end) = (sibling(owner, clock.start), sibling(owner, clock.end));
    let next = Memo::new(move |_| {
        let zone = zone.get();
        let Some(now) = time::wall(&zone, now.get()) else { return Err(zone) };
        let at = |text: String| wall_of(&zone, Moment::parse(&text).ok()?);
        let cron = Cron::parse(&text_of(&entry.value.get())).ok();
        Ok(Next::after(now, cron.as_ref(), at(start.get()), at(end.get())))
    });
    let said = move || match next.get() {
        Ok(next) => words.read(&next.words(&called(owner, clock.zone, &zone.get()))),
        Err(zone) => words.read(&message!(
            "시간대 '{zone}'을(를) 몰라요. Asia/Seoul처럼 적으세요.",
            "There is no time zone \"{zone}\" here. Write one such as Asia/Seoul."
        )),
    };
    let fails = move || next.with(|next| !matches!(next, Ok(Next::At(_) | Next::Unset)));
    view! {
        <p class="insp-next" role="status" class:bad=fails id=entry.part("next") data-testid=entry.part("next") hidden=move || next.with(|next| *next == Ok(Next::Unset))>
            {said}
        </p>
    }
    .into_any()
}

/// A span in UTC, and what that is on this computer's clock.
#[component]
pub fn Span(entry: Entry, weekly: bool) -> impl IntoView {
    let words = words();
    let meaning = move || {
        let window = Window::parse(&text_of(&entry.value.get()), weekly).ok()?;
        let here = window.words(time::ahead());
        Some(match words.lang() {
            Lang::Ko => format!("이 컴퓨터의 시각으로 {}", here.ko),
            Lang::En => format!("On this computer's clock: {}", here.en),
        })
    };
    view! {
        <Line entry placeholder=if weekly { WEEKLY } else { DAILY }/>
        <small class="insp-meaning" id=entry.part("words") data-testid=entry.part("words") hidden=move || meaning().is_none()>{meaning}</small>
    }
    .into_any()
}

/// A point in time: as AWS takes it, and on the clock of the zone that another field names.
#[component]
pub fn When(entry: Entry, zone: &'static str) -> impl IntoView {
    view! {
        <Line entry placeholder=t("2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z")/>
        {entry.owner.map(|owner| view! { <Picker entry owner zone/> })}
    }
    .into_any()
}

#[component]
fn Picker(entry: Entry, owner: NodeId, zone: &'static str) -> impl IntoView {
    let words = words();
    let (field, zone) = (zone, zone_of(owner, zone));
    let input = NodeRef::<html::Input>::new();
    let shown = Memo::new(move |_| {
        let moment = Moment::parse(&text_of(&entry.value.get())).ok();
        moment.and_then(|moment| wall_of(&zone.get(), moment)).map(|wall| wall.to_string()).unwrap_or_default()
    });
    Effect::new(move |_| {
        let shown = shown.get();
        if let Some(input) = input.get() {
            input.set_value(&shown);
        }
    });
    // The browser tells of every part that is typed: what is chosen is committed once, on leaving or by Enter.
    let commit = move || {
        let Some(input) = input.get_untracked() else { return };
        // Half a date has no value either, but is not valid.
        let (text, before, is_whole) = (input.value(), shown.get_untracked(), input.check_validity());
        if text == before && is_whole {
            return;
        }
        let moment = Wall::from_digits(&text).and_then(|wall| moment_of(&zone.get_untracked(), wall));
        let written =
            moment.map(|moment| moment.to_string()).or_else(|| (text.is_empty() && is_whole).then(String::new));
        match written {
            Some(written) => drop(entry.send(Value::Text(written))),
            // What is no time in this zone takes the place of none.
            None => input.set_value(&before),
        }
    };
    let name = move || {
        let zone = words.read(&called(owner, field, &zone.get()));
        words.read(&message!("{zone} 시각으로 고르기", "Choose by the clock of {zone}"))
    };
    let enter = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            commit();
        }
    };
    view! {
        <label class="insp-picker">
            <span>{name}</span>
            <input
                node_ref=input
                type="datetime-local"
                class="field"
                data-testid=entry.part("pick")
                on:keydown=enter
                on:blur=move |_| commit()
            />
        </label>
    }
    .into_any()
}

/// What stands in another field of the same resource; tracks.
fn sibling(owner: NodeId, field: &'static str) -> Memo<String> {
    let node = store().view(owner).map(|view| view.node);
    Memo::new(move |_| {
        let value = node.as_ref().and_then(|node| node.with(|node| node.body.value(field)));
        text_of(&value.unwrap_or_default())
    })
}

/// The time zone that a field names; without one it is UTC.
fn zone_of(owner: NodeId, field: &'static str) -> Memo<String> {
    let named = sibling(owner, field);
    Memo::new(move |_| named.with(|zone| if zone.is_empty() { "UTC".to_owned() } else { zone.clone() }))
}

/// What people call a time zone: as the field's proposals say, else its own name.
fn called(owner: NodeId, field: &str, zone: &str) -> Message {
    let known = store().design(|design| {
        let meta = design.node(owner)?.kind().fields().into_iter().find(|meta| meta.id == field)?;
        let Widget::Suggest(of) = meta.widget else { return None };
        of().into_iter().find(|one| one.value == zone).map(|one| one.label)
    });
    known.unwrap_or_else(|| Message::plain(zone))
}

fn text_of(value: &Value) -> String {
    value.as_text().unwrap_or_default().to_owned()
}

fn wall_of(zone: &str, moment: Moment) -> Option<Wall> {
    time::wall(zone, moment.millis() as f64)
}

/// The moment at which the clocks of a zone show this.
fn moment_of(zone: &str, wall: Wall) -> Option<Moment> {
    // As if the zone were Greenwich, and then by how far it is ahead then; twice, for clocks that are put forward or back in between.
    let ahead = |moment: Moment| Some(moment.ahead(wall_of(zone, moment)?));
    let near = Moment::of(wall, ahead(Moment::of(wall, 0))?);
    Some(Moment::of(wall, ahead(near)?))
}

/// The time now, in milliseconds, anew each minute.
fn ticking() -> RwSignal<f64> {
    let now = RwSignal::new(time::now());
    let timer = StoredValue::new_local(None);
    tick(now, timer);
    now
}

fn tick(now: RwSignal<f64>, timer: StoredValue<Option<Timer>, LocalStorage>) {
    let next = Timer::after(MINUTE, move || {
        if now.try_set(time::now()).is_none() {
            tick(now, timer);
        }
    });
    // What is gone with its form ticks no more.
    timer.try_set_value(Some(next));
}
