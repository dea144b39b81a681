//! A route without a working target drops what it matches.
use crate::catalog::Kind;
use crate::catalog::kinds::{NatGateway, Route, RouteTable};
use crate::design::{Edit, Node};
use crate::facts::Context;
use crate::fixes::rows;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "route-blackhole",
    severity: Severity::Error,
    title: t("블랙홀 라우팅", "Blackhole route"),
    why: t(
        "대상이 지워졌거나 떨어진 라우팅도 여전히 골라지고, 그 길로 간 패킷은 버려져요.",
        "A route whose target is deleted or detached still wins, and drops the packets it takes.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, table) in context.all::<RouteTable>() {
        for (row, route) in table.routes.iter().enumerate() {
            let (name, destination) = (&node.name, route.destination);
            if route.beyond().is_some() {
                continue;
            }
            let message = match route.target {
                None => message!(
                    "라우팅 테이블 {name}의 {destination} 라우팅에 대상이 없어서 패킷이 버려져요. 대상을 고르거나 라우팅을 지우세요.",
                    "The {destination} route of table {name} has no target and drops packets. Choose one or remove the route."
                ),
                Some(target) if is_detached(context, target) => {
                    let gateway = context.name(target);
                    message!(
                        "라우팅 테이블 {name}의 {destination} 라우팅이 VPC에 연결되지 않은 인터넷 게이트웨이 {gateway}(으)로 가서 패킷이 버려져요. 게이트웨이를 VPC 안으로 옮기세요.",
                        "The {destination} route of table {name} leads to internet gateway {gateway}, which is attached to no VPC. Move the gateway into the VPC."
                    )
                }
                Some(_) => continue,
            };
            let note = report.note(id, message).field(id_of!(RouteTable.routes));
            // A gateway that is there has only to be attached; nothing that somebody made is taken away.
            let vpc = context.vpc_of(id).map(|(vpc, _)| vpc);
            let loose = route.target.filter(|target| is_detached(context, *target));
            if let Some((gateway, vpc)) = loose.zip(vpc.filter(|vpc| context.internet_gateway_of(*vpc).is_none())) {
                let (gateway_name, vpc_name) = (context.name(gateway), context.name(vpc));
                note.fix(
                    message!(
                        "인터넷 게이트웨이 {gateway_name}을(를) VPC {vpc_name}에 연결하기",
                        "Attach internet gateway {gateway_name} to VPC {vpc_name}"
                    ),
                    crate::fixes::mend::move_into(context, gateway, vpc),
                );
                continue;
            }
            match target_for(context, id, route) {
                Some(target) => {
                    let target_name = context.name(target);
                    let routes = rows::replaced(&table.routes, row, &Route { target: Some(target), ..route.clone() });
                    note.fix(
                        message!(
                            "{destination} 라우팅을 {target_name}(으)로 보내기",
                            "Lead {destination} to {target_name}"
                        ),
                        vec![Edit::set(id, id_of!(RouteTable.routes), routes)],
                    )
                }
                None => note.fix(
                    message!("{destination} 라우팅 지우기", "Remove the {destination} route"),
                    vec![Edit::set(id, id_of!(RouteTable.routes), rows::without(&table.routes, row))],
                ),
            };
        }
    }
}

fn is_detached(context: &Context, target: NodeId) -> bool {
    let kind = context.design.node(target).map(Node::kind);
    kind == Some(Kind::InternetGateway) && context.design.ancestor(target, Kind::Vpc).is_none()
}

/// Where a default route was probably meant to lead, judged by the subnets that follow the table.
fn target_for(context: &Context, table: NodeId, route: &Route) -> Option<NodeId> {
    let (vpc, _) = context.vpc_of(table)?;
    let followers = context.followers_of(table);
    if !route.is_default() || followers.is_empty() {
        return None;
    }
    if followers.iter().any(|subnet| context.public_need(*subnet).is_some()) {
        return context.internet_gateway_of(vpc);
    }
    let elsewhere =
        |id: NodeId| context.subnet_of(id).is_some_and(|(at, _)| !followers.contains(&at) && context.is_public(at));
    context.within::<NatGateway>(vpc).map(|(id, ..)| id).find(|id| elsewhere(*id))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::FieldValue;
    use crate::catalog::kinds::{Route, RouteTable};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_when_the_target_went() {
        let mut sketch = two_zones();
        sketch.remove("nat");
        fires(&RULE, &sketch, &["private-rt"]);
        sketch.remove("igw");
        fires(&RULE, &sketch, &["public-rt", "private-rt"]);
    }

    #[test]
    fn quiet_on_a_target_outside_the_drawing() {
        let mut sketch = two_zones();
        let route = Route { outside: "tgw-0123456789abcdef0".to_owned(), ..Route::default() };
        sketch.set("private-rt", "routes", vec![route].to_value());
        quiet(&RULE, &sketch);
    }

    #[test]
    fn offers_the_gateway_that_suits_the_subnets() {
        for (table, gateway) in [("public-rt", "igw"), ("private-rt", "nat")] {
            let mut sketch = two_zones();
            sketch.set(table, "routes", vec![Route::default()].to_value());
            fires(&RULE, &sketch, &[table]);
            let fix = crate::rules::check(sketch.design())
                .into_iter()
                .find(|found| found.rule == RULE.id)
                .unwrap()
                .fix
                .unwrap();
            let mut mended = sketch.design().clone();
            mended.apply_all(&fix.edits).unwrap();
            let routes = &mended.get::<RouteTable>(sketch.id(table)).unwrap().routes;
            assert_eq!(routes[0].target, Some(sketch.id(gateway)));
        }
    }

    #[test]
    fn fires_when_the_gateway_is_detached() {
        let mut sketch = two_zones();
        let loose = sketch.add("region", "loose", crate::catalog::kinds::InternetGateway);
        sketch.set("public-rt", "routes", vec![Route { target: Some(loose), ..Route::default() }].to_value());
        fires(&RULE, &sketch, &["public-rt"]);
    }

    #[test]
    fn quiet_with_targets() {
        quiet(&RULE, &two_zones());
    }
}
