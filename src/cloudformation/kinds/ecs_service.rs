//! A service: launch, network, deployment, and the target groups in which its tasks register.

use super::Irregular;
use super::shared::launching::wait_for_way_out;
use super::shared::roles::{role_of, service_role};
use crate::catalog::Kind;
use crate::catalog::kinds::{
    ActionType, CapacityShare, Deployment, EcsService, Forward, Listener, NetworkMode, ServiceBalancer, ServiceLaunch,
    TargetGroup, TaskDefinition,
};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::template::{Json, Object, object, reference};
use crate::text::Message;

impl EcsService {
    /// Why it could not be created at all.
    fn lacks(&self, context: &crate::facts::Context<'_>) -> Option<Message> {
        let has = |id: Option<NodeId>, kind: Kind| {
            id.is_some_and(|id| context.design.node(id).is_some_and(|node| node.kind() == kind))
        };
        if !has(self.cluster, Kind::EcsCluster) {
            return Some(message!(
                "클러스터가 없어서 템플릿에 넣지 못했어요.",
                "It has no cluster and is not in the template."
            ));
        }
        if !has(self.task_definition, Kind::TaskDefinition) {
            return Some(message!(
                "태스크 정의가 없어서 템플릿에 넣지 못했어요.",
                "It has no task definition and is not in the template."
            ));
        }
        let mode = context.network_mode(self);
        (mode == Some(NetworkMode::Awsvpc) && self.subnets.is_empty()).then(|| {
            message!("서브넷이 없어서 템플릿에 넣지 못했어요.", "It has no subnet and is not in the template.")
        })
    }

    fn put_deployment(&self, emit: &mut Emit<'_>) {
        match self.deployment {
            Deployment::Rolling => {
                emit.set_property(
                    "DeploymentConfiguration.DeploymentCircuitBreaker.Rollback",
                    self.circuit_breaker && self.rollback,
                );
            }
            Deployment::BlueGreen => emit.set_property("DeploymentConfiguration.Strategy", self.deployment.as_str()),
            Deployment::CodeDeploy => emit.set_property("DeploymentController.Type", self.deployment.as_str()),
        }
    }
    /// The rows as a template has them, with what a blue/green deployment needs.
    fn balancers_json(&self, emit: &mut Emit<'_>) -> Vec<Json> {
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
    fn ways(&self, emit: &Emit<'_>) -> Vec<String> {
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

impl ServiceBalancer {
    /// The row as a template has it; nothing where the target group or the container's port is missing.
    fn to_json(&self, service: &EcsService, emit: &Emit<'_>) -> Option<Object> {
        let group = self.target_group.filter(|id| emit.context().design.get::<TargetGroup>(*id).is_some())?;
        let task = emit.context().design.get::<TaskDefinition>(service.task_definition?)?;
        let (container, port) = task.endpoint(&self.container, self.port)?;
        Some(object([
            ("ContainerName", Some(container.name.as_str().into())),
            ("ContainerPort", Some(port.into())),
            ("TargetGroupArn", emit.refer(group)),
        ]))
    }

    fn from_json(read: &Read<'_>, json: &Json) -> Self {
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

impl Irregular for EcsService {
    fn export(&self, emit: &mut Emit<'_>) {
        if let Some(why) = self.lacks(emit.context()) {
            emit.leave_out(why);
            return;
        }
        if self.launch != ServiceLaunch::Strategy {
            emit.set_property("LaunchType", self.launch.as_str());
        } else if let Some(cluster) = self.cluster.filter(|_| !self.strategy.is_empty()) {
            let strategy: Vec<Json> = self.strategy.iter().map(|share| share.to_json(emit, cluster)).collect();
            emit.set_property("CapacityProviderStrategy", strategy);
        }
        if emit.context().network_mode(self) == Some(NetworkMode::Awsvpc) {
            let public = if self.assign_public_ip { "ENABLED" } else { "DISABLED" };
            emit.set_property("NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp", public);
        } else {
            emit.remove_property("NetworkConfiguration");
        }
        self.put_deployment(emit);
        let rows = self.balancers_json(emit);
        if rows.is_empty() {
            emit.remove_property("HealthCheckGracePeriodSeconds");
        } else {
            emit.set_property("LoadBalancers", rows);
        }
        for way in self.ways(emit) {
            emit.depends_on(Some(way));
        }
        for subnet in &self.subnets {
            wait_for_way_out(emit, *subnet, true, self.assign_public_ip);
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        // Without a cluster the one named default is meant.
        if read.get("Cluster").is_none() {
            read.leave_undecided("cluster");
        }
        // Without a launch type the cluster's strategy decides.
        self.launch = ServiceLaunch::Strategy;
        read.read_into("launch", read.get("LaunchType"), &mut self.launch);
        let shares = read.list("CapacityProviderStrategy").iter();
        self.strategy = read.each("strategy", shares, |share| CapacityShare::from_json(read, share));
        let public = read.get("NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp");
        self.assign_public_ip = public.and_then(Json::as_str) == Some("ENABLED");
        if public.is_some_and(Json::is_object) {
            read.leave_undecided(id_of!(EcsService.assign_public_ip));
        }
        let of_strategy = read.get("DeploymentConfiguration.Strategy");
        let deployment = of_strategy.or_else(|| read.get("DeploymentController.Type")).and_then(Json::as_str);
        self.deployment = match deployment {
            Some("BLUE_GREEN") => Deployment::BlueGreen,
            Some("CODE_DEPLOY") => Deployment::CodeDeploy,
            _ => Deployment::Rolling,
        };
        // What a template does not say AWS leaves off, where it applies at all.
        let says = |path: &str| read.get(path).is_some();
        let breaker = "DeploymentConfiguration.DeploymentCircuitBreaker";
        if self.is_rolling() && !says(breaker) {
            (self.circuit_breaker, self.rollback) = (false, false);
        } else if let Some(rollback) = read.get(&format!("{breaker}.Rollback")).filter(|_| self.circuit_breaker) {
            self.rollback = read.flag(id_of!(EcsService.rollback), Some(rollback)).unwrap_or_default();
        }
        if self.is_blue_green() && !says("DeploymentConfiguration.BakeTimeInMinutes") {
            self.bake_minutes = 0;
        }
        if says("LoadBalancers") && !says("HealthCheckGracePeriodSeconds") {
            self.health_grace = 0;
        }
        let rows = read.list("LoadBalancers");
        self.load_balancers = rows.iter().map(|row| ServiceBalancer::from_json(read, row)).collect();
        for row in rows {
            let role = row.get("AdvancedConfiguration").and_then(|more| more.get("RoleArn"));
            role.and_then(|role| read.part_at(role));
            self.switch_role = role.and_then(|role| read.node(role)).or(self.switch_role);
        }
        Ok(())
    }
}

/// The listener, and the priority of its rule if it is one, through which requests reach a target group.
fn way_to(emit: &Emit<'_>, group: NodeId) -> Vec<(NodeId, Option<u16>)> {
    let leads = |action: ActionType, forwards: &[Forward]| {
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
