//! Whoever is made like a target is meant to be one.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::kinds::{Instance, Target, TargetGroup, TargetType};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::appended;
use crate::id::NodeId;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "target-twin-not-registered",
    severity: Severity::Warning,
    title: t("대상 그룹에 빠진 쌍둥이 인스턴스", "Twin of a target that is not registered"),
    why: t(
        "같은 서버를 여러 대 만들어도 대상 그룹에 등록하지 않은 것에는 로드 밸런서가 요청을 보내지 않아요.",
        "Of several servers that are alike, the load balancer sends requests only to those that are registered.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let registered: BTreeSet<NodeId> =
        context.all::<TargetGroup>().flat_map(|(.., group)| &group.targets).filter_map(|one| one.instance).collect();
    for (id, node, group) in context.all::<TargetGroup>().filter(|(.., of)| of.target_type == TargetType::Instance) {
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        let mut targets: BTreeMap<String, Vec<(NodeId, &str, &Instance)>> = BTreeMap::new();
        for (_, id, node, instance, _) in context.targets(group) {
            targets.entry(stem(&node.name)).or_default().push((id, &node.name, instance));
        }
        for (twin, twin_node, instance) in context.within::<Instance>(vpc) {
            if registered.contains(&twin) {
                continue;
            }
            let named = targets.get(&stem(&twin_node.name)).map_or(&[][..], Vec::as_slice);
            let Some((target, target_name, _)) = named.iter().find(|(.., other)| are_alike(instance, other)) else {
                continue;
            };
            if context.may_be_used(twin) {
                continue;
            }
            let (name, twin_name) = (&node.name, &twin_node.name);
            let fields = ["security_groups", "ami", "instance_type", "user_data"];
            report
                .note(
                    id,
                    message!(
                        "{twin_name}은(는) 대상 {target_name}과(와) 똑같은 인스턴스인데 대상 그룹 {name}에 없어서 요청을 받지 못해요. 함께 등록하세요.",
                        "{twin_name} is made like target {target_name} and is not in target group {name}, so it gets no requests. Register it too."
                    ),
                )
                .field("targets")
                .given(id, "target_type")
                .given_all(fields.into_iter().flat_map(|field| [(twin, field), (*target, field)]))
                .fix(
                    message!("{twin_name}을(를) {name}에 등록하기", "Register {twin_name} in {name}"),
                    vec![Edit::set(id, "targets", appended(&group.targets, &Target { instance: Some(twin), ..Target::default() }))],
                );
        }
    }
}

/// Whether two instances do the same work, as far as it shows.
fn are_alike(one: &Instance, other: &Instance) -> bool {
    let groups = |of: &Instance| of.security_groups.iter().copied().collect::<BTreeSet<_>>();
    !one.security_groups.is_empty()
        && (one.image, &one.ami, &one.instance_type) == (other.image, &other.ami, &other.instance_type)
        && groups(one) == groups(other)
        && one.user_data == other.user_data
}

/// A name without what tells several of a kind apart: `web` of `web-a`, `Web2` and `web_03`.
fn stem(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let body = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    let body = match body.rsplit_once(['-', '_']) {
        Some((before, end)) if end.len() <= 1 => before,
        _ => body,
    };
    // WebA and WebB.
    let last = name.chars().next_back().filter(char::is_ascii_uppercase);
    let body = if last.is_some() && body.len() > 2 && body.len() == name.len() {
        body.get(..body.len() - 1).unwrap_or(body)
    } else {
        body
    };
    body.trim_end_matches(['-', '_']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_server_that_is_left_out() {
        let mut n = balanced();
        n.rows("tg", "targets", &[Target { instance: Some(n.id("app")), ..Target::default() }]);
        fires(&RULE, &n, &["tg"]);
    }

    #[test]
    fn quiet_on_others() {
        quiet(&RULE, &balanced());
        for (field, value) in [("user_data", "#!/bin/bash\necho batch"), ("instance_type", "c7g.large")] {
            let mut n = balanced();
            n.rows("tg", "targets", &[Target { instance: Some(n.id("app")), ..Target::default() }]);
            n.set("app-c", field, value);
            quiet(&RULE, &n);
        }
        let mut n = balanced();
        n.rows("tg", "targets", &[Target { instance: Some(n.id("app")), ..Target::default() }]);
        n.rename("app-c", "bastion");
        quiet(&RULE, &n);
    }

    #[test]
    fn names_of_a_kind_have_one_stem() {
        for (one, other) in
            [("web-a", "web-c"), ("Web1", "Web2"), ("web_03", "web"), ("WebA", "WebB"), ("app", "app-c")]
        {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
        assert_ne!(stem("web"), stem("worker"));
        assert_ne!(stem("web-api"), stem("web-job"));
    }
}
