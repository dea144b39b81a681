//! Shorthands for drawing samples at fixed places.

use crate::catalog::kinds::{GroupRule, Route, RouteTable, Subnet};
use crate::catalog::{Body, TILE_H, TILE_W};
use crate::design::build::Sketch;
use crate::design::{Design, Edit, Rect};
use crate::id::NodeId;
use crate::net::{AnyCidr, Cidr, PortRange};

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

    pub(super) fn finish(self) -> Design {
        self.0.finish()
    }
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
    RouteTable { main: false, routes }
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
