//! The truth of our own labs: what students begin with is not the end, the solution is, and nobody gets points for nothing.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

#[path = "course/joined.rs"]
mod joined;
#[path = "course/shapes.rs"]
mod shapes;
#[path = "course/wrong.rs"]
mod wrong;

use std::fs;
use std::path::PathBuf;

use groundplan::labs::{Ready, circles, read, says, unsound};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/public/labs"))
}

/// Every lab of the course with its file's name.
fn labs() -> Vec<(String, Ready)> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.to_string_lossy().ends_with(".lab.json")).collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().trim_end_matches(".lab.json").to_owned();
        let ready = read(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|errors| panic!("{name}: {errors:#?}"));
        (name, ready)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_lab_is_sound() {
    let labs = labs();
    assert!(!labs.is_empty());
    for (name, ready) in &labs {
        assert_eq!(*name, ready.lab.id, "the file is called as the lab");
        assert_eq!(unsound(ready, 2), [], "{name}");
    }
    assert_eq!(circles(labs.iter().map(|(_, ready)| &ready.lab)), Vec::<Vec<String>>::new());
    let ids: Vec<&str> = labs.iter().map(|(name, _)| name.as_str()).collect();
    for (name, ready) in &labs {
        for id in &ready.lab.requires {
            assert!(ids.contains(&id.as_str()), "{name} needs {id}, which is not there");
        }
    }
}

#[test]
fn every_sentence_is_whole_in_both_languages() {
    for (name, ready) in labs() {
        for item in &ready.lab.checks {
            let said = says(&ready.lab, item);
            assert!(said.ko.contains("요"), "{name} {}: {}", item.id, said.ko);
            for text in [&said.ko, &said.en] {
                assert!(
                    !text.contains("(을)") && !text.contains("을(를)") && !text.contains("  "),
                    "{name} {}: {text}",
                    item.id
                );
            }
        }
    }
}

#[test]
fn a_labs_files_are_light() {
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        assert!(fs::metadata(&path).unwrap().len() <= 40_000, "{} is above 40 KB", path.display());
    }
}

#[track_caller]
fn lab(id: &str) -> Ready {
    let text = fs::read_to_string(folder().join(format!("{id}.lab.json"))).unwrap();
    read(&text).unwrap_or_else(|errors| panic!("{id}: {errors:#?}"))
}

#[test]
fn a_written_lab_reads_back() {
    for (name, ready) in labs() {
        let written = serde_json::to_string(&ready.lab).unwrap();
        assert_eq!(read(&written).unwrap().lab, ready.lab, "{name}");
    }
}
