//! A scheduled action: another size of an Auto Scaling group at a set time.

use crate::catalog::schedule::Clock;
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Suggestion, Thumb, Widget};
use crate::field;
use crate::text::{Text, t};

/// Changes the size of the Auto Scaling group it stands in, once or again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledAction {
    /// When, again and again, as cron: `0 9 * * 1-5`; empty for once.
    pub recurrence: String,
    /// When for the first time, as `2026-05-01T00:00:00Z`; needed for once.
    pub start_time: String,
    /// When it stops recurring.
    pub end_time: String,
    /// In which zone the recurrence is meant.
    pub time_zone: String,
    /// The least number of instances from then on.
    pub min_size: Option<u32>,
    /// The number of instances from then on.
    pub desired: Option<u32>,
    /// The most instances from then on.
    pub max_size: Option<u32>,
}

impl Default for ScheduledAction {
    fn default() -> Self {
        Self {
            recurrence: "0 9 * * 1-5".to_owned(),
            start_time: String::new(),
            end_time: String::new(),
            time_zone: "Asia/Seoul".to_owned(),
            min_size: None,
            desired: Some(2),
            max_size: None,
        }
    }
}

const CLOCK: Clock = Clock { zone: "time_zone", start: "start_time", end: "end_time" };
const SERVERS: Text = t("대", "");

impl Resource for ScheduledAction {
    const KIND: Kind = Kind::ScheduledAction;
    const SPEC: Spec = Spec {
        id: "scheduled_action",
        label: t("예약된 작업", "Scheduled action"),
        category: Category::Compute,
        cloudformation_type: "AWS::AutoScaling::ScheduledAction",
        placement: Placement { root: false, parents: &[Kind::AutoScalingGroup] },
        shape: Shape::Tile,
        ancestors: &[(Kind::AutoScalingGroup, "AutoScalingGroupName")],
        tags: false,
        keywords: &["cron", "schedule", "asg", "일정", "예약", "스케줄"],
    };
    const SUMMARY: Text = t(
        "정한 시각에 Auto Scaling 그룹의 크기를 바꿔요. 행사처럼 붐빌 때를 미리 알면 써요.",
        "Changes the size of an Auto Scaling group at a set time, for rushes that are known beforehand.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(recurrence, "반복", "Recurrence", Widget::Cron { clock: CLOCK, usual: recurrences })
            .property("Recurrence")
            .help(
                "분 시 일 월 요일 순서의 cron이에요. 비우면 시작 시각에 한 번만 해요.",
                "Cron: minute, hour, day, month, weekday. Empty means once, at the start time.",
            ),
        field!(start_time, "시작 시각", "Start time", Widget::Moment { zone: CLOCK.zone }).property("StartTime").help(
            "UTC로 적어요. 예: 2026-05-01T00:00:00Z. 반복한다면 비워도 돼요.",
            "In UTC, such as 2026-05-01T00:00:00Z. May be empty if it recurs.",
        ),
        field!(end_time, "종료 시각", "End time", Widget::Moment { zone: CLOCK.zone })
            .property("EndTime")
            .when(|of: &Self| !of.recurrence.is_empty())
            .help("반복을 마칠 시각이에요. 비우면 계속 반복해요.", "When it stops recurring. Empty means never."),
        field!(time_zone, "시간대", "Time zone", Widget::Suggest(time_zones))
            .property("TimeZone")
            .when(|of: &Self| !of.recurrence.is_empty())
            .help("반복의 시각이 어느 시간대인지예요.", "The zone in which the recurrence is meant."),
        field!(min_size, "최소 용량", "Minimum capacity", Widget::Number { min: 0, max: 10_000, unit: SERVERS })
            .property("MinSize")
            .on_track(Thumb::Least)
            .help("비우면 그대로 둬요.", "Empty leaves it as it is."),
        field!(desired, "원하는 용량", "Desired capacity", Widget::Number { min: 0, max: 10_000, unit: SERVERS })
            .property("DesiredCapacity")
            .on_track(Thumb::Wanted)
            .help("비우면 그대로 둬요.", "Empty leaves it as it is."),
        field!(max_size, "최대 용량", "Maximum capacity", Widget::Number { min: 0, max: 10_000, unit: SERVERS })
            .property("MaxSize")
            .on_track(Thumb::Most)
            .help("비우면 그대로 둬요.", "Empty leaves it as it is."),
    ];

    fn bare() -> Self {
        Self { recurrence: String::new(), time_zone: String::new(), desired: None, ..Self::default() }
    }

    fn caption(&self) -> Option<String> {
        Some(if self.recurrence.is_empty() { self.start_time.clone() } else { self.recurrence.clone() })
    }
}

fn recurrences() -> Vec<Suggestion> {
    [
        ("0 9 * * 1-5", "평일 아침 9시", "9 in the morning on weekdays"),
        ("0 18 * * 1-5", "평일 저녁 6시", "6 in the evening on weekdays"),
        ("0 22 * * *", "매일 밤 10시(밤에 줄이거나 멈추기)", "10 at night, to shrink or stop for the night"),
        ("0 0 * * *", "매일 자정", "Midnight every day"),
        ("0 * * * *", "매시 정각", "Every hour"),
        ("0 9 1 * *", "매달 1일 아침 9시", "9 in the morning on the first of a month"),
    ]
    .map(|(value, ko, en)| Suggestion { value: value.to_owned(), label: t(ko, en).into() })
    .into()
}

fn time_zones() -> Vec<Suggestion> {
    [
        ("Asia/Seoul", "서울", "Seoul"),
        ("Etc/UTC", "협정 세계시", "Coordinated universal time"),
        ("Asia/Tokyo", "도쿄", "Tokyo"),
        ("Asia/Singapore", "싱가포르", "Singapore"),
        ("Europe/London", "런던", "London"),
        ("America/New_York", "뉴욕", "New York"),
        ("America/Los_Angeles", "로스앤젤레스", "Los Angeles"),
    ]
    .map(|(value, ko, en)| Suggestion { value: value.to_owned(), label: t(ko, en).into() })
    .into()
}
