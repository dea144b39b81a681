//! Moves the packet of a trace along its hops: play, pause, faster, slower, to any hop. Where motion is not wanted it goes from hop to hop at once.

use groundplan::text::t;
use leptos::prelude::*;

use super::state::{Tracer, tracer};
use crate::app::browser::{Timer, window};
use crate::app::icons::glyphs::{Glyph, PAUSE, PLAY};
use crate::app::words::{tr, words};

/// Milliseconds from hop to hop at the usual speed, and how long the packet rests at one.
const PACE: u32 = 700;
const REST: u32 = 900;
/// The speeds, as percentages.
const SPEEDS: [u32; 4] = [100, 200, 400, 50];

/// What plays; `Copy`, part of the tracer.
#[derive(Clone, Copy)]
pub struct Player {
    /// Whether it goes on by itself.
    pub playing: RwSignal<bool>,
    speed: RwSignal<usize>,
    waiting: StoredValue<Option<Timer>, LocalStorage>,
    /// Where what happens later finds the page's state: a timer runs outside of every owner.
    owner: StoredValue<Owner, LocalStorage>,
}

impl Player {
    /// At rest.
    pub fn new() -> Self {
        Self {
            playing: RwSignal::new(false),
            speed: RwSignal::new(0),
            waiting: StoredValue::new_local(None),
            owner: StoredValue::new_local(Owner::current().unwrap_or_default()),
        }
    }

    fn percent(self) -> u32 {
        SPEEDS.get(self.speed.get()).copied().unwrap_or(100)
    }

    /// Milliseconds in which the packet is moved to the next hop; 0 where motion is not wanted. Tracks.
    pub fn pace(self) -> u32 {
        if moves() { PACE * 100 / self.percent() } else { 0 }
    }

    /// Stops playing.
    pub fn stop(self) {
        self.waiting.set_value(None);
        if self.playing.get_untracked() {
            self.playing.set(false);
        }
    }

    /// Calls `next` when the packet has rested at its hop.
    pub fn wait(self, next: impl FnOnce() + 'static) {
        let rest = (PACE + REST) * 100 / untrack(|| self.percent());
        let owner = self.owner.get_value();
        self.waiting.set_value(Some(Timer::after(rest, move || owner.with(next))));
    }
}

impl Tracer {
    /// Goes to where the packet ends.
    pub fn show_last(self) {
        self.player.stop();
        self.last_hop().into_iter().for_each(|last| self.show_hop(last));
    }

    /// Plays from the hop that is looked at, from the first where that is the last; or pauses.
    pub fn play(self, on: bool) {
        self.player.stop();
        let Some(last) = self.last_hop().filter(|_| on) else { return };
        if self.at.get_untracked() >= last {
            self.show_hop(0);
        }
        self.player.playing.set(true);
        self.go_on();
    }

    fn go_on(self) {
        self.player.wait(move || {
            let at = self.at.get_untracked();
            match self.last_hop().filter(|last| at < *last && self.player.playing.get_untracked()) {
                Some(_) => {
                    self.show_hop(at + 1);
                    self.go_on();
                }
                None => self.player.playing.set(false),
            }
        });
    }

    /// The last hop that the packet comes to: where it dies, if it does.
    fn last_hop(self) -> Option<usize> {
        let found = self.found.get_untracked();
        let Some(Ok(answer)) = found.as_deref() else { return None };
        let dead = answer.ways.iter().flat_map(|way| &way.hops).find(|hop| !hop.passed).map(|hop| hop.at);
        dead.or_else(|| answer.len().checked_sub(1))
    }
}

/// Whether motion is wanted.
fn moves() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    !query.is_some_and(|query| query.matches())
}

/// The buttons that move the packet.
#[component]
pub fn Controls(total: Signal<usize>) -> impl IntoView {
    let (tracer, words) = (tracer(), words());
    let player = tracer.player;
    let label = move || if player.playing.get() { t("멈추기", "Pause") } else { t("재생", "Play") };
    let speed = move || format!("{}×", f64::from(player.percent()) / 100.0);
    view! {
        <div class="tracer-player" hidden=move || total.get() < 2>
            <button class="icon-button small" data-testid="packet-play" title=move || words.say(label())
                aria-pressed=move || player.playing.get().to_string()
                on:click=move |_| tracer.play(!player.playing.get_untracked())>
                {move || view! { <Glyph path=if player.playing.get() { PAUSE } else { PLAY }/> }}
                <span class="visually-hidden">{move || words.say(label())}</span>
            </button>
            <input type="range" class="tracer-scrub" data-testid="packet-scrub" min="0" step="1"
                max=move || total.get().saturating_sub(1).to_string()
                prop:value=move || tracer.at.get().to_string()
                aria-label=tr(t("패킷의 자리", "Where the packet is"))
                aria-valuetext=move || format!("{} / {}", tracer.at.get() + 1, total.get())
                on:input:target=move |event| {
                    player.stop();
                    event.target().value().parse().into_iter().for_each(|at| tracer.show_hop(at));
                }/>
            <button class="button small" data-testid="packet-speed" title=tr(t("속도", "Speed"))
                on:click=move |_| player.speed.update(|speed| *speed = (*speed + 1) % SPEEDS.len())>
                <span class="visually-hidden">{tr(t("속도", "Speed"))}</span>
                {speed}
            </button>
        </div>
    }
    .into_any()
}
