//! What the first load weighs, and the compressed copies that are served.
//!
//! Compressing is the crate brotli's; what is counted by hand is which files the page loads first, which only `split` knows.

use crate::{bundle, split};
use anyhow::{Context, Result};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The most that html, js, wasm and css of the first load may weigh together, compressed, in bytes.
pub const BUDGET: u64 = 175_000;

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

/// Prints a line per kind of file of the first load, its sum, and a line per part that is loaded later; returns the compressed sum of the
/// first load in bytes.
pub fn report(folder: &Path) -> Result<u64> {
    // The first load stands beside the page; labs, rules and parts stand in folders, and embed.html is another page.
    let (first, later): (Vec<_>, Vec<_>) = bundle::files(folder)?
        .into_iter()
        .partition(|file| file.parent() == Some(folder) && !file.ends_with("embed.html"));
    let parts = folder.join(split::FOLDER);
    println!("\n{:<10} {:>12} {:>12}", "first load", "bytes", "brotli");
    let (mut raw_sum, mut small_sum) = (0, 0);
    for kind in ["html", "js", "wasm", "css"] {
        let (mut raw, mut small) = (0, 0);
        for file in first.iter().filter(|file| extension(file) == kind) {
            raw += std::fs::metadata(file)?.len();
            small += small_size(file)?;
        }
        println!("{kind:<10} {raw:>12} {small:>12}");
        raw_sum += raw;
        small_sum += small;
    }
    println!("{:<10} {raw_sum:>12} {small_sum:>12}   budget {BUDGET}\n", "sum");
    println!("later");
    let shown = |file: &&PathBuf| file.starts_with(&parts) && matches!(extension(file), "wasm" | "css");
    for file in later.iter().filter(shown) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let (name, _hash) = name.split_once('-').unwrap_or((&name, ""));
        println!("{name:<10} {:>12} {:>12}", std::fs::metadata(file)?.len(), small_size(file)?);
    }
    println!();
    Ok(small_sum)
}

/// The size of a file's compressed copy, or what it would be.
fn small_size(file: &Path) -> Result<u64> {
    match std::fs::metadata(compressed(file)) {
        Ok(copy) => Ok(copy.len()),
        Err(_) => Ok(brotli(&std::fs::read(file)?)?.len() as u64),
    }
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
