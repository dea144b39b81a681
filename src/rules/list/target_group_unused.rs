//! A target group gets requests only from a listener that forwards to it.
use crate::catalog::FieldValue;
use crate::catalog::kinds::{ActionType, EcsService, Forward, Listener, TargetGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "target-group-unused",
    severity: Severity::Warning,
    title: t("쓰지 않는 대상 그룹", "Unused target group"),
    why: t(
        "리스너가 전달하지 않는 대상 그룹의 대상은 요청을 받지 못하고 상태 확인도 하지 않아요.",
        "Targets of a group to which no listener forwards get no request, and their health is not checked.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<TargetGroup>() {
        // The green group of a service waits for the next deployment.
        let is_green = context.services_of(id).iter().any(|service| {
            let rows = context.design.get::<EcsService>(*service).map_or(&[][..], |service| &service.load_balancers);
            rows.iter().any(|row| row.green_group == Some(id))
        });
        if is_green || context.balancers(id).next().is_some() || context.may_be_used(id) {
            continue;
        }
        let name = &node.name;
        let note = report.note(
            id,
            message!(
                "대상 그룹 {name}(으)로 전달하는 리스너가 없어요. 리스너의 기본 작업이나 규칙에서 이 대상 그룹을 고르세요.",
                "No listener forwards to target group {name}. Choose it in a listener's default action or rule."
            ),
        );
        // A listener whose action leads nowhere yet.
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        let waits = |listener: &Listener| {
            listener.action == ActionType::Forward
                && listener.forwards.is_empty()
                && listener.protocol.is_http() == group.protocol.is_http()
        };
        if let Some((listener, of, _)) = context.within::<Listener>(vpc).find(|(_, _, listener)| waits(listener)) {
            let forwards = vec![Forward { target_group: Some(id), ..Forward::default() }];
            let listener_name = &of.name;
            note.fix(
                message!(
                    "리스너 {listener_name}에서 {name}(으)로 전달하기",
                    "Forward to {name} from listener {listener_name}"
                ),
                vec![Edit::set(listener, id_of!(Listener.forwards), forwards.to_value())],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Forward;
    use crate::rules::check;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_while_the_listener_leads_nowhere_or_redirects() {
        let mut sketch = balanced();
        sketch.rows("http", "forwards", &[] as &[Forward]);
        fires(&RULE, &sketch, &["tg"]);
        let mut sketch = balanced();
        sketch.set("http", "action", "redirect");
        let found = check(sketch.design()).into_iter().find(|finding| finding.rule == RULE.id).unwrap();
        assert_eq!((found.node, found.fix), (sketch.id("tg"), None));
    }

    #[test]
    fn quiet_while_forwarded_to() {
        quiet(&RULE, &balanced());
    }
}
