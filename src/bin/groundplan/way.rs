//! A packet's way in words and as data.

use std::fmt::Write;

use groundplan::reach::{Decision, Packet, Refer, StageKind, Step, StepKind, Trace, UrlTrace, Walk};
use groundplan::text::{Lang, Text, t};
use serde_json::{Value, json};

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
        StepKind::Endpoint => "vpc_endpoint",
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
        StepKind::Peering => t("VPC 피어링", "VPC peering"),
        StepKind::Endpoint => t("VPC 엔드포인트", "VPC endpoint"),
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

/// An answer for people: both ways with numbered components, headers where they are rewritten, and everything that blocks.
pub fn trace(refer: &Refer<'_>, answer: &Trace, lang: Lang) -> String {
    const YES: Text = t("도달해요.", "Reachable.");
    const NO: Text = t("도달하지 못해요.", "Not reachable.");
    const FORWARD: Text = t("가는 길", "Forward path");
    const REPLY: Text = t("돌아오는 길", "Return path");
    let mut text = String::new();
    // Writing into a string does not fail.
    writeln!(text, "{}", if answer.reachable() { YES } else { NO }.get(lang)).ok();
    for (title, walk) in [(FORWARD, &answer.forward), (REPLY, &answer.reply)] {
        if !walk.steps.is_empty() {
            write(&mut text, refer, title, walk, lang);
        }
    }
    text
}

fn write(text: &mut String, refer: &Refer<'_>, title: Text, walk: &Walk, lang: Lang) {
    const RULE: Text = t("규칙", "rule");
    const FIX: Text = t("고치기", "fix");
    writeln!(text, "\n{}", title.get(lang)).ok();
    let first = walk.steps.first().map(|step| header(&step.header_in)).unwrap_or_default();
    writeln!(text, "    {first}").ok();
    for (number, step) in walk.steps.iter().enumerate() {
        let name = step.component.map_or("", |node| refer.name(node));
        let id = step.component.map_or("", |node| refer.id(node));
        let id = if id == name || id.is_empty() { String::new() } else { format!(" ({id})") };
        let rule = decision(step).map(|rule| format!(", {} {rule}", RULE.get(lang))).unwrap_or_default();
        let mark = if step.passed { "" } else { "  [x]" };
        let line = format!("{:3} {} {name}{id}{rule}", number + 1, kind_label(step.kind).get(lang));
        writeln!(text, "{}{mark}", line.trim_end()).ok();
        if step.header_in != step.header_out {
            writeln!(text, "    => {}", header(&step.header_out)).ok();
        }
    }
    for blocker in &walk.blockers {
        writeln!(text, "  x {}. {} [{}]", blocker.step + 1, blocker.message.get(lang), blocker.code).ok();
        if let Some(fix) = &blocker.fix {
            writeln!(text, "    {}: {}", FIX.get(lang), fix.title.get(lang)).ok();
        }
    }
}

/// The stages of a request, for people.
pub fn url(answer: &UrlTrace, lang: Lang) -> String {
    let mut text = String::new();
    for (number, stage) in answer.stages.iter().enumerate() {
        let mark = if stage.ok { "o" } else { "x" };
        writeln!(text, "{:3} {mark} {}", number + 1, stage.message.get(lang)).ok();
    }
    text
}
