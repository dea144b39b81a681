//! Faults of VPN connections: whose networks lie beyond them, and which tables know.

use std::net::Ipv4Addr;

use super::class::{Class, Site, rows, with_each, without_each};
use crate::catalog::kinds::{CustomerGateway, RouteTable, Subnet, VpnConnection, VpnGateway};
use crate::catalog::{FieldValue, Kind};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::net::Cidr;
use crate::text::t;

pub(super) static CLASSES: [Class; 6] = [
    Class {
        id: "vpn-propagation-off",
        title: t("꺼진 라우팅 전파", "Route propagation is off"),
        level: 2,
        sites: propagation_off,
    },
    Class {
        id: "vpn-network-missing",
        title: t("VPN에 적지 않은 사무실 네트워크", "A network on premises is not written down"),
        level: 2,
        sites: network_missing,
    },
    Class {
        id: "vpn-other-network",
        title: t("잘못 적은 사무실 네트워크", "A network on premises is written wrongly"),
        level: 2,
        sites: other_network,
    },
    Class {
        id: "vpn-overlapping-block",
        title: t("VPC와 겹치는 사무실 블록", "A block on premises overlaps the VPC"),
        level: 3,
        sites: overlapping,
    },
    Class {
        id: "vpn-customer-address",
        title: t("다른 주소의 고객 게이트웨이", "The customer gateway has another address"),
        level: 2,
        sites: customer_address,
    },
    Class {
        id: "vpn-gateway-detached",
        title: t("분리된 가상 프라이빗 게이트웨이", "The virtual private gateway is detached"),
        level: 1,
        sites: detached,
    },
];

fn propagation_off(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, table) in context.all::<RouteTable>() {
        for (gateway, rest) in without_each(&table.propagating) {
            let (name, of) = (context.name(id), context.name(*gateway));
            found.push(Site::new(
                message!("{name}에서 {of}의 라우팅 전파를 껐어요.", "Propagation from {of} was turned off in {name}."),
                vec![rows(id, id_of!(RouteTable.propagating), &rest)],
            ));
        }
    }
    found
}

/// The networks that decide what lies beyond a connection: its static routes, or what is written at its customer gateway.
fn written(context: &Context) -> Vec<(NodeId, &'static str, Vec<Cidr>, Vec<NodeId>)> {
    let mut found: Vec<(NodeId, &'static str, Vec<Cidr>, Vec<NodeId>)> = Vec::new();
    for (id, _, of) in context.all::<VpnConnection>() {
        let gateway = of.vpn_gateway.or(of.transit_gateway);
        if of.static_only && of.vpn_gateway.is_some() {
            found.push((id, id_of!(VpnConnection.routes), of.routes.clone(), gateway.into_iter().collect()));
            continue;
        }
        let Some(customer) = of.customer_gateway else { continue };
        match found.iter_mut().find(|(other, ..)| *other == customer) {
            Some((_, _, _, gateways)) => gateways.extend(gateway),
            None => {
                let networks = context.design.get::<CustomerGateway>(customer).map(|of| of.networks.clone());
                let field = id_of!(CustomerGateway.networks);
                found.push((customer, field, networks.unwrap_or_default(), gateway.into_iter().collect()));
            }
        }
    }
    found
}

fn network_missing(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, field, networks, _) in written(context) {
        for (block, rest) in without_each(&networks) {
            let name = context.name(id);
            found.push(Site::new(
                message!("{name}에서 {block}을(를) 지웠어요.", "{block} was deleted from {name}."),
                vec![rows(id, field, &rest)],
            ));
        }
    }
    found
}

/// The block of the same size beside another.
fn beside(block: &Cidr) -> Option<Cidr> {
    let size = u32::try_from(block.size()).ok()?;
    let next = u32::from(block.first()).checked_add(size)?;
    Cidr::new(next.into(), block.prefix_len())
}

fn other_network(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, field, networks, _) in written(context) {
        for (block, list) in with_each(&networks, |block| beside(block).filter(|other| !networks.contains(other))) {
            let name = context.name(id);
            let is = beside(&block).unwrap_or(block);
            found.push(Site::new(
                message!("{name}에 {block} 대신 {is}을(를) 적었어요.", "{name} says {is} instead of {block}."),
                vec![rows(id, field, &list)],
            ));
        }
    }
    found
}

fn overlapping(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, field, networks, gateways) in written(context) {
        let vpcs: Vec<NodeId> = gateways.into_iter().filter_map(|gateway| Some(context.vpc_of(gateway)?.0)).collect();
        let subnets = vpcs.iter().flat_map(|vpc| context.within::<Subnet>(*vpc));
        for (subnet, _, of) in subnets {
            for (block, list) in with_each(&networks, |block| (*block != of.cidr).then_some(of.cidr)) {
                let (name, is, to) = (context.name(id), of.cidr, context.name(subnet));
                found.push(Site::new(
                    message!(
                        "{name}에 {block} 대신 {to}의 블록 {is}을(를) 적었어요.",
                        "{name} says {is}, the block of {to}, instead of {block}."
                    ),
                    vec![rows(id, field, &list)],
                ));
            }
        }
    }
    found
}

fn customer_address(context: &Context) -> Vec<Site> {
    let other = |address: Ipv4Addr| Ipv4Addr::from(u32::from(address) ^ 1);
    let known = context.all::<CustomerGateway>().filter_map(|(id, _, of)| Some((id, of.address?)));
    known
        .map(|(id, address)| {
            let (name, is) = (context.name(id), other(address));
            Site::new(
                message!(
                    "{name}의 주소가 {address}이(가) 아니라 {is}이에요(예요).",
                    "{name} has the address {is}, not {address}."
                ),
                vec![Edit::set(id, id_of!(CustomerGateway.address), is.to_value())],
            )
        })
        .collect()
}

fn detached(context: &Context) -> Vec<Site> {
    let attached = context.all::<VpnGateway>().filter(|(id, ..)| context.vpc_of(*id).is_some());
    attached
        .map(|(id, node, _)| {
            let region = context.design.ancestor(id, Kind::Region);
            let rect = context.design.free_spot(region, node.rect.w, node.rect.h);
            let name = context.name(id);
            Site::new(
                message!("{name}을(를) VPC에서 분리했어요.", "{name} was detached from its VPC."),
                vec![Edit::Place { id, parent: region, rect }],
            )
        })
        .collect()
}
