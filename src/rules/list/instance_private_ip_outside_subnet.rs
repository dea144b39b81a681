//! A fixed private address lies in the instance's subnet.
use crate::catalog::kinds::{Instance, Subnet};
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "instance-private-ip-outside-subnet",
    severity: Severity::Error,
    title: t("서브넷 밖의 프라이빗 IP", "Private address outside the subnet"),
    why: t(
        "인스턴스는 자기 서브넷의 주소만 가질 수 있어서, 벗어나면 만들어지지 않아요.",
        "An instance has an address of its own subnet; with any other it cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, instance) in context.all::<Instance>() {
        let (Some(address), Some((subnet, body))) = (instance.private_ip, context.subnet_of(id)) else { continue };
        if body.cidr.contains_addr(address) {
            continue;
        }
        let (name, subnet_name, cidr) = (&node.name, context.name(subnet), body.cidr);
        report
            .note(
                id,
                message!(
                    "인스턴스 {name}의 프라이빗 IP {address}이(가) 서브넷 {subnet_name}의 {cidr} 밖이에요. 서브넷 안의 주소로 바꾸세요.",
                    "Private address {address} of instance {name} lies outside {cidr} of subnet {subnet_name}. Choose one inside it."
                ),
            )
            .field(id_of!(Instance.private_ip))
            .given(subnet, id_of!(Subnet.cidr))
            .offer(mend::other_address(context, id, subnet));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_an_address_of_another_subnet() {
        let mut sketch = two_zones();
        sketch.set("web", "private_ip", "10.0.3.10");
        fires(&RULE, &sketch, &["web"]);
    }

    #[test]
    fn quiet_inside_and_without_one() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.set("web", "private_ip", "10.0.1.10");
        quiet(&RULE, &sketch);
    }
}
