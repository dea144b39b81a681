//! Only an endpoint of a gateway load balancer can be the target of a route.
use crate::catalog::kinds::{RouteTable, VpcEndpoint};
use crate::catalog::{FieldValue, Value};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "route-to-endpoint",
    severity: Severity::Error,
    title: t("라우팅의 대상이 될 수 없는 엔드포인트", "Endpoint that cannot be a route target"),
    why: t(
        "라우팅의 대상으로 고를 수 있는 엔드포인트는 게이트웨이 로드 밸런서 유형뿐이에요. 게이트웨이 유형은 라우팅 테이블을 연결하면 라우팅이 저절로 생기고, 인터페이스 유형은 주소로 닿아요.",
        "Of endpoints only those of a Gateway Load Balancer can be the target of a route. A gateway endpoint adds its route to the tables associated with it, and an interface endpoint is reached by its address.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, table) in context.all::<RouteTable>() {
        for (row, route) in table.routes.iter().enumerate() {
            let of = route.target.and_then(|target| Some((target, context.design.get::<VpcEndpoint>(target)?)));
            let Some((target, endpoint)) = of.filter(|(_, endpoint)| !endpoint.is_balanced()) else { continue };
            let (name, destination, endpoint_name) = (&node.name, route.destination, context.name(target));
            let mut edits = vec![Edit::set(id, id_of!(RouteTable.routes), rows::without(&table.routes, row))];
            let title = if endpoint.is_gateway() {
                let mut tables = endpoint.route_tables.clone();
                if !tables.contains(&id) {
                    tables.push(id);
                }
                edits.push(Edit::set(
                    target,
                    id_of!(VpcEndpoint.route_tables),
                    Value::List(tables.iter().map(FieldValue::to_value).collect()),
                ));
                message!(
                    "라우팅 대신 {endpoint_name}에 라우팅 테이블 {name} 연결하기",
                    "Associate table {name} with {endpoint_name} instead"
                )
            } else {
                message!("{destination} 라우팅 지우기", "Remove the {destination} route")
            };
            report
                .note(
                    id,
                    message!(
                        "라우팅 테이블 {name}의 {destination} 라우팅이 엔드포인트 {endpoint_name}(으)로 가는데, 게이트웨이 로드 밸런서 유형이 아니라서 AWS가 받아 주지 않아요. 라우팅을 지우세요.",
                        "The {destination} route of table {name} leads to endpoint {endpoint_name}, which AWS refuses: it is not of type Gateway Load Balancer. Remove the route."
                    ),
                )
                .field(id_of!(RouteTable.routes))
                .fix(title, edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::FieldValue;
    use crate::catalog::kinds::{EndpointType, Route, VpcEndpoint};
    use crate::rules::testing::{Named, fires, quiet, two_zones};

    fn with_endpoint(endpoint_type: EndpointType) -> Named {
        let mut sketch = two_zones();
        let target = Some(sketch.add("vpc", "endpoint", VpcEndpoint { endpoint_type, ..VpcEndpoint::default() }));
        sketch.set("private-rt", "routes", vec![Route { target, ..Route::default() }].to_value());
        sketch
    }

    #[test]
    fn fires_on_gateway_and_interface_endpoints() {
        for endpoint_type in [EndpointType::Gateway, EndpointType::Interface] {
            fires(&RULE, &with_endpoint(endpoint_type), &["private-rt"]);
        }
    }

    #[test]
    fn quiet_on_the_endpoint_of_a_gateway_balancer() {
        quiet(&RULE, &with_endpoint(EndpointType::GatewayLoadBalancer));
        quiet(&RULE, &two_zones());
    }
}
