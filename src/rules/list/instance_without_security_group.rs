//! An instance without a group falls to the VPC's default group.
use crate::catalog::Value;
use crate::catalog::kinds::{Instance, NetworkInterface, SecurityGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "instance-without-security-group",
    severity: Severity::Info,
    title: t("보안 그룹이 없는 인스턴스", "Instance without a security group"),
    why: t(
        "보안 그룹을 고르지 않으면 VPC의 기본 보안 그룹이 붙어요. 그 그룹은 같은 그룹끼리만 받고, 밖으로는 모두 나가요.",
        "Without a choice an instance gets the VPC's default group, which admits only its own members and lets everything out.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    // Where the default group admits more than its own members, it is used on purpose.
    let is_plain = |id: NodeId| context.vpc_of(id).is_none_or(|(_, vpc)| vpc.default_inbound.is_empty());
    for (id, node, instance) in context
        .all::<Instance>()
        .filter(|(id, _, instance)| context.groups_of_instance(instance).is_empty() && is_plain(*id))
    {
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "인스턴스 {name}에는 기본 보안 그룹만 붙어서 바깥에서 오는 연결을 받지 않아요. 필요한 포트를 여는 보안 그룹을 고르세요.",
                    "Instance {name} has the default security group alone, which admits nothing from outside. Choose a group that opens the ports it serves."
                ),
            )
            .field(id_of!(Instance.security_groups));
        let vpc = context.vpc_of(id).map(|(vpc, _)| vpc);
        let mut groups = context.all::<SecurityGroup>().filter(|(_, group, _)| group.parent == vpc);
        // The groups of a primary interface that exists by itself are its own; what stands at the instance counts for nothing then.
        let holder = match instance.primary_interface {
            Some(own) => {
                context.design.get::<NetworkInterface>(own).map(|_| (own, id_of!(NetworkInterface.security_groups)))
            }
            None => Some((id, id_of!(Instance.security_groups))),
        };
        if let (Some((holder, field)), Some((group, group_node, _)), None) = (holder, groups.next(), groups.next()) {
            let group_name = &group_node.name;
            note.fix(
                message!("보안 그룹 {group_name} 붙이기", "Attach security group {group_name}"),
                vec![Edit::set(holder, field, Value::List(vec![Value::Ref(group)]))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_one() {
        let mut sketch = two_zones();
        sketch.refs("app", "security_groups", &[]);
        fires(&RULE, &sketch, &["app"]);
    }

    #[test]
    fn the_group_is_given_to_the_interface_that_the_instance_has() {
        let text = "
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Net: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Web: {Type: 'AWS::EC2::SecurityGroup', Properties: {VpcId: !Ref Vpc, GroupDescription: web}}
  Card: {Type: 'AWS::EC2::NetworkInterface', Properties: {SubnetId: !Ref Net}}
  Host:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      NetworkInterfaces: [{DeviceIndex: '0', NetworkInterfaceId: !Ref Card}]
";
        let design = crate::cloudformation::import(text).unwrap().design;
        let findings = crate::rules::check(&design);
        let fix = findings.iter().find(|one| one.rule == RULE.id).and_then(|one| one.fix.clone()).unwrap();
        let mut mended = design.clone();
        mended.apply_all(&fix.edits).unwrap();
        assert_ne!(mended, design);
        assert!(crate::rules::check(&mended).iter().all(|one| one.rule != RULE.id), "it mends");
    }

    #[test]
    fn quiet_with_one() {
        quiet(&RULE, &two_zones());
    }
}
