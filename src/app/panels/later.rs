//! What stands in the place of a part until it is here.

use groundplan::text::t;
use leptos::prelude::*;

use crate::app::browser::reload;
use crate::app::parts::{DESK, FAILED, OUTDATED, Part, Stage};
use crate::app::words::tr;

/// What `show` makes of the part; until the part is here, that it is coming, or why not with a way to try again.
pub fn later<T: Sync>(part: &'static Part<T>, show: impl Fn(&'static T) -> AnyView + Send + 'static) -> AnyView {
    part.fetch();
    let view = move || match part.get() {
        Some(table) => show(table),
        None => waiting(part.stage(), Callback::new(move |()| part.fetch())),
    };
    view.into_any()
}

/// That a part is coming, or that it could not be loaded.
fn waiting(stage: Stage, again: Callback<()>) -> AnyView {
    let (why, act, called) = match stage {
        Stage::Failed => (FAILED, again, t("다시 시도", "Try again")),
        Stage::Outdated => (OUTDATED, Callback::new(|()| reload()), t("새로 고침", "Reload")),
        Stage::Absent | Stage::Coming | Stage::Here => {
            let coming = tr(t("불러오는 중이에요…", "Loading…"));
            return view! { <p class="later hint" role="status" data-testid="later-coming">{coming}</p> }.into_any();
        }
    };
    view! {
        <div class="later-failed" role="alert" data-testid="later-failed">
            <p class="hint">{tr(why)}</p>
            <button type="button" class="button small" data-testid="later-again" on:click=move |_| act.run(())>
                {tr(called)}
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
        stage => Some(waiting(stage, Callback::new(|()| DESK.fetch()))),
    };
    view! { <div class="later-canvas">{notice}</div> }.into_any()
}
