//! A VPC takes private addresses, not those of others on the internet.

use crate::catalog::kinds::{Subnet, Vpc};
use crate::facts::Context;
use crate::fixes::mend;
use crate::id::NodeId;
use crate::message;
use crate::net::{Cidr, next_free};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "vpc-cidr-not-private",
    severity: Severity::Warning,
    title: t("프라이빗 주소가 아닌 VPC", "VPC with public addresses"),
    why: t(
        "VPC에 남의 퍼블릭 주소를 쓰면 그 주소의 진짜 주인과는 통신할 수 없어요. VPC 안의 라우팅이 먼저라서예요.",
        "A VPC that uses addresses of others cannot reach their true owners, because the local route comes first.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    fixes: true,
    check,
};

/// Neither private by RFC 1918 nor routed on the internet: shared address space and benchmarking.
const UNROUTED: [Cidr; 2] = [Cidr::literal(100, 64, 0, 0, 10), Cidr::literal(198, 18, 0, 0, 15)];

fn check(context: &Context, report: &mut Report) {
    for (id, node, vpc) in context.all::<Vpc>() {
        let owned = |block: &Cidr| !block.is_private() && !UNROUTED.iter().any(|free| free.contains(block));
        for (index, block) in vpc.cidrs().enumerate().filter(|(_, block)| owned(block)) {
            let name = &node.name;
            let note = report
                .note(
                    id,
                    message!(
                        "VPC {name}의 {block}은(는) 프라이빗 주소가 아니에요. 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 안에서 고르세요.",
                        "{block} of VPC {name} is not private. Choose from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16."
                    ),
                )
                .field(mend::block_field(index));
            if let Some(private) = private_block(context, id, &block) {
                note.fix(
                    message!("{private}(으)로 바꾸기", "Change it to {private}"),
                    vec![mend::set_block(id, vpc, index, private)],
                );
            }
        }
    }
}

/// A private block of the same size in which the subnets stand already, else the next that is free. Nothing while subnets stand in the old one:
/// they would have to move too.
fn private_block(context: &Context, id: NodeId, old: &Cidr) -> Option<Cidr> {
    let subnets: Vec<Cidr> = context.within::<Subnet>(id).map(|(_, _, subnet)| subnet.cidr).collect();
    if subnets.iter().any(|subnet| old.overlaps(subnet)) {
        return None;
    }
    let around = subnets.first().and_then(|first| Cidr::new(first.network(), old.prefix_len()));
    let around = around.filter(|around| around.is_private() && subnets.iter().all(|subnet| around.contains(subnet)));
    let taken: Vec<Cidr> = context.all::<Vpc>().flat_map(|(_, _, vpc)| vpc.cidrs()).collect();
    around.or_else(|| next_free(&[Cidr::literal(10, 0, 0, 0, 8)], &taken, old.prefix_len()))
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
