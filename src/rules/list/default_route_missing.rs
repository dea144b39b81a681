//! What talks to the internet needs a default route.
use crate::catalog::Kind;
use crate::catalog::kinds::Subnet;
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "default-route-missing",
    severity: Severity::Error,
    title: t("기본 라우팅이 없는 퍼블릭 서브넷", "Public subnet without a default route"),
    why: t(
        "퍼블릭 IP가 있어도 서브넷의 라우팅 테이블에 인터넷 게이트웨이로 가는 0.0.0.0/0 라우팅이 없으면 인터넷과 통신할 수 없어요.",
        "A public address is of no use until the subnet has a 0.0.0.0/0 route to an internet gateway.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<Subnet>() {
        // Who is led to the gateway for some addresses alone talks to those.
        if context.default_route_of(id).is_some() || context.has_route_to_gateway(id) {
            continue;
        }
        let (Some(need), Some((vpc, _))) = (context.public_need(id), context.vpc_of(id)) else { continue };
        let places =
            context.way_of(id).into_iter().chain(context.address_of(need)).chain(context.vpcs_of([Some(vpc), None]));
        let (name, need, vpc_name) = (&node.name, context.name(need), context.name(vpc));
        let (message, fix) = match context.internet_gateway_of(vpc) {
            Some(gateway) => {
                let gateway = context.name(gateway);
                let message = message!(
                    "서브넷 {name}의 라우팅 테이블에 0.0.0.0/0 라우팅이 없어서 {need}이(가) 인터넷과 통신하지 못해요. 인터넷 게이트웨이 {gateway}(으)로 가는 라우팅을 더하세요.",
                    "Subnet {name} has no 0.0.0.0/0 route, so {need} cannot talk to the internet. Add one to internet gateway {gateway}."
                );
                (message, mend::make_public(context, id))
            }
            None => {
                let message = message!(
                    "VPC {vpc_name}에 인터넷 게이트웨이가 없어서 서브넷 {name}의 {need}이(가) 인터넷과 통신하지 못해요. 인터넷 게이트웨이를 더하고 0.0.0.0/0 라우팅을 보내세요.",
                    "VPC {vpc_name} has no internet gateway, so {need} in subnet {name} cannot talk to the internet. Add one and route 0.0.0.0/0 to it."
                );
                let title =
                    message!("VPC {vpc_name}에 인터넷 게이트웨이 더하기", "Add an internet gateway to VPC {vpc_name}");
                (message, Some((title, mend::add_tile(context, "igw", vpc, Kind::InternetGateway.new_body()))))
            }
        };
        let note = report.note(id, message).field(id_of!(Subnet.route_table)).given_all(places);
        if let Some((title, edits)) = fix {
            note.fix(title, edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::catalog::kinds::LoadBalancer;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_when_the_table_has_no_default_route() {
        let mut sketch = two_zones();
        sketch.set("public-rt", "routes", Vec::<&str>::new());
        fires(&RULE, &sketch, &["public-a"]);
    }

    #[test]
    fn fires_when_the_subnet_follows_no_table() {
        let mut sketch = two_zones();
        sketch.set("public-a", "route_table", Value::None);
        fires(&RULE, &sketch, &["public-a"]);
    }

    #[test]
    fn fires_when_the_vpc_has_no_gateway() {
        let mut sketch = two_zones();
        sketch.set("public-a", "route_table", Value::None);
        sketch.remove("igw");
        fires(&RULE, &sketch, &["public-a"]);
    }

    #[test]
    fn fires_for_an_internet_facing_load_balancer() {
        let mut sketch = two_zones();
        let subnets = vec![sketch.id("public-a"), sketch.id("public-c")];
        sketch.add("vpc", "alb", LoadBalancer { subnets, ..LoadBalancer::default() });
        quiet(&RULE, &sketch);
        sketch.set("public-c", "route_table", Value::None);
        fires(&RULE, &sketch, &["public-c"]);
    }

    #[test]
    fn quiet_with_a_route_and_where_nothing_needs_one() {
        let mut sketch = two_zones();
        quiet(&RULE, &sketch);
        sketch.set("public-c", "route_table", Value::None);
        quiet(&RULE, &sketch);
    }
}
