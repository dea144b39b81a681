"""Auto Scaling under test: models that create launch templates, groups, policies and scheduled actions, what the account then holds, and what
it must hold. What has no fixed name is called after its logical id."""

import base64

from models import client, flat, model


@model("AWS::EC2::LaunchTemplate")
def launch_template(p, logical):
    flat(p, "LaunchTemplateData", "TagSpecifications")
    data = dict(p["LaunchTemplateData"])
    if "UserData" in data:
        # As the service keeps it.
        base64.b64decode(data["UserData"], validate=True)
    arguments = {"LaunchTemplateData": data, "TagSpecifications": p["TagSpecifications"]}
    made = client("ec2").create_launch_template(LaunchTemplateName=logical, **arguments)["LaunchTemplate"]
    return made["LaunchTemplateId"], {"LatestVersionNumber": str(made["LatestVersionNumber"])}


@model("AWS::AutoScaling::AutoScalingGroup")
def auto_scaling_group(p, logical):
    sizes = ("MinSize", "MaxSize", "DesiredCapacity")
    own = ("VPCZoneIdentifier", "Cooldown", "TargetGroupARNs", "LaunchTemplate", "MixedInstancesPolicy", "TerminationPolicies")
    health = ("HealthCheckType", "HealthCheckGracePeriod", "DefaultInstanceWarmup", "InstanceMaintenancePolicy")
    arguments = flat(p, *sizes, *own, *health, "NewInstancesProtectedFromScaleIn", "CapacityRebalance")
    arguments.update({size: int(arguments[size]) for size in sizes}, DefaultCooldown=int(arguments.pop("Cooldown")))
    arguments["VPCZoneIdentifier"] = ",".join(arguments["VPCZoneIdentifier"])
    client("autoscaling").create_auto_scaling_group(AutoScalingGroupName=logical, Tags=p["Tags"], **arguments)
    return logical


@model("AWS::AutoScaling::ScalingPolicy")
def scaling_policy(p, logical):
    how = ("AdjustmentType", "ScalingAdjustment", "Cooldown", "StepAdjustments", "MetricAggregationType", "MinAdjustmentMagnitude")
    own = ("TargetTrackingConfiguration", "PredictiveScalingConfiguration", "EstimatedInstanceWarmup")
    arguments = flat(p, "AutoScalingGroupName", "PolicyType", *how, *own)
    if "Cooldown" in arguments:
        arguments["Cooldown"] = int(arguments["Cooldown"])
    client("autoscaling").put_scaling_policy(PolicyName=logical, **arguments)
    return client("autoscaling").describe_policies(PolicyNames=[logical])["ScalingPolicies"][0]["PolicyARN"]


@model("AWS::AutoScaling::ScheduledAction")
def scheduled_action(p, logical):
    when = ("Recurrence", "StartTime", "EndTime", "TimeZone")
    arguments = flat(p, "AutoScalingGroupName", *when, "MinSize", "MaxSize", "DesiredCapacity")
    client("autoscaling").put_scheduled_update_group_action(ScheduledActionName=logical, **arguments)
    return logical


class ScalingAccount:
    """What is there."""

    def template_name(self, specification):
        return self.names[specification["LaunchTemplateId"]]

    def launch_template(self):
        ec2, found = client("ec2"), {}
        for item in ec2.describe_launch_templates()["LaunchTemplates"]:
            versions = ec2.describe_launch_template_versions(LaunchTemplateId=item["LaunchTemplateId"], Versions=["$Latest"])
            data = versions["LaunchTemplateVersions"][0]["LaunchTemplateData"]
            interface = data.get("NetworkInterfaces", [{}])[0]
            groups = [*data.get("SecurityGroupIds", []), *interface.get("Groups", [])]
            profile = data.get("IamInstanceProfile")
            # moto puts the template's own tags among them.
            tags = [one for one in data.get("TagSpecifications", []) if one["ResourceType"] != "launch-template"]
            found[self.names[item["LaunchTemplateId"]]] = {
                "type": data.get("InstanceType"),
                "key": data.get("KeyName"),
                "groups": sorted(self.names[group] for group in groups),
                "role": profile and self.role_of(profile["Arn"].split("/")[-1]),
                "public": interface.get("AssociatePublicIpAddress"),
                "metadata": (data["MetadataOptions"]["HttpTokens"], data["MetadataOptions"]["HttpPutResponseHopLimit"]),
                "volumes": [one["Ebs"]["VolumeSize"] for one in data["BlockDeviceMappings"]],
                "user_data": base64.b64decode(data.get("UserData", "")).decode(),
                "tags": {one["ResourceType"]: {tag["Key"]: tag["Value"] for tag in one["Tags"]} for one in tags},
            }
        return found

    def groups_by_name(self):
        groups = client("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"]
        of = lambda one: next(tag["Value"] for tag in one["Tags"] if tag["Key"] == "Name")
        return {one["AutoScalingGroupName"]: (of(one), one) for one in groups}

    def auto_scaling_group(self):
        found = {}
        for name, item in self.groups_by_name().values():
            mixed = item.get("MixedInstancesPolicy")
            template = mixed["LaunchTemplate"] if mixed else {"LaunchTemplateSpecification": item["LaunchTemplate"]}
            overrides = template.get("Overrides", [])
            found[name] = {
                "sizes": (item["MinSize"], item["DesiredCapacity"], item["MaxSize"]),
                "template": self.template_name(template["LaunchTemplateSpecification"]),
                "subnets": sorted(self.names[one] for one in item["VPCZoneIdentifier"].split(",")),
                "targets": sorted(self.names[one] for one in item["TargetGroupARNs"]),
                "health": (item["HealthCheckType"], item["HealthCheckGracePeriod"]),
                "cooldown": item["DefaultCooldown"],
                "distribution": mixed and mixed["InstancesDistribution"],
                "types": [one["InstanceType"] for one in overrides if "InstanceType" in one],
                "requirements": [one["InstanceRequirements"] for one in overrides if "InstanceRequirements" in one],
                "termination": item["TerminationPolicies"],
                "protect": item["NewInstancesProtectedFromScaleIn"],
            }
        return found

    def scaling_policy(self):
        groups = self.groups_by_name()
        found = []
        for item in client("autoscaling").describe_policies()["ScalingPolicies"]:
            forecast = item.get("PredictiveScalingConfiguration", {}).get("MetricSpecifications", [{}])[0]
            tracking = item.get("TargetTrackingConfiguration", forecast)
            steps = [
                (one.get("MetricIntervalLowerBound"), one.get("MetricIntervalUpperBound"), one["ScalingAdjustment"])
                for one in item.get("StepAdjustments", [])
            ]
            found.append((groups[item["AutoScalingGroupName"]][0], item["PolicyType"], tracking.get("TargetValue"), steps))
        return {"all": sorted(found, key=str)}

    def scheduled_action(self):
        groups = self.groups_by_name()
        actions = client("autoscaling").describe_scheduled_actions()["ScheduledUpdateGroupActions"]
        sizes = lambda one: (one.get("MinSize"), one.get("DesiredCapacity"), one.get("MaxSize"))
        found = [(groups[one["AutoScalingGroupName"]][0], one.get("Recurrence"), one.get("TimeZone"), sizes(one)) for one in actions]
        return {"all": sorted(found, key=str)}


class ScalingExpected:
    """What must be there."""

    def launch_template(self):
        found = {}
        for name, _, fields in self.all("launch_template"):
            key = self.nodes[fields["key_pair"]["ref"]] if fields.get("key_pair") else None
            tags = {row["key"]: row["value"] for row in fields.get("tags", [])}
            found[name] = {
                "type": fields.get("instance_type") or None,
                "key": key and key["name"],
                "groups": self.names(fields.get("security_groups")),
                "role": self.profile_role(fields),
                "public": {"yes": True, "no": False, "subnet": None}[fields["public_ip"]],
                "metadata": (fields["metadata_tokens"], fields["metadata_hops"]),
                "volumes": [fields["root_size"], *(one["size"] for one in fields.get("volumes", []))],
                "user_data": fields.get("user_data", ""),
                "tags": {"instance": tags, "volume": tags} if tags else {},
            }
        return found

    def auto_scaling_group(self):
        found = {}
        for name, _, fields in self.all("auto_scaling_group"):
            mixed, selection = fields.get("mixed", False), fields["selection"]
            distribution = {
                "OnDemandAllocationStrategy": fields["on_demand_strategy"],
                "OnDemandBaseCapacity": fields["on_demand_base"],
                "OnDemandPercentageAboveBaseCapacity": fields["on_demand_percentage"],
                "SpotAllocationStrategy": fields["spot_strategy"],
            }
            span = lambda sort: {end.capitalize(): fields[f"{sort}_{end}"] for end in ("min", "max") if fields.get(f"{sort}_{end}")}
            requirements = {"VCpuCount": span("vcpu"), "MemoryMiB": span("memory"), "BurstablePerformance": fields["burstable"]}
            found[name] = {
                "sizes": (fields["min_size"], fields["desired"], fields["max_size"]),
                "template": self.name(fields["launch_template"]),
                "subnets": self.names(fields["subnets"]),
                "targets": self.names(fields.get("target_groups")),
                "health": (fields["health_check"], fields["grace"]),
                "cooldown": fields["cooldown"],
                "distribution": distribution if mixed else None,
                "types": [row["instance_type"] for row in fields.get("overrides", []) if mixed and selection == "types"],
                "requirements": [requirements] if mixed and selection == "requirements" else [],
                "termination": [row["rule"] for row in fields.get("termination", [])] or ["Default"],
                "protect": fields.get("protect", False),
            }
        return found

    def scaling_policy(self):
        found = []
        number = lambda text: None if text in (None, "") else float(text)
        for _, node, fields in self.all("scaling_policy"):
            sort = fields["policy_type"]
            tracked = sort in ("TargetTrackingScaling", "PredictiveScaling")
            rows = fields.get("steps", []) if sort == "StepScaling" else []
            steps = [(number(row.get("lower")), number(row.get("upper")), row["adjustment"]) for row in rows]
            group = self.around(node, "auto_scaling_group")["name"]
            found.append((group, sort, float(fields["target"]) if tracked else None, steps))
        return {"all": sorted(found, key=str)}

    def scheduled_action(self):
        sizes = lambda fields: (fields.get("min_size"), fields.get("desired"), fields.get("max_size"))
        of = lambda node, fields: (
            self.around(node, "auto_scaling_group")["name"],
            fields.get("recurrence") or None,
            fields.get("time_zone") if fields.get("recurrence") else None,
            sizes(fields),
        )
        return {"all": sorted((of(node, fields) for _, node, fields in self.all("scheduled_action")), key=str)}
