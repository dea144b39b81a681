//! `cost`: what a design costs a month by list price.

use std::fmt::Write;

use groundplan::cost::{self, Cost, prices};
use groundplan::derived::Derived;
use groundplan::design::Design;
use groundplan::id::NodeId;
use groundplan::text::{Lang, Message, Text, t};

use super::input::Source;
use super::{Answer, ListFormat, pretty};

/// Prints the bill.
pub fn run(source: Source<'_>, format: ListFormat, lang: Lang) -> Result<Answer, Message> {
    let derived = Derived::new(source.read()?.design);
    let (design, cost) = (derived.design(), derived.cost());
    Ok(Answer::fine(match format {
        ListFormat::Text => text(design, cost, lang),
        ListFormat::Json => pretty(&json(design, cost)),
    }))
}

fn name(design: &Design, id: NodeId) -> &str {
    design.node(id).map_or("", |node| node.name.as_str())
}

fn text(design: &Design, cost: &Cost, lang: Lang) -> String {
    const STOPPED: Text = t("중지했을 때", "when stopped");
    const TOTAL: Text = t("한 달 합계", "Total a month");
    const NOT_PRICED: Text = t("여기에 들지 않은 것:", "Not counted:");
    let mut text = String::new();
    let stopped = STOPPED.get(lang);
    // Writing into a string does not fail.
    for item in &cost.items {
        let what = item.what.get(lang);
        writeln!(
            text,
            "{:>9.2} USD  ({stopped} {:.2})  {}: {what}",
            item.monthly,
            item.when_stopped,
            name(design, item.node)
        )
        .ok();
    }
    writeln!(text, "{:>9.2} USD  ({stopped} {:.2})  {}", cost.total(), cost.total_when_stopped(), TOTAL.get(lang)).ok();
    if !cost.not_priced.is_empty() {
        writeln!(text, "\n{}", NOT_PRICED.get(lang)).ok();
    }
    for one in &cost.not_priced {
        writeln!(text, "  {}: {}", name(design, one.node), one.why.get(lang)).ok();
    }
    let (as_of, hours) = (cost::AS_OF, prices::HOURS);
    let dated = groundplan::message!(
        "{as_of}까지의 AWS 가격표와 대조한 정가예요. 한 달은 {hours}시간이고 세금, 크레딧, 프리 티어는 빠져 있어요.",
        "List prices, compared with AWS's price lists up to {as_of}. A month has {hours} hours; tax, credits and the free tier are left out."
    );
    writeln!(text, "\n{}", dated.get(lang)).ok();
    text
}

fn json(design: &Design, cost: &Cost) -> serde_json::Value {
    let cents = |dollars: f64| (dollars * 100.0).round() / 100.0;
    let kind = |id: NodeId| design.node(id).map_or("", |node| node.kind().spec().id);
    let items: Vec<_> = cost
        .items
        .iter()
        .map(|item| {
            serde_json::json!({
                "resource": name(design, item.node), "kind": kind(item.node), "what": item.what,
                "monthly": cents(item.monthly), "when_stopped": cents(item.when_stopped), "source": item.source,
            })
        })
        .collect();
    let not_priced: Vec<_> = cost
        .not_priced
        .iter()
        .map(|one| serde_json::json!({ "resource": name(design, one.node), "kind": kind(one.node), "why": one.why }))
        .collect();
    serde_json::json!({
        "currency": "USD", "as_of": cost::AS_OF, "hours_per_month": prices::HOURS,
        "total": cents(cost.total()), "total_when_stopped": cents(cost.total_when_stopped()),
        "items": items, "not_priced": not_priced,
    })
}
