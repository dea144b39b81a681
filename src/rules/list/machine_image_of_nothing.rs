//! An image is made from an instance.
use crate::catalog::kinds::{Instance, MachineImage};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::only;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "machine-image-of-nothing",
    severity: Severity::Info,
    title: t("원본 인스턴스가 없는 AMI", "Image of no instance"),
    why: t(
        "AMI는 인스턴스를 찍어 만들어요. 원본이 없으면 이미 있는 AMI의 ID를 배포할 때 적어야 해요.",
        "An image is made from an instance. Without one, the id of an image that exists is asked for at deployment.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-ebs.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let only = only(context.all::<Instance>()).map(|(instance, node, body)| (instance, &node.name, body.image));
    for (id, node, _) in context.all::<MachineImage>().filter(|(_, _, image)| image.instance.is_none()) {
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "AMI {name}의 원본 인스턴스가 없어요. 설정을 마친 인스턴스를 연결하세요.",
                    "Image {name} has no source instance. Connect one that is set up."
                ),
            )
            .field(id_of!(MachineImage.instance));
        // An instance launched from this image is not its source.
        if let Some((instance, instance_name, _)) = only.filter(|(_, _, from)| *from != Some(id)) {
            note.fix(
                message!("인스턴스 {instance_name}(으)로 만들기", "Make it from instance {instance_name}"),
                vec![Edit::set(id, id_of!(MachineImage.instance), instance)],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::MachineImage;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_an_instance() {
        let mut sketch = two_zones();
        sketch.remove("app");
        sketch.add("region", "image", MachineImage::default());
        fires(&RULE, &sketch, &["image"]);
    }

    #[test]
    fn quiet_with_one() {
        let mut sketch = two_zones();
        let instance = Some(sketch.id("web"));
        sketch.add("region", "image", MachineImage { instance, no_reboot: true });
        quiet(&RULE, &sketch);
    }
}
