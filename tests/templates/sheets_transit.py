"""Designs with transit gateways and VPNs; see test_kinds.py."""


def hub(sheet, **fields):
    """A gateway with the VPC of the sheet and another one attached to it."""
    gateway = sheet.add("transit_gateway", sheet.region, **fields)
    other = sheet.add("vpc", sheet.region, cidr="10.1.0.0/16")
    zone = sheet.add("zone", other, letter="a")
    far = sheet.add("subnet", zone, cidr="10.1.1.0/24")
    both = {"gateway": {"ref": gateway}}
    own = sheet.add("transit_gateway_attachment", sheet.vpc, subnets=[{"ref": sheet.a}, {"ref": sheet.c}], **both)
    there = sheet.add("transit_gateway_attachment", other, subnets=[{"ref": far}], **both)
    for vpc, block in ((sheet.vpc, "10.1.0.0/16"), (other, "10.0.0.0/16")):
        sheet.add("route_table", vpc, main=True, routes=[{"destination": block, "target": {"ref": gateway}}])
    return gateway, own, there


def transit_gateway(sheet):
    hub(sheet)
    off = {"default_association": "disable", "default_propagation": "disable", "group_referencing": "enable"}
    sheet.add("transit_gateway", sheet.region, amazon_side_asn=64513, **off)


def transit_gateway_attachment(sheet):
    hub(sheet)


def transit_gateway_route_table(sheet):
    """One table that both follow, with static routes and a blackhole."""
    gateway, own, there = hub(sheet, default_association="disable", default_propagation="disable")
    routes = [
        {"destination": "10.9.0.0/16", "attachment": {"ref": there}},
        {"destination": "10.8.0.0/16", "blackhole": True},
    ]
    table = sheet.add("transit_gateway_route_table", sheet.region, gateway={"ref": gateway}, routes=routes)
    for node in sheet.nodes:
        if node["id"] in (own, there):
            node["fields"] |= {"association": {"ref": table}, "propagations": [{"ref": table}]}


def transit_gateway_peering(sheet):
    gateway, far = (sheet.add("transit_gateway", sheet.region) for _ in range(2))
    sheet.add("transit_gateway_peering", sheet.region, gateway={"ref": gateway}, peer={"ref": far})


def vpn_connection(sheet):
    """A static one to a virtual private gateway, which a table propagates and another has a route to; and one to a transit gateway."""
    customer = {"ref": sheet.add("customer_gateway", sheet.region)}
    gateway = {"ref": sheet.add("vpn_gateway", sheet.vpc)}
    static = {"static_only": True, "routes": ["192.168.0.0/16"]}
    sheet.add("vpn_connection", sheet.region, customer_gateway=customer, vpn_gateway=gateway, **static)
    sheet.add("route_table", sheet.vpc, propagating=[gateway])
    sheet.add("route_table", sheet.vpc, routes=[{"destination": "192.168.0.0/16", "target": gateway}])
    hub = {"ref": sheet.add("transit_gateway", sheet.region)}
    sheet.add("vpn_connection", sheet.region, customer_gateway=customer, transit_gateway=hub)


def vpn_gateway(sheet):
    sheet.add("vpn_gateway", sheet.vpc, amazon_side_asn=64514)


def customer_gateway(sheet):
    sheet.add("customer_gateway", sheet.region, address="203.0.113.99", bgp_asn=65010, networks=["192.168.0.0/16"])


SHEETS = {
    "customer_gateway": customer_gateway,
    "transit_gateway": transit_gateway,
    "transit_gateway_attachment": transit_gateway_attachment,
    "transit_gateway_peering": transit_gateway_peering,
    "transit_gateway_route_table": transit_gateway_route_table,
    "vpn_connection": vpn_connection,
    "vpn_gateway": vpn_gateway,
}
