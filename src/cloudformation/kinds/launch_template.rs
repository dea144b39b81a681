//! A launch template: image, volumes, script, network interface and the tags of what it launches.

use super::Irregular;
use super::shared::launching::primary;
use crate::catalog::kinds::{LaunchTemplate, PublicIp};
use crate::cloudformation::{Emit, Read};
use crate::template::{Json, Object, object};
use crate::text::Message;

impl Irregular for LaunchTemplate {
    fn export(&self, emit: &mut Emit<'_>) {
        self.put_launch(emit);
        if let Some(profile) = self.instance_profile.filter(|profile| emit.refer(*profile).is_some()) {
            emit.set_property("LaunchTemplateData.IamInstanceProfile.Arn", emit.attribute_of(profile, "Arn"));
        }
        if self.public_ip != PublicIp::SubnetDefault {
            // An address that the subnet does not decide is a property of the network interface, which then has the groups too.
            let mut data = emit.remove_property("LaunchTemplateData");
            let groups =
                data.as_mut().and_then(Json::as_object_mut).and_then(|data| data.shift_remove("SecurityGroupIds"));
            emit.set_property("LaunchTemplateData", data.unwrap_or_default());
            let interface = object([
                ("DeviceIndex", Some(0.into())),
                ("AssociatePublicIpAddress", Some((self.public_ip == PublicIp::Yes).into())),
                ("Groups", groups),
            ]);
            emit.set_property("LaunchTemplateData.NetworkInterfaces", vec![Json::Object(interface)]);
        }
        let tags: Vec<Json> = self.tags.iter().map(|tag| emit.row(tag).into()).collect();
        if !tags.is_empty() {
            let of = |what: &str| Json::Object(tagged(what, tags.clone()));
            emit.set_property("LaunchTemplateData.TagSpecifications", vec![of("instance"), of("volume")]);
        }
        let name = serde_json::json!({ "Key": "Name", "Value": emit.name_tag() });
        emit.set_property("TagSpecifications", vec![Json::Object(tagged("launch-template", vec![name]))]);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let profile = read.get("LaunchTemplateData.IamInstanceProfile");
        let profile = profile.and_then(|profile| profile.get("Arn").or_else(|| profile.get("Name")));
        self.instance_profile = profile.and_then(|profile| read.refer("instance_profile", profile));
        self.read_launch(read, "Groups")?;
        let interface = primary(read, "LaunchTemplateData.NetworkInterfaces");
        let of_interface = |property: &str| interface.and_then(|interface| interface.get(property));
        read.note_ipv6(&[of_interface("Ipv6AddressCount"), of_interface("Ipv6Addresses")]);
        let specified = read.list("LaunchTemplateData.TagSpecifications").first();
        let tags = specified.and_then(|one| one.get("Tags")?.as_array()).into_iter().flatten();
        self.tags = tags.map(|tag| read.row(tag)).collect::<Result<_, _>>()?;
        Ok(())
    }
}

/// Tags of one sort of resource.
fn tagged(resource: &str, tags: Vec<Json>) -> Object {
    object([("ResourceType", Some(resource.into())), ("Tags", Some(tags.into()))])
}
