//! Databases and caches are reached by their application, never by the internet.
use crate::catalog::kinds::{GroupRule, SecurityGroup};
use crate::design::Edit;
use crate::facts::{Context, links};
use crate::fixes::rows;
use crate::net::{Protocol, service_name};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "database-open-to-world",
    severity: Severity::Warning,
    title: t("데이터베이스가 인터넷 전체에 열려 있음", "Database open to the whole internet"),
    why: t(
        "데이터베이스는 애플리케이션만 접속하면 되는데, 인터넷에 열면 데이터 유출로 이어져요.",
        "Only the application needs the database; open to the internet, it leaks.",
    ),
    source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
    fixes: true,
    check,
};

/// SQL Server, Oracle, MySQL, PostgreSQL, Redshift, Redis, OpenSearch, Memcached, MongoDB.
const DATABASES: [u16; 9] = [1433, 1521, 3306, 5432, 5439, 6379, 9200, 11211, 27017];

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<SecurityGroup>() {
        for (row, rule) in group.inbound.iter().enumerate() {
            let open = rule.cidr.filter(|cidr| cidr.is_any() && rule.protocol == Protocol::Tcp && !rule.ports.is_all());
            let (Some(from), Some(port)) = (open, DATABASES.into_iter().find(|port| rule.ports.contains(*port))) else {
                continue;
            };
            let (name, service) = (&node.name, service_name(port).unwrap_or_default());
            let note = report
                .note(
                    id,
                    message!(
                        "보안 그룹 {name}이(가) {service} 포트 {port}을(를) 인터넷 전체({from})에 열어요. 소스를 애플리케이션 서버의 보안 그룹으로 바꾸세요.",
                        "Security group {name} opens {service} port {port} to the whole internet ({from}). Make the application servers' security group its source."
                    ),
                )
                .field(id_of!(SecurityGroup.inbound))
                .row(row);
            if let Some(servers) = context.vpc_of(id).and_then(|(vpc, _)| links::application_group(context, vpc)) {
                let only = GroupRule { cidr: None, group: Some(servers), ..rule.clone() };
                let servers = context.name(servers);
                note.fix(
                    message!("소스를 보안 그룹 {servers}(으)로 바꾸기", "Make security group {servers} the source"),
                    vec![Edit::set(id, id_of!(SecurityGroup.inbound), rows::replaced(&group.inbound, row, &only))],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::net::AnyCidr;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_database_port_from_anywhere() {
        for port in [3306, 5432, 27017] {
            let mut sketch = two_zones();
            sketch.rows("web-sg", "inbound", &[GroupRule::tcp(port, AnyCidr::default())]);
            fires(&RULE, &sketch, &["web-sg"]);
        }
    }

    #[test]
    fn quiet_from_a_group_and_from_the_vpc() {
        let mut sketch = two_zones();
        let group = sketch.id("web-sg");
        sketch.rows(
            "web-sg",
            "inbound",
            &[GroupRule::tcp(3306, "10.0.0.0/16".parse().unwrap()), GroupRule::tcp_from(5432, group)],
        );
        quiet(&RULE, &sketch);
    }
}
