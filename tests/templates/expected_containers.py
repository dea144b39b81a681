"""What an account must have of ECS tasks and services, Lambda and API Gateway; see expected.py."""


class ExpectedContainers:
    """The part of Expected that is about what runs without servers."""

    def task_definition(self):
        found = {}
        for name, _, fields in self.all("task_definition"):
            fargate = fields["compatibility"] == "FARGATE"
            containers = fields.get("containers", [])
            if not containers:
                continue
            needs = ("repository", "log_group", "secrets", "environment_files")
            found[name] = {
                "on": ([fields["compatibility"]], "awsvpc" if fargate else fields["network_mode"], fields["cpu"], str(fields["memory"])),
                "role": any(one.get(key) for one in containers for key in needs) or bool(fields.get("execution_role")),
                "containers": {one["name"]: self._container(one) for one in containers},
            }
        return found

    def _container(self, one):
        repository = self.nodes[one["repository"]["ref"]] if one.get("repository") else None
        image = repository and f"{repository.get('fields', {}).get('repository_name') or repository['name']}:{one['tag']}"
        group = self.nodes[one["log_group"]["ref"]] if one.get("log_group") else None
        parameter = lambda row: "parameter" + self.nodes[row["parameter"]["ref"]]["fields"]["parameter_name"]
        secret = lambda row: parameter(row) if row.get("parameter") else row["value_from"].rpartition(":")[2]
        health = one.get("health_command")
        return {
            "image": image or one["image"],
            "essential": one.get("essential", False),
            "ports": [row["container_port"] for row in one.get("ports", [])],
            "environment": {row["name"]: row["value"] for row in one.get("environment", [])},
            "secrets": {row["name"]: secret(row) for row in one.get("secrets", [])},
            "files": [row["object"] for row in one.get("environment_files", [])],
            "log": group and (group["fields"].get("log_group_name") or group["name"]),
            "health": ["CMD-SHELL", health] if health else None,
        }

    def ecs_service(self):
        found = {}
        for name, _, fields in self.all("ecs_service"):
            if not fields.get("cluster") or not fields.get("task_definition"):
                continue
            task = self.nodes[fields["task_definition"]["ref"]]["fields"]
            own = task["compatibility"] == "FARGATE" or task["network_mode"] == "awsvpc"

            def balancer(row):
                named = [one for one in task["containers"] if one.get("ports") and row["container"] in ("", one["name"])]
                return self.name(row["target_group"]), named[0]["name"], row.get("port") or named[0]["ports"][0]["container_port"]

            found[name] = {
                "task": self.name(fields["task_definition"]),
                "desired": fields["desired_count"],
                # moto says EC2 of what runs on capacity providers.
                "launch": "EC2" if fields["launch"] == "strategy" else fields["launch"],
                "subnets": self.names(fields.get("subnets")) if own else [],
                "groups": self.names(fields.get("security_groups")) if own else [],
                "public": ("ENABLED" if fields.get("assign_public_ip") else "DISABLED") if own else None,
                "balancers": sorted(balancer(row) for row in fields.get("load_balancers", [])),
            }
        return found

    def lambda_function(self):
        found = {}
        for name, _, fields in self.all("lambda_function"):
            subnets = self.names(fields.get("subnets"))
            found[name] = {
                "runtime": (fields["runtime"], fields["handler"], [fields["architecture"]]),
                "size": (fields["memory"], fields["timeout"]),
                "environment": {row["name"]: row["value"] for row in fields.get("environment", [])},
                "subnets": subnets,
                "groups": (self.names(fields.get("security_groups")) or ["default"]) if subnets else [],
            }
        return found

    def api_gateway(self):
        key = lambda row: row["path"] if row["path"] == "$default" else f"{row['method']} {row['path']}"
        to = lambda row: self.name(row["function"]) if row.get("function") else row["url"]
        return {
            fields["api_name"]: {
                "routes": {key(row): to(row) for row in fields.get("routes", [])},
                "stages": [(fields["stage"], fields.get("auto_deploy", False))],
                "origins": fields.get("cors_origins", []),
                "domain": fields.get("domain") if fields.get("certificate") else None,
            }
            for _, _, fields in self.all("api_gateway")
        }
