//! ICMP types and codes, which stand where TCP and UDP have ports.

use super::{PortRange, Protocol, error_from_message, excerpt, serde_as_text};
use std::fmt;
use std::str::FromStr;

/// The ICMP messages a rule is about: all of them, one type, or one type with one code.
/// See <https://www.iana.org/assignments/icmp-parameters/icmp-parameters.xhtml>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IcmpType {
    kind: Option<u8>,
    code: Option<u8>,
}

impl IcmpType {
    /// Every type.
    pub const ALL: Self = Self { kind: None, code: None };
    /// What `ping` sends.
    pub const ECHO_REQUEST: Self = Self { kind: Some(8), code: None };
    /// What answers it.
    pub const ECHO_REPLY: Self = Self { kind: Some(0), code: None };

    /// A type and a code as AWS writes them: -1 stands for all. `None` where a number is none of either.
    pub fn new(kind: i64, code: i64) -> Option<Self> {
        let part = |number: i64| if number == -1 { Some(None) } else { u8::try_from(number).ok().map(Some) };
        let (kind, code) = (part(kind)?, part(code)?);
        // Without a type a code says nothing.
        Some(Self { kind, code: code.filter(|_| kind.is_some()) })
    }

    /// One type with all its codes.
    pub const fn of(kind: u8) -> Self {
        Self { kind: Some(kind), code: None }
    }

    /// The messages of a question's or packet's numbers: their one type, or all.
    pub fn from_numbers(numbers: PortRange) -> Self {
        let (from, to) = (numbers.from_port() >> 8, numbers.to_port() >> 8);
        Self { kind: u8::try_from(from).ok().filter(|_| from == to), code: None }
    }

    /// The type as AWS writes it, -1 for all.
    pub fn kind_number(self) -> i16 {
        self.kind.map_or(-1, i16::from)
    }

    /// The code as AWS writes it, -1 for all.
    pub fn code_number(self) -> i16 {
        self.code.map_or(-1, i16::from)
    }

    /// The messages as numbers, each type times 256 and its code: so they are ranges, as ports are.
    pub const fn numbers(self) -> PortRange {
        let (Some(kind), code) = (self.kind, self.code) else { return PortRange::ALL };
        let (from, to) = match code {
            None => ([kind, 0], [kind, u8::MAX]),
            Some(code) => ([kind, code], [kind, code]),
        };
        match PortRange::new(u16::from_be_bytes(from), u16::from_be_bytes(to)) {
            Some(range) => range,
            None => PortRange::ALL,
        }
    }

    /// The messages that a question about a type is about: its only code, or all of them where it has several.
    pub fn asked(kind: u8) -> PortRange {
        let several = matches!(kind, 3 | 5 | 11 | 12);
        Self { kind: Some(kind), code: Some(0).filter(|_| !several) }.numbers()
    }

    /// The type that answers one; most are never answered.
    pub const fn answer_to(kind: u8) -> Option<u8> {
        match kind {
            8 => Some(0),
            10 => Some(9),
            13 => Some(14),
            15 => Some(16),
            17 => Some(18),
            _ => None,
        }
    }

    /// A range of such numbers as people write it: `8`, `3/4`, `0-8`, `all`.
    pub fn in_words(numbers: PortRange) -> String {
        if numbers.is_all() {
            return "all".to_owned();
        }
        let parts = |number: u16| (number >> 8, number & 0xFF);
        let ((from, first), (to, last)) = (parts(numbers.from_port()), parts(numbers.to_port()));
        match (first == 0 && last == 0xFF, numbers.only_port()) {
            (true, _) if from == to => from.to_string(),
            (true, _) => format!("{from}-{to}"),
            (false, Some(_)) => format!("{from}/{first}"),
            (false, None) => format!("{from}/{first}-{to}/{last}"),
        }
    }
}

impl Protocol {
    /// Whether packets of this protocol differ by a number that rules can name: a port, or an ICMP type with its code.
    pub const fn is_numbered(self) -> bool {
        self.has_ports() || matches!(self, Self::Icmp)
    }

    /// The numbers that a rule of this protocol is about: ports, or ICMP messages; all of them for any other.
    pub fn numbers(self, ports: PortRange, icmp: IcmpType) -> PortRange {
        match self {
            Self::Tcp | Self::Udp => ports,
            Self::Icmp => icmp.numbers(),
            Self::All | Self::Icmpv6 | Self::Number(_) => PortRange::ALL,
        }
    }

    /// Such numbers as people write them.
    pub fn in_words(self, numbers: PortRange) -> String {
        if self == Self::Icmp { IcmpType::in_words(numbers) } else { numbers.to_string() }
    }
}

/// Why a text is no ICMP type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IcmpTypeError(String);

impl IcmpTypeError {
    /// What is wrong and what to write instead, in Korean and English.
    pub fn message(&self) -> (String, String) {
        let Self(text) = self;
        (
            format!("ICMP 유형이 아니에요: ‘{text}’. 유형(8), 유형/코드(3/4) 또는 all을 써 주세요."),
            format!("Not an ICMP type: ‘{text}’. Write a type (8), a type with a code (3/4) or all."),
        )
    }
}

impl FromStr for IcmpType {
    type Err = IcmpTypeError;

    /// Reads `all`, `8` and `3/4`; nothing at all is all too.
    fn from_str(text: &str) -> Result<Self, IcmpTypeError> {
        let text = text.trim();
        if text.is_empty() || text == "-1" || text.eq_ignore_ascii_case("all") {
            return Ok(Self::ALL);
        }
        let (kind, code) = text.split_once('/').unwrap_or((text, "-1"));
        let part = |digits: &str| digits.trim().parse::<i64>().ok();
        let read = part(kind).zip(part(code)).and_then(|(kind, code)| Self::new(kind, code));
        read.filter(|read| read.kind.is_some()).ok_or_else(|| IcmpTypeError(excerpt(text)))
    }
}

impl fmt::Display for IcmpType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.code) {
            (None, _) => f.pad("all"),
            (Some(kind), None) => f.pad(&kind.to_string()),
            (Some(kind), Some(code)) => f.pad(&format!("{kind}/{code}")),
        }
    }
}

error_from_message!(IcmpTypeError);
serde_as_text!(IcmpType);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_codes_read_back_as_they_were_printed() {
        for (text, printed, numbers) in [
            ("all", "all", (0, u16::MAX)),
            ("", "all", (0, u16::MAX)),
            ("-1", "all", (0, u16::MAX)),
            ("8", "8", (2048, 2303)),
            ("3/4", "3/4", (772, 772)),
            (" 0 ", "0", (0, 255)),
            ("3/-1", "3", (768, 1023)),
        ] {
            let read: IcmpType = text.parse().unwrap();
            assert_eq!(read.to_string(), printed);
            assert_eq!((read.numbers().from_port(), read.numbers().to_port()), numbers, "{text}");
            assert_eq!(read.to_string().parse(), Ok(read));
            assert_eq!(IcmpType::in_words(read.numbers()), printed);
        }
        for bad in ["ping", "256", "-2", "3/x", "8/300", "-1/4"] {
            let error = bad.parse::<IcmpType>().unwrap_err();
            assert!(error.message().0.contains(bad) && error.message().1.contains(bad));
        }
        assert_eq!((IcmpType::new(-1, -1), IcmpType::new(-1, 5)), (Some(IcmpType::ALL), Some(IcmpType::ALL)));
        assert_eq!(
            (IcmpType::new(252, 86).map(|of| of.to_string()).as_deref(), IcmpType::new(256, 0)),
            (Some("252/86"), None)
        );
    }

    #[test]
    fn ranges_of_messages_are_told_by_type() {
        let between = |from: u16, to: u16| IcmpType::in_words(PortRange::new(from, to).unwrap());
        assert_eq!(between(0, 2303), "0-8");
        assert_eq!(between(769, 1023), "3/1-3/255");
        assert_eq!(IcmpType::asked(8).only_port(), Some(2048));
        assert_eq!(IcmpType::asked(3), IcmpType::of(3).numbers());
    }
}
