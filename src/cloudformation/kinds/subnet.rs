//! A subnet: its zone, and its associations with a route table and a network ACL.

use super::Irregular;
use crate::catalog::kinds::{Subnet, Vpc};
use crate::cloudformation::{Emit, Read};
use crate::id_of;
use crate::template::object;
use crate::text::Message;

impl Irregular for Subnet {
    fn export(&self, emit: &mut Emit<'_>) {
        let context = emit.context();
        let node = emit.node();
        if let Some(zone) = emit.zone() {
            emit.set_property("AvailabilityZone", zone);
        }
        if let Some((vpc, body)) = context.vpc_of(node)
            && let Some(block) = body.secondary_cidrs.iter().find(|block| block.contains(&self.cidr))
        {
            emit.depends_on(Some(emit.part_id(vpc, &Vpc::block_suffix(*block))));
        }
        let table = context.route_table_of(node).map(|(table, _)| table);
        for (suffix, type_name, property, other) in [
            ("RouteTableAssociation", "AWS::EC2::SubnetRouteTableAssociation", "RouteTableId", table),
            ("NetworkAclAssociation", "AWS::EC2::SubnetNetworkAclAssociation", "NetworkAclId", self.network_acl),
        ] {
            if let Some(other) = other {
                let ends = [("SubnetId", Some(emit.reference_to(node))), (property, emit.refer(other))];
                emit.part(suffix, type_name, object(ends));
            }
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        // One that stands outside the template is another than the main one, and nothing is known of it.
        let other = |field: &'static str, type_name: &str, property: &str| {
            read.parts(type_name, "SubnetId").first().and_then(|part| read.refer(field, part.get(property)?))
        };
        read.note_ipv6(&[read.get("AssignIpv6AddressOnCreation"), read.get("Ipv6Native")]);
        self.route_table = other(id_of!(Subnet.route_table), "AWS::EC2::SubnetRouteTableAssociation", "RouteTableId");
        self.network_acl = other(id_of!(Subnet.network_acl), "AWS::EC2::SubnetNetworkAclAssociation", "NetworkAclId");
        Ok(())
    }
}
