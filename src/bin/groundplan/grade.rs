//! `grade`: points per check and in total for each submission, in order.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use groundplan::labs::class::{self, Handed, Row};
use groundplan::labs::{Grade, Mark, Ready, State};
use groundplan::message;
use groundplan::text::{Lang, Message};

use super::handed_in::handed_in;
use super::{Answer, course, pretty};

/// How marks are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Csv,
}

/// Marks submissions. The answer is no where one makes less than all points or cannot be marked.
pub fn run(lab: &Path, files: &[PathBuf], region: Option<&str>, format: Format, lang: Lang) -> Result<Answer, Message> {
    let ready = course::open(lab)?;
    let mut rows = marked(&ready, handed_in(files, region)?);
    if rows.is_empty() {
        return Err(message!("채점할 파일이 없어요.", "There is no file to mark."));
    }
    class::compare(&ready, &mut rows);
    let fine = rows.iter().all(|row| row.grade.as_ref().is_ok_and(Grade::is_full));
    let text = match format {
        Format::Text => text(&rows, lang),
        Format::Json => pretty(&rows.iter().map(class::json).collect::<Vec<_>>()),
        Format::Csv => class::csv(&ready, &rows, &BTreeMap::new(), lang),
    };
    Ok(Answer { text, fine })
}

/// Marks every file, on as many threads as there are: each is for itself.
fn marked(ready: &Ready, handed: Vec<Handed>) -> Vec<Row> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = handed.len().div_ceil(threads).max(1);
    let mut rest = handed.into_iter();
    let mut shares: Vec<Vec<Handed>> = Vec::new();
    loop {
        let share: Vec<Handed> = rest.by_ref().take(share).collect();
        if share.is_empty() {
            break;
        }
        shares.push(share);
    }
    std::thread::scope(|scope| {
        let work = |share: Vec<Handed>| {
            scope.spawn(move || share.into_iter().map(|handed| class::mark(ready, handed)).collect::<Vec<Row>>())
        };
        let running: Vec<_> = shares.into_iter().map(work).collect();
        // Marking does not panic; if it did, the command would.
        running.into_iter().flat_map(|one| one.join().unwrap_or_else(|why| std::panic::resume_unwind(why))).collect()
    })
}

fn text(rows: &[Row], lang: Lang) -> String {
    let mut out = String::new();
    // Writing into a string does not fail.
    for row in rows {
        let file = &row.handed.file;
        match &row.grade {
            Err(why) => writeln!(out, "{file}: {}", message!("채점하지 못했어요", "not marked").get(lang))
                .and_then(|()| writeln!(out, "  {}", why.get(lang)))
                .ok(),
            Ok(grade) => {
                let (points, of, percent) = (grade.points, grade.of, grade.percent());
                let student = row.handed.student();
                let who = if student.is_empty() { String::new() } else { format!(" [{student}]") };
                writeln!(out, "{file}{who}: {points}/{of} ({percent} %)").ok();
                for mark in &grade.marks {
                    mark_text(&mut out, mark, lang);
                }
                // What was not asked of a bare drawing is no row.
                let asked = grade.of > grade.marks.iter().map(|mark| mark.of).sum::<u32>();
                for quiz in grade.quiz.iter().filter(|quiz| asked || quiz.answered) {
                    let said = match (quiz.answered, quiz.points == quiz.of) {
                        (false, _) => message!("답하지 않았어요", "not answered"),
                        (true, true) => State::Holds.label().into(),
                        (true, false) => State::Fails.label().into(),
                    };
                    writeln!(out, "  {}/{} {}: {}", quiz.points, quiz.of, quiz.says.get(lang), said.get(lang)).ok();
                }
                if grade.open > 0 {
                    let open = grade.open;
                    writeln!(
                        out,
                        "  {}",
                        message!(
                            "{open}점은 판정할 수 없어요. 그림만으로는 알 수 없는 것이 있어요.",
                            "{open} points cannot be decided: the drawing alone does not tell."
                        )
                        .get(lang)
                    )
                    .ok();
                }
                Some(())
            }
        };
        for note in &row.notes {
            writeln!(out, "  {}", note.get(lang)).ok();
        }
    }
    out
}

fn mark_text(out: &mut String, mark: &Mark, lang: Lang) {
    writeln!(out, "  {}/{} {}: {}", mark.points, mark.of, mark.says.get(lang), mark.state.label().get(lang)).ok();
    if mark.state != State::Holds {
        writeln!(out, "      {}", mark.why.get(lang)).ok();
    }
}
