//! Which fixes may be offered: each is tried on a copy before anybody sees it.
//!
//! Rules and blockers propose; here one function decides for all of them. A fix that is offered mends what it is about, brings no other finding of
//! equal or higher weight, takes nothing away that has a use, makes no private subnet public, and lets nobody reach what was not asked about.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeSet;

use super::{Counts, Finding, Look, Severity, examine};
use crate::catalog::Kind;
use crate::catalog::kinds::{DbInstance, LoadBalancer, RouteTable, Subnet, VpcEndpoint};
use crate::design::{Design, Diff, Edit, Fix, Node};
use crate::facts::Context;
use crate::facts::routes::SOMEBODY;
use crate::id::NodeId;
use crate::net::{PortRange, Protocol, is_guarded};
use crate::reach::network::{Hop, Network, Owner};
use crate::reach::rows::Traffic;
use crate::reach::{Asked, Blocker, Changed, End, Endpoint, Reach, Remedy, StageKind, difference, trace_url};

/// Fixes that are tried for one design, by the resources and findings that there are to look at each time; the rest are not offered.
const WORK: usize = 200_000;
/// Fixes that are tried for however large a design.
const LEAST: usize = 12;

/// Decides for one design what may be offered. What several trials need is computed once, when the first asks.
pub struct Offers {
    design: Design,
    findings: OnceCell<Counts>,
    reach: OnceCell<Reach>,
    /// How many may still be tried, once somebody asked.
    left: Cell<Option<usize>>,
}

/// Why a proposal is not offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// The design does not take the edits, or they change nothing.
    Refused,
    /// What it is about is still there afterwards.
    MendsNothing,
    /// Something goes that has a use.
    Removes(NodeId),
    /// Another finding of this rule comes.
    Brings(&'static str),
    /// A subnet with private resources becomes public.
    Publishes(NodeId),
    /// Somebody reaches what was not asked about.
    Opens(End, End),
}

/// What a fix is for.
enum Aim<'a> {
    Finding(&'a Finding),
    Way(&'a Asked, &'a Blocker),
}

impl Offers {
    /// For a design; nothing is computed yet.
    pub fn new(design: &Design) -> Self {
        Self { design: design.clone(), findings: OnceCell::new(), reach: OnceCell::new(), left: Cell::new(None) }
    }

    /// The design.
    pub const fn design(&self) -> &Design {
        &self.design
    }

    /// The fix of a finding, if it may be offered.
    pub fn mending(&self, finding: &Finding) -> Option<Fix> {
        let fix = finding.fix.as_ref()?;
        self.may_try().then(|| self.try_edits(&fix.edits, &Aim::Finding(finding)).is_ok()).filter(|ok| *ok)?;
        Some(fix.clone())
    }

    /// The gentlest fix of something that blocks what was asked, if one may be offered.
    pub fn opening(&self, asked: &Asked, blocker: &Blocker) -> Option<Fix> {
        let proposals = blocker.fix.as_ref()?.proposals(&self.design, &self.reach().net, asked);
        let aim = Aim::Way(asked, blocker);
        proposals.into_iter().find(|fix| self.may_try() && self.try_edits(&fix.edits, &aim).is_ok())
    }

    /// Why the fix that a finding proposes is not offered.
    ///
    /// # Errors
    /// The objection.
    pub fn objection(&self, finding: &Finding, fix: &Fix) -> Result<(), Objection> {
        self.try_edits(&fix.edits, &Aim::Finding(finding))
    }

    /// Why what a blocker proposes is not offered.
    #[cfg(test)]
    pub fn objections(&self, asked: &Asked, blocker: &Blocker) -> Vec<(Fix, Result<(), Objection>)> {
        let proposals = blocker.fix.iter().flat_map(|fix| fix.proposals(&self.design, &self.reach().net, asked));
        proposals.map(|fix| (fix.clone(), self.try_edits(&fix.edits, &Aim::Way(asked, blocker)))).collect()
    }

    fn may_try(&self) -> bool {
        let left = self.left.get().unwrap_or_else(|| {
            let found: usize = self.counts().values().map(|(_, count)| count).sum();
            (WORK / self.design.len().max(found).max(1)).max(LEAST)
        });
        self.left.set(Some(left.saturating_sub(1)));
        left > 0
    }

    fn counts(&self) -> &Counts {
        self.findings.get_or_init(|| examine(&Context::new(&self.design), Look::Count).1)
    }

    fn reach(&self) -> &Reach {
        self.reach.get_or_init(|| Reach::new(&self.design))
    }

    fn try_edits(&self, edits: &[Edit], aim: &Aim<'_>) -> Result<(), Objection> {
        let mut mended = self.design.clone();
        let diff = mended.apply_all(edits).map_err(|_| Objection::Refused)?;
        if diff.is_empty() {
            return Err(Objection::Refused);
        }
        self.removes_nothing_in_use(edits, &diff, aim)?;
        // The cheapest first: what only looks at the network is asked before every rule.
        if let Aim::Way(asked, blocker) = aim {
            self.is_open(&mended, asked, blocker)?;
        }
        self.brings_nothing(&mended, aim)?;
        self.opens_nothing(&mended, &diff, aim)
    }

    /// Only what a finding says is of no use may go, and only while nothing names it.
    fn removes_nothing_in_use(&self, edits: &[Edit], diff: &Diff, aim: &Aim<'_>) -> Result<(), Objection> {
        let Some(first) = diff.removed.keys().next().copied() else { return Ok(()) };
        let Aim::Finding(finding) = aim else { return Err(Objection::Removes(first)) };
        if diff.removed.keys().any(|id| *id != finding.node) || super::mention::mentioned(&self.design).contains(&first)
        {
            return Err(Objection::Removes(first));
        }
        // What went must not have been named by anything that the fix itself left alone.
        let mut kept = self.design.clone();
        let others: Vec<Edit> = edits.iter().filter(|edit| **edit != Edit::Remove(first)).cloned().collect();
        kept.apply_all(&others).map_err(|_| Objection::Refused)?;
        let gone = kept.apply(&Edit::Remove(first)).map_err(|_| Objection::Refused)?;
        if gone.updated.is_empty() { Ok(()) } else { Err(Objection::Removes(first)) }
    }

    fn is_open(&self, mended: &Design, asked: &Asked, blocker: &Blocker) -> Result<(), Objection> {
        let same = |other: &&Blocker| (other.code, other.component) == (blocker.code, blocker.component);
        let before = asked.blockers(&self.design, &self.reach().net);
        let after = asked.blockers(mended, &Network::lower(mended));
        if after.iter().filter(same).count() < before.iter().filter(same).count() {
            return Ok(());
        }
        Err(Objection::MendsNothing)
    }

    fn brings_nothing(&self, mended: &Design, aim: &Aim<'_>) -> Result<(), Objection> {
        let before = self.counts();
        let look = if let Aim::Finding(finding) = aim { Look::Again(finding.node) } else { Look::Count };
        let (found, after) = examine(&Context::new(mended), look);
        // A note says what is worth knowing; what opens a way may bring one, never a warning.
        let worst = match aim {
            Aim::Finding(finding) => {
                let at = (finding.rule, finding.node);
                let still =
                    found.iter().any(|one| (one.rule, one.node, &one.message) == (at.0, at.1, &finding.message));
                let many = |counts: &Counts| counts.get(&at).map_or(0, |(_, count)| *count);
                // Of two rows alike one goes, and what is said of the other is the same.
                if still && many(&after) >= many(before) {
                    return Err(Objection::MendsNothing);
                }
                finding.severity
            }
            Aim::Way(..) => Severity::Warning,
        };
        let comes = |((rule, node), (severity, count)): (&(&'static str, NodeId), &(Severity, usize))| {
            let more = *severity <= worst && before.get(&(*rule, *node)).is_none_or(|(_, before)| before < count);
            more.then_some(*rule)
        };
        after.iter().find_map(comes).map_or(Ok(()), |rule| Err(Objection::Brings(rule)))
    }

    fn opens_nothing(&self, mended: &Design, diff: &Diff, aim: &Aim<'_>) -> Result<(), Objection> {
        let before = self.reach();
        let mut after = before.clone();
        let changed = after.follow(mended, diff);
        if changed == Changed::Nothing {
            return Ok(());
        }
        let question = Question { design: &self.design, mended, before, after: &after, diff, aim };
        if let Some(subnet) = question.published() {
            return Err(Objection::Publishes(subnet));
        }
        let by = match changed {
            Changed::Filters { .. } if !question.is_midway() => By::Filter,
            _ if leads_elsewhere(diff) => By::Route,
            _ => By::Way,
        };
        for change in difference(before.side(&self.design), after.side(mended)) {
            if !change.opened.is_empty() && !question.is_about(change.from, change.to, &change.opened, by) {
                return Err(Objection::Opens(change.from, change.to));
            }
        }
        Ok(())
    }
}

/// What a fix edits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// Rules of groups and ACLs, which may open just what is asked.
    Filter,
    /// Routes, which carry whatever the filters admit.
    Route,
    /// Something that people drew and that carries nothing yet: a connection to accept, a gateway to attach, a balancer across zones.
    Way,
}

/// Whether routes lead elsewhere than before.
fn leads_elsewhere(diff: &Diff) -> bool {
    let routes = |node: &Node| {
        let subnet = node.get::<Subnet>().map(|subnet| subnet.route_table);
        let endpoint = node.get::<VpcEndpoint>().map(|endpoint| endpoint.route_tables.clone());
        (node.get::<RouteTable>().cloned(), subnet, endpoint)
    };
    diff.updated.values().any(|(old, new)| routes(old) != routes(new))
        || diff.added.values().any(|node| node.get::<RouteTable>().is_some())
}

/// What may open.
struct Question<'a> {
    design: &'a Design,
    mended: &'a Design,
    before: &'a Reach,
    after: &'a Reach,
    diff: &'a Diff,
    aim: &'a Aim<'a>,
}

impl Question<'_> {
    /// A subnet that becomes public around something that has no public address.
    fn published(&self) -> Option<NodeId> {
        let public = |net: &Network| -> BTreeSet<NodeId> {
            let leads =
                |subnet| matches!(net.route(subnet, SOMEBODY).map(|route| route.hop), Some(Hop::InternetGateway(_)));
            net.subnets.iter().filter(|subnet| leads(subnet)).map(|subnet| subnet.node).collect()
        };
        let (before, net) = (public(&self.before.net), &self.after.net);
        let hidden = |subnet: NodeId| {
            net.interfaces.iter().any(|interface| {
                let private = interface.public.is_none()
                    && matches!(
                        interface.owner,
                        Owner::Instance | Owner::Managed | Owner::Function | Owner::NetworkInterface
                    );
                private && net.subnets.get(interface.subnet).is_some_and(|of| of.node == subnet)
            })
        };
        public(net).into_iter().find(|subnet| !before.contains(subnet) && hidden(*subnet))
    }

    /// Whether what blocks stands between the ends that were asked about: a gateway balancer and its appliance, on which other ways hang too.
    fn is_midway(&self) -> bool {
        let Aim::Way(_, blocker) = self.aim else { return false };
        let is_gateway = |end| {
            self.held(end).and_then(|node| self.design.get::<LoadBalancer>(node)).is_some_and(LoadBalancer::is_gateway)
        };
        pair_of(blocker).is_some_and(|(from, to, _)| is_gateway(from) || is_gateway(to))
    }

    /// The resource at an end.
    fn held(&self, end: Endpoint) -> Option<NodeId> {
        let net = &self.before.net;
        match end {
            Endpoint::Internet => None,
            Endpoint::Node(node) => Some(node),
            Endpoint::Address(address) => {
                let inside = || net.vpcs.keys().find_map(|vpc| net.by_private(*vpc, address));
                let ix = net.by_public(address).or_else(inside)?;
                net.interfaces.get(ix).map(|interface| interface.node)
            }
        }
    }

    /// Whether a pair that opens is what was asked about.
    fn is_about(&self, from: End, to: End, opened: &[Traffic], by: By) -> bool {
        if from == End::Internet && self.is_guarded(to, opened) {
            return false;
        }
        // What gets out at all is for the groups to say, and a connection within is not one from outside.
        let leaves = matches!(to, End::Internet | End::Service { .. });
        if (by != By::Filter && leaves) || (by == By::Way && from != End::Internet) {
            return true;
        }
        match self.aim {
            Aim::Finding(finding) => {
                let concerned = self.concerned(finding.node);
                let concerns = |end| self.node(end).is_some_and(|node| self.is_one_of(node, &concerned, by));
                concerns(to) || (concerns(from) && from != End::Internet)
            }
            Aim::Way(asked, blocker) => {
                self.pairs(asked).iter().chain(&pair_of(blocker)).any(|(source, target, traffic)| {
                    let fits = traffic.is_none_or(|(protocol, port)| within(opened, protocol, port));
                    let pair = |a, b| self.is_like(from, a, by) && self.is_like(to, b, by);
                    match by {
                        By::Filter => fits && pair(*source, *target),
                        By::Route | By::Way => pair(*source, *target) || pair(*target, *source),
                    }
                })
            }
        }
    }

    /// Whether a connection from the internet would reach a database, or a port that is never for everybody.
    fn is_guarded(&self, to: End, opened: &[Traffic]) -> bool {
        let database = self.node(to).is_some_and(|id| self.mended.get::<DbInstance>(id).is_some());
        let tcp = |traffic: &&Traffic| traffic.protocol == "tcp" || traffic.protocol == "all";
        let ports = opened.iter().filter(tcp).flat_map(|traffic| &traffic.ports);
        database || ports.filter_map(|ports| ports.parse::<PortRange>().ok()).any(|ports| is_guarded(&ports))
    }

    const fn node(&self, end: End) -> Option<NodeId> {
        match end {
            End::Internet => None,
            End::Service { new, .. } | End::Resource { new, .. } => new,
        }
    }

    /// Everything with interfaces that a finding at a node is about: what stands inside it, what follows it, what it names and what names it.
    fn concerned(&self, node: NodeId) -> BTreeSet<NodeId> {
        let net = &self.after.net;
        let design = if self.mended.node(node).is_some() { self.mended } else { self.design };
        let mut around: BTreeSet<NodeId> = design.subtree(node).into_iter().collect();
        around.extend(design.references(node).into_iter().map(|(_, to)| to));
        let names = |id: NodeId| design.references(id).iter().any(|(_, to)| *to == node);
        around.extend(design.nodes().map(|(id, _)| id).filter(|id| names(*id)));
        // A target group stands for what forwards to it and what joins it, a listener for its balancer.
        let groups: BTreeSet<NodeId> = around
            .iter()
            .copied()
            .filter(|id| design.node(*id).is_some_and(|of| of.kind() == Kind::TargetGroup))
            .collect();
        let joins = |id: NodeId| design.references(id).iter().any(|(_, to)| groups.contains(to));
        around.extend(design.nodes().map(|(id, _)| id).filter(|id| !groups.is_empty() && joins(*id)));
        around.extend(groups.iter().flat_map(|group| design.references(*group)).map(|(_, target)| target));
        let parents = around.iter().filter(|id| design.node(**id).is_some_and(|of| of.kind() == Kind::Listener));
        let balancers: Vec<NodeId> = parents.filter_map(|id| design.node(*id)?.parent).collect();
        around.extend(balancers);
        let mut concerned: BTreeSet<NodeId> = around.iter().copied().chain(self.diff.added.keys().copied()).collect();
        // Where the gateway of a VPC is concerned, everything in the VPC is.
        let gateway = |id: &&NodeId| design.node(**id).is_some_and(|of| of.kind() == Kind::InternetGateway);
        let vpcs: BTreeSet<NodeId> =
            around.iter().filter(gateway).filter_map(|id| design.ancestor(*id, Kind::Vpc)).collect();
        let is_place = |id: NodeId| design.node(id).is_some_and(|of| of.kind().is_place());
        for interface in &net.interfaces {
            let Some(subnet) = net.subnets.get(interface.subnet) else { continue };
            let hops = || {
                let leads = subnet.table.and_then(|table| design.get::<RouteTable>(table));
                leads.is_some_and(|table| table.routes.iter().any(|route| route.target == Some(node)))
            };
            let follows = [Some(subnet.node), subnet.table, subnet.acl]
                .into_iter()
                .flatten()
                .any(|at| at == node || (is_place(node) && around.contains(&at)));
            let grouped = interface.groups.as_ref().is_some_and(|groups| groups.contains(&node));
            if follows || grouped || hops() || vpcs.contains(&subnet.vpc) {
                concerned.insert(interface.node);
            }
        }
        concerned
    }

    /// The pairs that a question is about, with the protocol and the port if it names them.
    fn pairs(&self, asked: &Asked) -> Vec<Pair> {
        match asked {
            Asked::Packet(question) => vec![(question.from, question.to, Some((question.protocol, question.port)))]
                .into_iter()
                .chain(self.behind(question.to))
                .collect(),
            Asked::Url(from, url) => {
                let Ok(trace) = trace_url(self.design, &self.before.net, *from, url) else { return Vec::new() };
                let mut pairs = Vec::new();
                for stage in trace.stages.iter().filter(|stage| stage.kind == StageKind::Network) {
                    let Some(node) = stage.node else { continue };
                    pairs.push((*from, Endpoint::Node(node), Some((Protocol::Tcp, Some(url.port)))));
                    pairs.extend(self.behind(Endpoint::Node(node)));
                }
                pairs
            }
        }
    }

    /// A balancer that is asked for asks its targets, by whatever port they serve and are looked after.
    fn behind(&self, to: Endpoint) -> Vec<Pair> {
        let Endpoint::Node(balancer) = to else { return Vec::new() };
        if self.design.get::<LoadBalancer>(balancer).is_none() {
            return Vec::new();
        }
        let listeners = self.design.children(Some(balancer));
        let groups: BTreeSet<NodeId> =
            listeners.flat_map(|id| self.design.references(id)).map(|(_, group)| group).collect();
        let registered = groups.iter().flat_map(|group| self.design.references(*group)).map(|(_, target)| target);
        let names = |id: &NodeId| self.design.references(*id).iter().any(|(_, group)| groups.contains(group));
        let joining = self.design.nodes().map(|(id, _)| id).filter(names);
        registered.chain(joining).map(|target| (to, Endpoint::Node(target), None)).collect()
    }

    /// Whether an end is one that was asked about, or is meant alike. Who may be anybody may also be somebody inside.
    fn is_like(&self, end: End, asked: Endpoint, by: By) -> bool {
        let is_internet = |node| self.design.node(node).is_some_and(|of| of.kind() == Kind::Internet);
        match (end, asked) {
            (_, Endpoint::Internet) => return true,
            (_, Endpoint::Node(node)) if is_internet(node) => return true,
            _ => {}
        }
        let (Some(asked), Some(end)) = (self.held(asked), self.node(end)) else { return false };
        self.is_one_of(end, &BTreeSet::from([asked]), by)
    }

    /// Whether a resource is one of these or meant alike: it has the same security groups or, where routes are concerned, stands in the same subnet.
    fn is_one_of(&self, end: NodeId, these: &BTreeSet<NodeId>, by: By) -> bool {
        let net = &self.after.net;
        let own = |id: NodeId| net.interfaces_of(id).iter().filter_map(|ix| net.interfaces.get(*ix));
        let groups = |id: NodeId| -> BTreeSet<NodeId> {
            own(id).filter_map(|interface| interface.groups.as_deref()).flatten().copied().collect()
        };
        let subnets = |id: NodeId| -> BTreeSet<usize> { own(id).map(|interface| interface.subnet).collect() };
        let (its_groups, its_subnets) = (groups(end), subnets(end));
        these.contains(&end)
            || these.iter().any(|other| {
                let alike = !its_groups.is_empty() && groups(*other) == its_groups;
                alike || (by != By::Filter && !subnets(*other).is_disjoint(&its_subnets))
            })
    }
}

/// The two ends of the very packet that is blocked, which may be a balancer and its target, or an appliance.
fn pair_of(blocker: &Blocker) -> Option<Pair> {
    let (Some(Remedy::Group { packet, .. }) | Some(Remedy::Acl { packet, .. })) = &blocker.fix else { return None };
    if [packet.source, packet.destination].contains(&SOMEBODY) {
        return None;
    }
    let (from, to) = (Endpoint::Address(packet.source), Endpoint::Address(packet.destination));
    Some((from, to, Some((packet.protocol, packet.ports.only_port()))))
}

/// Two ends and, where it is known, the protocol and the port.
type Pair = (Endpoint, Endpoint, Option<(Protocol, Option<u16>)>);

/// Whether all that opens is one protocol and, where it is asked for, one port.
fn within(opened: &[Traffic], protocol: Protocol, port: Option<u16>) -> bool {
    let one = |ports: &String, port| ports.parse::<PortRange>().is_ok_and(|ports| ports == PortRange::single(port));
    let fits = |ports: &String| port.is_none_or(|port| !protocol.has_ports() || one(ports, port));
    opened.iter().all(|traffic| traffic.protocol == protocol.to_string() && traffic.ports.iter().all(fits))
}
