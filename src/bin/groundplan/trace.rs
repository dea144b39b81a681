//! `trace`: whether one end reaches another, on which way, and what blocks it.

use std::path::Path;

use clap::{Args, ValueEnum};
use groundplan::design::Fix;
use groundplan::message;
use groundplan::net::Protocol;
use groundplan::reach::{
    Asked, Blocker, Network, Question, Refer, Trace, Url, UrlTrace, Verdict, Walk, trace, trace_url,
};
use groundplan::rules::Offers;
use groundplan::text::{Lang, Message};
use serde::Serialize;
use serde_json::{Value, json};

use super::input::Source;
use super::{Answer, input, pretty, way};

/// How answers are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// What is asked.
#[derive(Args)]
pub struct Options {
    /// Who begins: a resource id or name, an address, or internet.
    #[arg(long, required_unless_present = "queries")]
    from: Option<String>,
    /// Who should answer.
    #[arg(long, required_unless_present_any = ["queries", "url"])]
    to: Option<String>,
    /// tcp, udp, icmp or a protocol number.
    #[arg(long, default_value = "tcp")]
    protocol: String,
    /// Destination port, without which every port is meant; of ICMP the type, without which a ping is meant.
    #[arg(long)]
    port: Option<u64>,
    /// Source port; without one an ephemeral one.
    #[arg(long)]
    source_port: Option<u64>,
    /// A page to fetch: name, certificate, listener rule and target are walked too.
    #[arg(long, conflicts_with_all = ["to", "queries"])]
    url: Option<String>,
    /// A JSON list of questions, each with from, to, protocol, port and source_port.
    #[arg(long, conflicts_with_all = ["from", "to"])]
    queries: Option<std::path::PathBuf>,
}

/// Answers one question, or a file of them; the answer is no if one of them is.
pub fn run(source: Source<'_>, options: &Options, format: Format, lang: Lang) -> Result<Answer, Message> {
    let opened = source.read()?;
    opened.notes.iter().for_each(|note| super::complain(note.get(lang)));
    let design = &opened.design;
    let net = Network::lower(design);
    let refer = Refer::new(design, &opened.aliases);
    let told = way::Told { design, net: &net, refer: &refer, lang };
    let offers = Offers::new(design);
    if let Some(url) = &options.url {
        let url: Url = url.parse().map_err(|why: Message| why)?;
        let from = refer.start(&net, options.from.as_deref().unwrap_or_default())?;
        let answer = trace_url(design, &net, from, &url)?;
        let asked = Asked::Url(from, url);
        let offer = |blocker: &Blocker| offers.opening(&asked, blocker);
        let text = match format {
            Format::Json => pretty(&url_json(&refer, &answer, &offer)),
            Format::Text => way::url(&answer, lang),
        };
        return Ok(Answer { text, fine: answer.verdict() != Verdict::No });
    }
    let ask = |query: &Query| -> Result<(Asked, Trace), Message> {
        let question = query.question(&refer, &net)?;
        Ok((Asked::Packet(question), trace(design, &net, question)?))
    };
    if let Some(file) = &options.queries {
        let queries = queries(file)?;
        let mut answers = Vec::with_capacity(queries.len());
        // One question that makes no sense does not keep the others from being answered.
        let mut senseless = None;
        for (row, query) in queries.iter().enumerate() {
            let row = row + 1;
            answers.push(ask(query).map(|(asked, answer)| (Some(asked), answer)).unwrap_or_else(|why| {
                let told = Message {
                    ko: format!("{}: {row}번째 질문: {}", file.display(), why.ko),
                    en: format!("{}: query {row}: {}", file.display(), why.en),
                };
                senseless.get_or_insert(told);
                // Somebody who is there but stands in no network, or nobody at all.
                let known = [&query.from, &query.to].iter().all(|word| refer.end(word).is_ok());
                let code = if known { "UNASSOCIATED_COMPONENT" } else { "NO_SOURCE_OR_DESTINATION" };
                (None, Trace::refused(code, why))
            }));
        }
        let fine = answers.iter().all(|(_, answer)| answer.verdict() != Verdict::No);
        let text = match format {
            Format::Json => {
                let reply = |(asked, answer): &'_ (Option<Asked>, Trace)| -> Value {
                    let offer = |blocker: &Blocker| offers.opening(asked.as_ref()?, blocker);
                    serde_json::to_value(Reply::new(&refer, answer, &offer, false)).unwrap_or_default()
                };
                let all: Vec<Value> = answers.iter().map(reply).collect();
                let mut text = serde_json::to_string(&all).unwrap_or_default();
                text.push('\n');
                text
            }
            Format::Text => {
                let write = |(asked, answer): &(Option<Asked>, Trace)| {
                    told.trace(answer, &|blocker| offers.opening(asked.as_ref()?, blocker))
                };
                answers.iter().map(write).collect::<Vec<_>>().join("\n")
            }
        };
        if let Some(why) = senseless {
            super::print(&text)?;
            return Err(why);
        }
        return Ok(Answer { text, fine });
    }
    let query = Query {
        from: options.from.clone().unwrap_or_default(),
        to: options.to.clone().unwrap_or_default(),
        protocol: Value::from(options.protocol.as_str()),
        port: options.port,
        source_port: options.source_port,
    };
    let (asked, answer) = ask(&query)?;
    let offer = |blocker: &Blocker| offers.opening(&asked, blocker);
    let text = match format {
        Format::Json => pretty(&Reply::new(&refer, &answer, &offer, true)),
        Format::Text => told.trace(&answer, &offer),
    };
    Ok(Answer { text, fine: answer.verdict() != Verdict::No })
}

/// One question of a file.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    from: String,
    to: String,
    #[serde(default)]
    protocol: Value,
    port: Option<u64>,
    source_port: Option<u64>,
}

fn queries(file: &Path) -> Result<Vec<Query>, Message> {
    let text = input::text(file)?;
    serde_json::from_str(&text).map_err(|error| {
        let shown = file.display();
        message!("{shown}: 질문 목록으로 읽을 수 없어요({error}).", "{shown}: not a list of queries ({error}).")
    })
}

impl Query {
    fn question(&self, refer: &Refer<'_>, net: &Network) -> Result<Question, Message> {
        let written = match &self.protocol {
            Value::Null => "tcp".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let protocol: Protocol = written.parse().map_err(|error: groundplan::net::ProtocolError| {
            let (ko, en) = error.message();
            Message { ko, en }
        })?;
        if protocol == Protocol::All {
            return Err(message!("프로토콜 하나를 골라 주세요. 예: tcp", "Ask about one protocol, for example tcp."));
        }
        Ok(Question {
            from: refer.start(net, &self.from)?,
            to: refer.end(&self.to)?,
            protocol,
            port: port(self.port)?,
            source_port: port(self.source_port)?,
        })
    }
}

fn port(number: Option<u64>) -> Result<Option<u16>, Message> {
    let narrow = |number: u64| {
        u16::try_from(number).map_err(|_| {
            message!(
                "포트 {number}은(는) 없어요. 0부터 65535까지 쓸 수 있어요.",
                "There is no port {number}: ports go from 0 to 65535."
            )
        })
    };
    number.map(narrow).transpose()
}

/// What may be offered to open what blocks.
pub type Offer<'a> = &'a dyn Fn(&Blocker) -> Option<Fix>;

/// An answer as the contract has it; `hops` beside it for a single question.
#[derive(Serialize)]
pub struct Reply<'a> {
    forward: bool,
    reply: bool,
    /// Nothing where it is not known.
    reachable: Option<bool>,
    verdict: &'static str,
    known: bool,
    partial: bool,
    path: Vec<&'a str>,
    explanations: Vec<Explanation<'a>>,
    /// What else happens on the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Detail<'a>>,
    /// What to say of it as a whole, where some connect and others do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [Message],
    #[serde(skip_serializing_if = "Option::is_none")]
    hops: Option<Value>,
}

/// Something that happens on the way without stopping it.
#[derive(Serialize)]
struct Detail<'a> {
    code: &'static str,
    component: Option<&'a str>,
    direction: &'static str,
    step: usize,
    message: &'a Message,
}

/// One of several ends over which clients are spread.
#[derive(Serialize)]
struct Part<'a> {
    label: &'a Message,
    verdict: &'static str,
    explanations: Vec<Explanation<'a>>,
}

#[derive(Serialize)]
struct Explanation<'a> {
    code: &'static str,
    component: Option<&'a str>,
    direction: &'static str,
    message: &'a Message,
    fix: Option<Message>,
}

impl<'a> Reply<'a> {
    pub fn new(refer: &'a Refer<'_>, answer: &'a Trace, offer: Offer<'_>, hops: bool) -> Self {
        let mut path: Vec<&str> = Vec::new();
        for step in &answer.forward.steps {
            let id = step.component.map_or("internet", |node| refer.id(node));
            if path.last() != Some(&id) {
                path.push(id);
            }
        }
        let told = |walk: &'a Walk, direction| {
            walk.blockers.iter().map(move |blocker| Explanation::new(refer, blocker, offer, direction))
        };
        let explanations = told(&answer.forward, "forward").chain(told(&answer.reply, "reply")).collect();
        let detail = |walk: &'a Walk, direction| {
            walk.remarks.iter().map(move |remark| Detail {
                code: remark.code,
                component: remark.component.map(|node| refer.id(node)),
                direction,
                step: remark.step + 1,
                message: &remark.message,
            })
        };
        let part = |part: &'a groundplan::reach::Part| Part {
            label: &part.label,
            verdict: part.verdict.id(),
            explanations: part
                .blockers
                .iter()
                .map(|blocker| Explanation::new(refer, blocker, offer, "forward"))
                .collect(),
        };
        let verdict = answer.verdict();
        let hops = hops
            .then(|| json!({ "forward": way::hops(refer, &answer.forward), "reply": way::hops(refer, &answer.reply) }));
        Self {
            forward: answer.forward.passes(),
            reply: answer.reply.passes(),
            reachable: (verdict != Verdict::Unknown).then_some(verdict.connects()),
            verdict: verdict.id(),
            known: verdict != Verdict::Unknown,
            partial: verdict == Verdict::Partly,
            path,
            explanations,
            details: detail(&answer.forward, "forward").chain(detail(&answer.reply, "reply")).collect(),
            message: answer.summary(),
            parts: answer.parts.iter().map(part).collect(),
            notes: &answer.notes,
            hops,
        }
    }
}

impl<'a> Explanation<'a> {
    fn new(refer: &'a Refer<'_>, blocker: &'a Blocker, offer: Offer<'_>, direction: &'static str) -> Self {
        Self {
            code: blocker.code,
            component: blocker.component.map(|node| refer.id(node)),
            direction,
            message: &blocker.message,
            fix: offer(blocker).map(|fix| fix.title),
        }
    }
}

/// A request as data.
pub fn url_json(refer: &Refer<'_>, answer: &UrlTrace, offer: Offer<'_>) -> Value {
    let stages: Vec<Value> = answer
        .stages
        .iter()
        .map(|stage| {
            let reply = stage.trace.as_ref().map(|trace| Reply::new(refer, trace, offer, true));
            let component = stage.node.map(|node| refer.id(node));
            json!({ "stage": way::stage_id(stage.kind), "component": component, "ok": stage.ok, "verdict": stage.verdict.id(), "message": stage.message, "trace": reply })
        })
        .collect();
    let verdict = answer.verdict();
    let known = verdict != Verdict::Unknown;
    json!({
        "reachable": known.then_some(verdict.connects()),
        "verdict": verdict.id(),
        "known": known,
        "partial": verdict == Verdict::Partly,
        "stages": stages,
    })
}
