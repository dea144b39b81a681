//! Reading what a command is given: a file or standard input, never more than a design may have.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use groundplan::catalog::data::regions;
use groundplan::file::{self, Form, Opened};
use groundplan::labs::{Submission, is_submission};
use groundplan::message;
use groundplan::text::Message;

/// A file, a folder or standard input (`-`), and the region that a template in it is meant for, where somebody says so.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub path: &'a Path,
    pub region: Option<&'a str>,
}

impl Source<'_> {
    /// What is in it.
    pub fn read(self) -> Result<Opened, Message> {
        read(self.path, self.region)
    }
}

/// A region as an argument.
pub fn region(code: &str) -> Result<String, String> {
    let known = regions::region(code).is_some();
    known
        .then(|| code.to_owned())
        .ok_or_else(|| "there is no such region; write its code, such as ap-northeast-2".to_owned())
}

fn read(path: &Path, region: Option<&str>) -> Result<Opened, Message> {
    if path.is_dir() {
        return folder(path);
    }
    let shown = path.display();
    let bytes = bytes(path).map_err(|error| unreadable(path, &error))?;
    if let Ok(text) = std::str::from_utf8(&bytes)
        && is_submission(text)
    {
        let submission = Submission::read(text).map_err(|why| {
            let Message { ko, en } = why;
            message!("{shown}: {ko}", "{shown}: {en}")
        })?;
        return Ok(Opened {
            design: submission.design,
            form: Form::Design,
            notes: Vec::new(),
            aliases: BTreeMap::new(),
        });
    }
    file::read_bytes_in(&bytes, region).map_err(|error| {
        let (why, advice) = (error.message(), error.advice.text());
        Message { ko: format!("{shown}: {} {}", why.ko, advice.ko), en: format!("{shown}: {} {}", why.en, advice.en) }
    })
}

/// That a file cannot be read, and why.
pub fn unreadable(path: &Path, error: &io::Error) -> Message {
    let shown = path.display();
    message!("{shown}: 읽을 수 없어요({error}).", "{shown}: cannot be read ({error}).")
}

/// How deep a folder is looked into: those of accounts in it, and of their regions in those.
const MAX_DEPTH: usize = 3;
/// Files that are read of a folder; nobody means to open more.
const MAX_FILES: usize = 10_000;

/// The JSON files of a folder and of those within it; links to folders are not followed, or they could lead in circles.
fn collect(path: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), Message> {
    let entries = std::fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
    for entry in entries.filter_map(Result::ok) {
        let within = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type().is_ok_and(|of| of.is_dir()) {
            if depth < MAX_DEPTH && !hidden {
                collect(&within, depth + 1, files)?;
            }
        } else if within.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            files.push(within);
        }
    }
    if files.len() > MAX_FILES {
        let shown = path.display();
        return Err(message!(
            "{shown}: JSON 파일이 {MAX_FILES}개가 넘어요. aws ec2 describe-* 출력만 모은 폴더를 고르세요.",
            "{shown}: there are more than {MAX_FILES} JSON files. Choose a folder of the output of aws ec2 describe-* only."
        ));
    }
    Ok(())
}

/// A folder of what describe commands printed, a file each.
fn folder(path: &Path) -> Result<Opened, Message> {
    let mut files = Vec::new();
    collect(path, 0, &mut files)?;
    files.sort();
    let mut texts = Vec::new();
    for file in &files {
        texts.push((file.display().to_string(), text(file)?));
    }
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    if !texts.iter().any(|(_, text)| groundplan::cloudformation::is_describe(text)) {
        let shown = path.display();
        return Err(message!(
            "{shown}: 이 폴더에는 aws ec2 describe-* 출력(.json)이 없어요.",
            "{shown}: this folder holds no output of aws ec2 describe-* (.json)."
        ));
    }
    Ok(file::describe(texts))
}

/// The text of a file.
pub fn text(path: &Path) -> Result<String, Message> {
    text_up_to(path, file::MAX_BYTES)
}

/// The text of a file of at most so many bytes.
pub fn text_up_to(path: &Path, most: usize) -> Result<String, Message> {
    let bytes = bytes(path).map_err(|error| unreadable(path, &error))?;
    if bytes.len() > most {
        let (shown, limit) = (path.display(), most >> 20);
        return Err(message!(
            "{shown}: 파일이 너무 커요. {limit} MiB까지 열 수 있어요.",
            "{shown}: the file is too large. At most {limit} MiB can be opened."
        ));
    }
    file::decode(&bytes).map_err(|why| {
        let shown = path.display();
        Message { ko: format!("{shown}: {}", why.ko), en: format!("{shown}: {}", why.en) }
    })
}

/// The bytes of a file. One byte more than a file may have is enough to refuse it.
pub fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let limit = file::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Writes a file.
pub fn write(path: &Path, text: &str) -> Result<(), Message> {
    let shown = path.display();
    let failed =
        |error: io::Error| message!("{shown}: 쓸 수 없어요({error}).", "{shown}: cannot be written ({error}).");
    File::create(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed)
}
