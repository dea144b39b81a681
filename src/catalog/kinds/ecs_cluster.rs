//! An ECS cluster, and how capacity is shared between providers.

use crate::catalog::{Category, Field, Kind, Placement, Record, Resource, Shape, Spec, Suggestion, Widget, columns};
use crate::id::NodeId;
use crate::text::{Message, Text, t};
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

impl Resource for EcsCluster {
    const KIND: Kind = Kind::EcsCluster;
    const SPEC: Spec = Spec {
        id: "ecs_cluster",
        label: t("ECS 클러스터", "ECS cluster"),
        category: Category::Containers,
        cloudformation_type: "AWS::ECS::Cluster",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["ecs", "fargate", "파게이트", "container", "컨테이너"],
    };
    const SUMMARY: Text = t(
        "서비스와 태스크를 묶는 단위예요. Fargate를 쓰면 클러스터 자체에는 요금이 없어요.",
        "Groups services and tasks. With Fargate the cluster itself costs nothing.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html";
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
}
