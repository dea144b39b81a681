//! A target group: its targets and stickiness.

use super::Irregular;
use crate::catalog::kinds::{Target, TargetGroup, TargetProtocol, TargetType};
use crate::cloudformation::{Emit, Read};
use crate::id_of;
use crate::template::Json;
use crate::text::Message;

impl TargetGroup {
    fn read_target(&self, read: &Read<'_>, json: &Json) -> Result<Target, Message> {
        let mut target: Target = read.row(json)?;
        let Some(id) = json.get("Id") else { return Ok(target) };
        target.instance = read.node(id);
        target.address = read.text(id).unwrap_or_default();
        let by_address = self.target_type == TargetType::Ip;
        // The id of an instance is no address.
        let is_id = by_address && target.instance.is_some() && id.get("Ref").is_some();
        if by_address && !is_private_address(id) {
            target.instance = None;
        }
        if !is_id && target.instance.is_none() && (target.address.is_empty() || target.address.contains("${")) {
            read.leave_open(id_of!(TargetGroup.targets));
        }
        Ok(target)
    }
}

impl Irregular for TargetGroup {
    fn export(&self, emit: &mut Emit<'_>) {
        let target = |target: &Target| {
            let address = (!target.address.is_empty()).then(|| Json::from(target.address.as_str()));
            let id = match self.target_type {
                TargetType::Instance => target.instance.and_then(|instance| emit.refer(instance)),
                // An address that AWS chooses is written as an attribute of who gets it.
                TargetType::Ip => address.or_else(|| {
                    let instance = target.instance.filter(|instance| emit.refer(*instance).is_some())?;
                    Some(emit.attribute_of(instance, "PrivateIp"))
                }),
            };
            let mut row = emit.row(target);
            row.insert("Id".to_owned(), id?);
            Some(Json::Object(row))
        };
        let targets: Vec<Json> = self.targets.iter().filter_map(target).collect();
        if targets.len() < self.targets.len() {
            emit.note(crate::message!(
                "대상 유형에 맞는 인스턴스나 주소가 없는 대상은 템플릿에 넣지 못했어요.",
                "Targets without the instance or address of their type are not in the template."
            ));
        }
        if !targets.is_empty() {
            emit.set_property("Targets", targets);
        }
        if self.stickiness {
            let by = match self.protocol {
                TargetProtocol::Http | TargetProtocol::Https => "lb_cookie",
                TargetProtocol::Geneve => "source_ip_dest_ip",
                _ => "source_ip",
            };
            emit.set_property("TargetGroupAttributes[stickiness.type]", by);
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.targets =
            read.each(id_of!(TargetGroup.targets), read.list("Targets"), |json| self.read_target(read, json));
        // Functions are in no VPC.
        if read.get("TargetType").and_then(Json::as_str) == Some("lambda") {
            ["target_type", "protocol", "port", "health_port"]
                .into_iter()
                .for_each(|field| read.leave_undecided(field));
        }
        // A balancer behind a balancer is not judged.
        if read.get("TargetType").and_then(Json::as_str) == Some("alb") {
            read.leave_undecided(id_of!(TargetGroup.targets));
        }
        // AWS probes appliances at 80 unless a template says otherwise.
        if self.protocol == TargetProtocol::Geneve && read.get("HealthCheckPort").is_none() {
            self.health_port = "80".to_owned();
        }
        Ok(())
    }
}

/// Whether an expression is the private address that AWS gives an instance: `!GetAtt App.PrivateIp`.
fn is_private_address(json: &Json) -> bool {
    match json.get("Fn::GetAtt") {
        Some(Json::String(both)) => both.ends_with(".PrivateIp"),
        Some(Json::Array(both)) => both.get(1).and_then(Json::as_str) == Some("PrivateIp"),
        _ => false,
    }
}
