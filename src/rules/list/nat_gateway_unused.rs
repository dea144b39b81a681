//! A NAT gateway that no route leads to costs money for nothing.

use crate::catalog::kinds::{NatGateway, RouteTable};
use crate::design::Edit;
use crate::facts::Context;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    id: "nat-gateway-unused",
    severity: Severity::Warning,
    title: t("쓰이지 않는 NAT 게이트웨이", "Unused NAT gateway"),
    why: t(
        "NAT 게이트웨이는 패킷이 지나가지 않아도 시간마다 요금이 들어요.",
        "A NAT gateway is billed by the hour even when no packet passes.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let routes = context.all::<RouteTable>().flat_map(|(_, _, table)| &table.routes);
    let led_to: BTreeSet<_> = routes.filter_map(|route| route.target).collect();
    for (id, node, _) in
        context.all::<NatGateway>().filter(|(id, ..)| !led_to.contains(id) && !context.may_be_used(*id))
    {
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "NAT 게이트웨이 {name}(으)로 가는 라우팅이 없어요. 프라이빗 서브넷의 라우팅 테이블에 0.0.0.0/0 라우팅을 더하거나 지우세요.",
                    "No route leads to NAT gateway {name}. Add a 0.0.0.0/0 route in a private subnet's table, or remove it."
                ),
            )
            .fix(message!("NAT 게이트웨이 {name} 지우기", "Remove NAT gateway {name}"), vec![Edit::Remove(id)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_a_route() {
        let mut sketch = two_zones();
        sketch.add("public-c", "nat-2", crate::catalog::kinds::NatGateway::default());
        fires(&RULE, &sketch, &["nat-2"]);
    }

    #[test]
    fn quiet_with_one() {
        quiet(&RULE, &two_zones());
    }
}
