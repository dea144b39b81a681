//! `assert`: whether what people expect of a network holds.

use std::fmt::Write;
use std::path::Path;

use clap::ValueEnum;
use groundplan::design::Assertion;
use groundplan::message;
use groundplan::reach::{Asked, Blocker, Evidence, Network, Outcome, Refer, Standing, Way, judge};
use groundplan::rules::Offers;
use groundplan::text::{Lang, Message, Text, t};
use serde::Serialize;
use serde_json::{Value, json};

use super::input::Source;
use super::{Answer, complain, input, pretty, trace};

/// How outcomes are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Serialize)]
struct Entry<'a> {
    assertion: &'a Assertion,
    holds: bool,
    /// holds, fails, partly or unknown.
    standing: &'static str,
    claim: &'a Message,
    message: &'a Message,
    lost: Option<&'a str>,
    evidence: Option<Value>,
}

/// Decides what is pinned in the design and what a file asks beside it; the answer is no if one fails.
pub fn run(source: Source<'_>, file: Option<&Path>, format: Format, lang: Lang) -> Result<Answer, Message> {
    let opened = source.read()?;
    opened.notes.iter().for_each(|note| complain(note.get(lang)));
    let design = &opened.design;
    let mut assertions = design.assertions().to_vec();
    if let Some(file) = file {
        assertions.extend(read(file)?);
    }
    let outcomes = judge(design, &Network::lower(design), &opened.aliases, &assertions);
    let text = match format {
        Format::Text => text(&outcomes, lang),
        Format::Json => {
            let refer = Refer::new(design, &opened.aliases);
            let offers = Offers::new(design);
            let entries: Vec<Entry<'_>> = assertions
                .iter()
                .zip(&outcomes)
                .map(|(assertion, outcome)| entry(&refer, &offers, assertion, outcome))
                .collect();
            pretty(&entries)
        }
    };
    Ok(Answer { text, fine: !outcomes.iter().any(Outcome::fails) })
}

/// The assertions in a file.
pub fn read(file: &Path) -> Result<Vec<Assertion>, Message> {
    let text = input::text(file)?;
    serde_json::from_str(&text).map_err(|error| {
        let shown = file.display();
        message!("{shown}: 기대 목록으로 읽을 수 없어요({error}).", "{shown}: not a list of assertions ({error}).")
    })
}

fn entry<'a>(refer: &'a Refer<'_>, offers: &Offers, assertion: &'a Assertion, outcome: &'a Outcome) -> Entry<'a> {
    let evidence = outcome.evidence.as_ref().map(|Evidence { way, lost }| {
        // What is seen while something is out is not the design that would be mended.
        let offer = |asked: &Asked, blocker: &Blocker| offers.opening(asked, blocker).filter(|_| lost.is_none());
        match way {
        Way::Packet(question, answer) => {
            let (from, to) = (refer.word(question.from), refer.word(question.to));
            let answer = trace::Reply::new(refer, answer, &|blocker| offer(&Asked::Packet(*question), blocker), true);
            json!({ "from": from, "to": to, "protocol": question.protocol.to_string(), "port": question.port, "trace": answer })
        }
        Way::Page(from, url, page) => {
            json!({ "from": refer.word(*from), "url": url.to_string(), "request": trace::url_json(refer, page, &|blocker| offer(&Asked::Url(*from, url.clone()), blocker)) })
        }
    }});
    let lost = outcome.evidence.as_ref().and_then(|evidence| evidence.lost).map(|lost| refer.id(lost));
    Entry {
        assertion,
        holds: outcome.holds(),
        standing: outcome.standing.id(),
        claim: &outcome.claim,
        message: &outcome.why,
        lost,
        evidence,
    }
}

fn text(outcomes: &[Outcome], lang: Lang) -> String {
    let mut text = String::new();
    // Writing into a string does not fail.
    for outcome in outcomes {
        let standing = sentence(outcome.standing);
        writeln!(text, "{}: {}", standing.get(lang), outcome.claim.get(lang)).ok();
        writeln!(text, "  {}", outcome.why.get(lang)).ok();
    }
    let count = |standing| outcomes.iter().filter(|outcome| outcome.standing == standing).count();
    let (held, failed) = (count(Standing::Holds), count(Standing::Fails));
    let mut sum = message!("성립 {held}개, 실패 {failed}개", "hold: {held}, fail: {failed}");
    let (partly, unknown) = (count(Standing::Partly), count(Standing::Unknown));
    if partly > 0 {
        sum = Message { ko: format!("{}, 일부 {partly}개", sum.ko), en: format!("{}, in part: {partly}", sum.en) };
    }
    if unknown > 0 {
        sum = Message {
            ko: format!("{}, 알 수 없음 {unknown}개", sum.ko),
            en: format!("{}, not known: {unknown}", sum.en),
        };
    }
    writeln!(text, "{}", sum.get(lang)).ok();
    text
}

const fn sentence(standing: Standing) -> Text {
    match standing {
        Standing::Holds => t("성립", "holds"),
        Standing::Fails => t("실패", "fails"),
        Standing::Partly => t("일부만 성립", "holds in part"),
        Standing::Unknown => t("알 수 없음", "not known"),
    }
}
