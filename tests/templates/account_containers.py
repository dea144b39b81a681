"""What an account has of ECS tasks and services, Lambda and API Gateway; see account.py."""

from models import client
from models_containers import regional_name


class ContainersAccount:
    """The part of Account that is about what runs without servers."""

    def task_definition(self):
        ecs, found = client("ecs"), {}
        for arn in ecs.list_task_definitions()["taskDefinitionArns"]:
            answer = ecs.describe_task_definition(taskDefinition=arn, include=["TAGS"])
            item = answer["taskDefinition"]
            self.names[arn] = next(one["value"] for one in answer["tags"] if one["key"] == "Name")
            found[self.names[arn]] = {
                "on": (item["requiresCompatibilities"], item["networkMode"], item["cpu"], item["memory"]),
                "role": "executionRoleArn" in item,
                "containers": {one["name"]: self._container(one) for one in item["containerDefinitions"]},
            }
        return found

    @staticmethod
    def _container(item):
        image = item["image"]
        return {
            "image": image.partition("/")[2] if ".dkr.ecr." in image else image,
            "essential": item["essential"],
            "ports": [one["containerPort"] for one in item["portMappings"]],
            "environment": {one["name"]: one["value"] for one in item["environment"]},
            "secrets": {one["name"]: one["valueFrom"].rpartition(":")[2] for one in item.get("secrets", [])},
            "files": [one["value"] for one in item.get("environmentFiles", [])],
            "log": item.get("logConfiguration", {}).get("options", {}).get("awslogs-group"),
            "health": item.get("healthCheck", {}).get("command"),
        }

    def ecs_service(self):
        ecs, found = client("ecs"), {}
        self.task_definition()
        for cluster in ecs.list_clusters()["clusterArns"]:
            arns = ecs.list_services(cluster=cluster)["serviceArns"]
            items = ecs.describe_services(cluster=cluster, services=arns, include=["TAGS"])["services"] if arns else []
            for item in items:
                network = item.get("networkConfiguration", {}).get("awsvpcConfiguration", {})
                name = next(one["value"] for one in item["tags"] if one["key"] == "Name")
                found[name] = {
                    "task": self.names[item["taskDefinition"]],
                    "desired": item["desiredCount"],
                    "launch": item.get("launchType"),
                    "subnets": sorted(self.names[one] for one in network.get("subnets", [])),
                    "groups": sorted(self.names[one] for one in network.get("securityGroups", [])),
                    "public": network.get("assignPublicIp"),
                    "balancers": sorted((self.names[one["targetGroupArn"]], one["containerName"], one["containerPort"]) for one in item["loadBalancers"]),
                }
        return found

    def lambda_function(self):
        found = {}
        for item in client("lambda").list_functions()["Functions"]:
            tags = client("lambda").list_tags(Resource=item["FunctionArn"])["Tags"]
            network = item.get("VpcConfig", {})
            found[tags["Name"]] = {
                "runtime": (item["Runtime"], item["Handler"], item["Architectures"]),
                "size": (item["MemorySize"], item["Timeout"]),
                "environment": item.get("Environment", {}).get("Variables", {}),
                "subnets": sorted(self.names[one] for one in network.get("SubnetIds", [])),
                "groups": sorted(self.names.get(one, "default") for one in network.get("SecurityGroupIds", [])),
            }
            self.names[item["FunctionArn"]] = tags["Name"]
        return found

    def _domains(self):
        """The domain of each API that has one."""
        gateway, found = client("apigatewayv2"), {}
        for domain in gateway.get_domain_names()["Items"]:
            for mapping in gateway.get_api_mappings(DomainName=domain["DomainName"])["Items"]:
                found[mapping["ApiId"]] = domain["DomainName"]
        return found

    def _aliases(self):
        """Which API answers at a name that AWS gave its domain."""
        names = {item["ApiId"]: item["Name"] for item in client("apigatewayv2").get_apis()["Items"]}
        return {regional_name(domain): names[api] for api, domain in self._domains().items()}

    def api_gateway(self):
        gateway, found = client("apigatewayv2"), {}
        self.lambda_function()
        mapped = self._domains()
        for item in gateway.get_apis()["Items"]:
            integrations = {one["IntegrationId"]: one["IntegrationUri"] for one in gateway.get_integrations(ApiId=item["ApiId"])["Items"]}
            to = lambda route: integrations[route["Target"].rpartition("/")[2]]
            stages = gateway.get_stages(ApiId=item["ApiId"])["Items"]
            found[item["Name"]] = {
                "routes": {route["RouteKey"]: self.names.get(to(route), to(route)) for route in gateway.get_routes(ApiId=item["ApiId"])["Items"]},
                "stages": [(one["StageName"], one.get("AutoDeploy", False)) for one in stages],
                "origins": item.get("CorsConfiguration", {}).get("AllowOrigins", []),
                "domain": mapped.get(item["ApiId"]),
            }
        return found
