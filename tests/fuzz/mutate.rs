//! Files that are no longer what they were: what disks, mail, editors of other systems and people who mean harm make of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use groundplan::labs::class::archived;
use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

use super::draw::Draw;

/// What is put in: what parsers stumble over.
const PIECES: [&[u8]; 46] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\"",
    b"'",
    b"\\",
    b"\n",
    b"\r\n",
    b"\0",
    b"\t",
    b"- ",
    b"? ",
    b"&a ",
    b"*a",
    b"<<: *a",
    b"!Ref ",
    b"!Sub ${A",
    b"Fn::ForEach::X",
    b"|\n",
    b">-\n",
    b"#",
    b"---\n",
    b"...\n",
    b"%YAML 9\n",
    b"null",
    b"true",
    b"-0",
    b"1e999",
    b"-1e-999",
    b"0.1e+1",
    b"18446744073709551616",
    b"-9223372036854775809",
    b"1073741824",
    b"NaN",
    b"\"\\ud800\"",
    b"\\u0000",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    "\u{2028}한글\u{202e}\u{feff}".as_bytes(),
    // 가상 네트워크 in CP949.
    b"\xb0\xa1\xbb\xf3 \xb3\xd7\xc6\xae\xbf\xf6\xc5\xa9",
    b"<![CDATA[&amp;&#0;]]>",
];

/// A few mutations of a file, with parts of another.
pub fn mutated(file: &[u8], other: &[u8], draw: &mut Draw) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..=draw.below(4) {
        once(&mut bytes, other, draw);
    }
    if draw.one_in(24) {
        bytes = encoded(&bytes, draw);
    }
    bytes
}

fn once(bytes: &mut Vec<u8>, other: &[u8], draw: &mut Draw) {
    let (at, long) = (draw.below(bytes.len() + 1), draw.below(40));
    let end = (at + long).min(bytes.len());
    match draw.below(12) {
        // A bit, a byte.
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << draw.below(8);
            }
        }
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = u8::try_from(draw.below(256)).unwrap();
            }
        }
        // Cut short, cut out, twice: a key too, for keys stand on lines.
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..end)),
        4 => {
            let twice = bytes[at..end].to_vec();
            bytes.splice(at..at, twice);
        }
        5 => {
            let line = lines_around(bytes, at);
            let twice = bytes[line.clone()].to_vec();
            bytes.splice(line.start..line.start, twice);
        }
        // Lines that go, and lines that change places.
        6 => drop(bytes.drain(lines_around(bytes, at))),
        7 => {
            let moved: Vec<u8> = bytes.drain(lines_around(bytes, at)).collect();
            let to = lines_around(bytes, draw.below(bytes.len() + 1)).start;
            bytes.splice(to..to, moved);
        }
        // A part of another file.
        8 => {
            let from = draw.below(other.len() + 1);
            let until = (from + draw.below(400)).min(other.len());
            bytes.splice(at..end.min(at + 8), other[from..until].iter().copied());
        }
        // A number that is another, however large.
        9 => {
            if let Some(digit) = bytes.iter().skip(at).position(u8::is_ascii_digit) {
                let numbers: [&[u8]; 8] =
                    [b"0", b"-1", b"65536", b"4294967296", b"99999999999999999999", b"1e400", b"0.5", b"1073741825"];
                let until = bytes[at + digit..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                bytes.splice(at + digit..at + digit + until, numbers[draw.below(8)].iter().copied());
            }
        }
        // Deep.
        10 if draw.one_in(3) => {
            let openings: [&[u8]; 6] = [b"[", b"{\"a\":", b"- ", b"{a: ", b"<a>", b"!Ref "];
            let deep = openings[draw.below(6)].repeat([3, 60, 130, 4_000][draw.below(4)]);
            bytes.splice(at..at, deep);
        }
        _ => {
            let piece = draw.pick(&PIECES).unwrap();
            bytes.splice(at..end.min(at + draw.below(4)), piece.iter().copied());
        }
    }
}

/// The line around a place, with its end.
fn lines_around(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end + 1);
    start..end
}

/// The same text as other programs of Windows write it, well or badly.
fn encoded(bytes: &[u8], draw: &mut Draw) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let mut wide: Vec<u8> = vec![];
    match draw.below(4) {
        0 => wide.extend(format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes)),
        1 => wide.extend(format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes)),
        // Half a character at the end.
        2 => {
            wide.extend(format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes));
            wide.pop();
        }
        _ => wide.extend(text.replace('\n', "\r\n").bytes()),
    }
    wide
}

/// A file inside what carries it, so that what is damaged within is whole around it: a picture, a link, an archive, a submission.
pub fn carried(reader: &str, inner: &[u8], draw: &mut Draw) -> Option<Vec<u8>> {
    let word = || format!("1.{}", URL_SAFE_NO_PAD.encode(compress_to_vec(inner, 1)));
    Some(match reader {
        "fragment" => word().into_bytes(),
        "svg" => {
            let word = word();
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata><g:design xmlns:g=\"{SPACE}\">{word}</g:design></metadata></svg>"
            )
            .into_bytes()
        }
        "png" => {
            let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
            let (kind, data): (&[u8; 4], Vec<u8>) = match draw.below(4) {
                0 => (b"tEXt", [b"groundplan\0", word().as_bytes()].concat()),
                1 => (b"zTXt", [b"groundplan\0\0", &compress_to_vec_zlib(word().as_bytes(), 1)[..]].concat()),
                2 => (b"iTXt", [b"groundplan\0\x01\0\0\0", &compress_to_vec_zlib(word().as_bytes(), 1)[..]].concat()),
                _ => (b"iTXt", [b"groundplan\0\0\0\0\0", word().as_bytes()].concat()),
            };
            chunk(&mut png, b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
            chunk(&mut png, kind, &data);
            chunk(&mut png, b"IEND", &[]);
            png
        }
        "submission" => {
            let inner = std::str::from_utf8(inner).ok()?.trim_end();
            format!("{{\"groundplan_submission\":1,\"lab\":\"x\",\"student\":\"7\",\"design\":{inner}}}\n").into_bytes()
        }
        "zip" => {
            let inner = String::from_utf8_lossy(inner).into_owned();
            archived(&[("a/둘.json".to_owned(), inner), ("b.txt".to_owned(), String::new())])?
        }
        _ => return None,
    })
}

/// The namespace of what a picture carries.
const SPACE: &str = groundplan::picture::svg::NAMESPACE;

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
    png.extend(kind);
    png.extend(data);
    let mut sum = crc32fast::Hasher::new();
    sum.update(kind);
    sum.update(data);
    png.extend(sum.finalize().to_be_bytes());
}
