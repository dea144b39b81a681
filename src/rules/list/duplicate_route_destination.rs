//! A table has one route for a destination.
use std::collections::BTreeMap;

use crate::catalog::kinds::RouteTable;
use crate::design::{Edit, Fix};
use crate::facts::Context;
use crate::fixes::rows;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "duplicate-route-destination",
    severity: Severity::Error,
    title: t("목적지가 같은 라우팅", "Two routes for one destination"),
    why: t(
        "라우팅 테이블에 같은 목적지의 라우팅을 둘 만들 수 없어서 배포가 실패해요.",
        "A route table takes one route for each destination, so the deployment fails.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, table) in context.all::<RouteTable>() {
        let mut first = BTreeMap::new();
        for (row, route) in table.routes.iter().enumerate() {
            let earlier = *first.entry((route.prefix_list, route.destination)).or_insert(row);
            if earlier == row {
                continue;
            }
            let (name, destination) = (&node.name, route.destination);
            let leads = |row: usize| table.routes.get(row).and_then(|route| route.target);
            let target = |row| leads(row).map_or("-", |target| context.name(target));
            let (one, other) = (target(earlier), target(row));
            report
                .note(
                    id,
                    message!(
                        "라우팅 테이블 {name}에 {destination} 라우팅이 두 개예요({one}, {other}). 하나만 남기세요.",
                        "Table {name} has two routes for {destination} ({one} and {other}). Keep one."
                    ),
                )
                .field(id_of!(RouteTable.routes))
                .row(row)
                .offer_by(|| {
                    // Of two, the one that leads nowhere goes.
                    let gone = if leads(earlier).is_none() { earlier } else { row };
                    let gone_target = target(gone);
                    let title = message!(
                        "{gone_target}(으)로 가는 {destination} 라우팅 지우기",
                        "Remove the {destination} route to {gone_target}"
                    );
                    let edit = Edit::set(id, id_of!(RouteTable.routes), rows::without(&table.routes, gone));
                    Some(Fix { title, edits: vec![edit] })
                });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::FieldValue;
    use crate::catalog::kinds::{Route, RouteTable};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_the_second_and_keeps_the_one_that_leads_somewhere() {
        let mut sketch = two_zones();
        let good = Route { target: Some(sketch.id("igw")), ..Route::default() };
        sketch.set("public-rt", "routes", vec![Route::default(), good.clone()].to_value());
        fires(&RULE, &sketch, &["public-rt"]);
        let fix =
            crate::rules::check(sketch.design()).into_iter().find(|found| found.rule == RULE.id).unwrap().fix.unwrap();
        let mut mended = sketch.design().clone();
        mended.apply_all(&fix.edits).unwrap();
        assert_eq!(mended.get::<RouteTable>(sketch.id("public-rt")).unwrap().routes, [good]);
    }

    #[test]
    fn quiet_on_destinations_that_differ() {
        let mut sketch = two_zones();
        let igw = Some(sketch.id("igw"));
        let routes = ["0.0.0.0/0", "0.0.0.0/1", "::/0"].map(|to| Route {
            destination: to.parse().unwrap(),
            target: igw,
            ..Route::default()
        });
        sketch.set("public-rt", "routes", routes.to_vec().to_value());
        quiet(&RULE, &sketch);
    }
}
