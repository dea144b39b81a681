//! Two zones, four subnets, three servers and a load balancer: the first network of the course.

use super::pen::{Pen, SHOW_ADDRESS, default_route, port_from, port_from_group, subnet, table};
use crate::catalog::FieldValue;
use crate::catalog::kinds::{
    Forward, Instance, Internet, InternetGateway, KeyPair, Laptop, Listener, LoadBalancer, Region, Target, TargetGroup,
    Vpc, Zone,
};
use crate::design::Design;
use crate::net::{AnyCidr, Cidr};

/// Draws it: VPC 192.168.0.0/16 in Seoul, zones a and c, an internet gateway, one NAT gateway, and an ALB over the two public servers.
pub fn two_az_vpc() -> Design {
    let mut pen = Pen::new("두 가용 영역의 VPC");
    let laptop = Laptop::default();
    pen.tile(None, "internet", Internet, 32.0, 136.0);
    pen.tile(None, "laptop", laptop.clone(), 32.0, 256.0);
    let region = Some(pen.frame(None, "seoul", Region::default(), (176.0, 32.0, 1040.0, 800.0)));
    let key_pair = pen.tile(region, "lab-key", KeyPair::default(), 928.0, 64.0);

    let vpc = Vpc { cidr: Cidr::literal(192, 168, 0, 0, 16), ..Vpc::default() };
    let vpc = Some(pen.frame(region, "lab-vpc", vpc, (16.0, 48.0, 896.0, 736.0)));
    let gateway = pen.tile(vpc, "igw", InternetGateway, 16.0, 72.0);
    let public_table = pen.tile(vpc, "public-rt", table(default_route(gateway)), 16.0, 240.0);
    let private_table = pen.tile(vpc, "private-rt", table(Vec::new()), 16.0, 448.0);
    let group = pen.group(vpc, ("lab-sg", "SSH for me, HTTP for everyone"), Vec::new(), (768.0, 72.0));
    let inbound = vec![
        port_from(22, laptop.address, "SSH from my computer"),
        port_from(80, AnyCidr::default(), "HTTP from anywhere"),
        port_from_group(22, group, "SSH onwards to the private server"),
    ];
    pen.0.set(group, "inbound", inbound.to_value());

    let zone_a = Some(pen.frame(vpc, "zone-a", Zone::default(), (128.0, 192.0, 368.0, 528.0)));
    let zone_c = Some(pen.frame(vpc, "zone-c", Zone { letter: "c".to_owned() }, (512.0, 192.0, 368.0, 528.0)));
    let mut add_subnet = |zone, name, third, table, public, y| {
        let cidr = Cidr::literal(192, 168, third, 0, 24);
        pen.frame(zone, name, subnet(cidr, table, public), (16.0, y, 336.0, 144.0))
    };
    let private_a = add_subnet(zone_a, "private-a", 1, private_table, false, 368.0);
    let public_a = add_subnet(zone_a, "public-a", 2, public_table, true, 48.0);
    let public_c = add_subnet(zone_c, "public-c", 3, public_table, true, 48.0);
    let public_nat = add_subnet(zone_a, "public-nat", 4, public_table, false, 208.0);

    pen.nat(public_nat, "nat", [40.0, 176.0], private_table);

    let server = Instance {
        key_pair: Some(key_pair),
        security_groups: vec![group],
        user_data: SHOW_ADDRESS.to_owned(),
        ..Instance::default()
    };
    let web_a = pen.tile(Some(public_a), "web-a", server.clone(), 120.0, 48.0);
    let web_c = pen.tile(Some(public_c), "web-c", server.clone(), 120.0, 48.0);
    pen.tile(Some(private_a), "private-server", server, 120.0, 48.0);

    let balancer =
        LoadBalancer { subnets: vec![public_a, public_c], security_groups: vec![group], ..LoadBalancer::default() };
    let balancer = pen.frame(vpc, "web-alb", balancer, (128.0, 48.0, 240.0, 128.0));
    let targets = [web_a, web_c].map(|server| Target { instance: Some(server), ..Target::default() });
    let targets =
        pen.tile(vpc, "web-tg", TargetGroup { targets: targets.into(), ..TargetGroup::default() }, 456.0, 72.0);
    let forwards = vec![Forward { target_group: Some(targets), ..Forward::default() }];
    pen.tile(Some(balancer), "http", Listener { forwards, ..Listener::default() }, 80.0, 44.0);
    pen.finish()
}
