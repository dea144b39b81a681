//! Domain names of hosted zones, records and certificates.
//!
//! Follows <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html>.

use super::{error_from_message, excerpt, serde_as_text};
use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

/// A domain name in canonical form: lower case, without the dot at the end. The first label may be `*`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainName(String);

impl Default for DomainName {
    /// `example.com`, which documentation may use (RFC 2606).
    fn default() -> Self {
        Self("example.com".to_owned())
    }
}

impl DomainName {
    /// The longest name, dots between labels included.
    pub const LONGEST: usize = 253;
    /// The longest label.
    pub const LONGEST_LABEL: usize = 63;

    /// The name without a dot at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The labels from the left: `www`, `example`, `com`.
    pub fn labels(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('.')
    }

    /// Whether the first label is `*`.
    pub fn is_wildcard(&self) -> bool {
        self.0.starts_with("*.")
    }

    /// The name without its first label; `None` for a name of one label.
    pub fn parent(&self) -> Option<Self> {
        self.0.split_once('.').map(|(_, rest)| Self(rest.to_string()))
    }

    /// Whether a certificate for this name is good for the other: the same name, or one label in place of the `*`.
    /// `*.example.com` covers `www.example.com`, neither `example.com` nor `a.b.example.com`
    /// (<https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html>).
    pub fn covers(&self, other: &Self) -> bool {
        let below = self.0.strip_prefix("*.");
        self == other || (below.is_some() && below == other.0.split_once('.').map(|(_, rest)| rest))
    }

    /// Whether the name is the zone's or lies below it.
    pub fn is_within(&self, zone: &Self) -> bool {
        self == zone || self.0.strip_suffix(zone.as_str()).is_some_and(|rest| rest.ends_with('.'))
    }

    /// Whether the name is the zone's own.
    pub fn is_apex_of(&self, zone: &Self) -> bool {
        self == zone
    }
}

/// Why a text is not a domain name. Each variant carries the name or the label, shortened when it is long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DomainError {
    /// Nothing was written.
    Empty,
    /// Two dots in a row, or one in front.
    EmptyLabel(String),
    /// A label of more than 63 characters.
    LabelTooLong(String),
    /// A name of more than 253 characters.
    TooLong(String),
    /// A label that starts or ends with a hyphen.
    Hyphen(String),
    /// Letters outside ASCII: the name has to be written as punycode.
    NotAscii(String),
    /// A character that names do not have.
    BadCharacter {
        /// The name.
        name: String,
        /// The first character that does not belong.
        character: char,
    },
    /// A `*` elsewhere than alone as the first label with a name after it.
    Wildcard(String),
    /// An IPv4 address.
    Address(String),
}

impl DomainError {
    /// What is wrong and what to write instead, in Korean and English.
    pub fn message(&self) -> (String, String) {
        match self {
            Self::Empty => (
                "도메인 이름을 입력해 주세요. 예: www.example.com".into(),
                "Enter a domain name, for example www.example.com.".into(),
            ),
            Self::EmptyLabel(name) => (
                format!("점과 점 사이가 비어 있어요: ‘{name}’. 점은 글자 사이에 하나씩만 써 주세요."),
                format!("There is nothing between two dots: ‘{name}’. Write one dot between labels."),
            ),
            Self::LabelTooLong(label) => (
                format!("점 사이의 글자가 너무 길어요: ‘{label}’. 63자까지 쓸 수 있어요."),
                format!("A label is too long: ‘{label}’. It may have up to 63 characters."),
            ),
            Self::TooLong(name) => (
                format!("도메인 이름이 너무 길어요: ‘{name}’. 모두 253자까지 쓸 수 있어요."),
                format!("The domain name is too long: ‘{name}’. It may have up to 253 characters in all."),
            ),
            Self::Hyphen(label) => (
                format!("하이픈(-)으로 시작하거나 끝날 수 없어요: ‘{label}’."),
                format!("A label neither starts nor ends with a hyphen: ‘{label}’."),
            ),
            Self::NotAscii(name) => (
                format!(
                    "한글처럼 영문이 아닌 글자가 있어요: ‘{name}’. 퓨니코드(xn--로 시작하는 이름)로 바꾸어 써 주세요. 예: 한국 → xn--3e0b707e"
                ),
                format!(
                    "There are letters outside ASCII: ‘{name}’. Write the name as punycode, which starts with xn--, for example 한국 as xn--3e0b707e."
                ),
            ),
            Self::BadCharacter { name, character } => (
                format!(
                    "도메인 이름에 쓸 수 없는 글자가 있어요: ‘{name}’의 ‘{character}’. 영문자, 숫자, 하이픈(-), 밑줄(_), 점만 쓸 수 있어요."
                ),
                format!(
                    "A domain name cannot have ‘{character}’: ‘{name}’. Use letters, digits, hyphens, underscores and dots only."
                ),
            ),
            Self::Wildcard(name) => (
                format!("별표(*)는 맨 앞에 혼자만 쓸 수 있어요: ‘{name}’. 예: *.example.com"),
                format!("The asterisk stands alone as the first label: ‘{name}’. For example *.example.com."),
            ),
            Self::Address(name) => (
                format!("IP 주소예요: ‘{name}’. 여기에는 도메인 이름을 써 주세요. 예: www.example.com"),
                format!("This is an IP address: ‘{name}’. A domain name belongs here, for example www.example.com."),
            ),
        }
    }
}

fn check_label(name: &str, index: usize, label: &str) -> Result<(), DomainError> {
    if label.is_empty() {
        return Err(DomainError::EmptyLabel(excerpt(name)));
    }
    if label.contains('*') {
        let stands_alone = index == 0 && label == "*" && name.len() > 1;
        return if stands_alone { Ok(()) } else { Err(DomainError::Wildcard(excerpt(name))) };
    }
    let belongs = |character: &char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if let Some(character) = label.chars().find(|character| !belongs(character)) {
        return Err(if character.is_alphanumeric() {
            DomainError::NotAscii(excerpt(name))
        } else {
            DomainError::BadCharacter { name: excerpt(name), character }
        });
    }
    if label.len() > DomainName::LONGEST_LABEL {
        return Err(DomainError::LabelTooLong(excerpt(label)));
    }
    if label.starts_with('-') || label.ends_with('-') {
        return Err(DomainError::Hyphen(excerpt(label)));
    }
    Ok(())
}

impl FromStr for DomainName {
    type Err = DomainError;

    /// Drops white space around the text and one dot at its end.
    fn from_str(text: &str) -> Result<Self, DomainError> {
        let text = text.trim();
        let name = text.strip_suffix('.').unwrap_or(text);
        if text.is_empty() {
            return Err(DomainError::Empty);
        }
        for (index, label) in name.split('.').enumerate() {
            check_label(name, index, label)?;
        }
        if name.len() > Self::LONGEST {
            return Err(DomainError::TooLong(excerpt(name)));
        }
        if name.parse::<Ipv4Addr>().is_ok() {
            return Err(DomainError::Address(excerpt(name)));
        }
        Ok(Self(name.to_ascii_lowercase()))
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

error_from_message!(DomainError);
serde_as_text!(DomainName);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(text: &str) -> DomainName {
        text.parse().unwrap()
    }

    #[test]
    fn reads_and_prints_canonical_names() {
        let longest = format!("{0}.{0}.{0}.{1}", "a".repeat(63), "b".repeat(61));
        for (text, printed) in [
            ("example.com", "example.com"),
            (" WWW.Example.COM. ", "www.example.com"),
            ("*.example.com", "*.example.com"),
            ("_acme-challenge.example.com", "_acme-challenge.example.com"),
            ("xn--3e0b707e", "xn--3e0b707e"),
            ("localhost", "localhost"),
            ("1.0.0.10.in-addr.arpa", "1.0.0.10.in-addr.arpa"),
            (longest.as_str(), longest.as_str()),
        ] {
            assert_eq!(name(text).to_string(), printed);
            assert_eq!(serde_json::to_string(&name(text)).unwrap(), format!("\"{printed}\""));
        }
        assert_eq!(name("a.b.example.com").labels().collect::<Vec<_>>(), ["a", "b", "example", "com"]);
        assert_eq!(name("a.example.com").parent(), Some(name("example.com")));
        assert_eq!(name("com").parent(), None);
    }

    #[test]
    fn refuses_what_is_not_a_name() {
        use DomainError::*;
        let own = str::to_string;
        let label = "a".repeat(64);
        let long = format!("{0}.{0}.{0}.{1}", "a".repeat(63), "b".repeat(62));
        for (text, error) in [
            ("", Empty),
            (" ", Empty),
            (".", EmptyLabel(own(""))),
            ("a..com", EmptyLabel(own("a..com"))),
            (".example.com", EmptyLabel(own(".example.com"))),
            ("example.com..", EmptyLabel(own("example.com."))),
            ("-a.com", Hyphen(own("-a"))),
            ("a-.com", Hyphen(own("a-"))),
            ("한글.example.com", NotAscii(own("한글.example.com"))),
            ("exa mple.com", BadCharacter { name: own("exa mple.com"), character: ' ' }),
            ("https://example.com", BadCharacter { name: own("https://example.com"), character: ':' }),
            ("*", Wildcard(own("*"))),
            ("a.*.com", Wildcard(own("a.*.com"))),
            ("*a.example.com", Wildcard(own("*a.example.com"))),
            ("203.0.113.10", Address(own("203.0.113.10"))),
            (label.as_str(), LabelTooLong(excerpt(&label))),
            (long.as_str(), TooLong(excerpt(&long))),
        ] {
            assert_eq!(text.parse::<DomainName>(), Err(error), "{text}");
        }
        let (ko, en) = "한글.com".parse::<DomainName>().unwrap_err().message();
        assert!(ko.contains("퓨니코드") && en.contains("punycode"), "{ko} / {en}");
    }

    #[test]
    fn a_wildcard_covers_one_label() {
        for (certificate, host, covered) in [
            ("*.example.com", "www.example.com", true),
            ("*.example.com", "example.com", false),
            ("*.example.com", "a.b.example.com", false),
            ("*.example.com", "*.example.com", true),
            ("*.example.com", "www.example.org", false),
            ("*.example.com", "wwwexample.com", false),
            ("example.com", "EXAMPLE.com.", true),
            ("example.com", "www.example.com", false),
            ("www.example.com", "*.example.com", false),
            ("*.com", "com", false),
        ] {
            assert_eq!(name(certificate).covers(&name(host)), covered, "{certificate} covers {host}");
        }
    }

    #[test]
    fn knows_what_is_in_a_zone() {
        for (record, zone, within, apex) in [
            ("example.com", "example.com", true, true),
            ("www.example.com", "example.com", true, false),
            ("*.example.com", "example.com", true, false),
            ("badexample.com", "example.com", false, false),
            ("com", "example.com", false, false),
            ("example.com.evil.org", "example.com", false, false),
        ] {
            assert_eq!(name(record).is_within(&name(zone)), within, "{record} in {zone}");
            assert_eq!(name(record).is_apex_of(&name(zone)), apex, "{record} apex of {zone}");
        }
        assert!(name("*.example.com").is_wildcard() && !name("example.com").is_wildcard());
    }

    proptest! {
        #[test]
        fn what_is_read_reads_again_as_itself(text in "[a-zA-Z0-9_.*-]{0,20}|.{0,20}") {
            match text.parse::<DomainName>() {
                Ok(name) => {
                    prop_assert_eq!(name.to_string().parse::<DomainName>(), Ok(name.clone()));
                    prop_assert!(name.covers(&name) && name.is_within(&name));
                    prop_assert!(name.parent().is_none_or(|parent| name.is_within(&parent)));
                }
                Err(error) => prop_assert!(!error.message().0.is_empty()),
            }
        }
    }
}
