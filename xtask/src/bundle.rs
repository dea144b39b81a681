//! Building the page with Trunk, and not building it again while nothing changed.

use crate::{embed, find, shell, size, split, styles, tools};
use anyhow::{Context, Result};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// What the bundle is made from.
const INPUTS: [&str; 13] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    "src",
    "style",
    "public",
    "xtask/src/tools.rs",
    "xtask/src/bindings.rs",
    "xtask/src/later_style.js",
    "xtask/src/split.rs",
    "xtask/src/styles.rs",
    "xtask/src/embed.rs",
];

/// Where all files of the page are listed.
const LIST: &str = "files.json";

/// How the page is compiled.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Small and fast: what ships.
    Release,
    /// The same with the pages that measure.
    Bench,
    /// Quick to compile, for working on the page: unoptimised, Leptos with type-erased components.
    Debug,
}

impl Profile {
    /// Whether it is optimised and cut into parts.
    pub fn is_optimised(self) -> bool {
        self != Profile::Debug
    }
}

/// Builds the page, unless the folder holds the build of the same inputs, and returns the folder.
/// A release has a `.br` file beside each compressible one.
pub fn build(profile: Profile) -> Result<PathBuf> {
    let tools = tools::ready()?;
    let target = shell::target_dir()?;
    // What ships is in `dist/`, the others are kept out of its way.
    let (dist, name) = match profile {
        Profile::Release => (shell::root().join("dist"), "page-release"),
        Profile::Bench => (target.join("dist-bench"), "page-bench"),
        Profile::Debug => (target.join("dist-debug"), "page-debug"),
    };
    let stamp = format!("{:016x}", fingerprint(profile, (tools.wasm_opt.is_some(), tools.esbuild.is_some()))?);
    let stamp_file = target.join(name).with_extension("stamp");
    std::fs::create_dir_all(&target)?;
    // Two at once, a server and a test in one checkout, would take each other's files away.
    let lock = std::fs::File::create(target.join(name).with_extension("lock"))?;
    lock.lock()?;
    if dist.join("index.html").is_file() && std::fs::read_to_string(&stamp_file).is_ok_and(|built| built == stamp) {
        println!("{} is up to date", dist.display());
        return Ok(dist);
    }
    // Whatever goes wrong from here on, the old stamp must not vouch for the result.
    match std::fs::remove_file(&stamp_file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let mut trunk = shell::command(&tools.trunk, &["build", "--color", "never"]);
    trunk.arg("--dist").arg(&dist).env_remove("NO_COLOR");
    let mut folders = tools.folders();
    if profile == Profile::Bench {
        trunk.args(["--features", "bench"]);
    }
    match profile {
        Profile::Debug => trunk.env("RUSTFLAGS", "--cfg erase_components"),
        _ if tools.wasm_opt.is_some() => trunk.arg("--release"),
        // Trunk calls wasm-opt, and downloads it, only with its own --release.
        _ => trunk.args(["--cargo-profile", "web"]),
    };
    if profile.is_optimised() {
        // Erased components: 711 KB of compressed wasm instead of 776.
        // Panic messages name source files: without the folder of whoever builds, they are shorter and the same everywhere.
        let remap = format!("--remap-path-prefix={}=crates", shell::cargo_home()?.join("registry/src").display());
        let flags = [&["--cfg=erase_components"], &split::RUSTFLAGS[..], &[&remap]].concat();
        trunk.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        let cutter = tools::wasm_split()?;
        folders.insert(0, split::prepare(&mut trunk, &tools, &cutter)?);
    }
    shell::run(trunk.env("PATH", find::path_with(&folders)?))?;
    if profile.is_optimised() {
        split::deliver(&dist)?;
        styles::join(&dist)?;
    }
    embed::write(&dist)?;
    list(&dist)?;
    if profile.is_optimised() {
        size::compress(&dist)?;
    }
    std::fs::write(&stamp_file, stamp).with_context(|| format!("cannot write {}", stamp_file.display()))?;
    Ok(dist)
}

/// Writes `files.json`, the names of all files of the page: who hands a lab on as a package takes them along.
fn list(dist: &Path) -> Result<()> {
    let name = |file: &PathBuf| {
        let parts = file.strip_prefix(dist).unwrap_or(file).iter().map(|part| part.to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    };
    let names: Vec<String> = files(dist)?.iter().map(name).filter(|name| name != LIST).collect();
    let place = dist.join(LIST);
    std::fs::write(&place, serde_json::to_string(&names)?).with_context(|| format!("cannot write {}", place.display()))
}

fn fingerprint(profile: Profile, smaller: (bool, bool)) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    (profile, smaller).hash(&mut hasher);
    shell::output(&mut shell::command("rustc", &["--version"]))?.hash(&mut hasher);
    for input in INPUTS {
        for file in files(&shell::root().join(input))? {
            file.hash(&mut hasher);
            std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

/// Every file at or under `path`, sorted.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let entries = std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut found = Vec::new();
    for entry in entries {
        found.extend(files(&entry)?);
    }
    found.sort();
    Ok(found)
}
