//! A NAT gateway's own subnet does not route to it.
use crate::catalog::kinds::{NatGateway, RouteTable, Subnet};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::{mend, rows};
use crate::net::{AnyCidr, Cidr};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "nat-route-from-own-subnet",
    severity: Severity::Error,
    title: t("자기 서브넷에서 NAT 게이트웨이로 가는 라우팅", "NAT gateway routed to from its own subnet"),
    why: t(
        "NAT 게이트웨이와 같은 서브넷에서 보낸 패킷은 버려지고, 게이트웨이 자신도 나갈 길을 잃어요.",
        "Packets from its own subnet are dropped, and the gateway itself has no way out.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<NatGateway>() {
        let Some((subnet, _)) = context.subnet_of(id) else { continue };
        let Some((table, body)) = context.route_table_of(subnet) else { continue };
        let Some(row) = body.routes.iter().position(|route| route.target == Some(id)) else { continue };
        let Some(destination) = body.routes.get(row).map(|route| route.destination) else { continue };
        let (name, subnet_name, table_name) = (&node.name, context.name(subnet), context.name(table));
        let note = report
            .note(
                subnet,
                message!(
                    "서브넷 {subnet_name}에 NAT 게이트웨이 {name}이(가) 있는데, 이 서브넷의 라우팅 테이블 {table_name}이(가) {destination}을(를) {name}(으)로 보내요. 인터넷 게이트웨이로 가는 라우팅 테이블을 연결하세요.",
                    "Subnet {subnet_name} holds NAT gateway {name}, and its table {table_name} leads {destination} to it. Associate a table that leads to the internet gateway."
                ),
            )
            .field(id_of!(Subnet.route_table));
        let default = destination == AnyCidr::from(Cidr::ANY) && context.default_route_of(subnet) == Some(Some(id));
        if !default {
            note.fix(
                message!("{destination} 라우팅 지우기", "Remove the {destination} route"),
                vec![Edit::set(table, id_of!(RouteTable.routes), rows::without(&body.routes, row))],
            );
        } else if let Some((title, edits)) = mend::make_public(context, subnet) {
            note.fix(title, edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::FieldValue;
    use crate::catalog::kinds::Route;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_when_the_subnet_follows_the_private_table() {
        let mut sketch = two_zones();
        sketch.set("public-a", "route_table", sketch.id("private-rt"));
        fires(&RULE, &sketch, &["public-a"]);
    }

    #[test]
    fn fires_on_a_single_block() {
        let mut sketch = two_zones();
        let (igw, nat) = (Some(sketch.id("igw")), Some(sketch.id("nat")));
        let block = Route { destination: "198.51.100.0/24".parse().unwrap(), target: nat, ..Route::default() };
        sketch.set("public-rt", "routes", vec![Route { target: igw, ..Route::default() }, block].to_value());
        fires(&RULE, &sketch, &["public-a"]);
    }

    #[test]
    fn quiet_from_other_subnets() {
        quiet(&RULE, &two_zones());
    }
}
