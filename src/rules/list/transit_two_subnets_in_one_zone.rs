//! An attachment to a transit gateway has one subnet in a zone.

use std::collections::BTreeMap;

use crate::catalog::FieldValue;
use crate::catalog::kinds::TransitGatewayAttachment;
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "transit-two-subnets-in-one-zone",
    severity: Severity::Error,
    title: t("한 영역에 서브넷이 둘인 연결", "Attachment with two subnets in one zone"),
    why: t(
        "전송 게이트웨이 연결에는 가용 영역마다 서브넷을 하나만 넣을 수 있어요. 둘이면 거절돼요.",
        "An attachment to a transit gateway takes one subnet for each zone; a second one is refused.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, attachment) in context.all::<TransitGatewayAttachment>() {
        let mut first: BTreeMap<&str, NodeId> = BTreeMap::new();
        for subnet in &attachment.subnets {
            let Some(letter) = context.zone_of(*subnet).filter(|letter| !letter.is_empty()) else { continue };
            let Some(other) = first.get(letter).copied() else {
                first.insert(letter, *subnet);
                continue;
            };
            let (name, one, two) = (&node.name, context.name(other), context.name(*subnet));
            let kept: Vec<NodeId> = attachment.subnets.iter().copied().filter(|of| of != subnet).collect();
            report
                .note(
                    id,
                    message!(
                        "전송 게이트웨이 연결 {name}에 가용 영역 {letter}의 서브넷이 둘({one}, {two})이에요. 하나만 남기세요.",
                        "Transit gateway attachment {name} has two subnets in zone {letter}: {one} and {two}. Keep one."
                    ),
                )
                .field(id_of!(TransitGatewayAttachment.subnets))
                .given_all(context.zones_given([other, *subnet]))
                .fix(
                    message!("연결에서 서브넷 {two} 빼기", "Take subnet {two} out of the attachment"),
                    vec![Edit::set(id, id_of!(TransitGatewayAttachment.subnets), kept.to_value())],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_transit::hubbed;

    #[test]
    fn fires_on_the_second_subnet_of_a_zone() {
        let mut n = hubbed();
        n.refs("vpc-on", "subnets", &["private-a", "private-c", "public-a"]);
        fires(&RULE, &n, &["vpc-on"]);
    }

    #[test]
    fn quiet_with_one_in_each_zone() {
        quiet(&RULE, &hubbed());
    }
}
