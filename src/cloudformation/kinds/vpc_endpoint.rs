//! An endpoint: the full name of its service, and its policy.

use super::Irregular;
use crate::catalog::kinds::{LoadBalancer, VpcEndpoint};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::template::{Json, substitution};
use crate::text::Message;

/// What the full name of the endpoint service of a gateway balancer begins with; the service's id and a brace follow.
const BALANCED: &str = "com.amazonaws.vpce.${AWS::Region}.${";

/// What the full name of a service begins with, in whichever region the template is deployed.
const REGIONAL: &str = "com.amazonaws.${AWS::Region}.";

impl Irregular for VpcEndpoint {
    fn export(&self, emit: &mut Emit<'_>) {
        let balancer = self.balancer.filter(|balancer| self.is_balanced() && emit.refer(*balancer).is_some());
        let whole = self.service.contains("com.");
        let name = match balancer {
            Some(balancer) => {
                substitution(&format!("{BALANCED}{}}}", emit.part_id(balancer, super::load_balancer::ENDPOINT_SERVICE)))
            }
            None if whole => Json::from(self.service.as_str()),
            None => substitution(&format!("{REGIONAL}{}", self.service)),
        };
        emit.set_property("ServiceName", name);
        let offered = |id: NodeId| emit.context().design.get::<LoadBalancer>(id).is_some_and(|of| of.endpoint_service);
        if self.is_balanced() && !balancer.is_some_and(offered) && !whole {
            emit.leave_out(crate::message!(
                "엔드포인트 서비스를 켠 게이트웨이 로드 밸런서를 골라야 템플릿에 넣을 수 있어요.",
                "Choose a Gateway Load Balancer whose endpoint service is on to have the endpoint in the template."
            ));
        }
        if self.is_balanced() || self.policy.trim().is_empty() {
            return;
        }
        match serde_json::from_str::<Json>(&self.policy) {
            Ok(policy) if policy.is_object() => emit.set_property("PolicyDocument", policy),
            _ => emit.note(crate::message!(
                "정책이 JSON 객체가 아니라서 템플릿에 넣지 못했어요.",
                "The policy is not a JSON object and is not in the template."
            )),
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if let Some(name) = read.get("ServiceName") {
            let name = read.text(name).unwrap_or_default();
            let balanced = format!("com.amazonaws.vpce.{}.${{", read.region());
            let service = name.strip_prefix(balanced.as_str()).and_then(|rest| rest.strip_suffix('}'));
            let balancer = service.and_then(|service| service.strip_suffix(super::load_balancer::ENDPOINT_SERVICE));
            self.balancer = balancer.and_then(|logical| read.node(&crate::template::reference(logical)));
            if self.balancer.is_none() {
                let own = format!("com.amazonaws.{}.", read.region());
                self.service = name.strip_prefix(own.as_str()).unwrap_or(&name).to_owned();
            }
        }
        // The policy is an object, or the same as JSON in a text.
        let written = |json: &Json| json.as_str().map_or_else(|| json.to_string(), str::to_owned);
        self.policy = read.get("PolicyDocument").map(written).unwrap_or_default();
        Ok(())
    }
}
