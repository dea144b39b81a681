//! Bytes as text. Templates are UTF-8; Windows also writes UTF-16, which is read, and in Korea CP949, which is called by its name.

use crate::message;
use crate::text::Message;

/// The text in some bytes: UTF-8, or UTF-16 of either order.
///
/// # Errors
/// Why it is no text that can be read, and what to do.
pub fn decode(bytes: &[u8]) -> Result<String, Message> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => return wide(rest, u16::from_be_bytes),
        // Without a mark: the first characters of a template are ASCII.
        [1..=0x7F, 0, 1..=0x7F, 0, ..] => return wide(bytes, u16::from_le_bytes),
        [0, 1..=0x7F, 0, 1..=0x7F, ..] => return wide(bytes, u16::from_be_bytes),
        _ => {}
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => error,
    };
    let at = error.valid_up_to();
    Err(match bytes {
        [b'P', b'K', 3, 4, ..] => message!(
            "압축 파일(ZIP)이거나 Office 문서예요. 압축을 풀어 안에 있는 템플릿을 여세요.",
            "This is a ZIP archive or an Office document. Unpack it, and open the template inside."
        ),
        [b'%', b'P', b'D', b'F', ..] => {
            message!("PDF 문서예요. 템플릿 파일을 여세요.", "This is a PDF document. Open the template itself.")
        }
        _ if is_cp949(bytes) => message!(
            "CP949(EUC-KR)로 저장된 파일이에요. {at}번째 바이트부터 UTF-8이 아니에요. 메모장이라면 다른 이름으로 저장에서 인코딩을 UTF-8로 바꿔 저장한 다음 여세요.",
            "The file is saved in CP949 (EUC-KR, Korean Windows), not in UTF-8, from byte {at} on. Save it as UTF-8, in Notepad by the encoding of Save as, and open it again."
        ),
        _ => message!(
            "글자 파일이 아니에요. {at}번째 바이트부터 UTF-8이 아니에요.",
            "This is not a text file: it is not UTF-8 from byte {at} on."
        ),
    })
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Message> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty()).ok_or_else(|| {
        message!(
            "UTF-16으로 시작하는데 도중에 글자가 깨져 있어요. UTF-8로 다시 저장해서 여세요.",
            "The file begins as UTF-16 and is broken further on. Save it as UTF-8, and open it again."
        )
    })
}

/// Whether bytes are text of Korean Windows: ASCII, and pairs of which most are Hangul syllables of KS X 1001 (0xB0A1 to 0xC8FE).
fn is_cp949(bytes: &[u8]) -> bool {
    let (mut pairs, mut syllables) = (0_usize, 0_usize);
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => break,
            [9 | 10 | 13 | 0x20..=0x7E, rest @ ..] => rest,
            [lead @ 0x81..=0xFE, trail @ (0x41..=0x5A | 0x61..=0x7A | 0x81..=0xFE), rest @ ..] => {
                pairs += 1;
                syllables += usize::from((0xB0..=0xC8).contains(lead) && *trail >= 0xA1);
                rest
            }
            _ => return false,
        };
    }
    pairs > 0 && syllables * 2 >= pairs
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn wide_text_is_read_in_either_order_with_or_without_its_mark() {
        let text = "Resources: {} # 가나";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [[&[0xFF, 0xFE], &little[..]].concat(), [&[0xFE, 0xFF], &big[..]].concat(), little.clone(), big] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text));
        }
        assert!(decode(&[&[0xFF, 0xFE], &little[1..]].concat()).is_err());
    }

    #[test]
    fn what_is_no_unicode_is_called_what_it_is() {
        // "Description: 서울" of Korean Windows.
        let korean = [&b"Description: "[..], &[0xBC, 0xAD, 0xBF, 0xEF]].concat();
        assert!(decode(&korean).is_err_and(|why| why.en.contains("CP949") && why.ko.contains("CP949")));
        assert!(decode(b"PK\x03\x04\xff\xfe").is_err_and(|why| why.en.contains("ZIP")));
        assert!(decode(b"\x89PNG\r\n").is_err_and(|why| why.en.contains("byte 0")));
    }
}
