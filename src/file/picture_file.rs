//! Pictures that carry the design they show: SVG documents in their metadata, PNG files in a chunk of text. Any other picture is refused.

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use roxmltree::{Document, ParsingOptions};

use super::packed::{PICTURE, pack, unpack};
use super::xml_bounds::is_bounded;
use super::{Advice, OpenError};
use crate::design::Design;
use crate::message;
use crate::picture::{Picture, svg};
use crate::text::Message;

/// What every PNG file begins with.
const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
/// What the chunk with the design is called.
const KEYWORD: &[u8] = b"groundplan";
/// Elements and texts that are looked at of an SVG document.
const MAX_XML_NODES: u32 = 2_000_000;

/// A picture as an SVG document with a design in it.
pub fn svg_with(picture: &Picture, scale: f64, design: &Design) -> String {
    svg::write(picture, scale, Some(&pack(design)))
}

/// A PNG file with a design in it; as it was where it is no PNG file.
pub fn png_with(png: &[u8], design: &Design) -> Vec<u8> {
    // The header is the first chunk and has 13 bytes.
    let Some((head, rest)) = png.split_at_checked(SIGNATURE.len() + 12 + 13) else { return png.to_vec() };
    let mut data = KEYWORD.to_vec();
    // The word is not compressed once more; no language, no translated keyword.
    data.extend([0, 0, 0, 0, 0]);
    data.extend(pack(design).into_bytes());
    let mut out = head.to_vec();
    let Ok(length) = u32::try_from(data.len()) else { return png.to_vec() };
    out.extend(length.to_be_bytes());
    let mut hash = crc32fast::Hasher::new();
    for part in [&b"iTXt"[..], &data] {
        out.extend(part);
        hash.update(part);
    }
    out.extend(hash.finalize().to_be_bytes());
    out.extend(rest);
    out
}

/// Whether bytes are, or begin as, a PNG file.
pub(super) fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(&SIGNATURE) || (!bytes.is_empty() && SIGNATURE.starts_with(bytes))
}

/// Whether a text is, or begins as, an SVG picture: the first element of its XML says so. Other XML, such as a drawing of draw.io, is another
/// file, which the reader of templates calls by its name.
pub(super) fn is_svg(text: &str) -> bool {
    let mut rest = text.trim_start();
    for (start, end) in [("<?", "?>"), ("<!--", "-->"), ("<!DOCTYPE", ">"), ("<!--", "-->")] {
        while rest.starts_with(start) {
            // A document type may declare entities in brackets, each with an end of its own.
            let has_entities = start == "<!DOCTYPE" && rest.find('[') < rest.find('>') && rest.contains('[');
            let end = if has_entities { "]>" } else { end };
            let Some((_, after)) = rest.split_once(end) else { return false };
            rest = after.trim_start();
        }
    }
    let name = rest.strip_prefix('<').and_then(|tag| tag.split([' ', '\t', '\r', '\n', '>', '/']).next());
    "<svg".starts_with(rest) && !rest.is_empty() || name.is_some_and(|name| name.rsplit(':').next() == Some("svg"))
}

/// The design in an SVG document.
pub(super) fn open_svg(text: &str) -> Result<Design, OpenError> {
    if !is_bounded(text) {
        return Err(refused(message!(
            "SVG 그림의 요소가 너무 깊게 겹쳐 있거나 속성이 너무 많아서 열지 않았어요.",
            "The elements of the SVG picture are nested too deeply or have too many attributes, so it was not opened."
        )));
    }
    let options = ParsingOptions { nodes_limit: MAX_XML_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let detail = error.to_string();
        refused(message!("SVG 그림을 읽을 수 없어요({detail}).", "The SVG picture cannot be read ({detail})."))
    })?;
    let carrier = document.descendants().find(|node| node.has_tag_name((svg::NAMESPACE, "design")));
    let Some(carrier) = carrier else { return Err(without()) };
    let word: String = carrier.children().filter_map(|child| child.text()).collect();
    unpack(&word, PICTURE)
}

/// The design in a PNG file.
pub(super) fn open_png(bytes: &[u8]) -> Result<Design, OpenError> {
    let mut rest = bytes.strip_prefix(&SIGNATURE).ok_or_else(cut)?;
    loop {
        let (length, after) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
        let (kind, after) = after.split_first_chunk::<4>().ok_or_else(cut)?;
        let length = u32::from_be_bytes(*length) as usize;
        let (data, after) = after.split_at_checked(length).ok_or_else(cut)?;
        let (sum, after) = after.split_first_chunk::<4>().ok_or_else(cut)?;
        rest = after;
        if kind == b"IEND" {
            return Err(without());
        }
        let text = data.strip_prefix(KEYWORD).and_then(|data| data.strip_prefix(&[0]));
        let Some(text) = text.filter(|_| matches!(kind, b"iTXt" | b"tEXt" | b"zTXt")) else { continue };
        let mut hash = crc32fast::Hasher::new();
        hash.update(kind);
        hash.update(data);
        if hash.finalize().to_be_bytes() != *sum {
            return Err(OpenError::new(message!(
                "PNG 그림이 손상되었어요(설계가 든 부분의 검사합이 달라요).",
                "The PNG picture is damaged (the checksum of the part with the design differs)."
            )));
        }
        return unpack(&written(kind, text).ok_or_else(cut)?, PICTURE);
    }
}

/// The text of a chunk, behind its keyword. Programs that write a picture anew may choose another of the three kinds of chunk than we did.
fn written(kind: &[u8; 4], data: &[u8]) -> Option<String> {
    let inflated = |data: &[u8]| decompress_to_vec_zlib_with_limit(data, super::MAX_BYTES).ok();
    let bytes = match (kind, data) {
        (b"iTXt", [compressed, _, rest @ ..]) => {
            let rest = after_zero(after_zero(rest)?)?;
            if *compressed == 1 { inflated(rest)? } else { rest.to_vec() }
        }
        (b"zTXt", [_, rest @ ..]) => inflated(rest)?,
        (b"tEXt", data) => data.to_vec(),
        _ => return None,
    };
    String::from_utf8(bytes).ok()
}

fn after_zero(data: &[u8]) -> Option<&[u8]> {
    let end = data.iter().position(|byte| *byte == 0)?;
    data.get(end + 1..)
}

fn refused(why: Message) -> OpenError {
    OpenError::new(why).advise(Advice::AnotherFile)
}

fn cut() -> OpenError {
    OpenError::new(message!("PNG 그림이 중간에서 끊겼어요.", "The PNG picture is cut short."))
}

fn without() -> OpenError {
    refused(message!(
        "이 그림에는 설계가 들어 있지 않아요. Groundplan에서 설계를 담아 내보낸 SVG나 PNG만 다시 열 수 있어요.",
        "There is no design in this picture. Only SVG and PNG that Groundplan exported with the design inside can be opened again."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::{Form, read_bytes};
    use crate::picture::{Asked, Marks, draw};
    use crate::samples;
    use crate::text::Lang;

    /// A picture of one white pixel, by hand.
    fn pixel() -> Vec<u8> {
        let mut png = SIGNATURE.to_vec();
        let mut chunk = |kind: &[u8; 4], data: &[u8]| {
            png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            png.extend(kind);
            png.extend(data);
            let mut hash = crc32fast::Hasher::new();
            hash.update(kind);
            hash.update(data);
            png.extend(hash.finalize().to_be_bytes());
        };
        chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
        chunk(b"IDAT", &miniz_oxide::deflate::compress_to_vec_zlib(&[0, 255], 6));
        chunk(b"IEND", &[]);
        png
    }

    fn document(design: &Design) -> String {
        svg_with(&draw(design, &Marks::default(), &Asked::all(Lang::Ko)), 1.0, design)
    }

    #[test]
    fn designs_come_back_from_pictures_of_both_kinds() {
        for sample in samples::list() {
            let design = sample.draw();
            for bytes in [document(&design).into_bytes(), png_with(&pixel(), &design)] {
                let opened = read_bytes(&bytes).unwrap();
                assert_eq!((opened.form, opened.design), (Form::Picture, design.clone()), "{}", sample.id);
            }
        }
    }

    #[test]
    fn pictures_that_other_programs_wrote_anew_are_read() {
        let design = samples::two_az_vpc();
        let text = document(&design);
        // Another prefix for the namespace, a comment, a mark of its byte order.
        let start = text.find("<design").unwrap();
        let moved = format!("\u{feff}<?xml version=\"1.0\"?>\n<!-- by hand -->\n{text}")
            .replace("<design xmlns=", "<g:design xmlns:g=")
            .replace("</design>", "</g:design>");
        assert!(start > 0 && moved != text);
        assert_eq!(read_bytes(moved.as_bytes()).unwrap().design, design);
        let word = pack(&design);
        let zlib = miniz_oxide::deflate::compress_to_vec_zlib(word.as_bytes(), 6);
        for (kind, data) in [
            (b"tEXt", [b"groundplan\0", word.as_bytes()].concat()),
            (b"zTXt", [b"groundplan\0\0", zlib.as_slice()].concat()),
            (b"iTXt", [b"groundplan\0\x01\0en\0title\0", zlib.as_slice()].concat()),
        ] {
            let (head, rest) = (&pixel()[..33], &pixel()[33..]);
            let length = u32::try_from(data.len()).unwrap().to_be_bytes();
            let sum = {
                let mut hash = crc32fast::Hasher::new();
                hash.update(kind);
                hash.update(&data);
                hash.finalize().to_be_bytes()
            };
            let png = [head, &length, kind, &data, &sum, rest].concat();
            assert_eq!(read_bytes(&png).unwrap().design, design, "{kind:?}");
        }
    }

    #[test]
    fn pictures_without_a_sound_design_are_refused_with_a_sentence() {
        let design = samples::two_az_vpc();
        let (text, png) = (document(&design), png_with(&pixel(), &design));
        let bare = draw(&design, &Marks::default(), &Asked::all(Lang::En));
        let mut flipped = png.clone();
        flipped[120] ^= 1;
        let mut long = SIGNATURE.to_vec();
        long.extend([0xff; 64]);
        let script = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
        let entities = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><svg>&b;</svg>";
        for (bytes, says) in [
            (pixel(), "no design in this picture"),
            (svg::write(&bare, 1.0, None).into_bytes(), "no design in this picture"),
            (script.into(), "no design in this picture"),
            (b"<html><body>1.abc</body></html>".to_vec(), "a web page"),
            (flipped, "checksum"),
            (png[..100].to_vec(), "cut short"),
            (png[..4].to_vec(), "cut short"),
            (long, "cut short"),
            (text.as_bytes()[..text.len() / 2].to_vec(), "cannot be read"),
            (entities.into(), "cannot be read"),
            (text.replace("\">1.", "\">2.").into_bytes(), "newer version"),
            (text.replace("\">1.", "\">1.AAAA").into_bytes(), "damaged"),
            (b"<".to_vec(), "cannot be read"),
        ] {
            let error = read_bytes(&bytes).unwrap_err();
            let (ko, en) = (error.message().ko, error.message().en);
            assert!(en.contains(says) && ko != en, "{says}: {en}");
        }
    }

    #[test]
    fn a_script_beside_the_design_does_not_come_in() {
        let design = samples::two_az_vpc();
        let text = document(&design).replace("<metadata>", "<script>alert(1)</script><metadata>");
        let opened = read_bytes(text.as_bytes()).unwrap();
        assert_eq!(opened.design, design);
        assert!(!document(&opened.design).contains("alert"));
    }
}
