//! A launch template needs an image.
use crate::catalog::kinds::{AutoScalingGroup, CloudformationResource, LaunchTemplate};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "launch-template-without-image",
    severity: Severity::Error,
    title: t("AMI가 없는 시작 템플릿", "Launch template without image"),
    why: t(
        "AMI가 없는 시작 템플릿으로는 Auto Scaling 그룹이 인스턴스를 띄우지 못해요.",
        "An Auto Scaling group cannot launch instances from a template without an image.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-launch-template.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, template) in context.all::<LaunchTemplate>() {
        if template.image.is_some() || !template.ami.trim().is_empty() {
            continue;
        }
        // A node group of EKS, AWS Batch, or an instance that is launched from it, choose the image themselves.
        let leads_here = |other: NodeId| context.design.references(other).iter().any(|(_, to)| *to == id);
        let by_groups = context.all::<AutoScalingGroup>().any(|(group, ..)| leads_here(group));
        if !by_groups
            && (context.may_be_used(id) || context.all::<CloudformationResource>().any(|(other, ..)| leads_here(other)))
        {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "시작 템플릿 {name}에 AMI가 없어요. AMI를 고르거나 인스턴스로 만든 AMI를 연결하세요.",
                    "Launch template {name} has no image. Choose one, or connect an image made from an instance."
                ),
            )
            .field(id_of!(LaunchTemplate.ami))
            .fix(
                message!("Amazon Linux 2023으로 정하기", "Use Amazon Linux 2023"),
                vec![Edit::set(id, id_of!(LaunchTemplate.ami), "al2023-x86_64")],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::MachineImage;
    use crate::rules::testing::{fires, found_in, quiet, scaled};

    #[test]
    fn fires_without_any_image() {
        let mut sketch = scaled();
        sketch.set("template", "ami", "");
        fires(&RULE, &sketch, &["template"]);
    }

    #[test]
    fn quiet_with_one_of_aws_or_of_ones_own() {
        let mut sketch = scaled();
        quiet(&RULE, &sketch);
        sketch.set("template", "ami", "");
        let image = sketch.add("region", "image", MachineImage::default());
        sketch.set("template", "image", image);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_where_a_node_group_chooses_the_image() {
        let template = "  Template: {Type: 'AWS::EC2::LaunchTemplate', Properties: {LaunchTemplateData: {InstanceType: t3.small}}}\n";
        let nodes = "  Nodes: {Type: 'AWS::EKS::Nodegroup', Properties: {LaunchTemplate: {Id: !Ref Template}}}\n";
        assert_eq!(found_in(&RULE, &format!("{template}{nodes}")), Vec::<String>::new());
        assert_eq!(found_in(&RULE, template), ["Template"]);
    }
}
