//! An Elastic IP address.

use std::net::Ipv4Addr;

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// A public address that stays the same when an instance stops and starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ElasticIp {
    /// The instance it belongs to. A NAT gateway names its Elastic IP itself.
    pub instance: Option<NodeId>,
    /// The network interface it belongs to, where that is not an instance's primary one.
    pub interface: Option<NodeId>,
    /// The address, where it is known from AWS.
    pub public_address: Option<Ipv4Addr>,
}

impl Resource for ElasticIp {
    const KIND: Kind = Kind::ElasticIp;
    const ATTRIBUTE: Option<&'static str> = Some("AllocationId");
    const SPEC: Spec = Spec {
        id: "elastic_ip",
        label: t("탄력적 IP", "Elastic IP"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::EIP",
        placement: Placement { root: true, parents: &[Kind::Region, Kind::Vpc, Kind::Zone, Kind::Subnet] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["eip", "고정 IP", "static ip"],
    };
    const SUMMARY: Text = t(
        "바뀌지 않는 퍼블릭 IP예요. 인스턴스나 NAT 게이트웨이에 붙여요. 쓰지 않아도 요금이 들어요.",
        "A public address that does not change, for an instance or a NAT gateway. Billed even when unused.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(instance, "인스턴스", "Instance", Widget::Reference(&[Kind::Instance])).property("InstanceId").help(
            "이 주소를 가질 인스턴스예요. NAT 게이트웨이라면 NAT 게이트웨이 쪽에서 골라요.",
            "The instance that gets this address. A NAT gateway chooses its address itself.",
        ),
        field!(interface, "네트워크 인터페이스", "Network interface", Widget::Reference(&[Kind::NetworkInterface]))
            .help(
                "이 주소를 가질 네트워크 인터페이스예요. 인스턴스의 기본 인터페이스라면 인스턴스를 골라요.",
                "The network interface that gets this address. For an instance's primary one choose the instance.",
            ),
        field!(public_address, "퍼블릭 주소", "Public address", Widget::Line).help(
            "AWS에서 읽어 온 주소예요. 새로 만들 때는 비워 두면 AWS가 정해요.",
            "The address read from AWS. Leave it empty for a new one: AWS chooses it.",
        ),
    ];

    fn caption(&self) -> Option<String> {
        self.public_address.map(|address| address.to_string())
    }
}
