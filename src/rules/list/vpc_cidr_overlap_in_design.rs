//! VPCs that share addresses can never be peered.

use crate::catalog::data::limits::VPC_PREFIX;
use crate::catalog::kinds::{Subnet, Vpc};
use crate::design::Fix;
use crate::facts::Context;
use crate::fixes::mend;
use crate::id::NodeId;
use crate::message;
use crate::net::{Cidr, PrivateFamily, next_free};
use crate::rules::pairs::can_compare;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "vpc-cidr-overlap-in-design",
    severity: Severity::Info,
    title: t("VPC끼리 겹치는 CIDR", "VPCs with overlapping blocks"),
    why: t(
        "CIDR이 겹치는 VPC는 나중에 피어링 연결로 이을 수 없고, VPC의 기본 CIDR은 만든 뒤에 바꿀 수 없어요.",
        "VPCs whose blocks overlap cannot be peered later, and a primary block cannot be changed once created.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let blocks = |(id, _, vpc): (NodeId, _, &Vpc)| {
        vpc.cidrs().enumerate().map(move |(at, block)| (block, id, at)).collect::<Vec<_>>()
    };
    let mut sorted: Vec<(Cidr, NodeId, usize)> = context.all::<Vpc>().flat_map(blocks).collect();
    sorted.sort_unstable();
    let taken: Vec<Cidr> = sorted.iter().map(|(block, ..)| *block).collect();
    // Blocks nest or are apart, so the stack of enclosing ones finds every overlap in one sweep.
    let mut enclosing: Vec<(Cidr, NodeId)> = Vec::new();
    for (block, id, at) in sorted {
        while enclosing.last().is_some_and(|(outer, _)| !outer.contains(&block)) {
            enclosing.pop();
        }
        if let Some((outer, other)) = enclosing
            .iter()
            .rev()
            .find(|(_, other)| *other != id && can_compare(context, id, *other, mend::block_field(0)))
        {
            let (name, other) = (context.name(id), context.name(*other));
            report
                .note(
                    id,
                    message!(
                        "VPC {name}의 {block}이(가) VPC {other}의 {outer}과(와) 겹쳐요. 두 VPC를 이을 생각이라면 다른 블록을 고르세요.",
                        "{block} of VPC {name} overlaps {outer} of VPC {other}. Choose another block if the two may ever be connected."
                    ),
                )
                .field(mend::block_field(at))
                .offer_by(|| {
                    let families = PrivateFamily::ALL.map(PrivateFamily::block);
                    let length = block.prefix_len().clamp(*VPC_PREFIX.start(), *VPC_PREFIX.end());
                    // Subnets would be left behind by a new block.
                    if context.within::<Subnet>(id).next().is_some() {
                        return None;
                    }
                    let (vpc, free) = (context.design.get::<Vpc>(id)?, next_free(&families, &taken, length)?);
                    Some(Fix {
                        title: message!("{block}을(를) {free}(으)로 바꾸기", "Change {block} to {free}"),
                        edits: vec![mend::set_block(id, vpc, at, free)],
                    })
                });
        }
        enclosing.push((block, id));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Vpc;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_the_second_vpc_with_the_same_block() {
        let mut sketch = two_zones();
        sketch.add("region", "other", Vpc::default());
        fires(&RULE, &sketch, &["other"]);
        sketch.set("other", "cidr", "10.0.64.0/20");
        fires(&RULE, &sketch, &["other"]);
    }

    #[test]
    fn quiet_when_they_are_apart() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.add("region", "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Vpc::default() });
        quiet(&RULE, &sketch);
    }
}
