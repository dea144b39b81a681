"""What an account has of containers, functions, logs and alarms; see account.py."""

import json

from models import client


class AppsAccount:
    """The part of Account that is about what runs without servers, and what watches it."""

    def name_of_dimension(self, value):
        """Who is meant by the value of a dimension: an id, or the end of an ARN."""
        return self.names.get(value) or next((name for id, name in self.names.items() if id.endswith(f"/{value}") or id.endswith(f":{value}")), value)

    def ecr_repository(self):
        found = {}
        for item in client("ecr").describe_repositories()["repositories"]:
            tags = client("ecr").list_tags_for_resource(resourceArn=item["repositoryArn"])["tags"]
            found[next(one["Value"] for one in tags if one["Key"] == "Name")] = {
                "mutability": item["imageTagMutability"],
                "scan": item["imageScanningConfiguration"]["scanOnPush"],
                "encryption": item["encryptionConfiguration"]["encryptionType"],
            }
        return found

    @staticmethod
    def group_name(group):
        """The Name tag of an Auto Scaling group."""
        found = client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[group])["AutoScalingGroups"][0]
        return next(tag["Value"] for tag in found["Tags"] if tag["Key"] == "Name")

    def ecs_cluster(self):
        ecs = client("ecs")
        items = ecs.describe_clusters(clusters=ecs.list_clusters()["clusterArns"], include=["SETTINGS", "TAGS"])["clusters"]
        name = lambda item: next(one["value"] for one in item["tags"] if one["key"] == "Name")
        listed = {one for item in items for one in item["capacityProviders"] if not one.startswith("FARGATE")}
        made = ecs.describe_capacity_providers(capacityProviders=sorted(listed))["capacityProviders"] if listed else []
        own = {one["name"]: self.group_name(one["autoScalingGroupProvider"]["autoScalingGroupArn"]) for one in made}
        shares = lambda item: [{**one, "capacityProvider": own.get(one["capacityProvider"], one["capacityProvider"])} for one in item]
        return {
            name(item): {
                "insights": item["settings"][0]["value"],
                "providers": sorted(own.get(one, one) for one in item["capacityProviders"]),
                "strategy": shares(item.get("defaultCapacityProviderStrategy", [])),
            }
            for item in items
        }

    def log_group(self):
        items = client("logs").describe_log_groups()["logGroups"]
        return {item["logGroupName"]: {"days": item.get("retentionInDays")} for item in items}

    def ssm_parameter(self):
        items = client("ssm").describe_parameters()["Parameters"]
        value = lambda name: client("ssm").get_parameter(Name=name)["Parameter"]["Value"]
        return {item["Name"]: {"type": item["Type"], "value": value(item["Name"])} for item in items}

    def alarm(self):
        found = {}
        policies = client("autoscaling").describe_policies()["ScalingPolicies"]
        topics = client("sns").list_topics()["Topics"]
        drawn = {*(one["PolicyARN"] for one in policies), *(one["TopicArn"] for one in topics)}
        for item in client("cloudwatch").describe_alarms()["MetricAlarms"]:
            found[item["AlarmName"]] = {
                "metric": (item["Namespace"], item["MetricName"]),
                "dimensions": {one["Name"]: self.name_of_dimension(one["Value"]) for one in item["Dimensions"]},
                "statistic": item.get("Statistic") or item.get("ExtendedStatistic"),
                "over": (item["Period"], item["EvaluationPeriods"], item.get("DatapointsToAlarm")),
                "when": (item["ComparisonOperator"], item["Threshold"], item["TreatMissingData"]),
                "actions": ([arn for arn in item["AlarmActions"] if arn not in drawn], item["OKActions"]),
                "runs": len([arn for arn in item["AlarmActions"] if arn in drawn]),
            }
        return found

    def dashboard(self):
        watch, found = client("cloudwatch"), {}
        for entry in watch.list_dashboards()["DashboardEntries"]:
            body = json.loads(watch.get_dashboard(DashboardName=entry["DashboardName"])["DashboardBody"])
            found[entry["DashboardName"]] = [widget["type"] for widget in body["widgets"]]
        return found
