//! Servers that come and go with the load: an Auto Scaling group behind a load balancer.

use super::pen::{Pen, SHOW_ADDRESS, default_route, port_from, port_from_group, table};
use crate::catalog::decimal::Decimal;
use crate::catalog::fleet::Maintenance;
use crate::catalog::kinds::{
    Alarm, AutoScalingGroup, Dimension, Forward, HealthCheckType, Internet, InternetGateway, LaunchTemplate, Listener,
    LoadBalancer, PolicyType, Region, ScalingPolicy, ScheduledAction, Step, TargetGroup, Vpc,
};
use crate::design::Design;
use crate::net::AnyCidr;

/// Draws it: two to six servers in private subnets, kept at 50 % CPU by target tracking, with a step policy for rushes at 70 and 90 %, and more
/// servers on weekday mornings.
pub fn auto_scaling() -> Design {
    let mut pen = Pen::new("Auto Scaling 그룹");
    pen.tile(None, "internet", Internet, 32.0, 136.0);
    let region = Some(pen.frame(None, "seoul", Region::default(), (176.0, 32.0, 1168.0, 832.0)));
    let vpc = Some(pen.frame(region, "lab-vpc", Vpc::default(), (16.0, 48.0, 1008.0, 768.0)));

    let gateway = pen.tile(vpc, "igw", InternetGateway, 16.0, 72.0);
    let public_table = pen.tile(vpc, "public-rt", table(default_route(gateway)), 16.0, 264.0);
    let private_table_a = pen.tile(vpc, "private-a-rt", table(Vec::new()), 16.0, 400.0);
    let private_table_c = pen.tile(vpc, "private-c-rt", table(Vec::new()), 896.0, 400.0);
    let mut group = |name, why, inbound, x| pen.group(vpc, (name, why), inbound, (x, 104.0));
    let web = vec![port_from(80, AnyCidr::default(), "From anywhere")];
    let alb_group = group("alb-sg", "The load balancer: HTTP from anywhere", web, 560.0);
    let inbound = vec![port_from_group(80, alb_group, "HTTP from the load balancer")];
    let web_group = group("web-sg", "The servers: the load balancer alone", inbound, 672.0);

    let [public_a, public_c, private_a, private_c] =
        pen.four_subnets(vpc, public_table, [private_table_a, private_table_c]);
    pen.nat(public_a, "nat-a", [32.0, 160.0], private_table_a);
    pen.nat(public_c, "nat-c", [32.0, 160.0], private_table_c);

    let targets = pen.tile(vpc, "web-tg", TargetGroup::default(), 432.0, 104.0);
    let subnets = vec![public_a, public_c];
    let balancer = LoadBalancer { subnets, security_groups: vec![alb_group], ..LoadBalancer::default() };
    let balancer = pen.frame(vpc, "web-alb", balancer, (128.0, 48.0, 256.0, 160.0));
    let forwards = vec![Forward { target_group: Some(targets), ..Forward::default() }];
    pen.tile(Some(balancer), "http", Listener { forwards, ..Listener::default() }, 80.0, 56.0);

    let template = LaunchTemplate {
        security_groups: vec![web_group],
        user_data: SHOW_ADDRESS.to_owned(),
        detailed_monitoring: true,
        ..LaunchTemplate::default()
    };
    let template = pen.tile(region, "web-lt", template, 1048.0, 664.0);
    let fleet = AutoScalingGroup {
        min_size: 2,
        desired: 3,
        max_size: 6,
        launch_template: Some(template),
        subnets: vec![private_a, private_c],
        target_groups: vec![targets],
        health_check: HealthCheckType::Elb,
        warmup: Some(120),
        maintenance: Maintenance::LaunchFirst,
        ..AutoScalingGroup::default()
    };
    let fleet = pen.frame(vpc, "web-asg", fleet, (128.0, 616.0, 752.0, 136.0));
    pen.tile(Some(fleet), "cpu-50", ScalingPolicy::default(), 32.0, 48.0);
    let step = |lower, upper: Option<i32>, adjustment| Step {
        lower: Some(Decimal::whole(lower)),
        upper: upper.map(Decimal::whole),
        adjustment,
    };
    // Bounds count from the alarm's 70 %: two more from 70, four more from 90.
    let steps = vec![step(0, Some(20), 2), step(20, None, 4)];
    let rush = ScalingPolicy { policy_type: PolicyType::Step, steps, ..ScalingPolicy::default() };
    let rush = pen.tile(Some(fleet), "rush", rush, 224.0, 48.0);
    let morning = ScheduledAction { desired: Some(4), ..ScheduledAction::default() };
    pen.tile(Some(fleet), "weekday-morning", morning, 416.0, 48.0);
    let busy = Alarm {
        dimensions: vec![Dimension {
            name: "AutoScalingGroupName".to_owned(),
            resource: Some(fleet),
            value: String::new(),
        }],
        threshold: Decimal::whole(70),
        period: 60,
        targets: vec![rush],
        ..Alarm::default()
    };
    pen.tile(region, "cpu-70", busy, 1048.0, 520.0);
    pen.finish()
}
