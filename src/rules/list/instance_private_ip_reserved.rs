//! Five addresses of every subnet belong to AWS.
use crate::catalog::kinds::Instance;
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "instance-private-ip-reserved",
    severity: Severity::Error,
    title: t("AWS가 예약한 프라이빗 IP", "Reserved private address"),
    why: t(
        "서브넷마다 처음 네 개와 마지막 주소는 AWS가 써서 인스턴스에 줄 수 없어요.",
        "AWS keeps the first four and the last address of every subnet to itself.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, instance) in context.all::<Instance>() {
        let (Some(address), Some((subnet, body))) = (instance.private_ip, context.subnet_of(id)) else { continue };
        let reserved = body.cidr.reserved().into_iter().flatten().find(|(kept, _)| *kept == address);
        let Some((_, purpose)) = reserved else { continue };
        let (purpose_ko, purpose_en) = purpose.message();
        let (name, subnet_name, cidr) = (&node.name, context.name(subnet), body.cidr);
        report
            .note(
                id,
                message!(
                    "인스턴스 {name}의 {address}은(는) 서브넷 {subnet_name}({cidr})에서 AWS가 예약한 주소예요({purpose_ko}). 다른 주소로 바꾸세요.",
                    "{address} of instance {name} is reserved in subnet {subnet_name} ({cidr}): {purpose_en}. Choose another."
                ),
            )
            .field(id_of!(Instance.private_ip))
            .offer(mend::other_address(context, id, subnet));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_each_of_the_five() {
        for address in ["10.0.1.0", "10.0.1.1", "10.0.1.2", "10.0.1.3", "10.0.1.255"] {
            let mut sketch = two_zones();
            sketch.set("web", "private_ip", address);
            fires(&RULE, &sketch, &["web"]);
        }
    }

    #[test]
    fn quiet_on_the_first_and_the_last_for_use() {
        for address in ["10.0.1.4", "10.0.1.254"] {
            let mut sketch = two_zones();
            sketch.set("web", "private_ip", address);
            quiet(&RULE, &sketch);
        }
    }
}
