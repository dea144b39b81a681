//! "VPC and more": how many zones and subnets, how large, how they reach the internet, with the drawing beside it as it will be.

use std::sync::Arc;

use groundplan::catalog::kinds::Region;
use groundplan::catalog::{FieldValue, Kind};
use groundplan::design::Design;
use groundplan::interact::compose::{MOST_ZONES, Nat, VpcPlan};
use groundplan::message;
use groundplan::text::{Message, Text, t};
use leptos::prelude::*;

use crate::app::actions::composing;
use crate::app::parts::DESK;
use crate::app::state::store::store;
use crate::app::state::ui::ui;
use crate::app::words::{tr, words};

/// Sizes of blocks that are offered for subnets.
const SIZES: std::ops::RangeInclusive<u8> = 18..=28;

/// The dialog's body.
#[component]
pub fn VpcDialog() -> impl IntoView {
    let (store, ui, words) = (store(), ui(), words());
    let plan = RwSignal::new(store.design(VpcPlan::for_design));
    let typed = RwSignal::new(plan.with_untracked(|plan| plan.cidr.to_string()));
    let code = store.design(|design| {
        let region = composing::region(design).and_then(|id| design.get::<Region>(id));
        region.map_or_else(|| Region::default().code, |region| region.code.clone())
    });
    let drawn: Memo<Result<Arc<Design>, Message>> = Memo::new(move |_| {
        let mut plan = plan.get();
        plan.cidr = FieldValue::from_value(&typed.get().trim().into())?;
        plan.draw(&code).map(Arc::new)
    });
    let last =
        Memo::new(move |before: Option<&Option<Arc<Design>>>| drawn.get().ok().or_else(|| before.cloned().flatten()));
    let failed = RwSignal::new(None::<Message>);
    let why = move || drawn.get().err().or_else(|| failed.get());
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut plan = plan.get_untracked();
        let made = FieldValue::from_value(&typed.get_untracked().trim().into()).and_then(|cidr| {
            plan.cidr = cidr;
            composing::draw_vpc(&plan)
        });
        match made {
            Ok(()) => ui.close(),
            Err(why) => failed.set(Some(why)),
        }
    };
    let summary = move || last.get().map(|design| words.read(&counted(&design))).unwrap_or_default();
    let preview = move || DESK.get().map(|desk| (desk.preview)(last.into()));
    view! {
        <form class="vpc-plan" on:submit=make>
            <div class="vpc-form">
                <label class="vpc-row">
                    <span>{tr(t("이름 앞부분", "Name tag"))}</span>
                    <input
                        class="field"
                        data-testid="vpc-name"
                        autocomplete="off"
                        maxlength="60"
                        prop:value=move || plan.with(|plan| plan.name.clone())
                        on:input:target=move |event| plan.update(|plan| plan.name = event.target().value())
                    />
                </label>
                <label class="vpc-row">
                    <span>{tr(t("IPv4 CIDR 블록", "IPv4 CIDR block"))}</span>
                    <input
                        class="field"
                        data-testid="vpc-cidr"
                        autocomplete="off"
                        prop:value=move || typed.get()
                        on:input:target=move |event| typed.set(event.target().value())
                    />
                </label>
                <Chosen label=t("가용 영역", "Availability Zones") name="zones" options=(1..=MOST_ZONES).map(|n| (n, number(n))).collect()
                    value=Signal::derive(move || plan.with(|plan| plan.zones)) set=Callback::new(move |n| plan.update(|plan| plan.zones = n))/>
                <Chosen label=t("영역마다 퍼블릭 서브넷", "Public subnets per zone") name="public" options=vec![(0, number(0)), (1, number(1))]
                    value=Signal::derive(move || plan.with(|plan| u8::from(plan.public))) set=Callback::new(move |n| plan.update(|plan| plan.public = n > 0))/>
                <Chosen label=t("영역마다 프라이빗 서브넷", "Private subnets per zone") name="private" options=(0..=2).map(|n| (n, number(n))).collect()
                    value=Signal::derive(move || plan.with(|plan| plan.private)) set=Callback::new(move |n| plan.update(|plan| plan.private = n))/>
                <Size label=t("퍼블릭 서브넷 크기", "Size of public subnets") name="public-size"
                    value=Signal::derive(move || plan.with(|plan| plan.public_prefix)) set=Callback::new(move |n| plan.update(|plan| plan.public_prefix = n))/>
                <Size label=t("프라이빗 서브넷 크기", "Size of private subnets") name="private-size"
                    value=Signal::derive(move || plan.with(|plan| plan.private_prefix)) set=Callback::new(move |n| plan.update(|plan| plan.private_prefix = n))/>
                <Chosen label=t("NAT 게이트웨이", "NAT gateways") name="nat"
                    options=vec![(0, t("없음", "None").into()), (1, t("1개", "One").into()), (2, t("영역마다", "One per zone").into())]
                    value=Signal::derive(move || plan.with(|plan| plan.nat as u8))
                    set=Callback::new(move |n| plan.update(|plan| plan.nat = [Nat::None, Nat::One, Nat::EachZone].into_iter().nth(usize::from(n)).unwrap_or_default()))/>
                <Chosen label=t("VPC 엔드포인트", "VPC endpoints") name="s3" options=vec![(0, t("없음", "None").into()), (1, t("S3 게이트웨이", "S3 gateway").into())]
                    value=Signal::derive(move || plan.with(|plan| u8::from(plan.s3))) set=Callback::new(move |n| plan.update(|plan| plan.s3 = n > 0))/>
            </div>
            <div class="vpc-shown">
                {preview}
                <p class="hint" role="status" data-testid="vpc-summary">{summary}</p>
            </div>
            <p class="field-error" role="alert" data-testid="vpc-error">{move || why().map(|why| words.read(&why))}</p>
            <footer>
                <button type="button" class="button" on:click=move |_| ui.close()>{tr(t("취소", "Cancel"))}</button>
                <button class="button primary" data-testid="vpc-make" disabled=move || drawn.with(Result::is_err)>{tr(t("만들기", "Create"))}</button>
            </footer>
        </form>
    }
    .into_any()
}

fn number(n: u8) -> Message {
    Message::plain(n.to_string())
}

/// What will be drawn, in words.
fn counted(design: &Design) -> Message {
    let count = |kind: Kind| design.nodes().filter(|(_, node)| node.kind() == kind).count();
    let (subnets, tables, nats) = (count(Kind::Subnet), count(Kind::RouteTable), count(Kind::NatGateway));
    message!(
        "서브넷 {subnets}개, 라우팅 테이블 {tables}개, NAT 게이트웨이 {nats}개를 그려요.",
        "{subnets} subnets, {tables} route tables, {nats} NAT gateways."
    )
}

/// One of a few, as buttons in a row.
#[component]
fn Chosen(
    label: Text,
    name: &'static str,
    options: Vec<(u8, Message)>,
    value: Signal<u8>,
    set: Callback<u8>,
) -> impl IntoView {
    let words = words();
    let one = move |(n, label): (u8, Message)| {
        view! {
            <button
                type="button"
                data-testid=format!("vpc-{name}-{n}")
                aria-pressed=move || (value.get() == n).to_string()
                on:click=move |_| set.run(n)
            >
                {move || words.read(&label)}
            </button>
        }
    };
    view! {
        <div class="vpc-row" role="group" aria-label=tr(label)>
            <span>{tr(label)}</span>
            <div class="segmented">{options.into_iter().map(one).collect_view()}</div>
        </div>
    }
    .into_any()
}

/// A block's size from a list.
#[component]
fn Size(label: Text, name: &'static str, value: Signal<u8>, set: Callback<u8>) -> impl IntoView {
    let words = words();
    let one = move |prefix: u8| {
        // Five addresses of each are AWS's.
        let usable = (1_u32 << (32 - prefix)) - 5;
        let said = message!("/{prefix} · 주소 {usable}개", "/{prefix} · {usable} addresses");
        view! { <option value=prefix.to_string() selected=move || value.get() == prefix>{move || words.read(&said)}</option> }
    };
    view! {
        <label class="vpc-row">
            <span>{tr(label)}</span>
            <select
                class="field"
                data-testid=format!("vpc-{name}")
                on:change:target=move |event| event.target().value().parse().into_iter().for_each(|n| set.run(n))
            >
                {SIZES.map(one).collect_view()}
            </select>
        </label>
    }
    .into_any()
}
