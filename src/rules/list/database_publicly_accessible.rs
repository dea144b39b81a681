//! A database has no public address.
use crate::catalog::kinds::DbInstance;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "database-publicly-accessible",
    severity: Severity::Warning,
    title: t("퍼블릭 액세스가 켜진 데이터베이스", "Database with a public address"),
    why: t(
        "퍼블릭 주소가 있는 데이터베이스는 인터넷에서 접속을 시도할 수 있어요. 애플리케이션은 VPC 안에서 접속하면 돼요.",
        "A database with a public address can be tried from the internet. The application reaches it inside the VPC.",
    ),
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<DbInstance>().filter(|(_, _, database)| database.public) {
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "데이터베이스 {name}의 퍼블릭 액세스가 켜져 있어요. 끄고, 밖에서는 배스천을 거쳐 접속하세요.",
                    "Database {name} is publicly accessible. Turn that off, and connect from outside through a bastion."
                ),
            )
            .field(id_of!(DbInstance.public))
            .fix(
                message!("퍼블릭 액세스 끄기", "Turn public access off"),
                vec![Edit::set(id, id_of!(DbInstance.public), false)],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::stored;

    #[test]
    fn fires_on_a_public_address() {
        let mut sketch = stored();
        sketch.set("db", "public", true);
        fires(&RULE, &sketch, &["db"]);
    }

    #[test]
    fn quiet_without() {
        quiet(&RULE, &stored());
    }
}
