//! An internet gateway outside every VPC leads nowhere.

use crate::catalog::Kind;
use crate::catalog::kinds::{InternetGateway, Vpc};
use crate::facts::Context;
use crate::fixes::mend;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "internet-gateway-detached",
    severity: Severity::Warning,
    title: t("연결되지 않은 인터넷 게이트웨이", "Detached internet gateway"),
    why: t(
        "인터넷 게이트웨이는 VPC에 연결해야 쓰여요. 연결되지 않은 게이트웨이로 가는 라우팅은 패킷을 버려요.",
        "An internet gateway works only when attached to a VPC; routes to a detached one drop packets.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<InternetGateway>() {
        if context.design.ancestor(id, Kind::Vpc).is_some() {
            continue;
        }
        let name = &node.name;
        let note = report.note(
            id,
            message!(
                "인터넷 게이트웨이 {name}이(가) 어느 VPC에도 연결되지 않았어요. VPC 안으로 옮기세요.",
                "Internet gateway {name} is attached to no VPC. Move it into one."
            ),
        );
        let region = context.design.ancestor(id, Kind::Region);
        let near = |vpc| region.is_none() || context.design.ancestor(vpc, Kind::Region) == region;
        let mut vpcs = context.all::<Vpc>().map(|(vpc, ..)| vpc);
        if let Some(vpc) = vpcs.find(|vpc| context.internet_gateway_of(*vpc).is_none() && near(*vpc)) {
            let vpc_name = context.name(vpc);
            note.fix(
                message!("VPC {vpc_name}에 연결하기", "Attach it to VPC {vpc_name}"),
                mend::move_into(context, id, vpc),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_in_a_region_beside_its_vpcs() {
        let mut sketch = two_zones();
        sketch.remove("igw");
        sketch.add("region", "loose", crate::catalog::kinds::InternetGateway);
        fires(&RULE, &sketch, &["loose"]);
    }

    #[test]
    fn quiet_in_a_vpc() {
        quiet(&RULE, &two_zones());
    }
}
