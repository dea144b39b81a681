//! A service behind a load balancer: which container takes the requests of which target group, and how blue and green change places.

use crate::catalog::{Field, Kind, Record, Widget};
use crate::id::NodeId;
use crate::text::t;
use crate::{field, record};

/// A container that takes the requests of a target group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceBalancer {
    /// Where tasks register.
    pub target_group: Option<NodeId>,
    /// Which container; the first that listens where it is empty.
    pub container: String,
    /// Which of its ports; the first where it is empty.
    pub port: Option<u16>,
    /// The second target group, which the new version's tasks join in a blue/green deployment.
    pub green_group: Option<NodeId>,
}

impl Record for ServiceBalancer {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(target_group, "대상 그룹", "Target group", Widget::Reference(&[Kind::TargetGroup])).of_same_vpc().help(
            "태스크가 등록될 대상 그룹이에요. 대상 유형이 IP 주소여야 해요.",
            "Where tasks register. Its targets must be IP addresses.",
        ),
        field!(container, "컨테이너", "Container", Widget::Line).help(
            "요청을 받을 컨테이너 이름이에요. 비우면 포트를 여는 첫 컨테이너예요.",
            "The container that takes requests. Empty means the first that listens.",
        ),
        field!(port, "컨테이너 포트", "Container port", Widget::Number { min: 1, max: 65_535, unit: t("", "") }).help(
            "태스크 정의의 포트 매핑에 있는 포트예요. 비우면 첫 포트예요.",
            "A port of the task definition's mappings. Empty means the first.",
        ),
        field!(green_group, "그린 대상 그룹", "Green target group", Widget::Reference(&[Kind::TargetGroup]))
            .of_same_vpc()
            .help(
                "블루/그린 배포에서 새 버전이 등록될 두 번째 대상 그룹이에요.",
                "The second target group, for the new version of a blue/green deployment.",
            ),
    ];
}
record!(ServiceBalancer);
