//! The command line as a script runs it, and folders for its files.
#![allow(dead_code, reason = "each test uses some of it")]

use std::fmt::Display;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A design that labs begin with.
pub const LAB: &str = "tests/golden/lab1.json";

/// The command line in the folder of the project, in English, with nothing to read.
pub fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_groundplan"));
    command.args(args).current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
    command
}

/// What came of it.
pub fn run(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

/// The same with something to read.
pub fn run_with_input(args: &[&str], input: &[u8]) -> Output {
    let mut command = command(args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It may refuse before it has read everything.
    child.stdin.take().unwrap().write_all(input).ok();
    child.wait_with_output().unwrap()
}

/// What was printed where it ended with this code; only a refusal complains.
#[track_caller]
pub fn said(output: &Output, code: i32) -> String {
    let problems = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{problems}");
    assert_eq!(problems.is_empty(), code != 2, "{problems}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What a command prints that ends with this code.
#[track_caller]
pub fn answer(args: &[&str], code: i32) -> String {
    said(&run(args), code)
}

/// What was printed as JSON.
#[track_caller]
pub fn parsed(output: &Output, code: i32) -> Value {
    serde_json::from_str(&said(output, code)).unwrap()
}

/// What a command prints as JSON.
#[track_caller]
pub fn json(args: &[&str], code: i32) -> Value {
    parsed(&run(args), code)
}

/// What a command prints, and what it says of it beside that.
#[track_caller]
pub fn answer_and_notes(args: &[&str], code: i32) -> [String; 2] {
    let Output { status, stdout, stderr } = run(args);
    let [answer, notes] = [stdout, stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(status.code(), Some(code), "{notes}");
    assert!(!notes.is_empty(), "nothing beside {answer}");
    [answer, notes]
}

/// What a command says when it refuses.
#[track_caller]
pub fn refusal(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(said(&output, 2), "");
    String::from_utf8(output.stderr).unwrap()
}

/// A folder that goes away with the test.
pub struct Scratch(PathBuf);

impl Scratch {
    /// An empty one.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("groundplan-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Its path.
    pub fn path(&self) -> String {
        self.0.to_str().unwrap().to_owned()
    }

    /// The path of a file in it, which need not be there.
    pub fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    /// Writes a file into it, and gives its path.
    pub fn write(&self, name: &str, text: impl Display) -> String {
        let file = self.file(name);
        std::fs::write(&file, text.to_string()).unwrap();
        file
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}
