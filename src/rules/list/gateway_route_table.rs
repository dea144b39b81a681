//! The route table of an internet gateway leads packets that come in, and only within its VPC.
use std::collections::BTreeMap;

use crate::catalog::kinds::RouteTable;
use crate::catalog::{Kind, Value};
use crate::design::{Edit, Node};
use crate::facts::Context;
use crate::fixes::rows;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "gateway-route-table",
    severity: Severity::Error,
    title: t("게이트웨이의 라우팅 테이블에 둘 수 없는 라우팅", "Route that a gateway's table cannot have"),
    why: t(
        "게이트웨이에 연결한 라우팅 테이블은 들어오는 패킷의 길을 정해요. 목적지는 VPC나 서브넷 하나의 CIDR이어야 하고, 대상은 인터페이스나 게이트웨이 로드 밸런서 엔드포인트여야 해요.",
        "A route table associated with a gateway leads packets that come in: to the CIDR block of the VPC or of one subnet, through an interface or a Gateway Load Balancer endpoint.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut known: BTreeMap<NodeId, NodeId> = BTreeMap::new();
    for (id, node, table) in context.all::<RouteTable>() {
        let (Some(gateway), Some((vpc, body))) = (table.gateway, context.vpc_of(id)) else { continue };
        let (name, gateway_name) = (&node.name, context.name(gateway));
        let first = *known.entry(gateway).or_insert(id);
        if first != id {
            let first = context.name(first);
            report
                .note(
                    id,
                    message!(
                        "인터넷 게이트웨이 {gateway_name}에 라우팅 테이블 {first}이(가) 이미 연결되어 있어서 {name}은(는) 연결할 수 없어요. 한 테이블에 라우팅을 모으세요.",
                        "Internet gateway {gateway_name} is associated with table {first} already, and takes no second one. Keep its routes in one table."
                    ),
                )
                .field(id_of!(RouteTable.gateway))
                .fix(message!("엣지 연결 비우기", "Clear the edge association"), vec![Edit::set(id, id_of!(RouteTable.gateway), Value::None)]);
        }
        if context.vpc_of(gateway).map(|(of, _)| of) != Some(vpc) {
            let vpc_name = context.name(vpc);
            report
                .note(
                    id,
                    message!(
                        "라우팅 테이블 {name}에 연결한 인터넷 게이트웨이 {gateway_name}이(가) VPC {vpc_name}에 연결되어 있지 않아요. 같은 VPC의 게이트웨이를 고르거나 비우세요.",
                        "Internet gateway {gateway_name}, which table {name} is associated with, is not attached to VPC {vpc_name}. Choose a gateway of the VPC, or none."
                    ),
                )
                .field(id_of!(RouteTable.gateway))
                .fix(message!("엣지 연결 비우기", "Clear the edge association"), vec![Edit::set(id, id_of!(RouteTable.gateway), Value::None)]);
        }
        for (row, route) in table.routes.iter().enumerate() {
            let inside = route.prefix_list.is_none()
                && route.destination.v4().is_none_or(|to| body.cidrs().any(|block| block.contains(&to)));
            let target = route.target.and_then(|target| context.design.node(target)).map(Node::kind);
            if inside && matches!(target, None | Some(Kind::Instance | Kind::NetworkInterface | Kind::VpcEndpoint)) {
                continue;
            }
            let destination = route.destination;
            report
                .note(
                    id,
                    message!(
                        "라우팅 테이블 {name}은(는) 게이트웨이 {gateway_name}에 연결되어 있어서 {destination} 라우팅을 둘 수 없어요. VPC 안의 목적지를 인터페이스나 GWLB 엔드포인트로 보내는 라우팅만 남기세요.",
                        "Table {name} is associated with gateway {gateway_name} and cannot have the {destination} route. Keep only routes to addresses of the VPC through an interface or a GWLB endpoint."
                    ),
                )
                .field(id_of!(RouteTable.routes))
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
    use crate::catalog::kinds::{EndpointType, InternetGateway, Route, RouteTable, Vpc, VpcEndpoint};
    use crate::rules::testing::{Named, fires, quiet, two_zones};

    fn gate(destination: &str, target: &str) -> Named {
        let mut sketch = two_zones();
        let endpoint_type = EndpointType::GatewayLoadBalancer;
        sketch.add("vpc", "gwlbe", VpcEndpoint { endpoint_type, ..VpcEndpoint::default() });
        let route =
            Route { destination: destination.parse().unwrap(), target: Some(sketch.id(target)), ..Route::default() };
        let gateway = Some(sketch.id("igw"));
        sketch.add("vpc", "gate-rt", RouteTable { routes: vec![route], gateway, ..RouteTable::default() });
        sketch
    }

    #[test]
    fn fires_on_other_targets_and_on_addresses_outside() {
        for (destination, target) in [("10.0.1.0/24", "nat"), ("0.0.0.0/0", "gwlbe"), ("0.0.0.0/0", "igw")] {
            fires(&RULE, &gate(destination, target), &["gate-rt"]);
        }
    }

    #[test]
    fn fires_on_the_gateway_of_another_vpc() {
        let mut sketch = gate("10.0.1.0/24", "gwlbe");
        sketch.add("region", "other", Vpc::default());
        let foreign = sketch.add("other", "igw-2", InternetGateway);
        sketch.set("gate-rt", "gateway", foreign);
        fires(&RULE, &sketch, &["gate-rt"]);
    }

    #[test]
    fn fires_on_a_second_table_of_a_gateway() {
        let mut sketch = gate("10.0.1.0/24", "gwlbe");
        let gateway = Some(sketch.id("igw"));
        sketch.add("vpc", "second-rt", RouteTable { gateway, ..RouteTable::default() });
        fires(&RULE, &sketch, &["second-rt"]);
    }

    #[test]
    fn quiet_on_ways_through_middleboxes_and_on_tables_of_subnets() {
        for (destination, target) in [("10.0.1.0/24", "gwlbe"), ("10.0.0.0/16", "gwlbe"), ("10.0.3.0/24", "web")] {
            quiet(&RULE, &gate(destination, target));
        }
        quiet(&RULE, &two_zones());
    }
}
