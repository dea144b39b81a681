//! A lab as a package for learning management systems: SCORM 1.2 (ADL, Content Aggregation Model 1.2), the page's own files with a manifest and
//! a first page that opens the lab.

use super::class::archived;
use crate::text::markup::Escaped;

/// The most characters that a system keeps of what a learner did: `cmi.suspend_data` of SCORM 1.2.
pub const MAX_KEPT: usize = 4_096;
/// What a system opens.
const LAUNCH: &str = "launch.html";
/// What every package must have at its root.
const MANIFEST: &str = "imsmanifest.xml";

/// The files of a package: the page's, and the lab's own text where it is not among them. Nothing where that is more than an archive may hold.
pub fn package(id: &str, title: &str, lab: Option<&str>, page: Vec<(String, Vec<u8>)>) -> Option<Vec<u8>> {
    let own = format!("labs/{id}.lab.json");
    let mut files = page;
    if let Some(lab) = lab {
        files.retain(|(name, _)| *name != own);
        files.push((own, lab.as_bytes().to_vec()));
    }
    files.push((LAUNCH.to_owned(), launch(id, title).into_bytes()));
    let manifest = manifest(id, title, &files);
    files.push((MANIFEST.to_owned(), manifest.into_bytes()));
    archived(&files)
}

/// The page that a system opens. It leads on without a script, and by a link where that is forbidden.
fn launch(id: &str, title: &str) -> String {
    let (id, title) = (Escaped(id), Escaped(title));
    format!(
        "<!doctype html>\n<html lang=\"ko\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta http-equiv=\"refresh\" content=\"0; url=index.html#lab={id}\"></head>\
         <body><p><a href=\"index.html#lab={id}\">{title}</a></p></body></html>\n"
    )
}

fn manifest(id: &str, title: &str, files: &[(String, Vec<u8>)]) -> String {
    let (id, title) = (Escaped(id), Escaped(title));
    let listed: String = files.iter().map(|(name, _)| format!("      <file href=\"{}\"/>\n", Escaped(name))).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest identifier=\"groundplan-{id}\" version=\"1.0\" xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\" \
         xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\">\n\
         \x20 <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>\n\
         \x20 <organizations default=\"course\">\n\
         \x20   <organization identifier=\"course\"><title>{title}</title>\n\
         \x20     <item identifier=\"lab\" identifierref=\"page\" isvisible=\"true\"><title>{title}</title></item>\n\
         \x20   </organization>\n\
         \x20 </organizations>\n\
         \x20 <resources>\n\
         \x20   <resource identifier=\"page\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"{LAUNCH}\">\n\
         {listed}\
         \x20   </resource>\n\
         \x20 </resources>\n\
         </manifest>\n"
    )
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;
    use crate::labs::class::Archive;

    #[test]
    fn a_package_holds_the_page_the_lab_and_what_names_them() {
        let page = vec![
            ("index.html".to_owned(), b"<!doctype html>".to_vec()),
            ("labs/park.lab.json".to_owned(), b"old".to_vec()),
            ("parts/a&b.wasm".to_owned(), vec![0, 255, 13, 10]),
        ];
        let bytes = package("park", "둘 <&> \"하나\"", Some("{}"), page).unwrap();
        let mut other = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
        let mut read = |name: &str| {
            let mut all = Vec::new();
            other.by_name(name).unwrap().read_to_end(&mut all).unwrap();
            all
        };
        assert_eq!(read("labs/park.lab.json"), b"{}", "the lab that is being written stands for the one of that id");
        assert_eq!(read("parts/a&b.wasm"), [0, 255, 13, 10]);
        let (launch, manifest) =
            (String::from_utf8(read("launch.html")).unwrap(), String::from_utf8(read("imsmanifest.xml")).unwrap());
        assert!(launch.contains("url=index.html#lab=park\""));
        for says in [
            "<schemaversion>1.2</schemaversion>",
            "adlcp:scormtype=\"sco\" href=\"launch.html\"",
            "<file href=\"parts/a&amp;b.wasm\"/>",
            "<title>둘 &lt;&amp;&gt; &quot;하나&quot;</title>",
        ] {
            assert!(manifest.contains(says), "{says}: {manifest}");
        }
        assert_eq!(manifest.matches("<file ").count(), 4, "all but the manifest itself");
        assert_eq!(Archive::open(bytes).unwrap().len(), 5);
    }
}
