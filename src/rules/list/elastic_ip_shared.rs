//! An Elastic IP belongs to one instance or one NAT gateway.
use crate::catalog::kinds::{ElasticIp, NatGateway};
use crate::catalog::{Kind, Value};
use crate::design::{Edit, Node};
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "elastic-ip-shared",
    severity: Severity::Error,
    title: t("둘이 함께 쓰는 탄력적 IP", "Elastic IP used twice"),
    why: t(
        "탄력적 IP는 한 번에 한 곳에만 붙어서, 둘이 쓰면 하나는 만들어지지 않거나 주소를 잃어요.",
        "An Elastic IP is attached to one thing at a time: of two, one is not created or loses the address.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, address) in context.all::<ElasticIp>() {
        let users = context.users_of(id);
        let Some((kept, rest)) = users.split_first().filter(|(_, rest)| !rest.is_empty()) else { continue };
        let (name, first) = (&node.name, context.name(*kept));
        let others = rest.iter().map(|user| context.name(*user)).collect::<Vec<_>>().join(", ");
        let mut edits = Vec::new();
        // NAT gateways cannot do without one, so what else has it gives way, and every further gateway gets an address of its own.
        let gateways = users.iter().filter(|user| context.design.get::<NatGateway>(**user).is_some());
        for (field, other) in [("instance", address.instance), ("interface", address.interface)] {
            edits.extend(other.map(|_| Edit::set(id, field, Value::None)));
        }
        let mut fresh = context.design.next_id();
        for gateway in gateways.skip(1) {
            let spot = context.design.free_spot(node.parent, node.rect.w, node.rect.h);
            let name = format!("{}-{}", node.name, context.name(*gateway));
            let twin =
                Node { name, parent: node.parent, rect: spot, body: Kind::ElasticIp.new_body(), origin: String::new() };
            edits.push(Edit::add(fresh, twin));
            edits.push(Edit::set(*gateway, id_of!(NatGateway.elastic_ip), fresh));
            fresh = NodeId(fresh.0.saturating_add(1));
        }
        let note = report.note(
            id,
            message!(
                "탄력적 IP {name}을(를) {first}과(와) {others}이(가) 함께 써요. 하나만 남기고 다른 주소를 주세요.",
                "Elastic IP {name} is used by {first} and {others}. Leave it to one and give the others their own."
            ),
        );
        // Which of several balancers keeps it, only a person knows.
        if !edits.is_empty() {
            note.fix(message!("하나만 남기기", "Leave it to one"), edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{NatGateway, NetworkInterface};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_an_interface_and_a_gateway() {
        let mut sketch = two_zones();
        let interface = sketch.add("public-a", "eni", NetworkInterface::default());
        sketch.set("eip", "interface", interface);
        fires(&RULE, &sketch, &["eip"]);
    }

    #[test]
    fn fires_on_an_instance_and_a_gateway() {
        let mut sketch = two_zones();
        sketch.set("eip", "instance", sketch.id("web"));
        fires(&RULE, &sketch, &["eip"]);
    }

    #[test]
    fn fires_on_three_gateways() {
        let mut sketch = two_zones();
        let elastic_ip = Some(sketch.id("eip"));
        for name in ["nat-2", "nat-3"] {
            sketch.add("public-c", name, NatGateway { elastic_ip, ..NatGateway::default() });
        }
        fires(&RULE, &sketch, &["eip"]);
    }

    #[test]
    fn quiet_with_one_user() {
        quiet(&RULE, &two_zones());
    }
}
