//! What the first load weighs, and the compressed copies that are served.

use crate::bundle;
use anyhow::{Context, Result};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The most that html, js, wasm and css together should weigh, compressed, in bytes.
pub const BUDGET: u64 = 250_000;

/// The most they may weigh until the budget is met: what they weighed when this was last lowered. It only ever goes down.
pub const CEILING: u64 = 745_000;

const COMPRESSIBLE: [&str; 6] = ["html", "js", "mjs", "wasm", "css", "svg"];

/// Writes `FILE.br` beside every file under `folder` that shrinks.
pub fn compress(folder: &Path) -> Result<()> {
    for file in bundle::files(folder)?.into_iter().filter(|file| COMPRESSIBLE.contains(&extension(file))) {
        let small = brotli(&std::fs::read(&file)?)?;
        std::fs::write(compressed(&file), small).with_context(|| format!("cannot compress {}", file.display()))?;
    }
    Ok(())
}

/// The place of the compressed copy of `file`.
pub fn compressed(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}

/// Prints a line per kind of file and the sum; returns the compressed sum in bytes.
pub fn report(folder: &Path) -> Result<u64> {
    let files = bundle::files(folder)?;
    println!("\n{:<6} {:>12} {:>12}", "", "bytes", "brotli");
    let (mut raw_sum, mut small_sum) = (0, 0);
    for kind in ["html", "js", "wasm", "css"] {
        let (mut raw, mut small) = (0, 0);
        for file in files.iter().filter(|file| extension(file) == kind) {
            let bytes = std::fs::read(file)?;
            raw += bytes.len() as u64;
            small += match std::fs::metadata(compressed(file)) {
                Ok(copy) => copy.len(),
                Err(_) => brotli(&bytes)?.len() as u64,
            };
        }
        println!("{kind:<6} {raw:>12} {small:>12}");
        raw_sum += raw;
        small_sum += small;
    }
    println!("{:<6} {raw_sum:>12} {small_sum:>12}   budget {BUDGET}\n", "sum");
    Ok(small_sum)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut small = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut small, 1 << 16, 11, 22);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(small)
}

fn extension(file: &Path) -> &str {
    file.extension().and_then(|extension| extension.to_str()).unwrap_or("")
}
