//! A static route of a transit gateway leads to an attachment of that gateway.

use crate::catalog::kinds::{TransitGatewayAttachment, TransitGatewayPeering, TransitGatewayRouteTable};
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "transit-route-to-nothing",
    severity: Severity::Error,
    title: t("갈 곳이 없는 전송 게이트웨이 라우팅", "Transit gateway route that leads nowhere"),
    why: t(
        "전송 게이트웨이의 정적 라우팅은 그 게이트웨이의 연결로 가거나 블랙홀이어야 해요.",
        "A static route of a transit gateway leads to an attachment of that gateway, or is a blackhole by choice.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, table) in context.all::<TransitGatewayRouteTable>() {
        for (row, route) in table.routes.iter().enumerate().filter(|(_, route)| !route.blackhole) {
            let (name, destination) = (&node.name, route.destination);
            let message = match route.attachment {
                None if route.beyond().is_some() => continue,
                None => message!(
                    "전송 게이트웨이 라우팅 테이블 {name}의 {destination} 라우팅에 연결이 없어요. 연결을 고르거나, 막으려는 것이면 블랙홀을 켜세요.",
                    "Route {destination} of transit gateway route table {name} has no attachment. Choose one, or turn blackhole on if packets are to be dropped."
                ),
                Some(to) if table.gateway.is_some_and(|gateway| is_of_other(context, to, gateway)) => {
                    let to = context.name(to);
                    message!(
                        "전송 게이트웨이 라우팅 테이블 {name}의 {destination} 라우팅이 다른 전송 게이트웨이의 연결 {to}(으)로 가요. 이 게이트웨이의 연결을 고르세요.",
                        "Route {destination} of transit gateway route table {name} leads to {to}, which is attached to another transit gateway. Choose an attachment of this one."
                    )
                }
                Some(_) => continue,
            };
            report.note(id, message).field(id_of!(TransitGatewayRouteTable.routes)).row(row);
        }
    }
}

/// Whether something is attached to other gateways than this one.
fn is_of_other(context: &Context, attachment: NodeId, gateway: NodeId) -> bool {
    if let Some(of) = context.design.get::<TransitGatewayAttachment>(attachment) {
        return of.gateway.is_some_and(|own| own != gateway);
    }
    let peering = context.design.get::<TransitGatewayPeering>(attachment);
    peering.is_some_and(|of| of.gateway.is_some() && of.peer.is_some() && of.other(gateway).is_none())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{TransitGateway, TransitGatewayRouteTable, TransitRoute};
    use crate::rules::testing::{Named, fires, quiet};
    use crate::rules::testing_transit::hubbed;

    fn routed(to: Option<&str>, blackhole: bool) -> Named {
        let mut n = hubbed();
        let route = TransitRoute {
            destination: "10.9.0.0/16".parse().unwrap(),
            blackhole,
            attachment: to.map(|to| n.id(to)),
            ..TransitRoute::default()
        };
        let gateway = Some(n.id("hub"));
        n.add(
            "region",
            "table",
            TransitGatewayRouteTable { gateway, routes: vec![route], ..TransitGatewayRouteTable::default() },
        );
        n
    }

    #[test]
    fn fires_without_an_attachment_and_on_one_of_another_gateway() {
        fires(&RULE, &routed(None, false), &["table"]);
        let mut n = routed(Some("other-on"), false);
        let second = n.add("region", "second", TransitGateway::default());
        n.set("other-on", "gateway", second);
        fires(&RULE, &n, &["table"]);
    }

    #[test]
    fn quiet_on_attachments_and_chosen_blackholes() {
        quiet(&RULE, &routed(Some("other-on"), false));
        quiet(&RULE, &routed(None, true));
    }
}
