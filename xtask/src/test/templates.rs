//! The template tests: Python's unittest over `tests/templates`, as many at a time as there are processors, in a virtual environment made once from
//! its lock file.

use super::Tally;
use super::cargo::number_before;
use crate::{find, shell};
use anyhow::{Context, Result, bail};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

pub fn tests() -> Result<Tally> {
    let Checker { python, binary } = checker()?;
    let mut unittest = shell::command(&python, &["-B", "tests/templates/run.py"]);
    unittest.env("GROUNDPLAN", binary);
    let (success, text) = shell::tee(&mut unittest)?;
    let ran = text.lines().find(|line| line.starts_with("Ran ")).context("unittest did not get to the end")?;
    let ran = number_before(&ran.replace("tests", "test"), "test")?;
    if ran == 0 {
        bail!("no template test was found");
    }
    let is_verdict = |line: &&str| line.starts_with("OK") || line.starts_with("FAILED");
    let verdict = text.lines().rfind(is_verdict).context("unittest gave no verdict")?.replace('=', " ");
    if verdict.contains("skipped") {
        bail!("template tests are skipped: {verdict}");
    }
    let count = |word: &str| {
        let mut words = verdict.split([' ', '(', ')', ',']).skip_while(|found| *found != word);
        words.nth(1).and_then(|number| number.parse::<usize>().ok()).unwrap_or(0)
    };
    let failed = count("failures") + count("errors");
    if !success && failed == 0 {
        bail!("unittest did not succeed: {verdict}");
    }
    Ok(Tally { passed: ran.saturating_sub(failed), failed })
}

/// What checks templates; the browser tests hand it what they drew.
pub(super) struct Checker {
    pub(super) python: PathBuf,
    /// The command line.
    pub(super) binary: PathBuf,
}

pub(super) fn checker() -> Result<Checker> {
    let python = environment()?;
    shell::run(&mut shell::cargo(&["build", "--quiet", "--features", "cli", "--bin", "groundplan"]))?;
    let binary = shell::target_dir()?.join("debug").join(format!("groundplan{}", std::env::consts::EXE_SUFFIX));
    Ok(Checker { python, binary })
}

/// The Python of an environment with the locked packages.
fn environment() -> Result<PathBuf> {
    let lock = shell::root().join("tests/templates/requirements.lock");
    let system = ["python3", "python"].iter().find_map(|name| find::on_path(name).into_iter().next());
    let system = system.context("python3 is not on the search path: install Python 3.11 or newer")?;
    let mut hasher = DefaultHasher::new();
    find::version(&system).hash(&mut hasher);
    std::fs::read(&lock).context("cannot read tests/templates/requirements.lock")?.hash(&mut hasher);
    let home = shell::cache()?.join(format!("python-{:016x}", hasher.finish()));
    let python = home.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let complete = home.join("complete");
    if complete.is_file() {
        return Ok(python);
    }
    println!("Making the Python environment {}: once", home.display());
    make(&system, &home)?;
    let lock = lock.to_string_lossy();
    shell::run(&mut shell::command(
        &python,
        &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", &lock],
    ))?;
    std::fs::write(complete, "")?;
    Ok(python)
}

fn make(system: &Path, home: &Path) -> Result<()> {
    let args = ["-m", "venv", "--clear", &home.to_string_lossy()];
    let Err(error) = shell::run(&mut shell::command(system, &args)) else { return Ok(()) };
    if !find::is_debian_root() {
        return Err(error.context("Python's venv module does not work here"));
    }
    find::install_debian(&["python3-venv"])?;
    shell::run(&mut shell::command(system, &args))
}
