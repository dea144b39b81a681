//! Faults of what stands beside the network: a distribution and its bucket, people and roles, alarms, volumes, endpoints.

use super::class::{Class, Site, rows, with_each, without_each};
use crate::catalog::kinds::{
    Alarm, Certificate, Dimension, Distribution, EndpointType, ErrorPage, IamGroup, IamRole, IamUser, Instance, Origin,
    OriginAccess, Region, S3Bucket, TaskDefinition, ViewerProtocol, Volume, VpcEndpoint, Zone,
};
use crate::catalog::{FieldValue, Kind, Value};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::text::{Message, t};

pub(super) static CLASSES: [Class; 17] = [
    Class {
        id: "certificate-region",
        title: t("다른 리전의 CloudFront 인증서", "The certificate of CloudFront is in another region"),
        level: 2,
        sites: certificate_region,
    },
    Class {
        id: "alias-missing",
        title: t("배포에 없는 대체 도메인 이름", "An alternate name is missing at the distribution"),
        level: 2,
        sites: alias_missing,
    },
    Class {
        id: "distribution-off",
        title: t("꺼진 배포", "The distribution is disabled"),
        level: 2,
        sites: distribution_off,
    },
    Class {
        id: "origin-without-control",
        title: t("원본 액세스 제어 없이 읽는 원본", "The origin is read without access control"),
        level: 2,
        sites: origin_without_control,
    },
    Class {
        id: "viewer-protocol",
        title: t("HTTP를 그대로 받는 배포", "The distribution takes plain HTTP"),
        level: 2,
        sites: viewer_protocol,
    },
    Class {
        id: "error-page",
        title: t("S3가 주지 않는 오류 코드의 오류 페이지", "An error page for a code that S3 does not answer"),
        level: 3,
        sites: error_page,
    },
    Class {
        id: "root-object",
        title: t("다른 기본 루트 객체", "Another default root object"),
        level: 2,
        sites: root_object,
    },
    Class {
        id: "public-bucket",
        title: t("퍼블릭 액세스 차단이 꺼진 버킷", "Block Public Access is off"),
        level: 2,
        sites: public_bucket,
    },
    Class {
        id: "role-trust",
        title: t("다른 서비스를 신뢰하는 역할", "The role trusts another service"),
        level: 3,
        sites: role_trust,
    },
    Class {
        id: "policy-on-user",
        title: t("그룹이 아니라 사용자에 붙인 정책", "The policy is on the user and not on the group"),
        level: 2,
        sites: policy_on_user,
    },
    Class {
        id: "user-without-group",
        title: t("그룹에 없는 사용자", "The user is not in the group"),
        level: 2,
        sites: user_without_group,
    },
    Class {
        id: "user-without-mfa",
        title: t("MFA가 없는 사용자", "The user has no MFA"),
        level: 2,
        sites: user_without_mfa,
    },
    Class {
        id: "alarm-without-action",
        title: t("아무도 부르지 않는 경보", "The alarm calls nobody"),
        level: 2,
        sites: alarm_without_action,
    },
    Class {
        id: "alarm-elsewhere",
        title: t("다른 것을 보는 경보", "The alarm watches something else"),
        level: 3,
        sites: alarm_elsewhere,
    },
    Class {
        id: "volume-elsewhere",
        title: t("다른 가용 영역의 볼륨", "The volume is in another zone"),
        level: 2,
        sites: volume_elsewhere,
    },
    Class {
        id: "execution-role",
        title: t("태스크 실행 역할이 없는 태스크", "The task has no execution role"),
        level: 3,
        sites: execution_role,
    },
    Class {
        id: "endpoint",
        title: t(
            "이름을 바꾸지 않거나 다른 서비스인 엔드포인트",
            "An endpoint without private DNS or for another service",
        ),
        level: 3,
        sites: endpoint,
    },
];

fn certificate_region(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (_, _, distribution) in context.all::<Distribution>() {
        let Some(id) = distribution.certificate.filter(|id| context.design.get::<Certificate>(*id).is_some()) else {
            continue;
        };
        for (region, _, body) in context.all::<Region>().filter(|(_, _, region)| region.code != "us-east-1") {
            let (name, code) = (context.name(id), &body.code);
            let Some(rect) = context.design.node(id).map(|node| node.rect) else { continue };
            let rect = context.design.free_spot(Some(region), rect.w, rect.h);
            found.push(Site::new(
                message!("인증서 {name}이(가) {code}에 있어요.", "Certificate {name} is in {code}."),
                vec![Edit::Place { id, parent: Some(region), rect }],
            ));
        }
    }
    found
}

fn alias_missing(context: &Context) -> Vec<Site> {
    let of = |(id, _, distribution): (NodeId, _, &Distribution)| {
        let name = context.name(id).to_owned();
        let site = |(gone, rest): (&crate::net::DomainName, Vec<_>)| {
            Site::new(
                message!(
                    "배포 {name}의 대체 도메인 이름에 {gone}이(가) 없어요.",
                    "{gone} is not among the alternate names of distribution {name}."
                ),
                vec![rows(id, id_of!(Distribution.aliases), &rest)],
            )
        };
        without_each(&distribution.aliases).map(site).collect::<Vec<_>>()
    };
    context.all::<Distribution>().flat_map(of).collect()
}

fn distribution_off(context: &Context) -> Vec<Site> {
    let site = |(id, ..): (NodeId, _, &Distribution)| {
        let name = context.name(id);
        Site::new(
            message!("배포 {name}이(가) 꺼져 있어요.", "Distribution {name} is disabled."),
            vec![Edit::set(id, id_of!(Distribution.enabled), false)],
        )
    };
    context.all::<Distribution>().filter(|(_, _, of)| of.enabled).map(site).collect()
}

fn origin_without_control(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, distribution) in context.all::<Distribution>() {
        let name = context.name(id);
        let is_bucket = |origin: &Origin| origin.target.is_some_and(|id| context.design.get::<S3Bucket>(id).is_some());
        for access in [OriginAccess::Public, OriginAccess::Website] {
            let other = |origin: &Origin| {
                (origin.access == OriginAccess::Control && is_bucket(origin))
                    .then(|| Origin { access, ..origin.clone() })
            };
            for (origin, list) in with_each(&distribution.origins, other) {
                let origin = &origin.name;
                found.push(Site::new(
                    message!(
                        "배포 {name}이(가) 원본 {origin}을(를) 원본 액세스 제어 없이 읽어요.",
                        "Distribution {name} reads origin {origin} without origin access control."
                    ),
                    vec![rows(id, id_of!(Distribution.origins), &list)],
                ));
            }
        }
    }
    found
}

fn viewer_protocol(context: &Context) -> Vec<Site> {
    let strict = context.all::<Distribution>().filter(|(_, _, of)| of.viewer_protocol != ViewerProtocol::All);
    let site = |(id, ..): (NodeId, _, &Distribution)| {
        let name = context.name(id);
        Site::new(
            message!("배포 {name}이(가) HTTP를 그대로 받아요.", "Distribution {name} takes plain HTTP."),
            vec![Edit::set(id, id_of!(Distribution.viewer_protocol), ViewerProtocol::All.to_value())],
        )
    };
    strict.map(site).collect()
}

fn error_page(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, distribution) in context.all::<Distribution>() {
        let name = context.name(id);
        // A private bucket answers 403 for what is not there.
        let other = |page: &ErrorPage| (page.code == 403).then(|| ErrorPage { code: 404, ..page.clone() });
        for (_, list) in with_each(&distribution.error_pages, other) {
            found.push(Site::new(
                message!(
                    "배포 {name}의 오류 페이지가 403이 아니라 404를 기다려요.",
                    "The error page of distribution {name} waits for 404, not 403."
                ),
                vec![rows(id, id_of!(Distribution.error_pages), &list)],
            ));
        }
    }
    found
}

fn root_object(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, distribution) in context.all::<Distribution>() {
        let name = context.name(id);
        for other in ["", "index.htm"].into_iter().filter(|other| distribution.default_root_object != *other) {
            let (ko, en) = if other.is_empty() { ("없음", "none") } else { (other, other) };
            found.push(Site::new(
                message!(
                    "배포 {name}의 기본 루트 객체: {ko}.",
                    "The default root object of distribution {name}: {en}."
                ),
                vec![Edit::set(id, id_of!(Distribution.default_root_object), other)],
            ));
        }
    }
    found
}

fn public_bucket(context: &Context) -> Vec<Site> {
    let closed = context.all::<S3Bucket>().filter(|(_, _, of)| of.block_public_policy && of.restrict_public_buckets);
    let site = |(id, ..): (NodeId, _, &S3Bucket)| {
        let name = context.name(id);
        let off = |field: &str| Edit::set(id, field, false);
        Site::new(
            message!("버킷 {name}의 퍼블릭 액세스 차단이 꺼져 있어요.", "Block Public Access of bucket {name} is off."),
            vec![off(id_of!(S3Bucket.block_public_policy)), off(id_of!(S3Bucket.restrict_public_buckets))],
        )
    };
    closed.map(site).collect()
}

fn role_trust(context: &Context) -> Vec<Site> {
    const SERVICES: [&str; 3] = ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com", "lambda.amazonaws.com"];
    let mut found = Vec::new();
    for (id, _, role) in context.all::<IamRole>().filter(|(_, _, role)| role.trust.is_empty()) {
        for service in SERVICES.into_iter().filter(|service| role.trusted_service != *service) {
            let (name, was) = (context.name(id), &role.trusted_service);
            found.push(Site::new(
                message!(
                    "역할 {name}이(가) {was} 대신 {service}을(를) 신뢰해요.",
                    "Role {name} trusts {service} instead of {was}."
                ),
                vec![Edit::set(id, id_of!(IamRole.trusted_service), service)],
            ));
        }
    }
    found
}

fn policy_on_user(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (group, _, body) in context.all::<IamGroup>() {
        for (policy, rest) in without_each(&body.aws_policies) {
            for (user, _, member) in context.all::<IamUser>().filter(|(_, _, user)| user.groups.contains(&group)) {
                let (group_name, user_name) = (context.name(group), context.name(user));
                let own: Vec<_> = member.aws_policies.iter().cloned().chain([policy.clone()]).collect();
                found.push(Site::new(
                    message!(
                        "그룹 {group_name}의 정책이 사용자 {user_name}에 붙어 있어요.",
                        "A policy of group {group_name} is on user {user_name} instead."
                    ),
                    vec![
                        rows(group, id_of!(IamGroup.aws_policies), &rest),
                        rows(user, id_of!(IamUser.aws_policies), &own),
                    ],
                ));
            }
        }
    }
    found
}

fn user_without_group(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, user) in context.all::<IamUser>() {
        for (group, rest) in without_each(&user.groups) {
            let (name, group) = (context.name(id), context.name(*group));
            found.push(Site::new(
                message!("사용자 {name}이(가) 그룹 {group}에 없어요.", "User {name} is not in group {group}."),
                vec![rows(id, id_of!(IamUser.groups), &rest)],
            ));
        }
    }
    found
}

fn user_without_mfa(context: &Context) -> Vec<Site> {
    let site = |(id, ..): (NodeId, _, &IamUser)| {
        let name = context.name(id);
        Site::new(
            message!("사용자 {name}에 MFA가 없어요.", "User {name} has no MFA."),
            vec![Edit::set(id, id_of!(IamUser.mfa), false)],
        )
    };
    context.all::<IamUser>().filter(|(_, _, user)| user.mfa).map(site).collect()
}

fn alarm_without_action(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, alarm) in context.all::<Alarm>() {
        for (target, rest) in without_each(&alarm.targets) {
            let (name, target) = (context.name(id), context.name(*target));
            found.push(Site::new(
                message!("경보 {name}이(가) {target}을(를) 부르지 않아요.", "Alarm {name} does not call {target}."),
                vec![rows(id, id_of!(Alarm.targets), &rest)],
            ));
        }
    }
    found
}

fn alarm_elsewhere(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, alarm) in context.all::<Alarm>() {
        let name = context.name(id);
        let mut add = |what: Message, list: &[Dimension]| {
            found.push(Site::new(what, vec![rows(id, id_of!(Alarm.dimensions), list)]));
        };
        for (dimension, rest) in without_each(&alarm.dimensions) {
            let of = &dimension.name;
            add(message!("경보 {name}에 차원 {of}이(가) 없어요.", "Alarm {name} lacks dimension {of}."), &rest);
        }
        for (other, ..) in context.all::<Instance>() {
            let moved = |dimension: &Dimension| {
                let watched = dimension.resource.filter(|id| context.design.get::<Instance>(*id).is_some())?;
                (watched != other).then(|| Dimension { resource: Some(other), ..dimension.clone() })
            };
            let server = context.name(other);
            for (_, list) in with_each(&alarm.dimensions, moved) {
                add(message!("경보 {name}이(가) {server}을(를) 봐요.", "Alarm {name} watches {server}."), &list);
            }
        }
    }
    found
}

fn volume_elsewhere(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, node, _) in context.all::<Volume>() {
        let Some(own) = context.design.ancestor(id, Kind::Zone) else { continue };
        for (zone, _, body) in context.all::<Zone>().filter(|(zone, ..)| *zone != own) {
            let (name, letter) = (&node.name, &body.letter);
            let rect = context.design.free_spot(Some(zone), node.rect.w, node.rect.h);
            found.push(Site::new(
                message!("볼륨 {name}이(가) 가용 영역 {letter}에 있어요.", "Volume {name} is in zone {letter}."),
                vec![Edit::Place { id, parent: Some(zone), rect }],
            ));
        }
    }
    found
}

fn execution_role(context: &Context) -> Vec<Site> {
    let with = context.all::<TaskDefinition>().filter(|(_, _, task)| task.execution_role.is_some());
    let site = |(id, ..): (NodeId, _, &TaskDefinition)| {
        let name = context.name(id);
        Site::new(
            message!("태스크 정의 {name}에 실행 역할이 없어요.", "Task definition {name} has no execution role."),
            vec![Edit::Set { id, field: id_of!(TaskDefinition.execution_role).to_owned(), value: Value::None }],
        )
    };
    with.map(site).collect()
}

fn endpoint(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, body) in context.all::<VpcEndpoint>().filter(|(_, _, of)| of.endpoint_type == EndpointType::Interface) {
        let (name, service) = (context.name(id), &body.service);
        if body.private_dns {
            found.push(Site::new(
                message!("엔드포인트 {name}의 프라이빗 DNS가 꺼져 있어요.", "Private DNS of endpoint {name} is off."),
                vec![Edit::set(id, id_of!(VpcEndpoint.private_dns), false)],
            ));
        }
        let other = if service == "ec2" { "monitoring" } else { "ec2" };
        found.push(Site::new(
            message!(
                "엔드포인트 {name}이(가) {service} 대신 {other}의 엔드포인트예요.",
                "Endpoint {name} is for {other} instead of {service}."
            ),
            vec![Edit::set(id, id_of!(VpcEndpoint.service), other)],
        ));
    }
    found
}
