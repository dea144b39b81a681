//! Six subnets in two zones, a NAT gateway for each, and a bastion.

use super::pen::{Pen, default_route, port_from, port_from_group, subnet, table};
use crate::catalog::kinds::{
    Instance, Internet, InternetGateway, KeyPair, Laptop, Region, RouteTable, Subnet, Vpc, Zone,
};
use crate::design::Design;
use crate::net::Cidr;

/// Draws it: 10.0.0.0/16 whose main route table leads to the internet, so that the public subnets follow it by themselves; a private table and a
/// NAT gateway for each zone; private servers that only the bastion reaches.
pub fn six_subnets() -> Design {
    let mut pen = Pen::new("서브넷 여섯 개와 영역별 NAT, 배스천");
    let laptop = Laptop::default();
    pen.tile(None, "internet", Internet, 32.0, 136.0);
    pen.tile(None, "laptop", laptop.clone(), 32.0, 256.0);
    let region = Some(pen.frame(None, "seoul", Region::default(), (176.0, 32.0, 1168.0, 840.0)));
    let bastion_key = pen.tile(region, "bastion-key", KeyPair::default(), 1048.0, 64.0);
    let server_key = pen.tile(region, "server-key", KeyPair::default(), 1048.0, 160.0);
    let vpc = Some(pen.frame(region, "lab-vpc", Vpc::default(), (16.0, 48.0, 1008.0, 776.0)));
    let gateway = pen.tile(vpc, "igw", InternetGateway, 16.0, 72.0);
    let main = RouteTable { main: true, routes: default_route(gateway), ..RouteTable::default() };
    pen.tile(vpc, "main-rt", main, 16.0, 264.0);
    let private_table_a = pen.tile(vpc, "private-a-rt", table(Vec::new()), 16.0, 424.0);
    let private_table_c = pen.tile(vpc, "private-c-rt", table(Vec::new()), 896.0, 424.0);
    let ssh = vec![port_from(22, laptop.address, "SSH from my computer alone")];
    let why = "The bastion: SSH from my computer";
    let bastion_group = pen.group(vpc, ("bastion-sg", why), ssh, (560.0, 104.0));
    let inbound = vec![port_from_group(22, bastion_group, "SSH from the bastion")];
    let server_group = pen.group(vpc, ("server-sg", "The servers: SSH from the bastion"), inbound, (672.0, 104.0));

    let zone_a = Some(pen.frame(vpc, "zone-a", Zone::default(), (128.0, 232.0, 368.0, 528.0)));
    let zone_c = Some(pen.frame(vpc, "zone-c", Zone { letter: "c".to_owned() }, (512.0, 232.0, 368.0, 528.0)));
    let block = |third| Cidr::literal(10, 0, third, 0, 24);
    let mut add_public = |zone, name, third| {
        let body = Subnet { cidr: block(third), auto_assign_public_ip: true, ..Subnet::default() };
        pen.frame(zone, name, body, (16.0, 48.0, 336.0, 144.0))
    };
    let public_a = add_public(zone_a, "public-a", 1);
    let public_c = add_public(zone_c, "public-c", 2);
    let mut add_private = |zone, name, third, table, y| {
        pen.frame(zone, name, subnet(block(third), table, false), (16.0, y, 336.0, 144.0))
    };
    let private_a = add_private(zone_a, "private-a-1", 3, private_table_a, 208.0);
    let private_c = add_private(zone_c, "private-c-1", 4, private_table_c, 208.0);
    add_private(zone_a, "private-a-2", 5, private_table_a, 368.0);
    add_private(zone_c, "private-c-2", 6, private_table_c, 368.0);
    pen.nat(public_a, "nat-a", [16.0, 112.0], private_table_a);
    pen.nat(public_c, "nat-c", [224.0, 128.0], private_table_c);
    let bastion = Instance { key_pair: Some(bastion_key), security_groups: vec![bastion_group], ..Instance::default() };
    pen.tile(Some(public_a), "bastion", bastion, 224.0, 48.0);
    let server = Instance { key_pair: Some(server_key), security_groups: vec![server_group], ..Instance::default() };
    pen.tile(Some(private_a), "server-a", server.clone(), 120.0, 48.0);
    pen.tile(Some(private_c), "server-c", server, 120.0, 48.0);
    pen.finish()
}
