//! Labs beside the drawing: the course, the lab that is being done, its result.

mod author;
mod breaking;
mod check;
mod course;
mod listed;
mod map;
mod marking;
mod quiz;
mod result;
mod running;
mod wall;

pub use course::Course;
pub use running::Running;

use groundplan::text::t;
use leptos::prelude::*;

use super::later::later;
use crate::app::parts::LABS;
use crate::app::state::lab::lab_signs;
use crate::app::state::ui::{Dialog, ui};
use crate::app::words::tr;

/// The panel of the lab that is being done; without one, the way to them.
#[component]
pub fn LabPanel() -> impl IntoView {
    let (signs, ui) = (lab_signs(), ui());
    let content = move || {
        if signs.running.get() || signs.broken.get() {
            return later(&LABS, |labs| (labs.panel)());
        }
        view! {
            <div class="lab-none">
                <p class="hint">
                    {tr(t(
                        "실습에서는 과제를 읽고 그리면서 배워요. 그린 것이 실제로 동작하는지 바로 채점해요.",
                        "A lab gives you a task to draw, and marks at once whether what you drew works.",
                    ))}
                </p>
                <button class="button primary" data-testid="lab-choose" on:click=move |_| ui.ask(Dialog::Course)>
                    {tr(t("실습 고르기", "Choose a lab"))}
                </button>
            </div>
        }
        .into_any()
    };
    view! { <div class="lab scroll" data-testid="lab">{content}</div> }.into_any()
}
