//! The pages of rules, `public/rules/ko.html` and `public/rules/en.html`, as the command line writes them.

use anyhow::{Context, Result};

use crate::shell;

/// Writes both anew.
pub fn command() -> Result<()> {
    for lang in ["ko", "en"] {
        let mut rules = shell::cargo(&["run", "--quiet", "--features", "cli", "--bin", "groundplan", "--"]);
        let page = shell::output(rules.args(["--lang", lang, "rules", "--format", "html"]))?;
        let path = shell::root().join(format!("public/rules/{lang}.html"));
        std::fs::write(&path, page).with_context(|| format!("{} cannot be written", path.display()))?;
        println!("{}", path.display());
    }
    Ok(())
}
