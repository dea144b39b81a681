//! A VPC has one main route table.
use crate::catalog::kinds::{RouteTable, Vpc};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "two-main-route-tables",
    severity: Severity::Error,
    title: t("기본 라우팅 테이블이 둘", "Two main route tables"),
    why: t(
        "따로 연결하지 않은 서브넷은 기본 라우팅 테이블 하나만 따라요. 둘이면 어느 길로 갈지 정할 수 없어요.",
        "Subnets without an association follow the one main table; with two there is no saying which.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (vpc, node, _) in context.all::<Vpc>() {
        let mut mains = context.within::<RouteTable>(vpc).filter(|(_, _, table)| table.main);
        let Some((_, kept, _)) = mains.next() else { continue };
        for (id, extra, _) in mains {
            let (name, kept, vpc) = (&extra.name, &kept.name, &node.name);
            report
                .note(
                    id,
                    message!(
                        "VPC {vpc}의 기본 라우팅 테이블이 {kept}과(와) {name} 둘이에요. 하나만 기본으로 두세요.",
                        "VPC {vpc} has two main route tables, {kept} and {name}. Keep one."
                    ),
                )
                .field(id_of!(RouteTable.main))
                .fix(
                    message!("{kept}만 기본으로 두기", "Keep {kept} as the main table"),
                    vec![Edit::set(id, id_of!(RouteTable.main), false)],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_the_second() {
        let mut sketch = two_zones();
        sketch.set("public-rt", "main", true);
        sketch.set("private-rt", "main", true);
        fires(&RULE, &sketch, &["private-rt"]);
    }

    #[test]
    fn quiet_with_one() {
        let mut sketch = two_zones();
        sketch.set("private-rt", "main", true);
        quiet(&RULE, &sketch);
    }
}
