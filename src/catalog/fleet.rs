//! How an Auto Scaling group chooses and replaces its instances: purchase options, types, maintenance, and who goes first.

use super::{Field, Record, Widget};
use crate::catalog::launch;
use crate::text::t;
use crate::{choices, field, record};

choices! {
    /// In which order On-Demand types are taken.
    pub enum OnDemandStrategy {
        Prioritized = "prioritized" ("목록 순서대로", "In the order of the list"),
        LowestPrice = "lowest-price" ("가장 싼 것부터", "The cheapest first"),
    }
}

choices! {
    /// From which pools Spot instances are taken.
    pub enum SpotStrategy {
        PriceCapacity = "price-capacity-optimized" ("가격과 용량 최적화(권장)", "Price and capacity (recommended)"),
        Capacity = "capacity-optimized" ("용량 최적화", "Capacity"),
        CapacityPrioritized = "capacity-optimized-prioritized" ("용량 최적화, 목록 순서 고려", "Capacity, with regard to the list's order"),
        LowestPrice = "lowest-price" ("최저 가격", "Lowest price"),
    }
}

choices! {
    /// Where the instance types come from.
    pub enum Selection {
        Template = "template" ("시작 템플릿대로", "As the launch template says"),
        Types = "types" ("목록에서", "From a list"),
        Requirements = "requirements" ("조건으로", "By requirements"),
    }
}

choices! {
    /// Whether types of a sort are taken.
    pub enum Usage {
        Included = "included" ("포함", "Included"),
        Excluded = "excluded" ("제외", "Excluded"),
        Required = "required" ("이것만", "Only these"),
    }
}

choices! {
    /// What goes first when an instance is replaced.
    pub enum Maintenance {
        None = "none" ("정책 없음(상황마다 다름)", "No policy (mixed behaviour)"),
        LaunchFirst = "launch-first" ("가용성 우선: 먼저 띄우기", "Availability first: launch before terminating"),
        TerminateFirst = "terminate-first" ("비용 우선: 먼저 끄기", "Cost first: terminate and launch"),
        Flexible = "flexible" ("직접 정하기", "Custom"),
    }
}

choices! {
    /// Which instance goes first when there are too many.
    pub enum TerminationRule {
        Default = "Default" ("기본", "Default"),
        OldestInstance = "OldestInstance" ("가장 오래된 인스턴스", "Oldest instance"),
        NewestInstance = "NewestInstance" ("가장 새 인스턴스", "Newest instance"),
        OldestLaunchTemplate = "OldestLaunchTemplate" ("가장 오래된 시작 템플릿", "Oldest launch template"),
        ClosestToHour = "ClosestToNextInstanceHour" ("요금 단위가 끝나 가는 것", "Closest to the next billing hour"),
        Allocation = "AllocationStrategy" ("할당 전략에 맞게", "By the allocation strategy"),
    }
}

/// One of the rules by which an instance is chosen to go, tried in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Termination {
    /// The rule.
    pub rule: TerminationRule,
}

impl Record for Termination {
    const COLUMNS: &'static [Field<Self>] = &[field!(rule, "정책", "Policy", Widget::Choice(TerminationRule::CHOICES))
        .help("먼저 끌 인스턴스를 고르는 방법이에요.", "How the instance that goes first is chosen.")];
}
record!(Termination);

/// A type that instances may be of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Family and size.
    pub instance_type: String,
    /// How many units of capacity one counts as.
    pub weight: Option<u16>,
}

impl Default for Override {
    fn default() -> Self {
        Self { instance_type: "t3.small".to_owned(), weight: None }
    }
}

impl Record for Override {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(instance_type, "인스턴스 유형", "Instance type", Widget::Suggest(launch::types))
            .property("InstanceType")
            .help("쓸 수 있는 유형이에요.", "A type that may be used."),
        field!(weight, "가중치", "Weight", Widget::Number { min: 1, max: 999, unit: t("", "") })
            .property("WeightedCapacity")
            .help("용량 몇 개로 셀지예요. 비우면 1이에요.", "How many units it counts as. Empty means 1."),
    ];
}
record!(Override);
