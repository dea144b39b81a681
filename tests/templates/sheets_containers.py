"""Designs of ECS tasks and services, Lambda and API Gateway; see test_kinds.py."""


def task_definition(sheet):
    """One as it is dropped, one with everything, and one for instances."""
    sheet.add("task_definition", sheet.region)
    repository = {"ref": sheet.add("ecr_repository", sheet.region, repository_name="shop/web")}
    logs = {"ref": sheet.add("log_group", sheet.region, log_group_name="/ecs/web")}
    setting = {"ref": sheet.add("ssm_parameter", sheet.region, parameter_name="/app/region")}
    web = {
        "name": "web",
        "repository": repository,
        "tag": "v1",
        "log_group": logs,
        "ports": [{"container_port": 8000}],
        "environment": [{"name": "MODE", "value": "live"}],
        "secrets": [
            {"name": "REGION", "parameter": setting},
            {"name": "KEY", "value_from": "arn:aws:ssm:ap-northeast-2:123456789012:parameter/app/key"},
        ],
        "environment_files": [{"object": "arn:aws:s3:::example-config/web.env"}],
        "health_command": "curl -f http://localhost:8000/ || exit 1",
    }
    side = {"name": "side", "image": "public.ecr.aws/docker/library/busybox:stable", "essential": False, "ports": [], "command": ["sleep", "3600"], "log_group": logs}
    sheet.add("task_definition", sheet.region, cpu="512", memory=1024, architecture="ARM64", containers=[web, side])
    bridged = {"name": "web", "ports": [{"container_port": 80, "host_port": 8080}]}
    sheet.add("task_definition", sheet.region, compatibility="EC2", network_mode="bridge", containers=[bridged])


def ecs_service(sheet):
    """In public subnets without a balancer, behind one, and on capacity providers with blue/green; a dropped one is not deployed yet."""
    balancer = sheet.balancer()
    sheet.add("ecs_service", sheet.vpc)
    cluster = {"ref": sheet.add("ecs_cluster", sheet.region)}
    task = {"ref": sheet.add("task_definition", sheet.region)}
    network = {"subnets": [{"ref": sheet.a}, {"ref": sheet.c}], "security_groups": [{"ref": sheet.open_group()}]}
    own = {"cluster": cluster, "task_definition": task, **network}
    sheet.add("ecs_service", sheet.vpc, assign_public_ip=True, **own)
    blue, green, plain = ({"ref": sheet.add("target_group", sheet.vpc, target_type="ip")} for _ in range(3))
    forward = lambda *groups: [{"target_group": group, "weight": weight} for group, weight in zip(groups, (1, 0))]
    rules = [{"priority": 1, "paths": ["/*"], "forwards": forward(blue, green)}]
    sheet.add("listener", balancer, forwards=forward(plain), rules=rules)
    sheet.add("ecs_service", sheet.vpc, desired_count=2, load_balancers=[{"target_group": plain}], **own)
    strategy = [{"provider": "FARGATE_SPOT", "base": 0, "weight": 1}]
    switched = [{"target_group": blue, "green_group": green, "container": "web", "port": 80}]
    sheet.add("ecs_service", sheet.vpc, launch="strategy", strategy=strategy, deployment="BLUE_GREEN", load_balancers=switched, **own)
    bridged = {"ref": sheet.add("task_definition", sheet.region, compatibility="EC2", network_mode="bridge")}
    sheet.add("ecs_service", sheet.vpc, cluster=cluster, task_definition=bridged, launch="EC2", circuit_breaker=False)


def lambda_function(sheet):
    sheet.add("lambda_function", sheet.region)
    logs = {"ref": sheet.add("log_group", sheet.region)}
    code = "exports.handler = async () => `${process.env.MODE}`;\n"
    js = {"runtime": "nodejs22.x", "code": code, "architecture": "arm64", "memory": 256, "timeout": 10}
    sheet.add("lambda_function", sheet.region, environment=[{"name": "MODE", "value": "live"}], log_group=logs, **js)
    subnets = [{"ref": sheet.a}, {"ref": sheet.c}]
    sheet.add("lambda_function", sheet.region, subnets=subnets)
    sheet.add("lambda_function", sheet.region, subnets=subnets, security_groups=[{"ref": sheet.open_group()}])
    sheet.add("lambda_function", sheet.region, code_source="s3", code_bucket="example-code", code_key="app.zip", runtime="java21", handler="shop.App::handle")


def api_gateway(sheet):
    """Routes to a function and to a server, a stage that is deployed by hand, and a domain with its record."""
    sheet.add("api_gateway", sheet.region)
    function = {"ref": sheet.add("lambda_function", sheet.region)}
    zone = sheet.add("hosted_zone", sheet.region, domain="example.com")
    certificate = {"ref": sheet.add("certificate", sheet.region, domain="api.example.com", hosted_zone={"ref": zone})}
    routes = [
        {"method": "GET", "path": "/", "function": function},
        {"method": "POST", "path": "/orders/{id}", "function": function},
        {"path": "$default", "url": "https://www.example.com/"},
    ]
    own = {"cors_origins": ["https://www.example.com"], "cors_methods": ["GET"], "domain": "api.example.com", "certificate": certificate}
    shop = sheet.add("api_gateway", sheet.region, name="shop", api_name="shop", routes=routes, **own)
    sheet.add("record_set", zone, domain="api.example.com", alias={"ref": shop})
    sheet.add("api_gateway", sheet.region, api_name="by-hand", routes=routes[:1], stage="live", auto_deploy=False)


SHEETS = {
    "api_gateway": api_gateway,
    "ecs_service": ecs_service,
    "lambda_function": lambda_function,
    "task_definition": task_definition,
}
