//! A packet's header, and what a trace shows of its way.

use std::net::Ipv4Addr;

use super::verdict::Verdict;
use crate::design::Fix;
use crate::id::NodeId;
use crate::net::{IcmpType, PortRange, Protocol};
use crate::text::Message;

/// Position of an interface in [`super::network::Network::interfaces`].
pub type InterfaceIx = usize;

/// The header filters look at. Ports are ranges because a client's own port is any of its ephemeral ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Protocol.
    pub protocol: Protocol,
    /// From.
    pub source: Ipv4Addr,
    /// From which port.
    pub source_ports: PortRange,
    /// To.
    pub destination: Ipv4Addr,
    /// To which port; of ICMP which message.
    pub ports: PortRange,
}

impl Packet {
    /// The header of the answer; nothing where none is ever sent, as to most ICMP messages.
    #[must_use]
    pub fn reply(self) -> Option<Self> {
        let (source_ports, ports) = match self.protocol {
            Protocol::Icmp => {
                let kind = u8::try_from(self.ports.from_port() >> 8).ok()?;
                (self.source_ports, IcmpType::asked(IcmpType::answer_to(kind)?))
            }
            _ => (self.ports, self.source_ports),
        };
        Some(Self { source: self.destination, source_ports, destination: self.source, ports, ..self })
    }
}

/// What a gateway endpoint carries: TCP, and ICMP echo both ways.
pub const ENDPOINT_CARRIES: [(Protocol, PortRange); 3] = [
    (Protocol::Tcp, PortRange::ALL),
    (Protocol::Icmp, IcmpType::ECHO_REQUEST.numbers()),
    (Protocol::Icmp, IcmpType::ECHO_REPLY.numbers()),
];

/// What decided at a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing to decide: the packet passes through.
    Pass,
    /// A row of a security group or route table, counted from 1.
    Row(usize),
    /// An ACL rule by its number.
    Number(u16),
    /// The rule that is always there: a local route, a default ACL's allow, an implicit deny.
    Implicit,
}

/// What kind of component a packet meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// The internet or a computer on it.
    Internet,
    /// An internet gateway.
    InternetGateway,
    /// A NAT gateway.
    NatGateway,
    /// A network ACL at a subnet's edge.
    NetworkAcl,
    /// A security group on an interface.
    SecurityGroup,
    /// The route table of a subnet.
    RouteTable,
    /// A peering connection between two VPCs.
    Peering,
    /// A transit gateway.
    TransitGateway,
    /// An attachment of a transit gateway.
    Attachment,
    /// A route table of a transit gateway; the gateway itself stands for its default table.
    TransitRouteTable,
    /// A virtual private gateway.
    VpnGateway,
    /// A VPN connection.
    VpnConnection,
    /// A network on premises, by its customer gateway.
    OnPremises,
    /// A gateway endpoint.
    Endpoint,
    /// A way out of what is described, such as a virtual private gateway; it is the route table that leads there, and its name.
    Beyond,
    /// An elastic network interface with what it belongs to.
    Interface,
}

/// One component on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What kind it is.
    pub kind: StepKind,
    /// Which; for a default ACL or implicit main table, the subnet; for the internet nothing.
    pub component: Option<NodeId>,
    /// What decided.
    pub decision: Decision,
    /// Whether it lets the packet on.
    pub passed: bool,
    /// The header that comes in.
    pub header_in: Packet,
    /// The header that goes out; differs where the component rewrites it.
    pub header_out: Packet,
}

/// Which way a packet passes a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Into the interface or subnet.
    Inbound,
    /// Out of it.
    Outbound,
}

/// The other end of a packet as a filter sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its address.
    pub address: Ipv4Addr,
    /// The interface whose private address that is, where the packet still shows it: references to groups match nothing else.
    pub interface: Option<InterfaceIx>,
}

/// What would open something that blocks.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// A rule for just this traffic in one of these security groups.
    Group {
        /// The groups of the interface.
        groups: Vec<NodeId>,
        /// Which of their rules.
        direction: Direction,
        /// The other end.
        peer: Peer,
        /// What they deny.
        packet: Packet,
    },
    /// An allow rule for just this traffic, numbered before the rule that denies.
    Acl {
        /// The network ACL.
        acl: NodeId,
        /// Its VPC.
        vpc: NodeId,
        /// Which of its rules.
        direction: Direction,
        /// The number of the rule that denies, if it is not the one at the end.
        denied_by: Option<u16>,
        /// What it denies.
        packet: Packet,
    },
    /// A route to what leads to the destination.
    Route {
        /// The subnet whose table lacks it.
        subnet: NodeId,
        /// The row of a route that leads nowhere, in whose place it goes.
        row: Option<usize>,
        /// Where packets are to go.
        destination: Ipv4Addr,
    },
    /// A route table among those that lead to a gateway endpoint.
    Associate {
        /// The endpoint.
        endpoint: NodeId,
        /// The table.
        table: NodeId,
    },
    /// Source/destination check off.
    Forward(NodeId),
    /// A public address.
    PublicAddress(NodeId),
    /// An internet gateway in a VPC.
    InternetGateway(NodeId),
    /// Edits that hang on nothing else.
    Ready(Fix),
}

/// Something that stops a packet, with what would open it.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocker {
    /// The explanation code of AWS Reachability Analyzer.
    pub code: &'static str,
    /// The component at fault; nothing for the internet.
    pub component: Option<NodeId>,
    /// The step of its walk.
    pub step: usize,
    /// What is wrong and what to do.
    pub message: Message,
    /// What would open it. Whether that may be offered, [`crate::rules::Offers`] decides.
    pub fix: Option<Remedy>,
    /// Whether it stops the packet for certain. If not, only a deployment or somebody else knows, and `message` says what would settle it.
    pub certain: bool,
}

impl Blocker {
    /// Something that stops packets for certain.
    pub(super) const fn new(code: &'static str, component: Option<NodeId>, message: Message) -> Self {
        Self { code, component, step: 0, message, fix: None, certain: true }
    }

    /// With what would open it.
    #[must_use]
    pub(super) fn with(self, fix: Option<Remedy>) -> Self {
        Self { fix, ..self }
    }

    /// Something that may stop packets.
    pub(super) const fn unknown(code: &'static str, component: Option<NodeId>, message: Message) -> Self {
        Self { code, component, step: 0, message, fix: None, certain: false }
    }
}

/// Something that happens to a packet on its way without stopping it.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// The explanation code of AWS Reachability Analyzer.
    pub code: &'static str,
    /// The component where it happens.
    pub component: Option<NodeId>,
    /// The step of its walk.
    pub step: usize,
    /// What happens.
    pub message: Message,
}

/// A packet's way in one direction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walk {
    /// Every component, in order.
    pub steps: Vec<Step>,
    /// Everything that stops it, not only the first.
    pub blockers: Vec<Blocker>,
    /// What else happens to it, in order.
    pub remarks: Vec<Remark>,
    /// Whether its way leads to the destination at all, were every filter open.
    pub arrives: bool,
    /// The header at the end of the way.
    pub last: Option<Packet>,
    /// The interface it arrives at, if that is inside a VPC.
    pub arrived_at: Option<InterfaceIx>,
    /// Whether AWS itself answers it beside the sender: the VPC's resolver, instance metadata. Nothing can filter that.
    pub own_service: bool,
    /// The gateway endpoint through which it leaves for a service, if it does.
    pub endpoint: Option<NodeId>,
    /// The VPN connection by which it leaves AWS, if it does.
    pub left_by: Option<NodeId>,
}

impl Walk {
    /// Whether the packet gets there.
    pub const fn passes(&self) -> bool {
        self.arrives && self.blockers.is_empty()
    }

    /// Whether the packet gets there, as far as that is known.
    pub fn verdict(&self) -> Verdict {
        match (self.blockers.is_empty(), self.blockers.iter().any(|blocker| blocker.certain)) {
            (true, _) if self.arrives => Verdict::Yes,
            (false, false) => Verdict::Unknown,
            _ => Verdict::No,
        }
    }
}
