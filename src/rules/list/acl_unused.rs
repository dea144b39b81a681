//! A network ACL that no subnet names filters nothing.

use crate::catalog::kinds::{NetworkAcl, Subnet};
use crate::design::Edit;
use crate::facts::Context;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    id: "acl-unused",
    severity: Severity::Info,
    title: t("쓰이지 않는 네트워크 ACL", "Unused network ACL"),
    why: t(
        "네트워크 ACL은 서브넷에 연결해야 패킷을 걸러요. 연결하지 않은 서브넷은 모두 허용하는 기본 ACL을 따라요.",
        "A network ACL filters only for the subnets associated with it; others follow the default, which allows everything.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let used: BTreeSet<_> = context.all::<Subnet>().filter_map(|(_, _, subnet)| subnet.network_acl).collect();
    for (id, node, _) in context.all::<NetworkAcl>().filter(|(id, ..)| !used.contains(id) && !context.may_be_used(*id))
    {
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "네트워크 ACL {name}을(를) 쓰는 서브넷이 없어요. 서브넷에 연결하거나 지우세요.",
                    "No subnet uses network ACL {name}. Associate a subnet with it or remove it."
                ),
            )
            .fix(message!("네트워크 ACL {name} 지우기", "Remove network ACL {name}"), vec![Edit::Remove(id)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_a_subnet_and_not_with_one() {
        let mut sketch = two_zones();
        let acl = sketch.add("vpc", "acl", crate::catalog::kinds::NetworkAcl::default());
        fires(&RULE, &sketch, &["acl"]);
        sketch.set("public-a", "network_acl", acl);
        quiet(&RULE, &sketch);
    }
}
