//! Who fills which role in a design.

use std::collections::BTreeSet;

use super::lab::{Choices, Lab, Role};
use super::ready::{Cast, Filled, Ready};
use super::said::selected;
use super::scene::Scene;
use super::select::{Selector, TierName, fits};
use super::wish::{is_as_wished, meant};
use crate::catalog::Kind;
use crate::catalog::kinds::{LoadBalancer, TargetGroup};
use crate::design::Node;
use crate::facts::Context;
use crate::facts::links::groups_of;
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// Casts a design. What is chosen counts as far as it is there and of a kind that the role can have. Of several that fit a role for one, a resource
/// that fills it in the lab's own drawing does. Where nothing fits any more, such a resource still stands for the role, because what is broken may not
/// be found by its looks; then it is a misfit, and a check says what it lacks ([`Filled::misfits`]).
pub(super) fn cast(ready: &Ready, scene: &Scene, choices: &Choices) -> Cast {
    let context = Context::new(&scene.design);
    let (lab, open, cast) = (&ready.lab, BTreeSet::new(), Cast::default());
    let mut finder = Finder { lab, ready: Some(ready), scene, context: &context, cast, open, choices };
    for role in &ready.lab.roles {
        finder.fill(role);
    }
    finder.cast
}

/// All that fit a selector, given who fills the roles it speaks of.
pub(super) fn matches(lab: &Lab, scene: &Scene, cast: &Cast, selector: &Selector) -> Vec<NodeId> {
    let context = Context::new(&scene.design);
    let choices = Choices::new();
    let (cast, open) = (cast.clone(), BTreeSet::new());
    let finder = Finder { lab, ready: None, scene, context: &context, cast, open, choices: &choices };
    finder.all(selector)
}

/// Who comes nearest to a selector that fits nobody: of its kind, meeting most of its conditions, with the first that it does not meet. Nothing
/// where nobody of that kind meets any of several.
pub(super) fn nearest(lab: &Lab, scene: &Scene, cast: &Cast, selector: &Selector) -> Option<(NodeId, Selector)> {
    let context = Context::new(&scene.design);
    let choices = Choices::new();
    let (cast, open) = (cast.clone(), BTreeSet::new());
    let finder = Finder { lab, ready: None, scene, context: &context, cast, open, choices: &choices };
    let conditions = selector.conditions();
    let mut best: Option<(usize, NodeId, Selector)> = None;
    for (id, node) in scene.design.nodes().filter(|(_, node)| is_of_kind(selector, node)) {
        let unmet: Vec<&Selector> = conditions.iter().filter(|one| !finder.fits(one, id, node)).collect();
        let Some(first) = unmet.first().copied() else { continue };
        let is_near = unmet.len() < conditions.len() || conditions.len() == 1;
        if is_near && best.as_ref().is_none_or(|(fewest, ..)| unmet.len() < *fewest) {
            best = Some((unmet.len(), id, first.clone()));
        }
    }
    best.map(|(_, id, lacking)| (id, lacking))
}

struct Finder<'a> {
    lab: &'a Lab,
    /// The lab with its own drawing, where roles are filled.
    ready: Option<&'a Ready>,
    scene: &'a Scene,
    context: &'a Context<'a>,
    choices: &'a Choices,
    cast: Cast,
    /// Roles that are being filled, so that a circle ends.
    open: BTreeSet<&'a str>,
}

impl<'a> Finder<'a> {
    fn fill(&mut self, role: &'a Role) {
        if self.cast.roles.contains_key(&role.id) || !self.open.insert(&role.id) {
            return;
        }
        for other in role.find.roles() {
            if let Some(other) = self.lab.role(other) {
                self.fill(other);
            }
        }
        self.open.remove(role.id.as_str());
        let filled = self.filled(role);
        self.cast.roles.insert(role.id.clone(), filled);
    }

    fn filled(&self, role: &Role) -> Filled {
        let design = &self.scene.design;
        let could = |id: &NodeId| design.node(*id).is_some_and(|node| is_of_kind(&role.find, node));
        let chosen: Vec<NodeId> = self.choices.get(&role.id).into_iter().flatten().copied().filter(could).collect();
        let found = self.all(&role.find);
        let filled = |nodes: Vec<NodeId>, candidates: Vec<NodeId>, chosen: bool| {
            let odd = nodes.iter().filter(|id| !found.contains(id));
            let misfits = odd.filter_map(|id| Some((*id, self.lacks(role, *id)?))).collect();
            Filled { nodes, candidates, chosen, one: role.one, misfits }
        };
        if !chosen.is_empty() {
            let nodes = if role.one { chosen.into_iter().take(1).collect() } else { chosen };
            return filled(nodes, found.clone(), true);
        }
        let drawn = self.drawn(role);
        if role.one {
            let fitting: Vec<NodeId> = drawn.iter().copied().filter(|id| found.contains(id)).collect();
            let candidates = match (fitting.is_empty(), found.is_empty()) {
                (false, _) => fitting,
                (true, true) => drawn,
                (true, false) => found.clone(),
            };
            return filled(candidates.iter().copied().take(1).collect(), candidates, false);
        }
        let nodes: Vec<NodeId> = found.iter().copied().chain(drawn).collect::<BTreeSet<_>>().into_iter().collect();
        filled(nodes.clone(), nodes, false)
    }

    /// What somebody lacks of what a role asks for: the first of its conditions that is not met.
    fn lacks(&self, role: &Role, id: NodeId) -> Option<Message> {
        let node = self.scene.design.node(id)?;
        let lacking = role.find.conditions().into_iter().find(|one| !self.fits(one, id, node))?;
        let (what, called, name) = (selected(self.lab, &lacking), &role.name, &node.name);
        let (ko, en, role_ko, role_en) = (what.ko, what.en, &called.ko, &called.en);
        Some(message!(
            "{name}이(가) 이제 '{role_ko}'의 조건에 맞지 않아요: {ko}.",
            "{name} is no longer what \"{role_en}\" means: {en}."
        ))
    }

    /// Those of the lab's own drawing who fill a role there and are here under the same id and name.
    fn drawn(&self, role: &Role) -> Vec<NodeId> {
        let Some(ready) = self.ready else { return Vec::new() };
        let same = |id: &NodeId| match (ready.solution.node(*id), self.scene.design.node(*id)) {
            (Some(there), Some(here)) => there.kind() == here.kind() && there.name == here.name,
            _ => false,
        };
        ready.cast.of(&role.id).iter().copied().filter(same).collect()
    }

    fn all(&self, selector: &Selector) -> Vec<NodeId> {
        let nodes = self.scene.design.nodes();
        nodes.filter(|(id, node)| self.fits(selector, *id, node)).map(|(id, _)| id).collect()
    }

    fn fits(&self, of: &Selector, id: NodeId, node: &Node) -> bool {
        let design = &self.scene.design;
        let is = |role: &Option<String>, fits: &dyn Fn(NodeId) -> bool| {
            role.as_ref().is_none_or(|role| self.cast.of(role).iter().any(|other| fits(*other)))
        };
        is_of_kind(of, node)
            && of.name.as_ref().is_none_or(|pattern| fits(pattern, &node.name))
            && (of.tier.is_empty() || self.has_tier(&of.tier, id))
            && of.zone.as_ref().is_none_or(|zone| self.scene.zones_of(id).contains(zone))
            && is(&of.inside, &|frame| self.stands_in(id, frame))
            && is(&of.behind, &|balancer| self.stands_behind(id, balancer))
            && is(&of.member_of, &|group| self.is_member(id, node, group))
            && is(&of.follows, &|table| self.follows(id, table))
            && is(&of.uses, &|other| design.references(id).iter().any(|(_, to)| *to == other))
            && is(&of.used_by, &|other| design.references(other).iter().any(|(_, to)| *to == id))
            && of.public_address.is_none_or(|wanted| wanted == self.has_public_address(id))
            && of.fields.iter().all(|(field, wish)| {
                meant(design, id, field).is_some_and(|value| is_as_wished(&self.cast, wish, &value))
            })
            && (of.any.is_empty() || of.any.iter().any(|one| self.fits(one, id, node)))
            && !of.not.iter().any(|one| self.fits(one, id, node))
    }

    fn has_tier(&self, tiers: &[TierName], id: NodeId) -> bool {
        let subnets = self.scene.subnets_of(id);
        let fits =
            |subnet: &NodeId| self.scene.tier(*subnet).is_some_and(|found| tiers.contains(&TierName::from(found.tier)));
        !subnets.is_empty() && subnets.iter().all(fits)
    }

    fn stands_in(&self, id: NodeId, frame: NodeId) -> bool {
        let design = &self.scene.design;
        let within = |of: NodeId| of == frame || design.is_inside(of, frame);
        let subnets = self.scene.subnets_of(id);
        id != frame && (design.is_inside(id, frame) || (!subnets.is_empty() && subnets.into_iter().all(within)))
    }

    /// Whether a listener of the balancer, or a target group itself, sends requests to it.
    fn stands_behind(&self, id: NodeId, balancer: NodeId) -> bool {
        let design = &self.scene.design;
        let groups: Vec<NodeId> = match design.node(balancer).map(Node::kind) {
            Some(Kind::TargetGroup) => vec![balancer],
            Some(Kind::LoadBalancer) => {
                let sends = |group: &NodeId| self.context.balancers(*group).any(|(of, ..)| of == balancer);
                self.context.all::<TargetGroup>().map(|(group, ..)| group).filter(sends).collect()
            }
            _ => Vec::new(),
        };
        groups.into_iter().any(|group| {
            let targets = design.get::<TargetGroup>(group).map_or(&[][..], |of| &of.targets);
            let own = self.scene.net.interfaces_of(id).iter().filter_map(|ix| self.scene.net.interfaces.get(*ix));
            let addresses: Vec<String> = own.map(|interface| interface.private.to_string()).collect();
            id == group
                || targets.iter().any(|target| target.instance == Some(id) || addresses.contains(&target.address))
                || self.context.fleets(group).contains(&id)
                || self.context.services_of(group).contains(&id)
        })
    }

    fn is_member(&self, id: NodeId, node: &Node, group: NodeId) -> bool {
        let own = self.scene.net.interfaces_of(id).iter().filter_map(|ix| self.scene.net.interfaces.get(*ix));
        groups_of(node).contains(&group) || own.flat_map(|of| of.groups.iter().flatten()).any(|of| *of == group)
    }

    fn follows(&self, id: NodeId, table: NodeId) -> bool {
        let subnets = self.scene.subnets_of(id);
        let follows = |subnet: &NodeId| self.context.route_table_of(*subnet).is_some_and(|(own, _)| own == table);
        !subnets.is_empty() && subnets.iter().all(follows)
    }

    fn has_public_address(&self, id: NodeId) -> bool {
        let own = self.scene.net.interfaces_of(id).iter().filter_map(|ix| self.scene.net.interfaces.get(*ix));
        let facing = self.scene.design.get::<LoadBalancer>(id).is_some_and(LoadBalancer::is_internet_facing);
        facing || own.into_iter().any(|interface| interface.public.is_some())
    }
}

fn is_of_kind(of: &Selector, node: &Node) -> bool {
    let spec = node.kind().spec();
    (of.kind.is_empty() || of.kind.iter().any(|kind| kind == spec.id))
        && of.category.as_ref().is_none_or(|category| category == spec.category.id())
}
