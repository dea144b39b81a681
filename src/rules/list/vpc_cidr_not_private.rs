//! A VPC takes private addresses, not those of others on the internet.

use crate::catalog::kinds::Vpc;
use crate::message;
use crate::net::Cidr;
use crate::rules::mend;
use crate::rules::{Context, Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "vpc-cidr-not-private",
    severity: Severity::Warning,
    title: t("사설 주소가 아닌 VPC", "VPC with public addresses"),
    why: t("VPC에 남의 퍼블릭 주소를 쓰면 그 주소의 진짜 주인과는 통신할 수 없어요. VPC 안의 경로가 먼저라서예요.", "A VPC that uses addresses of others cannot reach their true owners, because the local route comes first."),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    fixes: false,
    check,
};

/// Neither private by RFC 1918 nor routed on the internet: shared address space and benchmarking.
const UNROUTED: [Cidr; 2] = [Cidr::literal(100, 64, 0, 0, 10), Cidr::literal(198, 18, 0, 0, 15)];

fn check(context: &Context, report: &mut Report) {
    for (id, node, vpc) in context.all::<Vpc>() {
        let owned = |block: &Cidr| !block.is_private() && !UNROUTED.iter().any(|free| free.contains(block));
        for (index, block) in vpc.cidrs().enumerate().filter(|(_, block)| owned(block)) {
            let name = &node.name;
            report
                .note(
                    id,
                    message!(
                        "VPC {name}의 {block}은(는) 사설 주소가 아니에요. 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 안에서 고르세요.",
                        "{block} of VPC {name} is not private. Choose from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16."
                    ),
                )
                .field(mend::block_field(index));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    
    use crate::rules::testing::{fires, quiet, two_zones};

#[test]
    fn fires_on_addresses_of_others() {
        let mut sketch = two_zones();
        sketch.set("vpc", "cidr", "8.8.0.0/16");
        fires(&RULE, &sketch, &["vpc"]);
        // Just behind 172.16.0.0/12.
        sketch.set("vpc", "cidr", "172.32.0.0/16");
        fires(&RULE, &sketch, &["vpc"]);
    }

    #[test]
    fn quiet_on_private_and_shared_addresses() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.set("vpc", "cidr", "172.31.0.0/16");
        quiet(&RULE, &sketch);
        sketch.set("vpc", "cidr", "100.64.0.0/16");
        quiet(&RULE, &sketch);
    }
}
