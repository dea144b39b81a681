"""Models for moto's CloudFormation that create every resource through boto3.

moto skips types it has no model for (network ACLs, further blocks of a VPC, egress rules, key pairs, certificates) and ignores properties of
those it knows (groups of an instance, targets, public addresses of a subnet). Here every property goes to the service, so that botocore checks
its form and describe calls give back what the template said. A property that no call takes is an error.
"""

import base64

import boto3
from moto.cloudformation import parsing
from moto.core.common_models import CloudFormationModel

REGION = "ap-northeast-2"


def client(service):
    return boto3.client(service, REGION)


def flat(properties, *names):
    """The properties of these names that are set, as keyword arguments; any other is an error."""
    unknown = set(properties) - set(names) - {"Tags"}
    if unknown:
        raise ValueError(f"no call takes {sorted(unknown)}")
    return {name: properties[name] for name in names if name in properties}


def tag(identifier, properties):
    if properties.get("Tags"):
        client("ec2").create_tags(Resources=[identifier], Tags=properties["Tags"])
    return identifier


def model(type_name):
    """Registers a function that creates a resource; it returns the value of Ref and the attributes of GetAtt."""

    def register(create):
        def from_json(cls, name, body, account_id, region_name, **kwargs):
            made = cls()
            properties = body.get("Properties", {})
            # What has to be named takes the logical id too.
            answer = create(properties, name) if create.__code__.co_argcount == 2 else create(properties)
            made.physical_resource_id, made.attributes = answer if isinstance(answer, tuple) else (answer, {})
            return made

        members = {
            "cloudformation_name_type": staticmethod(lambda: ""),
            "cloudformation_type": staticmethod(lambda: type_name),
            "create_from_cloudformation_json": classmethod(from_json),
            "get_cfn_attribute": lambda self, name: self.attributes[name],
            "has_cfn_attr": classmethod(lambda cls, name: True),
            "is_created": lambda self: True,
            "physical_resource_id": None,
            "type": type_name,
        }
        type("Model" + type_name.replace(":", ""), (CloudFormationModel,), members)
        return create

    return register


def install():
    """Makes moto look its models up again; those defined last win."""
    for cached in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
        cached.cache_clear()


@model("AWS::EC2::VPC")
def vpc(p):
    flat(p, "CidrBlock", "InstanceTenancy", "EnableDnsSupport", "EnableDnsHostnames")
    made = client("ec2").create_vpc(**{key: p[key] for key in ("CidrBlock", "InstanceTenancy")})["Vpc"]["VpcId"]
    for name in ("EnableDnsSupport", "EnableDnsHostnames"):
        client("ec2").modify_vpc_attribute(VpcId=made, **{name: {"Value": p[name]}})
    only = [{"Name": "vpc-id", "Values": [made]}, {"Name": "group-name", "Values": ["default"]}]
    group = client("ec2").describe_security_groups(Filters=only)["SecurityGroups"][0]["GroupId"]
    return tag(made, p), {"DefaultSecurityGroup": group}


@model("AWS::EC2::VPCCidrBlock")
def vpc_cidr_block(p):
    made = client("ec2").associate_vpc_cidr_block(**flat(p, "VpcId", "CidrBlock"))
    return made["CidrBlockAssociation"]["AssociationId"]


@model("AWS::EC2::Subnet")
def subnet(p):
    flat(p, "VpcId", "CidrBlock", "AvailabilityZone", "MapPublicIpOnLaunch")
    arguments = {key: p[key] for key in ("VpcId", "CidrBlock", "AvailabilityZone") if key in p}
    made = client("ec2").create_subnet(**arguments)["Subnet"]["SubnetId"]
    client("ec2").modify_subnet_attribute(SubnetId=made, MapPublicIpOnLaunch={"Value": p["MapPublicIpOnLaunch"]})
    return tag(made, p)


@model("AWS::EC2::InternetGateway")
def internet_gateway(p):
    flat(p)
    return tag(client("ec2").create_internet_gateway()["InternetGateway"]["InternetGatewayId"], p)


@model("AWS::EC2::VPCGatewayAttachment")
def attachment(p):
    if "VpnGatewayId" in p:
        client("ec2").attach_vpn_gateway(**flat(p, "VpcId", "VpnGatewayId"))
        return f"VGW|{p['VpcId']}"
    client("ec2").attach_internet_gateway(**flat(p, "VpcId", "InternetGatewayId"))
    return f"IGW|{p['VpcId']}"


@model("AWS::EC2::EIP")
def elastic_ip(p):
    flat(p, "Domain", "InstanceId")
    made = client("ec2").allocate_address(Domain=p["Domain"])
    if "InstanceId" in p:
        client("ec2").associate_address(AllocationId=made["AllocationId"], InstanceId=p["InstanceId"])
    tag(made["AllocationId"], p)
    return made["PublicIp"], {"AllocationId": made["AllocationId"]}


@model("AWS::EC2::NatGateway")
def nat_gateway(p):
    arguments = flat(p, "SubnetId", "AllocationId", "ConnectivityType")
    return tag(client("ec2").create_nat_gateway(**arguments)["NatGateway"]["NatGatewayId"], p)


@model("AWS::EC2::RouteTable")
def route_table(p):
    return tag(client("ec2").create_route_table(**flat(p, "VpcId"))["RouteTable"]["RouteTableId"], p)


@model("AWS::EC2::Route")
def route(p):
    own = ("GatewayId", "NatGatewayId", "InstanceId", "NetworkInterfaceId", "VpcPeeringConnectionId", "VpcEndpointId")
    targets = (*own, "TransitGatewayId")
    names = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", *targets)
    if str(p.get("GatewayId", "")).startswith("igw-"):
        gateway = client("ec2").describe_internet_gateways(InternetGatewayIds=[p["GatewayId"]])["InternetGateways"][0]
        if not gateway["Attachments"]:
            raise ValueError("the route comes before the gateway is attached")
    client("ec2").create_route(**flat(p, "RouteTableId", *names))
    return f"{p['RouteTableId']}|{p.get('DestinationCidrBlock')}"


@model("AWS::EC2::VPCPeeringConnection")
def peering(p):
    made = client("ec2").create_vpc_peering_connection(**flat(p, "VpcId", "PeerVpcId"))["VpcPeeringConnection"]
    client("ec2").accept_vpc_peering_connection(VpcPeeringConnectionId=made["VpcPeeringConnectionId"])
    return tag(made["VpcPeeringConnectionId"], p)


@model("AWS::EC2::PrefixList")
def prefix_list(p):
    arguments = flat(p, "PrefixListName", "AddressFamily", "MaxEntries", "Entries")
    made = client("ec2").create_managed_prefix_list(**arguments)["PrefixList"]["PrefixListId"]
    return tag(made, p), {"PrefixListId": made}


@model("AWS::EC2::EIPAssociation")
def address_association(p):
    return client("ec2").associate_address(**flat(p, "AllocationId", "NetworkInterfaceId"))["AssociationId"]


@model("AWS::EC2::SubnetRouteTableAssociation")
def table_association(p):
    return client("ec2").associate_route_table(**flat(p, "RouteTableId", "SubnetId"))["AssociationId"]


@model("AWS::EC2::GatewayRouteTableAssociation")
def gateway_table_association(p):
    return client("ec2").associate_route_table(**flat(p, "RouteTableId", "GatewayId"))["AssociationId"]


@model("AWS::EC2::NetworkAcl")
def network_acl(p):
    return tag(client("ec2").create_network_acl(**flat(p, "VpcId"))["NetworkAcl"]["NetworkAclId"], p)


@model("AWS::EC2::NetworkAclEntry")
def network_acl_entry(p):
    names = ("NetworkAclId", "RuleNumber", "RuleAction", "Egress", "CidrBlock", "Ipv6CidrBlock", "PortRange")
    arguments = flat(p, *names, "Protocol", "Icmp")
    arguments["Protocol"] = str(p["Protocol"])
    if "Icmp" in arguments:
        arguments["IcmpTypeCode"] = arguments.pop("Icmp")
    client("ec2").create_network_acl_entry(**arguments)
    return f"{p['NetworkAclId']}|{p['RuleNumber']}|{p['Egress']}"


@model("AWS::EC2::SubnetNetworkAclAssociation")
def acl_association(p):
    flat(p, "NetworkAclId", "SubnetId")
    only = [{"Name": "association.subnet-id", "Values": [p["SubnetId"]]}]
    found = client("ec2").describe_network_acls(Filters=only)["NetworkAcls"][0]["Associations"]
    old = next(one["NetworkAclAssociationId"] for one in found if one["SubnetId"] == p["SubnetId"])
    made = client("ec2").replace_network_acl_association(AssociationId=old, NetworkAclId=p["NetworkAclId"])
    return made["NewAssociationId"]


def permission(rule):
    """A rule of a template as the API takes it."""
    made = {key: rule[key] for key in ("IpProtocol", "FromPort", "ToPort") if key in rule}
    about = {"Description": rule["Description"]} if rule.get("Description") else {}
    for list_name, key in (("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6")):
        if key in rule:
            made[list_name] = [{key: rule[key], **about}]
    for key in ("SourceSecurityGroupId", "DestinationSecurityGroupId"):
        if key in rule:
            made["UserIdGroupPairs"] = [{"GroupId": rule[key], **about}]
    for key in ("SourcePrefixListId", "DestinationPrefixListId"):
        if key in rule:
            made["PrefixListIds"] = [{"PrefixListId": rule[key], **about}]
    return [made]


@model("AWS::EC2::SecurityGroup")
def security_group(p):
    flat(p, "VpcId", "GroupDescription", "SecurityGroupIngress", "SecurityGroupEgress")
    ec2, name = client("ec2"), p["Tags"][0]["Value"]
    made = ec2.create_security_group(GroupName=f"stack {name}", Description=p["GroupDescription"], VpcId=p["VpcId"])
    group = made["GroupId"]
    for rule in p.get("SecurityGroupIngress", []):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=permission(rule))
    if p.get("SecurityGroupEgress"):
        everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
        ec2.revoke_security_group_egress(GroupId=group, IpPermissions=everything)
    for rule in p.get("SecurityGroupEgress", []):
        ec2.authorize_security_group_egress(GroupId=group, IpPermissions=permission(rule))
    return tag(group, p), {"GroupId": group}


@model("AWS::EC2::SecurityGroupIngress")
def ingress(p):
    client("ec2").authorize_security_group_ingress(GroupId=p["GroupId"], IpPermissions=permission(p))
    return "ingress"


@model("AWS::EC2::SecurityGroupEgress")
def egress(p):
    client("ec2").authorize_security_group_egress(GroupId=p["GroupId"], IpPermissions=permission(p))
    return "egress"


@model("AWS::EC2::KeyPair")
def key_pair(p):
    made = client("ec2").create_key_pair(**flat(p, "KeyName", "KeyType"))
    tag(made["KeyPairId"], p)
    return p["KeyName"], {"KeyPairId": made["KeyPairId"]}


@model("AWS::EC2::Instance")
def instance(p):
    own = ("SourceDestCheck", "Monitoring", "PropagateTagsToVolumeOnCreation", "UserData", "NetworkInterfaces", "IamInstanceProfile")
    taken = ("ImageId", "InstanceType", "KeyName", "SubnetId", "SecurityGroupIds", "PrivateIpAddress", "BlockDeviceMappings")
    flat(p, *own, *taken)
    arguments = {key: p[key] for key in taken if key in p}
    if "UserData" in p:
        arguments["UserData"] = base64.b64decode(p["UserData"]).decode()
    interfaces = [dict(one) for one in p.get("NetworkInterfaces", [])]
    for interface in interfaces:
        interface["DeviceIndex"] = int(interface["DeviceIndex"])
        if "GroupSet" in interface:
            interface["Groups"] = interface.pop("GroupSet")
    if interfaces:
        arguments["NetworkInterfaces"] = interfaces
    if "IamInstanceProfile" in p:
        arguments["IamInstanceProfile"] = {"Name": p["IamInstanceProfile"]}
    ec2 = client("ec2")
    monitoring = {"Enabled": p["Monitoring"]}
    made = ec2.run_instances(MinCount=1, MaxCount=1, Monitoring=monitoring, **arguments)["Instances"][0]["InstanceId"]
    ec2.modify_instance_attribute(InstanceId=made, SourceDestCheck={"Value": p["SourceDestCheck"]})
    there = ec2.describe_instances(InstanceIds=[made])["Reservations"][0]["Instances"][0]
    address, zone = there.get("PublicIpAddress", ""), there["Placement"]["AvailabilityZone"]
    return tag(made, p), {"PublicIp": address, "AvailabilityZone": zone}


@model("AWS::ElasticLoadBalancingV2::LoadBalancer")
def load_balancer(p):
    flat(p, "Type", "Scheme", "Subnets", "SecurityGroups", "LoadBalancerAttributes")
    arguments = {key: p[key] for key in ("Type", "Scheme", "Subnets", "SecurityGroups") if key in p}
    elb, name = client("elbv2"), p["Tags"][0]["Value"]
    made = elb.create_load_balancer(Name=name, Tags=p["Tags"], **arguments)["LoadBalancers"][0]
    arn = made["LoadBalancerArn"]
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=p["LoadBalancerAttributes"])
    full = arn.partition("loadbalancer/")[2]
    return arn, {"DNSName": made["DNSName"], "CanonicalHostedZoneID": made["CanonicalHostedZoneId"], "LoadBalancerFullName": full}


@model("AWS::ElasticLoadBalancingV2::TargetGroup")
def target_group(p):
    own = ("Targets", "TargetGroupAttributes")
    names = ("VpcId", "TargetType", "Protocol", "Port", "Matcher", "HealthyThresholdCount", "UnhealthyThresholdCount")
    health = ("Protocol", "Port", "Path", "IntervalSeconds", "TimeoutSeconds")
    arguments = flat(p, *own, *names, *(f"HealthCheck{part}" for part in health))
    for name in own:
        arguments.pop(name, None)
    elb = client("elbv2")
    made = elb.create_target_group(Name=p["Tags"][0]["Value"], Tags=p["Tags"], **arguments)
    arn = made["TargetGroups"][0]["TargetGroupArn"]
    elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=p["TargetGroupAttributes"])
    if p.get("Targets"):
        elb.register_targets(TargetGroupArn=arn, Targets=p["Targets"])
    return arn, {"TargetGroupName": p["Tags"][0]["Value"], "TargetGroupFullName": arn.split(":")[-1]}


@model("AWS::ElasticLoadBalancingV2::Listener")
def listener(p):
    arguments = flat(p, "LoadBalancerArn", "Protocol", "Port", "SslPolicy", "Certificates", "DefaultActions")
    return client("elbv2").create_listener(**arguments)["Listeners"][0]["ListenerArn"]


@model("AWS::ElasticLoadBalancingV2::ListenerRule")
def listener_rule(p):
    arguments = flat(p, "ListenerArn", "Priority", "Conditions", "Actions")
    return client("elbv2").create_rule(**arguments)["Rules"][0]["RuleArn"]


@model("AWS::EC2::VPCEndpointService")
def endpoint_service(p):
    arguments = flat(p, "AcceptanceRequired", "GatewayLoadBalancerArns")
    return client("ec2").create_vpc_endpoint_service_configuration(**arguments)["ServiceConfiguration"]["ServiceId"]


@model("AWS::CertificateManager::Certificate")
def certificate(p):
    flat(p, "DomainName", "SubjectAlternativeNames", "ValidationMethod", "DomainValidationOptions")
    arguments = {key: p[key] for key in ("DomainName", "SubjectAlternativeNames", "ValidationMethod") if key in p}
    for option in p.get("DomainValidationOptions", []):
        zone = client("route53").get_hosted_zone(Id=option["HostedZoneId"])["HostedZone"]["Name"].rstrip(".")
        if not option["DomainName"].endswith(zone):
            raise ValueError(f"{option['DomainName']} is not in {zone}")
    return client("acm").request_certificate(Tags=p["Tags"], **arguments)["CertificateArn"]


@model("AWS::Route53::HostedZone")
def hosted_zone(p):
    flat(p, "Name", "VPCs")
    dns, vpcs = client("route53"), p.get("VPCs", [])
    first = {"VPC": vpcs[0]} if vpcs else {}
    config = {"Comment": "", "PrivateZone": bool(vpcs)}
    made = dns.create_hosted_zone(Name=p["Name"], CallerReference=p["Name"], HostedZoneConfig=config, **first)
    for other in vpcs[1:]:
        dns.associate_vpc_with_hosted_zone(HostedZoneId=made["HostedZone"]["Id"], VPC=other)
    return made["HostedZone"]["Id"].split("/")[-1], {"NameServers": made["DelegationSet"]["NameServers"] if not vpcs else []}


@model("AWS::Route53::RecordSet")
def record_set(p):
    flat(p, "HostedZoneId", "Name", "Type", "AliasTarget", "ResourceRecords", "TTL")
    record = {key: p[key] for key in ("Name", "Type", "AliasTarget") if key in p}
    if "ResourceRecords" in p:
        record["ResourceRecords"] = [{"Value": value} for value in p["ResourceRecords"]]
        record["TTL"] = int(p["TTL"])
    changes = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    client("route53").change_resource_record_sets(HostedZoneId=p["HostedZoneId"], ChangeBatch=changes)
    return p["Name"]
