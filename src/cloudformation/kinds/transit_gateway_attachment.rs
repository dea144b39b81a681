//! An attachment of a VPC to a transit gateway: the route tables that it follows and makes itself known to.

use super::Irregular;
use crate::catalog::kinds::TransitGatewayAttachment;
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::template::object;
use crate::text::Message;

/// What the id of an association ends in.
const ASSOCIATION: &str = "Association";
/// The type of an association with a table.
pub(super) const ASSOCIATION_TYPE: &str = "AWS::EC2::TransitGatewayRouteTableAssociation";
/// The type of a propagation into a table.
pub(super) const PROPAGATION_TYPE: &str = "AWS::EC2::TransitGatewayRouteTablePropagation";

/// The resource that ties an attachment to a table; told if the table is none that a template has.
pub(super) fn tie(emit: &mut Emit<'_>, suffix: String, type_name: &'static str, table: NodeId) {
    let Some(table_id) = emit.refer(table) else {
        let name = emit.context().name(table);
        emit.note(crate::message!(
            "라우팅 테이블 {name}이(가) 템플릿에 없어서 여기에 연결하는 것을 넣지 못했어요.",
            "Route table {name} is not in the template, and neither is what ties the attachment to it."
        ));
        return;
    };
    let ends =
        [("TransitGatewayAttachmentId", emit.refer(emit.node())), ("TransitGatewayRouteTableId", Some(table_id))];
    emit.part(suffix, type_name, object(ends));
}

/// The tables that a template ties an attachment to.
pub(super) fn tied(read: &Read<'_>, field: &'static str, type_name: &str) -> Vec<NodeId> {
    let parts = read.parts(type_name, "TransitGatewayAttachmentId");
    parts.into_iter().filter_map(|part| read.refer(field, part.get("TransitGatewayRouteTableId")?)).collect()
}

impl Irregular for TransitGatewayAttachment {
    fn export(&self, emit: &mut Emit<'_>) {
        if self.gateway.is_none() || self.subnets.is_empty() {
            emit.leave_out(crate::message!(
                "전송 게이트웨이와 서브넷을 골라야 템플릿에 넣을 수 있어요.",
                "Choose the transit gateway and the subnets to have the attachment in the template."
            ));
        }
        if let Some(table) = self.association {
            tie(emit, ASSOCIATION.to_owned(), ASSOCIATION_TYPE, table);
        }
        for table in &self.propagations {
            tie(emit, format!("PropagationTo{}", table.0), PROPAGATION_TYPE, *table);
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.association = tied(read, "association", ASSOCIATION_TYPE).first().copied();
        self.propagations = tied(read, "propagations", PROPAGATION_TYPE);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{
        Subnet, TransitGateway, TransitGatewayPeering, TransitGatewayRouteTable, TransitRoute, Vpc,
    };
    use crate::cloudformation::{export, import};
    use crate::layout::Sketch;
    use crate::template::to_json;

    #[test]
    fn attachments_tables_and_routes_come_back_from_a_template() {
        let mut sketch = Sketch::new();
        let gateway = sketch.add(None, "hub", TransitGateway::default());
        let far = sketch.add(None, "far-hub", TransitGateway::default());
        let table = TransitGatewayRouteTable { gateway: Some(gateway), ..TransitGatewayRouteTable::default() };
        let spokes = sketch.add(None, "spokes", table.clone());
        let shared = sketch.add(None, "shared", table.clone());
        let vpc = sketch.add(None, "vpc", Vpc::default());
        let subnet = sketch.add(Some(vpc), "edge", Subnet::default());
        let attachment = TransitGatewayAttachment {
            gateway: Some(gateway),
            subnets: vec![subnet],
            association: Some(spokes),
            propagations: vec![spokes, shared],
            ..TransitGatewayAttachment::default()
        };
        let id = sketch.add(Some(vpc), "vpc-on", attachment.clone());
        let peering = TransitGatewayPeering {
            gateway: Some(gateway),
            peer: Some(far),
            association: Some(shared),
            ..TransitGatewayPeering::default()
        };
        let peering_id = sketch.add(None, "bridge", peering.clone());
        let routes = vec![
            TransitRoute {
                destination: "10.9.0.0/16".parse().unwrap(),
                attachment: Some(id),
                ..TransitRoute::default()
            },
            TransitRoute { destination: "10.8.0.0/16".parse().unwrap(), blackhole: true, ..TransitRoute::default() },
            TransitRoute {
                destination: "10.7.0.0/16".parse().unwrap(),
                attachment: Some(peering_id),
                ..TransitRoute::default()
            },
        ];
        sketch.set(shared, "routes", crate::catalog::FieldValue::to_value(&routes));
        assert_eq!(sketch.refusals(), &[]);
        let exported = export(sketch.design());
        let opened = import(&to_json(&exported.template)).unwrap();
        assert_eq!(opened.design.get::<TransitGatewayAttachment>(id), Some(&attachment));
        assert_eq!(opened.design.get::<TransitGatewayPeering>(peering_id), Some(&peering));
        let table = opened.design.get::<TransitGatewayRouteTable>(shared).unwrap();
        assert_eq!(table.routes, routes);
        assert_eq!(export(&opened.design).template, exported.template);
    }

    #[test]
    fn both_types_of_a_template_are_attachments_and_stay_what_they_are() {
        let template = r#"{"Resources": {
            "Hub": {"Type": "AWS::EC2::TransitGateway"},
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
            "A": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24"}},
            "B": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.1.0/24"}},
            "On": {"Type": "AWS::EC2::TransitGatewayVpcAttachment", "Properties": {"VpcId": {"Ref": "Vpc"}, "SubnetIds": [{"Ref": "A"}], "TransitGatewayId": {"Ref": "Hub"}}},
            "Table": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
            "Out": {"Type": "AWS::EC2::Route", "DependsOn": "On", "Properties": {"RouteTableId": {"Ref": "Table"}, "DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": {"Ref": "Hub"}}}}}"#;
        let opened = import(template).unwrap();
        let (id, _, attachment) = opened.design.all::<TransitGatewayAttachment>().next().unwrap();
        assert_eq!(attachment.subnets.len(), 1);
        let b = opened.names["B"];
        let mut design = opened.design.clone();
        let subnets = crate::catalog::FieldValue::to_value(&vec![attachment.subnets[0], b]);
        design.apply(&crate::design::Edit::set(id, "subnets", subnets)).unwrap();
        let edited = export(&design).template["Resources"]["On"].clone();
        assert_eq!(edited["Type"], "AWS::EC2::TransitGatewayVpcAttachment");
        assert_eq!(edited["Properties"]["SubnetIds"].as_array().unwrap().len(), 2);
        let table = opened.design.all::<crate::catalog::kinds::RouteTable>().next().unwrap().2;
        assert_eq!(table.routes[0].target, Some(opened.names["Hub"]));
        assert_eq!(export(&opened.design).template, serde_json::from_str::<crate::template::Json>(template).unwrap());
    }
}
