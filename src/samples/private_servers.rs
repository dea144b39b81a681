//! Servers without public addresses: HTTPS at the load balancer, SSH by way of a bastion.

use super::pen::{Pen, SHOW_ADDRESS, default_route, port_from, port_from_group, subnet, table};
use crate::catalog::kinds::{
    ActionType, Certificate, ElasticIp, Forward, HostedZone, Instance, Internet, InternetGateway, KeyPair, Laptop,
    Listener, ListenerProtocol, LoadBalancer, NatGateway, RecordSet, Region, SecurityGroup, Target, TargetGroup, Vpc,
    Zone,
};
use crate::design::Design;
use crate::net::{AnyCidr, Cidr, DomainName};

/// Draws it: 10.0.0.0/16 in two zones with a NAT gateway each, web servers in private subnets, an HTTPS ALB with its certificate and alias
/// records, and a bastion that only the laptop may sign in to.
pub fn private_servers_behind_alb() -> Design {
    let mut pen = Pen::new("ALB 뒤의 프라이빗 서버");
    let laptop = Laptop::default();
    let domain = |name: &str| name.parse::<DomainName>().unwrap_or_default();
    pen.tile(None, "internet", Internet, 32.0, 136.0);
    pen.tile(None, "laptop", laptop.clone(), 32.0, 256.0);
    let region = Some(pen.frame(None, "seoul", Region::default(), (176.0, 32.0, 1152.0, 680.0)));
    let vpc = Some(pen.frame(region, "lab-vpc", Vpc::default(), (16.0, 48.0, 864.0, 616.0)));

    let zone = HostedZone { domain: domain("example.com"), ..HostedZone::default() };
    let zone = pen.frame(region, "example-com", zone, (896.0, 48.0, 240.0, 136.0));
    let certificate = Certificate {
        domain: domain("*.example.com"),
        alternative_names: vec![domain("example.com")],
        hosted_zone: Some(zone),
        ..Certificate::default()
    };
    let certificate = pen.tile(region, "site-cert", certificate, 912.0, 208.0);
    let key_pair = pen.tile(region, "lab-key", KeyPair::default(), 1024.0, 208.0);
    let eip_a = pen.tile(region, "nat-a-eip", ElasticIp::default(), 912.0, 304.0);
    let eip_c = pen.tile(region, "nat-c-eip", ElasticIp::default(), 1024.0, 304.0);

    let gateway = pen.tile(vpc, "igw", InternetGateway, 304.0, 48.0);
    let public_table = pen.tile(vpc, "public-rt", table(default_route(gateway)), 416.0, 48.0);
    let private_table_a = pen.tile(vpc, "private-a-rt", table(Vec::new()), 528.0, 48.0);
    let private_table_c = pen.tile(vpc, "private-c-rt", table(Vec::new()), 640.0, 48.0);
    let mut group = |name, why: &str, inbound, x| {
        let body = SecurityGroup { description: why.to_owned(), inbound, ..SecurityGroup::default() };
        pen.tile(vpc, name, body, x, 136.0)
    };
    let web = |port| port_from(port, AnyCidr::default(), "From anywhere");
    let alb_group = group("alb-sg", "The load balancer: HTTP and HTTPS from anywhere", vec![web(80), web(443)], 416.0);
    let ssh = vec![port_from(22, laptop.address, "SSH from my computer alone")];
    let bastion_group = group("bastion-sg", "The bastion: SSH from my computer", ssh, 528.0);
    let inbound = vec![
        port_from_group(80, alb_group, "HTTP from the load balancer"),
        port_from_group(22, bastion_group, "SSH from the bastion"),
    ];
    let web_group = group("web-sg", "The servers: the load balancer and the bastion", inbound, 640.0);

    let zone_a = Some(pen.frame(vpc, "zone-a", Zone::default(), (16.0, 232.0, 408.0, 368.0)));
    let zone_c = Some(pen.frame(vpc, "zone-c", Zone { letter: "c".to_owned() }, (440.0, 232.0, 408.0, 368.0)));
    let mut add_subnet = |zone, name, third, table, public, y| {
        let cidr = Cidr::literal(10, 0, third, 0, 24);
        pen.frame(zone, name, subnet(cidr, table, public), (16.0, y, 376.0, 144.0))
    };
    let public_a = add_subnet(zone_a, "public-a", 1, public_table, true, 48.0);
    let public_c = add_subnet(zone_c, "public-c", 2, public_table, true, 48.0);
    let private_a = add_subnet(zone_a, "private-a", 3, private_table_a, false, 208.0);
    let private_c = add_subnet(zone_c, "private-c", 4, private_table_c, false, 208.0);
    for (subnet, name, elastic_ip, table) in
        [(public_a, "nat-a", eip_a, private_table_a), (public_c, "nat-c", eip_c, private_table_c)]
    {
        let nat = NatGateway { elastic_ip: Some(elastic_ip), ..NatGateway::default() };
        let nat = pen.tile(Some(subnet), name, nat, 216.0, 48.0);
        pen.0.set(table, "routes", crate::catalog::FieldValue::to_value(&default_route(nat)));
    }

    let bastion = Instance { key_pair: Some(key_pair), security_groups: vec![bastion_group], ..Instance::default() };
    let server = Instance { security_groups: vec![web_group], user_data: SHOW_ADDRESS.to_owned(), ..bastion.clone() };
    pen.tile(Some(public_a), "bastion", bastion, 72.0, 48.0);
    let web_a = pen.tile(Some(private_a), "web-a", server.clone(), 136.0, 48.0);
    let web_c = pen.tile(Some(private_c), "web-c", server, 136.0, 48.0);

    let targets = [web_a, web_c].map(|server| Target { instance: Some(server), ..Target::default() });
    let targets =
        pen.tile(vpc, "web-tg", TargetGroup { targets: targets.into(), ..TargetGroup::default() }, 304.0, 136.0);
    let subnets = vec![public_a, public_c];
    let balancer = LoadBalancer { subnets, security_groups: vec![alb_group], ..LoadBalancer::default() };
    let balancer = pen.frame(vpc, "web-alb", balancer, (16.0, 48.0, 256.0, 160.0));
    let https = Listener {
        protocol: ListenerProtocol::Https,
        port: 443,
        certificate: Some(certificate),
        forwards: vec![Forward { target_group: Some(targets), ..Forward::default() }],
        ..Listener::default()
    };
    pen.tile(Some(balancer), "https", https, 24.0, 56.0);
    let redirect = Listener { action: ActionType::Redirect, ..Listener::default() };
    pen.tile(Some(balancer), "http", redirect, 136.0, 56.0);
    for (name, at, x) in [("www", "www.example.com", 16.0), ("apex", "example.com", 128.0)] {
        let record = RecordSet { domain: domain(at), alias: Some(balancer), ..RecordSet::default() };
        pen.tile(Some(zone), name, record, x, 48.0);
    }
    pen.finish()
}
