//! Where the crates come from and under which licence, read from `cargo metadata`: the same rules as `cargo deny check` by
//! `deny.toml`, without a tool that takes minutes to compile.

use super::Tally;
use crate::shell;
use anyhow::{Context, Result, bail};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub fn check() -> Result<Tally> {
    let deny = std::fs::read_to_string(shell::root().join("deny.toml")).context("cannot read deny.toml")?;
    let allowed = allowed(&deny);
    if allowed.is_empty() {
        bail!("deny.toml allows no licence");
    }
    let metadata = shell::output(&mut shell::cargo(&["metadata", "--format-version", "1", "--all-features"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array().context("cargo metadata names no packages")?;
    let mut complaints = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or("?");
        if let Some(source) = package["source"].as_str().filter(|source| *source != REGISTRY) {
            complaints.push(format!("{name} comes from {source}"));
        }
        match package["license"].as_str() {
            Some(licence) if permits(licence, &allowed) => {}
            Some(licence) => complaints.push(format!("{name} is under {licence}, which deny.toml does not allow")),
            None => complaints.push(format!("{name} names no licence")),
        }
    }
    if !complaints.is_empty() {
        bail!("{}", complaints.join("\n"));
    }
    println!("{} packages, all under one of: {}", packages.len(), allowed.join(", "));
    Ok(Tally::CHECK)
}

/// The strings of the array `allow` in the section `[licenses]`.
fn allowed(deny: &str) -> Vec<&str> {
    let section = deny.split("\n[").find_map(|section| section.strip_prefix("licenses]"));
    let list =
        section.and_then(|section| section.split_once("\nallow = [")?.1.split_once(']')).map_or("", |(list, _)| list);
    list.split('"').skip(1).step_by(2).collect()
}

/// Whether an SPDX expression can be met with the allowed licences. AND binds tighter than OR; `/` is an old way to write OR.
fn permits(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest, allowed) && rest.is_empty()
}

fn any(words: &mut &[&str], allowed: &[&str]) -> bool {
    let mut met = all(words, allowed);
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        met |= all(words, allowed);
    }
    met
}

fn all(words: &mut &[&str], allowed: &[&str]) -> bool {
    let mut met = one(words, allowed);
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut &[&str], allowed: &[&str]) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let met = any(words, allowed);
            let [")", rest @ ..] = *words else { return false };
            *words = rest;
            met
        }
        [licence, "WITH", exception, rest @ ..] => {
            *words = rest;
            allowed.contains(&format!("{licence} WITH {exception}").as_str()) || allowed.contains(licence)
        }
        [licence, rest @ ..] => {
            *words = rest;
            allowed.contains(licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        let allowed = ["MIT", "Apache-2.0", "Unicode-3.0"];
        for yes in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/GPL-3.0",
            "(GPL-3.0 OR MIT) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(permits(yes, &allowed), "{yes}");
        }
        for no in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-3.0) AND GPL-3.0", "(MIT", "MIT )", "MIT MIT"] {
            assert!(!permits(no, &allowed), "{no}");
        }
    }

    #[test]
    fn the_list_is_read_from_its_section() {
        let deny = "# x\n[bans]\nallow = [\"no\"]\n\n[licenses]\nconfidence = 1\nallow = [\n  \"MIT\",\n  \"Zlib\",\n]\n\n[x]\n";
        assert_eq!(allowed(deny), ["MIT", "Zlib"]);
    }
}
