//! A trace as the panel shows it: ways of numbered hops, everything that blocks, and for a URL its stages.

use std::sync::Arc;

use groundplan::catalog::Kind;
use groundplan::design::Design;
use groundplan::id::NodeId;
use groundplan::layout::journey::Gate;
use groundplan::message;
use groundplan::net::Protocol;
use groundplan::reach::{
    self, Asked, Blocker, Endpoint, Network, Packet, Question, Stage, StageKind, Step, StepKind, UrlTrace, Verdict,
    Walk,
};
use groundplan::text::{Message, Text, t};

use super::decided::{Direction, Place, decided, direction};
use super::header::Header;

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whether it comes through, and its answer comes back.
    pub verdict: Verdict,
    /// What to say of the whole: which parts connect, and what should be known beside it.
    pub notes: Vec<Message>,
    /// What was asked, in words.
    pub about: Message,
    /// Everything that stops it.
    pub blockers: Vec<Blocked>,
    /// What a request passes, if it is one.
    pub stages: Vec<Stop>,
    /// There and back.
    pub ways: Vec<Way>,
}

/// Something that blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocked {
    /// The code of AWS Reachability Analyzer.
    pub code: &'static str,
    /// The component at fault.
    pub node: Option<NodeId>,
    /// What is wrong and what to do.
    pub message: Message,
    /// It as the engine has it, from which a fix is tried.
    pub blocker: Arc<(Asked, Blocker)>,
    /// The hop it is about, counted through all ways.
    pub hop: Option<usize>,
}

/// A stage of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    pub label: Text,
    pub node: Option<NodeId>,
    pub ok: bool,
    pub message: Message,
    /// Targets with whether they serve.
    pub targets: Vec<(Option<NodeId>, Message, bool)>,
}

/// One direction of one part of the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub title: Text,
    /// Whether it is the way of the answer.
    pub back: bool,
    pub hops: Vec<Hop>,
}

/// One component on a way.
#[derive(Clone, Debug, PartialEq)]
pub struct Hop {
    /// Its place among the hops of all ways, from 0.
    pub at: usize,
    /// Its number on its direction, from 1.
    pub number: usize,
    pub node: Option<NodeId>,
    pub kind: Kind,
    /// What it is on the drawing.
    pub gate: Gate,
    pub name: Message,
    pub what: Message,
    pub decided: Message,
    pub passed: bool,
    pub before: Header,
    pub after: Header,
}

impl Hop {
    /// What happens here, in one sentence.
    pub fn sentence(&self) -> Message {
        let line = |name: &str, what: &str, decided: &str| {
            let decided = if decided.is_empty() { String::new() } else { format!(": {decided}") };
            format!("{}. {name} ({what}){decided}", self.number)
        };
        Message {
            ko: line(&self.name.ko, &self.what.ko, &self.decided.ko),
            en: line(&self.name.en, &self.what.en, &self.decided.en),
        }
    }
}

impl Answer {
    /// The hop at a place.
    pub fn hop(&self, at: usize) -> Option<(&Way, &Hop)> {
        self.ways.iter().find_map(|way| Some((way, way.hops.iter().find(|hop| hop.at == at)?)))
    }

    /// How many hops there are.
    pub fn len(&self) -> usize {
        self.ways.iter().map(|way| way.hops.len()).sum()
    }

    /// The first hop that blocks, else the first.
    pub fn worth_seeing(&self) -> usize {
        let mut hops = self.ways.iter().flat_map(|way| &way.hops);
        hops.find(|hop| !hop.passed).map_or(0, |hop| hop.at)
    }
}

/// Answers.
///
/// # Errors
/// Why the question makes no sense.
pub fn answer(design: &Design, net: &Network, asked: &Asked) -> Result<Answer, Message> {
    match asked {
        Asked::Packet(question) => {
            let trace = reach::trace(design, net, *question)?;
            let mut writer = Writer::new(design, net, asked);
            writer.way(&trace.forward, TO, false);
            writer.way(&trace.reply, BACK, true);
            for blocker in trace.parts.iter().flat_map(|part| &part.blockers) {
                writer.block(blocker, None);
            }
            let notes = trace.summary().into_iter().chain(trace.notes.iter().cloned()).collect();
            Ok(writer.finish(trace.verdict(), notes, about_packet(design, question), Vec::new()))
        }
        Asked::Url(from, url) => {
            let trace = reach::trace_url(design, net, *from, url)?;
            let mut writer = Writer::new(design, net, asked);
            writer.url(&trace);
            let who = end_name(design, *from);
            let about = Message::new(&format!("{} → {url}", who.ko), format!("{} → {url}", who.en));
            let stages = trace.stages.iter().map(|stage| stop(design, stage)).collect();
            let traces = trace.stages.iter().filter_map(|stage| stage.trace.as_ref());
            let notes =
                traces.flat_map(|trace| trace.summary().into_iter().chain(trace.notes.iter().cloned())).collect();
            Ok(writer.finish(trace.verdict(), notes, about, stages))
        }
    }
}

const TO: Text = t("가는 길", "Forward path");
const BACK: Text = t("돌아오는 길", "Return path");
const TO_TARGET: Text = t("로드 밸런서에서 대상으로", "From the load balancer to a target");
const FROM_TARGET: Text = t("대상에서 로드 밸런서로", "From the target to the load balancer");

/// An end in words.
pub fn end_name(design: &Design, end: Endpoint) -> Message {
    match end {
        Endpoint::Node(id) => Message::plain(design.node(id).map_or("", |node| node.name.as_str())),
        Endpoint::Address(address) => Message::plain(address.to_string()),
        Endpoint::Internet => t("인터넷", "Internet").into(),
    }
}

/// A question in words.
pub fn about_packet(design: &Design, question: &Question) -> Message {
    let (from, to) = (end_name(design, question.from), end_name(design, question.to));
    let (ko, en) = question.protocol.label();
    let port =
        question.port.filter(|_| question.protocol.has_ports()).map(|port| format!(" {port}")).unwrap_or_default();
    Message {
        ko: format!("{} → {} · {ko}{port}", from.ko, to.ko), en: format!("{} → {} · {en}{port}", from.en, to.en)
    }
}

fn stop(design: &Design, stage: &Stage) -> Stop {
    let label = match stage.kind {
        StageKind::Name => t("이름", "Name"),
        StageKind::Network => t("네트워크", "Network"),
        StageKind::Listener => t("리스너", "Listener"),
        StageKind::Certificate => t("인증서", "Certificate"),
        StageKind::Rule => t("리스너 규칙", "Listener rule"),
        StageKind::Redirect => t("리디렉션", "Redirect"),
        StageKind::Targets => t("대상 그룹", "Target group"),
        StageKind::Answer => t("응답", "Answer"),
    };
    let targets = stage.targets.iter().map(|target| {
        let name = target.instance.and_then(|id| design.node(id)).map(|node| node.name.clone());
        let name = name.or_else(|| Some(target.address?.to_string())).unwrap_or_default();
        let port = target.port;
        let message = match (target.serves(), target.healthy()) {
            (true, _) => message!("{name}:{port} · 정상", "{name}:{port} · healthy"),
            (false, false) => message!("{name}:{port} · 상태 확인 실패", "{name}:{port} · health check fails"),
            (false, true) => message!("{name}:{port} · 요청이 막힘", "{name}:{port} · requests are blocked"),
        };
        (target.instance, message, target.serves())
    });
    Stop { label, node: stage.node, ok: stage.ok, message: stage.message.clone(), targets: targets.collect() }
}

/// Writes ways one after the other.
struct Writer<'a> {
    design: &'a Design,
    net: &'a Network,
    asked: &'a Asked,
    from: Option<NodeId>,
    to: Option<NodeId>,
    ways: Vec<Way>,
    blockers: Vec<Blocked>,
}

impl<'a> Writer<'a> {
    fn new(design: &'a Design, net: &'a Network, asked: &'a Asked) -> Self {
        let (from, to) = asked.ends();
        let node = |end| if let Endpoint::Node(id) = end { Some(id) } else { None };
        Self { design, net, asked, from: node(from), to: to.and_then(node), ways: Vec::new(), blockers: Vec::new() }
    }

    fn finish(self, verdict: Verdict, notes: Vec<Message>, about: Message, stages: Vec<Stop>) -> Answer {
        Answer { verdict, notes, about, blockers: self.blockers, stages, ways: self.ways }
    }

    fn url(&mut self, url: &UrlTrace) {
        let mut back: Vec<(&Walk, Text)> = Vec::new();
        for stage in &url.stages {
            if let Some(trace) = &stage.trace {
                self.way(&trace.forward, TO, false);
                back.push((&trace.reply, BACK));
            }
            if let Some(shown) = stage.targets.iter().find(|target| target.serves()).or_else(|| stage.targets.first()) {
                let trace = if shown.healthy() { &shown.traffic } else { &shown.health };
                self.way(&trace.forward, TO_TARGET, false);
                back.push((&trace.reply, FROM_TARGET));
            }
        }
        // The answer goes the other way about: from the target first.
        back.into_iter().rev().for_each(|(walk, title)| self.way(walk, title, true));
        let parts = url.stages.iter().filter_map(|stage| stage.trace.as_ref()).flat_map(|trace| &trace.parts);
        for blocker in parts.flat_map(|part| &part.blockers) {
            self.block(blocker, None);
        }
        for target in url.stages.iter().flat_map(|stage| &stage.targets).filter(|target| !target.serves()) {
            let ways = [&target.health, &target.traffic].into_iter().flat_map(|trace| [&trace.forward, &trace.reply]);
            for blocker in target.barred.iter().chain(ways.flat_map(|walk| &walk.blockers)) {
                self.block(blocker, None);
            }
        }
    }

    fn way(&mut self, walk: &Walk, title: Text, back: bool) {
        if walk.steps.is_empty() && walk.blockers.is_empty() {
            return;
        }
        let first: usize = self.ways.iter().map(|way| way.hops.len()).sum();
        let before = self.ways.iter().filter(|way| way.back == back).map(|way| way.hops.len()).sum::<usize>();
        let hops = walk
            .steps
            .iter()
            .enumerate()
            .map(|(index, step)| self.hop(walk, index, step, back, first + index, before + index + 1));
        let mut hops: Vec<Hop> = hops.collect();
        for blocker in &walk.blockers {
            // A refusal at the end, by a balancer without a listener, names its component and no step.
            let there = |hop: &&mut Hop| hop.node.is_some() && hop.node == blocker.component;
            if hops.iter().any(|hop| !hop.passed) {
                continue;
            }
            if let Some(hop) = hops.iter_mut().rev().find(there) {
                hop.passed = false;
            }
        }
        for blocker in &walk.blockers {
            let own = hops.iter().find(|hop| !hop.passed && hop.node.is_some() && hop.node == blocker.component);
            let hop = own.map(|hop| hop.at).or_else(|| hops.get(blocker.step).map(|hop| hop.at));
            self.block(blocker, hop);
        }
        self.ways.push(Way { title, back, hops });
    }

    fn block(&mut self, blocker: &Blocker, hop: Option<usize>) {
        let known = |one: &Blocked| one.code == blocker.code && one.message == blocker.message;
        if !self.blockers.iter().any(known) {
            self.blockers.push(Blocked {
                code: blocker.code,
                node: blocker.component,
                message: blocker.message.clone(),
                blocker: Arc::new((self.asked.clone(), blocker.clone())),
                hop,
            });
        }
    }

    fn hop(&self, walk: &Walk, index: usize, step: &Step, back: bool, at: usize, number: usize) -> Hop {
        let near_end = (index == 0) != back;
        let node = step.component.or_else(|| self.outside(if near_end { self.from } else { self.to }));
        let kind = node.and_then(|id| self.design.node(id)).map_or(Kind::Internet, groundplan::design::Node::kind);
        let name = node.and_then(|id| self.design.node(id)).map(|node| Message::plain(&node.name));
        let place = Place { design: self.design, net: self.net, direction: direction(self.net, &walk.steps, index) };
        Hop {
            at,
            number,
            node,
            kind,
            gate: self.gate(&walk.steps, index, node),
            name: name.unwrap_or_else(|| t("인터넷", "Internet").into()),
            what: place.what(step, kind),
            decided: decided(&place, step),
            passed: step.passed,
            before: Header::new(self.design, self.net, &step.header_in),
            after: Header::new(self.design, self.net, &step.header_out),
        }
    }

    /// What a step is on the drawing: a network ACL stands at the edge of a subnet, a group at the card of what it protects.
    fn gate(&self, steps: &[Step], index: usize, node: Option<NodeId>) -> Gate {
        let Some(step) = steps.get(index) else { return Gate::Here };
        let inbound = direction(self.net, steps, index) == Direction::In;
        let (packet, address) =
            (step.header_in, |packet: Packet| if inbound { packet.destination } else { packet.source });
        let mut near: Box<dyn Iterator<Item = &Step>> =
            if inbound { Box::new(steps.iter().skip(index + 1)) } else { Box::new(steps.iter().take(index).rev()) };
        let card = near.find_map(|step| {
            let carries = matches!(step.kind, StepKind::Interface | StepKind::NatGateway);
            step.component.filter(|_| carries)
        });
        let interface = || {
            let own = card.into_iter().flat_map(|id| self.net.interfaces_of(id)).copied();
            let known = |ix: &usize| self.net.interfaces.get(*ix).is_some_and(|one| one.private == address(packet));
            own.clone()
                .find(known)
                .or_else(|| (0..self.net.interfaces.len()).find(known))
                .or_else(|| own.clone().next())
        };
        let subnet = || Some(self.net.interface(interface()?)?.1.node);
        match step.kind {
            StepKind::RouteTable | StepKind::TransitRouteTable => Gate::Here,
            StepKind::NetworkAcl => subnet().map_or(Gate::Here, Gate::Edge),
            StepKind::SecurityGroup => {
                let met = card.or_else(|| Some(self.net.interface(interface()?)?.0.node));
                met.map_or(Gate::Here, Gate::Card)
            }
            _ => Gate::Through(node),
        }
    }

    /// What stands for the outside: the end that was asked about if it is outside, else the design's internet.
    fn outside(&self, end: Option<NodeId>) -> Option<NodeId> {
        let is = |id: &NodeId| {
            self.design.node(*id).is_some_and(|node| matches!(node.kind(), Kind::Internet | Kind::Laptop))
        };
        let internet = || self.design.nodes().find(|(_, node)| node.kind() == Kind::Internet).map(|(id, _)| id);
        end.filter(is).or_else(internet)
    }
}

/// The protocols that can be asked about.
pub const PROTOCOLS: [Protocol; 3] = [Protocol::Tcp, Protocol::Udp, Protocol::Icmp];
