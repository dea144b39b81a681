//! A private subnet leaves through a NAT gateway of its own zone.
use crate::catalog::Kind;
use crate::catalog::kinds::{NatGateway, Subnet};
use crate::design::Node;
use crate::facts::Context;
use crate::fixes::mend;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "nat-gateway-in-other-zone",
    severity: Severity::Info,
    title: t("다른 가용 영역의 NAT 게이트웨이", "NAT gateway in another zone"),
    why: t(
        "그 가용 영역이 멈추면 이 서브넷도 인터넷으로 나가지 못하고, 영역 사이의 전송 요금도 들어요.",
        "When that zone fails this subnet loses its way out too, and traffic between zones is billed.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<Subnet>() {
        let Some(nat) = context.default_route_of(id).flatten() else { continue };
        if context.design.node(nat).map(Node::kind) != Some(Kind::NatGateway) {
            continue;
        }
        let (Some(own), Some(other)) = (context.zone_of(id), context.zone_of(nat)) else { continue };
        if own == other {
            continue;
        }
        let (name, nat_name) = (&node.name, context.name(nat));
        let note = report
            .note(
                id,
                message!(
                    "가용 영역 {own}의 서브넷 {name}이(가) 가용 영역 {other}의 NAT 게이트웨이 {nat_name}(으)로 나가요. 멈추지 않아야 하는 서비스라면 가용 영역마다 NAT 게이트웨이를 두세요.",
                    "Subnet {name} in zone {own} leaves through NAT gateway {nat_name} in zone {other}. For a service that must not stop, give each zone its own."
                ),
            )
            .field(id_of!(Subnet.route_table))
            .given_all(context.zones_given([id, nat]));
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        let nearer = |nat: NodeId| {
            context.subnet_of(nat).is_some_and(|(at, _)| at != id && context.is_public(at))
                && context.zone_of(nat) == Some(own)
        };
        if context.within::<NatGateway>(vpc).any(|(nat, ..)| nearer(nat))
            && let Some((title, edits)) = mend::make_private(context, id)
        {
            note.fix(title, edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{NatGateway, Route, RouteTable};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_and_offers_the_nearer_one() {
        let mut sketch = two_zones();
        let nat = sketch.add("public-c", "nat-c", NatGateway::default());
        fires(&RULE, &sketch, &["private-c"]);
        let routes = vec![Route { target: Some(nat), ..Route::default() }];
        sketch.add("vpc", "private-c-rt", RouteTable { routes, ..RouteTable::default() });
        fires(&RULE, &sketch, &["private-c"]);
    }

    #[test]
    fn fires_without_a_fix_where_the_zone_has_none() {
        let found = crate::rules::check(two_zones().design());
        assert!(found.iter().any(|finding| finding.rule == RULE.id && finding.fix.is_none()));
    }

    #[test]
    fn quiet_in_the_same_zone() {
        let mut sketch = two_zones();
        sketch.remove("private-c");
        quiet(&RULE, &sketch);
    }
}
