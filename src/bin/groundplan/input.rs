//! Reading what a command is given: a file or standard input, never more than a design may have.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use groundplan::file::{self, Opened};
use groundplan::message;
use groundplan::text::Message;

/// What is in a file, or on standard input if the path is `-`.
pub fn read(path: &Path) -> Result<Opened, Message> {
    let shown = path.display();
    let unreadable =
        |error: io::Error| message!("{shown}: 읽을 수 없어요({error}).", "{shown}: cannot be read ({error}).");
    let bytes = bytes(path).map_err(unreadable)?;
    file::read_bytes(&bytes).map_err(|error| {
        let (why, advice) = (error.message(), error.advice.text());
        Message { ko: format!("{shown}: {} {}", why.ko, advice.ko), en: format!("{shown}: {} {}", why.en, advice.en) }
    })
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
