"""A new resource of every kind, with no more around it than it needs, deploys and reads back."""

import json
import unittest

import delivery
import stores
import sheets_apps
import sheets_containers
import sheets_transit
from deploys import Deploys, groundplan_json


class Sheet:
    """Draws a design file; a node that is drawn bare keeps the defaults of its kind."""

    def __init__(self):
        self.nodes = []
        self.region = self.add("region")
        self.vpc = self.add("vpc", self.region)
        self.a, self.c = (self.subnet(letter, number) for letter, number in (("a", 1), ("c", 2)))

    def add(self, kind, parent=None, name=None, **fields):
        identifier = f"n{len(self.nodes) + 1}"
        node = {"id": identifier, "kind": kind, "name": name or f"{kind.replace('_', '-')}-{identifier}", "at": [0, 0, 96, 72]}
        self.nodes.append({**node, **({"parent": parent} if parent else {}), **({"fields": fields} if fields else {})})
        return identifier

    def subnet(self, letter, number):
        zone = self.add("zone", self.vpc, letter=letter)
        return self.add("subnet", zone, cidr=f"10.0.{number}.0/24")

    def public(self):
        """Makes both subnets public."""
        gateway = self.add("internet_gateway", self.vpc)
        self.add("route_table", self.vpc, main=True, routes=[{"destination": "0.0.0.0/0", "target": {"ref": gateway}}])
        return self

    def open_group(self):
        rules = [{"cidr": "0.0.0.0/0", "ports": port, "protocol": "tcp"} for port in ("80", "8080")]
        return self.add("security_group", self.vpc, inbound=rules)

    def server(self, subnet):
        return self.add("instance", subnet, security_groups=[{"ref": self.open_group()}])

    def balancer(self, **fields):
        group = self.public().open_group()
        both = {"subnets": [{"ref": self.a}, {"ref": self.c}], "security_groups": [{"ref": group}]}
        return self.add("load_balancer", self.vpc, **{**both, **fields})

    def text(self):
        return json.dumps({"groundplan": 1, "title": "kinds", "nodes": self.nodes})


def nat_gateway(sheet):
    nat = sheet.public().add("nat_gateway", sheet.a, elastic_ip={"ref": sheet.add("elastic_ip", sheet.region)})
    sheet.add("route_table", sheet.vpc, routes=[{"destination": "0.0.0.0/0", "target": {"ref": nat}}])


def listener(sheet):
    """One of everything a listener may do."""
    balancer = sheet.balancer()
    targets = [{"instance": {"ref": sheet.server(sheet.a)}}]
    groups = [sheet.add("target_group", sheet.vpc, targets=targets) for _ in range(2)]
    forward = lambda *weights: [{"target_group": {"ref": group}, "weight": w} for group, w in zip(groups, weights)]
    rules = [
        {"priority": 1, "paths": ["/api/*"], "forwards": forward(3, 1)},
        {"priority": 2, "paths": [], "hosts": ["a.example.com"], "action": "redirect", "redirect_port": "8443"},
        {"priority": 3, "paths": [], "header_name": "X-A", "header_values": ["1"], "action": "fixed-response"},
        {"priority": 4, "paths": ["/x"], "queries": ["a=b", "c"], "methods": ["GET"], "forwards": forward(1)},
        {"priority": 5, "paths": [], "source_ips": ["203.0.113.0/24"], "forwards": forward(1)},
    ]
    sheet.add("listener", balancer, forwards=forward(1), rules=rules)
    sheet.add("listener", balancer, port=8080)


def load_balancer(sheet):
    sheet.add("listener", sheet.balancer())
    subnets = [{"ref": sheet.a}]
    network = sheet.add("load_balancer", sheet.vpc, balancer_type="network", scheme="internal", cross_zone=True, subnets=subnets)
    targets = [{"instance": {"ref": sheet.server(sheet.a)}}]
    group = sheet.add("target_group", sheet.vpc, protocol="TCP", health_protocol="TCP", targets=targets)
    sheet.add("listener", network, protocol="TCP", forwards=[{"target_group": {"ref": group}}])
    gateway = {"balancer_type": "gateway", "endpoint_service": True, "subnets": subnets}
    gateway = sheet.add("load_balancer", sheet.vpc, **gateway)
    appliances = sheet.add("target_group", sheet.vpc, protocol="GENEVE", port=6081, targets=targets, stickiness=True)
    sheet.add("listener", gateway, protocol="GENEVE", forwards=[{"target_group": {"ref": appliances}}])
    endpoint = {"endpoint_type": "GatewayLoadBalancer", "balancer": {"ref": gateway}, "subnets": subnets}
    endpoint = sheet.add("vpc_endpoint", sheet.vpc, **endpoint)
    # What comes in through the internet gateway for the other subnet goes there first.
    door = sheet.add("internet_gateway", sheet.vpc)
    routes = [{"destination": "10.0.2.0/24", "target": {"ref": endpoint}}]
    sheet.add("route_table", sheet.vpc, routes=routes, gateway={"ref": door})


def target_group(sheet):
    balancer = sheet.balancer()
    targets = [{"instance": {"ref": sheet.server(sheet.a)}}, {"instance": {"ref": sheet.server(sheet.c)}, "port": 8080}]
    servers = sheet.add("target_group", sheet.vpc, targets=targets)
    addresses = [{"address": "10.0.1.50"}]
    others = sheet.add("target_group", sheet.vpc, target_type="ip", targets=addresses, stickiness=True)
    for group, port in ((servers, 80), (others, 8080)):
        sheet.add("listener", balancer, port=port, forwards=[{"target_group": {"ref": group}}])


def instance(sheet):
    sheet.public().add("instance", sheet.a, volumes=[{"size": 20}])
    key, group = sheet.add("key_pair", sheet.region), sheet.add("security_group", sheet.vpc)
    own = {"key_pair": {"ref": key}, "security_groups": [{"ref": group}], "user_data": "#!/bin/bash\necho 한글\n"}
    sheet.add("instance", sheet.a, public_ip="yes", private_ip="10.0.1.20", source_dest_check=False, **own)
    sheet.add("instance", sheet.c, public_ip="no", instance_type="t3.small", ami="ubuntu-24.04-x86_64")


def route_table(sheet):
    server = sheet.add("instance", sheet.a, source_dest_check=False)
    table = sheet.add("route_table", sheet.vpc, routes=[{"destination": "0.0.0.0/0", "target": {"ref": server}}])
    sheet.nodes[[node["id"] for node in sheet.nodes].index(sheet.c)]["fields"]["route_table"] = {"ref": table}


def network_acl(sheet):
    rules = [
        {"number": 100, "protocol": "tcp", "ports": "80"},
        {"number": 110, "protocol": "tcp", "ports": "1024-65535", "action": "deny", "cidr": "10.0.0.0/8"},
    ]
    acl = sheet.add("network_acl", sheet.vpc, inbound=rules)
    sheet.nodes[[node["id"] for node in sheet.nodes].index(sheet.a)]["fields"]["network_acl"] = {"ref": acl}


def security_group(sheet):
    """Two groups that refer to each other, and one that lets nothing out."""
    other = f"n{len(sheet.nodes) + 2}"
    rule = lambda group: {"ports": "80", "protocol": "tcp", "cidr": None, "group": {"ref": group}}
    first = sheet.add("security_group", sheet.vpc, inbound=[rule(other)])
    sheet.add("security_group", sheet.vpc, inbound=[rule(first)], outbound=[rule(first), {"ports": "443", "protocol": "tcp"}])
    sheet.add("security_group", sheet.vpc, inbound=[{"cidr": "::/0", "ports": "443", "protocol": "tcp"}], outbound=[])


def record_set(sheet):
    zone = sheet.add("hosted_zone", sheet.region, domain="example.com")
    balancer = sheet.balancer()
    sheet.add("listener", balancer)
    sheet.add("record_set", zone, values=["203.0.113.20"])
    sheet.add("record_set", zone, domain="app.example.com", alias={"ref": balancer})
    address = sheet.add("elastic_ip", sheet.region, instance={"ref": sheet.add("instance", sheet.a)})
    sheet.add("record_set", zone, domain="example.com", elastic_ips=[{"ref": address}])
    sheet.add("record_set", zone, domain="blog.example.com", record_type="CNAME", values=["www.example.com"])


def hosted_zone(sheet):
    sheet.add("hosted_zone", sheet.region, domain="example.com")
    sheet.add("hosted_zone", sheet.region, domain="lab.internal", vpcs=[{"ref": sheet.vpc}])


def certificate(sheet):
    zone = sheet.add("hosted_zone", sheet.region, domain="example.com")
    sheet.add("certificate", sheet.region, domain="example.com", hosted_zone={"ref": zone})
    sheet.add("certificate", sheet.region, domain="*.example.com", alternative_names=["example.com"], hosted_zone={"ref": zone})


def vpc(sheet):
    other = sheet.add("vpc", sheet.region, cidr="10.1.0.0/16", secondary_cidrs=["10.2.0.0/16"])
    sheet.add("subnet", sheet.add("zone", other, letter="b"), cidr="10.2.1.0/24")


def network_interface(sheet):
    server = sheet.server(sheet.a)
    group = {"ref": sheet.open_group()}
    second = sheet.add("network_interface", sheet.a, instance={"ref": server}, private_ip="10.0.1.30", security_groups=[group])
    sheet.add("network_interface", sheet.c, source_dest_check=False)
    sheet.public().add("elastic_ip", sheet.region, interface={"ref": second})


def vpc_peering(sheet):
    """Routes on both sides lead to it."""
    other = sheet.add("vpc", sheet.region, cidr="10.1.0.0/16")
    peering = sheet.add("vpc_peering", sheet.region, requester={"ref": sheet.vpc}, accepter={"ref": other})
    for vpc, block in ((sheet.vpc, "10.1.0.0/16"), (other, "10.0.0.0/16")):
        sheet.add("route_table", vpc, routes=[{"destination": block, "target": {"ref": peering}}])


def vpc_endpoint(sheet):
    """One of each type; the policy of one is kept as it is written."""
    table = sheet.add("route_table", sheet.vpc, main=True)
    policy = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}'
    sheet.add("vpc_endpoint", sheet.vpc, route_tables=[{"ref": table}], policy=policy)
    own = {"subnets": [{"ref": sheet.a}, {"ref": sheet.c}], "security_groups": [{"ref": sheet.open_group()}]}
    sheet.add("vpc_endpoint", sheet.vpc, endpoint_type="Interface", service="ecr.api", private_dns=True, **own)


def prefix_list(sheet):
    """A rule and a route refer to one; the one that AWS keeps is not deployed."""
    offices = sheet.add("prefix_list", sheet.region, entries=["198.51.100.0/24", "203.0.113.0/24"])
    sheet.add("prefix_list", sheet.region, service="s3")
    rule = {"ports": "443", "protocol": "tcp", "cidr": None, "prefix_list": {"ref": offices}}
    sheet.add("security_group", sheet.vpc, inbound=[rule])


def iam_user(sheet):
    """A bare one, and one that signs in with permissions of every sort."""
    sheet.add("iam_user", sheet.region)
    administrators = sheet.add("iam_group", name="administrators", group_name="administrators", aws_policies=[{"policy": "AdministratorAccess"}])
    own = {"policies": [{"ref": sheet.add("iam_policy")}], "inline_policies": [{"name": "more"}]}
    sheet.add("iam_user", name="관리자", user_name="kim", groups=[{"ref": administrators}], console_access=True, mfa=True, **own)


def iam_group(sheet):
    own = {"policies": [{"ref": sheet.add("iam_policy", sheet.region)}]}
    sheet.add("iam_group", sheet.region)
    sheet.add("iam_group", sheet.region, aws_policies=[{"policy": "service-role/AWSLambdaBasicExecutionRole"}], inline_policies=[{}], **own)


def iam_role(sheet):
    """A bare one, one of another service, and one whose trust is written out."""
    sheet.add("iam_role", sheet.region)
    policies = [{"policy": "service-role/AmazonECSTaskExecutionRolePolicy"}]
    sheet.add("iam_role", trusted_service="ecs-tasks.amazonaws.com", aws_policies=policies, role_name="tasks")
    who = {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}
    statement = {"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole"}
    sheet.add("iam_role", trust=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def iam_policy(sheet):
    sheet.add("iam_policy", sheet.region)
    sheet.add("iam_policy", policy_name="named")


def instance_profile(sheet):
    profile = sheet.add("instance_profile", sheet.region, role={"ref": sheet.add("iam_role", sheet.region)})
    sheet.add("instance", sheet.a, instance_profile={"ref": profile})


def volume(sheet):
    """One that is free, one restored from a snapshot and attached, one with everything said."""
    zone = next(node["parent"] for node in sheet.nodes if node["id"] == sheet.a)
    free = sheet.add("volume", zone)
    server = {"ref": sheet.add("instance", sheet.a)}
    snapshot = sheet.add("snapshot", sheet.region, source={"ref": free})
    sheet.add("volume", sheet.a, snapshot={"ref": snapshot}, instance=server, on_deletion="Delete")
    sheet.add("volume", zone, volume_type="io2", iops=500, size=20, encrypted=False, on_deletion="Retain")
    image = sheet.add("machine_image", sheet.region, instance=server)
    sheet.add("instance", sheet.c, image={"ref": image})


def launch_template(sheet):
    """A bare one; one with everything; one whose type the group chooses."""
    sheet.add("launch_template", sheet.region)
    profile = sheet.add("instance_profile", sheet.region, role={"ref": sheet.add("iam_role", sheet.region)})
    own = {"instance_profile": {"ref": profile}, "security_groups": [{"ref": sheet.open_group()}], "public_ip": "yes"}
    image = sheet.add("machine_image", sheet.region, instance={"ref": sheet.add("instance", sheet.a)})
    more = {"metadata_tags": "enabled", "metadata_hops": 2, "tags": [{}], "volumes": [{"size": 20}], "user_data": "#!/bin/bash\necho 한글\n"}
    key = {"ref": sheet.add("key_pair", sheet.region)}
    sheet.add("launch_template", sheet.vpc, image={"ref": image}, key_pair=key, **own, **more)
    sheet.add("launch_template", sheet.region, instance_type="", security_groups=own["security_groups"])


def scaling(sheet, **fields):
    """An Auto Scaling group with its template."""
    template = {"ref": sheet.add("launch_template", sheet.region, user_data="#!/bin/bash\n")}
    both = [{"ref": sheet.a}, {"ref": sheet.c}]
    return sheet.add("auto_scaling_group", sheet.vpc, **{"launch_template": template, "subnets": both, **fields})


def auto_scaling_group(sheet):
    """A bare one behind a balancer; mixed ones by a list and by requirements; and one that cannot be created."""
    balancer = sheet.balancer()
    group = {"ref": sheet.add("target_group", sheet.vpc)}
    sheet.add("listener", balancer, forwards=[{"target_group": group}])
    scaling(sheet, target_groups=[group], health_check="ELB", warmup=120, termination=[{"rule": "OldestInstance"}, {}])
    types = [{"instance_type": "t3.small", "weight": 1}, {"instance_type": "t3.medium", "weight": 2}]
    scaling(sheet, mixed=True, selection="types", overrides=types, on_demand_base=1, on_demand_percentage=20, capacity_rebalance=True)
    scaling(sheet, mixed=True, selection="requirements", vcpu_max=4, memory_max=8192, maintenance="flexible", protect=True)
    empty = {"launch_template": {"ref": sheet.add("launch_template", sheet.region, instance_type="")}}
    scaling(sheet, mixed=True, selection="requirements", maintenance="launch-first", **empty)


def scaling_policy(sheet):
    balancer = sheet.balancer()
    group = {"ref": sheet.add("target_group", sheet.vpc)}
    sheet.add("listener", balancer, forwards=[{"target_group": group}])
    scaled = scaling(sheet, target_groups=[group])
    sheet.add("scaling_policy", scaled)
    sheet.add("scaling_policy", scaled, metric="ALBRequestCountPerTarget", target="1000", target_group=group, warmup=60)
    sheet.add("scaling_policy", scaled, policy_type="SimpleScaling", adjustment=-1, cooldown=60)
    steps = [{"lower": "0", "upper": "20", "adjustment": 2}, {"lower": "20", "adjustment": 4}]
    sheet.add("scaling_policy", scaled, policy_type="StepScaling", steps=steps)
    percent = {"adjustment_type": "PercentChangeInCapacity", "min_magnitude": 1, "aggregation": "Maximum"}
    sheet.add("scaling_policy", scaled, policy_type="StepScaling", **percent)
    sheet.add("scaling_policy", scaled, policy_type="PredictiveScaling", mode="ForecastAndScale", exceed_max=True)


def scheduled_action(sheet):
    scaled = scaling(sheet)
    sheet.add("scheduled_action", scaled)
    sheet.add("scheduled_action", scaled, recurrence="", start_time="2030-05-01T00:00:00Z", min_size=2, desired=None, max_size=4)


SHEETS = {
    "auto_scaling_group": auto_scaling_group,
    "certificate": certificate,
    "elastic_ip": lambda sheet: sheet.add("elastic_ip", sheet.region),
    "hosted_zone": hosted_zone,
    "iam_group": iam_group,
    "iam_policy": iam_policy,
    "iam_role": iam_role,
    "iam_user": iam_user,
    "instance": instance,
    "instance_profile": instance_profile,
    "internet_gateway": lambda sheet: [sheet.public(), sheet.add("internet_gateway", sheet.region)],
    "key_pair": lambda sheet: sheet.add("key_pair", sheet.region, source="create"),
    "launch_template": launch_template,
    "listener": listener,
    "load_balancer": load_balancer,
    "nat_gateway": nat_gateway,
    "network_acl": network_acl,
    "network_interface": network_interface,
    "prefix_list": prefix_list,
    "record_set": record_set,
    "route_table": route_table,
    "scaling_policy": scaling_policy,
    "scheduled_action": scheduled_action,
    "security_group": security_group,
    "subnet": lambda sheet: sheet.subnet("d", 3),
    "target_group": target_group,
    "volume": volume,
    "vpc": vpc,
    "vpc_endpoint": vpc_endpoint,
    "vpc_peering": vpc_peering,
    **delivery.SHEETS,
    **stores.SHEETS,
    **sheets_apps.SHEETS,
    **sheets_containers.SHEETS,
    **sheets_transit.SHEETS,
}


class Kinds(Deploys):
    def test_every_kind_that_is_deployed_is_tested(self):
        kinds = groundplan_json("kinds", "--format", "json")
        self.assertEqual(sorted(kind["kind"] for kind in kinds if kind["cloudformation_type"]), sorted(SHEETS))


def test_of(draw):
    def test(self):
        sheet = Sheet()
        draw(sheet)
        self.assert_deploys(sheet.text())

    return test


for kind, draw in SHEETS.items():
    setattr(Kinds, f"test_{kind}", test_of(draw))


if __name__ == "__main__":
    unittest.main()
