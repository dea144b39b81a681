//! A region is named by a code that AWS has.
use crate::catalog::data::regions;
use crate::catalog::kinds::Region;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "region-unknown",
    severity: Severity::Error,
    title: t("없는 리전", "Unknown region"),
    why: t("리전 코드가 틀리면 어디에도 배포할 수 없어요.", "With a wrong code there is nowhere to deploy to."),
    source: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, region) in context.all::<Region>() {
        if regions::region(&region.code).is_some() {
            continue;
        }
        let (name, code) = (&node.name, &region.code);
        let note = report
            .note(
                id,
                message!(
                    "리전 {name}의 코드 '{code}'은(는) AWS에 없어요. 서울이라면 ap-northeast-2로 쓰세요.",
                    "AWS has no region \"{code}\" (region {name}). Seoul, for example, is ap-northeast-2."
                ),
            )
            .field(id_of!(Region.code));
        // Spaces, capitals and the letter of a zone are what people write too much.
        let code = code.trim().to_ascii_lowercase();
        let meant =
            regions::region(&code).or_else(|| regions::region(code.trim_end_matches(|c: char| c.is_ascii_lowercase())));
        if let Some(meant) = meant {
            let code = meant.code;
            note.fix(
                message!("리전 코드를 {code}(으)로 바꾸기", "Change the code to {code}"),
                vec![Edit::set(id, id_of!(Region.code), code)],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_zone_in_place_of_a_region() {
        let mut sketch = two_zones();
        sketch.set("region", "code", "ap-northeast-2a");
        fires(&RULE, &sketch, &["region"]);
        sketch.set("region", "code", " US-East-1");
        fires(&RULE, &sketch, &["region"]);
    }

    #[test]
    fn fires_without_a_fix_on_a_name_nobody_knows() {
        let mut sketch = two_zones();
        sketch.set("region", "code", "mars");
        let found = crate::rules::check(sketch.design());
        assert!(found.iter().any(|finding| finding.rule == RULE.id && finding.fix.is_none()));
    }

    #[test]
    fn quiet_on_a_region_of_aws() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.set("region", "code", "us-east-1");
        quiet(&RULE, &sketch);
    }
}
