//! CloudFront takes certificates of us-east-1 alone.
use crate::catalog::kinds::{Distribution, Region};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "distribution-certificate-region",
    severity: Severity::Error,
    title: t("us-east-1이 아닌 CloudFront 인증서", "CloudFront certificate outside us-east-1"),
    why: t(
        "CloudFront는 버지니아 북부(us-east-1)의 ACM 인증서만 읽어서, 다른 리전의 인증서로는 배포를 만들 수 없어요.",
        "CloudFront reads ACM certificates of N. Virginia (us-east-1) alone; with another the distribution cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html",
    fixes: true,
    check,
};

const REGION: &str = "us-east-1";

fn check(context: &Context, report: &mut Report) {
    for (id, node, distribution) in context.all::<Distribution>() {
        let Some(certificate) = distribution.certificate else { continue };
        // Outside every region it goes where the template is deployed.
        let Some(there) = context.region_of(certificate).filter(|code| *code != REGION) else { continue };
        let (name, certificate_name) = (&node.name, context.name(certificate));
        let note = report
            .note(
                id,
                message!(
                    "CloudFront 배포 {name}의 인증서 {certificate_name}이(가) {there}에 있어요. {REGION}에 만든 인증서를 붙이세요.",
                    "Certificate {certificate_name} of CloudFront distribution {name} is in {there}. Attach one made in {REGION}."
                ),
            )
            .field(id_of!(Distribution.certificate));
        let home = context.all::<Region>().find(|(_, _, region)| region.code == REGION).map(|(id, ..)| id);
        let (Some(home), Some(moved)) = (home, context.design.node(certificate)) else { continue };
        let rect = context.design.free_spot(Some(home), moved.rect.w, moved.rect.h);
        note.fix(
            message!(
                "인증서 {certificate_name}을(를) {REGION}(으)로 옮기기",
                "Move certificate {certificate_name} to {REGION}"
            ),
            vec![Edit::Place { id: certificate, parent: Some(home), rect }],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Certificate, Region};
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_on_a_certificate_of_seoul() {
        let mut sketch = published();
        sketch.add("", "seoul", Region::default());
        let far = sketch.add("seoul", "far-cert", Certificate::default());
        sketch.set("cdn", "certificate", far);
        fires(&RULE, &sketch, &["cdn"]);
    }

    #[test]
    fn quiet_in_virginia_and_outside_all_regions() {
        let mut sketch = published();
        quiet(&RULE, &sketch);
        let loose = sketch.add("", "loose-cert", Certificate::default());
        sketch.set("cdn", "certificate", loose);
        quiet(&RULE, &sketch);
    }
}
