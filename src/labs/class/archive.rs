//! An archive of submissions, unpacked in memory and within bounds. Nothing is written anywhere, so a path within it leads nowhere.
//!
//! By hand: the crate zip, which the tests hold this against, reads and writes through `std::io`, and the engine names none of that. What is needed
//! is little: the directory at the end, and one entry at a time, of which no more is unpacked than a file may have.

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use crate::file::MAX_BYTES;
use crate::message;
use crate::text::Message;

/// Files that are read of folders and archives.
pub const MAX_FILES: usize = 10_000;
/// Bytes that all files of an archive may have when they are unpacked.
const MAX_UNPACKED: usize = 1 << 30;
/// Bytes an archive may have.
pub const MAX_ARCHIVE: usize = 256 << 20;

/// What stands before the end of the directory, an entry of it, and a file.
const END: u32 = 0x0605_4b50;
const ENTRY: u32 = 0x0201_4b50;
const FILE: u32 = 0x0403_4b50;
/// Bytes of each without what follows it, and how long a remark after the end may be.
const END_BYTES: usize = 22;
const ENTRY_BYTES: usize = 46;
const FILE_BYTES: usize = 30;
const MAX_REMARK: usize = 0xffff;
/// A number of so many bits that is all ones stands for one in a larger form, which no class needs.
const LARGER: u32 = u32::MAX;

/// An archive that is open.
pub struct Archive {
    bytes: Vec<u8>,
    /// The files within, in the order of their names.
    entries: Vec<Entry>,
    unpacked: usize,
}

struct Entry {
    name: String,
    /// How it is packed: 0 not at all, 8 deflated.
    method: u16,
    is_secret: bool,
    sum: u32,
    packed: usize,
    /// Where the file begins.
    at: usize,
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn place(bytes: &[u8], at: usize) -> Option<usize> {
    long(bytes, at).filter(|number| *number != LARGER).and_then(|number| usize::try_from(number).ok())
}

/// Where the end of the directory is: the last place that looks like one.
fn end_of(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_BYTES)?;
    (last.saturating_sub(MAX_REMARK)..=last).rev().find(|at| long(bytes, *at) == Some(END))
}

/// The entries of the directory.
fn entries_of(bytes: &[u8]) -> Option<Vec<Entry>> {
    let end = end_of(bytes)?;
    let (count, mut at) = (short(bytes, end + 10)?, place(bytes, end + 16)?);
    let mut found = Vec::new();
    for number in 0..count {
        if long(bytes, at)? != ENTRY {
            return None;
        }
        let lengths = [28, 30, 32].map(|of| short(bytes, at + of).map(usize::from));
        let [Some(name), Some(extra), Some(remark)] = lengths else { return None };
        let from = at + ENTRY_BYTES;
        // A name that is no text is told by its place.
        let name = String::from_utf8(bytes.get(from..from + name)?.to_vec()).unwrap_or_else(|_| format!("#{number}"));
        let entry = Entry {
            method: short(bytes, at + 10)?,
            is_secret: short(bytes, at + 8)? & 1 != 0,
            sum: long(bytes, at + 16)?,
            packed: place(bytes, at + 20)?,
            at: place(bytes, at + 42)?,
            name,
        };
        at = from + usize::from(short(bytes, at + 28)?) + extra + remark;
        if !entry.name.ends_with('/') && !entry.name.split(['/', '\\']).any(is_beside) {
            found.push(entry);
        }
    }
    Some(found)
}

impl Archive {
    /// Opens an archive.
    ///
    /// # Errors
    /// That it is none, or too large.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Message> {
        if bytes.len() > MAX_ARCHIVE {
            let limit = MAX_ARCHIVE >> 20;
            return Err(message!(
                "파일이 너무 커요. {limit} MiB까지 읽어요.",
                "The file is too large. At most {limit} MiB are read."
            ));
        }
        let Some(mut entries) = entries_of(&bytes) else {
            return Err(message!(
                "ZIP 파일로 읽을 수 없어요. 잘렸거나 다른 형식의 파일이에요.",
                "It cannot be read as a ZIP archive: it is cut short or something else."
            ));
        };
        if entries.len() > MAX_FILES {
            return Err(message!("파일이 {MAX_FILES}개가 넘어요.", "There are more than {MAX_FILES} files."));
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { bytes, entries, unpacked: 0 })
    }

    /// How many files it has.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The name and the bytes of one file, or why it cannot be unpacked.
    pub fn file(&mut self, at: usize) -> Option<(String, Result<Vec<u8>, Message>)> {
        let entry = self.entries.get(at)?;
        if self.unpacked > MAX_UNPACKED {
            let limit = MAX_UNPACKED >> 20;
            let why = message!(
                "ZIP 파일을 풀면 {limit} MiB가 넘어서 여기서부터 읽지 않았어요.",
                "Unpacked the archive has more than {limit} MiB, so it is not read from here on."
            );
            return Some((entry.name.clone(), Err(why)));
        }
        let bytes = self.unpack(entry);
        let name = entry.name.clone();
        self.unpacked += bytes.as_ref().map_or(MAX_BYTES, Vec::len);
        Some((name, bytes))
    }

    /// No more is unpacked than a file may have, whatever the archive says of its size.
    fn unpack(&self, entry: &Entry) -> Result<Vec<u8>, Message> {
        let damaged =
            || message!("풀 수 없는 파일이에요. 손상되었어요.", "The file cannot be unpacked: it is damaged.");
        if entry.is_secret {
            return Err(message!("암호가 걸린 파일이에요.", "The file is encrypted."));
        }
        let packed = self.packed(entry).ok_or_else(damaged)?;
        let too_large = || {
            let limit = MAX_BYTES >> 20;
            message!(
                "파일이 너무 커요. {limit} MiB까지 읽어요.",
                "The file is too large. At most {limit} MiB are read."
            )
        };
        let bytes = match entry.method {
            0 if packed.len() > MAX_BYTES => return Err(too_large()),
            0 => packed.to_vec(),
            8 => decompress_to_vec_with_limit(packed, MAX_BYTES).map_err(|error| match error.status {
                TINFLStatus::HasMoreOutput => too_large(),
                _ => damaged(),
            })?,
            _ => {
                return Err(message!(
                    "여기서 모르는 방식으로 압축된 파일이에요.",
                    "The file is compressed in a way that is not known here."
                ));
            }
        };
        if sum_of(&bytes) == entry.sum { Ok(bytes) } else { Err(damaged()) }
    }

    fn packed(&self, entry: &Entry) -> Option<&[u8]> {
        let bytes = &self.bytes;
        if long(bytes, entry.at)? != FILE {
            return None;
        }
        let (name, extra) = (short(bytes, entry.at.checked_add(26)?)?, short(bytes, entry.at.checked_add(28)?)?);
        let from = entry.at.checked_add(FILE_BYTES + usize::from(name) + usize::from(extra))?;
        bytes.get(from..from.checked_add(entry.packed)?)
    }
}

/// What systems put beside people's files.
pub fn is_beside(name: &str) -> bool {
    // A way upwards is part of a path; nothing is written, so it leads nowhere.
    let hidden = name.starts_with('.') && !matches!(name, "." | "..");
    hidden || matches!(name, "__MACOSX" | "Thumbs.db" | "desktop.ini")
}

/// CRC-32 as ZIP has it.
fn sum_of(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut at = 0;
        while at < table.len() {
            let mut sum = at as u32;
            let mut bit = 0;
            while bit < 8 {
                sum = if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
                bit += 1;
            }
            #[expect(clippy::indexing_slicing, reason = "the loop ends at the length")]
            {
                table[at] = sum;
            }
            at += 1;
        }
        table
    };
    let step = |sum: u32, byte: &u8| {
        let row = TABLE.get(usize::from((sum as u8) ^ byte)).copied().unwrap_or_default();
        row ^ (sum >> 8)
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// Files as an archive, each under its name and none packed; nothing where that is more than one may have.
pub fn archived<T: AsRef<[u8]>>(files: &[(String, T)]) -> Option<Vec<u8>> {
    let (mut all, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let content = content.as_ref();
        let at = u32::try_from(all.len()).ok()?;
        let (size, sum) = (u32::try_from(content.len()).ok()?, sum_of(content));
        // Version 2.0, names in UTF-8, not packed, the first day that ZIP knows.
        let mut about: Vec<u8> = Vec::new();
        for word in [20_u16, 0x0800, 0, 0, 0x21] {
            about.extend(word.to_le_bytes());
        }
        for word in [sum, size, size] {
            about.extend(word.to_le_bytes());
        }
        about.extend(u16::try_from(name.len()).ok()?.to_le_bytes());
        about.extend(0_u16.to_le_bytes());
        all.extend(FILE.to_le_bytes());
        all.extend(&about);
        all.extend(name.as_bytes());
        all.extend(content);
        directory.extend(ENTRY.to_le_bytes());
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&about);
        // No remark, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, size) = (u16::try_from(files.len()).ok()?, u32::try_from(directory.len()).ok()?);
    let at = u32::try_from(all.len()).ok()?;
    all.extend(directory);
    all.extend(END.to_le_bytes());
    all.extend([0; 4]);
    for _ in 0..2 {
        all.extend(count.to_le_bytes());
    }
    all.extend(size.to_le_bytes());
    all.extend(at.to_le_bytes());
    all.extend([0; 2]);
    Some(all)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read, Write};

    use super::*;

    /// An archive as others write it.
    fn foreign(files: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn archives_of_others_are_read() {
        let long = "2".repeat(90_000);
        let mut archive = Archive::open(foreign(&[("b/둘.txt", &long), ("a.txt", "1"), (".DS_Store", "x")])).unwrap();
        assert_eq!((archive.len(), archive.is_empty()), (2, false));
        assert_eq!(archive.file(0).unwrap(), ("a.txt".to_owned(), Ok(b"1".to_vec())));
        assert_eq!(archive.file(1).unwrap(), ("b/둘.txt".to_owned(), Ok(long.into_bytes())));
        assert!(archive.file(2).is_none());
    }

    #[test]
    fn others_read_what_is_archived() {
        let files = [("b/둘.txt".to_owned(), "2".repeat(9_000)), ("a.txt".to_owned(), String::new())];
        let bytes = archived(&files).unwrap();
        let mut other = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
        for (name, text) in &files {
            let mut read = String::new();
            other.by_name(name).unwrap().read_to_string(&mut read).unwrap();
            assert_eq!(read, *text);
        }
        assert_eq!(Archive::open(bytes).unwrap().file(1).unwrap().1.unwrap().len(), 9_000);
    }

    #[test]
    fn what_is_no_archive_and_what_swells_is_refused() {
        for bytes in [&b"PK\x03\x04 and no more"[..], b"", &[0; 30]] {
            assert!(Archive::open(bytes.to_vec()).is_err());
        }
        let bomb = " ".repeat(MAX_BYTES + 9);
        let mut archive = Archive::open(foreign(&[("bomb.json", &bomb)])).unwrap();
        assert!(archive.file(0).unwrap().1.unwrap_err().en.contains("too large"));
    }

    #[test]
    fn damage_anywhere_is_told_and_never_read_past() {
        let whole = foreign(&[("a.txt", "some text that is here"), ("b.txt", &"b".repeat(999))]);
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            if let Ok(mut archive) = Archive::open(bytes) {
                (0..archive.len()).for_each(|at| drop(archive.file(at)));
            }
            Archive::open(whole[..at].to_vec()).ok();
        }
    }
}
