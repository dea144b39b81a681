//! `cargo xtask test`: every check there is, step by step, and nothing left out silently.

mod browser;
mod cargo;
mod licences;
mod npm;
mod templates;

use crate::{bundle, size};
use anyhow::{Result, bail};
pub use browser::kills;
pub use cargo::fuzz;
use std::time::Instant;

/// What a step found. A check that is not made of tests counts as one.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

impl Tally {
    const CHECK: Tally = Tally { passed: 1, failed: 0 };
}

struct Step {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<Tally>,
}

const STEPS: [Step; 10] = [
    Step { name: "format", about: "rustfmt leaves every Rust file of the checkout as it is", run: cargo::format },
    Step {
        name: "licences",
        about: "every crate comes from the registry under a licence of deny.toml",
        run: licences::check,
    },
    Step {
        name: "clippy-library",
        about: "no warning in the engine, its tests and benches",
        run: cargo::clippy_library,
    },
    Step { name: "clippy-cli", about: "no warning in the command line", run: cargo::clippy_cli },
    Step { name: "clippy-app", about: "no warning in the page, compiled for wasm32", run: cargo::clippy_app },
    Step { name: "clippy-xtask", about: "no warning in xtask", run: cargo::clippy_xtask },
    Step {
        name: "engine",
        about: "tests of the engine, the command line, the house's conventions and xtask",
        run: cargo::tests,
    },
    Step {
        name: "templates",
        about: "templates under cfn-lint and moto, in a Python environment",
        run: templates::tests,
    },
    Step { name: "bundle", about: "the page builds and its first load is within its budget", run: bundle_size },
    Step { name: "browser", about: "the page in Chromium", run: browser::tests },
];

/// Prints the steps.
pub fn list() {
    for step in &STEPS {
        println!("{:<16} {}", step.name, step.about);
    }
}

/// Runs the step called `only`, or all; ends with the line `N passed, N failed`.
///
/// # Errors
/// Something failed, or there is no such step.
pub fn command(only: Option<&str>) -> Result<()> {
    let steps: Vec<&Step> = STEPS.iter().filter(|step| only.is_none_or(|name| name == step.name)).collect();
    if steps.is_empty() {
        bail!("there is no step {:?}; `cargo xtask test --list` names them", only.unwrap_or_default());
    }
    let mut sum = Tally::default();
    let mut summary = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        println!("\n=== [{}/{}] {}: {}", index + 1, steps.len(), step.name, step.about);
        let start = Instant::now();
        let tally = (step.run)().unwrap_or_else(|error| {
            println!("\n{} failed: {error:#}", step.name);
            Tally { passed: 0, failed: 1 }
        });
        let seconds = start.elapsed().as_secs_f64();
        let verdict = if tally.failed == 0 { "ok" } else { "FAILED" };
        println!("--- {}: {verdict} in {seconds:.1} s", step.name);
        summary.push(format!(
            "{:<16} {verdict:<7} {:>5} passed {:>4} failed {seconds:>8.1} s",
            step.name, tally.passed, tally.failed
        ));
        sum.passed += tally.passed;
        sum.failed += tally.failed;
    }
    println!("\n{}\n\n{} passed, {} failed", summary.join("\n"), sum.passed, sum.failed);
    if sum.failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}

fn bundle_size() -> Result<Tally> {
    let sum = size::report(&bundle::build(bundle::Profile::Release)?)?;
    if sum > size::BUDGET {
        bail!("the first load weighs {sum} bytes compressed, more than {}", size::BUDGET);
    }
    Ok(Tally::CHECK)
}
