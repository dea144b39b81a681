//! An alarm on a metric of AWS says whose metric it is.
use crate::catalog::FieldValue;
use crate::catalog::data::metrics::{Namespace, Together, dimension_of, namespace};
use crate::catalog::kinds::{Alarm, Dimension, Instance};
use crate::catalog::value::Value;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::{replaced, without};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "alarm-without-dimension",
    severity: Severity::Warning,
    title: t("어느 리소스인지 모르는 경보", "Alarm on nobody's metric"),
    why: t(
        "AWS 서비스의 지표는 리소스마다 따로 있고 차원으로 구별돼요. 차원이 없거나 비어 있으면 경보가 데이터를 받지 못해요.",
        "Metrics of AWS are kept for each resource, told apart by dimensions. Without them, or with an empty one, the alarm gets no data.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, alarm) in context.all::<Alarm>() {
        let name = &node.name;
        let known = namespace(alarm.namespace.trim());
        if let Some(known) = known
            && alarm.dimensions.is_empty()
        {
            if exists_together(context, known, alarm.metric.trim()) {
                continue;
            }
            let wanted = known.dimensions.first().copied().unwrap_or_default();
            let home = known.name;
            let note = report
                .note(
                    id,
                    message!(
                        "경보 {name}이(가) {home}의 어느 리소스를 지켜볼지 정하지 않았어요. 차원 {wanted}을(를) 더하세요.",
                        "Alarm {name} does not say which resource of {home} it watches. Add dimension {wanted}."
                    ),
                )
                .field(id_of!(Alarm.dimensions));
            let kinds = context.design.nodes().filter(|(_, other)| dimension_of(other.kind()) == Some(wanted));
            let first = kinds.filter(|(_, other)| Some(wanted) == usual(other.kind(), home)).map(|(id, _)| id).next();
            if let Some(first) = first {
                let first_name = context.name(first);
                let row = Dimension { name: wanted.to_owned(), resource: Some(first), value: String::new() };
                note.fix(
                    message!("{first_name}을(를) 지켜보기", "Watch {first_name}"),
                    vec![Edit::set(id, id_of!(Alarm.dimensions), Value::List(vec![row.to_value()]))],
                );
            }
            continue;
        }
        for (row, dimension) in alarm.dimensions.iter().enumerate() {
            let number = row + 1;
            let own = dimension.resource.and_then(|to| context.design.node(to)).and_then(|to| dimension_of(to.kind()));
            if let Some(right) = own.filter(|right| *right != dimension.name) {
                let mended = Dimension { name: right.to_owned(), ..dimension.clone() };
                report
                    .note(
                        id,
                        message!(
                            "경보 {name}의 {number}번째 차원 이름이 고른 리소스와 맞지 않아요. {right}(으)로 쓰세요.",
                            "The name of dimension {number} of alarm {name} does not fit its resource. Write {right}."
                        ),
                    )
                    .field(id_of!(Alarm.dimensions))
                    .fix(
                        message!("이름을 {right}(으)로 바꾸기", "Change the name to {right}"),
                        vec![Edit::set(id, id_of!(Alarm.dimensions), replaced(&alarm.dimensions, row, &mended))],
                    );
            } else if dimension.name.is_empty() || (dimension.resource.is_none() && dimension.value.is_empty()) {
                report
                    .note(
                        id,
                        message!(
                            "경보 {name}의 {number}번째 차원에 이름이나 값이 없어요. 리소스를 고르거나 값을 적으세요.",
                            "Dimension {number} of alarm {name} lacks its name or value. Choose a resource or write a value."
                        ),
                    )
                    .field(id_of!(Alarm.dimensions))
                    .fix(
                        message!("이 차원 지우기", "Delete this dimension"),
                        vec![Edit::set(id, id_of!(Alarm.dimensions), without(&alarm.dimensions, row))],
                    );
            }
        }
    }
}

/// The dimension by which a namespace's metrics name a kind; balancers have a namespace for each type, so nothing is guessed for them.
fn usual(kind: crate::catalog::Kind, home: &str) -> Option<&'static str> {
    dimension_of(kind).filter(|_| !home.ends_with("ELB"))
}

/// Whether a metric is there for all resources of its service together
/// (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html>).
fn exists_together(context: &Context<'_>, known: &Namespace, metric: &str) -> bool {
    match known.together {
        Together::None => false,
        Together::All => true,
        Together::Monitored => context.all::<Instance>().any(|(_, _, instance)| instance.detailed_monitoring),
        Together::Some(metrics) => metrics.contains(&metric),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Alarm, Dimension};
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_a_dimension_and_on_a_wrong_one() {
        let mut n = two_zones();
        n.add("region", "cpu", Alarm::default());
        fires(&RULE, &n, &["cpu"]);
        let web = Some(n.id("web"));
        n.rows(
            "cpu",
            "dimensions",
            &[Dimension { name: "LoadBalancer".to_owned(), resource: web, ..Dimension::default() }],
        );
        fires(&RULE, &n, &["cpu"]);
        n.rows(
            "cpu",
            "dimensions",
            &[Dimension { resource: web, name: "InstanceId".to_owned(), ..Dimension::default() }, Dimension::default()],
        );
        fires(&RULE, &n, &["cpu"]);
    }

    #[test]
    fn quiet_on_a_resource_and_on_a_metric_of_ones_own() {
        let mut n = two_zones();
        n.add("region", "orders", Alarm { namespace: "Shop".to_owned(), ..Alarm::default() });
        quiet(&RULE, &n);
        let name = "InstanceId".to_owned();
        let dimensions = vec![Dimension { name, resource: Some(n.id("web")), value: String::new() }];
        n.add("region", "cpu", Alarm { dimensions, ..Alarm::default() });
        quiet(&RULE, &n);
    }

    #[test]
    fn quiet_on_what_there_is_for_all_resources_together() {
        let mut n = two_zones();
        let of = |home: &str, metric: &str| Alarm {
            namespace: home.to_owned(),
            metric: metric.to_owned(),
            ..Alarm::default()
        };
        n.add("region", "functions", of("AWS/Lambda", "ConcurrentExecutions"));
        n.add("region", "tables", of("AWS/DynamoDB", "UserErrors"));
        quiet(&RULE, &n);
        // Of instances only those with detailed monitoring are counted together.
        n.add("region", "cpu", of("AWS/EC2", "CPUUtilization"));
        fires(&RULE, &n, &["cpu"]);
        n.set("web", "detailed_monitoring", true);
        quiet(&RULE, &n);
    }
}
