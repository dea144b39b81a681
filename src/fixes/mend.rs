//! Fixes that several rules share.
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::rows::{appended, replaced};
use crate::catalog::data::limits::SUBNET_PREFIX;
use crate::catalog::data::regions;
use crate::catalog::kinds::{NatGateway, Route, RouteTable, Subnet, Vpc, Zone};
use crate::catalog::{Body, FieldValue, Shape};
use crate::design::{Edit, Fix, Node};
use crate::facts::Context;
use crate::id::NodeId;
use crate::net::{AnyCidr, Cidr, next_free};
use crate::text::Message;
use crate::{id_of, message};

/// The first letter of a lane's region that no other lane of its VPC has; a to f where the region is not known.
pub fn free_zone_letter(context: &Context, lane: NodeId) -> Option<String> {
    let (vpc, _) = context.vpc_of(lane)?;
    let others = context.within::<Zone>(vpc).filter(|(id, ..)| *id != lane);
    let taken: Vec<&str> = others.map(|(_, _, zone)| zone.letter.as_str()).collect();
    let region = context.region_of(lane).and_then(regions::region);
    let letters = region.map_or("abcdef", |region| region.zone_letters);
    letters.chars().map(String::from).find(|letter| !taken.contains(&letter.as_str()))
}

/// Moves a node into a frame, to a free spot, and makes room.
pub fn move_into(context: &Context, id: NodeId, frame: NodeId) -> Vec<Edit> {
    let Some(node) = context.design.node(id) else { return Vec::new() };
    let rect = context.design.free_spot(Some(frame), node.rect.w, node.rect.h);
    let mut edits = vec![Edit::Place { id, parent: Some(frame), rect }];
    edits.extend(context.design.growth_around(Some(frame), rect));
    edits
}

/// Adds a tile to a frame at a free spot, and makes room.
pub fn add_tile(context: &Context, name: &str, frame: NodeId, body: impl Into<Body>) -> Vec<Edit> {
    let id = context.design.next_id();
    let (w, h) = Shape::Tile.size();
    let rect = context.design.free_spot(Some(frame), w, h);
    let name = context.design.fresh_name(name);
    let mut edits =
        vec![Edit::add(id, Node { name, parent: Some(frame), rect, body: body.into(), origin: String::new() })];
    edits.extend(context.design.growth_around(Some(frame), rect));
    edits
}

/// The next free block for a subnet of a VPC, as near to a prefix length as AWS and the VPC allow. What `instead_of` has counts as free.
pub fn free_block(context: &Context, vpc: NodeId, instead_of: Option<NodeId>, prefix_len: u8) -> Option<Cidr> {
    let blocks: Vec<Cidr> = context.design.get::<Vpc>(vpc)?.cidrs().collect();
    let widest = blocks.iter().map(Cidr::prefix_len).min()?.clamp(*SUBNET_PREFIX.start(), *SUBNET_PREFIX.end());
    let others = context.within::<Subnet>(vpc).filter(|(id, ..)| Some(*id) != instead_of);
    let taken: Vec<Cidr> = others.map(|(_, _, subnet)| subnet.cidr).collect();
    next_free(&blocks, &taken, prefix_len.clamp(widest, *SUBNET_PREFIX.end()))
}

/// The addresses that something in a subnet has asked for.
fn asked(context: &Context, subnet: NodeId) -> impl Iterator<Item = Ipv4Addr> {
    context.design.children(Some(subnet)).filter_map(|id| match &context.design.node(id)?.body {
        Body::Instance(instance) => instance.private_ip,
        Body::NetworkInterface(interface) => interface.private_ip,
        Body::NatGateway(gateway) => gateway.private_ip,
        _ => None,
    })
}

/// Gives a subnet a free block with room for so many addresses. Not where something in it has asked for an address of the block it has.
pub fn widened(context: &Context, subnet: NodeId, addresses: u64) -> Option<(Message, Edit)> {
    let (vpc, _) = context.vpc_of(subnet)?;
    if asked(context, subnet).next().is_some() {
        return None;
    }
    let fits = |block: &Cidr| block.usable() >= addresses;
    // The smallest that fits.
    let length =
        SUBNET_PREFIX.rev().find(|length| Cidr::new(Ipv4Addr::UNSPECIFIED, *length).as_ref().is_some_and(fits))?;
    let block = free_block(context, vpc, Some(subnet), length).filter(fits)?;
    let name = context.name(subnet);
    let title = message!("{name}의 블록을 {block}(으)로 넓히기", "Widen the block of {name} to {block}");
    Some((title, Edit::set(subnet, id_of!(Subnet.cidr), block.to_value())))
}

/// The field that holds a VPC's block of this index among [`Vpc::cidrs`].
pub const fn block_field(index: usize) -> &'static str {
    if index == 0 { id_of!(Vpc.cidr) } else { id_of!(Vpc.secondary_cidrs) }
}

/// Writes a VPC's block of this index among [`Vpc::cidrs`].
pub fn set_block(id: NodeId, vpc: &Vpc, index: usize, block: Cidr) -> Edit {
    match index.checked_sub(1) {
        None => Edit::set(id, id_of!(Subnet.cidr), block.to_value()),
        Some(at) => Edit::set(id, id_of!(Vpc.secondary_cidrs), replaced(&vpc.secondary_cidrs, at, &block)),
    }
}

/// Gives an instance the first address of its subnet that no other has asked for.
pub fn other_address(context: &Context, instance: NodeId, subnet: NodeId) -> Option<Fix> {
    let taken: BTreeSet<Ipv4Addr> = asked(context, subnet).collect();
    let (first, last) = context.design.get::<Subnet>(subnet)?.cidr.usable_range()?;
    let mut every = (first.to_bits()..=last.to_bits()).map(Ipv4Addr::from_bits);
    let free = every.find(|address| !taken.contains(address))?;
    Some(Fix {
        title: message!("프라이빗 IP를 {free}(으)로 바꾸기", "Change the private address to {free}"),
        edits: vec![Edit::set(instance, id_of!(NatGateway.private_ip), free.to_string().as_str())],
    })
}

/// Leads a subnet's default route to the VPC's internet gateway: by the table that already does, else by a route in its own table, else by a
/// new table.
pub fn make_public(context: &Context, subnet: NodeId) -> Option<(Message, Vec<Edit>)> {
    let (vpc, _) = context.vpc_of(subnet)?;
    let gateway = context.internet_gateway_of(vpc)?;
    lead(context, subnet, vpc, gateway)
}

/// Leads a subnet's default route to a NAT gateway of its VPC, in its own zone if there is one. The gateway's own subnet cannot use it.
pub fn make_private(context: &Context, subnet: NodeId) -> Option<(Message, Vec<Edit>)> {
    let (vpc, _) = context.vpc_of(subnet)?;
    let zone = context.zone_of(subnet);
    let usable = |(id, ..): &(NodeId, &Node, &NatGateway)| {
        context.subnet_of(*id).is_some_and(|(at, _)| at != subnet && context.is_public(at))
    };
    let nats = context.within::<NatGateway>(vpc).filter(usable);
    let (nat, ..) = nats.min_by_key(|(id, ..)| (context.zone_of(*id) != zone, *id))?;
    lead(context, subnet, vpc, nat)
}

fn lead(context: &Context, subnet: NodeId, vpc: NodeId, target: NodeId) -> Option<(Message, Vec<Edit>)> {
    let target_name = context.name(target);
    let any = AnyCidr::from(Cidr::ANY);
    let route = Route { destination: any, target: Some(target), ..Route::default() };
    // Of two routes for one destination the first counts.
    let leads = |table: &RouteTable| table.routes.iter().find(|other| other.is_default()) == Some(&route);
    let ready = context.within::<RouteTable>(vpc).find(|(_, _, table)| leads(table));
    if let Some((table, node, _)) = ready {
        let table_name = &node.name;
        return Some((
            message!("라우팅 테이블 {table_name} 연결하기", "Associate route table {table_name}"),
            vec![Edit::set(subnet, id_of!(Subnet.route_table), table)],
        ));
    }
    // A table shared with others is left alone: what suits this subnet may open or cut theirs.
    if let Some((table, body)) = context.route_table_of(subnet)
        && context.followers_of(table) == [subnet]
    {
        let at = body.routes.iter().position(|route| route.is_default());
        let routes = at.map_or_else(|| appended(&body.routes, &route), |at| replaced(&body.routes, at, &route));
        return Some((
            message!("0.0.0.0/0 라우팅을 {target_name}(으)로 보내기", "Route 0.0.0.0/0 to {target_name}"),
            vec![Edit::set(table, id_of!(RouteTable.routes), routes)],
        ));
    }
    let fresh = context.design.next_id();
    let name = format!("{}-rt", context.name(subnet));
    let mut edits = add_tile(context, &name, vpc, RouteTable { routes: vec![route], ..RouteTable::default() });
    edits.push(Edit::set(subnet, id_of!(Subnet.route_table), fresh));
    Some((
        message!(
            "{target_name}(으)로 가는 라우팅 테이블을 만들어 연결하기",
            "Create a route table towards {target_name} and associate it"
        ),
        edits,
    ))
}
