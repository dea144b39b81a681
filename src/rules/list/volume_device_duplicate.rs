//! Each volume of an instance has its own device name.
use std::collections::BTreeSet;

use crate::catalog::kinds::Instance;
use crate::catalog::launch::BlockDevice;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::replaced;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "volume-device-duplicate",
    severity: Severity::Error,
    title: t("디바이스 이름이 겹치는 볼륨", "Volumes with the same device name"),
    why: t(
        "볼륨마다 디바이스 이름이 달라야 하고, /dev/xvda와 /dev/sda1은 루트 볼륨이 써요. 겹치면 인스턴스가 시작되지 않아요.",
        "Each volume needs its own device name, and /dev/xvda and /dev/sda1 are the root volume's; else the instance does not launch.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html",
    fixes: true,
    check,
};

/// What the root volume is called, by image.
const ROOTS: [&str; 2] = ["/dev/sda1", "/dev/xvda"];

fn check(context: &Context, report: &mut Report) {
    for (id, node, instance) in context.all::<Instance>() {
        let all: BTreeSet<&str> = instance.volumes.iter().map(|volume| volume.device.as_str()).collect();
        let mut seen = BTreeSet::from(ROOTS);
        for (row, volume) in instance.volumes.iter().enumerate() {
            if seen.insert(volume.device.as_str()) {
                continue;
            }
            let (name, number, device) = (&node.name, row + 1, &volume.device);
            let note = report
                .note(
                    id,
                    message!(
                        "인스턴스 {name}의 {number}번째 추가 볼륨이 이미 쓰는 디바이스 이름 {device}을(를) 써요. /dev/sdf부터 /dev/sdp 가운데 다른 이름으로 바꾸세요.",
                        "Additional volume {number} of instance {name} uses device name {device}, which is taken. Choose another from /dev/sdf to /dev/sdp."
                    ),
                )
                .field(id_of!(Instance.volumes));
            let free = ('f'..='p').map(|letter| format!("/dev/sd{letter}")).find(|free| !all.contains(free.as_str()));
            if let Some(free) = free {
                let renamed = BlockDevice { device: free.clone(), ..volume.clone() };
                note.fix(
                    message!("디바이스 이름을 {free}(으)로 바꾸기", "Change the device name to {free}"),
                    vec![Edit::set(id, id_of!(Instance.volumes), replaced(&instance.volumes, row, &renamed))],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::launch::BlockDevice;
    use crate::rules::testing::{fires, quiet, two_zones};

    fn volume(device: &str) -> BlockDevice {
        BlockDevice { device: device.to_owned(), ..BlockDevice::default() }
    }

    #[test]
    fn fires_on_a_repeated_name_and_on_the_roots() {
        let mut sketch = two_zones();
        sketch.rows("web", "volumes", &[volume("/dev/sdf"), volume("/dev/sdf"), volume("/dev/xvda")]);
        fires(&RULE, &sketch, &["web"]);
    }

    #[test]
    fn quiet_on_different_names() {
        let mut sketch = two_zones();
        sketch.rows("web", "volumes", &[volume("/dev/sdf"), volume("/dev/sdg")]);
        quiet(&RULE, &sketch);
    }
}
