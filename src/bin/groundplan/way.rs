//! A packet's way in words and as data.

use std::fmt::Write;
use std::net::Ipv4Addr;

use groundplan::design::Design;
use groundplan::message;
use groundplan::net::{PortRange, Protocol};
use groundplan::reach::{
    Blocker, Decision, Network, Packet, Refer, StageKind, Step, StepKind, Trace, UrlTrace, Verdict, Walk, spoken,
};
use groundplan::text::{Lang, Message, Text, t};
use serde_json::{Value, json};

use super::trace::Offer;

const fn kind_id(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Internet => "internet",
        StepKind::InternetGateway => "internet_gateway",
        StepKind::NatGateway => "nat_gateway",
        StepKind::NetworkAcl => "network_acl",
        StepKind::SecurityGroup => "security_group",
        StepKind::RouteTable => "route_table",
        StepKind::Interface => "interface",
        StepKind::Peering => "vpc_peering",
        StepKind::TransitGateway => "transit_gateway",
        StepKind::VpnGateway => "vpn_gateway",
        StepKind::VpnConnection => "vpn_connection",
        StepKind::OnPremises => "on_premises",
        StepKind::Attachment => "transit_gateway_attachment",
        StepKind::TransitRouteTable => "transit_gateway_route_table",
        StepKind::Endpoint => "vpc_endpoint",
        StepKind::Beyond => "beyond",
    }
}

const fn kind_label(kind: StepKind) -> Text {
    match kind {
        StepKind::Internet => t("인터넷", "Internet"),
        StepKind::InternetGateway => t("인터넷 게이트웨이", "Internet gateway"),
        StepKind::NatGateway => t("NAT 게이트웨이", "NAT gateway"),
        StepKind::NetworkAcl => t("네트워크 ACL", "Network ACL"),
        StepKind::SecurityGroup => t("보안 그룹", "Security group"),
        StepKind::RouteTable => t("라우팅 테이블", "Route table"),
        StepKind::Interface => t("네트워크 인터페이스", "Network interface"),
        StepKind::Peering => t("피어링 연결", "VPC peering"),
        StepKind::TransitGateway => t("전송 게이트웨이", "Transit gateway"),
        StepKind::VpnGateway => t("가상 프라이빗 게이트웨이", "Virtual private gateway"),
        StepKind::VpnConnection => t("VPN 연결", "VPN connection"),
        StepKind::OnPremises => t("온프레미스", "On premises"),
        StepKind::Attachment => t("전송 게이트웨이 연결", "Transit gateway attachment"),
        StepKind::TransitRouteTable => t("전송 게이트웨이 라우팅 테이블", "Transit gateway route table"),
        StepKind::Endpoint => t("VPC 엔드포인트", "VPC endpoint"),
        StepKind::Beyond => t("그림 밖", "Beyond the drawing"),
    }
}

/// Stable name of a stage of a request.
pub const fn stage_id(kind: StageKind) -> &'static str {
    match kind {
        StageKind::Name => "name",
        StageKind::Network => "network",
        StageKind::Listener => "listener",
        StageKind::Certificate => "certificate",
        StageKind::Rule => "rule",
        StageKind::Redirect => "redirect",
        StageKind::Targets => "targets",
        StageKind::Answer => "answer",
    }
}

fn header(packet: &Packet) -> String {
    let (from, to) = (packet.source, packet.destination);
    if packet.protocol.has_ports() {
        format!("{} {from}:{} -> {to}:{}", packet.protocol, packet.source_ports, packet.ports)
    } else {
        format!("{} {from} -> {to}", packet.protocol)
    }
}

fn decision(step: &Step) -> Option<String> {
    match step.decision {
        Decision::Pass => None,
        Decision::Row(row) => Some(row.to_string()),
        Decision::Number(number) => Some(number.to_string()),
        Decision::Implicit => Some("*".to_owned()),
    }
}

/// The components of a walk as data.
pub fn hops(refer: &Refer<'_>, walk: &Walk) -> Vec<Value> {
    let hop = |step: &Step| {
        json!({
            "kind": kind_id(step.kind),
            "component": step.component.map(|node| refer.id(node)),
            "name": step.component.map(|node| refer.name(node)),
            "rule": decision(step),
            "passed": step.passed,
            "header_in": header(&step.header_in),
            "header_out": header(&step.header_out),
        })
    };
    walk.steps.iter().map(hop).collect()
}

/// Writes answers for people.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub design: &'a Design,
    pub net: &'a Network,
    pub refer: &'a Refer<'a>,
    pub lang: Lang,
}

impl Told<'_> {
    /// Both ways with numbered components, headers where they are rewritten, and everything that blocks.
    pub fn trace(&self, answer: &Trace, offer: Offer<'_>) -> String {
        const FORWARD: Text = t("가는 길", "Forward path");
        const REPLY: Text = t("돌아오는 길", "Return path");
        let mut text = String::new();
        // Writing into a string does not fail.
        writeln!(text, "{}", answer.verdict().label().get(self.lang)).ok();
        for message in answer.summary().iter().chain(&answer.notes) {
            writeln!(text, "{}", message.get(self.lang)).ok();
        }
        for (title, walk) in [(FORWARD, &answer.forward), (REPLY, &answer.reply)] {
            if !walk.steps.is_empty() {
                self.walk(&mut text, title, walk, offer);
            }
        }
        for part in answer.parts.iter().filter(|part| part.verdict != Verdict::Yes) {
            writeln!(text, "\n{}", part.label.get(self.lang)).ok();
            part.blockers.iter().for_each(|blocker| self.blocker(&mut text, blocker, None, offer));
        }
        text
    }

    fn walk(&self, text: &mut String, title: Text, walk: &Walk, offer: Offer<'_>) {
        writeln!(text, "\n{}", title.get(self.lang)).ok();
        let first = walk.steps.first().map(|step| self.header(&step.header_in)).unwrap_or_default();
        writeln!(text, "    {first}").ok();
        for (number, step) in walk.steps.iter().enumerate() {
            let name = step.component.map_or("", |node| self.refer.name(node));
            let id = step.component.map_or("", |node| self.refer.id(node));
            let id = if id == name || id.is_empty() { String::new() } else { format!(" ({id})") };
            let next = walk.steps.get(number + 1).map(|next| next.kind);
            let rule = decided(step, next).map(|rule| format!(", {}", rule.get(self.lang))).unwrap_or_default();
            let mark = if step.passed { "" } else { "  [x]" };
            let line = format!("{:3} {} {name}{id}{rule}", number + 1, kind_label(step.kind).get(self.lang));
            writeln!(text, "{}{mark}", line.trim_end()).ok();
            if step.header_in != step.header_out {
                writeln!(text, "    => {}", self.header(&step.header_out)).ok();
            }
        }
        walk.blockers.iter().for_each(|blocker| self.blocker(text, blocker, Some(blocker.step + 1), offer));
        for remark in &walk.remarks {
            let (step, message) = (remark.step + 1, remark.message.get(self.lang));
            writeln!(text, "  i {step}. {message} [{}]", remark.code).ok();
        }
    }

    fn blocker(&self, text: &mut String, blocker: &Blocker, step: Option<usize>, offer: Offer<'_>) {
        const FIX: Text = t("고치기", "fix");
        let mark = if blocker.certain { "x" } else { "?" };
        let step = step.map(|step| format!(" {step}.")).unwrap_or_default();
        writeln!(text, "  {mark}{step} {} [{}]", blocker.message.get(self.lang), blocker.code).ok();
        if let Some(fix) = offer(blocker) {
            writeln!(text, "    {}: {}", FIX.get(self.lang), fix.title.get(self.lang)).ok();
        }
    }

    /// A packet's header with addresses as people know them.
    fn header(&self, packet: &Packet) -> String {
        let end = |address: Ipv4Addr, ports: PortRange| {
            let address = spoken(self.design, self.net, address);
            let address = address.get(self.lang);
            if packet.protocol.has_ports() && !ports.is_all() {
                format!("{address}:{ports}")
            } else {
                address.to_owned()
            }
        };
        let protocol = match packet.protocol {
            Protocol::Icmp if !packet.ports.is_all() => format!("icmp {}", packet.protocol.in_words(packet.ports)),
            protocol => protocol.to_string(),
        };
        let (from, to) = (end(packet.source, packet.source_ports), end(packet.destination, packet.ports));
        format!("{protocol} {from} -> {to}")
    }
}

/// What decided at a component, in words.
fn decided(step: &Step, next: Option<StepKind>) -> Option<Message> {
    Some(match (step.decision, step.kind, step.passed) {
        (Decision::Pass, ..) => return None,
        (Decision::Row(row), StepKind::RouteTable | StepKind::TransitRouteTable, _) => {
            message!("경로 {row}", "route {row}")
        }
        (Decision::Row(row), ..) => message!("규칙 {row}", "rule {row}"),
        (Decision::Number(number), ..) => message!("규칙 {number}", "rule {number}"),
        (Decision::Implicit, StepKind::RouteTable, true) if next == Some(StepKind::Endpoint) => {
            message!("엔드포인트가 넣은 경로", "the endpoint's own route")
        }
        (Decision::Implicit, StepKind::TransitRouteTable, true) => message!("전파된 경로", "a propagated route"),
        (Decision::Implicit, StepKind::RouteTable, true) => message!("local 경로", "the local route"),
        (Decision::Implicit, StepKind::RouteTable | StepKind::TransitRouteTable, false) => {
            message!("맞는 경로 없음", "no route matches")
        }
        (Decision::Implicit, _, true) => message!("기본값으로 모두 허용", "allows everything by default"),
        (Decision::Implicit, _, false) => message!("맞는 허용 규칙 없음", "no rule allows it"),
    })
}

/// The stages of a request, for people.
pub fn url(answer: &UrlTrace, lang: Lang) -> String {
    let mut text = String::new();
    for (number, stage) in answer.stages.iter().enumerate() {
        let mark = match stage.verdict {
            Verdict::Yes => "o",
            Verdict::Partly => "~",
            Verdict::Unknown => "?",
            Verdict::No => "x",
        };
        writeln!(text, "{:3} {mark} {}", number + 1, stage.message.get(lang)).ok();
    }
    text
}
