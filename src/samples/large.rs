//! A synthetic design of any size, for benches and for trying the canvas out.

use super::pen::{Pen, default_route, port_from, port_from_group, subnet, table};
use crate::catalog::FieldValue;
use crate::catalog::kinds::{
    ElasticIp, Forward, Instance, Internet, InternetGateway, Laptop, Listener, LoadBalancer, NatGateway, Region,
    RouteTable, SecurityGroup, Target, TargetGroup, Vpc, Zone,
};
use crate::design::Design;
use crate::id::NodeId;
use crate::id_of;
use crate::net::{AnyCidr, Cidr};

const NODES_PER_VPC: usize = 200;
const VPCS_PER_ROW: usize = 5;
const SUBNETS_PER_ZONE: u8 = 4;
const TILES_PER_ROW: usize = 5;
const SUBNET: (f64, f64) = (584.0, 320.0);
const LANE: (f64, f64) = (616.0, 1408.0);
const VPC: (f64, f64) = (1912.0, 1624.0);

/// A sound design of `n` nodes, always the same: VPCs of about 200 nodes with three zones, public and private subnets, a NAT gateway per zone
/// and a load balancer. Below one VPC's furniture (about 40 nodes) `n` is exceeded.
pub fn large(n: usize) -> Design {
    let mut pen = Pen::new("Large");
    pen.tile(None, "internet", Internet, 0.0, 0.0);
    let laptop = Laptop::default();
    pen.tile(None, "laptop", laptop.clone(), 0.0, 96.0);
    let count = ((n + NODES_PER_VPC / 2) / NODES_PER_VPC).max(1);
    let (columns, rows) = (count.min(VPCS_PER_ROW), count.div_ceil(VPCS_PER_ROW));
    let (w, h) = (columns as f64 * (VPC.0 + 16.0) + 16.0, rows as f64 * (VPC.1 + 16.0) + 52.0);
    let region = pen.frame(None, "region", Region::default(), (128.0, 0.0, w, h));
    for vpc in 0..count {
        let left = n.saturating_sub(pen.0.design().len());
        add_vpc(&mut pen, region, vpc, left / (count - vpc), &laptop);
    }
    pen.finish()
}

/// One VPC of `budget` nodes in all.
fn add_vpc(pen: &mut Pen, region: NodeId, index: usize, budget: usize, laptop: &Laptop) {
    let before = pen.0.design().len();
    let (column, row) = ((index % VPCS_PER_ROW) as f64, (index / VPCS_PER_ROW) as f64);
    let at = (16.0 + column * (VPC.0 + 16.0), 36.0 + row * (VPC.1 + 16.0), VPC.0, VPC.1);
    let second = u8::try_from(index).unwrap_or(u8::MAX);
    let body = Vpc { cidr: Cidr::literal(10, second, 0, 0, 16), ..Vpc::default() };
    let vpc = Some(pen.frame(Some(region), &format!("vpc-{index}"), body, at));
    let top = |slot: usize| 272.0 + slot as f64 * 112.0;
    let gateway = pen.tile(vpc, &format!("igw-{index}"), InternetGateway, top(0), 48.0);
    let public = pen.tile(vpc, &format!("public-rt-{index}"), table(default_route(gateway)), top(1), 48.0);
    let inbound = vec![port_from(22, laptop.address, "SSH"), port_from(80, AnyCidr::default(), "HTTP")];
    let outer = SecurityGroup { inbound, ..SecurityGroup::default() };
    let outer = pen.tile(vpc, &format!("outer-sg-{index}"), outer, top(2), 48.0);
    let inbound = vec![port_from_group(80, outer, "HTTP"), port_from_group(22, outer, "SSH")];
    let inner = SecurityGroup { inbound, ..SecurityGroup::default() };
    let inner = pen.tile(vpc, &format!("inner-sg-{index}"), inner, top(3), 48.0);

    let mut subnets = Vec::new();
    for (lane, letter) in (0_u8..).zip(["a", "b", "c"]) {
        let body = Zone { letter: letter.to_owned() };
        let x = 16.0 + f64::from(lane) * (LANE.0 + 16.0);
        let zone = Some(pen.frame(vpc, &format!("zone-{index}{letter}"), body, (x, 192.0, LANE.0, LANE.1)));
        let slot = top(5 + usize::from(lane) * 2);
        let private = pen.tile(vpc, &format!("private-rt-{index}{letter}"), RouteTable::default(), slot, 48.0);
        for number in 0..SUBNETS_PER_ZONE {
            let is_public = number == 0;
            let cidr = Cidr::literal(10, second, lane * 16 + number, 0, 24);
            let body = subnet(cidr, if is_public { public } else { private }, is_public);
            let y = 48.0 + f64::from(number) * (SUBNET.1 + 16.0);
            let id = pen.frame(zone, &format!("subnet-{index}{letter}{number}"), body, (16.0, y, SUBNET.0, SUBNET.1));
            if is_public {
                let eip = pen.tile(vpc, &format!("eip-{index}{letter}"), ElasticIp::default(), slot + 112.0, 48.0);
                let nat = NatGateway { elastic_ip: Some(eip), ..NatGateway::default() };
                let nat = pen.tile(Some(id), &format!("nat-{index}{letter}"), nat, 16.0, 232.0);
                pen.0.set(private, id_of!(RouteTable.routes), default_route(nat).to_value());
            }
            subnets.push((id, is_public));
        }
    }
    let publics = subnets.iter().filter(|(_, public)| *public).map(|(id, _)| *id).collect();
    let balancer = LoadBalancer { subnets: publics, security_groups: vec![outer], ..LoadBalancer::default() };
    let balancer = pen.frame(vpc, &format!("alb-{index}"), balancer, (16.0, 48.0, 240.0, 128.0));
    let group = pen.tile(vpc, &format!("tg-{index}"), TargetGroup::default(), top(4), 48.0);
    let forwards = vec![Forward { target_group: Some(group), ..Forward::default() }];
    pen.tile(Some(balancer), &format!("http-{index}"), Listener { forwards, ..Listener::default() }, 72.0, 44.0);

    let room = budget.saturating_sub(pen.0.design().len() - before);
    let mut targets = Vec::new();
    for (number, (subnet, public)) in subnets.iter().cycle().take(room).enumerate() {
        let place = number / subnets.len();
        let (x, y) = ((place % TILES_PER_ROW) as f64 * 112.0 + 16.0, (place / TILES_PER_ROW) as f64 * 88.0 + 48.0);
        let body = Instance { security_groups: vec![if *public { outer } else { inner }], ..Instance::default() };
        let id = pen.tile(Some(*subnet), &format!("server-{index}-{number}"), body, x, y);
        if !public {
            targets.push(Target { instance: Some(id), ..Target::default() });
        }
    }
    pen.0.set(group, id_of!(TargetGroup.targets), targets.to_value());
}
