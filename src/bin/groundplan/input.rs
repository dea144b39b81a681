//! Reading what a command is given: a file or standard input, never more than a design may have.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use groundplan::design::Design;
use groundplan::message;
use groundplan::text::Message;
use groundplan::{cloudformation, file};

/// The design in a file or in a template we exported, or on standard input if the path is `-`; and what of a template was not read.
pub fn design(path: &Path) -> Result<(Design, Vec<Message>), Message> {
    let shown = path.display();
    let unreadable =
        |error: io::Error| message!("{shown}: 읽을 수 없어요({error}).", "{shown}: cannot be read ({error}).");
    let bytes = bytes(path).map_err(unreadable)?;
    if let Ok(text) = std::str::from_utf8(&bytes)
        && cloudformation::is_template(text)
    {
        let opened = cloudformation::reopen(text).map_err(|problem| {
            let Message { ko, en } = problem.message();
            Message { ko: format!("{shown}: {ko}"), en: format!("{shown}: {en}") }
        })?;
        return Ok((opened.design, opened.notes));
    }
    let design = file::open_bytes(&bytes).map_err(|error| {
        let (why, advice) = (error.message(), error.advice.text());
        Message { ko: format!("{shown}: {} {}", why.ko, advice.ko), en: format!("{shown}: {} {}", why.en, advice.en) }
    })?;
    Ok((design, Vec::new()))
}

/// One byte more than a file may have is enough to refuse it.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
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
