//! A public NAT gateway needs an Elastic IP.
use crate::catalog::kinds::{Connectivity, ElasticIp, NatGateway};
use crate::catalog::{Kind, Shape};
use crate::design::{Edit, Node};
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "nat-gateway-without-elastic-ip",
    severity: Severity::Error,
    title: t("탄력적 IP가 없는 NAT 게이트웨이", "NAT gateway without an Elastic IP"),
    why: t(
        "퍼블릭 NAT 게이트웨이는 탄력적 IP를 출발지 주소로 써서, 없으면 만들어지지 않아요.",
        "A public NAT gateway sends from its Elastic IP and cannot be created without one.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, nat) in context.all::<NatGateway>() {
        if nat.connectivity == Connectivity::Private || nat.elastic_ip.is_some() {
            continue;
        }
        let name = &node.name;
        // A spare address that nobody uses is better than a new one.
        let spare = context.all::<ElasticIp>().find(|(eip, ..)| context.users_of(*eip).is_empty());
        let note = report
            .note(
                id,
                message!(
                    "NAT 게이트웨이 {name}에 탄력적 IP가 없어요. 탄력적 IP를 만들어 연결하세요.",
                    "NAT gateway {name} has no Elastic IP. Create one and attach it."
                ),
            )
            .field(id_of!(NatGateway.elastic_ip));
        match spare {
            Some((spare, spare_node, _)) => {
                let spare_name = &spare_node.name;
                note.fix(
                    message!("탄력적 IP {spare_name} 연결하기", "Attach Elastic IP {spare_name}"),
                    vec![Edit::set(id, id_of!(NatGateway.elastic_ip), spare)],
                );
            }
            None => {
                let fresh = context.design.next_id();
                let (w, h) = Shape::Tile.size();
                let eip = Node {
                    name: context.design.fresh_name(&format!("{name}-eip")),
                    parent: node.parent,
                    rect: context.design.free_spot(node.parent, w, h),
                    body: Kind::ElasticIp.new_body(),
                    origin: String::new(),
                };
                note.fix(
                    message!("새 탄력적 IP를 만들어 연결하기", "Create an Elastic IP and attach it"),
                    vec![Edit::add(fresh, eip), Edit::set(id, id_of!(NatGateway.elastic_ip), fresh)],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_an_address() {
        let mut sketch = two_zones();
        sketch.set("nat", "elastic_ip", crate::catalog::Value::None);
        fires(&RULE, &sketch, &["nat"]);
    }

    #[test]
    fn quiet_with_one_and_for_a_private_gateway() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.set("nat", "elastic_ip", crate::catalog::Value::None);
        sketch.set("nat", "connectivity", "private");
        quiet(&RULE, &sketch);
    }
}
