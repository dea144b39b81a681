//! An Auto Scaling group launches into subnets.
use crate::catalog::Value;
use crate::catalog::kinds::{AutoScalingGroup, Subnet};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scaling-group-without-subnet",
    severity: Severity::Error,
    title: t("서브넷이 없는 Auto Scaling 그룹", "Auto Scaling group without subnet"),
    why: t(
        "인스턴스를 어디에 띄울지 알 수 없어서 그룹을 만들 수 없어요.",
        "Without one the group does not know where to launch and cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-in-vpc.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<AutoScalingGroup>().filter(|(_, _, group)| group.subnets.is_empty()) {
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "Auto Scaling 그룹 {name}에 서브넷이 없어요. 두 가용 영역 이상의 서브넷을 고르세요.",
                    "Auto Scaling group {name} has no subnet. Choose subnets of at least two zones."
                ),
            )
            .field(id_of!(AutoScalingGroup.subnets));
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        let all: Vec<NodeId> = context.within::<Subnet>(vpc).map(|(subnet, ..)| subnet).collect();
        // Servers belong in private subnets, where there are any.
        let private: Vec<NodeId> = all.iter().copied().filter(|subnet| !context.is_public(*subnet)).collect();
        let fit = if private.is_empty() { all } else { private };
        if !fit.is_empty() {
            let names = context.names(&fit);
            note.fix(
                message!("서브넷 {names} 고르기", "Choose subnets {names}"),
                vec![Edit::set(
                    id,
                    id_of!(AutoScalingGroup.subnets),
                    Value::List(fit.into_iter().map(Value::Ref).collect()),
                )],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, found_in, quiet, scaled};

    #[test]
    fn fires_on_a_group_that_is_nowhere() {
        let mut sketch = scaled();
        sketch.refs("asg", "subnets", &[]);
        fires(&RULE, &sketch, &["asg"]);
    }

    #[test]
    fn quiet_with_subnets() {
        quiet(&RULE, &scaled());
    }

    #[test]
    fn quiet_on_zones_of_the_default_vpc() {
        let group = |more: &str| {
            format!(
                "  Web: {{Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {{MinSize: '1', MaxSize: '2'{more}}}}}\n"
            )
        };
        assert_eq!(found_in(&RULE, &group(", AvailabilityZones: !GetAZs ''")), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &group("")), ["Web"]);
    }
}
