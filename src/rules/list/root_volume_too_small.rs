//! A root volume is at least as large as its image.
use crate::catalog::data::amis::{ami, ami_by_ssm_path};
use crate::catalog::kinds::{Instance, LaunchTemplate};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "root-volume-too-small",
    severity: Severity::Error,
    title: t("AMI보다 작은 루트 볼륨", "Root volume smaller than its image"),
    why: t(
        "루트 볼륨은 AMI의 스냅샷보다 작을 수 없어요. 리눅스 AMI는 8GiB, ECS 최적화 AMI와 윈도우 서버는 30GiB예요.",
        "A root volume cannot be smaller than the image's snapshot: 8 GiB for the Linux images here, 30 GiB for the ECS-optimized ones and Windows Server.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let servers = context.all::<Instance>().map(|(id, node, of)| (id, node, &of.ami, of.root_size));
    let templates = context.all::<LaunchTemplate>().map(|(id, node, of)| (id, node, &of.ami, of.root_size));
    for (id, node, image, size) in servers.chain(templates) {
        let Some(image) = ami(image).or_else(|| ami_by_ssm_path(image)) else { continue };
        let least = image.least_root;
        if size >= least {
            continue;
        }
        let (name, kind, image) = (&node.name, node.kind().spec().label, image.id);
        let (ko, en) = (kind.ko, kind.en);
        report
            .note(
                id,
                message!(
                    "{ko} {name}의 루트 볼륨 {size}GiB는 AMI {image}에 너무 작아요. {least}GiB 이상으로 늘리세요.",
                    "The root volume of {name} ({en}), {size} GiB, is too small for image {image}. Make it at least {least} GiB."
                ),
            )
            .field(id_of!(LaunchTemplate.root_size))
            .fix(
                message!("루트 볼륨을 {least}GiB로 늘리기", "Enlarge the root volume to {least} GiB"),
                vec![Edit::set(id, id_of!(LaunchTemplate.root_size), least.to_string().as_str())],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, scaled, two_zones};

    #[test]
    fn fires_below_the_image() {
        let mut sketch = two_zones();
        sketch.set("web", "root_size", "4");
        sketch.set("app", "ami", "windows-2022-x86_64");
        fires(&RULE, &sketch, &["web", "app"]);
    }

    #[test]
    fn fires_on_a_template_with_the_image_of_ecs() {
        let mut sketch = scaled();
        sketch.set("template", "ami", "ecs-al2023-x86_64");
        fires(&RULE, &sketch, &["template"]);
    }

    #[test]
    fn quiet_at_its_size() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.set("web", "ami", "windows-2022-x86_64");
        sketch.set("web", "root_size", "30");
        quiet(&RULE, &sketch);
    }
}
