//! One stylesheet for the page that ships. Trunk gives each file of `style/` a link of its own: together they compress to two thirds, and the
//! digest of each link is more than its file gains by being apart.

use anyhow::{Context, Result, bail};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::path::Path;

/// Joins the stylesheets that `index.html` under `dist` links, in their order, into one file, and links that.
pub fn join(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let page = std::fs::read_to_string(&index)?;
    let mut all = String::new();
    let names = linked(&page);
    for name in &names {
        let file = dist.join(name);
        all += std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?.trim_end();
        all.push('\n');
        std::fs::remove_file(&file)?;
    }
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    std::fs::write(&index, relinked(&page, &name)?)?;
    std::fs::write(dist.join(name), all)?;
    Ok(())
}

/// The files that stylesheet links name, in their order.
fn linked(page: &str) -> Vec<&str> {
    links(page).into_iter().map(|(_, file)| file).collect()
}

/// The page with one link in place of the first, and none in place of the others.
fn relinked(page: &str, name: &str) -> Result<String> {
    let mut out = String::new();
    let mut rest = 0;
    for (index, (tag, _)) in links(page).into_iter().enumerate() {
        out += &page[rest..tag.start];
        if index == 0 {
            out += &format!("<link rel=\"stylesheet\" href=\"./{name}\">");
        }
        rest = tag.end;
    }
    if rest == 0 {
        bail!("the page links no stylesheet: does Trunk write its links in another way now?");
    }
    out += &page[rest..];
    Ok(out)
}

/// Where the stylesheet links are, and which files beside the page they name.
fn links(page: &str) -> Vec<(Range<usize>, &str)> {
    let starts = page.match_indices("<link ").map(|(start, _)| start);
    let tags = starts.filter_map(|start| Some(start..start + page[start..].find('>')? + 1));
    tags.filter_map(|tag| {
        let text = &page[tag.clone()];
        let file = attribute(text, "href")?.strip_prefix("./")?;
        (attribute(text, "rel") == Some("stylesheet")).then_some((tag, file))
    })
    .collect()
}

/// What an attribute of a tag says, in quotes or, as the minifier writes it, without.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let value = tag.split_once(&format!(" {name}="))?.1;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([' ', '>']).next(),
    }
}

#[cfg(test)]
mod tests {
    use super::{linked, relinked};

    #[test]
    fn one_link_takes_the_place_of_all() {
        let page = "<head>\n<link rel=\"icon\" href=\"./a.svg\"/>\n<link rel=\"stylesheet\" href=\"./a-1.css\" integrity=\"x\"/>\n<link rel=\"stylesheet\" href=\"./b-2.css\"/><link rel=stylesheet href=./c-3.css integrity=y>\n</head>";
        assert_eq!(linked(page), ["a-1.css", "b-2.css", "c-3.css"]);
        let joined = relinked(page, "style-3.css").unwrap();
        assert_eq!(joined.matches("stylesheet").count(), 1, "{joined}");
        assert!(joined.contains("href=\"./style-3.css\">") && joined.ends_with("</head>"), "{joined}");
        assert!(joined.contains("./a.svg"), "{joined}");
        assert!(relinked("<head></head>", "style-3.css").is_err());
    }
}
