//! An ECS cluster, and how capacity is shared between providers.

use crate::catalog::{Category, Field, Kind, Placement, Record, Resource, Shape, Spec, Suggestion, Widget, columns};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::template::{Json, Object, object, reference};
use crate::text::{Message, t};
use crate::{choices, field, record};

choices! {
    /// How closely CloudWatch watches a cluster.
    pub enum ContainerInsights {
        Disabled = "disabled" ("끔", "Off"),
        Enabled = "enabled" ("켬", "On"),
        Enhanced = "enhanced" ("향상된 관찰성", "Enhanced observability"),
    }
}

/// How many tasks a capacity provider gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapacityShare {
    /// `FARGATE`, `FARGATE_SPOT` or one of the account's own.
    pub provider: String,
    /// The Auto Scaling group of the cluster whose instances take the tasks instead.
    pub group: Option<NodeId>,
    /// Tasks it gets before the others share.
    pub base: u32,
    /// Share of the rest.
    pub weight: u16,
}

impl Default for CapacityShare {
    fn default() -> Self {
        Self { provider: "FARGATE".to_owned(), group: None, base: 0, weight: 1 }
    }
}

impl Record for CapacityShare {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(provider, "용량 공급자", "Capacity provider", Widget::Suggest(providers))
            .when(|of: &Self| of.group.is_none())
            .help(
                "FARGATE_SPOT은 싸지만 언제든 중단될 수 있어요.",
                "FARGATE_SPOT is cheaper and may be interrupted at any time.",
            ),
        field!(group, "Auto Scaling 그룹", "Auto Scaling group", Widget::Reference(&[Kind::AutoScalingGroup])).help(
            "클러스터에 등록한 그룹의 인스턴스에서 돌려요.",
            "Runs tasks on instances of a group that the cluster has.",
        ),
        field!(base, "기본 태스크 수", "Base", Widget::Number { min: 0, max: 100_000, unit: t("개", "") })
            .property("Base")
            .help(
                "다른 공급자와 나누기 전에 먼저 받는 태스크 수예요. 한 줄에만 둘 수 있어요.",
                "Tasks it gets before the others share. On one row only.",
            ),
        field!(weight, "가중치", "Weight", Widget::Number { min: 0, max: 1000, unit: t("", "") })
            .property("Weight")
            .help("나머지 태스크를 나누는 비율이에요.", "Its share of the rest."),
    ];
}
record!(CapacityShare);

fn providers() -> Vec<Suggestion> {
    [("FARGATE", "Fargate"), ("FARGATE_SPOT", "Fargate Spot")]
        .into_iter()
        .map(|(value, label)| Suggestion { value: value.to_owned(), label: Message::plain(label) })
        .collect()
}

impl CapacityShare {
    /// The row as a template has it, in a cluster.
    pub(super) fn to_json(&self, emit: &Emit<'_>, cluster: NodeId) -> Json {
        let mut json = emit.row(self);
        let provider = match self.group.filter(|group| has_group(emit, cluster, *group)) {
            Some(group) => reference(&emit.part_id(cluster, &capacity_suffix(emit, group))),
            None => self.provider.as_str().into(),
        };
        json.insert("CapacityProvider".to_owned(), provider);
        Json::Object(json)
    }

    pub(super) fn from_json(read: &Read<'_>, json: &Json) -> Result<Self, Message> {
        let provider = json.get("CapacityProvider");
        let group = provider.and_then(|provider| group_of(read.peek(provider)?, read));
        let row: Self = read.row(json)?;
        let text = provider.filter(|_| group.is_none()).and_then(|provider| read.text(provider));
        Ok(Self { group, provider: text.unwrap_or(row.provider), ..row })
    }
}

/// Whether a cluster takes capacity from a group, and the group is in the template: one without a launch template or subnets is not.
fn has_group(emit: &Emit<'_>, cluster: NodeId, group: NodeId) -> bool {
    let design = emit.context().design;
    let listed = design.get::<EcsCluster>(cluster).is_some_and(|cluster| cluster.groups.contains(&group));
    listed && design.get::<super::AutoScalingGroup>(group).is_some() && emit.refer(group).is_some()
}

/// What the id of a cluster's capacity provider for a group ends in.
fn capacity_suffix(emit: &Emit<'_>, group: NodeId) -> String {
    format!("On{}", emit.logical_of(group))
}

/// The Auto Scaling group of a capacity provider.
fn group_of(provider: &Object, read: &Read<'_>) -> Option<NodeId> {
    read.node(provider.get("AutoScalingGroupProvider")?.get("AutoScalingGroupArn")?)
}

const PROVIDER: &str = "AWS::ECS::CapacityProvider";
const ASSOCIATIONS: &str = "AWS::ECS::ClusterCapacityProviderAssociations";

/// Groups services and the capacity their tasks run on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EcsCluster {
    /// Its name; CloudFormation chooses one where it is empty.
    pub cluster_name: String,
    /// How closely CloudWatch watches it.
    pub container_insights: ContainerInsights,
    /// Whether services may use Fargate as a capacity provider.
    pub fargate: bool,
    /// Whether services may use Fargate Spot.
    pub fargate_spot: bool,
    /// Auto Scaling groups whose instances run tasks.
    pub groups: Vec<NodeId>,
    /// Where tasks run that say nothing themselves.
    pub default_strategy: Vec<CapacityShare>,
}

impl Default for EcsCluster {
    fn default() -> Self {
        Self {
            cluster_name: String::new(),
            container_insights: ContainerInsights::Disabled,
            fargate: true,
            fargate_spot: true,
            groups: Vec::new(),
            default_strategy: Vec::new(),
        }
    }
}

impl EcsCluster {
    /// The providers that AWS keeps, with whether this cluster has them.
    const fn kept_providers(&self) -> [(&'static str, bool); 2] {
        [("FARGATE", self.fargate), ("FARGATE_SPOT", self.fargate_spot)]
    }
}

impl Resource for EcsCluster {
    const KIND: Kind = Kind::EcsCluster;
    const SPEC: Spec = Spec {
        id: "ecs_cluster",
        label: t("ECS 클러스터", "ECS cluster"),
        summary: t(
            "서비스와 태스크를 묶는 단위예요. Fargate를 쓰면 클러스터 자체에는 요금이 없어요.",
            "Groups services and tasks. With Fargate the cluster itself costs nothing.",
        ),
        category: Category::Containers,
        cloudformation_type: "AWS::ECS::Cluster",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["ecs", "fargate", "파게이트", "container", "컨테이너"],
        source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(cluster_name, "클러스터 이름", "Cluster name", Widget::Line)
            .property("ClusterName")
            .help("비우면 CloudFormation이 지어요.", "Empty lets CloudFormation choose."),
        field!(container_insights, "Container Insights", "Container Insights", Widget::Choice(ContainerInsights::CHOICES))
            .property("ClusterSettings.0.Value")
            .help("태스크와 컨테이너의 지표를 CloudWatch에 모아요. 요금이 들어요.", "Collects metrics of tasks and containers in CloudWatch, at extra cost."),
        field!(fargate, "Fargate 용량 공급자", "Fargate capacity provider", Widget::Toggle)
            .help("서비스가 용량 공급자로 FARGATE를 고를 수 있게 해요.", "Lets services choose FARGATE as capacity provider."),
        field!(fargate_spot, "Fargate Spot 용량 공급자", "Fargate Spot capacity provider", Widget::Toggle)
            .help("서비스가 FARGATE_SPOT을 고를 수 있게 해요. 싸지만 중단될 수 있어요.", "Lets services choose FARGATE_SPOT: cheaper, and may be interrupted."),
        field!(groups, "Auto Scaling 그룹", "Auto Scaling groups", Widget::References(&[Kind::AutoScalingGroup])).help(
            "EC2에서 도는 태스크의 인스턴스예요. 시작 템플릿은 ECS 최적화 AMI와 클러스터에 참여하는 사용자 데이터를 써야 해요.",
            "Instances for tasks on EC2. Their launch template needs the ECS-optimized AMI and user data that joins the cluster.",
        ),
        field!(default_strategy, "기본 용량 공급자 전략", "Default capacity provider strategy", Widget::Table(columns::<CapacityShare>))
            .help("시작 유형을 정하지 않은 서비스의 태스크가 도는 곳이에요.", "Where tasks of services run that choose no launch type."),
    ];

    fn export(&self, emit: &mut Emit<'_>) {
        emit.put("ClusterSettings.0.Name", "containerInsights");
        let kept = self.kept_providers().into_iter().filter(|(_, on)| *on).map(|(name, _)| Json::from(name));
        let mut providers: Vec<Json> = kept.collect();
        let node = emit.node();
        let strategy: Vec<Json> = self.default_strategy.iter().map(|share| share.to_json(emit, node)).collect();
        // A group that is listed twice is one provider all the same.
        let mut groups: Vec<NodeId> = Vec::new();
        for group in self.groups.iter().filter(|group| has_group(emit, node, **group)) {
            if !groups.contains(group) {
                groups.push(*group);
            }
        }
        if groups.is_empty() {
            for (property, list) in [("CapacityProviders", providers), ("DefaultCapacityProviderStrategy", strategy)] {
                if !list.is_empty() {
                    emit.put(property, list);
                }
            }
            return;
        }
        for group in groups {
            let provider = serde_json::json!({
                "AutoScalingGroupArn": emit.refer(group),
                "ManagedScaling": { "Status": "ENABLED" },
                "ManagedTerminationProtection": "DISABLED",
            });
            let suffix = capacity_suffix(emit, group);
            providers.push(reference(&emit.part_id(node, &suffix)));
            emit.part(suffix, PROVIDER, object([("AutoScalingGroupProvider", Some(provider))]));
        }
        let associations = object([
            ("Cluster", emit.refer(node)),
            ("CapacityProviders", Some(providers.into())),
            ("DefaultCapacityProviderStrategy", Some(strategy.into())),
        ]);
        emit.part("CapacityProviders", ASSOCIATIONS, associations);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let association = read.parts(ASSOCIATIONS, "Cluster").into_iter().next();
        let list = |property: &str| {
            let json = association.and_then(|association| association.get(property)).or_else(|| read.get(property));
            json.and_then(Json::as_array).map_or(&[][..], Vec::as_slice)
        };
        let providers = list("CapacityProviders");
        let has = |name: &str| providers.iter().any(|one| one.as_str() == Some(name));
        (self.fargate, self.fargate_spot) = (has("FARGATE"), has("FARGATE_SPOT"));
        self.groups = providers.iter().filter_map(|one| group_of(read.part_at(one)?, read)).collect();
        let shares = list("DefaultCapacityProviderStrategy").iter();
        self.default_strategy = read.each("default_strategy", shares, |share| CapacityShare::from_json(read, share));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{AutoScalingGroup, Region, Vpc};
    use crate::cloudformation::{export, import};
    use crate::layout::Sketch;
    use crate::template::to_json;

    #[test]
    fn a_group_that_is_not_in_the_template_is_no_capacity_provider() {
        let mut sketch = Sketch::new();
        let region = sketch.add(None, "region", Region::default());
        let vpc = sketch.add(Some(region), "vpc", Vpc::default());
        let group = sketch.add(Some(vpc), "bare", AutoScalingGroup::default());
        let cluster = EcsCluster { groups: vec![group], ..EcsCluster::default() };
        let cluster = sketch.add(Some(region), "cluster", cluster);
        let template = export(sketch.design()).template;
        let mut types: Vec<&str> =
            template["Resources"].as_object().unwrap().values().filter_map(|of| of["Type"].as_str()).collect();
        types.sort_unstable();
        assert_eq!(types, ["AWS::EC2::VPC", "AWS::ECS::Cluster"]);
        let opened = import(&to_json(&template)).unwrap().design;
        assert_eq!(opened.get::<EcsCluster>(cluster).unwrap().groups, [group], "it is kept beside the template");
    }
}
