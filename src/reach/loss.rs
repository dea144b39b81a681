//! A design after something was lost: a zone, a resource with all that is in it.

use std::collections::BTreeMap;

use super::network::Network;
use crate::catalog::FieldValue;
use crate::catalog::kinds::{DbInstance, Target, TargetGroup, Zone};
use crate::design::{Design, Edit, Loss};
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::text::Message;

/// What to take away: a list of nodes for each time a claim is asked.
///
/// # Errors
/// That there is no such zone.
pub fn losses(design: &Design, lost: Option<&Loss>) -> Result<Vec<Vec<NodeId>>, Message> {
    let mut zones: BTreeMap<&str, Vec<NodeId>> = BTreeMap::new();
    for (id, _, zone) in design.all::<Zone>() {
        zones.entry(zone.letter.as_str()).or_default().push(id);
    }
    match lost {
        None => Ok(vec![Vec::new()]),
        Some(Loss::Node(id)) => Ok(vec![vec![*id]]),
        Some(Loss::AnyZone) => Ok(zones.into_values().collect()),
        Some(Loss::Zone(letter)) => zones.remove(letter.as_str()).map(|ids| vec![ids]).ok_or_else(|| {
            message!("설계에 가용 영역 {letter}이(가) 없어요.", "There is no availability zone {letter} in the design.")
        }),
    }
}

/// What is left when nodes are lost, and what falls with them.
pub fn without(design: &Design, net: &Network, lost: &[NodeId]) -> (Design, Network) {
    let mut rest = design.clone();
    let all = lost.iter().copied().chain(falls_with(design, net, lost));
    // Removing what is there is never refused.
    all.for_each(|id| drop(rest.apply(&Edit::Remove(id))));
    deregister(design, net, &mut rest);
    let net = Network::lower(&rest);
    (rest, net)
}

/// What AWS does not start again elsewhere when its subnet is lost: a database without a standby, or with one in what is lost too.
fn falls_with(design: &Design, net: &Network, lost: &[NodeId]) -> Vec<NodeId> {
    let inside = |subnet: NodeId| lost.iter().any(|id| *id == subnet || design.is_inside(subnet, *id));
    let falls = |(id, _, db): (NodeId, _, &DbInstance)| {
        let own = net.interfaces_of(id).iter().filter_map(|ix| net.interface(*ix));
        let gone: Vec<bool> = own.map(|(_, subnet)| inside(subnet.node)).collect();
        // A database that stands nowhere has nothing to lose.
        let all = !gone.is_empty() && gone.iter().all(|gone| *gone);
        (all || (!db.multi_az && gone.contains(&true))).then_some(id)
    };
    design.all::<DbInstance>().filter_map(falls).collect()
}

/// Takes targets that were lost out of their groups: what is gone is no target any more.
fn deregister(design: &Design, net: &Network, rest: &mut Design) {
    let holder = |target: &Target| {
        let by_address = || {
            let address = target.address.parse().ok()?;
            let ix = net.vpcs.keys().find_map(|vpc| net.by_private(*vpc, address))?;
            Some(net.interfaces.get(ix)?.node)
        };
        target.instance.or_else(by_address)
    };
    let groups: Vec<(NodeId, Vec<Target>)> = design
        .all::<TargetGroup>()
        .filter(|(id, ..)| rest.node(*id).is_some())
        .map(|(id, _, group)| (id, group.targets.clone()))
        .collect();
    for (id, targets) in groups {
        let is_left = |target: &Target| holder(target).is_none_or(|node| rest.node(node).is_some());
        let left: Vec<Target> = targets.iter().filter(|target| is_left(target)).cloned().collect();
        if left.len() < targets.len() {
            // Rows that were there are never refused.
            rest.apply(&Edit::Set { id, field: id_of!(TargetGroup.targets).to_owned(), value: left.to_value() }).ok();
        }
    }
}
