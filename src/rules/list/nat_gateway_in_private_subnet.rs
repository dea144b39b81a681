//! A public NAT gateway stands in a public subnet.
use crate::catalog::kinds::{Connectivity, NatGateway, Subnet};
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "nat-gateway-in-private-subnet",
    severity: Severity::Error,
    title: t("프라이빗 서브넷의 NAT 게이트웨이", "NAT gateway in a private subnet"),
    why: t(
        "NAT 게이트웨이 자신이 인터넷 게이트웨이로 나갈 수 있어야 다른 서브넷의 패킷을 내보낼 수 있어요.",
        "A NAT gateway can send packets out only if its own subnet routes to an internet gateway.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, nat) in context.all::<NatGateway>() {
        let Some((subnet, _)) = context.subnet_of(id) else { continue };
        if nat.connectivity == Connectivity::Private || context.is_public(subnet) {
            continue;
        }
        let (name, subnet_name) = (&node.name, context.name(subnet));
        let note = report.note(
            id,
            message!(
                "NAT 게이트웨이 {name}이(가) 인터넷 게이트웨이로 가는 라우팅이 없는 서브넷 {subnet_name}에 있어요. 퍼블릭 서브넷으로 옮기세요.",
                "NAT gateway {name} stands in subnet {subnet_name}, which has no route to an internet gateway. Move it to a public subnet."
            ),
        );
        let note = note.given_all(context.way_of(subnet)).given(id, id_of!(NatGateway.connectivity));
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        let zone = context.zone_of(id);
        let public = context.within::<Subnet>(vpc).map(|(id, ..)| id).filter(|id| context.is_public(*id));
        let best = public.min_by_key(|id| (context.zone_of(*id) != zone, *id));
        let fix = match best {
            Some(best) => {
                let best_name = context.name(best);
                let title = message!("퍼블릭 서브넷 {best_name}(으)로 옮기기", "Move it to public subnet {best_name}");
                Some((title, mend::move_into(context, id, best)))
            }
            // With no public subnet to go to, its own is to become one.
            None => mend::make_public(context, subnet),
        };
        if let Some((title, edits)) = fix {
            note.fix(title, edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Connectivity, NatGateway};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_in_a_subnet_that_routes_to_another_gateway() {
        let mut sketch = two_zones();
        sketch.add("private-c", "nat-2", NatGateway::default());
        fires(&RULE, &sketch, &["nat-2"]);
        let fix =
            crate::rules::check(sketch.design()).into_iter().find(|found| found.rule == RULE.id).unwrap().fix.unwrap();
        let mut mended = sketch.design().clone();
        mended.apply_all(&fix.edits).unwrap();
        assert_eq!(mended.node(sketch.id("nat-2")).unwrap().parent, Some(sketch.id("public-c")), "the zone is kept");
    }

    #[test]
    fn fires_where_no_subnet_is_public() {
        let mut sketch = two_zones();
        sketch.set("public-rt", "routes", Vec::<&str>::new());
        fires(&RULE, &sketch, &["nat"]);
    }

    #[test]
    fn quiet_in_a_public_subnet_and_for_a_private_gateway() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.add("private-c", "nat-2", NatGateway { connectivity: Connectivity::Private, ..NatGateway::default() });
        quiet(&RULE, &sketch);
    }
}
