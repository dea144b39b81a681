//! An Auto Scaling group: instances whose number follows the load; its policies and scheduled actions stand inside it.

use crate::catalog::fleet::{Maintenance, OnDemandStrategy, Override, Selection, SpotStrategy, Termination, Usage};
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Thumb, Widget, columns};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// Whose word counts on the health of an instance.
    pub enum HealthCheckType {
        Ec2 = "EC2" ("EC2 상태 검사", "EC2 status checks"),
        Elb = "ELB" ("로드 밸런서의 상태 확인", "The load balancer's health checks"),
    }
}

/// Keeps a number of instances between a least and a most, launched from one template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoScalingGroup {
    /// The least number of instances.
    pub min_size: u32,
    /// The number of instances to have now.
    pub desired: u32,
    /// The most instances.
    pub max_size: u32,
    /// How instances are launched.
    pub launch_template: Option<NodeId>,
    /// Where: one subnet a zone.
    pub subnets: Vec<NodeId>,
    /// The target groups that its instances join.
    pub target_groups: Vec<NodeId>,
    /// Whose word counts on health.
    pub health_check: HealthCheckType,
    /// Seconds in which a new instance is not judged.
    pub grace: u32,
    /// Seconds until a new instance counts in metrics; nothing where no default is set.
    pub warmup: Option<u32>,
    /// Seconds between simple scalings.
    pub cooldown: u32,
    /// Whether it mixes On-Demand and Spot instances or several types.
    pub mixed: bool,
    /// On-Demand instances before any Spot.
    pub on_demand_base: u32,
    /// Per cent of On-Demand instances above the base.
    pub on_demand_percentage: u8,
    /// In which order types are taken On-Demand.
    pub on_demand_strategy: OnDemandStrategy,
    /// From which pools Spot instances are taken.
    pub spot_strategy: SpotStrategy,
    /// Whether instances at risk of interruption are replaced ahead.
    pub capacity_rebalance: bool,
    /// Where the types come from.
    pub selection: Selection,
    /// The types to choose from, best first.
    pub overrides: Vec<Override>,
    /// Fewest vCPUs.
    pub vcpu_min: u32,
    /// Most vCPUs.
    pub vcpu_max: Option<u32>,
    /// Least memory in MiB.
    pub memory_min: u32,
    /// Most memory in MiB.
    pub memory_max: Option<u32>,
    /// Whether burstable types (t3) are taken.
    pub burstable: Usage,
    /// What goes first when instances are replaced.
    pub maintenance: Maintenance,
    /// Per cent of the desired capacity that stays healthy meanwhile.
    pub min_healthy: u16,
    /// Per cent of the desired capacity that there may be meanwhile.
    pub max_healthy: u16,
    /// Which instance goes first when there are too many.
    pub termination: Vec<Termination>,
    /// Whether new instances are kept from scaling in.
    pub protect: bool,
}

impl Default for AutoScalingGroup {
    fn default() -> Self {
        Self {
            min_size: 1,
            desired: 2,
            max_size: 4,
            launch_template: None,
            subnets: Vec::new(),
            target_groups: Vec::new(),
            health_check: HealthCheckType::Ec2,
            grace: 300,
            warmup: None,
            cooldown: 300,
            mixed: false,
            on_demand_base: 0,
            on_demand_percentage: 100,
            on_demand_strategy: OnDemandStrategy::Prioritized,
            spot_strategy: SpotStrategy::PriceCapacity,
            capacity_rebalance: false,
            selection: Selection::Template,
            overrides: Vec::new(),
            vcpu_min: 2,
            vcpu_max: None,
            memory_min: 1024,
            memory_max: None,
            burstable: Usage::Included,
            maintenance: Maintenance::None,
            min_healthy: 90,
            max_healthy: 110,
            termination: Vec::new(),
            protect: false,
        }
    }
}

impl AutoScalingGroup {
    /// Whether types are chosen by what they must have.
    pub fn by_requirements(&self) -> bool {
        self.mixed && self.selection == Selection::Requirements
    }

    /// Whether types are chosen from a list.
    pub fn by_types(&self) -> bool {
        self.mixed && self.selection == Selection::Types
    }

    /// Per cents of the desired capacity that there are, at least and at most, while instances are replaced.
    pub const fn healthy_range(&self) -> Option<(u16, u16)> {
        match self.maintenance {
            Maintenance::None => None,
            Maintenance::LaunchFirst => Some((100, self.max_healthy)),
            Maintenance::TerminateFirst => Some((self.min_healthy, 100)),
            Maintenance::Flexible => Some((self.min_healthy, self.max_healthy)),
        }
    }
}

const SERVERS: Text = t("대", "");
const SECONDS: Text = t("초", "s");
const NONE: Text = t("", "");

impl Resource for AutoScalingGroup {
    const KIND: Kind = Kind::AutoScalingGroup;
    const SPEC: Spec = Spec {
        id: "auto_scaling_group",
        label: t("Auto Scaling 그룹", "Auto Scaling group"),
        category: Category::Compute,
        cloudformation_type: "AWS::AutoScaling::AutoScalingGroup",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Frame { w: 240.0, h: 128.0 },
        ancestors: &[],
        // Its tags say too whether instances get them; see `export`.
        tags: false,
        keywords: &["asg", "scale out", "spot", "오토스케일링", "자동 확장", "스팟", "탄력"],
    };
    const SUMMARY: Text = t(
        "부하에 따라 인스턴스를 늘리고 줄여요. 고장 난 인스턴스는 새것으로 바꿔요. 조정 정책과 예약된 작업을 안에 둬요.",
        "Adds and removes instances with the load, and replaces broken ones. Its scaling policies and scheduled actions stand inside it.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-groups.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(min_size, "최소 용량", "Minimum capacity", Widget::Number { min: 0, max: 10_000, unit: SERVERS })
            .property("MinSize")
            .on_track(Thumb::Least)
            .help("아무리 한가해도 이만큼은 있어요.", "There are never fewer."),
        field!(desired, "원하는 용량", "Desired capacity", Widget::Number { min: 0, max: 10_000, unit: SERVERS })
            .property("DesiredCapacity")
            .on_track(Thumb::Wanted)
            .help(
                "지금 있을 인스턴스 수예요. 최소와 최대 사이여야 해요.",
                "How many there are now, between minimum and maximum.",
            ),
        field!(max_size, "최대 용량", "Maximum capacity", Widget::Number { min: 0, max: 10_000, unit: SERVERS })
            .property("MaxSize")
            .on_track(Thumb::Most)
            .help("아무리 바빠도 이보다 늘지 않아요.", "There are never more."),
        field!(launch_template, "시작 템플릿", "Launch template", Widget::Reference(&[Kind::LaunchTemplate]))
            .help("새 인스턴스를 이것으로 띄워요.", "New instances are launched from it."),
        field!(subnets, "서브넷", "Subnets", Widget::References(&[Kind::Subnet]))
            .of_same_vpc()
            .property("VPCZoneIdentifier")
            .help(
                "인스턴스를 띄울 서브넷이에요. 두 가용 영역 이상을 골라요.",
                "Where instances are launched. Choose at least two zones.",
            ),
        field!(target_groups, "대상 그룹", "Target groups", Widget::References(&[Kind::TargetGroup]))
            .of_same_vpc()
            .property("TargetGroupARNs")
            .help("새 인스턴스가 저절로 대상으로 등록돼요.", "New instances are registered as targets by themselves."),
        field!(health_check, "상태 확인 유형", "Health check type", Widget::Choice(HealthCheckType::CHOICES))
            .property("HealthCheckType")
            .help(
                "로드 밸런서의 상태 확인이면 웹 서버가 멈춘 것도 알아채요.",
                "The load balancer's checks notice a web server that has stopped, too.",
            ),
        field!(
            grace,
            "상태 확인 유예 기간",
            "Health check grace period",
            Widget::Number { min: 0, max: 86_400, unit: SECONDS }
        )
        .property("HealthCheckGracePeriod")
        .help("새 인스턴스가 켜지는 동안 판정을 미뤄요.", "A new instance is not judged while it starts."),
        field!(
            warmup,
            "기본 인스턴스 워밍업",
            "Default instance warm-up",
            Widget::Number { min: 0, max: 86_400, unit: SECONDS }
        )
        .property("DefaultInstanceWarmup")
        .help(
            "이 시간이 지나야 새 인스턴스의 지표를 셈에 넣어요.",
            "Until then a new instance does not count in metrics.",
        ),
        field!(cooldown, "기본 휴지 기간", "Default cooldown", Widget::Number { min: 0, max: 86_400, unit: SECONDS })
            .property("Cooldown")
            .help(
                "단순 조정 뒤 다음 조정까지 기다리는 시간이에요.",
                "The wait after a simple scaling before the next.",
            ),
        field!(mixed, "혼합 인스턴스", "Mixed instances", Widget::Toggle)
            .help("온디맨드와 스팟, 여러 유형을 섞어요.", "Mixes On-Demand and Spot instances and several types."),
        field!(
            on_demand_base,
            "온디맨드 기본 용량",
            "On-Demand base capacity",
            Widget::Number { min: 0, max: 10_000, unit: SERVERS }
        )
        .property("MixedInstancesPolicy.InstancesDistribution.OnDemandBaseCapacity")
        .when(|of: &Self| of.mixed)
        .help("먼저 이만큼은 온디맨드로 채워요.", "So many are On-Demand before anything else."),
        field!(
            on_demand_percentage,
            "기본 용량을 넘는 온디맨드 비율",
            "On-Demand percentage above base",
            Widget::Number { min: 0, max: 100, unit: t("%", "%") }
        )
        .property("MixedInstancesPolicy.InstancesDistribution.OnDemandPercentageAboveBaseCapacity")
        .when(|of: &Self| of.mixed)
        .help(
            "나머지는 스팟이에요. 스팟은 싸지만 회수될 수 있어요.",
            "The rest is Spot: cheaper, and may be taken back.",
        ),
        field!(
            on_demand_strategy,
            "온디맨드 할당 전략",
            "On-Demand allocation strategy",
            Widget::Choice(OnDemandStrategy::CHOICES)
        )
        .property("MixedInstancesPolicy.InstancesDistribution.OnDemandAllocationStrategy")
        .when(|of: &Self| of.mixed)
        .help("온디맨드 유형을 고르는 순서예요.", "In which order On-Demand types are taken."),
        field!(spot_strategy, "스팟 할당 전략", "Spot allocation strategy", Widget::Choice(SpotStrategy::CHOICES))
            .property("MixedInstancesPolicy.InstancesDistribution.SpotAllocationStrategy")
            .when(|of: &Self| of.mixed)
            .help("가격과 용량을 함께 보는 전략이 알맞아요.", "The one that weighs price and capacity suits most."),
        field!(capacity_rebalance, "용량 재조정", "Capacity rebalancing", Widget::Toggle)
            .property("CapacityRebalance")
            .when(|of: &Self| of.mixed)
            .help("회수될 것 같은 스팟을 미리 바꿔요.", "Replaces Spot instances at risk ahead of time."),
        field!(selection, "인스턴스 유형 고르기", "Instance types", Widget::Choice(Selection::CHOICES))
            .when(|of: &Self| of.mixed)
            .help(
                "시작 템플릿을 따르거나, 목록이나 조건으로 골라요.",
                "As the template says, from a list, or by requirements.",
            ),
        field!(overrides, "유형 목록", "List of types", Widget::Table(columns::<Override>))
            .property("MixedInstancesPolicy.LaunchTemplate.Overrides")
            .when(Self::by_types)
            .help("위에 있는 유형을 먼저 써요.", "Those at the top come first."),
        field!(vcpu_min, "최소 vCPU", "Fewest vCPUs", Widget::Number { min: 1, max: 1024, unit: NONE })
            .property("MixedInstancesPolicy.LaunchTemplate.Overrides.0.InstanceRequirements.VCpuCount.Min")
            .when(Self::by_requirements)
            .help("이보다 작은 유형은 쓰지 않아요.", "Smaller types are not used."),
        field!(vcpu_max, "최대 vCPU", "Most vCPUs", Widget::Number { min: 1, max: 1024, unit: NONE })
            .property("MixedInstancesPolicy.LaunchTemplate.Overrides.0.InstanceRequirements.VCpuCount.Max")
            .when(Self::by_requirements)
            .help("비우면 제한이 없어요.", "Empty means no limit."),
        field!(
            memory_min,
            "최소 메모리",
            "Least memory",
            Widget::Number { min: 1, max: 25_165_824, unit: t("MiB", "MiB") }
        )
        .property("MixedInstancesPolicy.LaunchTemplate.Overrides.0.InstanceRequirements.MemoryMiB.Min")
        .when(Self::by_requirements)
        .help("이보다 작은 유형은 쓰지 않아요.", "Smaller types are not used."),
        field!(
            memory_max,
            "최대 메모리",
            "Most memory",
            Widget::Number { min: 1, max: 25_165_824, unit: t("MiB", "MiB") }
        )
        .property("MixedInstancesPolicy.LaunchTemplate.Overrides.0.InstanceRequirements.MemoryMiB.Max")
        .when(Self::by_requirements)
        .help("비우면 제한이 없어요.", "Empty means no limit."),
        field!(burstable, "버스트 가능 유형", "Burstable types", Widget::Choice(Usage::CHOICES))
            .property("MixedInstancesPolicy.LaunchTemplate.Overrides.0.InstanceRequirements.BurstablePerformance")
            .when(Self::by_requirements)
            .help("t3처럼 크레딧으로 성능을 내는 유형이에요.", "Types such as t3 that spend credits."),
        field!(
            maintenance,
            "인스턴스 유지 관리 정책",
            "Instance maintenance policy",
            Widget::Choice(Maintenance::CHOICES)
        )
        .help(
            "인스턴스를 바꿀 때 먼저 띄울지 먼저 끌지예요.",
            "Whether a replacement is launched before or after the old one goes.",
        ),
        field!(
            min_healthy,
            "최소 정상 비율",
            "Minimum healthy percentage",
            Widget::Number { min: 0, max: 100, unit: t("%", "%") }
        )
        .when(|of: &Self| matches!(of.maintenance, Maintenance::TerminateFirst | Maintenance::Flexible))
        .help(
            "바꾸는 동안에도 원하는 용량의 이만큼은 정상이에요.",
            "So much of the desired capacity stays healthy meanwhile.",
        ),
        field!(
            max_healthy,
            "최대 정상 비율",
            "Maximum healthy percentage",
            Widget::Number { min: 100, max: 200, unit: t("%", "%") }
        )
        .when(|of: &Self| matches!(of.maintenance, Maintenance::LaunchFirst | Maintenance::Flexible))
        .help(
            "바꾸는 동안 원하는 용량의 이만큼까지 늘어나요.",
            "There may be so much of the desired capacity meanwhile.",
        ),
        field!(termination, "종료 정책", "Termination policies", Widget::Table(columns::<Termination>)).help(
            "줄일 때 어느 인스턴스부터 끌지예요. 비우면 기본 정책이에요.",
            "Which instance goes first. Empty means the default.",
        ),
        field!(protect, "축소 보호", "Scale-in protection", Widget::Toggle)
            .property("NewInstancesProtectedFromScaleIn")
            .help("켜면 새 인스턴스를 줄이지 않아요.", "On, new instances are not removed when scaling in."),
    ];

    fn bare() -> Self {
        Self { grace: 0, ..Self::default() }
    }

    fn caption(&self) -> Option<String> {
        Some(format!("{} ≤ {} ≤ {}", self.min_size, self.desired, self.max_size))
    }
}
