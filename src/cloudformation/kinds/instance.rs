//! An instance: image, volumes, script, its network interface, and what it waits for.

use super::Irregular;
use super::shared::launching::{primary, wait_for_way_out};
use crate::catalog::Resource;
use crate::catalog::kinds::{ElasticIp, Instance, LaunchTemplate, PublicIp};
use crate::cloudformation::{Emit, Read};
use crate::id_of;
use crate::template::{Json, Object, object};
use crate::text::Message;

impl Instance {
    /// Whether it gets a public address at launch.
    fn is_public(&self, emit: &Emit<'_>) -> bool {
        match self.public_ip {
            _ if self.primary_interface.is_some() => false,
            PublicIp::Yes => true,
            PublicIp::No => false,
            PublicIp::SubnetDefault => {
                emit.context().subnet_of(emit.node()).is_some_and(|(_, subnet)| subnet.auto_assign_public_ip)
            }
        }
    }

    /// Reads what a launch template gives it that it does not say itself: its groups and its public address, as far as the template is known. All else
    /// that it may get from there is not known.
    fn read_plan(&mut self, read: &Read<'_>, plan: &Json) {
        let by_name = |name: &Json| read.named_by(LaunchTemplate::KIND, "LaunchTemplateName", name);
        let id = plan.get("LaunchTemplateId");
        let named = || read.written_of(plan.get("LaunchTemplateName").and_then(by_name)?);
        let data = id.and_then(|id| read.peek(id)).or_else(named).and_then(|plan| plan.get("LaunchTemplateData"));
        let interface = data.and_then(|data| data.get("NetworkInterfaces")?.get(0));
        let says = |property: &str| read.get(property).is_some();
        if !["SecurityGroupIds", "SecurityGroups", "NetworkInterfaces"].into_iter().any(says) {
            let groups = interface.and_then(|interface| interface.get("Groups"));
            let groups = groups.or_else(|| data.and_then(|data| data.get("SecurityGroupIds")));
            self.security_groups = read.groups(id_of!(Instance.security_groups), groups);
            let public = interface.and_then(|interface| interface.get("AssociatePublicIpAddress"));
            self.public_ip = match read.flag(id_of!(Instance.public_ip), public) {
                Some(true) => PublicIp::Yes,
                Some(false) => PublicIp::No,
                None => self.public_ip,
            };
        }
        let fields = Self::KIND.fields().into_iter().filter(|meta| !meta.property.is_empty() && !says(meta.property));
        let is_read = |id: &str| data.is_some() && id == id_of!(Instance.security_groups);
        fields.map(|meta| meta.id).filter(|id| !is_read(id)).for_each(|id| read.leave_undecided(id));
        let rest = [
            ("UserData", id_of!(Instance.user_data)),
            ("BlockDeviceMappings", id_of!(Instance.root_size)),
            ("ImageId", id_of!(Instance.ami)),
            ("IamInstanceProfile", id_of!(Instance.instance_profile)),
        ];
        rest.into_iter().filter(|(property, _)| !says(property)).for_each(|(_, id)| read.leave_undecided(id));
        if data.is_none() {
            read.leave_undecided(id_of!(Instance.security_groups));
            read.leave_undecided(id_of!(Instance.public_ip));
        }
    }

    /// What must be there before the first boot.
    fn waits(&self, emit: &mut Emit<'_>) {
        let public = self.is_public(emit);
        if let Some((subnet, _)) = emit.context().subnet_of(emit.node()) {
            wait_for_way_out(emit, subnet, !self.user_data.is_empty(), public);
        }
    }
}

impl Irregular for Instance {
    fn export(&self, emit: &mut Emit<'_>) {
        self.put_launch(emit);
        if let Some(profile) = self.instance_profile.and_then(|profile| emit.refer(profile)) {
            emit.set_property("IamInstanceProfile", profile);
        }
        if let Some(own) = self.primary_interface.and_then(|own| emit.refer(own)) {
            // It decides by itself where it stands and what it has.
            for property in ["SubnetId", "SecurityGroupIds", "PrivateIpAddress", "SourceDestCheck"] {
                emit.remove_property(property);
            }
            let interface = object([("DeviceIndex", Some("0".into())), ("NetworkInterfaceId", Some(own))]);
            emit.set_property("NetworkInterfaces", vec![Json::Object(interface)]);
        } else if self.public_ip != PublicIp::SubnetDefault {
            // An address that the subnet does not decide is a property of the network interface, which then takes the rest over too.
            let mut interface = Object::new();
            interface.insert("DeviceIndex".to_owned(), "0".into());
            interface.insert("AssociatePublicIpAddress".to_owned(), (self.public_ip == PublicIp::Yes).into());
            for (property, at) in
                [("SubnetId", "SubnetId"), ("SecurityGroupIds", "GroupSet"), ("PrivateIpAddress", "PrivateIpAddress")]
            {
                interface.extend(emit.remove_property(property).map(|value| (at.to_owned(), value)));
            }
            emit.set_property("NetworkInterfaces", vec![Json::Object(interface)]);
        }
        emit.set_property("PropagateTagsToVolumeOnCreation", true);
        self.waits(emit);
        let node = emit.node();
        let fixed = emit.context().all::<ElasticIp>().any(|(_, _, address)| address.instance == Some(node));
        if self.is_public(emit) && !fixed {
            emit.output(
                "PublicIp",
                format!("Public address of {}", emit.logical()),
                emit.attribute_of(node, "PublicIp"),
            );
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.instance_profile = read.get("IamInstanceProfile").and_then(|profile| read.node(profile));
        let interface = primary(read, "NetworkInterfaces");
        let of_interface = |property: &str| interface.and_then(|interface| interface.get(property));
        read.note_ipv6(&[read.get("Ipv6AddressCount"), read.get("Ipv6Addresses")]);
        read.note_ipv6(&[of_interface("Ipv6AddressCount"), of_interface("Ipv6Addresses")]);
        if let Some(interface) = interface {
            read.read_into(id_of!(Instance.private_ip), interface.get("PrivateIpAddress"), &mut self.private_ip);
        }
        self.read_launch(read, "GroupSet")?;
        // By name or id, for an instance of the default VPC.
        if self.security_groups.is_empty() {
            let groups = read.list("SecurityGroups");
            self.security_groups = groups.iter().filter_map(|group| read.node(group)).collect();
            if self.security_groups.len() < groups.len() {
                read.leave_open(id_of!(Instance.security_groups));
            }
        }
        if let Some(plan) = read.get("LaunchTemplate") {
            self.read_plan(read, plan);
        }
        self.primary_interface = interface.and_then(|interface| {
            let json = interface.get("NetworkInterfaceId")?;
            read.refer(id_of!(Instance.primary_interface), json)
        });
        Ok(())
    }
}
