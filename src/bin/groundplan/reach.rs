//! `reach`: who reaches whom, all pairs at once.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, ErrorKind, Write};

use clap::ValueEnum;
use groundplan::id::NodeId;
use groundplan::reach::{Doubtful, Network, Party, Refer, Row, Rows, Verdict};
use groundplan::text::{Lang, Message, csv};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::input::Source;
use super::{Answer, complain};

/// How pairs are printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Csv,
}

/// Prints every pair between which something passes: row by row, because large networks have millions.
pub fn run(source: Source<'_>, format: Format, lang: Lang) -> Result<Answer, Message> {
    let opened = source.read()?;
    opened.notes.iter().for_each(|note| complain(note.get(lang)));
    let net = Network::lower(&opened.design);
    let refer = Refer::new(&opened.design, &opened.aliases);
    let rows = Rows::new(&net);
    let names = Names::new(&net, &rows.parties(), &refer);
    let mut out = BufWriter::new(io::stdout().lock());
    let doubtful = Doubtful::new(&opened.design, &net);
    match write(rows, &doubtful, &names, format, &mut out).and_then(|()| out.flush()) {
        // A reader that has seen enough (`| head`) is no problem.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Message::plain(format!("stdout: {error}"))),
        _ => Ok(Answer::fine(String::new())),
    }
}

fn write(
    mut rows: Rows<'_>,
    doubtful: &Doubtful<'_>,
    names: &Names,
    format: Format,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut parties = rows.parties();
    parties.sort_by_key(|party| names.of(*party).0);
    if matches!(format, Format::Csv) {
        out.write_all(b"from,to,protocol,ports,reply_blocked,verdict,known,partial\n")?;
    }
    let mut first = true;
    for from in parties {
        let mut found = Vec::new();
        rows.from(from, |row| found.push(row));
        rows.doubt(from, doubtful, &mut found);
        found.sort_by(|a, b| {
            let to = |row: &Row| names.of(row.to).0;
            (to(a), &a.traffic.protocol, a.reply_blocked).cmp(&(to(b), &b.traffic.protocol, b.reply_blocked))
        });
        let told = found.iter().map(|row| Told { row, names });
        match format {
            Format::Csv => out.write_all(lines(told, ',').as_bytes())?,
            Format::Text => out.write_all(lines(told, '\t').as_bytes())?,
            Format::Json => {
                for one in told {
                    let text = serde_json::to_string_pretty(&one).unwrap_or_default().replace('\n', "\n  ");
                    write!(out, "{}\n  {text}", if first { "[" } else { "," })?;
                    first = false;
                }
            }
        }
    }
    if matches!(format, Format::Json) {
        out.write_all(if first { b"[]\n" } else { b"\n]\n" })?;
    }
    Ok(())
}

/// What ends are called, each with its rank among all in the order of names: large networks have millions of rows.
struct Names {
    internet: (usize, String),
    interfaces: Vec<(usize, String)>,
    services: BTreeMap<NodeId, (usize, String)>,
}

impl Names {
    fn new(net: &Network, parties: &[Party], refer: &Refer<'_>) -> Self {
        let services = parties.iter().filter_map(|party| if let Party::Service(id) = party { Some(*id) } else { None });
        let mut names = Self {
            internet: (0, "internet".to_owned()),
            interfaces: Vec::new(),
            services: services.map(|id| (id, (0, refer.id(id).to_owned()))).collect(),
        };
        for interface in &net.interfaces {
            let id = refer.id(interface.node);
            let is_one_of_several = net.interfaces_of(interface.node).len() > 1;
            let name = if is_one_of_several { format!("{id}/{}", interface.private) } else { id.to_owned() };
            names.interfaces.push((0, name));
        }
        let all = names.interfaces.iter_mut().chain(names.services.values_mut()).chain([&mut names.internet]);
        let mut all: Vec<&mut (usize, String)> = all.collect();
        all.sort_by(|a, b| a.1.cmp(&b.1));
        all.into_iter().enumerate().for_each(|(rank, name)| name.0 = rank);
        names
    }

    fn of(&self, party: Party) -> (usize, &str) {
        let found = match party {
            Party::Internet => Some(&self.internet),
            Party::Interface(ix) => self.interfaces.get(ix),
            Party::Service(endpoint) => self.services.get(&endpoint),
        };
        found.map_or((0, ""), |(rank, name)| (*rank, name))
    }
}

/// Traffic of one protocol between two ends, as it is printed.
struct Told<'a> {
    row: &'a Row,
    names: &'a Names,
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Row", 8)?;
        out.serialize_field("from", self.names.of(self.row.from).1)?;
        out.serialize_field("to", self.names.of(self.row.to).1)?;
        out.serialize_field("protocol", &self.row.traffic.protocol)?;
        out.serialize_field("ports", &self.row.traffic.ports)?;
        out.serialize_field("reply_blocked", &self.row.reply_blocked)?;
        out.serialize_field("verdict", self.row.verdict.id())?;
        out.serialize_field("known", &(self.row.verdict != Verdict::Unknown))?;
        out.serialize_field("partial", &(self.row.verdict == Verdict::Partly))?;
        out.end()
    }
}

/// A line for each row.
fn lines<'a>(rows: impl Iterator<Item = Told<'a>>, between: char) -> String {
    let mut text = String::new();
    for Told { row, names } in rows {
        for end in [row.from, row.to] {
            quote(&mut text, names.of(end).1, between);
            text.push(between);
        }
        quote(&mut text, &row.traffic.protocol, between);
        text.push(between);
        for (at, ports) in row.traffic.ports.iter().enumerate() {
            text.push_str(if at > 0 { " " } else { "" });
            text.push_str(ports);
        }
        text.push(between);
        text.push_str(if row.reply_blocked { "reply-blocked" } else { "" });
        let verdict = row.verdict;
        if between == ',' {
            let (known, partial) = (verdict != Verdict::Unknown, verdict == Verdict::Partly);
            text.push_str(&format!(",{},{known},{partial}", verdict.id()));
        } else if matches!(verdict, Verdict::Unknown | Verdict::Partly) {
            text.push_str(verdict.id());
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

/// Writes a cell, in quotes where it holds what would end it. What goes to spreadsheets is no formula there.
fn quote(text: &mut String, cell: &str, between: char) {
    if between == ',' {
        text.push_str(&csv::cell(cell));
    } else if cell.contains([between, '"', '\n']) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}
