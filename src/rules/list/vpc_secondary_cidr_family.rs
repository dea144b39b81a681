//! Secondary blocks keep to the primary's family of private addresses.
use crate::catalog::data::limits::RESTRICTED_VPC_BLOCK;
use crate::catalog::kinds::Vpc;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "vpc-secondary-cidr-family",
    severity: Severity::Error,
    title: t("섞을 수 없는 보조 CIDR", "Secondary block of another family"),
    why: t(
        "AWS는 한 VPC에서 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16을 섞지 못하게 하고 198.19.0.0/16도 막아요.",
        "AWS does not let one VPC mix 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16, nor add 198.19.0.0/16.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, vpc) in context.all::<Vpc>() {
        for (index, block) in vpc.secondary_cidrs.iter().enumerate() {
            let family = block.private_family();
            let mixed = family.is_some() && family != vpc.cidr.private_family();
            if !mixed && !RESTRICTED_VPC_BLOCK.overlaps(block) {
                continue;
            }
            let (name, primary) = (&node.name, vpc.cidr);
            report
                .note(
                    id,
                    message!(
                        "VPC {name}의 기본 블록이 {primary}이므로 보조 블록 {block}을(를) 더할 수 없어요. 같은 대역의 블록으로 바꾸세요.",
                        "VPC {name} has the primary block {primary}, so {block} cannot be added. Choose a block of the same family."
                    ),
                )
                .field(id_of!(Vpc.secondary_cidrs))
                .fix(
                    message!("보조 블록 {block} 지우기", "Remove secondary block {block}"),
                    vec![Edit::set(id, id_of!(Vpc.secondary_cidrs), rows::without(&vpc.secondary_cidrs, index))],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_another_family_and_on_the_restricted_block() {
        let mut sketch = two_zones();
        sketch.set("vpc", "secondary_cidrs", vec!["192.168.0.0/16"]);
        fires(&RULE, &sketch, &["vpc"]);
        sketch.set("vpc", "secondary_cidrs", vec!["198.19.4.0/24"]);
        fires(&RULE, &sketch, &["vpc"]);
    }

    #[test]
    fn quiet_in_the_same_family_and_with_shared_address_space() {
        let mut sketch = two_zones();
        sketch.set("vpc", "secondary_cidrs", vec!["10.1.0.0/16", "100.64.0.0/16"]);
        quiet(&RULE, &sketch);
    }
}
