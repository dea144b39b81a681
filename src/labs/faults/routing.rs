//! Faults of routes, gateways and addresses.

use super::class::{Class, Site, rows, with_each, without_each};
use crate::catalog::kinds::{
    Connectivity, ElasticIp, Instance, InternetGateway, NatGateway, PublicIp, Route, RouteTable, Subnet,
};
use crate::catalog::{FieldValue, Kind, Value};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::text::t;

pub(super) static CLASSES: [Class; 11] = [
    Class { id: "missing-route", title: t("빠진 라우팅", "A route is missing"), level: 1, sites: missing_route },
    Class {
        id: "wrong-table",
        title: t("다른 라우팅 테이블에 연결", "Associated with the wrong route table"),
        level: 1,
        sites: wrong_table,
    },
    Class {
        id: "main-table",
        title: t("아무도 보지 않은 기본 라우팅 테이블", "The main route table that nobody looked at"),
        level: 2,
        sites: main_table,
    },
    Class {
        id: "detached-gateway",
        title: t("분리된 인터넷 게이트웨이", "The internet gateway is detached"),
        level: 1,
        sites: detached_gateway,
    },
    Class {
        id: "route-to-gateway",
        title: t(
            "퍼블릭 주소 없이 인터넷 게이트웨이로 나가는 라우팅",
            "A route to the internet gateway for servers without public addresses",
        ),
        level: 2,
        sites: route_to_gateway,
    },
    Class {
        id: "nat-in-private",
        title: t("프라이빗 서브넷에 놓인 NAT 게이트웨이", "The NAT gateway stands in a private subnet"),
        level: 1,
        sites: nat_in_private,
    },
    Class {
        id: "private-nat",
        title: t("프라이빗 유형의 NAT 게이트웨이", "The NAT gateway is a private one"),
        level: 2,
        sites: private_nat,
    },
    Class {
        id: "no-public-address",
        title: t("퍼블릭 주소가 없는 서버", "The server has no public address"),
        level: 2,
        sites: no_public_address,
    },
    Class {
        id: "narrow-route",
        title: t("목적지가 좁은 라우팅", "The route's destination is too narrow"),
        level: 2,
        sites: narrow_route,
    },
    Class {
        id: "other-nat",
        title: t("다른 가용 영역의 NAT 게이트웨이로 가는 라우팅", "The route leads to the NAT gateway of another zone"),
        level: 3,
        sites: other_nat,
    },
    Class {
        id: "overlapping-block",
        title: t("겹치는 주소 블록", "Overlapping blocks"),
        level: 1,
        sites: overlapping_block,
    },
];

fn missing_route(context: &Context) -> Vec<Site> {
    let of = |(id, table): (NodeId, &RouteTable)| {
        let name = context.name(id).to_owned();
        without_each(&table.routes)
            .map(|(route, rest)| {
                let to = route.destination;
                Site::new(
                    message!("{name}에서 {to} 라우팅을 지웠어요.", "Route {to} was deleted from {name}."),
                    vec![rows(id, id_of!(RouteTable.routes), &rest)],
                )
            })
            .collect::<Vec<_>>()
    };
    context.all::<RouteTable>().map(|(id, _, table)| (id, table)).flat_map(of).collect()
}

fn wrong_table(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, subnet) in context.all::<Subnet>() {
        let (Some(own), Some((vpc, _))) = (subnet.route_table, context.vpc_of(id)) else { continue };
        for (table, ..) in context.within::<RouteTable>(vpc).filter(|(table, ..)| *table != own) {
            let (name, other) = (context.name(id), context.name(table));
            found.push(Site::new(
                message!("{name}을(를) {other}에 연결했어요.", "{name} was associated with {other}."),
                vec![Edit::set(id, id_of!(Subnet.route_table), table)],
            ));
        }
    }
    found
}

fn main_table(context: &Context) -> Vec<Site> {
    let explicit = context.all::<Subnet>().filter(|(_, _, subnet)| subnet.route_table.is_some());
    let cleared = explicit.map(|(id, ..)| {
        let name = context.name(id);
        Site::new(
            message!(
                "{name}의 라우팅 테이블 연결을 끊어서 기본 라우팅 테이블을 따라요.",
                "{name} lost its association and follows the main route table."
            ),
            vec![Edit::set(id, id_of!(Subnet.route_table), Value::None)],
        )
    });
    let main = context.all::<RouteTable>().filter(|(_, _, table)| table.main).map(|(id, ..)| {
        let name = context.name(id);
        Site::new(
            message!("{name}이(가) 이제 기본 라우팅 테이블이 아니에요.", "{name} is no longer the main route table."),
            vec![Edit::set(id, id_of!(RouteTable.main), false)],
        )
    });
    cleared.chain(main).collect()
}

fn detached_gateway(context: &Context) -> Vec<Site> {
    let attached = context.all::<InternetGateway>();
    attached
        .filter_map(|(id, node, _)| {
            context.vpc_of(id)?;
            let region = context.design.ancestor(id, Kind::Region);
            let rect = context.design.free_spot(region, node.rect.w, node.rect.h);
            let name = context.name(id);
            Some(Site::new(
                message!("{name}을(를) VPC에서 분리했어요.", "{name} was detached from its VPC."),
                vec![Edit::Place { id, parent: region, rect }],
            ))
        })
        .collect()
}

/// Sites that lead each route to something elsewhere.
fn lead(context: &Context, from: Kind, other: impl Fn(&Route, NodeId) -> Vec<NodeId>) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, table) in context.all::<RouteTable>() {
        for (at, route) in table.routes.iter().enumerate() {
            let leads = route.target.and_then(|to| context.design.node(to)).is_some_and(|node| node.kind() == from);
            let Some((vpc, _)) = context.vpc_of(id).filter(|_| leads) else { continue };
            for target in other(route, vpc) {
                let mut routes = table.routes.clone();
                if let Some(route) = routes.get_mut(at) {
                    route.target = Some(target);
                }
                let (name, to, destination) = (context.name(id), context.name(target), route.destination);
                found.push(Site::new(
                    message!(
                        "{name}의 {destination} 라우팅이 {to}(으)로 가요.",
                        "Route {destination} of {name} leads to {to}."
                    ),
                    vec![rows(id, id_of!(RouteTable.routes), &routes)],
                ));
            }
        }
    }
    found
}

fn route_to_gateway(context: &Context) -> Vec<Site> {
    lead(context, Kind::NatGateway, |_, vpc| context.internet_gateway_of(vpc).into_iter().collect())
}

fn other_nat(context: &Context) -> Vec<Site> {
    lead(context, Kind::NatGateway, |route, vpc| {
        context.within::<NatGateway>(vpc).map(|(nat, ..)| nat).filter(|nat| Some(*nat) != route.target).collect()
    })
}

fn nat_in_private(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, node, _) in context.all::<NatGateway>() {
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        for (subnet, ..) in context.within::<Subnet>(vpc).filter(|(subnet, ..)| !context.is_public(*subnet)) {
            let rect = context.design.free_spot(Some(subnet), node.rect.w, node.rect.h);
            let (name, to) = (context.name(id), context.name(subnet));
            found.push(Site::new(
                message!("{name}이(가) {to}에 있어요.", "{name} stands in {to}."),
                vec![Edit::Place { id, parent: Some(subnet), rect }],
            ));
        }
    }
    found
}

fn private_nat(context: &Context) -> Vec<Site> {
    let public = context.all::<NatGateway>().filter(|(_, _, nat)| nat.connectivity == Connectivity::Public);
    public
        .map(|(id, ..)| {
            let name = context.name(id);
            let private = Connectivity::Private.to_value();
            Site::new(
                message!("{name}의 연결 유형이 프라이빗이에요.", "The connectivity type of {name} is private."),
                vec![Edit::set(id, id_of!(NatGateway.connectivity), private)],
            )
        })
        .collect()
}

fn no_public_address(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, instance) in context.all::<Instance>().filter(|(id, _, of)| context.has_public_address(*id, of)) {
        let name = context.name(id);
        let mut edits = Vec::new();
        if instance.public_ip != PublicIp::No {
            edits.push(Edit::set(id, id_of!(Instance.public_ip), PublicIp::No.to_value()));
        }
        if let Some(address) = context.elastic_ip_of(id) {
            edits.push(Edit::set(address, id_of!(ElasticIp.instance), Value::None));
        }
        found.push(Site::new(message!("{name}에 퍼블릭 주소가 없어요.", "{name} has no public address."), edits));
    }
    for (id, ..) in context.all::<Subnet>().filter(|(_, _, subnet)| subnet.auto_assign_public_ip) {
        let name = context.name(id);
        found.push(Site::new(
            message!("{name}의 퍼블릭 IP 자동 할당이 꺼져 있어요.", "Auto-assign public IP of {name} is off."),
            vec![Edit::set(id, id_of!(Subnet.auto_assign_public_ip), false)],
        ));
    }
    found
}

fn narrow_route(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, table) in context.all::<RouteTable>() {
        let narrowed = with_each(&table.routes, |route| {
            let destination = "10.0.0.0/8".parse().ok()?;
            route.is_default().then(|| Route { destination, ..route.clone() })
        });
        for (_, routes) in narrowed {
            let name = context.name(id);
            found.push(Site::new(
                message!(
                    "{name}의 기본 라우팅이 10.0.0.0/8만 보내요.",
                    "The default route of {name} is for 10.0.0.0/8 only."
                ),
                vec![rows(id, id_of!(RouteTable.routes), &routes)],
            ));
        }
    }
    found
}

fn overlapping_block(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, subnet) in context.all::<Subnet>() {
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        for (other, _, beside) in context.within::<Subnet>(vpc).filter(|(other, ..)| *other != id) {
            if beside.cidr == subnet.cidr {
                continue;
            }
            let (name, to, block) = (context.name(id), context.name(other), beside.cidr);
            found.push(Site::new(
                message!(
                    "{name}의 블록이 {to}과(와) 같은 {block}이에요(예요).",
                    "{name} has the block of {to}, {block}."
                ),
                vec![Edit::set(id, id_of!(Subnet.cidr), block.to_value())],
            ));
        }
    }
    found
}
