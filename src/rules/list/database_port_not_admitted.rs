//! Somebody may connect to a database.
use crate::catalog::kinds::{DbInstance, GroupRule, SecurityGroup};
use crate::design::Edit;
use crate::facts::admission::is_about;
use crate::facts::{Context, links};
use crate::fixes::rows;
use crate::net::Protocol;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "database-port-not-admitted",
    severity: Severity::Warning,
    title: t("아무도 접속할 수 없는 데이터베이스", "Database that nobody can connect to"),
    why: t(
        "데이터베이스의 보안 그룹이 데이터베이스 포트를 허용하지 않으면 애플리케이션의 접속이 시간 초과로 실패해요.",
        "If no group of the database admits its port, the application's connections time out.",
    ),
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Troubleshooting.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, database) in
        context.all::<DbInstance>().filter(|(_, _, database)| !database.security_groups.is_empty())
    {
        let port = database.listens_on();
        let groups = database.security_groups.iter().filter_map(|id| context.design.get::<SecurityGroup>(*id));
        if groups.into_iter().flat_map(|group| &group.inbound).any(|rule| is_about(rule, Protocol::Tcp, port)) {
            continue;
        }
        let (name, groups) = (&node.name, context.names(&database.security_groups));
        let note = report
            .note(
                id,
                message!(
                    "데이터베이스 {name}의 보안 그룹({groups})이 포트 {port}을(를) 허용하지 않아요. 애플리케이션의 보안 그룹에서 오는 TCP {port}을(를) 허용하세요.",
                    "No group of database {name} ({groups}) admits port {port}. Admit TCP {port} from the application's security group."
                ),
            )
            .field(id_of!(DbInstance.security_groups))
                .given_all(context.inbound_of(&database.security_groups))
                .given_all([(id, id_of!(DbInstance.port)), (id, id_of!(DbInstance.engine))]);
        let servers = context.vpc_of(id).and_then(|(vpc, _)| links::application_group(context, vpc));
        let own =
            database.security_groups.iter().find_map(|own| Some((*own, context.design.get::<SecurityGroup>(*own)?)));
        if let (Some(servers), Some((own, group))) = (servers, own) {
            let admitted = GroupRule::tcp_from(port, servers);
            let (servers, own_name) = (context.name(servers), context.name(own));
            note.fix(
                message!(
                    "{own_name}에 {servers}에서 오는 TCP {port} 허용하기",
                    "Admit TCP {port} from {servers} in {own_name}"
                ),
                vec![Edit::set(own, id_of!(SecurityGroup.inbound), rows::appended(&group.inbound, &admitted))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::stored;

    #[test]
    fn fires_on_the_port_of_another_engine() {
        let mut sketch = stored();
        sketch.set("db", "engine", "postgres");
        fires(&RULE, &sketch, &["db"]);
    }

    #[test]
    fn quiet_when_admitted_and_with_the_default_group() {
        let mut sketch = stored();
        quiet(&RULE, &sketch);
        sketch.refs("db", "security_groups", &[]);
        quiet(&RULE, &sketch);
    }
}
