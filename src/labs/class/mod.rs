//! A class: what its students handed in, marked one after the other, and what the instructor should know of each beside the marks.
//!
//! Whatever a file is, it gets a row: with marks, or with the reason why there are none. Nothing of it is run, and names stand for nothing but text.

mod archive;
mod copies;
mod print;

pub use archive::{Archive, MAX_ARCHIVE, MAX_FILES, archived, is_beside};
pub(super) use copies::text as hashed;
pub use copies::{Signature, signature};
pub use print::{commonest, csv, feedback, json};

use std::collections::BTreeMap;

use super::grade::{Grade, Work, grade};
use super::lab::Mode;
use super::ready::Ready;
use super::submission::{Seal, Submission, is_submission};
use crate::design::Design;
use crate::file::{self, Form, MAX_BYTES};
use crate::message;
use crate::text::Message;

/// One file that was handed in.
#[derive(Clone, Debug)]
pub struct Handed {
    /// Where it was.
    pub file: String,
    /// What is in it, or why it is nothing that can be marked.
    pub work: Result<HandedWork, Message>,
}

/// What is in a file that can be marked.
#[derive(Clone, Debug)]
pub struct HandedWork {
    /// Who, as the student wrote it; empty for a bare design.
    pub student: String,
    /// Which lab it answers, where it says so.
    pub lab: Option<String>,
    /// Which edition of it.
    pub lab_version: Option<u32>,
    /// From what the fault was drawn.
    pub seed: String,
    /// Seconds spent.
    pub seconds: u64,
    /// Roles, answers and hints.
    pub work: Work,
    /// The design.
    pub design: Design,
    /// Whether it is as it was saved.
    pub seal: Seal,
    /// What the instructor should know of the file.
    pub note: Option<Message>,
}

/// One file with its marks, or why it could not be marked.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was handed in.
    pub handed: Handed,
    /// Its marks.
    pub grade: Result<Grade, Message>,
    /// What the instructor should know beside the marks.
    pub notes: Vec<Message>,
    /// The files of others that hold the same design under other names.
    pub same_as: Vec<String>,
    /// Whether one of those stands in the same places too.
    pub same_places: bool,
    /// What its design is, whatever things are called.
    signature: Option<Signature>,
}

impl Handed {
    /// What the bytes of a file hold. `region` is where a template without one is meant.
    pub fn new(file: String, bytes: Result<Vec<u8>, Message>, region: Option<&str>) -> Self {
        Self { file, work: bytes.and_then(|bytes| work(&bytes, region)) }
    }

    /// Who handed it in, as far as it says so.
    pub fn student(&self) -> &str {
        self.work.as_ref().map_or("", |work| work.student.trim())
    }
}

/// A submission, or a bare design in any form.
fn work(bytes: &[u8], region: Option<&str>) -> Result<HandedWork, Message> {
    if bytes.len() > MAX_BYTES {
        let limit = MAX_BYTES >> 20;
        return Err(message!(
            "파일이 너무 커요. {limit} MiB까지 읽어요.",
            "The file is too large. At most {limit} MiB are read."
        ));
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && is_submission(text)
    {
        let (submission, seal) = Submission::read_sealed(text)?;
        let Submission { lab, lab_version, student, seed, seconds, work, design } = submission;
        let note = (seal == Seal::Broken).then(|| {
            message!(
                "저장한 뒤에 파일의 내용이 바뀌었어요. 봉인은 가볍게 고친 것만 알려 주고 증거가 되지는 않아요.",
                "The file was changed after it was saved. The seal shows casual changes only and proves nothing."
            )
        });
        return Ok(HandedWork {
            student,
            lab: Some(lab),
            lab_version: Some(lab_version),
            seed,
            seconds,
            work,
            design,
            seal,
            note,
        });
    }
    let opened = file::read_bytes_in(bytes, region).map_err(|error| error.message())?;
    let note = match opened.form {
        Form::Design => None,
        Form::Picture => Some(message!(
            "제출 파일이 아니라 그림이에요. 그 안에 든 설계를 채점했어요.",
            "It is a picture, not a submission. The design inside it is marked."
        )),
        Form::Template => Some(message!("제출 파일이 아니라 템플릿이에요.", "It is a template, not a submission.")),
        Form::Describe => Some(message!(
            "제출 파일이 아니라 계정에서 읽은 것이에요.",
            "It was read from an account and is not a submission."
        )),
    };
    Ok(HandedWork {
        student: String::new(),
        lab: None,
        lab_version: None,
        seed: String::new(),
        seconds: 0,
        work: Work::default(),
        design: opened.design,
        seal: Seal::None,
        note,
    })
}

/// Marks one file. What follows from the others beside it is found by [`compare`].
pub fn mark(ready: &Ready, handed: Handed) -> Row {
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
            notes.extend(other_seed(work));
            let grade = grade(ready, &work.design, &work.work);
            for id in &grade.unlocked {
                let name = ready.start.node(*id).map_or("", |node| node.name.as_str());
                notes.push(message!("잠긴 리소스 {name}을(를) 바꿨어요.", "{name} is locked and was changed."));
            }
            Ok(grade)
        }
    };
    let drawn = handed.work.as_ref().ok().filter(|_| grade.is_ok());
    let signature = drawn.map(|work| signature(&work.design));
    Row { handed, grade, notes, same_as: Vec::new(), same_places: false, signature }
}

/// That a fault was drawn from another seed than the student's own, so that it may be a neighbour's.
fn other_seed(work: &HandedWork) -> Option<Message> {
    if work.work.mode != Some(Mode::FindTheFault) {
        return None;
    }
    let (seed, student) = (work.seed.trim(), work.student.trim());
    if seed.is_empty() {
        return Some(message!("장애의 시드가 없어요.", "It does not say from which seed its fault was drawn."));
    }
    (seed != student).then(|| {
        message!(
            "장애의 시드 '{seed}'이(가) 학생 '{student}'의 것이 아니에요.",
            "The seed of its fault, \"{seed}\", is not that of the student, \"{student}\"."
        )
    })
}

/// Notes what files are to each other: several of one student, and the same design under other names.
pub fn compare(ready: &Ready, rows: &mut [Row]) {
    note_twins(rows);
    note_copies(ready, rows);
}

fn note_twins(rows: &mut [Row]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.iter() {
        *count.entry(row.handed.student().to_owned()).or_default() += 1;
    }
    for row in rows {
        let own = row.handed.student();
        if !own.is_empty() && count.get(own).is_some_and(|many| *many > 1) {
            row.notes.push(message!("{own}의 제출물이 여럿이에요.", "There are several submissions of {own}."));
        }
    }
}

fn note_copies(ready: &Ready, rows: &mut [Row]) {
    // Whoever has drawn nothing yet has what everybody was given.
    let given = signature(&ready.start);
    let mut same: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        // A fault that is mended leads everybody to the same design.
        let mode = row.handed.work.as_ref().ok().and_then(|work| work.work.mode);
        let drawn = row.signature.filter(|own| own.structure != given.structure && mode != Some(Mode::FindTheFault));
        if let Some(own) = drawn {
            same.entry(own.structure).or_default().push(at);
        }
    }
    let about: Vec<(String, String, Option<Signature>)> =
        rows.iter().map(|row| (row.handed.file.clone(), row.handed.student().to_owned(), row.signature)).collect();
    for group in same.into_values().filter(|group| group.len() > 1) {
        for at in &group {
            let (Some(row), Some((_, student, own))) = (rows.get_mut(*at), about.get(*at)) else { continue };
            let others = group.iter().filter(|other| *other != at).filter_map(|other| about.get(*other));
            // Two of one student are told of already.
            let others: Vec<_> = others.filter(|(_, other, _)| student.is_empty() || other != student).collect();
            if others.is_empty() {
                continue;
            }
            row.same_as = others.iter().map(|(file, ..)| file.clone()).collect();
            row.same_places = others.iter().any(|(_, _, other)| other == own);
            let (files, places) = (row.same_as.join(", "), row.same_places);
            row.notes.push(if places {
                message!(
                    "{files}과(와) 이름만 다른 같은 설계이고 놓인 자리까지 같아요.",
                    "The same design under other names as {files}, in the same places too."
                )
            } else {
                message!("{files}과(와) 이름만 다른 같은 설계예요.", "The same design under other names as {files}.")
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Edit;

    fn ready() -> Ready {
        let text = include_str!("../../../public/labs/private-servers.lab.json");
        super::super::read(text).unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    fn submission(student: &str, design: Design) -> Submission {
        let (lab, lab_version) = ("private-servers".to_owned(), ready().lab.version);
        Submission { lab, lab_version, student: student.to_owned(), design, ..Submission::default() }
    }

    fn handed(file: &str, text: &str) -> Handed {
        Handed::new(file.to_owned(), Ok(text.as_bytes().to_vec()), None)
    }

    /// The same design as somebody would hand it in who copied it: other names, other numbers, other places.
    fn copied(design: &Design) -> Design {
        let mut text: serde_json::Value = serde_json::from_str(&file::save(design)).unwrap();
        fn shift(value: &mut serde_json::Value) {
            match value {
                serde_json::Value::Object(cells) => {
                    let is_node = cells.contains_key("kind") && cells.contains_key("id");
                    for (key, cell) in cells {
                        match cell {
                            serde_json::Value::String(text) if matches!(key.as_str(), "id" | "parent" | "ref") => {
                                let id: crate::id::NodeId = text.parse().unwrap();
                                *text = crate::id::NodeId(2_000 - id.0).to_string();
                            }
                            serde_json::Value::String(text) if is_node && key == "name" => *text = format!("my-{text}"),
                            other => shift(other),
                        }
                    }
                }
                serde_json::Value::Array(items) => items.iter_mut().for_each(shift),
                _ => {}
            }
        }
        shift(&mut text);
        file::open(&text.to_string()).unwrap()
    }

    #[test]
    fn what_is_the_same_under_other_names_is_found() {
        let ready = ready();
        let mut own = ready.solution.clone();
        let bastion = own.nodes().find(|(_, node)| node.kind().spec().id == "laptop").map(|(id, _)| id).unwrap();
        own.apply(&Edit::Remove(bastion)).unwrap();
        let files = [
            ("a.json", submission("kim", own.clone())),
            ("b.json", submission("lee", copied(&own))),
            ("c.json", submission("park", ready.solution.clone())),
            ("d.json", submission("kim", own.clone())),
            ("e.json", submission("choi", ready.start.clone())),
            ("f.json", submission("han", ready.start.clone())),
        ];
        let mut rows: Vec<Row> =
            files.iter().map(|(file, submission)| mark(&ready, handed(file, &submission.save()))).collect();
        compare(&ready, &mut rows);
        let same: Vec<&[String]> = rows.iter().map(|row| row.same_as.as_slice()).collect();
        assert_eq!(same[0], ["b.json"]);
        assert_eq!(same[1], ["a.json", "d.json"]);
        assert!(rows[1].same_places, "the places were copied too");
        assert!(same[2].is_empty() && same[4].is_empty() && same[5].is_empty(), "{same:?}");
        assert_eq!(same[3], ["b.json"]);
        assert!(rows[0].notes.iter().any(|note| note.en.contains("several submissions of kim")));
        assert!(rows[1].notes.iter().any(|note| note.ko.contains("이름만 다른 같은 설계")));
    }

    #[test]
    fn a_seal_shows_what_was_changed_and_not_how_it_is_spaced() {
        let ready = ready();
        let text = submission("kim", ready.solution.clone()).save();
        let seal = |text: &str| handed("a.json", text).work.unwrap().seal;
        assert_eq!(seal(&text), Seal::Whole);
        let spaced: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(seal(&serde_json::to_string_pretty(&spaced).unwrap()), Seal::Whole);
        for (was, is) in [("\"kim\"", "\"lee\""), ("\"seconds\":0", "\"seconds\":9"), ("10.0.", "10.9.")] {
            assert!(text.contains(was), "{was}");
            assert_eq!(seal(&text.replacen(was, is, 1)), Seal::Broken, "{was}");
        }
        let mut bare = spaced;
        bare.as_object_mut().unwrap().remove("seal");
        assert_eq!(seal(&bare.to_string()), Seal::None);
        let row = mark(&ready, handed("a.json", &text.replacen("\"kim\"", "\"lee\"", 1)));
        assert!(row.grade.is_ok() && row.notes[0].en.contains("changed after it was saved"), "{:?}", row.notes);
    }

    #[test]
    fn a_fault_of_another_seed_is_noted() {
        let ready = ready();
        let mut one = submission("kim", ready.solution.clone());
        one.work.mode = Some(Mode::FindTheFault);
        let notes = |one: &Submission| mark(&ready, handed("a.json", &one.save())).notes;
        one.seed = "kim ".to_owned();
        assert_eq!(notes(&one), []);
        one.seed = "lee".to_owned();
        assert!(notes(&one)[0].en.contains("is not that of the student"));
        one.seed = String::new();
        assert!(notes(&one)[0].en.contains("does not say"));
    }

    #[test]
    fn what_is_no_submission_has_the_reason_in_its_row() {
        let ready = ready();
        let whole = submission("kim", ready.solution.clone()).save();
        for (text, says) in [
            (whole.get(..whole.len() / 2).unwrap(), "cut short"),
            (&whole.replace("\"lab\":\"private-servers\"", "\"lab\":\"six-subnets\""), "another lab"),
            ("\u{89}PNG", ""),
            ("", ""),
        ] {
            let row = mark(&ready, handed("x", text));
            let why = row.grade.unwrap_err();
            assert!(why.en.contains(says) && !why.ko.is_empty(), "{text:.40}: {}", why.en);
        }
    }
}
