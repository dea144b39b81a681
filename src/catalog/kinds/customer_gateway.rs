//! A customer gateway: the on-premises end of VPN connections, and whoever stands behind it.

use std::net::Ipv4Addr;

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::net::Cidr;
use crate::text::{Text, t};

/// A router on premises, with the networks behind it as a source and destination of packets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerGateway {
    /// Its public address.
    pub address: Option<Ipv4Addr>,
    /// The number of its network in BGP.
    pub bgp_asn: u32,
    /// The networks behind it, as far as they are known.
    pub networks: Vec<Cidr>,
}

impl Default for CustomerGateway {
    fn default() -> Self {
        // TEST-NET-3, which documentation may use (RFC 5737).
        Self { address: Some(Ipv4Addr::new(203, 0, 113, 20)), bgp_asn: 65_000, networks: Vec::new() }
    }
}

impl Resource for CustomerGateway {
    const KIND: Kind = Kind::CustomerGateway;
    const SPEC: Spec = Spec {
        id: "customer_gateway",
        label: t("고객 게이트웨이", "Customer gateway"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::CustomerGateway",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["cgw", "vpn", "on-premises", "온프레미스", "사내"],
    };
    const SUMMARY: Text = t(
        "온프레미스 쪽 VPN 장비예요. 뒤에 있는 네트워크를 적으면 경로 추적의 출발지나 목적지가 돼요.",
        "The VPN device on premises. With the networks behind it written down it is a source and destination of traces.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(address, "IP 주소", "IP address", Widget::Line)
            .property("IpAddress")
            .help("장비의 퍼블릭 IPv4 주소예요.", "The public IPv4 address of the device."),
        field!(bgp_asn, "BGP ASN", "BGP ASN", Widget::Number { min: 1, max: 4_294_967_295, unit: t("", "") })
            .property("BgpAsn")
            .help(
                "온프레미스 네트워크의 BGP 번호예요. 없으면 65000이에요.",
                "The network's number in BGP; 65000 where it has none.",
            ),
        field!(networks, "뒤에 있는 네트워크", "Networks behind it", Widget::List).help(
            "온프레미스의 CIDR 블록이에요. 예: 192.168.0.0/16. 적지 않은 곳은 닿는지 알 수 없어요.",
            "CIDR blocks on premises, such as 192.168.0.0/16. Whether anything else is reached is not known.",
        ),
    ];

    fn caption(&self) -> Option<String> {
        self.networks.first().map(ToString::to_string)
    }
}
