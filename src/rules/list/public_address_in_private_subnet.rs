//! A public address does nothing where no route leads to an internet gateway.
use crate::catalog::Value;
use crate::catalog::kinds::{ElasticIp, Instance, PublicIp};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "public-address-in-private-subnet",
    severity: Severity::Warning,
    title: t("프라이빗 서브넷의 퍼블릭 IP", "Public address in a private subnet"),
    why: t(
        "인터넷 게이트웨이로 가는 라우팅이 없으면 퍼블릭 IP가 있어도 인터넷과 통신하지 못하고, 주소 요금만 나가요.",
        "Without a route to an internet gateway a public address reaches nothing, and is billed.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-igw-internet-access.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, instance) in context.all::<Instance>() {
        let Some((subnet, _)) = context.subnet_of(id) else { continue };
        if !context.has_public_address(id, instance)
            || context.has_route_to_gateway(subnet)
            || context.is_public(subnet)
        {
            continue;
        }
        let (name, subnet_id, subnet) = (&node.name, subnet, context.name(subnet));
        let mut edits = Vec::new();
        if instance.public_ip != PublicIp::No {
            edits.push(Edit::set(id, id_of!(Instance.public_ip), PublicIp::No.as_str()));
        }
        let elastic_ip = context.elastic_ip_of(id);
        edits.extend(elastic_ip.map(|address| Edit::set(address, id_of!(ElasticIp.instance), Value::None)));
        let (ko, en) = match elastic_ip.map(|address| context.name(address)) {
            Some(address) => (format!("탄력적 IP {address}"), format!("Elastic IP {address}")),
            None => ("퍼블릭 IP".to_owned(), "a public address".to_owned()),
        };
        let why = if context.leads_out_by_ipv6(subnet_id) {
            message!(
                "인스턴스 {name}에 {ko}이(가) 있지만 서브넷 {subnet}에 인터넷 게이트웨이로 가는 IPv4 라우팅이 없어서 그 주소로는 인터넷과 통신하지 못해요. 0.0.0.0/0 라우팅을 더하거나 퍼블릭 IP를 떼세요.",
                "Instance {name} has {en}, but subnet {subnet} has no IPv4 route to an internet gateway, so the internet cannot reach that address. Add a 0.0.0.0/0 route or take the address off."
            )
        } else {
            message!(
                "인스턴스 {name}에 {ko}이(가) 있지만 프라이빗 서브넷 {subnet}에 있어서 인터넷과 통신하지 못해요. 퍼블릭 서브넷으로 옮기거나 퍼블릭 IP를 떼세요.",
                "Instance {name} has {en} but stands in private subnet {subnet}, so the internet cannot reach it. Move it into a public subnet or take the address off."
            )
        };
        report
            .note(id, why)
            .field(id_of!(Instance.public_ip))
            .given_all(context.way_of(subnet_id))
            .given_all(context.address_of(id))
            .fix(message!("퍼블릭 IP 떼기", "Take the public address off"), edits);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, two_zones};
    use crate::rules::{Offers, check};

    #[test]
    fn fires_on_either_kind_of_address() {
        let mut sketch = two_zones();
        sketch.set("app", "public_ip", "yes");
        fires(&RULE, &sketch, &["app"]);
        let mut sketch = two_zones();
        let app = sketch.id("app");
        sketch.add("region", "app-eip", crate::catalog::kinds::ElasticIp { instance: Some(app), ..Default::default() });
        // Taken off, the address would be left over and cost money: which of both goes, a person says.
        let found = check(sketch.design()).into_iter().find(|found| found.rule == RULE.id).unwrap();
        assert_eq!((found.node, Offers::new(sketch.design()).mending(&found)), (app, None));
    }

    #[test]
    fn quiet_in_a_public_subnet_and_without_an_address() {
        quiet(&RULE, &two_zones());
    }
}
