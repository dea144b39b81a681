//! An instance that forwards packets has its source/destination check off.
use std::collections::BTreeSet;

use crate::catalog::kinds::{Instance, RouteTable};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "route-to-instance-with-source-check",
    severity: Severity::Error,
    title: t("원본/대상 확인이 켜진 NAT 인스턴스", "NAT instance with the source/destination check on"),
    why: t(
        "원본/대상 확인이 켜져 있으면 인스턴스는 남의 패킷을 버려서, 라우팅의 대상이 될 수 없어요.",
        "With the check on, an instance drops packets that are not its own and cannot serve as a route target.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut told = BTreeSet::new();
    for (table, table_node, body) in context.all::<RouteTable>() {
        for route in &body.routes {
            let Some(target) = route.target else { continue };
            let Some(instance) = context.design.get::<Instance>(target) else { continue };
            if !instance.source_dest_check || !told.insert((table, target)) {
                continue;
            }
            let (name, table_name, destination) = (context.name(target), &table_node.name, route.destination);
            report
                .note(
                    target,
                    message!(
                        "라우팅 테이블 {table_name}이(가) {destination}을(를) 인스턴스 {name}(으)로 보내는데 원본/대상 확인이 켜져 있어 패킷이 버려져요. 원본/대상 확인을 끄세요.",
                        "Table {table_name} leads {destination} to instance {name}, whose source/destination check drops it. Turn the check off."
                    ),
                )
                .field(id_of!(Instance.source_dest_check))
                .fix(
                    message!("{name}의 원본/대상 확인 끄기", "Turn off the source/destination check of {name}"),
                    vec![Edit::set(target, id_of!(Instance.source_dest_check), false)],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::FieldValue;
    use crate::catalog::kinds::Route;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_with_the_check_on_and_not_with_it_off() {
        let mut sketch = two_zones();
        let routes = vec![Route { target: Some(sketch.id("web")), ..Route::default() }];
        sketch.set("private-rt", "routes", routes.to_value());
        fires(&RULE, &sketch, &["web"]);
        sketch.set("web", "source_dest_check", false);
        quiet(&RULE, &sketch);
    }
}
