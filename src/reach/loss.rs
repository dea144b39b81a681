//! A design after something was lost: a zone, a resource with all that is in it.

use std::collections::BTreeMap;

use super::network::Network;
use crate::catalog::kinds::{DbInstance, Zone};
use crate::design::{Design, Edit, Loss};
use crate::id::NodeId;
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
    let net = Network::lower(&rest);
    (rest, net)
}

/// What AWS does not start again elsewhere when its subnet is lost: a database without a standby.
fn falls_with(design: &Design, net: &Network, lost: &[NodeId]) -> Vec<NodeId> {
    let inside = |subnet: NodeId| lost.iter().any(|id| *id == subnet || design.is_inside(subnet, *id));
    let alone = design.all::<DbInstance>().filter(|(_, _, db)| !db.multi_az).map(|(id, ..)| id);
    let stands = |id: &NodeId| {
        let mut own = net.interfaces_of(*id).iter().filter_map(|ix| net.interface(*ix));
        own.any(|(_, subnet)| inside(subnet.node))
    };
    alone.filter(stands).collect()
}
