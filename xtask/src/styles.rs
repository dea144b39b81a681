//! Two stylesheets for the page that ships: one for its first picture, and one for all that is loaded later, which `index.html` marks with
//! `data-later`. Trunk gives each file of `style/` a link of its own: together they compress to two thirds, and the digest of each link is more
//! than its file gains by being apart.

use crate::split;
use anyhow::{Context, Result, bail};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::path::Path;

/// Joins the stylesheets that `index.html` under `dist` links, in their order: those of the first picture into one file, which is linked, and
/// those of later into one among the parts, whose link sleeps until `later_style.js` wakes it.
pub fn join(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let page = std::fs::read_to_string(&index)?;
    let sheets = links(&page);
    let first = joined(dist, &sheets, false)?;
    let later = joined(dist, &sheets, true)?;
    std::fs::create_dir_all(dist.join(split::FOLDER))?;
    let later_name = format!("{}/{}", split::FOLDER, name(&later));
    std::fs::write(&index, relinked(&page, &name(&first), &later_name)?)?;
    std::fs::write(dist.join(name(&first)), first)?;
    std::fs::write(dist.join(later_name), later)?;
    Ok(())
}

/// What a sheet is called: its name changes with what is in it.
fn name(sheet: &str) -> String {
    let mut hasher = DefaultHasher::new();
    sheet.hash(&mut hasher);
    format!("style-{:016x}.css", hasher.finish())
}

/// The sheets of the first picture, or those of later, in one; their files go.
fn joined(dist: &Path, sheets: &[Sheet], later: bool) -> Result<String> {
    let mut all = String::new();
    for sheet in sheets.iter().filter(|sheet| sheet.later == later) {
        let file = dist.join(sheet.file);
        all += std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?.trim_end();
        all.push('\n');
        std::fs::remove_file(&file)?;
    }
    if all.is_empty() {
        bail!("the page links no stylesheet {}", if later { "of later" } else { "of its first picture" });
    }
    Ok(all)
}

/// The page with two links in place of the first, and none in place of the others.
fn relinked(page: &str, first: &str, later: &str) -> Result<String> {
    let mut out = String::new();
    let mut rest = 0;
    for (index, sheet) in links(page).into_iter().enumerate() {
        out += &page[rest..sheet.tag.start];
        if index == 0 {
            out += &format!("<link rel=\"stylesheet\" href=\"./{first}\">");
            out += &format!("<link id=\"later-style\" rel=\"stylesheet\" href=\"./{later}\" disabled>");
        }
        rest = sheet.tag.end;
    }
    if rest == 0 {
        bail!("the page links no stylesheet: does Trunk write its links in another way now?");
    }
    out += &page[rest..];
    Ok(out)
}

/// A stylesheet that a page links.
struct Sheet<'a> {
    /// Where the link is.
    tag: Range<usize>,
    /// The file beside the page.
    file: &'a str,
    /// Whether the first picture does without it.
    later: bool,
}

fn links(page: &str) -> Vec<Sheet<'_>> {
    let starts = page.match_indices("<link ").map(|(start, _)| start);
    let tags = starts.filter_map(|start| Some(start..start + page[start..].find('>')? + 1));
    tags.filter_map(|tag| {
        let text = &page[tag.clone()];
        let file = attribute(text, "href")?.strip_prefix("./")?;
        let later = text.contains(" data-later");
        (attribute(text, "rel") == Some("stylesheet")).then_some(Sheet { tag, file, later })
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
    use super::{links, relinked};

    #[test]
    fn two_links_take_the_place_of_all() {
        let page = "<head>\n<link rel=\"icon\" href=\"./a.svg\"/>\n<link rel=\"stylesheet\" href=\"./a-1.css\" integrity=\"x\"/>\n<link rel=\"stylesheet\" href=\"./b-2.css\" data-later=\"\"/><link rel=stylesheet href=./c-3.css integrity=y><link rel=stylesheet href=./d-4.css data-later></head>";
        let sheets: Vec<_> = links(page).into_iter().map(|sheet| (sheet.file, sheet.later)).collect();
        assert_eq!(sheets, [("a-1.css", false), ("b-2.css", true), ("c-3.css", false), ("d-4.css", true)]);
        let joined = relinked(page, "style-5.css", "parts/style-6.css").unwrap();
        assert_eq!(joined.matches("stylesheet").count(), 2, "{joined}");
        assert!(joined.contains("<link rel=\"stylesheet\" href=\"./style-5.css\">"), "{joined}");
        assert!(
            joined.contains("<link id=\"later-style\" rel=\"stylesheet\" href=\"./parts/style-6.css\" disabled>"),
            "{joined}"
        );
        assert!(joined.contains("./a.svg") && joined.ends_with("</head>"), "{joined}");
        assert!(relinked("<head></head>", "style-5.css", "parts/style-6.css").is_err());
    }
}
