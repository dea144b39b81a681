//! How a word sounds at its end when a Korean reads it aloud: Hangul as it is written, digits as numbers, Latin words as they are borrowed into
//! Korean, acronyms letter by letter. It knows no more of a word than its letters; words that sound otherwise are listed.
//!
//! Borrowed words follow the rules of transcription of the National Institute of Korean Language: a stop after a short vowel closes the
//! syllable (서브넷, 스택, 앱, 웹), after a consonant or a long vowel it opens another one (클라이언트, 네트워크, 루트); d, g, f, s, th and the
//! like always do (클라우드, 태그, 인스턴스); r at the end is not heard (서버).

/// The sound at the end of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A vowel: 서버.
    Vowel,
    /// A final ㄹ: 테이블.
    Rieul,
    /// Any other final consonant: 서브넷.
    Consonant,
    /// Nobody can tell from the letters.
    Unknown,
}

use End::{Consonant, Rieul, Unknown, Vowel};

/// How what stands before a particle ends. Nothing at all ends as a vowel does.
pub(super) fn end(before: &str) -> End {
    let spoken = spoken(before);
    let Some(last) = spoken.chars().next_back() else { return Vowel };
    match last {
        '가'..='힣' => match (u32::from(last) - u32::from('가')) % 28 {
            0 => Vowel,
            8 => Rieul,
            _ => Consonant,
        },
        // Lone letters of Hangul are called by name, 기역, 니은, 리을; the vowels by their sound.
        'ㄹ' => Rieul,
        'ㄱ'..='ㅎ' => Consonant,
        'ㅏ'..='ㅣ' => Vowel,
        '0'..='9' => digits(spoken, last),
        'a'..='z' | 'A'..='Z' => latin(tail(spoken, |c| c.is_ascii_alphabetic())),
        // 퍼센트, 플러스, 별표.
        '%' | '+' | '*' => Vowel,
        // Kana are syllables; only ん closes one.
        'ん' | 'ン' => Consonant,
        'ぁ'..='ゖ' | 'ァ'..='ー' => Vowel,
        _ => Unknown,
    }
}

const fn is_read(c: char) -> bool {
    matches!(c, '%' | '+' | '*')
}

fn is_silent(c: char) -> bool {
    !c.is_alphanumeric() && !is_read(c)
}

/// What is read aloud: quotes and closing marks at the end are not, nor is an explanation in brackets (`서브넷(subnet)을`), unless there is
/// nothing else. A number in brackets tells names apart, so it is read: `web (2)가`.
fn spoken(text: &str) -> &str {
    let mut text = text;
    loop {
        text = text.trim_end_matches(|c: char| is_silent(c) && c != ')');
        let Some(open) = text.strip_suffix(')').and_then(|_| opening(text)) else { break };
        let (before, aside) = text.split_at(open);
        let number =
            aside.chars().all(|c| c.is_ascii_digit() || is_silent(c)) && aside.contains(|c: char| !is_silent(c));
        if number || before.chars().all(is_silent) {
            break;
        }
        text = before;
    }
    text.trim_end_matches(is_silent)
}

/// Where the bracket opens that a text ends with.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' if depth == 1 => return Some(at),
            '(' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The characters at the end that are of a sort.
fn tail(text: &str, of: impl Fn(char) -> bool) -> &str {
    text.get(text.trim_end_matches(of).len()..).unwrap_or_default()
}

/// 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구; tens, hundreds and thousands end in a consonant as 영 does.
fn digits(text: &str, last: char) -> End {
    let word = tail(text, |c| c.is_ascii_alphanumeric());
    if IN_ENGLISH.iter().any(|known| known.eq_ignore_ascii_case(word)) {
        return Vowel;
    }
    match last {
        '1' | '7' | '8' => Rieul,
        '0' | '3' | '6' => Consonant,
        _ => Vowel,
    }
}

/// Names whose number is read in English, 에스쓰리 and 아이피브이식스, and ends in a vowel there but not in Korean.
const IN_ENGLISH: [&str; 5] = ["s3", "ipv6", "http3", "mp3", "t3"];

fn latin(letters: &str) -> End {
    let word = hump(letters);
    let lower = word.to_ascii_lowercase();
    if let Some((_, end)) = KNOWN.iter().find(|(known, _)| *known == lower) {
        return *end;
    }
    if let Some((_, end)) = ENDINGS.iter().find(|(ending, _)| lower.ends_with(ending)) {
        return *end;
    }
    if is_spelled(word, &lower) { letter(&lower) } else { borrowed(&lower) }
}

/// The last word of several that are written together with capitals between them: `Subnet` of `PublicSubnet`, `NAT` of `MyNAT`.
fn hump(letters: &str) -> &str {
    let capitals = tail(letters, |c| c.is_ascii_uppercase());
    if !capitals.is_empty() {
        return capitals;
    }
    let small = tail(letters, |c| c.is_ascii_lowercase());
    letters.get(letters.len().saturating_sub(small.len() + 1)..).unwrap_or(small)
}

/// Whether a word is read letter by letter: one letter, up to three capitals, no vowel at all, or an acronym that is written small in names.
/// Four capitals and more are read as a word where that can be spoken (`LDAP`, `CNAME`), which where it is wrong mostly ends alike.
fn is_spelled(word: &str, lower: &str) -> bool {
    let capitals = word.len() <= 3 && word.chars().all(|c| c.is_ascii_uppercase());
    let unspeakable = !lower.contains(is_vowel);
    word.len() == 1 || capitals || unspeakable || ACRONYMS.contains(&lower)
}

/// The name of the last letter: 엘 and 알 end in ㄹ, 엠 and 엔 in another consonant, the others in a vowel.
fn letter(lower: &str) -> End {
    match lower.chars().next_back() {
        Some('l' | 'r') => Rieul,
        Some('m' | 'n') => Consonant,
        _ => Vowel,
    }
}

/// Acronyms that people also write in small letters, as in `my-nat`, and that would end otherwise as words. NAT is among them: AWS's Korean
/// pages write `NAT를`, and 엔에이티 and 나트 end in a vowel both.
const ACRONYMS: [&str; 7] = ["dnat", "ecr", "emr", "ip", "nat", "snat", "vip"];

/// Words that sound otherwise than their letters say.
const KNOWN: [(&str, End); 18] = [
    // Short words that are no acronyms in capitals either: 앱, 봇, 깃, 잡.
    ("app", Consonant),
    ("bot", Consonant),
    ("git", Consonant),
    ("job", Consonant),
    ("lab", Consonant),
    ("map", Consonant),
    ("net", Consonant),
    ("one", Consonant),
    ("set", Consonant),
    ("tab", Consonant),
    ("web", Consonant),
    // A short vowel before a silent e: 프라이빗.
    ("private", Consonant),
    // An open syllable after a short vowel: 비트, 키트, 에디트, 크레디트.
    ("bit", Vowel),
    ("kit", Vowel),
    ("edit", Vowel),
    ("credit", Vowel),
    // A closed one after a long vowel: 플릿.
    ("fleet", Consonant),
    // An e that is heard: 애크미.
    ("acme", Vowel),
];

/// Ends of words that sound otherwise than their letters say, whatever stands before them: 템플릿, 타입, 체크, 허브, 서브.
const ENDINGS: [(&str, End); 5] =
    [("template", Consonant), ("type", Consonant), ("check", Vowel), ("hub", Vowel), ("sub", Vowel)];

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// A borrowed word by its last letters.
fn borrowed(word: &str) -> End {
    let mut letters = word.chars().rev();
    let (Some(last), Some(before)) = (letters.next(), letters.next()) else { return Vowel };
    let first = letters.next();
    // Two letters for one long vowel, as in root, leak and wait; but out and circuit are short.
    let long = first.is_some_and(|first| is_vowel(first) && !matches!((first, before), ('o' | 'u', 'u' | 'i')));
    let short = is_vowel(before) && !long;
    match (last, before) {
        // 포털, 테이블, 룰.
        ('l', _) | ('e', 'l') => Rieul,
        // 스트림, 존, 네임, 스테이징.
        ('m' | 'n', _) | ('e', 'm' | 'n') | ('g', 'n') => Consonant,
        // 스택, and 북 for all its letters.
        ('k', 'c') => Consonant,
        ('k', 'o') if first == Some('o') => Consonant,
        // 슬립, 힙; but 루프.
        ('p', 'e' | 'a') | ('p', 'p') => Consonant,
        // 웹, 퍼블릭, 스텝, 서브넷.
        ('b' | 'c' | 'k' | 'p' | 't', _) if short => Consonant,
        _ => Vowel,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words_end_as_koreans_say_them() {
        for (end_of, words) in [
            // 서버, 라우터, 도커, 클라우드, 백엔드, 태그, 로그, 인스턴스, 스위치, 헬스, 그래프, 박스, 노드, 루트, 스토리지, 데이터베이스.
            (
                Vowel,
                "server router docker cloud backend tag log instance switch health graph box node route storage database web-server \
                 private-server client agent endpoint event host test port object network link task disk root leak week wait loop float \
                 bank sync lamp help dump core store site remote queue image proxy gateway memory policy flow view delta lambda aurora \
                 redis nginx github dockerhub healthcheck bit prod herb bird kafka web-ui python3.12-2",
            ),
            // 서브넷, 타깃, 버킷, 웹, 스택, 앱, 스텝, 맵, 그룹, 백업, 퍼블릭, 스태틱, 존, 네임, 볼륨, 스트림, 스테이징, 프라이빗, 템플릿.
            (
                Consonant,
                "subnet target bucket packet ticket internet input output timeout snapshot format audit web job lab blob stack rack back \
                 block book webhook app whatsapp step map group subgroup backup setup sleep heap public static traffic spec zone name \
                 volume runtime machine stream design main column staging ping private template prototype db-subnet my-app quick fleet \
                 region plan team one",
            ),
            // 테이블, 룰, 파일, 스케일, 모듈, 풀, 포털, 터널, 방화벽.
            (
                Rieul,
                "table route-table example rule file scale module console schedule pool portal tunnel firewall mysql url html ssl",
            ),
        ] {
            let wrong: Vec<&str> = words.split_whitespace().filter(|word| end(word) != end_of).collect();
            assert_eq!(wrong, Vec::<&str>::new(), "{end_of:?}");
        }
    }

    #[test]
    fn acronyms_are_read_letter_by_letter() {
        for (end_of, words) in [
            (
                Vowel,
                "ALB web-alb NLB nlb VPC vpc main-vpc NAT nat my-nat RDS rds EC2 ec2 S3 s3 my-s3 IPv6 igw SG web-sg TG rt RT db DB API \
                 HTTP https TCP UDP ICMP DNS TLS a web-a b d zone-c EIP my-eip IP CIDR x AWS Kms PublicSubnetA DynamoDB MyNAT WebALB \
                 PrivateRT MyEIP GitHub IoT",
            ),
            (Rieul, "ACL acl ECR ecr URL SQL SSL HTML l web-r YAML"),
            (Consonant, "IAM ARN VPN vm m n web-n JSON RAM LDAP CNAME RBAC PING APP WEB"),
        ] {
            let wrong: Vec<&str> = words.split_whitespace().filter(|word| end(word) != end_of).collect();
            assert_eq!(wrong, Vec::<&str>::new(), "{end_of:?}");
        }
    }

    #[test]
    fn digits_are_read_as_numbers() {
        let (vowel, rieul, consonant) = (["2", "4", "5", "9"], ["1", "7", "8"], ["0", "3", "6", "10", "100"]);
        for name in ["", "포트 ", "web-", "10.0.0."] {
            for (ends, digits) in [(Vowel, &vowel[..]), (Rieul, &rieul[..]), (Consonant, &consonant[..])] {
                for digit in digits {
                    assert_eq!(end(&format!("{name}{digit}")), ends, "{name}{digit}");
                }
            }
        }
        assert_eq!(end("10.0.0.0/16"), Consonant);
        assert_eq!(end("100%"), Vowel);
    }

    #[test]
    fn what_is_not_read_aloud_is_passed_over() {
        for (said, want) in [
            ("'서브넷'", Consonant),
            ("‘web-server’", Vowel),
            ("서브넷(server)", Consonant),
            ("서버 (Server, 1)", Vowel),
            ("web-a (old)", Vowel),
            ("web (2)", Vowel),
            ("web (3)", Consonant),
            ("서버 (a (b) c)", Vowel),
            ("(subnet)", Consonant),
            ("subnet()", Consonant),
            ("서브넷 🚀", Consonant),
            ("))", Vowel),
            ("((", Vowel),
            ("", Vowel),
        ] {
            assert_eq!(end(said), want, "{said}");
        }
        // Long and hostile, and done at once.
        assert_eq!(end(&"(a)".repeat(50_000)), Vowel);
    }

    #[test]
    fn other_scripts_are_read_where_their_letters_say_how() {
        for (said, want) in [
            ("ㄱ", Consonant),
            ("ㄹ", Rieul),
            ("ㅏ", Vowel),
            ("サーバー", Vowel),
            ("ペン", Consonant),
            ("東京", Unknown),
            ("сервер", Unknown),
        ] {
            assert_eq!(end(said), want, "{said}");
        }
    }

    #[test]
    fn the_lists_say_what_the_letters_do_not() {
        for (word, end) in KNOWN {
            let by_letters = if is_spelled(&word.to_ascii_uppercase(), word) { letter(word) } else { borrowed(word) };
            assert!(by_letters != end || borrowed(word) != end, "{word} needs no mention");
        }
        for word in ACRONYMS {
            assert_ne!(letter(word), borrowed(word), "{word} needs no mention");
        }
    }
}
