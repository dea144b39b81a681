//! Faults of balancers, targets, names and certificates.

use super::class::{Class, Site, rows, with_each, without_each};
use crate::catalog::kinds::{
    ActionType, AutoScalingGroup, Certificate, EcsService, HealthProtocol, Listener, ListenerRule, LoadBalancer,
    RecordSet, Scheme, Subnet, Target, TargetGroup,
};
use crate::catalog::{FieldValue, Value};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::net::DomainName;
use crate::text::{Message, t};

pub(super) static CLASSES: [Class; 13] = [
    Class {
        id: "listener-port",
        title: t("다른 포트의 리스너", "The listener is on the wrong port"),
        level: 2,
        sites: listener_port,
    },
    Class {
        id: "target-not-registered",
        title: t("등록되지 않은 대상", "A target is not registered"),
        level: 2,
        sites: target_not_registered,
    },
    Class {
        id: "target-port",
        title: t("대상 그룹의 다른 포트", "The target group has the wrong port"),
        level: 2,
        sites: target_port,
    },
    Class {
        id: "health-check",
        title: t("막힌 상태 확인", "The health check is closed"),
        level: 3,
        sites: health_check,
    },
    Class {
        id: "zone-not-enabled",
        title: t("로드 밸런서에 켜지 않은 가용 영역", "A zone is not enabled at the balancer"),
        level: 2,
        sites: zone_not_enabled,
    },
    Class {
        id: "other-target-group",
        title: t("다른 대상 그룹으로 전달", "Forwards to another target group"),
        level: 2,
        sites: other_target_group,
    },
    Class {
        id: "swapped-rules",
        title: t("뒤바뀐 리스너 규칙", "Listener rules are swapped"),
        level: 3,
        sites: swapped_rules,
    },
    Class {
        id: "rule-pattern",
        title: t("맞지 않는 규칙 조건", "A listener rule's condition does not match"),
        level: 3,
        sites: rule_pattern,
    },
    Class {
        id: "internal-balancer",
        title: t("내부 로드 밸런서", "The balancer is internal"),
        level: 2,
        sites: internal_balancer,
    },
    Class {
        id: "redirect-elsewhere",
        title: t("잘못 돌리는 리디렉션", "The redirect leads elsewhere"),
        level: 3,
        sites: redirect_elsewhere,
    },
    Class {
        id: "certificate-name",
        title: t("다른 이름의 인증서", "The certificate is for another name"),
        level: 3,
        sites: certificate_name,
    },
    Class {
        id: "record-elsewhere",
        title: t("다른 곳을 가리키는 레코드", "The record leads elsewhere"),
        level: 2,
        sites: record_elsewhere,
    },
    Class {
        id: "fleet-zone",
        title: t("한 가용 영역에만 뜨는 서버", "Servers start in one zone only"),
        level: 2,
        sites: fleet_zone,
    },
];

fn listener_port(context: &Context) -> Vec<Site> {
    let of = |(id, _, listener): (NodeId, _, &Listener)| {
        let (was, is) =
            (listener.port, if listener.port < 8_000 { listener.port + 8_000 } else { listener.port - 8_000 });
        let name = context.name(id);
        Site::new(
            message!(
                "리스너 {name}이(가) {was} 대신 {is} 포트에 있어요.",
                "Listener {name} is on port {is} instead of {was}."
            ),
            vec![Edit::Set { id, field: id_of!(Listener.port).to_owned(), value: Value::Int(is.into()) }],
        )
    };
    context.all::<Listener>().filter(|(_, _, listener)| listener.port > 0).map(of).collect()
}

fn target_not_registered(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, group) in context.all::<TargetGroup>() {
        let name = context.name(id);
        let called =
            |target: &Target| target.instance.map_or(target.address.as_str(), |id| context.name(id)).to_owned();
        for (target, rest) in without_each(&group.targets) {
            let server = called(target);
            found.push(Site::new(
                message!("{server}이(가) {name}에 등록되어 있지 않아요.", "{server} is not registered in {name}."),
                vec![rows(id, id_of!(TargetGroup.targets), &rest)],
            ));
        }
    }
    for (id, _, fleet) in context.all::<AutoScalingGroup>() {
        for (group, rest) in without_each(&fleet.target_groups) {
            let (name, group) = (context.name(id), context.name(*group));
            found.push(Site::new(
                message!("{name}의 서버가 {group}에 등록되지 않아요.", "Servers of {name} do not join {group}."),
                vec![rows(id, id_of!(AutoScalingGroup.target_groups), &rest)],
            ));
        }
    }
    for (id, _, service) in context.all::<EcsService>() {
        for (_, rest) in without_each(&service.load_balancers) {
            let name = context.name(id);
            found.push(Site::new(
                message!(
                    "{name}의 태스크가 대상 그룹에 등록되지 않아요.",
                    "Tasks of {name} do not join their target group."
                ),
                vec![rows(id, id_of!(EcsService.load_balancers), &rest)],
            ));
        }
    }
    found
}

fn target_port(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, group) in context.all::<TargetGroup>() {
        let name = context.name(id);
        let (was, is) = (group.port, if group.port == 8080 { 80 } else { 8080 });
        found.push(Site::new(
            message!("{name}이(가) {was} 대신 {is} 포트로 보내요.", "{name} sends to port {is} instead of {was}."),
            vec![Edit::Set { id, field: id_of!(TargetGroup.port).to_owned(), value: Value::Int(is.into()) }],
        ));
        let other = |target: &Target| target.port.is_none().then(|| Target { port: Some(is), ..target.clone() });
        for (target, list) in with_each(&group.targets, other) {
            let server = target.instance.map_or(target.address.as_str(), |id| context.name(id));
            found.push(Site::new(
                message!("{name}이(가) {server}에는 {is} 포트로 보내요.", "{name} sends to port {is} of {server}."),
                vec![rows(id, id_of!(TargetGroup.targets), &list)],
            ));
        }
    }
    found
}

fn health_check(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, group) in context.all::<TargetGroup>() {
        let name = context.name(id);
        if group.health_port == "traffic-port" {
            found.push(Site::new(
                message!(
                    "{name}의 상태 확인 포트 8081이 막혀 있어요.",
                    "The health check port 8081 of {name} is closed."
                ),
                vec![Edit::set(id, id_of!(TargetGroup.health_port), "8081")],
            ));
        }
        if group.health_protocol == HealthProtocol::Http && group.health_port == "traffic-port" {
            found.push(Site::new(
                message!("{name}의 상태 확인이 443 포트로 가요.", "The health check of {name} goes to port 443."),
                vec![Edit::set(id, id_of!(TargetGroup.health_port), "443")],
            ));
        }
    }
    found
}

fn zone_not_enabled(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, balancer) in context.all::<LoadBalancer>() {
        let name = context.name(id);
        for (subnet, rest) in without_each(&balancer.subnets) {
            let subnet = context.name(*subnet);
            found.push(Site::new(
                message!("{name}에 {subnet}이(가) 빠져 있어요.", "{name} lacks {subnet}."),
                vec![rows(id, id_of!(LoadBalancer.subnets), &rest)],
            ));
        }
        // A subnet of the same zone that leads elsewhere, or of another zone.
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        for own in &balancer.subnets {
            for (other, ..) in context.within::<Subnet>(vpc).filter(|(other, ..)| !balancer.subnets.contains(other)) {
                let list: Vec<NodeId> = balancer.subnets.iter().map(|of| if of == own { other } else { *of }).collect();
                let (was, is) = (context.name(*own), context.name(other));
                found.push(Site::new(
                    message!("{name}이(가) {was} 대신 {is}에 있어요.", "{name} is in {is} instead of {was}."),
                    vec![rows(id, id_of!(LoadBalancer.subnets), &list)],
                ));
            }
        }
    }
    found
}

fn other_target_group(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, listener) in context.all::<Listener>() {
        let name = context.name(id);
        for (at, forward) in listener.forwards.iter().enumerate() {
            for (group, ..) in context.all::<TargetGroup>().filter(|(group, ..)| Some(*group) != forward.target_group) {
                let mut list = listener.forwards.clone();
                if let Some(row) = list.get_mut(at) {
                    row.target_group = Some(group);
                }
                let to = context.name(group);
                found.push(Site::new(
                    message!(
                        "리스너 {name}의 기본 작업이 {to}(으)로 전달해요.",
                        "Listener {name} forwards to {to} by default."
                    ),
                    vec![rows(id, id_of!(Listener.forwards), &list)],
                ));
            }
        }
        for (number, rule) in listener.rules.iter().enumerate() {
            for (group, ..) in context.all::<TargetGroup>() {
                let mut list = listener.rules.clone();
                let Some(forward) = list.get_mut(number).and_then(|rule| rule.forwards.first_mut()) else { continue };
                if forward.target_group == Some(group) {
                    continue;
                }
                forward.target_group = Some(group);
                let (to, priority) = (context.name(group), rule.priority);
                found.push(Site::new(
                    message!(
                        "리스너 {name}의 우선순위 {priority} 규칙이 {to}(으)로 전달해요.",
                        "Rule {priority} of listener {name} forwards to {to}."
                    ),
                    vec![rows(id, id_of!(Listener.rules), &list)],
                ));
            }
        }
    }
    found
}

fn swapped_rules(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, listener) in context.all::<Listener>() {
        for first in 0..listener.rules.len() {
            for second in first + 1..listener.rules.len() {
                let (Some(a), Some(b)) = (listener.rules.get(first), listener.rules.get(second)) else { continue };
                let mut list = listener.rules.clone();
                let (one, two) = (a.priority, b.priority);
                for (at, priority) in [(first, two), (second, one)] {
                    if let Some(rule) = list.get_mut(at) {
                        rule.priority = priority;
                    }
                }
                let name = context.name(id);
                found.push(Site::new(
                    message!(
                        "리스너 {name}의 규칙 {one}과(와) {two}의 순서가 바뀌었어요.",
                        "Rules {one} and {two} of listener {name} are swapped."
                    ),
                    vec![rows(id, id_of!(Listener.rules), &list)],
                ));
            }
        }
    }
    found
}

fn rule_pattern(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, listener) in context.all::<Listener>() {
        // `/api/*` does not match `/api`, and `/api` matches nothing below it.
        let bare = |rule: &ListenerRule| {
            let paths: Vec<String> = rule.paths.iter().map(|path| path.trim_end_matches("/*").to_owned()).collect();
            (paths != rule.paths && !paths.iter().any(String::is_empty)).then(|| ListenerRule { paths, ..rule.clone() })
        };
        let other = |rule: &ListenerRule| {
            let hosts: Vec<String> = rule.hosts.iter().map(|host| format!("www.{host}")).collect();
            (!hosts.is_empty()).then(|| ListenerRule { hosts, ..rule.clone() })
        };
        for (rule, list) in with_each(&listener.rules, bare).into_iter().chain(with_each(&listener.rules, other)) {
            let (name, priority) = (context.name(id), rule.priority);
            found.push(Site::new(
                message!(
                    "리스너 {name}의 우선순위 {priority} 규칙의 조건이 요청과 맞지 않아요.",
                    "The condition of rule {priority} of listener {name} does not match the requests."
                ),
                vec![rows(id, id_of!(Listener.rules), &list)],
            ));
        }
    }
    found
}

fn internal_balancer(context: &Context) -> Vec<Site> {
    let facing = context.all::<LoadBalancer>().filter(|(_, _, balancer)| balancer.is_internet_facing());
    let site = |(id, ..): (NodeId, _, &LoadBalancer)| {
        let name = context.name(id);
        Site::new(
            message!("{name}이(가) 내부 로드 밸런서예요.", "{name} is internal."),
            vec![Edit::set(id, id_of!(LoadBalancer.scheme), Scheme::Internal.to_value())],
        )
    };
    facing.map(site).collect()
}

fn redirect_elsewhere(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, listener) in context.all::<Listener>().filter(|(_, _, of)| of.action == ActionType::Redirect) {
        let name = context.name(id);
        let what = |to: &str| message!("리스너 {name}이(가) {to}(으)로 돌려요.", "Listener {name} redirects to {to}.");
        let mut add =
            |what: Message, field: &str, value: &str| found.push(Site::new(what, vec![Edit::set(id, field, value)]));
        if listener.redirect_port == "443" {
            add(what("HTTPS 8443"), id_of!(Listener.redirect_port), "8443");
            add(what("HTTPS 80"), id_of!(Listener.redirect_port), "80");
        }
        if listener.redirect_host == "#{host}" {
            add(what("old.example.com"), id_of!(Listener.redirect_host), "old.example.com");
        }
    }
    found
}

fn certificate_name(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, certificate) in context.all::<Certificate>() {
        let name = context.name(id);
        for (gone, rest) in without_each(&certificate.alternative_names) {
            found.push(Site::new(
                message!("{name}에 {gone}이(가) 없어요.", "{name} lacks {gone}."),
                vec![rows(id, id_of!(Certificate.alternative_names), &rest)],
            ));
        }
        let domain = certificate.domain.as_str();
        let others = [
            domain.strip_prefix("*.").map(str::to_owned),
            domain.strip_prefix("*.").map(|rest| format!("app.{rest}")),
            domain.strip_prefix("www.").map(str::to_owned),
            (!domain.starts_with("*.")).then(|| format!("*.{domain}")),
        ];
        for other in others.into_iter().flatten() {
            let Ok(is) = other.parse::<DomainName>() else { continue };
            if certificate.alternative_names.contains(&is) {
                continue;
            }
            found.push(Site::new(
                message!("{name}의 이름이 {domain} 대신 {is}이에요(예요).", "{name} is for {is} instead of {domain}."),
                vec![Edit::set(id, id_of!(Certificate.domain), is.to_value())],
            ));
        }
    }
    found
}

fn record_elsewhere(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    for (id, _, record) in context.all::<RecordSet>() {
        let name = context.name(id);
        if record.alias.is_some() {
            for (balancer, ..) in context.all::<LoadBalancer>().filter(|(other, ..)| Some(*other) != record.alias) {
                let to = context.name(balancer);
                found.push(Site::new(
                    message!("레코드 {name}이(가) {to}을(를) 가리켜요.", "Record {name} leads to {to}."),
                    vec![Edit::set(id, id_of!(RecordSet.alias), balancer)],
                ));
            }
        }
        let typo = record.domain.as_str();
        let other = typo
            .strip_prefix("www.")
            .map(|rest| format!("web.{rest}"))
            .or_else(|| typo.split_once('.').map(|(first, rest)| format!("{first}s.{rest}")));
        if let Some(is) = other.and_then(|other| other.parse::<DomainName>().ok()) {
            found.push(Site::new(
                message!("레코드 {name}의 이름이 {is}이에요(예요).", "Record {name} is for {is}."),
                vec![Edit::set(id, id_of!(RecordSet.domain), is.to_value())],
            ));
        }
    }
    found
}

fn fleet_zone(context: &Context) -> Vec<Site> {
    let mut found = Vec::new();
    let mut add = |id: NodeId, field: &str, subnets: &[NodeId]| {
        if subnets.len() < 2 {
            return;
        }
        for (gone, rest) in without_each(subnets) {
            let (name, subnet) = (context.name(id), context.name(*gone));
            found.push(Site::new(
                message!("{name}이(가) {subnet}에는 뜨지 않아요.", "{name} does not start in {subnet}."),
                vec![rows(id, field, &rest)],
            ));
        }
    };
    for (id, _, fleet) in context.all::<AutoScalingGroup>() {
        add(id, id_of!(AutoScalingGroup.subnets), &fleet.subnets);
    }
    for (id, _, service) in context.all::<EcsService>() {
        add(id, id_of!(EcsService.subnets), &service.subnets);
    }
    found
}
