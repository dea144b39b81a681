//! A zone lane names a zone that its region has.
use crate::catalog::data::regions;
use crate::catalog::kinds::Zone;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "zone-not-in-region",
    severity: Severity::Error,
    title: t("리전에 없는 가용 영역", "Zone the region does not have"),
    why: t(
        "없는 가용 영역에는 서브넷을 만들 수 없어요. 리전마다 쓸 수 있는 문자가 달라요.",
        "No subnet can be created in a zone that does not exist; which letters there are differs by region.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, zone) in context.all::<Zone>() {
        let mut letters = zone.letter.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { continue };
        let Some(region) = context.region_of(id).and_then(regions::region) else { continue };
        if !letter.is_ascii_lowercase() || region.has_zone(letter) {
            continue;
        }
        let (name, code) = (&node.name, region.code);
        let offered = region.zones().collect::<Vec<_>>().join(", ");
        let note = report
            .note(
                id,
                message!(
                    "가용 영역 {name}의 {code}{letter}은(는) 리전 {code}에 없어요. 쓸 수 있는 영역: {offered}",
                    "Zone {name} is {code}{letter}, which region {code} does not have. Choose from {offered}."
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
    fn fires_on_a_letter_that_is_not_offered() {
        let mut sketch = two_zones();
        sketch.set("zone-c", "letter", "f");
        fires(&RULE, &sketch, &["zone-c"]);
        // Tokyo has no b.
        sketch.set("region", "code", "ap-northeast-1");
        sketch.set("zone-c", "letter", "b");
        fires(&RULE, &sketch, &["zone-c"]);
    }

    #[test]
    fn quiet_on_every_letter_of_the_region_and_in_an_unknown_one() {
        for letter in ["a", "b", "c", "d"] {
            let mut sketch = two_zones();
            sketch.set("zone-c", "letter", letter);
            quiet(&RULE, &sketch);
        }
        let mut sketch = two_zones();
        sketch.set("region", "code", "mars-1");
        sketch.set("zone-c", "letter", "z");
        quiet(&RULE, &sketch);
    }
}
