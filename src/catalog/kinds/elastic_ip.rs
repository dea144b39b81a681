//! An Elastic IP address.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::cloudformation::Emit;
use crate::field;
use crate::id::NodeId;
use crate::text::t;

/// A public address that stays the same when an instance stops and starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ElasticIp {
    /// The instance it belongs to. A NAT gateway names its Elastic IP itself.
    pub instance: Option<NodeId>,
}

impl Resource for ElasticIp {
    const KIND: Kind = Kind::ElasticIp;
    const ATTRIBUTE: Option<&'static str> = Some("AllocationId");
    const SPEC: Spec = Spec {
        id: "elastic_ip",
        label: t("탄력적 IP", "Elastic IP"),
        summary: t(
            "바뀌지 않는 퍼블릭 IP예요. 인스턴스나 NAT 게이트웨이에 붙여요. 쓰지 않아도 요금이 들어요.",
            "A public address that does not change, for an instance or a NAT gateway. Billed even when unused.",
        ),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::EIP",
        placement: Placement { root: true, parents: &[Kind::Region, Kind::Vpc, Kind::Zone, Kind::Subnet] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["eip", "고정 IP", "static ip"],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html",
    };
    const FIELDS: &'static [Field<Self>] = &[field!(instance, "인스턴스", "Instance", Widget::Reference(&[Kind::Instance])).property("InstanceId").help(
        "이 주소를 가질 인스턴스예요. NAT 게이트웨이라면 NAT 게이트웨이 쪽에서 골라요.",
        "The instance that gets this address. A NAT gateway chooses its address itself.",
    )];

    fn export(&self, emit: &mut Emit<'_>) {
        emit.put("Domain", "vpc");
        let node = emit.node();
        let mut gateways = emit.context().all::<super::NatGateway>();
        let user = self.instance.or_else(|| gateways.find(|(_, _, nat)| nat.elastic_ip == Some(node)).map(|(id, ..)| id));
        let vpc = user.and_then(|user| emit.context().vpc_of(user)).map(|(vpc, _)| vpc);
        emit.depends_on(vpc.and_then(|vpc| emit.attachment_of(vpc)));
        if let Some(instance) = self.instance {
            let server = emit.logical_of(instance);
            emit.output("PublicIp", format!("Public address of {server}"), emit.reference_to(node));
        }
    }
}
