//! A CloudWatch metric alarm.

use crate::catalog::data::metrics;
use crate::catalog::decimal::Decimal;
use crate::catalog::value::FieldValue;
use crate::catalog::{
    Category, Field, Kind, Placement, Record, Resource, Shape, Spec, Suggestion, Value, Widget, columns,
};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field, record};

choices! {
    /// How the metric is compared with the threshold.
    pub enum Comparison {
        GreaterOrEqual = "GreaterThanOrEqualToThreshold" ("이상(≥)", "At or above (≥)"),
        Greater = "GreaterThanThreshold" ("초과(>)", "Above (>)"),
        LessOrEqual = "LessThanOrEqualToThreshold" ("이하(≤)", "At or below (≤)"),
        Less = "LessThanThreshold" ("미만(<)", "Below (<)"),
    }
}

choices! {
    /// What a period without data counts as.
    pub enum MissingData {
        Missing = "missing" ("누락", "Missing"),
        NotBreaching = "notBreaching" ("정상", "Good (not breaching)"),
        Breaching = "breaching" ("위반", "Bad (breaching)"),
        Ignore = "ignore" ("무시(상태 유지)", "Ignore (keep the state)"),
    }
}

/// The kinds whose metrics an alarm can watch.
const WATCHED: &[Kind] = &[
    Kind::Instance,
    Kind::LoadBalancer,
    Kind::TargetGroup,
    Kind::NatGateway,
    Kind::EcsCluster,
    Kind::EcsService,
    Kind::LambdaFunction,
    Kind::ApiGateway,
    Kind::AutoScalingGroup,
    Kind::DbInstance,
    Kind::DynamodbTable,
    Kind::S3Bucket,
    Kind::Distribution,
];

/// One dimension: which resource's metric is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dimension {
    /// Its name: `InstanceId`.
    pub name: String,
    /// The resource, if it is in the drawing.
    pub resource: Option<NodeId>,
    /// The value as text otherwise.
    pub value: String,
}

impl Record for Dimension {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(name, "이름", "Name", Widget::Suggest(metrics::dimension_names))
            .property("Name")
            .help("지표를 나누는 이름이에요. 예: InstanceId", "What the metric is told apart by, such as InstanceId."),
        field!(resource, "리소스", "Resource", Widget::Reference(WATCHED))
            .help("지표의 주인이에요.", "Whose metric it is."),
        field!(value, "값", "Value", Widget::Line)
            .help("그림에 없는 리소스라면 값을 직접 적어요.", "For a resource that is not drawn, its value."),
    ];
}
record!(Dimension);

/// Watches one metric, and acts when it crosses a threshold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Whose metric: `AWS/EC2`.
    pub namespace: String,
    /// Which metric: `CPUUtilization`.
    pub metric: String,
    /// Of which resource.
    pub dimensions: Vec<Dimension>,
    /// How the data points of a period become one: a name, or a percentile such as `p99`.
    pub statistic: String,
    /// Seconds that become one data point.
    pub period: u32,
    /// How many periods are looked at.
    pub evaluation_periods: u16,
    /// How many of them must breach; all where it is empty.
    pub datapoints_to_alarm: Option<u16>,
    /// How the metric is compared.
    pub comparison: Comparison,
    /// With what.
    pub threshold: Decimal,
    /// What a period without data counts as.
    pub missing_data: MissingData,
    /// What happens as the alarm goes off, where it is in the drawing: scaling policies, topics of SNS.
    pub targets: Vec<NodeId>,
    /// ARNs of what happens otherwise.
    pub actions: Vec<String>,
    /// ARNs of what happens as it is over.
    pub ok_actions: Vec<String>,
    /// What it means and what to do.
    pub description: String,
}

impl Default for Alarm {
    fn default() -> Self {
        Self {
            namespace: "AWS/EC2".to_owned(),
            metric: "CPUUtilization".to_owned(),
            dimensions: Vec::new(),
            statistic: "Average".to_owned(),
            period: 300,
            evaluation_periods: 2,
            datapoints_to_alarm: None,
            comparison: Comparison::GreaterOrEqual,
            threshold: Decimal::whole(80),
            missing_data: MissingData::Missing,
            targets: Vec::new(),
            actions: Vec::new(),
            ok_actions: Vec::new(),
            description: String::new(),
        }
    }
}

impl Alarm {
    /// Whether anything happens when it goes off.
    pub fn has_action(&self) -> bool {
        !self.targets.is_empty() || self.actions.iter().any(|action| !action.is_empty())
    }
}

impl Resource for Alarm {
    const KIND: Kind = Kind::Alarm;
    const SPEC: Spec = Spec {
        id: "alarm",
        label: t("CloudWatch 경보", "CloudWatch alarm"),
        category: Category::Management,
        cloudformation_type: "AWS::CloudWatch::Alarm",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["cloudwatch", "경보", "알람", "metric", "지표", "sns", "cpu"],
    };
    const SUMMARY: Text = t(
        "지표가 임계값을 넘으면 알리거나 조정 정책을 실행해요.",
        "Notifies, or runs a scaling policy, when a metric crosses a threshold.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(namespace, "네임스페이스", "Namespace", Widget::Suggest(metrics::namespaces))
            .property("Namespace")
            .help("지표를 내는 서비스예요.", "The service that gives the metric."),
        field!(metric, "지표", "Metric", Widget::Suggest(metrics::metric_names))
            .property("MetricName")
            .help("지켜볼 지표예요.", "The metric to watch."),
        field!(dimensions, "차원", "Dimensions", Widget::Table(columns::<Dimension>))
            .help("어느 리소스의 지표인지 정해요.", "Which resource's metric it is."),
        field!(statistic, "통계", "Statistic", Widget::Suggest(statistics)).help(
            "한 기간의 값을 하나로 모으는 방법이에요. 백분위수는 p99처럼 써요.",
            "How a period's values become one. Percentiles are written p99.",
        ),
        field!(period, "기간", "Period", Widget::Number { min: 10, max: 86_400, unit: t("초", "s") })
            .property("Period")
            .help(
                "데이터 포인트 하나가 되는 시간이에요. 기본 모니터링은 300초예요.",
                "Time that becomes one data point. Basic monitoring has 300 seconds.",
            ),
        field!(
            evaluation_periods,
            "평가 기간 수",
            "Evaluation periods",
            Widget::Number { min: 1, max: 1440, unit: t("개", "") }
        )
        .property("EvaluationPeriods")
        .help("최근 몇 개의 기간을 볼지예요.", "How many recent periods are looked at."),
        field!(
            datapoints_to_alarm,
            "경보할 데이터 포인트",
            "Datapoints to alarm",
            Widget::Number { min: 1, max: 1440, unit: t("개", "") }
        )
        .property("DatapointsToAlarm")
        .help(
            "그 가운데 몇 개가 위반해야 하는지예요. 비우면 모두예요.",
            "How many of them must breach. Empty means all.",
        ),
        field!(comparison, "비교", "Comparison", Widget::Choice(Comparison::CHOICES))
            .property("ComparisonOperator")
            .help("지표가 임계값보다 어떨 때 위반인지예요.", "How the metric must stand to the threshold to breach."),
        field!(threshold, "임계값", "Threshold", Widget::Line).help(
            "지표와 비교할 값이에요. 단위는 지표의 단위예요.",
            "What the metric is compared with, in the metric's unit.",
        ),
        field!(missing_data, "누락된 데이터", "Missing data", Widget::Choice(MissingData::CHOICES))
            .property("TreatMissingData")
            .help("데이터가 없는 기간을 어떻게 볼지예요.", "What a period without data counts as."),
        field!(
            targets,
            "실행할 리소스",
            "Runs",
            Widget::References(&[Kind::ScalingPolicy, Kind::CloudformationResource])
        )
        .help(
            "경보가 울리면 실행할 조정 정책이나 SNS 주제예요.",
            "Scaling policies or SNS topics that run as the alarm goes off.",
        ),
        field!(actions, "경보 작업", "Alarm actions", Widget::List).help(
            "그림에 없는 작업의 ARN이에요. 예: SNS 주제",
            "ARNs of actions that are not drawn, such as an SNS topic.",
        ),
        field!(ok_actions, "정상 작업", "OK actions", Widget::List)
            .property("OKActions")
            .help("정상으로 돌아오면 실행할 작업의 ARN이에요.", "ARNs of what runs as it is over."),
        field!(description, "설명", "Description", Widget::Line)
            .property("AlarmDescription")
            .help("무슨 뜻이고 무엇을 해야 하는지 적어요.", "What it means, and what to do."),
    ];

    fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        let name = metrics::dimension_of(other)?.to_owned();
        let row = Dimension { name, resource: Some(to), value: String::new() };
        WATCHED.contains(&other).then(|| ("dimensions", row.to_value()))
    }

    fn caption(&self) -> Option<String> {
        Some(self.metric.clone())
    }
}

/// The statistics that are not percentiles.
pub const PLAIN_STATISTICS: [&str; 5] = ["Average", "Sum", "Minimum", "Maximum", "SampleCount"];

fn statistics() -> Vec<Suggestion> {
    let plain = PLAIN_STATISTICS.into_iter().zip([
        t("평균", "Average"),
        t("합계", "Sum"),
        t("최솟값", "Minimum"),
        t("최댓값", "Maximum"),
        t("데이터 수", "Sample count"),
    ]);
    let percentiles = ["p50", "p90", "p95", "p99"].into_iter().zip([
        t("백분위수 50", "50th percentile"),
        t("백분위수 90", "90th percentile"),
        t("백분위수 95", "95th percentile"),
        t("백분위수 99", "99th percentile"),
    ]);
    plain.chain(percentiles).map(|(value, label)| Suggestion { value: value.to_owned(), label: label.into() }).collect()
}
