//! A network interface: its attachment to an instance.

use super::Irregular;
use crate::catalog::kinds::{Instance, NetworkInterface};
use crate::cloudformation::{Emit, Read};
use crate::template::object;
use crate::text::Message;

impl Irregular for NetworkInterface {
    fn export(&self, emit: &mut Emit<'_>) {
        let Some(instance) = self.instance else { return };
        let node = emit.node();
        // The instance lists it itself.
        if emit.context().design.get::<Instance>(instance).is_some_and(|of| of.primary_interface == Some(node)) {
            return;
        }
        // Device 0 is the primary interface; the others count on in the order in which they were drawn.
        let mine = emit.context().all::<Self>().filter(|(_, _, other)| other.instance == Some(instance));
        let index = 1 + mine.take_while(|(id, ..)| *id != node).count();
        let ends = [
            ("DeviceIndex", Some(index.to_string().into())),
            ("InstanceId", emit.refer(instance)),
            ("NetworkInterfaceId", Some(emit.reference_to(node))),
        ];
        emit.part("Attachment", "AWS::EC2::NetworkInterfaceAttachment", object(ends));
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        read.note_ipv6(&[read.get("Ipv6AddressCount"), read.get("Ipv6Addresses")]);
        // What an instance lists itself: its primary interface says nothing more, and the others are attached like any.
        let listing = read.named_in_list("AWS::EC2::Instance", "NetworkInterfaces", "NetworkInterfaceId");
        let attachments = read.parts("AWS::EC2::NetworkInterfaceAttachment", "NetworkInterfaceId");
        self.instance = attachments.first().and_then(|part| read.node(part.get("InstanceId")?)).or(listing);
        Ok(())
    }
}
