//! The bar at the top: the document, tools, undo, zoom, language, theme, export.

use groundplan::command::Command;
use groundplan::interact::Tool;
use groundplan::text::{Lang, Text, t};
use leptos::prelude::*;

use super::menu::{Item, Menu};
use crate::app::actions::commands::{run, shortcut, state};
use crate::app::icons::glyphs::{self, Glyph};
use crate::app::parts::DESK;
use crate::app::state::store::store;
use crate::app::state::ui::{Dialog, Theme, ui};
use crate::app::words::{tr, words};

#[component]
pub fn Toolbar() -> impl IntoView {
    view! {
        <header class="toolbar">
            <div class="bar-part">
                <span class="brand">
                    <svg viewBox="0 0 24 24" aria-hidden="true">
                        <path d="M3 3H21V21H3Z M3 10H12V21 M12 10V15H21"></path>
                    </svg>
                    <span class="label">"Groundplan"</span>
                </span>
                <FileMenu/>
                <Title/>
            </div>
            <div class="bar-part middle">
                <Tools/>
                <span class="bar-gap fold-tools"></span>
                <CommandButton command=Command::Undo glyph=glyphs::UNDO/>
                <CommandButton command=Command::Redo glyph=glyphs::REDO/>
            </div>
            <div class="bar-part end">
                <Zoom/>
                <span class="bar-gap fold-zoom"></span>
                <CommandButton command=Command::CommandPalette glyph=glyphs::SEARCH class="fold-page"/>
                <Language/>
                <ThemeButton/>
                <HelpMenu/>
                <MoreMenu/>
                <button class="button primary export" data-testid="toolbar-export" title=tip(Command::ExportTemplate) aria-label=tr(t("내보내기", "Export")) on:click=|_| run(Command::ExportTemplate) disabled=move || !Command::ExportTemplate.enabled(&state())>
                    <Glyph path=glyphs::DOWNLOAD/>
                    <span class="label">{tr(t("내보내기", "Export"))}</span>
                </button>
            </div>
        </header>
    }
    .into_any()
}

/// What a button says when the pointer rests on it: what it does and the keys that do it too.
fn tip(command: Command) -> impl Fn() -> String + Clone + Send + Sync + 'static {
    let words = words();
    let keys = shortcut(command).map(|keys| format!(" ({keys})")).unwrap_or_default();
    move || format!("{}{keys}", words.say(command.spec().text))
}

#[component]
fn CommandButton(command: Command, glyph: &'static str, #[prop(optional)] class: &'static str) -> impl IntoView {
    view! {
        <button
            class=format!("icon-button {class}")
            data-testid=format!("toolbar-{}", command.spec().id)
            title=tip(command)
            aria-label=tr(command.spec().text)
            disabled=move || !command.enabled(&state())
            on:click=move |_| run(command)
        >
            <Glyph path=glyph/>
        </button>
    }
    .into_any()
}

#[component]
fn Zoom() -> impl IntoView {
    let store = store();
    view! {
        <CommandButton command=Command::ZoomOut glyph=glyphs::MINUS class="fold-zoom"/>
        <button class="zoom-level fold-zoom" data-testid="toolbar-zoom-level" title=tip(Command::ZoomTo100) on:click=|_| run(Command::ZoomTo100)>
            {move || format!("{}%", percent(store.zoom.get()))}
        </button>
        <CommandButton command=Command::ZoomIn glyph=glyphs::PLUS class="fold-zoom"/>
        <CommandButton command=Command::ZoomFit glyph=glyphs::FIT class="fold-zoom"/>
    }
    .into_any()
}

/// In whole percent: writing fractions would take more code than all of the bar.
#[expect(clippy::cast_possible_truncation, reason = "zooms are small")]
fn percent(zoom: f64) -> i32 {
    (zoom * 100.0).round() as i32
}

#[component]
fn Tools() -> impl IntoView {
    let store = store();
    let one = move |command: Command, tool: Tool, glyph: &'static str| {
        view! {
            <button
                data-testid=format!("toolbar-{}", command.spec().id)
                title=tip(command)
                aria-label=tr(command.spec().text)
                aria-pressed=move || (store.tool.get() == tool).to_string()
                on:click=move |_| run(command)
            >
                <Glyph path=glyph/>
            </button>
        }
    };
    view! {
        <div class="segmented fold-tools" role="group" aria-label=tr(t("도구", "Tools"))>
            {one(Command::SelectTool, Tool::Select, glyphs::SELECT)} {one(Command::PanTool, Tool::Pan, glyphs::PAN)}
            {one(Command::ConnectTool, Tool::Connect, glyphs::CONNECT)}
        </div>
    }
    .into_any()
}

#[component]
fn FileMenu() -> impl IntoView {
    let items = [Command::New, Command::Open, Command::Save, Command::Share, Command::ExportTemplate, Command::Deploy]
        .map(|command| Item::command(command, format!("toolbar-{}", command.spec().id)));
    let mut items = items.to_vec();
    items.insert(
        2,
        Item::new(t("AWS 계정 가져오기…", "Import an AWS account…"), "toolbar-account", || {
            ui().ask(Dialog::Account);
        }),
    );
    items.push(Item::command(Command::ImportNotes, "toolbar-import-notes".to_owned()));
    items.push(Item::command(Command::Labs, "toolbar-labs".to_owned()));
    items.push(Item::new(t("이전 저장본…", "Earlier versions…"), "toolbar-versions", || {
        DESK.with(|desk| (desk.versions)());
    }));
    items.push(Item::command(Command::Designs, "toolbar-designs".to_owned()));
    items.insert(1, Item::command(Command::Gallery, "toolbar-gallery".to_owned()));
    view! { <Menu label=t("파일", "File") testid="toolbar-file" glyph=None items/> }.into_any()
}

#[component]
fn HelpMenu() -> impl IntoView {
    view! {
        <div class="fold-zoom">
            <Menu label=t("도움말", "Help") testid="toolbar-help" glyph=Some(glyphs::HELP) items=help("toolbar")/>
        </div>
    }
    .into_any()
}

/// The actions of help, which a narrow bar has at the end of its one menu.
fn help(place: &str) -> Vec<Item> {
    [Command::Tour, Command::Shortcuts, Command::CommandPalette, Command::ToggleTheme]
        .map(|command| Item::command(command, format!("{place}-help-{}", command.spec().id)))
        .into_iter()
        .chain([Item::new(t("Groundplan 정보", "About Groundplan"), &format!("{place}-about"), || {
            ui().ask(Dialog::About);
        })])
        .collect()
}

/// What a narrow bar has no room for.
#[component]
fn MoreMenu() -> impl IntoView {
    let words = words();
    let commands = |class: &'static str, commands: &[Command]| -> Vec<Item> {
        let item = |command: &Command| Item::command(*command, format!("more-{}", command.spec().id)).class(class);
        commands.iter().map(item).collect()
    };
    let language = |name: Text, code: &'static str, lang: Lang| {
        Item::new(name, &format!("more-lang-{code}"), move || words.set(lang)).class("from-page").lang(code)
    };
    let mut items = commands("from-tools", &[Command::SelectTool, Command::PanTool, Command::ConnectTool]);
    items.extend(commands("from-zoom", &[Command::ZoomFit, Command::ZoomTo100, Command::ZoomIn, Command::ZoomOut]));
    items.extend([language(t("한국어", "한국어"), "ko", Lang::Ko), language(t("English", "English"), "en", Lang::En)]);
    items.extend(help("more"));
    view! {
        <div class="bar-more">
            <Menu label=t("더 보기", "More") testid="toolbar-more" glyph=Some(glyphs::MORE) items/>
        </div>
    }
    .into_any()
}

#[component]
fn Title() -> impl IntoView {
    let store = store();
    let commit = |title: String| DESK.with(move |desk| (desk.retitle)(&title));
    view! {
        <input
            class="title"
            data-testid="toolbar-title"
            aria-label=tr(t("설계 제목", "Title of the design"))
            placeholder=tr(t("제목 없는 설계", "Untitled design"))
            maxlength="255"
            prop:value=move || store.title.get()
            on:change:target=move |event| commit(event.target().value())
        />
    }
    .into_any()
}

#[component]
fn Language() -> impl IntoView {
    let words = words();
    let one = move |lang: Lang, label: &'static str, name: &'static str, code: &'static str| {
        view! {
            <button
                data-testid=format!("toolbar-lang-{code}")
                lang=code
                title=name
                aria-pressed=move || (words.lang() == lang).to_string()
                on:click=move |_| words.set(lang)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="segmented fold-page" role="group" aria-label=tr(t("언어", "Language"))>
            {one(Lang::Ko, "한", "한국어", "ko")}
            {one(Lang::En, "EN", "English", "en")}
        </div>
    }
    .into_any()
}

#[component]
fn ThemeButton() -> impl IntoView {
    let (ui, words) = (ui(), words());
    let called = |theme: Theme| -> Text {
        match theme {
            Theme::System => t("화면: 시스템 설정", "Theme: system"),
            Theme::Light => t("화면: 밝게", "Theme: light"),
            Theme::Dark => t("화면: 어둡게", "Theme: dark"),
        }
    };
    let glyph = |theme: Theme| match theme {
        Theme::System => glyphs::SYSTEM,
        Theme::Light => glyphs::SUN,
        Theme::Dark => glyphs::MOON,
    };
    let label = move || words.say(called(ui.theme.get()));
    view! {
        <button
            class="icon-button fold-page"
            data-testid="toolbar-theme"
            title=label
            aria-label=label
            on:click=move |_| ui.set_theme(ui.theme.get_untracked().next())
        >
            {move || view! { <Glyph path=glyph(ui.theme.get())/> }}
        </button>
    }
    .into_any()
}
