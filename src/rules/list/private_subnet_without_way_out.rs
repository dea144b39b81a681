//! Instances of a subnet without a default route cannot fetch updates.
use crate::catalog::Kind;
use crate::catalog::kinds::Subnet;
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "private-subnet-without-way-out",
    severity: Severity::Info,
    title: t("나갈 길이 없는 프라이빗 서브넷", "Private subnet with no way out"),
    why: t(
        "기본 라우팅이 없으면 인스턴스가 업데이트나 패키지를 받지 못해요. 일부러 막은 서브넷이라면 그대로 두세요.",
        "Without a default route instances cannot fetch updates or packages. Leave it if that is meant.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<Subnet>() {
        let has_way = context.default_route_of(id).is_some() || context.leads_out_by_ipv6(id);
        if has_way || context.public_need(id).is_some() {
            continue;
        }
        let is_instance = |child: &_| context.design.node(*child).is_some_and(|node| node.kind() == Kind::Instance);
        let Some(first) = context.design.children(Some(id)).find(is_instance) else { continue };
        let (name, instance) = (&node.name, context.name(first));
        let note = report
            .note(
                id,
                message!(
                    "프라이빗 서브넷 {name}에 0.0.0.0/0 라우팅이 없어서 인스턴스 {instance} 등이 인터넷으로 나가지 못해요. NAT 게이트웨이로 가는 라우팅을 더하세요.",
                    "Private subnet {name} has no 0.0.0.0/0 route, so {instance} cannot reach out. Add a route to a NAT gateway."
                ),
            )
            .field(id_of!(Subnet.route_table))
                .given_all(context.way_of(id))
                .given_all(context.address_of(first));
        if let Some((title, edits)) = mend::make_private(context, id) {
            note.fix(title, edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Route;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_a_route_and_without_a_table() {
        let mut sketch = two_zones();
        sketch.set("private-a", "route_table", crate::catalog::Value::None);
        fires(&RULE, &sketch, &["private-a"]);
        sketch.set("private-rt", "routes", Vec::<&str>::new());
        fires(&RULE, &sketch, &["private-a"]);
    }

    #[test]
    fn quiet_with_a_way_out_by_ipv6() {
        let mut sketch = two_zones();
        let target = Some(sketch.id("igw"));
        let destination = "::/0".parse().unwrap();
        sketch.rows("private-rt", "routes", &[Route { destination, target, ..Route::default() }]);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_with_a_way_out_and_when_empty() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.set("private-c", "route_table", crate::catalog::Value::None);
        quiet(&RULE, &sketch);
    }
}
