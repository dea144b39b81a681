"""Models of ECS tasks and services, Lambda and API Gateway; see models.py."""

from models import client, flat, model
from models_apps import camel, name_of


@model("AWS::ECS::TaskDefinition")
def task_definition(p):
    names = ("Family", "RequiresCompatibilities", "NetworkMode", "Cpu", "Memory", "RuntimePlatform")
    arguments = camel(flat(p, *names, "ContainerDefinitions", "ExecutionRoleArn", "TaskRoleArn"))
    arguments["family"] = name_of(p, "Family")
    made = client("ecs").register_task_definition(tags=camel(p["Tags"]), **arguments)["taskDefinition"]
    return made["taskDefinitionArn"]


@model("AWS::ECS::Service")
def service(p):
    names = ("ServiceName", "Cluster", "TaskDefinition", "DesiredCount", "LaunchType", "CapacityProviderStrategy")
    more = ("NetworkConfiguration", "LoadBalancers", "HealthCheckGracePeriodSeconds", "EnableExecuteCommand")
    arguments = camel(flat(p, *names, *more, "DeploymentConfiguration", "DeploymentController"))
    arguments["serviceName"] = name_of(p, "ServiceName")
    known = client("elbv2").describe_target_groups()["TargetGroups"]
    for row in p.get("LoadBalancers", []):
        group = next(one for one in known if one["TargetGroupArn"] == row["TargetGroupArn"])
        if not group["LoadBalancerArns"]:
            raise ValueError(f"no load balancer uses {group['TargetGroupName']} yet")
    made = client("ecs").create_service(tags=camel(p["Tags"]), **arguments)["service"]
    return made["serviceArn"], {"Name": made["serviceName"], "ServiceArn": made["serviceArn"]}


@model("AWS::Lambda::Function")
def function(p):
    import io
    import zipfile

    names = ("FunctionName", "Runtime", "Handler", "Code", "MemorySize", "Timeout", "Architectures", "Environment")
    arguments = flat(p, *names, "VpcConfig", "LoggingConfig", "Role")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as held:
        held.writestr("index.py", p["Code"].get("ZipFile", ""))
    arguments["Code"] = {"ZipFile": archive.getvalue()}
    arguments["FunctionName"] = name_of(p, "FunctionName")
    made = client("lambda").create_function(Tags={one["Key"]: one["Value"] for one in p["Tags"]}, **arguments)
    return made["FunctionName"], {"Arn": made["FunctionArn"]}


@model("AWS::Lambda::Permission")
def permission(p):
    arguments = flat(p, "FunctionName", "Action", "Principal", "SourceArn")
    client("lambda").add_permission(StatementId=f"s{abs(hash(p['SourceArn']))}", **arguments)
    return "permission"


@model("AWS::ApiGatewayV2::Api")
def api(p):
    made = client("apigatewayv2").create_api(**flat(p, "Name", "ProtocolType", "CorsConfiguration"))
    return made["ApiId"], {"ApiEndpoint": made["ApiEndpoint"]}


@model("AWS::ApiGatewayV2::Integration")
def integration(p):
    names = ("ApiId", "IntegrationType", "IntegrationMethod", "IntegrationUri", "PayloadFormatVersion")
    return client("apigatewayv2").create_integration(**flat(p, *names))["IntegrationId"]


@model("AWS::ApiGatewayV2::Route")
def api_route(p):
    return client("apigatewayv2").create_route(**flat(p, "ApiId", "RouteKey", "Target"))["RouteId"]


@model("AWS::ApiGatewayV2::Stage")
def stage(p):
    client("apigatewayv2").create_stage(**flat(p, "ApiId", "StageName", "AutoDeploy", "DeploymentId"))
    return p["StageName"]


@model("AWS::ApiGatewayV2::Deployment")
def api_deployment(p):
    """moto has no deployments; one needs a route."""
    flat(p, "ApiId")
    if not client("apigatewayv2").get_routes(ApiId=p["ApiId"])["Items"]:
        raise ValueError("the deployment comes before the routes")
    return "deployment"


def regional_name(domain):
    """The name under which AWS answers for a domain of one's own."""
    return f"d-{domain.replace('.', '-')}.execute-api.ap-northeast-2.amazonaws.com"


@model("AWS::ApiGatewayV2::DomainName")
def api_domain(p):
    made = client("apigatewayv2").create_domain_name(**flat(p, "DomainName", "DomainNameConfigurations"))
    answers = {"RegionalDomainName": regional_name(p["DomainName"]), "RegionalHostedZoneId": "Z20JF4UZKIW1U8"}
    return made["DomainName"], answers


@model("AWS::ApiGatewayV2::ApiMapping")
def api_mapping(p):
    return client("apigatewayv2").create_api_mapping(**flat(p, "ApiId", "DomainName", "Stage"))["ApiMappingId"]
