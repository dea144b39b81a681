//! Two public zones of one domain answer differently.
use std::collections::BTreeMap;

use crate::catalog::kinds::{Certificate, HostedZone};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::pairs::can_compare;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "hosted-zone-duplicate",
    severity: Severity::Warning,
    title: t("같은 도메인의 퍼블릭 호스팅 영역이 둘", "Two public hosted zones of one domain"),
    why: t(
        "도메인 등록 기관은 한쪽의 이름 서버만 가리켜서, 다른 쪽의 레코드는 아무도 보지 못해요.",
        "The registrar points to the name servers of one; nobody sees the records of the other.",
    ),
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut all: BTreeMap<_, Vec<NodeId>> = BTreeMap::new();
    for (id, node, zone) in context.all::<HostedZone>().filter(|(_, _, zone)| !zone.is_private()) {
        let before = all.entry(&zone.domain).or_default();
        let Some(earlier) =
            before.iter().copied().find(|other| can_compare(context, id, *other, id_of!(HostedZone.domain)))
        else {
            before.push(id);
            continue;
        };
        let (name, domain, kept) = (&node.name, &zone.domain, earlier);
        let earlier = context.name(kept);
        let note = report
            .note(
                id,
                message!(
                    "호스팅 영역 {name}과(와) {earlier}이(가) 같은 도메인 {domain}을(를) 맡아요. 레코드를 하나로 모으고 다른 하나를 지우세요.",
                    "Hosted zones {name} and {earlier} are both for {domain}. Gather the records in one and delete the other."
                ),
            )
            .field(id_of!(HostedZone.domain))
                .given_all([(id, id_of!(HostedZone.vpcs)), (kept, id_of!(HostedZone.vpcs)), (kept, id_of!(HostedZone.domain))]);
        // Records that stand in it are for people to gather.
        if context.design.children(Some(id)).next().is_none() {
            let certificates = context.all::<Certificate>().filter(|(_, _, of)| of.hosted_zone == Some(id));
            let mut edits: Vec<Edit> =
                certificates.map(|(of, ..)| Edit::set(of, id_of!(Certificate.hosted_zone), kept)).collect();
            edits.push(Edit::Remove(id));
            note.fix(message!("빈 호스팅 영역 {name} 지우기", "Delete the empty hosted zone {name}"), edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::HostedZone;
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_on_the_second_public_zone() {
        let mut sketch = named();
        sketch.add("region", "twin-zone", HostedZone::default());
        fires(&RULE, &sketch, &["twin-zone"]);
    }

    #[test]
    fn quiet_beside_a_private_zone() {
        let mut sketch = named();
        let vpcs = vec![sketch.id("vpc")];
        sketch.add("region", "inner-zone", HostedZone { vpcs, ..HostedZone::default() });
        quiet(&RULE, &sketch);
    }
}
