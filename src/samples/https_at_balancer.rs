//! HTTPS ends at the load balancer: a wildcard certificate, and HTTP that is redirected.

use super::pen::{Pen, SHOW_ADDRESS, default_route, port_from, port_from_group, subnet, table};
use crate::catalog::kinds::{Instance, Internet, InternetGateway, Region, Target, TargetGroup, Vpc, Zone};
use crate::design::Design;
use crate::net::{AnyCidr, Cidr};

/// Draws it: an ALB over two public servers that only it may reach, with a certificate for `*.example.com`, which covers `www` but not the
/// domain itself, and an alias record.
pub fn https_at_balancer() -> Design {
    let mut pen = Pen::new("ALB에서 끝나는 HTTPS");
    pen.tile(None, "internet", Internet, 32.0, 136.0);
    let region = Some(pen.frame(None, "seoul", Region::default(), (176.0, 32.0, 1296.0, 520.0)));
    let vpc = Some(pen.frame(region, "lab-vpc", Vpc::default(), (16.0, 48.0, 896.0, 456.0)));
    let (names, certificate) = pen.certified(region, &["*.example.com"]);
    let gateway = pen.tile(vpc, "igw", InternetGateway, 16.0, 72.0);
    let public_table = pen.tile(vpc, "public-rt", table(default_route(gateway)), 16.0, 264.0);
    let mut group = |name, why, inbound, x| pen.group(vpc, (name, why), inbound, (x, 104.0));
    let web = |port| port_from(port, AnyCidr::default(), "From anywhere");
    let alb_group = group("alb-sg", "The load balancer: HTTP and HTTPS from anywhere", vec![web(80), web(443)], 560.0);
    let inbound = vec![port_from_group(80, alb_group, "HTTP from the load balancer")];
    let web_group = group("web-sg", "The servers: the load balancer alone", inbound, 672.0);

    let server =
        Instance { security_groups: vec![web_group], user_data: SHOW_ADDRESS.to_owned(), ..Instance::default() };
    let (mut subnets, mut targets) = (Vec::new(), Vec::new());
    for (letter, third, x) in [("a", 1, 128.0), ("c", 2, 512.0)] {
        let lane = Zone { letter: letter.to_owned() };
        let lane = Some(pen.frame(vpc, &format!("zone-{letter}"), lane, (x, 232.0, 368.0, 208.0)));
        let body = subnet(Cidr::literal(10, 0, third, 0, 24), public_table, true);
        let place = pen.frame(lane, &format!("public-{letter}"), body, (16.0, 48.0, 336.0, 144.0));
        let server = pen.tile(Some(place), &format!("web-{letter}"), server.clone(), 120.0, 48.0);
        subnets.push(place);
        targets.push(Target { instance: Some(server), ..Target::default() });
    }
    let targets = pen.tile(vpc, "web-tg", TargetGroup { targets, ..TargetGroup::default() }, 432.0, 104.0);
    let balancer = pen.https_balancer(vpc, (subnets, alb_group), targets, certificate);
    pen.alias(names, ("www", "www.example.com"), balancer, 72.0);
    pen.finish()
}
