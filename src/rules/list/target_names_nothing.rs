//! Each row of a target group names an instance or an address.
use std::net::Ipv4Addr;

use crate::catalog::kinds::{TargetGroup, TargetType};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::without;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "target-names-nothing",
    severity: Severity::Error,
    title: t("비어 있는 대상", "Target that names nothing"),
    why: t(
        "대상 유형이 인스턴스면 인스턴스를, IP 주소면 프라이빗 IPv4 주소를 적어야 등록돼요.",
        "A target of type instance names an instance, one of type ip a private IPv4 address, or it is not registered.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<TargetGroup>() {
        let by_instance = group.target_type == TargetType::Instance;
        for (row, target) in group.targets.iter().enumerate() {
            // Without an address that of the instance is meant, which a template takes from it.
            let of_instance = target.instance.is_some() && (by_instance || target.address.is_empty());
            let sound = of_instance || (!by_instance && target.address.trim().parse::<Ipv4Addr>().is_ok());
            if sound {
                continue;
            }
            let (name, number, address) = (&node.name, row + 1, &target.address);
            let said = if by_instance {
                message!(
                    "대상 그룹 {name}의 {number}번째 대상에 인스턴스가 없어요. 인스턴스를 고르거나 줄을 지우세요.",
                    "Target {number} of target group {name} names no instance. Choose one or delete the row."
                )
            } else {
                message!(
                    "대상 그룹 {name}의 {number}번째 대상 '{address}'은(는) IPv4 주소가 아니에요. 10.0.3.10처럼 적거나 줄을 지우세요.",
                    "Target {number} of target group {name}, \"{address}\", is no IPv4 address. Write one such as 10.0.3.10 or delete the row."
                )
            };
            report.note(id, said).field(id_of!(TargetGroup.targets)).fix(
                message!("{number}번째 줄 지우기", "Delete row {number}"),
                vec![Edit::set(id, id_of!(TargetGroup.targets), without(&group.targets, row))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Target;
    use crate::rules::testing::{balanced, fires, found_in, quiet};

    #[test]
    fn fires_after_the_instance_went_and_on_words_for_an_address() {
        let mut sketch = balanced();
        sketch.remove("app");
        fires(&RULE, &sketch, &["tg"]);
        sketch.set("tg", "target_type", "ip");
        sketch.rows("tg", "targets", &[Target { address: "server".to_owned(), ..Target::default() }]);
        fires(&RULE, &sketch, &["tg"]);
    }

    #[test]
    fn quiet_on_instances_and_addresses() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        sketch.set("tg", "target_type", "ip");
        sketch.rows("tg", "targets", &[Target { address: "10.0.3.10".to_owned(), ..Target::default() }]);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_on_an_address_that_only_a_deployment_knows() {
        let group = |id: &str| {
            format!(
                "  Group: {{Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {{TargetType: ip, Port: 80, Protocol: HTTP, Targets: [{{Id: {id}}}]}}}}\n"
            )
        };
        assert_eq!(found_in(&RULE, &group("!ImportValue server-Address")), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &group("server")), ["Group"]);
    }

    #[test]
    fn quiet_on_the_address_of_an_instance_and_not_on_its_id() {
        let group = |id: &str| {
            format!(
                "  Vpc: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Net: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}}}
  App: {{Type: 'AWS::EC2::Instance', Properties: {{ImageId: ami-0123456789abcdef0, SubnetId: !Ref Net}}}}
  Group: {{Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {{VpcId: !Ref Vpc, TargetType: ip, Port: 80, Protocol: HTTP, Targets: [{{Id: {id}}}]}}}}
"
            )
        };
        assert_eq!(found_in(&RULE, &group("!GetAtt App.PrivateIp")), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &group("!Ref App")), ["Group"]);
    }
}
