//! Data at rest is encrypted.
use crate::catalog::kinds::{DbInstance, Instance};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "storage-unencrypted",
    severity: Severity::Warning,
    title: t("암호화하지 않은 스토리지", "Storage that is not encrypted"),
    why: t(
        "암호화하지 않은 볼륨과 데이터베이스는 스냅샷이 새어 나가면 그대로 읽혀요. 암호화에는 요금이 들지 않아요.",
        "Unencrypted volumes and databases can be read from a leaked snapshot. Encryption costs nothing.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-encryption.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<DbInstance>().filter(|(_, _, database)| !database.encrypted) {
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "데이터베이스 {name}을(를) 암호화하지 않아요. 만든 뒤에는 바꿀 수 없으니 지금 켜세요.",
                    "Database {name} is not encrypted. It cannot be changed later: turn it on now."
                ),
            )
            .field(id_of!(DbInstance.encrypted))
            .fix(
                message!("암호화 켜기", "Turn encryption on"),
                vec![Edit::set(id, id_of!(DbInstance.encrypted), true)],
            );
    }
    for (id, node, _) in context.all::<Instance>().filter(|(_, _, instance)| !instance.root_encrypted) {
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "EC2 인스턴스 {name}의 루트 볼륨을 암호화하지 않아요. 암호화를 켜세요.",
                    "The root volume of EC2 instance {name} is not encrypted. Turn encryption on."
                ),
            )
            .field(id_of!(Instance.root_encrypted))
            .fix(
                message!("암호화 켜기", "Turn encryption on"),
                vec![Edit::set(id, id_of!(Instance.root_encrypted), true)],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::stored;

    #[test]
    fn fires_on_a_database_and_on_a_root_volume() {
        let mut sketch = stored();
        sketch.set("db", "encrypted", false);
        sketch.set("web", "root_encrypted", false);
        fires(&RULE, &sketch, &["web", "db"]);
    }

    #[test]
    fn quiet_when_encrypted() {
        quiet(&RULE, &stored());
    }
}
