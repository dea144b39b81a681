//! A tour in five steps, which can be left at any: each says what a part of the page is for, and marks the part.

use groundplan::text::{Text, t};
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::Element;

use crate::app::browser::document;
use crate::app::state::ui::ui;
use crate::app::words::{tr, words};

/// A part of the page, what it is called, and what one does there.
struct Stop {
    part: &'static str,
    title: Text,
    text: Text,
}

const STOPS: [Stop; 5] = [
    Stop {
        part: ".region.left",
        title: t("여기서 골라요", "Choose here"),
        text: t(
            "리소스를 캔버스로 끌어다 놓거나, 찾아서 Enter를 누르세요. 개요 탭은 그린 것을 나무로 보여 줘요.",
            "Drag a resource onto the canvas, or search and press Enter. The outline shows what is drawn as a tree.",
        ),
    },
    Stop {
        part: "#canvas",
        title: t("여기에 그려요", "Draw here"),
        text: t(
            "놓을 수 없는 곳은 놓기 전에 까닭을 말해요. 고른 것 옆의 화살표를 끌면 연결돼요. 오른쪽 클릭은 할 수 있는 일을 보여 줘요.",
            "Where something may not go, the reason is said before you let go. Drag the arrow beside what is selected to connect it. A right click lists what can be done.",
        ),
    },
    Stop {
        part: ".region.right",
        title: t("속성을 바꿔요", "Change its properties"),
        text: t(
            "고른 리소스의 모든 속성이에요. 잘못되면 그 자리에서 알려 줘요.",
            "All properties of what is selected. What is wrong is said where it is.",
        ),
    },
    Stop {
        part: ".status",
        title: t("문제를 봐요", "See what is wrong"),
        text: t(
            "그리는 동안 규칙이 살펴봐요. 문제를 누르면 왜 그런지와 고치는 방법이 나와요. 저장은 저절로 돼요.",
            "Rules look on as you draw. Press the problems to read why and how to mend them. Everything is saved by itself.",
        ),
    },
    Stop {
        part: "[data-testid=status-tracer]",
        title: t("패킷을 따라가요", "Follow a packet"),
        text: t(
            "두 리소스 사이가 통하는지, 어디에서 막히는지 한 걸음씩 보여 줘요. 다 되면 내보내기로 CloudFormation 템플릿을 얻어요.",
            "See step by step whether one thing reaches another and what stops it. When all is well, Export gives you CloudFormation.",
        ),
    },
];

/// The card of the tour, while there is one.
#[component]
pub fn Tour() -> impl IntoView {
    let (ui, words) = (ui(), words());
    let card = NodeRef::<Div>::new();
    // Marks the part of the step and no other.
    Effect::new(move |before: Option<Option<Element>>| {
        let part = ui
            .tour
            .get()
            .and_then(|at| STOPS.get(at))
            .and_then(|stop| document().query_selector(stop.part).ok().flatten());
        // An attribute with a fixed name is never refused.
        before.flatten().into_iter().for_each(|old| drop(old.remove_attribute("data-tour")));
        part.iter().for_each(|part| drop(part.set_attribute("data-tour", "")));
        if part.is_some()
            && let Some(card) = card.get()
        {
            // Focusing an element that is on the page does not fail.
            card.focus().ok();
        }
        part
    });
    let at = move || ui.tour.get().unwrap_or_default().min(STOPS.len() - 1);
    let last = move || at() + 1 == STOPS.len();
    let said = move |of: fn(&Stop) -> Text| STOPS.get(at()).map(|stop| words.say(of(stop)));
    let keydown = move |event: leptos::ev::KeyboardEvent| {
        let go = match event.key().as_str() {
            "Escape" => None,
            "ArrowRight" => Some(at() + 1),
            "ArrowLeft" => Some(at().saturating_sub(1)),
            _ => return,
        };
        ui.tour.set(go.filter(|at| *at < STOPS.len()));
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <Show when=move || ui.tour.get().is_some()>
            <div node_ref=card class="tour" role="dialog" aria-labelledby="tour-title" tabindex="-1" data-testid="tour" on:keydown=keydown>
                <p class="faint">{move || format!("{} / {}", at() + 1, STOPS.len())}</p>
                <h2 id="tour-title">{move || said(|stop| stop.title)}</h2>
                <p>{move || said(|stop| stop.text)}</p>
                <div class="tour-acts">
                    <button type="button" class="button small" data-testid="tour-skip" on:click=move |_| ui.tour.set(None)>
                        {tr(t("건너뛰기", "Skip"))}
                    </button>
                    <button type="button" class="button small" data-testid="tour-back" hidden=move || at() == 0 on:click=move |_| ui.tour.set(Some(at().saturating_sub(1)))>
                        {tr(t("이전", "Back"))}
                    </button>
                    <button type="button" class="button small primary" data-testid="tour-next" on:click=move |_| ui.tour.set((!last()).then(|| at() + 1))>
                        {move || words.say(if last() { t("끝", "Done") } else { t("다음", "Next") })}
                    </button>
                </div>
            </div>
        </Show>
    }
    .into_any()
}
