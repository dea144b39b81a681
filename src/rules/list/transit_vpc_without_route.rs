//! A VPC that is attached to a transit gateway has a route to it.

use crate::catalog::kinds::{RouteTable, Subnet, TransitGatewayAttachment};
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "transit-vpc-without-route",
    severity: Severity::Warning,
    title: t("전송 게이트웨이로 가는 라우팅이 없는 VPC", "Attached VPC without a route to the transit gateway"),
    why: t(
        "연결만으로는 패킷이 가지 않아요. 서브넷의 라우팅 테이블에 전송 게이트웨이로 가는 라우팅이 있어야 가고, 응답도 돌아와요.",
        "An attachment alone moves nothing: route tables of the subnets need a route to the transit gateway, for answers too.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-getting-started.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, attachment) in context.all::<TransitGatewayAttachment>() {
        let (Some(gateway), Some((vpc, _))) = (attachment.gateway, context.vpc_of(id)) else { continue };
        let subnets: Vec<_> = context.within::<Subnet>(vpc).map(|(subnet, ..)| subnet).collect();
        let leads = |table: &RouteTable| table.routes.iter().any(|route| route.target == Some(gateway));
        // Routes of tables elsewhere are for others to say.
        if subnets.is_empty() || context.within::<RouteTable>(vpc).any(|(_, _, table)| leads(table)) {
            continue;
        }
        let (name, vpc_name, gateway) = (&node.name, context.name(vpc), context.name(gateway));
        let ways: Vec<_> = subnets.iter().flat_map(|subnet| context.way_of(*subnet)).collect();
        report
            .note(
                id,
                message!(
                    "VPC {vpc_name}이(가) {name}(으)로 전송 게이트웨이 {gateway}에 연결되어 있지만, 어느 라우팅 테이블에도 그리로 가는 라우팅이 없어요. 상대 CIDR로 가는 라우팅을 추가하세요.",
                    "VPC {vpc_name} is attached to transit gateway {gateway} by {name}, but none of its route tables leads there. Add routes to the other side's CIDR blocks."
                ),
            )
            .field(id_of!(TransitGatewayAttachment.gateway))
            .given_all(ways);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_transit::hubbed;

    #[test]
    fn fires_where_no_table_leads_there() {
        let mut n = hubbed();
        n.set("far-rt", "routes", Value::List(vec![]));
        fires(&RULE, &n, &["other-on"]);
    }

    #[test]
    fn quiet_with_a_route_in_one_table() {
        quiet(&RULE, &hubbed());
    }
}
