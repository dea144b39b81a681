//! Cuts the page's program into the part that starts it and the parts that are loaded later (`src/app/cut.rs`).
//!
//! The cut belongs between cargo and wasm-bindgen, and Trunk calls one right after the other. So for Trunk this program stands in for
//! wasm-bindgen: under that name, first on the search path, it cuts what cargo built, and gives the first part to the real one.
//!
//! ```text
//! cargo xtask build
//!   │ prepare(): copies itself to target/page-split/bin/wasm-bindgen, first on PATH
//!   ▼
//! Trunk ──► cargo build --target wasm32-unknown-unknown ──► groundplan-app.wasm
//!   │
//!   └────► "wasm-bindgen … groundplan-app.wasm"   what Trunk thinks it calls
//!            │ stand_in(): this program under that name
//!            ├─ 1  wasm-split-cli        groundplan-app.wasm ─► main.wasm, split_*.wasm, __wasm_split.js
//!            ├─ 2  the real wasm-bindgen main.wasm ─► bindings, which import __wasm_split.js
//!            ├─ 3  wasm-opt -Oz          each split_*.wasm ─► parts/NAME-HASH.wasm
//!            ├─ 4  bindings::shorten() short names between the two, which nobody reads
//!            ├─ 5  join(): __wasm_split.js into the bindings, with the parts' names
//!            └─ 6  esbuild             the bindings, short
//!   │
//!   ▼ deliver(): target/page-split/parts ─► dist/parts
//! ```
//!
//! Nothing else of xtask knows of the cut but these three calls. Should Trunk get a hook between the two, or do the cut itself, this file
//! goes. `--debug` does not cut.

use crate::bindings;
use crate::shell;
use crate::tools::Tools;
use anyhow::{Context, Result, bail};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name under which this program stands in.
const NAME: &str = "wasm-bindgen";
/// The real wasm-bindgen, for the stand-in.
const REAL: &str = "GROUNDPLAN_WASM_BINDGEN";
/// The tool that cuts.
const CUTTER: &str = "GROUNDPLAN_WASM_SPLIT";
/// wasm-opt, where there is one.
const OPTIMISER: &str = "GROUNDPLAN_WASM_OPT";
/// esbuild, where there is one.
const MINIFIER: &str = "GROUNDPLAN_ESBUILD";
/// The folder that takes the parts.
const PARTS: &str = "GROUNDPLAN_PARTS";

/// What the parts are called on the site: a folder beside the page.
pub const FOLDER: &str = "parts";
/// What rustc needs to leave everything in its output that the cut needs to know.
pub const RUSTFLAGS: [&str; 2] = ["--cfg=split", "-Clink-arg=--emit-relocs"];

/// Makes `trunk` cut the program: it finds the stand-in in the folder that is returned, which must stand first on its search path.
pub fn prepare(trunk: &mut Command, tools: &Tools, cutter: &Path) -> Result<PathBuf> {
    let home = shell::target_dir()?.join("page-split");
    let (stand_in, parts) = (home.join("bin"), home.join(FOLDER));
    std::fs::create_dir_all(&stand_in)?;
    let name = format!("{NAME}{}", std::env::consts::EXE_SUFFIX);
    std::fs::copy(std::env::current_exe()?, stand_in.join(name)).context("cannot stand in for wasm-bindgen")?;
    trunk.env(REAL, &tools.wasm_bindgen).env(CUTTER, cutter).env(PARTS, parts);
    for (variable, tool) in [(OPTIMISER, &tools.wasm_opt), (MINIFIER, &tools.esbuild)] {
        if let Some(tool) = tool {
            trunk.env(variable, tool);
        }
    }
    Ok(stand_in)
}

/// Puts the parts of the last cut beside the page.
pub fn deliver(dist: &Path) -> Result<()> {
    let (from, to) = (shell::target_dir()?.join("page-split").join(FOLDER), dist.join(FOLDER));
    std::fs::create_dir_all(&to)?;
    for entry in std::fs::read_dir(&from).context("the program was not cut")? {
        let entry = entry?;
        std::fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Whether this program was called to stand in for wasm-bindgen.
pub fn stands_in() -> bool {
    let called = std::env::args_os().next().map(PathBuf::from);
    called.is_some_and(|path| path.file_stem().is_some_and(|stem| stem == NAME))
}

/// Does what wasm-bindgen was called for, with the first part in the place of the whole.
pub fn stand_in(args: &[String]) -> Result<()> {
    let real = variable(REAL)?;
    let Some(whole) = args.iter().position(|arg| arg.ends_with(".wasm")) else {
        // Trunk reads what it prints, the version above all.
        print!("{}", shell::output(Command::new(real).args(args))?);
        return Ok(());
    };
    let parts = PathBuf::from(variable(PARTS)?);
    let cut = parts.with_extension("cut");
    for folder in [&parts, &cut] {
        drop(std::fs::remove_dir_all(folder));
        std::fs::create_dir_all(folder)?;
    }
    shell::run(Command::new(variable(CUTTER)?).arg(&args[whole]).arg(&cut))?;
    let mut args = args.to_vec();
    args[whole] = cut.join("main.wasm").to_string_lossy().into_owned();
    // The parts hang into the first one's table of functions, whose name wasm-bindgen would take away.
    shell::run(Command::new(real).args(&args).arg("--keep-lld-exports"))?;
    let value = |name: &str| args.iter().find_map(|arg| arg.strip_prefix(name));
    let (Some(folder), Some(name)) = (value("--out-dir="), value("--out-name=")) else {
        bail!("Trunk calls wasm-bindgen in another way than this program knows");
    };
    let mut loader = std::fs::read_to_string(cut.join(LOADER)).context("the cut left no loader")?;
    for part in crate::bundle::files(&cut)?.iter().filter(|file| file.extension().is_some_and(|kind| kind == "wasm")) {
        let stem = part.file_stem().unwrap_or_default().to_string_lossy();
        if stem == "main" {
            continue;
        }
        if let Some(optimiser) = std::env::var_os(OPTIMISER) {
            shell::run(Command::new(optimiser).arg("-Oz").arg(part).arg("-o").arg(part))?;
        }
        let bytes = std::fs::read(part)?;
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let name = format!("{}-{:016x}.wasm", stem.trim_start_matches("split_"), hasher.finish());
        std::fs::write(parts.join(&name), bytes)?;
        loader = loader.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{FOLDER}/{name}\""));
    }
    let bindings = PathBuf::from(folder).join(format!("{name}.js"));
    let module = bindings.with_file_name(format!("{name}_bg.wasm"));
    let (short, text) = bindings::shorten(&std::fs::read(&module)?, &std::fs::read_to_string(&bindings)?)?;
    std::fs::write(&module, short)?;
    std::fs::write(&bindings, join(&text, &loader)?)?;
    if let Some(minifier) = std::env::var_os(MINIFIER) {
        let out = format!("--outfile={}", bindings.display());
        // Trunk writes the page's own lines around the names that the module exports: those stay.
        shell::run(
            Command::new(minifier)
                .args(["--minify", "--format=esm", "--log-level=error", "--allow-overwrite", &out])
                .arg(&bindings),
        )?;
    }
    Ok(())
}

fn variable(name: &str) -> Result<std::ffi::OsString> {
    std::env::var_os(name).with_context(|| format!("there is no {name}: only Trunk calls this, for cargo xtask"))
}

/// The module that the cut program imports its loading functions from.
const LOADER: &str = "__wasm_split.js";

/// Where the loader loads a part.
const LOAD: &str = "await callee();";
/// What loads the stylesheet that parts need beside it.
const LATER_STYLE: &str = include_str!("later_style.js");

/// Puts the loader into the bindings that import it, and makes each part wait for the stylesheet of what is loaded later: one file less to fetch before the first picture, and the two need not import each other.
fn join(bindings: &str, loader: &str) -> Result<String> {
    let (imports, rest): (Vec<&str>, Vec<&str>) =
        bindings.lines().partition(|line| line.starts_with("import ") && line.contains(LOADER));
    let mut code = rest.join("\n");
    code.push('\n');
    let mut exports = Vec::new();
    for line in loader.lines().filter(|line| !line.starts_with("import ")) {
        let line = line.strip_prefix("export ").inspect(|rest| exports.extend(rest.split(' ').nth(1))).unwrap_or(line);
        code += line;
        code.push('\n');
    }
    if imports.is_empty() {
        bail!("the bindings do not import {LOADER}: is nothing cut?");
    }
    if code.matches(LOAD).count() != 1 {
        bail!("the loader loads parts in another way than this program knows");
    }
    code = code.replace(LOAD, "await Promise.all([callee(), laterStyle()]);");
    code += LATER_STYLE;
    for import in imports {
        let name = import.strip_prefix("import * as ").and_then(|rest| rest.split(' ').next());
        let name = name.with_context(|| format!("the bindings import the loader in an unknown way: {import}"))?;
        code += &format!("const {name} = {{ {} }};\n", exports.join(", "));
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn the_loader_moves_into_the_bindings() {
        let bindings = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\nexport function initSync() {}\nuse({ \"./__wasm_split.js\": import1 });\n";
        let loader = "import { initSync } from \"./main.js\";\nfunction load() { await callee(); }\nexport const __wasm_split_load_a = load();\nexport const __wasm_split_load_b = load();\n";
        let joined = join(bindings, loader).unwrap();
        assert!(
            !joined.contains("import *") && !joined.contains("main.js") && !joined.contains("export const"),
            "{joined}"
        );
        assert!(joined.ends_with("const import2 = { __wasm_split_load_a, __wasm_split_load_b };\n"), "{joined}");
        assert!(
            joined.contains("Promise.all([callee(), laterStyle()])") && joined.contains("function laterStyle()"),
            "{joined}"
        );
        assert!(join("export function initSync() {}", loader).is_err());
        assert!(join(bindings, &loader.replace("callee", "called")).is_err());
    }
}
