//! A route leads to a target of its own VPC.
use crate::catalog::Kind;
use crate::catalog::kinds::{NatGateway, Route, RouteTable};
use crate::design::Edit;
use crate::facts::{Context, Stranger};
use crate::fixes::rows;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "route-target-in-other-vpc",
    severity: Severity::Error,
    title: t("다른 VPC로 가는 라우팅", "Route into another VPC"),
    why: t(
        "게이트웨이와 인스턴스는 자기 VPC의 라우팅 테이블에서만 대상이 될 수 있어요.",
        "Gateways and instances can be targets only in route tables of their own VPC.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, table) in context.all::<RouteTable>() {
        for stranger in context.strangers(id, id_of!(RouteTable.routes)) {
            let Stranger { row, node: target, own: vpc, other, .. } = stranger;
            let Some(route) = table.routes.get(row) else { continue };
            let (name, destination, target_name) = (&node.name, route.destination, context.name(target));
            let vpcs = context.vpcs_of([Some(vpc), Some(other)]);
            let (vpc_name, other) = (context.name(vpc), context.name(other));
            let note = report
                .note(
                    id,
                    message!(
                        "VPC {vpc_name}의 라우팅 테이블 {name}에서 {destination} 라우팅이 VPC {other}의 {target_name}(으)로 가요. 같은 VPC의 대상으로 바꾸세요.",
                        "In table {name} of VPC {vpc_name} the {destination} route leads to {target_name} of VPC {other}. Choose a target of the same VPC."
                    ),
                )
                .field(stranger.field)
                .row(row)
                .given_all(vpcs);
            let own = match context.design.node(target).map(crate::design::Node::kind) {
                Some(Kind::InternetGateway) => context.internet_gateway_of(vpc),
                Some(Kind::NatGateway) => context.within::<NatGateway>(vpc).map(|(id, ..)| id).next(),
                _ => None,
            };
            match own {
                Some(own) => {
                    let own_name = context.name(own);
                    let routes = rows::replaced(&table.routes, row, &Route { target: Some(own), ..route.clone() });
                    note.fix(
                        message!("{destination} 라우팅을 {own_name}(으)로 보내기", "Lead {destination} to {own_name}"),
                        vec![Edit::set(id, id_of!(RouteTable.routes), routes)],
                    )
                }
                None => note.fix(
                    message!("{destination} 라우팅 지우기", "Remove the {destination} route"),
                    vec![stranger.taken_out(context.design)],
                ),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::FieldValue;
    use crate::catalog::kinds::{Route, RouteTable, Vpc};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_gateway_of_another_vpc() {
        let mut sketch = two_zones();
        sketch.add("region", "other", Vpc::default());
        let foreign = sketch.add("other", "igw-2", crate::catalog::kinds::InternetGateway);
        sketch.set("public-rt", "routes", vec![Route { target: Some(foreign), ..Route::default() }].to_value());
        fires(&RULE, &sketch, &["public-rt"]);
        let table = RouteTable {
            routes: vec![Route { target: Some(sketch.id("nat")), ..Route::default() }],
            ..RouteTable::default()
        };
        sketch.add("other", "other-rt", table);
        fires(&RULE, &sketch, &["public-rt", "other-rt"]);
    }

    #[test]
    fn quiet_in_one_vpc() {
        quiet(&RULE, &two_zones());
    }
}
