//! A database is not backed up while it is maintained.
use crate::catalog::kinds::DbInstance;
use crate::catalog::schedule::Window;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "database-windows-overlap",
    severity: Severity::Error,
    title: t("겹치는 백업과 유지 관리 시간대", "Backup and maintenance at the same time"),
    why: t(
        "RDS는 백업 시간대와 유지 관리 시간대가 겹치는 데이터베이스를 만들지 않아요.",
        "RDS does not create a database whose backup window and maintenance window overlap.",
    ),
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupWindow.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, database) in context.all::<DbInstance>().filter(|(_, _, of)| of.backup_days > 0) {
        let (backup, maintenance) = (&database.backup_window, &database.maintenance_window);
        let windows = (Window::parse(backup, false), Window::parse(maintenance, true));
        let (Ok(daily), Ok(weekly)) = windows else { continue };
        if !daily.overlaps(weekly) {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "데이터베이스 {name}의 백업 시간대 {backup}과(와) 유지 관리 시간대 {maintenance}이(가) 겹쳐요. 한쪽을 옮기거나 비우세요.",
                    "Backup window {backup} and maintenance window {maintenance} of database {name} overlap. Move one, or leave it empty."
                ),
            )
            .field(id_of!(DbInstance.backup_window))
            .fix(message!("백업 시간대를 AWS에 맡기기", "Let AWS choose the backup window"), vec![Edit::set(id, id_of!(DbInstance.backup_window), "")]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{Named, fires, quiet};
    use crate::rules::testing_services::stored;

    fn windows(backup: &str, maintenance: &str) -> Named {
        let mut sketch = stored();
        sketch.set("db", "backup_window", backup);
        sketch.set("db", "maintenance_window", maintenance);
        sketch
    }

    #[test]
    fn fires_where_they_meet() {
        fires(&RULE, &windows("18:00-19:00", "sun:18:30-sun:19:30"), &["db"]);
    }

    #[test]
    fn quiet_one_after_the_other_and_where_one_is_open() {
        quiet(&RULE, &windows("18:00-19:00", "sun:19:00-sun:19:30"));
        quiet(&RULE, &windows("", "sun:19:00-sun:19:30"));
        quiet(&RULE, &stored());
    }
}
