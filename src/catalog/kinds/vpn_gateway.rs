//! A virtual private gateway. Standing in a VPC it is attached to it; outside, it is detached.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::text::{Text, t};

/// The VPC's end of VPN connections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VpnGateway {
    /// The number of its network in BGP; nothing is AWS's default, 64512.
    pub amazon_side_asn: Option<u32>,
}

impl Resource for VpnGateway {
    const KIND: Kind = Kind::VpnGateway;
    const SPEC: Spec = Spec {
        id: "vpn_gateway",
        label: t("가상 프라이빗 게이트웨이", "Virtual private gateway"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::VPNGateway",
        placement: Placement { root: true, parents: &[Kind::Vpc, Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["vgw", "vpn", "가상 사설 게이트웨이"],
    };
    const SUMMARY: Text = t(
        "VPC와 온프레미스 네트워크를 VPN으로 이을 때 VPC 쪽 끝이에요. 라우팅 테이블에 라우팅이 있거나 전파를 켜야 쓰여요.",
        "The VPC's end of a VPN to an on-premises network. Route tables need a route to it, or its propagation on.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html";
    const FIELDS: &'static [Field<Self>] = &[field!(
        amazon_side_asn,
        "Amazon 측 ASN",
        "Amazon side ASN",
        Widget::Number { min: 1, max: 4_294_967_294, unit: t("", "") }
    )
    .property("AmazonSideAsn")
    .help("BGP에서 쓰는 번호예요. 비우면 64512예요.", "Its number in BGP. Empty means 64512.")];
}
