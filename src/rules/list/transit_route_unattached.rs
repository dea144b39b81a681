//! A VPC whose routes lead to a transit gateway is attached to it.

use crate::catalog::kinds::{RouteTable, TransitGateway, TransitGatewayAttachment};
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "transit-route-unattached",
    severity: Severity::Error,
    title: t(
        "연결되지 않은 전송 게이트웨이로 가는 라우팅",
        "Route to a transit gateway that the VPC is not attached to",
    ),
    why: t(
        "VPC를 연결하지 않은 전송 게이트웨이로는 라우팅을 만들 수 없어요. 배포가 거절돼요.",
        "AWS refuses a route to a transit gateway that the VPC of the table is not attached to.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let is_outside = |id| context.design.template().is_some_and(|original| original.is_outside(id));
    for (id, node, table) in context.all::<RouteTable>() {
        let Some((vpc, _)) = context.vpc_of(id).filter(|(vpc, _)| !is_outside(*vpc)) else { continue };
        for (row, route) in table.routes.iter().enumerate() {
            let Some(gateway) = route.target.filter(|to| context.design.get::<TransitGateway>(*to).is_some()) else {
                continue;
            };
            // Whoever has the gateway in another stack may attach the VPC there, and an account has no such route unattached.
            let is_described = context.design.node(gateway).is_some_and(|node| !node.origin.is_empty());
            if is_outside(gateway) || is_described || context.attachment_between(vpc, gateway).is_some() {
                continue;
            }
            let own = context.within::<TransitGatewayAttachment>(vpc);
            let attachments = own.map(|(id, ..)| (id, id_of!(TransitGatewayAttachment.gateway)));
            let (name, destination) = (&node.name, route.destination);
            let (gateway, vpc) = (context.name(gateway), context.name(vpc));
            report
                .note(
                    id,
                    message!(
                        "라우팅 테이블 {name}의 {destination} 라우팅이 전송 게이트웨이 {gateway}(으)로 가지만 VPC {vpc}이(가) 거기에 연결되어 있지 않아요. VPC에 전송 게이트웨이 연결을 두세요.",
                        "Route {destination} of table {name} leads to transit gateway {gateway}, to which VPC {vpc} is not attached. Put an attachment into the VPC."
                    ),
                )
                .field(id_of!(RouteTable.routes))
                .row(row)
                .given_all(attachments);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_transit::hubbed;

    #[test]
    fn fires_without_an_attachment_and_with_one_to_another_gateway() {
        let mut n = hubbed();
        n.remove("other-on");
        fires(&RULE, &n, &["far-rt"]);
        let mut n = hubbed();
        let second = n.add("region", "second", crate::catalog::kinds::TransitGateway::default());
        n.set("other-on", "gateway", second);
        fires(&RULE, &n, &["far-rt"]);
    }

    #[test]
    fn quiet_with_attachments_and_on_gateways_of_others() {
        quiet(&RULE, &hubbed());
        let template = "  Hub: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Ways: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Hub}}\n  There: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref Ways, DestinationCidrBlock: 10.1.0.0/16, TransitGatewayId: !ImportValue tgw}}\n";
        assert_eq!(crate::rules::testing::found_in(&RULE, template), [""; 0]);
    }
}
