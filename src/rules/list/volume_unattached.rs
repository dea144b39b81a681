//! A volume that nothing uses is billed all the same.
use crate::catalog::kinds::{Snapshot, Volume};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "volume-unattached",
    severity: Severity::Info,
    title: t("붙지 않은 볼륨", "Volume attached to nothing"),
    why: t(
        "붙이지 않은 볼륨에도 크기만큼 요금이 들어요. 쓸 데이터라면 스냅샷으로 두는 편이 싸요.",
        "A volume is billed by its size, attached or not. Data for later is cheaper as a snapshot.",
    ),
    source: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-lifecycle.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, volume) in context.all::<Volume>() {
        // One that a snapshot is made of has its use.
        let backed_up = context.all::<Snapshot>().any(|(_, _, snapshot)| snapshot.source == Some(id));
        if volume.instance.is_some() || backed_up || context.may_be_used(id) {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "볼륨 {name}이(가) 어느 인스턴스에도 붙어 있지 않아요. 같은 가용 영역의 인스턴스에 연결하거나 지우세요.",
                    "Volume {name} is attached to no instance. Connect it with one of its zone, or delete it."
                ),
            )
            .field(id_of!(Volume.instance))
            .fix(message!("볼륨 {name} 지우기", "Delete volume {name}"), vec![Edit::Remove(id)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Snapshot, Volume};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_free_volume() {
        let mut sketch = two_zones();
        sketch.add("zone-a", "data", Volume::default());
        fires(&RULE, &sketch, &["data"]);
    }

    #[test]
    fn quiet_while_attached_or_backed_up() {
        let mut sketch = two_zones();
        let instance = Some(sketch.id("web"));
        sketch.add("zone-a", "data", Volume { instance, ..Volume::default() });
        let free = sketch.add("zone-a", "old", Volume::default());
        sketch.add("region", "backup", Snapshot { source: Some(free) });
        quiet(&RULE, &sketch);
    }
}
