//! The task for the wall of a classroom: what is asked for, a clock, and the way there for every phone and laptop; printed, a sheet for each seat.
//! Nothing of the solution, of hints or of what checks look at is on it.

use std::sync::Arc;

use groundplan::labs::Ready;
use groundplan::message;
use groundplan::text::{Text, t};
use leptos::prelude::*;

use crate::app::actions::lessons::lab_link;
use crate::app::browser::time::now;
use crate::app::browser::{Timer, window};
use crate::app::panels::share::code;
use crate::app::state::lab::{Asked, lab_signs};
use crate::app::words::{tr, words};

/// Milliseconds between two looks at the clock: it never shows a second twice as long as another.
const TICK: u32 = 250;
/// Seconds that one press adds.
const MORE: f64 = 300.0;

/// A clock that counts down; `Copy`.
#[derive(Clone, Copy)]
struct Clock {
    /// Seconds that were left when it was last started or stopped.
    left: RwSignal<f64>,
    /// When it was started, in milliseconds; nothing while it stands.
    since: RwSignal<Option<f64>>,
    /// Seconds that are shown.
    shown: RwSignal<u64>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
}

impl Clock {
    fn of(minutes: u16) -> Self {
        let left = f64::from(minutes) * 60.0;
        let clock = Self {
            left: RwSignal::new(left),
            since: RwSignal::new(None),
            shown: RwSignal::new(0),
            timer: StoredValue::new_local(None),
        };
        clock.show();
        clock
    }

    fn rest(self) -> f64 {
        let gone = self.since.get_untracked().map_or(0.0, |since| (now() - since) / 1_000.0);
        (self.left.get_untracked() - gone).max(0.0)
    }

    fn show(self) {
        // `as` saturates; it is never negative.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let whole = self.rest().ceil() as u64;
        if self.shown.try_get_untracked().is_some_and(|shown| shown != whole) {
            self.shown.set(whole);
        }
    }

    fn run(self) {
        self.show();
        let over = self.rest() <= 0.0;
        self.timer.try_set_value((!over).then(|| Timer::after(TICK, move || self.run())));
        if over {
            self.stop();
        }
    }

    fn stop(self) {
        self.left.set(self.rest());
        self.since.set(None);
        self.timer.set_value(None);
        self.show();
    }

    fn toggle(self) {
        if self.since.get_untracked().is_some() {
            return self.stop();
        }
        self.since.set(Some(now()));
        self.run();
    }

    fn add(self, seconds: f64) {
        self.left.update(|left| *left = (*left + seconds).min(24.0 * 3_600.0));
        self.show();
    }

    fn reset(self, minutes: u16) {
        self.stop();
        self.left.set(f64::from(minutes) * 60.0);
        self.show();
    }
}

/// Minutes and seconds.
fn digits(seconds: u64) -> String {
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// The wall of one lab.
#[component]
pub fn Wall(ready: Arc<Ready>, name: String) -> impl IntoView {
    let (words, signs) = (words(), lab_signs());
    let (title, minutes, points) = (ready.lab.title.clone(), ready.lab.minutes, ready.lab.points());
    let facts = message!("{minutes}분 · {points}점", "{minutes} min · {points} points");
    let clock = Clock::of(minutes);
    on_cleanup(move || drop(clock.timer.try_set_value(None)));
    let link = lab_link(&name);
    let button = |id: &'static str, label: Text, act: fn(Clock, u16)| {
        view! { <button type="button" class="button" data-testid=id on:click=move |_| act(clock, minutes)>{tr(label)}</button> }
    };
    let start = move || {
        let text = match clock.since.get() {
            Some(_) => t("멈추기", "Pause"),
            None => t("시계 시작", "Start the clock"),
        };
        words.say(text)
    };
    // Printing does not fail.
    let print = move |_| drop(window().print());
    view! {
        <section class="lab-wall scroll" tabindex="0" data-testid="lab-wall" aria-labelledby="lab-wall-title">
            <header>
                <h3 id="lab-wall-title">{move || words.read(&title)}</h3>
                <p>{move || words.read(&facts)}</p>
            </header>
            <div class="lab-wall-task">
                {move || words.read(&ready.lab.story).split("\n\n").map(|part| view! { <p>{part.to_owned()}</p> }).collect_view()}
            </div>
            <aside>
                <p class="lab-wall-clock" class:over=move || clock.shown.get() == 0 role="timer" data-testid="wall-clock">{move || digits(clock.shown.get())}</p>
                <p class="lab-wall-over" role="status">{move || (clock.shown.get() == 0).then(|| words.say(t("시간이 다 됐어요", "Time is up")))}</p>
                {link.map(|link| view! {
                    {code(&link, true)}
                    <p class="lab-wall-link" data-testid="wall-link">{link}</p>
                })}
            </aside>
            <p class="lab-wall-name">{tr(t("이름이나 학번", "Name or number"))}</p>
            <footer class="lab-actions">
                <button type="button" class="button primary" data-testid="wall-start" disabled=move || clock.shown.get() == 0 on:click=move |_| clock.toggle()>{start}</button>
                {button("wall-more", t("5분 더", "5 minutes more"), |clock, _| clock.add(MORE))}
                {button("wall-reset", t("시계 처음으로", "Reset the clock"), Clock::reset)}
                <button type="button" class="button" data-testid="wall-print" on:click=print>{tr(t("인쇄", "Print"))}</button>
                <button type="button" class="button" data-testid="wall-close" on:click=move |_| signs.asked.set(Asked::One(name.clone()))>{tr(t("닫기", "Close"))}</button>
            </footer>
        </section>
    }
    .into_any()
}
