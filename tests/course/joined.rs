//! The labs whose networks are joined by transit gateways and VPNs: right designs of other shape, and wrong ones that look right.

use super::wrong::Sheet;
use serde_json::{Value, json};

const HUB: &str = "hub-and-spoke";
const OFFICE: &str = "office-by-vpn";

/// A static route of a transit gateway to what has this name, or a blackhole.
fn route(sheet: &mut Sheet, destination: &str, attachment: Option<&str>) -> Value {
    match attachment {
        Some(name) => json!({ "destination": destination, "attachment": { "ref": sheet.id(name) } }),
        None => json!({ "destination": destination, "blackhole": true }),
    }
}

fn static_routes(mut sheet: Sheet, table: &str, routes: &[(&str, Option<&str>)]) -> Sheet {
    let routes: Vec<Value> = routes.iter().map(|(to, by)| route(&mut sheet, to, *by)).collect();
    sheet.set(table, "routes", json!(routes))
}

/// Routes of a subnet's table, to what has these names.
fn routes(mut sheet: Sheet, table: &str, routes: &[(&str, &str)]) -> Sheet {
    let row = |sheet: &mut Sheet, (destination, target): &(&str, &str)| json!({ "destination": destination, "target": { "ref": sheet.id(target) } });
    let rows: Vec<Value> = routes.iter().map(|route| row(&mut sheet, route)).collect();
    sheet.set(table, "routes", json!(rows))
}

#[test]
fn static_routes_are_as_good_as_propagated_ones() {
    let mut sheet = Sheet::of(HUB);
    for name in ["orders", "billing", "shared"] {
        sheet = sheet.set(&format!("{name}-attachment"), "propagations", json!([]));
    }
    let sheet = static_routes(
        sheet,
        "spoke-table",
        &[("0.0.0.0/0", Some("egress-attachment")), ("10.30.0.0/16", Some("shared-attachment")), ("10.0.0.0/8", None)],
    );
    let whole = [
        ("0.0.0.0/0", Some("egress-attachment")),
        ("10.10.0.0/16", Some("orders-attachment")),
        ("10.20.0.0/16", Some("billing-attachment")),
        ("10.30.0.0/16", Some("shared-attachment")),
    ];
    static_routes(sheet, "core-table", &whole).must_be_right("static routes alone");
    // One answer has no way back.
    let mut sheet = Sheet::of(HUB);
    for name in ["orders", "billing", "shared"] {
        sheet = sheet.set(&format!("{name}-attachment"), "propagations", json!([]));
    }
    static_routes(sheet, "core-table", &whole).must_be_wrong("spokes that do not find the shared VPC");
}

#[test]
fn narrow_blackholes_and_narrow_ways_back_are_as_good_as_wide_ones() {
    let sheet = static_routes(
        Sheet::of(HUB),
        "spoke-table",
        &[("0.0.0.0/0", Some("egress-attachment")), ("10.10.0.0/16", None), ("10.20.0.0/16", None)],
    );
    let back = [("0.0.0.0/0", "egress-igw"), ("10.10.0.0/16", "hub"), ("10.20.0.0/16", "hub"), ("10.30.0.0/16", "hub")];
    routes(sheet, "egress-public-rt", &back).must_be_right("a blackhole for each spoke");
    let sheet = static_routes(
        Sheet::of(HUB),
        "spoke-table",
        &[("0.0.0.0/0", Some("egress-attachment")), ("10.10.0.0/16", None)],
    );
    sheet.must_be_wrong_for("billing");
}

#[test]
fn the_main_table_and_a_wider_mesh_of_tables_are_as_good() {
    let mut sheet = Sheet::of(HUB);
    let hub = sheet.id("hub");
    let core = sheet.id("core-table");
    let egress = sheet.id("egress-attachment");
    // Egress follows a table of its own, which knows the way back and nothing else.
    sheet.add(json!({ "id": "n90", "kind": "transit_gateway_route_table", "name": "egress-table", "parent": "n2",
        "at": [920, 56, 96, 72], "fields": { "gateway": { "ref": hub } } }));
    for name in ["orders", "billing", "shared"] {
        let own = sheet.node(&format!("{name}-attachment"))["fields"]["propagations"].as_array_mut().unwrap();
        own.push(json!({ "ref": "n90" }));
    }
    let mut sheet = sheet
        .set("egress-attachment", "association", json!({ "ref": "n90" }))
        .set("orders-rt", "main", json!(true))
        .set("orders-a", "route_table", Value::Null)
        .set("orders-c", "route_table", Value::Null);
    assert_ne!(core, egress);
    sheet = routes(sheet, "billing-rt", &[("10.30.0.0/16", "hub"), ("0.0.0.0/0", "hub")]);
    sheet.must_be_right("three tables, and the main one in the orders VPC");
}

#[test]
fn half_of_the_internet_by_the_hub_is_not_the_internet() {
    let half = [("0.0.0.0/1", Some("egress-attachment")), ("10.0.0.0/8", None)];
    static_routes(Sheet::of(HUB), "spoke-table", &half).must_be_wrong_for("a part of the internet only");
}

#[test]
fn spokes_kept_apart_by_nothing_but_missing_routes_meet_by_nat() {
    static_routes(Sheet::of(HUB), "spoke-table", &[("0.0.0.0/0", Some("egress-attachment"))])
        .must_be_wrong("no blackhole");
    // A second NAT gateway, or a way out of a spoke's own.
    let mut sheet = Sheet::of(HUB);
    sheet.add(json!({ "id": "n91", "kind": "internet_gateway", "name": "orders-igw", "parent": "n10",
        "at": [16, 340, 96, 72] }));
    sheet.must_be_wrong_for("internet gateway");
}

#[test]
fn what_bgp_learns_and_what_is_written_are_as_good() {
    let sheet = Sheet::of(OFFICE).set("office-vpn", "static_only", json!(false)).set("office-vpn", "routes", json!([]));
    sheet.must_be_right("BGP, with the networks at the customer gateway");
    let sheet = Sheet::of(OFFICE).set("app-rt", "propagating", json!([]));
    let sheet = routes(sheet, "app-rt", &[("192.168.10.0/24", "office-vgw"), ("192.168.20.0/24", "office-vgw")]);
    sheet.must_be_right("routes in the table instead of propagation");
}

#[test]
fn the_main_table_and_one_rule_for_the_office_are_as_good() {
    let mut sheet = Sheet::of(OFFICE).set("app-rt", "main", json!(true)).set("app-a", "route_table", Value::Null).set(
        "app-c",
        "route_table",
        Value::Null,
    );
    let rules = sheet.node("balancer-sg")["fields"]["inbound"].as_array_mut().unwrap();
    rules.truncate(1);
    rules[0]["cidr"] = json!("192.168.0.0/16");
    sheet.must_be_right("one rule for both networks");
}

#[test]
fn an_office_is_more_than_one_address() {
    // The first address of each network comes in, the second half does not.
    let half = |sheet: Sheet, group: &str, row: usize, block: &str| {
        let mut sheet = sheet;
        sheet.node(group)["fields"]["inbound"][row]["cidr"] = json!(block);
        sheet
    };
    half(Sheet::of(OFFICE), "balancer-sg", 0, "192.168.10.0/25").must_be_wrong_for("192.168.10.1");
    half(Sheet::of(OFFICE), "balancer-sg", 1, "192.168.20.0/26").must_be_wrong_for("192.168.20.");
    half(Sheet::of(OFFICE), "server-sg", 1, "192.168.20.0/25").must_be_wrong_for("192.168.20.1");
    // Nobody on premises comes in uninvited either.
    half(Sheet::of(OFFICE), "server-sg", 1, "192.168.0.0/16").must_be_wrong_for("192.168.10.");
    Sheet::of(OFFICE).rule("server-sg", "udp", "514", "192.168.10.128/25").must_be_wrong_for("UDP");
    Sheet::of(OFFICE).rule("server-sg", "tcp", "8080", "192.168.20.0/24").must_be_right("administrators may do more");
    Sheet::of(OFFICE).rule("balancer-sg", "tcp", "80", "10.50.1.0/24").must_be_wrong("the servers themselves");
}

#[test]
fn an_office_whose_block_is_the_vpcs_own_is_not_reached() {
    Sheet::of(OFFICE)
        .set("office-vpn", "routes", json!(["192.168.10.0/24", "10.50.1.0/24"]))
        .must_be_wrong("the wrong side's block");
    Sheet::of(OFFICE).set("busan-office", "address", json!("203.0.113.21")).must_be_wrong_for("203.0.113.20");
    Sheet::of(OFFICE).within("office-vgw", "seoul").must_be_wrong("a detached gateway");
}
