"""Designs of containers, functions, logs and alarms; see test_kinds.py."""


def ecr_repository(sheet):
    policy = '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 5}, "action": {"type": "expire"}}]}'
    own = {"repository_name": "shop/web", "tag_mutability": "IMMUTABLE", "scan_on_push": False}
    sheet.add("ecr_repository", sheet.region)
    sheet.add("ecr_repository", sheet.region, lifecycle_policy=policy, **own)


def ecs_cluster(sheet):
    shares = [{"provider": "FARGATE", "base": 1, "weight": 1}, {"provider": "FARGATE_SPOT", "base": 0, "weight": 3}]
    sheet.add("ecs_cluster", sheet.region)
    sheet.add("ecs_cluster", sheet.region, cluster_name="shop", container_insights="enabled", default_strategy=shares)
    template = {"ref": sheet.add("launch_template", sheet.region)}
    group = {"ref": sheet.add("auto_scaling_group", sheet.vpc, launch_template=template, subnets=[{"ref": sheet.a}])}
    sheet.add("ecs_cluster", sheet.region, fargate_spot=False, groups=[group], default_strategy=[{"group": group}])


def log_group(sheet):
    sheet.add("log_group", sheet.region)
    sheet.add("log_group", sheet.region, log_group_name="/ecs/web", retention="never", log_class="INFREQUENT_ACCESS")


def ssm_parameter(sheet):
    """The secure string is not deployed."""
    sheet.add("ssm_parameter", sheet.region)
    sheet.add("ssm_parameter", sheet.region, parameter_name="/app/zones", parameter_type="StringList", value="a,c", tier="Advanced")
    sheet.add("ssm_parameter", sheet.region, parameter_name="/app/password", parameter_type="SecureString", value="")


def alarm(sheet):
    """Of an instance, of a balancer with its target group, and of something that is not drawn."""
    server = sheet.server(sheet.a)
    balancer = sheet.balancer()
    group = sheet.add("target_group", sheet.vpc, targets=[{"instance": {"ref": server}}])
    sheet.add("listener", balancer, forwards=[{"target_group": {"ref": group}}])
    sheet.add("alarm", sheet.region, dimensions=[{"name": "InstanceId", "resource": {"ref": server}}])
    both = [{"name": "LoadBalancer", "resource": {"ref": balancer}}, {"name": "TargetGroup", "resource": {"ref": group}}]
    slow = {"namespace": "AWS/ApplicationELB", "metric": "TargetResponseTime", "statistic": "p95", "threshold": "0.5", "period": 60}
    topic = ["arn:aws:sns:ap-northeast-2:123456789012:operators"]
    sheet.add("alarm", sheet.region, dimensions=both, actions=topic, ok_actions=topic, datapoints_to_alarm=1, **slow)
    sheet.add("alarm", sheet.region, namespace="Shop", metric="Orders", comparison="LessThanThreshold", dimensions=[{"name": "Stage", "value": "live"}])


def dashboard(sheet):
    sheet.add("dashboard", sheet.region)
    body = '{"widgets": [{"type": "text", "x": 0, "y": 0, "width": 6, "height": 2, "properties": {"markdown": "# ${shop}"}}]}'
    sheet.add("dashboard", sheet.region, dashboard_name="shop", body=body)


SHEETS = {
    "alarm": alarm,
    "dashboard": dashboard,
    "ecr_repository": ecr_repository,
    "ecs_cluster": ecs_cluster,
    "log_group": log_group,
    "ssm_parameter": ssm_parameter,
}
