//! The dialog over the page: shortcuts, about, questions, lists to pick from, names, refused files.

use std::rc::Rc;

use groundplan::command::{Command, Group};
use groundplan::design::Edit;
use groundplan::id::NodeId;
use groundplan::text::{Message, Text, t};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;

use super::context::ContextMenu;
use super::designs::Designs;
use super::gallery::Gallery;
use super::import;
use super::later::later;
use super::merge::Merge;
use super::picker::Picker;
use super::versions::{KeepVersion, Version};
use super::vpc_plan::VpcDialog;
use crate::app::browser::{files, is_apple};
use crate::app::icons::glyphs::{CLOSE, Glyph};
use crate::app::parts::{FORMS, LABS, STUDIES};
use crate::app::state::store::store;
use crate::app::state::ui::{Dialog, ui};
use crate::app::words::{tr, words};

/// What the pointer does on the canvas, beside what one expects of it.
const GESTURES: [(Text, Text); 9] = [
    (t("화면 옮기기", "Pan"), t("Space + 끌기, 가운데 버튼", "Space + drag, middle button")),
    (t("고른 것이 없을 때 화면 옮기기", "Pan with nothing selected"), t("화살표", "Arrows")),
    (t("확대·축소", "Zoom"), t("Ctrl + 휠", "Ctrl + wheel")),
    (t("여러 개 선택", "Select several"), t("Shift 또는 Ctrl + 클릭", "Shift or Ctrl + click")),
    (t("가로나 세로로만 옮기기", "Move along one axis"), t("Shift + 끌기", "Shift + drag")),
    (t("연결을 다른 리소스로", "Lead a connection elsewhere"), t("선의 끝 끌기", "Drag the end of a line")),
    (t("메뉴 열기", "Open the menu"), t("오른쪽 클릭, Shift+F10, 길게 누르기", "Right click, Shift+F10, long press")),
    (t("복제하며 옮기기", "Drag a copy"), t("Alt + 끌기", "Alt + drag")),
    (t("맞춤 없이 옮기기", "Move without snapping"), t("Ctrl + 끌기", "Ctrl + drag")),
];

/// The one dialog there can be.
#[component]
pub fn Dialogs() -> impl IntoView {
    let ui = ui();
    let shown = move || {
        let dialog = ui.dialog.get()?;
        Some(match FORMS.get() {
            Some(forms) => (forms.dialog)(dialog),
            None => view! { <Coming title=title(&dialog)/> }.into_any(),
        })
    };
    view! { {shown} }.into_any()
}

/// In the place of a dialog whose part of the page is not here yet.
#[component]
fn Coming(title: Message) -> impl IntoView {
    let (ui, words) = (ui(), words());
    let element = NodeRef::<html::Dialog>::new();
    element.on_load(|dialog| open(&dialog));
    view! {
        <dialog node_ref=element class="dialog narrow" aria-labelledby="dialog-title" on:close=move |_| ui.close()>
            <div class="dialog-inside">
                <header><h2 id="dialog-title">{move || words.read(&title)}</h2></header>
                {later(&FORMS, |_| ().into_any())}
            </div>
        </dialog>
    }
    .into_any()
}

/// The browser's own modal keeps the focus inside, makes the page behind inert and gives the focus back.
fn open(dialog: &web_sys::HtmlDialogElement) {
    // Only one that is open already is refused.
    dialog.show_modal().ok();
    // One that takes the place of another gets no focus from the browser.
    let first = dialog.query_selector("[autofocus]").ok().flatten();
    first.and_then(|first| first.dyn_into::<web_sys::HtmlElement>().ok()).map(|first| first.focus());
}

/// A dialog with its frame.
#[component]
pub fn Modal(dialog: Dialog) -> impl IntoView {
    let (ui, words) = (ui(), words());
    let element = NodeRef::<html::Dialog>::new();
    element.on_load(|dialog| open(&dialog));
    let title = title(&dialog);
    let wide = matches!(
        dialog,
        Dialog::Deploy
            | Dialog::Share
            | Dialog::Course
            | Dialog::Vpc
            | Dialog::Gallery
            | Dialog::Designs
            | Dialog::Merge { .. }
    );
    let narrow = matches!(dialog, Dialog::Confirm { .. } | Dialog::Rename(_) | Dialog::KeepVersion);
    let at = match dialog {
        Dialog::Menu { at, .. } => at,
        _ => None,
    };
    let pixels = |of: fn((i32, i32)) -> i32| at.map(|at| format!("{}px", of(at)));
    // A press on the backdrop has the dialog itself as its target.
    let outside = move |event: leptos::ev::PointerEvent| {
        if event.target() == event.current_target() {
            ui.close();
        }
    };
    view! {
        <dialog
            node_ref=element
            class="dialog"
            class:narrow=narrow
            class:wide=wide
            class:popup=at.is_some()
            style:--x=pixels(|at| at.0)
            style:--y=pixels(|at| at.1)
            aria-labelledby="dialog-title"
            data-testid="dialog"
            on:close=move |_| ui.close()
            on:pointerdown=outside
        >
            <div class="dialog-inside">
                <header>
                    <h2 id="dialog-title">{move || words.read(&title)}</h2>
                    <button class="icon-button" data-testid="dialog-close" title=tr(t("닫기", "Close")) on:click=move |_| ui.close()>
                        <Glyph path=CLOSE/>
                        <span class="visually-hidden">{tr(t("닫기", "Close"))}</span>
                    </button>
                </header>
                {body(dialog)}
            </div>
        </dialog>
    }
    .into_any()
}

fn title(dialog: &Dialog) -> Message {
    match dialog {
        Dialog::Shortcuts => t("단축키", "Keyboard shortcuts").into(),
        Dialog::About => t("Groundplan 정보", "About Groundplan").into(),
        Dialog::Confirm { title, .. } => (*title).into(),
        Dialog::Pick { title, .. } | Dialog::Menu { title, .. } => title.clone(),
        Dialog::Rename(_) => t("이름 바꾸기", "Rename").into(),
        Dialog::Vpc => t("VPC 등 만들기", "Create a VPC and more").into(),
        Dialog::Gallery => t("예제에서 시작하기", "Begin with an example").into(),
        Dialog::Designs => t("내 설계", "My designs").into(),
        Dialog::Merge { .. } => t("붙여 넣은 설계", "What was pasted").into(),
        Dialog::Deploy => t("배포하기", "Deploy").into(),
        Dialog::Share => t("공유하기", "Share").into(),
        Dialog::Account => t("AWS 계정 가져오기", "Import an AWS account").into(),
        Dialog::Notes => t("가져온 것과 다른 점", "What was read otherwise").into(),
        Dialog::Course => t("실습", "Labs").into(),
        Dialog::KeepVersion => t("지금 설계를 저장본으로 남기기", "Keep this version").into(),
        Dialog::Version { title, .. } => title.clone(),
        Dialog::Damaged { name, .. } => {
            Message::new(&format!("{}을(를) 열지 못했어요", name.ko), format!("{} could not be opened", name.en))
        }
    }
}

fn body(dialog: Dialog) -> AnyView {
    match dialog {
        Dialog::Shortcuts => view! { <Shortcuts/> }.into_any(),
        Dialog::About => view! { <About/> }.into_any(),
        Dialog::Confirm { body, yes, then, .. } => view! { <Confirm body yes then/> }.into_any(),
        Dialog::Pick { picks, .. } => view! { <Picker picks/> }.into_any(),
        Dialog::Menu { groups, .. } => view! { <ContextMenu groups/> }.into_any(),
        Dialog::Rename(id) => view! { <Rename id/> }.into_any(),
        Dialog::Vpc => view! { <VpcDialog/> }.into_any(),
        Dialog::Gallery => view! { <Gallery/> }.into_any(),
        Dialog::Designs => view! { <Designs/> }.into_any(),
        Dialog::Merge { design, notes, at, into } => view! { <Merge design notes at into/> }.into_any(),
        Dialog::Deploy => later(&STUDIES, |studies| (studies.deploy)()),
        Dialog::Share => later(&STUDIES, |studies| (studies.share)()),
        Dialog::Account => view! { <import::Account/> }.into_any(),
        Dialog::Notes => view! { <import::Notes/> }.into_any(),
        Dialog::Course => later(&LABS, |labs| (labs.course)()),
        Dialog::KeepVersion => view! { <KeepVersion/> }.into_any(),
        Dialog::Version { design, restore, .. } => view! { <Version design restore/> }.into_any(),
        Dialog::Damaged { name, why, text } => view! { <Damaged name why text/> }.into_any(),
    }
}

#[component]
fn Shortcuts() -> impl IntoView {
    let words = words();
    let row = move |command: Command| {
        let spec = command.spec();
        let keys = spec.keys.iter().map(|keys| view! { <kbd>{keys.label(is_apple())}</kbd> }).collect_view();
        view! { <div class="shortcut"><dt>{move || words.say(spec.text)}</dt><dd>{keys}</dd></div> }
    };
    let group = move |group: Group| {
        let listed = Command::ALL.iter().copied().filter(|c| c.spec().group == group && !c.spec().keys.is_empty());
        view! {
            <section>
                <h3>{tr(group.label())}</h3>
                <dl>{listed.map(row).collect_view()}</dl>
            </section>
        }
    };
    let gesture = move |(what, keys): (Text, Text)| {
        view! { <div class="shortcut"><dt>{tr(what)}</dt><dd><kbd>{tr(keys)}</kbd></dd></div> }
    };
    view! {
        <div class="shortcuts scroll" tabindex="0">
            {Group::ALL.map(group).into_iter().collect_view()}
            <section>
                <h3>{tr(t("마우스", "Mouse"))}</h3>
                <dl>{GESTURES.map(gesture).into_iter().collect_view()}</dl>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn About() -> impl IntoView {
    let words = words();
    let lines = [
        t(
            "AWS 네트워크를 그리고, 동작하는지 배우고, 배포할 수 있는 CloudFormation 템플릿을 얻는 도구예요.",
            "Draw an AWS network, learn whether it works, and leave with CloudFormation that deploys.",
        ),
        t(
            "Amazon Web Services와 관련이 없고, AWS의 보증이나 후원을 받지 않았어요. AWS와 서비스 이름은 각 소유자의 상표예요.",
            "Not affiliated with, endorsed or sponsored by Amazon Web Services. AWS and its service names are trademarks of their owners.",
        ),
        t(
            "그린 것은 이 브라우저에만 저장돼요. 어디에도 보내지 않아요.",
            "What you draw is kept in this browser alone and sent nowhere.",
        ),
        t("Apache License 2.0으로 공개한 소프트웨어예요.", "Open software under the Apache License 2.0."),
    ];
    let version = concat!("Groundplan ", env!("CARGO_PKG_VERSION"));
    view! {
        <div class="prose">
            {lines.map(|line| view! { <p>{move || words.say(line)}</p> }).into_iter().collect_view()}
            <p class="faint">{version}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Confirm(body: Text, yes: Text, then: Rc<dyn Fn()>) -> impl IntoView {
    let ui = ui();
    let then = StoredValue::new_local(then);
    let agree = move |_| {
        let then = then.get_value();
        ui.close();
        then();
    };
    view! {
        <p class="prose">{tr(body)}</p>
        <footer>
            <button class="button" on:click=move |_| ui.close()>{tr(t("취소", "Cancel"))}</button>
            <button class="button primary" data-testid="confirm-yes" autofocus on:click=agree>{tr(yes)}</button>
        </footer>
    }
    .into_any()
}

#[component]
fn Rename(id: NodeId) -> impl IntoView {
    let (store, ui, words) = (store(), ui(), words());
    let error = RwSignal::new(None::<Message>);
    let name = RwSignal::new(store.name(id));
    let commit = move |event: SubmitEvent| {
        event.prevent_default();
        match store.edit(&[Edit::Rename { id, name: name.get_untracked().trim().to_owned() }]) {
            Ok(_) => ui.close(),
            Err(refusal) => error.set(Some(refusal.why)),
        }
    };
    // Enter that ends the composition of a letter is not yet a commit.
    let keydown = |event: KeyboardEvent| {
        if event.is_composing() && event.key() == "Enter" {
            event.prevent_default();
        }
    };
    view! {
        <form on:submit=commit>
            <input
                class="field"
                class:invalid=move || error.with(Option::is_some)
                data-testid="rename-input"
                autofocus
                aria-labelledby="dialog-title"
                aria-describedby="rename-error"
                aria-invalid=move || error.with(Option::is_some).to_string()
                prop:value=name
                on:input:target=move |event| name.set(event.target().value())
                on:focus:target=|event| event.target().select()
                on:keydown=keydown
            />
            <p class="field-error" id="rename-error" role="alert">{move || error.get().map(|why| words.read(&why))}</p>
            <footer>
                <button type="button" class="button" on:click=move |_| ui.close()>{tr(t("취소", "Cancel"))}</button>
                <button class="button primary">{tr(t("바꾸기", "Rename"))}</button>
            </footer>
        </form>
    }
    .into_any()
}

#[component]
fn Damaged(name: Message, why: Message, text: Option<Rc<str>>) -> impl IntoView {
    let (ui, words) = (ui(), words());
    let keep = text.map(|text| {
        let text = StoredValue::new_local(text);
        let download =
            move |_| text.with_value(|text| files::download(&format!("{}.txt", name.en), "text/plain", text));
        view! {
            <button class="button" data-testid="damaged-download" on:click=download>
                {tr(t("원본 그대로 내려받기", "Download it as it is"))}
            </button>
        }
    });
    view! {
        <div class="prose" role="alert">
            <p>{move || words.read(&why)}</p>
            <p class="faint">{tr(t("원본은 그대로 두었고, 아무것도 덮어쓰지 않았어요.", "The original is untouched: nothing was overwritten."))}</p>
        </div>
        <footer>
            {keep}
            <button class="button primary" autofocus on:click=move |_| ui.close()>{tr(t("확인", "OK"))}</button>
        </footer>
    }
    .into_any()
}
