//! What could be asked of a design: who is in it by what they are, and what holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::kinds::Subnet;
use crate::catalog::{Category, Kind};
use crate::design::{Assertion, Design, Expect, Subject, Wanted};
use crate::id::NodeId;
use crate::labs::check::{
    Addresses, Blocked, Check, Exists, HowMany, Lost, NoFindings, Only, Others, Reaches, Request, Survives, Traffic,
    Who,
};
use crate::labs::decide::{Decider, State};
use crate::labs::faults::derived;
use crate::labs::lab::{Drawing, Item, Lab, Mode, Role};
use crate::labs::ready::{Cast, Ready};
use crate::labs::scene::Scene;
use crate::labs::select::{Selector, TierName};
use crate::labs::{Choices, VERSION};
use crate::net::Protocol;
use crate::text::Message;

/// Checks that are proposed at most: nobody reads more.
const MOST: usize = 30;

/// Roles and checks to choose from. Every check holds in the design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposal {
    /// Whom checks speak of.
    pub roles: Vec<Role>,
    /// What holds.
    pub checks: Vec<Item>,
}

/// Proposes what could be asked of a design.
pub fn propose(design: &Design) -> Proposal {
    let scene = Scene::new(design.clone());
    let roles = roles(&scene);
    let of: BTreeMap<NodeId, &str> =
        roles.iter().flat_map(|(role, nodes)| nodes.iter().map(|id| (*id, role.id.as_str()))).collect();
    let mut candidates = connections(design, &of);
    candidates.extend(standing(design, &roles));
    let roles: Vec<Role> = roles.into_iter().map(|(role, _)| role).collect();
    let ready =
        Ready { lab: lab(roles.clone()), start: Design::new(), solution: design.clone(), cast: Cast::default() };
    let cast = crate::labs::cast::cast(&ready, &scene, &Choices::new());
    let mut checks: Vec<Item> = Vec::new();
    for check in candidates {
        // The negative side of a check follows from all that are asked, so it is proposed only where it holds by itself.
        let holds = |check: &Check| {
            let lab =
                Lab { checks: checks.iter().cloned().chain([item(0, check.clone())]).collect(), ..ready.lab.clone() };
            Decider::new(&lab, &scene, &cast).decide(check).state == State::Holds
        };
        let chosen = [Some(check.clone()), opened(&check)].into_iter().flatten().find(|check| holds(check));
        if let Some(check) = chosen.filter(|check| checks.iter().all(|known| known.check != *check)) {
            checks.push(item(checks.len() + 1, check));
        }
        if checks.len() >= MOST {
            break;
        }
    }
    Proposal { roles, checks }
}

/// The same check where neighbours may connect too.
fn opened(check: &Check) -> Option<Check> {
    match check {
        Check::Reaches(of) => Some(Check::Reaches(Reaches { others: Others::Anybody, ..of.clone() })),
        Check::Url(of) => Some(Check::Url(Request { others: Others::Anybody, ..of.clone() })),
        _ => None,
    }
}

fn item(number: usize, check: Check) -> Item {
    Item {
        id: format!("{}-{number}", word(&check)),
        points: 1,
        check,
        says: None,
        needs: Vec::new(),
        feedback: None,
        hidden: false,
        hints: Vec::new(),
        cards: Vec::new(),
    }
}

/// What ids of such checks begin with.
const fn word(check: &Check) -> &'static str {
    match check {
        Check::Reaches(_) => "reaches",
        Check::DoesNotReach(_) => "blocked",
        Check::OnlyFrom(_) => "only",
        Check::Url(_) => "page",
        Check::Survives(_) => "loss",
        Check::Exists(_) => "there",
        Check::Addresses(_) => "plan",
        _ => "rule",
    }
}

/// A lab of roles alone.
pub(super) fn lab(roles: Vec<Role>) -> Lab {
    Lab {
        form: VERSION,
        id: "draft".to_owned(),
        version: 1,
        title: Message::default(),
        story: Message::default(),
        minutes: 1,
        requires: Vec::new(),
        modes: vec![Mode::Goal],
        start: Drawing::Empty,
        solution: Drawing::Empty,
        locked: Vec::new(),
        palette: None,
        roles,
        steps: Vec::new(),
        checks: Vec::new(),
        quiz: Vec::new(),
        faults: Vec::new(),
        cards: Vec::new(),
    }
}

/// Whether resources of a kind are somebody that a lab speaks of.
fn is_somebody(kind: Kind) -> bool {
    let spec = kind.spec();
    let beside = matches!(kind, Kind::Internet | Kind::Region | Kind::Zone | Kind::Vpc | Kind::SecurityGroup);
    !beside
        && (spec.shape.is_frame()
            || matches!(spec.category, Category::Compute | Category::Containers | Category::Database))
        || matches!(kind, Kind::LoadBalancer | Kind::Laptop | Kind::NatGateway | Kind::Vpc)
}

/// Roles, each with those who fill it: resources of a kind that get out in the same way, whatever they are called.
fn roles(scene: &Scene) -> Vec<(Role, Vec<NodeId>)> {
    let mut groups: BTreeMap<(Kind, Option<TierName>), Vec<NodeId>> = BTreeMap::new();
    for (id, node) in scene.design.nodes().filter(|(_, node)| is_somebody(node.kind())) {
        let kind = node.kind();
        let subnets = scene.subnets_of(id);
        let tiers: BTreeSet<TierName> =
            subnets.iter().filter_map(|subnet| Some(TierName::from(scene.tier(*subnet)?.tier))).collect();
        // A balancer that stands in subnets of several ways out is known by its kind alone.
        let tier = if tiers.len() == 1 && kind != Kind::LoadBalancer { tiers.into_iter().next() } else { None };
        groups.entry((kind, tier)).or_default().push(id);
    }
    let alone = |kind: Kind| groups.keys().filter(|(other, _)| *other == kind).count() == 1;
    let role = |((kind, tier), nodes): (&(Kind, Option<TierName>), &Vec<NodeId>)| {
        let spec = kind.spec();
        let tier = tier.filter(|_| !alone(*kind));
        let id = spec.id.replace('_', "-");
        let (id, ko, en) = match tier {
            None => (id, spec.label.ko.to_owned(), spec.label.en.to_owned()),
            Some(tier) => {
                let (word, ko, en) = match tier {
                    TierName::Public => ("public", "퍼블릭", "public"),
                    TierName::Private => ("private", "프라이빗", "private"),
                    TierName::Isolated => ("isolated", "격리된", "isolated"),
                };
                (format!("{word}-{id}"), format!("{ko} {}", spec.label.ko), format!("{en} {}", spec.label.en))
            }
        };
        let many = nodes.len() > 1;
        let en = if many { format!("every {en}") } else { format!("the {en}") };
        let find = Selector { kind: vec![spec.id.to_owned()], tier: tier.into_iter().collect(), ..Selector::default() };
        (Role { id, name: Message { ko, en }, one: false, find }, nodes.clone())
    };
    groups.iter().map(role).collect()
}

/// Who reaches whom, who does not, which pages open, and what of it outlives a zone.
fn connections(design: &Design, of: &BTreeMap<NodeId, &str>) -> Vec<Check> {
    let who = |subject: &Subject| match subject {
        Subject::Internet => Some(Who::Internet),
        Subject::Address(address) => Some(Who::Address(*address)),
        Subject::Node(id) => of.get(id).map(|role| Who::Role((*role).to_owned())),
        _ => None,
    };
    let claims = derived(design);
    let mut found: Vec<Check> = Vec::new();
    let mut only: BTreeMap<(String, Option<u16>), BTreeSet<Who>> = BTreeMap::new();
    for Assertion { expect, from, wanted, lost } in &claims {
        let Some(from) = who(from) else { continue };
        let check = match wanted {
            Wanted::Page(url) => Check::Url(Request {
                from,
                url: url.clone(),
                by: None,
                status: None,
                redirect: None,
                others: Others::default(),
            }),
            Wanted::Traffic { to, protocol, port } => {
                let Some(to) = who(to).filter(|to| *to != from) else { continue };
                let by = Traffic { protocol: *protocol, port: *port };
                match expect {
                    Expect::Reaches => {
                        if let (Who::Role(role), Protocol::Tcp, true) = (&to, *protocol, lost.is_none()) {
                            only.entry((role.clone(), *port)).or_default().insert(from.clone());
                        }
                        Check::Reaches(Reaches { from, to, by, how: HowMany::Each, others: Others::default() })
                    }
                    _ => Check::DoesNotReach(Blocked { from, to, by, except: Vec::new() }),
                }
            }
        };
        let check = match lost {
            Some(_) => Check::Survives(Survives { lost: Lost::AnyZone, check: Box::new(check) }),
            None => check,
        };
        if !found.contains(&check) {
            found.push(check);
        }
    }
    let only = only.into_iter().filter(|(_, from)| !from.contains(&Who::Internet)).map(|((role, port), from)| {
        let by = Traffic { protocol: Protocol::Tcp, port };
        Check::OnlyFrom(Only { from: from.into_iter().collect(), to: Who::Role(role), by: Some(by) })
    });
    found.extend(only);
    found
}

/// How many of each there are and how their addresses are planned.
fn standing(design: &Design, roles: &[(Role, Vec<NodeId>)]) -> Vec<Check> {
    let mut found = Vec::new();
    for (role, nodes) in roles {
        let exists = Exists { what: role.find.clone(), name: None, min: Some(nodes.len()), max: None, zones: None };
        found.push(Check::Exists(Box::new(exists)));
        if nodes.len() > 1 && nodes.iter().all(|id| design.get::<Subnet>(*id).is_some()) {
            found.push(Check::Addresses(Addresses {
                of: role.id.clone(),
                inside: None,
                disjoint: true,
                apart_from: Vec::new(),
                usable_min: None,
                usable_max: None,
                zones: None,
                room_for: None,
            }));
        }
    }
    found.push(Check::NoFindings(NoFindings::default()));
    found
}
