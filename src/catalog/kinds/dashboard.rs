//! A CloudWatch dashboard.

use crate::catalog::{Category, Field, JsonText, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::text::{Text, t};

/// Graphs of metrics on a page of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dashboard {
    /// Its name; CloudFormation chooses one where it is empty.
    pub dashboard_name: String,
    /// Its widgets as JSON. `${AWS::Region}` and the like stand for what is known at deployment.
    pub body: JsonText,
}

impl Default for Dashboard {
    fn default() -> Self {
        let body = serde_json::json!({
            "widgets": [{
                "type": "metric", "x": 0, "y": 0, "width": 12, "height": 6,
                "properties": {
                    "title": "CPU",
                    "view": "timeSeries",
                    "region": "${AWS::Region}",
                    "stat": "Average",
                    "period": 300,
                    "metrics": [["AWS/EC2", "CPUUtilization"]]
                }
            }]
        });
        Self { dashboard_name: String::new(), body: JsonText::of(&body) }
    }
}

impl Resource for Dashboard {
    const KIND: Kind = Kind::Dashboard;
    const SPEC: Spec = Spec {
        id: "dashboard",
        label: t("CloudWatch 대시보드", "CloudWatch dashboard"),
        category: Category::Management,
        cloudformation_type: "AWS::CloudWatch::Dashboard",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["cloudwatch", "그래프", "graph", "지표", "metrics"],
    };
    const SUMMARY: Text = t(
        "지표 그래프를 한 화면에 모아요. 대시보드 3개까지는 무료예요.",
        "Puts graphs of metrics on one page. The first three dashboards are free.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(dashboard_name, "대시보드 이름", "Dashboard name", Widget::Line).property("DashboardName").help(
            "영문, 숫자와 -_만 써요. 비우면 CloudFormation이 지어요.",
            "Letters, digits and -_ only. Empty lets CloudFormation choose.",
        ),
        field!(body, "본문", "Body", Widget::Json).help(
            "위젯의 목록이에요. 리전은 ${AWS::Region}으로 쓸 수 있어요.",
            "The list of widgets. The region may be written ${AWS::Region}.",
        ),
    ];
}
