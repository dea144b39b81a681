//! `embed.html`: the page for frames of other sites. It is `index.html` with a mark, by which the program keeps its hands off what is stored, a
//! style sheet that leaves out what changes a design, and a way to the page itself.

use anyhow::{Context, Result};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::{shell, split};

/// Writes it beside the page; what only it needs stands with the parts, so that the first load stays what it is.
pub fn write(dist: &Path) -> Result<()> {
    let parts = dist.join(split::FOLDER);
    std::fs::create_dir_all(&parts)?;
    let mut names = Vec::new();
    for (from, stem, ending) in [("style/embed.css", "embed", "css"), ("public/embed.js", "embed", "js")] {
        let text = std::fs::read(shell::root().join(from)).with_context(|| format!("cannot read {from}"))?;
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let name = format!("{}/{stem}-{:016x}.{ending}", split::FOLDER, hasher.finish());
        std::fs::write(dist.join(&name), text)?;
        names.push(name);
    }
    let page = std::fs::read_to_string(dist.join("index.html"))?;
    std::fs::write(dist.join("embed.html"), embedded(&page, &names)?)?;
    Ok(())
}

fn embedded(page: &str, names: &[String]) -> Result<String> {
    let [style, script] = names else { anyhow::bail!("a style sheet and a script belong to embed.html") };
    let head = format!(
        "<link rel=\"stylesheet\" href=\"./{style}\"><script type=\"module\" src=\"./{script}\"></script></head>"
    );
    let open = "<a id=\"embed-open\" class=\"embed-open\" data-testid=\"embed-open\" target=\"_blank\" rel=\"noopener\" href=\"./\">\
                <span lang=\"ko\">Groundplan에서 열기</span><span lang=\"en\">Open in Groundplan</span></a></body>";
    let mut out = page.to_owned();
    for (mark, with) in [("<html", "<html data-embed"), ("</head>", head.as_str()), ("</body>", open)] {
        if out.matches(mark).count() != 1 {
            anyhow::bail!("index.html has not one {mark}");
        }
        out = out.replacen(mark, with, 1);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::embedded;

    #[test]
    fn the_page_gets_its_mark_its_style_and_its_way_out() {
        let names = ["parts/embed-1.css".to_owned(), "parts/embed-2.js".to_owned()];
        let page = embedded("<!doctype html><html lang=\"ko\"><head></head><body></body></html>", &names).unwrap();
        assert!(
            page.starts_with("<!doctype html><html data-embed lang=\"ko\"><head><link rel=\"stylesheet\""),
            "{page}"
        );
        assert!(page.contains("./parts/embed-2.js") && page.contains("embed-open"), "{page}");
        assert!(embedded("<html></html>", &names).is_err());
    }
}
