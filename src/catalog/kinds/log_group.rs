//! A log group of CloudWatch Logs.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// For how many days log events are kept: the periods that CloudWatch Logs offers.
    pub enum LogRetention {
        Never = "never" ("만료 없음", "Never expire"),
        Days1 = "1" ("1일", "1 day"),
        Days3 = "3" ("3일", "3 days"),
        Days5 = "5" ("5일", "5 days"),
        Days7 = "7" ("1주", "1 week"),
        Days14 = "14" ("2주", "2 weeks"),
        Days30 = "30" ("1개월", "1 month"),
        Days60 = "60" ("2개월", "2 months"),
        Days90 = "90" ("3개월", "3 months"),
        Days120 = "120" ("4개월", "4 months"),
        Days150 = "150" ("5개월", "5 months"),
        Days180 = "180" ("6개월", "6 months"),
        Days365 = "365" ("12개월", "12 months"),
        Days400 = "400" ("13개월", "13 months"),
        Days545 = "545" ("18개월", "18 months"),
        Days731 = "731" ("2년", "2 years"),
        Days1096 = "1096" ("3년", "3 years"),
        Days1827 = "1827" ("5년", "5 years"),
        Days2192 = "2192" ("6년", "6 years"),
        Days2557 = "2557" ("7년", "7 years"),
        Days2922 = "2922" ("8년", "8 years"),
        Days3288 = "3288" ("9년", "9 years"),
        Days3653 = "3653" ("10년", "10 years"),
    }
}

choices! {
    /// What can be done with the events.
    pub enum LogClass {
        Standard = "STANDARD" ("표준", "Standard"),
        InfrequentAccess = "INFREQUENT_ACCESS" ("드문 액세스", "Infrequent access"),
    }
}

/// Holds the log streams of containers and functions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGroup {
    /// Its name; CloudFormation chooses one where it is empty.
    pub log_group_name: String,
    /// For how long events are kept.
    pub retention: LogRetention,
    /// What can be done with them.
    pub log_class: LogClass,
}

impl Default for LogGroup {
    fn default() -> Self {
        Self { log_group_name: String::new(), retention: LogRetention::Days14, log_class: LogClass::Standard }
    }
}

impl Resource for LogGroup {
    const KIND: Kind = Kind::LogGroup;
    const SPEC: Spec = Spec {
        id: "log_group",
        label: t("로그 그룹", "Log group"),
        category: Category::Management,
        cloudformation_type: "AWS::Logs::LogGroup",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["cloudwatch logs", "awslogs", "로그", "log"],
    };
    const SUMMARY: Text = t(
        "컨테이너와 함수가 남기는 로그를 모아요. 보존 기간이 지나면 지워져요.",
        "Collects what containers and functions log. Events are deleted after the retention period.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(log_group_name, "로그 그룹 이름", "Log group name", Widget::Line).property("LogGroupName").help(
            "예: /ecs/web. 비우면 CloudFormation이 지어요.",
            "Such as /ecs/web. Empty lets CloudFormation choose.",
        ),
        field!(retention, "보존 기간", "Retention", Widget::Choice(LogRetention::CHOICES)).help(
            "이보다 오래된 로그는 지워요. 만료 없음이면 저장 요금이 계속 늘어요.",
            "Older events are deleted. Without an end, storage costs keep growing.",
        ),
        field!(log_class, "로그 클래스", "Log class", Widget::Choice(LogClass::CHOICES))
            .property("LogGroupClass")
            .help(
                "드문 액세스는 수집 요금이 절반이지만 지표 필터와 실시간 보기가 없어요.",
                "Infrequent access halves the price of ingestion and lacks metric filters and live tail.",
            ),
    ];

    fn caption(&self) -> Option<String> {
        (!self.log_group_name.is_empty()).then(|| self.log_group_name.clone())
    }
}
