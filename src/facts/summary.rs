//! What follows from a design about one resource: what a form shows above the fields, and nobody stores.

use super::Context;
use crate::catalog::Kind;
use crate::catalog::data::regions;
use crate::catalog::kinds::{ElasticIp, RouteTable, Subnet, Vpc, Zone};
use crate::id::NodeId;
use crate::message;
use crate::net::Cidr;
use crate::text::{Message, Text, grouped, t};

/// One derived fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub label: Text,
    /// What is so, and why.
    pub text: Message,
}

/// The facts about a resource: what decides how it works first, then where it stands.
pub fn facts(context: &Context, id: NodeId) -> Vec<Fact> {
    let design = context.design;
    let mut found = Vec::new();
    match design.node(id).map(crate::design::Node::kind) {
        Some(Kind::Subnet) => found.extend(design.get::<Subnet>(id).map(|subnet| addresses(&subnet.cidr))),
        Some(Kind::Vpc) => found.extend(design.get::<Vpc>(id).map(|vpc| {
            let size: u64 = vpc.cidrs().map(|block| block.size()).sum();
            Fact { label: t("주소", "Addresses"), text: message!("{}개", "{}", grouped(size)) }
        })),
        Some(Kind::RouteTable) => found.push(followers(context, id)),
        Some(Kind::ElasticIp) => found.extend(address_user(context, id)),
        _ => {}
    }
    found.extend(standing(context, id));
    found
}

/// How many addresses of a subnet are left for use.
fn addresses(cidr: &Cidr) -> Fact {
    let (usable, reserved) = (grouped(cidr.usable()), cidr.size().min(5));
    Fact {
        label: t("주소", "Addresses"),
        text: message!("사용 가능 {usable}개 · 예약 {reserved}개", "{usable} usable, {reserved} reserved"),
    }
}

fn followers(context: &Context, table: NodeId) -> Fact {
    let names: Vec<&str> = context.followers_of(table).iter().map(|id| context.name(*id)).collect();
    let main = context.design.get::<RouteTable>(table).is_some_and(|table| table.main);
    let text = match (names.is_empty(), main) {
        (true, true) => t("따르는 서브넷이 없어요", "No subnet follows it").into(),
        (true, false) => t("연결한 서브넷이 없어요", "No subnet is associated").into(),
        (false, _) => Message::plain(names.join(", ")),
    };
    Fact { label: t("서브넷", "Subnets"), text }
}

fn address_user(context: &Context, address: NodeId) -> Option<Fact> {
    // The instance stands in the form already; a NAT gateway names the address from its own side.
    let instance = context.design.get::<ElasticIp>(address)?.instance;
    let names: Vec<&str> =
        context.users_of(address).iter().filter(|id| Some(**id) != instance).map(|id| context.name(*id)).collect();
    (!names.is_empty()).then(|| Fact { label: t("사용", "Used by"), text: Message::plain(names.join(", ")) })
}

/// The frames that decide something for what stands in them: VPC, zone, region.
fn standing(context: &Context, id: NodeId) -> Vec<Fact> {
    let design = context.design;
    let mut found = Vec::new();
    if let Some(vpc) = design.ancestor(id, Kind::Vpc) {
        found.push(Fact { label: Kind::Vpc.spec().label, text: Message::plain(context.name(vpc)) });
    }
    let code = context.region_of(id);
    let letter = design.get::<Zone>(id).map(|zone| zone.letter.as_str()).or_else(|| context.zone_of(id));
    if let Some(letter) = letter {
        found.push(Fact {
            label: t("가용 영역", "Availability Zone"),
            text: Message::plain(format!("{}{letter}", code.unwrap_or_default())),
        });
    }
    if let Some(code) = code {
        // The name of a zone has the code in it already.
        let text = match regions::region(code) {
            Some(region) if letter.is_some() => region.name.into(),
            Some(region) => {
                Message { ko: format!("{code} {}", region.name.ko), en: format!("{code} {}", region.name.en) }
            }
            None => Message::plain(code),
        };
        found.push(Fact { label: Kind::Region.spec().label, text });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{Named, two_zones};

    #[track_caller]
    fn says(sketch: &Named, name: &str, label: &str) -> String {
        let all = facts(&Context::new(sketch.design()), sketch.id(name));
        all.into_iter()
            .find(|fact| fact.label.en == label)
            .unwrap_or_else(|| panic!("{name} says nothing of {label}"))
            .text
            .en
    }

    #[test]
    fn a_subnet_says_its_addresses_and_its_zone() {
        let sketch = two_zones();
        assert_eq!(says(&sketch, "public-a", "Addresses"), "251 usable, 5 reserved");
        assert!(says(&sketch, "public-a", "Availability Zone").ends_with('a'));
    }
}
