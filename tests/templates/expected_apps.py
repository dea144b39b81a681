"""What an account must have of containers, functions, logs and alarms; see expected.py."""

import json


class ExpectedApps:
    """The part of Expected that is about what runs without servers, and what watches it."""

    def ecr_repository(self):
        return {
            name: {
                "mutability": fields["tag_mutability"],
                "scan": fields.get("scan_on_push", False),
                "encryption": fields["encryption"],
            }
            for name, _, fields in self.all("ecr_repository")
        }

    def ecs_cluster(self):
        provider = lambda row: self.name(row["group"]) if row.get("group") else row["provider"]
        share = lambda row: {"capacityProvider": provider(row), "base": row["base"], "weight": row["weight"]}
        kept = (("fargate", "FARGATE"), ("fargate_spot", "FARGATE_SPOT"))
        return {
            name: {
                "insights": fields["container_insights"],
                "providers": sorted([kind for field, kind in kept if fields.get(field)] + self.names(fields.get("groups"))),
                "strategy": [share(row) for row in fields.get("default_strategy", [])],
            }
            for name, _, fields in self.all("ecs_cluster")
        }

    def log_group(self):
        days = lambda fields: None if fields["retention"] == "never" else int(fields["retention"])
        return {
            fields.get("log_group_name") or name: {"days": days(fields)}
            for name, _, fields in self.all("log_group")
        }

    def ssm_parameter(self):
        plain = [fields for _, _, fields in self.all("ssm_parameter") if fields["parameter_type"] != "SecureString"]
        return {fields["parameter_name"]: {"type": fields["parameter_type"], "value": fields["value"]} for fields in plain}

    def alarm(self):
        value = lambda row: self.name(row["resource"]) if row.get("resource") else row["value"]
        return {
            name: {
                "metric": (fields["namespace"], fields["metric"]),
                "dimensions": {row["name"]: value(row) for row in fields.get("dimensions", [])},
                "statistic": fields["statistic"],
                "over": (fields["period"], fields["evaluation_periods"], fields.get("datapoints_to_alarm")),
                "when": (fields["comparison"], float(fields["threshold"]), fields["missing_data"]),
                "actions": (fields.get("actions", []), fields.get("ok_actions", [])),
                "runs": len(fields.get("targets", [])),
            }
            for name, _, fields in self.all("alarm")
        }

    def dashboard(self):
        types = lambda fields: [widget["type"] for widget in json.loads(fields["body"])["widgets"]]
        return {fields.get("dashboard_name") or "dashboard": types(fields) for _, _, fields in self.all("dashboard")}
