//! Out by VPN connections to networks on premises, and in from them.

use super::{NatSession, Walker};
use crate::id::NodeId;
use crate::reach::packet::{Decision, StepKind, Walk};
use crate::reach::vpn::ConnectionEnd;

impl Walker<'_> {
    /// To a virtual private gateway, and out by the connection beyond which the destination lies.
    pub(super) fn enter_vpn(&mut self, gateway: NodeId) {
        let net = self.net;
        let vpn = &net.vpn;
        self.step(StepKind::VpnGateway, Some(gateway), Decision::Pass, true);
        match vpn.towards(gateway, self.packet.destination) {
            Some(connection) => self.leave_by_vpn(connection),
            None if vpn.may_lead(gateway) => self.block(|explain| explain.vpn_unknown(gateway)),
            None => self.block(|explain| explain.no_vpn_route(gateway)),
        }
    }

    /// Out by a connection. What is on the internet may lie beyond it or not.
    pub(super) fn leave_by_vpn(&mut self, connection: NodeId) {
        let net = self.net;
        let Some(of) = net.vpn.connections.get(&connection) else { return };
        self.step(StepKind::VpnConnection, Some(connection), Decision::Pass, true);
        self.step(StepKind::OnPremises, Some(of.customer), Decision::Pass, true);
        if of.holding(self.packet.destination).is_none() && !super::is_private(self.packet.destination) {
            return self.block(|explain| explain.vpn_unknown(connection));
        }
        self.identity = None;
        self.walk.arrives = true;
        self.walk.left_by = Some(connection);
    }

    /// From a network on premises, by a connection.
    pub fn start_on_premises(mut self, connection: NodeId) -> (Walk, Vec<NatSession>) {
        let net = self.net;
        if let Some(of) = net.vpn.connections.get(&connection) {
            self.step(StepKind::OnPremises, Some(of.customer), Decision::Pass, true);
            self.step(StepKind::VpnConnection, Some(connection), Decision::Pass, true);
            match of.end {
                ConnectionEnd::Gateway(gateway) => {
                    self.step(StepKind::VpnGateway, Some(gateway), Decision::Pass, true);
                    match net.vpn.gateways.get(&gateway) {
                        None => self.block(|explain| explain.vpn_gateway_detached(gateway)),
                        Some(vpc) if !net.holds(*vpc, self.packet.destination) => {
                            self.block(|explain| explain.beyond_vpn_gateway(gateway, *vpc));
                        }
                        Some(vpc) => self.enter(*vpc),
                    }
                }
                ConnectionEnd::Transit(gateway) => self.transit(connection, gateway, None),
            }
        }
        self.finish()
    }
}
