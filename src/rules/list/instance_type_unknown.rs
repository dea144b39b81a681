//! An instance type is a family and a size of AWS.
use crate::catalog::data::is_instance_type;
use crate::catalog::kinds::{AutoScalingGroup, Instance, LaunchTemplate};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Noted, Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "instance-type-unknown",
    severity: Severity::Warning,
    title: t("모르는 인스턴스 유형", "Unknown instance type"),
    why: t(
        "없는 인스턴스 유형이면 배포가 실패해요. 2026년 11월까지 나온 유형을 모두 아니, 그 뒤에 나온 것이라면 무시해도 돼요.",
        "With a type that does not exist the deployment fails. Every type up to November 2026 is known here, so a later one may be left.",
    ),
    source: "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut written: Vec<(NodeId, &str, &str)> = Vec::new();
    written.extend(context.all::<Instance>().map(|(id, node, of)| (id, node.name.as_str(), of.instance_type.as_str())));
    let templates = context.all::<LaunchTemplate>().filter(|(.., of)| !of.instance_type.is_empty());
    written.extend(templates.map(|(id, node, of)| (id, node.name.as_str(), of.instance_type.as_str())));
    for (id, name, given) in written {
        if !is_instance_type(given) {
            let note = note(report, id, name, given).field(id_of!(LaunchTemplate.instance_type));
            let better = better(given);
            note.fix(
                message!("{better}(으)로 바꾸기", "Change it to {better}"),
                vec![Edit::set(id, id_of!(LaunchTemplate.instance_type), better.as_str())],
            );
        }
    }
    for (id, node, group) in context.all::<AutoScalingGroup>().filter(|(.., of)| of.mixed) {
        for (row, choice) in group.overrides.iter().enumerate() {
            let given = choice.instance_type.as_str();
            if !given.is_empty() && !is_instance_type(given) {
                note(report, id, &node.name, given).field(id_of!(AutoScalingGroup.overrides)).row(row);
            }
        }
    }
}

fn note<'r>(report: &'r mut Report, id: NodeId, name: &str, given: &str) -> Noted<'r> {
    let short: String = given.chars().take(60).collect();
    report.note(
        id,
        message!(
            "{name}의 인스턴스 유형 '{short}'을(를) 몰라요. t3.micro처럼 패밀리와 크기를 점으로 이어 적으세요.",
            "The instance type \"{short}\" of {name} is unknown. Write family and size with a dot between, such as t3.micro."
        ),
    )
}

/// Most often only the case or a space is wrong.
fn better(given: &str) -> String {
    let tidy = given.trim().to_ascii_lowercase();
    if is_instance_type(&tidy) { tidy } else { "t3.micro".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_type_that_is_none() {
        for written in ["t3-micro", "T3.Micro", ""] {
            let mut sketch = two_zones();
            sketch.set("web", "instance_type", written);
            fires(&RULE, &sketch, &["web"]);
        }
    }

    #[test]
    fn quiet_on_a_known_type() {
        let mut sketch = two_zones();
        sketch.set("web", "instance_type", "m7i.large");
        quiet(&RULE, &sketch);
    }
}
