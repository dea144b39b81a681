//! A distribution answers only to the names it is told.
use crate::catalog::kinds::{Distribution, RecordSet};
use crate::design::Edit;
use crate::facts::Context;
use crate::net::DomainName;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "record-not-alias-of-distribution",
    severity: Severity::Error,
    title: t("배포가 모르는 이름의 레코드", "Record whose name the distribution does not know"),
    why: t(
        "CloudFront는 대체 도메인 이름에 없는 이름으로 온 요청에 403으로 답해요.",
        "CloudFront answers 403 to requests for a name that is not among its alternate names.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, record) in context.all::<RecordSet>() {
        let Some(target) = record.alias else { continue };
        let Some(distribution) = context.design.get::<Distribution>(target) else { continue };
        if distribution.answers_to(&record.domain) {
            continue;
        }
        let (name, domain, target_name) = (&node.name, &record.domain, context.name(target));
        let mut aliases: Vec<&str> = distribution.aliases.iter().map(DomainName::as_str).collect();
        aliases.push(domain.as_str());
        report
            .note(
                id,
                message!(
                    "레코드 {name}이(가) {domain}을(를) CloudFront 배포 {target_name}(으)로 보내지만, 배포의 대체 도메인 이름에 {domain}이(가) 없어요. 대체 도메인 이름에 넣으세요.",
                    "Record {name} leads {domain} to CloudFront distribution {target_name}, which does not have it among its alternate names. Add it there."
                ),
            )
            .field(id_of!(RecordSet.domain))
            .given(target, id_of!(Distribution.aliases))
            .fix(
                message!("배포 {target_name}에 {domain} 넣기", "Add {domain} to distribution {target_name}"),
                vec![Edit::set(target, id_of!(Distribution.aliases), aliases)],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_on_another_name() {
        let mut sketch = published();
        sketch.set("www", "domain", "shop.example.com");
        fires(&RULE, &sketch, &["www"]);
    }

    #[test]
    fn quiet_on_its_own_names_and_a_wildcard() {
        let mut sketch = published();
        quiet(&RULE, &sketch);
        sketch.set("cdn", "aliases", vec!["*.example.com"]);
        quiet(&RULE, &sketch);
    }
}
