//! Running other programs, and the places everything is kept in.

use anyhow::{Context, Result, bail};
use cargo_metadata::{CargoOpt, MetadataCommand, Package};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the checkout.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// What is fetched or compiled once for all checkouts: `groundplan` in the user's cache folder.
pub fn cache() -> Result<PathBuf> {
    let base = absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("LOCALAPPDATA"))
        .or_else(|| Some(absolute("HOME")?.join(".cache")))
        .context("neither XDG_CACHE_HOME nor HOME says where a cache may be kept")?;
    let cache = base.join("groundplan");
    std::fs::create_dir_all(&cache).with_context(|| format!("cannot create {}", cache.display()))?;
    Ok(cache)
}

/// Where Cargo keeps the sources of the crates.
pub fn cargo_home() -> Result<PathBuf> {
    let home = || Some(absolute("HOME").or_else(|| absolute("USERPROFILE"))?.join(".cargo"));
    absolute("CARGO_HOME").or_else(home).context("neither CARGO_HOME nor HOME says where Cargo keeps its sources")
}

/// The absolute path in a variable.
fn absolute(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}

/// A command that runs in the checkout.
pub fn command(program: impl AsRef<std::ffi::OsStr>, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root()).stdin(Stdio::null());
    command
}

/// Cargo, the one that runs us.
pub fn cargo(args: &[&str]) -> Command {
    command(std::env::var_os("CARGO").unwrap_or("cargo".into()), args)
}

/// Runs to the end, its output in the terminal.
///
/// # Errors
/// The program is missing or did not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    println!("$ {line}");
    let status = command.status().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    if !status.success() {
        bail!("`{line}`: {status}");
    }
    Ok(())
}

/// Runs to the end and returns the standard output.
///
/// # Errors
/// The program is missing or did not succeed; what it said on standard error is in the message.
pub fn output(command: &mut Command) -> Result<String> {
    let line = line(command);
    let output = command.output().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    if !output.status.success() {
        bail!("`{line}`: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Like [`output`], and shows both streams while they come. The flag says whether the program succeeded.
///
/// # Errors
/// The program is missing.
pub fn tee(command: &mut Command) -> Result<(bool, String)> {
    use std::io::{BufRead, BufReader};
    println!("$ {}", line(command));
    let (reader, writer) = std::io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    // The command holds the pipe's writing end; the reading ends only once every writer is gone.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut text = String::new();
    let mut reader = BufReader::new(reader);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes)? > 0 {
        let part = String::from_utf8_lossy(&bytes);
        print!("{part}");
        text.push_str(&part);
        bytes.clear();
    }
    Ok((child.wait()?.success(), text))
}

/// Cargo's target folder, wherever the user's settings put it.
pub fn target_dir() -> Result<PathBuf> {
    Ok(MetadataCommand::new().current_dir(root()).no_deps().exec()?.target_directory.into_std_path_buf())
}

/// All packages that Cargo.lock pins, whatever feature or platform needs them.
pub fn packages() -> Result<Vec<Package>> {
    let mut command = MetadataCommand::new();
    command.current_dir(root()).features(CargoOpt::AllFeatures).other_options(["--locked".to_owned()]);
    Ok(command.exec()?.packages)
}

/// The command as a person would type it: the program without its folder.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
