//! What a student hands in: a file with the design and all that was done beside it.
//!
//! ```json
//! {"groundplan_submission":1,"lab":"private-servers","lab_version":1,"student":"2026-017","mode":"goal","seed":"2026-017",
//!  "seconds":1860,"roles":{"bastion":["n14"]},"answers":{"public":["n9","n10"]},"hints":[{"check":"site","level":"where"}],
//!  "design":{"groundplan":1,"title":"","nodes":[]}}
//! ```
//!
//! `design` is a design file as an object. `seed` is the text from which a fault was drawn. `seal` is a sum over everything else: it shows that
//! somebody edited the file by hand, and no more than that, since whoever reads this can make one. Everything but `lab` and `design` may be left out.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::class::hashed;
use super::grade::Work;
use super::lab::{Choices, HintLevel, Mode};
use crate::design::Design;
use crate::file;
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// The version that [`Submission::save`] writes.
pub const VERSION: u64 = 1;
/// The key that a submission begins with.
const KEY: &str = "\"groundplan_submission\"";
/// Entries that a list of a submission may have, and characters of a word in it.
const MAX_MANY: usize = 10_000;
const MAX_WORD: usize = 255;

/// What a student hands in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Submission {
    /// The lab's id.
    pub lab: String,
    /// The edition of it that was answered.
    pub lab_version: u32,
    /// Who: a name or number that the student typed.
    pub student: String,
    /// From what the fault was drawn, if there was one.
    pub seed: String,
    /// Seconds spent.
    pub seconds: u64,
    /// Roles, answers, hints.
    pub work: Work,
    /// The design.
    pub design: Design,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    groundplan_submission: u64,
    lab: String,
    #[serde(default = "first")]
    lab_version: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    student: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mode: Option<Mode>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    seed: String,
    #[serde(default)]
    seconds: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    roles: BTreeMap<String, Vec<NodeId>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    answers: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hints: Vec<Read>,
    design: serde_json::Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seal: Option<String>,
}

impl Form {
    /// The sum over everything but the seal itself, however it is spaced.
    fn sum(&self) -> String {
        let all = json!([
            self.groundplan_submission,
            self.lab,
            self.lab_version,
            self.student,
            self.mode,
            self.seed,
            self.seconds,
            self.roles,
            self.answers,
            self.hints,
            self.design,
        ]);
        format!("{:016x}", hashed(&all.to_string()))
    }
}

/// Whether a submission is as it was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// It has no seal: it was written by something else than Groundplan.
    None,
    /// It is as it was saved, as far as a seal shows.
    Whole,
    /// It was changed.
    Broken,
}

impl Seal {
    /// Stable name for programs.
    pub const fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Whole => "whole",
            Self::Broken => "broken",
        }
    }
}

const fn first() -> u32 {
    1
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    check: String,
    level: HintLevel,
}

/// What tells submissions apart from other files.
#[derive(Deserialize)]
struct Head {
    groundplan_submission: Option<u64>,
}

/// Whether a text begins like a submission, whatever its version.
pub fn is_submission(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    text.len() <= file::MAX_BYTES
        && match serde_json::from_str::<Head>(text) {
            Ok(head) => head.groundplan_submission.is_some(),
            // One that is cut short says what it was by its first key.
            Err(error) => error.is_eof() && text.trim_start().trim_start_matches('{').trim_start().starts_with(KEY),
        }
}

impl Submission {
    /// The submission in the text of a file.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn read(text: &str) -> Result<Self, Message> {
        Self::read_sealed(text).map(|(submission, _)| submission)
    }

    /// The submission in the text of a file, and whether it is as it was saved.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn read_sealed(text: &str) -> Result<(Self, Seal), Message> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.len() > file::MAX_BYTES {
            let limit = file::MAX_BYTES >> 20;
            return Err(message!(
                "제출 파일이 너무 커요. {limit} MiB까지 읽어요.",
                "The submission is too large. At most {limit} MiB are read."
            ));
        }
        let bad = |error: serde_json::Error| {
            let (line, column) = (error.line(), error.column());
            if error.is_eof() {
                return message!(
                    "제출 파일이 {line}번째 줄에서 끊겼어요. 저장이나 전송이 끝나기 전에 잘린 파일이에요.",
                    "The submission is cut short in line {line}: it was cut off as it was saved or sent."
                );
            }
            message!(
                "제출 파일의 형식이 아니에요({line}번째 줄 {column}번째 칸: {error}).",
                "This does not have the form of a submission (line {line}, column {column}: {error})."
            )
        };
        let head: Head = serde_json::from_str(text).map_err(bad)?;
        match head.groundplan_submission {
            Some(VERSION) => {}
            Some(version) => {
                return Err(message!(
                    "다른 버전의 제출 파일이에요(형식 {version}, 여기서는 {VERSION}까지 읽어요).",
                    "The submission is of another version (form {version}; this one reads up to {VERSION})."
                ));
            }
            None => return Err(message!("Groundplan 제출 파일이 아니에요.", "This is not a Groundplan submission.")),
        }
        let form: Form = serde_json::from_str(text).map_err(bad)?;
        let words = [&form.lab, &form.student, &form.seed];
        let long = |word: &str| word.chars().count() > MAX_WORD;
        let many =
            form.roles.values().map(Vec::len).chain(form.answers.values().map(Vec::len)).chain([form.hints.len()]);
        let long_answer = form.answers.values().flatten().any(|word| long(word));
        if words.into_iter().any(|word| long(word)) || long_answer || many.into_iter().any(|many| many > MAX_MANY) {
            return Err(message!(
                "제출 파일의 글이나 목록이 너무 길어요.",
                "A text or a list of the submission is too long."
            ));
        }
        let seal = form.seal.as_ref().map_or(Seal::None, |seal| match *seal == form.sum() {
            true => Seal::Whole,
            false => Seal::Broken,
        });
        let design = file::open(&form.design.to_string()).map_err(|error| error.message())?;
        let hints: BTreeSet<(String, HintLevel)> =
            form.hints.into_iter().map(|read| (read.check, read.level)).collect();
        let roles: Choices = form.roles;
        let submission = Self {
            lab: form.lab,
            lab_version: form.lab_version,
            student: form.student,
            seed: form.seed,
            seconds: form.seconds,
            work: Work { roles, answers: form.answers, hints, mode: form.mode },
            design,
        };
        Ok((submission, seal))
    }

    /// The submission as a file of the newest version. The same submission gives the same text.
    pub fn save(&self) -> String {
        let hints = self.work.hints.iter().map(|(check, level)| Read { check: check.clone(), level: *level });
        let mut form = Form {
            groundplan_submission: VERSION,
            lab: self.lab.clone(),
            lab_version: self.lab_version,
            student: self.student.clone(),
            mode: self.work.mode,
            seed: self.seed.clone(),
            seconds: self.seconds,
            roles: self.work.roles.clone(),
            answers: self.work.answers.clone(),
            hints: hints.collect(),
            // What is saved is JSON.
            design: serde_json::from_str(&file::save(&self.design)).unwrap_or_default(),
            seal: None,
        };
        form.seal = Some(form.sum());
        // Keys are text and numbers whole, so there is nothing that could fail.
        let mut text = serde_json::to_string(&form).unwrap_or_default();
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::two_az_vpc;

    #[test]
    fn a_submission_comes_back_as_it_was() {
        let work = Work {
            roles: [("web".to_owned(), vec![NodeId(7)])].into(),
            answers: [("public".to_owned(), vec!["n3".to_owned()])].into(),
            hints: [("site".to_owned(), HintLevel::Where)].into(),
            mode: Some(Mode::FindTheFault),
        };
        let submission = Submission {
            lab: "two-az".to_owned(),
            lab_version: 3,
            student: "=1+1".to_owned(),
            seed: "2026-017".to_owned(),
            seconds: 99,
            work,
            design: two_az_vpc(),
        };
        let text = submission.save();
        assert!(is_submission(&text));
        assert_eq!(Submission::read(&text).unwrap(), submission);
        let bare = r#"{"groundplan_submission":1,"lab":"x","design":{"groundplan":1,"nodes":[]}}"#;
        assert_eq!(Submission::read(bare).unwrap().lab_version, 1);
    }

    #[test]
    fn other_files_are_refused_with_the_reason() {
        for (text, says) in [
            ("", "line 1"),
            ("{}", "not a Groundplan submission"),
            (r#"{"groundplan_submission":2}"#, "another version"),
            (r#"{"groundplan_submission":1,"lab":"x"}"#, "design"),
            (r#"{"groundplan_submission":1,"lab":"x","design":{}}"#, "not a Groundplan design"),
            (r#"{"groundplan_submission":1,"lab":"x","points":9,"design":{}}"#, "points"),
        ] {
            let why = Submission::read(text).unwrap_err();
            assert!(why.en.contains(says), "{text}: {}", why.en);
        }
        let long = format!(r#"{{"groundplan_submission":1,"lab":"{}","design":{{"groundplan":1}}}}"#, "x".repeat(300));
        assert!(Submission::read(&long).unwrap_err().en.contains("too long"));
    }
}
