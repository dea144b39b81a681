//! Looking for programs on the search path, and for packages of the system.

use crate::shell;
use anyhow::Result;
use std::path::{Path, PathBuf};

/// Every file called `name` on the search path, in order.
pub fn on_path(name: &str) -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).map(|folder| folder.join(&file)).filter(|file| file.is_file()).collect()
}

/// What `program --version` prints, if it runs.
pub fn version(program: &Path) -> Option<String> {
    shell::output(&mut shell::command(program, &["--version"])).ok()
}

/// The search path with `folders` before all others.
pub fn path_with(folders: &[PathBuf]) -> Result<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    Ok(std::env::join_paths(folders.iter().cloned().chain(std::env::split_paths(&path)))?)
}
