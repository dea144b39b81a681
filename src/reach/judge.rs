//! Whether what people pinned holds: each claim is decided by traces, and the one that decided it is shown.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::{Ends, ends_of};
use super::filter::{Direction, rules};
use super::loss::{losses, without};
use super::network::{InterfaceIx, Network};
use super::packet::{Decision, StepKind};
use super::pairs::Pairs;
use super::sets::intervals;
use super::trace::trace;
use super::url::{Url, UrlTrace};
use super::verdict::Verdict;
use super::{Refer, trace_url};
use crate::catalog::kinds::Listener;
use crate::design::{Assertion, Design, Expect, Subject, Wanted};
use crate::id::NodeId;
use crate::message;
use crate::net::{PortRange, Protocol};
use crate::reach::question::{Endpoint, Question, Trace};
use crate::text::{Message, Text, t};

/// Traces that one claim may take; a claim about more pairs than this is refused rather than answered in part.
const MAX_TRACES: usize = 20_000;
/// Pairs that are traced one by one before all pairs are computed.
const FEW: usize = 64;

/// Whether a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It does not.
    Fails,
    /// Only a deployment knows, or somebody beyond what is described.
    Unknown,
    /// For some of those whom connections meet, such as the nodes of a balancer.
    Partly,
    /// It does.
    Holds,
}

impl Standing {
    /// Stable name for programs.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Fails => "fails",
            Self::Unknown => "unknown",
            Self::Partly => "partly",
            Self::Holds => "holds",
        }
    }

    /// As people read it.
    pub const fn label(self) -> Text {
        match self {
            Self::Fails => t("깨짐", "Fails"),
            Self::Unknown => t("알 수 없음", "Not known"),
            Self::Partly => t("일부만 지켜짐", "Holds in part"),
            Self::Holds => t("지켜짐", "Holds"),
        }
    }

    /// What an answer means for a claim.
    const fn of(expect: Expect, verdict: Verdict) -> Self {
        match (expect, verdict) {
            (_, Verdict::Unknown) => Self::Unknown,
            (Expect::Unreached, Verdict::No) => Self::Holds,
            (Expect::Unreached, _) | (_, Verdict::No) => Self::Fails,
            (Expect::Reaches, Verdict::Partly) => Self::Partly,
            (Expect::ReachesAny, Verdict::Partly) | (_, Verdict::Yes) => Self::Holds,
        }
    }
}

/// What became of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Whether it holds.
    pub standing: Standing,
    /// The claim in words.
    pub claim: Message,
    /// Why it holds or fails, and what to do.
    pub why: Message,
    /// The question that decided it.
    pub evidence: Option<Evidence>,
}

impl Outcome {
    /// Whether it holds, and for all.
    pub fn holds(&self) -> bool {
        self.standing == Standing::Holds
    }

    /// Whether it fails for certain.
    pub fn fails(&self) -> bool {
        self.standing == Standing::Fails
    }
}

/// The question that decided a claim, and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What was lost when it was asked.
    pub lost: Option<NodeId>,
    /// The answer.
    pub way: Way,
}

/// An answer to a packet or to a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// A packet from one end to another.
    Packet(Question, Box<Trace>),
    /// A request for a page.
    Page(Endpoint, Url, UrlTrace),
}

/// Decides claims about a design, in order. `aliases` are further ids by which claims may name resources.
pub fn judge(
    design: &Design,
    net: &Network,
    aliases: &BTreeMap<String, NodeId>,
    assertions: &[Assertion],
) -> Vec<Outcome> {
    // Names are looked up only where a claim has one.
    let named = |subject: &Subject| matches!(subject, Subject::Name(_));
    let by_name = |of: &Assertion| named(&of.from) || matches!(&of.wanted, Wanted::Traffic { to, .. } if named(to));
    let refer = if assertions.iter().any(by_name) { Refer::new(design, aliases) } else { Refer::wordless(design) };
    let one = |assertion: &Assertion| {
        let claim = super::claim::assertion_in_words(design, assertion);
        let failed = |why| Outcome { standing: Standing::Fails, claim: claim.clone(), why, evidence: None };
        let losses = match losses(design, assertion.lost.as_ref()) {
            Ok(losses) => losses,
            Err(why) => return failed(why),
        };
        let whole = Case { design, net, lost: None };
        let mut worst: Option<Outcome> = None;
        for lost in losses {
            let answer = if lost.is_empty() {
                whole.decide(&refer, assertion)
            } else {
                let (rest, net) = without(design, net, &lost);
                Case { design: &rest, net: &net, lost: lost.first().copied() }.decide(&refer, assertion)
            };
            let answer = answer.map_or_else(failed, |outcome| Outcome { claim: claim.clone(), ..outcome });
            if answer.standing == Standing::Fails {
                return answer;
            }
            // Of equal ones the last is shown, as if it alone had been asked.
            if worst.as_ref().is_none_or(|before| answer.standing <= before.standing) {
                worst = Some(answer);
            }
        }
        worst.unwrap_or_else(|| failed(message!("가용 영역이 없어요.", "There is no availability zone.")))
    };
    assertions.iter().map(one).collect()
}

/// A design with what is lost taken away.
struct Case<'a> {
    design: &'a Design,
    net: &'a Network,
    lost: Option<NodeId>,
}

impl Case<'_> {
    fn decide(&self, refer: &Refer<'_>, assertion: &Assertion) -> Result<Outcome, Message> {
        let unreached = assertion.expect == Expect::Unreached;
        let from = ends_of(self.design, self.net, refer, &assertion.from)?;
        match &assertion.wanted {
            Wanted::Page(url) => {
                let url: Url = url.parse()?;
                if from.ends.is_empty() {
                    return self.nobody(unreached, from);
                }
                self.each(assertion.expect, from.ends.iter().copied(), |from| {
                    let way = trace_url(self.design, self.net, from, &url)?;
                    Ok((way.verdict(), Way::Page(from, url.clone(), way)))
                })
            }
            Wanted::Traffic { to, protocol, port } => {
                let to = ends_of(self.design, self.net, refer, to)?;
                if from.ends.is_empty() || to.ends.is_empty() {
                    return self.nobody(unreached, if to.ends.is_empty() { to } else { from });
                }
                let pairs: Vec<(Endpoint, Endpoint)> = from
                    .ends
                    .iter()
                    .flat_map(|from| to.ends.iter().map(move |to| (*from, *to)))
                    .filter(|(from, to)| from != to)
                    .collect();
                let any_port = unreached && port.is_none() && protocol.has_ports();
                // Many pairs are looked up at once, and only what is open is traced.
                let all = (any_port && pairs.len() > FEW && self.net.unknown.is_empty()).then(|| Pairs::new(self.net));
                let questions = pairs.into_iter().flat_map(|(from, to)| {
                    let open = all.as_ref().and_then(|all| self.open_port(all, *protocol, from, to));
                    let ports: Vec<Option<u16>> = match open {
                        Some(open) => open.into_iter().map(Some).collect(),
                        None if any_port => self.telling_ports(*protocol, from, to).into_iter().map(Some).collect(),
                        None => vec![*port],
                    };
                    ports.into_iter().map(move |port| Question {
                        from,
                        to,
                        protocol: *protocol,
                        port,
                        source_port: None,
                    })
                });
                self.each(assertion.expect, questions, |question| {
                    let way = trace(self.design, self.net, question)?;
                    Ok((way.verdict(), Way::Packet(question, Box::new(way))))
                })
            }
        }
    }

    /// Asks until the claim is decided.
    fn each<Q>(
        &self,
        expect: Expect,
        questions: impl Iterator<Item = Q>,
        ask: impl Fn(Q) -> Result<(Verdict, Way), Message>,
    ) -> Result<Outcome, Message> {
        // One answer of this kind decides; if none comes, the first of those that say most shows why.
        let any = expect == Expect::ReachesAny;
        let deciding = if any { Standing::Holds } else { Standing::Fails };
        let mut shown: Option<(Standing, Verdict, Way)> = None;
        for (asked, question) in questions.enumerate() {
            if asked >= MAX_TRACES {
                return Err(message!(
                    "이 기대는 {MAX_TRACES}쌍이 넘는 리소스를 비교해야 해서 답할 수 없어요. 출발지나 목적지를 좁혀 주세요.",
                    "This claim is about more than {MAX_TRACES} pairs of resources. Narrow its source or destination."
                ));
            }
            let (verdict, way) = ask(question)?;
            let standing = Standing::of(expect, verdict);
            if standing == deciding {
                return Ok(self.outcome(standing, verdict, way));
            }
            let says_more = |before: Standing| if any { standing > before } else { standing < before };
            if shown.as_ref().is_none_or(|(before, ..)| says_more(*before)) {
                shown = Some((standing, verdict, way));
            }
        }
        match shown {
            Some((standing, verdict, way)) => Ok(self.outcome(standing, verdict, way)),
            None if expect == Expect::Unreached => {
                let why = message!("어느 쌍도 연결되지 않아요.", "No pair connects.");
                Ok(Outcome { standing: Standing::Holds, claim: Message::default(), why, evidence: None })
            }
            None => Err(message!(
                "출발지와 목적지가 같은 리소스 하나뿐이에요.",
                "Source and destination are one and the same resource."
            )),
        }
    }

    fn outcome(&self, standing: Standing, verdict: Verdict, way: Way) -> Outcome {
        let why = match &way {
            Way::Packet(question, trace) => self.packet_in_words(question, trace, verdict),
            Way::Page(_, url, page) => {
                let telling = page.stages.iter().min_by_key(|stage| stage.verdict);
                let failed = telling.filter(|stage| stage.verdict != Verdict::Yes).map(|stage| stage.message.clone());
                failed.unwrap_or_else(|| message!("{url} 요청에 응답해요.", "{url} is answered."))
            }
        };
        Outcome { standing, claim: Message::default(), why, evidence: Some(Evidence { lost: self.lost, way }) }
    }

    /// Between whom, and the first thing that blocks or the rule that lets it in.
    fn packet_in_words(&self, question: &Question, trace: &Trace, verdict: Verdict) -> Message {
        let (from, to) = (self.shown(question.from), self.shown(question.to));
        // Port 0 stands for all of a stretch that begins there; nobody listens on it.
        let (what_ko, what_en) = super::claim::traffic(question.protocol, question.port.filter(|port| *port > 0));
        let why = match verdict {
            Verdict::Yes => self.admitted_by(trace),
            Verdict::Partly => trace.summary().unwrap_or_default(),
            Verdict::No | Verdict::Unknown => {
                let all = || trace.blockers().chain(trace.parts.iter().flat_map(|part| &part.blockers));
                let telling = all().find(|blocker| blocker.certain == (verdict == Verdict::No));
                let first = telling.or_else(|| all().next());
                first.map_or_else(|| message!("길이 없어요.", "There is no way."), |blocker| blocker.message.clone())
            }
        };
        Message {
            ko: format!("{} → {}, {what_ko}: {}", from.ko, to.ko, why.ko),
            en: format!("{} to {}, {what_en}: {}", from.en, to.en, why.en),
        }
    }

    fn admitted_by(&self, trace: &Trace) -> Message {
        let last = trace.forward.steps.iter().rev().find(|step| step.kind == StepKind::SecurityGroup);
        match last.and_then(|step| Some((self.design.node(step.component?)?, step.decision))) {
            Some((group, Decision::Row(row))) => {
                let name = &group.name;
                message!(
                    "연결돼요. 마지막으로 보안 그룹 {name}의 {row}번째 규칙이 허용해요.",
                    "it connects; rule {row} of security group {name} lets it in last."
                )
            }
            _ => message!("연결돼요.", "it connects."),
        }
    }

    fn shown(&self, end: Endpoint) -> Message {
        match end {
            Endpoint::Internet => message!("인터넷", "the internet"),
            Endpoint::Address(address) => Message::plain(address.to_string()),
            Endpoint::Node(id) => Message::plain(self.design.node(id).map_or("", |node| node.name.as_str())),
        }
    }

    /// Nobody is meant: that nobody reaches nobody holds, anything else fails.
    fn nobody(&self, holds: bool, ends: Ends) -> Result<Outcome, Message> {
        let nobody = ends.nobody;
        if !holds {
            return Err(nobody);
        }
        let why = Message {
            ko: format!("{} 그래서 닿을 곳도 없어요.", nobody.ko),
            en: format!("{} So there is nothing to reach.", nobody.en),
        };
        Ok(Outcome { standing: Standing::Holds, claim: Message::default(), why, evidence: None })
    }

    /// One port of every stretch of ports that no rule on the way parts: if any port is open, one of these is.
    fn telling_ports(&self, protocol: Protocol, from: Endpoint, to: Endpoint) -> BTreeSet<u16> {
        let mut ports = BTreeSet::from([0]);
        let mut cut = |range: PortRange| {
            ports.insert(range.from_port());
            ports.extend(range.to_port().checked_add(1));
        };
        let spoken = |other: Protocol| other == Protocol::All || other == protocol;
        for (end, direction) in [(from, Direction::Outbound), (to, Direction::Inbound)] {
            for ix in self.interfaces(end) {
                let groups = self.net.interfaces.get(ix).and_then(|interface| interface.groups.as_deref());
                for group in groups.unwrap_or_default() {
                    let rules = rules(self.net, *group, direction).iter();
                    rules.filter(|rule| spoken(rule.protocol)).for_each(|rule| cut(rule.ports));
                }
            }
        }
        // Packets may pass the ACLs of subnets between the two, such as a NAT gateway's.
        for (inbound, outbound) in self.net.acls.values() {
            inbound.iter().chain(outbound).filter(|rule| spoken(rule.protocol)).for_each(|rule| cut(rule.ports));
        }
        if let Endpoint::Node(id) = to {
            let listeners = self.design.children(Some(id)).filter_map(|id| self.design.get::<Listener>(id));
            listeners.for_each(|listener| cut(PortRange::single(listener.port)));
        }
        ports
    }

    /// A port that is open from one end to another by all pairs, if any; nothing where they do not know an end.
    fn open_port(&self, all: &Pairs, protocol: Protocol, from: Endpoint, to: Endpoint) -> Option<Option<u16>> {
        let class = |end: Endpoint| -> Option<Vec<Option<usize>>> {
            match end {
                Endpoint::Internet => Some(vec![None]),
                Endpoint::Node(id) => {
                    let own = self.net.interfaces_of(id).iter().map(|ix| all.class_of(*ix).map(Some));
                    own.collect::<Option<Vec<_>>>().filter(|own| !own.is_empty())
                }
                Endpoint::Address(_) => None,
            }
        };
        let (froms, tos) = (class(from)?, class(to)?);
        let (first, last) = intervals(protocol, PortRange::ALL);
        let mut open = froms.iter().flat_map(|from| tos.iter().map(move |to| (*from, *to))).filter_map(|pair| {
            let verdict = match pair {
                (Some(from), Some(to)) => all.between(from, to),
                (None, Some(to)) => all.inwards.get(to).copied()?,
                (Some(from), None) => all.outwards.get(from).copied()?,
                (None, None) => return None,
            };
            let met = |(low, high): &(u32, u32)| *low <= last && first <= *high;
            let (low, _) = all.sets.intervals(verdict.answered).iter().find(|interval| met(interval))?;
            u16::try_from((*low).max(first) - first).ok()
        });
        Some(open.next())
    }

    fn interfaces(&self, end: Endpoint) -> Vec<InterfaceIx> {
        match end {
            Endpoint::Node(id) => self.net.interfaces_of(id).to_vec(),
            Endpoint::Address(address) => {
                let inside = self.net.vpcs.keys().find_map(|vpc| self.net.by_private(*vpc, address));
                self.net.by_public(address).or(inside).into_iter().collect()
            }
            Endpoint::Internet => Vec::new(),
        }
    }
}
