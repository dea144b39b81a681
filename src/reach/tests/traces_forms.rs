//! What a template says in a form that the drawing has no place for is read, or not known: it is never answered as if it were not there.

use super::traces_imported::{opened, public_room, verdict};
use crate::catalog::kinds::{LoadBalancer, TargetGroup, Vpc};
use crate::cloudformation::export;
use crate::reach::Verdict;

/// An instance in the public room, with these properties beside its image.
fn server(name: &str, more: &str) -> String {
    format!("  {name}: {{Type: AWS::EC2::Instance, Properties: {{ImageId: ami-0123456789abcdef0{more}}}}}\n")
}

#[test]
fn the_default_group_has_the_rules_that_name_it_by_its_vpc() {
    let open = "  Open: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt Net.DefaultSecurityGroup, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}\n";
    let public = "NetworkInterfaces: [{DeviceIndex: '0', SubnetId: !Ref Room, AssociatePublicIpAddress: true";
    for groups in ["", ", GroupSet: [!GetAtt Net.DefaultSecurityGroup]"] {
        let web = server("Web", &format!(", {public}{groups}}}]"));
        let of = opened(&public_room(&format!("{web}{open}")));
        assert_eq!(verdict(&of, "internet", "Web", 22), Verdict::Yes, "{groups}");
        assert_eq!(verdict(&of, "internet", "Web", 23), Verdict::No, "{groups}");
        let closed = opened(&public_room(&web));
        assert_eq!(verdict(&closed, "internet", "Web", 22), Verdict::No, "{groups}");
    }
    let of = opened(&public_room(open));
    let (net, _, vpc) = of.design.all::<Vpc>().next().unwrap();
    assert_eq!(vpc.default_inbound.len(), 1);
    assert_eq!(export(&of.design).template, *of.design.template().unwrap().template(), "it leaves as it came");
    let mut design = of.design.clone();
    design.apply(&crate::design::Edit::set(net, "default_inbound", Vec::<&str>::new())).unwrap();
    assert!(export(&design).template["Resources"].get("Open").is_none(), "a rule that goes takes its resource along");
}

#[test]
fn groups_of_a_default_group_and_another_are_not_known() {
    let public = "NetworkInterfaces: [{DeviceIndex: '0', SubnetId: !Ref Room, AssociatePublicIpAddress: true";
    let web = server("Web", &format!(", {public}, GroupSet: [!Ref WebSg, !GetAtt Net.DefaultSecurityGroup]}}]"));
    let of = opened(&public_room(&web));
    assert_eq!(verdict(&of, "internet", "Web", 80), Verdict::Yes);
}

/// Two zones behind the public room, a balancer with these properties, and a target group with these.
fn balanced(balancer: &str, group: &str, rest: &str) -> String {
    public_room(&format!(
        "  Hall:
    Type: AWS::EC2::Subnet
    Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.2.0/24, AvailabilityZone: ap-northeast-2c}}
  WaysHall: {{Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {{SubnetId: !Ref Hall, RouteTableId: !Ref Ways}}}}
  Lb: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, DependsOn: Out, Properties: {{Scheme: internet-facing, {balancer}}}}}
  Group: {{Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {{VpcId: !Ref Net, Port: 80, {group}}}}}
  On: {{Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {{LoadBalancerArn: !Ref Lb, Port: 80, Protocol: TCP, DefaultActions: [{{Type: forward, TargetGroupArn: !Ref Group}}]}}}}
  Fixed: {{Type: AWS::EC2::EIP, DependsOn: DoorOn, Properties: {{Domain: vpc}}}}
{}{rest}",
        server("App", ", SubnetId: !Ref Room, SecurityGroupIds: [!Ref WebSg]")
    ))
}

#[test]
fn subnet_mappings_are_subnets_with_addresses() {
    let by_instance = "Protocol: TCP, Targets: [{Id: !Ref App}]";
    let fixed = "Type: network, SubnetMappings: [{SubnetId: !Ref Room, AllocationId: !GetAtt Fixed.AllocationId}]";
    let of = opened(&balanced(fixed, by_instance, ""));
    assert_eq!(verdict(&of, "internet", "Lb", 80), Verdict::Yes);
    assert_eq!(verdict(&of, "internet", "Fixed", 80), Verdict::Yes, "its address is the balancer's");
    let (id, _, balancer) = of.design.all::<LoadBalancer>().next().unwrap();
    assert_eq!((balancer.subnets.len(), balancer.elastic_ips.as_slice()), (1, [of.names["Fixed"]].as_slice()));
    assert_eq!(export(&of.design).template, *of.design.template().unwrap().template());
    let mut design = of.design.clone();
    let both = vec![of.names["Room"].into(), of.names["Hall"].into()];
    design.apply(&crate::design::Edit::set(id, "subnets", crate::catalog::Value::List(both))).unwrap();
    let made = export(&design).template["Resources"]["Lb"]["Properties"].clone();
    assert!(made.get("Subnets").is_none() && made["SubnetMappings"][1]["SubnetId"]["Ref"] == "Hall", "{made:#}");
    assert_eq!(made["SubnetMappings"][0]["AllocationId"]["Fn::GetAtt"][0], "Fixed", "{made:#}");
    let plain = opened(&balanced(
        "Type: network, SubnetMappings: [{SubnetId: !Ref Room}, {SubnetId: !Ref Hall}]",
        by_instance,
        "",
    ));
    assert_eq!(plain.design.all::<LoadBalancer>().next().unwrap().2.subnets.len(), 2);
    assert_eq!(export(&plain.design).template, *plain.design.template().unwrap().template());
    let rule = "alb-single-zone";
    let alb = opened(&balanced("SubnetMappings: [{SubnetId: !Ref Room}, {SubnetId: !Ref Hall}]", by_instance, ""));
    assert!(crate::rules::check(&alb.design).iter().all(|finding| finding.rule != rule));
}

#[test]
fn a_target_may_be_the_address_that_aws_gives_an_instance() {
    let balancer = "Type: network, Subnets: [!Ref Room, !Ref Hall]";
    let of = opened(&balanced(balancer, "Protocol: TCP, TargetType: ip, Targets: [{Id: !GetAtt App.PrivateIp}]", ""));
    assert_eq!(verdict(&of, "internet", "Lb", 80), Verdict::Partly, "the other zone has no target");
    let group = of.design.all::<TargetGroup>().next().unwrap().2;
    assert_eq!((group.targets[0].instance, group.targets[0].address.as_str()), (Some(of.names["App"]), ""));
    assert_eq!(export(&of.design).template, *of.design.template().unwrap().template());
}

#[test]
fn targets_that_are_not_known_are_no_reason_to_say_no() {
    let balancer = "Type: network, Subnets: [!Ref Room]";
    let inner = "  Inner: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, Subnets: [!Ref Room, !Ref Hall], SecurityGroups: [!Ref WebSg]}}\n";
    for (targets, rest) in [
        ("Protocol: TCP, TargetType: alb, Targets: [{Id: !Ref Inner}]", inner),
        ("Protocol: TCP, TargetType: ip, Targets: [{Id: !ImportValue server-Address}]", ""),
        ("Protocol: TCP, TargetType: !Ref Any, Targets: [{Id: !Ref App}]", ""),
    ] {
        let of = opened(&balanced(balancer, targets, rest));
        assert_ne!(verdict(&of, "internet", "Lb", 80), Verdict::No, "{targets}");
    }
    let none = opened(&balanced(balancer, "Protocol: TCP", ""));
    assert_eq!(verdict(&none, "internet", "Lb", 80), Verdict::No, "a group without any is known to have none");
}

#[test]
fn a_fleet_that_cannot_be_drawn_serves_perhaps() {
    let fleet = "  Plan: {Type: AWS::AutoScaling::LaunchConfiguration, Properties: {ImageId: ami-0123456789abcdef0, InstanceType: t2.micro}}
  Fleet: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: '1', MaxSize: '2', LaunchConfigurationName: !Ref Plan, VPCZoneIdentifier: [!Ref Room], TargetGroupARNs: [!Ref Group]}}
";
    let of = opened(&balanced("Type: network, Subnets: [!Ref Room]", "Protocol: TCP", fleet));
    assert_eq!(verdict(&of, "internet", "Lb", 80), Verdict::Unknown);
    assert_eq!(verdict(&of, "internet", "Fleet", 80), Verdict::Unknown);
}

#[test]
fn what_is_not_judged_is_not_known_as_an_end() {
    let classic = "  Lb: {Type: AWS::ElasticLoadBalancing::LoadBalancer, DependsOn: Out, Properties: {Subnets: [!Ref Room], Listeners: [{LoadBalancerPort: '80', InstancePort: '80', Protocol: HTTP}]}}\n";
    let of = opened(&public_room(classic));
    assert_eq!(verdict(&of, "internet", "Lb", 80), Verdict::Unknown);
    assert_eq!(verdict(&of, "Lb", "internet", 80), Verdict::Unknown);
}

/// The public room with IPv6: routes to the gateway, an instance whose group has these rules, and what its subnet says of addresses.
fn dual(rules: &str, addresses: &str) -> String {
    public_room(&format!(
        "  Six: {{Type: AWS::EC2::VPCCidrBlock, Properties: {{VpcId: !Ref Net, AmazonProvidedIpv6CidrBlock: true}}}}
  Yard:
    Type: AWS::EC2::Subnet
    DependsOn: Six
    Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.3.0/24, AvailabilityZone: ap-northeast-2a{addresses}}}
  SixWays: {{Type: AWS::EC2::RouteTable, Properties: {{VpcId: !Ref Net}}}}
  SixOut: {{Type: AWS::EC2::Route, DependsOn: DoorOn, Properties: {{RouteTableId: !Ref SixWays, DestinationIpv6CidrBlock: '::/0', GatewayId: !Ref Door}}}}
  SixYard: {{Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {{SubnetId: !Ref Yard, RouteTableId: !Ref SixWays}}}}
  SixSg: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: six, VpcId: !Ref Net, SecurityGroupIngress: [{rules}]}}}}
{}",
        server("Web", ", SubnetId: !Ref Yard, SecurityGroupIds: [!Ref SixSg]")
    ))
}

#[test]
fn what_ipv6_may_reach_is_not_answered_with_no() {
    let to_all = "{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIpv6: '::/0'}";
    let old = "{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}";
    let gives = ", Ipv6CidrBlock: !Select [0, !Cidr [!Select [0, !GetAtt Net.Ipv6CidrBlocks], 4, 64]], AssignIpv6AddressOnCreation: true";
    let of = opened(&dual(to_all, gives));
    assert_eq!(verdict(&of, "internet", "Web", 443), Verdict::Unknown);
    assert_eq!(verdict(&of, "internet", "Web", 22), Verdict::No, "no rule of either family admits it");
    assert_eq!(verdict(&of, "Web", "internet", 443), Verdict::Unknown);
    let of = opened(&dual(old, gives));
    assert_eq!(verdict(&of, "internet", "Web", 443), Verdict::No, "no rule admits IPv6");
    let of = opened(&dual(to_all, ", Ipv6CidrBlock: '2001:db8::/64'"));
    assert_eq!(verdict(&of, "internet", "Web", 443), Verdict::No, "the instance gets no IPv6 address");
    assert_eq!(verdict(&of, "Web", "internet", 443), Verdict::No);
}

#[test]
fn a_list_of_groups_that_only_a_deployment_knows_is_not_empty() {
    for groups in ["!Ref Any", "[!Ref Any]", "[!Ref WebSg, !Ref Any]"] {
        let interface = "NetworkInterfaces: [{DeviceIndex: '0', SubnetId: !Ref Room, AssociatePublicIpAddress: true";
        let of = opened(&public_room(&server("Web", &format!(", {interface}, GroupSet: {groups}}}]"))));
        assert_eq!(verdict(&of, "internet", "Web", 22), Verdict::Unknown, "{groups}");
    }
}

#[test]
fn a_sender_of_unknown_groups_may_be_a_member_of_the_one_that_is_named() {
    let text = public_room(&format!(
        "  Mates: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: mates, VpcId: !Ref Net}}}}
  Inner: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: inner, VpcId: !Ref Net, SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: 3306, ToPort: 3306, SourceSecurityGroupId: !Ref Mates}}]}}}}
{}{}{}",
        server("From", ", SubnetId: !Ref Room, SecurityGroupIds: [!ImportValue some-Group]"),
        server("Other", ", SubnetId: !Ref Room, SecurityGroupIds: [!Ref WebSg]"),
        server("To", ", SubnetId: !Ref Room, SecurityGroupIds: [!Ref Inner]")
    ));
    let of = opened(&text);
    assert_eq!(verdict(&of, "From", "To", 3306), Verdict::Unknown);
    assert_eq!(verdict(&of, "From", "To", 22), Verdict::No, "no rule is about that port");
    assert_eq!(verdict(&of, "Other", "To", 3306), Verdict::No, "its groups are known");
}

#[test]
fn a_route_to_a_prefix_list_elsewhere_is_no_default_route() {
    let text = public_room(&format!(
        "  Yard: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.3.0/24, MapPublicIpOnLaunch: true}}}}
  Few: {{Type: AWS::EC2::RouteTable, Properties: {{VpcId: !Ref Net}}}}
  FewOut: {{Type: AWS::EC2::Route, DependsOn: DoorOn, Properties: {{RouteTableId: !Ref Few, DestinationPrefixListId: pl-0123456789abcdef0, GatewayId: !Ref Door}}}}
  FewYard: {{Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {{SubnetId: !Ref Yard, RouteTableId: !Ref Few}}}}
{}",
        server("Web", ", SubnetId: !Ref Yard, SecurityGroupIds: [!Ref WebSg]")
    ));
    let of = opened(&text);
    assert_eq!(verdict(&of, "Web", "internet", 443), Verdict::Unknown);
    assert_eq!(export(&of.design).template, *of.design.template().unwrap().template());
}

#[test]
fn what_a_gateway_hands_to_somebody_elsewhere_is_not_known() {
    let text = public_room(&format!(
        "  Edge: {{Type: AWS::EC2::RouteTable, Properties: {{VpcId: !Ref Net}}}}
  EdgeOn: {{Type: AWS::EC2::GatewayRouteTableAssociation, Properties: {{GatewayId: !Ref Door, RouteTableId: !Ref Edge}}}}
  Wall: {{Type: AWS::EC2::Route, Properties: {{RouteTableId: !Ref Edge, DestinationCidrBlock: 10.0.1.0/24, VpcEndpointId: vpce-0123456789abcdef0}}}}
{}",
        server("Web", ", NetworkInterfaces: [{DeviceIndex: '0', SubnetId: !Ref Room, GroupSet: [!Ref WebSg], AssociatePublicIpAddress: true}]")
    ));
    assert_eq!(verdict(&opened(&text), "internet", "Web", 80), Verdict::Unknown);
}

#[test]
fn what_stands_outside_the_template_may_be_there() {
    let text = "Parameters: {Net: {Type: AWS::EC2::VPC::Id}, Room: {Type: AWS::EC2::Subnet::Id}}
Resources:
  Sg: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a, VpcId: !Ref Net, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]}}
  Web: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, SecurityGroupIds: [!Ref Sg]}}
";
    assert_eq!(verdict(&opened(text), "internet", "Web", 22), Verdict::Unknown);
    let peered = public_room(&format!(
        "  Link: {{Type: AWS::EC2::VPCPeeringConnection, Properties: {{VpcId: !Ref Net, PeerVpcId: vpc-0123456789abcdef0}}}}
  Over: {{Type: AWS::EC2::Route, Properties: {{RouteTableId: !Ref Ways, DestinationCidrBlock: 10.50.0.0/16, VpcPeeringConnectionId: !Ref Link}}}}
{}",
        server("Web", ", SubnetId: !Ref Room, SecurityGroupIds: [!Ref WebSg]")
    ));
    assert_eq!(verdict(&opened(&peered), "Web", "10.50.1.1", 443), Verdict::Unknown);
}

#[test]
fn an_account_that_may_shut_off_the_internet_is_not_judged() {
    let web = server(
        "Web",
        ", NetworkInterfaces: [{DeviceIndex: '0', SubnetId: !Ref Room, GroupSet: [!Ref WebSg], AssociatePublicIpAddress: true}]",
    );
    for (mode, expected) in [("block-bidirectional", Verdict::Unknown), ("'off'", Verdict::Yes)] {
        let shut = format!(
            "  Shut: {{Type: AWS::EC2::VPCBlockPublicAccessOptions, Properties: {{InternetGatewayBlockMode: {mode}}}}}\n"
        );
        let of = opened(&public_room(&format!("{web}{shut}")));
        assert_eq!(verdict(&of, "internet", "Web", 80), expected, "{mode}");
    }
}

#[test]
fn an_instance_has_what_its_launch_template_gives() {
    let plan = |more: &str| {
        format!(
            "  Plan: {{Type: AWS::EC2::LaunchTemplate, Properties: {{LaunchTemplateName: web, LaunchTemplateData: {{ImageId: ami-0123456789abcdef0{more}}}}}}}\n"
        )
    };
    let web = |by: &str| {
        format!(
            "  Web: {{Type: AWS::EC2::Instance, Properties: {{SubnetId: !Ref Room, LaunchTemplate: {{{by}, Version: '1'}}}}}}\n"
        )
    };
    let public = ", NetworkInterfaces: [{DeviceIndex: 0, AssociatePublicIpAddress: true, Groups: [!Ref WebSg]}]";
    for by in ["LaunchTemplateId: !Ref Plan", "LaunchTemplateName: web"] {
        let of = opened(&public_room(&format!("{}{}", plan(public), web(by))));
        assert_eq!(verdict(&of, "internet", "Web", 80), Verdict::Yes, "{by}");
        assert_eq!(verdict(&of, "internet", "Web", 22), Verdict::No, "{by}");
        assert_eq!(export(&of.design).template, *of.design.template().unwrap().template());
    }
    let of = opened(&public_room(&web("LaunchTemplateName: !Ref Any")));
    assert_eq!(verdict(&of, "internet", "Web", 80), Verdict::Unknown);
}

#[test]
fn a_claim_does_not_hold_because_somebody_is_not_drawn() {
    let claim = |resources: &str| {
        let of = opened(&public_room(resources));
        let net = crate::reach::Network::lower(&of.design);
        let claims = [serde_json::from_str(
            r#"{"from":"internet","to":{"category":"database"},"port":80,"expect":"does-not-reach"}"#,
        )
        .unwrap()];
        crate::reach::judge(&of.design, &net, &of.names, &claims)[0].standing
    };
    let database = |group: &str| {
        format!(
            "  Db: {{Type: AWS::RDS::DBInstance, Properties: {{Engine: mysql, DBInstanceClass: db.t3.micro, AllocatedStorage: '20', PubliclyAccessible: true, MasterUsername: admin, ManageMasterUserPassword: true{group}}}}}\n"
        )
    };
    let listed = "  Rooms: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: d, SubnetIds: !Split [',', !Ref Any]}}\n";
    let cluster = "  Aur: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}\n";
    for resources in [
        format!("{}{listed}", database(", DBSubnetGroupName: !Ref Rooms, VPCSecurityGroups: [!Ref WebSg]")),
        format!("{}{cluster}", database(", DBClusterIdentifier: !Ref Aur")),
        cluster.to_owned(),
    ] {
        assert_ne!(claim(&resources), crate::reach::Standing::Holds, "{resources}");
    }
    assert_eq!(claim(""), crate::reach::Standing::Holds, "where there is none, nobody reaches one");
}
