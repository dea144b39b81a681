//! A design as one word of letters that links and pictures can carry: its file, deflated, in base64url, behind the version of that form.
//!
//! `1.q1ZKVLJSMtQBAA…`. Whatever comes in is bounded before memory is spent on it: how long the word is, how much it inflates to, how many nodes it has.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use super::{MAX_BYTES, OpenError, open, save};
use crate::design::Design;
use crate::message;
use crate::text::{Message, mebibytes};

/// The version of the form, which stands in front.
const VERSION: u64 = 1;
/// How hard to deflate: the smallest that takes no long time.
const LEVEL: u8 = 9;
/// Letters that the design in a link may take. Browsers hold far longer ones; messengers cut them much sooner, so the length is said before.
pub const MAX_LINK: usize = 256 << 10;
/// Bytes that the design in a link may have once it is inflated.
pub const MAX_LINK_BYTES: usize = 1 << 20;
/// Nodes that the design in a link may have.
pub const MAX_LINK_NODES: usize = 2_000;

/// How much may come in.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    letters: usize,
    bytes: usize,
    nodes: usize,
}

/// What a link may carry: anybody can send one.
pub(super) const LINK: Limits = Limits { letters: MAX_LINK, bytes: MAX_LINK_BYTES, nodes: MAX_LINK_NODES };
/// What a picture may carry: as much as a file.
pub(super) const PICTURE: Limits = Limits { letters: MAX_BYTES, bytes: MAX_BYTES, nodes: usize::MAX };

/// A design as a word.
pub(super) fn pack(design: &Design) -> String {
    pack_text(&save(design))
}

/// Any text as a word of letters, digits, `-` and `_` behind the version of that form: what systems can keep that take few characters.
pub fn pack_text(text: &str) -> String {
    format!("{VERSION}.{}", URL_SAFE_NO_PAD.encode(compress_to_vec(text.as_bytes(), LEVEL)))
}

/// The text in a word.
///
/// # Errors
/// Why it is refused: it is of another version, damaged, or more than a link may carry.
pub fn unpack_text(word: &str) -> Result<String, OpenError> {
    inflate(word, LINK)
}

/// The design in a word.
///
/// # Errors
/// Why there is none, or none that may be opened.
pub(super) fn unpack(word: &str, limits: Limits) -> Result<Design, OpenError> {
    let design = open(&inflate(word, limits)?)?;
    if design.len() > limits.nodes {
        return Err(OpenError::new(too_many(design.len(), limits)));
    }
    Ok(design)
}

fn inflate(word: &str, limits: Limits) -> Result<String, OpenError> {
    // What lines were wrapped to is no part of it.
    let word: String = word.chars().filter(|c| !c.is_ascii_whitespace()).take(limits.letters + 1).collect();
    if word.len() > limits.letters {
        return Err(OpenError::new(too_long(limits)));
    }
    let Some((version, body)) = word.split_once('.') else { return Err(OpenError::new(no_design())) };
    match version.parse::<u64>() {
        Ok(VERSION) => {}
        Ok(version) if version > VERSION => return Err(OpenError::newer(version)),
        _ => return Err(OpenError::new(no_design())),
    }
    let deflated = URL_SAFE_NO_PAD.decode(body.trim_end_matches('=')).map_err(|_| OpenError::new(damaged()))?;
    let bytes = decompress_to_vec_with_limit(&deflated, limits.bytes).map_err(|error| {
        OpenError::new(match error.status {
            TINFLStatus::HasMoreOutput => too_much(limits),
            _ => damaged(),
        })
    })?;
    String::from_utf8(bytes).map_err(|_| OpenError::new(damaged()))
}

/// A design as a word that a link can carry.
///
/// # Errors
/// That the design is too large for a link.
pub fn link(design: &Design) -> Result<String, Message> {
    if design.len() > LINK.nodes {
        return Err(too_many(design.len(), LINK));
    }
    if save(design).len() > LINK.bytes {
        return Err(too_much(LINK));
    }
    Some(pack(design)).filter(|word| word.len() <= LINK.letters).ok_or_else(|| too_long(LINK))
}

/// The design in the word of a link.
///
/// # Errors
/// Why it is refused.
pub fn linked(word: &str) -> Result<Design, OpenError> {
    unpack(word, LINK)
}

fn no_design() -> Message {
    message!("여기에는 Groundplan 설계가 들어 있지 않아요.", "There is no Groundplan design in it.")
}

fn damaged() -> Message {
    message!(
        "안에 든 설계가 손상되었어요. 중간에서 잘렸거나 글자가 바뀌었을 수 있어요.",
        "The design in it is damaged: it may have been cut short, or letters may have changed."
    )
}

fn too_long(limits: Limits) -> Message {
    let limit = limits.letters >> 10;
    message!(
        "안에 든 설계가 너무 길어요. {limit} KiB까지 담을 수 있어요. 파일로 저장해서 나누세요.",
        "The design in it is too long: at most {limit} KiB fit. Share it as a file."
    )
}

fn too_much(limits: Limits) -> Message {
    let limit = mebibytes(limits.bytes);
    message!(
        "안에 든 설계를 풀면 {limit} MiB가 넘어요. 파일로 저장해서 나누세요.",
        "Unpacked, the design in it has more than {limit} MiB. Share it as a file."
    )
}

fn too_many(count: usize, limits: Limits) -> Message {
    let limit = limits.nodes;
    message!(
        "리소스가 {count}개예요. 링크에는 {limit}개까지 담을 수 있어요. 파일로 저장해서 나누세요.",
        "There are {count} resources; a link takes at most {limit}. Share it as a file."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn samples_come_back_from_links() {
        for sample in samples::list() {
            let design = sample.draw();
            let word = link(&design).unwrap();
            assert!(word.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)), "{word}");
            assert!(word.len() < save(&design).len(), "{}: {}", sample.id, word.len());
            assert_eq!(linked(&word).unwrap(), design, "{}", sample.id);
            assert_eq!(link(&design).unwrap(), word);
        }
    }

    #[test]
    fn hostile_words_are_refused_with_a_sentence() {
        let word = link(&samples::two_az_vpc()).unwrap();
        let body = word.split_once('.').unwrap().1;
        let packed = |text: &[u8]| format!("1.{}", URL_SAFE_NO_PAD.encode(compress_to_vec(text, 9)));
        let many = {
            let node = |n: usize| format!("{{\"id\":\"n{n}\",\"kind\":\"internet\",\"name\":\"x\",\"at\":[0,0,9,9]}}");
            let nodes: Vec<String> = (1..=2_001).map(node).collect();
            packed(format!("{{\"groundplan\":1,\"nodes\":[{}]}}", nodes.join(",")).as_bytes())
        };
        for (word, says) in [
            (String::new(), "no Groundplan design"),
            ("hello".to_owned(), "no Groundplan design"),
            ("x.abc".to_owned(), "no Groundplan design"),
            ("-1.abc".to_owned(), "no Groundplan design"),
            (format!("2.{body}"), "newer version"),
            (format!("1.{}", &body[..body.len() / 2]), "damaged"),
            (format!("1.{}", &body[..body.len() / 4 * 4 - 3]), "damaged"),
            ("1.%3Cscript%3E".to_owned(), "damaged"),
            ("1.".to_owned(), "damaged"),
            (packed(b"<svg/>"), "not valid JSON"),
            (packed(b"{}"), "not a Groundplan design"),
            (packed(b"\xff\xfe"), "damaged"),
            // A bomb: a few kilobytes that inflate to megabytes.
            (packed(&vec![b' '; 64 << 20]), "more than 1 MiB"),
            ("1.".to_owned() + &"A".repeat(MAX_LINK), "at most 256 KiB"),
            (many, "at most 2000"),
        ] {
            let error = linked(&word).unwrap_err();
            let (ko, en) = (error.message().ko, error.message().en);
            assert!(en.contains(says) && ko != en, "{}…: {en}", word.chars().take(40).collect::<String>());
        }
    }

    #[test]
    fn a_word_that_was_wrapped_is_still_read() {
        let design = samples::two_az_vpc();
        let word = link(&design).unwrap();
        let wrapped: Vec<String> =
            word.as_bytes().chunks(60).map(|line| String::from_utf8_lossy(line).into()).collect();
        assert_eq!(linked(&wrapped.join("\r\n ")).unwrap(), design);
    }
}
