//! The report: one page of HTML that needs nothing beside itself and runs nothing, light on every screen and on paper.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::html::{cell, code, paragraph, table};
use super::{addresses, findings};
use crate::cost::{self, prices};
use crate::derived::Derived;
use crate::message;
use crate::picture::{Asked, Picture, draw, svg};
use crate::reach::{Doubtful, Party, Rows, Traffic};
use crate::rules::{self, Severity, more_like_this};
use crate::text::markup::Escaped;
use crate::text::{Lang, Text, t};

/// The most pairs that are listed: a large network has millions.
const MOST_PAIRS: usize = 500;
/// No script, no other file: whoever gets the page needs to trust nobody.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";
const STYLE: &str = include_str!("report.css");

const PICTURE: Text = t("그림", "Drawing");
const FINDINGS: Text = t("문제", "Findings");
const ADDRESSES: Text = t("주소 계획", "Address plan");
const PAIRS: Text = t("누가 누구에게 닿는지", "Who reaches whom");
const COST: Text = t("한 달 비용", "Cost a month");
const UNKNOWN: Text = t("알 수 없음", "not known");

/// Everything that is known of a design, as a page. `picture` is its drawing where somebody has it already.
pub fn page(derived: &Derived, picture: Option<&Picture>, lang: Lang) -> String {
    let design = derived.design();
    let title = if design.title().is_empty() { "Groundplan" } else { design.title() };
    let mut out = String::new();
    _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n",
        code(lang),
        Escaped(title),
        Escaped(title)
    );
    let resources = design.len();
    let count = |severity| {
        derived.findings().iter().filter(|one| one.severity == severity).map(|one| one.count()).sum::<usize>()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let sum = message!(
        "리소스 {resources}개 · 오류 {errors}개 · 경고 {warnings}개",
        "Resources: {resources} · errors: {errors} · warnings: {warnings}"
    );
    paragraph(&mut out, sum.get(lang));
    section(&mut out, "drawing", PICTURE, lang);
    let drawn;
    let picture = if let Some(picture) = picture {
        picture
    } else {
        drawn = draw(design, &derived.marks(lang), &Asked { legend: true, ..Asked::all(lang) });
        &drawn
    };
    _ = write!(out, "<figure>\n{}</figure>\n", svg::write(picture, 1.0, None));
    close(&mut out);
    problems(&mut out, derived, lang);
    plan(&mut out, derived, lang);
    pairs(&mut out, derived, lang);
    bill(&mut out, derived, lang);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn section(out: &mut String, id: &str, title: Text, lang: Lang) {
    _ = writeln!(out, "<section id=\"{id}\">\n<h2>{}</h2>", Escaped(title.get(lang)));
}

fn close(out: &mut String) {
    out.push_str("</section>\n");
}

/// What a severity is called.
pub(super) const fn called(severity: Severity) -> Text {
    match severity {
        Severity::Error => t("오류", "Error"),
        Severity::Warning => t("경고", "Warning"),
        Severity::Info => t("참고", "Note"),
    }
}

fn problems(out: &mut String, derived: &Derived, lang: Lang) {
    section(out, "findings", FINDINGS, lang);
    let rows = findings::rows(derived.design(), derived.findings());
    if rows.is_empty() {
        paragraph(out, t("찾은 문제가 없어요.", "No problems found.").get(lang));
    }
    out.push_str("<ul class=\"findings\">\n");
    for row in &rows {
        let rule = rules::rule(row.rule);
        let resource = match row.field {
            Some(field) => format!("{}.{field}", row.resource),
            None => row.resource.to_owned(),
        };
        _ = write!(
            out,
            "<li class=\"{}\"><strong>{}</strong> <span class=\"of\">{}</span>\n<p>{}</p>\n",
            row.severity.id(),
            called(row.severity).get(lang),
            Escaped(&resource),
            Escaped(row.message.get(lang)),
        );
        if let Some(rule) = rule {
            _ = writeln!(
                out,
                "<p class=\"why\">{} <a href=\"{}\" rel=\"noreferrer\">{}</a></p>",
                Escaped(rule.why.get(lang)),
                Escaped(rule.source),
                t("AWS 문서", "AWS documentation").get(lang)
            );
        }
        if row.more > 0 {
            paragraph(out, more_like_this(row.more).get(lang));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
    close(out);
}

fn plan(out: &mut String, derived: &Derived, lang: Lang) {
    section(out, "addresses", ADDRESSES, lang);
    let rows = addresses::rows(derived);
    if rows.is_empty() {
        paragraph(out, t("VPC가 없어요.", "There is no VPC.").get(lang));
        return close(out);
    }
    let unknown = UNKNOWN.get(lang);
    let heads = [
        t("VPC", "VPC"),
        t("서브넷", "Subnet"),
        t("가용 영역", "Zone"),
        t("인터넷으로 가는 길", "Way out"),
        t("블록", "Block"),
        t("처음", "First"),
        t("마지막", "Last"),
        t("쓸 수 있는 주소", "Usable"),
        t("사용 중", "In use"),
        t("남은 주소", "Free"),
    ]
    .map(|head| head.get(lang));
    let cells = rows.into_iter().map(|row| {
        vec![
            row.vpc,
            row.subnet.unwrap_or_default(),
            row.zone.unwrap_or_default(),
            row.tier.map(|tier| tier.label().get(lang).to_owned()).unwrap_or_default(),
            cell(row.block, unknown),
            cell(row.first, unknown),
            cell(row.last, unknown),
            cell(row.usable, unknown),
            cell(row.in_use, unknown),
            cell(row.free, unknown),
        ]
    });
    table(out, &heads, &[7, 8, 9], cells);
    let note = t(
        "서브넷에서는 그려진 인터페이스를, VPC에서는 서브넷 블록을 사용 중으로 세요. AWS가 서브넷마다 잡아 두는 주소 5개는 뺐어요.",
        "In use are the interfaces that are drawn in a subnet, and the blocks of subnets in a VPC. The five addresses that AWS keeps in each subnet are left out.",
    );
    paragraph(out, note.get(lang));
    close(out);
}

/// Traffic as people write it: `TCP 22, 80-443`.
fn in_words(traffic: &Traffic, lang: Lang) -> String {
    let ports = traffic.ports.join(", ");
    match traffic.protocol.as_str() {
        "all" => t("모든 트래픽", "All traffic").get(lang).to_owned(),
        protocol if ports.is_empty() || ports == "all" => {
            let name = protocol.to_uppercase();
            message!("{name} 전체", "{name}, all").get(lang).to_owned()
        }
        protocol => format!("{} {ports}", protocol.to_uppercase()),
    }
}

fn pairs(out: &mut String, derived: &Derived, lang: Lang) {
    section(out, "reachability", PAIRS, lang);
    let (design, net) = (derived.design(), derived.network());
    let mut rows = Rows::new(net);
    let doubtful = Doubtful::new(design, net);
    let named = |id| design.node(id).map_or_else(String::new, |node| node.name.clone());
    let name = |party: Party| match party {
        Party::Internet => t("인터넷", "Internet").get(lang).to_owned(),
        Party::Service(id) => named(id),
        Party::Interface(ix) => net.interfaces.get(ix).map_or_else(String::new, |interface| {
            let several = net.interfaces_of(interface.node).len() > 1;
            let name = named(interface.node);
            if several { format!("{name} ({})", interface.private) } else { name }
        }),
    };
    let mut parties: BTreeMap<(bool, String, Party), Party> = BTreeMap::new();
    for party in rows.parties() {
        parties.insert((party != Party::Internet, name(party), party), party);
    }
    let mut cells: Vec<Vec<String>> = Vec::new();
    let mut is_whole = true;
    for ((_, from, _), party) in &parties {
        let mut found = Vec::new();
        rows.from(*party, |row| found.push(row));
        rows.doubt(*party, &doubtful, &mut found);
        let room = MOST_PAIRS.saturating_sub(cells.len());
        is_whole &= found.len() <= room;
        found.sort_by_cached_key(|row| (name(row.to), row.to, row.traffic.protocol.clone(), row.reply_blocked));
        cells.extend(found.iter().take(room).map(|row| {
            let verdict = match row.reply_blocked {
                true => t("응답이 돌아오지 못해요", "The reply does not get back").get(lang),
                false => row.verdict.label().get(lang),
            };
            vec![from.clone(), name(row.to), in_words(&row.traffic, lang), verdict.to_owned()]
        }));
        if !is_whole {
            break;
        }
    }
    if cells.is_empty() {
        paragraph(out, t("서로 닿는 것이 없어요.", "Nothing reaches anything.").get(lang));
    } else {
        let heads = [t("시작", "From"), t("도착", "To"), t("트래픽", "Traffic"), t("결과", "Verdict")];
        table(out, &heads.map(|head| head.get(lang)), &[], cells.into_iter());
    }
    if !is_whole {
        let most = MOST_PAIRS;
        let cut = message!(
            "처음 {most}줄만 실었어요. 나머지는 도달 가능성 표나 groundplan reach로 볼 수 있어요.",
            "The first {most} rows only. The matrix on the page and `groundplan reach` have the others."
        );
        paragraph(out, cut.get(lang));
    }
    close(out);
}

fn bill(out: &mut String, derived: &Derived, lang: Lang) {
    section(out, "cost", COST, lang);
    let (design, cost) = (derived.design(), derived.cost());
    let name = |id| design.node(id).map_or_else(String::new, |node| node.name.clone());
    let heads = [
        t("리소스", "Resource"),
        t("항목", "Item"),
        t("한 달 USD", "USD a month"),
        t("중지했을 때 USD", "USD when stopped"),
    ];
    let items = cost.items.iter().map(|item| {
        vec![
            name(item.node),
            item.what.get(lang).to_owned(),
            format!("{:.2}", item.monthly),
            format!("{:.2}", item.when_stopped),
        ]
    });
    let total = vec![
        t("합계", "Total").get(lang).to_owned(),
        String::new(),
        format!("{:.2}", cost.total()),
        format!("{:.2}", cost.total_when_stopped()),
    ];
    table(out, &heads.map(|head| head.get(lang)), &[2, 3], items.chain([total]));
    if !cost.not_priced.is_empty() {
        paragraph(out, t("여기에 들지 않은 것:", "Not counted:").get(lang));
        let rows = cost.not_priced.iter().map(|one| vec![name(one.node), one.why.get(lang).to_owned()]);
        table(out, &[heads[0].get(lang), t("이유", "Why").get(lang)], &[], rows);
    }
    let (as_of, hours) = (cost::AS_OF, prices::HOURS);
    let dated = message!(
        "{as_of}까지의 AWS 가격표와 대조한 정가예요. 한 달은 {hours}시간이고 세금, 크레딧, 프리 티어는 빠져 있어요.",
        "List prices, compared with AWS's price lists up to {as_of}. A month has {hours} hours; tax, credits and the free tier are left out."
    );
    paragraph(out, dated.get(lang));
    close(out);
}
