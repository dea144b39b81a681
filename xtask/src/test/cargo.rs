//! The steps that Cargo runs: formatting, clippy on every face, and the native tests.

use super::Tally;
use crate::{find, shell, tools};
use anyhow::{Context, Result, bail};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

pub fn format() -> Result<Tally> {
    tools::component("fmt", "rustfmt")?;
    // Every Rust file of the checkout by name: `cargo fmt` sees those alone that a crate's `mod` lines lead to, and no fixture.
    let list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", "*.rs"];
    let listed = shell::output(&mut shell::command("git", &list))?;
    let files: Vec<&str> = listed.split_terminator('\0').filter(|file| shell::root().join(file).exists()).collect();
    if files.is_empty() {
        bail!("git names no Rust file");
    }
    let mut rustfmt = shell::command("rustfmt", &["--check", "--edition", "2024"]);
    let done = rustfmt.args(&files).status().context("cannot start rustfmt")?;
    if !done.success() {
        bail!("rustfmt would change some of {} files; `cargo fmt --all` mends them", files.len());
    }
    println!("rustfmt leaves {} files as they are", files.len());
    Ok(Tally::CHECK)
}

pub fn clippy_library() -> Result<Tally> {
    clippy(&["--all-targets"])
}

pub fn clippy_cli() -> Result<Tally> {
    clippy(&["--features", "cli", "--bin", "groundplan"])
}

pub fn clippy_app() -> Result<Tally> {
    tools::wasm_target()?;
    // What ships, and with the pages that measure.
    for features in ["app", "bench"] {
        clippy(&["--features", features, "--bin", "groundplan-app", "--target", "wasm32-unknown-unknown"])?;
    }
    Ok(Tally::CHECK)
}

pub fn clippy_xtask() -> Result<Tally> {
    clippy(&["--package", "xtask", "--all-targets"])
}

fn clippy(what: &[&str]) -> Result<Tally> {
    tools::component("clippy", "clippy")?;
    shell::run(shell::cargo(&["clippy", "--quiet"]).args(what).args(["--", "--deny", "warnings"]))?;
    Ok(Tally::CHECK)
}

/// Property tests draw the same cases in every run, so that a verdict is about the tree and not about luck; [`fuzz`] looks further.
const SEED: &str = "1";
const SEED_VARIABLE: &str = "PROPTEST_RNG_SEED";

pub fn tests() -> Result<Tally> {
    kernel_tools()?;
    let mut cargo = shell::cargo(&["test", "--workspace", "--features", "groundplan/cli", "--no-fail-fast"]);
    if std::env::var_os(SEED_VARIABLE).is_none() {
        cargo.env(SEED_VARIABLE, SEED);
    }
    tally(&mut cargo)
}

/// Runs the engine's property tests and every parser over a mutated corpus, optimised, with many cases each that no run has seen.
///
/// # Errors
/// A case failed; the seed that is printed first draws it again.
pub fn fuzz(cases: u32, seed: Option<u64>) -> Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is before 1970")?;
    let seed = seed.unwrap_or(now.as_secs());
    println!("{cases} cases of each property; `cargo xtask fuzz --cases {cases} --seed {seed}` draws them again");
    let tests = ["--lib", "--test", "properties", "--test", "fuzz"];
    let args = [&["test", "--release", "--features", "cli", "--no-fail-fast"][..], &tests].concat();
    let mut cargo = shell::cargo(&args);
    cargo.env(SEED_VARIABLE, seed.to_string()).env("PROPTEST_CASES", cases.to_string());
    // What a generator may throw away grows with what it makes.
    let rejects = cases.saturating_mul(100).to_string();
    cargo.env("PROPTEST_MAX_GLOBAL_REJECTS", &rejects).env("PROPTEST_MAX_LOCAL_REJECTS", &rejects);
    let sum = tally(&mut cargo)?;
    if sum.failed > 0 {
        bail!("{} properties do not hold with seed {seed}", sum.failed);
    }
    Ok(())
}

/// Runs `cargo test` and counts.
fn tally(cargo: &mut Command) -> Result<Tally> {
    let (success, text) = shell::tee(cargo)?;
    let mut sum = Tally::default();
    for result in text.lines().filter_map(|line| line.strip_prefix("test result: ")) {
        sum.passed += number_before(result, "passed")?;
        sum.failed += number_before(result, "failed")?;
        if number_before(result, "ignored")? > 0 {
            bail!("tests are ignored: {result}");
        }
    }
    if sum.passed == 0 {
        bail!("no test ran");
    }
    if !success && sum.failed == 0 {
        bail!("cargo test did not succeed");
    }
    Ok(sum)
}

/// What the test that asks the Linux kernel needs. Where it cannot be installed, that test says so itself, and fails in CI.
fn kernel_tools() -> Result<()> {
    let needed = [("nft", "nftables"), ("ip", "iproute2"), ("python3", "python3")];
    let missing: Vec<&str> =
        needed.iter().filter(|(program, _)| find::on_path(program).is_empty()).map(|(_, package)| *package).collect();
    if !missing.is_empty() && find::is_debian_root() {
        find::install_debian(&missing)?;
    }
    Ok(())
}

/// The number in front of a word: `number_before("12 passed; 0 failed", "failed")` is 0.
pub fn number_before(text: &str, word: &str) -> Result<usize> {
    let words: Vec<&str> = text.split([' ', ';', ',', '.', '=', '(', ')']).filter(|word| !word.is_empty()).collect();
    let pair = words.windows(2).find(|pair| pair[1] == word && pair[0].parse::<usize>().is_ok());
    pair.and_then(|pair| pair[0].parse().ok()).with_context(|| format!("no number before {word:?} in {text:?}"))
}

#[cfg(test)]
mod tests {
    use super::number_before;

    #[test]
    fn numbers_of_a_result_line() {
        let line = "ok. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(number_before(line, "passed").unwrap(), 12);
        assert_eq!(number_before(line, "failed").unwrap(), 3);
        assert!(number_before(line, "skipped").is_err());
    }
}
