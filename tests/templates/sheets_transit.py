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


SHEETS = {
    "transit_gateway": transit_gateway,
    "transit_gateway_attachment": transit_gateway_attachment,
    "transit_gateway_peering": transit_gateway_peering,
    "transit_gateway_route_table": transit_gateway_route_table,
}
