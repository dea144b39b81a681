//! Marks of a class as programs, spreadsheets and students read them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Value, json};

use super::Row;
use crate::design::Design;
use crate::id::NodeId;
use crate::labs::decide::{Proof, State};
use crate::labs::grade::{Grade, Mark};
use crate::labs::ready::Ready;
use crate::message;
use crate::reach::{Evidence, Refer, Way};
use crate::text::Lang;
use crate::text::csv::line;

/// A row with everything that is known of it.
pub fn json(row: &Row) -> Value {
    let file = &row.handed.file;
    let student = Some(row.handed.student()).filter(|student| !student.is_empty());
    let work = row.handed.work.as_ref().ok();
    match &row.grade {
        Err(why) => json!({ "file": file, "student": student, "problem": why, "notes": row.notes }),
        Ok(grade) => {
            let design = work.map(|work| &work.design);
            let quiz = grade.quiz.iter().map(|quiz| {
                json!({ "id": quiz.id, "says": quiz.says, "points": quiz.points, "of": quiz.of, "answered": quiz.answered })
            });
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
                "mode": work.and_then(|work| work.work.mode),
                "seed": work.map(|work| work.seed.as_str()).filter(|seed| !seed.is_empty()),
                "seal": work.map(|work| work.seal.id()),
                "checks": grade.marks.iter().map(|mark| mark_json(mark, design)).collect::<Vec<_>>(),
                "quiz": quiz.collect::<Vec<_>>(),
                "roles": roles_json(grade),
                "same_as": row.same_as,
                "same_places": row.same_places,
                "problem": Value::Null,
                "notes": row.notes,
            })
        }
    }
}

fn roles_json(grade: &Grade) -> Value {
    let ids = |nodes: &[NodeId]| nodes.iter().map(ToString::to_string).collect::<Vec<_>>();
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
            let refer = Refer::new(design, &BTreeMap::new());
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

/// A table with a column for each check. A cell that a spreadsheet would run begins with an apostrophe. `comments` are the instructor's, by file.
pub fn csv(ready: &Ready, rows: &[Row], comments: &BTreeMap<String, String>, lang: Lang) -> String {
    let lab = &ready.lab;
    let head = ["file", "student", "points", "of", "percent", "undecided", "hint_cost", "seconds", "seed"];
    let ids = lab.checks.iter().map(|item| item.id.as_str()).chain(lab.quiz.iter().map(|quiz| quiz.id.as_str()));
    let tail: &[&str] = if comments.is_empty() { &["problem", "notes"] } else { &["problem", "notes", "comment"] };
    let mut lines = vec![line(head.into_iter().chain(ids).chain(tail.iter().copied()).map(str::to_owned))];
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
        if !comments.is_empty() {
            cells.push(comments.get(&row.handed.file).cloned().unwrap_or_default());
        }
        lines.push(line(cells));
    }
    lines.concat()
}

/// What a student gets back, as a plain text: points, each check with its reason, and what the instructor says.
pub fn feedback(ready: &Ready, row: &Row, comment: &str, lang: Lang) -> String {
    let mut out = String::new();
    let student = row.handed.student();
    let mut say = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    say(ready.lab.title.get(lang));
    if !student.is_empty() {
        say(student);
    }
    match &row.grade {
        Err(why) => say(why.get(lang)),
        Ok(grade) => {
            let (points, of, percent) = (grade.points, grade.of, grade.percent());
            say(message!("{of}점 가운데 {points}점({percent}%)", "{points} of {of} points ({percent}%)").get(lang));
            say("");
            for mark in &grade.marks {
                say(&mark_text(mark, lang));
            }
            for quiz in grade.quiz.iter().filter(|quiz| quiz.answered) {
                say(&format!("[{}/{}] {}", quiz.points, quiz.of, quiz.says.get(lang)));
                if let Some(feedback) = &quiz.feedback {
                    say(&format!("    {}", feedback.get(lang)));
                }
            }
            if grade.open > 0 {
                let open = grade.open;
                let why = message!(
                    "{open}점은 그린 것만으로는 알 수 없어서 세지 않았어요. 틀렸다는 뜻이 아니에요.",
                    "{open} points could not be decided from the drawing alone and are not counted. That does not mean they are wrong."
                );
                say(why.get(lang));
            }
        }
    }
    let comment = comment.trim();
    if !comment.is_empty() {
        say("");
        say(message!("강사의 말", "From your instructor").get(lang));
        say(comment);
    }
    out
}

fn mark_text(mark: &Mark, lang: Lang) -> String {
    let (points, of, says, state) = (mark.points, mark.of, mark.says.get(lang), mark.state.label().get(lang));
    let mut text = format!("[{points}/{of}] {says}: {state}");
    if mark.state != State::Holds {
        // Writing into a string does not fail.
        write!(text, "\n    {}", mark.why.get(lang)).ok();
    }
    if let Some(feedback) = &mark.feedback {
        write!(text, "\n    {}", feedback.get(lang)).ok();
    }
    text
}

/// The checks that fail together most often, and the rows where exactly they do: the commonest wrong design. Nothing where everybody is right.
pub fn commonest(rows: &[Row]) -> Option<(Vec<String>, Vec<usize>)> {
    let mut found: BTreeMap<BTreeSet<&str>, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let Ok(grade) = &row.grade else { continue };
        // What waits for something else says nothing by itself.
        let wrong = grade.marks.iter().filter(|mark| mark.state != State::Holds && mark.waits_for.is_empty());
        let wrong: BTreeSet<&str> = wrong.map(|mark| mark.id.as_str()).collect();
        if !wrong.is_empty() {
            found.entry(wrong).or_default().push(at);
        }
    }
    // Of equally common ones the one that fails least.
    let most = found.into_iter().max_by_key(|(wrong, rows)| (rows.len(), std::cmp::Reverse(wrong.len())))?;
    Some((most.0.into_iter().map(str::to_owned).collect(), most.1))
}
