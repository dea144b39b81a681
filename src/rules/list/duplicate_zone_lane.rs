//! Two lanes of one VPC stand for two zones.
use std::collections::BTreeMap;

use crate::catalog::Kind;
use crate::catalog::kinds::Zone;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::mend;
use crate::id::NodeId;
use crate::rules::pairs::can_compare;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "duplicate-zone-lane",
    severity: Severity::Warning,
    title: t("같은 가용 영역이 두 번", "The same zone twice"),
    why: t(
        "두 칸에 나눠 그려도 같은 가용 영역이면 한꺼번에 멈춰서 이중화가 되지 않아요.",
        "Two lanes of one zone fail together, so nothing drawn across them is redundant.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut lanes: BTreeMap<_, Vec<NodeId>> = BTreeMap::new();
    for (id, node, zone) in context.all::<Zone>() {
        let Some(vpc) = context.design.ancestor(id, Kind::Vpc) else { continue };
        let earlier = lanes.entry((vpc, zone.letter.as_str())).or_default();
        let Some(first) = earlier.iter().copied().find(|other| can_compare(context, id, *other, id_of!(Zone.letter)))
        else {
            earlier.push(id);
            continue;
        };
        let (name, other, letter, vpc) = (&node.name, context.name(first), &zone.letter, context.name(vpc));
        let note = report
            .note(
                id,
                message!(
                    "VPC {vpc}의 가용 영역 {name}과(와) {other}이(가) 둘 다 {letter}이에요(예요). 한쪽을 다른 문자로 바꾸세요.",
                    "Zones {name} and {other} of VPC {vpc} are both {letter}. Give one of them another letter."
                ),
            )
            .field(id_of!(Zone.letter));
        if let Some(free) = mend::free_zone_letter(context, id) {
            note.fix(
                message!("영역 문자를 {free}(으)로 바꾸기", "Change the letter to {free}"),
                vec![Edit::set(id, id_of!(Zone.letter), free.as_str())],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_the_second_lane_of_a_letter() {
        let mut sketch = two_zones();
        sketch.set("zone-c", "letter", "a");
        fires(&RULE, &sketch, &["zone-c"]);
    }

    #[test]
    fn quiet_on_two_letters_and_in_two_vpcs() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.add("region", "other", crate::catalog::kinds::Vpc::default());
        sketch.add("other", "twin", crate::catalog::kinds::Zone::default());
        quiet(&RULE, &sketch);
    }
}
