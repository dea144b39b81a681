//! A CodeDeploy deployment group: what it deploys to, how traffic moves, and a role of its own.

use super::Irregular;
use super::code_pipeline::service_names;
use super::shared::roles::{read_role, role_of, service_role};
use crate::catalog::kinds::{CodeDeployApplication, CodeDeployGroup, ComputePlatform, TagFilter};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::id_of;
use crate::template::{Json, Object, object};
use crate::text::Message;

impl CodeDeployGroup {
    fn config(&self, platform: ComputePlatform) -> &str {
        match platform {
            _ if !self.deployment_config.is_empty() => &self.deployment_config,
            ComputePlatform::Server => "CodeDeployDefault.OneAtATime",
            ComputePlatform::Ecs => "CodeDeployDefault.ECSAllAtOnce",
            ComputePlatform::Lambda => "CodeDeployDefault.LambdaAllAtOnce",
        }
    }

    fn rollback(&self) -> Json {
        let events = serde_json::json!(["DEPLOYMENT_FAILURE"]);
        object([("Enabled", Some(self.auto_rollback.into())), ("Events", self.auto_rollback.then_some(events))]).into()
    }

    /// Deploys to servers that tags name.
    fn to_servers(&self, emit: &mut Emit<'_>) {
        let filter = |filter: &TagFilter| {
            let kind = if filter.value.is_empty() { "KEY_ONLY" } else { "KEY_AND_VALUE" };
            let mut row: Object = emit.row(filter);
            row.insert("Type".to_owned(), kind.into());
            Json::Object(row)
        };
        let filters: Vec<Json> = self.tag_filters.iter().filter(|one| !one.key.is_empty()).map(filter).collect();
        if !filters.is_empty() {
            emit.set_property("Ec2TagFilters", filters);
        }
        let group = self.blue_group.filter(|id| emit.refer(*id).is_some());
        if let Some(group) = group {
            let name = emit.attribute_of(group, "TargetGroupName");
            emit.set_property("LoadBalancerInfo.TargetGroupInfoList", serde_json::json!([{ "Name": name }]));
        }
        let option = if group.is_some() { "WITH_TRAFFIC_CONTROL" } else { "WITHOUT_TRAFFIC_CONTROL" };
        emit.set_property(
            "DeploymentStyle",
            serde_json::json!({ "DeploymentType": "IN_PLACE", "DeploymentOption": option }),
        );
    }

    /// Deploys to a service, which is always blue/green.
    fn to_service(&self, emit: &mut Emit<'_>) {
        emit.set_property(
            "DeploymentStyle",
            serde_json::json!({ "DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL" }),
        );
        emit.set_property(
            "BlueGreenDeploymentConfiguration",
            serde_json::json!({
                "DeploymentReadyOption": { "ActionOnTimeout": "CONTINUE_DEPLOYMENT" },
                "TerminateBlueInstancesOnDeploymentSuccess": {
                    "Action": "TERMINATE", "TerminationWaitTimeInMinutes": self.termination_wait
                },
            }),
        );
        let named = |cluster: &str, service: &str| {
            (!cluster.is_empty() && !service.is_empty()).then(|| (Json::from(cluster), Json::from(service)))
        };
        let names = match self.ecs_service {
            Some(id) => service_names(emit, id),
            None => named(&self.cluster, &self.service),
        };
        match names {
            Some((cluster, service)) => {
                emit.set_property(
                    "ECSServices",
                    serde_json::json!([{ "ClusterName": cluster, "ServiceName": service }]),
                );
            }
            None => emit.note(crate::message!(
                "ECS 서비스가 없어서 배포 그룹을 만들 수 없어요. 서비스를 고르거나 이름을 적으세요.",
                "Without an ECS service the deployment group cannot be created. Choose one, or enter its names."
            )),
        }
        let groups: Vec<Json> = [self.blue_group, self.green_group]
            .into_iter()
            .flatten()
            .filter(|id| emit.refer(*id).is_some())
            .map(|id| serde_json::json!({ "Name": emit.attribute_of(id, "TargetGroupName") }))
            .collect();
        let route =
            |id: Option<NodeId>| id.and_then(|id| Some(serde_json::json!({ "ListenerArns": [emit.refer(id)?] })));
        let (production, test) = (route(self.production_listener), route(self.test_listener));
        if let (2, Some(production)) = (groups.len(), production) {
            let pair = object([
                ("TargetGroups", Some(groups.into())),
                ("ProdTrafficRoute", Some(production)),
                ("TestTrafficRoute", test),
            ]);
            emit.set_property("LoadBalancerInfo.TargetGroupPairInfoList", vec![Json::Object(pair)]);
        }
    }
}

impl Irregular for CodeDeployGroup {
    fn export(&self, emit: &mut Emit<'_>) {
        let design = emit.context().design;
        let above = design.node(emit.node()).and_then(|node| node.parent);
        let platform = above
            .and_then(|id| design.get::<CodeDeployApplication>(id))
            .map_or(ComputePlatform::Server, |one| one.platform);
        emit.set_property("DeploymentConfigName", self.config(platform));
        emit.set_property("AutoRollbackConfiguration", self.rollback());
        match platform {
            ComputePlatform::Server => self.to_servers(emit),
            ComputePlatform::Ecs => self.to_service(emit),
            ComputePlatform::Lambda => {
                let style =
                    serde_json::json!({ "DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL" });
                emit.set_property("DeploymentStyle", style);
            }
        }
        let managed = match platform {
            ComputePlatform::Server => "service-role/AWSCodeDeployRole",
            ComputePlatform::Ecs => "AWSCodeDeployRoleForECS",
            ComputePlatform::Lambda => "service-role/AWSCodeDeployRoleForLambda",
        };
        let own = service_role("codedeploy.amazonaws.com", &[managed], &[]);
        let role = role_of(emit, self.role, own);
        emit.set_property("ServiceRoleArn", role);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if let Some(config) = read.get("DeploymentConfigName") {
            self.deployment_config = read.text(config).unwrap_or_default();
        }
        let enabled = read.get("AutoRollbackConfiguration.Enabled");
        self.auto_rollback = read.flag(id_of!(CodeDeployGroup.auto_rollback), enabled).unwrap_or(false);
        if let Some(style) = read.get("DeploymentStyle.DeploymentType") {
            self.deployment_type = read.parse(style)?;
        }
        self.tag_filters = read.list("Ec2TagFilters").iter().map(|row| read.row(row)).collect::<Result<_, _>>()?;
        let text = |path: &str| read.get(path).and_then(|json| read.text(json)).unwrap_or_default();
        self.ecs_service = read.get("ECSServices.0.ServiceName").and_then(|name| read.node(name));
        if self.ecs_service.is_none() {
            self.cluster = text("ECSServices.0.ClusterName");
            self.service = text("ECSServices.0.ServiceName");
        }
        if let Some(minutes) = read.get(
            "BlueGreenDeploymentConfiguration.TerminateBlueInstancesOnDeploymentSuccess.TerminationWaitTimeInMinutes",
        ) {
            self.termination_wait = read.parse(minutes)?;
        }
        let pair = "LoadBalancerInfo.TargetGroupPairInfoList.0";
        let node = |path: String| read.get(&path).and_then(|json| read.node(json));
        self.production_listener = node(format!("{pair}.ProdTrafficRoute.ListenerArns.0"));
        self.test_listener = node(format!("{pair}.TestTrafficRoute.ListenerArns.0"));
        let single = node("LoadBalancerInfo.TargetGroupInfoList.0.Name".to_owned());
        self.blue_group = node(format!("{pair}.TargetGroups.0.Name")).or(single);
        self.green_group = node(format!("{pair}.TargetGroups.1.Name"));
        self.role = read_role(read, "ServiceRoleArn");
        Ok(())
    }
}
