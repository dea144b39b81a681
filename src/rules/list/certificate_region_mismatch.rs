//! A certificate serves load balancers of its own region.
use crate::catalog::Kind;
use crate::catalog::kinds::Listener;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "certificate-region-mismatch",
    severity: Severity::Error,
    title: t("다른 리전의 인증서", "Certificate of another region"),
    why: t(
        "ACM 인증서는 만든 리전에서만 쓸 수 있어서, 다른 리전의 로드 밸런서에 붙지 않아요.",
        "An ACM certificate works only in the region it was made in, not on load balancers elsewhere.",
    ),
    source: "https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, listener) in context.all::<Listener>().filter(|(_, _, listener)| listener.protocol.is_secure()) {
        let Some(certificate) = listener.certificate else { continue };
        // Outside every region it goes where the template is deployed.
        let (Some(there), Some(here)) = (context.region_of(certificate), context.region_of(id)) else { continue };
        if there == here {
            continue;
        }
        let (name, certificate_name) = (&node.name, context.name(certificate));
        let note = report
            .note(
                id,
                message!(
                    "리스너 {name}의 인증서 {certificate_name}이(가) 다른 리전 {there}에 있어요. {here}에 만든 인증서를 붙이세요.",
                    "Certificate {certificate_name} of listener {name} is in another region, {there}. Attach one made in {here}."
                ),
            )
            .field(id_of!(Listener.certificate));
        let (Some(region), Some(moved)) = (context.design.ancestor(id, Kind::Region), context.design.node(certificate))
        else {
            continue;
        };
        let rect = context.design.free_spot(Some(region), moved.rect.w, moved.rect.h);
        note.fix(
            message!(
                "인증서 {certificate_name}을(를) {here}(으)로 옮기기",
                "Move certificate {certificate_name} to {here}"
            ),
            vec![Edit::Place { id: certificate, parent: Some(region), rect }],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Certificate, Region};
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_on_a_certificate_of_virginia_in_seoul() {
        let mut sketch = named();
        sketch.add("", "virginia", Region { code: "us-east-1".to_owned() });
        let far = sketch.add("virginia", "far-cert", Certificate::default());
        sketch.set("https", "certificate", far);
        fires(&RULE, &sketch, &["https"]);
    }

    #[test]
    fn quiet_in_the_same_region_and_outside_all() {
        let mut sketch = named();
        quiet(&RULE, &sketch);
        let loose = sketch.add("", "loose-cert", Certificate::default());
        sketch.set("https", "certificate", loose);
        quiet(&RULE, &sketch);
    }
}
