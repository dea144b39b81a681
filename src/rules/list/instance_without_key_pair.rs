//! SSH needs a key as well as an open port.
use crate::catalog::data::ami;
use crate::catalog::kinds::{Instance, KeyPair};
use crate::design::Edit;
use crate::facts::Context;
use crate::net::Protocol;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "instance-without-key-pair",
    severity: Severity::Info,
    title: t("키 페어가 없는 SSH 인스턴스", "SSH instance without a key pair"),
    why: t(
        "22번 포트를 열어도 키 페어 없이 만든 인스턴스에는 SSH로 로그인할 수 없고, 나중에 붙일 수도 없어요.",
        "Even with port 22 open one cannot sign in by SSH to an instance made without a key pair, and none can be added later.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, instance) in context.all::<Instance>().filter(|(_, _, instance)| instance.key_pair.is_none()) {
        let windows = ami(&instance.ami).is_some_and(|image| image.is_windows());
        // A rule for every port was not made for SSH.
        let mut rules = context.admitting(context.groups_of_instance(instance), Protocol::Tcp, 22);
        if windows || !rules.any(|rule| rule.protocol == Protocol::Tcp && !rule.ports.is_all()) {
            continue;
        }
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "인스턴스 {name}의 보안 그룹이 SSH(22)를 허용하지만 키 페어가 없어 로그인할 수 없어요. 키 페어를 고르세요.",
                    "The security groups of instance {name} admit SSH (22), but without a key pair nobody can sign in. Choose a key pair."
                ),
            )
            .field(id_of!(Instance.key_pair));
        let mut keys = context.all::<KeyPair>();
        if let (Some((key, key_node, _)), None) = (keys.next(), keys.next()) {
            let key_name = &key_node.name;
            note.fix(
                message!("키 페어 {key_name} 고르기", "Choose key pair {key_name}"),
                vec![Edit::set(id, id_of!(Instance.key_pair), key)],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{GroupRule, KeyPair};
    use crate::rules::testing::{Named, fires, quiet, two_zones};

    fn with_ssh() -> Named {
        let mut sketch = two_zones();
        sketch.add("region", "key", KeyPair::default());
        sketch.rows("web-sg", "inbound", &[GroupRule::tcp(22, "203.0.113.10/32".parse().unwrap())]);
        let key = sketch.id("key");
        sketch.set("app", "key_pair", key);
        sketch
    }

    #[test]
    fn fires_on_an_open_port_without_a_key() {
        fires(&RULE, &with_ssh(), &["web"]);
    }

    #[test]
    fn quiet_with_a_key_and_without_ssh() {
        quiet(&RULE, &two_zones());
        let mut sketch = with_ssh();
        let key = sketch.id("key");
        sketch.set("web", "key_pair", key);
        quiet(&RULE, &sketch);
    }
}
