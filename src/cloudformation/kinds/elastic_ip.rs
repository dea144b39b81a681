//! An Elastic IP address: its association with an instance or a network interface.

use super::Irregular;
use crate::catalog::kinds::ElasticIp;
use crate::cloudformation::{Emit, Read};
use crate::template::object;
use crate::text::Message;

impl Irregular for ElasticIp {
    fn export(&self, emit: &mut Emit<'_>) {
        emit.set_property("Domain", "vpc");
        let node = emit.node();
        let user = self.instance.or(self.interface).or_else(|| emit.context().users_of(node).first().copied());
        let vpc = user.and_then(|user| emit.context().vpc_of(user)).map(|(vpc, _)| vpc);
        emit.depends_on(vpc.and_then(|vpc| emit.attachment_of(vpc)));
        if let Some(interface) = self.interface {
            let ends = [
                ("AllocationId", Some(emit.attribute_of(node, "AllocationId"))),
                ("NetworkInterfaceId", emit.refer(interface)),
            ];
            emit.part("Association", "AWS::EC2::EIPAssociation", object(ends));
        }
        if let Some(instance) = self.instance {
            let server = emit.logical_of(instance);
            emit.output("PublicIp", format!("Public address of {server}"), emit.reference_to(node));
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let mut associations = read.parts("AWS::EC2::EIPAssociation", "AllocationId");
        associations.extend(read.parts("AWS::EC2::EIPAssociation", "EIP"));
        self.interface = associations.first().and_then(|part| read.node(part.get("NetworkInterfaceId")?));
        self.instance =
            self.instance.or_else(|| associations.first().and_then(|part| read.node(part.get("InstanceId")?)));
        Ok(())
    }
}
