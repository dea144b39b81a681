//! A security group: stateful allow rules on network interfaces.

use crate::catalog::{
    Category, Field, FieldValue, Kind, Placement, Record, Resource, Shape, Spec, Suggestion, Value, Widget, columns,
};
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
    /// The same as the address of a resource: of an Elastic IP the public one, of anything else the private one.
    pub address_of: Option<NodeId>,
    /// Why the rule is there. CloudFormation allows ASCII only.
    pub description: String,
}

/// The ports of the web, by which a new rule opens the first that is not open yet.
const WEB_PORTS: [u16; 4] = [80, 443, 8080, 8443];

impl Default for GroupRule {
    fn default() -> Self {
        Self {
            protocol: Protocol::Tcp,
            ports: PortRange::single(80),
            icmp: IcmpType::ALL,
            cidr: Some(AnyCidr::default()),
            group: None,
            prefix_list: None,
            address_of: None,
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
    fn after(rows: &[Self]) -> Self {
        let open = |port: &u16| rows.iter().any(|row| row.protocol == Protocol::Tcp && row.ports.contains(*port));
        let port = WEB_PORTS.into_iter().chain(8_000..=u16::MAX).find(|port| !open(port));
        Self { ports: PortRange::single(port.unwrap_or(80)), ..Self::default() }
    }

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
        field!(address_of, "리소스의 주소", "Address of", Widget::Reference(&[Kind::ElasticIp, Kind::Instance])).help(
            "탄력적 IP면 퍼블릭 주소를, 인스턴스면 프라이빗 주소를 허용해요.",
            "Allows the public address of an Elastic IP, or the private one of an instance.",
        ),
        field!(description, "설명", "Description", Widget::Line)
            .property("Description")
            .help("규칙이 왜 있는지 영문으로 적어요.", "Why the rule is there, in ASCII."),
    ];
}
record!(GroupRule);

/// What a column of ICMP types says of itself.
pub(super) const ICMP_HELP: Text = t(
    "8은 에코 요청(ping), 0은 그 응답이에요. 유형/코드(3/4)나 all로도 써요.",
    "8 is an echo request (ping), 0 its reply. A type with a code (3/4) and all can be written too.",
);

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
        category: Category::Security,
        cloudformation_type: "AWS::EC2::SecurityGroup",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Vpc, "VpcId")],
        tags: true,
        keywords: &["sg", "방화벽", "firewall", "ssh", "http"],
    };
    const SUMMARY: Text = t(
        "인스턴스와 로드 밸런서에 붙는 방화벽이에요. 허용 규칙만 있고, 허용된 연결의 응답은 늘 통과해요.",
        "A firewall on instances and load balancers. Allow rules only; replies to allowed traffic always pass.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html";
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
