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
/// Files and folders that are looked at; nobody means to open more, but a folder may be given that holds a whole machine.
const MAX_ENTRIES: usize = 10_000;
/// Bytes that all files of a folder may have together.
const MAX_BYTES: u64 = 64 << 20;

/// The JSON files of a folder while they are found.
#[derive(Default)]
struct Folder {
    files: Vec<PathBuf>,
    entries: usize,
    bytes: u64,
}

impl Folder {
    /// Looks for the JSON files of a folder and of those within it. Links to folders are not followed, or they could lead in circles, and what is no
    /// file may never end.
    fn collect(&mut self, path: &Path, depth: usize) -> Result<(), Message> {
        let mut within: Vec<std::fs::DirEntry> = Vec::new();
        for entry in std::fs::read_dir(path).map_err(|error| unreadable(path, &error))?.filter_map(Result::ok) {
            self.entries += 1;
            if self.entries > MAX_ENTRIES {
                let shown = path.display();
                return Err(message!(
                    "{shown}: 파일과 폴더가 {MAX_ENTRIES}개를 넘어서 여기에서 멈췄어요. aws ec2 describe-* 출력만 모은 폴더를 고르세요.",
                    "{shown}: stopped here after {MAX_ENTRIES} files and folders. Choose a folder of the output of aws ec2 describe-* only."
                ));
            }
            within.push(entry);
        }
        // In the order of names, so that the same folder always stops at the same place.
        within.sort_by_key(std::fs::DirEntry::file_name);
        for entry in within {
            let place = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if entry.file_type().is_ok_and(|of| of.is_dir()) {
                if depth < MAX_DEPTH && !hidden {
                    self.collect(&place, depth + 1)?;
                }
            } else if place.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
                self.add(place)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, file: PathBuf) -> Result<(), Message> {
        let Ok(about) = std::fs::metadata(&file) else { return Ok(()) };
        if !about.is_file() {
            return Ok(());
        }
        self.bytes += about.len();
        if self.bytes > MAX_BYTES {
            let (shown, limit) = (file.display(), MAX_BYTES >> 20);
            return Err(message!(
                "{shown}: 여기까지 JSON 파일이 모두 합쳐 {limit} MiB를 넘어요. aws ec2 describe-* 출력만 모은 폴더를 고르세요.",
                "{shown}: with this the JSON files have more than {limit} MiB together. Choose a folder of the output of aws ec2 describe-* only."
            ));
        }
        self.files.push(file);
        Ok(())
    }
}

/// A folder of what describe commands printed, a file each.
fn folder(path: &Path) -> Result<Opened, Message> {
    let mut found = Folder::default();
    found.collect(path, 0)?;
    found.files.sort();
    let mut texts = Vec::new();
    for file in &found.files {
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
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Message> {
    let shown = path.display();
    let failed =
        |error: io::Error| message!("{shown}: 쓸 수 없어요({error}).", "{shown}: cannot be written ({error}).");
    File::create(path).and_then(|mut file| file.write_all(bytes)).map_err(failed)
}
