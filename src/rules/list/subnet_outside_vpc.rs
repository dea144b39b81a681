//! A subnet's block must lie in a block of its VPC.
use crate::catalog::kinds::Subnet;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::mend;
use crate::net::Cidr;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "subnet-outside-vpc",
    severity: Severity::Error,
    title: t("서브넷이 VPC 범위 밖에 있음", "Subnet outside its VPC's addresses"),
    why: t(
        "서브넷은 VPC 주소의 일부여야 해서, 범위를 벗어나면 만들어지지 않아요.",
        "A subnet is a part of its VPC's addresses; outside them it cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, subnet) in context.all::<Subnet>() {
        let Some((vpc_id, vpc)) = context.vpc_of(id) else { continue };
        let blocks: Vec<Cidr> = vpc.cidrs().collect();
        if blocks.iter().any(|block| block.contains(&subnet.cidr)) {
            continue;
        }
        let (name, cidr, vpc_name) = (&node.name, subnet.cidr, context.name(vpc_id));
        let range = blocks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let note = report
            .note(
                id,
                message!(
                    "서브넷 {name}의 {cidr}이(가) VPC {vpc_name}의 범위 {range}을(를) 벗어나요. 범위 안의 블록으로 바꾸세요.",
                    "{cidr} of subnet {name} lies outside {range} of VPC {vpc_name}. Choose a block inside it."
                ),
            )
            .field(id_of!(Subnet.cidr));
        if let Some(free) = mend::free_block(context, vpc_id, Some(id), cidr.prefix_len()) {
            note.fix(
                message!("CIDR을 {free}(으)로 바꾸기", "Change the CIDR to {free}"),
                vec![Edit::set(id, id_of!(Subnet.cidr), free.to_string().as_str())],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_block_of_another_network() {
        let mut sketch = two_zones();
        sketch.set("public-a", "cidr", "172.16.0.0/24");
        fires(&RULE, &sketch, &["public-a"]);
    }

    #[test]
    fn fires_without_a_fix_where_no_subnet_fits() {
        let mut sketch = two_zones();
        sketch.set("vpc", "cidr", "10.0.1.0/30");
        let found = crate::rules::check(sketch.design());
        assert!(found.iter().any(|finding| finding.rule == RULE.id && finding.fix.is_none()));
    }

    #[test]
    fn quiet_inside_the_vpc_and_inside_a_secondary_block() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.set("vpc", "secondary_cidrs", vec!["10.1.0.0/16"]);
        sketch.set("public-a", "cidr", "10.1.0.0/24");
        quiet(&RULE, &sketch);
    }
}
