//! A cluster: its capacity providers, those of Auto Scaling groups as resources of their own.

use super::Irregular;
use crate::catalog::kinds::{AutoScalingGroup, CapacityShare, EcsCluster};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::template::{Json, Object, object, reference};
use crate::text::Message;

const PROVIDER: &str = "AWS::ECS::CapacityProvider";
const ASSOCIATIONS: &str = "AWS::ECS::ClusterCapacityProviderAssociations";

impl CapacityShare {
    /// The row as a template has it, in a cluster.
    pub(super) fn to_json(&self, emit: &Emit<'_>, cluster: NodeId) -> Json {
        let mut json = emit.row(self);
        let provider = match self.group.filter(|group| has_group(emit, cluster, *group)) {
            Some(group) => reference(&emit.part_id(cluster, &capacity_suffix(emit, group))),
            None => self.provider.as_str().into(),
        };
        json.insert("CapacityProvider".to_owned(), provider);
        Json::Object(json)
    }

    pub(super) fn from_json(read: &Read<'_>, json: &Json) -> Result<Self, Message> {
        let provider = json.get("CapacityProvider");
        let group = provider.and_then(|provider| group_of(read.peek(provider)?, read));
        let row: Self = read.row(json)?;
        let text = provider.filter(|_| group.is_none()).and_then(|provider| read.text(provider));
        Ok(Self { group, provider: text.unwrap_or(row.provider), ..row })
    }
}

impl EcsCluster {
    /// The providers that AWS keeps, with whether this cluster has them.
    const fn kept_providers(&self) -> [(&'static str, bool); 2] {
        [("FARGATE", self.fargate), ("FARGATE_SPOT", self.fargate_spot)]
    }
}

impl Irregular for EcsCluster {
    fn export(&self, emit: &mut Emit<'_>) {
        emit.set_property("ClusterSettings.0.Name", "containerInsights");
        let kept = self.kept_providers().into_iter().filter(|(_, on)| *on).map(|(name, _)| Json::from(name));
        let mut providers: Vec<Json> = kept.collect();
        let node = emit.node();
        let strategy: Vec<Json> = self.default_strategy.iter().map(|share| share.to_json(emit, node)).collect();
        // A group that is listed twice is one provider all the same.
        let mut groups: Vec<NodeId> = Vec::new();
        for group in self.groups.iter().filter(|group| has_group(emit, node, **group)) {
            if !groups.contains(group) {
                groups.push(*group);
            }
        }
        if groups.is_empty() {
            for (property, list) in [("CapacityProviders", providers), ("DefaultCapacityProviderStrategy", strategy)] {
                if !list.is_empty() {
                    emit.set_property(property, list);
                }
            }
            return;
        }
        for group in groups {
            let provider = serde_json::json!({
                "AutoScalingGroupArn": emit.refer(group),
                "ManagedScaling": { "Status": "ENABLED" },
                "ManagedTerminationProtection": "DISABLED",
            });
            let suffix = capacity_suffix(emit, group);
            providers.push(reference(&emit.part_id(node, &suffix)));
            emit.part(suffix, PROVIDER, object([("AutoScalingGroupProvider", Some(provider))]));
        }
        let associations = object([
            ("Cluster", emit.refer(node)),
            ("CapacityProviders", Some(providers.into())),
            ("DefaultCapacityProviderStrategy", Some(strategy.into())),
        ]);
        emit.part("CapacityProviders", ASSOCIATIONS, associations);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let association = read.parts(ASSOCIATIONS, "Cluster").into_iter().next();
        let list = |property: &str| {
            let json = association.and_then(|association| association.get(property)).or_else(|| read.get(property));
            json.and_then(Json::as_array).map_or(&[][..], Vec::as_slice)
        };
        let providers = list("CapacityProviders");
        let has = |name: &str| providers.iter().any(|one| one.as_str() == Some(name));
        (self.fargate, self.fargate_spot) = (has("FARGATE"), has("FARGATE_SPOT"));
        self.groups = providers.iter().filter_map(|one| group_of(read.part_at(one)?, read)).collect();
        let shares = list("DefaultCapacityProviderStrategy").iter();
        self.default_strategy = read.each("default_strategy", shares, |share| CapacityShare::from_json(read, share));
        Ok(())
    }
}

/// Whether a cluster takes capacity from a group, and the group is in the template: one without a launch template or subnets is not.
fn has_group(emit: &Emit<'_>, cluster: NodeId, group: NodeId) -> bool {
    let design = emit.context().design;
    let listed = design.get::<EcsCluster>(cluster).is_some_and(|cluster| cluster.groups.contains(&group));
    listed && design.get::<AutoScalingGroup>(group).is_some() && emit.refer(group).is_some()
}

/// What the id of a cluster's capacity provider for a group ends in.
fn capacity_suffix(emit: &Emit<'_>, group: NodeId) -> String {
    format!("On{}", emit.logical_of(group))
}

/// The Auto Scaling group of a capacity provider.
fn group_of(provider: &Object, read: &Read<'_>) -> Option<NodeId> {
    read.node(provider.get("AutoScalingGroupProvider")?.get("AutoScalingGroupArn")?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{AutoScalingGroup, Region, Vpc};
    use crate::cloudformation::{export, import};
    use crate::layout::Sketch;
    use crate::template::to_json;

    #[test]
    fn a_group_that_is_not_in_the_template_is_no_capacity_provider() {
        let mut sketch = Sketch::new();
        let region = sketch.add(None, "region", Region::default());
        let vpc = sketch.add(Some(region), "vpc", Vpc::default());
        let group = sketch.add(Some(vpc), "bare", AutoScalingGroup::default());
        let cluster = EcsCluster { groups: vec![group], ..EcsCluster::default() };
        let cluster = sketch.add(Some(region), "cluster", cluster);
        let template = export(sketch.design()).template;
        let mut types: Vec<&str> =
            template["Resources"].as_object().unwrap().values().filter_map(|of| of["Type"].as_str()).collect();
        types.sort_unstable();
        assert_eq!(types, ["AWS::EC2::VPC", "AWS::ECS::Cluster"]);
        let opened = import(&to_json(&template)).unwrap().design;
        assert_eq!(opened.get::<EcsCluster>(cluster).unwrap().groups, [group], "it is kept beside the template");
    }
}
