//! Images are searched for known vulnerabilities as they are pushed.
use crate::catalog::Value;
use crate::catalog::kinds::EcrRepository;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "ecr-without-scan",
    severity: Severity::Info,
    title: t("이미지를 스캔하지 않는 리포지토리", "Repository without image scans"),
    why: t(
        "기본 스캔은 무료이고, 이미지에 든 알려진 취약점을 배포하기 전에 알려 줘요.",
        "Basic scans are free, and tell of known vulnerabilities in an image before it is deployed.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<EcrRepository>().filter(|(_, _, repository)| !repository.scan_on_push) {
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "리포지토리 {name}이(가) 올라온 이미지를 스캔하지 않아요. 푸시할 때 스캔을 켜세요.",
                    "Repository {name} does not scan pushed images. Turn scan on push on."
                ),
            )
            .field(id_of!(EcrRepository.scan_on_push))
            .fix(
                message!("푸시할 때 스캔 켜기", "Turn scan on push on"),
                vec![Edit::set(id, id_of!(EcrRepository.scan_on_push), Value::Bool(true))],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_when_it_is_off() {
        let mut n = tasks();
        n.set("repo", "scan_on_push", false);
        fires(&RULE, &n, &["repo"]);
    }

    #[test]
    fn quiet_when_it_is_on() {
        quiet(&RULE, &tasks());
    }
}
