//! The address plan: every IPv4 block of every VPC and subnet, and how much of it is left.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use serde::{Serialize, Serializer};

use crate::catalog::kinds::{Subnet, Vpc};
use crate::derived::Derived;
use crate::id::NodeId;
use crate::id_of;
use crate::net::Cidr;
use crate::reach::Tier;
use crate::text::csv::line;

/// A block of a VPC, or a subnet. What only a deployment knows is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The name of the VPC.
    pub vpc: String,
    /// The name of the subnet; nothing for a block of the VPC.
    pub subnet: Option<String>,
    /// The zone, with the region where it is drawn: `ap-northeast-2a`.
    pub zone: Option<String>,
    /// How it gets out.
    #[serde(serialize_with = "id_of_tier")]
    pub tier: Option<Tier>,
    /// The block.
    pub block: Option<String>,
    /// The first address that resources can get; of a VPC the first of all.
    pub first: Option<Ipv4Addr>,
    /// The last one.
    pub last: Option<Ipv4Addr>,
    /// How many there are: without the five that AWS keeps in a subnet, all in a VPC.
    pub usable: Option<u64>,
    /// How many of them what is drawn takes: interfaces in a subnet, subnets in a VPC.
    pub in_use: Option<u64>,
    /// What is left.
    pub free: Option<u64>,
}

fn id_of_tier<S: Serializer>(tier: &Option<Tier>, serializer: S) -> Result<S::Ok, S::Error> {
    tier.map(Tier::id).serialize(serializer)
}

/// A subnet of a VPC; its block, unless only a deployment knows it.
struct Placed<'a> {
    id: NodeId,
    name: &'a str,
    block: Option<Cidr>,
}

/// The plan: VPC by VPC, a block with the subnets in it by address; then the subnets that are in no block, or nobody knows in which.
pub fn rows(derived: &Derived) -> Vec<Row> {
    let (design, context, net) = (derived.design(), derived.context(), derived.network());
    let mut interfaces: BTreeMap<NodeId, u64> = BTreeMap::new();
    for interface in &net.interfaces {
        if let Some(subnet) = net.subnets.get(interface.subnet) {
            *interfaces.entry(subnet.node).or_default() += 1;
        }
    }
    let mut rows = Vec::new();
    for (vpc, node, body) in design.all::<Vpc>() {
        let mut subnets: Vec<Placed<'_>> = context
            .within::<Subnet>(vpc)
            .map(|(id, node, subnet)| Placed {
                id,
                name: node.name.as_str(),
                block: (!design.is_open(id, id_of!(Subnet.cidr))).then_some(subnet.cidr),
            })
            .collect();
        subnets.sort_by_key(|one| (one.block.map(|block| block.bounds()), one.id));
        let all_known = subnets.iter().all(|one| one.block.is_some());
        let blocks = std::iter::once((body.cidr, id_of!(Vpc.cidr)))
            .chain(body.secondary_cidrs.iter().map(|block| (*block, id_of!(Vpc.secondary_cidrs))));
        for (block, field) in blocks {
            let known = (!design.is_open(vpc, field)).then_some(block);
            let is_inside = |one: &Placed<'_>| known.zip(one.block).is_some_and(|(all, own)| all.contains(&own));
            let (inside, rest): (Vec<_>, Vec<_>) = subnets.into_iter().partition(is_inside);
            subnets = rest;
            let taken: u64 = inside.iter().filter_map(|one| one.block).map(|block| block.size()).sum();
            let in_use = known.filter(|_| all_known).map(|_| taken);
            rows.push(Row {
                vpc: node.name.clone(),
                subnet: None,
                zone: None,
                tier: None,
                block: known.map(|block| block.to_string()),
                first: known.map(|block| block.first()),
                last: known.map(|block| block.last()),
                usable: known.map(|block| block.size()),
                in_use,
                free: known.zip(in_use).map(|(block, used)| block.size().saturating_sub(used)),
            });
            rows.extend(inside.iter().map(|one| of_subnet(derived, &node.name, one, &interfaces)));
        }
        rows.extend(subnets.iter().map(|one| of_subnet(derived, &node.name, one, &interfaces)));
    }
    rows
}

fn of_subnet(derived: &Derived, vpc: &str, one: &Placed<'_>, interfaces: &BTreeMap<NodeId, u64>) -> Row {
    let context = derived.context();
    let range = one.block.and_then(|block| block.usable_range());
    let usable = one.block.map(|block| block.usable());
    let in_use = interfaces.get(&one.id).copied().unwrap_or_default();
    let region = context.region_of(one.id).unwrap_or_default();
    Row {
        vpc: vpc.to_owned(),
        subnet: Some(one.name.to_owned()),
        zone: context.zone_of(one.id).map(|letter| format!("{region}{letter}")),
        tier: derived.exposures().subnets.get(&one.id).map(|of| of.tier),
        block: one.block.map(|block| block.to_string()),
        first: range.map(|(first, _)| first),
        last: range.map(|(_, last)| last),
        usable,
        in_use: Some(in_use),
        free: usable.map(|usable| usable.saturating_sub(in_use)),
    }
}

/// The plan for a spreadsheet. A cell that nobody knows is empty.
pub fn csv(rows: &[Row]) -> String {
    let mut text = line(["vpc", "subnet", "zone", "tier", "block", "first", "last", "usable", "in_use", "free"]);
    let said = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let address = |value: Option<Ipv4Addr>| value.map(|value| value.to_string()).unwrap_or_default();
    for row in rows {
        text += &line([
            row.vpc.clone(),
            row.subnet.clone().unwrap_or_default(),
            row.zone.clone().unwrap_or_default(),
            row.tier.map(Tier::id).unwrap_or_default().to_owned(),
            row.block.clone().unwrap_or_default(),
            address(row.first),
            address(row.last),
            said(row.usable),
            said(row.in_use),
            said(row.free),
        ]);
    }
    text
}
