//! The shares of On-Demand and Spot instances: a base that leaves no Spot, and a group that is all Spot.
use crate::catalog::Value;
use crate::catalog::kinds::AutoScalingGroup;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "mixed-instances-share",
    severity: Severity::Warning,
    title: t("온디맨드와 스팟의 비율이 뜻과 다름", "Shares of On-Demand and Spot that cannot be meant"),
    why: t(
        "온디맨드 기본 용량이 최대 용량만큼이면 스팟은 쓰이지 않고, 온디맨드가 하나도 없으면 스팟이 회수될 때 서버가 모두 사라질 수 있어요.",
        "A base as large as the maximum leaves no Spot instance; without any On-Demand instance all servers may go when Spot capacity is taken back.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<AutoScalingGroup>().filter(|(_, _, group)| group.mixed) {
        let AutoScalingGroup { on_demand_base: base, on_demand_percentage: percentage, max_size: max, .. } = group;
        let name = &node.name;
        if *percentage < 100 && base >= max && *max > 0 {
            let fit = group.min_size.min(max.saturating_sub(1));
            let message = message!(
                "Auto Scaling 그룹 {name}의 온디맨드 기본 용량 {base}이(가) 최대 용량 {max}만큼이라 스팟을 쓰지 않아요. 기본 용량을 줄이세요.",
                "The On-Demand base of {base} of Auto Scaling group {name} takes all of its maximum of {max}, so no Spot instance is used. Lower the base."
            );
            let title = message!("온디맨드 기본 용량을 {fit}(으)로 줄이기", "Lower the On-Demand base to {fit}");
            report
                .note(id, message)
                .field(id_of!(AutoScalingGroup.on_demand_base))
                .fix(title, vec![Edit::set(id, id_of!(AutoScalingGroup.on_demand_base), Value::Int(i64::from(fit)))]);
        } else if *percentage == 0 && *base == 0 && !group.target_groups.is_empty() && *max > 1 {
            let message = message!(
                "Auto Scaling 그룹 {name}이(가) 스팟만 써요. 회수되면 로드 밸런서의 대상이 모두 사라질 수 있으니 온디맨드를 하나는 두세요.",
                "Auto Scaling group {name} is all Spot. When that is taken back the load balancer may lose every target: keep one On-Demand instance."
            );
            let title = message!("온디맨드를 하나 두기", "Keep one On-Demand instance");
            report
                .note(id, message)
                .field(id_of!(AutoScalingGroup.on_demand_base))
                .fix(title, vec![Edit::set(id, id_of!(AutoScalingGroup.on_demand_base), Value::Int(1))]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{Named, fires, quiet, scaled};

    fn mixed(base: i64, percentage: i64) -> Named {
        let mut sketch = scaled();
        sketch.set("asg", "mixed", true);
        sketch.set("asg", "on_demand_base", Value::Int(base));
        sketch.set("asg", "on_demand_percentage", Value::Int(percentage));
        sketch
    }

    #[test]
    fn fires_on_a_base_that_leaves_no_spot_and_on_spot_alone() {
        fires(&RULE, &mixed(4, 20), &["asg"]);
        fires(&RULE, &mixed(0, 0), &["asg"]);
    }

    #[test]
    fn quiet_on_a_mixture_and_on_demand_alone() {
        quiet(&RULE, &scaled());
        quiet(&RULE, &mixed(1, 20));
        quiet(&RULE, &mixed(0, 100));
    }
}
