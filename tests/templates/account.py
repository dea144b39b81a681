"""An account in memory: creates a stack from a template, and tells by describe calls what is there, by the names people gave."""

import json
import os
import re
from contextlib import contextmanager

from moto import mock_aws

import delivery
import models
import models_containers  # noqa: F401 registers its models
import models_transit  # noqa: F401 registers its models
import stores
from access import AccessAccount
from account_apps import AppsAccount
from account_containers import ContainersAccount
from models import REGION, client
from scaling import ScalingAccount
from volumes import VolumesAccount, snapshot

IMAGE = "ami-0123456789abcdef0"


def for_moto(template):
    """The template with the public image parameters as plain ones, and the region's own zones; moto knows neither."""
    template = json.loads(json.dumps(template).replace('{"Fn::GetAZs": ""}', json.dumps({"Fn::GetAZs": REGION})))
    for parameter in template.get("Parameters", {}).values():
        if parameter["Type"].startswith("AWS::SSM::Parameter::Value"):
            parameter.update(Type="String", Default=IMAGE)
        elif parameter["Type"] == "AWS::EC2::KeyPair::KeyName":
            client("ec2").create_key_pair(KeyName=parameter["Default"])
        if "Default" not in parameter:
            parameter["Default"] = given(parameter)
        if "AllowedPattern" in parameter and not re.fullmatch(parameter["AllowedPattern"], parameter["Default"]):
            raise ValueError(f"{parameter['Default']} does not match {parameter['AllowedPattern']}")
    return template


def given(parameter):
    """What the person who deploys gives for a parameter that has no default."""
    if parameter["Type"] == "AWS::EC2::Image::Id":
        return IMAGE
    return snapshot()


@contextmanager
def stack(template):
    """Creates the stack in an empty account; gives its outputs."""
    os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION=REGION)
    with mock_aws(config={"iam": {"load_aws_managed_policies": ":iam::aws:policy/" in json.dumps(template)}}):
        models.install()
        body = json.dumps(for_moto(template))
        client("cloudformation").create_stack(StackName="lab", TemplateBody=body)
        made = client("cloudformation").describe_stacks(StackName="lab")["Stacks"][0]
        if made["StackStatus"] != "CREATE_COMPLETE":
            raise AssertionError(made["StackStatus"])
        yield {output["OutputKey"]: output["OutputValue"] for output in made.get("Outputs", [])}


def name_of(tags):
    return next((tag["Value"] for tag in tags or [] if tag["Key"] == "Name"), None)


class Account(AccessAccount, AppsAccount, ContainersAccount, ScalingAccount, VolumesAccount, stores.Found, delivery.Found):
    """What is there. Each method gives resources of one sort by name, others by name too; what nobody named is left out."""

    def __init__(self):
        ec2, elb = client("ec2"), client("elbv2")
        self.names = {tag["ResourceId"]: tag["Value"] for tag in ec2.describe_tags()["Tags"] if tag["Key"] == "Name"}
        self.balancers = {one["LoadBalancerArn"]: one for one in elb.describe_load_balancers()["LoadBalancers"]}
        self.groups = {one["TargetGroupArn"]: one for one in elb.describe_target_groups()["TargetGroups"]}
        for arn in [*self.balancers, *self.groups]:
            self.names[arn] = name_of(elb.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"])
        for summary in client("acm").list_certificates()["CertificateSummaryList"]:
            arn = summary["CertificateArn"]
            self.names[arn] = name_of(client("acm").list_tags_for_certificate(CertificateArn=arn)["Tags"])
        self.names.update({group: name for group, (name, _) in self.groups_by_name().items()})

    def named(self, items, key):
        return [(self.names[item[key]], item) for item in items if item[key] in self.names]

    def vpc(self):
        ec2, found = client("ec2"), {}
        gateways = ec2.describe_internet_gateways()["InternetGateways"]
        for name, item in self.named(ec2.describe_vpcs()["Vpcs"], "VpcId"):
            asks = (("dns_support", "enableDnsSupport"), ("dns_hostnames", "enableDnsHostnames"))
            answers = {
                field: next(
                    value["Value"]
                    for value in ec2.describe_vpc_attribute(VpcId=item["VpcId"], Attribute=ask).values()
                    if "Value" in value
                )
                for field, ask in asks
            }
            attached = [one for one in gateways if {"VpcId": item["VpcId"]}.items() <= (one["Attachments"] or [{}])[0].items()]
            found[name] = {
                "cidrs": sorted(block["CidrBlock"] for block in item["CidrBlockAssociationSet"]),
                "tenancy": item["InstanceTenancy"],
                "gateways": sorted(self.names[one["InternetGatewayId"]] for one in attached),
                **answers,
            }
        return found

    def subnet(self):
        ec2, found = client("ec2"), {}
        tables, acls = ec2.describe_route_tables()["RouteTables"], ec2.describe_network_acls()["NetworkAcls"]
        for name, item in self.named(ec2.describe_subnets()["Subnets"], "SubnetId"):
            uses = lambda other: any(one.get("SubnetId") == item["SubnetId"] for one in other["Associations"])
            found[name] = {
                "vpc": self.names[item["VpcId"]],
                "cidr": item["CidrBlock"],
                "zone": item["AvailabilityZone"],
                "public_ips": item["MapPublicIpOnLaunch"],
                "table": next((self.names.get(table["RouteTableId"]) for table in tables if uses(table)), None),
                "acl": next((self.names.get(acl["NetworkAclId"]) for acl in acls if uses(acl)), None),
            }
        return found

    def route_table(self):
        endpoints = client("ec2").describe_vpc_endpoints()["VpcEndpoints"]
        names, found = {one["VpcEndpointId"]: one["VpcEndpointType"] for one in endpoints} | self.names, {}
        for name, item in self.named(client("ec2").describe_route_tables()["RouteTables"], "RouteTableId"):
            kinds = ("NatGatewayId", "InstanceId", "VpcPeeringConnectionId", "TransitGatewayId", "GatewayId")
            target = lambda one: next(one[kind] for kind in kinds if one.get(kind))
            # The route to a gateway endpoint is the endpoint's own: it names a prefix list.
            own = lambda one: one.get("GatewayId") == "local" or one.get("DestinationPrefixListId")
            routes = [one for one in item["Routes"] if not own(one)]
            to = lambda one: one.get("DestinationCidrBlock") or one.get("DestinationIpv6CidrBlock")
            gateways = (self.names[one["GatewayId"]] for one in item["Associations"] if one.get("GatewayId"))
            routes = {to(one): names[target(one)] for one in routes}
            found[name] = {"vpc": self.names[item["VpcId"]], "routes": routes, "gateway": next(gateways, None)}
        return found

    def nat_gateway(self):
        items = self.named(client("ec2").describe_nat_gateways()["NatGateways"], "NatGatewayId")
        allocation = lambda item: next((one.get("AllocationId") for one in item["NatGatewayAddresses"]), None)
        return {
            name: {
                "subnet": self.names[item["SubnetId"]],
                "connectivity": item["ConnectivityType"],
                "elastic_ip": self.names.get(allocation(item)),
            }
            for name, item in items
        }

    def elastic_ip(self):
        items = self.named(client("ec2").describe_addresses()["Addresses"], "AllocationId")
        return {name: {"instance": self.names.get(item.get("InstanceId"))} for name, item in items}

    def security_group(self):
        def rules(permissions):
            found = []
            for one in permissions:
                ports = (one.get("FromPort"), one.get("ToPort"))
                peers = [peer["CidrIp"] for peer in one["IpRanges"]] + [peer["CidrIpv6"] for peer in one["Ipv6Ranges"]]
                peers += [self.names[peer["GroupId"]] for peer in one["UserIdGroupPairs"]]
                found += [(one["IpProtocol"], *ports, peer) for peer in peers]
            return sorted(found, key=str)

        items = self.named(client("ec2").describe_security_groups()["SecurityGroups"], "GroupId")
        return {
            name: {
                "vpc": self.names[item["VpcId"]],
                "inbound": rules(item["IpPermissions"]),
                "outbound": rules(item["IpPermissionsEgress"]),
            }
            for name, item in items
        }

    def network_acl(self):
        def entries(item, egress):
            own = [one for one in item["Entries"] if one["Egress"] == egress and one["RuleNumber"] != 32767]
            ports = lambda one: (one["PortRange"]["From"], one["PortRange"]["To"]) if one.get("PortRange") else None
            cidr = lambda one: one.get("CidrBlock") or one.get("Ipv6CidrBlock")
            return sorted((one["RuleNumber"], one["RuleAction"], str(one["Protocol"]), ports(one), cidr(one)) for one in own)

        items = self.named(client("ec2").describe_network_acls()["NetworkAcls"], "NetworkAclId")
        return {name: {"inbound": entries(item, False), "outbound": entries(item, True)} for name, item in items}

    def instance(self):
        ec2, found = client("ec2"), {}
        reserved = [one for reservation in ec2.describe_instances()["Reservations"] for one in reservation["Instances"]]
        # Those of an Auto Scaling group are its own and not drawn.
        drawn = [one for one in reserved if all(tag["Key"] != "aws:autoscaling:groupName" for tag in one.get("Tags", []))]
        for name, item in self.named(drawn, "InstanceId"):
            script = ec2.describe_instance_attribute(InstanceId=item["InstanceId"], Attribute="userData")["UserData"]
            volumes = [one["Ebs"]["VolumeId"] for one in item["BlockDeviceMappings"]]
            # moto tells the groups of a given interface there alone, and none where AWS takes the VPC's default group.
            groups = [*item["SecurityGroups"], *(one for interface in item["NetworkInterfaces"] for one in interface["Groups"])]
            groups = {self.names.get(group["GroupId"], "default") for group in groups} or {"default"}
            sizes = [one["Size"] for one in ec2.describe_volumes(VolumeIds=volumes)["Volumes"]]
            found[name] = {
                "subnet": self.names[item["SubnetId"]],
                "type": item["InstanceType"],
                "key": item.get("KeyName"),
                "groups": sorted(groups),
                "public": "PublicIpAddress" in item,
                "user_data": models.base64.b64decode(script.get("Value", "")).decode(),
                "volumes": sorted(sizes),
                "forwards": not item["SourceDestCheck"],
                "role": self.role_of(item["IamInstanceProfile"]["Arn"].split("/")[-1]) if "IamInstanceProfile" in item else None,
            }
        return found

    def load_balancer(self):
        found = {}
        for arn, item in self.balancers.items():
            asked = client("elbv2").describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
            found[self.names[arn]] = {
                "type": item["Type"],
                # A gateway balancer has none, whatever moto says.
                "scheme": None if item["Type"] == "gateway" else item["Scheme"],
                "subnets": sorted(self.names[zone["SubnetId"]] for zone in item["AvailabilityZones"]),
                "groups": sorted(self.names[group] for group in item.get("SecurityGroups", [])),
                "attributes": {one["Key"]: one["Value"] for one in asked},
            }
        return found

    def listener(self):
        elb, found = client("elbv2"), {}
        for arn in self.balancers:
            for item in elb.describe_listeners(LoadBalancerArn=arn)["Listeners"]:
                rules = elb.describe_rules(ListenerArn=item["ListenerArn"])["Rules"]
                found[self.names[arn], item.get("Port")] = {
                    "protocol": item.get("Protocol") or None,
                    "certificates": [self.names[one["CertificateArn"]] for one in item.get("Certificates", [])],
                    "actions": {rule["Priority"]: self.action(rule["Actions"][0]) for rule in rules},
                    "conditions": {rule["Priority"]: sorted(one["Field"] for one in rule["Conditions"]) for rule in rules},
                }
        return found

    def action(self, action):
        """A forward by the names of its groups, another by its settings."""
        if action["Type"] == "forward":
            several = action.get("ForwardConfig", {}).get("TargetGroups", [])
            return sorted(self.names[arn] for arn in {action.get("TargetGroupArn"), *(one["TargetGroupArn"] for one in several)} - {None})
        return action.get("RedirectConfig") or action.get("FixedResponseConfig")

    def target_group(self):
        def health(item):
            """A probe by TCP asks for no path and no code."""
            by_tcp = item["HealthCheckProtocol"] == "TCP"
            asks = () if by_tcp else (item["HealthCheckPath"], item["Matcher"]["HttpCode"])
            return (item["HealthCheckProtocol"], item["HealthCheckPort"], *asks)

        elb, found = client("elbv2"), {}
        for arn, item in self.groups.items():
            asked = elb.describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]
            healths = elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
            targets = [one["Target"] for one in healths]
            found[self.names[arn]] = {
                "vpc": self.names[item["VpcId"]],
                "to": (item["TargetType"], item["Protocol"], item["Port"]),
                "targets": sorted((self.names.get(one["Id"], one["Id"]), one["Port"]) for one in targets),
                "health": health(item),
                "probes": (item["HealthCheckIntervalSeconds"], item["HealthCheckTimeoutSeconds"]),
                "counts": (item["HealthyThresholdCount"], item["UnhealthyThresholdCount"]),
                "attributes": {one["Key"]: one["Value"] for one in asked},
            }
        return found

    @staticmethod
    def alias(target, item):
        """What an alias leads to; a web site of a bucket answers at its region's endpoint."""
        host = item["AliasTarget"]["DNSName"].rstrip(".")
        return "website" if host.startswith("s3-website") else target[host]

    def record_set(self):
        dns, found = client("route53"), {}
        target = {one["DNSName"]: self.names[arn] for arn, one in self.balancers.items()} | self._aliases()
        for one in client("cloudfront").list_distributions()["DistributionList"].get("Items", []):
            target[one["DomainName"]] = client("cloudfront").list_tags_for_resource(Resource=one["ARN"])["Tags"]["Items"][0]["Value"]
        addresses = {one["PublicIp"]: self.names.get(one["AllocationId"]) for one in client("ec2").describe_addresses()["Addresses"]}
        for zone in dns.list_hosted_zones()["HostedZones"]:
            for item in dns.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]:
                if item["Type"] in ("NS", "SOA"):
                    continue
                values = [one["Value"] for one in item.get("ResourceRecords", [])]
                found[zone["Name"].rstrip("."), item["Name"].rstrip("."), item["Type"]] = {
                    "alias": self.alias(target, item) if "AliasTarget" in item else None,
                    "values": sorted(addresses.get(value, value) for value in values),
                    "ttl": item.get("TTL"),
                }
        return found

    def hosted_zone(self):
        dns, found = client("route53"), {}
        for zone in dns.list_hosted_zones()["HostedZones"]:
            vpcs = dns.get_hosted_zone(Id=zone["Id"]).get("VPCs", [])
            found[zone["Name"].rstrip(".")] = {"vpcs": sorted(self.names[one["VPCId"]] for one in vpcs)}
        return found

    def certificate(self):
        found = {}
        for summary in client("acm").list_certificates()["CertificateSummaryList"]:
            item = client("acm").describe_certificate(CertificateArn=summary["CertificateArn"])["Certificate"]
            names = sorted({item["DomainName"], *item["SubjectAlternativeNames"]})
            method = item["DomainValidationOptions"][0]["ValidationMethod"]
            found[self.names[summary["CertificateArn"]]] = {"names": names, "validation": method}
        return found

    def key_pair(self):
        pairs = client("ec2").describe_key_pairs()["KeyPairs"]
        return {self.names[one["KeyPairId"]]: {"type": one["KeyType"]} for one in pairs if one["KeyPairId"] in self.names}
