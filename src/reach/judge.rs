//! Whether what people pinned holds: each claim is decided by traces, and the one that decided it is shown.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::{Ends, ends_of};
use super::filter::{Direction, rules};
use super::network::{InterfaceIx, Network};
use super::packet::{Decision, StepKind};
use super::trace::{Endpoint, Question, Trace, trace};
use super::url::{Url, UrlTrace};
use super::{Refer, trace_url};
use crate::catalog::Kind;
use crate::catalog::kinds::{DbInstance, Listener, Zone};
use crate::design::{Assertion, Design, Edit, Expect, Loss, Wanted};
use crate::id::NodeId;
use crate::message;
use crate::net::Protocol;
use crate::text::Message;

/// Traces that one claim may take; a claim about more pairs than this is refused rather than answered in part.
const MAX_TRACES: usize = 20_000;

/// What became of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Whether it holds.
    pub holds: bool,
    /// The claim in words.
    pub claim: Message,
    /// Why it holds or fails, and what to do.
    pub why: Message,
    /// The question that decided it.
    pub evidence: Option<Evidence>,
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
    let refer = Refer::new(design, aliases);
    let one = |assertion: &Assertion| {
        let claim = super::claim::told(design, assertion);
        let failed = |why| Outcome { holds: false, claim: claim.clone(), why, evidence: None };
        let losses = match losses(design, assertion.lost.as_ref()) {
            Ok(losses) => losses,
            Err(why) => return failed(why),
        };
        let whole = Case { design, net, lost: None };
        let mut last = None;
        for lost in losses {
            let answer = if lost.is_empty() {
                whole.decide(&refer, assertion)
            } else {
                let mut rest = design.clone();
                let lost: Vec<NodeId> = lost.iter().copied().chain(falls_with(design, net, &lost)).collect();
                // Removing what is there is never refused.
                lost.iter().for_each(|id| drop(rest.apply(&Edit::Remove(*id))));
                let net = Network::lower(&rest);
                Case { design: &rest, net: &net, lost: lost.first().copied() }.decide(&refer, assertion)
            };
            let answer = answer.map_or_else(failed, |outcome| Outcome { claim: claim.clone(), ..outcome });
            if !answer.holds {
                return answer;
            }
            last = Some(answer);
        }
        last.unwrap_or_else(|| failed(message!("가용 영역이 없어요.", "There is no availability zone.")))
    };
    assertions.iter().map(one).collect()
}

/// What to take away: a list of nodes for each time the claim is asked.
fn losses(design: &Design, lost: Option<&Loss>) -> Result<Vec<Vec<NodeId>>, Message> {
    let mut zones: BTreeMap<&str, Vec<NodeId>> = BTreeMap::new();
    for (id, _, zone) in design.all::<Zone>() {
        zones.entry(zone.letter.as_str()).or_default().push(id);
    }
    match lost {
        None => Ok(vec![Vec::new()]),
        Some(Loss::Node(id)) => Ok(vec![vec![*id]]),
        Some(Loss::AnyZone) => Ok(zones.into_values().collect()),
        Some(Loss::Zone(letter)) => zones.remove(letter.as_str()).map(|ids| vec![ids]).ok_or_else(|| {
            message!("설계에 가용 영역 {letter}이(가) 없어요.", "There is no availability zone {letter} in the design.")
        }),
    }
}

/// What AWS does not start again elsewhere when its subnet is lost: a database without a standby.
fn falls_with(design: &Design, net: &Network, lost: &[NodeId]) -> Vec<NodeId> {
    let inside = |subnet: NodeId| lost.iter().any(|id| *id == subnet || design.is_inside(subnet, *id));
    let alone = design.all::<DbInstance>().filter(|(_, _, db)| !db.multi_az).map(|(id, ..)| id);
    let stands = |id: &NodeId| {
        let mut own = net.interfaces_of(*id).iter().filter_map(|ix| net.interface(*ix));
        own.any(|(_, subnet)| inside(subnet.node))
    };
    alone.filter(stands).collect()
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
                    Ok((way.reachable(), Way::Page(from, url.clone(), way)))
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
                let questions = pairs.into_iter().flat_map(|(from, to)| {
                    let ports: Vec<Option<u16>> = if any_port {
                        self.telling_ports(*protocol, from, to).into_iter().map(Some).collect()
                    } else {
                        vec![*port]
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
                    Ok((way.reachable(), Way::Packet(question, Box::new(way))))
                })
            }
        }
    }

    /// Asks until the claim is decided.
    fn each<Q>(
        &self,
        expect: Expect,
        questions: impl Iterator<Item = Q>,
        ask: impl Fn(Q) -> Result<(bool, Way), Message>,
    ) -> Result<Outcome, Message> {
        // One answer of this kind decides; if none comes, the last one shows why.
        let deciding = !matches!(expect, Expect::Reaches);
        let mut shown = None;
        for (asked, question) in questions.enumerate() {
            if asked >= MAX_TRACES {
                return Err(message!(
                    "이 기대는 {MAX_TRACES}쌍이 넘는 리소스를 비교해야 해서 답할 수 없어요. 출발지나 목적지를 좁혀 주세요.",
                    "This claim is about more than {MAX_TRACES} pairs of resources. Narrow its source or destination."
                ));
            }
            let (open, way) = ask(question)?;
            if open == deciding {
                return Ok(self.outcome(open == (expect != Expect::Unreached), open, way));
            }
            shown = shown.or(Some((open, way)));
        }
        match shown {
            Some((open, way)) => Ok(self.outcome(open == (expect != Expect::Unreached), open, way)),
            None => Err(message!(
                "출발지와 목적지가 같은 리소스 하나뿐이에요.",
                "Source and destination are one and the same resource."
            )),
        }
    }

    fn outcome(&self, holds: bool, open: bool, way: Way) -> Outcome {
        let why = match &way {
            Way::Packet(question, trace) => self.packet_told(question, trace, open),
            Way::Page(_, url, page) => {
                let failed = page.stages.iter().find(|stage| !stage.ok).map(|stage| stage.message.clone());
                failed.unwrap_or_else(|| message!("{url} 요청에 응답해요.", "{url} is answered."))
            }
        };
        Outcome { holds, claim: Message::default(), why, evidence: Some(Evidence { lost: self.lost, way }) }
    }

    /// Between whom, and the first thing that blocks or the rule that lets it in.
    fn packet_told(&self, question: &Question, trace: &Trace, open: bool) -> Message {
        let (from, to) = (self.shown(question.from), self.shown(question.to));
        let (what_ko, what_en) = super::claim::traffic(question.protocol, question.port);
        let why = if open {
            self.admitted_by(trace)
        } else {
            let first = trace.forward.blockers.iter().chain(&trace.reply.blockers).next();
            first.map_or_else(|| message!("길이 없어요.", "There is no way."), |blocker| blocker.message.clone())
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
        Ok(Outcome { holds, claim: Message::default(), why, evidence: None })
    }

    /// One port of every stretch of ports that no rule on the way parts: if any port is open, one of these is.
    fn telling_ports(&self, protocol: Protocol, from: Endpoint, to: Endpoint) -> BTreeSet<u16> {
        let mut ports = BTreeSet::from([0]);
        let mut cut = |range: crate::net::PortRange| {
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
            listeners.for_each(|listener| cut(crate::net::PortRange::single(listener.port)));
        }
        ports
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

/// Whether a resource can be one end of a packet.
pub(super) fn has_end(design: &Design, net: &Network, id: NodeId) -> bool {
    !net.interfaces_of(id).is_empty()
        || net.laptops.contains_key(&id)
        || net.gateway_endpoints.contains_key(&id)
        || design.node(id).is_some_and(|node| node.kind() == Kind::Internet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{GroupRule, LoadBalancer};
    use crate::catalog::{Category, Value};
    use crate::design::Subject;
    use crate::net::AnyCidr;
    use crate::rules::testing::{Named, balanced, named, two_zones};

    fn claim(text: &str) -> Assertion {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[track_caller]
    fn outcome(n: &Named, assertion: Assertion) -> Outcome {
        let net = Network::lower(n.design());
        judge(n.design(), &net, &BTreeMap::new(), &[assertion]).pop().unwrap()
    }

    #[track_caller]
    fn holds(n: &Named, text: &str) -> Outcome {
        let outcome = outcome(n, claim(text));
        assert!(outcome.holds, "{}: {}", outcome.claim.en, outcome.why.en);
        outcome
    }

    #[track_caller]
    fn fails(n: &Named, text: &str) -> Outcome {
        let outcome = outcome(n, claim(text));
        assert!(!outcome.holds, "{}: {}", outcome.claim.en, outcome.why.en);
        outcome
    }

    #[test]
    fn the_internet_reaches_the_balancer_and_nothing_behind_it() {
        let mut n = named();
        holds(&n, r#"{"from":"internet","to":{"kind":"load_balancer"},"port":443}"#);
        let closed = fails(&n, r#"{"from":"internet","to":{"kind":"load_balancer"},"port":22}"#);
        assert!(closed.why.en.starts_with("the internet to alb, TCP 22: "), "{}", closed.why.en);
        assert_eq!(closed.claim.ko, "인터넷에서 모든 로드 밸런서로 TCP 22 연결이 돼요");
        holds(&n, r#"{"expect":"does-not-reach","from":"internet","to":"app"}"#);
        // On whatever port it opens, the claim fails and says on which.
        n.rows("web-sg", "inbound", &[GroupRule::tcp(8080, AnyCidr::default())]);
        let open = fails(&n, r#"{"expect":"does-not-reach","from":"internet","to":{"kind":"instance"}}"#);
        assert!(open.why.en.contains("web, TCP 8080") && open.why.en.contains("rule 1"), "{}", open.why.en);
        let Some(Evidence { way: Way::Packet(question, trace), lost: None }) = open.evidence else { panic!() };
        assert_eq!((question.to, question.port), (Endpoint::Node(n.id("web")), Some(8080)));
        assert!(trace.reachable());
    }

    #[test]
    fn a_claim_about_nobody_holds_only_if_nobody_should_be_reached() {
        let n = two_zones();
        let to = Subject::Category(Category::Database);
        let mut nothing = Assertion { expect: Expect::Unreached, ..Assertion::reaches(Subject::Internet, to, 3306) };
        assert!(outcome(&n, nothing.clone()).holds);
        nothing.expect = Expect::Reaches;
        let none = outcome(&n, nothing);
        assert!(!none.holds && none.why.ko.contains("데이터베이스"), "{}", none.why.ko);
        let typo = fails(&n, r#"{"from":"internet","to":"wbe","port":80}"#);
        assert!(typo.why.en.contains("wbe"));
    }

    #[test]
    fn frames_and_groups_stand_for_what_is_in_them() {
        let n = two_zones();
        holds(&n, r#"{"from":"private-a","to":"public-a","port":80}"#);
        holds(&n, r#"{"from":"vpc","to":"internet","port":443}"#);
        holds(&n, r#"{"expect":"reaches-any","from":"internet","to":"web-sg","port":80}"#);
        fails(&n, r#"{"from":"internet","to":"web-sg","port":80}"#);
        fails(&n, r#"{"from":"internet","to":"private-c","port":80}"#);
    }

    #[test]
    fn what_still_holds_when_a_zone_is_lost() {
        let mut n = balanced();
        holds(&n, r#"{"from":"internet","url":"http://alb/"}"#);
        holds(&n, r#"{"from":"internet","url":"http://alb/","without":"any-zone"}"#);
        // The servers of zone a are reached through the NAT gateway's zone alone.
        holds(&n, r#"{"from":"app-c","to":"internet","port":443}"#);
        let lost = fails(&n, r#"{"from":"app-c","to":"internet","port":443,"without":{"zone":"a"}}"#);
        assert_eq!(lost.evidence.unwrap().lost, Some(n.id("zone-a")));
        assert!(lost.claim.en.ends_with("when availability zone a is lost"), "{}", lost.claim.en);
        fails(&n, r#"{"from":"app-c","to":"internet","port":443,"without":"any-zone"}"#);
        let gone = fails(&n, r#"{"from":"app","to":"internet","port":443,"without":{"zone":"a"}}"#);
        assert!(gone.why.en.contains("not there"), "{}", gone.why.en);
        assert!(
            fails(&n, r#"{"from":"app","to":"web","port":80,"without":{"zone":"q"}}"#).why.ko.contains("가용 영역 q")
        );
        // One zone less on the balancer: losing the other takes the page away.
        let subnets = vec![n.id("public-a")];
        n.set("alb", "subnets", Value::List(subnets.into_iter().map(Value::Ref).collect()));
        assert_eq!(n.design().get::<LoadBalancer>(n.id("alb")).unwrap().subnets.len(), 1);
        fails(&n, r#"{"from":"internet","url":"http://alb/","without":"any-zone"}"#);
    }
}
