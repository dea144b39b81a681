//! Checks about what stands in a design, not about what passes through it.

use super::{Decider, Decision, State};
use crate::catalog::Value;
use crate::catalog::data::limits;
use crate::catalog::kinds::{Subnet, Vpc};
use crate::id::NodeId;
use crate::labs::cast::{matches, nearest};
use crate::labs::check::{
    Addresses, Cost, Exists, Names, NoFindings, Property, SeverityName, Teardown, Template, TierCheck,
};
use crate::labs::said::{selected, shown, tier, wanted};
use crate::labs::scene::Scene;
use crate::labs::select::{TierName, fits};
use crate::labs::wish::{is_as_wished, meant};
use crate::message;
use crate::net::{Cidr, next_free, overlaps_among};
use crate::text::Message;

impl Decider<'_> {
    pub(super) fn exists(&self, scene: &Scene, of: &Exists) -> Decision {
        let found = matches(self.lab, scene, self.cast, &of.what);
        let have = found.len();
        let min = of.min.unwrap_or(usize::from(of.max.is_none()));
        let name = of.name.clone().unwrap_or_else(|| selected(self.lab, &of.what));
        let (ko, en) = (name.ko, name.en);
        if have < min {
            let near = nearest(self.lab, scene, self.cast, &of.what);
            let state = if have == 0 && near.is_none() { State::NotYet } else { State::Fails };
            let count = message!(
                "{ko}이(가) {min}개 있어야 하는데 {have}개예요.",
                "There should be {min} and there are {have} of: {en}."
            );
            let Some((id, lacking)) = near else { return Decision::at(state, count, found) };
            // What somebody made comes nearest to what is wanted, and by what it does not.
            let node = scene.design.node(id).map_or("", |node| node.name.as_str());
            let lacking = selected(self.lab, &lacking);
            let (lacking_ko, lacking_en) = (lacking.ko, lacking.en);
            let (count_ko, count_en) = (count.ko, count.en);
            let why = message!(
                "{count_ko} {node}은(는) '{lacking_ko}'이(가) 아니에요.",
                "{count_en} {node} is not this: {lacking_en}."
            );
            return Decision::at(state, why, vec![id]);
        }
        if let Some(max) = of.max
            && have > max
        {
            let why = match max {
                0 => message!(
                    "없어야 하는데 {have}개 있어요: {ko}",
                    "There should be none, and there are {have} of: {en}"
                ),
                _ => message!(
                    "{ko}이(가) {max}개까지인데 {have}개예요.",
                    "There should be at most {max} and there are {have} of: {en}."
                ),
            };
            return Decision::at(State::Fails, why, found);
        }
        if let Some(zones) = of.zones {
            return self.in_zones(scene, found, zones);
        }
        Decision::at(State::Holds, message!("{ko}: {have}개", "{en}: {have}"), found)
    }

    fn in_zones(&self, scene: &Scene, nodes: Vec<NodeId>, wanted: usize) -> Decision {
        let mut zones: Vec<String> = nodes.iter().flat_map(|id| scene.zones_of(*id)).collect();
        zones.sort_unstable();
        zones.dedup();
        let (have, list) = (zones.len(), zones.join(", "));
        if have == 0 {
            let why = message!("아직 어느 가용 영역에도 있지 않아요.", "They lie in no availability zone yet.");
            return Decision::at(State::Fails, why, nodes);
        }
        if have < wanted {
            let why = message!(
                "가용 영역 {wanted}개에 걸쳐야 하는데 {have}개예요({list}).",
                "They should lie in {wanted} availability zones, and lie in {have} ({list})."
            );
            return Decision::at(State::Fails, why, nodes);
        }
        Decision::at(
            State::Holds,
            message!("가용 영역 {list}에 있어요.", "They lie in availability zones {list}."),
            nodes,
        )
    }

    /// The blocks of a role's subnets and VPCs.
    fn blocks(&self, scene: &Scene, role: &str) -> Vec<(NodeId, Cidr)> {
        let of = |id: NodeId| -> Vec<(NodeId, Cidr)> {
            let subnet = scene.design.get::<Subnet>(id).map(|subnet| subnet.cidr);
            let vpc = scene.design.get::<Vpc>(id).into_iter().flat_map(Vpc::cidrs);
            subnet.into_iter().chain(vpc).map(|block| (id, block)).collect()
        };
        self.nodes(scene, role).into_iter().flat_map(of).collect()
    }

    pub(super) fn addresses(&self, scene: &Scene, of: &Addresses) -> Decision {
        let blocks = self.blocks(scene, &of.of);
        if blocks.is_empty() {
            return self.nobody(scene, &of.of);
        }
        let name = |id: NodeId| scene.design.node(id).map_or("", |node| node.name.as_str());
        let fails = |id: NodeId, why: Message| Decision::at(State::Fails, why, vec![id]);
        for (id, block) in &blocks {
            let (name, usable) = (name(*id), block.usable());
            if let Some(within) = of.inside.filter(|within| !within.contains(block)) {
                return fails(
                    *id,
                    message!(
                        "{name}의 {block}이(가) {within} 안에 있지 않아요.",
                        "{block} of {name} does not lie in {within}."
                    ),
                );
            }
            if let Some(other) = of.apart_from.iter().find(|other| other.overlaps(block)) {
                return fails(
                    *id,
                    message!("{name}의 {block}이(가) {other}과(와) 겹쳐요.", "{block} of {name} overlaps {other}."),
                );
            }
            if let Some(min) = of.usable_min.filter(|min| usable < *min) {
                return fails(
                    *id,
                    message!(
                        "{name}에서 쓸 수 있는 주소는 {usable}개예요. {min}개가 필요해요.",
                        "{name} has {usable} usable addresses and should have {min}."
                    ),
                );
            }
            if let Some(max) = of.usable_max.filter(|max| usable > *max) {
                return fails(
                    *id,
                    message!(
                        "{name}에서 쓸 수 있는 주소가 {usable}개나 돼요. {max}개까지예요.",
                        "{name} has {usable} usable addresses and should have at most {max}."
                    ),
                );
            }
        }
        let plain: Vec<Cidr> = blocks.iter().map(|(_, block)| *block).collect();
        if of.disjoint
            && let Some((a, b)) = overlaps_among(&plain).first()
            && let (Some((one, block)), Some((two, other))) = (blocks.get(*a), blocks.get(*b))
        {
            let (first, second) = (name(*one), name(*two));
            let why = message!(
                "{first}의 {block}이(가) {second}의 {other}과(와) 겹쳐요.",
                "{block} of {first} overlaps {other} of {second}."
            );
            return Decision::at(State::Fails, why, vec![*one, *two]);
        }
        let nodes: Vec<NodeId> = blocks.iter().map(|(id, _)| *id).collect();
        if let Some(prefix) = of.room_for
            && let Some(decision) = self.room(scene, &nodes, prefix)
        {
            return decision;
        }
        match of.zones {
            Some(zones) => self.in_zones(scene, nodes, zones),
            None => Decision::at(State::Holds, message!("주소 계획이 맞아요.", "The addresses are planned so."), nodes),
        }
    }

    /// That a VPC has no room for another block.
    fn room(&self, scene: &Scene, nodes: &[NodeId], prefix: u8) -> Option<Decision> {
        use crate::catalog::Kind;
        let vpc_of = |id: &NodeId| {
            let own = scene.design.get::<Vpc>(*id).map(|_| *id);
            own.or_else(|| scene.design.ancestor(*id, Kind::Vpc))
        };
        let mut vpcs: Vec<NodeId> = nodes.iter().filter_map(vpc_of).collect();
        vpcs.dedup();
        vpcs.into_iter().find_map(|id| {
            let within: Vec<Cidr> = scene.design.get::<Vpc>(id)?.cidrs().collect();
            let subnets = scene.design.all::<Subnet>().filter(|(subnet, ..)| scene.design.is_inside(*subnet, id));
            let taken: Vec<Cidr> = subnets.map(|(_, _, subnet)| subnet.cidr).collect();
            if next_free(&within, &taken, prefix).is_some() {
                return None;
            }
            let name = scene.design.node(id).map_or("", |node| node.name.as_str());
            let why =
                message!("{name}에 /{prefix} 블록을 넣을 자리가 없어요.", "{name} has no room for another /{prefix}.");
            Some(Decision::at(State::Fails, why, vec![id]))
        })
    }

    pub(super) fn property(&self, scene: &Scene, of: &Property) -> Decision {
        let nodes = self.nodes(scene, &of.of);
        if nodes.is_empty() {
            return self.nobody(scene, &of.of);
        }
        let wrong = |id: NodeId| -> Option<Message> {
            let node = scene.design.node(id)?;
            let name = &node.name;
            of.fields.iter().find_map(|(field, wish)| {
                let value = meant(&scene.design, id, field).unwrap_or(Value::None);
                if is_as_wished(self.cast, wish, &value) {
                    return None;
                }
                let meta = node.kind().fields().into_iter().find(|meta| meta.id == field);
                let (ko, en) = meta.map_or((field.as_str(), field.as_str()), |meta| (meta.label.ko, meta.label.en));
                let (wanted, is) = (wanted(self.lab, meta, wish), shown(&scene.design, meta, &value));
                let (wanted_ko, wanted_en) = (wanted.ko, wanted.en);
                Some(match is {
                    Some(Message { ko: is_ko, en: is_en }) => message!(
                        "{name}의 '{ko}' 설정이 맞지 않아요(필요: {wanted_ko}, 지금: {is_ko}).",
                        "\"{en}\" of {name} is not as it should be (wanted: {wanted_en}; now: {is_en})."
                    ),
                    None => message!(
                        "{name}의 '{ko}' 설정이 맞지 않아요(필요: {wanted_ko}).",
                        "\"{en}\" of {name} is not as it should be (wanted: {wanted_en})."
                    ),
                })
            })
        };
        let wrongs: Vec<(NodeId, Message)> = nodes.iter().filter_map(|id| Some((*id, wrong(*id)?))).collect();
        match wrongs.into_iter().next() {
            Some((id, why)) if !of.any || nodes.iter().all(|id| wrong(*id).is_some()) => {
                Decision::at(State::Fails, why, vec![id])
            }
            _ => Decision::at(State::Holds, message!("설정이 맞아요.", "It is set so."), nodes),
        }
    }

    pub(super) fn names(&self, scene: &Scene, of: &Names) -> Decision {
        let nodes = self.nodes(scene, &of.of);
        if nodes.is_empty() {
            return self.nobody(scene, &of.of);
        }
        let like = &of.like;
        let odd = nodes
            .iter()
            .find_map(|id| scene.design.node(*id).filter(|node| !fits(like, &node.name)).map(|node| (*id, node)));
        match odd {
            Some((id, node)) => {
                let name = &node.name;
                Decision::at(
                    State::Fails,
                    message!("'{name}'은(는) '{like}' 꼴이 아니에요.", "\"{name}\" is not of the form \"{like}\"."),
                    vec![id],
                )
            }
            None => Decision::at(State::Holds, message!("이름이 모두 맞아요.", "All names fit."), nodes),
        }
    }

    pub(super) fn tier(&self, scene: &Scene, of: &TierCheck) -> Decision {
        let nodes = self.nodes(scene, &of.of);
        if nodes.is_empty() {
            return self.nobody(scene, &of.of);
        }
        let mut shown = None;
        for id in &nodes {
            for subnet in scene.subnets_of(*id) {
                let Some(found) = scene.tier(subnet) else { continue };
                let is = TierName::from(found.tier);
                if is != of.is {
                    let name = scene.design.node(subnet).map_or("", |node| node.name.as_str());
                    let (Message { ko, en }, reason) = (tier(is), &found.reason);
                    let (reason_ko, reason_en) = (&reason.ko, &reason.en);
                    let why = message!("{name}은(는) {ko}이에요(예요). {reason_ko}", "{name} is {en}. {reason_en}");
                    return Decision::at(State::Fails, why, vec![*id]);
                }
                shown = Some(found.reason.clone());
            }
        }
        match shown {
            Some(why) => Decision::at(State::Holds, why, nodes),
            None => Decision::new(State::NotYet, message!("서브넷에 있지 않아요.", "They do not stand in a subnet.")),
        }
    }

    pub(super) fn no_findings(&self, scene: &Scene, of: &NoFindings) -> Decision {
        let least = of.severity.unwrap_or(if of.rules.is_empty() { SeverityName::Error } else { SeverityName::Info });
        let counts = |rule: &str| of.rules.is_empty() || of.rules.iter().any(|one| one == rule);
        let excepted = |rule: &str| of.except.iter().any(|one| one == rule);
        let found = scene
            .findings()
            .iter()
            .find(|finding| finding.severity <= least.into() && counts(finding.rule) && !excepted(finding.rule));
        match found {
            Some(finding) => Decision::at(State::Fails, finding.message.clone(), vec![finding.node]),
            None => Decision::new(State::Holds, message!("문제가 없어요.", "There is no problem.")),
        }
    }

    pub(super) fn cost(&self, scene: &Scene, of: Cost) -> Decision {
        let cost = crate::cost::cost(&scene.design);
        let (total, most) = (cost.total(), of.under);
        if total > most {
            let why = message!("한 달에 {total:.2}달러예요.", "It costs {total:.2} US dollars a month.");
            return Decision::new(State::Fails, why);
        }
        Decision::new(State::Holds, message!("한 달에 {total:.2}달러예요.", "It costs {total:.2} US dollars a month."))
    }

    pub(super) fn teardown(&self, scene: &Scene, of: &Teardown) -> Decision {
        let (first, then) = (self.nodes(scene, &of.first), self.nodes(scene, &of.then));
        if first.is_empty() {
            return self.nobody(scene, &of.first);
        }
        if then.is_empty() {
            return self.nobody(scene, &of.then);
        }
        let order: Vec<NodeId> = crate::teardown::teardown(&scene.design).into_iter().map(|step| step.node).collect();
        let place = |id: &NodeId| order.iter().position(|one| one == id);
        let name = |id: NodeId| scene.design.node(id).map_or("", |node| node.name.as_str());
        let wrong = first.iter().flat_map(|a| then.iter().map(move |b| (*a, *b))).find(|(a, b)| place(a) >= place(b));
        match wrong {
            Some((a, b)) => {
                let (a_name, b_name) = (name(a), name(b));
                let why = message!(
                    "{b_name}을(를) {a_name}보다 먼저 지울 수 있어요.",
                    "{b_name} can be deleted before {a_name}."
                );
                Decision::at(State::Fails, why, vec![a, b])
            }
            None => {
                Decision::at(State::Holds, message!("그 순서로만 지울 수 있어요.", "They go in this order."), first)
            }
        }
    }

    pub(super) fn template(&self, scene: &Scene, of: Template) -> Decision {
        let export = crate::cloudformation::export(&scene.design);
        let deploy = crate::cloudformation::deploy(&scene.design, &export, "template.json", export.text());
        // A template that is too long for the command line goes by S3.
        let over = deploy.limits.iter().find(|limit| limit.is_over() && limit.most != limits::TEMPLATE_BYTES_INLINE);
        if let Some(limit) = over {
            let (ko, en, used, most) = (limit.what.ko, limit.what.en, limit.used, limit.most);
            return Decision::new(
                State::Fails,
                message!("{ko}: {used}개로 한도 {most}개를 넘어요.", "{en}: {used}, and the limit is {most}."),
            );
        }
        let used =
            export.template.get("Resources").and_then(crate::template::Json::as_object).map_or(0, |all| all.len());
        match of.resources_max {
            Some(most) if used > most => Decision::new(
                State::Fails,
                message!(
                    "리소스가 {used}개예요. {most}개까지예요.",
                    "There are {used} resources, and should be at most {most}."
                ),
            ),
            _ => Decision::new(State::Holds, message!("리소스가 {used}개예요.", "There are {used} resources.")),
        }
    }
}
