//! Shorthands for drawing samples at fixed places.

use crate::catalog::kinds::{
    ActionType, Certificate, ElasticIp, Forward, GroupRule, HostedZone, Listener, ListenerProtocol, LoadBalancer,
    NatGateway, RecordSet, Route, RouteTable, SecurityGroup, Subnet, Zone,
};
use crate::catalog::{Body, FieldValue, TILE_H, TILE_W};
use crate::design::{Design, Edit, Rect};
use crate::id::NodeId;
use crate::id_of;
use crate::layout::Sketch;
use crate::net::{AnyCidr, Cidr, DomainName, PortRange};

/// Draws one sample.
pub(super) struct Pen(pub(super) Sketch);

impl Pen {
    pub(super) fn new(title: &str) -> Self {
        let mut sketch = Sketch::new();
        sketch.edit(&Edit::Title(title.to_owned()));
        Self(sketch)
    }

    pub(super) fn frame(
        &mut self,
        parent: Option<NodeId>,
        name: &str,
        body: impl Into<Body>,
        rect: (f64, f64, f64, f64),
    ) -> NodeId {
        let (x, y, w, h) = rect;
        self.0.add_at(parent, name, body, Rect::new(x, y, w, h))
    }

    pub(super) fn tile(&mut self, parent: Option<NodeId>, name: &str, body: impl Into<Body>, x: f64, y: f64) -> NodeId {
        self.0.add_at(parent, name, body, Rect::new(x, y, TILE_W, TILE_H))
    }

    /// Zones a and c of a VPC 10.0.0.0/16, each with a public subnet that follows one table and a private one that follows its own: the public
    /// two, then the private two.
    pub(super) fn four_subnets(&mut self, vpc: Option<NodeId>, public: NodeId, private: [NodeId; 2]) -> [NodeId; 4] {
        let mut lane = |letter: &str, x| {
            let zone = Zone { letter: letter.to_owned() };
            Some(self.frame(vpc, &format!("zone-{letter}"), zone, (x, 232.0, 368.0, 368.0)))
        };
        let (zone_a, zone_c) = (lane("a", 128.0), lane("c", 512.0));
        let mut add = |zone, name, third, table, public, y| {
            let body = subnet(Cidr::literal(10, 0, third, 0, 24), table, public);
            self.frame(zone, name, body, (16.0, y, 336.0, 144.0))
        };
        let [private_a, private_c] = private;
        [
            add(zone_a, "public-a", 1, public, true, 48.0),
            add(zone_c, "public-c", 2, public, true, 48.0),
            add(zone_a, "private-a", 3, private_a, false, 208.0),
            add(zone_c, "private-c", 4, private_c, false, 208.0),
        ]
    }

    /// A NAT gateway with its address in a subnet, side by side, to which a table leads.
    pub(super) fn nat(&mut self, subnet: NodeId, name: &str, [x, address_x]: [f64; 2], table: NodeId) {
        let address = self.tile(Some(subnet), &format!("{name}-eip"), ElasticIp::default(), address_x, 48.0);
        let nat = NatGateway { elastic_ip: Some(address), ..NatGateway::default() };
        let nat = self.tile(Some(subnet), name, nat, x, 48.0);
        self.0.set(table, id_of!(RouteTable.routes), default_route(nat).to_value());
    }

    /// A security group with its purpose and what it admits.
    pub(super) fn group(
        &mut self,
        vpc: Option<NodeId>,
        (name, why): (&str, &str),
        inbound: Vec<GroupRule>,
        (x, y): (f64, f64),
    ) -> NodeId {
        let group = SecurityGroup { description: why.to_owned(), inbound, ..SecurityGroup::default() };
        self.tile(vpc, name, group, x, y)
    }

    /// The hosted zone of example.com at the right of a region, and beneath it a certificate that it validates: for the first name, and for the
    /// others besides.
    pub(super) fn certified(&mut self, region: Option<NodeId>, names: &[&str]) -> (NodeId, NodeId) {
        let zone = HostedZone { domain: domain("example.com"), ..HostedZone::default() };
        let zone = self.frame(region, "example-com", zone, (1040.0, 48.0, 240.0, 136.0));
        let mut names = names.iter().map(|name| domain(name));
        let certificate = Certificate {
            domain: names.next().unwrap_or_default(),
            alternative_names: names.collect(),
            hosted_zone: Some(zone),
            ..Certificate::default()
        };
        (zone, self.tile(region, "site-cert", certificate, 1056.0, 208.0))
    }

    /// A balancer at the top of a VPC that serves `targets` by HTTPS with a certificate and redirects HTTP there.
    pub(super) fn https_balancer(
        &mut self,
        vpc: Option<NodeId>,
        (subnets, group): (Vec<NodeId>, NodeId),
        targets: NodeId,
        certificate: NodeId,
    ) -> NodeId {
        let balancer = LoadBalancer { subnets, security_groups: vec![group], ..LoadBalancer::default() };
        let balancer = self.frame(vpc, "web-alb", balancer, (128.0, 48.0, 256.0, 160.0));
        let https = Listener {
            protocol: ListenerProtocol::Https,
            port: 443,
            certificate: Some(certificate),
            forwards: vec![Forward { target_group: Some(targets), ..Forward::default() }],
            ..Listener::default()
        };
        self.tile(Some(balancer), "https", https, 136.0, 56.0);
        let redirect = Listener { action: ActionType::Redirect, ..Listener::default() };
        self.tile(Some(balancer), "http", redirect, 24.0, 56.0);
        balancer
    }

    /// A record of a hosted zone that follows a balancer.
    pub(super) fn alias(&mut self, zone: NodeId, (name, at): (&str, &str), balancer: NodeId, x: f64) {
        let record = RecordSet { domain: domain(at), alias: Some(balancer), ..RecordSet::default() };
        self.tile(Some(zone), name, record, x, 48.0);
    }

    pub(super) fn finish(self) -> Design {
        self.0.finish()
    }
}

/// A domain name that is written in the code.
pub(super) fn domain(name: &str) -> DomainName {
    name.parse().unwrap_or_default()
}

/// A subnet that follows a route table; a public one hands out public addresses.
pub(super) fn subnet(cidr: Cidr, table: NodeId, public: bool) -> Subnet {
    Subnet { cidr, auto_assign_public_ip: public, route_table: Some(table), network_acl: None }
}

/// A route table whose default route leads to `target`.
pub(super) fn default_route(target: NodeId) -> Vec<Route> {
    vec![Route { destination: AnyCidr::default(), target: Some(target), ..Route::default() }]
}

/// A table that is nobody's main one; without routes where its target is drawn later.
pub(super) fn table(routes: Vec<Route>) -> RouteTable {
    RouteTable { routes, ..RouteTable::default() }
}

/// One TCP port from a block, with the reason.
pub(super) fn port_from(port: u16, cidr: impl Into<AnyCidr>, why: &str) -> GroupRule {
    GroupRule {
        ports: PortRange::single(port),
        cidr: Some(cidr.into()),
        description: why.to_owned(),
        ..GroupRule::default()
    }
}

/// One TCP port from the members of a group, with the reason.
pub(super) fn port_from_group(port: u16, group: NodeId, why: &str) -> GroupRule {
    GroupRule { description: why.to_owned(), ..GroupRule::tcp_from(port, group) }
}

/// A web server whose page shows the instance's private address.
pub(super) const SHOW_ADDRESS: &str = r#"#!/bin/bash
dnf install -y httpd
TOKEN=$(curl -s -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)
curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/local-ipv4 > /var/www/html/index.html
systemctl enable --now httpd
"#;
