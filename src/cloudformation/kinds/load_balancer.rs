//! A load balancer: its endpoint service and the addresses it answers at.

use super::Irregular;
use crate::catalog::kinds::{Listener, ListenerProtocol, LoadBalancer, RecordSet};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::id_of;
use crate::template::{Json, object, substitution};
use crate::text::Message;

/// What the id of the endpoint service of a gateway balancer ends in.
pub(super) const ENDPOINT_SERVICE: &str = "EndpointService";

/// The subnets with what each node has there. A balancer has either this property or `Subnets`.
const MAPPINGS: &str = "SubnetMappings";

impl LoadBalancer {
    /// Writes the subnets as mappings, where nodes have addresses of their own or the template has them so.
    fn put_mappings(&self, emit: &mut Emit<'_>) {
        if self.elastic_ips.is_empty() && !emit.original().is_some_and(|original| original.contains_key(MAPPINGS)) {
            return;
        }
        let mapping = |(row, subnet): (usize, &NodeId)| {
            let address = self.elastic_ips.get(row).and_then(|address| emit.refer(*address));
            Some(Json::Object(object([("SubnetId", Some(emit.refer(*subnet)?)), ("AllocationId", address)])))
        };
        let rows: Vec<Json> = self.subnets.iter().enumerate().filter_map(mapping).collect();
        emit.remove_property("Subnets");
        if !rows.is_empty() {
            emit.set_property(MAPPINGS, rows);
        }
    }

    /// Reads the subnets of mappings, with the addresses that nodes have there.
    fn read_mappings(&mut self, read: &Read<'_>) {
        let rows = read.list(MAPPINGS);
        if rows.is_empty() {
            return;
        }
        let subnet = |row: &Json| read.refer(id_of!(LoadBalancer.subnets), row.get("SubnetId")?);
        self.subnets = rows.iter().filter_map(subnet).collect();
        // Which node has which follows from the order alone, so that all are known or none.
        let written: Vec<&Json> = rows.iter().filter_map(|row| row.get("AllocationId")).collect();
        let known: Vec<NodeId> = written.iter().filter_map(|address| read.node(address)).collect();
        if known.len() == self.subnets.len() {
            self.elastic_ips = known;
        } else if !written.is_empty() {
            read.leave_undecided(id_of!(LoadBalancer.elastic_ips));
        }
        let private = rows.iter().filter_map(|row| row.get("PrivateIPv4Address"));
        self.addresses = read.each(id_of!(LoadBalancer.addresses), private, |json| read.parse(json));
    }
}

impl Irregular for LoadBalancer {
    fn export(&self, emit: &mut Emit<'_>) {
        self.put_mappings(emit);
        let (context, node) = (emit.context(), emit.node());
        if self.is_gateway() && self.endpoint_service {
            let balancers = vec![emit.reference_to(node)];
            let service = object([
                ("AcceptanceRequired", Some(false.into())),
                ("GatewayLoadBalancerArns", Some(balancers.into())),
            ]);
            emit.part(ENDPOINT_SERVICE, "AWS::EC2::VPCEndpointService", service);
        }
        if !self.is_gateway() {
            emit.output("DnsName", format!("DNS name of {}", emit.logical()), emit.attribute_of(node, "DNSName"));
        }
        if !self.is_internet_facing() {
            return;
        }
        emit.depends_on(context.vpc_of(node).and_then(|(vpc, _)| emit.attachment_of(vpc)));
        let listeners = context.design.children(Some(node)).filter_map(|id| context.design.get::<Listener>(id));
        let protocols: Vec<_> =
            listeners.map(|listener| listener.protocol).filter(|protocol| protocol.is_http()).collect();
        let scheme = if protocols.contains(&ListenerProtocol::Https) { "https" } else { "http" };
        let record = context.all::<RecordSet>().find(|(_, _, record)| record.alias == Some(node));
        let host = record.map_or_else(
            || format!("${{{}.DNSName}}", emit.logical()),
            |(_, _, record)| emit.domain_pattern(&record.domain),
        );
        if !protocols.is_empty() {
            let url = format!("{scheme}://{host}");
            let url = if url.contains("${") { substitution(&url) } else { url.into() };
            emit.output("Url", format!("Address of the site behind {}", emit.logical()), url);
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.read_mappings(read);
        // Without groups an NLB has none at all, not the default one.
        let groups = read.list("SecurityGroups");
        if !self.is_application() && self.security_groups.is_empty() && !groups.is_empty() {
            read.leave_open(id_of!(LoadBalancer.security_groups));
        }
        read.note_ipv6(&[read.get("IpAddressType")]);
        self.endpoint_service = !read.parts("AWS::EC2::VPCEndpointService", "GatewayLoadBalancerArns").is_empty();
        Ok(())
    }
}
