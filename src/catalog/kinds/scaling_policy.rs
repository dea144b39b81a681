//! A scaling policy of an Auto Scaling group: when it grows and shrinks, and by how much.

use crate::catalog::decimal::Decimal;
use crate::catalog::{Category, Field, Kind, Placement, Record, Resource, Shape, Spec, Widget, columns};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field, record};

choices! {
    /// How a policy decides.
    pub enum PolicyType {
        TargetTracking = "TargetTrackingScaling" ("대상 추적", "Target tracking"),
        Simple = "SimpleScaling" ("단순 조정", "Simple scaling"),
        Step = "StepScaling" ("단계 조정", "Step scaling"),
        Predictive = "PredictiveScaling" ("예측 조정", "Predictive scaling"),
    }
}

choices! {
    /// What target tracking holds and predictive scaling foresees.
    pub enum ScalingMetric {
        Cpu = "ASGAverageCPUUtilization" ("평균 CPU 사용률", "Average CPU utilisation"),
        NetworkIn = "ASGAverageNetworkIn" ("평균 네트워크 수신", "Average network in"),
        NetworkOut = "ASGAverageNetworkOut" ("평균 네트워크 송신", "Average network out"),
        Requests = "ALBRequestCountPerTarget" ("대상당 ALB 요청 수", "ALB requests per target"),
    }
}

choices! {
    /// What an adjustment means.
    pub enum AdjustmentType {
        Change = "ChangeInCapacity" ("늘리거나 줄일 대수", "Instances more or fewer"),
        Percent = "PercentChangeInCapacity" ("늘리거나 줄일 비율(%)", "Per cent more or fewer"),
        Exact = "ExactCapacity" ("정확한 대수", "Exactly so many instances"),
    }
}

choices! {
    /// How a step policy reads the alarm's metric.
    pub enum Aggregation {
        Average = "Average" ("평균", "Average"),
        Minimum = "Minimum" ("최솟값", "Minimum"),
        Maximum = "Maximum" ("최댓값", "Maximum"),
    }
}

choices! {
    /// What predictive scaling does with its forecast.
    pub enum PredictiveMode {
        ForecastOnly = "ForecastOnly" ("예측만", "Forecast only"),
        ForecastAndScale = "ForecastAndScale" ("예측하고 조정", "Forecast and scale"),
    }
}

/// One step: how much to adjust while the metric is within bounds that count from the alarm's threshold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// From here, above the threshold; nothing means from below everything.
    pub lower: Option<Decimal>,
    /// Up to here, above the threshold; nothing means to the top.
    pub upper: Option<Decimal>,
    /// By how much.
    pub adjustment: i32,
}

impl Default for Step {
    fn default() -> Self {
        Self { lower: Some(Decimal::whole(0)), upper: None, adjustment: 1 }
    }
}

impl Record for Step {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(lower, "하한", "Lower bound", Widget::Line).property("MetricIntervalLowerBound").help(
            "경보 임계값에서 얼마나 위부터인지예요. 비우면 끝이 없어요.",
            "From how far above the alarm's threshold. Empty means no end.",
        ),
        field!(upper, "상한", "Upper bound", Widget::Line).property("MetricIntervalUpperBound").help(
            "경보 임계값에서 얼마나 위까지인지예요. 비우면 끝이 없어요.",
            "Up to how far above the alarm's threshold. Empty means no end.",
        ),
        field!(adjustment, "조정", "Adjustment", Widget::Number { min: -10_000, max: 10_000, unit: t("", "") })
            .property("ScalingAdjustment")
            .help("늘릴 만큼은 양수, 줄일 만큼은 음수예요.", "Positive to grow, negative to shrink."),
    ];
}
record!(Step);

/// Changes the size of the Auto Scaling group it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScalingPolicy {
    /// How it decides.
    pub policy_type: PolicyType,
    /// What it holds or foresees.
    pub metric: ScalingMetric,
    /// The target group whose requests are counted.
    pub target_group: Option<NodeId>,
    /// The value to hold.
    pub target: Decimal,
    /// Whether it only grows.
    pub disable_scale_in: bool,
    /// What an adjustment means.
    pub adjustment_type: AdjustmentType,
    /// By how much (simple).
    pub adjustment: i32,
    /// Seconds to wait before the next (simple); nothing means the group's.
    pub cooldown: Option<u32>,
    /// By how much at which distance from the threshold (step).
    pub steps: Vec<Step>,
    /// How the alarm's metric is read (step).
    pub aggregation: Aggregation,
    /// The least change by per cent.
    pub min_magnitude: Option<u16>,
    /// Seconds until a new instance counts; nothing means the group's default.
    pub warmup: Option<u32>,
    /// What is done with the forecast (predictive).
    pub mode: PredictiveMode,
    /// Seconds by which instances are launched ahead of the forecast (predictive).
    pub ahead: u32,
    /// Whether a forecast may go beyond the maximum capacity (predictive).
    pub exceed_max: bool,
}

impl Default for ScalingPolicy {
    fn default() -> Self {
        Self {
            policy_type: PolicyType::TargetTracking,
            metric: ScalingMetric::Cpu,
            target_group: None,
            target: Decimal::whole(50),
            disable_scale_in: false,
            adjustment_type: AdjustmentType::Change,
            adjustment: 1,
            cooldown: None,
            steps: vec![Step::default()],
            aggregation: Aggregation::Average,
            min_magnitude: None,
            warmup: None,
            mode: PredictiveMode::ForecastOnly,
            ahead: 300,
            exceed_max: false,
        }
    }
}

impl ScalingPolicy {
    /// Whether it watches a metric by itself, without an alarm.
    pub const fn watches(&self) -> bool {
        matches!(self.policy_type, PolicyType::TargetTracking | PolicyType::Predictive)
    }

    /// Whether it counts the requests of a target group.
    pub fn counts_requests(&self) -> bool {
        self.watches() && self.metric == ScalingMetric::Requests
    }

    const fn adjusts(&self) -> bool {
        matches!(self.policy_type, PolicyType::Simple | PolicyType::Step)
    }
}

const SECONDS: Text = t("초", "s");

impl Resource for ScalingPolicy {
    const KIND: Kind = Kind::ScalingPolicy;
    const SPEC: Spec = Spec {
        id: "scaling_policy",
        label: t("조정 정책", "Scaling policy"),
        category: Category::Compute,
        cloudformation_type: "AWS::AutoScaling::ScalingPolicy",
        placement: Placement { root: false, parents: &[Kind::AutoScalingGroup] },
        shape: Shape::Tile,
        ancestors: &[(Kind::AutoScalingGroup, "AutoScalingGroupName")],
        tags: false,
        keywords: &["target tracking", "step", "predictive", "asg", "조정", "스케일링", "대상 추적", "예측"],
    };
    const SUMMARY: Text = t(
        "Auto Scaling 그룹이 언제 얼마나 늘고 줄지 정해요. 대상 추적이면 지표를 한 값에 맞춰요.",
        "Decides when an Auto Scaling group grows and shrinks, and by how much. Target tracking holds a metric at a value.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/scale-your-group.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(policy_type, "정책 유형", "Policy type", Widget::Choice(PolicyType::CHOICES)).property("PolicyType").help(
            "대상 추적이 가장 쉬워요. 단순 조정과 단계 조정은 경보가 실행하고, 예측 조정은 과거로 앞날을 내다봐요.",
            "Target tracking is easiest. An alarm runs simple and step scaling; predictive scaling foresees from the past.",
        ),
        field!(metric, "지표", "Metric", Widget::Choice(ScalingMetric::CHOICES))
            .when(Self::watches)
            .help("이 지표를 보고 늘리고 줄여요.", "The group grows and shrinks by it."),
        field!(target_group, "요청을 셀 대상 그룹", "Target group", Widget::Reference(&[Kind::TargetGroup]))
            .when(Self::counts_requests)
            .help("ALB가 이 대상 그룹으로 보낸 요청을 세요.", "The requests that the ALB sends to it are counted."),
        field!(target, "목표 값", "Target value", Widget::Line)
            .when(Self::watches)
            .help("지표를 이 값에 맞춰요. CPU라면 50은 50%예요.", "The metric is held at it; for CPU 50 means 50 per cent."),
        field!(disable_scale_in, "축소 안 함", "Do not scale in", Widget::Toggle)
            .property("TargetTrackingConfiguration.DisableScaleIn")
            .when(|of: &Self| of.policy_type == PolicyType::TargetTracking)
            .help("켜면 늘리기만 해요.", "On, the policy only adds instances."),
        field!(adjustment_type, "조정 방법", "Adjustment type", Widget::Choice(AdjustmentType::CHOICES))
            .property("AdjustmentType")
            .when(Self::adjusts)
            .help("조정 값의 뜻이에요.", "What an adjustment means."),
        field!(adjustment, "조정", "Adjustment", Widget::Number { min: -10_000, max: 10_000, unit: t("", "") })
            .property("ScalingAdjustment")
            .when(|of: &Self| of.policy_type == PolicyType::Simple)
            .help("늘릴 만큼은 양수, 줄일 만큼은 음수예요.", "Positive to grow, negative to shrink."),
        field!(cooldown, "휴지 기간", "Cooldown", Widget::Number { min: 0, max: 86_400, unit: SECONDS })
            .property("Cooldown")
            .when(|of: &Self| of.policy_type == PolicyType::Simple)
            .help("다음 조정까지 기다려요. 비우면 그룹의 값이에요.", "The wait before the next. Empty means the group's."),
        field!(steps, "단계", "Steps", Widget::Table(columns::<Step>))
            .property("StepAdjustments")
            .when(|of: &Self| of.policy_type == PolicyType::Step)
            .help(
                "경보 임계값에서 멀수록 더 많이 조정해요. 임계값이 70%면 하한 0은 70%, 20은 90%예요.",
                "The further from the alarm's threshold, the larger. With a threshold of 70 %, bound 0 is 70 % and 20 is 90 %.",
            ),
        field!(aggregation, "지표 집계", "Metric aggregation", Widget::Choice(Aggregation::CHOICES))
            .property("MetricAggregationType")
            .when(|of: &Self| of.policy_type == PolicyType::Step)
            .help("경보의 지표를 모으는 방법이에요.", "How the alarm's metric is read."),
        field!(min_magnitude, "최소 조정 대수", "Minimum adjustment", Widget::Number { min: 1, max: 10_000, unit: t("대", "") })
            .property("MinAdjustmentMagnitude")
            .when(|of: &Self| of.adjusts() && of.adjustment_type == AdjustmentType::Percent)
            .help("비율로 셈한 값이 작아도 이만큼은 조정해요.", "At least so many, however small the percentage."),
        field!(warmup, "워밍업", "Warm-up", Widget::Number { min: 0, max: 86_400, unit: SECONDS })
            .property("EstimatedInstanceWarmup")
            .when(|of: &Self| matches!(of.policy_type, PolicyType::TargetTracking | PolicyType::Step))
            .help("이 시간이 지나야 새 인스턴스를 셈에 넣어요. 비우면 그룹의 기본값이에요.", "Until then a new instance does not count. Empty means the group's default."),
        field!(mode, "예측 모드", "Forecast mode", Widget::Choice(PredictiveMode::CHOICES))
            .property("PredictiveScalingConfiguration.Mode")
            .when(|of: &Self| of.policy_type == PolicyType::Predictive)
            .help("먼저 예측만 해 보고 맞으면 조정까지 켜요.", "Look at the forecast first; scale by it once it is right."),
        field!(ahead, "미리 띄우기", "Launch ahead", Widget::Number { min: 0, max: 3600, unit: SECONDS })
            .property("PredictiveScalingConfiguration.SchedulingBufferTime")
            .when(|of: &Self| of.policy_type == PolicyType::Predictive)
            .help("예측한 때보다 이만큼 먼저 띄워요.", "Instances are launched so much ahead of the forecast."),
        field!(exceed_max, "최대 용량 넘기", "Exceed the maximum", Widget::Toggle)
            .when(|of: &Self| of.policy_type == PolicyType::Predictive)
            .help("예측이 최대 용량보다 크면 최대 용량을 늘려요.", "Raises the maximum capacity where the forecast is above it."),
    ];

    fn bare() -> Self {
        Self { policy_type: PolicyType::Simple, ..Self::default() }
    }

    fn caption(&self) -> Option<String> {
        Some(match self.policy_type {
            PolicyType::TargetTracking | PolicyType::Predictive if self.metric == ScalingMetric::Cpu => {
                format!("CPU {}%", self.target)
            }
            PolicyType::TargetTracking | PolicyType::Predictive => self.target.to_string(),
            PolicyType::Simple => format!("{:+}", self.adjustment),
            PolicyType::Step => {
                self.steps.iter().map(|step| format!("{:+}", step.adjustment)).collect::<Vec<_>>().join(" ")
            }
        })
    }
}
