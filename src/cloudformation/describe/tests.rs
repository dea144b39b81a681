//! Accounts as the command line of AWS describes them.

use super::{describe, is_describe};
use crate::catalog::Kind;
use crate::catalog::kinds::{
    AclAction, CustomerGateway, ElasticIp, Instance, Listener, LoadBalancer, NetworkAcl, NetworkInterface, PublicIp,
    RouteTable, SecurityGroup, Subnet, TargetGroup, TransitGateway, TransitGatewayAttachment, TransitGatewayRouteTable,
    Vpc, VpcEndpoint, VpcPeering,
};
use crate::design::{Design, broken_invariants};
use crate::reach::{Endpoint, Network, Question, Refer, trace};

const NETWORK: &str = r#"{
"Vpcs": [
 {"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "Tags": [{"Key": "Name", "Value": "main"}],
  "CidrBlockAssociationSet": [{"CidrBlock": "10.0.0.0/16"}, {"CidrBlock": "10.9.0.0/16", "CidrBlockState": {"State": "associated"}}]},
 {"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/16"}],
"Subnets": [
 {"SubnetId": "subnet-a", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "ap-northeast-2a", "MapPublicIpOnLaunch": true},
 {"SubnetId": "subnet-c", "VpcId": "vpc-1", "CidrBlock": "10.0.2.0/24", "AvailabilityZone": "ap-northeast-2c"},
 {"SubnetId": "subnet-far", "VpcId": "vpc-2", "CidrBlock": "10.1.1.0/24", "AvailabilityZone": "ap-northeast-2a"}],
"InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1", "State": "available"}]}],
"NatGateways": [{"NatGatewayId": "nat-1", "SubnetId": "subnet-a", "VpcId": "vpc-1", "State": "available",
  "NatGatewayAddresses": [{"AllocationId": "eipalloc-1", "NetworkInterfaceId": "eni-nat", "PrivateIp": "10.0.1.250", "PublicIp": "203.0.113.5"}]}],
"Addresses": [
 {"PublicIp": "203.0.113.5", "AllocationId": "eipalloc-1", "NetworkInterfaceId": "eni-nat"},
 {"PublicIp": "203.0.113.6", "AllocationId": "eipalloc-2"}],
"RouteTables": [
 {"RouteTableId": "rtb-main", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
  {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"},
  {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "active"},
  {"DestinationCidrBlock": "10.1.0.0/16", "VpcPeeringConnectionId": "pcx-1", "State": "active"},
  {"DestinationPrefixListId": "pl-s3", "GatewayId": "vpce-s3", "State": "active"},
  {"DestinationCidrBlock": "192.0.2.0/24", "CarrierGatewayId": "cagw-1", "State": "active"}]},
 {"RouteTableId": "rtb-public", "VpcId": "vpc-1", "Associations": [{"Main": false, "SubnetId": "subnet-a"}], "Routes": [
  {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"},
  {"DestinationCidrBlock": "198.51.100.0/24", "NetworkInterfaceId": "eni-gone", "State": "blackhole"}]},
 {"RouteTableId": "rtb-far", "VpcId": "vpc-2", "Associations": [{"Main": true}], "Routes": [
  {"DestinationCidrBlock": "10.0.0.0/16", "VpcPeeringConnectionId": "pcx-1", "State": "active"}]}],
"NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": true, "Associations": [{"SubnetId": "subnet-a"}], "Entries": [
  {"CidrBlock": "203.0.113.0/24", "Egress": false, "Protocol": "6", "RuleAction": "deny", "RuleNumber": 90, "PortRange": {"From": 22, "To": 22}},
  {"CidrBlock": "0.0.0.0/0", "Egress": false, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 100},
  {"CidrBlock": "0.0.0.0/0", "Egress": false, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767},
  {"CidrBlock": "0.0.0.0/0", "Egress": true, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 100}]}],
"SecurityGroups": [
 {"GroupId": "sg-web", "GroupName": "web", "VpcId": "vpc-1", "Description": "web",
  "IpPermissions": [
   {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}]},
   {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": "sg-web"}, {"GroupId": "sg-elsewhere"}]}],
  "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
 {"GroupId": "sg-far", "GroupName": "far", "VpcId": "vpc-2", "Description": "far",
  "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [{"GroupId": "sg-web"}]}],
  "IpPermissionsEgress": []}],
"Reservations": [{"Instances": [
 {"InstanceId": "i-web", "InstanceType": "t3.small", "ImageId": "ami-1", "State": {"Name": "running"}, "SubnetId": "subnet-a",
  "Tags": [{"Key": "Name", "Value": "web"}], "NetworkInterfaces": [
   {"NetworkInterfaceId": "eni-2", "SubnetId": "subnet-c", "PrivateIpAddress": "10.0.2.20", "Groups": [{"GroupId": "sg-web"}],
    "Attachment": {"DeviceIndex": 1}, "SourceDestCheck": false},
   {"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-a", "PrivateIpAddress": "10.0.1.10", "Groups": [{"GroupId": "sg-web"}],
    "Attachment": {"DeviceIndex": 0}, "Association": {"PublicIp": "203.0.113.9", "IpOwnerId": "amazon"}}]},
 {"InstanceId": "i-db", "State": {"Name": "running"}, "SubnetId": "subnet-far", "PrivateIpAddress": "10.1.1.5",
  "SecurityGroups": [{"GroupId": "sg-far"}]},
 {"InstanceId": "i-gone", "State": {"Name": "terminated"}}]}],
"NetworkInterfaces": [
 {"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-a", "PrivateIpAddress": "10.0.1.10"},
 {"NetworkInterfaceId": "eni-nat", "SubnetId": "subnet-a", "InterfaceType": "nat_gateway"},
 {"NetworkInterfaceId": "eni-rds", "SubnetId": "subnet-c", "PrivateIpAddress": "10.0.2.30", "Description": "RDSNetworkInterface", "Groups": [{"GroupId": "sg-web"}]},
 {"NetworkInterfaceId": "eni-lb", "SubnetId": "subnet-c", "PrivateIpAddress": "10.0.2.40", "Description": "ELB net/inner/1234", "InterfaceType": "network_load_balancer"}],
"VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1", "Status": {"Code": "active"},
  "RequesterVpcInfo": {"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}, "AccepterVpcInfo": {"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/16"}}],
"PrefixLists": [{"PrefixListId": "pl-s3", "PrefixListName": "com.amazonaws.ap-northeast-2.s3", "Cidrs": ["52.219.56.0/22"]}],
"VpcEndpoints": [{"VpcEndpointId": "vpce-s3", "VpcEndpointType": "Gateway", "VpcId": "vpc-1", "State": "available",
  "ServiceName": "com.amazonaws.ap-northeast-2.s3", "RouteTableIds": []}],
"LoadBalancers": [{"LoadBalancerArn": "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:loadbalancer/net/inner/1234",
  "LoadBalancerName": "inner", "Type": "network", "Scheme": "internal", "VpcId": "vpc-1", "AvailabilityZones": [{"SubnetId": "subnet-c"}, {"SubnetId": "subnet-a"}]}],
"TargetGroups": [{"TargetGroupArn": "arn:tg", "TargetGroupName": "web", "Protocol": "TCP", "Port": 80, "VpcId": "vpc-1", "TargetType": "instance", "HealthCheckProtocol": "TCP"}],
"TargetHealth": [{"TargetGroupArn": "arn:tg", "TargetHealthDescriptions": [{"Target": {"Id": "i-web", "Port": 80}}]}],
"Listeners": [{"ListenerArn": "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:listener/net/inner/1234/5",
  "LoadBalancerArn": "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:loadbalancer/net/inner/1234",
  "Port": 80, "Protocol": "TCP", "DefaultActions": [{"Type": "forward", "TargetGroupArn": "arn:tg"}]}],
"DirectConnectGateways": [{"directConnectGatewayId": "dx-1"}]
}"#;

fn by_origin<'a, T: crate::catalog::kinds::Held>(design: &'a Design, origin: &str) -> &'a T {
    let found = design.all::<T>().find(|(_, node, _)| node.origin == origin);
    found.unwrap_or_else(|| panic!("{origin} is not drawn")).2
}

fn reaches(described: &super::Described, from: &str, to: &str, port: u16) -> bool {
    let (design, net) = (&described.design, Network::lower(&described.design));
    let refer = Refer::new(design, &described.aliases);
    let (from, to) = (refer.end(from).unwrap(), refer.end(to).unwrap());
    let question = Question { from, to, protocol: crate::net::Protocol::Tcp, port: Some(port), source_port: None };
    trace(design, &net, question).unwrap().reachable()
}

#[test]
fn an_account_becomes_a_sound_design() {
    let described = describe([("", NETWORK)]);
    let design = &described.design;
    assert_eq!(broken_invariants(design), Vec::<String>::new());
    let vpc: &Vpc = by_origin(design, "vpc-1");
    assert_eq!(vpc.secondary_cidrs.iter().map(ToString::to_string).collect::<Vec<_>>(), ["10.9.0.0/16"]);
    assert!(by_origin::<Subnet>(design, "subnet-a").route_table.is_some());
    assert_eq!(by_origin::<Subnet>(design, "subnet-c").route_table, None);
    assert!(by_origin::<RouteTable>(design, "rtb-main").main);
    // The endpoint's route is the endpoint's; what leads nowhere is a route without a target.
    let targets: Vec<bool> =
        by_origin::<RouteTable>(design, "rtb-main").routes.iter().map(|r| r.target.is_some()).collect();
    assert_eq!(targets, [true, true, false]);
    assert_eq!(by_origin::<RouteTable>(design, "rtb-main").routes[2].beyond(), Some("cagw-1"));
    assert_eq!(by_origin::<VpcEndpoint>(design, "vpce-s3").route_tables.len(), 1);
    let gone = &by_origin::<RouteTable>(design, "rtb-public").routes[1];
    assert_eq!((gone.target, gone.beyond()), (None, None), "a blackhole leads nowhere at all");
    let acl: &NetworkAcl = by_origin(design, "acl-1");
    assert_eq!(
        acl.inbound.iter().map(|rule| (rule.number, rule.action)).collect::<Vec<_>>(),
        [(90, AclAction::Deny), (100, AclAction::Allow)]
    );
    let group: &SecurityGroup = by_origin(design, "sg-web");
    assert_eq!((group.inbound.len(), group.outbound.len()), (3, 1));
    let web: &Instance = by_origin(design, "i-web");
    assert_eq!((web.private_ip.unwrap().to_string(), web.public_ip), ("10.0.1.10".to_owned(), PublicIp::SubnetDefault));
    assert_eq!(web.public_address.unwrap().to_string(), "203.0.113.9");
    let second: &NetworkInterface = by_origin(design, "eni-2");
    assert!(second.instance.is_some() && !second.source_dest_check);
    assert_eq!(by_origin::<NetworkInterface>(design, "eni-rds").private_ip.unwrap().to_string(), "10.0.2.30");
    assert_eq!(by_origin::<ElasticIp>(design, "eipalloc-2").public_address.unwrap().to_string(), "203.0.113.6");
    assert!(by_origin::<VpcPeering>(design, "pcx-1").accepted);
    let balancer = design.all::<LoadBalancer>().next().unwrap().2;
    assert_eq!(balancer.addresses.iter().map(ToString::to_string).collect::<Vec<_>>(), ["10.0.2.40"]);
    assert_eq!(by_origin::<TargetGroup>(design, "arn:tg").targets.len(), 1);
    assert_eq!(design.all::<Listener>().next().unwrap().2.forwards.len(), 1);
    assert!(design.nodes().all(|(_, node)| node.origin != "i-gone" && node.kind() != Kind::KeyPair));
}

#[test]
fn a_described_account_answers_by_the_ids_it_has() {
    let described = describe([("", NETWORK)]);
    assert!(reaches(&described, "internet", "i-web", 80));
    assert!(reaches(&described, "internet", "203.0.113.9", 80));
    assert!(!reaches(&described, "internet", "eni-1", 22));
    assert!(reaches(&described, "eni-rds", "i-db", 5432));
    assert!(!reaches(&described, "i-db", "i-web", 80), "the far group lets nothing out");
    assert!(reaches(&described, "eni-rds", "52.219.57.9", 443));
    assert!(reaches(&described, "eni-rds", "vpce-s3", 443));
    // The target stands in the zone of the other node, and this balancer does not send across zones.
    assert!(!reaches(&described, "eni-rds", "10.0.2.40", 80));
    assert!(reaches(&described, "eni-rds", "inner", 80));
    assert!(!reaches(&described, "eni-rds", "inner", 81));
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let notes: Vec<String> = describe([("", NETWORK)]).notes.into_iter().map(|note| note.en).collect();
    for said in ["DirectConnectGateways", "cagw-1", "sg-elsewhere", "i-gone"] {
        assert!(notes.iter().any(|note| note.contains(said)), "{said}: {notes:#?}");
    }
    assert_eq!(notes.len(), 4, "{notes:#?}");
}

#[test]
fn a_text_cut_short_is_read_up_to_there() {
    for end in (0..NETWORK.len()).filter(|end| NETWORK.is_char_boundary(*end)).step_by(61) {
        let described = describe([("cut.json", &NETWORK[..end])]);
        assert_eq!(broken_invariants(&described.design), Vec::<String>::new());
        assert!(end == 0 || described.notes.iter().any(|note| note.en.contains("cut.json")), "{end}");
    }
    let cut = &NETWORK[..NETWORK.find("\"InternetGateways\"").unwrap()];
    assert!(is_describe(cut));
    assert_eq!(describe([("", cut)]).design.all::<Subnet>().count(), 3);
}

#[test]
fn files_may_be_split_repeated_and_of_other_tools() {
    let (vpcs, rest) = NETWORK.split_at(NETWORK.find("\"Subnets\"").unwrap());
    let first = format!("{}}}", vpcs.trim_end().trim_end_matches(','));
    let rest = format!("{{{rest}");
    let whole = describe([("", NETWORK)]);
    let split = describe([("b", rest.as_str()), ("a", first.as_str()), ("a again", first.as_str())]);
    assert_eq!(split.design, whole.design);
    for other in
        ["", "[]", "{}", "null", "{\"resources\": []}", "{\"Vpcs\": {}}", "한글", "{\"Resources\": {\"Subnets\": 1}}"]
    {
        assert!(!is_describe(other), "{other}");
        assert!(describe([("", other)]).design.is_empty());
    }
    for odd in [
        r#"{"Vpcs": [1, null, {"VpcId": 7}, {"VpcId": "v", "CidrBlock": "10.0.0.0/99"}]}"#,
        r#"{"Subnets": [{"SubnetId": "s", "CidrBlock": "10.0.0.0/24", "VpcId": "v"}], "RouteTables": [{"RouteTableId": "r", "Routes": [{}]}]}"#,
        r#"{"VpcPeeringConnections": [{"VpcPeeringConnectionId": "p", "RequesterVpcInfo": {"VpcId": "a", "CidrBlock": "10.0.0.0/16"}}]}"#,
    ] {
        assert!(is_describe(odd));
        assert_eq!(broken_invariants(&describe([("", odd)]).design), Vec::<String>::new());
    }
}

/// A server behind appliances: the gateway's table and the subnet's both lead to an endpoint of a gateway balancer in another VPC.
const INSPECTED: &str = r#"{
"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}, {"VpcId": "vpc-fw", "CidrBlock": "10.9.0.0/16"}],
"Subnets": [
 {"SubnetId": "subnet-web", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "us-east-1a"},
 {"SubnetId": "subnet-edge", "VpcId": "vpc-1", "CidrBlock": "10.0.2.0/24", "AvailabilityZone": "us-east-1a"},
 {"SubnetId": "subnet-fw", "VpcId": "vpc-fw", "CidrBlock": "10.9.1.0/24", "AvailabilityZone": "us-east-1a"}],
"InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1", "State": "available"}]}],
"RouteTables": [
 {"RouteTableId": "rtb-gate", "VpcId": "vpc-1", "Associations": [{"Main": false, "GatewayId": "igw-1"}], "Routes": [
  {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"},
  {"DestinationCidrBlock": "10.0.1.0/24", "GatewayId": "vpce-fw", "State": "active"}]},
 {"RouteTableId": "rtb-web", "VpcId": "vpc-1", "Associations": [{"Main": false, "SubnetId": "subnet-web"}], "Routes": [
  {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "vpce-fw", "State": "active"}]},
 {"RouteTableId": "rtb-edge", "VpcId": "vpc-1", "Associations": [{"Main": false, "SubnetId": "subnet-edge"}], "Routes": [
  {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"}]},
 {"RouteTableId": "rtb-fw", "VpcId": "vpc-fw", "Associations": [{"Main": true}], "Routes": []}],
"SecurityGroups": [
 {"GroupId": "sg-web", "GroupName": "web", "VpcId": "vpc-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
  "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
 {"GroupId": "sg-fw", "GroupName": "fw", "VpcId": "vpc-fw", "IpPermissionsEgress": [], "IpPermissions": [
  {"IpProtocol": "udp", "FromPort": 6081, "ToPort": 6081, "IpRanges": [{"CidrIp": "10.9.0.0/16"}]},
  {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "10.9.0.0/16"}]}]}],
"Instances": [
 {"InstanceId": "i-web", "SubnetId": "subnet-web", "PrivateIpAddress": "10.0.1.10", "PublicIpAddress": "203.0.113.9", "SecurityGroups": [{"GroupId": "sg-web"}]},
 {"InstanceId": "i-fw", "SubnetId": "subnet-fw", "PrivateIpAddress": "10.9.1.10", "SecurityGroups": [{"GroupId": "sg-fw"}]}],
"LoadBalancers": [{"LoadBalancerArn": "arn:gwlb", "LoadBalancerName": "gwlb", "Type": "gateway", "VpcId": "vpc-fw", "AvailabilityZones": [{"SubnetId": "subnet-fw"}]}],
"TargetGroups": [{"TargetGroupArn": "arn:geneve", "TargetGroupName": "geneve", "Protocol": "GENEVE", "Port": 6081, "VpcId": "vpc-fw", "TargetType": "instance",
  "HealthCheckProtocol": "TCP", "HealthCheckPort": "80"}],
"TargetHealth": [{"TargetGroupArn": "arn:geneve", "TargetHealthDescriptions": [{"Target": {"Id": "i-fw", "Port": 6081}}]}],
"Listeners": [{"ListenerArn": "arn:listener", "LoadBalancerArn": "arn:gwlb", "DefaultActions": [{"Type": "forward", "TargetGroupArn": "arn:geneve"}]}],
"ServiceConfigurations": [{"ServiceName": "com.amazonaws.vpce.us-east-1.vpce-svc-1", "ServiceType": [{"ServiceType": "GatewayLoadBalancer"}], "GatewayLoadBalancerArns": ["arn:gwlb"]}],
"VpcEndpoints": [{"VpcEndpointId": "vpce-fw", "VpcEndpointType": "GatewayLoadBalancer", "VpcId": "vpc-1", "State": "available",
  "ServiceName": "com.amazonaws.vpce.us-east-1.vpce-svc-1", "SubnetIds": ["subnet-edge"]}]
}"#;

#[test]
fn an_account_with_inspection_answers_by_its_appliances() {
    let described = describe([("", INSPECTED)]);
    let notes: Vec<&str> = described.notes.iter().map(|note| note.en.as_str()).collect();
    assert_eq!(notes, <[&str; 0]>::default());
    let design = &described.design;
    assert_eq!(broken_invariants(design), Vec::<String>::new());
    let gate: &RouteTable = by_origin(design, "rtb-gate");
    assert!(gate.gateway.is_some() && gate.routes[0].target.is_some());
    let endpoint: &VpcEndpoint = by_origin(design, "vpce-fw");
    assert!(endpoint.balancer.and_then(|id| design.get::<LoadBalancer>(id)).unwrap().endpoint_service);
    assert!(reaches(&described, "internet", "i-web", 80) && reaches(&described, "i-web", "8.8.8.8", 443));
    let closed = describe([(
        "",
        INSPECTED
            .replace("\"FromPort\": 6081", "\"FromPort\": 6080")
            .replace("\"ToPort\": 6081", "\"ToPort\": 6080")
            .as_str(),
    )]);
    assert!(!reaches(&closed, "internet", "i-web", 80) && !reaches(&closed, "i-web", "8.8.8.8", 443));
    // Whose service it is may not be known: it is taken to work.
    let elsewhere = describe([("", INSPECTED.replace("ServiceConfigurations", "ServiceDetails").as_str())]);
    assert!(reaches(&elsewhere, "internet", "i-web", 80));
}

#[test]
fn a_collection_that_names_the_lists_in_its_own_way_is_read() {
    let words = |key: &str| {
        key.chars()
            .flat_map(|c| {
                ["_"].into_iter().filter(move |_| c.is_uppercase()).flat_map(str::chars).chain(c.to_lowercase())
            })
            .collect::<String>()
            .trim_start_matches('_')
            .to_owned()
    };
    let whole: serde_json::Value = serde_json::from_str(NETWORK).unwrap();
    let mut collected: serde_json::Map<String, serde_json::Value> =
        whole.as_object().unwrap().iter().map(|(key, list)| (words(key), list.clone())).collect();
    assert!(collected.contains_key("vpc_peering_connections"));
    assert!(!is_describe(&serde_json::to_string(&collected).unwrap()), "it does not say whose network it is");
    collected.insert("provider".to_owned(), "aws".into());
    let text = serde_json::to_string(&collected).unwrap();
    assert!(is_describe(&text));
    assert_eq!(describe([("", text.as_str())]).design, describe([("", NETWORK)]).design);
    collected.remove("route_tables");
    let notes = describe([("", serde_json::to_string(&collected).unwrap().as_str())]).notes;
    assert!(notes.iter().any(|note| note.en.contains("describe-route-tables")), "{notes:#?}");
}

#[test]
fn what_has_no_node_alone_is_an_empty_account_with_a_note() {
    let text = r#"{"DirectConnectGateways": [{"directConnectGatewayId": "dx-1"}], "TransitGateways": []}"#;
    assert!(is_describe(text));
    let described = describe([("", text)]);
    let notes: Vec<&str> = described.notes.iter().map(|note| note.en.as_str()).collect();
    assert!(described.design.is_empty());
    assert_eq!(notes, ["1 DirectConnectGateways cannot be drawn yet."]);
}

#[test]
fn frames_hold_what_stands_in_them_and_nothing_overlaps() {
    let design = describe([("", NETWORK)]).design;
    for (id, node) in design.nodes() {
        if let Some(frame) = node.parent.and_then(|parent| design.node(parent)) {
            assert!(
                node.rect.right() <= frame.rect.w && node.rect.bottom() <= frame.rect.h,
                "{} sticks out",
                node.name
            );
        }
        for other in design.children(node.parent).filter(|other| *other != id) {
            assert!(!node.rect.intersects(design.node(other).unwrap().rect), "{} lies on another", node.name);
        }
    }
}

/// Two VPCs on a transit gateway: the near attachment follows `tgw-rtb-1`, to which only the far one makes itself known, and the other way round.
const HUB: &str = r#"{
"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}, {"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/16"}],
"Subnets": [
 {"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "ap-northeast-2a"},
 {"SubnetId": "subnet-2", "VpcId": "vpc-2", "CidrBlock": "10.1.1.0/24", "AvailabilityZone": "ap-northeast-2a"}],
"RouteTables": [
 {"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
  {"DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": "tgw-1", "State": "active"}]},
 {"RouteTableId": "rtb-2", "VpcId": "vpc-2", "Associations": [{"Main": true}], "Routes": [
  {"DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": "tgw-1", "State": "active"}]}],
"SecurityGroups": [],
"Reservations": [{"Instances": [
 {"InstanceId": "i-1", "State": {"Name": "running"}, "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.10", "SecurityGroups": []},
 {"InstanceId": "i-2", "State": {"Name": "running"}, "SubnetId": "subnet-2", "PrivateIpAddress": "10.1.1.10", "SecurityGroups": []}]}],
"TransitGateways": [{"TransitGatewayId": "tgw-1", "State": "available", "Options": {"AmazonSideAsn": 64513,
  "DefaultRouteTableAssociation": "enable", "DefaultRouteTablePropagation": "enable"}}],
"TransitGatewayVpcAttachments": [
 {"TransitGatewayAttachmentId": "tgw-attach-1", "TransitGatewayId": "tgw-1", "VpcId": "vpc-1", "State": "available", "SubnetIds": ["subnet-1"]},
 {"TransitGatewayAttachmentId": "tgw-attach-2", "TransitGatewayId": "tgw-1", "VpcId": "vpc-2", "State": "available", "SubnetIds": ["subnet-2"]},
 {"TransitGatewayAttachmentId": "tgw-attach-3", "TransitGatewayId": "tgw-1", "VpcId": "vpc-2", "State": "deleted", "SubnetIds": []}],
"TransitGatewayAttachments": [
 {"TransitGatewayAttachmentId": "tgw-attach-1", "TransitGatewayId": "tgw-1", "ResourceType": "vpc", "ResourceId": "vpc-1", "State": "available",
  "Association": {"TransitGatewayRouteTableId": "tgw-rtb-1", "State": "associated"}},
 {"TransitGatewayAttachmentId": "tgw-attach-2", "TransitGatewayId": "tgw-1", "ResourceType": "vpc", "ResourceId": "vpc-2", "State": "available",
  "Association": {"TransitGatewayRouteTableId": "tgw-rtb-0", "State": "associated"}}],
"TransitGatewayRouteTables": [
 {"TransitGatewayRouteTableId": "tgw-rtb-0", "TransitGatewayId": "tgw-1", "State": "available", "DefaultAssociationRouteTable": true, "DefaultPropagationRouteTable": true},
 {"TransitGatewayRouteTableId": "tgw-rtb-1", "TransitGatewayId": "tgw-1", "State": "available"}],
"TransitGatewayPropagations": [
 {"TransitGatewayRouteTableId": "tgw-rtb-0", "TransitGatewayRouteTablePropagations": [{"TransitGatewayAttachmentId": "tgw-attach-1", "State": "enabled"}]},
 {"TransitGatewayRouteTableId": "tgw-rtb-1", "TransitGatewayRouteTablePropagations": [{"TransitGatewayAttachmentId": "tgw-attach-2", "State": "enabled"}]}],
"TransitGatewayStaticRoutes": [
 {"TransitGatewayRouteTableId": "tgw-rtb-0", "Routes": []},
 {"TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": [
  {"DestinationCidrBlock": "10.9.0.0/16", "Type": "static", "State": "blackhole"},
  {"DestinationCidrBlock": "10.1.0.0/16", "Type": "propagated", "State": "active", "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-2"}]}]}]
}"#;

#[test]
fn transit_gateways_are_drawn_with_all_that_is_attached() {
    let described = describe([("", HUB)]);
    assert_eq!(described.notes, []);
    let design = &described.design;
    let id = |origin: &str| design.nodes().find(|(_, node)| node.origin == origin).unwrap().0;
    let near = by_origin::<TransitGatewayAttachment>(design, "tgw-attach-1");
    assert_eq!((near.association, near.propagations.as_slice()), (Some(id("tgw-rtb-1")), &[id("tgw-rtb-0")][..]));
    let gateway = by_origin::<TransitGateway>(design, "tgw-1");
    assert!(!gateway.default_association.is_on() && !gateway.default_propagation.is_on(), "both are said in full");
    let table = by_origin::<TransitGatewayRouteTable>(design, "tgw-rtb-1");
    assert_eq!(table.routes.len(), 1, "what is propagated is no static route: {table:#?}");
    assert!(table.routes[0].blackhole && !table.partial);
    // Without groups nothing is let in but what the default group's members send; the ways are what is asked here.
    let net = Network::lower(design);
    let question = |from: &str, to: &str| {
        let (from, to) = (Endpoint::Node(id(from)), Endpoint::Node(id(to)));
        Question { from, to, protocol: crate::net::Protocol::Tcp, port: Some(80), source_port: None }
    };
    for (from, to) in [("i-1", "i-2"), ("i-2", "i-1")] {
        let trace = trace(design, &net, question(from, to)).unwrap();
        let codes: Vec<&str> = trace.blockers().map(|blocker| blocker.code).collect();
        assert_eq!(codes, ["ENI_SG_RULES_MISMATCH"], "{from} -> {to}");
    }
    // Without the tables' routes nothing is said for certain.
    let cut = &HUB[..HUB.find("\"TransitGatewayPropagations\"").unwrap()].trim_end_matches([',', '\n']);
    let described = describe([("", format!("{cut}}}").as_str())]);
    let (design, net) = (&described.design, Network::lower(&described.design));
    assert!(described.notes.iter().any(|note| note.en.contains("Not all routes")), "{:#?}", described.notes);
    let id = |origin: &str| Endpoint::Node(design.nodes().find(|(_, node)| node.origin == origin).unwrap().0);
    let asked = Question {
        from: id("i-1"),
        to: id("i-2"),
        protocol: crate::net::Protocol::Tcp,
        port: Some(80),
        source_port: None,
    };
    let trace = trace(design, &net, asked).unwrap();
    assert!(trace.blockers().any(|blocker| blocker.code == "TGW_RTB_ROUTES_ARE_UNKNOWN"), "{trace:#?}");
}

/// A VPC whose virtual private gateway has learned of 192.168.0.0/16 by BGP.
const OFFICE: &str = r#"{
"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "ap-northeast-2a"}],
"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "PropagatingVgws": [{"GatewayId": "vgw-1"}], "Routes": [
  {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active", "Origin": "CreateRouteTable"},
  {"DestinationCidrBlock": "192.168.0.0/16", "GatewayId": "vgw-1", "State": "active", "Origin": "EnableVgwRoutePropagation"}]}],
"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "open", "VpcId": "vpc-1",
  "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}], "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
"Reservations": [{"Instances": [
 {"InstanceId": "i-1", "State": {"Name": "running"}, "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.10", "SecurityGroups": [{"GroupId": "sg-1"}]}]}],
"VpnGateways": [{"VpnGatewayId": "vgw-1", "State": "available", "Type": "ipsec.1", "VpcAttachments": [{"State": "attached", "VpcId": "vpc-1"}], "AmazonSideAsn": 64512}],
"CustomerGateways": [{"CustomerGatewayId": "cgw-1", "State": "available", "Type": "ipsec.1", "BgpAsn": "65010", "IpAddress": "203.0.113.7"}],
"VpnConnections": [{"VpnConnectionId": "vpn-1", "State": "available", "Type": "ipsec.1", "CustomerGatewayId": "cgw-1", "VpnGatewayId": "vgw-1",
  "Options": {"StaticRoutesOnly": false}, "Routes": []}]
}"#;

#[test]
fn a_vpn_is_drawn_with_what_it_has_learned() {
    let described = describe([("", OFFICE)]);
    assert_eq!(described.notes, []);
    let customer = by_origin::<CustomerGateway>(&described.design, "cgw-1");
    assert_eq!((customer.bgp_asn, customer.networks.as_slice()), (65_010, &["192.168.0.0/16".parse().unwrap()][..]));
    assert!(reaches(&described, "i-1", "192.168.3.4", 443));
    assert!(reaches(&described, "cgw-1", "i-1", 22));
    assert!(!reaches(&described, "i-1", "172.16.0.1", 443));
}
