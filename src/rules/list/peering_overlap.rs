//! The VPCs of a peering have no address in common.

use crate::catalog::kinds::{Vpc, VpcPeering};
use crate::facts::Context;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "peering-overlap",
    severity: Severity::Error,
    title: t("CIDR이 겹치는 VPC의 피어링", "Peering of VPCs with overlapping blocks"),
    why: t(
        "IPv4 CIDR 블록이 하나라도 겹치는 두 VPC는 피어링할 수 없어요. 연결이 실패(failed)로 끝나요.",
        "Two VPCs with overlapping IPv4 blocks cannot be peered: the connection fails.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, peering) in context.all::<VpcPeering>() {
        let (Some(own), Some(other)) = (peering.requester, peering.accepter) else { continue };
        let vpc = |id| context.design.get::<Vpc>(id);
        let (Some(own_body), Some(other_body)) = (vpc(own), vpc(other)) else { continue };
        let pairs = own_body.cidrs().flat_map(|block| other_body.cidrs().map(move |other| (block, other)));
        let Some((block, other_block)) = pairs.into_iter().find(|(block, other)| block.overlaps(other)) else {
            continue;
        };
        if own == other {
            continue;
        }
        let (name, own_name, other_name) = (&node.name, context.name(own), context.name(other));
        let blocks = |vpc| [(vpc, "cidr"), (vpc, "secondary_cidrs")];
        report
            .note(
                id,
                message!(
                    "피어링 {name}의 두 VPC {own_name}({block})과(와) {other_name}({other_block})의 CIDR이 겹쳐서 연결할 수 없어요. 한쪽의 블록을 바꾸세요.",
                    "The VPCs of peering {name}, {own_name} ({block}) and {other_name} ({other_block}), have overlapping blocks and cannot be peered. Change the block of one."
                ),
            )
            .field("accepter")
            .given_all(blocks(own).into_iter().chain(blocks(other)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{Named, fires, quiet, two_zones};

    fn peered(cidr: &str) -> Named {
        let mut n = two_zones();
        let accepter = Some(n.add("region", "other", Vpc { cidr: cidr.parse().unwrap(), ..Vpc::default() }));
        let requester = Some(n.id("vpc"));
        n.add("region", "bridge", VpcPeering { requester, accepter, accepted: true });
        n
    }

    #[test]
    fn fires_on_the_same_block_and_on_a_part() {
        for cidr in ["10.0.0.0/16", "10.0.128.0/17", "10.0.0.0/8"] {
            fires(&RULE, &peered(cidr), &["bridge"]);
        }
        let mut n = peered("10.1.0.0/16");
        n.set("other", "secondary_cidrs", vec!["10.0.64.0/20"]);
        fires(&RULE, &n, &["bridge"]);
    }

    #[test]
    fn quiet_on_blocks_apart_and_on_open_ends() {
        quiet(&RULE, &peered("10.1.0.0/16"));
        let mut n = two_zones();
        n.add("region", "bridge", VpcPeering::default());
        quiet(&RULE, &n);
    }
}
