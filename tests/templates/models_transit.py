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
