//! A dashboard's body has the form that CloudWatch takes.
use crate::catalog::kinds::Dashboard;
use crate::catalog::{Body, Kind};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::template::Json;
use crate::text::{Message, t};
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "dashboard-body-malformed",
    severity: Severity::Error,
    title: t("형식이 틀린 대시보드 본문", "Malformed dashboard body"),
    why: t(
        "본문이 CloudWatch의 형식이 아니면 대시보드가 만들어지지 않아요.",
        "CloudWatch does not create a dashboard whose body has another form.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html",
    fixes: true,
    check,
};

/// The types of widgets.
const TYPES: [&str; 6] = ["metric", "text", "log", "alarm", "explorer", "custom"];
/// Columns of a dashboard.
const COLUMNS: u64 = 24;

fn check(context: &Context, report: &mut Report) {
    for (id, node, dashboard) in context.all::<Dashboard>() {
        let Some(why) = fault(dashboard) else { continue };
        let (name, ko, en) = (&node.name, why.ko, why.en);
        let note = report
            .note(
                id,
                Message {
                    ko: format!("대시보드 {name}의 본문: {ko}"), en: format!("Body of dashboard {name}: {en}")
                },
            )
            .field(id_of!(Dashboard.body));
        if let Some(body) = Body::value(&Kind::Dashboard.new_body(), "body") {
            note.fix(
                message!("기본 위젯으로 다시 시작하기", "Start again with a plain widget"),
                vec![Edit::set(id, id_of!(Dashboard.body), body)],
            );
        }
    }
}

/// The first thing that is wrong with a body.
fn fault(dashboard: &Dashboard) -> Option<Message> {
    let json = dashboard.body.json()?;
    let Some(widgets) = json.get("widgets").and_then(Json::as_array) else {
        return Some(message!("widgets 목록이 없어요.", "it has no list of widgets."));
    };
    widgets.iter().enumerate().find_map(|(at, widget)| {
        let number = at + 1;
        let size = |key: &str| widget.get(key).map(|value| value.as_u64().unwrap_or(u64::MAX));
        let kind = widget.get("type").and_then(Json::as_str).unwrap_or_default();
        if !TYPES.contains(&kind) {
            let list = TYPES.join(", ");
            return Some(message!(
                "{number}번째 위젯의 type이 '{kind}'이에요(예요). 가능한 값: {list}",
                "type of widget {number} is \"{kind}\". Allowed: {list}."
            ));
        }
        if !widget.get("properties").is_some_and(Json::is_object) {
            return Some(message!("{number}번째 위젯에 properties가 없어요.", "widget {number} has no properties."));
        }
        let wide = size("width").unwrap_or(6);
        let across = size("x").unwrap_or(0).saturating_add(wide);
        if wide == 0 || across > COLUMNS {
            return Some(message!(
                "{number}번째 위젯이 {COLUMNS}칸을 넘어요. x와 width를 줄이세요.",
                "widget {number} passes the {COLUMNS} columns. Lessen x or width."
            ));
        }
        let lacks = |key: &str| widget.get("properties").is_none_or(|properties| properties.get(key).is_none());
        if kind == "text" && lacks("markdown") {
            return Some(message!(
                "{number}번째 글 위젯에 markdown이 없어요.",
                "text widget {number} has no markdown."
            ));
        }
        if kind == "metric" && lacks("metrics") && lacks("annotations") {
            return Some(message!(
                "{number}번째 지표 위젯에 metrics가 없어요.",
                "metric widget {number} has no metrics."
            ));
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Dashboard;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_what_is_no_list_of_widgets() {
        let mut n = two_zones();
        n.add("region", "board", Dashboard::default());
        for body in [
            "[]",
            r#"{"widgets": {}}"#,
            r#"{"widgets": [{"type": "graph", "properties": {}}]}"#,
            r#"{"widgets": [{"type": "text"}]}"#,
            r#"{"widgets": [{"type": "text", "x": 20, "width": 6, "properties": {"markdown": "a"}}]}"#,
            r#"{"widgets": [{"type": "metric", "properties": {}}]}"#,
        ] {
            n.set("board", "body", body);
            fires(&RULE, &n, &["board"]);
        }
    }

    #[test]
    fn quiet_as_it_is_dropped_and_when_empty() {
        let mut n = two_zones();
        n.add("region", "board", Dashboard::default());
        quiet(&RULE, &n);
        n.set("board", "body", "");
        quiet(&RULE, &n);
    }
}
