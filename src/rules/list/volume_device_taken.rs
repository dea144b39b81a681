//! A volume is attached under a device name that its instance does not use yet.
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::kinds::{Instance, Volume};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::pairs::can_compare;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "volume-device-taken",
    severity: Severity::Error,
    title: t("이미 쓰는 디바이스 이름으로 붙인 볼륨", "Volume under a device name that is taken"),
    why: t(
        "인스턴스의 볼륨마다 디바이스 이름이 달라야 해서, 겹치면 볼륨이 붙지 않아요.",
        "Each volume of an instance needs its own device name; one that is taken is refused.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut taken: BTreeMap<(NodeId, &str), Vec<NodeId>> = BTreeMap::new();
    for (id, node, volume) in context.all::<Volume>() {
        let Some((instance, body)) = volume.instance.and_then(|id| Some((id, context.design.get::<Instance>(id)?)))
        else {
            continue;
        };
        let of_instance =
            || ["/dev/sda1", "/dev/xvda"].into_iter().chain(body.volumes.iter().map(|own| own.device.as_str()));
        let earlier = taken.entry((instance, volume.device.as_str())).or_default();
        let is_own = of_instance().any(|device| device == volume.device);
        if !is_own && !earlier.iter().any(|other| can_compare(context, id, *other, id_of!(Volume.device))) {
            earlier.push(id);
            continue;
        }
        let (name, device, instance_name) = (&node.name, &volume.device, context.name(instance));
        let note = report
            .note(
                id,
                message!(
                    "볼륨 {name}의 디바이스 이름 {device}을(를) 인스턴스 {instance_name}이(가) 이미 써요. /dev/sdf부터 /dev/sdp 가운데 다른 이름으로 바꾸세요.",
                    "Instance {instance_name} already uses device name {device} of volume {name}. Choose another from /dev/sdf to /dev/sdp."
                ),
            )
            .field(id_of!(Volume.device));
        let others = context.all::<Volume>().filter(|(other, _, of)| *other != id && of.instance == Some(instance));
        let all: BTreeSet<&str> = of_instance().chain(others.map(|(_, _, of)| of.device.as_str())).collect();
        let free = ('f'..='p').map(|letter| format!("/dev/sd{letter}")).find(|free| !all.contains(free.as_str()));
        if let Some(free) = free {
            note.fix(
                message!("디바이스 이름을 {free}(으)로 바꾸기", "Change the device name to {free}"),
                vec![Edit::set(id, id_of!(Volume.device), free.as_str())],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Volume;
    use crate::catalog::launch::BlockDevice;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_the_name_of_another_volume_and_of_the_instances_own() {
        let mut sketch = two_zones();
        let instance = Some(sketch.id("web"));
        for name in ["first", "second"] {
            sketch.add("zone-a", name, Volume { instance, ..Volume::default() });
        }
        fires(&RULE, &sketch, &["second"]);
        sketch.rows("web", "volumes", &[BlockDevice { device: "/dev/sdg".to_owned(), ..BlockDevice::default() }]);
        fires(&RULE, &sketch, &["first", "second"]);
    }

    #[test]
    fn quiet_on_different_names() {
        let mut sketch = two_zones();
        let instance = Some(sketch.id("web"));
        sketch.add("zone-a", "data", Volume { instance, ..Volume::default() });
        quiet(&RULE, &sketch);
    }
}
