//! `reach`: who reaches whom, all pairs at once.

use std::fmt::Write;
use std::path::Path;

use clap::ValueEnum;
use groundplan::net::{PortRange, Protocol};
use groundplan::reach::sets::words;
use groundplan::reach::{Network, Pairs, Refer, Verdict};
use groundplan::text::{Lang, Message};
use serde::Serialize;

use super::{Answer, complain, input, pretty};

/// How pairs are printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Csv,
}

/// Traffic of one protocol between two ends.
#[derive(Serialize)]
struct Row {
    from: String,
    to: String,
    protocol: String,
    ports: Vec<String>,
    reply_blocked: bool,
}

/// Prints every pair between which something passes.
pub fn run(path: &Path, format: Format, lang: Lang) -> Result<Answer, Message> {
    let opened = input::read(path)?;
    opened.notes.iter().for_each(|note| complain(note.get(lang)));
    let net = Network::lower(&opened.design);
    let refer = Refer::new(&opened.design, &opened.aliases);
    let rows = rows(&net, &Pairs::new(&net), &refer);
    Ok(Answer::fine(match format {
        Format::Json => pretty(&rows),
        Format::Csv => lines(&rows, ",", Some("from,to,protocol,ports,reply_blocked")),
        Format::Text => lines(&rows, "\t", None),
    }))
}

fn rows(net: &Network, pairs: &Pairs, refer: &Refer<'_>) -> Vec<Row> {
    let shown = |ix: usize| {
        let Some(interface) = net.interfaces.get(ix) else { return String::new() };
        let id = refer.id(interface.node);
        if net.interfaces_of(interface.node).len() > 1 { format!("{id}/{}", interface.private) } else { id.to_owned() }
    };
    let mut rows = Vec::new();
    let mut add = |from: &str, to: &str, verdict: Verdict| {
        let traffic = pairs.sets.intervals(verdict.traffic);
        let answered = pairs.sets.intervals(verdict.answered);
        let lost = groundplan::reach::sets::without(traffic, answered);
        for (part, reply_blocked) in [(answered, false), (lost.as_slice(), true)] {
            let mut by_protocol: Vec<(String, Vec<String>)> = Vec::new();
            for (protocol, ports) in named(words(part)) {
                match by_protocol.iter_mut().find(|(known, _)| *known == protocol) {
                    Some((_, all)) => all.push(ports),
                    None => by_protocol.push((protocol, vec![ports])),
                }
            }
            rows.extend(by_protocol.into_iter().map(|(protocol, ports)| Row {
                from: from.to_owned(),
                to: to.to_owned(),
                protocol,
                ports,
                reply_blocked,
            }));
        }
    };
    for (a, from) in pairs.classes.classes.iter().enumerate() {
        for (b, to) in pairs.classes.classes.iter().enumerate() {
            let verdict = pairs.between(a, b);
            for source in &from.members {
                for target in to.members.iter().filter(|target| *target != source) {
                    add(&shown(*source), &shown(*target), verdict);
                }
            }
        }
        let outwards = pairs.outwards.get(a).copied().unwrap_or_default();
        let inwards = pairs.inwards.get(a).copied().unwrap_or_default();
        for member in &from.members {
            add(&shown(*member), "internet", outwards);
            add("internet", &shown(*member), inwards);
        }
    }
    rows.sort_by(|a, b| {
        (&a.from, &a.to, &a.protocol, a.reply_blocked).cmp(&(&b.from, &b.to, &b.protocol, b.reply_blocked))
    });
    rows
}

/// Protocols by name with their ports; those that have neither as ranges of numbers.
fn named(words: Vec<(Protocol, PortRange)>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut run: Option<(u8, u8)> = None;
    let flush = |run: &mut Option<(u8, u8)>, out: &mut Vec<(String, String)>| {
        if let Some((first, last)) = run.take() {
            let numbers = if first == last { first.to_string() } else { format!("{first}-{last}") };
            out.push((numbers, PortRange::ALL.to_string()));
        }
    };
    for (protocol, ports) in words {
        match (protocol, run) {
            (Protocol::Number(number), Some((first, last))) if last.checked_add(1) == Some(number) => {
                run = Some((first, number));
            }
            (Protocol::Number(number), _) => {
                flush(&mut run, &mut out);
                run = Some((number, number));
            }
            _ => {
                flush(&mut run, &mut out);
                out.push((protocol.to_string(), ports.to_string()));
            }
        }
    }
    flush(&mut run, &mut out);
    out
}

fn lines(rows: &[Row], between: &str, head: Option<&str>) -> String {
    let mut text = head.map(|head| format!("{head}\n")).unwrap_or_default();
    for row in rows {
        let reply = if row.reply_blocked { "reply-blocked" } else { "" };
        let cells = [&row.from, &row.to, &row.protocol, &row.ports.join(" "), reply];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell, between)).collect();
        // Writing into a string does not fail.
        writeln!(text, "{}", cells.join(between).trim_end()).ok();
    }
    text
}

/// A cell in quotes where it holds what would end it.
fn quoted(cell: &str, between: &str) -> String {
    if cell.contains(between) || cell.contains(['"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
