//! An archive of submissions, unpacked in memory and within bounds. Nothing is written anywhere, so a path within it leads nowhere.

use std::io::{Cursor, Read, Write};

use crate::file::MAX_BYTES;
use crate::message;
use crate::text::Message;

/// Files that are read of folders and archives.
pub const MAX_FILES: usize = 10_000;
/// Bytes that all files of an archive may have when they are unpacked.
const MAX_UNPACKED: u64 = 1 << 30;
/// Bytes an archive may have.
pub const MAX_ARCHIVE: usize = 256 << 20;

/// An archive that is open.
pub struct Archive {
    zip: zip::ZipArchive<Cursor<Vec<u8>>>,
    /// The files within, in the order of their names, with their places.
    names: Vec<(String, usize)>,
    unpacked: u64,
}

impl Archive {
    /// Opens an archive.
    ///
    /// # Errors
    /// That it is none, or too large.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Message> {
        let bad = |error: &dyn std::fmt::Display| {
            message!("ZIP 파일로 읽을 수 없어요({error}).", "It cannot be read as a ZIP archive ({error}).")
        };
        if bytes.len() > MAX_ARCHIVE {
            let limit = MAX_ARCHIVE >> 20;
            return Err(message!(
                "파일이 너무 커요. {limit} MiB까지 읽어요.",
                "The file is too large. At most {limit} MiB are read."
            ));
        }
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| bad(&error))?;
        if zip.len() > MAX_FILES {
            return Err(message!("파일이 {MAX_FILES}개가 넘어요.", "There are more than {MAX_FILES} files."));
        }
        let mut names = Vec::new();
        for at in 0..zip.len() {
            let entry = zip.by_index_raw(at).map_err(|error| bad(&error))?;
            // A name that is no text is told by its place.
            let name = entry.name().map_or_else(|_| format!("#{at}"), |name| name.into_owned());
            if entry.is_file() && !name.split(['/', '\\']).any(is_beside) {
                names.push((name, at));
            }
        }
        names.sort();
        Ok(Self { zip, names, unpacked: 0 })
    }

    /// How many files it has.
    pub const fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether it has none.
    pub const fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name and the bytes of one file, or why it cannot be unpacked.
    pub fn file(&mut self, at: usize) -> Option<(String, Result<Vec<u8>, Message>)> {
        let (name, place) = self.names.get(at).cloned()?;
        if self.unpacked > MAX_UNPACKED {
            let limit = MAX_UNPACKED >> 20;
            let why = message!(
                "ZIP 파일을 풀면 {limit} MiB가 넘어서 여기서부터 읽지 않았어요.",
                "Unpacked the archive has more than {limit} MiB, so it is not read from here on."
            );
            return Some((name, Err(why)));
        }
        let bytes = self.unpack(place);
        self.unpacked += bytes.as_ref().map_or(MAX_BYTES as u64, |bytes| bytes.len() as u64);
        Some((name, bytes))
    }

    /// One byte more than a file may have is enough to refuse it, whatever the archive says of its size.
    fn unpack(&mut self, place: usize) -> Result<Vec<u8>, Message> {
        let bad = |error: &dyn std::fmt::Display| {
            message!("풀 수 없는 파일이에요({error}).", "The file cannot be unpacked ({error}).")
        };
        let entry = self.zip.by_index(place).map_err(|error| bad(&error))?;
        let mut bytes = Vec::new();
        entry.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| bad(&error))?;
        Ok(bytes)
    }
}

/// What systems put beside people's files.
pub fn is_beside(name: &str) -> bool {
    // A way upwards is part of a path; nothing is written, so it leads nowhere.
    let hidden = name.starts_with('.') && !matches!(name, "." | "..");
    hidden || matches!(name, "__MACOSX" | "Thumbs.db" | "desktop.ini")
}

/// Texts as an archive, each under its name; nothing where one of the names is refused.
pub fn archived(files: &[(String, String)]) -> Option<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).ok()?;
        archive.write_all(text.as_bytes()).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_archived_comes_out_again() {
        let files = [("b/둘.txt".to_owned(), "2".repeat(9_000)), ("a.txt".to_owned(), "1".to_owned())];
        let mut archive = Archive::open(archived(&files).unwrap()).unwrap();
        assert_eq!(archive.len(), 2);
        let all: Vec<_> =
            (0..2).filter_map(|at| archive.file(at)).map(|(name, bytes)| (name, bytes.unwrap())).collect();
        assert_eq!(all[0], ("a.txt".to_owned(), b"1".to_vec()));
        assert_eq!((all[1].0.as_str(), all[1].1.len()), ("b/둘.txt", 9_000));
        assert!(archive.file(2).is_none() && !archive.is_empty());
    }

    #[test]
    fn what_is_no_archive_and_what_swells_is_refused() {
        assert!(Archive::open(b"PK\x03\x04 and no more".to_vec()).is_err());
        let bomb = [("bomb.json".to_owned(), " ".repeat(MAX_BYTES + 9))];
        let mut archive = Archive::open(archived(&bomb).unwrap()).unwrap();
        let (_, bytes) = archive.file(0).unwrap();
        assert_eq!(bytes.unwrap().len(), MAX_BYTES + 1, "no more than is enough to refuse it");
    }
}
