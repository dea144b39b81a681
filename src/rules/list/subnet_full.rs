//! A subnet has an address for everything inside it.
use crate::catalog::Kind;
use crate::catalog::kinds::Subnet;
use crate::design::Node;
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "subnet-full",
    severity: Severity::Error,
    title: t("주소가 모자란 서브넷", "Subnet without enough addresses"),
    why: t(
        "인스턴스, NAT 게이트웨이, 로드 밸런서는 저마다 서브넷의 주소를 쓰고, 다섯 개는 AWS가 써요.",
        "Instances, NAT gateways and load balancers each take an address of the subnet, and AWS keeps five.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, subnet) in context.all::<Subnet>() {
        let holds = |kind: Option<Kind>| matches!(kind, Some(Kind::Instance | Kind::NatGateway));
        let inside = context.design.children(Some(id)).filter(|id| holds(context.design.node(*id).map(Node::kind)));
        let needed = inside.count() + context.balancers_in(id).len();
        let usable = subnet.cidr.usable();
        if u64::try_from(needed).is_ok_and(|needed| needed <= usable) {
            continue;
        }
        let (name, cidr) = (&node.name, subnet.cidr);
        let note = report
            .note(
                id,
                message!(
                    "서브넷 {name}({cidr})에는 쓸 수 있는 주소가 {usable}개인데 {needed}개가 필요해요. 더 큰 블록으로 바꾸거나 다른 서브넷으로 옮기세요.",
                    "Subnet {name} ({cidr}) has {usable} usable addresses and needs {needed}. Choose a larger block or move something out."
                ),
            )
            .field(id_of!(Subnet.cidr));
        if let Some((title, edit)) = u64::try_from(needed).ok().and_then(|needed| mend::widened(context, id, needed)) {
            note.fix(title, vec![edit]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    /// A /28 leaves eleven.
    fn eleven_addresses(instances: u32) -> crate::rules::testing::Named {
        let mut sketch = two_zones();
        sketch.set("private-c", "cidr", "10.0.4.0/28");
        for number in 0..instances {
            sketch.add("private-c", &format!("app-{number}"), crate::catalog::kinds::Instance::default());
        }
        sketch
    }

    #[test]
    fn fires_on_the_twelfth() {
        fires(&RULE, &eleven_addresses(12), &["private-c"]);
    }

    #[test]
    fn a_block_that_addresses_were_asked_of_stays() {
        use crate::catalog::kinds::{Instance, NatGateway, NetworkInterface};
        let mends = |sketch: &crate::rules::testing::Named| {
            let found = crate::rules::check(sketch.design());
            let mut found = found.iter().filter(|finding| finding.rule == RULE.id);
            found.next().unwrap().fix.is_some()
        };
        assert!(mends(&eleven_addresses(12)));
        let private_ip = "10.0.4.10".parse().ok();
        let mut sketch = eleven_addresses(12);
        sketch.add("private-c", "fixed", Instance { private_ip, ..Instance::default() });
        assert!(!mends(&sketch));
        let mut sketch = eleven_addresses(12);
        sketch.add("private-c", "fixed", NetworkInterface { private_ip, ..NetworkInterface::default() });
        assert!(!mends(&sketch));
        let mut sketch = eleven_addresses(12);
        sketch.add("private-c", "fixed", NatGateway { private_ip, ..NatGateway::default() });
        assert!(!mends(&sketch));
    }

    #[test]
    fn quiet_on_the_eleventh() {
        quiet(&RULE, &eleven_addresses(11));
    }
}
