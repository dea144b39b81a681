//! A route table: its routes and edge association as resources of their own.

use super::Irregular;
use crate::catalog::Kind;
use crate::catalog::kinds::{Route, RouteTable};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::template::{Json, Object, object};
use crate::text::Message;

impl Irregular for RouteTable {
    fn export(&self, emit: &mut Emit<'_>) {
        for route in &self.routes {
            let destination = route.destination.to_string();
            let node = route.target.and_then(|target| emit.context().design.node(target));
            let to = match (route.target.zip(node), route.beyond()) {
                (Some((target, node)), _) => Some((target_property(node.kind()).to_owned(), emit.refer(target))),
                (None, Some(outside)) => {
                    original_target(emit, outside).map(|(property, target)| (property, Some(target)))
                }
                (None, None) => None,
            };
            let Some((property, target)) = to else {
                emit.note(match route.beyond() {
                    Some(outside) => crate::message!(
                        "{destination} 경로가 가는 {outside}이(가) 그림에 없어서 템플릿에 넣지 못했어요.",
                        "The route to {destination} leads to {outside}, which is not in the drawing, and is not in the template."
                    ),
                    None => crate::message!(
                        "{destination} 경로는 대상이 없어서 템플릿에 넣지 못했어요.",
                        "The route to {destination} has no target and is not in the template."
                    ),
                });
                continue;
            };
            let list = route.prefix_list.map(|list| emit.refer(list));
            if list == Some(None) {
                emit.note(crate::message!(
                    "AWS가 관리하는 접두사 목록으로 가는 경로는 템플릿에 넣지 못했어요.",
                    "A route to a prefix list that AWS manages is not in the template."
                ));
                continue;
            }
            let to = match (list.flatten(), route.destination.v4().is_some()) {
                (Some(list), _) => ("DestinationPrefixListId", Some(list)),
                (None, true) => ("DestinationCidrBlock", Some(destination.into())),
                (None, false) => ("DestinationIpv6CidrBlock", Some(destination.into())),
            };
            let properties = object([("RouteTableId", emit.refer(emit.node())), to, (&property, target)]);
            emit.part(route.suffix(), "AWS::EC2::Route", properties);
            if let Some(node) = node.filter(|node| node.kind() == Kind::InternetGateway) {
                emit.part_depends_on(node.parent.and_then(|vpc| emit.attachment_of(vpc)));
            }
            if let Some((gateway, _)) = route.target.zip(node).filter(|(_, of)| of.kind() == Kind::VpnGateway) {
                emit.part_depends_on(attachment_of(emit, gateway));
            }
            if let Some((gateway, _)) = route.target.zip(node).filter(|(_, of)| of.kind() == Kind::TransitGateway) {
                let vpc = emit.context().vpc_of(emit.node()).map(|(vpc, _)| vpc);
                let attachment = vpc.and_then(|vpc| emit.context().attachment_between(vpc, gateway));
                emit.part_depends_on(attachment.and_then(|id| emit.resource_name(id)));
            }
        }
        for gateway in &self.propagating {
            let tables = emit.refer(emit.node()).map(|table| Json::Array(vec![table]));
            let ends = [("RouteTableIds", tables), ("VpnGatewayId", emit.refer(*gateway))];
            emit.part(format!("PropagationOf{}", gateway.0), PROPAGATION, object(ends));
            emit.part_depends_on(attachment_of(emit, *gateway));
        }
        if let Some(gateway) = self.gateway.and_then(|gateway| emit.refer(gateway)) {
            let ends = [("GatewayId", Some(gateway)), ("RouteTableId", emit.refer(emit.node()))];
            emit.part("GatewayAssociation", "AWS::EC2::GatewayRouteTableAssociation", object(ends));
            let vpc = self.gateway.and_then(|gateway| emit.context().design.node(gateway)?.parent);
            emit.part_depends_on(vpc.and_then(|vpc| emit.attachment_of(vpc)));
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.routes = read.each("routes", read.parts("AWS::EC2::Route", "RouteTableId"), |part| {
            let destination = part.get("DestinationCidrBlock").or_else(|| part.get("DestinationIpv6CidrBlock"));
            let through = through(part);
            let target = through.and_then(|(_, target)| read.refer("routes", target));
            let outside = through.filter(|_| target.is_none()).and_then(|(_, target)| named(read, target));
            let destination = destination.map(|json| read.parse(json)).transpose()?.unwrap_or_default();
            let list = part.get("DestinationPrefixListId");
            let prefix_list = list.and_then(|list| read.node(list));
            if list.is_some() && prefix_list.is_none() {
                return Err(crate::message!(
                    "템플릿에 없는 접두사 목록으로 가는 경로라 어느 주소로 가는지 알 수 없어서 빼고 그렸어요. 템플릿에는 그대로 있어요.",
                    "It is a route to a prefix list outside the template, whose addresses are not known, and is left out of the drawing. The template keeps it."
                ));
            }
            Ok(Route { destination, prefix_list, target, outside: outside.unwrap_or_default() })
        });
        let propagations = read.parts(PROPAGATION, "RouteTableIds");
        self.propagating =
            propagations.iter().filter_map(|part| read.refer("propagating", part.get("VpnGatewayId")?)).collect();
        let edges = read.parts("AWS::EC2::GatewayRouteTableAssociation", "RouteTableId");
        self.gateway = edges.first().and_then(|part| read.node(part.get("GatewayId")?));
        Ok(())
    }
}

/// The type of what lets a virtual private gateway write routes into tables.
const PROPAGATION: &str = "AWS::EC2::VPNGatewayRoutePropagation";

/// The attachment of a virtual private gateway, if the template makes it.
fn attachment_of(emit: &Emit<'_>, gateway: NodeId) -> Option<String> {
    let parent = emit.context().design.node(gateway)?.parent;
    let vpc = emit.context().vpc_of(gateway).filter(|(vpc, _)| Some(*vpc) == parent);
    vpc.and_then(|_| emit.resource_name(gateway)).map(|_| emit.part_id(gateway, super::vpn_gateway::ATTACHMENT))
}

/// The name by which a template refers to something, or what it writes in place of one.
fn name_in(json: &Json) -> Option<&str> {
    json.get("Ref").or_else(|| json.get("Fn::GetAtt")?.get(0)).unwrap_or(json).as_str()
}

/// How a template calls something: by its id, or by the name of the resource or parameter that stands for it.
pub(super) fn named(read: &Read<'_>, json: &Json) -> Option<String> {
    let name = name_in(json).filter(|_| !json.is_string());
    name.map(str::to_owned).or_else(|| read.text(json))
}

/// What a route resource leads to: the property, and what stands in it.
fn through(properties: &Object) -> Option<(&str, &Json)> {
    let target = properties.iter().find(|(key, _)| !key.starts_with("Destination") && *key != "RouteTableId");
    target.map(|(key, target)| (key.as_str(), target))
}

/// The target outside the drawing as the template has it that the design was opened from.
fn original_target(emit: &Emit<'_>, outside: &str) -> Option<(String, Json)> {
    let all = emit.original_parts("AWS::EC2::Route").into_iter().filter_map(through);
    all.into_iter()
        .find(|(_, target)| name_in(target) == Some(outside))
        .map(|(property, target)| (property.to_owned(), target.clone()))
}

/// The property of a route that names a target of a kind.
const fn target_property(kind: Kind) -> &'static str {
    match kind {
        Kind::NatGateway => "NatGatewayId",
        Kind::Instance => "InstanceId",
        Kind::NetworkInterface => "NetworkInterfaceId",
        Kind::VpcPeering => "VpcPeeringConnectionId",
        Kind::VpcEndpoint => "VpcEndpointId",
        Kind::TransitGateway => "TransitGatewayId",
        _ => "GatewayId",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::FieldValue;
    use crate::catalog::kinds::{BalancerType, EndpointType, InternetGateway, LoadBalancer, Subnet, Vpc, VpcEndpoint};
    use crate::cloudformation::{export, import};
    use crate::design::Edit;
    use crate::layout::Sketch;
    use crate::template::to_json;

    #[test]
    fn routes_to_endpoints_and_tables_of_gateways_come_back_from_a_template() {
        let mut sketch = Sketch::new();
        let vpc = sketch.add(None, "vpc", Vpc::default());
        let subnet = sketch.add(Some(vpc), "edge", Subnet::default());
        let gateway = sketch.add(Some(vpc), "igw", InternetGateway);
        let balancer = LoadBalancer {
            balancer_type: BalancerType::Gateway,
            endpoint_service: true,
            subnets: vec![subnet],
            ..LoadBalancer::default()
        };
        let endpoint = VpcEndpoint {
            endpoint_type: EndpointType::GatewayLoadBalancer,
            balancer: Some(sketch.add(Some(vpc), "gwlb", balancer)),
            subnets: vec![subnet],
            ..VpcEndpoint::default()
        };
        let endpoint = sketch.add(Some(vpc), "gwlbe", endpoint);
        let route = Route { destination: "10.0.1.0/24".parse().unwrap(), target: Some(endpoint), ..Route::default() };
        let table = RouteTable { routes: vec![route], gateway: Some(gateway), ..RouteTable::default() };
        let id = sketch.add(Some(vpc), "gate", table.clone());
        let template = export(sketch.design()).template;
        let of_type = |name: &str| {
            let all = template["Resources"].as_object().unwrap().values();
            all.filter(|resource| resource["Type"] == name).cloned().collect::<Vec<_>>()
        };
        let [route] = &of_type("AWS::EC2::Route")[..] else { panic!("{template:#?}") };
        assert_eq!(route["Properties"]["VpcEndpointId"]["Ref"], "GwlbeVpcEndpoint");
        let [association] = &of_type("AWS::EC2::GatewayRouteTableAssociation")[..] else { panic!("{template:#?}") };
        assert_eq!(association["Properties"]["GatewayId"]["Ref"], "InternetGateway");
        assert!(association["DependsOn"].as_str().is_some_and(|id| id.ends_with("Attachment")), "{association:#?}");
        let opened = import(&to_json(&template)).unwrap();
        assert_eq!(opened.design.get::<RouteTable>(id), Some(&table));
        assert_eq!(export(&opened.design).template, template);
    }

    #[test]
    fn a_target_that_is_not_drawn_goes_by_its_name_and_stays_in_the_template() {
        let template = r#"{"Resources": {
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
            "Table": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
            "Hub": {"Type": "AWS::EC2::CarrierGateway", "Properties": {"VpcId": {"Ref": "Vpc"}}},
            "There": {"Type": "AWS::EC2::Route", "Properties": {"RouteTableId": {"Ref": "Table"}, "DestinationCidrBlock": "10.1.0.0/16", "CarrierGatewayId": {"Ref": "Hub"}}},
            "Else": {"Type": "AWS::EC2::Route", "Properties": {"RouteTableId": {"Ref": "Table"}, "DestinationCidrBlock": "10.2.0.0/16", "GatewayId": "vgw-1"}}}}"#;
        let opened = import(template).unwrap();
        let table = opened.design.all::<RouteTable>().next().unwrap().2;
        let mut beyond: Vec<_> = table.routes.iter().map(|route| (route.target, route.beyond())).collect();
        beyond.sort_unstable();
        assert_eq!(beyond, [(None, Some("Hub")), (None, Some("vgw-1"))]);
        let again: Json = serde_json::from_str(template).unwrap();
        assert_eq!(export(&opened.design).template["Resources"]["There"], again["Resources"]["There"]);
    }

    #[test]
    fn a_route_out_of_the_drawing_that_is_edited_is_edited_in_its_template() {
        let template = r#"{"Resources": {
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
            "Gate": {"Type": "AWS::EC2::VPCPeeringConnection", "Properties": {"VpcId": {"Ref": "Vpc"}, "PeerVpcId": "vpc-1"}},
            "Table": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
            "There": {"Type": "AWS::EC2::Route", "Properties": {"RouteTableId": {"Ref": "Table"}, "DestinationCidrBlock": "10.1.0.0/16", "TransitGatewayId": "tgw-1"}},
            "Else": {"Type": "AWS::EC2::Route", "Properties": {"RouteTableId": {"Ref": "Table"}, "DestinationCidrBlock": "10.2.0.0/16", "GatewayId": "vgw-1"}}}}"#;
        let opened = import(template).unwrap();
        let (id, _, table) = opened.design.all::<RouteTable>().next().unwrap();
        let peering = opened.design.all::<crate::catalog::kinds::VpcPeering>().next().unwrap().0;
        let after = |routes: Vec<Route>| {
            let mut design = opened.design.clone();
            design.apply(&Edit::set(id, "routes", routes.to_value())).unwrap();
            export(&design).template["Resources"].clone()
        };
        let (there, other): (Vec<Route>, Vec<Route>) =
            table.routes.iter().cloned().partition(|route| route.beyond() == Some("tgw-1"));
        let without = after(other.clone());
        assert!(without.get("There").is_none() && without.get("Else").is_some(), "{without:#}");
        let retargeted =
            after(other.into_iter().chain([Route { target: Some(peering), ..there[0].clone() }]).collect());
        let routes = retargeted.as_object().unwrap().values().filter(|of| of["Type"] == "AWS::EC2::Route");
        assert_eq!(routes.count(), 2, "{retargeted:#}");
        let there = retargeted["There"]["Properties"].as_object().unwrap();
        assert_eq!(there["VpcPeeringConnectionId"]["Ref"], "Gate");
        assert!(!there.contains_key("TransitGatewayId"), "{retargeted:#}");
    }
}
