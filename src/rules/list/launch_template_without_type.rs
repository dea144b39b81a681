//! Someone must choose an instance type: the launch template, or the group's mixed instances policy.
use crate::catalog::fleet::Selection;
use crate::catalog::kinds::{AutoScalingGroup, LaunchTemplate};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "launch-template-without-type",
    severity: Severity::Error,
    title: t("인스턴스 유형을 아무도 고르지 않음", "Nobody chooses the instance type"),
    why: t(
        "시작 템플릿에 유형이 없으면 Auto Scaling 그룹이 목록이나 조건으로 골라야 해요. 둘 다 없으면 인스턴스가 뜨지 않아요.",
        "Where the launch template has no type, the group must choose from a list or by requirements; without either nothing launches.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-mixed-instances-group-attribute-based-instance-type-selection.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<AutoScalingGroup>() {
        let template = group.launch_template.and_then(|id| Some((id, context.design.get::<LaunchTemplate>(id)?)));
        let Some((template, _)) = template.filter(|(_, body)| body.instance_type.trim().is_empty()) else { continue };
        let chooses = match group.selection {
            _ if !group.mixed => false,
            Selection::Template => false,
            Selection::Types => !group.overrides.is_empty(),
            Selection::Requirements => true,
        };
        if chooses {
            continue;
        }
        let (name, template_name) = (&node.name, context.name(template));
        report
            .note(
                id,
                message!(
                    "시작 템플릿 {template_name}에 인스턴스 유형이 없고 Auto Scaling 그룹 {name}도 고르지 않아요. 템플릿에 유형을 적거나 혼합 인스턴스의 조건을 켜세요.",
                    "Launch template {template_name} has no instance type and Auto Scaling group {name} chooses none. Give the template a type, or turn on requirements under mixed instances."
                ),
            )
            .field(id_of!(AutoScalingGroup.launch_template))
                .given_all([(template, id_of!(LaunchTemplate.instance_type)), (id, id_of!(AutoScalingGroup.mixed)), (id, id_of!(AutoScalingGroup.selection)), (id, id_of!(AutoScalingGroup.overrides))])
            .fix(
                message!("{template_name}의 유형을 t3.micro로 정하기", "Give {template_name} the type t3.micro"),
                vec![Edit::set(template, id_of!(LaunchTemplate.instance_type), "t3.micro")],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, scaled};

    #[test]
    fn fires_where_neither_chooses() {
        let mut sketch = scaled();
        sketch.set("template", "instance_type", "");
        fires(&RULE, &sketch, &["asg"]);
        sketch.set("asg", "mixed", true);
        sketch.set("asg", "selection", "types");
        fires(&RULE, &sketch, &["asg"]);
    }

    #[test]
    fn quiet_where_the_template_or_the_group_chooses() {
        let mut sketch = scaled();
        quiet(&RULE, &sketch);
        sketch.set("template", "instance_type", "");
        sketch.set("asg", "mixed", true);
        sketch.set("asg", "selection", "requirements");
        quiet(&RULE, &sketch);
    }
}
