//! A subnet is associated with a network ACL of its own VPC.
use crate::catalog::Value;
use crate::catalog::kinds::Subnet;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "network-acl-of-other-vpc",
    severity: Severity::Error,
    title: t("다른 VPC의 네트워크 ACL", "Network ACL of another VPC"),
    why: t(
        "서브넷에는 같은 VPC의 네트워크 ACL만 연결할 수 있어요.",
        "A subnet can be associated only with a network ACL of its own VPC.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, subnet) in context.all::<Subnet>() {
        let (Some(chosen), Some((vpc, _))) = (subnet.network_acl, context.vpc_of(id)) else { continue };
        let Some((other, _)) = context.vpc_of(chosen).filter(|(other, _)| *other != vpc) else { continue };
        let vpcs = context.vpcs_of([Some(vpc), Some(other)]);
        let (name, vpc, chosen, other) = (&node.name, context.name(vpc), context.name(chosen), context.name(other));
        report
            .note(
                id,
                message!(
                    "VPC {vpc}의 서브넷 {name}에 VPC {other}의 네트워크 ACL {chosen}이(가) 연결되어 있어요. 같은 VPC의 것으로 바꾸세요.",
                    "Subnet {name} of VPC {vpc} is associated with network ACL {chosen} of VPC {other}. Choose one of its own VPC."
                ),
            )
            .field(id_of!(Subnet.network_acl))
            .given_all(vpcs)
            .fix(message!("기본 네트워크 ACL 따르기", "Follow the default network ACL"), vec![Edit::set(id, id_of!(Subnet.network_acl), Value::None)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{NetworkAcl, Vpc};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_one_of_another_vpc() {
        let mut sketch = two_zones();
        sketch.add("region", "other", Vpc::default());
        let foreign = sketch.add("other", "foreign", NetworkAcl::default());
        sketch.set("private-c", "network_acl", foreign);
        fires(&RULE, &sketch, &["private-c"]);
    }

    #[test]
    fn quiet_on_one_of_its_own() {
        let mut sketch = two_zones();
        let own = sketch.add("vpc", "own", NetworkAcl::default());
        sketch.set("private-c", "network_acl", own);
        quiet(&RULE, &sketch);
    }
}
