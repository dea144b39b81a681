//! Whom a claim is about, and the claim in words.

use super::Refer;
use super::absent::{nearest_kind, not_judged};
use super::network::Network;
use crate::catalog::Kind;
use crate::catalog::kinds::{CloudformationResource, TargetGroup};
use crate::design::{Assertion, Design, Expect, Loss, Node, Subject, Wanted};
use crate::id::NodeId;
use crate::message;
use crate::net::Protocol;
use crate::reach::question::Endpoint;
use crate::text::Message;

/// The ends a subject stands for.
pub(super) struct Ends {
    pub(super) ends: Vec<Endpoint>,
    /// What to say where there are none.
    pub(super) nobody: Message,
}

/// Whom a subject stands for in a design.
pub(super) fn ends_of(design: &Design, net: &Network, refer: &Refer<'_>, subject: &Subject) -> Result<Ends, Message> {
    let all = |keep: &dyn Fn(Kind) -> bool| -> Vec<Endpoint> {
        // Somebody of whom it is not known where he stands counts, and what is not judged as the kind that it comes nearest to.
        let is_there = |id: NodeId, node: &Node| match node.get::<CloudformationResource>() {
            Some(generic) => nearest_kind(&generic.type_name).is_some_and(keep),
            None => {
                keep(node.kind()) && (has_end(design, net, id) || not_judged(design, net, Endpoint::Node(id)).is_some())
            }
        };
        let inside = design.nodes().filter(|(id, node)| is_there(*id, node));
        inside.map(|(id, _)| Endpoint::Node(id)).collect()
    };
    Ok(match subject {
        Subject::Internet => of(Endpoint::Internet),
        Subject::Address(address) => of(Endpoint::Address(*address)),
        Subject::Name(word) => match refer.end(word)? {
            Endpoint::Node(id) => of_node(design, net, id),
            end => of(end),
        },
        Subject::Node(id) => of_node(design, net, *id),
        Subject::Kind(kind) => {
            let label = kind.spec().label;
            let (ko, en) = (label.ko, label.en);
            let nobody = message!("네트워크에 {ko}이(가) 없어요.", "There is no {en} in the network.");
            Ends { ends: all(&|other| other == *kind), nobody }
        }
        Subject::Category(category) => {
            let (ko, en) = (category.label().ko, category.label().en);
            let nobody = message!(
                "네트워크에 '{ko}' 리소스가 없어요.",
                "There is nothing of the category \"{en}\" in the network."
            );
            Ends { ends: all(&|other| other.spec().category == *category), nobody }
        }
    })
}

fn of(end: Endpoint) -> Ends {
    Ends { ends: vec![end], nobody: Message::default() }
}

/// The resource itself, or everybody a frame, a security group or a target group stands for.
fn of_node(design: &Design, net: &Network, id: NodeId) -> Ends {
    let Some(node) = design.node(id) else {
        return Ends {
            ends: Vec::new(), nobody: message!("그 리소스가 없어요.", "The resource is not there.")
        };
    };
    if has_end(design, net, id) || not_judged(design, net, Endpoint::Node(id)).is_some() {
        return of(Endpoint::Node(id));
    }
    let within = |id: NodeId| -> Vec<NodeId> {
        let inside = net.interfaces.iter().filter(|interface| {
            net.subnets
                .get(interface.subnet)
                .is_some_and(|subnet| subnet.node == id || subnet.vpc == id || design.is_inside(subnet.node, id))
        });
        inside.filter(|interface| interface.groups.is_some()).map(|interface| interface.node).collect()
    };
    let mut ids = match node.kind() {
        Kind::SecurityGroup => {
            let members = net
                .interfaces
                .iter()
                .filter(|interface| interface.groups.as_ref().is_some_and(|groups| groups.contains(&id)));
            members.map(|interface| interface.node).collect()
        }
        Kind::TargetGroup => design
            .get::<TargetGroup>(id)
            .into_iter()
            .flat_map(|group| group.targets.iter().filter_map(|target| target.instance))
            .filter(|id| has_end(design, net, *id))
            .collect(),
        kind if kind.spec().shape.is_frame() => within(id),
        _ => Vec::new(),
    };
    ids.sort_unstable();
    ids.dedup();
    let name = &node.name;
    let nobody = message!(
        "{name}에는 네트워크 인터페이스를 가진 리소스가 없어요.",
        "{name} has no resource with a network interface."
    );
    Ends { ends: ids.into_iter().map(Endpoint::Node).collect(), nobody }
}

/// A protocol and port as people say it: `TCP 443`.
pub(super) fn traffic(protocol: Protocol, port: Option<u16>) -> (String, String) {
    let (ko, en) = protocol.label();
    match port {
        Some(port) => (format!("{ko} {port}"), format!("{en} {port}")),
        None => (ko, en),
    }
}

/// A claim in words.
pub fn assertion_in_words(design: &Design, assertion: &Assertion) -> Message {
    let none = assertion.expect == Expect::Unreached;
    let from = named(design, &assertion.from, none);
    let (from_ko, from_en) = (from.ko, from.en);
    let claim = match (&assertion.wanted, assertion.expect) {
        (Wanted::Page(url), Expect::Unreached) => {
            message!("{from_ko}에서 {url}을(를) 열 수 없어요", "{from_en} cannot open {url}")
        }
        (Wanted::Page(url), Expect::Reaches) => {
            message!("{from_ko}에서 {url}을(를) 열 수 있어요", "{from_en} can open {url}")
        }
        (Wanted::Page(url), Expect::ReachesAny) => message!(
            "{from_ko} 가운데 하나 이상에서 {url}을(를) 열 수 있어요",
            "at least one of {from_en} can open {url}"
        ),
        (Wanted::Traffic { to, protocol, port }, expect) => {
            let to = named(design, to, none);
            let (to_ko, to_en) = (to.ko, to.en);
            let (ko, en) = traffic(*protocol, *port);
            match expect {
                Expect::Unreached => message!(
                    "{from_ko}에서 {to_ko}(으)로 {ko} 연결이 안 돼요",
                    "{from_en} does not reach {to_en} on {en}"
                ),
                Expect::Reaches => {
                    message!("{from_ko}에서 {to_ko}(으)로 {ko} 연결이 돼요", "{from_en} reaches {to_en} on {en}")
                }
                Expect::ReachesAny => message!(
                    "{from_ko} 가운데 하나 이상에서 {to_ko} 가운데 하나 이상으로 {ko} 연결이 돼요",
                    "at least one of {from_en} reaches at least one of {to_en} on {en}"
                ),
            }
        }
    };
    let Some(lost) = &assertion.lost else { return claim };
    let lost = match lost {
        Loss::AnyZone => message!("어느 가용 영역 하나를 잃어도", "whichever availability zone is lost"),
        Loss::Zone(letter) => message!("가용 영역 {letter}을(를) 잃어도", "when availability zone {letter} is lost"),
        Loss::Node(id) => {
            let name = design.node(*id).map_or("", |node| node.name.as_str());
            message!("{name}을(를) 잃어도", "when {name} is lost")
        }
    };
    Message { ko: format!("{} {}", lost.ko, claim.ko), en: format!("{}, {}", claim.en, lost.en) }
}

/// A subject in words: `any` in what should not be, `every` in what should.
fn named(design: &Design, subject: &Subject, none: bool) -> Message {
    let (all_ko, all_en) = if none { ("어떤", "any") } else { ("모든", "every") };
    match subject {
        Subject::Internet => message!("인터넷", "the internet"),
        Subject::Address(address) => Message::plain(address.to_string()),
        Subject::Name(name) => Message::plain(name.clone()),
        Subject::Node(id) => Message::plain(design.node(*id).map_or("", |node| node.name.as_str())),
        Subject::Kind(kind) => {
            let label = kind.spec().label;
            let (ko, en) = (label.ko, label.en);
            message!("{all_ko} {ko}", "{all_en} {en}")
        }
        Subject::Category(category) => {
            let (ko, en) = (category.label().ko, category.label().en);
            message!("{all_ko} {ko} 리소스", "{all_en} resource of the category \"{en}\"")
        }
    }
}

/// Whether a resource can be one end of a packet.
pub(super) fn has_end(design: &Design, net: &Network, id: NodeId) -> bool {
    !net.interfaces_of(id).is_empty()
        || net.laptops.contains_key(&id)
        || net.gateway_endpoints.contains_key(&id)
        || net.elastic(id).is_some()
        || design.node(id).is_some_and(|node| matches!(node.kind(), Kind::Internet | Kind::S3Bucket))
}
