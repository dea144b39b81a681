//! Port ranges, and the services that well-known ports stand for.

use super::{error_from_message, excerpt, serde_as_text};
use std::fmt;
use std::str::FromStr;

/// Ports from the first to the last, both included. The first is never above the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    from: u16,
    to: u16,
}

impl PortRange {
    /// Every port, 0 to 65535.
    pub const ALL: Self = Self { from: 0, to: u16::MAX };

    /// The ports a NAT gateway sends from, and what AWS advises an ACL to admit for clients of every kind
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports>).
    pub const EPHEMERAL: Self = Self { from: 1024, to: 65535 };

    /// The ports a Linux client sends from by default: `net.ipv4.ip_local_port_range`
    /// (<https://docs.kernel.org/networking/ip-sysctl.html>).
    pub const EPHEMERAL_LINUX: Self = Self { from: 32768, to: 60999 };

    /// The ports a Windows client sends from since Windows Server 2008
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports>).
    pub const EPHEMERAL_WINDOWS: Self = Self { from: 49152, to: 65535 };

    /// The ports between two; `None` when the first is above the last.
    pub const fn new(from: u16, to: u16) -> Option<Self> {
        if from <= to { Some(Self { from, to }) } else { None }
    }

    /// One port.
    pub const fn single(port: u16) -> Self {
        Self { from: port, to: port }
    }

    /// The first port, CloudFormation's `FromPort`.
    pub const fn from_port(&self) -> u16 {
        self.from
    }

    /// The last port, CloudFormation's `ToPort`.
    pub const fn to_port(&self) -> u16 {
        self.to
    }

    /// The port, when the range is of one.
    pub fn only_port(&self) -> Option<u16> {
        (self.from == self.to).then_some(self.from)
    }

    /// Whether this is every port.
    pub fn is_all(&self) -> bool {
        *self == Self::ALL
    }

    /// How many ports, 1 to 65,536.
    pub fn count(&self) -> u32 {
        u32::from(self.to) - u32::from(self.from) + 1
    }

    /// Whether the port is in the range.
    pub fn contains(&self, port: u16) -> bool {
        (self.from..=self.to).contains(&port)
    }

    /// Whether the ranges share a port.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Whether the other range lies in this one; a range covers itself.
    pub fn covers(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// The ports that both ranges have.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        Self::new(self.from.max(other.from), self.to.min(other.to))
    }
}

/// Ports by which people log in: SSH, Telnet, remote desktop, VNC, WinRM.
const LOGIN: [u16; 6] = [22, 23, 3389, 5900, 5985, 5986];
/// Ports of databases, caches, queues and file shares.
const STORES: [u16; 14] = [445, 1433, 1521, 2049, 3306, 5432, 5439, 5672, 6379, 8182, 9092, 9200, 11211, 27017];

/// Whether a range has a port that is for administrators or applications alone and never for everybody on the internet.
pub fn is_guarded(ports: &PortRange) -> bool {
    LOGIN.iter().chain(&STORES).any(|port| ports.contains(*port))
}

/// The service a port is known for, as the AWS console names it where it does.
pub const fn service_name(port: u16) -> Option<&'static str> {
    Some(match port {
        20 | 21 => "FTP",
        22 => "SSH",
        23 => "Telnet",
        25 => "SMTP",
        53 => "DNS",
        80 => "HTTP",
        110 => "POP3",
        123 => "NTP",
        143 => "IMAP",
        389 => "LDAP",
        443 => "HTTPS",
        445 => "SMB",
        465 => "SMTPS",
        587 => "SMTP submission",
        636 => "LDAPS",
        993 => "IMAPS",
        995 => "POP3S",
        1433 => "MSSQL",
        1521 => "Oracle",
        2049 => "NFS",
        3306 => "MySQL/Aurora",
        3389 => "RDP",
        5432 => "PostgreSQL",
        5439 => "Redshift",
        5671 => "AMQPS",
        5672 => "AMQP",
        5985 => "WinRM-HTTP",
        5986 => "WinRM-HTTPS",
        6379 => "Redis",
        8080 => "HTTP alternative",
        8443 => "HTTPS alternative",
        9092 => "Kafka",
        9200 => "OpenSearch",
        11211 => "Memcached",
        27017 => "MongoDB",
        _ => return None,
    })
}

/// Why a text is not a port range. Each variant carries the text, shortened when it is long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortRangeError {
    /// Nothing was written.
    Empty,
    /// Neither a number, nor two with a hyphen, nor `all`.
    NotAPort(String),
    /// A number above 65535.
    OutOfRange(String),
    /// The first port is above the last.
    Reversed(String),
}

impl PortRangeError {
    /// What is wrong and what to write instead, in Korean and English.
    pub fn message(&self) -> (String, String) {
        match self {
            Self::Empty => (
                "포트를 입력해 주세요. 예: 443 또는 1024-65535".into(),
                "Enter a port, for example 443 or 1024-65535.".into(),
            ),
            Self::NotAPort(text) => (
                format!("포트가 아니에요: ‘{text}’. 수 하나(443), 범위(1024-65535) 또는 all을 써 주세요."),
                format!("Not a port: ‘{text}’. Write one number (443), a range (1024-65535) or all."),
            ),
            Self::OutOfRange(text) => (
                format!("포트가 너무 커요: ‘{text}’. 0부터 65535까지 쓸 수 있어요."),
                format!("The port is too large: ‘{text}’. Ports go from 0 to 65535."),
            ),
            Self::Reversed(text) => (
                format!("포트 범위가 거꾸로예요: ‘{text}’. 작은 포트를 먼저 써 주세요."),
                format!("The port range is reversed: ‘{text}’. Write the lower port first."),
            ),
        }
    }
}

impl FromStr for PortRange {
    type Err = PortRangeError;

    /// Reads `80`, `1024-65535` and `all`, with white space around the text and the hyphen as the console prints it.
    fn from_str(text: &str) -> Result<Self, PortRangeError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PortRangeError::Empty);
        }
        if text.eq_ignore_ascii_case("all") {
            return Ok(Self::ALL);
        }
        let port = |digits: &str| {
            let digits = digits.trim();
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(PortRangeError::NotAPort(excerpt(text)));
            }
            digits.parse::<u16>().map_err(|_| PortRangeError::OutOfRange(excerpt(text)))
        };
        match text.split_once(['-', '–']) {
            None => port(text).map(Self::single),
            Some((from, to)) => {
                Self::new(port(from)?, port(to)?).ok_or_else(|| PortRangeError::Reversed(excerpt(text)))
            }
        }
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::ALL => f.pad("all"),
            Self { from, to } if from == to => f.pad(&from.to_string()),
            Self { from, to } => f.pad(&format!("{from}-{to}")),
        }
    }
}

error_from_message!(PortRangeError);
serde_as_text!(PortRange);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_prints_ranges() {
        for (text, from, to, printed) in [
            ("80", 80, 80, "80"),
            (" 443 ", 443, 443, "443"),
            ("0", 0, 0, "0"),
            ("1024-65535", 1024, 65535, "1024-65535"),
            ("1024 - 65535", 1024, 65535, "1024-65535"),
            ("1024–65535", 1024, 65535, "1024-65535"),
            ("22-22", 22, 22, "22"),
            ("0-65535", 0, 65535, "all"),
            ("ALL", 0, 65535, "all"),
        ] {
            let range: PortRange = text.parse().unwrap();
            assert_eq!((range.from_port(), range.to_port()), (from, to), "{text}");
            assert_eq!(range.to_string(), printed, "{text}");
        }
        assert_eq!(serde_json::to_string(&PortRange::single(80)).unwrap(), "\"80\"");
        assert_eq!(serde_json::from_str::<PortRange>("\"all\"").unwrap(), PortRange::ALL);
        assert!(serde_json::from_str::<PortRange>("\"9-1\"").is_err());
    }

    #[test]
    fn refuses_what_is_not_a_range() {
        use PortRangeError::*;
        let own = str::to_string;
        for (text, error) in [
            ("", Empty),
            ("http", NotAPort(own("http"))),
            ("한글", NotAPort(own("한글"))),
            ("-1", NotAPort(own("-1"))),
            ("+80", NotAPort(own("+80"))),
            ("80,443", NotAPort(own("80,443"))),
            ("1-2-3", NotAPort(own("1-2-3"))),
            ("80-", NotAPort(own("80-"))),
            ("65536", OutOfRange(own("65536"))),
            ("1-70000", OutOfRange(own("1-70000"))),
            ("443-80", Reversed(own("443-80"))),
        ] {
            assert_eq!(text.parse::<PortRange>(), Err(error.clone()), "{text}");
            let (ko, en) = error.message();
            assert!(ko.contains(text) && en.contains(text), "{ko} / {en}");
        }
        assert_eq!(PortRange::new(2, 1), None);
    }

    #[test]
    fn names_services() {
        for (port, name) in [(22, "SSH"), (80, "HTTP"), (443, "HTTPS"), (3389, "RDP"), (5432, "PostgreSQL")] {
            assert_eq!(service_name(port), Some(name));
        }
        assert_eq!(service_name(4), None);
    }

    proptest! {
        #[test]
        fn prints_what_it_reads(a: u16, b: u16) {
            let range = PortRange::new(a.min(b), a.max(b)).unwrap();
            prop_assert_eq!(range.to_string().parse::<PortRange>(), Ok(range));
        }

        #[test]
        fn agrees_with_sets_of_ports(a in 0u16..12, b in 0u16..12, c in 0u16..12, d in 0u16..12) {
            let left = PortRange::new(a.min(b), a.max(b)).unwrap();
            let right = PortRange::new(c.min(d), c.max(d)).unwrap();
            let both: Vec<u16> = (0..12).filter(|port| left.contains(*port) && right.contains(*port)).collect();
            prop_assert_eq!(left.overlaps(&right), !both.is_empty());
            prop_assert_eq!(left.covers(&right), both.len() as u32 == right.count());
            let shared = left.intersection(&right).map(|range| (range.from_port(), range.to_port()));
            prop_assert_eq!(shared, both.first().copied().zip(both.last().copied()));
        }

        #[test]
        fn never_panics_on_text(text in "[0-9 –-]{0,14}|.{0,20}") {
            let _ = text.parse::<PortRange>().map_err(|error| error.message());
        }
    }
}
