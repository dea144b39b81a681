//! An Elastic IP that belongs to nothing costs money for nothing.
use crate::catalog::kinds::ElasticIp;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "elastic-ip-unused",
    severity: Severity::Warning,
    title: t("쓰이지 않는 탄력적 IP", "Unused Elastic IP"),
    why: t(
        "퍼블릭 IPv4 주소는 쓰지 않고 들고만 있어도 시간마다 요금이 들어요.",
        "A public IPv4 address is billed by the hour, used or not.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in
        context.all::<ElasticIp>().filter(|(id, ..)| context.users_of(*id).is_empty() && !context.may_be_used(*id))
    {
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "탄력적 IP {name}을(를) 쓰는 인스턴스나 NAT 게이트웨이가 없어요. 연결하거나 지우세요.",
                    "No instance or NAT gateway uses Elastic IP {name}. Attach it or remove it."
                ),
            )
            .field(id_of!(ElasticIp.instance))
            .fix(message!("탄력적 IP {name} 지우기", "Remove Elastic IP {name}"), vec![Edit::Remove(id)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    use crate::rules::testing::{fires, found_in, quiet, two_zones};

    #[test]
    fn fires_when_nothing_uses_it() {
        let mut sketch = two_zones();
        sketch.add("region", "spare", crate::catalog::kinds::ElasticIp::default());
        fires(&RULE, &sketch, &["spare"]);
    }

    #[test]
    fn quiet_at_a_nat_gateway_and_at_an_instance() {
        let mut sketch = two_zones();
        let instance = Some(sketch.id("web"));
        sketch.add("region", "fixed", crate::catalog::kinds::ElasticIp { instance, ..Default::default() });
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_in_a_subnet_mapping_of_a_network_load_balancer() {
        let address = "  Fixed: {Type: 'AWS::EC2::EIP'}\n";
        let balancer = "  Balancer: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {Type: network, SubnetMappings: [{SubnetId: subnet-0a1b2c3d4e5f60718, AllocationId: !GetAtt Fixed.AllocationId}]}}\n";
        assert_eq!(found_in(&RULE, &format!("{address}{balancer}")), Vec::<String>::new());
        assert_eq!(found_in(&RULE, address), ["Fixed"]);
    }
}
