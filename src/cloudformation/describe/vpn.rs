//! Virtual private gateways, customer gateways and the connections between them.

use std::collections::BTreeSet;

use super::document::{Dump, list, on, parsed, text};
use super::draw::Draw;
use super::frames::any_region;
use crate::catalog::kinds::{CustomerGateway, VpnConnection, VpnGateway};
use crate::catalog::{FieldValue, Kind};
use crate::net::Cidr;
use crate::template::Json;
use crate::{id_of, message};

fn is_there(json: &Json) -> bool {
    !matches!(text(json, "State"), Some("deleted" | "deleting"))
}

/// The gateways at both ends, and the connections.
pub(super) fn draw(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("VpnGateways").iter().filter(|json| is_there(json)) {
        let Some(origin) = text(json, "VpnGatewayId") else { continue };
        let attached = |json: &&Json| !matches!(text(json, "State"), Some("detached" | "detaching"));
        let vpc = list(json, "VpcAttachments").iter().find(attached).and_then(|of| draw.id_at(of, "VpcId"));
        let asn = json.get("AmazonSideAsn").and_then(Json::as_u64).and_then(|asn| u32::try_from(asn).ok());
        let frame = vpc.or_else(|| any_region(draw));
        draw.add(frame, json, origin, None, VpnGateway { amazon_side_asn: asn });
    }
    for json in dump.list("CustomerGateways").iter().filter(|json| is_there(json)) {
        let Some(origin) = text(json, "CustomerGatewayId") else { continue };
        let default = CustomerGateway::default();
        let body = CustomerGateway {
            address: parsed(json, "IpAddress"),
            bgp_asn: parsed(json, "BgpAsn").unwrap_or(default.bgp_asn),
            networks: Vec::new(),
        };
        let region = any_region(draw);
        draw.add(region, json, origin, None, body);
    }
    for json in dump.list("VpnConnections").iter().filter(|json| is_there(json)) {
        let Some(origin) = text(json, "VpnConnectionId") else { continue };
        let customer = text(json, "CustomerGatewayId").and_then(|customer| {
            let known = draw.id_of(customer, Kind::CustomerGateway);
            let region = any_region(draw);
            known.or_else(|| {
                draw.add_named(
                    region,
                    customer,
                    customer,
                    CustomerGateway { address: None, ..CustomerGateway::default() },
                )
            })
        });
        let active = |json: &&Json| !matches!(text(json, "State"), Some("deleted" | "deleting"));
        let routes =
            list(json, "Routes").iter().filter(active).filter_map(|of| parsed::<Cidr>(of, "DestinationCidrBlock"));
        let body = VpnConnection {
            customer_gateway: customer,
            vpn_gateway: draw.id_at(json, "VpnGatewayId"),
            transit_gateway: draw.id_at(json, "TransitGatewayId"),
            static_only: json.get("Options").is_some_and(|options| on(options, "StaticRoutesOnly")),
            routes: routes.collect(),
            ..VpnConnection::default()
        };
        if body.vpn_gateway.is_none() && body.transit_gateway.is_none() {
            draw.missing(
                origin,
                text(json, "VpnGatewayId").or_else(|| text(json, "TransitGatewayId")).unwrap_or("VpnGatewayId"),
            );
        }
        let region = any_region(draw);
        draw.add(region, json, origin, None, body);
    }
    for json in dump.list("TransitGatewayAttachments") {
        let of_vpn = text(json, "ResourceType") == Some("vpn");
        let connection = text(json, "ResourceId").and_then(|id| draw.id_of(id, Kind::VpnConnection)).filter(|_| of_vpn);
        if let (Some(connection), Some(origin)) = (connection, text(json, "TransitGatewayAttachmentId")) {
            draw.alias(origin, connection);
        }
    }
}

/// The networks that route tables have learned of by BGP lie behind the customer gateway of the connection they came by.
pub(super) fn learned(draw: &mut Draw, dump: &Dump) {
    let connections: Vec<VpnConnection> = draw.design().all::<VpnConnection>().map(|(.., of)| of.clone()).collect();
    let routes = dump.list("RouteTables").iter().flat_map(|json| list(json, "Routes"));
    let propagated = routes.filter(|route| text(route, "Origin") == Some("EnableVgwRoutePropagation"));
    let found: BTreeSet<_> = propagated
        .filter_map(|route| Some((draw.id_at(route, "GatewayId")?, parsed::<Cidr>(route, "DestinationCidrBlock")?)))
        .collect();
    for (gateway, block) in found {
        let own: Vec<_> = connections.iter().filter(|of| of.vpn_gateway == Some(gateway) && !of.static_only).collect();
        let [VpnConnection { customer_gateway: Some(customer), .. }] = own.as_slice() else {
            if own.len() > 1 {
                draw.note(message!(
                    "BGP로 배운 {block}이(가) 어느 VPN 연결 너머에 있는지 알 수 없어요.",
                    "Beyond which of several VPN connections {block} lies, learned by BGP, is not known."
                ));
            }
            continue;
        };
        let known = draw.design().get::<CustomerGateway>(*customer).map(|of| of.networks.clone());
        if let Some(mut networks) = known.filter(|known| !known.contains(&block)) {
            networks.push(block);
            draw.set(*customer, id_of!(CustomerGateway.networks), networks.to_value());
        }
    }
}
