//! What a role asks for counts as a check: somebody who stands for it without being so costs points.

use std::collections::{BTreeMap, BTreeSet};

use super::{Decider, Decision, State};
use crate::id::NodeId;
use crate::labs::check::Check;
use crate::labs::lab::Item;

impl<'a> Decider<'a> {
    /// Where everything that is said of a role, and of how many there are of its kind, holds though somebody who stands for it is not what the role
    /// asks for, the first check that speaks of the role says what is lacking. Where a check fails already, it has told more.
    pub(in crate::labs) fn hold_against_roles(&self, states: &mut BTreeMap<&'a str, Decision>) {
        for (role, filled) in &self.cast.roles {
            let Some((id, lacks)) = filled.misfits.iter().next() else { continue };
            let own: BTreeSet<&str> = BTreeSet::from([role.as_str()]);
            let direct = self.speaking_of(&own);
            let speaking = if direct.is_empty() { self.speaking_of(&self.leaning_on(own)) } else { direct };
            let holds = |item: &&Item| states.get(item.id.as_str()).is_some_and(|one| one.state == State::Holds);
            let counting = self.counting_kinds_of(role);
            let all_hold = speaking.iter().chain(&counting).all(holds);
            let Some(first) = speaking.first().filter(|_| all_hold) else { continue };
            let nodes: Vec<NodeId> = vec![*id];
            states.insert(&first.id, Decision::at(State::Fails, lacks.clone(), nodes));
        }
    }

    /// The items with a check about one of these roles, in order.
    fn speaking_of(&self, roles: &BTreeSet<&str>) -> Vec<&'a Item> {
        let speaks =
            |item: &&Item| item.check.parts().iter().any(|part| part.roles().iter().any(|role| roles.contains(role)));
        self.lab.checks.iter().filter(speaks).collect()
    }

    /// The items that count resources of a kind that a role may have.
    fn counting_kinds_of(&self, role: &str) -> Vec<&'a Item> {
        let kinds = self.lab.role(role).map_or(&[][..], |role| role.find.kind.as_slice());
        let counts =
            |check: &Check| matches!(check, Check::Exists(of) if of.what.kind.iter().any(|kind| kinds.contains(kind)));
        self.lab.checks.iter().filter(|item| item.check.parts().into_iter().any(counts)).collect()
    }

    /// These roles and those that are found by them, near and far.
    fn leaning_on(&self, mut roles: BTreeSet<&'a str>) -> BTreeSet<&'a str> {
        loop {
            let leans = |role: &&crate::labs::lab::Role| role.find.roles().iter().any(|other| roles.contains(other));
            let more: Vec<&'a str> = self.lab.roles.iter().filter(leans).map(|role| role.id.as_str()).collect();
            let before = roles.len();
            roles.extend(more);
            if roles.len() == before {
                return roles;
            }
        }
    }
}
