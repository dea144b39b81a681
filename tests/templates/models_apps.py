"""Models of containers, functions, logs and alarms; see models.py."""

import json

from models import client, flat, model


def camel(value):
    """Keys as the APIs of ECS and ECR want them, which begin small."""
    if isinstance(value, list):
        return [camel(item) for item in value]
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: camel(item) for key, item in value.items()}
    return value


def name_of(p, key=None):
    """The given name, or the Name tag."""
    return p[key] if key in p else p["Tags"][0]["Value"]


def tags_by_key(p):
    return {one["Key"]: one["Value"] for one in p.get("Tags", [])}


@model("AWS::ECR::Repository")
def repository(p):
    names = ("ImageTagMutability", "ImageScanningConfiguration", "EncryptionConfiguration")
    arguments = camel(flat(p, *names, "RepositoryName", "LifecyclePolicy", "EmptyOnDelete"))
    policy, _ = arguments.pop("lifecyclePolicy", None), arguments.pop("emptyOnDelete")
    arguments["repositoryName"] = name_of(p, "RepositoryName")
    made = client("ecr").create_repository(tags=p["Tags"], **arguments)["repository"]
    if policy:
        client("ecr").put_lifecycle_policy(repositoryName=made["repositoryName"], **policy)
    return made["repositoryName"], {"RepositoryUri": made["repositoryUri"], "Arn": made["repositoryArn"]}


@model("AWS::ECS::Cluster")
def cluster(p):
    arguments = camel(flat(p, "ClusterName", "ClusterSettings", "CapacityProviders", "DefaultCapacityProviderStrategy"))
    arguments["settings"] = arguments.pop("clusterSettings")
    arguments["clusterName"] = name_of(p, "ClusterName")
    made = client("ecs").create_cluster(tags=camel(p["Tags"]), **arguments)["cluster"]
    return made["clusterName"], {"Arn": made["clusterArn"]}


@model("AWS::ECS::CapacityProvider")
def capacity_provider(p, logical):
    provider = camel(flat(p, "AutoScalingGroupProvider"))
    return client("ecs").create_capacity_provider(name=logical, **provider)["capacityProvider"]["name"]


@model("AWS::ECS::ClusterCapacityProviderAssociations")
def capacity_associations(p):
    arguments = camel(flat(p, "Cluster", "CapacityProviders", "DefaultCapacityProviderStrategy"))
    client("ecs").put_cluster_capacity_providers(**arguments)
    return p["Cluster"]


@model("AWS::Logs::LogGroup")
def log_group(p):
    flat(p, "LogGroupName", "RetentionInDays", "LogGroupClass")
    name = name_of(p, "LogGroupName")
    client("logs").create_log_group(logGroupName=name, logGroupClass=p["LogGroupClass"], tags=tags_by_key(p))
    if "RetentionInDays" in p:
        client("logs").put_retention_policy(logGroupName=name, retentionInDays=p["RetentionInDays"])
    return name, {"Arn": f"arn:aws:logs:ap-northeast-2:123456789012:log-group:{name}:*"}


@model("AWS::SSM::Parameter")
def parameter(p):
    client("ssm").put_parameter(**flat(p, "Name", "Type", "Value", "Tier", "Description", "AllowedPattern"))
    return p["Name"], {"Type": p["Type"], "Value": p["Value"]}


@model("AWS::CloudWatch::Alarm")
def alarm(p):
    names = ("Namespace", "MetricName", "Dimensions", "Statistic", "ExtendedStatistic", "Period", "EvaluationPeriods")
    acts = ("AlarmActions", "OKActions", "AlarmDescription", "DatapointsToAlarm", "Threshold")
    arguments = flat(p, *names, *acts, "ComparisonOperator", "TreatMissingData")
    client("cloudwatch").put_metric_alarm(AlarmName=name_of(p), Tags=p["Tags"], **arguments)
    return name_of(p)


@model("AWS::CloudWatch::Dashboard")
def dashboard(p):
    arguments = flat(p, "DashboardName", "DashboardBody")
    name = arguments.setdefault("DashboardName", "dashboard")
    json.loads(p["DashboardBody"])
    client("cloudwatch").put_dashboard(**arguments)
    return name
