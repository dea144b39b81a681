//! Blocks of subnets of one VPC must not overlap.
use std::collections::BTreeMap;

use crate::catalog::kinds::{Subnet, Vpc};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::mend;
use crate::id::NodeId;
use crate::net::Cidr;
use crate::rules::pairs::can_compare;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "subnet-overlap",
    severity: Severity::Error,
    title: t("서브넷끼리 겹치는 CIDR", "Overlapping subnets"),
    why: t(
        "한 주소가 두 서브넷에 속할 수는 없어서, 겹치면 나중 서브넷이 만들어지지 않아요.",
        "An address belongs to one subnet only: the later of two that overlap cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (vpc, ..) in context.all::<Vpc>() {
        let mut sorted: Vec<(Cidr, NodeId)> = context.within::<Subnet>(vpc).map(|(id, _, of)| (of.cidr, id)).collect();
        sorted.sort_unstable();
        // Blocks nest or are apart, so the stack of enclosing ones finds every overlap in one sweep.
        let mut enclosing: Vec<(Cidr, NodeId)> = Vec::new();
        let mut free: BTreeMap<u8, Option<Cidr>> = BTreeMap::new();
        for (cidr, id) in sorted {
            while enclosing.last().is_some_and(|(outer, _)| !outer.contains(&cidr)) {
                enclosing.pop();
            }
            let mut around = enclosing.iter().rev();
            if let Some((outer, other)) =
                around.find(|(_, other)| can_compare(context, id, *other, id_of!(Subnet.cidr)))
            {
                let (name, other) = (context.name(id), context.name(*other));
                let note = report
                    .note(
                        id,
                        message!(
                            "서브넷 {name}의 {cidr}이(가) 서브넷 {other}의 {outer}과(와) 겹쳐요. 겹치지 않는 블록으로 바꾸세요.",
                            "{cidr} of subnet {name} overlaps {outer} of subnet {other}. Choose a block that is free."
                        ),
                    )
                    .field(id_of!(Subnet.cidr));
                let length = cidr.prefix_len();
                if let Some(block) = *free.entry(length).or_insert_with(|| mend::free_block(context, vpc, None, length))
                {
                    note.fix(
                        message!("CIDR을 {block}(으)로 바꾸기", "Change the CIDR to {block}"),
                        vec![Edit::set(id, id_of!(Subnet.cidr), block.to_string().as_str())],
                    );
                }
            }
            enclosing.push((cidr, id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_the_same_block_and_on_a_block_inside_another() {
        let mut sketch = two_zones();
        sketch.set("public-c", "cidr", "10.0.1.0/24");
        fires(&RULE, &sketch, &["public-c"]);
        sketch.set("public-c", "cidr", "10.0.3.128/25");
        fires(&RULE, &sketch, &["public-c"]);
    }

    #[test]
    fn fires_where_one_wide_block_holds_several() {
        let mut sketch = two_zones();
        sketch.set("private-c", "cidr", "10.0.0.0/22");
        fires(&RULE, &sketch, &["public-a", "private-a", "public-c"]);
    }

    #[test]
    fn quiet_side_by_side_and_in_another_vpc() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.add("region", "other", crate::catalog::kinds::Vpc::default());
        sketch.add(
            "other",
            "twin",
            crate::catalog::kinds::Subnet { cidr: "10.0.1.0/24".parse().unwrap(), ..Default::default() },
        );
        quiet(&RULE, &sketch);
    }
}
