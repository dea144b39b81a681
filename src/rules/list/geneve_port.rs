//! GENEVE is spoken on port 6081 alone.
use crate::catalog::Value;
use crate::catalog::kinds::{TargetGroup, TargetProtocol};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "geneve-port",
    severity: Severity::Error,
    title: t("6081이 아닌 GENEVE 포트", "GENEVE on another port than 6081"),
    why: t(
        "게이트웨이 로드 밸런서는 GENEVE를 6081 포트로만 보내서, 다른 포트의 대상 그룹은 만들어지지 않아요.",
        "A Gateway Load Balancer speaks GENEVE on port 6081 alone; a target group on another port cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/target-groups.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<TargetGroup>() {
        if group.protocol != TargetProtocol::Geneve || group.port == 6081 {
            continue;
        }
        let (name, port) = (&node.name, group.port);
        report
            .note(
                id,
                message!(
                    "GENEVE 대상 그룹 {name}의 포트가 {port}이에요(예요). 6081로 바꾸세요.",
                    "Target group {name} speaks GENEVE on port {port}. Change it to 6081."
                ),
            )
            .field(id_of!(TargetGroup.port))
            .fix(
                message!("포트를 6081로 바꾸기", "Change the port to 6081"),
                vec![Edit::set(id, id_of!(TargetGroup.port), Value::Int(6081))],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_another_port() {
        let mut sketch = balanced();
        sketch.set("tg", "protocol", "GENEVE");
        fires(&RULE, &sketch, &["tg"]);
    }

    #[test]
    fn quiet_on_6081_and_on_other_protocols() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        sketch.set("tg", "protocol", "GENEVE");
        sketch.set("tg", "port", Value::Int(6081));
        quiet(&RULE, &sketch);
    }
}
