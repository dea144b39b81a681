//! A route inside the VPC's own addresses is legal for whole subnets only.
use crate::catalog::Kind;
use crate::catalog::kinds::{RouteTable, Subnet};
use crate::design::{Edit, Node};
use crate::facts::Context;
use crate::fixes::rows;
use crate::net::Cidr;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "route-overlaps-local",
    severity: Severity::Error,
    title: t("local 라우팅과 겹치는 라우팅", "Route inside the local route"),
    why: t(
        "VPC 안으로 가는 길은 local 라우팅이 맡아요. 더 자세한 라우팅은 목적지가 서브넷 하나의 CIDR과 똑같고 대상이 NAT 게이트웨이나 인터페이스, 게이트웨이 로드 밸런서 엔드포인트일 때만 만들 수 있어요.",
        "The local route covers the VPC. A more specific one must match a whole subnet and lead to a NAT gateway, an interface or a Gateway Load Balancer endpoint.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, table) in context.all::<RouteTable>() {
        let Some((vpc, body)) = context.vpc_of(id) else { continue };
        for (row, route) in table.routes.iter().enumerate() {
            let Some(destination) = route.destination.v4().filter(|_| route.prefix_list.is_none()) else { continue };
            let Some(local) = body.cidrs().find(|block| block.contains(&destination)) else { continue };
            let target = route.target.and_then(|target| context.design.node(target)).map(Node::kind);
            let is_subnet = |cidr: Cidr| context.within::<Subnet>(vpc).any(|(_, _, subnet)| subnet.cidr == cidr);
            let drawn = matches!(target, Some(Kind::Instance | Kind::NetworkInterface | Kind::VpcEndpoint));
            let middlebox = drawn || route.beyond().is_some();
            let appliance = middlebox || target == Some(Kind::NatGateway);
            // Only a gateway's own table may lead the whole VPC elsewhere.
            let whole = destination == local && middlebox && table.gateway.is_some();
            if whole || destination != local && appliance && is_subnet(destination) {
                continue;
            }
            let (name, vpc_name) = (&node.name, context.name(vpc));
            report
                .note(
                    id,
                    message!(
                        "라우팅 테이블 {name}의 {destination} 라우팅이 VPC {vpc_name}의 local 라우팅 {local}과(와) 겹쳐요. 라우팅을 지우세요.",
                        "The {destination} route of table {name} lies inside the local route {local} of VPC {vpc_name}. Remove it."
                    ),
                )
                .field(id_of!(RouteTable.routes))
                    .row(row)
                .given_all([(id, id_of!(RouteTable.gateway)), (vpc, id_of!(Subnet.cidr))])
                .fix(
                    message!("{destination} 라우팅 지우기", "Remove the {destination} route"),
                    vec![Edit::set(id, id_of!(RouteTable.routes), rows::without(&table.routes, row))],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::FieldValue;
    use crate::catalog::kinds::Route;
    use crate::rules::testing::{fires, quiet, two_zones};

    /// A table with one route to `target`.
    fn with_route(destination: &str, target: &str) -> crate::rules::testing::Named {
        let mut sketch = two_zones();
        let target = Some(sketch.id(target));
        let routes = vec![Route { destination: destination.parse().unwrap(), target, ..Route::default() }];
        sketch.set("private-rt", "routes", routes.to_value());
        sketch
    }

    #[test]
    fn fires_on_the_whole_vpc_a_part_of_a_subnet_and_a_gateway_as_target() {
        for (destination, target) in [("10.0.0.0/16", "nat"), ("10.0.1.0/25", "app"), ("10.0.1.0/24", "igw")] {
            fires(&RULE, &with_route(destination, target), &["private-rt"]);
        }
    }

    #[test]
    fn quiet_on_the_whole_vpc_in_the_table_of_a_gateway() {
        let mut sketch = with_route("10.0.0.0/16", "app");
        fires(&RULE, &sketch, &["private-rt"]);
        let igw = sketch.id("igw");
        sketch.set("private-rt", "gateway", igw);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_on_a_whole_subnet_through_what_is_not_drawn() {
        let mut sketch = two_zones();
        let outside = "vpce-0123456789abcdef0".to_owned();
        let route = Route { destination: "10.0.1.0/24".parse().unwrap(), outside, ..Route::default() };
        sketch.set("private-rt", "routes", vec![route].to_value());
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_on_a_whole_subnet_through_an_appliance_and_outside() {
        for (destination, target) in [("10.0.1.0/24", "app"), ("10.0.0.0/8", "nat"), ("172.16.0.0/16", "nat")] {
            quiet(&RULE, &with_route(destination, target));
        }
    }
}
