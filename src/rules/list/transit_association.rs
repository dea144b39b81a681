//! An attachment to a transit gateway follows one route table: the default one, or one that is chosen.

use crate::catalog::kinds::{Support, TransitGateway, TransitGatewayAttachment, TransitGatewayRouteTable};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "transit-association",
    severity: Severity::Error,
    title: t("전송 게이트웨이 라우팅 테이블 연결", "Association with a transit gateway's route table"),
    why: t(
        "연결은 라우팅 테이블 하나만 따라요. 하나도 없으면 거기서 온 패킷이 버려지고, 기본 연결이 켜져 있는데 다른 테이블을 고르면 배포가 거절돼요.",
        "An attachment follows exactly one table. Without one its packets are dropped; with the default one on, choosing another is refused.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let is_outside = |id| context.design.template().is_some_and(|original| original.is_outside(id));
    for (id, node, attachment) in context.all::<TransitGatewayAttachment>() {
        let Some(gateway) = attachment.gateway.filter(|gateway| !is_outside(*gateway)) else { continue };
        let Some(hub) = context.design.get::<TransitGateway>(gateway) else { continue };
        let (name, gateway_name) = (&node.name, context.name(gateway));
        let table = attachment
            .association
            .and_then(|table| Some((table, context.design.get::<TransitGatewayRouteTable>(table)?)));
        let message = match (table, hub.default_association.is_on()) {
            (None, false) => message!(
                "{name}이(가) 전송 게이트웨이 {gateway_name}의 어느 라우팅 테이블도 따르지 않아서 VPC에서 온 패킷이 버려져요. 라우팅 테이블을 고르거나 기본 연결을 켜세요.",
                "{name} follows no route table of transit gateway {gateway_name}, so packets from its VPC are dropped. Choose one, or turn the default association on."
            ),
            (Some((table, body)), true) if !body.default_table => {
                let table = context.name(table);
                message!(
                    "{name}이(가) 라우팅 테이블 {table}을(를) 따르게 했지만, 전송 게이트웨이 {gateway_name}의 기본 연결이 켜져 있어서 이미 기본 테이블을 따르고 있어요. 배포가 거절되니 기본 연결을 끄세요.",
                    "{name} is to follow route table {table}, but transit gateway {gateway_name} has its default association on, so it follows the default table already and the deployment is refused. Turn the default association off."
                )
            }
            _ => continue,
        };
        let both = attachment.association.is_some();
        let note = report.note(id, message).field(id_of!(TransitGatewayAttachment.association)).given_all([
            (id, id_of!(TransitGatewayAttachment.association)),
            (gateway, id_of!(TransitGateway.default_association)),
        ]);
        let mut others = context.all::<TransitGatewayAttachment>().filter(|(_, _, of)| of.gateway == Some(gateway));
        if both && others.all(|(_, _, of)| of.association.is_some()) {
            note.fix(
                message!(
                    "전송 게이트웨이 {gateway_name}의 기본 연결 끄기",
                    "Turn the default association of transit gateway {gateway_name} off"
                ),
                vec![Edit::set(gateway, id_of!(TransitGateway.default_association), Support::Disable.as_str())],
            );
        } else if !both && others.all(|(_, _, of)| of.association.is_none()) && tables(context, gateway).is_empty() {
            note.fix(
                message!(
                    "전송 게이트웨이 {gateway_name}의 기본 연결 켜기",
                    "Turn the default association of transit gateway {gateway_name} on"
                ),
                vec![Edit::set(gateway, id_of!(TransitGateway.default_association), Support::Enable.as_str())],
            );
        } else if !both {
            let tables = tables(context, gateway);
            if let &[table] = tables.as_slice() {
                let table_name = context.name(table);
                note.fix(
                    message!(
                        "{name}이(가) 라우팅 테이블 {table_name}을(를) 따르게 하기",
                        "Let {name} follow route table {table_name}"
                    ),
                    vec![Edit::set(id, id_of!(TransitGatewayAttachment.association), table)],
                );
            }
        }
    }
}

/// The route tables of a gateway.
fn tables(context: &Context, gateway: NodeId) -> Vec<NodeId> {
    let all = context.all::<TransitGatewayRouteTable>();
    all.filter(|(_, _, of)| of.gateway == Some(gateway)).map(|(id, ..)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::TransitGatewayRouteTable;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_transit::hubbed;

    #[test]
    fn fires_without_a_table_and_with_two() {
        let mut n = hubbed();
        n.set("hub", "default_association", "disable");
        fires(&RULE, &n, &["vpc-on", "other-on"]);
        let gateway = Some(n.id("hub"));
        let table =
            n.add("region", "table", TransitGatewayRouteTable { gateway, ..TransitGatewayRouteTable::default() });
        n.set("vpc-on", "association", table);
        fires(&RULE, &n, &["other-on"]);
        n.set("other-on", "association", table);
        n.set("hub", "default_association", "enable");
        fires(&RULE, &n, &["vpc-on", "other-on"]);
    }

    #[test]
    fn quiet_on_the_default_table_and_on_a_chosen_one() {
        quiet(&RULE, &hubbed());
        let mut n = hubbed();
        n.set("hub", "default_association", "disable");
        let gateway = Some(n.id("hub"));
        let table =
            n.add("region", "table", TransitGatewayRouteTable { gateway, ..TransitGatewayRouteTable::default() });
        for attachment in ["vpc-on", "other-on"] {
            n.set(attachment, "association", table);
        }
        quiet(&RULE, &n);
    }
}
