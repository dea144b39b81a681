//! A scaling policy: its target, steps and the alarm that starts them.

use super::Irregular;
use crate::catalog::decimal::Decimal;
use crate::catalog::kinds::{PolicyType, ScalingMetric, ScalingPolicy, Step};
use crate::cloudformation::{Emit, Read};
use crate::id_of;
use crate::template::{Json, object, reference};
use crate::text::Message;

const FORECAST: &str = "PredictiveScalingConfiguration.MetricSpecifications.0";

impl ScalingMetric {
    /// Its name in predictive scaling, which pairs the load with the size.
    const fn pair(self) -> &'static str {
        match self {
            Self::Cpu => "ASGCPUUtilization",
            Self::NetworkIn => "ASGNetworkIn",
            Self::NetworkOut => "ASGNetworkOut",
            Self::Requests => "ALBRequestCount",
        }
    }
}

impl Step {
    fn json(&self) -> Json {
        object([
            ("MetricIntervalLowerBound", self.lower.as_ref().map(Decimal::json)),
            ("MetricIntervalUpperBound", self.upper.as_ref().map(Decimal::json)),
            ("ScalingAdjustment", Some(self.adjustment.into())),
        ])
        .into()
    }
}

impl ScalingPolicy {
    /// The balancer and the target group whose requests are counted, as CloudWatch names them.
    fn label(&self, emit: &mut Emit<'_>) -> Option<Json> {
        let group = self.target_group.filter(|_| self.counts_requests())?;
        let context = emit.context();
        let (balancer, ..) = context.balancers(group).next()?;
        // The balancer must forward to the group first.
        let listeners: Vec<_> = context.listeners(balancer).map(|(id, ..)| emit.logical_of(id).to_owned()).collect();
        for listener in listeners {
            emit.depends_on(Some(listener));
        }
        let names =
            [emit.attribute_of(balancer, "LoadBalancerFullName"), emit.attribute_of(group, "TargetGroupFullName")];
        Some(serde_json::json!({ "Fn::Join": ["/", names] }))
    }
}

impl Irregular for ScalingPolicy {
    fn export(&self, emit: &mut Emit<'_>) {
        if let (PolicyType::Simple, Some(cooldown)) = (self.policy_type, self.cooldown) {
            emit.set_property("Cooldown", cooldown.to_string());
        }
        if self.policy_type == PolicyType::Step && !self.steps.is_empty() {
            let rows: Vec<Json> = self.steps.iter().map(Step::json).collect();
            emit.set_property("StepAdjustments", rows);
        }
        let label = self.label(emit);
        let (target, specification, metric) = match self.policy_type {
            PolicyType::TargetTracking => {
                ("TargetTrackingConfiguration", "PredefinedMetricSpecification", self.metric.as_str())
            }
            PolicyType::Predictive => (FORECAST, "PredefinedMetricPairSpecification", self.metric.pair()),
            PolicyType::Simple | PolicyType::Step => return,
        };
        emit.set_property(&format!("{target}.TargetValue"), self.target.json());
        emit.set_property(&format!("{target}.{specification}.PredefinedMetricType"), metric);
        if let Some(label) = label {
            emit.set_property(&format!("{target}.{specification}.ResourceLabel"), label);
        }
        if self.policy_type == PolicyType::Predictive {
            let behaviour = if self.exceed_max { "IncreaseMaxCapacity" } else { "HonorMaxCapacity" };
            emit.set_property("PredictiveScalingConfiguration.MaxCapacityBreachBehavior", behaviour);
            if self.exceed_max {
                emit.set_property("PredictiveScalingConfiguration.MaxCapacityBuffer", 10);
            }
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        // A bound that is not written has no end, unlike that of a row that somebody adds.
        let bound = |row: &Json, property: &str| row.get(property).filter(|bound| !bound.is_null()).is_some();
        if read.get("StepAdjustments").is_some() {
            self.steps = read.each(id_of!(ScalingPolicy.steps), read.list("StepAdjustments"), |row| {
                let step: Step = read.row(row)?;
                let lower = step.lower.clone().filter(|_| bound(row, "MetricIntervalLowerBound"));
                Ok(Step { lower, ..step })
            });
        }
        let (target, specification) = if self.policy_type == PolicyType::Predictive {
            (FORECAST, "PredefinedMetricPairSpecification")
        } else {
            ("TargetTrackingConfiguration", "PredefinedMetricSpecification")
        };
        if let Some(value) = read.get(&format!("{target}.TargetValue")) {
            self.target = read.parse(value)?;
        }
        let metric = read.get(&format!("{target}.{specification}.PredefinedMetricType")).and_then(Json::as_str);
        let metrics =
            [ScalingMetric::Cpu, ScalingMetric::NetworkIn, ScalingMetric::NetworkOut, ScalingMetric::Requests];
        let named = metrics.into_iter().find(|one| metric == Some(one.as_str()) || metric == Some(one.pair()));
        self.metric = named.unwrap_or_default();
        let label = read.get(&format!("{target}.{specification}.ResourceLabel"));
        // The balancer, a slash, and `${WebTargetGroup.TargetGroupFullName}`.
        let label = label.and_then(|label| read.text(label)).unwrap_or_default();
        let named = label.rsplit('/').next().and_then(|last| last.strip_prefix("${")?.split('.').next());
        self.target_group = named.and_then(|logical| read.node(&reference(logical)));
        let behaviour = read.get("PredictiveScalingConfiguration.MaxCapacityBreachBehavior").and_then(Json::as_str);
        self.exceed_max = behaviour == Some("IncreaseMaxCapacity");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::cloudformation::export;
    use crate::rules::testing::scaled;

    #[test]
    fn whose_requests_are_counted_comes_back_from_the_template() {
        let mut sketch = scaled();
        let group = sketch.id("tg");
        sketch.set("cpu", "metric", "ALBRequestCountPerTarget");
        sketch.set("cpu", "target_group", group);
        let template = export(sketch.design()).template;
        let policy = &template["Resources"]["CpuScalingPolicy"];
        assert!(policy["Properties"]["TargetTrackingConfiguration"]["TargetValue"].is_number());
        assert_eq!(policy.pointer("/Metadata/Groundplan/Kept"), None);
    }
}
