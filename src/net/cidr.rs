//! IPv4 address blocks and their arithmetic.
//!
//! Follows <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html> and
//! <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>.

use super::{error_from_message, excerpt, serde_as_text};
use ipnet::Ipv4Net;
use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

/// An IPv4 block in canonical form: the host bits are always zero, as AWS stores it (`10.0.0.5/24` becomes
/// `10.0.0.0/24`). Blocks order by their first address, and a wider block stands before those inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cidr(Ipv4Net);

/// The three families of private addresses of RFC 1918. A VPC does not mix them
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrivateFamily {
    /// `10.0.0.0/8`
    Ten,
    /// `172.16.0.0/12`
    OneSevenTwo,
    /// `192.168.0.0/16`
    OneNineTwo,
}

impl PrivateFamily {
    /// All families, by address.
    pub const ALL: [Self; 3] = [Self::Ten, Self::OneSevenTwo, Self::OneNineTwo];

    /// The whole block of the family.
    pub const fn block(self) -> Cidr {
        match self {
            Self::Ten => Cidr::literal(10, 0, 0, 0, 8),
            Self::OneSevenTwo => Cidr::literal(172, 16, 0, 0, 12),
            Self::OneNineTwo => Cidr::literal(192, 168, 0, 0, 16),
        }
    }
}

/// Why AWS keeps an address of a subnet to itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reserved {
    /// The first address names the network.
    Network,
    /// The VPC router.
    Router,
    /// The DNS server: base of the VPC plus two answers, and every subnet's base plus two is kept.
    Dns,
    /// Kept for future use.
    Future,
    /// The broadcast address; a VPC has no broadcast, the address is kept all the same.
    Broadcast,
}

impl Reserved {
    /// What the address is kept for, in Korean and English.
    pub const fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::Network => ("네트워크 주소", "network address"),
            Self::Router => ("VPC 라우터", "VPC router"),
            Self::Dns => ("DNS 서버", "DNS server"),
            Self::Future => ("AWS가 나중에 쓰려고 예약", "reserved by AWS for future use"),
            Self::Broadcast => ("브로드캐스트 주소", "broadcast address"),
        }
    }
}

impl Cidr {
    /// Every IPv4 address: `0.0.0.0/0`.
    pub const ANY: Self = Self::literal(0, 0, 0, 0, 0);

    /// A block known when the engine is compiled: a wrong one fails the build where it is a constant.
    pub(crate) const fn literal(a: u8, b: u8, c: u8, d: u8, prefix_len: u8) -> Self {
        Self(Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix_len))
    }

    /// The block of this length that holds the address; `None` when the length is over 32.
    pub fn new(address: Ipv4Addr, prefix_len: u8) -> Option<Self> {
        Ipv4Net::new(address, prefix_len).ok().map(|net| Self(net.trunc()))
    }

    /// The block of one address, a /32.
    pub fn host(address: Ipv4Addr) -> Self {
        Self(Ipv4Net::from(address))
    }

    /// The length of the prefix, 0 to 32.
    pub fn prefix_len(&self) -> u8 {
        self.0.prefix_len()
    }

    /// The network mask: 255.255.255.0 for a /24.
    pub fn netmask(&self) -> Ipv4Addr {
        self.0.netmask()
    }

    /// The first address.
    pub fn first(&self) -> Ipv4Addr {
        self.0.network()
    }

    /// The last address.
    pub fn last(&self) -> Ipv4Addr {
        self.0.broadcast()
    }

    /// The network address, which is the first.
    pub fn network(&self) -> Ipv4Addr {
        self.first()
    }

    /// The broadcast address, which is the last.
    pub fn broadcast(&self) -> Ipv4Addr {
        self.last()
    }

    /// The first and the last address as numbers, both inclusive.
    pub fn bounds(&self) -> (u32, u32) {
        (self.first().to_bits(), self.last().to_bits())
    }

    /// How many addresses the block holds, reserved ones included: 1 to 4,294,967,296.
    pub fn size(&self) -> u64 {
        size_of(self.prefix_len())
    }

    /// Whether the address lies in the block.
    pub fn contains_addr(&self, address: Ipv4Addr) -> bool {
        self.0.contains(&address)
    }

    /// Whether the other block lies in this one; a block contains itself.
    pub fn contains(&self, other: &Self) -> bool {
        self.0.contains(&other.0)
    }

    /// Whether the blocks share an address, which for blocks means that one contains the other.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// The address that many after the first; `None` outside the block.
    pub fn nth(&self, offset: u32) -> Option<Ipv4Addr> {
        let (first, last) = self.bounds();
        let address = first.checked_add(offset)?;
        (address <= last).then(|| Ipv4Addr::from_bits(address))
    }

    /// The five addresses AWS keeps in a subnet of this block; `None` when the block is smaller than eight addresses
    /// (AWS allows no subnet below /28).
    pub fn reserved(&self) -> Option<[(Ipv4Addr, Reserved); 5]> {
        if self.prefix_len() > 29 {
            return None;
        }
        Some([
            (self.first(), Reserved::Network),
            (self.nth(1)?, Reserved::Router),
            (self.nth(2)?, Reserved::Dns),
            (self.nth(3)?, Reserved::Future),
            (self.last(), Reserved::Broadcast),
        ])
    }

    /// How many addresses a subnet of this block leaves for use: the size less the five AWS keeps.
    pub fn usable(&self) -> u64 {
        self.size().saturating_sub(5)
    }

    /// The first and the last address for use in a subnet of this block; `None` when none is left.
    pub fn usable_range(&self) -> Option<(Ipv4Addr, Ipv4Addr)> {
        self.reserved()?;
        let before_last = self.last().to_bits().checked_sub(1)?;
        Some((self.nth(4)?, Ipv4Addr::from_bits(before_last)))
    }

    /// The blocks of a length that divide this one, by address; none when they would be wider than it or over /32.
    pub fn subnets(&self, prefix_len: u8) -> impl Iterator<Item = Self> + use<> {
        let fits = (self.prefix_len()..=32).contains(&prefix_len);
        let count = if fits { 1u64 << (prefix_len - self.prefix_len()) } else { 0 };
        let first = u64::from(self.first().to_bits());
        (0..count).filter_map(move |index| block_at(first + index * size_of(prefix_len), prefix_len))
    }

    /// The family of private addresses that holds the whole block.
    pub fn private_family(&self) -> Option<PrivateFamily> {
        PrivateFamily::ALL.into_iter().find(|family| family.block().contains(self))
    }

    /// Whether the whole block is private by RFC 1918.
    pub fn is_private(&self) -> bool {
        self.private_family().is_some()
    }
}

fn size_of(prefix_len: u8) -> u64 {
    1u64 << 32u8.saturating_sub(prefix_len)
}

fn block_at(first: u64, prefix_len: u8) -> Option<Cidr> {
    let address = u32::try_from(first).ok()?;
    Cidr::new(Ipv4Addr::from_bits(address), prefix_len)
}

/// The lowest free block of a length: inside one of `within`, overlapping none of `taken`. `None` when there is none.
/// One sweep over the sorted blocks, so a full /16 of /28s costs no more than its sort.
pub fn next_free(within: &[Cidr], taken: &[Cidr], prefix_len: u8) -> Option<Cidr> {
    free_from(within, taken, prefix_len, 0)
}

/// The next block of a length after the highest of that length that is taken, as people number subnets: `10.0.3.0/24` after `10.0.0.0/24` and
/// `10.0.2.0/24`. The lowest free one where none of that length is taken or nothing is free above.
pub fn next_after(within: &[Cidr], taken: &[Cidr], prefix_len: u8) -> Option<Cidr> {
    let alike = |block: &&Cidr| block.prefix_len() == prefix_len && within.iter().any(|space| space.contains(block));
    let highest = taken.iter().filter(alike).max();
    let above = highest.and_then(|highest| free_from(within, taken, prefix_len, u64::from(highest.bounds().1) + 1));
    above.or_else(|| next_free(within, taken, prefix_len))
}

/// The lowest free block that begins at an address or above it.
fn free_from(within: &[Cidr], taken: &[Cidr], prefix_len: u8, from: u64) -> Option<Cidr> {
    if prefix_len > 32 {
        return None;
    }
    let size = size_of(prefix_len);
    let mut within = within.to_vec();
    within.sort_unstable();
    let mut taken = taken.to_vec();
    taken.sort_unstable();
    within.iter().filter(|space| space.prefix_len() <= prefix_len).find_map(|space| {
        let (first, last) = space.bounds();
        let mut candidate = u64::from(first).max(from).next_multiple_of(size);
        for block in &taken {
            let (start, end) = block.bounds();
            if u64::from(end) < candidate {
                continue;
            }
            if u64::from(start) >= candidate + size {
                break;
            }
            candidate = (u64::from(end) + 1).next_multiple_of(size);
        }
        (candidate + size <= u64::from(last) + 1).then(|| block_at(candidate, prefix_len))?
    })
}

/// Every pair of blocks that overlap, as indices into the slice, the lower first, in order.
/// One sweep: blocks nest or are apart, so a stack of the enclosing ones holds all that overlap the next.
pub fn overlaps_among(blocks: &[Cidr]) -> Vec<(usize, usize)> {
    let mut sorted: Vec<(Cidr, usize)> = blocks.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    let mut enclosing: Vec<(Cidr, usize)> = Vec::new();
    let mut pairs = Vec::new();
    for (block, index) in sorted {
        while enclosing.last().is_some_and(|(outer, _)| !outer.contains(&block)) {
            enclosing.pop();
        }
        pairs.extend(enclosing.iter().map(|(_, other)| (index.min(*other), index.max(*other))));
        enclosing.push((block, index));
    }
    pairs.sort_unstable();
    pairs
}

/// Why a text is not an address block. Each variant carries the text, shortened when it is long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CidrError {
    /// Nothing was written.
    Empty,
    /// What stands before the slash is not an IPv4 address.
    NotAnAddress(String),
    /// What stands before the slash is not an IPv6 address, where one is asked for.
    NotAnIpv6Address(String),
    /// An IPv6 block where an IPv4 block is asked for.
    Ipv6(String),
    /// An address without `/` and a length.
    MissingPrefix(String),
    /// What stands after the slash is not a plain number.
    NotAPrefix(String),
    /// The length is over what the family of addresses has.
    PrefixOutOfRange {
        /// The text.
        text: String,
        /// The longest prefix: 32 or 128.
        longest: u8,
    },
}

impl CidrError {
    /// What is wrong and what to write instead, in Korean and English.
    pub fn message(&self) -> (String, String) {
        match self {
            Self::Empty => (
                "CIDR 블록을 입력해 주세요. 예: 10.0.0.0/16".into(),
                "Enter a CIDR block, for example 10.0.0.0/16.".into(),
            ),
            Self::NotAnAddress(text) => (
                format!(
                    "IPv4 주소가 아니에요: ‘{text}’. 0부터 255까지의 수 네 개를 점으로 이어 주세요(앞에 0을 붙이지 않아요). 예: 10.0.0.0/16"
                ),
                format!(
                    "Not an IPv4 address: ‘{text}’. Write four numbers from 0 to 255 with dots and no leading zeros, for example 10.0.0.0/16."
                ),
            ),
            Self::NotAnIpv6Address(text) => (
                format!("IPv6 주소가 아니에요: ‘{text}’. 예: 2001:db8::/56"),
                format!("Not an IPv6 address: ‘{text}’. For example 2001:db8::/56."),
            ),
            Self::Ipv6(text) => (
                format!("IPv6 블록이에요: ‘{text}’. 여기에는 IPv4 블록을 입력해 주세요. 예: 10.0.0.0/16"),
                format!("This is an IPv6 block: ‘{text}’. An IPv4 block belongs here, for example 10.0.0.0/16."),
            ),
            Self::MissingPrefix(text) => (
                format!("프리픽스 길이가 없어요: ‘{text}’. 주소 뒤에 /와 길이를 붙여 주세요. 예: {text}/24"),
                format!("The prefix length is missing: ‘{text}’. Add a slash and a length, for example {text}/24."),
            ),
            Self::NotAPrefix(text) => (
                format!("프리픽스 길이가 수가 아니에요: ‘{text}’. / 뒤에는 수만 써 주세요. 예: /24"),
                format!("The prefix length is not a number: ‘{text}’. Only digits follow the slash, for example /24."),
            ),
            Self::PrefixOutOfRange { text, longest } => (
                format!("프리픽스 길이가 너무 커요: ‘{text}’. 0부터 {longest}까지 쓸 수 있어요."),
                format!("The prefix length is too large: ‘{text}’. It goes from 0 to {longest}."),
            ),
        }
    }
}

/// Reads a prefix length, which is plain digits without a sign or a leading zero.
pub(super) fn parse_prefix(whole: &str, digits: &str, longest: u8) -> Result<u8, CidrError> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !plain || (digits.len() > 1 && digits.starts_with('0')) {
        return Err(CidrError::NotAPrefix(excerpt(whole)));
    }
    match digits.parse() {
        Ok(prefix) if prefix <= longest => Ok(prefix),
        _ => Err(CidrError::PrefixOutOfRange { text: excerpt(whole), longest }),
    }
}

impl FromStr for Cidr {
    type Err = CidrError;

    /// Drops white space around the text and host bits in it; everything else must be exact.
    fn from_str(text: &str) -> Result<Self, CidrError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(CidrError::Empty);
        }
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let Ok(address) = address.parse::<Ipv4Addr>() else {
            let is_ipv6 = address.parse::<std::net::Ipv6Addr>().is_ok();
            return Err(if is_ipv6 { CidrError::Ipv6(excerpt(text)) } else { CidrError::NotAnAddress(excerpt(text)) });
        };
        let prefix = prefix.ok_or_else(|| CidrError::MissingPrefix(excerpt(text)))?;
        let prefix = parse_prefix(text, prefix, 32)?;
        Self::new(address, prefix).ok_or_else(|| CidrError::PrefixOutOfRange { text: excerpt(text), longest: 32 })
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `pad` keeps a width asked for by a table.
        f.pad(&self.0.to_string())
    }
}

error_from_message!(CidrError);
serde_as_text!(Cidr);

#[cfg(test)]
#[path = "cidr_tests.rs"]
mod tests;
