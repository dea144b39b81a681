//! A security group: stateful allow rules on network interfaces.

use crate::catalog::{Category, Field, FieldValue, Kind, Placement, Record, Resource, Shape, Spec, Suggestion, Value, Widget, columns};
use crate::id::NodeId;
use crate::net::{AnyCidr, PortRange, Protocol};
use crate::text::{Message, t};
use crate::{field, record};

/// One allow rule. Its peer is either a block or another group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRule {
    /// Which protocol.
    pub protocol: Protocol,
    /// Destination ports, for TCP and UDP.
    pub ports: PortRange,
    /// Source of inbound rules, destination of outbound ones, as addresses.
    pub cidr: Option<AnyCidr>,
    /// The same as a group: matches the private addresses of its members.
    pub group: Option<NodeId>,
    /// Why the rule is there. CloudFormation allows ASCII only.
    pub description: String,
}

impl Default for GroupRule {
    fn default() -> Self {
        Self { protocol: Protocol::Tcp, ports: PortRange::single(80), cidr: Some(AnyCidr::default()), group: None, description: String::new() }
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
}

impl Record for GroupRule {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(protocol, "프로토콜", "Protocol", Widget::Suggest(protocols))
            .property("IpProtocol")
            .help("tcp, udp, icmp 또는 모두(-1)예요.", "tcp, udp, icmp, or all (-1)."),
        field!(ports, "포트 범위", "Port range", Widget::Line)
            .help("22, 8000-8080 또는 all로 써요.", "22, 8000-8080 or all."),
        field!(cidr, "CIDR", "CIDR", Widget::Cidr)
            .property("CidrIp")
            .help("허용할 주소예요. 보안 그룹을 고르면 비워요.", "Addresses to allow. Leave empty when a group is chosen."),
        field!(group, "보안 그룹", "Security group", Widget::Reference(&[Kind::SecurityGroup]))
            .help("이 그룹에 속한 인터페이스의 프라이빗 주소를 허용해요.", "Allows the private addresses of the group's members."),
        field!(description, "설명", "Description", Widget::Line)
            .property("Description")
            .help("규칙이 왜 있는지 영문으로 적어요.", "Why the rule is there, in ASCII."),
    ];
}
record!(GroupRule);

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
        field!(description, "설명", "Description", Widget::Line).property("GroupDescription").help(
            "영문, 숫자와 기호만 쓸 수 있어요. 비우면 이름을 써요.",
            "ASCII only. Empty falls back to the name.",
        ),
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
}

/// The protocols people filter by.
pub(super) fn protocols() -> Vec<Suggestion> {
    [("tcp", "TCP"), ("udp", "UDP"), ("icmp", "ICMP")]
        .into_iter()
        .map(|(value, label)| Suggestion { value: value.to_owned(), label: Message::plain(label) })
        .chain([Suggestion { value: "-1".to_owned(), label: t("모두", "All").into() }])
        .collect()
}
