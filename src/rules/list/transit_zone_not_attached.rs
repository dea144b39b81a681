//! Subnets that route to a transit gateway stand in zones in which their VPC is attached to it.

use std::collections::BTreeSet;

use crate::catalog::FieldValue;
use crate::catalog::kinds::{RouteTable, Subnet, TransitGatewayAttachment};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "transit-zone-not-attached",
    severity: Severity::Warning,
    title: t("전송 게이트웨이를 쓰지 못하는 가용 영역", "Zone that cannot use the transit gateway"),
    why: t(
        "연결에 그 가용 영역의 서브넷이 없으면, 그 영역에 있는 리소스는 라우팅이 있어도 전송 게이트웨이로 가지 못해요.",
        "Resources in a zone in which the attachment has no subnet cannot reach the transit gateway, whatever routes say.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, attachment) in context.all::<TransitGatewayAttachment>() {
        let (Some(gateway), Some((vpc, _))) = (attachment.gateway, context.vpc_of(id)) else { continue };
        let zones: Option<BTreeSet<&str>> = attachment.subnets.iter().map(|subnet| zone(context, *subnet)).collect();
        // Of a subnet whose zone is not drawn nothing can be said.
        let Some(zones) = zones.filter(|zones| !zones.is_empty()) else { continue };
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for (subnet, ..) in context.within::<Subnet>(vpc) {
            let Some(letter) = zone(context, subnet).filter(|letter| !zones.contains(letter)) else { continue };
            if !leads_to(context, subnet, gateway) || !told.insert(letter) {
                continue;
            }
            let (name, gateway_name, subnet_name) = (&node.name, context.name(gateway), context.name(subnet));
            let mut subnets = attachment.subnets.clone();
            subnets.push(subnet);
            report
                .note(
                    id,
                    message!(
                        "가용 영역 {letter}의 서브넷 {subnet_name}이(가) 전송 게이트웨이 {gateway_name}(으)로 라우팅하지만, 연결 {name}에 그 영역의 서브넷이 없어서 가지 못해요. 그 영역의 서브넷을 추가하세요.",
                        "Subnet {subnet_name} in zone {letter} routes to transit gateway {gateway_name}, but attachment {name} has no subnet in that zone, so nothing gets there. Add a subnet of that zone."
                    ),
                )
                .field(id_of!(TransitGatewayAttachment.subnets))
                .given_all(context.zones_given(attachment.subnets.iter().copied().chain([subnet])))
                .given_all(context.way_of(subnet))
                .given_all([(id, id_of!(TransitGatewayAttachment.subnets))])
                .fix(
                    message!("연결에 서브넷 {subnet_name} 추가하기", "Add subnet {subnet_name} to the attachment"),
                    vec![Edit::set(id, id_of!(TransitGatewayAttachment.subnets), subnets.to_value())],
                );
        }
    }
}

fn zone<'a>(context: &Context<'a>, subnet: NodeId) -> Option<&'a str> {
    context.zone_of(subnet).filter(|letter| !letter.is_empty())
}

fn leads_to(context: &Context, subnet: NodeId, gateway: NodeId) -> bool {
    let table = context.route_table_of(subnet).and_then(|(table, _)| context.design.get::<RouteTable>(table));
    table.is_some_and(|table| table.routes.iter().any(|route| route.target == Some(gateway)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_transit::hubbed;

    #[test]
    fn fires_once_for_each_zone_that_routes_there() {
        let mut n = hubbed();
        n.refs("vpc-on", "subnets", &["private-c"]);
        fires(&RULE, &n, &["vpc-on"]);
    }

    #[test]
    fn quiet_where_every_zone_is_attached_or_does_not_go_there() {
        quiet(&RULE, &hubbed());
        let mut n = hubbed();
        n.refs("vpc-on", "subnets", &["private-c"]);
        for subnet in ["public-a", "private-a"] {
            n.set(subnet, "route_table", crate::catalog::Value::None);
        }
        quiet(&RULE, &n);
    }
}
