//! What a form proposes for an address block: the next free one, and blocks that the design already speaks of.

use std::net::Ipv4Addr;

use super::mend;
use crate::catalog::kinds::{Laptop, Subnet, Vpc};
use crate::catalog::{Kind, Suggestion};
use crate::design::Design;
use crate::facts::Context;
use crate::id::NodeId;
use crate::message;
use crate::net::{Cidr, next_free};
use crate::text::t;

/// The next free block for a VPC or a subnet, of the size it has now; `None` where there is none, and for other kinds.
///
/// A subnet's is free in its VPC; a VPC's is the first 10.n.0.0/16 that overlaps no other VPC.
pub fn next_block(context: &Context, id: NodeId) -> Option<Cidr> {
    let design = context.design;
    match design.node(id)?.kind() {
        Kind::Subnet => {
            let (vpc, _) = context.vpc_of(id)?;
            mend::free_block(context, vpc, None, design.get::<Subnet>(id)?.cidr.prefix_len())
        }
        Kind::Vpc => {
            let taken: Vec<Cidr> = context.all::<Vpc>().flat_map(|(_, _, vpc)| vpc.cidrs()).collect();
            next_free(&[Cidr::new(Ipv4Addr::new(10, 0, 0, 0), 8)?], &taken, 16)
        }
        _ => None,
    }
}

/// Blocks worth proposing where a rule or a route names addresses: everywhere, the VPC around, its subnets, the laptops outside.
pub fn known_blocks(design: &Design, id: NodeId) -> Vec<Suggestion> {
    let mut proposals = vec![
        Suggestion { value: "0.0.0.0/0".to_owned(), label: t("모든 IPv4 주소", "Every IPv4 address").into() },
        Suggestion { value: "::/0".to_owned(), label: t("모든 IPv6 주소", "Every IPv6 address").into() },
    ];
    let vpc = design.ancestor(id, Kind::Vpc);
    let mut push = |value: String, name: &str, kind: Kind| {
        let label = kind.spec().label;
        let (ko, en) = (label.ko, label.en);
        proposals.push(Suggestion { value, label: message!("{ko} {name}", "{en} {name}") });
    };
    if let Some((node, body)) = vpc.and_then(|vpc| Some((design.node(vpc)?, design.get::<Vpc>(vpc)?))) {
        body.cidrs().for_each(|block| push(block.to_string(), &node.name, Kind::Vpc));
    }
    for (subnet, node, body) in design.all::<Subnet>() {
        if vpc.is_some_and(|vpc| design.is_inside(subnet, vpc)) {
            push(body.cidr.to_string(), &node.name, Kind::Subnet);
        }
    }
    for (_, node, laptop) in design.all::<Laptop>() {
        push(laptop.address.to_string(), &node.name, Kind::Laptop);
    }
    proposals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::two_zones;

    #[test]
    fn a_subnet_is_offered_what_no_other_has() {
        let mut sketch = two_zones();
        let id = sketch.id("public-a");
        let block = next_block(&Context::new(sketch.design()), id).unwrap();
        assert_eq!(block.prefix_len(), 24);
        for (_, _, subnet) in sketch.design().all::<Subnet>() {
            assert!(!subnet.cidr.overlaps(&block), "{} {block}", subnet.cidr);
        }
        sketch.set("public-a", "cidr", "10.0.0.0/16");
        assert_eq!(next_block(&Context::new(sketch.design()), id), None, "nothing is free beside the whole VPC");
    }

    #[test]
    fn a_vpc_is_offered_the_next_of_ten() {
        let mut sketch = two_zones();
        let twin = sketch.add("region", "twin", Vpc::default());
        assert_eq!(next_block(&Context::new(sketch.design()), twin), "10.1.0.0/16".parse().ok());
        assert_eq!(next_block(&Context::new(sketch.design()), sketch.id("region")), None);
    }

    #[test]
    fn known_blocks_begin_with_everywhere_and_name_the_subnets() {
        let sketch = two_zones();
        let known = known_blocks(sketch.design(), sketch.id("public-a"));
        assert_eq!(known[0].value, "0.0.0.0/0");
        assert!(known.iter().any(|one| one.label.en == "Subnet private-c"));
    }
}
