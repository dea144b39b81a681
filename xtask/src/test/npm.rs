//! The packages of the browser tests, by their lock: each is one version, held by its hash, from the registry that npm is set to, under a known licence, and runs
//! nothing while it is installed.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::shell;

/// Licences of tools that the tests use as they are and that nobody is given: axe-core is under this one.
const MORE: [&str; 1] = ["MPL-2.0"];

/// Checks the lock.
///
/// # Errors
/// What of it is not held, by package.
pub fn check(allowed: &[String]) -> Result<usize> {
    let folder = shell::root().join("tests/browser");
    let read = |name: &str| -> Result<Value> {
        let text = std::fs::read_to_string(folder.join(name)).with_context(|| format!("cannot read {name}"))?;
        serde_json::from_str(&text).with_context(|| format!("{name} is not JSON"))
    };
    let (count, complaints) = complaints(&read("package.json")?, &read("package-lock.json")?, allowed)?;
    if !complaints.is_empty() {
        bail!("{}", complaints.join("\n"));
    }
    Ok(count)
}

/// How many packages there are, and what is wrong with them.
fn complaints(package: &Value, lock: &Value, allowed: &[String]) -> Result<(usize, Vec<String>)> {
    let packages = lock.get("packages").and_then(Value::as_object).context("package-lock.json lists no packages")?;
    let wanted = package.get("dependencies").and_then(Value::as_object).context("package.json wants nothing")?;
    let mut found = Vec::new();
    for (name, version) in wanted {
        let locked = packages.get(&format!("node_modules/{name}")).and_then(|one| one.get("version"));
        if locked != Some(version) {
            found.push(format!("{name}: package.json says {version}, which is not the one version that is locked"));
        }
    }
    let others: Vec<_> = packages.iter().filter(|(name, _)| !name.is_empty()).collect();
    for (name, one) in &others {
        let text = |key: &str| one.get(key).and_then(Value::as_str);
        if !text("integrity").is_some_and(|hash| hash.starts_with("sha512-")) {
            found.push(format!("{name}: no sha512 holds it"));
        }
        // Without a place of its own it comes from the registry that npm is set to.
        if one.get("resolved").or_else(|| one.get("link")).is_some() {
            found.push(format!("{name}: comes from a place of its own"));
        }
        if one.get("hasInstallScript").is_some_and(|has| *has != Value::Bool(false)) {
            found.push(format!("{name}: runs a script when it is installed"));
        }
        match text("license") {
            Some(licence) if MORE.contains(&licence) || super::licences::permits(licence, allowed) => {}
            Some(licence) => found.push(format!("{name}: is under {licence}, which deny.toml does not allow")),
            None => found.push(format!("{name}: names no licence")),
        }
    }
    Ok((others.len(), found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_held_is_told() {
        let allowed = ["MIT".to_owned()];
        let package = json!({ "dependencies": { "a": "1.0.0", "b": "^2.0.0" } });
        let good = json!({ "version": "1.0.0", "integrity": "sha512-x", "license": "MIT" });
        let lock = |b: Value| json!({ "packages": { "": {}, "node_modules/a": good, "node_modules/b": b } });
        let of = |b: Value| complaints(&package, &lock(b), &allowed).unwrap();
        let bad = json!({ "version": "2.1.0", "integrity": "sha1-x", "license": "Own", "hasInstallScript": true, "resolved": "git+ssh://x" });
        let (count, told) = of(bad);
        assert_eq!((count, told.len()), (2, 5), "{told:?}");
        let package = json!({ "dependencies": { "a": "1.0.0" } });
        assert_eq!(complaints(&package, &lock(good.clone()), &allowed).unwrap(), (2, vec![]));
        assert!(complaints(&package, &json!({}), &allowed).is_err());
    }

    #[test]
    fn the_browser_tests_are_held() {
        let allowed = ["MIT", "Apache-2.0"].map(str::to_owned);
        assert!(check(&allowed).unwrap() >= 2);
    }
}
