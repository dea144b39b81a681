//! An address belongs to one instance.
use std::collections::BTreeMap;

use crate::catalog::kinds::Instance;
use crate::facts::Context;
use crate::fixes::mend;
use crate::id::NodeId;
use crate::rules::pairs::can_compare;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "instance-private-ip-duplicate",
    severity: Severity::Error,
    title: t("겹치는 프라이빗 IP", "Private address used twice"),
    why: t(
        "한 주소는 한 인터페이스만 가질 수 있어서 두 번째 인스턴스가 만들어지지 않아요.",
        "One interface holds an address, so the second instance cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut holders: BTreeMap<_, Vec<NodeId>> = BTreeMap::new();
    for (id, node, instance) in context.all::<Instance>() {
        let (Some(address), Some((subnet, _))) = (instance.private_ip, context.subnet_of(id)) else { continue };
        let earlier = holders.entry((subnet, address)).or_default();
        let Some(first) =
            earlier.iter().copied().find(|other| can_compare(context, id, *other, id_of!(Instance.private_ip)))
        else {
            earlier.push(id);
            continue;
        };
        let (name, other) = (&node.name, context.name(first));
        report
            .note(
                id,
                message!(
                    "인스턴스 {name}의 프라이빗 IP {address}을(를) 인스턴스 {other}이(가) 이미 써요. 다른 주소로 바꾸세요.",
                    "Instance {other} already has private address {address} of instance {name}. Choose another."
                ),
            )
            .field(id_of!(Instance.private_ip))
            .offer(mend::other_address(context, id, subnet));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Instance;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_the_second_of_two() {
        let mut sketch = two_zones();
        sketch.add("public-a", "web-2", Instance::default());
        sketch.set("web", "private_ip", "10.0.1.4");
        sketch.set("web-2", "private_ip", "10.0.1.4");
        fires(&RULE, &sketch, &["web-2"]);
    }

    #[test]
    fn quiet_with_one_each() {
        let mut sketch = two_zones();
        sketch.set("web", "private_ip", "10.0.1.4");
        sketch.set("app", "private_ip", "10.0.3.4");
        quiet(&RULE, &sketch);
    }
}
