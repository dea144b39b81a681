//! The way of a packet for a projector: the drawing as large as it gets, one sentence a hop, and keys to go on.

use groundplan::text::{Message, t};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::answer::Answer;
use super::ends::suggestions;
use super::result::verdict_of;
use super::state::{Tracer, tracer};
use crate::app::browser::{Listener, document};
use crate::app::icons::glyphs::{CLOSE, Glyph, LEFT, PAUSE, PLAY, RIGHT};
use crate::app::state::store::store;
use crate::app::state::ui::{Theme, ui};
use crate::app::words::{tr, words};

impl Tracer {
    /// Begins at the first hop of what was asked, or of what is worth asking first.
    fn begin_to_present(self) {
        if !self.found.with_untracked(|found| matches!(found.as_deref(), Some(Ok(_)))) {
            let first = untrack(|| {
                store().derived(|derived| suggestions(derived.design(), derived.network()).into_iter().next())
            });
            if let Some((_, asked)) = first {
                self.ask_for(asked);
            }
        }
        self.show_hop(0);
    }
}

/// What a key means to whoever presents; the keys of a presenter's remote are among them.
fn pressed(event: &KeyboardEvent, tracer: Tracer, leave: impl Fn()) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    match event.key().as_str() {
        "ArrowRight" | "ArrowDown" | "PageDown" => tracer.step(true),
        "ArrowLeft" | "ArrowUp" | "PageUp" => tracer.step(false),
        "Home" => tracer.show_hop(0),
        "End" => tracer.show_last(),
        " " => tracer.play(!tracer.player.playing.get_untracked()),
        "Escape" | "F5" => leave(),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// The bar below the drawing.
#[component]
pub fn Present() -> impl IntoView {
    let (tracer, ui, words) = (tracer(), ui(), words());
    let leave = move || {
        tracer.player.stop();
        ui.presenting.set(false);
    };
    tracer.begin_to_present();
    let owner = Owner::current().unwrap_or_default();
    // Buttons keep their own keys: Space and Enter press them.
    let listener = Listener::first(&document(), "keydown", move |event: KeyboardEvent| {
        let on_button = event.target().is_some_and(|target| {
            use web_sys::wasm_bindgen::JsCast;
            target.dyn_ref::<web_sys::Element>().is_some_and(|element| element.tag_name() == "BUTTON")
        });
        if !(on_button && event.key() == " ") {
            owner.with(|| pressed(&event, tracer, leave));
        }
    });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || {
        listener.try_update_value(Option::take);
    });
    let of = move |say: fn(&Answer, usize) -> Message| {
        let found = tracer.found.get();
        match found.as_deref() {
            Some(Ok(answer)) => words.read(&say(answer, tracer.at.get())),
            Some(Err(why)) => words.read(why),
            None => words.say(t("추적할 것이 없어요.", "There is nothing to trace.")).to_owned(),
        }
    };
    let sentence = move || of(|answer, at| answer.hop(at).map(|(_, hop)| hop.sentence()).unwrap_or_default());
    let header = move || {
        of(|answer, at| {
            let Some((_, hop)) = answer.hop(at) else { return Message::default() };
            let (before, after) = (hop.before.line(), hop.after.line());
            if hop.before == hop.after {
                return before;
            }
            Message { ko: format!("{}  ⇒  {}", before.ko, after.ko), en: format!("{}  ⇒  {}", before.en, after.en) }
        })
    };
    let about = move || of(|answer, _| answer.about.clone());
    let verdict = move || of(|answer, _| verdict_of(answer).into());
    let blocked = move || {
        let found = tracer.found.get();
        matches!(found.as_deref(), Some(Ok(answer)) if answer.hop(tracer.at.get()).is_some_and(|(_, hop)| !hop.passed))
    };
    let total =
        move || tracer.found.with(|found| matches!(found.as_deref(), Some(Ok(_))).then(|| count(found.as_deref())));
    let place = move || total().map_or_else(String::new, |total| format!("{} / {total}", tracer.at.get() + 1));
    let playing = tracer.player.playing;
    view! {
        <section class="presenting" data-testid="presenting" aria-label=tr(t("발표", "Presentation"))>
            <p class="presenting-about"><b data-testid="presenting-verdict">{verdict}</b>" "{about}</p>
            <p class="presenting-sentence" class:bad=blocked role="status" data-testid="presenting-sentence">{sentence}</p>
            <p class="presenting-header" data-testid="presenting-header">{header}</p>
            <div class="presenting-keys">
                <Key id="present-back" label=t("이전 단계로", "One hop back") path=LEFT act=move || tracer.step(false)/>
                <span data-testid="presenting-place">{place}</span>
                <Key id="present-forward" label=t("다음 단계로", "One hop on") path=RIGHT act=move || tracer.step(true)/>
                {move || {
                    let (label, path) = if playing.get() { (t("멈추기", "Pause"), PAUSE) } else { (t("재생", "Play"), PLAY) };
                    view! { <Key id="present-play" label path act=move || tracer.play(!playing.get_untracked())/> }
                }}
                <button class="button" data-testid="present-theme" on:click=move |_| {
                    let dark = ui.theme.get_untracked() == Theme::Dark;
                    ui.set_theme(if dark { Theme::Light } else { Theme::Dark });
                }>{tr(t("밝게/어둡게", "Light/dark"))}</button>
                <Key id="present-leave" label=t("발표 끝내기", "Leave the presentation") path=CLOSE act=leave/>
            </div>
        </section>
    }
    .into_any()
}

fn count(found: Option<&Result<Answer, Message>>) -> usize {
    found.and_then(|found| found.as_ref().ok()).map_or(0, Answer::len)
}

#[component]
fn Key(
    id: &'static str,
    label: groundplan::text::Text,
    path: &'static str,
    act: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    view! {
        <button class="icon-button" data-testid=id title=tr(label) on:click=move |_| act()>
            <Glyph path/>
            <span class="visually-hidden">{tr(label)}</span>
        </button>
    }
    .into_any()
}
