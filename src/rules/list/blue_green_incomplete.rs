//! A blue/green deployment behind a load balancer has two target groups and a rule between them.
use crate::catalog::kinds::{
    ActionType, Deployment, EcsService, Forward, Listener, ListenerRule, ServiceBalancer, TargetGroup,
};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::draft::Draft;
use crate::fixes::rows;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "blue-green-incomplete",
    severity: Severity::Warning,
    title: t("빠진 것이 있는 블루/그린 배포", "Incomplete blue/green deployment"),
    why: t(
        "블루/그린 배포는 새 버전을 그린 대상 그룹에 띄우고 리스너 규칙의 가중치를 옮겨요. 둘 가운데 하나라도 없으면 요청을 옮길 수 없어요.",
        "A blue/green deployment starts the new version in the green target group and moves the weights of a listener rule. Without either it cannot move requests.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-implementation.html",
    fixes: true,
    check,
};

/// Whether a rule of a listener, and not only its default action, leads to a target group.
fn has_rule(context: &Context, group: NodeId) -> bool {
    let mut listeners = context.all::<Listener>();
    listeners.any(|(_, _, listener)| {
        listener.rules.iter().any(|rule| {
            let leads = rule.forwards.iter().any(|forward| forward.target_group == Some(group));
            rule.action == ActionType::Forward && leads && rule.has_condition()
        })
    })
}

/// A second target group like the one of a row, as its green one.
fn with_green(context: &Context, service: NodeId, rows: &[ServiceBalancer], at: usize) -> Option<Vec<Edit>> {
    let row = rows.get(at)?;
    let blue = row.target_group?;
    let (node, body) = (context.design.node(blue)?, context.design.get::<TargetGroup>(blue)?);
    let mut draft = Draft::new(context.design);
    let green =
        draft.add(&format!("{}-green", node.name), node.parent, TargetGroup { targets: Vec::new(), ..body.clone() });
    draft.set(
        service,
        "load_balancers",
        rows::replaced(rows, at, &ServiceBalancer { green_group: Some(green), ..row.clone() }),
    );
    draft.finish()
}

/// A rule for every path to a group, on the listener whose default action leads there.
fn with_rule<'a>(context: &Context<'a>, group: NodeId) -> Option<(&'a str, Edit)> {
    let leads = |listener: &Listener| {
        let there = listener.forwards.iter().any(|forward| forward.target_group == Some(group));
        listener.protocol.is_http() && listener.action == ActionType::Forward && there
    };
    let (id, node, listener) = context.all::<Listener>().find(|(_, _, listener)| leads(listener))?;
    let last = listener.rules.iter().map(|rule| rule.priority).max().unwrap_or_default();
    let forwards = vec![Forward { target_group: Some(group), ..Forward::default() }];
    let rule = ListenerRule { priority: last.saturating_add(1), forwards, ..ListenerRule::default() };
    Some((&node.name, Edit::set(id, id_of!(Listener.rules), rows::appended(&listener.rules, &rule))))
}

fn check(context: &Context, report: &mut Report) {
    for (id, name, service, _) in context.services() {
        if service.deployment != Deployment::BlueGreen {
            continue;
        }
        for (at, row) in service.load_balancers.iter().enumerate() {
            let Some(group) = row.target_group else { continue };
            let group_name = context.name(group);
            if row.green_group.is_none() {
                let note = report
                    .note(
                        id,
                        message!(
                            "서비스 {name}의 블루/그린 배포에 대상 그룹 {group_name}과(와) 짝이 될 그린 대상 그룹이 없어요. 두 번째 대상 그룹을 만들어 고르세요.",
                            "The blue/green deployment of service {name} has no green target group beside {group_name}. Create a second one and choose it."
                        ),
                    )
                    .field(id_of!(EcsService.load_balancers))
                    .row(at);
                if let Some(edits) = with_green(context, id, &service.load_balancers, at) {
                    note.fix(
                        message!(
                            "{group_name}과(와) 같은 대상 그룹을 하나 더 만들기",
                            "Create a twin of target group {group_name}"
                        ),
                        edits,
                    );
                }
            } else if !has_rule(context, group) {
                let note = report
                    .note(
                        id,
                        message!(
                            "대상 그룹 {group_name}(으)로 가는 리스너 규칙이 없어서 서비스 {name}이(가) 요청을 그린으로 옮길 수 없어요. 기본 작업 말고 조건이 있는 규칙(예: 경로 /*)으로 전달하세요.",
                            "No listener rule leads to target group {group_name}, so service {name} cannot move requests to green. Forward by a rule with a condition, such as path /*, and not by the default action."
                        ),
                    )
                    .field(id_of!(EcsService.load_balancers))
                    .row(at);
                if let Some((listener, edit)) = with_rule(context, group) {
                    note.fix(
                        message!(
                            "리스너 {listener}에 경로 /* 규칙 더하기",
                            "Add a rule for path /* to listener {listener}"
                        ),
                        vec![edit],
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Forward, ListenerRule, ServiceBalancer, TargetGroup, TargetType};
    use crate::rules::testing::{Named, fires, quiet, tasks};

    fn blue_green() -> Named {
        let mut n = tasks();
        n.set("service", "deployment", "BLUE_GREEN");
        n
    }

    fn with_green(n: &mut Named) {
        let green = n.add("vpc", "green", TargetGroup { target_type: TargetType::Ip, ..TargetGroup::default() });
        let blue = Some(n.id("tg"));
        let row = ServiceBalancer { target_group: blue, green_group: Some(green), ..ServiceBalancer::default() };
        n.rows("service", "load_balancers", &[row]);
    }

    #[test]
    fn fires_without_a_green_group_and_without_a_rule() {
        let mut n = blue_green();
        fires(&RULE, &n, &["service"]);
        with_green(&mut n);
        fires(&RULE, &n, &["service"]);
    }

    #[test]
    fn quiet_with_both_and_for_a_rolling_update() {
        quiet(&RULE, &tasks());
        let mut n = blue_green();
        with_green(&mut n);
        let forwards = vec![Forward { target_group: Some(n.id("tg")), ..Forward::default() }];
        n.rows("http", "rules", &[ListenerRule { forwards, ..ListenerRule::default() }]);
        quiet(&RULE, &n);
    }
}
