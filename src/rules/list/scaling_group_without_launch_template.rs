//! An Auto Scaling group launches its instances from a template.
use crate::catalog::kinds::{AutoScalingGroup, LaunchTemplate};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::{mend, only};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scaling-group-without-launch-template",
    severity: Severity::Error,
    title: t("시작 템플릿이 없는 Auto Scaling 그룹", "Auto Scaling group without launch template"),
    why: t(
        "무엇으로 인스턴스를 띄울지 알 수 없어서 그룹을 만들 수 없어요.",
        "Without one the group does not know what to launch and cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-asg-launch-template.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let only = only(context.all::<LaunchTemplate>()).map(|(template, node, _)| (template, &node.name));
    let none = context.all::<LaunchTemplate>().next().is_none();
    for (id, node, _) in context.all::<AutoScalingGroup>().filter(|(_, _, group)| group.launch_template.is_none()) {
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "Auto Scaling 그룹 {name}에 시작 템플릿이 없어요. 시작 템플릿을 두고 연결하세요.",
                    "Auto Scaling group {name} has no launch template. Place one and connect it."
                ),
            )
            .field(id_of!(AutoScalingGroup.launch_template));
        if let Some((template, template_name)) = only {
            note.fix(
                message!("시작 템플릿 {template_name} 연결하기", "Connect launch template {template_name}"),
                vec![Edit::set(id, id_of!(AutoScalingGroup.launch_template), template)],
            );
        } else if let (true, Some(frame)) = (none, node.parent) {
            let template = context.design.next_id();
            let mut edits = mend::add_tile(context, "launch-template", frame, LaunchTemplate::default());
            edits.push(Edit::set(id, id_of!(AutoScalingGroup.launch_template), template));
            let title = message!("시작 템플릿 만들어 연결하기", "Add a launch template and connect it");
            note.fix(title, edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::AutoScalingGroup;
    use crate::rules::testing::{fires, found_in, quiet, scaled, two_zones};

    #[test]
    fn fires_on_a_new_group_with_and_without_a_template_to_connect() {
        let mut sketch = two_zones();
        sketch.add("vpc", "asg", AutoScalingGroup::default());
        fires(&RULE, &sketch, &["asg"]);
        let mut sketch = scaled();
        sketch.set("asg", "launch_template", crate::catalog::Value::None);
        fires(&RULE, &sketch, &["asg"]);
    }

    #[test]
    fn quiet_with_a_template() {
        quiet(&RULE, &scaled());
    }

    #[test]
    fn quiet_on_a_launch_configuration() {
        let group = |more: &str| {
            format!(
                "  Web: {{Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {{MinSize: '1', MaxSize: '2'{more}}}}}\n"
            )
        };
        assert_eq!(found_in(&RULE, &group(", LaunchConfigurationName: web-config")), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &group("")), ["Web"]);
    }
}
