//! An internet gateway: its attachment to the VPC.

use super::Irregular;
use crate::catalog::kinds::InternetGateway;
use crate::cloudformation::{Emit, Read};
use crate::template::object;
use crate::text::Message;

impl Irregular for InternetGateway {
    fn export(&self, emit: &mut Emit<'_>) {
        let node = emit.node();
        let parent = emit.context().design.node(node).and_then(|node| node.parent);
        if let Some((vpc, _)) = emit.context().vpc_of(node).filter(|(vpc, _)| Some(*vpc) == parent) {
            let ends = [("VpcId", emit.refer(vpc)), ("InternetGatewayId", emit.refer(node))];
            emit.part("Attachment", "AWS::EC2::VPCGatewayAttachment", object(ends));
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        // Standing in the VPC says the same; the metadata has that.
        read.parts("AWS::EC2::VPCGatewayAttachment", "InternetGatewayId");
        Ok(())
    }
}
