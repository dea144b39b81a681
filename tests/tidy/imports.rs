//! Who names whom: every path of the Rust files under `src/`, read from their tokens and led to the file that defines what is named.
//!
//! A `use` tree is taken apart into its leaves and a path outside of `use` counts as well, so nothing can be named past the table. What stands
//! under `#[cfg(test)]` is left out, and so are files of tests. A re-export is a sign at a door: it is followed to where the thing is defined.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "a test stops where it cannot go on")]

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The three programs under `src/`, each with the folder of its modules and the file that is its root.
const CRATES: [(&str, &str); 3] =
    [("src/bin/groundplan/", "src/bin/groundplan/main.rs"), ("src/app/", "src/main.rs"), ("src/", "src/lib.rs")];
/// The library's name, by which the programs call it.
const LIBRARY: &str = "groundplan";
/// How often a re-export is followed.
const MOST_HOPS: usize = 8;

/// One name that a file takes from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// The file that names.
    pub from: String,
    /// What it names, from the root of the program or library that has it: `design::Edit`.
    pub path: String,
    /// The file that defines it.
    pub to: String,
}

/// A name of a module as its `use` lines bind it.
struct Binding {
    name: String,
    path: Vec<String>,
}

/// What one file says.
#[derive(Default)]
struct Said {
    /// Every path, with the module it stands in and whether a `use` says it.
    paths: Vec<(Vec<String>, Vec<String>)>,
    /// By module: the names its `use` lines bind.
    bound: BTreeMap<Vec<String>, Vec<Binding>>,
    /// By module: whose names it takes all.
    globs: BTreeMap<Vec<String>, Vec<Vec<String>>>,
    /// Modules of tests, which lie in files of their own.
    tests: Vec<Vec<String>>,
}

/// A file with its program and its module.
struct Module {
    root: &'static str,
    path: Vec<String>,
    said: Said,
}

/// Every import of these files, given by path and text. A file that is no Rust is a failure of the test.
pub fn imports<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Import> {
    let mut modules: BTreeMap<String, Module> = BTreeMap::new();
    for (file, text) in files {
        let (folder, root) = *CRATES.iter().find(|(folder, root)| file.starts_with(folder) || file == *root).unwrap();
        let path = module_of(file, folder, root);
        let tokens: TokenStream = text.parse().unwrap_or_else(|wrong| panic!("{file} cannot be read: {wrong}"));
        let mut said = Said::default();
        scan(&tokens.into_iter().collect::<Vec<_>>(), &path, &mut said);
        modules.insert(file.to_owned(), Module { root, path, said });
    }
    let of_tests: BTreeSet<(&str, Vec<String>)> =
        modules.values().flat_map(|module| module.said.tests.iter().map(|path| (module.root, path.clone()))).collect();
    let is_test = |module: &Module| {
        (1..=module.path.len()).any(|to| of_tests.contains(&(module.root, module.path[..to].to_vec())))
    };
    let by_path: BTreeMap<(&str, &[String]), &str> =
        modules.iter().map(|(file, module)| ((module.root, module.path.as_slice()), file.as_str())).collect();
    let mut found = BTreeSet::new();
    for (from, module) in modules.iter().filter(|(_, module)| !is_test(module)) {
        for (inside, path) in &module.said.paths {
            let Some((root, path)) = absolute(module.root, inside, path, &by_path) else { continue };
            let to = definition(root, &path, &modules, &by_path, MOST_HOPS);
            if let Some(to) = to.filter(|to| to != from) {
                found.insert(Import { from: from.clone(), path: path.join("::"), to });
            }
        }
    }
    found.into_iter().collect()
}

/// The module that a file is: `src/a/mod.rs` and `src/a.rs` are `a`.
fn module_of(file: &str, folder: &str, root: &str) -> Vec<String> {
    if file == root {
        return Vec::new();
    }
    let inner = if root == "src/main.rs" { file.strip_prefix("src/") } else { file.strip_prefix(folder) };
    let inner = inner.unwrap().trim_end_matches(".rs").trim_end_matches("/mod");
    inner.split('/').map(str::to_owned).collect()
}

/// Notes every path of a run of tokens that stands in a module.
fn scan(tokens: &[TokenTree], module: &[String], said: &mut Said) {
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Punct(mark) if mark.as_char() == '#' && is_for_tests(tokens.get(at + 1)) => {
                at = past_item(tokens, at + 2, module, said);
                continue;
            }
            TokenTree::Ident(word) if *word == "use" => {
                let end = tokens[at..].iter().position(|token| is_mark(token, ';')).map_or(tokens.len(), |to| at + to);
                let is_shown = at.checked_sub(1).is_some_and(|before| tokens[before].to_string() == "pub")
                    || at.checked_sub(2).is_some_and(|before| tokens[before].to_string() == "pub");
                for (path, name) in leaves(&tokens[at + 1..end]) {
                    if name == "*" {
                        said.globs.entry(module.to_vec()).or_default().push(path.clone());
                    } else {
                        let binding = Binding { name, path: path.clone() };
                        said.bound.entry(module.to_vec()).or_default().push(binding);
                    }
                    // What a module shows of those below it is a sign at the door and no use.
                    if !is_shown || ["crate", "super"].contains(&path[0].as_str()) {
                        said.paths.push((module.to_vec(), path));
                    }
                }
                at = end;
            }
            // Who may see something is no use of it.
            TokenTree::Ident(word) if *word == "pub" && matches!(tokens.get(at + 1), Some(TokenTree::Group(_))) => {
                at += 1;
            }
            TokenTree::Ident(word) if *word == "mod" => {
                if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                    (tokens.get(at + 1), tokens.get(at + 2))
                {
                    let inner = [module, &[name.to_string()]].concat();
                    scan(&body.stream().into_iter().collect::<Vec<_>>(), &inner, said);
                    at += 2;
                }
            }
            TokenTree::Ident(_) if is_path(&tokens[at..]) => {
                let (path, length) = path(&tokens[at..]);
                said.paths.push((module.to_vec(), path));
                at += length - 1;
            }
            TokenTree::Group(group) => scan(&group.stream().into_iter().collect::<Vec<_>>(), module, said),
            _ => {}
        }
        at += 1;
    }
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// Whether an attribute says `cfg(test)`.
fn is_for_tests(attribute: Option<&TokenTree>) -> bool {
    let Some(TokenTree::Group(group)) = attribute else { return false };
    let words: Vec<String> = group.stream().into_iter().map(|token| token.to_string()).collect();
    words.first().is_some_and(|word| word == "cfg")
        && words.get(1).is_some_and(|of| of.contains("test") && !of.contains("not"))
}

/// Past the item that an attribute for tests stands on; a module in a file of its own is remembered.
fn past_item(tokens: &[TokenTree], mut at: usize, module: &[String], said: &mut Said) -> usize {
    let begin = at;
    while at < tokens.len() {
        let ends = match &tokens[at] {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            token => is_mark(token, ';'),
        };
        at += 1;
        if ends {
            break;
        }
    }
    let item = &tokens[begin..at];
    let name = item.windows(3).find_map(|three| match three {
        [TokenTree::Ident(word), TokenTree::Ident(name), end] if *word == "mod" && is_mark(end, ';') => {
            Some(name.to_string())
        }
        _ => None,
    });
    said.tests.extend(name.map(|name| [module, &[name]].concat()));
    at
}

/// Whether a path begins here.
fn is_path(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Ident(_), colon, other, TokenTree::Ident(_), ..] if is_mark(colon, ':') && is_mark(other, ':'))
}

/// The path that begins here, and its length in tokens.
fn path(tokens: &[TokenTree]) -> (Vec<String>, usize) {
    let mut found = vec![tokens[0].to_string()];
    let mut length = 1;
    while let [colon, other, TokenTree::Ident(word), ..] = &tokens[length..]
        && is_mark(colon, ':')
        && is_mark(other, ':')
    {
        found.push(word.to_string());
        length += 3;
    }
    (found, length)
}

/// The leaves of a `use` tree, each with the name that it binds; `*` for all names.
fn leaves(tokens: &[TokenTree]) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    for branch in tokens.split(|token| is_mark(token, ',')) {
        let mut prefix: Vec<String> = Vec::new();
        let mut name = None;
        let mut rest = branch.iter().peekable();
        let mut inner = None;
        while let Some(token) = rest.next() {
            match token {
                TokenTree::Ident(word) if *word == "as" => name = rest.next().map(|name| name.to_string()),
                TokenTree::Ident(word) => prefix.push(word.to_string()),
                TokenTree::Group(group) => inner = Some(group.stream().into_iter().collect::<Vec<_>>()),
                token if is_mark(token, '*') => name = Some("*".to_owned()),
                _ => {}
            }
        }
        if let Some(inner) = inner {
            found.extend(leaves(&inner).into_iter().map(|(path, name)| ([prefix.clone(), path].concat(), name)));
            continue;
        }
        // `self` at the end is the module itself.
        if prefix.len() > 1 && prefix.last().is_some_and(|word| word == "self") {
            prefix.pop();
        }
        if let Some(last) = prefix.last().cloned() {
            found.push((prefix, name.unwrap_or(last)));
        }
    }
    // `a::{self}` is taken apart above with `self` alone: it names what is before it.
    for (path, name) in &mut found {
        if path.len() > 1 && path.last().is_some_and(|word| word == "self") {
            path.pop();
            if name == "self" {
                *name = path.last().cloned().unwrap_or_default();
            }
        }
    }
    found
}

/// A path from the root of its program or of the library; nothing for paths of other libraries and of names in scope.
fn absolute<'a>(
    root: &'a str,
    module: &[String],
    path: &[String],
    files: &BTreeMap<(&str, &[String]), &str>,
) -> Option<(&'a str, Vec<String>)> {
    let first = path.first()?.as_str();
    let rest = &path[1..];
    match first {
        "crate" => Some((root, rest.to_vec())),
        "self" => Some((root, [module, rest].concat())),
        "super" => {
            let ups = path.iter().take_while(|word| *word == "super").count();
            Some((root, [module.get(..module.len().checked_sub(ups)?)?, &path[ups..]].concat()))
        }
        LIBRARY if root != "src/lib.rs" => Some(("src/lib.rs", rest.to_vec())),
        _ => {
            // A module below this one may be named without more.
            let below = [module, &[first.to_owned()]].concat();
            files.contains_key(&(root, below.as_slice())).then(|| (root, [module, path].concat()))
        }
    }
}

/// The file that defines what a path leads to.
fn definition(
    root: &str,
    path: &[String],
    modules: &BTreeMap<String, Module>,
    files: &BTreeMap<(&str, &[String]), &str>,
    hops: usize,
) -> Option<String> {
    let depth = (0..=path.len()).rev().find(|to| files.contains_key(&(root, &path[..*to])))?;
    let file = *files.get(&(root, &path[..depth]))?;
    let (Some(name), Some(left)) = (path.get(depth), hops.checked_sub(1)) else { return Some(file.to_owned()) };
    let module = &modules[file];
    let bound = module.said.bound.get(&module.path).into_iter().flatten();
    for binding in bound.filter(|binding| binding.name == *name) {
        if let Some((root, to)) = absolute(module.root, &module.path, &binding.path, files) {
            let further = [to.as_slice(), &path[depth + 1..]].concat();
            return definition(root, &further, modules, files, left);
        }
    }
    for glob in module.said.globs.get(&module.path).into_iter().flatten() {
        let Some((root, to)) = absolute(module.root, &module.path, glob, files) else { continue };
        let within = files.get(&(root, to.as_slice())).map(|file| &modules[*file]);
        let has = within.is_some_and(|within| {
            within.said.bound.get(&within.path).into_iter().flatten().any(|binding| binding.name == *name)
                || files.contains_key(&(root, [to.as_slice(), std::slice::from_ref(name)].concat().as_slice()))
        });
        if has {
            let further = [to.as_slice(), &path[depth..]].concat();
            return definition(root, &further, modules, files, left);
        }
    }
    Some(file.to_owned())
}

/// Whether one of two files is the module that the other lies in: they are one thing, told in several files.
fn are_one(file: &str, other: &str) -> bool {
    let holds = |outer: &str, inner: &str| {
        let folder = ["mod.rs", "main.rs"].iter().find_map(|name| outer.strip_suffix(name));
        folder.is_some_and(|folder| folder.ends_with('/') && inner.starts_with(folder))
    };
    holds(file, other) || holds(other, file)
}

/// The files that lead to each other in a circle, each circle once and in order; single files are none, and neither is a module with its parts.
pub fn circles(imports: &[Import]) -> Vec<Vec<&str>> {
    let mut out: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for import in imports.iter().filter(|import| !are_one(&import.from, &import.to)) {
        out.entry(&import.from).or_default().insert(&import.to);
    }
    let reach = |from: &'_ str| {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = out.get(from).into_iter().flatten().copied().collect();
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                open.extend(out.get(next).into_iter().flatten().copied());
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = out.keys().map(|file| (*file, reach(file))).collect();
    let mut done = BTreeSet::new();
    let mut found = Vec::new();
    for (file, to) in &reached {
        if to.contains(file) && !done.contains(file) {
            let circle: Vec<&str> =
                to.iter().copied().filter(|other| reached.get(other).is_some_and(|back| back.contains(file))).collect();
            done.extend(circle.iter().copied());
            found.push(circle);
        }
    }
    found
}
