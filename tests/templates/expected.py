"""What an account must hold after deploying a design: computed from the design file, knowing nothing of templates."""

import delivery
import stores
from access import AccessExpected
from expected_apps import ExpectedApps
from expected_containers import ExpectedContainers
from models import REGION
from scaling import ScalingExpected
from volumes import VolumesExpected


class Expected(AccessExpected, ExpectedApps, ExpectedContainers, ScalingExpected, VolumesExpected, stores.Wanted, delivery.Wanted):
    """The counterpart of Account, a method for each sort of resource."""

    def __init__(self, design):
        self.nodes = {node["id"]: node for node in design["nodes"]}

    def all(self, kind):
        return [(node["name"], node, node.get("fields", {})) for node in self.nodes.values() if node["kind"] == kind]

    def name(self, reference):
        return self.nodes[reference["ref"]]["name"] if reference else None

    def names(self, references):
        return sorted(self.name(one) for one in references or [])

    def around(self, node, kind):
        while node := self.nodes.get(node.get("parent")):
            if node["kind"] == kind:
                return node
        return None

    def vpc(self):
        gateways = self.all("internet_gateway")
        return {
            name: {
                "cidrs": sorted([fields["cidr"], *fields.get("secondary_cidrs", [])]),
                "tenancy": fields["tenancy"],
                "gateways": sorted(gateway for gateway, inner, _ in gateways if inner.get("parent") == node["id"]),
                "dns_support": fields.get("dns_support", False),
                "dns_hostnames": fields.get("dns_hostnames", False),
            }
            for name, node, fields in self.all("vpc")
        }

    def table_of(self, node, fields):
        if fields.get("route_table"):
            return self.name(fields["route_table"])
        same = lambda other: self.around(other, "vpc") == self.around(node, "vpc")
        return next((name for name, other, own in self.all("route_table") if own.get("main", False) and same(other)), None)

    def subnet(self):
        return {
            name: {
                "vpc": self.around(node, "vpc")["name"],
                "cidr": fields["cidr"],
                "zone": REGION + self.around(node, "zone")["fields"]["letter"],
                "public_ips": fields.get("auto_assign_public_ip", False),
                "table": self.table_of(node, fields),
                "acl": self.name(fields.get("network_acl")),
            }
            for name, node, fields in self.all("subnet")
        }

    def route_target(self, reference):
        """By name, but endpoints have none in an account: by their type."""
        node = self.nodes[reference["ref"]]
        return node["fields"]["endpoint_type"] if node["kind"] == "vpc_endpoint" else node["name"]

    def route_table(self):
        return {
            name: {
                "vpc": self.around(node, "vpc")["name"],
                "routes": {route["destination"]: self.route_target(route["target"]) for route in fields.get("routes", [])},
                "gateway": self.name(fields.get("gateway")),
            }
            for name, node, fields in self.all("route_table")
        }

    def nat_gateway(self):
        return {
            name: {
                "subnet": self.around(node, "subnet")["name"],
                "connectivity": fields["connectivity"],
                "elastic_ip": self.name(fields.get("elastic_ip")),
            }
            for name, node, fields in self.all("nat_gateway")
        }

    def elastic_ip(self):
        return {name: {"instance": self.name(fields.get("instance"))} for name, _, fields in self.all("elastic_ip")}

    @staticmethod
    def ports(text):
        if text == "all":
            return 0, 65535
        first, _, last = text.partition("-")
        return int(first), int(last or first)

    def rules(self, rows):
        found = []
        for row in rows:
            ports = self.ports(row["ports"]) if row["protocol"] in ("tcp", "udp") else (None, None)
            peers = [row["cidr"]] if row.get("cidr") else []
            peers += [self.name(row["group"])] if row.get("group") else []
            found += [(row["protocol"], *ports, peer) for peer in peers]
        return sorted(found, key=str)

    def security_group(self):
        nothing = [("icmp", 252, 86, "255.255.255.255/32")]
        return {
            name: {
                "vpc": self.around(node, "vpc")["name"],
                "inbound": self.rules(fields.get("inbound", [])),
                "outbound": self.rules(fields.get("outbound", [])) or nothing,
            }
            for name, node, fields in self.all("security_group")
        }

    def network_acl(self):
        numbers = {"-1": "-1", "tcp": "6", "udp": "17"}

        def entries(rows):
            ports = lambda row: self.ports(row["ports"]) if row["protocol"] in ("tcp", "udp") else None
            of = lambda row: (row["number"], row["action"], numbers[row["protocol"]], ports(row), row["cidr"])
            return sorted(map(of, rows))

        both = ("inbound", "outbound")
        return {name: {way: entries(fields[way]) for way in both} for name, _, fields in self.all("network_acl")}

    def instance(self):
        found = {}
        disks = [fields for _, _, fields in self.all("volume") if fields.get("instance")]
        attached = lambda node: [fields["size"] for fields in disks if fields["instance"]["ref"] == node["id"]]
        fixed = {self.name(fields.get("instance")) for _, _, fields in self.all("elastic_ip")}
        for name, node, fields in self.all("instance"):
            subnet = self.around(node, "subnet")
            default = subnet["fields"].get("auto_assign_public_ip", False)
            key = self.nodes[fields["key_pair"]["ref"]] if fields.get("key_pair") else None
            created = key and key["fields"]["source"] == "create"
            found[name] = {
                "subnet": subnet["name"],
                "type": fields["instance_type"],
                "key": key and (f"lab-{key['name']}" if created else key["name"]),
                "groups": self.names(fields.get("security_groups")) or ["default"],
                "public": name in fixed or {"yes": True, "no": False, "subnet": default}[fields["public_ip"]],
                "user_data": fields.get("user_data", ""),
                "volumes": sorted([fields["root_size"], *(one["size"] for one in fields.get("volumes", [])), *attached(node)]),
                "forwards": not fields.get("source_dest_check", False),
                "role": self.profile_role(fields),
            }
        return found

    def load_balancer(self):
        found = {}
        for name, node, fields in self.all("load_balancer"):
            application = fields["balancer_type"] == "application"
            attributes = {"deletion_protection.enabled": str(fields.get("deletion_protection", False)).lower()}
            if application:
                attributes["idle_timeout.timeout_seconds"] = str(fields["idle_timeout"])
            else:
                attributes["load_balancing.cross_zone.enabled"] = str(fields.get("cross_zone", False)).lower()
            found[name] = {
                "type": fields["balancer_type"],
                "scheme": None if fields["balancer_type"] == "gateway" else fields["scheme"],
                "subnets": self.names(fields["subnets"]),
                "groups": self.names(fields.get("security_groups")),
                "attributes": attributes,
            }
        return found

    def action(self, fields):
        if fields["action"] == "forward":
            groups = self.names(row["target_group"] for row in fields.get("forwards", []))
            return groups or {"StatusCode": "503"}
        if fields["action"] == "redirect":
            parts = ("Protocol", "Port", "Host", "Path", "Query")
            return {**{part: fields[f"redirect_{part.lower()}"] for part in parts}, "StatusCode": fields["redirect_status"]}
        answer = {"StatusCode": "code", "ContentType": "type", "MessageBody": "body"}
        return {key: fields[f"response_{field}"] for key, field in answer.items() if fields[f"response_{field}"]}

    def listener(self):
        conditions = {
            "hosts": "host-header",
            "paths": "path-pattern",
            "methods": "http-request-method",
            "queries": "query-string",
            "source_ips": "source-ip",
            "header_values": "http-header",
        }
        # A gateway balancer's takes every packet.
        every = lambda fields: fields["protocol"] == "GENEVE"
        return {
            (self.nodes[node["parent"]]["name"], None if every(fields) else fields["port"]): {
                "protocol": None if every(fields) else fields["protocol"],
                "certificates": self.names([fields["certificate"]] if fields.get("certificate") else []),
                "actions": {
                    "default": self.action(fields),
                    **{str(rule["priority"]): self.action(rule) for rule in fields.get("rules", [])},
                },
                "conditions": {
                    "default": [],
                    **{
                        str(rule["priority"]): sorted(field for key, field in conditions.items() if rule.get(key))
                        for rule in fields.get("rules", [])
                    },
                },
            }
            for _, node, fields in self.all("listener")
        }

    def target_group(self):
        found = {}
        fleets = [(name, own["desired"], self.names(own.get("target_groups"))) for name, _, own in self.all("auto_scaling_group")]
        for name, node, fields in self.all("target_group"):
            port = fields["port"]
            # An Auto Scaling group registers as many as it launches.
            launched = [(fleet, port) for fleet, count, groups in fleets if name in groups for _ in range(count)]
            target = lambda row: (self.name(row["instance"]) if row.get("instance") else row["address"], row.get("port") or port)
            attributes = {
                "stickiness.enabled": str(fields.get("stickiness", False)).lower(),
                "deregistration_delay.timeout_seconds": str(fields["deregistration_delay"]),
            }
            if fields["protocol"] in ("HTTP", "HTTPS"):
                attributes["load_balancing.algorithm.type"] = fields["algorithm"]
                attributes["slow_start.duration_seconds"] = str(fields["slow_start"])
            # A probe by TCP asks for no path and no code.
            probed = ("protocol", "port") if fields["health_protocol"] == "TCP" else ("protocol", "port", "path", "codes")
            found[name] = {
                "vpc": self.around(node, "vpc")["name"],
                "to": (fields["target_type"], fields["protocol"], port),
                "targets": sorted([*(target(row) for row in fields.get("targets", [])), *launched]),
                "health": tuple(fields[f"health_{part}"] for part in probed),
                "probes": (fields["health_interval"], fields["health_timeout"]),
                "counts": (fields["healthy_threshold"], fields["unhealthy_threshold"]),
                "attributes": attributes,
            }
        return found

    def record_set(self):
        found = {}
        for _, node, fields in self.all("record_set"):
            alias = self.name(fields.get("alias"))
            if alias and self.nodes[fields["alias"]["ref"]]["kind"] == "s3_bucket":
                alias = "website"
            values = [] if alias else [*self.names(fields.get("elastic_ips")), *fields.get("values", [])]
            zone = self.nodes[node["parent"]]["fields"]["domain"]
            found[zone, fields["domain"], fields["record_type"]] = {
                "alias": alias,
                "values": sorted(values),
                "ttl": None if alias else fields["ttl"],
            }
        return found

    def hosted_zone(self):
        return {fields["domain"]: {"vpcs": self.names(fields.get("vpcs"))} for _, _, fields in self.all("hosted_zone")}

    def certificate(self):
        return {
            name: {
                "names": sorted({fields["domain"], *fields.get("alternative_names", [])}),
                "validation": fields["validation"],
            }
            for name, _, fields in self.all("certificate")
        }

    def key_pair(self):
        pairs = self.all("key_pair")
        return {name: {"type": fields["key_type"]} for name, _, fields in pairs if fields["source"] == "create"}
