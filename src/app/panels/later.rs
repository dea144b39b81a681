//! What stands in the place of a part until it is here.

use groundplan::text::t;
use leptos::prelude::*;

use crate::app::parts::{DESK, FAILED, Part, Stage};
use crate::app::words::tr;

/// What `show` makes of the part; until the part is here, that it is coming, or why not with a way to try again.
pub fn later<T: Sync>(part: &'static Part<T>, show: impl Fn(&'static T) -> AnyView + Send + 'static) -> AnyView {
    part.fetch();
    let view = move || match part.get() {
        Some(table) => show(table),
        None => waiting(part.stage() == Stage::Failed, Callback::new(move |()| part.fetch())),
    };
    view.into_any()
}

/// That a part is coming, or that it could not be loaded.
fn waiting(failed: bool, again: Callback<()>) -> AnyView {
    if !failed {
        let coming = tr(t("불러오는 중이에요…", "Loading…"));
        return view! { <p class="later hint" role="status" data-testid="later-coming">{coming}</p> }.into_any();
    }
    view! {
        <div class="later-failed" role="alert" data-testid="later-failed">
            <p class="hint">{tr(FAILED)}</p>
            <button type="button" class="button small" data-testid="later-again" on:click=move |_| again.run(())>
                {tr(t("다시 시도", "Try again"))}
            </button>
        </div>
    }
    .into_any()
}

/// What stands over the canvas until its part is here: nothing before anyone needs it.
#[component]
pub fn Notice() -> impl IntoView {
    let notice = move || match DESK.stage() {
        Stage::Absent | Stage::Here => None,
        stage => Some(waiting(stage == Stage::Failed, Callback::new(|()| DESK.fetch()))),
    };
    view! { <div class="later-canvas">{notice}</div> }.into_any()
}
