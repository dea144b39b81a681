//! A VPC has one internet gateway.
use crate::catalog::FieldValue;
use crate::catalog::kinds::{InternetGateway, Route, RouteTable, Vpc};
use crate::cloudformation::excludes;
use crate::design::{Edit, Node};
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "two-internet-gateways",
    severity: Severity::Error,
    title: t("VPC에 인터넷 게이트웨이가 둘", "Two internet gateways"),
    why: t(
        "VPC에는 인터넷 게이트웨이를 하나만 연결할 수 있어서 두 번째는 연결되지 않아요.",
        "A VPC takes one internet gateway; the second cannot be attached.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (vpc, node, _) in context.all::<Vpc>() {
        let mut before: Vec<(NodeId, &Node)> = Vec::new();
        for (extra, extra_node, _) in context.within::<InternetGateway>(vpc) {
            let Some((kept, kept_node)) =
                before.iter().copied().find(|(one, _)| !excludes(context.design, *one, extra))
            else {
                before.push((extra, extra_node));
                continue;
            };
            let (name, other, vpc_name) = (&extra_node.name, &kept_node.name, &node.name);
            let mut edits = Vec::new();
            for (table, _, body) in context.all::<RouteTable>() {
                if body.routes.iter().any(|route| route.target == Some(extra)) {
                    let to = |route: &Route| if route.target == Some(extra) { Some(kept) } else { route.target };
                    let routes: Vec<Route> =
                        body.routes.iter().map(|route| Route { target: to(route), ..route.clone() }).collect();
                    edits.push(Edit::set(table, id_of!(RouteTable.routes), routes.to_value()));
                }
            }
            edits.push(Edit::Remove(extra));
            report
                .note(
                    extra,
                    message!(
                        "VPC {vpc_name}에 인터넷 게이트웨이 {other}이(가) 이미 있어요. {name}을(를) 지우세요.",
                        "VPC {vpc_name} already has internet gateway {other}. Remove {name}."
                    ),
                )
                .fix(
                    message!(
                        "{name}을(를) 지우고 라우팅을 {other}(으)로 옮기기",
                        "Remove {name} and lead its routes to {other}"
                    ),
                    edits,
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::FieldValue;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_the_second_and_keeps_the_routes() {
        let mut sketch = two_zones();
        let second = sketch.add("vpc", "igw-2", crate::catalog::kinds::InternetGateway);
        let route = crate::catalog::kinds::Route { target: Some(second), ..Default::default() };
        sketch.set("public-rt", "routes", vec![route].to_value());
        fires(&RULE, &sketch, &["igw-2"]);
        let fix =
            crate::rules::check(sketch.design()).into_iter().find(|found| found.rule == RULE.id).unwrap().fix.unwrap();
        let mut mended = sketch.design().clone();
        mended.apply_all(&fix.edits).unwrap();
        assert!(crate::facts::Context::new(&mended).is_public(sketch.id("public-a")));
    }

    #[test]
    fn quiet_with_one_for_each_vpc() {
        let mut sketch = two_zones();
        sketch.add("region", "other", crate::catalog::kinds::Vpc::default());
        sketch.add("other", "igw-2", crate::catalog::kinds::InternetGateway);
        quiet(&RULE, &sketch);
    }
}
