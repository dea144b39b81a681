//! What an instance and a launch template write and read alike: image, type, volumes, script, and the way to the internet to wait for.

use crate::catalog::Kind;
use crate::catalog::data::amis;
use crate::catalog::kinds::{Instance, LaunchTemplate, PublicIp};
use crate::catalog::launch::{BlockDevice, VolumeType};
use crate::cloudformation::{Emit, Group, Parameter, Read};
use crate::id::NodeId;
use crate::id_of;
use crate::template::{Json, Object, object};
use crate::text::{Message, pascal};

/// The volume with the operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Root {
    /// Size in GiB.
    size: u32,
    /// Type.
    volume_type: VolumeType,
    /// Whether it goes when the instance is terminated.
    delete: bool,
    /// Whether it is encrypted at rest.
    encrypted: bool,
}

/// Writes and reads what the fields of the fields cannot say, for an instance and a launch template alike.
macro_rules! launched {
    ($kind:ident, $at:literal) => {
        impl $kind {
            /// Writes the image, the type where it is the usual one, the volumes and the script.
            pub(in crate::cloudformation::kinds) fn put_launch(&self, emit: &mut Emit<'_>) {
                if let Some(image) = image(emit, &self.ami, self.image) {
                    emit.set_property(concat!($at, "ImageId"), image);
                }
                if let Some(usual) = usual_type(emit, &self.instance_type) {
                    emit.set_property(concat!($at, "InstanceType"), usual);
                }
                let root = Root {
                    size: self.root_size,
                    volume_type: self.root_type,
                    delete: self.root_delete,
                    encrypted: self.root_encrypted,
                };
                let base = emit.context().base_image(&self.ami, self.image);
                emit.set_property(concat!($at, "BlockDeviceMappings"), mappings(emit, base, root, &self.volumes));
                if let Some(script) = script(&self.user_data) {
                    emit.set_property(concat!($at, "UserData"), script);
                }
            }

            /// Reads them, and the public address and the groups of an interface that has them in the property `groups`.
            pub(in crate::cloudformation::kinds) fn read_launch(
                &mut self,
                read: &Read<'_>,
                groups: &str,
            ) -> Result<(), Message> {
                self.image = read_image(read, concat!($at, "ImageId"), &mut self.ami);
                if let Some(interface) = primary(read, concat!($at, "NetworkInterfaces")) {
                    let public = interface.get("AssociatePublicIpAddress");
                    self.public_ip = match read.flag(id_of!($kind.public_ip), public) {
                        Some(true) => PublicIp::Yes,
                        Some(false) => PublicIp::No,
                        None => PublicIp::SubnetDefault,
                    };
                    self.security_groups = read.groups(id_of!($kind.security_groups), interface.get(groups));
                }
                let script = read.get(concat!($at, "UserData")).and_then(|script| read.text(script));
                self.user_data = script.unwrap_or_default();
                let is_unread = self.user_data.is_empty() && read.get(concat!($at, "UserData")).is_some();
                if is_unread || self.user_data.starts_with("${") {
                    // How it begins, and so what runs it, only a deployment knows.
                    read.leave_undecided(id_of!($kind.user_data));
                }
                let (root, others) = read_mappings(read, concat!($at, "BlockDeviceMappings"))?;
                self.volumes = others;
                match root {
                    Some(root) => {
                        (self.root_size, self.root_type) = (root.size, root.volume_type);
                        (self.root_delete, self.root_encrypted) = (root.delete, root.encrypted);
                    }
                    // Without a mapping the root volume is as large as the image's snapshot.
                    None => match amis::known_image(&self.ami) {
                        Some(image) => self.root_size = self.root_size.max(image.least_root),
                        None => read.leave_undecided(id_of!($kind.root_size)),
                    },
                }
                Ok(())
            }
        }
    };
}

launched!(Instance, "");
launched!(LaunchTemplate, "LaunchTemplateData.");

/// The interface of device 0 among those that are written out.
pub(in crate::cloudformation::kinds) fn primary<'a>(read: &Read<'a>, path: &str) -> Option<&'a Json> {
    let all = read.list(path);
    let is_first =
        |one: &&Json| one.get("DeviceIndex").and_then(|index| read.text(index)).is_some_and(|index| index == "0");
    all.iter().find(is_first).or_else(|| all.first())
}

/// The image: that of a machine image, a parameter that finds the newest one at deployment, or as it is written. Nothing where none is named.
fn image(emit: &mut Emit<'_>, ami: &str, own: Option<NodeId>) -> Option<Json> {
    if let Some(own) = own.and_then(|own| emit.refer(own)) {
        return Some(own);
    }
    let image = amis::ami(ami);
    let path = image.map_or(ami, |image| image.ssm_path);
    if !path.starts_with('/') {
        return (!path.is_empty()).then(|| path.into());
    }
    let parameter = Parameter {
        group: Group::Servers,
        type_name: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
        default: path.to_owned(),
        description: format!(
            "Public parameter with the newest image: {}",
            image.map_or("your own", |image| image.label.en)
        ),
        pattern: "",
    };
    Some(emit.parameter(format!("Image{}", pascal(ami)), parameter))
}

/// Reads what [`image`] wrote: the text, or the machine image.
fn read_image(read: &Read<'_>, path: &str, ami: &mut String) -> Option<NodeId> {
    let json = read.get(path)?;
    if let Some(text) = read.text(json) {
        *ami = amis::ami_by_ssm_path(&text).map_or(text, |image| image.id.to_owned());
    }
    read.node(json)
}

/// The parameter of the type that most servers have.
fn usual_type(emit: &mut Emit<'_>, instance_type: &str) -> Option<Json> {
    let parameter = Parameter {
        group: Group::Servers,
        type_name: "String",
        default: instance_type.to_owned(),
        description: "Instance type of most servers".to_owned(),
        pattern: r"^[a-z0-9-]+\.[a-z0-9-]+$",
    };
    emit.is_usual_type(instance_type).then(|| emit.parameter("InstanceType", parameter))
}

/// The volumes as block device mappings, the root volume first. `image` decides what the root volume is called.
fn mappings(emit: &Emit<'_>, image: Option<&amis::Ami>, root: Root, others: &[BlockDevice]) -> Vec<Json> {
    let amazon_linux = image.is_none_or(|image| image.user == "ec2-user");
    let root = BlockDevice {
        device: if amazon_linux { "/dev/xvda" } else { "/dev/sda1" }.to_owned(),
        size: root.size,
        volume_type: root.volume_type,
        delete_on_termination: root.delete,
        encrypted: root.encrypted,
    };
    let mapping = |volume: &BlockDevice| {
        let mut json = Json::Object(emit.row(volume));
        let ebs = json.get_mut("Ebs").and_then(Json::as_object_mut);
        if let (VolumeType::Io1 | VolumeType::Io2, Some(ebs)) = (volume.volume_type, ebs) {
            // Provisioned volumes must say how much; 50 a GiB is what the smallest may have.
            ebs.insert("Iops".to_owned(), volume.size.saturating_mul(50).clamp(100, 3000).into());
        }
        json
    };
    std::iter::once(&root).chain(others).map(mapping).collect()
}

/// What images call their root volume (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html>).
const ROOT_DEVICES: [&str; 4] = ["/dev/xvda", "/dev/sda1", "/dev/sda", "/dev/xvda1"];

/// Reads what [`mappings`] wrote: the root volume by its name, for the order of mappings has no meaning, and the others.
///
/// # Errors
/// Which column does not fit.
fn read_mappings(read: &Read<'_>, path: &str) -> Result<(Option<Root>, Vec<BlockDevice>), Message> {
    let mut all: Vec<BlockDevice> = read.list(path).iter().map(|row| read.row(row)).collect::<Result<_, _>>()?;
    let at = all.iter().position(|volume| ROOT_DEVICES.contains(&volume.device.as_str()));
    let root = at.map(|at| all.remove(at)).map(|root| Root {
        size: root.size,
        volume_type: root.volume_type,
        delete: root.delete_on_termination,
        encrypted: root.encrypted,
    });
    Ok((root, all))
}

/// Makes a server of a subnet wait for its way to the internet, where a script downloads something or an address is public.
pub fn wait_for_way_out(emit: &mut Emit<'_>, subnet: NodeId, has_script: bool, is_public: bool) {
    let context = emit.context();
    let way = context.route_table_of(subnet).and_then(|(id, _)| {
        let route = context.route_outwards(subnet)?;
        // A route through a server may wait for that very server, not the other way round.
        let target = context.design.node(route.target?)?.kind();
        (target != Kind::Instance).then(|| emit.part_id(id, &route.suffix()))
    });
    match way.filter(|_| has_script) {
        Some(way) => {
            emit.depends_on(Some(way));
            emit.depends_on(Some(emit.part_id(subnet, "RouteTableAssociation")));
        }
        None if is_public => emit.depends_on(context.vpc_of(subnet).and_then(|(vpc, _)| emit.attachment_of(vpc))),
        None => {}
    }
}

/// A script as templates carry it.
fn script(text: &str) -> Option<Json> {
    (!text.is_empty()).then(|| Object::into(object([("Fn::Base64", Some(text.into()))])))
}
