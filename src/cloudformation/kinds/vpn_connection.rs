//! A VPN connection: its type, and its static routes as resources of their own.

use super::Irregular;
use crate::catalog::kinds::VpnConnection;
use crate::cloudformation::{Emit, Read};
use crate::template::object;
use crate::text::Message;

/// The type of a static route.
const ROUTE: &str = "AWS::EC2::VPNConnectionRoute";

impl Irregular for VpnConnection {
    fn export(&self, emit: &mut Emit<'_>) {
        emit.set_property("Type", "ipsec.1");
        if self.customer_gateway.is_none() || self.vpn_gateway.is_some() == self.transit_gateway.is_some() {
            emit.leave_out(crate::message!(
                "고객 게이트웨이와, 가상 프라이빗 게이트웨이나 전송 게이트웨이 가운데 하나를 골라야 템플릿에 넣을 수 있어요.",
                "Choose the customer gateway, and either a virtual private gateway or a transit gateway, to have it in the template."
            ));
        }
        let own = self.static_only && self.vpn_gateway.is_some();
        for block in self.routes.iter().filter(|_| own) {
            let connection = ("VpnConnectionId", emit.refer(emit.node()));
            let suffix = format!("RouteTo{}", block.to_string().replace(['.', '/'], "x"));
            let route = object([("DestinationCidrBlock", Some(block.to_string().into())), connection]);
            emit.part(suffix, ROUTE, route);
        }
        if self.association.is_some() || !self.propagations.is_empty() {
            emit.note(crate::message!(
                "VPN의 전송 게이트웨이 연결은 CloudFormation에서 id를 알 수 없어서, 고른 라우팅 테이블을 템플릿에 넣지 못했어요. 배포한 뒤에 연결하세요.",
                "CloudFormation does not tell the id of a VPN's attachment to a transit gateway, so the chosen route tables are not in the template. Associate them after the deployment."
            ));
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let blocks =
            read.parts(ROUTE, "VpnConnectionId").into_iter().filter_map(|part| part.get("DestinationCidrBlock"));
        self.routes = read.each("routes", blocks, |json| read.parse(json));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{CustomerGateway, RouteTable, Subnet, Vpc, VpnGateway};
    use crate::cloudformation::{export, import};
    use crate::layout::Sketch;
    use crate::template::to_json;

    #[test]
    fn a_vpn_with_its_gateways_comes_back_from_a_template() {
        let mut sketch = Sketch::new();
        let vpc = sketch.add(None, "vpc", Vpc::default());
        sketch.add(Some(vpc), "net", Subnet::default());
        let gateway = sketch.add(Some(vpc), "vgw", VpnGateway::default());
        let customer = sketch.add(
            None,
            "office",
            CustomerGateway { networks: vec!["192.168.0.0/16".parse().unwrap()], ..CustomerGateway::default() },
        );
        let connection = VpnConnection {
            customer_gateway: Some(customer),
            vpn_gateway: Some(gateway),
            static_only: true,
            routes: vec!["192.168.0.0/16".parse().unwrap()],
            ..VpnConnection::default()
        };
        let id = sketch.add(None, "vpn", connection.clone());
        let table = RouteTable { propagating: vec![gateway], ..RouteTable::default() };
        let table_id = sketch.add(Some(vpc), "rt", table.clone());
        assert_eq!(sketch.refusals(), &[]);
        let template = export(sketch.design()).template;
        let of_type = |name: &str| {
            let all = template["Resources"].as_object().unwrap().values();
            all.filter(|resource| resource["Type"] == name).cloned().collect::<Vec<_>>()
        };
        let [propagation] = &of_type("AWS::EC2::VPNGatewayRoutePropagation")[..] else { panic!("{template:#?}") };
        assert!(propagation["DependsOn"].as_str().is_some_and(|id| id.ends_with("Attachment")), "{propagation:#?}");
        let opened = import(&to_json(&template)).unwrap();
        assert_eq!(opened.design.get::<VpnConnection>(id), Some(&connection));
        assert_eq!(opened.design.get::<RouteTable>(table_id), Some(&table));
        assert_eq!(opened.design.node(gateway).unwrap().parent, Some(vpc));
        assert_eq!(export(&opened.design).template, template);
    }

    #[test]
    fn a_gateway_of_anybodys_template_stands_where_it_is_attached() {
        let template = r#"{"Resources": {
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
            "Vgw": {"Type": "AWS::EC2::VPNGateway", "Properties": {"Type": "ipsec.1"}},
            "On": {"Type": "AWS::EC2::VPCGatewayAttachment", "Properties": {"VpcId": {"Ref": "Vpc"}, "VpnGatewayId": {"Ref": "Vgw"}}},
            "Loose": {"Type": "AWS::EC2::VPNGateway", "Properties": {"Type": "ipsec.1"}},
            "Table": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
            "More": {"Type": "AWS::EC2::VPNGatewayRoutePropagation", "DependsOn": "On", "Properties": {"RouteTableIds": [{"Ref": "Table"}], "VpnGatewayId": {"Ref": "Vgw"}}}}}"#;
        let opened = import(template).unwrap();
        let parent = |name: &str| opened.design.node(opened.names[name]).unwrap().parent;
        assert_eq!(parent("Vgw"), Some(opened.names["Vpc"]));
        assert_ne!(parent("Loose"), Some(opened.names["Vpc"]));
        let table = opened.design.get::<RouteTable>(opened.names["Table"]).unwrap();
        assert_eq!(table.propagating, [opened.names["Vgw"]]);
        assert_eq!(export(&opened.design).template, serde_json::from_str::<crate::template::Json>(template).unwrap());
    }
}
