//! An instance type is a family and a size of AWS.

use crate::catalog::data::instance_type;
use crate::catalog::kinds::Instance;
use crate::design::Edit;
use crate::message;
use crate::rules::{Context, Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "instance-type-unknown",
    severity: Severity::Warning,
    title: t("모르는 인스턴스 유형", "Unknown instance type"),
    why: t(
        "없는 인스턴스 유형이면 배포가 실패해요. 흔히 쓰는 유형만 알고 있으니, 맞게 쓴 것이라면 무시해도 돼요.",
        "With a type that does not exist the deployment fails. Only common types are known here, so a correct one may be left.",
    ),
    source: "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, instance) in context.all::<Instance>() {
        if instance_type(&instance.instance_type).is_some() {
            continue;
        }
        let name = &node.name;
        let written: String = instance.instance_type.chars().take(60).collect();
        // Most often only the case or a space is wrong.
        let tidy = instance.instance_type.trim().to_ascii_lowercase();
        let better = instance_type(&tidy).map_or("t3.micro", |known| known.name);
        report
            .note(
                id,
                message!(
                    "인스턴스 {name}의 유형 '{written}'을(를) 몰라요. t3.micro처럼 패밀리와 크기를 점으로 이어 적으세요.",
                    "The type \"{written}\" of instance {name} is unknown. Write family and size with a dot between, such as t3.micro."
                ),
            )
            .field("instance_type")
            .fix(message!("{better}(으)로 바꾸기", "Change it to {better}"), vec![Edit::set(id, "instance_type", better)]);
    }
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
