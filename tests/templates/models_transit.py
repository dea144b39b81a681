"""What stands in for the types of transit gateways and VPNs that moto has no model of."""

from models import client, flat, model, tag


@model("AWS::EC2::TransitGateway")
def transit_gateway(p):
    names = ("AmazonSideAsn", "DefaultRouteTableAssociation", "DefaultRouteTablePropagation", "SecurityGroupReferencingSupport")
    options = flat(p, *names)
    return tag(client("ec2").create_transit_gateway(Options=options)["TransitGateway"]["TransitGatewayId"], p)


@model("AWS::EC2::TransitGatewayAttachment")
def transit_gateway_attachment(p):
    given = flat(p, "TransitGatewayId", "VpcId", "SubnetIds", "Options")
    made = client("ec2").create_transit_gateway_vpc_attachment(**given)["TransitGatewayVpcAttachment"]
    return tag(made["TransitGatewayAttachmentId"], p)


@model("AWS::EC2::TransitGatewayRouteTable")
def transit_gateway_route_table(p):
    made = client("ec2").create_transit_gateway_route_table(**flat(p, "TransitGatewayId"))
    return tag(made["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"], p)


@model("AWS::EC2::TransitGatewayRoute")
def transit_gateway_route(p):
    client("ec2").create_transit_gateway_route(
        **flat(p, "DestinationCidrBlock", "TransitGatewayRouteTableId", "TransitGatewayAttachmentId", "Blackhole")
    )
    return f"{p['TransitGatewayRouteTableId']}|{p['DestinationCidrBlock']}"


@model("AWS::EC2::TransitGatewayRouteTableAssociation")
def association(p):
    client("ec2").associate_transit_gateway_route_table(
        **flat(p, "TransitGatewayRouteTableId", "TransitGatewayAttachmentId")
    )
    return f"{p['TransitGatewayAttachmentId']}_{p['TransitGatewayRouteTableId']}"


@model("AWS::EC2::TransitGatewayRouteTablePropagation")
def propagation(p):
    client("ec2").enable_transit_gateway_route_table_propagation(
        **flat(p, "TransitGatewayRouteTableId", "TransitGatewayAttachmentId")
    )
    return f"{p['TransitGatewayAttachmentId']}_{p['TransitGatewayRouteTableId']}"


@model("AWS::EC2::TransitGatewayPeeringAttachment")
def peering(p):
    given = flat(p, "TransitGatewayId", "PeerTransitGatewayId", "PeerAccountId", "PeerRegion")
    made = client("ec2").create_transit_gateway_peering_attachment(**given)
    return tag(made["TransitGatewayPeeringAttachment"]["TransitGatewayAttachmentId"], p)


@model("AWS::EC2::VPNGateway")
def vpn_gateway(p):
    return tag(client("ec2").create_vpn_gateway(**flat(p, "Type", "AmazonSideAsn"))["VpnGateway"]["VpnGatewayId"], p)


@model("AWS::EC2::CustomerGateway")
def customer_gateway(p):
    flat(p, "Type", "BgpAsn", "IpAddress")
    made = client("ec2").create_customer_gateway(Type=p["Type"], BgpAsn=p["BgpAsn"], PublicIp=p["IpAddress"])
    return tag(made["CustomerGateway"]["CustomerGatewayId"], p)


@model("AWS::EC2::VPNConnection")
def vpn_connection(p):
    given = flat(p, "Type", "CustomerGatewayId", "VpnGatewayId", "TransitGatewayId", "StaticRoutesOnly")
    options = {"StaticRoutesOnly": given.pop("StaticRoutesOnly", False)}
    made = client("ec2").create_vpn_connection(**given, Options=options)
    return tag(made["VpnConnection"]["VpnConnectionId"], p)


@model("AWS::EC2::VPNConnectionRoute")
def vpn_connection_route(p):
    """moto has no such call; botocore checks its form."""
    given = flat(p, "DestinationCidrBlock", "VpnConnectionId")
    client("ec2").describe_vpn_connections(VpnConnectionIds=[given["VpnConnectionId"]])
    return f"{given['VpnConnectionId']}|{given['DestinationCidrBlock']}"


@model("AWS::EC2::VPNGatewayRoutePropagation")
def vpn_propagation(p):
    """moto has no such call; what it names must be there."""
    given = flat(p, "RouteTableIds", "VpnGatewayId")
    client("ec2").describe_route_tables(RouteTableIds=given["RouteTableIds"])
    gateway = client("ec2").describe_vpn_gateways(VpnGatewayIds=[given["VpnGatewayId"]])["VpnGateways"][0]
    if not gateway["VpcAttachments"]:
        raise ValueError("the propagation comes before the gateway is attached")
    return given["VpnGatewayId"]
