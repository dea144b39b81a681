//! What a component is, and by which of its rules it decided, in words.

use groundplan::catalog::Kind;
use groundplan::catalog::kinds::{AclAction, AclRule, GroupRule, RouteTable, TransitGatewayRouteTable};
use groundplan::design::Design;
use groundplan::id::NodeId;
use groundplan::message;
use groundplan::net::{AnyCidr, PortRange, Protocol};
use groundplan::reach::{Decision, Network, Step, StepKind};
use groundplan::text::{Message, Text, t};

/// Where a step stands.
pub struct Place<'a> {
    pub design: &'a Design,
    pub net: &'a Network,
    /// Whether the packet comes in; filters have rules for either direction.
    pub direction: Direction,
}

/// Which of a filter's lists is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    In,
    Out,
}

/// The direction in which a step's filter is passed: out of what was met before, or into what comes next.
pub fn direction(net: &Network, steps: &[Step], index: usize) -> Direction {
    let filter = |step: &&Step| matches!(step.kind, StepKind::SecurityGroup | StepKind::NetworkAcl);
    let own = steps.get(index);
    let neighbour = |step: Option<&Step>| {
        let id = step.filter(|step| step.kind == StepKind::Interface)?.component?;
        let member = |ix: &usize| own?.component.filter(|group| net.is_member(*ix, *group));
        net.interfaces_of(id).iter().find_map(member)
    };
    let before = steps.get(..index).unwrap_or_default();
    let previous = before.last();
    if own.is_some_and(|step| step.kind == StepKind::SecurityGroup) {
        let next = steps.get(index + 1);
        let begins = previous.is_some_and(|step| step.kind == StepKind::Interface);
        let ends = next.is_some_and(|step| step.kind == StepKind::Interface);
        // Between two interfaces of one subnet there may be only one group: it is that of the one it belongs to.
        return match (begins, ends) {
            (true, true) if neighbour(previous).is_none() => Direction::In,
            (true, _) => Direction::Out,
            _ => Direction::In,
        };
    }
    let met = before.iter().rev().find(|step| !filter(step)).map(|step| step.kind);
    if matches!(met, Some(StepKind::Interface | StepKind::NatGateway)) { Direction::Out } else { Direction::In }
}

impl Place<'_> {
    fn name(&self, id: NodeId) -> &str {
        self.design.node(id).map_or("", |node| node.name.as_str())
    }

    const fn way(&self) -> Text {
        match self.direction {
            Direction::In => t("인바운드", "inbound"),
            Direction::Out => t("아웃바운드", "outbound"),
        }
    }

    /// What kind of component it is. Where AWS has one by default, the design shows the subnet or the VPC in its place.
    pub fn what(&self, step: &Step, kind: Kind) -> Message {
        let way = self.way();
        let with_way =
            |text: Text| Message { ko: format!("{} · {}", text.ko, way.ko), en: format!("{}, {}", text.en, way.en) };
        match (step.kind, kind) {
            (StepKind::NetworkAcl, Kind::Subnet) => with_way(t("기본 네트워크 ACL", "Default network ACL")),
            (StepKind::NetworkAcl, _) => with_way(Kind::NetworkAcl.spec().label),
            (StepKind::SecurityGroup, Kind::Vpc) => with_way(t("기본 보안 그룹", "Default security group")),
            (StepKind::SecurityGroup, _) => with_way(Kind::SecurityGroup.spec().label),
            (StepKind::TransitRouteTable, Kind::TransitGateway) => {
                t("기본 라우팅 테이블", "Default route table").into()
            }
            (StepKind::RouteTable, Kind::Subnet) => t("기본 라우팅 테이블", "Main route table").into(),
            _ => kind.spec().label.into(),
        }
    }

    fn traffic(protocol: Protocol, ports: PortRange) -> Message {
        let (ko, en) = protocol.label();
        let numbered = protocol.is_numbered() && ports != PortRange::ALL;
        let ports = if numbered { format!(" {}", protocol.in_words(ports)) } else { String::new() };
        Message { ko: format!("{ko}{ports}"), en: format!("{en}{ports}") }
    }

    fn group_rule(&self, rule: &GroupRule) -> Message {
        let traffic = Self::traffic(rule.protocol, rule.numbers());
        let peer = rule.group.or(rule.prefix_list).or(rule.address_of).map(|id| self.name(id).to_owned());
        let peer = peer.or_else(|| rule.cidr.map(|cidr| cidr.to_string())).unwrap_or_default();
        Message { ko: format!("{} · {peer}", traffic.ko), en: format!("{} · {peer}", traffic.en) }
    }

    fn group_rows(&self, step: &Step, row: usize) -> Option<Message> {
        let (inbound, outbound) = self.net.groups.get(&step.component?)?;
        let rules = if self.direction == Direction::In { inbound } else { outbound };
        Some(self.group_rule(rules.get(row.checked_sub(1)?)?))
    }

    fn acl_rule(&self, step: &Step, number: u16) -> Option<&AclRule> {
        let (inbound, outbound) = self.net.acls.get(&step.component?)?;
        let rules = if self.direction == Direction::In { inbound } else { outbound };
        rules.iter().find(|rule| rule.number == number)
    }

    fn route(&self, step: &Step, row: usize) -> Option<Message> {
        let table: &RouteTable = self.design.get(step.component?)?;
        let route = table.routes.get(row.checked_sub(1)?)?;
        let destination = match route.prefix_list {
            Some(list) => self.name(list).to_owned(),
            None => route.destination.to_string(),
        };
        let target = route.target.map(|id| self.name(id)).or_else(|| route.beyond()).filter(|name| !name.is_empty());
        Some(match target {
            Some(target) => Message::plain(format!("{destination} → {target}")),
            None => message!("{destination} → 블랙홀", "{destination} → blackhole"),
        })
    }
}

impl Place<'_> {
    fn transit_route(&self, step: &Step, row: usize) -> Option<Message> {
        let table: &TransitGatewayRouteTable = self.design.get(step.component?)?;
        let route = table.routes.get(row.checked_sub(1)?)?;
        let destination = route.destination;
        let to = route.attachment.filter(|_| !route.blackhole).map(|id| self.name(id)).or_else(|| route.beyond());
        Some(match to {
            Some(to) => Message::plain(format!("{destination} → {to}")),
            None => message!("{destination} → 블랙홀", "{destination} → blackhole"),
        })
    }
}

/// What decided; empty where nothing was to be decided.
pub fn decided(place: &Place<'_>, step: &Step) -> Message {
    match (step.kind, step.decision) {
        (_, Decision::Pass) => Message::default(),
        (StepKind::SecurityGroup, Decision::Row(row)) => {
            let rule = place.group_rows(step, row).unwrap_or_default();
            Message {
                ko: format!("규칙 {row}번이 허용해요: {}", rule.ko),
                en: format!("Rule {row} allows: {}", rule.en),
            }
        }
        (StepKind::SecurityGroup, _) => t("허용하는 규칙이 없어요.", "No rule allows it.").into(),
        (StepKind::NetworkAcl, Decision::Number(number)) => {
            let Some(rule) = place.acl_rule(step, number) else {
                return message!("규칙 {number}번", "Rule {number}");
            };
            let traffic = Place::traffic(rule.protocol, rule.numbers());
            let cidr: AnyCidr = rule.cidr;
            let (ko, en) =
                if rule.action == AclAction::Allow { ("허용해요", "allows") } else { ("거부해요", "denies") };
            Message {
                ko: format!("규칙 {number}번이 {ko}: {} · {cidr}", traffic.ko),
                en: format!("Rule {number} {en}: {} · {cidr}", traffic.en),
            }
        }
        (StepKind::NetworkAcl, _) if step.passed => {
            t("기본 규칙이 모두 허용해요.", "The default rule allows everything.").into()
        }
        (StepKind::NetworkAcl, _) => t("맞는 규칙이 없어서 거부해요.", "No rule matches, so it denies.").into(),
        (StepKind::RouteTable, Decision::Row(row)) => {
            let route = place.route(step, row).unwrap_or_default();
            Message { ko: format!("라우팅 {row}번: {}", route.ko), en: format!("Route {row}: {}", route.en) }
        }
        (StepKind::RouteTable, _) if step.passed => {
            t("local 라우팅: VPC 안으로 가요.", "The local route leads into the VPC.").into()
        }
        (StepKind::RouteTable, _) => t("맞는 라우팅이 없어요.", "No route matches.").into(),
        (StepKind::TransitRouteTable, Decision::Row(row)) => {
            let route = place.transit_route(step, row).unwrap_or_default();
            Message { ko: format!("라우팅 {row}번: {}", route.ko), en: format!("Route {row}: {}", route.en) }
        }
        (StepKind::TransitRouteTable, _) if step.passed => {
            t("전파된 라우팅으로 가요.", "A propagated route leads there.").into()
        }
        (StepKind::TransitRouteTable, _) => t("맞는 라우팅이 없어요.", "No route matches.").into(),
        (_, Decision::Row(row)) => message!("{row}번", "Row {row}"),
        (_, Decision::Number(number)) => message!("규칙 {number}번", "Rule {number}"),
        (_, Decision::Implicit) => Message::default(),
    }
}
