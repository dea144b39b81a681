//! A security group: its rules, inline or as resources of their own.

use super::Irregular;
use crate::catalog::Kind;
use crate::catalog::kinds::{GroupRule, SecurityGroup, Vpc};
use crate::cloudformation::{DEFAULT_GROUP, Emit, Read, description, is_default_group};
use crate::id::NodeId;
use crate::id_of;
use crate::net::{IcmpType, PortRange, Protocol};
use crate::template::{Json, Object, reference, substitution};
use crate::text::{Message, Text, t};
use std::collections::BTreeSet;

const INBOUND: Side = Side {
    outbound: false,
    field: id_of!(SecurityGroup.inbound),
    label: t("인바운드", "inbound"),
    property: "SecurityGroupIngress",
    type_name: "AWS::EC2::SecurityGroupIngress",
    peer: "SourceSecurityGroupId",
    list: "SourcePrefixListId",
};
const OUTBOUND: Side = Side {
    outbound: true,
    field: id_of!(SecurityGroup.outbound),
    label: t("아웃바운드", "outbound"),
    property: "SecurityGroupEgress",
    type_name: "AWS::EC2::SecurityGroupEgress",
    peer: "DestinationSecurityGroupId",
    list: "DestinationPrefixListId",
};

/// The rules of a VPC's default group, which has no resource of its own.
const DEFAULT_INBOUND: Side = Side { field: id_of!(Vpc.default_inbound), ..INBOUND };
const DEFAULT_OUTBOUND: Side = Side { field: id_of!(Vpc.default_outbound), ..OUTBOUND };

/// How one direction is written in templates.
struct Side {
    outbound: bool,
    /// The field that holds its rules.
    field: &'static str,
    label: Text,
    property: &'static str,
    type_name: &'static str,
    peer: &'static str,
    list: &'static str,
}

/// Whose address a block of one address is: `${ElasticIp}/32`, `${ElasticIp.PublicIp}/32`, `${Instance.PrivateIp}/32`.
fn holder(read: &Read<'_>, cidr: &Json) -> Option<NodeId> {
    let text = read.text(cidr).filter(|text| text.contains("${"))?;
    let named = text.strip_suffix("/32")?.strip_prefix("${")?.strip_suffix('}')?;
    let (logical, attribute) = named.split_once('.').unwrap_or((named, ""));
    let id = read.node(&reference(logical))?;
    let is = |kind: Kind| read.type_of(logical) == Some(kind.spec().cloudformation_type);
    let of_elastic_ip = is(Kind::ElasticIp) && matches!(attribute, "" | "PublicIp");
    (of_elastic_ip || (is(Kind::Instance) && attribute == "PrivateIp")).then_some(id)
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
        let host = self.address_of.and_then(|holder| {
            let kind = emit.context().design.node(holder)?.kind();
            emit.refer(holder)?;
            let address = if kind == Kind::ElasticIp { "" } else { ".PrivateIp" };
            let text = format!("${{{}{address}}}/32", emit.logical_of(holder));
            Some((with("CidrIp", substitution(&text)), None))
        });
        cidr.into_iter().chain(group).chain(list).chain(host).collect()
    }

    /// Nothing for a rule that AWS refuses.
    fn from_json(read: &Read<'_>, side: &Side, json: &Json) -> Result<Option<Self>, Message> {
        let written = json.get("CidrIp").or_else(|| json.get("CidrIpv6"));
        let address_of = written.and_then(|cidr| holder(read, cidr));
        let mut bare = json.clone();
        if let Some(bare) = bare.as_object_mut().filter(|_| address_of.is_some()) {
            bare.shift_remove("CidrIp");
        }
        let Self { protocol, description, .. } = read.row(&bare)?;
        let range = || ports(read, json.get("FromPort"), json.get("ToPort"));
        let Some(ports) = (if protocol.has_ports() { range()? } else { Some(PortRange::ALL) }) else { return Ok(None) };
        let icmp = if protocol == Protocol::Icmp {
            icmp(read, json.get("FromPort"), json.get("ToPort"))?
        } else {
            IcmpType::ALL
        };
        let cidr = written.filter(|_| address_of.is_none()).map(|cidr| read.parse(cidr)).transpose()?;
        let field = side.field;
        let group = json.get(side.peer).and_then(|peer| read.refer(field, peer));
        let prefix_list = json.get(side.list).and_then(|list| read.refer(field, list));
        if json.get("SourceSecurityGroupName").is_some() {
            read.leave_open(field);
        }
        Ok(Some(Self { protocol, ports, icmp, cidr, group, prefix_list, address_of, description }))
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

impl Irregular for SecurityGroup {
    fn export(&self, emit: &mut Emit<'_>) {
        let told = if self.description.is_empty() { emit.name() } else { self.description.as_str() };
        let (text, whole) = description(told, &format!("Security group {}", emit.logical()));
        if !whole && !self.description.is_empty() {
            emit.note(crate::message!(
                "보안 그룹 설명에는 영문만 쓸 수 있어서 '{text}'(으)로 내보냈어요.",
                "A security group's description takes ASCII only; \"{text}\" is exported."
            ));
        }
        emit.set_property("GroupDescription", text);
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
                emit.set_property(side.property, inside);
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
            let read_all = read.each(side.field, &all, |json| GroupRule::from_json(read, side, json));
            *rules = read_all.into_iter().flatten().collect();
        }
        Ok(())
    }
}

/// Writes what is added to the default group of a VPC, as resources that name the group by an attribute of the VPC.
pub(super) fn put_default_rules(vpc: &Vpc, emit: &mut Emit<'_>) {
    for (side, rules) in [(&DEFAULT_INBOUND, &vpc.default_inbound), (&DEFAULT_OUTBOUND, &vpc.default_outbound)] {
        for rule in rules {
            for (mut json, group) in rule.to_json(emit, side) {
                json.insert("GroupId".to_owned(), emit.attribute_of(emit.node(), DEFAULT_GROUP));
                emit.part(format!("Default{}", rule.suffix(emit, side, group)), side.type_name, json);
            }
        }
    }
}

/// Reads them.
pub(super) fn read_default_rules(vpc: &mut Vpc, read: &Read<'_>) {
    for (side, rules) in [(&DEFAULT_INBOUND, &mut vpc.default_inbound), (&DEFAULT_OUTBOUND, &mut vpc.default_outbound)]
    {
        let parts = read.parts(side.type_name, "GroupId").into_iter();
        let all = parts.filter(|part| part.get("GroupId").is_some_and(is_default_group)).cloned().map(Json::Object);
        let all: Vec<Json> = all.collect();
        let read_all = read.each(side.field, &all, |json| GroupRule::from_json(read, side, json));
        *rules = read_all.into_iter().flatten().collect();
    }
}

/// The ports of a rule of TCP or UDP; -1 for both means all of them. A range with only one end, or one that runs backwards, is no range: EC2
/// refuses the rule, which is told of, and opens nothing (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html>).
///
/// # Errors
/// Why they are not known.
pub(super) fn ports(read: &Read<'_>, from: Option<&Json>, to: Option<&Json>) -> Result<Option<PortRange>, Message> {
    let number = |json: Option<&Json>| json.map(|json| read.parse::<i64>(json)).transpose();
    let (from, to) = (number(from)?, number(to)?);
    if (from, to) == (Some(-1), Some(-1)) {
        return Ok(Some(PortRange::ALL));
    }
    let port = |number: Option<i64>| number.and_then(|number| u16::try_from(number).ok());
    let range = port(from).zip(port(to)).and_then(|(from, to)| PortRange::new(from, to));
    if range.is_none() {
        let shown = |end: Option<i64>| end.map_or_else(|| "?".to_owned(), |end| end.to_string());
        let (from, to) = (shown(from), shown(to));
        read.refuse(crate::message!(
            "포트 범위 {from}~{to}의 처음과 끝이 모두 포트 번호가 아니라서 AWS가 이 규칙을 거절해요. 아무것도 열지 않는 것으로 봤어요. 처음과 끝을 모두 적으세요.",
            "AWS refuses this rule, because {from} to {to} is no range of ports. It is taken to open nothing. Write both the first and the last port."
        ));
    }
    Ok(range)
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
