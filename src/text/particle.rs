//! Korean particles. Which of two forms a particle has depends on the sound before it: `서버를` and `서브넷을`, `서버로` and `서브넷으로`.

use super::reading::{End, end};

/// The pairs of particles as they are written in composed texts: the form after a consonant, the form after a vowel, and whether a final ㄹ
/// counts as a vowel, as it does before 로.
const PAIRS: [(&str, &str, &str, bool); 8] = [
    ("을(를)", "을", "를", false),
    ("이(가)", "이", "가", false),
    ("은(는)", "은", "는", false),
    ("과(와)", "과", "와", false),
    ("(으)로", "으로", "로", true),
    ("이에요(예요)", "이에요", "예요", false),
    ("(이)나", "이나", "나", false),
    ("(이)라", "이라", "라", false),
];

/// Keeps of each written pair of particles, `을(를)`, the one that fits the sound before it.
///
/// Digits and Latin letters are judged by how Koreans read them: `8080을`, `subnet을`, `web-server를`, `ALB를`, `table로`. Where nobody can
/// tell how something is read, as with Chinese characters, the pair stays as it is written.
pub fn particles(text: &str) -> String {
    if !text.contains('(') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    'next: while let Some(first) = rest.chars().next() {
        // Long texts have few places where a pair can begin.
        let pairs = if matches!(first, '을' | '이' | '은' | '과' | '(') { &PAIRS[..] } else { &[] };
        for (pair, after_consonant, after_vowel, rieul_is_vowel) in pairs {
            if let Some(tail) = rest.strip_prefix(pair) {
                out.push_str(match end(&out) {
                    End::Vowel => after_vowel,
                    End::Rieul if *rieul_is_vowel => after_vowel,
                    End::Rieul | End::Consonant => after_consonant,
                    End::Unknown => pair,
                });
                rest = tail;
                continue 'next;
            }
        }
        out.push(first);
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes each pair after a word and gives what is kept.
    fn kept(word: &str) -> String {
        let of = |pair: &str| particles(&format!("{word}{pair}")).replacen(word, "", 1);
        PAIRS.iter().map(|(pair, ..)| of(pair)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_pair_follows_the_sound_before_it() {
        assert_eq!(kept("서브넷"), "을 이 은 과 으로 이에요 이나 이라");
        assert_eq!(kept("서버"), "를 가 는 와 로 예요 나 라");
        assert_eq!(kept("테이블"), "을 이 은 과 로 이에요 이나 이라");
    }

    #[test]
    fn particles_stand_anywhere_in_a_text() {
        for (written, want) in [
            ("서브넷을(를) 옮겼어요", "서브넷을 옮겼어요"),
            ("VPC이(가) 있어요", "VPC가 있어요"),
            ("'서울'(으)로", "'서울'로"),
            ("집(으)로", "집으로"),
            ("10.0.1.0/24과(와) 10.0.0.0/16을(를)", "10.0.1.0/24와 10.0.0.0/16을"),
            ("private-server을(를) subnet(으)로 옮겼어요", "private-server를 subnet으로 옮겼어요"),
            ("괄호(그대로)", "괄호(그대로)"),
            ("을(를)", "를"),
            ("漢을(를)", "漢을(를)"),
        ] {
            assert_eq!(particles(written), want);
        }
    }
}
