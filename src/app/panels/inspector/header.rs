//! Above the fields: icon, kind, name, and what follows from the design.

use groundplan::catalog::kinds::Subnet;
use groundplan::catalog::{Kind, Meta, Value, Widget};
use groundplan::design::Edit;
use groundplan::facts::summary;
use groundplan::id::NodeId;
use groundplan::text::{Message, Text, t};
use leptos::prelude::*;

use super::entry::{Entry, made};
use super::typing::Line;
use crate::app::icons::glyphs::KindIcon;
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// A meta for what is no property: a name, a place.
pub const fn meta(id: &'static str, label: Text, widget: Widget) -> Meta {
    Meta { id, label, help: t("", ""), widget, property: "", thumb: None, same_vpc: false }
}

/// Icon, kind and name of one resource.
#[component]
pub fn Header(id: NodeId, kind: Kind) -> impl IntoView {
    let (store, words) = (store(), words());
    let spec = kind.spec();
    let node = store.view(id).map(|view| view.node);
    let name = move || node.as_ref().map(|node| Value::Text(node.with(|n| n.name.clone()))).unwrap_or_default();
    let rename = move |value: Value| {
        let name = value.as_text().unwrap_or_default().to_owned();
        made(store, &[Edit::Rename { id, name }], NAME)
    };
    let entry = Entry::new("name".to_owned(), meta("name", NAME, Widget::Line), name, rename);
    view! {
        <header class="insp-header">
            <KindIcon kind/>
            <div class="insp-title">
                <p class="insp-kind">
                    <span title=tr(kind.summary())>{move || words.term(spec.label)}</span>
                    <a href=kind.source() target="_blank" rel="noreferrer" data-testid="insp-source">{tr(t("AWS 문서", "AWS documentation"))}</a>
                </p>
                <label class="visually-hidden" for="field-name">{tr(NAME)}</label>
                <Line entry class="insp-heading"/>
            </div>
        </header>
        <p class="field-error" role="alert" id="error-name" data-testid="field-error-name" hidden=move || entry.error.with(Option::is_none)>
            {move || entry.error.with(|error| error.as_ref().map(|why| words.read(why)))}
        </p>
        <Facts id kind/>
    }
    .into_any()
}

const NAME: Text = t("이름", "Name");
const INTERNET: Text = t("인터넷", "Internet");
const EXPOSED: Text = t("노출", "Exposure");

/// What follows from the design about the resource.
#[component]
fn Facts(id: NodeId, kind: Kind) -> impl IntoView {
    let (store, words) = (store(), words());
    let found = Memo::new(move |_| {
        store.derived(|derived| {
            let mut found = summary::facts(&derived.context(), id);
            // What all pairs are needed for comes from whoever knows them.
            let exposures = derived.exposures();
            let subnet = exposures.subnets.get(&id).map(|of| (INTERNET, Message::from(of.tier.label()), &of.reason));
            let exposed = exposures.resources.get(&id).map(|of| (EXPOSED, of.label.clone(), &of.reason));
            for (label, what, why) in subnet.into_iter().chain(exposed) {
                let text = Message { ko: format!("{} · {}", what.ko, why.ko), en: format!("{}: {}", what.en, why.en) };
                found.insert(0, summary::Fact { label, text });
            }
            found
        })
    });
    let rows = move || {
        let one = |fact: summary::Fact| view! { <div><dt>{words.say(fact.label)}</dt><dd>{words.read(&fact.text)}</dd></div> };
        found.get().into_iter().map(one).collect_view()
    };
    view! {
        <Show when=move || !found.with(Vec::is_empty)>
            <dl class="insp-facts" data-testid="inspector-facts">{rows}</dl>
        </Show>
        {(kind == Kind::Subnet).then(|| view! { <Reserved id/> })}
    }
    .into_any()
}

/// The five addresses that AWS keeps of a subnet.
#[component]
fn Reserved(id: NodeId) -> impl IntoView {
    let (store, words) = (store(), words());
    let node = store.view(id).map(|view| view.node);
    let kept = move || {
        let cidr = node.as_ref().and_then(|node| node.with(|n| n.get::<Subnet>().map(|subnet| subnet.cidr)));
        let reserved = cidr.and_then(|cidr| cidr.reserved()).into_iter().flatten();
        let one = |(address, why): (std::net::Ipv4Addr, groundplan::net::Reserved)| {
            let (ko, en) = why.message();
            view! { <li><code>{address.to_string()}</code> <span>{words.say(t(ko, en))}</span></li> }
        };
        reserved.map(one).collect_view()
    };
    view! {
        <details class="insp-reserved">
            <summary>{tr(t("예약된 주소 5개", "Five reserved addresses"))}</summary>
            <ul>{kept}</ul>
        </details>
    }
    .into_any()
}
