//! Makes what wasm-bindgen wrote shorter: the module, and the bindings in JavaScript that it is called through.
//!
//! Each function that one takes from the other is named by its Rust path or its web API and a hash of sixteen digits, in both files. Nobody reads
//! those names, and what is random does not compress: three hundred of them are a twentieth of the first load. So both files get short ones.
//!
//! Libraries may export classes. The page makes none: what is served to the page by a `ReadableStream` of Rust's belongs to servers of Leptos.
//! Without them, nothing calls what they call, and wasm-opt finds that nobody needs it. wasm-bindgen has no switch for either.

use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{ExternalKind, Parser, Payload};

/// The module that wasm-bindgen lets the program import its bindings from.
const OWN: &str = "_bg.js";
/// What that module is called when it is short.
const SHORT: &str = "w";
/// The parameters and braces of a function that is an entry of the table of imports.
const ENTRY: &str = ": function(";

/// The module and its bindings, as wasm-bindgen wrote them, with short names and without classes.
///
/// # Errors
/// wasm-bindgen writes in another way than this knows, or `wasm` is not a module.
pub fn shorten(wasm: &[u8], bindings: &str) -> Result<(Vec<u8>, String)> {
    let bindings = without_classes(bindings)?;
    let called = called(&bindings);
    let mut names = Names::default();
    let (module, own) = renamed(wasm, &called, &mut names)?;
    let mut short = String::new();
    let mut unknown = 0;
    for line in bindings.lines() {
        let entry = line.trim_start().split_once(ENTRY);
        match entry.filter(|(name, _)| line.starts_with("        __wb") && is_name(name)) {
            Some((name, rest)) => match names.imports.remove(name) {
                Some(name) => short += &format!("        {name}{ENTRY}{rest}"),
                None => unknown += 1,
            },
            None => short += &with_short_exports(line, &names.exports),
        }
        short.push('\n');
    }
    if unknown > 0 || !names.imports.is_empty() {
        bail!("the bindings do not give what the module imports: {unknown} too many, without {:?}", names.imports);
    }
    let table = format!("\"{own}\": ");
    if short.matches(&table).count() != 1 {
        bail!("the bindings do not name {own} once");
    }
    Ok((module, short.replace(&table, &format!("\"{SHORT}\": "))))
}

/// Short names of functions by their long ones.
#[derive(Default)]
struct Names {
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
}

/// The bindings without the classes that they export, and without what belongs to those.
fn without_classes(bindings: &str) -> Result<String> {
    let mut kept = String::new();
    let mut lines = bindings.lines();
    let mut classes = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix("export class ") {
            classes.push(rest.split(' ').next().unwrap_or_default());
            lines.by_ref().find(|line| *line == "}").context("a class of the bindings does not end")?;
        } else if classes.iter().any(|class| line.starts_with(&format!("const {class}Finalization = "))) {
            lines.by_ref().find(|line| line.ends_with(';')).context("a registry of the bindings does not end")?;
        } else if !classes.iter().any(|class| line.starts_with(&format!("if (Symbol.dispose) {class}."))) {
            kept += line;
            kept.push('\n');
        }
    }
    if let Some(used) = classes.iter().find(|class| words(&kept).any(|word| word.starts_with(*class))) {
        bail!("the page makes a {used}: it has to stay in the bindings");
    }
    Ok(kept)
}

/// What the bindings call of the module.
fn called(bindings: &str) -> BTreeSet<&str> {
    bindings.match_indices("wasm.").filter_map(|(at, found)| words(&bindings[at + found.len()..]).next()).collect()
}

/// A line of the bindings with the module's functions by their short names.
fn with_short_exports(line: &str, names: &BTreeMap<String, String>) -> String {
    let mut parts = line.split("wasm.");
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = words(part).next().filter(|name| part.starts_with(name)).unwrap_or_default();
        short += "wasm.";
        short += names.get(name).map_or(name, String::as_str);
        short += &part[name.len()..];
    }
    short
}

/// The module with short names for what it imports from the bindings, whose address comes with it, and of the functions it exports those that
/// are `called`, with short names too. Memories and tables keep theirs: the parts hang in them.
fn renamed(wasm: &[u8], called: &BTreeSet<&str>, names: &mut Names) -> Result<(Vec<u8>, String)> {
    let mut module = Module::new();
    let mut own = String::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.context("wasm-bindgen left no module")?;
        match &payload {
            Payload::ImportSection(section) => {
                let mut imports = ImportSection::new();
                for import in section.clone().into_imports() {
                    let import = import?;
                    let kind = RoundtripReencoder.entity_type(import.ty).map_err(|error| anyhow::anyhow!("{error}"))?;
                    if import.module.ends_with(OWN) {
                        import.module.clone_into(&mut own);
                        let next = short(names.imports.len());
                        imports.import(SHORT, &next, kind);
                        names.imports.insert(import.name.to_owned(), next);
                    } else {
                        imports.import(import.module, import.name, kind);
                    }
                }
                module.section(&imports);
            }
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                for export in section.clone() {
                    let export = export?;
                    let kind =
                        RoundtripReencoder.export_kind(export.kind).map_err(|error| anyhow::anyhow!("{error}"))?;
                    match (export.kind == ExternalKind::Func, called.contains(export.name)) {
                        (true, true) => {
                            let next = short(names.exports.len());
                            exports.export(&next, kind, export.index);
                            names.exports.insert(export.name.to_owned(), next);
                        }
                        (true, false) => {}
                        (false, _) => {
                            exports.export(export.name, kind, export.index);
                        }
                    }
                }
                module.section(&exports);
            }
            other => {
                if let Some((id, Range { start, end })) = other.as_section() {
                    let data = wasm.get(usize::try_from(start)?..usize::try_from(end)?).unwrap_or_default();
                    module.section(&RawSection { id, data });
                }
            }
        }
    }
    if own.is_empty() {
        bail!("the module imports nothing from its bindings");
    }
    Ok((module.finish(), own))
}

/// A different short name for each number: a letter, then a number where there are not enough.
fn short(number: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let letter = char::from(LETTERS[number % LETTERS.len()]);
    match number / LETTERS.len() {
        0 => letter.to_string(),
        rest => format!("{letter}{}", rest - 1),
    }
}

/// The names in a text of JavaScript.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !is_of_name(letter)).filter(|word| !word.is_empty())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_of_name)
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::{renamed, short, shorten, without_classes};
    use std::collections::BTreeSet;
    use wasm_encoder::{EntityType, ExportKind, ExportSection, FunctionSection, ImportSection, Module, TypeSection};

    const BINDINGS: &str = "\
export class Sink {
    close() {
        wasm.sink_close(this.__wbg_ptr);
    }
}
if (Symbol.dispose) Sink.prototype[Symbol.dispose] = Sink.prototype.free;
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_abort_8a4b90d8b05efcf8: function() { return handleError(function (arg0) {
            arg0.abort(wasm.__wbindgen_malloc, wasm.__wbindgen_externrefs);
        }, arguments); },
    };
    return {
        \"./app_bg.js\": import0,
        \"./__wasm_split.js\": import1,
    };
}
const SinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_sink_free(ptr, 1));
export { initSync, __wbg_init as default };
";

    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./app_bg.js", "__wbg_abort_8a4b90d8b05efcf8", EntityType::Function(0));
        imports.import("./__wasm_split.js", "__wasm_split_load_desk", EntityType::Function(0));
        let mut exports = ExportSection::new();
        exports.export("__wbindgen_malloc", ExportKind::Func, 0);
        exports.export("sink_close", ExportKind::Func, 1);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&FunctionSection::new()).section(&exports);
        module.finish()
    }

    #[test]
    fn both_files_get_the_same_short_names() {
        let (wasm, bindings) = shorten(&module(), BINDINGS).unwrap();
        assert!(bindings.contains("        a: function() { return handleError(function (arg0) {"), "{bindings}");
        assert!(bindings.contains("arg0.abort(wasm.a, wasm.__wbindgen_externrefs);"), "{bindings}");
        assert!(
            bindings.contains("\"w\": import0,") && bindings.contains("\"./__wasm_split.js\": import1"),
            "{bindings}"
        );
        let text = String::from_utf8_lossy(&wasm);
        assert!(
            text.contains("__wasm_split_load_desk") && !text.contains("abort") && !text.contains("malloc"),
            "{text}"
        );
    }

    #[test]
    fn classes_go_with_what_only_they_call() {
        let (wasm, bindings) = shorten(&module(), BINDINGS).unwrap();
        assert!(!bindings.contains("Sink") && !bindings.contains("Finalization"), "{bindings}");
        assert!(bindings.ends_with("export { initSync, __wbg_init as default };\n"), "{bindings}");
        assert!(!String::from_utf8_lossy(&wasm).contains("sink_close"));
        let used = BINDINGS.replace("arg0.abort(", "Sink.__wrap(arg0.abort(");
        assert!(without_classes(&used).is_err(), "a class that the page makes went");
    }

    #[test]
    fn bindings_that_do_not_fit_the_module_are_refused() {
        assert!(shorten(&module(), &BINDINGS.replace("__wbg_abort_8a", "__wbg_abort_9a")).is_err());
        assert!(shorten(&module(), &BINDINGS.replace("\"./app_bg.js\"", "\"./other_bg.js\"")).is_err());
        assert!(renamed(b"\0asm", &BTreeSet::new(), &mut super::Names::default()).is_err());
    }

    #[test]
    fn no_two_names_are_the_same() {
        let names: BTreeSet<_> = (0..1000).map(short).collect();
        assert_eq!(names.len(), 1000);
    }
}
