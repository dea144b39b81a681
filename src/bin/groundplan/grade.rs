//! `grade`: points per check and in total for each submission, in order.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use groundplan::design::Design;
use groundplan::labs::{Grade, Mark, Proof, Ready, State, grade};
use groundplan::message;
use groundplan::reach::{Evidence, Refer, Way};
use groundplan::text::{Lang, Message};
use serde_json::{Value, json};

use super::handed_in::{Handed, handed_in};
use super::{Answer, course, pretty};

/// How marks are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Csv,
}

/// One submission with its marks, or why it could not be marked.
struct Row {
    handed: Handed,
    grade: Result<Grade, Message>,
    /// What the instructor should know beside the marks.
    notes: Vec<Message>,
}

/// Marks submissions. The answer is no where one makes less than all points or cannot be marked.
pub fn run(lab: &Path, files: &[PathBuf], region: Option<&str>, format: Format, lang: Lang) -> Result<Answer, Message> {
    let ready = course::open(lab)?;
    let mut rows: Vec<Row> = handed_in(files, region)?.into_iter().map(|handed| row(&ready, handed)).collect();
    if rows.is_empty() {
        return Err(message!("채점할 파일이 없어요.", "There is no file to mark."));
    }
    note_twins(&mut rows);
    let fine = rows.iter().all(|row| row.grade.as_ref().is_ok_and(Grade::is_full));
    let text = match format {
        Format::Text => text(&rows, lang),
        Format::Json => pretty(&rows.iter().map(row_json).collect::<Vec<_>>()),
        Format::Csv => csv(&ready, &rows, lang),
    };
    Ok(Answer { text, fine })
}

fn row(ready: &Ready, handed: Handed) -> Row {
    let mut notes = Vec::new();
    let grade = match &handed.work {
        Err(why) => Err(why.clone()),
        Ok(work) if work.lab.as_ref().is_some_and(|lab| *lab != ready.lab.id) => {
            let (other, own) = (work.lab.clone().unwrap_or_default(), &ready.lab.id);
            Err(message!(
                "다른 실습('{other}')의 제출물이에요. '{own}'이(가) 아니에요.",
                "It answers another lab, \"{other}\", not \"{own}\"."
            ))
        }
        Ok(work) => {
            if let Some(version) = work.lab_version.filter(|version| *version != ready.lab.version) {
                let own = ready.lab.version;
                notes.push(message!(
                    "{version}판을 푼 제출물을 {own}판으로 채점했어요.",
                    "It answers edition {version} and is marked by edition {own}."
                ));
            }
            notes.extend(work.note.clone());
            let grade = grade(ready, &work.design, &work.work);
            for id in &grade.unlocked {
                let name = ready.start.node(*id).map_or("", |node| node.name.as_str());
                notes.push(message!("잠긴 리소스 {name}을(를) 바꿨어요.", "{name} is locked and was changed."));
            }
            Ok(grade)
        }
    };
    Row { handed, grade, notes }
}

/// Says where two submissions are of one student.
fn note_twins(rows: &mut [Row]) {
    let students: Vec<String> = rows.iter().map(|row| row.handed.student().to_owned()).collect();
    for (at, row) in rows.iter_mut().enumerate() {
        let Some(own) = students.get(at).filter(|own| !own.is_empty()) else { continue };
        if students.iter().enumerate().any(|(other, student)| other != at && student == own) {
            row.notes.push(message!("{own}의 제출물이 여럿이에요.", "There are several submissions of {own}."));
        }
    }
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
                for quiz in &grade.quiz {
                    writeln!(out, "  {}/{} {}", quiz.points, quiz.of, quiz.id).ok();
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

fn row_json(row: &Row) -> Value {
    let file = &row.handed.file;
    let student = Some(row.handed.student()).filter(|student| !student.is_empty());
    let work = row.handed.work.as_ref().ok();
    match &row.grade {
        Err(why) => json!({ "file": file, "student": student, "problem": why, "notes": row.notes }),
        Ok(grade) => {
            let design = work.map(|work| &work.design);
            json!({
                "file": file,
                "student": student,
                "lab": grade.lab,
                "version": grade.version,
                "points": grade.points,
                "of": grade.of,
                "percent": grade.percent(),
                "undecided": grade.open,
                "hint_cost": grade.hint_cost,
                "seconds": work.map(|work| work.seconds),
                "seed": work.map(|work| work.seed.as_str()).filter(|seed| !seed.is_empty()),
                "checks": grade.marks.iter().map(|mark| mark_json(mark, design)).collect::<Vec<_>>(),
                "quiz": grade.quiz.iter().map(|quiz| json!({ "id": quiz.id, "points": quiz.points, "of": quiz.of })).collect::<Vec<_>>(),
                "roles": roles_json(grade),
                "problem": Value::Null,
                "notes": row.notes,
            })
        }
    }
}

fn roles_json(grade: &Grade) -> Value {
    let ids = |nodes: &[groundplan::id::NodeId]| nodes.iter().map(ToString::to_string).collect::<Vec<_>>();
    let all = grade.cast.roles.iter().map(|(role, filled)| {
        (
            role.clone(),
            json!({ "nodes": ids(&filled.nodes), "candidates": ids(&filled.candidates), "chosen": filled.chosen }),
        )
    });
    Value::Object(all.collect())
}

fn mark_json(mark: &Mark, design: Option<&Design>) -> Value {
    json!({
        "id": mark.id,
        "says": mark.says,
        "state": mark.state.id(),
        "points": mark.points,
        "of": mark.of,
        "why": mark.why,
        "feedback": mark.feedback,
        "waits_for": mark.waits_for,
        "evidence": mark.proof.as_ref().zip(design).map(|(proof, design)| proof_json(proof, design)),
    })
}

fn proof_json(proof: &Proof, design: &Design) -> Value {
    match proof {
        Proof::Nodes(nodes) => json!({ "nodes": nodes.iter().map(ToString::to_string).collect::<Vec<_>>() }),
        Proof::Way(evidence) => {
            let Evidence { lost, way } = evidence.as_ref();
            let refer = Refer::new(design, &std::collections::BTreeMap::new());
            let lost = lost.map(|lost| refer.id(lost));
            match way {
                Way::Packet(question, trace) => json!({
                    "lost": lost,
                    "from": refer.word(question.from),
                    "to": refer.word(question.to),
                    "protocol": question.protocol.to_string(),
                    "port": question.port,
                    "verdict": trace.verdict().id(),
                }),
                Way::Page(from, url, page) => {
                    json!({ "lost": lost, "from": refer.word(*from), "url": url.to_string(), "verdict": page.verdict().id() })
                }
            }
        }
    }
}

/// A table with a column for each check. A cell that a spreadsheet would run begins with an apostrophe.
fn csv(ready: &Ready, rows: &[Row], lang: Lang) -> String {
    let lab = &ready.lab;
    let head = ["file", "student", "points", "of", "percent", "undecided", "hint_cost", "seconds", "seed"];
    let ids = lab.checks.iter().map(|item| item.id.as_str()).chain(lab.quiz.iter().map(|quiz| quiz.id.as_str()));
    let mut lines = vec![line(head.into_iter().chain(ids).chain(["problem", "notes"]).map(str::to_owned))];
    for row in rows {
        let mut cells = vec![row.handed.file.clone(), row.handed.student().to_owned()];
        let many = lab.checks.len() + lab.quiz.len();
        match (&row.grade, &row.handed.work) {
            (Ok(grade), Ok(work)) => {
                let numbers = [grade.points, grade.of, grade.percent(), grade.open, grade.hint_cost];
                cells.extend(numbers.map(|number| number.to_string()));
                cells.extend([work.seconds.to_string(), work.seed.clone()]);
                let marks = grade.marks.iter().map(|mark| mark.points).chain(grade.quiz.iter().map(|quiz| quiz.points));
                cells.extend(marks.map(|points| points.to_string()));
                cells.push(String::new());
            }
            (Err(why), _) | (_, Err(why)) => {
                cells.extend(std::iter::repeat_n(String::new(), many + 7));
                cells.push(why.get(lang).to_owned());
            }
        }
        cells.push(row.notes.iter().map(|note| note.get(lang)).collect::<Vec<_>>().join(" "));
        lines.push(line(cells.into_iter()));
    }
    lines.concat()
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let mut line = cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A cell as RFC 4180 wants it, which no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let runs = cell
        .trim_start_matches([' ', '"'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    let cell = if runs { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, want) in [
            ("web", "web"),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2", "'-2"),
            ("+1,2", "\"'+1,2\""),
            (" =1", "' =1"),
            ("\t=1", "'\t=1"),
            ("a\"b", "\"a\"\"b\""),
            ("", ""),
        ] {
            assert_eq!(quoted(cell), want);
        }
    }
}
