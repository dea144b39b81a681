//! What says when something runs is in the form that AWS takes. The form refuses anything else; a template or a file may hold it all the same.

use crate::catalog::{Value, Widget, typed};
use crate::facts::Context;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "schedule-malformed",
    severity: Severity::Error,
    title: t("읽을 수 없는 일정", "Schedule that cannot be read"),
    why: t(
        "cron, 시각이나 시간대의 형식이 다르면 AWS가 거부해서 배포가 실패해요.",
        "AWS refuses a recurrence, a time or a window in another form, and the deployment fails.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node) in context.design.nodes() {
        let schedules =
            node.body.fields().into_iter().filter(|meta| {
                matches!(meta.widget, Widget::Cron { .. } | Widget::Moment { .. } | Widget::Window { .. })
            });
        for meta in schedules {
            let Some(Value::Text(text)) = node.body.value(meta.id) else { continue };
            let Err(why) = typed::read(&meta.widget, &text) else { continue };
            let (name, label) = (&node.name, meta.label);
            let (ko, en, why_ko, why_en) = (label.ko, label.en, why.ko, why.en);
            report.note(id, message!("{name}의 {ko}: {why_ko}", "{en} of {name}: {why_en}")).field(meta.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, scaled};
    use crate::rules::testing_services::stored;

    #[test]
    fn fires_on_another_form() {
        for (field, text) in
            [("recurrence", "0 9 ? * MON-FRI *"), ("start_time", "tomorrow"), ("end_time", "2026-05-01")]
        {
            let mut sketch = scaled();
            sketch.set("morning", field, text);
            fires(&RULE, &sketch, &["morning"]);
        }
        let mut sketch = stored();
        sketch.set("db", "maintenance_window", "sunday night");
        fires(&RULE, &sketch, &["db"]);
    }

    #[test]
    fn quiet_on_what_aws_takes_and_on_nothing() {
        let mut sketch = scaled();
        quiet(&RULE, &sketch);
        sketch.set("morning", "recurrence", "");
        sketch.set("morning", "start_time", "2030-05-01T00:00:00Z");
        quiet(&RULE, &sketch);
        let mut sketch = stored();
        sketch.set("db", "maintenance_window", "sun:19:00-sun:19:30");
        sketch.set("db", "backup_window", "18:00-18:30");
        quiet(&RULE, &sketch);
    }
}
