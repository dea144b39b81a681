//! A request walked from the name down: record, network, listener, certificate, rule, action, target group, health, target.

use std::net::Ipv4Addr;

use super::balancer::{listener_on, targets};
use super::condition::{Act, matching_rule};
use super::edge::serve;
use super::name::{Found, resolve};
use super::network::Network;
use super::trace::trace;
use super::url::{Stage, StageKind, Url, UrlTrace};
use crate::catalog::Kind;
use crate::catalog::kinds::{ActionType, Certificate, Forward, Listener};
use crate::design::Design;
use crate::facts::routes::SOMEBODY;
use crate::id::NodeId;
use crate::message;
use crate::net::{DomainName, Protocol};
use crate::reach::question::{Endpoint, Question, Trace};
use crate::text::Message;

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
    let Some(found) = resolve(design, client.vpc, &url.host, out) else { return Ok(None) };
    match found {
        Found::Balancer(balancer) => at_balancer(design, net, client, balancer, url, out),
        Found::Edge(id) => serve(design, net, id, url, out),
        Found::Address(to) => {
            let question =
                Question { from: client.from, to, protocol: Protocol::Tcp, port: Some(url.port), source_port: None };
            let way = trace(design, net, question)?;
            let node = if let Endpoint::Node(node) = to { Some(node) } else { None };
            network_stage(design, node, url.port, way, out);
            Ok(None)
        }
    }
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
    if !network_stage(design, Some(balancer), url.port, trace(design, net, question)?, out) {
        return Ok(None);
    }
    let Some((listener_id, listener)) = listener_on(design, balancer, Protocol::Tcp, url.port) else { return Ok(None) };
    if !speaks(design, listener_id, listener, url, out) {
        return Ok(None);
    }
    let rule = matching_rule(listener, url, client.address);
    let action = rule.map_or_else(|| Act::of_listener(listener), Act::of_rule);
    let which = rule.map_or_else(
        || message!("기본 작업", "the default action"),
        |rule| {
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
            Ok(None)
        }
        ActionType::Redirect => {
            let next = action.redirected(url);
            let message = Message::new(
                &format!("{}이(가) {next}(으)로 돌려요.", which.ko),
                format!("By {} the client is redirected to {next}.", which.en),
            );
            let host = next.parse::<Url>();
            out.add(StageKind::Redirect, Some(listener_id), host.is_ok(), message);
            Ok(host.ok().filter(|next| next != url))
        }
        ActionType::Forward => {
            forward(design, net, balancer, listener_id, action.forwards, &which, client.address, out);
            Ok(None)
        }
    }
}

fn network_stage(design: &Design, node: Option<NodeId>, port: u16, way: Trace, out: &mut UrlTrace) -> bool {
    let ok = way.reachable();
    let name = node.and_then(|id| design.node(id)).map_or("", |node| node.name.as_str());
    let first = way.forward.blockers.iter().chain(&way.reply.blockers).next().map(|blocker| blocker.message.clone());
    let message = if ok {
        message!("{name}의 {port} 포트에 연결돼요.", "The connection to port {port} of {name} opens.")
    } else {
        first.unwrap_or_else(|| {
            message!("{name}의 {port} 포트에 닿지 못해요.", "Port {port} of {name} is out of reach.")
        })
    };
    out.stages.push(Stage { kind: StageKind::Network, node, ok, message, trace: Some(way), targets: Vec::new() });
    ok
}

/// Whether the listener speaks what the URL says, with a certificate for the name.
fn speaks(design: &Design, id: NodeId, listener: &Listener, url: &Url, out: &mut UrlTrace) -> bool {
    let port = url.port;
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
    balancer: NodeId,
    listener: NodeId,
    forwards: &[Forward],
    which: &Message,
    client: Ipv4Addr,
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
        let reached = targets(design, net, balancer, group, client);
        let name = design.node(group).map_or("", |node| node.name.as_str());
        let (serving, all) = (reached.iter().filter(|target| target.serves()).count(), reached.len());
        let ok = serving > 0;
        let first = || {
            reached.iter().find_map(|target| {
                let walks =
                    [&target.health.forward, &target.health.reply, &target.traffic.forward, &target.traffic.reply];
                target
                    .barred
                    .as_ref()
                    .or_else(|| walks.into_iter().find_map(|walk| walk.blockers.first()))
                    .map(|blocker| blocker.message.clone())
            })
        };
        let message = if ok {
            message!(
                "대상 그룹 {name}의 대상 {all}개 가운데 {serving}개가 답해요.",
                "{serving} of {all} targets of target group {name} answer."
            )
        } else if all == 0 {
            message!(
                "대상 그룹 {name}에 등록된 대상이 없어서 503을 받아요. 대상을 등록하세요.",
                "Target group {name} has no targets, so the answer is 503. Register some."
            )
        } else {
            let why = first().unwrap_or_default();
            Message::new(
                &format!("대상 그룹 {name}에 정상인 대상이 없어서 503을 받아요. {}", why.ko),
                format!("Target group {name} has no healthy target, so the answer is 503. {}", why.en),
            )
        };
        out.stages.push(Stage {
            kind: StageKind::Targets,
            node: Some(group),
            ok,
            message,
            trace: None,
            targets: reached,
        });
    }
}
