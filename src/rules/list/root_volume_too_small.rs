//! A root volume is at least as large as its image.

use crate::catalog::data::amis::{ami, ami_by_ssm_path};
use crate::catalog::kinds::Instance;
use crate::design::Edit;
use crate::message;
use crate::rules::{Context, Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "root-volume-too-small",
    severity: Severity::Error,
    title: t("AMI보다 작은 루트 볼륨", "Root volume smaller than its image"),
    why: t(
        "루트 볼륨은 AMI의 스냅샷보다 작을 수 없어요. 리눅스 AMI는 8GiB, 윈도우 서버는 30GiB예요.",
        "A root volume cannot be smaller than the image's snapshot: 8 GiB for the Linux images here, 30 GiB for Windows Server.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, instance) in context.all::<Instance>() {
        let Some(image) = ami(&instance.ami).or_else(|| ami_by_ssm_path(&instance.ami)) else { continue };
        let least: u32 = if image.is_windows() { 30 } else { 8 };
        if instance.root_size >= least {
            continue;
        }
        let (name, size, image) = (&node.name, instance.root_size, image.id);
        report
            .note(
                id,
                message!(
                    "인스턴스 {name}의 루트 볼륨 {size}GiB는 AMI {image}에 너무 작아요. {least}GiB 이상으로 늘리세요.",
                    "The root volume of instance {name}, {size} GiB, is too small for image {image}. Make it at least {least} GiB."
                ),
            )
            .field("root_size")
            .fix(
                message!("루트 볼륨을 {least}GiB로 늘리기", "Enlarge the root volume to {least} GiB"),
                vec![Edit::set(id, "root_size", least.to_string().as_str())],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_below_the_image() {
        let mut sketch = two_zones();
        sketch.set("web", "root_size", "4");
        sketch.set("app", "ami", "windows-2022-x86_64");
        fires(&RULE, &sketch, &["web", "app"]);
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
