//! A service behind a load balancer: which container takes the requests of which target group, and how blue and green change places.

use super::EcsService;
use crate::catalog::kinds::{ActionType, Listener, TargetGroup, TaskDefinition};
use crate::catalog::{Field, Kind, Record, Widget};
use crate::cloudformation::{Emit, Read, role_of, service_role};
use crate::id::NodeId;
use crate::template::{Json, Object, object, reference};
use crate::text::t;
use crate::{field, message, record};

/// A container that takes the requests of a target group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceBalancer {
    /// Where tasks register.
    pub target_group: Option<NodeId>,
    /// Which container; the first that listens where it is empty.
    pub container: String,
    /// Which of its ports; the first where it is empty.
    pub port: Option<u16>,
    /// The second target group, which the new version's tasks join in a blue/green deployment.
    pub green_group: Option<NodeId>,
}

impl Record for ServiceBalancer {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(target_group, "대상 그룹", "Target group", Widget::Reference(&[Kind::TargetGroup])).help(
            "태스크가 등록될 대상 그룹이에요. 대상 유형이 IP 주소여야 해요.",
            "Where tasks register. Its targets must be IP addresses.",
        ),
        field!(container, "컨테이너", "Container", Widget::Line).help(
            "요청을 받을 컨테이너 이름이에요. 비우면 포트를 여는 첫 컨테이너예요.",
            "The container that takes requests. Empty means the first that listens.",
        ),
        field!(port, "컨테이너 포트", "Container port", Widget::Number { min: 1, max: 65_535, unit: t("", "") }).help(
            "태스크 정의의 포트 매핑에 있는 포트예요. 비우면 첫 포트예요.",
            "A port of the task definition's mappings. Empty means the first.",
        ),
        field!(green_group, "그린 대상 그룹", "Green target group", Widget::Reference(&[Kind::TargetGroup])).help(
            "블루/그린 배포에서 새 버전이 등록될 두 번째 대상 그룹이에요.",
            "The second target group, for the new version of a blue/green deployment.",
        ),
    ];
}
record!(ServiceBalancer);

/// The listener, and the priority of its rule if it is one, through which requests reach a target group.
pub(super) fn way_to(emit: &Emit<'_>, group: NodeId) -> Vec<(NodeId, Option<u16>)> {
    let leads = |action: ActionType, forwards: &[crate::catalog::kinds::Forward]| {
        action == ActionType::Forward && forwards.iter().any(|forward| forward.target_group == Some(group))
    };
    let mut found = Vec::new();
    for (id, _, listener) in emit.context().all::<Listener>() {
        if leads(listener.action, &listener.forwards) {
            found.push((id, None));
        }
        let rules = listener.rules.iter().filter(|_| listener.protocol.is_http());
        let rules = rules.filter(|rule| rule.has_condition() && leads(rule.action, &rule.forwards));
        found.extend(rules.map(|rule| (id, Some(rule.priority))));
    }
    found
}

impl ServiceBalancer {
    /// The row as a template has it; nothing where the target group or the container's port is missing.
    pub(super) fn to_json(&self, service: &EcsService, emit: &Emit<'_>) -> Option<Object> {
        let group = self.target_group.filter(|id| emit.context().design.get::<TargetGroup>(*id).is_some())?;
        let task = emit.context().design.get::<TaskDefinition>(service.task_definition?)?;
        let (container, port) = task.endpoint(&self.container, self.port)?;
        Some(object([
            ("ContainerName", Some(container.name.as_str().into())),
            ("ContainerPort", Some(port.into())),
            ("TargetGroupArn", emit.refer(group)),
        ]))
    }

    pub(super) fn from_json(read: &Read<'_>, json: &Json) -> Self {
        let text = |key: &str| json.get(key).and_then(|value| read.text(value));
        let node = |json: Option<&Json>| json.and_then(|value| read.node(value));
        Self {
            target_group: node(json.get("TargetGroupArn")),
            container: text("ContainerName").unwrap_or_default(),
            port: text("ContainerPort").and_then(|port| port.parse().ok()),
            green_group: node(json.get("AdvancedConfiguration").and_then(|more| more.get("AlternateTargetGroupArn"))),
        }
    }
}

impl EcsService {
    /// The rows as a template has them, with what a blue/green deployment needs.
    pub(super) fn balancers_json(&self, emit: &mut Emit<'_>) -> Vec<Json> {
        let mut rows = Vec::new();
        for row in &self.load_balancers {
            let Some(json) = row.to_json(self, emit) else {
                emit.note(message!(
                    "대상 그룹이나 컨테이너 포트를 찾지 못한 로드 밸런서 줄은 템플릿에 넣지 못했어요.",
                    "A load balancer row whose target group or container port is missing is not in the template."
                ));
                continue;
            };
            let switch = self.switch_of(row, emit).map(|(green, rule)| (green, reference(&rule)));
            rows.push((json, switch));
        }
        let role = rows.iter().any(|(_, switch)| switch.is_some()).then(|| self.switch_role_json(emit));
        let with_switch = |(mut json, switch): (Object, Option<(Json, Json)>)| {
            if let (Some((green, rule)), Some(role)) = (switch, &role) {
                let more = serde_json::json!({
                    "AlternateTargetGroupArn": green, "ProductionListenerRule": rule, "RoleArn": role,
                });
                json.insert("AdvancedConfiguration".to_owned(), more);
            }
            Json::Object(json)
        };
        rows.into_iter().map(with_switch).collect()
    }

    /// The green target group of a row, and the logical id of the rule whose weights a blue/green deployment moves.
    fn switch_of(&self, row: &ServiceBalancer, emit: &Emit<'_>) -> Option<(Json, String)> {
        let green = row.green_group.filter(|_| self.is_blue_green()).and_then(|id| emit.refer(id))?;
        let mut ways = way_to(emit, row.target_group?).into_iter();
        let rule = ways.find_map(|(listener, priority)| Some(emit.part_id(listener, &format!("Rule{}", priority?))))?;
        Some((green, rule))
    }

    fn switch_role_json(&self, emit: &mut Emit<'_>) -> Json {
        let policy = "AmazonECSInfrastructureRolePolicyForLoadBalancers";
        role_of(emit, self.switch_role, service_role("ecs.amazonaws.com", &[policy], &[]))
    }

    /// The resources that lead requests to the service's target groups, without those it refers to: ECS refuses a target group that no load
    /// balancer uses.
    pub(super) fn ways(&self, emit: &Emit<'_>) -> Vec<String> {
        let mut found = Vec::new();
        for row in &self.load_balancers {
            let referred = self.switch_of(row, emit).map(|(_, rule)| rule);
            let ways = [row.target_group, row.green_group].into_iter().flatten().flat_map(|group| way_to(emit, group));
            let ids = ways.map(|(listener, priority)| match priority {
                Some(priority) => emit.part_id(listener, &format!("Rule{priority}")),
                None => emit.logical_of(listener).to_owned(),
            });
            found.extend(ids.filter(|id| Some(id) != referred.as_ref()));
        }
        found
    }
}
