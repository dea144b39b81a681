//! An alarm: the statistic or percentile, whom it tells, and the dimensions by which it knows the resource it watches.

use super::Irregular;
use crate::catalog::Kind;
use crate::catalog::kinds::{Alarm, Dimension, PLAIN_STATISTICS};
use crate::cloudformation::{Emit, Read, pattern};
use crate::id::NodeId;
use crate::message;
use crate::template::Json;
use crate::text::Message;

impl Irregular for Alarm {
    fn export(&self, emit: &mut Emit<'_>) {
        let percentile = !PLAIN_STATISTICS.contains(&self.statistic.as_str());
        emit.set_property(if percentile { "ExtendedStatistic" } else { "Statistic" }, self.statistic.as_str());
        emit.set_property("Threshold", self.threshold.json());
        let drawn = self.targets.iter().filter_map(|id| emit.refer(*id));
        let written = self.actions.iter().filter(|action| !action.is_empty()).map(|action| pattern(action));
        let actions: Vec<Json> = drawn.chain(written).collect();
        if !actions.is_empty() {
            emit.set_property("AlarmActions", actions);
        }
        let mut rows = Vec::new();
        for dimension in &self.dimensions {
            let text = (!dimension.value.is_empty()).then(|| Json::from(dimension.value.as_str()));
            let value = dimension.resource.and_then(|id| dimension_value(emit, id)).or(text);
            match value.filter(|_| !dimension.name.is_empty()) {
                Some(value) => rows.push(serde_json::json!({ "Name": dimension.name, "Value": value })),
                None => emit.note(message!(
                    "이름이나 값이 없는 차원은 템플릿에 넣지 못했어요.",
                    "A dimension without name or value is not in the template."
                )),
            }
        }
        if !rows.is_empty() {
            emit.set_property("Dimensions", rows);
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if let Some(statistic) = read.get("Statistic").or_else(|| read.get("ExtendedStatistic")) {
            self.statistic = read.parse(statistic)?;
        }
        if read.get("Metrics").is_some() {
            // Metric math: which metrics it is made of stands there.
            self.namespace = String::new();
            ["namespace", "metric", "statistic", "period", "dimensions"]
                .into_iter()
                .for_each(|field| read.leave_undecided(field));
        }
        if let Some(threshold) = read.get("Threshold") {
            self.threshold = read.parse(threshold)?;
        }
        let actions = read.list("AlarmActions");
        self.targets = actions.iter().filter_map(|action| read.node(action)).collect();
        let written = actions.iter().filter(|action| read.node(action).is_none());
        self.actions = written.filter_map(|action| read.pattern(action)).collect();
        self.dimensions = Vec::new();
        for json in read.list("Dimensions") {
            let mut dimension: Dimension = read.row(json)?;
            if let Some(value) = json.get("Value") {
                dimension.resource = read.node(value);
                dimension.value = read.text(value).unwrap_or_default();
            }
            self.dimensions.push(dimension);
        }
        Ok(())
    }
}

/// What a template gives as the value of a dimension.
fn dimension_value(emit: &Emit<'_>, id: NodeId) -> Option<Json> {
    let body = &emit.context().design.node(id)?.body;
    if !body.is_deployed() {
        return None;
    }
    Some(match body.kind() {
        Kind::LoadBalancer => emit.attribute_of(id, "LoadBalancerFullName"),
        Kind::TargetGroup => emit.attribute_of(id, "TargetGroupFullName"),
        Kind::EcsService => emit.attribute_of(id, "Name"),
        _ => emit.reference_to(id),
    })
}
