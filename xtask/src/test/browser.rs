//! The browser tests: node's test runner over `tests/browser`, against the release bundle on our own server.

use super::{Tally, templates};
use crate::{bundle, find, serve, shell, tools};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// The oldest major version of node that works.
const NODE: u32 = 20;

pub fn tests() -> Result<Tally> {
    run(bundle::Profile::Release, "", &[])
}

/// Rounds of edits, for each kill of a kind, after which it is looked whether what is called saved is.
const LOOKS: u32 = 37;

/// Ends the page so many times in each way, at moments that a seed decides, and looks whether what was drawn is there again, and
/// whether nothing is ever called saved that is not.
///
/// # Errors
/// Something was lost, or could not be read.
pub fn kills(each: u32, seed: u64, profile: bundle::Profile) -> Result<()> {
    let tally = run(profile, "kills", &[("KILLS", each.to_string()), ("SEED", seed.to_string())])?;
    if tally.failed > 0 {
        bail!("{} of {} ways to end lost something with seed {seed}", tally.failed, tally.failed + tally.passed);
    }
    // Not every round of edits ends in a look: a thousand looks for the usual number of kills.
    let looked = run(profile, "kept", &[("SAVED", each.saturating_mul(LOOKS).to_string())])?;
    if looked.failed > 0 {
        bail!("{} of {} promises of saving were broken", looked.failed, looked.failed + looked.passed);
    }
    Ok(())
}

/// Runs the specs whose names begin so.
fn run(profile: bundle::Profile, names: &str, more: &[(&str, String)]) -> Result<Tally> {
    let chromium = chromium()?;
    let node = node()?;
    let folder = shell::root().join("tests/browser");
    packages(&folder)?;
    let files = bundle::files(&folder.join("specs"))?;
    let is_meant = |file: &&PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(names) && name.ends_with(".spec.mjs")
    };
    let specs = files.iter().filter(is_meant);
    let checker = templates::checker()?;
    let built = bundle::build(profile)?;
    let listener = serve::bind(0)?;
    let address = listener.local_addr()?;
    // The thread ends with this process.
    std::thread::spawn(move || serve::serve(listener, &built).map_err(|error| eprintln!("{error:#}")));
    let artifacts = shell::target_dir()?.join("browser");
    std::fs::create_dir_all(&artifacts)?;
    let mut run = shell::command(node, &["--test", "--test-reporter=spec", "--test-concurrency=2"]);
    run.args(specs.map(|file| file.strip_prefix(shell::root()).unwrap_or(file)));
    run.env("BASE_URL", format!("http://{address}/")).env("CHROMIUM", chromium).env("ARTIFACTS", artifacts);
    run.envs(more.iter().map(|(name, value)| (name, value)));
    run.env("PYTHON", checker.python).env("GROUNDPLAN", checker.binary);
    let (success, text) = shell::tee(&mut run)?;
    let passed = count(&text, "pass")?;
    let failed = count(&text, "fail")? + count(&text, "cancelled")?;
    if count(&text, "skipped")? + count(&text, "todo")? > 0 {
        bail!("browser tests are skipped");
    }
    if passed + failed == 0 {
        bail!("no browser test was found");
    }
    if !success && failed == 0 {
        bail!("node's test runner did not succeed");
    }
    Ok(Tally { passed, failed })
}

/// A node that Playwright runs on.
fn node() -> Result<PathBuf> {
    let node = find::on_path("node")
        .into_iter()
        .next()
        .with_context(|| format!("there is no node: install {NODE} or newer"))?;
    let version = find::version(&node).unwrap_or_default();
    let major = version.trim().strip_prefix('v').and_then(|version| version.split('.').next()?.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE) {
        bail!("{} is {:?}: install node {NODE} or newer", node.display(), version.trim());
    }
    Ok(node)
}

/// The number in node's closing lines, `ℹ pass 12`.
fn count(text: &str, what: &str) -> Result<usize> {
    let prefix = format!("ℹ {what} ");
    let number = text.lines().rev().find_map(|line| line.strip_prefix(&prefix)?.parse().ok());
    number.with_context(|| format!("node's test runner printed no line {prefix:?}"))
}

/// Installs the locked packages unless they are there.
fn packages(folder: &Path) -> Result<()> {
    let lock = std::fs::read(folder.join("package-lock.json")).context("tests/browser has no package-lock.json")?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if std::fs::read(&installed).is_ok_and(|found| found == lock) {
        return Ok(());
    }
    shell::run(shell::command(tools::npm()?, &["ci", "--no-audit", "--no-fund"]).current_dir(folder))?;
    std::fs::write(installed, lock)?;
    Ok(())
}

fn chromium() -> Result<PathBuf> {
    if let Some(given) = std::env::var_os("CHROMIUM").map(PathBuf::from) {
        if !given.is_file() {
            bail!("CHROMIUM names {}, which is no file", given.display());
        }
        return Ok(given);
    }
    if let Some(found) = installed_chromium() {
        return Ok(found);
    }
    if find::is_debian_root() {
        find::install_debian(&["chromium", "fonts-noto-cjk"])?;
    }
    installed_chromium()
        .context("there is no Chromium here: install Chromium or Google Chrome, or name one in the variable CHROMIUM")
}

fn installed_chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let places = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];
    let on_path = names.iter().find_map(|name| find::on_path(name).into_iter().next());
    on_path.or_else(|| places.iter().map(PathBuf::from).find(|place| place.is_file()))
}
