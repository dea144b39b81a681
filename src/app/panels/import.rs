//! The dialogs about files that come in: what of them was not read, and how an AWS account is collected.

use groundplan::cloudformation;
use groundplan::text::t;
use leptos::prelude::*;

use crate::app::actions::clipboard::copy_text;
use crate::app::actions::documents::instead;
use crate::app::browser::files;
use crate::app::parts::DESK;
use crate::app::state::store::store;
use crate::app::state::ui::ui;
use crate::app::words::{tr, words};

/// What was read otherwise than it stood there, numbered.
#[component]
pub fn Notes() -> impl IntoView {
    let (ui, words, notes) = (ui(), words(), store().notes);
    let rows = move || {
        let lang = words.lang();
        notes.with(|notes| notes.iter().map(|note| view! { <li>{note.get(lang).to_owned()}</li> }).collect_view())
    };
    view! {
        <div class="prose notes scroll" tabindex="0" data-testid="notes">
            <p>
                {tr(t(
                    "읽을 수 있는 것은 모두 그렸어요. 아래는 읽지 못했거나 다르게 그린 것이에요.",
                    "Everything that could be read is drawn. These were not read, or are drawn otherwise than they are.",
                ))}
            </p>
            <ol>{rows}</ol>
            <p class="faint">
                {tr(t(
                    "이 목록은 파일 메뉴와 문제 패널에서 다시 볼 수 있어요.",
                    "The File menu and the problems panel show this list again.",
                ))}
            </p>
        </div>
        <footer>
            <button class="button primary" autofocus on:click=move |_| ui.close()>{tr(t("확인", "OK"))}</button>
        </footer>
    }
    .into_any()
}

/// How an account is collected and opened.
#[component]
pub fn Account() -> impl IntoView {
    let ui = ui();
    let choose = move |folder: bool| {
        move |_| {
            ui.close();
            instead(move || {
                files::choose(".json,application/json", folder, move |chosen| {
                    DESK.with(move |desk| (desk.open)(chosen));
                });
            });
        }
    };
    view! {
        <div class="prose account" data-testid="account">
            <p>
                {tr(t(
                    "이미 있는 AWS 네트워크를 그려서 검사해요. 자격 증명은 묻지 않아요. 명령은 읽기만 하고, 결과 파일은 이 브라우저 밖으로 나가지 않아요.",
                    "Draws and checks a network that exists in AWS. No credentials are asked for: the command only reads, and its file never leaves this browser.",
                ))}
            </p>
            <ol>
                <li>
                    <p>{tr(t("AWS 콘솔에서 리전을 고르고 CloudShell을 열어서 이 명령을 붙여 넣으세요.", "In the AWS console choose the region, open CloudShell and paste this command."))}</p>
                    <Command text=cloudformation::COLLECT/>
                </li>
                <li>{tr(t("CloudShell의 작업 메뉴에서 ‘파일 다운로드’를 골라 groundplan.json을 내려받으세요.", "In CloudShell's Actions menu choose Download file and fetch groundplan.json."))}</li>
                <li>{tr(t("그 파일을 이 페이지에 끌어다 놓거나, 여기서 고르세요. describe 명령의 출력을 여러 파일로 모아 두었다면 한꺼번에, 또는 폴더째 놓아도 돼요.", "Drop that file on this page or choose it here. Output of describe commands in several files can be dropped or chosen together, or as a folder."))}</li>
            </ol>
        </div>
        <footer>
            <button class="button" data-testid="account-folder" on:click=choose(true)>{tr(t("폴더 고르기", "Choose a folder"))}</button>
            <button class="button primary" data-testid="account-files" on:click=choose(false)>{tr(t("파일 고르기", "Choose files"))}</button>
        </footer>
    }
    .into_any()
}

/// A command to paste elsewhere, with a button that copies it.
#[component]
pub fn Command(#[prop(into)] text: String) -> impl IntoView {
    let shown = text.clone();
    view! {
        <div class="command">
            <pre class="scroll" tabindex="0" role="region" aria-label=tr(t("명령", "Command")) data-testid="command">{shown}</pre>
            <button type="button" class="button small" data-testid="command-copy" on:click=move |_| copy_text(text.clone(), t("명령을 복사했어요", "Command copied"))>{tr(t("복사", "Copy"))}</button>
        </div>
    }
    .into_any()
}
