//! IP protocols as rules of security groups and network ACLs name them.

use super::{error_from_message, excerpt, serde_as_text};
use std::fmt;
use std::str::FromStr;

/// A protocol of a rule, or all of them. Build one from a number with [`Protocol::from_number`], which gives the named
/// variants for theirs, so that equal protocols compare equal.
/// Follows <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// Every protocol, written `-1`.
    All,
    /// TCP, number 6.
    Tcp,
    /// UDP, number 17.
    Udp,
    /// ICMP for IPv4, number 1.
    Icmp,
    /// ICMP for IPv6, number 58.
    Icmpv6,
    /// Any other protocol by its IANA number.
    Number(u8),
}

impl Protocol {
    /// The protocol of an IANA number.
    pub const fn from_number(number: u8) -> Self {
        match number {
            1 => Self::Icmp,
            6 => Self::Tcp,
            17 => Self::Udp,
            58 => Self::Icmpv6,
            other => Self::Number(other),
        }
    }

    /// The IANA number; `None` for all protocols.
    pub const fn number(self) -> Option<u8> {
        match self {
            Self::All => None,
            Self::Icmp => Some(1),
            Self::Tcp => Some(6),
            Self::Udp => Some(17),
            Self::Icmpv6 => Some(58),
            Self::Number(number) => Some(number),
        }
    }

    /// The number as a network ACL entry writes it: the IANA number, or -1 for all.
    pub fn acl_number(self) -> i16 {
        self.number().map_or(-1, i16::from)
    }

    /// Whether a rule of this protocol has a port range of its own. Rules for all protocols have none: they admit every port.
    pub const fn has_ports(self) -> bool {
        matches!(self, Self::Tcp | Self::Udp)
    }

    /// Whether rules of this protocol have an ICMP type and code in place of ports.
    pub const fn is_icmp(self) -> bool {
        matches!(self, Self::Icmp | Self::Icmpv6)
    }

    /// Whether a rule of this protocol speaks about packets of the other.
    pub fn covers(self, other: Self) -> bool {
        self == Self::All || self.number() == other.number()
    }

    /// The name people read, in Korean and English. Take [`fmt::Display`] for what a template says.
    pub fn label(self) -> (String, String) {
        let same = |name: &str| (name.to_string(), name.to_string());
        match self {
            Self::All => ("모든 프로토콜".into(), "All protocols".into()),
            Self::Tcp => same("TCP"),
            Self::Udp => same("UDP"),
            Self::Icmp => same("ICMP"),
            Self::Icmpv6 => same("ICMPv6"),
            Self::Number(number) => (format!("프로토콜 {number}"), format!("Protocol {number}")),
        }
    }
}

/// Why a text is not a protocol. Each variant carries the text, shortened when it is long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProtocolError {
    /// Nothing was written.
    Empty,
    /// Neither a name we know, nor -1, nor a number from 0 to 255.
    Unknown(String),
}

impl ProtocolError {
    /// What is wrong and what to write instead, in Korean and English.
    pub fn message(&self) -> (String, String) {
        match self {
            Self::Empty => ("프로토콜을 입력해 주세요. 예: tcp".into(), "Enter a protocol, for example tcp.".into()),
            Self::Unknown(text) => (
                format!(
                    "모르는 프로토콜이에요: ‘{text}’. tcp, udp, icmp, icmpv6, -1(모두) 또는 0부터 255까지의 번호를 써 주세요."
                ),
                format!(
                    "Unknown protocol: ‘{text}’. Write tcp, udp, icmp, icmpv6, -1 (all) or a number from 0 to 255."
                ),
            ),
        }
    }
}

impl FromStr for Protocol {
    type Err = ProtocolError;

    /// Reads names in any case, `-1` and IANA numbers.
    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let text = text.trim();
        match text.to_ascii_lowercase().as_str() {
            "" => Err(ProtocolError::Empty),
            "-1" | "all" => Ok(Self::All),
            "tcp" => Ok(Self::Tcp),
            "udp" => Ok(Self::Udp),
            "icmp" => Ok(Self::Icmp),
            "icmpv6" => Ok(Self::Icmpv6),
            digits => {
                let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
                let number = digits.parse().ok().filter(|_| plain);
                number.map(Self::from_number).ok_or_else(|| ProtocolError::Unknown(excerpt(text)))
            }
        }
    }
}

impl fmt::Display for Protocol {
    /// What CloudFormation takes: `tcp`, `udp`, `icmp`, `-1` or the number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.pad("-1"),
            Self::Tcp => f.pad("tcp"),
            Self::Udp => f.pad("udp"),
            Self::Icmp => f.pad("icmp"),
            Self::Icmpv6 => f.pad("58"),
            Self::Number(number) => f.pad(&number.to_string()),
        }
    }
}

error_from_message!(ProtocolError);
serde_as_text!(Protocol);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_and_numbers() {
        for (text, protocol, printed) in [
            ("tcp", Protocol::Tcp, "tcp"),
            (" TCP ", Protocol::Tcp, "tcp"),
            ("6", Protocol::Tcp, "tcp"),
            ("udp", Protocol::Udp, "udp"),
            ("17", Protocol::Udp, "udp"),
            ("icmp", Protocol::Icmp, "icmp"),
            ("1", Protocol::Icmp, "icmp"),
            ("icmpv6", Protocol::Icmpv6, "58"),
            ("58", Protocol::Icmpv6, "58"),
            ("-1", Protocol::All, "-1"),
            ("all", Protocol::All, "-1"),
            ("50", Protocol::Number(50), "50"),
            ("0", Protocol::Number(0), "0"),
        ] {
            assert_eq!(text.parse(), Ok(protocol), "{text}");
            assert_eq!(protocol.to_string(), printed);
            assert_eq!(serde_json::to_string(&protocol).unwrap(), format!("\"{printed}\""));
        }
    }

    #[test]
    fn refuses_what_is_no_protocol() {
        assert_eq!(" ".parse::<Protocol>(), Err(ProtocolError::Empty));
        for text in ["http", "256", "-2", "+6", "6.0", "한글", "tcp udp"] {
            let error = text.parse::<Protocol>().unwrap_err();
            assert_eq!(error, ProtocolError::Unknown(text.to_string()));
            assert!(error.message().0.contains(text) && error.message().1.contains(text));
        }
    }

    #[test]
    fn every_number_survives_text() {
        for number in 0..=u8::MAX {
            let protocol = Protocol::from_number(number);
            assert_eq!(protocol.number(), Some(number));
            assert_eq!(protocol.acl_number(), i16::from(number));
            assert_eq!(protocol.to_string().parse(), Ok(protocol));
            assert!(Protocol::All.covers(protocol) && protocol.covers(protocol) && !protocol.covers(Protocol::All));
            assert_eq!(protocol.has_ports(), number == 6 || number == 17);
            assert_eq!(protocol.is_icmp(), number == 1 || number == 58);
        }
        assert_eq!((Protocol::All.number(), Protocol::All.acl_number()), (None, -1));
        assert!(!Protocol::All.has_ports() && !Protocol::Tcp.covers(Protocol::Udp));
    }
}
