//! IPv6 blocks, as far as rules and routes need them, and blocks of either family.

use super::cidr::{Cidr, CidrError, parse_prefix};
use super::{excerpt, serde_as_text};
use ipnet::Ipv6Net;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// An IPv6 block in canonical form: host bits are zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cidr6(Ipv6Net);

impl Cidr6 {
    /// Every IPv6 address: `::/0`.
    pub const ANY: Self = Self(Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 0));

    /// The block of this length that holds the address; `None` when the length is over 128.
    pub fn new(address: Ipv6Addr, prefix_len: u8) -> Option<Self> {
        Ipv6Net::new(address, prefix_len).ok().map(|net| Self(net.trunc()))
    }

    /// The length of the prefix, 0 to 128.
    pub fn prefix_len(&self) -> u8 {
        self.0.prefix_len()
    }

    /// The first address.
    pub fn first(&self) -> Ipv6Addr {
        self.0.network()
    }

    /// The last address.
    pub fn last(&self) -> Ipv6Addr {
        self.0.broadcast()
    }

    /// Whether the address lies in the block.
    pub fn contains_addr(&self, address: Ipv6Addr) -> bool {
        self.0.contains(&address)
    }

    /// Whether the other block lies in this one; a block contains itself.
    pub fn contains(&self, other: &Self) -> bool {
        self.0.contains(&other.0)
    }

    /// Whether the blocks share an address.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.contains(other) || other.contains(self)
    }
}

impl FromStr for Cidr6 {
    type Err = CidrError;

    /// Drops white space around the text and host bits in it; everything else must be exact.
    fn from_str(text: &str) -> Result<Self, CidrError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(CidrError::Empty);
        }
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: Ipv6Addr = address.parse().map_err(|_| CidrError::NotAnIpv6Address(excerpt(text)))?;
        let prefix = prefix.ok_or_else(|| CidrError::MissingPrefix(excerpt(text)))?;
        let prefix = parse_prefix(text, prefix, 128)?;
        Self::new(address, prefix).ok_or_else(|| CidrError::PrefixOutOfRange { text: excerpt(text), longest: 128 })
    }
}

impl fmt::Display for Cidr6 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

/// A block of either family, as a rule or a route names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnyCidr {
    /// An IPv4 block.
    V4(Cidr),
    /// An IPv6 block.
    V6(Cidr6),
}

impl AnyCidr {
    /// The IPv4 block, when it is one.
    pub fn v4(self) -> Option<Cidr> {
        match self {
            Self::V4(block) => Some(block),
            Self::V6(_) => None,
        }
    }

    /// The IPv6 block, when it is one.
    pub fn v6(self) -> Option<Cidr6> {
        match self {
            Self::V4(_) => None,
            Self::V6(block) => Some(block),
        }
    }

    /// Whether this is every address of its family.
    pub fn is_any(self) -> bool {
        self.prefix_len() == 0
    }

    /// The length of the prefix in its family.
    pub fn prefix_len(self) -> u8 {
        match self {
            Self::V4(block) => block.prefix_len(),
            Self::V6(block) => block.prefix_len(),
        }
    }

    /// Whether the address lies in the block; never for an address of the other family.
    pub fn contains_addr(self, address: IpAddr) -> bool {
        match (self, address) {
            (Self::V4(block), IpAddr::V4(address)) => block.contains_addr(address),
            (Self::V6(block), IpAddr::V6(address)) => block.contains_addr(address),
            _ => false,
        }
    }

    /// Whether the other block lies in this one; never one of the other family.
    pub fn contains(self, other: Self) -> bool {
        match (self, other) {
            (Self::V4(left), Self::V4(right)) => left.contains(&right),
            (Self::V6(left), Self::V6(right)) => left.contains(&right),
            _ => false,
        }
    }

    /// Whether the blocks share an address.
    pub fn overlaps(self, other: Self) -> bool {
        self.contains(other) || other.contains(self)
    }
}

impl From<Cidr> for AnyCidr {
    fn from(block: Cidr) -> Self {
        Self::V4(block)
    }
}

impl From<Cidr6> for AnyCidr {
    fn from(block: Cidr6) -> Self {
        Self::V6(block)
    }
}

impl FromStr for AnyCidr {
    type Err = CidrError;

    /// A text with a colon is read as IPv6, any other as IPv4.
    fn from_str(text: &str) -> Result<Self, CidrError> {
        if text.contains(':') { text.parse().map(Self::V6) } else { text.parse().map(Self::V4) }
    }
}

impl Default for AnyCidr {
    /// Every IPv4 address, 0.0.0.0/0.
    fn default() -> Self {
        Self::V4(Cidr::ANY)
    }
}

impl fmt::Display for AnyCidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(block) => block.fmt(f),
            Self::V6(block) => block.fmt(f),
        }
    }
}

serde_as_text!(Cidr6, AnyCidr);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_either_family() {
        for (text, printed, is_v4) in [
            ("::/0", "::/0", false),
            ("2001:db8::1/32", "2001:db8::/32", false),
            (" 2001:DB8:0:0:0:0:0:0/64 ", "2001:db8::/64", false),
            ("0.0.0.0/0", "0.0.0.0/0", true),
            ("10.0.0.5/24", "10.0.0.0/24", true),
        ] {
            let block: AnyCidr = text.parse().unwrap();
            assert_eq!(block.to_string(), printed);
            assert_eq!((block.v4().is_some(), block.v6().is_some()), (is_v4, !is_v4), "{text}");
            assert_eq!(serde_json::from_str::<AnyCidr>(&serde_json::to_string(&block).unwrap()).unwrap(), block);
        }
        assert_eq!("::/0".parse(), Ok(Cidr6::ANY));
        assert!(AnyCidr::from(Cidr6::ANY).is_any() && AnyCidr::from(Cidr::ANY).is_any());
    }

    #[test]
    fn refuses_what_is_not_a_block() {
        use CidrError::*;
        let own = str::to_string;
        for (text, error) in [
            ("", Empty),
            ("::/129", PrefixOutOfRange { text: own("::/129"), longest: 128 }),
            ("2001:db8::", MissingPrefix(own("2001:db8::"))),
            ("::/", NotAPrefix(own("::/"))),
            ("::g/64", NotAnIpv6Address(own("::g/64"))),
            ("1:2/64", NotAnIpv6Address(own("1:2/64"))),
            ("10.0.0/8", NotAnAddress(own("10.0.0/8"))),
        ] {
            assert_eq!(text.parse::<AnyCidr>(), Err(error), "{text}");
        }
        assert_eq!("10.0.0.0/8".parse::<Cidr6>(), Err(NotAnIpv6Address(own("10.0.0.0/8"))));
    }

    #[test]
    fn families_never_mix() {
        let (v4, v6) = (AnyCidr::from(Cidr::ANY), AnyCidr::from(Cidr6::ANY));
        assert!(!v4.overlaps(v6) && !v6.contains(v4) && v4.contains(v4) && v6.contains(v6));
        let v6_address: IpAddr = "2001:db8::1".parse().unwrap();
        let v4_address: IpAddr = "10.0.0.1".parse().unwrap();
        assert!(v6.contains_addr(v6_address) && !v4.contains_addr(v6_address));
        assert!(v4.contains_addr(v4_address) && !v6.contains_addr(v4_address));
    }

    proptest! {
        #[test]
        fn prints_what_it_reads(bits: u128, prefix in 0u8..=128) {
            let block = Cidr6::new(Ipv6Addr::from_bits(bits), prefix).unwrap();
            prop_assert_eq!(block.to_string().parse::<Cidr6>(), Ok(block));
            prop_assert!(block.contains_addr(Ipv6Addr::from_bits(bits)));
            prop_assert!(block.first() <= block.last() && block.contains(&block));
        }

        #[test]
        fn never_panics_on_text(text in "[0-9a-f:./]{0,24}|.{0,20}") {
            let _ = text.parse::<AnyCidr>().map_err(|error| error.message());
        }
    }
}
