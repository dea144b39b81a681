//! A VPN connection with static routes has some.

use crate::catalog::kinds::VpnConnection;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "vpn-static-without-routes",
    severity: Severity::Warning,
    title: t("정적 라우팅이 없는 VPN 연결", "Static VPN connection without routes"),
    why: t(
        "정적 라우팅만 쓰는 VPN 연결은 온프레미스의 CIDR을 적어야 그리로 패킷을 보내요.",
        "A VPN connection with static routes only sends nothing on premises until the networks there are written.",
    ),
    source: "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, connection) in context.all::<VpnConnection>() {
        // On a transit gateway the gateway's own tables say it.
        if !connection.static_only || connection.vpn_gateway.is_none() || !connection.routes.is_empty() {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "VPN 연결 {name}은(는) 정적 라우팅만 쓰는데 적은 라우팅이 없어서 온프레미스로 아무것도 가지 않아요. 온프레미스의 CIDR을 추가하세요.",
                    "VPN connection {name} uses static routes only and has none, so nothing goes on premises. Add the networks there."
                ),
            )
            .field(id_of!(VpnConnection.routes))
            .given_all([(id, id_of!(VpnConnection.static_only))]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_transit::joined;

    #[test]
    fn fires_where_nothing_is_written() {
        let mut n = joined();
        n.set("vpn", "routes", Value::List(vec![]));
        fires(&RULE, &n, &["vpn"]);
    }

    #[test]
    fn quiet_with_routes_and_with_bgp() {
        quiet(&RULE, &joined());
        let mut n = joined();
        n.set("vpn", "routes", Value::List(vec![]));
        n.set("vpn", "static_only", false);
        quiet(&RULE, &n);
    }
}
