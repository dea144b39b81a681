//! What students handed in: files, folders and zip archives of submissions, each read within bounds.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use groundplan::labs::class::{Archive, Handed, MAX_ARCHIVE, MAX_FILES, is_beside};
use groundplan::message;
use groundplan::text::Message;

use super::input;

/// How deep folders are looked into.
const MAX_DEPTH: usize = 8;

/// Everything that was handed in, in the order of the arguments and of names within.
///
/// # Errors
/// That an argument is not there, or that nothing but an archive was given and it is none; what else is wrong with a file stands in its row.
pub fn handed_in(paths: &[PathBuf], region: Option<&str>) -> Result<Vec<Handed>, Message> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            folder(path, region, 0, &mut found)?;
        } else if is_archive(path) {
            archive(path, region, &mut found)?;
        } else {
            // An argument that is not there is a wrong argument, not a bad submission.
            let bytes = input::bytes(path).map_err(|error| input::unreadable(path, &error))?;
            found.push(Handed::new(path.display().to_string(), Ok(bytes), region));
        }
    }
    if let ([path], [one]) = (paths, found.as_slice())
        && is_archive(path)
        && Path::new(&one.file) == path
        && let Err(why) = &one.work
    {
        let (shown, Message { ko, en }) = (path.display(), why);
        return Err(message!("{shown}: {ko}", "{shown}: {en}"));
    }
    Ok(found)
}

fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// The files of a folder and of those within it, archives unpacked. Links to folders are not followed, or they could lead in circles.
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
            if is_archive(&entry) {
                archive(&entry, region, found)?;
                continue;
            }
            let bytes = input::bytes(&entry).map_err(|error| input::unreadable(&entry, &error));
            found.push(Handed::new(entry.display().to_string(), bytes, region));
        }
    }
    Ok(())
}

fn too_many(path: &Path) -> Message {
    let shown = path.display();
    message!("{shown}: 파일이 {MAX_FILES}개가 넘어요.", "{shown}: there are more than {MAX_FILES} files.")
}

/// The files of an archive, or a row that says why it is none.
fn archive(path: &Path, region: Option<&str>, found: &mut Vec<Handed>) -> Result<(), Message> {
    let shown = path.display().to_string();
    let mut bytes = Vec::new();
    // One byte more than an archive may have is enough to refuse it.
    let read = File::open(path).and_then(|file| file.take(MAX_ARCHIVE as u64 + 1).read_to_end(&mut bytes));
    let open = read.map_err(|error| input::unreadable(path, &error)).and_then(|_| Archive::open(bytes));
    let mut archive = match open {
        Ok(archive) => archive,
        Err(why) => {
            found.push(Handed::new(shown, Err(why), region));
            return Ok(());
        }
    };
    for at in 0..archive.len() {
        if found.len() >= MAX_FILES {
            return Err(too_many(path));
        }
        if let Some((name, bytes)) = archive.file(at) {
            found.push(Handed::new(format!("{shown}/{name}"), bytes, region));
        }
    }
    Ok(())
}
