//! Whether a check holds in a design, with what decided it. Who reaches whom is asked of the engine that traces.

mod builds;
mod closed;
mod misfit;
mod plain;
mod redirect;
mod stranger;
mod ways;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::check::{Check, Lost, Survives, Traffic, Who};
use super::lab::Lab;
use super::ready::Cast;
use super::said::role_name;
use super::scene::Scene;
use crate::design::Loss;
use crate::id::NodeId;
use crate::message;
use crate::reach::{Evidence, Standing, losses};
use crate::text::{Message, Text, t};

/// Whether a check holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// What it is about is not there yet.
    NotYet,
    /// It does not.
    Fails,
    /// Only a deployment knows, or somebody beyond what is drawn.
    Unknown,
    /// For some of those whom connections meet.
    Partly,
    /// It does.
    Holds,
}

impl State {
    /// Stable name for programs.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NotYet => "not-yet",
            Self::Fails => "fails",
            Self::Unknown => "unknown",
            Self::Partly => "partly",
            Self::Holds => "holds",
        }
    }

    /// As people read it.
    pub const fn label(self) -> Text {
        match self {
            Self::NotYet => t("아직", "Not yet"),
            Self::Fails => t("아니에요", "No"),
            Self::Unknown => t("알 수 없음", "Not known"),
            Self::Partly => t("일부만", "In part"),
            Self::Holds => t("맞아요", "Yes"),
        }
    }

    pub(super) const fn of(standing: Standing) -> Self {
        match standing {
            Standing::Fails => Self::Fails,
            Standing::Unknown => Self::Unknown,
            Standing::Partly => Self::Partly,
            Standing::Holds => Self::Holds,
        }
    }
}

/// What decided a check.
#[derive(Clone, Debug, PartialEq)]
pub enum Proof {
    /// A packet or a request.
    Way(Box<Evidence>),
    /// Resources of the design.
    Nodes(Vec<NodeId>),
}

/// What became of a check.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Whether it holds.
    pub state: State,
    /// Why.
    pub why: Message,
    /// What decided it.
    pub proof: Option<Proof>,
}

impl Decision {
    pub(super) const fn new(state: State, why: Message) -> Self {
        Self { state, why, proof: None }
    }

    fn at(state: State, why: Message, nodes: Vec<NodeId>) -> Self {
        Self { state, why, proof: (!nodes.is_empty()).then_some(Proof::Nodes(nodes)) }
    }

    fn holds() -> Self {
        Self::new(State::Holds, message!("그래요.", "It is so."))
    }
}

/// What a check of the lab lets somebody do.
#[derive(Clone, Debug)]
struct Permit {
    who: Who,
    to: Vec<NodeId>,
    by: Traffic,
}

impl Permit {
    fn is_for(&self, to: NodeId, by: Traffic) -> bool {
        let wide = self.by.protocol == by.protocol && (self.by.port.is_none() || self.by.port == by.port);
        wide && self.to.contains(&to)
    }
}

/// Decides checks of one lab about one design.
pub(super) struct Decider<'a> {
    lab: &'a Lab,
    scene: &'a Scene,
    cast: &'a Cast,
    /// Whom the lab's checks let in where, found when first needed.
    permits: OnceCell<Vec<Permit>>,
    /// Designs after a loss, by what was lost.
    after: RefCell<BTreeMap<Vec<NodeId>, Rc<Scene>>>,
}

impl<'a> Decider<'a> {
    pub(super) fn new(lab: &'a Lab, scene: &'a Scene, cast: &'a Cast) -> Self {
        Self { lab, scene, cast, permits: OnceCell::new(), after: RefCell::default() }
    }

    /// What becomes of a check in the whole design.
    pub(super) fn decide(&self, check: &Check) -> Decision {
        self.of(self.scene, check)
    }

    fn of(&self, scene: &Scene, check: &Check) -> Decision {
        match check {
            Check::Reaches(of) => self.reaches(scene, of),
            Check::DoesNotReach(of) => self.blocked(scene, of),
            Check::OnlyFrom(of) => self.only(scene, of),
            Check::Url(of) => self.request(scene, of),
            Check::Survives(of) => self.survives(of),
            Check::Exists(of) => self.exists(scene, of),
            Check::Addresses(of) => self.addresses(scene, of),
            Check::Property(of) => self.property(scene, of),
            Check::Builds(of) => self.builds(scene, of),
            Check::Names(of) => self.names(scene, of),
            Check::Tier(of) => self.tier(scene, of),
            Check::NoFindings(of) => self.no_findings(scene, of),
            Check::Cost(of) => self.cost(scene, *of),
            Check::Teardown(of) => self.teardown(scene, of),
            Check::Template(of) => self.template(scene, *of),
            Check::All(all) => self.worst(all.iter().map(|one| self.of(scene, one))),
            Check::Any(all) => self.best(all.iter().map(|one| self.of(scene, one))),
            Check::Not(one) => {
                let Decision { state, why, proof } = self.of(scene, one);
                let state = match state {
                    State::Holds | State::Partly => State::Fails,
                    State::Fails => State::Holds,
                    same @ (State::NotYet | State::Unknown) => same,
                };
                Decision { state, why, proof }
            }
        }
    }

    /// Of checks that must all hold, the first of those that hold least.
    fn worst(&self, all: impl Iterator<Item = Decision>) -> Decision {
        let mut worst: Option<Decision> = None;
        for one in all {
            let decided = one.state == State::Fails;
            if worst.as_ref().is_none_or(|before| rank(one.state) < rank(before.state)) {
                worst = Some(one);
            }
            if decided {
                break;
            }
        }
        worst.unwrap_or_else(Decision::holds)
    }

    /// Of checks of which one must hold, the first of those that hold most.
    fn best(&self, all: impl Iterator<Item = Decision>) -> Decision {
        let mut best: Option<Decision> = None;
        for one in all {
            let decided = one.state == State::Holds;
            if best.as_ref().is_none_or(|before| one.state > before.state) {
                best = Some(one);
            }
            if decided {
                break;
            }
        }
        best.unwrap_or_else(Decision::holds)
    }

    /// Those who fill a role and are there.
    fn nodes(&self, scene: &Scene, role: &str) -> Vec<NodeId> {
        self.cast.of(role).iter().copied().filter(|id| scene.design.node(*id).is_some()).collect()
    }

    /// Those of a list that still have an interface after a loss: a balancer without a node left is still drawn, and gone all the same.
    fn left(&self, scene: &Scene, nodes: Vec<NodeId>) -> Vec<NodeId> {
        if scene.lost.is_none() {
            return nodes;
        }
        let had = |id: &NodeId| !self.scene.net.interfaces_of(*id).is_empty();
        let has = |id: &NodeId| !scene.net.interfaces_of(*id).is_empty();
        nodes.into_iter().filter(|id| has(id) || !had(id)).collect()
    }

    /// That nobody fills a role: not yet in a whole design, and gone after a loss.
    fn nobody(&self, scene: &Scene, role: &str) -> Decision {
        let Message { ko, en } = role_name(self.lab, role);
        match scene.lost {
            None => Decision::new(
                State::NotYet,
                message!("'{ko}'에 맞는 리소스가 아직 없어요.", "Nothing in the design is \"{en}\" yet."),
            ),
            Some(_) => Decision::new(
                State::Fails,
                message!("'{ko}'이(가) 하나도 남지 않아요.", "Nothing is left of \"{en}\"."),
            ),
        }
    }

    fn survives(&self, of: &Survives) -> Decision {
        let lost: Vec<Vec<NodeId>> = match &of.lost {
            // Every zone has a name, so nothing is refused.
            Lost::AnyZone => losses(&self.scene.design, Some(&Loss::AnyZone)).unwrap_or_default(),
            Lost::EachOf(role) => self.nodes(self.scene, role).into_iter().map(|id| vec![id]).collect(),
            Lost::AllOf(role) => Some(self.nodes(self.scene, role)).filter(|all| !all.is_empty()).into_iter().collect(),
        };
        if lost.is_empty() {
            return match &of.lost {
                Lost::AnyZone => Decision::new(
                    State::NotYet,
                    message!("가용 영역이 아직 없어요.", "There is no availability zone yet."),
                ),
                Lost::EachOf(role) | Lost::AllOf(role) => self.nobody(self.scene, role),
            };
        }
        // What does not hold while all is there is not worth losing anything for.
        let whole = self.of(self.scene, &of.check);
        if whole.state <= State::Fails {
            return whole;
        }
        self.worst(lost.into_iter().map(|lost| {
            let name = lost.first().and_then(|id| self.scene.design.node(*id)).map_or("", |node| node.name.as_str());
            let scene = self.after(&lost);
            let Decision { state, why, proof } = self.of(&scene, &of.check);
            let proof = proof.map(|proof| match proof {
                Proof::Way(evidence) => Proof::Way(Box::new(Evidence { lost: scene.lost, ..*evidence })),
                nodes @ Proof::Nodes(_) => nodes,
            });
            let why = match state {
                State::Holds => why,
                _ => {
                    let Message { ko, en } = why;
                    message!("{name}을(를) 잃으면: {ko}", "Without {name}: {en}")
                }
            };
            Decision { state, why, proof }
        }))
    }

    fn after(&self, lost: &[NodeId]) -> Rc<Scene> {
        if let Some(known) = self.after.borrow().get(lost) {
            return Rc::clone(known);
        }
        let scene = Rc::new(self.scene.without(lost));
        self.after.borrow_mut().insert(lost.to_vec(), Rc::clone(&scene));
        scene
    }
}

/// How little a part of a whole holds: what fails is told before what is not there yet.
const fn rank(state: State) -> u8 {
    match state {
        State::Fails => 0,
        State::NotYet => 1,
        State::Unknown => 2,
        State::Partly => 3,
        State::Holds => 4,
    }
}
