//! Address blocks against tables, and against sets of addresses in a space small enough to enumerate.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn cidr(text: &str) -> Cidr {
    text.parse().unwrap()
}

#[test]
fn reads_and_prints_canonical_blocks() {
    for (text, printed) in [
        ("10.0.0.0/16", "10.0.0.0/16"),
        ("10.0.0.5/24", "10.0.0.0/24"),
        ("255.255.255.255/0", "0.0.0.0/0"),
        ("203.0.113.7/32", "203.0.113.7/32"),
        ("  10.1.0.0/28\t\n", "10.1.0.0/28"),
    ] {
        assert_eq!(cidr(text).to_string(), printed, "{text}");
    }
    assert_eq!(cidr("0.0.0.0/0"), Cidr::ANY);
    assert_eq!(format!("{:<13}|", cidr("10.0.0.0/8")), "10.0.0.0/8   |");
}

#[test]
fn refuses_what_is_not_a_block() {
    use CidrError::*;
    let own = str::to_string;
    for (text, error) in [
        ("", Empty),
        (" \t", Empty),
        ("10.0.0.0/33", PrefixOutOfRange { text: own("10.0.0.0/33"), longest: 32 }),
        ("10.0.0.0/256", PrefixOutOfRange { text: own("10.0.0.0/256"), longest: 32 }),
        ("10.0.0.0/99999999999999999999", PrefixOutOfRange { text: own("10.0.0.0/99999999999999999999"), longest: 32 }),
        ("10.0.0", NotAnAddress(own("10.0.0"))),
        ("10.0.0/24", NotAnAddress(own("10.0.0/24"))),
        ("10.0.0.256/24", NotAnAddress(own("10.0.0.256/24"))),
        ("010.0.0.0/8", NotAnAddress(own("010.0.0.0/8"))),
        ("10.0.0.00/8", NotAnAddress(own("10.0.0.00/8"))),
        ("10.0. 0.0/8", NotAnAddress(own("10.0. 0.0/8"))),
        ("10.0.0.0 /8", NotAnAddress(own("10.0.0.0 /8"))),
        ("한글", NotAnAddress(own("한글"))),
        ("한글/24", NotAnAddress(own("한글/24"))),
        ("/24", NotAnAddress(own("/24"))),
        ("::/0", Ipv6(own("::/0"))),
        ("10.0.0.0", MissingPrefix(own("10.0.0.0"))),
        ("10.0.0.0/", NotAPrefix(own("10.0.0.0/"))),
        ("10.0.0.0/ 8", NotAPrefix(own("10.0.0.0/ 8"))),
        ("10.0.0.0/+8", NotAPrefix(own("10.0.0.0/+8"))),
        ("10.0.0.0/-1", NotAPrefix(own("10.0.0.0/-1"))),
        ("10.0.0.0/08", NotAPrefix(own("10.0.0.0/08"))),
        ("10.0.0.0/8/8", NotAPrefix(own("10.0.0.0/8/8"))),
        ("10.0.0.0/255.0.0.0", NotAPrefix(own("10.0.0.0/255.0.0.0"))),
        ("10.0.0.0/８", NotAPrefix(own("10.0.0.0/８"))),
    ] {
        assert_eq!(text.parse::<Cidr>(), Err(error.clone()), "{text}");
        let (ko, en) = error.message();
        assert!(ko.contains("요") && en.ends_with('.'), "{ko} / {en}");
        assert!(error == Empty || (ko.contains(text) && en.contains(text)), "{ko} / {en}");
    }
    let long = "가".repeat(5000).parse::<Cidr>().unwrap_err();
    assert!(long.message().0.chars().count() < 200, "a pasted page is shortened");
}

#[test]
fn is_saved_as_text() {
    assert_eq!(serde_json::to_string(&cidr("10.0.0.5/24")).unwrap(), "\"10.0.0.0/24\"");
    assert_eq!(serde_json::from_str::<Cidr>("\"10.0.0.5/24\"").unwrap(), cidr("10.0.0.0/24"));
    let refusal = serde_json::from_str::<Cidr>("\"10.0.0.0/33\"").unwrap_err().to_string();
    assert!(refusal.contains("too large"), "{refusal}");
    assert!(serde_json::from_str::<Cidr>("24").is_err());
}

#[test]
fn counts_and_names_the_addresses_of_a_subnet() {
    let subnet = cidr("10.0.1.0/24");
    let address = |text: &str| text.parse::<Ipv4Addr>().unwrap();
    assert_eq!((subnet.size(), subnet.usable()), (256, 251));
    assert_eq!(
        subnet.reserved().unwrap(),
        [
            (address("10.0.1.0"), Reserved::Network),
            (address("10.0.1.1"), Reserved::Router),
            (address("10.0.1.2"), Reserved::Dns),
            (address("10.0.1.3"), Reserved::Future),
            (address("10.0.1.255"), Reserved::Broadcast),
        ]
    );
    assert_eq!(subnet.usable_range(), Some((address("10.0.1.4"), address("10.0.1.254"))));
    assert_eq!((subnet.netmask(), subnet.nth(255)), (address("255.255.255.0"), Some(address("10.0.1.255"))));
    assert_eq!(
        (subnet.nth(256), subnet.nth(u32::MAX), Cidr::ANY.nth(u32::MAX)),
        (None, None, Some(Ipv4Addr::BROADCAST))
    );
    for (text, usable, range) in [
        ("10.0.0.0/28", 11, Some((4, 14))),
        ("10.0.0.0/29", 3, Some((4, 6))),
        ("10.0.0.0/30", 0, None),
        ("10.0.0.0/32", 0, None),
    ] {
        let block = cidr(text);
        assert_eq!(block.usable(), usable, "{text}");
        assert_eq!(block.reserved().is_some(), range.is_some(), "{text}");
        let range = range.map(|(first, last)| (block.nth(first).unwrap(), block.nth(last).unwrap()));
        assert_eq!(block.usable_range(), range, "{text}");
    }
    assert_eq!(Cidr::ANY.size(), 1 << 32);
}

#[test]
fn knows_private_families() {
    for (text, family) in [
        ("10.0.0.0/8", Some(PrivateFamily::Ten)),
        ("10.255.255.240/28", Some(PrivateFamily::Ten)),
        ("8.0.0.0/5", None),
        ("172.16.0.0/12", Some(PrivateFamily::OneSevenTwo)),
        ("172.31.0.0/16", Some(PrivateFamily::OneSevenTwo)),
        ("172.32.0.0/16", None),
        ("192.168.0.0/16", Some(PrivateFamily::OneNineTwo)),
        ("192.169.0.0/16", None),
        ("100.64.0.0/16", None),
        ("0.0.0.0/0", None),
    ] {
        assert_eq!(cidr(text).private_family(), family, "{text}");
        assert_eq!(cidr(text).is_private(), family.is_some(), "{text}");
    }
}

#[test]
fn divides_a_block() {
    let parts: Vec<String> = cidr("10.0.0.0/22").subnets(24).map(|part| part.to_string()).collect();
    assert_eq!(parts, ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]);
    assert_eq!(cidr("10.0.0.0/24").subnets(24).count(), 1);
    assert_eq!(cidr("10.0.0.0/24").subnets(23).count(), 0);
    assert_eq!(cidr("10.0.0.0/24").subnets(33).count(), 0);
    assert_eq!(Cidr::ANY.subnets(32).nth(70_000), Some(cidr("0.1.17.112/32")));
    assert_eq!(cidr("255.255.255.0/24").subnets(25).last(), Some(cidr("255.255.255.128/25")));
}

#[test]
fn the_next_block_comes_after_the_highest_of_its_size() {
    let vpc = [cidr("10.0.0.0/16")];
    for (taken, prefix_len, want) in [
        (&[][..], 24, "10.0.0.0/24"),
        (&["10.0.0.0/24", "10.0.2.0/24"], 24, "10.0.3.0/24"),
        (&["10.0.0.0/24", "10.0.1.0/25"], 24, "10.0.2.0/24"),
        (&["10.0.0.0/24", "10.0.1.0/25"], 25, "10.0.1.128/25"),
        (&["10.0.0.0/24"], 26, "10.0.1.0/26"),
        (&["10.0.0.0/24", "10.0.255.0/24"], 24, "10.0.1.0/24"),
        (&["192.168.9.0/24", "10.0.4.0/24"], 24, "10.0.5.0/24"),
    ] {
        let taken: Vec<Cidr> = taken.iter().map(|text| cidr(text)).collect();
        assert_eq!(next_after(&vpc, &taken, prefix_len), Some(cidr(want)), "{taken:?} /{prefix_len}");
    }
    let full: Vec<Cidr> = cidr("10.0.0.0/16").subnets(24).collect();
    assert_eq!(next_after(&vpc, &full, 24), None);
    assert_eq!(next_after(&[cidr("10.0.0.0/16"), cidr("10.9.0.0/16")], &full, 24), Some(cidr("10.9.0.0/24")));
}

#[test]
fn finds_the_next_free_block_at_the_edges() {
    let ends = cidr("255.255.255.0/24");
    assert_eq!(next_free(&[ends], &[cidr("255.255.255.0/25")], 25), Some(cidr("255.255.255.128/25")));
    assert_eq!(next_free(&[ends], &[cidr("255.255.255.128/25")], 24), None);
    assert_eq!(next_free(&[ends], &[Cidr::ANY], 32), None);
    assert_eq!(next_free(&[], &[], 24), None);
    assert_eq!(next_free(&[Cidr::ANY], &[], 33), None);
    assert_eq!(next_free(&[Cidr::ANY], &[], 0), Some(Cidr::ANY));
    assert_eq!(next_free(&[cidr("10.0.0.0/24")], &[], 16), None);
    // A secondary block of the VPC is used when the first is full; the order given does not matter.
    let vpc = [cidr("10.1.0.0/16"), cidr("10.0.0.0/16")];
    assert_eq!(next_free(&vpc, &[cidr("10.0.0.0/16")], 24), Some(cidr("10.1.0.0/24")));
    // A full /16 of /28s but one.
    let taken: Vec<Cidr> = cidr("10.0.0.0/16").subnets(28).filter(|part| *part != cidr("10.0.77.16/28")).collect();
    assert_eq!(next_free(&[cidr("10.0.0.0/16")], &taken, 28), Some(cidr("10.0.77.16/28")));
}

/// The 31 blocks inside one /28.
fn small_space() -> Vec<Cidr> {
    let space = cidr("10.0.0.16/28");
    (28..=32).flat_map(|prefix| space.subnets(prefix).collect::<Vec<_>>()).collect()
}

fn addresses(block: &Cidr) -> BTreeSet<u32> {
    let (first, last) = block.bounds();
    (first..=last).collect()
}

#[test]
fn agrees_with_sets_of_addresses_on_all_pairs() {
    let space = small_space();
    assert_eq!(space.len(), 31);
    for a in &space {
        assert_eq!(a.size(), addresses(a).len() as u64);
        for b in &space {
            let (left, right) = (addresses(a), addresses(b));
            assert_eq!(a.contains(b), right.is_subset(&left), "{a} contains {b}");
            assert_eq!(a.overlaps(b), !left.is_disjoint(&right), "{a} overlaps {b}");
            assert_eq!(a.contains_addr(b.first()), left.contains(&b.bounds().0), "{a} contains {}", b.first());
        }
    }
}

#[test]
fn finds_the_next_free_block_as_enumeration_does() {
    let space = small_space();
    // Every way to take two blocks, in every space, for every length.
    for within in &space {
        for a in &space {
            for b in &space {
                for prefix in 28..=32 {
                    let expected = within.subnets(prefix).find(|part| !part.overlaps(a) && !part.overlaps(b));
                    assert_eq!(next_free(&[*within], &[*a, *b], prefix), expected, "{within} {a} {b} /{prefix}");
                }
            }
        }
    }
}

fn any_cidr() -> impl Strategy<Value = Cidr> {
    (any::<u32>(), 0u8..=32).prop_map(|(bits, prefix)| Cidr::new(Ipv4Addr::from_bits(bits), prefix).unwrap())
}

fn some_of_the_small_space() -> impl Strategy<Value = Vec<Cidr>> {
    proptest::collection::vec(proptest::sample::select(small_space()), 0..12)
}

proptest! {
    #[test]
    fn prints_what_it_reads(block in any_cidr()) {
        prop_assert_eq!(block.to_string().parse::<Cidr>(), Ok(block));
        prop_assert_eq!(u64::from(block.bounds().1 - block.bounds().0) + 1, block.size());
    }

    #[test]
    fn never_panics_on_text(text in "[0-9./:한 +-]{0,24}|.{0,40}") {
        if let Ok(block) = text.parse::<Cidr>() {
            prop_assert!(text.contains('/'));
            prop_assert!(block.prefix_len() <= 32);
        }
    }

    #[test]
    fn overlapping_pairs_are_those_of_the_double_loop(blocks in some_of_the_small_space()) {
        let mut expected = Vec::new();
        for (i, a) in blocks.iter().enumerate() {
            for (j, b) in blocks.iter().enumerate().skip(i + 1) {
                if a.overlaps(b) {
                    expected.push((i, j));
                }
            }
        }
        prop_assert_eq!(overlaps_among(&blocks), expected);
    }

    #[test]
    fn the_next_free_block_is_the_lowest(within in some_of_the_small_space(), taken in some_of_the_small_space(), prefix in 28u8..=32) {
        let expected = within
            .iter()
            .flat_map(|space| space.subnets(prefix).collect::<Vec<_>>())
            .filter(|part| taken.iter().all(|block| !block.overlaps(part)))
            .min();
        prop_assert_eq!(next_free(&within, &taken, prefix), expected);
    }

    #[test]
    fn what_is_free_anywhere_is_free(within in any_cidr(), taken in proptest::collection::vec(any_cidr(), 0..8), prefix in 0u8..=33) {
        if let Some(free) = next_free(&[within], &taken, prefix) {
            prop_assert!(within.contains(&free) && free.prefix_len() == prefix);
            prop_assert!(taken.iter().all(|block| !block.overlaps(&free)));
        }
    }
}
