//! A volume: its attachment to an instance, and what stays of it.

use super::Irregular;
use crate::catalog::kinds::{OnDeletion, Volume};
use crate::catalog::launch::VolumeType;
use crate::cloudformation::{Emit, Read};
use crate::template::object;
use crate::text::Message;

impl Irregular for Volume {
    fn export(&self, emit: &mut Emit<'_>) {
        let node = emit.node();
        emit.on_deletion(self.on_deletion.as_str());
        if matches!(self.volume_type, VolumeType::Io1 | VolumeType::Io2) && self.iops.is_none() {
            // Provisioned volumes must say how much; 50 a GiB is what the smallest may have.
            emit.set_property("Iops", self.size.saturating_mul(50).clamp(100, 3000));
        }
        let zone = emit.zone();
        let of_instance = || self.instance.map(|instance| emit.attribute_of(instance, "AvailabilityZone"));
        // A volume must be somewhere: beside its instance, else in the region's first zone.
        let first = || serde_json::json!({ "Fn::Select": [0, { "Fn::GetAZs": "" }] });
        let zone = zone.or_else(of_instance).unwrap_or_else(first);
        emit.set_property("AvailabilityZone", zone);
        if let Some(instance) = self.instance.and_then(|instance| emit.refer(instance)) {
            let ends = [
                ("Device", Some(self.device.as_str().into())),
                ("InstanceId", Some(instance)),
                ("VolumeId", Some(emit.reference_to(node))),
            ];
            emit.part("Attachment", "AWS::EC2::VolumeAttachment", object(ends));
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if let Some(attachment) = read.parts("AWS::EC2::VolumeAttachment", "VolumeId").first() {
            self.instance = attachment.get("InstanceId").and_then(|instance| read.node(instance));
            self.device = attachment.get("Device").and_then(|device| read.text(device)).unwrap_or_default();
        }
        self.on_deletion = match read.on_deletion() {
            Some("Retain") => OnDeletion::Retain,
            Some("Snapshot") => OnDeletion::Snapshot,
            _ => OnDeletion::Delete,
        };
        Ok(())
    }
}
