//! Looking for programs on the search path, and for packages of the system.
//!
//! By hand: of the crate `which` three lines would be used, and apt-get has no library.

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

/// Whether packages of the system can be installed: Debian or a child of it, and we are root.
pub fn is_debian_root() -> bool {
    let root = shell::output(&mut shell::command("id", &["-u"])).is_ok_and(|id| id.trim() == "0");
    root && Path::new("/etc/debian_version").is_file() && !on_path("apt-get").is_empty()
}

/// Installs packages of the system; only where [`is_debian_root`] holds.
pub fn install_debian(packages: &[&str]) -> Result<()> {
    println!("Installing {} with apt-get", packages.join(" "));
    shell::run(&mut shell::command("apt-get", &["-qq", "update"]))?;
    let mut install = shell::command("apt-get", &["-qq", "-y", "--no-install-recommends", "install"]);
    shell::run(install.args(packages).env("DEBIAN_FRONTEND", "noninteractive"))
}
