//! Parsed value types: an address block, a port range, a protocol or a domain name is checked once, when it is read,
//! and is right from then on. Each type reads and prints itself as text, and is saved as that text.

pub mod cidr;
pub mod cidr6;
pub mod domain;
pub mod icmp;
pub mod ports;
pub mod protocol;

pub use cidr::{Cidr, CidrError, PrivateFamily, Reserved, next_after, next_free, overlaps_among};
pub use cidr6::{AnyCidr, Cidr6};
pub use domain::{DomainError, DomainName};
pub use icmp::{IcmpType, IcmpTypeError};
pub use ports::{PortRange, PortRangeError, is_guarded, service_name};
pub use protocol::{Protocol, ProtocolError};

/// Saves types as the text they print, and reads them back through their parser.
macro_rules! serde_as_text {
    ($($type:ty),+ $(,)?) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

/// Makes a parse error printable (in English) and a standard error; both languages come from its `message`.
macro_rules! error_from_message {
    ($($type:ty),+ $(,)?) => {$(
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.message().1)
            }
        }
        impl std::error::Error for $type {}
    )+};
}

use {error_from_message, serde_as_text};

/// The offending text as an error carries it: a pasted page must not become a page of error.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}
