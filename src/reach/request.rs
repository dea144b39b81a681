//! A request walked from the name down: record, network, listener, certificate, rule, action, target group, health, target.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::addresses::is_foreign;
use super::balancer::{Client as Caller, TargetReach, listener_on, targets};
use super::behind::{self, Behind, served};
use super::condition::{matching_rule, redirected};
use super::edge::{names_not_known, names_open, region_of, serve};
use super::name::{Found, resolve};
use super::network::{InterfaceIx, Network};
use super::packet::Blocker;
use super::trace::{trace, trace_by};
use super::url::{Reply, Stage, StageKind, Url, UrlTrace};
use super::verdict::Verdict;
use crate::catalog::Kind;
use crate::catalog::kinds::{ActionType, Certificate, Forward, Listener, LoadBalancer};
use crate::design::Design;
use crate::facts::actions::Action;
use crate::facts::routes::SOMEBODY;
use crate::id::NodeId;
use crate::net::{DomainName, Protocol};
use crate::reach::question::{Endpoint, Question, Trace};
use crate::text::Message;
use crate::{id_of, message};

/// Redirects that are followed before they count as a circle.
const MAX_REDIRECTS: usize = 5;

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    pub(super) from: Endpoint,
    /// The VPC it stands in, whose private zones answer it.
    pub(super) vpc: Option<NodeId>,
    /// Its address as others see it.
    pub(super) address: Ipv4Addr,
}

/// Walks a request. `from` is who asks.
///
/// # Errors
/// Why the question makes no sense.
pub fn trace_url(design: &Design, net: &Network, from: Endpoint, url: &Url) -> Result<UrlTrace, Message> {
    let vpc = match from {
        Endpoint::Node(id) => design.ancestor(id, Kind::Vpc),
        _ => None,
    };
    let address = match from {
        Endpoint::Address(address) => address,
        Endpoint::Node(id) => {
            match (net.laptops.get(&id), net.interfaces_of(id).first().and_then(|ix| net.interfaces.get(*ix))) {
                (Some(block), _) => block.first(),
                (None, Some(interface)) => interface.private,
                (None, None) => SOMEBODY,
            }
        }
        Endpoint::Internet => SOMEBODY,
    };
    let client = Client { from, vpc, address };
    let mut answer = UrlTrace::default();
    let mut url = url.clone();
    for _ in 0..=MAX_REDIRECTS {
        match request(design, net, client, &url, &mut answer)? {
            Some(next) => url = next,
            None => return Ok(answer),
        }
    }
    answer.add(
        StageKind::Redirect,
        None,
        false,
        message!(
            "리디렉션이 {MAX_REDIRECTS}번 넘게 이어져요. 리디렉션이 제자리를 도는지 확인하세요.",
            "More than {MAX_REDIRECTS} redirects in a row. Check whether they go in a circle."
        ),
    );
    Ok(answer)
}

/// One request; the next URL if it ends in a redirect.
fn request(
    design: &Design,
    net: &Network,
    client: Client,
    url: &Url,
    out: &mut UrlTrace,
) -> Result<Option<Url>, Message> {
    let Some(found) = resolve(design, net, client.vpc, &url.host, out) else { return Ok(None) };
    match found {
        Found::Balancer(balancer) => at_balancer(design, net, client, balancer, url, out),
        Found::Edge(id) => serve(design, net, id, url, out),
        Found::Address(to, by) => {
            let question =
                Question { from: client.from, to, protocol: Protocol::Tcp, port: Some(url.port), source_port: None };
            if let Endpoint::Address(address) = to
                && is_foreign(net, address)
            {
                let why = message!(
                    "{address}은(는) 여기에 그리지 않은 곳의 주소라, 누가 답하는지 알 수 없어요.",
                    "{address} is the address of something that is not drawn here, so who answers is not known."
                );
                out.not_known(StageKind::Network, None, why);
                return Ok(None);
            }
            let way = trace_by(design, net, question, by)?;
            // An Elastic IP answers nothing itself: its machine does.
            let machine = |id| net.elastic(id).and_then(|(ix, _)| Some(net.interfaces.get(ix)?.node));
            let node = if let Endpoint::Node(id) = to { machine(id).or(Some(id)) } else { None };
            network_stage(design, node, url.port, way, out);
            Ok(None)
        }
    }
}

/// That a load balancer stands in no subnet, and so has nothing that could answer. Of one that was read from elsewhere that may not be known.
fn without_node(design: &Design, net: &Network, balancer: NodeId) -> Option<Message> {
    let node = design.node(balancer).filter(|node| node.origin.is_empty() && design.template().is_none())?;
    let own = design.get::<LoadBalancer>(balancer)?;
    let none = own.subnets.is_empty() && net.interfaces_of(balancer).is_empty();
    let name = &node.name;
    none.then(|| {
        message!(
            "로드 밸런서 {name}에 노드가 하나도 없어요. 가용 영역 두 개 이상에서 서브넷을 고르세요.",
            "Load balancer {name} has no node. Choose subnets in two availability zones at least."
        )
    })
}

/// A request at a load balancer; the next URL if it ends in a redirect.
pub(super) fn at_balancer(
    design: &Design,
    net: &Network,
    client: Client,
    balancer: NodeId,
    url: &Url,
    out: &mut UrlTrace,
) -> Result<Option<Url>, Message> {
    let question = Question {
        from: client.from,
        to: Endpoint::Node(balancer),
        protocol: Protocol::Tcp,
        port: Some(url.port),
        source_port: None,
    };
    if let Some(why) = without_node(design, net, balancer) {
        out.add(StageKind::Network, Some(balancer), false, why);
        return Ok(None);
    }
    let way = trace(design, net, question)?;
    let nodes = nodes_reached(&way);
    let seen = way.forward.last.map_or(client.address, |last| last.source);
    let caller = Caller { address: seen, protocol: Protocol::Tcp };
    if !network_stage(design, Some(balancer), url.port, way, out) {
        return Ok(None);
    }
    let Some((listener_id, listener)) = listener_on(design, balancer, Protocol::Tcp, url.port) else { return Ok(None) };
    if !speaks(design, listener_id, listener, url, out) {
        return Ok(None);
    }
    if design.is_open(listener_id, id_of!(Listener.rules)) {
        let name = design.node(listener_id).map_or("", |node| node.name.as_str());
        let why = message!(
            "리스너 {name}의 규칙 가운데 배포할 때 정해지는 것이 있어서, 요청이 어느 규칙을 따르는지 알 수 없어요. 매개변수에 값을 넣어 보세요.",
            "Listener {name} has rules that only a deployment knows, so which of them a request follows is not known. Give the parameters values."
        );
        out.not_known(StageKind::Rule, Some(listener_id), why);
        return Ok(None);
    }
    let rule = matching_rule(listener, url, seen);
    let action = rule.map_or_else(|| Action::of_listener(listener), |(row, rule)| Action::of_rule(row, rule));
    let which = rule.map_or_else(
        || message!("기본 작업", "the default action"),
        |(_, rule)| {
            let priority = rule.priority;
            message!("우선순위 {priority} 규칙", "the rule of priority {priority}")
        },
    );
    match action.kind {
        ActionType::FixedResponse => {
            let code = action.response_code;
            let message = Message::new(
                &format!("{}이(가) {code}(으)로 바로 답해요.", which.ko),
                format!("By {} the answer is {code} at once.", which.en),
            );
            out.add(StageKind::Rule, Some(listener_id), code.starts_with('2'), message);
            out.replied(Reply::Status(code.to_owned()));
            Ok(None)
        }
        ActionType::Redirect => {
            let next = redirected(&action, url);
            let message = Message::new(
                &format!("{}이(가) {next}(으)로 돌려요.", which.ko),
                format!("By {} the client is redirected to {next}.", which.en),
            );
            let host = next.parse::<Url>();
            out.add(StageKind::Redirect, Some(listener_id), host.is_ok(), message);
            out.replied(Reply::Redirect(next.clone()));
            Ok(host.ok().filter(|next| next != url))
        }
        ActionType::Forward => {
            forward(design, net, &nodes, listener_id, action.forwards, &which, caller, out);
            Ok(None)
        }
    }
}

/// The nodes of a balancer that a client gets to.
fn nodes_reached(way: &Trace) -> Vec<InterfaceIx> {
    if way.parts.is_empty() {
        return way.forward.arrived_at.into_iter().collect();
    }
    let open = way.parts.iter().filter(|part| part.verdict.connects());
    let reached: BTreeSet<InterfaceIx> = open.filter_map(|part| part.to.or(way.forward.arrived_at)).collect();
    reached.into_iter().collect()
}

fn network_stage(design: &Design, node: Option<NodeId>, port: u16, way: Trace, out: &mut UrlTrace) -> bool {
    let verdict = way.verdict();
    let ok = verdict.connects();
    let name = node.and_then(|id| design.node(id)).map_or("", |node| node.name.as_str());
    let first =
        way.blockers().find(|blocker| blocker.certain == (verdict == Verdict::No)).or_else(|| way.blockers().next());
    let first = first.map(|blocker| blocker.message.clone());
    let open = message!("{name}의 {port} 포트에 연결돼요.", "The connection to port {port} of {name} opens.");
    let message = match (ok, way.summary()) {
        (true, None) => open,
        (true, Some(part)) => {
            Message { ko: format!("{} {}", open.ko, part.ko), en: format!("{} {}", open.en, part.en) }
        }
        (false, _) => first.unwrap_or_else(|| {
            message!("{name}의 {port} 포트에 닿지 못해요.", "Port {port} of {name} is out of reach.")
        }),
    };
    out.stages.push(Stage {
        kind: StageKind::Network,
        node,
        ok,
        verdict,
        message,
        trace: Some(way),
        targets: Vec::new(),
        reply: None,
    });
    ok
}

/// Whether the listener speaks what the URL says, with a certificate for the name.
fn speaks(design: &Design, id: NodeId, listener: &Listener, url: &Url, out: &mut UrlTrace) -> bool {
    let port = url.port;
    if !listener.protocol.is_http() && !listener.protocol.is_secure() {
        return out.add(
            StageKind::Listener,
            Some(id),
            true,
            message!("{port} 포트의 리스너가 그대로 넘겨요.", "The listener on port {port} passes it on as it is."),
        );
    }
    if url.secure != listener.protocol.is_secure() {
        let (want, has) = (if url.secure { "https" } else { "http" }, listener.protocol.as_str());
        return out.add(
            StageKind::Listener,
            Some(id),
            false,
            message!(
                "{port} 포트의 리스너는 {has}인데 {want}(으)로 요청했어요. 리스너 프로토콜이나 주소를 맞추세요.",
                "The listener on port {port} speaks {has}, but the request is {want}. Make listener and address agree."
            ),
        );
    }
    out.add(
        StageKind::Listener,
        Some(id),
        true,
        message!("{port} 포트의 리스너가 받아요.", "The listener on port {port} accepts it."),
    );
    if !url.secure {
        return true;
    }
    let host = &url.host;
    let Some((certificate_id, certificate)) =
        listener.certificate.and_then(|id| Some((id, design.get::<Certificate>(id)?)))
    else {
        if design.is_open(id, id_of!(Listener.certificate)) {
            return out.not_known(StageKind::Certificate, Some(id), names_not_known(host));
        }
        return out.add(
            StageKind::Certificate,
            Some(id),
            false,
            message!(
                "HTTPS 리스너에 인증서가 없어요. ACM 인증서를 연결하세요.",
                "The HTTPS listener has no certificate. Attach one from ACM."
            ),
        );
    };
    if let (Some(there), Some(here)) = (region_of(design, certificate_id), region_of(design, id))
        && there != here
    {
        return out.add(
            StageKind::Certificate,
            Some(certificate_id),
            false,
            message!(
                "인증서가 다른 리전 {there}에 있어요. 로드 밸런서가 있는 {here}에 만든 인증서를 붙이세요.",
                "The certificate is in another region, {there}. Attach one made in {here}, where the load balancer is."
            ),
        );
    }
    if !certificate.covers(host) && names_open(design, certificate_id) {
        return out.not_known(StageKind::Certificate, Some(certificate_id), names_not_known(host));
    }
    let names = certificate.names().map(DomainName::as_str).collect::<Vec<_>>().join(", ");
    if !certificate.covers(host) {
        return out.add(
            StageKind::Certificate,
            Some(certificate_id),
            false,
            message!("인증서({names})가 {host}을(를) 포함하지 않아서 브라우저가 경고해요. 이름이 맞는 인증서를 쓰세요. 와일드카드는 한 단계만 포함해요.", "The certificate ({names}) does not cover {host}, so browsers warn. Use one that does; a wildcard covers exactly one label."),
        );
    }
    out.add(
        StageKind::Certificate,
        Some(certificate_id),
        true,
        message!("인증서({names})가 {host}을(를) 포함해요.", "The certificate ({names}) covers {host}."),
    )
}

#[expect(clippy::too_many_arguments, reason = "the last stage needs what every stage before it found")]
fn forward(
    design: &Design,
    net: &Network,
    nodes: &[InterfaceIx],
    listener: NodeId,
    forwards: &[Forward],
    which: &Message,
    client: Caller,
    out: &mut UrlTrace,
) {
    let groups: Vec<NodeId> = forwards
        .iter()
        .filter(|forward| forward.weight > 0 || forwards.len() == 1)
        .filter_map(|forward| forward.target_group)
        .collect();
    if groups.is_empty() {
        let message = Message::new(
            &format!("{}에 전달할 대상 그룹이 없어요. 대상 그룹을 연결하세요.", which.ko),
            format!("There is no target group to forward to in {}. Connect one.", which.en),
        );
        out.add(StageKind::Rule, Some(listener), false, message);
        return;
    }
    let names =
        groups.iter().filter_map(|id| design.node(*id)).map(|node| node.name.as_str()).collect::<Vec<_>>().join(", ");
    out.add(
        StageKind::Rule,
        Some(listener),
        true,
        Message::new(
            &format!("{}이(가) 대상 그룹 {names}(으)로 전달해요.", which.ko),
            format!("By {} it is forwarded to target group {names}.", which.en),
        ),
    );
    for group in groups {
        let from_each: Vec<Vec<TargetReach>> =
            nodes.iter().map(|node| targets(design, net, *node, group, client)).collect();
        let each: Vec<Behind> = from_each.iter().map(|all| served(all)).collect();
        let verdict = Verdict::spread(each.iter().map(|one| one.verdict));
        let message = answer_in_words(design, group, &from_each, &each, verdict);
        let ok = verdict.connects();
        let targets = best_of(from_each);
        out.stages.push(Stage {
            kind: StageKind::Targets,
            node: Some(group),
            ok,
            verdict,
            message,
            trace: None,
            targets,
            reply: None,
        });
    }
}

/// Each target as the node sees it that reaches it best.
fn best_of(from_each: Vec<Vec<TargetReach>>) -> Vec<TargetReach> {
    let mut best: Vec<TargetReach> = Vec::new();
    for all in from_each {
        for (at, target) in all.into_iter().enumerate() {
            match best.get_mut(at) {
                Some(known) if (known.serves(), known.healthy()) < (target.serves(), target.healthy()) => {
                    *known = target;
                }
                Some(_) => {}
                None => best.push(target),
            }
        }
    }
    best
}

/// What a client gets of a target group, and why.
/// See <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html>.
fn answer_in_words(
    design: &Design,
    group: NodeId,
    from_each: &[Vec<TargetReach>],
    each: &[Behind],
    verdict: Verdict,
) -> Message {
    let name = design.node(group).map_or("", |node| node.name.as_str());
    let all = from_each.first().map_or(0, Vec::len);
    let best = best_of(from_each.to_vec());
    let (serving, healthy) =
        (best.iter().filter(|target| target.serves()).count(), best.iter().any(TargetReach::healthy));
    let of = |blockers: &[Blocker], certain: bool| {
        let found = blockers.iter().find(|blocker| blocker.certain == certain).or_else(|| blockers.first());
        found.map(|blocker| blocker.message.clone())
    };
    let all_blockers: Vec<Blocker> = each.iter().flat_map(|one| one.blockers.iter().cloned()).collect();
    let why = of(&all_blockers, verdict != Verdict::Unknown).unwrap_or_default();
    // Those that get no requests are told of where nothing fails.
    let left_out = best.iter().filter(|target| !target.serves()).flat_map(behind::why).next();
    let and = |first: Message, more: Option<Message>| match more {
        Some(more) => Message { ko: format!("{} {}", first.ko, more.ko), en: format!("{} {}", first.en, more.en) },
        None => first,
    };
    match verdict {
        Verdict::Yes if healthy => and(
            message!(
                "대상 그룹 {name}의 대상 {all}개 가운데 {serving}개가 답해요.",
                "{serving} of {all} targets of target group {name} answer."
            ),
            left_out.map(|blocker| blocker.message),
        ),
        Verdict::Yes => and(
            message!(
                "대상 그룹 {name}의 대상이 모두 상태 확인에 실패하지만, 그럴 때는 모든 대상에 요청을 보내서 답해요.",
                "All targets of target group {name} fail their health check, and then requests go to all of them, which answer."
            ),
            left_out.map(|blocker| blocker.message),
        ),
        Verdict::Partly => and(
            message!(
                "대상 그룹 {name}에 보낸 요청 가운데 일부만 답을 받아요. 나머지는 504를 받아요.",
                "Only some of the requests to target group {name} are answered. The others get 504."
            ),
            Some(why),
        ),
        Verdict::Unknown => and(
            message!(
                "대상 그룹 {name}의 대상이 답하는지 알 수 없어요.",
                "Whether the targets of target group {name} answer is not known."
            ),
            Some(why),
        ),
        Verdict::No if all == 0 => message!(
            "대상 그룹 {name}에 등록된 대상이 없어서 503을 받아요. 대상을 등록하세요.",
            "Target group {name} has no targets, so the answer is 503. Register some."
        ),
        Verdict::No if best.iter().all(|target| target.barred.is_some()) => and(
            message!(
                "대상 그룹 {name}에 요청을 받을 수 있는 대상이 없어서 503을 받아요.",
                "Target group {name} has no target that could get requests, so the answer is 503."
            ),
            Some(why),
        ),
        Verdict::No => and(
            message!(
                "로드 밸런서가 대상 그룹 {name}의 대상에 연결하지 못해서 504를 받아요.",
                "The load balancer cannot connect to the targets of target group {name}, so the answer is 504."
            ),
            Some(why),
        ),
    }
}
