//! A snapshot without a volume is made of nothing.
use crate::catalog::kinds::{Snapshot, Volume};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::only;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "snapshot-of-nothing",
    severity: Severity::Info,
    title: t("원본이 없는 스냅샷", "Snapshot of nothing"),
    why: t(
        "스냅샷은 볼륨의 백업이에요. 원본이 없으면 이미 있는 스냅샷의 ID를 배포할 때 적어야 해요.",
        "A snapshot is the backup of a volume. Without one, the id of a snapshot that exists is asked for at deployment.",
    ),
    source: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-creating-snapshot.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let only = only(context.all::<Volume>()).map(|(volume, node, body)| (volume, &node.name, body.snapshot));
    for (id, node, _) in context.all::<Snapshot>().filter(|(_, _, snapshot)| snapshot.source.is_none()) {
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "스냅샷 {name}의 원본이 없어요. 백업할 볼륨이나 인스턴스를 연결하세요.",
                    "Snapshot {name} has no source. Connect the volume or the instance to back up."
                ),
            )
            .field(id_of!(Snapshot.source));
        // A volume made from this snapshot is not its source.
        if let Some((volume, volume_name, _)) = only.filter(|(_, _, from)| *from != Some(id)) {
            note.fix(
                message!("볼륨 {volume_name}의 스냅샷으로 하기", "Make it of volume {volume_name}"),
                vec![Edit::set(id, id_of!(Snapshot.source), volume)],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Snapshot, Volume};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_a_source() {
        let mut sketch = two_zones();
        sketch.add("zone-a", "data", Volume::default());
        sketch.add("region", "backup", Snapshot::default());
        fires(&RULE, &sketch, &["backup"]);
    }

    #[test]
    fn quiet_with_one() {
        let mut sketch = two_zones();
        let source = Some(sketch.id("web"));
        sketch.add("region", "backup", Snapshot { source });
        quiet(&RULE, &sketch);
    }
}
