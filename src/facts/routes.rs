//! Which route a packet takes: the order in which a table's routes are asked, and which of them leads to the internet. The tracer's lowered tables
//! are in this order too, so that a subnet is public for both or for neither.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::catalog::kinds::Route;
use crate::id::NodeId;
use crate::net::Cidr;

/// An address of the internet that stands for everybody's.
pub const SOMEBODY: Ipv4Addr = Ipv4Addr::new(8, 8, 8, 8);

/// By what packets leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The local route: they stay in the VPC.
    Local,
    /// A row of the table.
    Row(usize),
    /// A gateway endpoint that the table has been given.
    Endpoint(NodeId),
}

/// One block of addresses and by what packets to it leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Where packets go.
    pub destination: Cidr,
    /// By what.
    pub way: Way,
    /// Whether it comes from a prefix list: of equal destinations a block of the table itself wins.
    pub listed: bool,
}

/// What a table's routes are made of beside its rows.
pub struct Around<'a> {
    /// The blocks of the VPC.
    pub locals: &'a [Cidr],
    /// The blocks of each prefix list.
    pub lists: &'a BTreeMap<NodeId, Vec<Cidr>>,
    /// The gateway endpoints that the table has been given, with their blocks.
    pub endpoints: Vec<(NodeId, &'a [Cidr])>,
    /// Whether the table decides for packets that enter by the internet gateway; such a table may lead the whole VPC elsewhere.
    pub is_of_gateway: bool,
}

/// The routes of a table in the order in which a packet asks them: the longest prefix first; of equal ones the local route, then the first row,
/// and prefix lists last (<https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html>).
pub fn in_order(rows: &[Route], around: &Around<'_>) -> Vec<Leg> {
    let local = |destination: &Cidr| Leg { destination: *destination, way: Way::Local, listed: false };
    let mut legs: Vec<Leg> = around.locals.iter().map(local).collect();
    for (row, route) in rows.iter().enumerate() {
        let of = |listed: bool| move |destination: Cidr| Leg { destination, way: Way::Row(row), listed };
        match route.prefix_list {
            Some(list) => legs.extend(around.lists.get(&list).into_iter().flatten().copied().map(of(true))),
            None => legs.extend(route.destination.v4().map(of(false))),
        }
    }
    for (id, blocks) in &around.endpoints {
        legs.extend(blocks.iter().map(|block| Leg { destination: *block, way: Way::Endpoint(*id), listed: true }));
    }
    if around.is_of_gateway {
        let taken: Vec<Cidr> = legs.iter().filter(|leg| leg.way != Way::Local).map(|leg| leg.destination).collect();
        legs.retain(|leg| leg.way != Way::Local || !taken.contains(&leg.destination));
    }
    // A stable sort keeps what stands in front there.
    legs.sort_by_key(|leg| (Reverse(leg.destination.prefix_len()), leg.listed));
    legs
}

/// The row by which most of the internet is reached: of the addresses outside the VPC, its target gets the largest share. Two halves of the
/// internet that lead to one target count as one, and a longer prefix for a single network elsewhere changes nothing.
pub fn row_outwards(rows: &[Route], around: &Around<'_>) -> Option<usize> {
    let legs = in_order(rows, around);
    let mut begins: Vec<u64> = legs.iter().flat_map(|leg| edges(leg.destination)).collect();
    begins.sort_unstable();
    begins.dedup();
    // By target, drawn or not: the first row that leads there, and how many addresses take such a row.
    let mut shares: Vec<(usize, u64)> = Vec::new();
    for pair in begins.windows(2) {
        let [begin, end] = pair else { continue };
        let Ok(address) = u32::try_from(*begin).map(Ipv4Addr::from_bits) else { continue };
        let Some(Leg { way: Way::Row(row), .. }) = legs.iter().find(|leg| leg.destination.contains_addr(address))
        else {
            continue;
        };
        let leads = |row: usize| rows.get(row).map(|route| (route.target, route.beyond()));
        match shares.iter_mut().find(|(first, _)| leads(*first) == leads(*row)) {
            Some((first, share)) => (*first, *share) = ((*first).min(*row), *share + (end - begin)),
            None => shares.push((*row, end - begin)),
        }
    }
    let most = shares.iter().map(|(_, share)| *share).max().filter(|most| *most >= LEAST)?;
    shares.into_iter().filter(|(_, share)| *share == most).map(|(row, _)| row).min()
}

/// The addresses of a single network are not the internet: fewer than these, a quarter of all, are no way out.
const LEAST: u64 = 1 << 30;

/// Where a block begins, and what comes after it.
fn edges(block: Cidr) -> [u64; 2] {
    let (first, last) = block.bounds();
    [u64::from(first), u64::from(last) + 1]
}
