//! `reach`: who reaches whom, all pairs at once.

use std::fmt::Write;
use std::path::Path;

use clap::ValueEnum;
use groundplan::reach::{Network, Pairs, Party, Refer, rows};
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
    let rows = told(&net, &Pairs::new(&net), &refer);
    Ok(Answer::fine(match format {
        Format::Json => pretty(&rows),
        Format::Csv => lines(&rows, ",", Some("from,to,protocol,ports,reply_blocked")),
        Format::Text => lines(&rows, "\t", None),
    }))
}

fn told(net: &Network, pairs: &Pairs, refer: &Refer<'_>) -> Vec<Row> {
    let shown = |party: Party| match party {
        Party::Internet => "internet".to_owned(),
        Party::Service(endpoint) => refer.id(endpoint).to_owned(),
        Party::Interface(ix) => {
            let Some(interface) = net.interfaces.get(ix) else { return String::new() };
            let id = refer.id(interface.node);
            if net.interfaces_of(interface.node).len() > 1 {
                format!("{id}/{}", interface.private)
            } else {
                id.to_owned()
            }
        }
    };
    let row = |row: groundplan::reach::Row| Row {
        from: shown(row.from),
        to: shown(row.to),
        protocol: row.traffic.protocol,
        ports: row.traffic.ports.iter().map(ToString::to_string).collect(),
        reply_blocked: row.reply_blocked,
    };
    let mut rows: Vec<Row> = rows(net, pairs).into_iter().map(row).collect();
    rows.sort_by(|a, b| {
        (&a.from, &a.to, &a.protocol, a.reply_blocked).cmp(&(&b.from, &b.to, &b.protocol, b.reply_blocked))
    });
    rows
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
