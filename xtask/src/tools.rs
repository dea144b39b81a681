//! The tools that build the page, each in one pinned version: what the search path has in that version, else our cache,
//! else cargo-binstall, else compiled once into the cache.
//!
//! By hand, because each of those who could do it does a part: Trunk fetches prebuilt tools, from where not every network reaches, and neither
//! compiles one nor pins Binaryen by what rustc emits; cargo-binstall knows no npm; a manager of tools would itself have to be installed first.

use crate::{find, shell};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

const TRUNK: &str = "0.21.14";
/// Binaryen, in which wasm-opt lives: older ones do not know what rustc emits today.
const BINARYEN: u32 = 132;
const BINARYEN_OLDEST: u32 = 120;
/// What cuts the program into parts, after the library of the same family that the program is written with (wasm_split_helpers).
const SPLIT: &str = "0.2.4";
/// What makes the bindings short: Trunk's own minifier does not read modules that import at run time.
const ESBUILD: &str = "0.28.2";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// What a build of the page runs with.
pub struct Tools {
    pub trunk: PathBuf,
    pub wasm_bindgen: PathBuf,
    /// Without wasm-opt the bundle is correct and too large.
    pub wasm_opt: Option<PathBuf>,
    /// Without esbuild the bindings keep their blanks and long names.
    pub esbuild: Option<PathBuf>,
}

/// Finds or installs everything.
pub fn ready() -> Result<Tools> {
    wasm_target()?;
    let trunk = cargo_tool("trunk", "trunk", TRUNK, &["--no-default-features", "--features", "rustls"])?;
    let wasm_bindgen = cargo_tool("wasm-bindgen-cli", "wasm-bindgen", &locked_version("wasm-bindgen")?, &[])?;
    let advice = format!("install node with npm, or binaryen {BINARYEN_OLDEST} or newer");
    let wasm_opt = optional("wasm-opt", wasm_opt(), &advice);
    let esbuild = optional(
        "esbuild",
        npm_tool("esbuild", "esbuild", ESBUILD, |said| said.trim() == ESBUILD),
        "install node with npm",
    );
    Ok(Tools { trunk, wasm_bindgen, wasm_opt, esbuild })
}

/// A tool that only makes the bundle smaller; its lack is said loudly.
fn optional(name: &str, found: Result<PathBuf>, advice: &str) -> Option<PathBuf> {
    found
        .inspect_err(|error| {
            println!("\n!!! THE BUNDLE IS NOT OPTIMISED: there is no {name} ({error:#}).");
            println!("!!! For the bundle that ships, {advice}.\n");
        })
        .ok()
}

impl Tools {
    /// Folders that must stand first on Trunk's search path, so that it finds the same versions as we did.
    pub fn folders(&self) -> Vec<PathBuf> {
        let tools = [Some(&self.wasm_bindgen), self.wasm_opt.as_ref()];
        tools.into_iter().flatten().filter_map(|path| path.parent()).map(Path::to_path_buf).collect()
    }
}

/// The tool that cuts the program into parts.
pub fn wasm_split() -> Result<PathBuf> {
    cargo_tool("wasm_split_cli_support", "wasm-split-cli", SPLIT, &["--features", "build-binary"])
}

/// Adds a component of the toolchain where it is missing.
pub fn component(subcommand: &str, component: &str) -> Result<()> {
    if shell::output(&mut shell::cargo(&[subcommand, "--version"])).is_ok() {
        return Ok(());
    }
    shell::run(&mut shell::command("rustup", &["component", "add", component]))
}

/// Adds the target that the page is compiled for where it is missing.
pub fn wasm_target() -> Result<()> {
    let sysroot = shell::output(&mut shell::command("rustc", &["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir() {
        return Ok(());
    }
    shell::run(&mut shell::command("rustup", &["target", "add", WASM_TARGET]))
        .with_context(|| format!("the Rust toolchain lacks the target {WASM_TARGET}"))
}

/// The version of `package` that Cargo.lock pins: a wasm-bindgen tool of any other version refuses to work.
fn locked_version(package: &str) -> Result<String> {
    let packages = shell::packages()?;
    let found = packages.iter().find(|one| one.name.as_str() == package);
    found.map(|one| one.version.to_string()).with_context(|| format!("Cargo.lock does not name {package}"))
}

fn cargo_tool(package: &str, binary: &str, version: &str, features: &[&str]) -> Result<PathBuf> {
    let home = shell::cache()?.join(format!("tools/{package}-{version}"));
    let right = |path: &PathBuf| match find::version(path) {
        Some(said) => said.split_whitespace().nth(1) == Some(version),
        // One of them does not say its version: it is taken from the cache alone, whose folder is named by it.
        None => path.starts_with(&home) && shell::output(&mut shell::command(path, &["--help"])).is_ok(),
    };
    if let Some(found) = find::on_path(binary).into_iter().find(right) {
        return Ok(found);
    }
    let path = home.join("bin").join(format!("{binary}{}", std::env::consts::EXE_SUFFIX));
    if right(&path) {
        return Ok(path);
    }
    let spec = format!("{package}@{version}");
    let home_text = home.to_string_lossy();
    if !find::on_path("cargo-binstall").is_empty() {
        println!("Fetching {spec} with cargo-binstall");
        let args = ["binstall", "--no-confirm", "--disable-strategies", "compile", "--root", &home_text, &spec];
        if let Err(error) = shell::run(&mut shell::cargo(&args)) {
            println!("cargo-binstall could not ({error:#}); compiling it instead");
        }
        if right(&path) {
            return Ok(path);
        }
    }
    println!("Compiling {spec} into {home_text}: once, for some minutes");
    let build = home.join("build");
    let build_text = build.to_string_lossy();
    let mut install = shell::cargo(&["install", "--locked", "--root", &home_text, "--target-dir", &build_text, &spec]);
    // Their own release settings (fat LTO, one unit) cost minutes and save milliseconds.
    install.args(features).env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env_remove("RUSTFLAGS").env_remove("CARGO_BUILD_TARGET");
    shell::run(&mut install).with_context(|| format!("{spec} could not be had"))?;
    let _unimportant = std::fs::remove_dir_all(&build);
    if !right(&path) {
        bail!("{spec} is installed, but {} does not say that it is that version", path.display());
    }
    Ok(path)
}

/// wasm-opt from the search path where it is new enough, else from npm's package of Binaryen.
fn wasm_opt() -> Result<PathBuf> {
    let release = |said: &str| said.strip_prefix("wasm-opt version ")?.split([' ', '\n']).next()?.parse::<u32>().ok();
    let recent = |said: &str| release(said).is_some_and(|found| found >= BINARYEN_OLDEST);
    npm_tool("binaryen", "wasm-opt", &format!("{BINARYEN}.0.0"), recent)
}

/// A program from the search path if what it says of its version is `right`, else from npm's package in our cache.
fn npm_tool(package: &str, binary: &str, version: &str, right: impl Fn(&str) -> bool) -> Result<PathBuf> {
    let right = |path: &PathBuf| find::version(path).is_some_and(|said| right(&said));
    if let Some(found) = find::on_path(binary).into_iter().find(right) {
        return Ok(found);
    }
    let home = shell::cache()?.join(format!("tools/{package}-{version}"));
    let path =
        home.join("node_modules/.bin").join(if cfg!(windows) { format!("{binary}.cmd") } else { binary.to_owned() });
    if right(&path) {
        return Ok(path);
    }
    let npm = npm()?;
    println!("Fetching {binary} from npm into {}", home.display());
    std::fs::create_dir_all(&home)?;
    let spec = format!("{package}@{version}");
    let args = ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", &home.to_string_lossy(), &spec];
    shell::run(&mut shell::command(npm, &args))?;
    if !right(&path) {
        bail!("npm's {spec} does not run here");
    }
    Ok(path)
}

/// npm, which comes with node.
pub fn npm() -> Result<PathBuf> {
    let found = find::on_path("npm").into_iter().next().or_else(|| find::on_path("npm.cmd").into_iter().next());
    found.context("npm is not on the search path: install node 20 or newer")
}
