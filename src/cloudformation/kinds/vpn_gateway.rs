//! A virtual private gateway: its type, and its attachment to the VPC.

use super::Irregular;
use crate::catalog::kinds::VpnGateway;
use crate::cloudformation::{Emit, Read};
use crate::template::object;
use crate::text::Message;

/// What the id of the attachment ends in.
pub(super) const ATTACHMENT: &str = "Attachment";

impl Irregular for VpnGateway {
    fn export(&self, emit: &mut Emit<'_>) {
        emit.set_property("Type", "ipsec.1");
        let node = emit.node();
        let parent = emit.context().design.node(node).and_then(|node| node.parent);
        if let Some((vpc, _)) = emit.context().vpc_of(node).filter(|(vpc, _)| Some(*vpc) == parent) {
            let ends = [("VpcId", emit.refer(vpc)), ("VpnGatewayId", emit.refer(node))];
            emit.part(ATTACHMENT, "AWS::EC2::VPCGatewayAttachment", object(ends));
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        // Standing in the VPC says the same; the metadata has that.
        read.parts("AWS::EC2::VPCGatewayAttachment", "VpnGatewayId");
        Ok(())
    }
}
