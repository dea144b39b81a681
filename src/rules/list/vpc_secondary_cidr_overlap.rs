//! A VPC's blocks must not overlap each other.
use crate::catalog::kinds::Vpc;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows;
use crate::net::{Cidr, overlaps_among};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "vpc-secondary-cidr-overlap",
    severity: Severity::Error,
    title: t("겹치는 보조 CIDR", "Overlapping secondary block"),
    why: t(
        "VPC에 이미 있는 블록과 겹치는 보조 블록은 연결되지 않아요.",
        "A secondary block that overlaps one the VPC already has cannot be associated.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, vpc) in context.all::<Vpc>().filter(|(_, _, vpc)| !vpc.secondary_cidrs.is_empty()) {
        let blocks: Vec<Cidr> = vpc.cidrs().collect();
        let mut pairs = overlaps_among(&blocks);
        // One finding for each block that comes too late.
        pairs.sort_unstable_by_key(|(earlier, later)| (*later, *earlier));
        pairs.dedup_by_key(|(_, later)| *later);
        for (earlier, later) in pairs {
            let (Some(first), Some(second)) = (blocks.get(earlier), blocks.get(later)) else { continue };
            let name = &node.name;
            report
                .note(
                    id,
                    message!(
                        "VPC {name}의 보조 블록 {second}이(가) {first}과(와) 겹쳐요. 지우거나 다른 블록으로 바꾸세요.",
                        "Secondary block {second} of VPC {name} overlaps {first}. Remove it or choose another."
                    ),
                )
                .field(id_of!(Vpc.secondary_cidrs))
                .fix(
                    message!("보조 블록 {second} 지우기", "Remove secondary block {second}"),
                    vec![Edit::set(
                        id,
                        id_of!(Vpc.secondary_cidrs),
                        rows::without(&vpc.secondary_cidrs, later.saturating_sub(1)),
                    )],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_block_inside_the_primary_and_on_one_given_twice() {
        let mut sketch = two_zones();
        sketch.set("vpc", "secondary_cidrs", vec!["10.0.128.0/17"]);
        fires(&RULE, &sketch, &["vpc"]);
        sketch.set("vpc", "secondary_cidrs", vec!["10.1.0.0/16", "10.1.0.0/24"]);
        fires(&RULE, &sketch, &["vpc"]);
    }

    #[test]
    fn quiet_when_they_are_apart() {
        let mut sketch = two_zones();
        sketch.set("vpc", "secondary_cidrs", vec!["10.1.0.0/16", "10.2.0.0/16"]);
        quiet(&RULE, &sketch);
    }
}
