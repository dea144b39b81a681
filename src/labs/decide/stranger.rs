//! Somebody who is not there yet: rules that let in a whole subnet in which nobody invited stands let in whoever is placed there next.

use super::{Decision, State};
use crate::design::Subject;
use crate::id::NodeId;
use crate::labs::check::Traffic;
use crate::labs::said::traffic;
use crate::labs::scene::Scene;
use crate::message;
use crate::net::PortRange;
use crate::reach::filter::{Direction, rules};
use crate::reach::network::SubnetNet;
use crate::reach::sets::intervals;

/// A rule of a group of `to` that lets in a whole subnet of its VPC, though nobody there is invited. Where an ACL stands at the subnet of `to`, who gets
/// in is for the ACL to say as well, and nobody is made up.
pub(super) fn stranger(scene: &Scene, to: NodeId, by: Traffic, invited: &dyn Fn(&Subject) -> bool) -> Option<Decision> {
    // Whom the whole internet may reach, a newcomer may.
    if invited(&Subject::Internet) {
        return None;
    }
    let net = &scene.net;
    let (first, last) = intervals(by.protocol, by.port.map_or(PortRange::ALL, PortRange::single));
    let empty_of_guests = |subnet: &&SubnetNet| {
        let standing =
            net.interfaces.iter().filter(|of| net.subnets.get(of.subnet).is_some_and(|own| own.node == subnet.node));
        let mut nodes = standing.map(|of| of.node);
        !nodes.any(|node| invited(&Subject::Node(node)))
    };
    for ix in net.interfaces_of(to) {
        let Some((interface, own)) = net.interface(*ix).filter(|(_, own)| own.acl.is_none()) else { continue };
        let subnets = net.subnets.iter().filter(|subnet| subnet.vpc == own.vpc).filter(empty_of_guests);
        for subnet in subnets {
            for group in interface.groups.iter().flatten() {
                for (at, rule) in rules(net, *group, Direction::Inbound).iter().enumerate() {
                    let (low, high) = intervals(rule.protocol, rule.numbers());
                    let whole = || net.blocks(rule).any(|block| block.contains(&subnet.cidr));
                    if low > last || first > high || !whole() {
                        continue;
                    }
                    let name = |id: NodeId| scene.design.node(id).map_or("", |node| node.name.as_str());
                    let (group_name, subnet_name, row, what) = (name(*group), name(subnet.node), at + 1, traffic(by));
                    let (what_ko, what_en) = (what.ko, what.en);
                    let why = message!(
                        "보안 그룹 {group_name}의 {row}번째 규칙이 서브넷 {subnet_name} 전체에 {what_ko} 연결을 열어 두었어요. 거기에는 연결해도 되는 리소스가 없어요.",
                        "Rule {row} of security group {group_name} is open to all of subnet {subnet_name} for {what_en}, and nobody there is meant to connect."
                    );
                    return Some(Decision::at(State::Fails, why, vec![*group, to]));
                }
            }
        }
    }
    None
}
