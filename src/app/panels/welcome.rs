//! What an empty canvas offers: samples to begin with, and how to begin without one.

use groundplan::command::Command;
use groundplan::samples::{self, Sample};
use groundplan::text::t;
use leptos::prelude::*;

use crate::app::actions::autosave::autosave;
use crate::app::actions::{commands, placing};
use crate::app::parts::{DESK, Stage};
use crate::app::state::store::store;
use crate::app::words::{tr, words};

#[component]
pub fn Welcome() -> impl IntoView {
    let (store, reopening) = (store(), autosave().reopening);
    // What is in hand is put down on the canvas, whatever of this lies above it.
    let aside = move || placing::picked(store).is_some();
    // A canvas that could not be loaded says so in this place.
    let canvas_failed = move || DESK.stage() == Stage::Failed;
    view! {
        <Show when=move || store.count.get() == 0 && !reopening.get() && !canvas_failed()>
            <div class="welcome" class:aside=aside data-testid="welcome">
                <h2>{tr(t("AWS 네트워크를 그려 보세요", "Draw an AWS network"))}</h2>
                <p>
                    {tr(t(
                        "리소스를 여기로 끌어다 놓으면 시작돼요. 서브넷은 VPC 안에, 인스턴스는 서브넷 안에 두세요.",
                        "Drag a resource here to begin. Subnets go into a VPC, instances into a subnet.",
                    ))}
                </p>
                <button class="button primary" data-testid="welcome-labs" on:click=|_| commands::run(Command::Labs)>
                    {tr(t("실습으로 배우기", "Learn with labs"))}
                </button>
                <div class="welcome-acts">
                <button class="button" data-testid="welcome-vpc" on:click=|_| commands::run(Command::VpcAndMore)>
                    {tr(t("VPC 등 만들기", "Create a VPC and more"))}
                </button>
                <button class="button" data-testid="welcome-tour" on:click=|_| commands::run(Command::Tour)>
                    {tr(t("둘러보기", "Take a tour"))}
                </button>
                <button class="button" data-testid="welcome-designs" on:click=|_| commands::run(Command::Designs)>
                    {tr(t("내 설계", "My designs"))}
                </button>
                <button class="button" data-testid="welcome-gallery" on:click=|_| commands::run(Command::Gallery)>
                    {tr(t("그림으로 고르기", "Choose by picture"))}
                </button>
                </div>
                <p class="welcome-or">{tr(t("완성된 예제에서 시작할 수도 있어요", "Or begin with a finished example"))}</p>
                <div class="samples">
                    {samples::list().iter().map(|sample| view! { <Card sample/> }).collect_view()}
                </div>
            </div>
        </Show>
    }
    .into_any()
}

#[component]
fn Card(sample: &'static Sample) -> impl IntoView {
    let words = words();
    view! {
        <button class="card" data-testid=format!("sample-{}", sample.id) on:click=move |_| DESK.with(move |desk| (desk.sample)(sample))>
            <b>{move || words.say(sample.title)}</b>
            <span>{move || words.say(sample.description)}</span>
        </button>
    }
    .into_any()
}
