//! `labs` and `lab`: what labs there are, what one begins and ends with, and whether a lab file is sound.

use std::fmt::Write;
use std::path::Path;

use clap::Args;
use groundplan::file;
use groundplan::labs::{LabError, Ready, faults, read, says, unsound};
use groundplan::message;
use groundplan::text::{Lang, Message};
use serde::Serialize;

use super::{Answer, ListFormat, course, pretty};

/// What is asked of a lab.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Asked {
    /// Prints the design that students begin with.
    #[arg(long)]
    start: bool,
    /// Prints a design that does all that is asked.
    #[arg(long)]
    solution: bool,
    /// Prints the solution with a fault; the seed is any text, such as a student's number.
    #[arg(long, value_name = "SEED")]
    fault: Option<String>,
    /// Says whether the lab is sound; exits with 1 if it is not.
    #[arg(long)]
    check: bool,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    version: u32,
    title: &'a Message,
    minutes: u16,
    requires: &'a [String],
    modes: &'a [groundplan::labs::Mode],
    points: u32,
    checks: Vec<CheckEntry<'a>>,
    faults: Vec<&'a str>,
}

#[derive(Serialize)]
struct CheckEntry<'a> {
    id: &'a str,
    points: u32,
    says: Message,
}

fn entry(ready: &Ready) -> Entry<'_> {
    let lab = &ready.lab;
    let check = |item| CheckEntry { id: item_id(item), points: item.points, says: says(lab, item) };
    Entry {
        id: &lab.id,
        version: lab.version,
        title: &lab.title,
        minutes: lab.minutes,
        requires: &lab.requires,
        modes: &lab.modes,
        points: lab.points(),
        checks: lab.checks.iter().map(check).collect(),
        faults: lab.faults.iter().map(|used| used.class.as_str()).collect(),
    }
}

fn item_id(item: &groundplan::labs::Item) -> &str {
    &item.id
}

/// Lists the built-in labs.
pub fn list(format: ListFormat, lang: Lang) -> Result<Answer, Message> {
    let labs = course::all().collect::<Result<Vec<Ready>, Message>>()?;
    Ok(Answer::fine(match format {
        ListFormat::Json => pretty(&labs.iter().map(entry).collect::<Vec<_>>()),
        ListFormat::Text => {
            let mut text = String::new();
            for Ready { lab, .. } in &labs {
                let (minutes, checks, points) = (lab.minutes, lab.checks.len(), lab.points());
                let what = message!(
                    "{minutes}분, 확인 항목 {checks}개, {points}점",
                    "{minutes} minutes, {checks} checks, {points} points"
                );
                // Writing into a string does not fail.
                writeln!(text, "{:<24} {} ({})", lab.id, lab.title.get(lang), what.get(lang)).ok();
            }
            text
        }
    }))
}

/// Answers what is asked of one lab.
pub fn run(word: &Path, asked: &Asked, level: Option<u8>, lang: Lang) -> Result<Answer, Message> {
    if asked.check {
        return check(word, lang);
    }
    let ready = course::open(word)?;
    let design = match &asked.fault {
        Some(seed) => faults::of_lab(&ready, &ready.lab.faults, faults::Asked { seed, level, count: 1 })?.design,
        None if asked.solution => ready.solution,
        None => ready.start,
    };
    Ok(Answer::fine(file::save(&design)))
}

/// A lab that cannot be read is as little sound as one whose solution fails: both are an answer and no wrong argument.
fn check(word: &Path, lang: Lang) -> Result<Answer, Message> {
    let text = course::text(word)?;
    let (errors, lab): (Vec<LabError>, Option<Ready>) = match read(&text) {
        Ok(ready) => (unsound(&ready, usize::MAX), Some(ready)),
        Err(errors) => (errors, None),
    };
    let shown = word.display();
    let mut out = String::new();
    for error in &errors {
        writeln!(out, "{shown}: {}", error.message().get(lang)).ok();
    }
    if let (Some(Ready { lab, .. }), true) = (lab, errors.is_empty()) {
        let (checks, points, faults) = (lab.checks.len(), lab.points(), lab.faults.len());
        let sum = message!(
            "{shown}: 이상이 없어요. 확인 항목 {checks}개, {points}점, 장애 {faults}가지.",
            "{shown}: sound. {checks} checks, {points} points, {faults} classes of faults."
        );
        writeln!(out, "{}", sum.get(lang)).ok();
    }
    Ok(Answer { text: out, fine: errors.is_empty() })
}
