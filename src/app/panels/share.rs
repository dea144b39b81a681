//! The dialog from which the design is shared: a picture of it, or a link that carries it.

use groundplan::message;
use groundplan::text::{Message, Text, t};
use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::app::actions::sharing::{self, Paper, Wanted};
use crate::app::browser::paint::Address;
use crate::app::icons::glyphs::{DOWNLOAD, Glyph};
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// Modules of white around a code, as its standard wants.
const QUIET: i32 = 4;

/// The body of the dialog.
pub fn body() -> AnyView {
    view! {
        <div class="share scroll" tabindex="0" data-testid="share">
            <PictureOf/>
            <LinkTo/>
            <Papers/>
        </div>
    }
    .into_any()
}

/// What the picture shows, how, and what becomes of it.
#[component]
fn PictureOf() -> impl IntoView {
    let (store, words) = (store(), words());
    let any = store.selection.with_untracked(|selected| !selected.is_empty());
    let wanted =
        RwSignal::new(Wanted { selected: false, png: true, scale: 2, heading: false, legend: false, inside: true });
    let lang = move || untrack(|| words.lang());
    let toggle = move |id: &'static str, label: Text, of: fn(&mut Wanted) -> &mut bool| {
        view! {
            <label class="share-toggle">
                <input
                    type="checkbox"
                    data-testid=id
                    prop:checked=move || wanted.with(|wanted| *of(&mut wanted.clone()))
                    on:change=move |_| wanted.update(|wanted| {
                        let on = of(wanted);
                        *on = !*on;
                    })
                />
                {tr(label)}
            </label>
        }
    };
    let either = move |id: &'static str, label: Text, png: bool| {
        view! {
            <button
                data-testid=id
                aria-pressed=move || (wanted.get().png == png).to_string()
                on:click=move |_| wanted.update(|wanted| wanted.png = png)
            >
                {tr(label)}
            </button>
        }
    };
    view! {
        <section class="share-part" aria-labelledby="share-picture">
            <h3 id="share-picture">{tr(t("그림", "Picture"))}</h3>
            <Preview wanted/>
            <div class="share-row">
                <div class="segmented" role="group" aria-label=tr(t("파일 형식", "File format"))>
                    {either("share-png", t("PNG", "PNG"), true)} {either("share-svg", t("SVG", "SVG"), false)}
                </div>
                <label class="share-toggle">
                    {tr(t("크기", "Size"))}
                    <select
                        class="field"
                        data-testid="share-scale"
                        prop:value=move || wanted.get().scale.to_string()
                        on:change:target=move |event| {
                            let scale = event.target().value().parse().unwrap_or(1_u8).clamp(1, 4);
                            wanted.update(|wanted| wanted.scale = scale);
                        }
                    >
                        {(1..=4_u8).map(|scale| view! { <option value=scale.to_string() selected=scale == 2>{format!("{scale}×")}</option> }).collect_view()}
                    </select>
                </label>
            </div>
            <div class="share-row">
                {any.then(|| toggle("share-selected", t("선택한 것만", "Only what is selected"), |wanted| &mut wanted.selected))}
                {toggle("share-heading", t("제목", "Title"), |wanted| &mut wanted.heading)}
                {toggle("share-legend", t("범례", "Legend"), |wanted| &mut wanted.legend)}
                {toggle("share-inside", t("설계를 담아서 다시 열 수 있게", "With the design inside, to open it again"), |wanted| &mut wanted.inside)}
            </div>
            <div class="share-row">
                <button class="button primary" data-testid="share-save" on:click=move |_| sharing::save(wanted.get_untracked(), lang())>
                    <Glyph path=DOWNLOAD/>
                    {tr(t("그림 저장", "Save the picture"))}
                </button>
                <button class="button" data-testid="share-copy" on:click=move |_| sharing::copy(wanted.get_untracked(), lang())>
                    {tr(t("그림으로 복사", "Copy as picture"))}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// What the picture will look like.
#[component]
fn Preview(wanted: RwSignal<Wanted>) -> impl IntoView {
    let words = words();
    let address = StoredValue::new_local(None::<Address>);
    let shown = Memo::new(move |_| {
        let now = wanted.get();
        // Neither of these changes what is seen.
        Wanted { png: false, scale: 1, inside: false, ..now }
    });
    let source = move || {
        let made = Address::of_svg(&sharing::preview(shown.get(), words.lang())).ok();
        let source = made.as_ref().map(|made| made.0.clone());
        // The one before is given back to the browser.
        address.set_value(made);
        source
    };
    view! {
        <div class="share-preview">
            <img data-testid="share-preview" alt=tr(t("그림 미리 보기", "Preview of the picture")) src=source/>
        </div>
    }
    .into_any()
}

/// The link, how long it is, and its code for the wall.
#[component]
fn LinkTo() -> impl IntoView {
    let words = words();
    let made = untrack(sharing::link);
    let content = match made {
        Err(why) => view! { <p class="faint" data-testid="share-refused">{move || words.read(&why)}</p> }.into_any(),
        Ok(link) => {
            let (letters, copied) = (link.len(), link.clone());
            let size = message!(
                "링크가 {letters}자예요. 메신저에 따라 긴 링크는 잘릴 수 있어요.",
                "The link has {letters} characters. Some messengers cut long ones short."
            );
            let code = code(&link, false);
            let frame = untrack(|| sharing::frame_of(&link));
            let framed = frame.clone();
            view! {
                <p class="faint" data-testid="share-size">{move || words.read(&size)}</p>
                <div class="share-row">
                    <input class="field share-link" readonly data-testid="share-link" aria-label=tr(t("링크", "Link")) prop:value=link/>
                    <button class="button" data-testid="share-copy-link" on:click=move |_| sharing::copy_text(&copied, t("링크를 복사했어요", "Copied the link"))>
                        {tr(t("링크 복사", "Copy the link"))}
                    </button>
                </div>
                {code}
                <p class="faint">{tr(t("수업 페이지나 블로그에 넣으려면 이 코드를 붙여 넣으세요. 보는 사람은 고칠 수 없어요.", "Paste this into a course page or a blog to show the design there. Readers cannot change it."))}</p>
                <div class="share-row">
                    <input class="field share-link" readonly data-testid="share-frame" aria-label=tr(t("넣기 코드", "Code to embed")) prop:value=frame/>
                    <button class="button" data-testid="share-copy-frame" on:click=move |_| sharing::copy_text(&framed, t("넣기 코드를 복사했어요", "Copied the code"))>
                        {tr(t("코드 복사", "Copy the code"))}
                    </button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="share-part" aria-labelledby="share-link">
            <h3 id="share-link">{tr(t("링크", "Link"))}</h3>
            <p class="faint">
                {tr(t(
                    "설계가 링크 안에 들어 있어요. 어디에도 올리지 않고, 받은 사람은 사본을 보게 돼요.",
                    "The design is inside the link. It is uploaded nowhere; who opens it sees a copy.",
                ))}
            </p>
            {content}
        </section>
    }
    .into_any()
}

/// Files for those who read, count or go on elsewhere.
#[component]
fn Papers() -> impl IntoView {
    let words = words();
    let one = move |id: &'static str, label: Text, about: Text, paper: Paper| {
        view! {
            <li class="share-paper">
                <button class="button" data-testid=id on:click=move |_| sharing::save_paper(paper, untrack(|| words.lang()))>
                    <Glyph path=DOWNLOAD/>
                    {tr(label)}
                </button>
                <span class="faint">{tr(about)}</span>
            </li>
        }
    };
    view! {
        <section class="share-part" aria-labelledby="share-papers">
            <h3 id="share-papers">{tr(t("보고서와 표", "Report and tables"))}</h3>
            <ul class="share-papers">
                {one(
                    "share-report",
                    t("보고서", "Report"),
                    t("그림, 문제, 주소 계획, 도달 가능성, 비용을 담은 인쇄용 HTML 한 장", "One HTML page to print: drawing, findings, address plan, reachability, cost"),
                    Paper::Report,
                )}
                {one("share-findings", t("문제 CSV", "Findings CSV"), t("찾은 문제를 한 줄에 하나씩", "A row for each finding"), Paper::Findings)}
                {one(
                    "share-addresses",
                    t("주소 계획 CSV", "Address plan CSV"),
                    t("VPC와 서브넷의 블록과 남은 주소", "Blocks of VPCs and subnets, and what is left"),
                    Paper::Addresses,
                )}
                {one(
                    "share-drawio",
                    t("draw.io 파일", "draw.io file"),
                    t("draw.io에서 이어서 고칠 수 있는 그림", "The drawing, to go on in draw.io"),
                    Paper::Drawing,
                )}
            </ul>
        </section>
    }
    .into_any()
}

/// The link as a code that a camera reads, or that it is too long for one.
pub fn code(link: &str, open: bool) -> AnyView {
    let words = words();
    let Ok(code) = QrCode::encode_text(link, QrCodeEcc::Low) else {
        let why: Message = t("QR 코드로 만들기에는 링크가 너무 길어요.", "The link is too long for a QR code.").into();
        return view! { <p class="faint" data-testid="share-no-code">{move || words.read(&why)}</p> }.into_any();
    };
    let side = code.size();
    let mut d = String::new();
    for y in 0..side {
        for x in (0..side).filter(|x| code.get_module(*x, y)) {
            d.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    let whole = side + 2 * QUIET;
    view! {
        <details class="share-code" open=open>
            <summary data-testid="share-code">{tr(t("QR 코드", "QR code"))}</summary>
            <svg viewBox=format!("0 0 {whole} {whole}") role="img" aria-label=tr(t("링크의 QR 코드", "QR code of the link")) shape-rendering="crispEdges">
                <path class="paper" d=format!("M0 0h{whole}v{whole}h-{whole}z")></path>
                <path d=d></path>
            </svg>
        </details>
    }
    .into_any()
}
