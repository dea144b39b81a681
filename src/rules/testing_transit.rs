//! Fixtures with transit gateways and VPNs.

use super::testing::{Named, two_zones};
use crate::catalog::FieldValue;
use crate::catalog::kinds::{
    CustomerGateway, GroupRule, Instance, Route, RouteTable, SecurityGroup, Subnet, TransitGateway,
    TransitGatewayAttachment, Vpc, VpnConnection, VpnGateway, Zone,
};

/// Writes a further route into a table.
#[track_caller]
pub fn add_route(n: &mut Named, table: &str, destination: &str, target: &str) {
    let mut routes = n.design().get::<RouteTable>(n.id(table)).unwrap().routes.clone();
    let target = Some(n.id(target));
    routes.push(Route { destination: destination.parse().unwrap(), target, ..Route::default() });
    n.set(table, "routes", routes.to_value());
}

/// [`two_zones`] and VPC `other` 10.1.0.0/16 with `far-a` 10.1.1.0/24 and `far-c` 10.1.2.0/24 in zones of their own, instance `db` in far-a in group
/// `db-sg` (5432 from 10.0.0.0/8), both attached to `hub` in zones a and c by `vpc-on` (private-a and private-c) and `other-on` (far-a and far-c), with
/// routes in `public-rt`, `private-rt` and `far-rt`.
#[track_caller]
pub fn hubbed() -> Named {
    let mut n = two_zones();
    n.add("region", "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Vpc::default() });
    let far_rt = n.add("other", "far-rt", RouteTable::default());
    for (letter, cidr) in [("a", "10.1.1.0/24"), ("c", "10.1.2.0/24")] {
        let lane = format!("far-zone-{letter}");
        n.add("other", &lane, Zone { letter: letter.to_owned() });
        let subnet = Subnet { cidr: cidr.parse().unwrap(), route_table: Some(far_rt), ..Subnet::default() };
        n.add(&lane, &format!("far-{letter}"), subnet);
    }
    let inbound = vec![GroupRule::tcp(5432, "10.0.0.0/8".parse().unwrap())];
    let group = n.add("other", "db-sg", SecurityGroup { inbound, ..SecurityGroup::default() });
    n.add("far-a", "db", Instance { security_groups: vec![group], ..Instance::default() });
    let gateway = Some(n.add("region", "hub", TransitGateway::default()));
    for (vpc, name, subnets) in
        [("vpc", "vpc-on", ["private-a", "private-c"]), ("other", "other-on", ["far-a", "far-c"])]
    {
        let subnets = subnets.map(|subnet| n.id(subnet)).to_vec();
        n.add(vpc, name, TransitGatewayAttachment { gateway, subnets, ..TransitGatewayAttachment::default() });
    }
    for (table, destination) in [("public-rt", "10.1.0.0/16"), ("private-rt", "10.1.0.0/16"), ("far-rt", "10.0.0.0/16")]
    {
        add_route(&mut n, table, destination, "hub");
    }
    n
}

/// [`two_zones`] with `vgw`, the customer gateway `office` and the static connection `vpn` to 192.168.0.0/16, which `private-rt` propagates.
#[track_caller]
pub fn joined() -> Named {
    let mut n = two_zones();
    let gateway = n.add("vpc", "vgw", VpnGateway::default());
    let customer = n.add("region", "office", CustomerGateway::default());
    let routes = vec!["192.168.0.0/16".parse().unwrap()];
    let (customer_gateway, vpn_gateway) = (Some(customer), Some(gateway));
    n.add(
        "region",
        "vpn",
        VpnConnection { customer_gateway, vpn_gateway, static_only: true, routes, ..VpnConnection::default() },
    );
    n.refs("private-rt", "propagating", &["vgw"]);
    n
}
