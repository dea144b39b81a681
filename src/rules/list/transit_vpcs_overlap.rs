//! VPCs that are attached to one transit gateway have no address in common.

use crate::catalog::kinds::{TransitGatewayAttachment, Vpc};
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "transit-vpcs-overlap",
    severity: Severity::Warning,
    title: t("CIDR이 겹치는 VPC의 전송 게이트웨이 연결", "Overlapping VPCs on one transit gateway"),
    why: t(
        "CIDR이 겹치는 VPC끼리는 전송 게이트웨이로 서로 갈 수 없고, 나중에 연결한 VPC의 라우팅은 전파되지 않아요.",
        "A transit gateway does not route between VPCs with overlapping blocks, and the routes of the later one are not propagated.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let all: Vec<_> = context
        .all::<TransitGatewayAttachment>()
        .filter_map(|(id, node, of)| {
            let (vpc, body) = context.vpc_of(id)?;
            Some((id, node, of.gateway?, vpc, body))
        })
        .collect();
    for (at, (id, node, gateway, vpc, body)) in all.iter().enumerate() {
        for (_, _, other_gateway, other, other_body) in all.iter().take(at) {
            if gateway != other_gateway || vpc == other {
                continue;
            }
            let pairs = body.cidrs().flat_map(|block| other_body.cidrs().map(move |other| (block, other)));
            let Some((block, other_block)) = pairs.into_iter().find(|(one, two)| one.overlaps(two)) else { continue };
            let (name, gateway) = (&node.name, context.name(*gateway));
            let (vpc_name, other_name) = (context.name(*vpc), context.name(*other));
            let blocks = |vpc| [(vpc, id_of!(Vpc.cidr)), (vpc, id_of!(Vpc.secondary_cidrs))];
            report
                .note(
                    *id,
                    message!(
                        "연결 {name}의 VPC {vpc_name}({block})과(와) 전송 게이트웨이 {gateway}에 연결된 VPC {other_name}({other_block})의 CIDR이 겹쳐서 서로 갈 수 없어요. 한쪽의 블록을 바꾸세요.",
                        "VPC {vpc_name} ({block}) of attachment {name} and VPC {other_name} ({other_block}) on transit gateway {gateway} overlap, so there is no way between them. Change the block of one."
                    ),
                )
                .field(id_of!(TransitGatewayAttachment.gateway))
                .given_all(blocks(*vpc).into_iter().chain(blocks(*other)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_transit::hubbed;

    #[test]
    fn fires_on_blocks_that_share_addresses() {
        for block in ["10.0.0.0/16", "10.0.128.0/17"] {
            let mut n = hubbed();
            n.set("other", "cidr", block);
            fires(&RULE, &n, &["other-on"]);
        }
    }

    #[test]
    fn quiet_on_blocks_apart_and_on_gateways_of_their_own() {
        quiet(&RULE, &hubbed());
        let mut n = hubbed();
        n.set("other", "cidr", "10.0.0.0/16");
        let second = n.add("region", "second", crate::catalog::kinds::TransitGateway::default());
        n.set("other-on", "gateway", second);
        quiet(&RULE, &n);
    }
}
