//! A network ACL: numbered stateless rules at a subnet's edge.

use crate::catalog::{Category, Field, Kind, Placement, Record, Resource, Shape, Spec, Widget, columns, value};
use crate::net::{AnyCidr, IcmpType, PortRange, Protocol};
use crate::text::{Text, t};
use crate::{choices, field, record};

choices! {
    /// What a network ACL rule does with a packet that matches.
    pub enum AclAction {
        Allow = "allow" ("허용", "Allow"),
        Deny = "deny" ("거부", "Deny"),
    }
}

/// One numbered rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AclRule {
    /// 1 to 32766; the lowest number that matches decides.
    pub number: u16,
    /// Allow or deny.
    pub action: AclAction,
    /// Which protocol.
    pub protocol: Protocol,
    /// Destination ports, for TCP and UDP.
    pub ports: PortRange,
    /// Which messages, for ICMP.
    pub icmp: IcmpType,
    /// Source of inbound rules, destination of outbound ones.
    pub cidr: AnyCidr,
}

impl Default for AclRule {
    fn default() -> Self {
        Self {
            number: 100,
            action: AclAction::Allow,
            protocol: Protocol::All,
            ports: PortRange::ALL,
            icmp: IcmpType::ALL,
            cidr: AnyCidr::default(),
        }
    }
}

impl Record for AclRule {
    fn after(rows: &[Self]) -> Self {
        // One step of ten leaves room between, as the console does.
        Self { number: value::number_after(rows.iter().map(|row| row.number), (100, 10, 32_766)), ..Self::default() }
    }

    const COLUMNS: &'static [Field<Self>] = &[
        field!(number, "규칙 번호", "Rule number", Widget::Number { min: 1, max: 32766, unit: t("", "") })
            .property("RuleNumber")
            .help("작은 번호부터 보고, 처음 맞는 규칙이 정해요.", "Lowest first; the first match decides."),
        field!(action, "허용/거부", "Allow/Deny", Widget::Choice(AclAction::CHOICES))
            .property("RuleAction")
            .help("맞는 패킷을 통과시킬지 버릴지예요.", "Whether a match passes or is dropped."),
        field!(protocol, "프로토콜", "Protocol", Widget::Suggest(super::security_group::protocols))
            .property("Protocol")
            .help("tcp, udp, icmp 또는 모두(-1)예요.", "tcp, udp, icmp, or all (-1)."),
        field!(ports, "포트 범위", "Port range", Widget::Line)
            .help("80, 1024-65535 또는 all로 써요. TCP와 UDP에만 쓰여요.", "80, 1024-65535 or all. For TCP and UDP."),
        field!(icmp, "ICMP 유형", "ICMP type", Widget::Suggest(super::security_group::icmp_types))
            .when(|rule: &Self| rule.protocol == Protocol::Icmp)
            .help(super::security_group::ICMP_HELP.ko, super::security_group::ICMP_HELP.en),
        field!(cidr, "CIDR", "CIDR", Widget::Cidr)
            .property("CidrBlock")
            .help("인바운드는 출발지, 아웃바운드는 목적지예요.", "Source of inbound, destination of outbound rules."),
    ];
}
record!(AclRule);

impl AclRule {
    /// The ports or ICMP messages that it is about, as numbers.
    pub fn numbers(&self) -> PortRange {
        self.protocol.numbers(self.ports, self.icmp)
    }
}

/// Stateless filter on what enters and leaves a subnet; the reply needs a rule of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkAcl {
    /// Rules for packets that enter.
    pub inbound: Vec<AclRule>,
    /// Rules for packets that leave.
    pub outbound: Vec<AclRule>,
}

impl Default for NetworkAcl {
    /// Like a VPC's default ACL: rule 100 allows everything both ways, so that dropping one breaks nothing.
    fn default() -> Self {
        Self { inbound: vec![AclRule::default()], outbound: vec![AclRule::default()] }
    }
}

impl NetworkAcl {
    /// Its rules in the order in which AWS asks them: inbound, outbound.
    pub fn by_number(&self) -> (Vec<AclRule>, Vec<AclRule>) {
        let sorted = |rules: &[AclRule]| {
            let mut rules = rules.to_vec();
            rules.sort_by_key(|rule| rule.number);
            rules
        };
        (sorted(&self.inbound), sorted(&self.outbound))
    }
}

impl Resource for NetworkAcl {
    const KIND: Kind = Kind::NetworkAcl;
    const SPEC: Spec = Spec {
        id: "network_acl",
        label: t("네트워크 ACL", "Network ACL"),
        category: Category::Security,
        cloudformation_type: "AWS::EC2::NetworkAcl",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Vpc, "VpcId")],
        tags: true,
        keywords: &["nacl", "acl", "방화벽", "firewall"],
    };
    const SUMMARY: Text = t(
        "서브넷을 드나드는 패킷을 번호 순서로 거르는 방화벽이에요. 상태를 기억하지 않아서 응답도 허용해야 해요.",
        "A numbered firewall at a subnet's edge. Stateless: replies need their own rule.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(inbound, "인바운드 규칙", "Inbound rules", Widget::Table(columns::<AclRule>)).help(
            "서브넷으로 들어오는 패킷이에요. 아무 규칙에도 맞지 않으면 거부돼요.",
            "Packets entering the subnet. What matches no rule is denied.",
        ),
        field!(outbound, "아웃바운드 규칙", "Outbound rules", Widget::Table(columns::<AclRule>)).help(
            "서브넷에서 나가는 패킷이에요. 응답은 임시 포트(1024-65535)로 나가요.",
            "Packets leaving the subnet. Replies go to ephemeral ports (1024-65535).",
        ),
    ];
}
