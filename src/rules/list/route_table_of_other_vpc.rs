//! A subnet is associated with a route table of its own VPC.
use crate::catalog::Value;
use crate::catalog::kinds::Subnet;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "route-table-of-other-vpc",
    severity: Severity::Error,
    title: t("다른 VPC의 라우팅 테이블", "Route table of another VPC"),
    why: t(
        "서브넷에는 같은 VPC의 라우팅 테이블만 연결할 수 있어요.",
        "A subnet can be associated only with a route table of its own VPC.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, subnet) in context.all::<Subnet>() {
        let (Some(chosen), Some((vpc, _))) = (subnet.route_table, context.vpc_of(id)) else { continue };
        let Some((other, _)) = context.vpc_of(chosen).filter(|(other, _)| *other != vpc) else { continue };
        let vpcs = context.vpcs_of([Some(vpc), Some(other)]);
        let (name, vpc, chosen, other) = (&node.name, context.name(vpc), context.name(chosen), context.name(other));
        report
            .note(
                id,
                message!(
                    "VPC {vpc}의 서브넷 {name}에 VPC {other}의 라우팅 테이블 {chosen}이(가) 연결되어 있어요. 같은 VPC의 것으로 바꾸세요.",
                    "Subnet {name} of VPC {vpc} is associated with route table {chosen} of VPC {other}. Choose one of its own VPC."
                ),
            )
            .field(id_of!(Subnet.route_table))
            .given_all(vpcs)
            .fix(message!("기본 라우팅 테이블 따르기", "Follow the main route table"), vec![Edit::set(id, id_of!(Subnet.route_table), Value::None)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{RouteTable, Vpc};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_one_of_another_vpc() {
        let mut sketch = two_zones();
        sketch.add("region", "other", Vpc::default());
        let foreign = sketch.add("other", "foreign", RouteTable::default());
        sketch.set("private-c", "route_table", foreign);
        fires(&RULE, &sketch, &["private-c"]);
    }

    #[test]
    fn quiet_on_one_of_its_own() {
        let mut sketch = two_zones();
        let own = sketch.add("vpc", "own", RouteTable::default());
        sketch.set("private-c", "route_table", own);
        quiet(&RULE, &sketch);
    }
}
