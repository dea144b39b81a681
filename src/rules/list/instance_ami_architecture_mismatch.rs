//! An image runs only on its own architecture.
use crate::catalog::data::amis::{Ami, ami, ami_by_ssm_path};
use crate::catalog::data::{Architecture, instance_type};
use crate::catalog::kinds::Instance;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "instance-ami-architecture-mismatch",
    severity: Severity::Error,
    title: t("AMI와 인스턴스 유형의 아키텍처가 다름", "Image of another architecture than the instance type"),
    why: t(
        "arm64 이미지는 Graviton 유형에서만, x86_64 이미지는 Intel과 AMD 유형에서만 시작돼요.",
        "An arm64 image starts on Graviton types only, an x86_64 image on Intel and AMD types only.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ComponentsAMIs.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, instance) in context.all::<Instance>() {
        let image: Option<&Ami> = ami(&instance.ami).or_else(|| ami_by_ssm_path(&instance.ami));
        let (Some(image), Some(kind)) = (image, instance_type(&instance.instance_type)) else { continue };
        let wanted = kind.family.architecture;
        if image.architecture == wanted {
            continue;
        }
        let (name, kind_name, image_id) = (&node.name, kind.name, image.id);
        let (has, needs) = (image.architecture.name(), wanted.name());
        let note = report
            .note(
                id,
                message!(
                    "인스턴스 {name}의 AMI {image_id}은(는) {has}인데 유형 {kind_name}은(는) {needs}이에요(예요). 아키텍처가 같은 AMI나 유형으로 바꾸세요.",
                    "Image {image_id} of instance {name} is {has}, but type {kind_name} is {needs}. Choose an image or a type of the same architecture."
                ),
            )
            .field(id_of!(Instance.ami));
        let twin = image.id.strip_suffix(has).and_then(|stem| ami(&format!("{stem}{needs}")));
        if let Some(twin) = twin {
            let twin = twin.id;
            note.fix(
                message!("AMI를 {twin}(으)로 바꾸기", "Change the image to {twin}"),
                vec![Edit::set(id, id_of!(Instance.ami), twin)],
            );
        } else if wanted == Architecture::Arm64 {
            note.fix(
                message!("유형을 t3.micro로 바꾸기", "Change the type to t3.micro"),
                vec![Edit::set(id, id_of!(Instance.instance_type), "t3.micro")],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_an_image_for_the_other() {
        for (kind, image) in
            [("t3.micro", "al2023-arm64"), ("t4g.micro", "ubuntu-24.04-x86_64"), ("t4g.micro", "windows-2022-x86_64")]
        {
            let mut sketch = two_zones();
            sketch.set("web", "instance_type", kind);
            sketch.set("web", "ami", image);
            fires(&RULE, &sketch, &["web"]);
        }
    }

    #[test]
    fn quiet_when_they_agree_and_on_an_image_we_do_not_know() {
        let mut sketch = two_zones();
        sketch.set("web", "instance_type", "t4g.micro");
        sketch.set("web", "ami", "al2023-arm64");
        quiet(&RULE, &sketch);
        sketch.set("web", "ami", "ami-0123456789abcdef0");
        quiet(&RULE, &sketch);
    }
}
