//! A VPC's blocks are from /16 to /28.

use crate::catalog::data::limits::VPC_PREFIX;
use crate::catalog::kinds::{Subnet, Vpc};
use crate::facts::Context;
use crate::fixes::mend;
use crate::message;
use crate::net::Cidr;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "vpc-cidr-size",
    severity: Severity::Error,
    title: t("VPC CIDR의 크기", "Size of a VPC block"),
    why: t(
        "VPC 블록은 /16(65,536개)부터 /28(16개)까지만 만들 수 있어요.",
        "A VPC block holds from 16 (/28) to 65,536 (/16) addresses.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, vpc) in context.all::<Vpc>() {
        for (index, block) in vpc.cidrs().enumerate().filter(|(_, block)| !VPC_PREFIX.contains(&block.prefix_len())) {
            let name = &node.name;
            let note = report
                .note(
                    id,
                    message!(
                        "VPC {name}의 {block}은(는) 쓸 수 없는 크기예요. /16부터 /28 사이로 바꾸세요.",
                        "{block} of VPC {name} has a size AWS does not allow. Use /16 to /28."
                    ),
                )
                .field(mend::block_field(index));
            // A block around the first subnet keeps most of what is drawn.
            let inside =
                context.within::<Subnet>(id).map(|(_, _, subnet)| subnet.cidr).filter(|cidr| block.contains(cidr));
            let start = inside.min().unwrap_or(block).first();
            if let Some(sound) = Cidr::new(start, block.prefix_len().clamp(*VPC_PREFIX.start(), *VPC_PREFIX.end())) {
                note.fix(
                    message!("{block}을(를) {sound}(으)로 바꾸기", "Change {block} to {sound}"),
                    vec![mend::set_block(id, vpc, index, sound)],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_block_too_wide_and_on_one_too_narrow() {
        let mut sketch = two_zones();
        sketch.set("vpc", "cidr", "10.0.0.0/8");
        fires(&RULE, &sketch, &["vpc"]);
        sketch.set("vpc", "cidr", "10.0.0.0/29");
        fires(&RULE, &sketch, &["vpc"]);
    }

    #[test]
    fn fires_on_a_secondary_block() {
        let mut sketch = two_zones();
        sketch.set("vpc", "secondary_cidrs", vec!["10.2.0.0/16", "10.4.0.0/15"]);
        fires(&RULE, &sketch, &["vpc"]);
    }

    #[test]
    fn quiet_from_16_to_28() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.set("vpc", "cidr", "10.0.0.0/28");
        quiet(&RULE, &sketch);
    }
}
