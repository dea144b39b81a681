//! Where the crates come from, under which licence, and whether a warning is out on them, by `deny.toml`: cargo-deny where it is installed.
//!
//! Where it is not, this checks licences and sources itself, from what Cargo says of the packages: cargo-deny takes minutes to compile, which
//! nobody who only wants to run the tests should wait for, and its advisories need the network. CI has it.

use super::{Tally, npm};
use crate::{find, shell};
use anyhow::{Context, Result, bail};
use cargo_metadata::Package;
use spdx::{Expression, ParseMode};

pub fn check() -> Result<Tally> {
    let deny = std::fs::read_to_string(shell::root().join("deny.toml")).context("cannot read deny.toml")?;
    let allowed = allowed(&deny)?;
    println!("{} packages of the browser tests are held by their lock", npm::check(&allowed)?);
    if find::on_path("cargo-deny").is_empty() {
        return own_check(&allowed);
    }
    shell::run(&mut shell::cargo(&["deny", "--all-features", "check"]))?;
    Ok(Tally::CHECK)
}

fn own_check(allowed: &[String]) -> Result<Tally> {
    let packages = shell::packages()?;
    let complaints: Vec<String> = packages.iter().flat_map(|package| complaints(package, allowed)).collect();
    if !complaints.is_empty() {
        bail!("{}", complaints.join("\n"));
    }
    println!("{} packages, all under one of: {}", packages.len(), allowed.join(", "));
    println!("Advisories were not asked for: there is no cargo-deny here.");
    Ok(Tally::CHECK)
}

fn complaints(package: &Package, allowed: &[String]) -> Vec<String> {
    let name = &package.name;
    let mut found = Vec::new();
    if let Some(source) = package.source.as_ref().filter(|source| !source.is_crates_io()) {
        found.push(format!("{name} comes from {source}"));
    }
    match package.license.as_deref() {
        Some(licence) if permits(licence, allowed) => {}
        Some(licence) => found.push(format!("{name} is under {licence}, which deny.toml does not allow")),
        None => found.push(format!("{name} names no licence")),
    }
    found
}

/// The list `licenses.allow`.
fn allowed(deny: &str) -> Result<Vec<String>> {
    let deny: toml::Table = deny.parse().context("deny.toml is not TOML")?;
    let list = deny.get("licenses").and_then(|licenses| licenses.get("allow")?.as_array());
    let names: Vec<String> = list.into_iter().flatten().filter_map(|one| Some(one.as_str()?.to_owned())).collect();
    if names.is_empty() {
        bail!("deny.toml allows no licence");
    }
    Ok(names)
}

/// Whether an SPDX expression can be met with the allowed licences. `/` is an old way to write OR.
pub(super) fn permits(expression: &str, allowed: &[String]) -> bool {
    let Ok(expression) = Expression::parse_mode(expression, ParseMode::LAX) else { return false };
    expression.evaluate(|asked| asked.license.id().is_some_and(|id| allowed.iter().any(|one| one == id.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        let allowed = ["MIT", "Apache-2.0", "Unicode-3.0"].map(str::to_owned);
        for yes in [
            "MIT",
            "GPL-3.0-only OR MIT",
            "MIT/Apache-2.0",
            "(GPL-3.0-only OR MIT) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(permits(yes, &allowed), "{yes}");
        }
        for no in ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT", "MIT )", "MIT MIT", "Own licence"] {
            assert!(!permits(no, &allowed), "{no}");
        }
    }

    #[test]
    fn the_list_is_read_from_its_section() {
        let deny = "[bans]\nallow = [\"no\"]\n[licenses]\nconfidence = 1\nallow = [\n  \"MIT\", # x\n  \"Zlib\",\n]\n";
        assert_eq!(allowed(deny).unwrap(), ["MIT", "Zlib"]);
        assert!(allowed("[licenses]").is_err());
    }
}
