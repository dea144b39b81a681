//! The conventions of the house that the compiler does not keep.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "tidy/imports.rs"]
mod imports;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const LINES: usize = 500;
/// What tools put into the checkout.
const NOT_OURS: [&str; 6] = [".git", ".cache", "__pycache__", "dist", "node_modules", "target"];
/// Folders in which each file is an entry of a list, and the list is the folder's `mod.rs`.
const LISTS: [&str; 4] = ["src/catalog/kinds", "src/cloudformation/kinds", "src/rules/list", "src/labs/lessons"];
const WEB_CRATES: [&str; 6] = ["console_error_panic_hook", "gloo", "js_sys", "leptos", "wasm_bindgen", "web_sys"];
/// What reads or writes the world outside. The page and the command line may; the engine is handed everything.
const OUTSIDE: [&str; 8] =
    ["std::env", "std::fs", "std::io", "std::net::Tcp", "std::process", "std::thread", "std::time", "rand::"];

/// The rooms of the house by floor, the lowest first. A room may name rooms of lower floors only, never one beside it.
const FLOORS: [&[&str]; 12] = [
    &["text", "id", "net"],
    &["template"],
    &["catalog"],
    &["design"],
    &["facts"],
    &["layout"],
    &["fixes"],
    &["reach", "cloudformation", "cost", "teardown", "samples", "picture"],
    &["rules", "file"],
    &["derived"],
    &["interact", "command", "labs", "report"],
    &["bin", "app"],
];
/// The same inside the page. What stands in none of these is the page's root, above them all.
const LAYERS: [&[&str]; 6] =
    [&["browser"], &["words", "icons"], &["state"], &["parts"], &["actions"], &["canvas", "panels"]];
/// How many files of one folder may name each other in a circle.
const CIRCLE: usize = 3;

/// A text file of the project, by its path from the root with `/` between the parts.
struct File {
    path: String,
    text: String,
}

impl File {
    fn has_extension(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    /// Whether the wall between engine and browser leaves this file on the engine's side.
    fn is_engine(&self) -> bool {
        let upstairs = ["src/app/", "src/bin/", "src/main.rs"];
        self.path.starts_with("src/")
            && self.has_extension(&["rs"])
            && !upstairs.iter().any(|p| self.path.starts_with(p))
    }

    /// Numbered lines without those that are only a comment.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, files: &mut Vec<File>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        let name = entry.file_name().unwrap().to_string_lossy();
        // In a linked worktree `.git` is a file.
        if NOT_OURS.contains(&name.as_ref()) {
            continue;
        }
        if entry.is_dir() {
            collect(&entry, files);
        } else if let Ok(text) = fs::read_to_string(&entry) {
            let parts: Vec<_> = entry.strip_prefix(root()).unwrap().iter().map(|part| part.to_string_lossy()).collect();
            files.push(File { path: parts.join("/"), text });
        }
    }
}

fn files() -> Vec<File> {
    let mut files = Vec::new();
    collect(root(), &mut files);
    assert!(files.iter().any(|file| file.path == "src/lib.rs"), "the walk found the project");
    files
}

/// Whether `word` stands in `line` with no letter, digit or underscore beside it.
fn has_word(line: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        !before.is_some_and(inside) && !after.is_some_and(inside)
    })
}

#[track_caller]
fn assert_none(complaints: &[String]) {
    let mut text = String::new();
    for complaint in complaints {
        writeln!(text, "  {complaint}").unwrap();
    }
    assert!(complaints.is_empty(), "\n{text}");
}

/// Complains about every line of `files` in which `wrong` finds something.
#[track_caller]
fn assert_no_line<'a>(files: impl Iterator<Item = &'a File>, wrong: impl Fn(&str) -> Option<String>) {
    let mut complaints = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            complaints.extend(wrong(line).map(|what| format!("{}:{}: {what}", file.path, number + 1)));
        }
    }
    assert_none(&complaints);
}

#[test]
fn every_module_opens_with_its_purpose() {
    let files = files();
    let bare = files.iter().filter(|file| file.has_extension(&["rs"]) && !file.text.starts_with("//! "));
    assert_none(&bare.map(|file| format!("{} does not open with `//! `", file.path)).collect::<Vec<_>>());
}

#[test]
fn files_stay_small() {
    let files = files();
    let code = files.iter().filter(|file| file.has_extension(&["css", "js", "mjs", "py", "rs", "sh"]));
    let large = code.filter(|file| file.text.lines().count() > LINES);
    let say =
        |file: &File| format!("{} has {} lines: what is the second thing in it?", file.path, file.text.lines().count());
    assert_none(&large.map(say).collect::<Vec<_>>());
}

#[test]
fn the_engine_names_no_web_crate() {
    let mut complaints = Vec::new();
    for file in files().iter().filter(|file| file.path.starts_with("src/bin/") || file.is_engine()) {
        for (number, line) in file.code() {
            let named = WEB_CRATES.iter().find(|name| has_word(line, name));
            complaints.extend(named.map(|name| format!("{}:{number}: {name}", file.path)));
        }
    }
    assert_none(&complaints);
}

#[test]
fn the_engine_touches_nothing_outside() {
    let mut complaints = Vec::new();
    for file in files().iter().filter(|file| file.is_engine() && !file.path.ends_with("tests.rs")) {
        let own = file.code().take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
        for (number, line) in own {
            let named = OUTSIDE.iter().find(|name| line.contains(**name));
            complaints.extend(named.map(|name| format!("{}:{number}: {name}", file.path)));
        }
    }
    assert_none(&complaints);
}

/// What the Rust files under `src/` name of each other, read once for all tests.
fn imports_of(files: &[File]) -> &'static [imports::Import] {
    static IMPORTS: OnceLock<Vec<imports::Import>> = OnceLock::new();
    IMPORTS.get_or_init(|| read_imports(files))
}

fn read_imports(files: &[File]) -> Vec<imports::Import> {
    let rust = files.iter().filter(|file| file.path.starts_with("src/") && file.has_extension(&["rs"]));
    imports::imports(rust.map(|file| (file.path.as_str(), file.text.as_str())))
}

/// The room of a file under `src/`; nothing for the sign at the door, `src/lib.rs`.
fn room(file: &str) -> Option<&str> {
    let inner = file.strip_prefix("src/")?;
    match inner.split('/').next()?.trim_end_matches(".rs") {
        "lib" => None,
        "main" => Some("app"),
        room => Some(room),
    }
}

#[test]
fn rooms_name_lower_floors_only() {
    let floor = |room: &str| {
        FLOORS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| panic!("{room} has no floor"))
    };
    let files = files();
    let mut complaints = Vec::new();
    for import in imports_of(&files) {
        let (Some(from), Some(to)) = (room(&import.from), room(&import.to)) else { continue };
        if from != to && floor(from) <= floor(to) {
            complaints.push(format!("{} names {}, of the room {to}", import.from, import.path));
        }
    }
    assert_none(&complaints);
}

/// Who reads the tables of rooms in the crate's head and in the README must find every room, where it is.
#[test]
fn the_rooms_that_are_told_of_are_those_that_there_are() {
    let text = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let library = text("src/lib.rs");
    let row = |line| -> Option<(usize, &str)> {
        let line: &str = line;
        let (floor, rest) = line.strip_prefix("//! | ")?.split_once(" | [`")?;
        Some((floor.parse().ok()?, rest.split_once("`] | ")?.0))
    };
    let told: Vec<_> = library.lines().filter_map(row).collect();
    let engine = FLOORS.iter().enumerate().take(FLOORS.len() - 1);
    let there: Vec<_> = engine.flat_map(|(floor, rooms)| rooms.iter().map(move |room| (floor + 1, *room))).collect();
    assert_eq!(told, there, "the table of src/lib.rs");
    let map = text("README.md");
    let map = map.split("## ").find(|part| part.starts_with("Code map")).unwrap();
    let is_told = |room: &str| map.contains(&format!("`src/{room}/`")) || map.contains(&format!("`src/{room}.rs`"));
    let missing: Vec<_> = there.iter().filter(|(_, room)| !is_told(room)).collect();
    assert!(missing.is_empty(), "the code map leaves out {missing:?}");
}

#[test]
fn the_page_keeps_its_layers() {
    let layer = |file: &str| {
        let room = file.strip_prefix("src/app/")?.split('/').next()?.to_owned();
        Some((LAYERS.iter().position(|rooms| rooms.contains(&room.as_str())).unwrap_or(LAYERS.len()), room))
    };
    let files = files();
    let all = imports_of(&files);
    let mut complaints = Vec::new();
    let mut seen = BTreeSet::new();
    for import in all {
        let (Some((from, own)), Some((to, other))) = (layer(&import.from), layer(&import.to)) else { continue };
        seen.extend([from, to]);
        let is_root = from == LAYERS.len();
        if own != other && !is_root && to >= from {
            complaints.push(format!("{} names {}, of {other}", import.from, import.path));
        }
    }
    assert_eq!(seen.len(), LAYERS.len() + 1, "every layer is there");
    assert_none(&complaints);
}

#[test]
fn files_do_not_name_each_other_in_circles() {
    let files = files();
    let all = imports_of(&files);
    let mut complaints = Vec::new();
    for circle in imports::circles(all) {
        let folders: BTreeSet<&str> =
            circle.iter().filter_map(|file| file.rsplit_once('/')).map(|(at, _)| at).collect();
        if folders.len() == 1 && circle.len() <= CIRCLE {
            continue;
        }
        complaints.push(format!("{} files name each other in a circle:", circle.len()));
        for import in all.iter().filter(|one| circle.contains(&one.from.as_str()) && circle.contains(&one.to.as_str()))
        {
            complaints.push(format!("  {} names {} of {}", import.from, import.path, import.to));
        }
    }
    assert_none(&complaints);
}

#[test]
fn imports_are_read_however_they_are_written() {
    let files = [
        ("src/lib.rs", "pub mod low; pub mod high; #[macro_export] macro_rules! shout { () => { $crate::high::Top } }"),
        ("src/low/mod.rs", "mod inner; #[cfg(test)] mod tests; pub use inner::{self, deep::{Deep as Sunk, Other}};"),
        (
            "src/low/inner/mod.rs",
            "pub mod deep; use super::super::high; pub(in crate::low) struct S; // crate::high::Comment",
        ),
        (
            "src/low/inner/deep.rs",
            "pub struct Deep; pub struct Other; fn f() { let _ = \"crate::high::Text\"; g::<crate::low::Sunk>() }",
        ),
        ("src/low/tests.rs", "use crate::high::Top;"),
        (
            "src/high/mod.rs",
            "use crate::low::{Sunk, inner::{deep, self}}; #[cfg(test)] mod tests { use crate::low::Other; }",
        ),
        ("src/main.rs", "mod app;"),
        ("src/app/mod.rs", "use groundplan::{high::Top, low::*};"),
    ];
    let found = imports::imports(files.into_iter());
    let told: Vec<String> = found.iter().map(|one| format!("{} {} {}", one.from, one.path, one.to)).collect();
    assert_eq!(
        told,
        [
            "src/app/mod.rs high::Top src/high/mod.rs",
            "src/app/mod.rs low src/low/mod.rs",
            "src/high/mod.rs low::Sunk src/low/inner/deep.rs",
            "src/high/mod.rs low::inner src/low/inner/mod.rs",
            "src/high/mod.rs low::inner::deep src/low/inner/deep.rs",
            "src/lib.rs high::Top src/high/mod.rs",
            "src/low/inner/mod.rs high src/high/mod.rs",
        ]
    );
}

#[test]
fn every_file_of_a_list_is_listed() {
    let files = files();
    assert!(files.iter().any(|file| file.path.starts_with(LISTS[0])), "the kinds are where this test looks");
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.has_extension(&["rs"])) {
        let Some((folder, name)) = file.path.rsplit_once('/') else { continue };
        let stem = name.trim_end_matches(".rs");
        if stem == "mod" || !LISTS.iter().any(|list| folder.starts_with(list)) {
            continue;
        }
        let list = format!("{folder}/mod.rs");
        let Some(list) = files.iter().find(|file| file.path == list) else {
            complaints.push(format!("{list} is missing"));
            continue;
        };
        // A `mod` line, which rustfmt follows, and an entry of the list; what a kind of several files has below it needs no entry.
        let declared = list.code().any(|(_, line)| line.trim_start_matches("pub ") == format!("mod {stem};"));
        let listed =
            !LISTS.contains(&folder) || list.code().any(|(_, line)| line.starts_with(' ') && has_word(line, stem));
        if !(declared && listed) {
            complaints.push(format!("{} needs a mod line and an entry of the list in {}", file.path, list.path));
        }
    }
    assert_none(&complaints);
}

#[test]
fn nothing_is_left_for_later() {
    // Put together here, so that this file does not find itself.
    let marks =
        [["TO", "DO"], ["FIX", "ME"], ["todo", "!"], ["unimplemented", "!"], ["#[ign", "ore"]].map(|m| m.concat());
    let switched_off = ["test.only(", "test.skip(", "test.todo(", "{ skip:", "{ only:", "unittest.skip", "skipTest("];
    let files = files();
    let ours =
        files.iter().filter(|file| file.has_extension(&["css", "html", "js", "mjs", "py", "rs", "sh", "toml", "yaml"]));
    assert_no_line(ours.filter(|file| file.path != "tests/tidy.rs"), |line| {
        let mark = marks.iter().find(|mark| line.contains(mark.as_str())).map(String::as_str);
        let off = switched_off.iter().find(|off| line.contains(**off)).copied();
        mark.or(off).map(str::to_owned)
    });
}

#[test]
fn nothing_names_one_machine_or_one_registry() {
    let marks = [
        ["/ro", "ot/"],
        ["/wo", "rk/"],
        ["/Us", "ers/"],
        ["registry.", "npmjs"],
        ["registry.", "yarnpkg"],
        ["files.python", "hosted"],
        ["pypi", ".org"],
        ["index.", "crates.io"],
        ["static.", "crates.io"],
        ["--index", "-url"],
        ["--extra-index", "-url"],
    ]
    .map(|mark| mark.concat());
    assert_no_line(files().iter(), |line| marks.iter().find(|mark| line.contains(mark.as_str())).cloned());
}

#[test]
fn lock_files_name_no_host() {
    let files = files();
    let locks: Vec<_> = files.iter().filter(|file| file.path.ends_with("package-lock.json")).collect();
    assert!(!locks.is_empty(), "the browser tests have a lock file");
    assert_no_line(locks.into_iter(), |line| line.contains("\"resolved\"").then(|| line.trim().to_owned()));
}
