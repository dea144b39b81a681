//! One load balancer, several sites: listener rules by path and host, a redirect, and an answer for what nobody serves.

use super::pen::{Pen, SHOW_ADDRESS, default_route, port_from, port_from_group, subnet, table};
use crate::catalog::kinds::{
    ActionType, Forward, Instance, Internet, InternetGateway, Listener, ListenerRule, LoadBalancer, RedirectStatus,
    Region, Target, TargetGroup, Vpc, Zone,
};
use crate::design::Design;
use crate::id::NodeId;
use crate::net::{AnyCidr, Cidr};

/// Draws it: an ALB over two zones whose listener leads `/api/*`, `/images/*` and the host `shop.example.com` to servers of their own, sends
/// `/old/*` to the front page, and answers 404 to the rest.
pub fn listener_rules() -> Design {
    let mut pen = Pen::new("경로와 호스트로 나누는 ALB");
    pen.tile(None, "internet", Internet, 32.0, 136.0);
    let region = Some(pen.frame(None, "seoul", Region::default(), (176.0, 32.0, 1040.0, 680.0)));
    let vpc = Some(pen.frame(region, "lab-vpc", Vpc::default(), (16.0, 48.0, 1008.0, 616.0)));
    let gateway = pen.tile(vpc, "igw", InternetGateway, 16.0, 72.0);
    let public_table = pen.tile(vpc, "public-rt", table(default_route(gateway)), 16.0, 264.0);
    let web = port_from(80, AnyCidr::default(), "From anywhere");
    let why = "The load balancer: HTTP from anywhere";
    let alb_group = pen.group(vpc, ("alb-sg", why), vec![web], (784.0, 64.0));
    let inbound = vec![port_from_group(80, alb_group, "HTTP from the load balancer")];
    let server_group = pen.group(vpc, ("server-sg", "The servers: the load balancer alone"), inbound, (896.0, 64.0));

    let mut subnets = Vec::new();
    let mut servers = Vec::new();
    let lanes = [("a", 1, 128.0, ["web", "api"]), ("c", 2, 512.0, ["images", "shop"])];
    for (letter, third, x, names) in lanes {
        let lane = Zone { letter: letter.to_owned() };
        let lane = Some(pen.frame(vpc, &format!("zone-{letter}"), lane, (x, 360.0, 368.0, 224.0)));
        let body = subnet(Cidr::literal(10, 0, third, 0, 24), public_table, true);
        let place = pen.frame(lane, &format!("public-{letter}"), body, (16.0, 48.0, 336.0, 144.0));
        subnets.push(place);
        for (name, x) in names.into_iter().zip([32.0, 192.0]) {
            let server = Instance {
                security_groups: vec![server_group],
                user_data: SHOW_ADDRESS.to_owned(),
                ..Instance::default()
            };
            servers.push((name, pen.tile(Some(place), name, server, x, 48.0)));
        }
    }
    let groups: Vec<NodeId> = servers
        .iter()
        .zip([400.0, 512.0, 624.0, 400.0])
        .enumerate()
        .map(|(at, ((name, server), x))| {
            let targets = vec![Target { instance: Some(*server), ..Target::default() }];
            let y = if at == 3 { 176.0 } else { 64.0 };
            pen.tile(vpc, &format!("{name}-tg"), TargetGroup { targets, ..TargetGroup::default() }, x, y)
        })
        .collect();
    let balancer = LoadBalancer { subnets, security_groups: vec![alb_group], ..LoadBalancer::default() };
    let balancer = pen.frame(vpc, "sites-alb", balancer, (128.0, 48.0, 240.0, 160.0));
    let listener = Listener {
        action: ActionType::FixedResponse,
        response_body: "No such page".to_owned(),
        rules: rules(&groups),
        ..Listener::default()
    };
    pen.tile(Some(balancer), "http", listener, 72.0, 56.0);
    pen.finish()
}

/// The rules, for the target groups of web, api, images and shop.
fn rules(groups: &[NodeId]) -> Vec<ListenerRule> {
    let to = |at: usize| vec![Forward { target_group: groups.get(at).copied(), ..Forward::default() }];
    let by_path = |priority, path: &str, at| ListenerRule {
        priority,
        paths: vec![path.to_owned()],
        forwards: to(at),
        ..ListenerRule::default()
    };
    let shop = ListenerRule { hosts: vec!["shop.example.com".to_owned()], paths: Vec::new(), ..by_path(30, "", 3) };
    let old = ListenerRule {
        action: ActionType::Redirect,
        forwards: Vec::new(),
        redirect_protocol: "#{protocol}".to_owned(),
        redirect_port: "#{port}".to_owned(),
        redirect_path: "/".to_owned(),
        redirect_status: RedirectStatus::Temporary,
        ..by_path(40, "/old/*", 0)
    };
    vec![by_path(10, "/api/*", 1), by_path(20, "/images/*", 2), shop, old, by_path(50, "/", 0)]
}
