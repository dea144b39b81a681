//! A security group: stateful allow rules on network interfaces.

use crate::template::Json;
use crate::template::Object;
use std::collections::BTreeSet;

use crate::catalog::{
    Category, Field, FieldValue, Kind, Placement, Record, Resource, Shape, Spec, Suggestion, Value, Widget, columns,
};
use crate::cloudformation::{Emit, Read, description};
use crate::id::NodeId;
use crate::net::{AnyCidr, IcmpType, PortRange, Protocol};
use crate::text::{Message, Text, t};
use crate::{field, record};

/// One allow rule. Its peer is either a block or another group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRule {
    /// Which protocol.
    pub protocol: Protocol,
    /// Destination ports, for TCP and UDP.
    pub ports: PortRange,
    /// Which messages, for ICMP.
    pub icmp: IcmpType,
    /// Source of inbound rules, destination of outbound ones, as addresses.
    pub cidr: Option<AnyCidr>,
    /// The same as a group: matches the private addresses of its members.
    pub group: Option<NodeId>,
    /// The same as a list of blocks.
    pub prefix_list: Option<NodeId>,
    /// Why the rule is there. CloudFormation allows ASCII only.
    pub description: String,
}

impl Default for GroupRule {
    fn default() -> Self {
        Self {
            protocol: Protocol::Tcp,
            ports: PortRange::single(80),
            icmp: IcmpType::ALL,
            cidr: Some(AnyCidr::default()),
            group: None,
            prefix_list: None,
            description: String::new(),
        }
    }
}

impl GroupRule {
    /// A rule for one TCP port from a block.
    pub fn tcp(port: u16, cidr: AnyCidr) -> Self {
        Self { ports: PortRange::single(port), cidr: Some(cidr), ..Self::default() }
    }

    /// A rule for one TCP port from the members of a group.
    pub fn tcp_from(port: u16, group: NodeId) -> Self {
        Self { ports: PortRange::single(port), cidr: None, group: Some(group), ..Self::default() }
    }

    /// Everything to and from everywhere: what a new group allows outwards.
    pub fn everything() -> Self {
        Self { protocol: Protocol::All, ports: PortRange::ALL, ..Self::default() }
    }

    /// The ports or ICMP messages that it admits, as numbers.
    pub fn numbers(&self) -> PortRange {
        self.protocol.numbers(self.ports, self.icmp)
    }
}

impl Record for GroupRule {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(protocol, "프로토콜", "Protocol", Widget::Suggest(protocols))
            .property("IpProtocol")
            .help("tcp, udp, icmp 또는 모두(-1)예요.", "tcp, udp, icmp, or all (-1)."),
        field!(ports, "포트 범위", "Port range", Widget::Line)
            .help("22, 8000-8080 또는 all로 써요.", "22, 8000-8080 or all."),
        field!(icmp, "ICMP 유형", "ICMP type", Widget::Suggest(icmp_types))
            .when(|rule: &Self| rule.protocol == Protocol::Icmp)
            .help(ICMP_HELP.ko, ICMP_HELP.en),
        field!(cidr, "CIDR", "CIDR", Widget::Cidr).property("CidrIp").help(
            "허용할 주소예요. 보안 그룹을 고르면 비워요.",
            "Addresses to allow. Leave empty when a group is chosen.",
        ),
        field!(group, "보안 그룹", "Security group", Widget::Reference(&[Kind::SecurityGroup])).help(
            "이 그룹에 속한 인터페이스의 프라이빗 주소를 허용해요.",
            "Allows the private addresses of the group's members.",
        ),
        field!(prefix_list, "접두사 목록", "Prefix list", Widget::Reference(&[Kind::PrefixList]))
            .help("목록에 있는 주소를 허용해요.", "Allows the addresses of the list."),
        field!(description, "설명", "Description", Widget::Line)
            .property("Description")
            .help("규칙이 왜 있는지 영문으로 적어요.", "Why the rule is there, in ASCII."),
    ];
}
record!(GroupRule);

/// How one direction is written in templates.
struct Side {
    outbound: bool,
    label: Text,
    property: &'static str,
    type_name: &'static str,
    peer: &'static str,
    list: &'static str,
}

impl Side {
    /// The field that holds this side's rules.
    const fn field(&self) -> &'static str {
        if self.outbound { "outbound" } else { "inbound" }
    }
}

const INBOUND: Side = Side {
    outbound: false,
    label: t("인바운드", "inbound"),
    property: "SecurityGroupIngress",
    type_name: "AWS::EC2::SecurityGroupIngress",
    peer: "SourceSecurityGroupId",
    list: "SourcePrefixListId",
};
const OUTBOUND: Side = Side {
    outbound: true,
    label: t("아웃바운드", "outbound"),
    property: "SecurityGroupEgress",
    type_name: "AWS::EC2::SecurityGroupEgress",
    peer: "DestinationSecurityGroupId",
    list: "DestinationPrefixListId",
};

/// The ports of a rule; nothing where none are written.
///
/// # Errors
/// Why they are not known.
pub(super) fn ports(read: &Read<'_>, from: Option<&Json>, to: Option<&Json>) -> Result<Option<PortRange>, Message> {
    let number = |json: Option<&Json>| json.map(|json| read.parse::<i64>(json)).transpose();
    let (Some(from), Some(to)) = (number(from)?, number(to)?) else { return Ok(None) };
    Ok(u16::try_from(from).ok().zip(u16::try_from(to).ok()).and_then(|(from, to)| PortRange::new(from, to)))
}

/// The ICMP messages of a rule; all of them where none are written.
///
/// # Errors
/// Why they are not known, or that there are no such types.
pub(super) fn icmp(read: &Read<'_>, kind: Option<&Json>, code: Option<&Json>) -> Result<IcmpType, Message> {
    let number = |json: Option<&Json>| json.map_or(Ok(-1), |json| read.parse::<i64>(json));
    let (kind, code) = (number(kind)?, number(code)?);
    IcmpType::new(kind, code).ok_or_else(|| {
        crate::message!(
            "ICMP 유형 {kind}, 코드 {code}은(는) 없어요. 0부터 255까지이고, -1은 모두예요.",
            "There is no ICMP type {kind} with code {code}: both go from 0 to 255, and -1 is all."
        )
    })
}

/// What a column of ICMP types says of itself.
pub(super) const ICMP_HELP: Text = t(
    "8은 에코 요청(ping), 0은 그 응답이에요. 유형/코드(3/4)나 all로도 써요.",
    "8 is an echo request (ping), 0 its reply. A type with a code (3/4) and all can be written too.",
);

/// A rule that matches no packet: the usual way to let nothing out.
fn nothing() -> Json {
    serde_json::json!({
        "IpProtocol": "icmp", "FromPort": 252, "ToPort": 86, "CidrIp": "255.255.255.255/32", "Description": "Nothing may leave"
    })
}

/// Whether the rules of a group lead to another, so that neither could be created first.
fn leads_to(emit: &Emit<'_>, from: NodeId, to: NodeId) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        if let Some(group) = emit.context().design.get::<SecurityGroup>(id).filter(|_| seen.insert(id)) {
            open.extend(group.inbound.iter().chain(&group.outbound).filter_map(|rule| rule.group));
        }
    }
    false
}

impl GroupRule {
    /// The rule as a template has it, once for each peer, with the peer that is a group.
    fn to_json(&self, emit: &Emit<'_>, side: &Side) -> Vec<(Object, Option<NodeId>)> {
        let mut base = emit.row(self);
        base.shift_remove("CidrIp");
        let ports = match self.protocol {
            Protocol::All | Protocol::Number(_) => None,
            Protocol::Icmp => Some((self.icmp.kind_number().into(), self.icmp.code_number().into())),
            protocol if protocol.is_icmp() => Some((-1, -1)),
            _ => Some((i32::from(self.ports.from_port()), i32::from(self.ports.to_port()))),
        };
        if let Some((from, to)) = ports {
            base.insert("FromPort".to_owned(), from.into());
            base.insert("ToPort".to_owned(), to.into());
        }
        if !self.description.is_empty() {
            let (text, _) = description(&self.description, "Rule");
            base.insert("Description".to_owned(), text.into());
        }
        let with = |property: &str, peer: Json| {
            let mut json = base.clone();
            json.insert(property.to_owned(), peer);
            json
        };
        let cidr = self.cidr.map(|cidr| {
            let property = if cidr.v6().is_some() { "CidrIpv6" } else { "CidrIp" };
            (with(property, emit.address(cidr)), None)
        });
        let group = self.group.and_then(|group| Some((with(side.peer, emit.refer(group)?), Some(group))));
        let list = self.prefix_list.and_then(|list| Some((with(side.list, emit.refer(list)?), None)));
        cidr.into_iter().chain(group).chain(list).collect()
    }

    fn from_json(read: &Read<'_>, side: &Side, json: &Json) -> Result<Self, Message> {
        let Self { protocol, description, .. } = read.row(json)?;
        let ports = if protocol.has_ports() { ports(read, json.get("FromPort"), json.get("ToPort"))? } else { None };
        let icmp = if protocol == Protocol::Icmp {
            icmp(read, json.get("FromPort"), json.get("ToPort"))?
        } else {
            IcmpType::ALL
        };
        let cidr = json.get("CidrIp").or_else(|| json.get("CidrIpv6")).map(|cidr| read.parse(cidr)).transpose()?;
        let field = side.field();
        let group = json.get(side.peer).and_then(|peer| read.refer(field, peer));
        let prefix_list = json.get(side.list).and_then(|list| read.refer(field, list));
        if json.get("SourceSecurityGroupName").is_some() {
            read.leave_open(field);
        }
        Ok(Self { protocol, ports: ports.unwrap_or(PortRange::ALL), icmp, cidr, group, prefix_list, description })
    }

    /// What the id of the rule's own resource ends in: `InboundTcp22FromBastionSecurityGroup`.
    fn suffix(&self, emit: &Emit<'_>, side: &Side, peer: Option<NodeId>) -> String {
        let ports = match self.protocol {
            Protocol::Tcp | Protocol::Udp => self.ports.to_string().replace('-', "to"),
            Protocol::Icmp if self.icmp != IcmpType::ALL => self.icmp.to_string().replace('/', "code"),
            _ => String::new(),
        };
        let protocol = if self.protocol == Protocol::All { "all".to_owned() } else { self.protocol.to_string() };
        let (direction, word) = if side.outbound { ("Outbound", "To") } else { ("Inbound", "From") };
        let peer = match peer {
            Some(peer) if peer == emit.node() => "Itself".to_owned(),
            Some(peer) => emit.logical_of(peer).to_owned(),
            None => self.cidr.map_or_else(|| "List".to_owned(), |cidr| crate::text::pascal(&cidr.to_string())),
        };
        format!("{direction}{}{ports}{word}{peer}", crate::text::pascal(&protocol))
    }
}

/// Allow rules for interfaces; the groups of an interface add up, and replies always pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityGroup {
    /// What it is for. CloudFormation requires it and allows ASCII only; empty falls back to the name.
    pub description: String,
    /// What may come in; a new group lets nothing in.
    pub inbound: Vec<GroupRule>,
    /// What may go out; a new group lets everything out, an emptied one nothing.
    pub outbound: Vec<GroupRule>,
}

impl Default for SecurityGroup {
    fn default() -> Self {
        Self { description: String::new(), inbound: Vec::new(), outbound: vec![GroupRule::everything()] }
    }
}

impl Resource for SecurityGroup {
    const KIND: Kind = Kind::SecurityGroup;
    const ATTRIBUTE: Option<&'static str> = Some("GroupId");
    const SPEC: Spec = Spec {
        id: "security_group",
        label: t("보안 그룹", "Security group"),
        summary: t(
            "인스턴스와 로드 밸런서에 붙는 방화벽이에요. 허용 규칙만 있고, 허용된 연결의 응답은 늘 통과해요.",
            "A firewall on instances and load balancers. Allow rules only; replies to allowed traffic always pass.",
        ),
        category: Category::Security,
        cloudformation_type: "AWS::EC2::SecurityGroup",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Vpc, "VpcId")],
        tags: true,
        keywords: &["sg", "방화벽", "firewall", "ssh", "http"],
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(description, "설명", "Description", Widget::Line)
            .property("GroupDescription")
            .help("영문, 숫자와 기호만 쓸 수 있어요. 비우면 이름을 써요.", "ASCII only. Empty falls back to the name."),
        field!(inbound, "인바운드 규칙", "Inbound rules", Widget::Table(columns::<GroupRule>)).help(
            "들어오는 연결이에요. 규칙이 없으면 아무것도 들어오지 못해요.",
            "Connections coming in. Without a rule nothing comes in.",
        ),
        field!(outbound, "아웃바운드 규칙", "Outbound rules", Widget::Table(columns::<GroupRule>)).help(
            "나가는 연결이에요. 모두 지우면 아무것도 나가지 못해요.",
            "Connections going out. Without any rule nothing goes out.",
        ),
    ];

    fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        (other == Kind::SecurityGroup).then(|| ("inbound", GroupRule::tcp_from(80, to).to_value()))
    }

    fn export(&self, emit: &mut Emit<'_>) {
        let told = if self.description.is_empty() { emit.name() } else { self.description.as_str() };
        let (text, whole) = description(told, &format!("Security group {}", emit.logical()));
        if !whole && !self.description.is_empty() {
            emit.note(crate::message!(
                "보안 그룹 설명에는 영문만 쓸 수 있어서 '{text}'(으)로 내보냈어요.",
                "A security group's description takes ASCII only; \"{text}\" is exported."
            ));
        }
        emit.put("GroupDescription", text);
        for (side, rules) in [(&INBOUND, &self.inbound), (&OUTBOUND, &self.outbound)] {
            let (mut inside, mut alone) = (Vec::new(), Vec::new());
            let before =
                emit.first_drawn::<Self>().map(|group| if side.outbound { &group.outbound } else { &group.inbound });
            let says = |rule: &GroupRule| rule.to_json(emit, side).into_iter().map(|(json, _)| json).collect();
            let own = emit.own_resources(side.type_name, rules, before.map_or(&[], Vec::as_slice), says);
            for (rule, own) in rules.iter().zip(own) {
                let written = rule.to_json(emit, side);
                if written.is_empty() {
                    let Text { ko, en } = side.label;
                    emit.note(crate::message!(
                        "{ko} 규칙 하나는 주소도 보안 그룹도 없어서 템플릿에 넣지 못했어요.",
                        "One of the {en} rules has neither addresses nor a group and is not in the template."
                    ));
                }
                for (json, group) in written {
                    match group.filter(|peer| leads_to(emit, *peer, emit.node())) {
                        Some(peer) => alone.push((rule.suffix(emit, side, Some(peer)), json)),
                        None if own => alone.push((rule.suffix(emit, side, group), json)),
                        None => inside.push(Json::Object(json)),
                    }
                }
            }
            // Without any rule of its own, AWS would add one that lets everything out.
            if side.outbound && inside.is_empty() {
                inside.push(nothing());
            }
            if !inside.is_empty() {
                emit.put(side.property, inside);
            }
            for (suffix, mut json) in alone {
                json.extend(emit.refer(emit.node()).map(|group| ("GroupId".to_owned(), group)));
                emit.part(suffix, side.type_name, json);
            }
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        for (side, rules) in [(&INBOUND, &mut self.inbound), (&OUTBOUND, &mut self.outbound)] {
            let inside = read.list(side.property).iter().filter(|json| **json != nothing()).cloned();
            let alone = read.parts(side.type_name, "GroupId").into_iter().cloned().map(Json::Object);
            let all: Vec<Json> = inside.chain(alone).collect();
            // AWS lets everything out until a rule says otherwise.
            if side.outbound && all.is_empty() && read.get(side.property).is_none() {
                continue;
            }
            *rules = read.each(side.field(), &all, |json| GroupRule::from_json(read, side, json));
        }
        Ok(())
    }
}

/// The protocols people filter by.
pub(super) fn protocols() -> Vec<Suggestion> {
    [("tcp", "TCP"), ("udp", "UDP"), ("icmp", "ICMP")]
        .into_iter()
        .map(|(value, label)| Suggestion { value: value.to_owned(), label: Message::plain(label) })
        .chain([Suggestion { value: "-1".to_owned(), label: t("모두", "All").into() }])
        .collect()
}

/// The ICMP messages people filter by.
pub(super) fn icmp_types() -> Vec<Suggestion> {
    [
        (IcmpType::ALL, t("모두", "All")),
        (IcmpType::ECHO_REQUEST, t("에코 요청(ping)", "Echo request (ping)")),
        (IcmpType::ECHO_REPLY, t("에코 응답", "Echo reply")),
        (IcmpType::of(3), t("목적지 도달 불가", "Destination unreachable")),
        (IcmpType::of(11), t("시간 초과", "Time exceeded")),
    ]
    .into_iter()
    .map(|(value, label)| Suggestion { value: value.to_string(), label: label.into() })
    .collect()
}
