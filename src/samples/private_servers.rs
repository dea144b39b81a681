//! Servers without public addresses: HTTPS at the load balancer, SSH by way of a bastion.

use super::pen::{Pen, SHOW_ADDRESS, default_route, port_from, port_from_group, table};
use crate::catalog::kinds::{Instance, Internet, InternetGateway, KeyPair, Laptop, Region, Target, TargetGroup, Vpc};
use crate::design::Design;
use crate::net::AnyCidr;

/// Draws it: 10.0.0.0/16 in two zones with a NAT gateway each, web servers in private subnets, an HTTPS ALB with its certificate and alias
/// records, and a bastion that only the laptop may sign in to.
pub fn private_servers_behind_alb() -> Design {
    let mut pen = Pen::new("ALB 뒤의 프라이빗 서버");
    let laptop = Laptop::default();
    pen.tile(None, "internet", Internet, 32.0, 136.0);
    pen.tile(None, "laptop", laptop.clone(), 32.0, 256.0);
    let region = Some(pen.frame(None, "seoul", Region::default(), (176.0, 32.0, 1296.0, 680.0)));
    let vpc = Some(pen.frame(region, "lab-vpc", Vpc::default(), (16.0, 48.0, 1008.0, 616.0)));

    let (zone, certificate) = pen.certified(region, &["*.example.com", "example.com"]);
    let key_pair = pen.tile(region, "lab-key", KeyPair::default(), 1168.0, 208.0);

    let gateway = pen.tile(vpc, "igw", InternetGateway, 16.0, 72.0);
    let public_table = pen.tile(vpc, "public-rt", table(default_route(gateway)), 16.0, 264.0);
    let private_table_a = pen.tile(vpc, "private-a-rt", table(Vec::new()), 16.0, 400.0);
    let private_table_c = pen.tile(vpc, "private-c-rt", table(Vec::new()), 896.0, 400.0);
    let mut group = |name, why, inbound, x| pen.group(vpc, (name, why), inbound, (x, 104.0));
    let web = |port| port_from(port, AnyCidr::default(), "From anywhere");
    let alb_group = group("alb-sg", "The load balancer: HTTP and HTTPS from anywhere", vec![web(80), web(443)], 560.0);
    let ssh = vec![port_from(22, laptop.address, "SSH from my computer alone")];
    let bastion_group = group("bastion-sg", "The bastion: SSH from my computer", ssh, 672.0);
    let inbound = vec![
        port_from_group(80, alb_group, "HTTP from the load balancer"),
        port_from_group(22, bastion_group, "SSH from the bastion"),
    ];
    let web_group = group("web-sg", "The servers: the load balancer and the bastion", inbound, 784.0);

    let [public_a, public_c, private_a, private_c] =
        pen.four_subnets(vpc, public_table, [private_table_a, private_table_c]);
    pen.nat(public_a, "nat-a", [16.0, 112.0], private_table_a);
    pen.nat(public_c, "nat-c", [224.0, 128.0], private_table_c);

    let bastion = Instance { key_pair: Some(key_pair), security_groups: vec![bastion_group], ..Instance::default() };
    let server = Instance { security_groups: vec![web_group], user_data: SHOW_ADDRESS.to_owned(), ..bastion.clone() };
    pen.tile(Some(public_a), "bastion", bastion, 224.0, 48.0);
    let web_a = pen.tile(Some(private_a), "web-a", server.clone(), 168.0, 48.0);
    let web_c = pen.tile(Some(private_c), "web-c", server, 24.0, 48.0);

    let targets = [web_a, web_c].map(|server| Target { instance: Some(server), ..Target::default() });
    let targets =
        pen.tile(vpc, "web-tg", TargetGroup { targets: targets.into(), ..TargetGroup::default() }, 432.0, 104.0);
    let balancer = pen.https_balancer(vpc, (vec![public_a, public_c], alb_group), targets, certificate);
    for (name, at, x) in [("www", "www.example.com", 16.0), ("apex", "example.com", 128.0)] {
        pen.alias(zone, (name, at), balancer, x);
    }
    pen.finish()
}
