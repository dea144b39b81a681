//! A load balancer: its endpoint service and the addresses it answers at.

use super::Irregular;
use crate::catalog::kinds::{Listener, ListenerProtocol, LoadBalancer, RecordSet};
use crate::cloudformation::{Emit, Read};
use crate::template::{object, substitution};
use crate::text::Message;

/// What the id of the endpoint service of a gateway balancer ends in.
pub(super) const ENDPOINT_SERVICE: &str = "EndpointService";

impl Irregular for LoadBalancer {
    fn export(&self, emit: &mut Emit<'_>) {
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
        self.endpoint_service = !read.parts("AWS::EC2::VPCEndpointService", "GatewayLoadBalancerArns").is_empty();
        Ok(())
    }
}
