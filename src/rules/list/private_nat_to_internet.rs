//! A private NAT gateway leads to other networks, never to the internet.

use crate::catalog::kinds::{Connectivity, ElasticIp, NatGateway, Route, RouteTable};
use crate::catalog::{Kind, Shape, Value};
use crate::design::{Edit, Node};
use crate::facts::Context;
use crate::facts::tasks::WayOut;
use crate::fixes::rows::replaced;
use crate::id::NodeId;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "private-nat-to-internet",
    severity: Severity::Warning,
    title: t("인터넷으로 보내는 프라이빗 NAT 게이트웨이", "Default route to a private NAT gateway"),
    why: t(
        "프라이빗 NAT 게이트웨이는 퍼블릭 주소가 없어서, 인터넷 게이트웨이로 나가는 패킷이 버려져요. 다른 VPC나 사내망으로 갈 때만 써요.",
        "A private NAT gateway has no public address, so packets that leave by the internet gateway are dropped. It is for other VPCs and networks.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, table) in context.all::<RouteTable>() {
        for (row, route) in table.routes.iter().enumerate().filter(|(_, route)| route.is_default()) {
            let private = |nat: &NodeId| {
                context.design.get::<NatGateway>(*nat).is_some_and(|nat| nat.connectivity == Connectivity::Private)
            };
            let Some(nat) = route.target.filter(private) else { continue };
            let Some((subnet, _)) = context.subnet_of(nat) else { continue };
            // Through a transit gateway or an instance it goes on, with the address of the gateway.
            if context.way_out(subnet) == WayOut::Through {
                continue;
            }
            let (name, nat_name, destination) = (&node.name, context.name(nat), route.destination);
            let note = report
                .note(
                    id,
                    message!(
                        "라우팅 테이블 {name}의 {destination} 경로가 프라이빗 NAT 게이트웨이 {nat_name}(으)로 가는데, 퍼블릭 주소가 없어서 인터넷에 닿지 못해요. 퍼블릭 NAT 게이트웨이로 보내세요.",
                        "The {destination} route of table {name} leads to private NAT gateway {nat_name}, which has no public address and does not reach the internet. Lead it to a public NAT gateway."
                    ),
                )
                .field("routes")
                .row(row)
                .given(nat, "connectivity")
                .given_all(context.way_of(subnet));
            let Some((vpc, _)) = context.vpc_of(id) else { continue };
            let followers = context.followers_of(id);
            let public = context.within::<NatGateway>(vpc).find(|(other, _, of)| {
                let at = context.subnet_of(*other).map(|(at, _)| at);
                of.connectivity == Connectivity::Public
                    && at.is_some_and(|at| context.is_public(at) && !followers.contains(&at))
            });
            if let Some((other, other_node, _)) = public {
                let other_name = &other_node.name;
                let routes = replaced(&table.routes, row, &Route { target: Some(other), ..route.clone() });
                note.fix(
                    message!("{other_name}(으)로 보내기", "Lead it to {other_name}"),
                    vec![Edit::set(id, "routes", routes)],
                );
            } else if context.is_public(subnet) {
                note.fix(
                    message!(
                        "{nat_name}을(를) 퍼블릭으로 바꾸고 탄력적 IP 붙이기",
                        "Make {nat_name} public, with an Elastic IP"
                    ),
                    made_public(context, nat),
                );
            }
        }
    }
}

/// Gives a NAT gateway an Elastic IP of its own.
fn made_public(context: &Context, nat: NodeId) -> Vec<Edit> {
    let design = context.design;
    let (address, (w, h)) = (design.next_id(), Shape::Tile.size());
    let region = design.ancestor(nat, Kind::Region);
    let name = design.fresh_name(&format!("{}-ip", context.name(nat)));
    let rect = design.free_spot(region, w, h);
    let body = ElasticIp::default().into();
    vec![
        Edit::add(address, Node { name, parent: region, rect, body, origin: String::new() }),
        Edit::set(nat, "connectivity", Connectivity::Public.as_str()),
        Edit::set(nat, "elastic_ip", Value::Ref(address)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_default_route_to_a_private_one() {
        let mut n = two_zones();
        n.set("nat", "connectivity", Connectivity::Private.as_str());
        fires(&RULE, &n, &["private-rt"]);
        n.add("public-c", "spare", NatGateway { elastic_ip: Some(n.id("eip")), ..NatGateway::default() });
        // The private one has another use, or it would be left over once the route leads elsewhere.
        let destination = "192.168.0.0/16".parse().unwrap();
        let inner = vec![Route { destination, target: Some(n.id("nat")), ..Route::default() }];
        n.add("vpc", "inner-rt", RouteTable { routes: inner, ..RouteTable::default() });
        fires(&RULE, &n, &["private-rt"]);
    }

    #[test]
    fn quiet_on_a_public_one_and_on_other_destinations() {
        quiet(&RULE, &two_zones());
        let mut n = two_zones();
        n.set("nat", "connectivity", Connectivity::Private.as_str());
        let destination = "192.168.0.0/16".parse().unwrap();
        n.rows("private-rt", "routes", &[Route { destination, target: Some(n.id("nat")), ..Route::default() }]);
        quiet(&RULE, &n);
    }
}
