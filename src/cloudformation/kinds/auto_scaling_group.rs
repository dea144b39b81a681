//! An Auto Scaling group: sizes as text, its launch template at the newest version, overrides and maintenance.

use super::Irregular;
use super::shared::launching::wait_for_way_out;
use crate::catalog::Resource;
use crate::catalog::fleet::{Maintenance, Override, Selection, SpotStrategy, Termination, TerminationRule, Usage};
use crate::catalog::kinds::{AutoScalingGroup, LaunchTemplate, PublicIp, Subnet};
use crate::cloudformation::{Emit, Read};
use crate::template::{Json, attribute};
use crate::text::Message;

/// The groups, and whatever else sends requests, as a list of their identifiers
/// (<https://docs.aws.amazon.com/autoscaling/ec2/userguide/traffic-source-type.html>).
const SOURCES: &str = "TrafficSources";
const TYPES: &str = "MixedInstancesPolicy.LaunchTemplate";

impl AutoScalingGroup {
    /// Its template at the newest version.
    fn template(&self, emit: &Emit<'_>) -> Option<Json> {
        let id = self.launch_template.filter(|id| emit.refer(*id).is_some())?;
        let version = attribute(emit.logical_of(id), "LatestVersionNumber");
        Some(serde_json::json!({ "LaunchTemplateId": emit.reference_to(id), "Version": version }))
    }

    /// What must be there before the first instances boot.
    fn waits(&self, emit: &mut Emit<'_>) {
        let template = self.launch_template.and_then(|id| emit.context().design.get::<LaunchTemplate>(id));
        let Some(template) = template else { return };
        for id in &self.subnets {
            let Some(subnet) = emit.context().design.get::<Subnet>(*id) else { continue };
            let public = match template.public_ip {
                PublicIp::Yes => true,
                PublicIp::No => false,
                PublicIp::SubnetDefault => subnet.auto_assign_public_ip,
            };
            wait_for_way_out(emit, *id, !template.user_data.is_empty(), public);
        }
    }
}

impl Irregular for AutoScalingGroup {
    fn export(&self, emit: &mut Emit<'_>) {
        // Sizes are text to CloudFormation.
        for (property, number) in [
            ("MinSize", self.min_size),
            ("DesiredCapacity", self.desired),
            ("MaxSize", self.max_size),
            ("Cooldown", self.cooldown),
        ] {
            emit.set_property(property, number.to_string());
        }
        let template = self.template(emit);
        if template.is_none() || !self.subnets.iter().any(|subnet| emit.refer(*subnet).is_some()) {
            emit.leave_out(crate::message!(
                "시작 템플릿과 서브넷을 골라야 Auto Scaling 그룹을 템플릿에 넣을 수 있어요.",
                "Choose a launch template and subnets to have the Auto Scaling group in the template."
            ));
        }
        match template {
            Some(template) if self.mixed => {
                emit.set_property(&format!("{TYPES}.LaunchTemplateSpecification"), template);
            }
            Some(template) => emit.set_property("LaunchTemplate", template),
            None => {}
        }
        if self.by_types() && !self.overrides.is_empty() {
            let rows: Vec<Json> = self.overrides.iter().map(|row| override_json(row, emit)).collect();
            emit.set_property(&format!("{TYPES}.Overrides"), rows);
        }
        if let Some((min, max)) = self.healthy_range() {
            emit.set_property("InstanceMaintenancePolicy.MinHealthyPercentage", min);
            emit.set_property("InstanceMaintenancePolicy.MaxHealthyPercentage", max);
        }
        if !self.termination.is_empty() {
            let rules: Vec<Json> = self.termination.iter().map(|row| row.rule.as_str().into()).collect();
            emit.set_property("TerminationPolicies", rules);
        }
        // Where the template names the groups as sources of traffic, they stay that.
        if emit.original().is_some_and(|original| original.contains_key(SOURCES))
            && let Some(Json::Array(groups)) = emit.remove_property("TargetGroupARNs")
        {
            let source = |group| serde_json::json!({ "Identifier": group, "Type": "elbv2" });
            let sources: Vec<Json> = groups.into_iter().map(source).collect();
            emit.set_property(SOURCES, sources);
        }
        let name = serde_json::json!({ "Key": "Name", "Value": emit.name_tag(), "PropagateAtLaunch": true });
        emit.set_property("Tags", vec![name]);
        self.waits(emit);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if read.get("DesiredCapacity").is_none() {
            self.desired = self.min_size;
        }
        self.mixed = read.get("MixedInstancesPolicy").is_some();
        let specification = format!("{TYPES}.LaunchTemplateSpecification.LaunchTemplateId");
        let template = read.get("LaunchTemplate.LaunchTemplateId").or_else(|| read.get(&specification));
        self.launch_template = template.and_then(|template| read.refer("launch_template", template));
        // By the name that a template of the same stack gives itself, it is that one.
        let of_mixed = format!("{TYPES}.LaunchTemplateSpecification.LaunchTemplateName");
        let named = read.get("LaunchTemplate.LaunchTemplateName").or_else(|| read.get(&of_mixed));
        if let Some(name) = named {
            self.launch_template = read.named_by(LaunchTemplate::KIND, "LaunchTemplateName", name);
            if self.launch_template.is_none() {
                read.leave_open("launch_template");
            }
        }
        if ["LaunchConfigurationName", "InstanceId"].iter().any(|way| read.get(way).is_some()) {
            read.leave_open("launch_template");
        }
        // The newer property of the two; sources of another type are classic balancers and services of VPC Lattice.
        for source in read.list(SOURCES) {
            let group = source.get("Identifier").and_then(|group| read.refer("target_groups", group));
            self.target_groups.extend(group.filter(|group| !self.target_groups.contains(group)));
        }
        // Zones without subnets mean those of the default VPC.
        if read.get("VPCZoneIdentifier").is_none() && read.get("AvailabilityZones").is_some() {
            read.leave_open("subnets");
        }
        let first = read.list(&format!("{TYPES}.Overrides")).first();
        self.selection = match first.map(|first| first.get("InstanceRequirements").is_some()) {
            Some(true) => Selection::Requirements,
            Some(false) => Selection::Types,
            None => Selection::Template,
        };
        if self.selection == Selection::Requirements {
            self.overrides = Vec::new();
            if first.and_then(|first| first.get("InstanceRequirements")?.get("BurstablePerformance")).is_none() {
                self.burstable = Usage::Excluded;
            }
        }
        if self.mixed && read.get("MixedInstancesPolicy.InstancesDistribution.SpotAllocationStrategy").is_none() {
            self.spot_strategy = SpotStrategy::LowestPrice;
        }
        let percent = |end: &str| {
            let json = read.get(&format!("InstanceMaintenancePolicy.{end}"));
            json.map(|json| read.parse::<u16>(json)).transpose()
        };
        let healthy = (percent("MinHealthyPercentage")?, percent("MaxHealthyPercentage")?);
        self.maintenance = match healthy {
            // An end that the policy fixes is not the form's.
            (Some(100), Some(max)) => {
                self.max_healthy = max;
                Maintenance::LaunchFirst
            }
            (Some(min), Some(100)) => {
                self.min_healthy = min;
                Maintenance::TerminateFirst
            }
            (Some(min), Some(max)) => {
                (self.min_healthy, self.max_healthy) = (min, max);
                Maintenance::Flexible
            }
            _ => Maintenance::None,
        };
        let rule = |json: &Json| Ok(Termination { rule: read.parse::<TerminationRule>(json)? });
        self.termination = read.list("TerminationPolicies").iter().map(rule).collect::<Result<_, Message>>()?;
        Ok(())
    }
}

/// A type with its weight as templates have it: a weight is text to CloudFormation.
fn override_json(one: &Override, emit: &Emit<'_>) -> Json {
    let mut row = emit.row(one);
    if let Some(weight) = one.weight {
        row.insert("WeightedCapacity".to_owned(), weight.to_string().into());
    }
    row.into()
}
