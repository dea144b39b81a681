//! Faults of transit gateways: who is attached, which table is followed, and what it knows.

use super::class::{Class, Site, rows, with_each, without_each};
use crate::catalog::Value;
use crate::catalog::kinds::{
    TransitGatewayAttachment, TransitGatewayPeering, TransitGatewayRouteTable, TransitRoute, VpnConnection,
};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::text::{Message, t};

pub(super) static CLASSES: [Class; 9] = [
    Class {
        id: "transit-association",
        title: t("따르는 라우팅 테이블이 없는 전송 게이트웨이 연결", "An attachment follows no route table"),
        level: 2,
        sites: no_association,
    },
    Class {
        id: "transit-other-table",
        title: t(
            "다른 전송 게이트웨이 라우팅 테이블을 따르는 연결",
            "An attachment follows another route table of the transit gateway",
        ),
        level: 2,
        sites: other_table,
    },
    Class {
        id: "transit-propagation",
        title: t("빠진 전파", "A propagation is missing"),
        level: 2,
        sites: no_propagation,
    },
    Class {
        id: "transit-open",
        title: t("전파하지 말아야 할 테이블에 한 전파", "A propagation to a table that should not know"),
        level: 3,
        sites: further_propagation,
    },
    Class {
        id: "transit-route",
        title: t("전송 게이트웨이에서 빠진 정적 라우팅", "A static route of the transit gateway is missing"),
        level: 2,
        sites: missing_route,
    },
    Class {
        id: "transit-route-elsewhere",
        title: t("다른 연결로 보내는 정적 라우팅", "A static route leads to another attachment"),
        level: 2,
        sites: route_elsewhere,
    },
    Class {
        id: "transit-blackhole",
        title: t("블랙홀이 된 정적 라우팅", "A static route is a blackhole"),
        level: 2,
        sites: blackhole,
    },
    Class {
        id: "transit-no-blackhole",
        title: t("빠진 블랙홀 라우팅", "A blackhole route is missing"),
        level: 3,
        sites: no_blackhole,
    },
    Class {
        id: "transit-zone",
        title: t("가용 영역 하나가 빠진 전송 게이트웨이 연결", "An attachment lacks a zone"),
        level: 2,
        sites: zone,
    },
];

/// Something attached to a transit gateway, with the tables that it follows and that learn of it.
struct Attached {
    id: NodeId,
    gateway: NodeId,
    association: (&'static str, Option<NodeId>),
    /// Nothing for a peering, which makes nothing known.
    propagations: Option<(&'static str, Vec<NodeId>)>,
}

fn attached(context: &Context) -> Vec<Attached> {
    let vpcs = context.all::<TransitGatewayAttachment>().filter_map(|(id, _, of)| {
        let association = (id_of!(TransitGatewayAttachment.association), of.association);
        let propagations = Some((id_of!(TransitGatewayAttachment.propagations), of.propagations.clone()));
        Some(Attached { id, gateway: of.gateway?, association, propagations })
    });
    let connections = context.all::<VpnConnection>().filter_map(|(id, _, of)| {
        let association = (id_of!(VpnConnection.association), of.association);
        let propagations = Some((id_of!(VpnConnection.propagations), of.propagations.clone()));
        Some(Attached { id, gateway: of.transit_gateway?, association, propagations })
    });
    let peerings = context.all::<TransitGatewayPeering>().flat_map(|(id, _, of)| {
        let own = (of.gateway, id_of!(TransitGatewayPeering.association), of.association);
        let other = (of.peer, id_of!(TransitGatewayPeering.peer_association), of.peer_association);
        [own, other].into_iter().filter_map(move |(gateway, field, table)| {
            Some(Attached { id, gateway: gateway?, association: (field, table), propagations: None })
        })
    });
    vpcs.chain(connections).chain(peerings).collect()
}

/// The tables of a gateway.
fn tables(context: &Context, gateway: NodeId) -> Vec<NodeId> {
    let own = context.all::<TransitGatewayRouteTable>().filter(|(_, _, table)| table.gateway == Some(gateway));
    own.map(|(id, ..)| id).collect()
}

fn no_association(context: &Context) -> Vec<Site> {
    let followed = attached(context).into_iter().filter(|of| of.association.1.is_some());
    followed
        .map(|of| {
            let name = context.name(of.id);
            let what = message!(
                "{name}이(가) 어느 라우팅 테이블도 따르지 않아요.",
                "{name} is associated with no route table."
            );
            Site::new(what, vec![Edit::set(of.id, of.association.0, Value::None)])
        })
        .collect()
}

fn other_table(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for of in attached(context) {
        let (field, own) = of.association;
        for table in tables(context, of.gateway).into_iter().filter(|table| own.is_some_and(|own| own != *table)) {
            let (name, to) = (context.name(of.id), context.name(table));
            let what = message!("{name}이(가) {to}을(를) 따라요.", "{name} is associated with {to}.");
            found.push(Site::new(what, vec![Edit::set(of.id, field, table)]));
        }
    }
    found
}

fn no_propagation(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for of in attached(context) {
        let Some((field, own)) = of.propagations else { continue };
        for (table, rest) in without_each(&own) {
            let (name, to) = (context.name(of.id), context.name(*table));
            let what = message!("{name}이(가) {to}에 전파하지 않아요.", "{name} does not propagate to {to}.");
            found.push(Site::new(what, vec![rows(of.id, field, &rest)]));
        }
    }
    found
}

/// What is attached makes itself known to one table more, alone or with all others that follow that table: then those get to each other.
fn further_propagation(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    let all = attached(context);
    let with = |of: &Attached, table: NodeId| -> Option<Edit> {
        let (field, own) = of.propagations.as_ref().filter(|(_, own)| !own.contains(&table))?;
        let more: Vec<NodeId> = own.iter().copied().chain([table]).collect();
        Some(rows(of.id, field, &more))
    };
    for of in &all {
        for table in tables(context, of.gateway) {
            let (name, to) = (context.name(of.id), context.name(table));
            let what = message!("{name}이(가) {to}에도 전파해요.", "{name} propagates to {to} as well.");
            found.extend(with(of, table).map(|edit| Site::new(what, vec![edit])));
        }
    }
    for (table, ..) in context.all::<TransitGatewayRouteTable>() {
        let edits: Vec<Edit> =
            all.iter().filter(|of| of.association.1 == Some(table)).filter_map(|of| with(of, table)).collect();
        if edits.len() > 1 {
            let to = context.name(table);
            let what = message!(
                "{to}을(를) 따르는 연결이 모두 {to}에 전파해요.",
                "Everything that follows {to} propagates to it as well."
            );
            found.push(Site::new(what, edits));
        }
    }
    found
}

/// Every table with one of its static routes gone, of those that are wanted.
fn without_route(
    context: &Context,
    wanted: impl Fn(&TransitRoute) -> bool,
    what: impl Fn(&str, &TransitRoute) -> Message,
) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, table) in context.all::<TransitGatewayRouteTable>() {
        for (route, rest) in without_each(&table.routes).filter(|(route, _)| wanted(route)) {
            let edit = rows(id, id_of!(TransitGatewayRouteTable.routes), &rest);
            found.push(Site::new(what(context.name(id), route), vec![edit]));
        }
    }
    found
}

fn missing_route(context: &Context) -> Vec<Site> {
    without_route(
        context,
        |route| !route.blackhole,
        |name, route| {
            let to = route.destination;
            message!("{name}에서 {to} 정적 라우팅을 지웠어요.", "Static route {to} was deleted from {name}.")
        },
    )
}

fn no_blackhole(context: &Context) -> Vec<Site> {
    without_route(
        context,
        |route| route.blackhole,
        |name, route| {
            let to = route.destination;
            message!("{name}에서 {to} 블랙홀을 지웠어요.", "The blackhole {to} was deleted from {name}.")
        },
    )
}

fn blackhole(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, table) in context.all::<TransitGatewayRouteTable>() {
        let closed = with_each(&table.routes, |route| {
            (!route.blackhole).then(|| TransitRoute { blackhole: true, attachment: None, ..route.clone() })
        });
        for (route, routes) in closed {
            let (name, to) = (context.name(id), route.destination);
            found.push(Site::new(
                message!("{name}의 {to} 라우팅이 블랙홀이에요.", "Route {to} of {name} is a blackhole."),
                vec![rows(id, id_of!(TransitGatewayRouteTable.routes), &routes)],
            ));
        }
    }
    found
}

fn route_elsewhere(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    let all = attached(context);
    for (id, _, table) in context.all::<TransitGatewayRouteTable>() {
        for other in all.iter().filter(|of| Some(of.gateway) == table.gateway).map(|of| of.id) {
            let led = with_each(&table.routes, |route| {
                let elsewhere = route.attachment.is_some_and(|to| to != other) && !route.blackhole;
                elsewhere.then(|| TransitRoute { attachment: Some(other), ..route.clone() })
            });
            for (route, routes) in led {
                let (name, to, destination) = (context.name(id), context.name(other), route.destination);
                found.push(Site::new(
                    message!(
                        "{name}의 {destination} 라우팅이 {to}(으)로 가요.",
                        "Route {destination} of {name} leads to {to}."
                    ),
                    vec![rows(id, id_of!(TransitGatewayRouteTable.routes), &routes)],
                ));
            }
        }
    }
    found
}

fn zone(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, of) in context.all::<TransitGatewayAttachment>().filter(|(_, _, of)| of.subnets.len() > 1) {
        for (gone, rest) in without_each(&of.subnets) {
            let (name, subnet) = (context.name(id), context.name(*gone));
            found.push(Site::new(
                message!("{name}에 서브넷 {subnet}이(가) 없어요.", "{name} has no subnet {subnet}."),
                vec![rows(id, id_of!(TransitGatewayAttachment.subnets), &rest)],
            ));
        }
    }
    found
}
