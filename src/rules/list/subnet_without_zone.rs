//! A subnet that names no zone lands in any.

use crate::catalog::kinds::{Subnet, Zone};
use crate::facts::Context;
use crate::fixes::mend;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "subnet-without-zone",
    severity: Severity::Info,
    title: t("가용 영역을 정하지 않은 서브넷", "Subnet without a zone"),
    why: t(
        "가용 영역을 정하지 않으면 AWS가 아무 곳이나 골라서, 서브넷들이 한곳에 몰릴 수 있어요.",
        "Without a zone AWS picks one, and all subnets may end up in the same.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<Subnet>().filter(|(id, ..)| context.zone_of(*id).is_none()) {
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        let (name, vpc_name) = (&node.name, context.name(vpc));
        let note = report.note(
            id,
            message!(
                "서브넷 {name}이(가) VPC {vpc_name}의 가용 영역 밖에 있어요. 가용 영역 안으로 옮기세요.",
                "Subnet {name} stands outside the zones of VPC {vpc_name}. Move it into one."
            ),
        );
        if let Some((zone, zone_node, _)) = context.within::<Zone>(vpc).next() {
            let zone_name = &zone_node.name;
            note.fix(
                message!("가용 영역 {zone_name} 안으로 옮기기", "Move it into zone {zone_name}"),
                mend::move_into(context, id, zone),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_directly_in_the_vpc() {
        let mut sketch = two_zones();
        sketch.add(
            "vpc",
            "stray",
            crate::catalog::kinds::Subnet { cidr: "10.0.9.0/24".parse().unwrap(), ..Default::default() },
        );
        fires(&RULE, &sketch, &["stray"]);
    }

    #[test]
    fn quiet_in_a_zone() {
        quiet(&RULE, &two_zones());
    }
}
