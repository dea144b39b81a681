//! What a form proposes for an address block: the next free one, and blocks that the design already speaks of.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::mend;
use crate::catalog::kinds::{GroupRule, Laptop, LoadBalancer, SecurityGroup, Subnet, Vpc};
use crate::catalog::{FieldValue, Kind, Suggestion, Value};
use crate::design::Design;
use crate::facts::Context;
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::net::{AnyCidr, Cidr, next_free};
use crate::text::{Message, t};

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

/// Rows that people often want in a table of a resource and that are not in it yet: each with what it is called.
pub fn ready_rows(design: &Design, id: NodeId, field: &str) -> Vec<(Message, Value)> {
    let inbound = (field == id_of!(SecurityGroup.inbound)).then(|| design.get::<SecurityGroup>(id)).flatten();
    let Some(group) = inbound else { return Vec::new() };
    let open = group_rules(design, id).into_iter().filter(|(_, rule)| !admits(&group.inbound, rule));
    open.map(|(label, rule)| (label, rule.to_value())).collect()
}

/// Whether rules hold one that says the same, whatever its description.
fn admits(rules: &[GroupRule], wanted: &GroupRule) -> bool {
    let plain = |rule: &GroupRule| GroupRule { description: String::new(), ..rule.clone() };
    rules.iter().any(|rule| plain(rule) == plain(wanted))
}

/// What security groups mostly admit: as the console's list, with the sources that the design knows.
fn group_rules(design: &Design, id: NodeId) -> Vec<(Message, GroupRule)> {
    let mut rules = Vec::new();
    for (_, node, laptop) in design.all::<Laptop>() {
        let name = &node.name;
        rules.push((
            message!("SSH(22) · {name}의 주소에서", "SSH (22) from the address of {name}"),
            GroupRule { description: "SSH from my address".to_owned(), ..GroupRule::tcp(22, laptop.address.into()) },
        ));
    }
    for (name, port) in [("HTTP", 80), ("HTTPS", 443)] {
        rules.push((
            message!("{name}({port}) · 모든 곳에서", "{name} ({port}) from anywhere"),
            GroupRule { description: format!("{name} from anywhere"), ..GroupRule::tcp(port, AnyCidr::default()) },
        ));
    }
    let vpc = design.ancestor(id, Kind::Vpc);
    let fronts =
        design.all::<LoadBalancer>().filter(|(balancer, ..)| vpc.is_some_and(|vpc| design.is_inside(*balancer, vpc)));
    let groups: BTreeSet<NodeId> = fronts.flat_map(|(.., balancer)| balancer.security_groups.iter().copied()).collect();
    for front in groups.into_iter().filter(|front| *front != id) {
        let name = design.node(front).map_or("", |node| node.name.as_str());
        rules.push((
            message!("HTTP(80) · 로드 밸런서의 그룹 {name}에서", "HTTP (80) from the balancer's group {name}"),
            GroupRule { description: "HTTP from the load balancer".to_owned(), ..GroupRule::tcp_from(80, front) },
        ));
    }
    if let Some(body) = vpc.and_then(|vpc| design.get::<Vpc>(vpc)) {
        let cidr = body.cidr;
        for (name, port) in [("MySQL", 3306), ("PostgreSQL", 5432)] {
            rules.push((
                message!("{name}({port}) · VPC {cidr}에서", "{name} ({port}) from the VPC {cidr}"),
                GroupRule { description: format!("{name} from the VPC"), ..GroupRule::tcp(port, cidr.into()) },
            ));
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ready_rules_name_what_the_design_knows_and_go_once_they_are_there() {
        let mut n = two_zones();
        let group = n.add("vpc", "web-sg", SecurityGroup::default());
        let front = n.add("vpc", "alb-sg", SecurityGroup::default());
        n.add("", "laptop", Laptop::default());
        n.add("vpc", "alb", LoadBalancer { security_groups: vec![front], ..LoadBalancer::default() });
        let labels = |n: &crate::rules::testing::Named| {
            let rows = ready_rows(n.design(), group, id_of!(SecurityGroup.inbound));
            rows.into_iter().map(|(label, _)| label.en).collect::<Vec<_>>()
        };
        assert_eq!(
            labels(&n),
            [
                "SSH (22) from the address of laptop",
                "HTTP (80) from anywhere",
                "HTTPS (443) from anywhere",
                "HTTP (80) from the balancer's group alb-sg",
                "MySQL (3306) from the VPC 10.0.0.0/16",
                "PostgreSQL (5432) from the VPC 10.0.0.0/16",
            ]
        );
        let rows = ready_rows(n.design(), group, id_of!(SecurityGroup.inbound));
        for (label, row) in &rows {
            n.set("web-sg", "inbound", Value::List(vec![row.clone()]));
            assert!(!labels(&n).contains(&label.en), "{label} is offered again");
        }
        assert!(ready_rows(n.design(), group, id_of!(SecurityGroup.outbound)).is_empty());
    }
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
