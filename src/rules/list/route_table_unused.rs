//! A route table that no subnet follows does nothing.
use crate::catalog::kinds::RouteTable;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "route-table-unused",
    severity: Severity::Info,
    title: t("쓰이지 않는 라우팅 테이블", "Unused route table"),
    why: t(
        "라우팅 테이블은 서브넷에 연결해야 쓰여요. 이름이 public이어도 연결하지 않으면 아무 일도 하지 않아요.",
        "A route table works through its subnets; whatever its name, without one it does nothing.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, table) in context.all::<RouteTable>() {
        if table.main || table.gateway.is_some() || !context.followers_of(id).is_empty() || context.may_be_used(id) {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "라우팅 테이블 {name}을(를) 따르는 서브넷이 없어요. 서브넷에 연결하거나 지우세요.",
                    "No subnet follows route table {name}. Associate a subnet with it or remove it."
                ),
            )
            .given(id, id_of!(RouteTable.gateway))
            .fix(message!("라우팅 테이블 {name} 지우기", "Remove route table {name}"), vec![Edit::Remove(id)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_a_subnet() {
        let mut sketch = two_zones();
        sketch.add("vpc", "spare-rt", crate::catalog::kinds::RouteTable::default());
        fires(&RULE, &sketch, &["spare-rt"]);
    }

    #[test]
    fn quiet_for_the_table_of_a_gateway() {
        let mut sketch = two_zones();
        let gateway = Some(sketch.id("igw"));
        sketch.add("vpc", "gate-rt", crate::catalog::kinds::RouteTable { gateway, ..Default::default() });
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_with_subnets_and_for_the_main_table() {
        let mut sketch = two_zones();
        sketch.add("vpc", "main-rt", crate::catalog::kinds::RouteTable { main: true, ..Default::default() });
        quiet(&RULE, &sketch);
    }
}
