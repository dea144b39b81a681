//! What students handed in: files, folders and zip archives of submissions, each read within bounds.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use groundplan::design::Design;
use groundplan::file::{self, Form, MAX_BYTES};
use groundplan::labs::{Submission, Work, is_submission};
use groundplan::message;
use groundplan::text::Message;

use super::input;

/// Files that are read of folders and archives.
const MAX_FILES: usize = 10_000;
/// How deep folders are looked into.
const MAX_DEPTH: usize = 8;
/// Bytes that all files of an archive may have when they are unpacked.
const MAX_UNPACKED: u64 = 1 << 30;
/// Bytes an archive may have.
const MAX_ARCHIVE: u64 = 256 << 20;

/// One file that was handed in.
pub struct Handed {
    /// Where it was.
    pub file: String,
    /// What is in it, or why it is nothing that can be marked.
    pub work: Result<HandedWork, Message>,
}

/// What is in a file that can be marked.
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
    /// What the instructor should know of the file.
    pub note: Option<Message>,
}

impl Handed {
    /// Who handed it in, as far as it says so.
    pub fn student(&self) -> &str {
        self.work.as_ref().map_or("", |work| work.student.as_str())
    }

    fn of(file: String, bytes: Result<Vec<u8>, Message>, region: Option<&str>) -> Self {
        Self { file, work: bytes.and_then(|bytes| work(&bytes, region)) }
    }
}

/// Everything that was handed in, in the order of the arguments and of names within.
///
/// # Errors
/// That an argument is not there; what is wrong with a file within stands in its row.
pub fn handed_in(paths: &[PathBuf], region: Option<&str>) -> Result<Vec<Handed>, Message> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            folder(path, region, 0, &mut found)?;
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip")) {
            archive(path, region, &mut found)?;
        } else {
            // An argument that is not there is a wrong argument, not a bad submission.
            let bytes = input::bytes(path).map_err(|error| input::unreadable(path, &error))?;
            found.push(Handed::of(path.display().to_string(), Ok(bytes), region));
        }
    }
    Ok(found)
}

/// The files of a folder and of those within it. Links to folders are not followed, or they could lead in circles.
fn folder(path: &Path, region: Option<&str>, depth: usize, found: &mut Vec<Handed>) -> Result<(), Message> {
    let entries = std::fs::read_dir(path).map_err(|error| input::unreadable(path, &error))?;
    let mut entries: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        let name = entry.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if is_beside(&name) {
            continue;
        }
        if entry.symlink_metadata().is_ok_and(|of| of.is_dir()) {
            if depth < MAX_DEPTH {
                folder(&entry, region, depth + 1, found)?;
            }
        } else if entry.is_file() {
            if found.len() >= MAX_FILES {
                return Err(too_many(path));
            }
            let bytes = input::bytes(&entry).map_err(|error| input::unreadable(&entry, &error));
            found.push(Handed::of(entry.display().to_string(), bytes, region));
        }
    }
    Ok(())
}

/// What systems put beside people's files.
fn is_beside(name: &str) -> bool {
    // A way upwards is part of a path; nothing is written, so it leads nowhere.
    let hidden = name.starts_with('.') && !matches!(name, "." | "..");
    hidden || matches!(name, "__MACOSX" | "Thumbs.db" | "desktop.ini")
}

fn too_many(path: &Path) -> Message {
    let shown = path.display();
    message!("{shown}: 파일이 {MAX_FILES}개가 넘어요.", "{shown}: there are more than {MAX_FILES} files.")
}

/// The files of an archive. Nothing is written to disk, and no more is unpacked than a submission may have.
fn archive(path: &Path, region: Option<&str>, found: &mut Vec<Handed>) -> Result<(), Message> {
    let bad = |error: &dyn std::fmt::Display| {
        let shown = path.display();
        message!("{shown}: ZIP 파일로 읽을 수 없어요({error}).", "{shown}: cannot be read as a ZIP archive ({error}).")
    };
    let open = File::open(path).map_err(|error| input::unreadable(path, &error))?;
    if open.metadata().is_ok_and(|of| of.len() > MAX_ARCHIVE) {
        let (shown, limit) = (path.display(), MAX_ARCHIVE >> 20);
        return Err(message!(
            "{shown}: 파일이 너무 커요. {limit} MiB까지 읽어요.",
            "{shown}: the file is too large. At most {limit} MiB are read."
        ));
    }
    let mut archive = zip::ZipArchive::new(open).map_err(|error| bad(&error))?;
    if archive.len() > MAX_FILES {
        return Err(too_many(path));
    }
    let mut names: Vec<(String, usize)> = Vec::new();
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|error| bad(&error))?;
        // A name that is no text is told by its place.
        let name = entry.name().map_or_else(|_| format!("#{at}"), |name| name.into_owned());
        if entry.is_file() && !name.split(['/', '\\']).any(is_beside) {
            names.push((name, at));
        }
    }
    names.sort();
    let mut unpacked: u64 = 0;
    for (name, at) in names {
        let shown = format!("{}/{name}", path.display());
        if found.len() >= MAX_FILES {
            return Err(too_many(path));
        }
        let bytes = if unpacked > MAX_UNPACKED { Err(bomb()) } else { unpack(&mut archive, at) };
        unpacked = unpacked.saturating_add(bytes.as_ref().map_or(MAX_BYTES as u64, |bytes| bytes.len() as u64));
        found.push(Handed::of(shown, bytes, region));
    }
    Ok(())
}

fn bomb() -> Message {
    let limit = MAX_UNPACKED >> 20;
    message!(
        "ZIP 파일을 풀면 {limit} MiB가 넘어서 여기서부터 읽지 않았어요.",
        "Unpacked the archive has more than {limit} MiB, so it is not read from here on."
    )
}

/// One byte more than a file may have is enough to refuse it, whatever the archive says of its size.
fn unpack(archive: &mut zip::ZipArchive<File>, at: usize) -> Result<Vec<u8>, Message> {
    let bad = |error: &dyn std::fmt::Display| {
        message!("풀 수 없는 파일이에요({error}).", "The file cannot be unpacked ({error}).")
    };
    let entry = archive.by_index(at).map_err(|error| bad(&error))?;
    let mut bytes = Vec::new();
    entry.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| bad(&error))?;
    Ok(bytes)
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
        let Submission { lab, lab_version, student, seed, seconds, work, design, .. } = Submission::read(text)?;
        return Ok(HandedWork {
            student,
            lab: Some(lab),
            lab_version: Some(lab_version),
            seed,
            seconds,
            work,
            design,
            note: None,
        });
    }
    let opened = file::read_bytes_in(bytes, region).map_err(|error| error.message())?;
    let note = match opened.form {
        Form::Design | Form::Picture => None,
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
        note,
    })
}
