//! An alarm watches a metric that its namespace has.
use crate::catalog::data::metrics::{NAMESPACES, Namespace, namespace};
use crate::catalog::kinds::Alarm;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "alarm-metric-unknown",
    severity: Severity::Error,
    title: t("없는 지표를 지켜보는 경보", "Alarm on a metric that does not exist"),
    why: t(
        "CloudWatch는 아무 이름이나 받지만, 없는 지표를 지켜보는 경보는 늘 '데이터 부족'으로 남아 울리지 않아요.",
        "CloudWatch takes any name, but an alarm on a metric that does not exist stays at insufficient data and never goes off.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, alarm) in context.all::<Alarm>() {
        let (name, metric, home) = (&node.name, alarm.metric.trim(), alarm.namespace.trim());
        if metric.is_empty() || home.is_empty() {
            let field = if metric.is_empty() { "metric" } else { "namespace" };
            report
                .note(
                    id,
                    message!(
                        "경보 {name}에 네임스페이스나 지표가 없어요. 무엇을 지켜볼지 고르세요.",
                        "Alarm {name} lacks a namespace or a metric. Choose what it watches."
                    ),
                )
                .field(field);
            continue;
        }
        let Some(known) = namespace(home) else { continue };
        if known.has(metric) {
            continue;
        }
        // The lists here are not complete: only a metric of another service, or one in other capitals, is surely wrong.
        if let Some(right) = known.metrics.iter().find(|one| one.eq_ignore_ascii_case(metric)) {
            report
                .note(
                    id,
                    message!(
                        "경보 {name}의 지표 {metric}은(는) 대소문자가 달라요. {right}(으)로 쓰세요.",
                        "Metric {metric} of alarm {name} is written otherwise. Write {right}."
                    ),
                )
                .field(id_of!(Alarm.metric))
                .fix(
                    message!("{right}(으)로 바꾸기", "Change it to {right}"),
                    vec![Edit::set(id, id_of!(Alarm.metric), *right)],
                );
            continue;
        }
        let homes: Vec<&Namespace> = NAMESPACES.iter().filter(|other| other.has(metric)).collect();
        if homes.is_empty() {
            continue;
        }
        let list = homes.iter().map(|other| other.name).collect::<Vec<_>>().join(", ");
        let note = report
            .note(
                id,
                message!(
                    "경보 {name}의 네임스페이스 {home}에는 지표 {metric}이(가) 없어요. 이 지표는 {list}에 있어요.",
                    "Namespace {home} of alarm {name} has no metric {metric}. It belongs to {list}."
                ),
            )
            .field(id_of!(Alarm.namespace));
        // Whose metric is meant, the dimensions say: elsewhere the alarm would watch nothing.
        let names_one = |other: &&&Namespace| {
            let mut own = alarm.dimensions.iter();
            !alarm.dimensions.is_empty() && own.all(|one| other.dimensions.contains(&one.name.as_str()))
        };
        let mut meant = homes.iter().filter(names_one);
        if let (Some(right), None) = (meant.next(), meant.next()) {
            let right = right.name;
            note.fix(
                message!("네임스페이스를 {right}(으)로 바꾸기", "Change the namespace to {right}"),
                vec![Edit::set(id, id_of!(Alarm.namespace), right)],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Alarm, Dimension};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_metric_of_another_service_and_on_other_capitals() {
        let mut n = two_zones();
        let dimensions =
            vec![Dimension { name: "InstanceId".to_owned(), resource: Some(n.id("web")), value: String::new() }];
        let namespace = "AWS/ApplicationELB".to_owned();
        n.add("region", "cpu", Alarm { namespace, dimensions, ..Alarm::default() });
        fires(&RULE, &n, &["cpu"]);
        n.set("cpu", "namespace", "AWS/EC2");
        n.set("cpu", "metric", "cpuUtilization");
        fires(&RULE, &n, &["cpu"]);
    }

    #[test]
    fn quiet_on_known_ones_and_on_those_of_ones_own() {
        let mut n = two_zones();
        n.add("region", "cpu", Alarm::default());
        quiet(&RULE, &n);
        n.set("cpu", "namespace", "Shop");
        n.set("cpu", "metric", "Orders");
        quiet(&RULE, &n);
    }
}
