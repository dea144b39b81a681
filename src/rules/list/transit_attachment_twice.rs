//! A VPC is attached to a transit gateway once.

use std::collections::BTreeMap;

use crate::catalog::kinds::TransitGatewayAttachment;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "transit-attachment-twice",
    severity: Severity::Error,
    title: t("같은 전송 게이트웨이에 두 번 연결된 VPC", "VPC attached twice to one transit gateway"),
    why: t(
        "VPC 하나는 전송 게이트웨이 하나에 한 번만 연결할 수 있어요. 두 번째 연결은 거절돼요.",
        "A VPC can be attached to a transit gateway once; a second attachment is refused.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut first: BTreeMap<(NodeId, NodeId), NodeId> = BTreeMap::new();
    for (id, node, attachment) in context.all::<TransitGatewayAttachment>() {
        let (Some(gateway), Some((vpc, _))) = (attachment.gateway, context.vpc_of(id)) else { continue };
        let Some(other) = first.get(&(vpc, gateway)).copied() else {
            first.insert((vpc, gateway), id);
            continue;
        };
        let (name, other_name) = (&node.name, context.name(other));
        let (vpc_name, gateway_name) = (context.name(vpc), context.name(gateway));
        report
            .note(
                id,
                message!(
                    "VPC {vpc_name}이(가) 전송 게이트웨이 {gateway_name}에 {other_name}과(와) {name}(으)로 두 번 연결되어 있어요. 하나만 남기고 서브넷을 그리로 모으세요.",
                    "VPC {vpc_name} is attached to transit gateway {gateway_name} twice, by {other_name} and {name}. Keep one and put the subnets into it."
                ),
            )
            .field(id_of!(TransitGatewayAttachment.gateway))
            .given_all(context.vpcs_of([Some(vpc), None]))
            .given_all([
                (id, id_of!(TransitGatewayAttachment.gateway)),
                (other, id_of!(TransitGatewayAttachment.gateway)),
            ]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::TransitGatewayAttachment;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_transit::hubbed;

    #[test]
    fn fires_on_the_second_attachment() {
        let mut n = hubbed();
        let (gateway, subnets) = (Some(n.id("hub")), vec![n.id("public-a")]);
        n.add("vpc", "again", TransitGatewayAttachment { gateway, subnets, ..TransitGatewayAttachment::default() });
        fires(&RULE, &n, &["again"]);
    }

    #[test]
    fn quiet_with_one_for_each_vpc() {
        quiet(&RULE, &hubbed());
    }
}
