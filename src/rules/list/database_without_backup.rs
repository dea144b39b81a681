//! A database's data survives mistakes.
use crate::catalog::Value;
use crate::catalog::kinds::{DatabaseRetention, DbInstance};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "database-without-backup",
    severity: Severity::Info,
    title: t("백업이 없는 데이터베이스", "Database without a backup"),
    why: t(
        "자동 백업이 없으면 실수로 지운 데이터를 되돌릴 수 없고, 스택과 함께 지워지면 아무것도 남지 않아요.",
        "Without automatic backups deleted data is gone, and a database deleted with its stack leaves nothing.",
    ),
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, database) in context.all::<DbInstance>() {
        let name = &node.name;
        if database.backup_days == 0 {
            report
                .note(
                    id,
                    message!(
                        "데이터베이스 {name}의 자동 백업이 꺼져 있어요. 백업 보존 기간을 1일 이상으로 두세요.",
                        "Automatic backups of database {name} are off. Keep them for a day or more."
                    ),
                )
                .field(id_of!(DbInstance.backup_days))
                .fix(
                    message!("7일 동안 백업하기", "Keep backups for 7 days"),
                    vec![Edit::set(id, id_of!(DbInstance.backup_days), Value::Int(7))],
                );
        }
        if database.retention == DatabaseRetention::Delete && !database.deletion_protection {
            report
                .note(
                    id,
                    message!(
                        "데이터베이스 {name}은(는) 스택을 지우면 스냅샷도 없이 사라져요. 마지막 스냅샷을 남기거나 삭제 방지를 켜세요.",
                        "Database {name} goes with its stack and leaves no snapshot. Leave a last snapshot, or turn deletion protection on."
                    ),
                )
                .field(id_of!(DbInstance.retention))
                .fix(
                    message!("마지막 스냅샷 남기기", "Leave a last snapshot"),
                    vec![Edit::set(id, id_of!(DbInstance.retention), DatabaseRetention::Snapshot.as_str())],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::stored;

    #[test]
    fn fires_without_backups_and_when_everything_goes() {
        let mut sketch = stored();
        sketch.set("db", "backup_days", Value::Int(0));
        fires(&RULE, &sketch, &["db"]);
        let mut sketch = stored();
        sketch.set("db", "retention", "Delete");
        fires(&RULE, &sketch, &["db"]);
    }

    #[test]
    fn quiet_with_backups_and_when_protected() {
        let mut sketch = stored();
        quiet(&RULE, &sketch);
        sketch.set("db", "retention", "Delete");
        sketch.set("db", "deletion_protection", true);
        quiet(&RULE, &sketch);
    }
}
