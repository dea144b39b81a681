//! What stands in the place of a part until it is here.

use groundplan::text::{Text, t};
use leptos::prelude::*;

use super::{DESK, Part, Stage};
use crate::app::words::tr;

/// What is said where a part cannot be loaded.
pub const FAILED: Text = t(
    "이 부분을 불러오지 못했어요. 네트워크 연결을 확인하고 다시 시도하거나 페이지를 새로 고쳐 주세요. 그린 것은 그대로 있어요.",
    "This part could not be loaded. Check the network and try again, or reload the page. What you drew is still there.",
);

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
