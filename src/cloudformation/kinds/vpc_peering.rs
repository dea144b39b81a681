//! A peering connection: the region of the VPC at its other end.

use super::Irregular;
use crate::catalog::kinds::VpcPeering;
use crate::cloudformation::Emit;
use crate::id::NodeId;

impl Irregular for VpcPeering {
    fn export(&self, emit: &mut Emit<'_>) {
        let context = emit.context();
        let region = |vpc: Option<NodeId>| context.region_of(vpc?);
        if let (Some(own), Some(other)) = (region(self.requester), region(self.accepter))
            && own != other
        {
            emit.set_property("PeerRegion", other);
        }
        if self.requester.is_none() || self.accepter.is_none() {
            emit.leave_out(crate::message!(
                "피어링 양쪽 VPC를 모두 골라야 템플릿에 넣을 수 있어요.",
                "Choose the VPCs at both ends to have the peering in the template."
            ));
        }
    }
}
