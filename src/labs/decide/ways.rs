//! Checks about connections and requests.

use std::collections::BTreeMap;

use super::closed::open_beside;
use super::redirect::leads;
use super::{Decider, Decision, Proof, State};
use crate::catalog::kinds::DbInstance;
use crate::design::{Assertion, Expect, Subject, Wanted};
use crate::id::NodeId;
use crate::labs::check::{Blocked, HowMany, Others, Reaches, Request, Traffic, Who};
use crate::labs::ready::Cast;
use crate::labs::said::{role_name, traffic, who};
use crate::labs::scene::Scene;
use crate::message;
use crate::net::Protocol;
use crate::reach::balancer::TargetReach;
use crate::reach::{
    Endpoint, Evidence, Outcome, Reply, Stage, StageKind, Url, UrlTrace, Verdict, Way, judge, trace_url,
};
use crate::text::Message;

impl Decider<'_> {
    /// The ends that a word stands for; nothing where nobody fills the role.
    pub(super) fn ends(&self, scene: &Scene, who: &Who) -> Result<Vec<Subject>, Decision> {
        match who {
            Who::Internet => Ok(vec![Subject::Internet]),
            Who::Address(address) => Ok(vec![Subject::Address(*address)]),
            Who::Block(block) => Ok(scene.parts_of(*block).into_iter().map(Subject::Address).collect()),
            Who::Role(role) => {
                let nodes = self.left(scene, self.nodes(scene, role));
                if nodes.is_empty() {
                    Err(self.nobody(scene, role))
                } else {
                    Ok(nodes.into_iter().flat_map(|id| standing_for(scene, id)).collect())
                }
            }
        }
    }

    pub(super) fn reaches(&self, scene: &Scene, of: &Reaches) -> Decision {
        let (froms, tos) = match (self.ends(scene, &of.from), self.ends(scene, &of.to)) {
            (Ok(froms), Ok(tos)) => (froms, tos),
            (Err(nobody), _) | (_, Err(nobody)) => return nobody,
        };
        let pairs = pairs(&froms, &tos);
        if pairs.is_empty() {
            let name = who(self.lab, &of.to);
            let (ko, en) = (name.ko, name.en);
            return Decision::new(State::NotYet, message!("{ko}이(가) 하나뿐이에요.", "There is only one of: {en}."));
        }
        let decisions = pairs.iter().map(|(from, to)| connects(scene, from, to, of.by));
        let decision = match of.how {
            HowMany::Each => self.worst(decisions),
            HowMany::Any => self.best(decisions),
            HowMany::AtLeast(n) => {
                // By those who begin, or by those who answer where only one begins.
                let mut groups: BTreeMap<usize, Decision> = BTreeMap::new();
                for ((from, to), one) in pairs.iter().zip(decisions) {
                    let of =
                        |all: &[Subject], one: &Subject| all.iter().position(|other| other == one).unwrap_or_default();
                    let group = if froms.len() > 1 { of(&froms, from) } else { of(&tos, to) };
                    let better = groups.get(&group).is_none_or(|before| before.state < one.state);
                    if better {
                        groups.insert(group, one);
                    }
                }
                // Of the n best the worst tells how it stands.
                let mut all: Vec<Decision> = groups.into_values().collect();
                all.sort_by_key(|one| std::cmp::Reverse(one.state));
                let have = all.len();
                match n.checked_sub(1).and_then(|last| all.into_iter().nth(last)) {
                    Some(decision) => decision,
                    None => Decision::new(
                        State::Fails,
                        message!(
                            "{n}개가 있어야 하는데 {have}개뿐이에요.",
                            "There should be {n}, and there are {have}."
                        ),
                    ),
                }
            }
        };
        if decision.state <= State::Fails || scene.lost.is_some() {
            return decision;
        }
        // Whoever goes out is only not to be come at from outside, as the sentence says.
        let outside = tos.iter().all(|to| !matches!(to, Subject::Node(_)));
        let others = if outside && of.others == Others::Nobody { Others::Inside } else { of.others };
        let looked_at = if outside { nodes_of(&froms) } else { nodes_of(&tos) };
        self.uninvited(scene, others, &looked_at, of.by).unwrap_or(decision)
    }

    pub(super) fn blocked(&self, scene: &Scene, of: &Blocked) -> Decision {
        let (froms, tos) = match (self.ends(scene, &of.from), self.ends(scene, &of.to)) {
            (Ok(froms), Ok(tos)) => (froms, tos),
            // After a loss nobody reaches whoever is gone.
            (Err(_), _) | (_, Err(_)) if scene.lost.is_some() => return Decision::holds(),
            (Err(nobody), _) | (_, Err(nobody)) => return nobody,
        };
        let (froms, tos) = (parted(scene, froms), parted(scene, tos));
        let pairs = pairs(&froms, &tos);
        if !of.except.is_empty() {
            let open = pairs.into_iter().find_map(|(from, to)| open_beside(scene, from, to, &of.except));
            return open.unwrap_or_else(Decision::holds);
        }
        self.worst(ask(scene, Expect::Unreached, &pairs, of.by).into_iter().map(decided))
    }

    pub(super) fn request(&self, scene: &Scene, of: &Request) -> Decision {
        let url: Url = match of.url.parse() {
            Ok(url) => url,
            Err(why) => return Decision::new(State::Fails, why),
        };
        let froms = match self.ends(scene, &of.from) {
            Ok(froms) => froms,
            Err(nobody) => return nobody,
        };
        let by = of.by.as_ref().map(|role| (role, self.nodes(scene, role)));
        if let Some((role, nodes)) = &by
            && nodes.is_empty()
        {
            return self.nobody(scene, role);
        }
        let url = match self.at_role(scene, url) {
            Ok(url) => url,
            Err(nobody) => return nobody,
        };
        let mut answering: Vec<NodeId> = Vec::new();
        let by = by.as_ref().map(|(role, nodes)| (role.as_str(), nodes.as_slice()));
        let mut page = |from: Endpoint| -> Decision {
            let page = match trace_url(&scene.design, &scene.net, from, &url) {
                Ok(page) => page,
                Err(why) => return Decision::new(State::Fails, why),
            };
            answering.extend(answers(scene, &page));
            let (state, why) = self.answered(of, &url, &page, by, scene);
            let way = Way::Page(from, url.clone(), page);
            Decision { state, why, proof: Some(Proof::Way(Box::new(Evidence { lost: scene.lost, way }))) }
        };
        let mut decisions = Vec::new();
        for from in &froms {
            let Some(end) = endpoint(from) else { continue };
            let first = page(end);
            decisions.push(if *from == Subject::Internet {
                let others = scene.internet().iter().skip(1);
                spread(first, others.map(|address| page(Endpoint::Address(*address))))
            } else {
                first
            });
        }
        let decision = self.worst(decisions.into_iter());
        if decision.state <= State::Fails || scene.lost.is_some() {
            return decision;
        }
        answering.sort_unstable();
        answering.dedup();
        // The internet gets to whoever answers by the ways of the lab only, whatever port that is.
        let any = Traffic { protocol: url_protocol(), port: None };
        let others = if of.others == Others::Nobody { Others::Inside } else { of.others };
        self.uninvited(scene, others, &answering, any).unwrap_or(decision)
    }

    /// A URL whose host is a role asks for the name of whoever fills it: a balancer has one of its own.
    pub(super) fn at_role(&self, scene: &Scene, url: Url) -> Result<Url, Decision> {
        let role = url.host.as_str().to_owned();
        if self.lab.role(&role).is_none() {
            return Ok(url);
        }
        let nodes = self.nodes(scene, &role);
        let Some(node) = nodes.first().and_then(|id| scene.design.node(*id)) else {
            return Err(self.nobody(scene, &role));
        };
        let name = &node.name;
        let host = name.parse().map_err(|_| {
            Decision::at(
                State::Fails,
                message!(
                    "{name}의 이름은 주소로 쓸 수 없어요. 영문자, 숫자, 붙임표로 바꾸세요.",
                    "The name of {name} cannot be an address. Use letters, digits and hyphens."
                ),
                nodes.clone(),
            )
        })?;
        Ok(Url { host, ..url })
    }

    /// Whether the answer is the one that is wanted.
    fn answered(
        &self,
        of: &Request,
        url: &Url,
        page: &UrlTrace,
        by: Option<(&str, &[NodeId])>,
        scene: &Scene,
    ) -> (State, Message) {
        let reply = page.stages.iter().find_map(|stage| stage.reply.as_ref());
        let before = |stage: &&Stage| stage.reply.is_none();
        let reached = page.stages.iter().take_while(before).all(|stage| stage.ok);
        if let Some(pattern) = &of.redirect {
            return match reply {
                Some(Reply::Redirect(to)) if reached && leads(pattern, to) => {
                    (State::Holds, message!("{to}(으)로 돌려요.", "It redirects to {to}."))
                }
                Some(Reply::Redirect(to)) if reached => (
                    State::Fails,
                    message!("{pattern}이(가) 아니라 {to}(으)로 돌려요.", "It redirects to {to}, not to {pattern}."),
                ),
                _ if reached => (State::Fails, message!("돌리지 않고 답해요.", "It answers and does not redirect.")),
                _ => failing(url, page),
            };
        }
        if let Some(status) = of.status {
            return match reply {
                Some(Reply::Status(code)) if reached && *code == status.to_string() => {
                    (State::Holds, message!("{code}(으)로 답해요.", "It answers {code}."))
                }
                Some(Reply::Status(code)) if reached => (
                    State::Fails,
                    message!("{status}이(가) 아니라 {code}(으)로 답해요.", "It answers {code}, not {status}."),
                ),
                _ if reached && status == 200 && page.verdict() == Verdict::Yes => {
                    (State::Holds, message!("200으로 답해요.", "It answers 200."))
                }
                _ if reached => {
                    (State::Fails, message!("{status}(으)로 답하지 않아요.", "It does not answer {status}."))
                }
                _ => failing(url, page),
            };
        }
        let state = match page.verdict() {
            Verdict::No => return failing(url, page),
            Verdict::Unknown => return (State::Unknown, failing(url, page).1),
            Verdict::Partly => State::Partly,
            Verdict::Yes => State::Holds,
        };
        if let Some(why) = asleep(scene, &serving(scene, page)) {
            return (State::Fails, why);
        }
        if let Some((role, nodes)) = by {
            let answering = answers(scene, page);
            if let Some(other) = answering.iter().find(|id| !nodes.contains(id)) {
                let name = scene.design.node(*other).map_or("", |node| node.name.as_str());
                let Message { ko, en } = role_name(self.lab, role);
                return (
                    State::Fails,
                    message!("{ko}이(가) 아니라 {name}이(가) 답해요.", "{name} answers, which is not one of: {en}."),
                );
            }
            if answering.is_empty() {
                let Message { ko, en } = role_name(self.lab, role);
                return (State::Fails, message!("{ko}이(가) 답하지 않아요.", "None of {en} answers."));
            }
        }
        // A balancer whose targets all fail their health check goes on sending to them, which is luck and no design.
        let served = page.stages.iter().filter(|stage| stage.kind == StageKind::Targets && !stage.targets.is_empty());
        if let Some(lucky) = served.into_iter().find(|stage| !stage.targets.iter().any(TargetReach::healthy)) {
            return (State::Partly, lucky.message.clone());
        }
        let why = if state == State::Partly {
            failing(url, page).1
        } else {
            message!("{url} 요청에 답해요.", "{url} is answered.")
        };
        (state, why)
    }
}

/// Requests go by TCP.
const fn url_protocol() -> Protocol {
    Protocol::Tcp
}

/// The resources among ends: where the negative side of a check looks.
fn nodes_of(ends: &[Subject]) -> Vec<NodeId> {
    ends.iter().filter_map(|end| if let Subject::Node(id) = end { Some(*id) } else { None }).collect()
}

/// The ends that a resource stands for: itself, or every part of the networks that lie behind a customer gateway.
fn standing_for(scene: &Scene, id: NodeId) -> Vec<Subject> {
    let behind: Vec<Subject> =
        scene.networks_behind(id).into_iter().flat_map(|block| scene.parts_of(block)).map(Subject::Address).collect();
    if behind.is_empty() { vec![Subject::Node(id)] } else { behind }
}

/// Who answers a request in the end: of those who would, those that run.
fn answers(scene: &Scene, page: &UrlTrace) -> Vec<NodeId> {
    let mut found = serving(scene, page);
    found.retain(|id| !scene.is_stopped(*id));
    found
}

/// That all of those who should answer are stopped.
fn asleep(scene: &Scene, nodes: &[NodeId]) -> Option<Message> {
    let first = nodes.first().filter(|_| nodes.iter().all(|id| scene.is_stopped(*id)))?;
    let name = scene.design.node(*first).map_or("", |node| node.name.as_str());
    Some(message!(
        "인스턴스 {name}이(가) 중지되어 있어서 아무것도 보내거나 받지 못해요. 시작하세요.",
        "Instance {name} is stopped, so it sends and answers nothing. Start it."
    ))
}

/// Who would answer a request in the end, running or not.
fn serving(scene: &Scene, page: &UrlTrace) -> Vec<NodeId> {
    let holder = |address| {
        let vpcs = scene.net.vpcs.keys();
        let ix = vpcs.filter_map(|vpc| scene.net.by_private(*vpc, address)).next()?;
        Some(scene.net.interfaces.get(ix)?.node)
    };
    let targets = page.stages.iter().filter(|stage| stage.kind == StageKind::Targets).flat_map(|stage| &stage.targets);
    let serving = targets.filter(|target| target.traffic.reachable() && target.barred.is_none());
    let mut found: Vec<NodeId> =
        serving.filter_map(|target| target.instance.or_else(|| target.address.and_then(holder))).collect();
    if found.is_empty()
        && let Some(last) = page.stages.iter().rev().find_map(|stage| stage.node.filter(|_| stage.ok))
    {
        found.push(last);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The first stage that fails, in words.
fn failing(url: &Url, page: &UrlTrace) -> (State, Message) {
    let telling = page.stages.iter().min_by_key(|stage| stage.verdict);
    let why = telling.filter(|stage| stage.verdict != Verdict::Yes).map(|stage| stage.message.clone());
    (State::Fails, why.unwrap_or_else(|| message!("{url}에 답이 없어요.", "{url} is not answered.")))
}

fn endpoint(subject: &Subject) -> Option<Endpoint> {
    match subject {
        Subject::Internet => Some(Endpoint::Internet),
        Subject::Address(address) => Some(Endpoint::Address(*address)),
        Subject::Node(id) => Some(Endpoint::Node(*id)),
        Subject::Name(_) | Subject::Kind(_) | Subject::Category(_) => None,
    }
}

/// What becomes of connections from one to another that should come about: from every part of the internet and to every part of it, between those
/// that run, to a port that is listened on.
fn connects(scene: &Scene, from: &Subject, to: &Subject, by: Traffic) -> Decision {
    let node = |end: &Subject| if let Subject::Node(id) = end { Some(*id) } else { None };
    if let Some(why) = [from, to].into_iter().filter_map(node).find_map(|id| asleep(scene, &[id])) {
        return Decision::at(State::Fails, why, [from, to].into_iter().filter_map(node).collect());
    }
    let database = node(to).and_then(|id| Some((id, scene.design.get::<DbInstance>(id)?)));
    if let (Some((id, database)), Some(port), Protocol::Tcp) = (database, by.port, by.protocol)
        && database.listens_on() != port
    {
        let name = scene.design.node(id).map_or("", |node| node.name.as_str());
        let own = database.listens_on();
        let why = message!(
            "데이터베이스 {name}은(는) {port} 포트가 아니라 {own} 포트에서 연결을 받아요.",
            "Database {name} takes connections on port {own}, not on {port}."
        );
        return Decision::at(State::Fails, why, vec![id]);
    }
    let one = |from: &Subject, to: &Subject| ask(scene, Expect::Reaches, &[(from, to)], by).pop().map(decided);
    let Some(first) = one(from, to) else { return Decision::holds() };
    let parts = scene.internet().iter().skip(1).map(|address| Subject::Address(*address));
    match (from, to) {
        (Subject::Internet, to) => spread(first, parts.filter_map(|part| one(&part, to))),
        (from, Subject::Internet) => spread(first, parts.filter_map(|part| one(from, &part))),
        _ => first,
    }
}

/// What holds for all parts of the internet, given how it stands with the part that nobody speaks of: in part, where it does not for another.
fn spread(first: Decision, others: impl Iterator<Item = Decision>) -> Decision {
    if first.state <= State::Fails {
        return first;
    }
    let Some(worst) = others.min_by_key(|one| one.state).filter(|worst| worst.state < first.state) else {
        return first;
    };
    let state = if worst.state <= State::Fails { State::Partly.min(first.state) } else { worst.state };
    let Message { ko, en } = worst.why;
    let why = message!("인터넷의 일부에서만 그래요. {ko}", "It is so for a part of the internet only. {en}");
    Decision { state, why, proof: worst.proof }
}

/// These ends, with the internet as all of its parts.
fn parted(scene: &Scene, ends: Vec<Subject>) -> Vec<Subject> {
    let parts = || scene.internet().iter().skip(1).map(|address| Subject::Address(*address));
    let one = |end: Subject| {
        let more: Vec<Subject> = if end == Subject::Internet { parts().collect() } else { Vec::new() };
        std::iter::once(end).chain(more)
    };
    ends.into_iter().flat_map(one).collect()
}

/// What the judge says of each pair.
pub(super) fn ask(scene: &Scene, expect: Expect, pairs: &[(&Subject, &Subject)], by: Traffic) -> Vec<Outcome> {
    let claim = |(from, to): &(&Subject, &Subject)| Assertion {
        expect,
        from: (*from).clone(),
        wanted: Wanted::Traffic { to: (*to).clone(), protocol: by.protocol, port: by.port },
        lost: None,
    };
    let claims: Vec<Assertion> = pairs.iter().map(claim).collect();
    judge(&scene.design, &scene.net, &BTreeMap::new(), &claims)
}

/// An outcome as a decision.
pub(super) fn decided(outcome: Outcome) -> Decision {
    let proof = outcome.evidence.map(|evidence| Proof::Way(Box::new(evidence)));
    Decision { state: State::of(outcome.standing), why: outcome.why, proof }
}

/// What a decision about uninvited guests says: who, and by what.
pub(super) fn guest(by: Traffic, outcome: Outcome) -> Decision {
    // A stretch of ports that begins with 0 has no port that people know.
    let what = traffic(Traffic { port: by.port.filter(|port| *port > 0), ..by });
    let (what_ko, what_en) = (what.ko, what.en);
    let Decision { state, why, proof } = decided(outcome);
    let Message { ko, en } = why;
    let why = message!(
        "허용하지 않은 {what_ko} 연결이 돼요. {ko}",
        "{what_en} is open to somebody who is not meant to connect. {en}"
    );
    Decision { state, why, proof }
}

/// Whether somebody is one of those who fill a role, or the role's word itself.
pub(super) fn is_meant(cast: &Cast, who: &Who, source: &Subject) -> bool {
    match (who, source) {
        (Who::Internet, _) => true,
        (Who::Address(address), Subject::Address(of)) => address == of,
        (Who::Block(block), Subject::Address(of)) => block.contains_addr(*of),
        (Who::Role(role), Subject::Node(id)) => cast.of(role).contains(id),
        _ => false,
    }
}

/// Everybody of the one side with everybody of the other, and nobody with themselves.
fn pairs<'a>(froms: &'a [Subject], tos: &'a [Subject]) -> Vec<(&'a Subject, &'a Subject)> {
    froms.iter().flat_map(|from| tos.iter().map(move |to| (from, to))).filter(|(from, to)| from != to).collect()
}
