//! `report` and `addresses`: a design on paper, and its address plan.

use std::fmt::Write;
use std::path::Path;

use clap::ValueEnum;
use groundplan::derived::Derived;
use groundplan::report::{self, addresses};
use groundplan::text::{Lang, Message, Text, t};

use super::input::Source;
use super::{Answer, complain, input, pretty};

/// How the address plan is printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Text,
    Json,
    /// A table for spreadsheets.
    Csv,
}

/// Prints the report, or writes it to a file.
pub fn run(source: Source<'_>, output: Option<&Path>, lang: Lang) -> Result<Answer, Message> {
    let opened = source.read()?;
    opened.notes.iter().for_each(|note| complain(note.get(lang)));
    let page = report::page(&Derived::new(opened.design), None, lang);
    match output {
        Some(output) => input::write(output, page.as_bytes()).map(|()| Answer::fine(String::new())),
        None => Ok(Answer::fine(page)),
    }
}

/// Prints the address plan.
pub fn addresses(source: Source<'_>, format: Format, lang: Lang) -> Result<Answer, Message> {
    let opened = source.read()?;
    opened.notes.iter().for_each(|note| complain(note.get(lang)));
    let rows = addresses::rows(&Derived::new(opened.design));
    Ok(Answer::fine(match format {
        Format::Json => pretty(&rows),
        Format::Csv => addresses::csv(&rows),
        Format::Text => text(&rows, lang),
    }))
}

fn text(rows: &[addresses::Row], lang: Lang) -> String {
    const UNKNOWN: Text = t("알 수 없음", "not known");
    const FREE: Text = t("남은 주소", "free");
    let mut text = String::new();
    for row in rows {
        let unknown = || UNKNOWN.get(lang).to_owned();
        let block = row.block.clone().unwrap_or_else(unknown);
        let free = row.free.map_or_else(unknown, |free| free.to_string());
        let name = match &row.subnet {
            Some(subnet) => format!("  {subnet}"),
            None => row.vpc.clone(),
        };
        // Writing into a string does not fail.
        writeln!(text, "{name}\t{block}\t{}\t{} {free}", row.zone.as_deref().unwrap_or_default(), FREE.get(lang)).ok();
    }
    text
}
