//! In which frame everything stands, by what it refers to.

use std::collections::{BTreeMap, BTreeSet};

use super::super::metadata::Entry;
use super::Import;
use super::outside::name_of;
use crate::catalog::data::regions;
use crate::catalog::kinds::{HostedZone, Region, Route, RouteTable, Subnet, Vpc, Zone};
use crate::catalog::{Body, Kind, may_hold};
use crate::cloudformation::scope::{region, zone_parts};
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::net::{Cidr, DomainName, next_free};
use crate::template::{Json, path};

/// What is decided on the way.
struct Places {
    region: NodeId,
    /// Whose frame is being looked for, so that a circle ends.
    open: BTreeSet<NodeId>,
    /// Lanes of zones by VPC and letter.
    lanes: BTreeMap<(NodeId, String), NodeId>,
    /// Letters of zones that are not known, by their expression.
    letters: BTreeMap<String, String>,
    /// Frames that AWS chooses where a template names none.
    defaults: BTreeMap<Kind, NodeId>,
    users: BTreeMap<NodeId, BTreeSet<NodeId>>,
}

impl Import<'_> {
    /// Finds the frame of every node, and draws the frames that no resource stands for.
    pub(super) fn settle(&mut self) {
        self.logical = self.names.nodes.iter().map(|(name, id)| (*id, name.clone())).collect();
        let drawn: Vec<NodeId> = self.kinds.keys().copied().collect();
        let known = drawn.iter().find(|id| self.kinds.get(*id) == Some(&Kind::Region)).copied();
        for (id, entry) in &self.ours.entries {
            self.bodies.entry(*id).or_insert_with(|| entry.kind.new_body());
        }
        if drawn.is_empty() {
            return;
        }
        let region = known.unwrap_or_else(|| {
            let code = self.scope.parameter("AWS::Region").and_then(super::super::evaluate::Eval::text);
            let code = code.unwrap_or_else(|| region(&self.source.template).to_owned());
            self.frame(Kind::Region, code.clone(), Region { code }.into(), None)
        });
        let mut places = Places {
            region,
            open: BTreeSet::new(),
            lanes: BTreeMap::new(),
            letters: BTreeMap::new(),
            defaults: BTreeMap::new(),
            users: BTreeMap::new(),
        };
        for (id, mentioned) in &self.mentioned {
            for to in mentioned {
                places.users.entry(*to).or_default().insert(*id);
            }
        }
        for id in drawn {
            self.place(id, &mut places);
        }
        if self.parents.values().all(|parent| *parent != Some(region)) && known.is_none() {
            self.kinds.remove(&region);
        }
        let defaults: BTreeSet<NodeId> = places.defaults.into_values().collect();
        self.give_addresses(&defaults);
        self.name_outside_zones();
    }

    /// A frame that no resource stands for.
    fn frame(&mut self, kind: Kind, title: String, body: Body, parent: Option<NodeId>) -> NodeId {
        let id = self.fresh();
        self.kinds.insert(id, kind);
        self.bodies.insert(id, body);
        self.titles.insert(id, title);
        self.parents.insert(id, parent);
        id
    }

    fn kind(&self, id: NodeId) -> Option<Kind> {
        self.kinds.get(&id).copied()
    }

    fn place(&mut self, id: NodeId, places: &mut Places) -> Option<NodeId> {
        if let Some(parent) = self.parents.get(&id) {
            return *parent;
        }
        let kind = self.kind(id)?;
        if !places.open.insert(id) {
            return None;
        }
        if let Some(parent) = self.attachment(id, kind, places) {
            places.open.remove(&id);
            self.parents.insert(id, Some(parent));
            return Some(parent);
        }
        let parent = match self.ours.entries.get(&id) {
            Some(Entry { parent: None, .. }) if self.moved(id).is_none() => None,
            Some(entry) => match self.moved(id).or(entry.parent).filter(|up| self.kinds.contains_key(up)) {
                Some(up) => Some(up),
                None => self.choose(id, kind, places),
            },
            None => self.choose(id, kind, places),
        };
        places.open.remove(&id);
        self.parents.insert(id, parent);
        parent
    }

    /// Where an internet gateway or a virtual private gateway of the template stands: in the VPC that it is attached to, else, whatever routes name it,
    /// outside of every one. Nothing for what is outside the template, or attached to a VPC that is not known.
    fn attachment(&mut self, id: NodeId, kind: Kind, places: &mut Places) -> Option<NodeId> {
        let own = self.resources.get(self.logical.get(&id)?)?;
        let property = match kind {
            Kind::InternetGateway => "InternetGatewayId",
            Kind::VpnGateway => "VpnGatewayId",
            _ => return None,
        };
        if own.get("Type")?.as_str() != Some(kind.spec().cloudformation_type) {
            return None;
        }
        let attachments = self
            .resources
            .values()
            .filter(|resource| resource.get("Type").and_then(Json::as_str) == Some("AWS::EC2::VPCGatewayAttachment"));
        let ends = attachments.filter_map(|resource| resource.get("Properties"));
        let mut vpcs = ends
            .filter(|ends| ends.get(property).is_some_and(|gateway| self.is(gateway, id)))
            .map(|ends| ends.get("VpcId"));
        match vpcs.next() {
            // Where it stands outside of every VPC, what we wrote ourselves knows best.
            None => {
                let is_vpc = |up: NodeId| self.kinds.get(&up) == Some(&Kind::Vpc);
                let ours = self.ours.entries.get(&id);
                let outside = ours.is_some_and(|entry| !entry.parent.is_some_and(is_vpc));
                (!outside).then_some(places.region)
            }
            Some(named) => {
                let of =
                    |json: &Json| self.kinds.iter().find(|(vpc, kind)| **kind == Kind::Vpc && self.is(json, **vpc));
                let vpc = named.and_then(of).map(|(vpc, _)| *vpc)?;
                self.place(vpc, places);
                Some(vpc)
            }
        }
    }

    /// The frame that a property names, of a node of ours whose metadata says another.
    fn moved(&self, id: NodeId) -> Option<NodeId> {
        let entry = self.ours.entries.get(&id)?;
        let parent = |id: &NodeId| self.ours.entries.get(id).and_then(|entry| entry.parent);
        entry.kind.spec().ancestors.iter().find_map(|(kind, property)| {
            let to = self.named(id, property)?;
            // As many steps as there are nodes, for metadata that goes round in a circle.
            let above = std::iter::successors(parent(&id), parent).take(self.ours.entries.len());
            let mut own = above.filter(|up| self.kind(*up) == Some(*kind));
            (own.next() != Some(to) && may_hold(self.kind(to), entry.kind).is_ok()).then_some(to)
        })
    }

    /// The property of a node's resource, evaluated.
    fn property(&self, id: NodeId, property: &str) -> Option<&Json> {
        path::get(self.resources.get(self.logical.get(&id)?)?.get("Properties")?.as_object()?, property)
    }

    fn named(&self, id: NodeId, property: &str) -> Option<NodeId> {
        let json = self.property(id, property)?;
        self.mentioned.get(&id)?.iter().copied().find(|to| self.is(json, *to))
    }

    /// Whether an expression means a node.
    fn is(&self, json: &Json, id: NodeId) -> bool {
        if self.names.outside.get(&json.to_string()) == Some(&id) {
            return true;
        }
        let attribute = || match json.get("Fn::GetAtt")? {
            Json::String(both) => both.split('.').next(),
            list => list.get(0)?.as_str(),
        };
        let name = json.get("Ref").and_then(Json::as_str).or_else(attribute);
        name.and_then(|name| self.names.nodes.get(name)) == Some(&id)
    }

    fn choose(&mut self, id: NodeId, kind: Kind, places: &mut Places) -> Option<NodeId> {
        let spec = kind.spec();
        for (frame, property) in spec.ancestors {
            let Some(to) = self.named(id, property) else { continue };
            if self.kind(to) == Some(*frame) && may_hold(Some(*frame), kind).is_ok() {
                self.place(to, places);
                return Some(if kind == Kind::Subnet { self.lane(id, to, places).unwrap_or(to) } else { to });
            }
        }
        if kind == Kind::RecordSet
            && let Some(zone) = self.zone_by_name(id, places)
        {
            return Some(zone);
        }
        let inner = |kind: &&Kind| !matches!(kind, Kind::Region | Kind::Zone);
        let allowed: Vec<Kind> = spec.placement.parents.iter().filter(inner).copied().collect();
        let mentioned: Vec<NodeId> = self.mentioned.get(&id).into_iter().flatten().copied().collect();
        let around = self.common(kind, &allowed, &mentioned, places);
        // What nobody places stands with its only user: an Elastic IP with its gateway.
        let users = || -> Vec<NodeId> { places.users.get(&id).into_iter().flatten().copied().collect() };
        let is_free = spec.ancestors.is_empty() && kind != Kind::CloudformationResource && !allowed.contains(&kind);
        let users = if around.is_none() && is_free { users() } else { Vec::new() };
        let around =
            around.or_else(|| if users.len() == 1 { self.common(kind, &allowed, &users, places) } else { None });
        if around.is_some() {
            return around;
        }
        if spec.placement.parents.contains(&Kind::Region) {
            return Some(places.region);
        }
        if spec.placement.root {
            return None;
        }
        let ancestor = spec.ancestors.first().map(|(kind, _)| *kind).filter(|kind| allowed.contains(kind));
        let needed = ancestor.or_else(|| allowed.last().copied())?;
        self.default_frame(id, kind, needed, places)
    }

    /// The innermost frame around all those that stand in any.
    fn common(&mut self, kind: Kind, allowed: &[Kind], of: &[NodeId], places: &mut Places) -> Option<NodeId> {
        let mut common: Option<Vec<NodeId>> = None;
        for to in of {
            let near = self.kind(*to).is_some_and(|kind| kind.spec().shape.is_frame());
            let mut chain = vec![*to];
            let mut at = self.place(*to, places);
            let within = at.and_then(|up| self.kind(up));
            // A generic resource stands where it names a network; what it merely reads from does not move it.
            if kind == Kind::CloudformationResource && !near && within != Some(Kind::Vpc) {
                continue;
            }
            while let Some(up) = at.filter(|up| !chain.contains(up)) {
                chain.push(up);
                at = self.parents.get(&up).copied().flatten();
            }
            chain.retain(|up| self.kind(*up).is_some_and(|kind| allowed.contains(&kind)));
            if !chain.is_empty() {
                common = Some(match common {
                    None => chain,
                    Some(before) => before.into_iter().filter(|up| chain.contains(up)).collect(),
                });
            }
        }
        common?.first().copied()
    }

    /// A frame for what must stand in one and names none: the only one there is, else the one that AWS would choose.
    fn default_frame(&mut self, id: NodeId, kind: Kind, needed: Kind, places: &mut Places) -> Option<NodeId> {
        let there: Vec<NodeId> = self.kinds.iter().filter(|(_, kind)| **kind == needed).map(|(id, _)| *id).collect();
        let is_asked =
            kind.spec().ancestors.iter().any(|(frame, _)| *frame == needed) && !self.outside.contains_key(&id);
        if let ([one], false) = (there.as_slice(), is_asked) {
            self.place(*one, places);
            return Some(*one);
        }
        if let Some(known) = places.defaults.get(&needed) {
            return Some(*known);
        }
        let frame = if is_asked && matches!(needed, Kind::Vpc | Kind::Subnet) {
            self.add_default_network(places);
            *places.defaults.get(&needed)?
        } else {
            let title = format!("default-{}", needed.spec().id.replace('_', "-"));
            let frame = self.add_outside(needed, title, None);
            places.defaults.insert(needed, frame);
            self.place(frame, places);
            frame
        };
        if let Some(logical) = self.logical.get(&id).cloned() {
            let label = needed.spec().label;
            let why = crate::text::Message::new(
                &format!("{}을(를) 적지 않아서 AWS의 기본값을 대신 그렸어요.", label.ko),
                format!("It names no {}; the default one of the account is drawn in its place.", label.en),
            );
            self.note(&logical, "", &why);
        }
        Some(frame)
    }

    /// The VPC that AWS makes in every region: 172.31.0.0/16 with an internet gateway to which its main route table leads, and subnets of /20 that
    /// give public addresses (<https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html>).
    fn add_default_network(&mut self, places: &mut Places) {
        let mut add = |kind: Kind, name: &str, body: Body, parent: NodeId| {
            let id = self.add_outside(kind, format!("default-{name}"), None);
            self.bodies.insert(id, body);
            self.parents.insert(id, Some(parent));
            id
        };
        let block = |address: [u8; 4], prefix| Cidr::new(address.into(), prefix).unwrap_or(Cidr::ANY);
        let vpc = Vpc { cidr: block([172, 31, 0, 0], 16), dns_support: true, dns_hostnames: true, ..Vpc::default() };
        let vpc = add(Kind::Vpc, "vpc", vpc.into(), places.region);
        let gateway = add(Kind::InternetGateway, "igw", Kind::InternetGateway.new_body(), vpc);
        let routes = vec![Route { target: Some(gateway), ..Route::default() }];
        add(Kind::RouteTable, "rt", RouteTable { main: true, routes, ..RouteTable::default() }.into(), vpc);
        let subnet = Subnet { cidr: block([172, 31, 0, 0], 20), auto_assign_public_ip: true, ..Subnet::default() };
        let subnet = add(Kind::Subnet, "subnet", subnet.into(), vpc);
        places.defaults.extend([(Kind::Vpc, vpc), (Kind::Subnet, subnet)]);
    }

    /// The zone that a record names by its domain, in place of its id.
    fn zone_by_name(&mut self, record: NodeId, places: &mut Places) -> Option<NodeId> {
        let name = self.property(record, "HostedZoneName")?.clone();
        let zone = match name.as_str() {
            Some(name) => {
                let domain: DomainName = name.trim_end_matches('.').parse().ok()?;
                let is_it = |body: &Body| matches!(body, Body::HostedZone(zone) if zone.domain == domain);
                let known = self.bodies.iter().find(|(_, body)| is_it(body)).map(|(id, _)| *id);
                known.unwrap_or_else(|| {
                    let zone = self.add_outside(Kind::HostedZone, domain.to_string(), None);
                    self.bodies.insert(zone, HostedZone { domain, ..HostedZone::default() }.into());
                    zone
                })
            }
            // Which one it is a deployment decides; the same expression means the same.
            None => match self.names.outside.get(&name.to_string()) {
                Some(zone) => *zone,
                None => self.add_named(Kind::HostedZone, name_of(&name)?, &name),
            },
        };
        self.place(zone, places);
        Some(zone)
    }

    /// The lane of a subnet's zone in its VPC; nothing where AWS chooses the zone.
    fn lane(&mut self, subnet: NodeId, vpc: NodeId, places: &mut Places) -> Option<NodeId> {
        let zone = self.property(subnet, "AvailabilityZone")?.clone();
        let letter = self.letter(subnet, &zone, places)?;
        if let Some(lane) = places.lanes.get(&(vpc, letter.clone())) {
            return Some(*lane);
        }
        let is_lane = |id: &NodeId| {
            let entry = self.ours.entries.get(id);
            let body = self.bodies.get(id).and_then(|body| body.value("letter"));
            entry.is_some_and(|entry| entry.kind == Kind::Zone && entry.parent == Some(vpc))
                && body.as_ref().and_then(|letter| letter.as_text()) == Some(letter.as_str())
        };
        let known = self.ours.entries.keys().find(|id| is_lane(id)).copied();
        let is_open = places.letters.values().any(|invented| *invented == letter);
        let lane = known.unwrap_or_else(|| {
            let title = format!("zone-{letter}");
            self.frame(Kind::Zone, title, Zone { letter: letter.clone() }.into(), Some(vpc))
        });
        if is_open {
            self.unknown.insert((lane, id_of!(Zone.letter).to_owned()));
        }
        places.lanes.insert((vpc, letter), lane);
        Some(lane)
    }

    /// The letters of the zones that the template names: literally, or by their number among those of the region.
    fn named_letters(&self, letters: &str) -> BTreeSet<String> {
        let zones = self.resources.values().filter_map(|one| one.get("Properties")?.get("AvailabilityZone"));
        let named = |zone: &Json| match zone.as_str() {
            Some(zone) => zone_parts(zone).map(|(_, letter)| letter.to_owned()),
            None => {
                let index = zone.get("Fn::Select").and_then(|select| select.get(0)?.as_u64())?;
                letters.chars().nth(usize::try_from(index).ok()?).map(String::from)
            }
        };
        zones.filter_map(named).collect()
    }

    fn letter(&mut self, subnet: NodeId, zone: &Json, places: &mut Places) -> Option<String> {
        if let Some((_, letter)) = zone.as_str().and_then(zone_parts) {
            return Some(letter.to_owned());
        }
        let code = self.bodies.get(&places.region).and_then(|body| body.value("code"));
        let region = code.as_ref().and_then(|code| code.as_text()).and_then(regions::region);
        let letters = region.map_or("abcdef", |region| region.zone_letters);
        if let Some(index) = zone.get("Fn::Select").and_then(|select| select.get(0)?.as_u64()) {
            let at = usize::try_from(index).ok()?;
            return letters.chars().nth(at).map(String::from);
        }
        let key = zone.to_string();
        let letter = match places.letters.get(&key) {
            Some(letter) => letter.clone(),
            None => {
                // None that the template names, so that what may be one zone is not drawn as one.
                let named = self.named_letters(letters);
                let taken = |letter: &char| {
                    let letter = letter.to_string();
                    named.contains(&letter) || places.letters.values().any(|other| *other == letter)
                };
                let next = letters.chars().chain('a'..='z').find(|letter| !taken(letter))?.to_string();
                places.letters.insert(key, next.clone());
                next
            }
        };
        if let Some(logical) = self.logical.get(&subnet).cloned() {
            let why = message!(
                "가용 영역은 배포할 때 정해져요. 영역 {letter}에 있는 것으로 그렸어요.",
                "Its zone is chosen at deployment; it is drawn in zone {letter}."
            );
            self.note(&logical, "AvailabilityZone", &why);
        }
        Some(letter)
    }

    /// Blocks for the VPCs and subnets that stand for others: a VPC holds what is drawn in it, a subnet overlaps no other.
    fn give_addresses(&mut self, defaults: &BTreeSet<NodeId>) {
        let vpcs: Vec<NodeId> = self.outside.keys().copied().filter(|id| self.kind(*id) == Some(Kind::Vpc)).collect();
        for vpc in vpcs.into_iter().filter(|vpc| !defaults.contains(vpc)) {
            let inside: Vec<NodeId> = self.kinds.keys().copied().filter(|id| self.is_within(*id, vpc)).collect();
            let cidr = |id: &NodeId| match self.bodies.get(id) {
                Some(Body::Subnet(subnet)) if !self.outside.contains_key(id) => Some(subnet.cidr),
                _ => None,
            };
            let blocks: Vec<Cidr> = inside.iter().filter_map(cidr).collect();
            let block = (8..=16).rev().filter_map(|prefix| Cidr::new(blocks.first()?.first(), prefix));
            let holds = |block: &Cidr| blocks.iter().all(|inner| block.contains(inner));
            if let Some(cidr) = { block }.find(holds) {
                self.bodies.insert(vpc, Vpc { cidr, ..Vpc::default() }.into());
            }
        }
        let subnets: Vec<NodeId> =
            self.outside.keys().copied().filter(|id| self.kind(*id) == Some(Kind::Subnet)).collect();
        for subnet in subnets.into_iter().filter(|subnet| !defaults.contains(subnet)) {
            let vpc = self.vpc_of(subnet);
            let Some(Body::Vpc(around)) = vpc.and_then(|vpc| self.bodies.get(&vpc)) else { continue };
            let mut taken = Vec::new();
            for (id, body) in &self.bodies {
                let counts = !self.outside.contains_key(id) || *id < subnet;
                if let (Body::Subnet(other), true) = (body, counts && self.vpc_of(*id) == vpc) {
                    taken.push(other.cidr);
                }
            }
            if let Some(cidr) = next_free(&[around.cidr], &taken, 24) {
                self.bodies.insert(subnet, Subnet { cidr, ..Subnet::default() }.into());
            }
        }
    }

    fn vpc_of(&self, id: NodeId) -> Option<NodeId> {
        let parent = |id: &NodeId| self.parents.get(id).copied().flatten();
        std::iter::successors(parent(&id), parent).take(8).find(|up| self.kind(*up) == Some(Kind::Vpc))
    }

    fn is_within(&self, id: NodeId, vpc: NodeId) -> bool {
        self.vpc_of(id) == Some(vpc)
    }
}
