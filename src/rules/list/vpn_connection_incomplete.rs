//! A VPN connection has an end on premises and one in AWS.

use crate::catalog::kinds::VpnConnection;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "vpn-connection-incomplete",
    severity: Severity::Error,
    title: t("끝이 모자란 VPN 연결", "VPN connection without both ends"),
    why: t(
        "VPN 연결에는 고객 게이트웨이와, 가상 프라이빗 게이트웨이나 전송 게이트웨이 가운데 하나가 있어야 해요.",
        "A VPN connection needs a customer gateway, and either a virtual private gateway or a transit gateway.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpnconnection.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, connection) in context.all::<VpnConnection>() {
        let name = &node.name;
        let (field, message) = match (connection.customer_gateway, connection.vpn_gateway, connection.transit_gateway) {
            (None, ..) => (
                id_of!(VpnConnection.customer_gateway),
                message!(
                    "VPN 연결 {name}에 고객 게이트웨이가 없어요. 온프레미스 쪽 끝을 고르세요.",
                    "VPN connection {name} has no customer gateway. Choose the end on premises."
                ),
            ),
            (_, None, None) => (
                id_of!(VpnConnection.vpn_gateway),
                message!(
                    "VPN 연결 {name}에 AWS 쪽 끝이 없어요. 가상 프라이빗 게이트웨이나 전송 게이트웨이를 고르세요.",
                    "VPN connection {name} has no end in AWS. Choose a virtual private gateway or a transit gateway."
                ),
            ),
            (_, Some(_), Some(_)) => (
                id_of!(VpnConnection.transit_gateway),
                message!(
                    "VPN 연결 {name}에 가상 프라이빗 게이트웨이와 전송 게이트웨이가 함께 있어요. 하나만 남기세요.",
                    "VPN connection {name} has both a virtual private gateway and a transit gateway. Keep one."
                ),
            ),
            _ => continue,
        };
        report.note(id, message).field(field).given_all([
            (id, id_of!(VpnConnection.customer_gateway)),
            (id, id_of!(VpnConnection.vpn_gateway)),
            (id, id_of!(VpnConnection.transit_gateway)),
        ]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::catalog::kinds::TransitGateway;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_transit::joined;

    #[test]
    fn fires_without_an_end_and_with_one_too_many() {
        for field in ["customer_gateway", "vpn_gateway"] {
            let mut n = joined();
            n.set("vpn", field, Value::None);
            fires(&RULE, &n, &["vpn"]);
        }
        let mut n = joined();
        let hub = n.add("region", "hub", TransitGateway::default());
        n.set("vpn", "transit_gateway", hub);
        fires(&RULE, &n, &["vpn"]);
    }

    #[test]
    fn quiet_with_both_ends() {
        quiet(&RULE, &joined());
    }
}
