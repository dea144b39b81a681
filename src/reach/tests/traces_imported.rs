//! What templates say in the forms that people write, asked of the network that comes of them.

use crate::catalog::kinds::{
    ElasticIp, HostedZone, Instance, Listener, NetworkInterface, RecordSet, SecurityGroup, Vpc,
};
use crate::cloudformation::{Imported, import};
use crate::net::Protocol;
use crate::reach::{Endpoint, Network, Question, Verdict, trace, trace_url};

/// A VPC with a public subnet, a group that admits port 80, and what is written after that.
pub(super) fn public_room(rest: &str) -> String {
    format!(
        "Parameters:
  Open: {{Type: String, Default: 'true'}}
  Shut: {{Type: String, Default: 'false'}}
  Any: {{Type: String}}
Resources:
  Net: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Door: {{Type: AWS::EC2::InternetGateway}}
  DoorOn:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {{VpcId: !Ref Net, InternetGatewayId: !Ref Door}}
  Room:
    Type: AWS::EC2::Subnet
    Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.1.0/24, AvailabilityZone: ap-northeast-2a}}
  Ways: {{Type: AWS::EC2::RouteTable, Properties: {{VpcId: !Ref Net}}}}
  Out:
    Type: AWS::EC2::Route
    DependsOn: DoorOn
    Properties: {{RouteTableId: !Ref Ways, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Door}}
  WaysRoom:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {{SubnetId: !Ref Room, RouteTableId: !Ref Ways}}
  WebSg:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      VpcId: !Ref Net
      SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}}]
{rest}"
    )
}

#[track_caller]
pub(super) fn opened(text: &str) -> Imported {
    import(text).unwrap_or_else(|why| panic!("{why:?}"))
}

#[track_caller]
pub(super) fn verdict(of: &Imported, from: &str, to: &str, port: u16) -> Verdict {
    let end = |name: &str| match name {
        "internet" => Endpoint::Internet,
        name => name.parse().map_or_else(|_| Endpoint::Node(of.names[name]), Endpoint::Address),
    };
    let net = Network::lower(&of.design);
    let question =
        Question { from: end(from), to: end(to), protocol: Protocol::Tcp, port: Some(port), source_port: None };
    trace(&of.design, &net, question).unwrap_or_else(|why| panic!("{why}")).verdict()
}

#[track_caller]
pub(super) fn page(of: &Imported, url: &str) -> Verdict {
    let net = Network::lower(&of.design);
    trace_url(&of.design, &net, Endpoint::Internet, &url.parse().unwrap())
        .unwrap_or_else(|why| panic!("{why}"))
        .verdict()
}

#[test]
fn a_truth_is_a_truth_as_a_text_a_parameter_and_a_function() {
    for (public, expected) in [
        ("true", Verdict::Yes),
        ("'true'", Verdict::Yes),
        ("'True'", Verdict::Yes),
        ("!Ref Open", Verdict::Yes),
        ("!Sub '${Open}'", Verdict::Yes),
        ("'false'", Verdict::No),
        ("!Ref Shut", Verdict::No),
        ("!Ref Any", Verdict::Unknown),
    ] {
        let text = public_room(&format!(
            "  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      NetworkInterfaces:
        - {{DeviceIndex: '0', SubnetId: !Ref Room, GroupSet: [!Ref WebSg], AssociatePublicIpAddress: {public}}}
"
        ));
        assert_eq!(verdict(&opened(&text), "internet", "Web", 80), expected, "{public}");
    }
}

#[test]
fn fact_25b_an_interface_that_exists_by_itself_is_the_primary_one() {
    let text = public_room(
        "  Card:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: !Ref Room, GroupSet: [!Ref WebSg], PrivateIpAddress: 10.0.1.50}
  Second:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: !Ref Room, PrivateIpAddress: 10.0.1.51}
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      NetworkInterfaces:
        - {DeviceIndex: '1', NetworkInterfaceId: !Ref Second}
        - {DeviceIndex: '0', NetworkInterfaceId: !Ref Card}
  Peer:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, SecurityGroupIds: [!Ref WebSg]}
  Fixed: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
  FixedOn:
    Type: AWS::EC2::EIPAssociation
    Properties: {AllocationId: !GetAtt Fixed.AllocationId, NetworkInterfaceId: !Ref Card}
",
    );
    let opened = opened(&text);
    let get = |name: &str| opened.names[name];
    let web = opened.design.get::<Instance>(get("Web")).unwrap();
    assert_eq!(web.primary_interface, Some(get("Card")));
    assert_eq!(opened.design.get::<NetworkInterface>(get("Second")).unwrap().instance, Some(get("Web")));
    assert_eq!(opened.design.get::<ElasticIp>(get("Fixed")).unwrap().interface, Some(get("Card")));
    for to in ["Web", "Card", "10.0.1.50"] {
        assert_eq!(verdict(&opened, "Peer", to, 80), Verdict::Yes, "{to}");
        assert_eq!(verdict(&opened, "Peer", to, 81), Verdict::No, "{to}");
    }
    assert_eq!(verdict(&opened, "internet", "Web", 80), Verdict::Yes, "by its Elastic IP");
    assert_eq!(verdict(&opened, "Peer", "Second", 80), Verdict::No, "the default group admits its own");
    let net = Network::lower(&opened.design);
    assert_eq!(net.interfaces_of(get("Web")).len(), 2, "its own, and the further one");
}

#[test]
fn a_range_without_both_ends_opens_nothing_and_is_not_widened() {
    for (ports, expected) in [
        ("FromPort: 3306, ToPort: 3306", Verdict::Yes),
        ("FromPort: -1, ToPort: -1", Verdict::Yes),
        ("FromPort: '3306', ToPort: '3306'", Verdict::Yes),
        ("FromPort: 3306", Verdict::No),
        ("ToPort: 3306", Verdict::No),
        ("FromPort: -1, ToPort: 3306", Verdict::No),
        ("FromPort: 3307, ToPort: 3305", Verdict::No),
        ("FromPort: !Ref Any, ToPort: 3306", Verdict::Unknown),
    ] {
        let text = public_room(&format!(
            "  DbSg:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: db
      VpcId: !Ref Net
      SecurityGroupIngress: [{{IpProtocol: tcp, {ports}, CidrIp: 0.0.0.0/0}}]
  Db:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      NetworkInterfaces:
        - {{DeviceIndex: '0', SubnetId: !Ref Room, GroupSet: [!Ref DbSg], AssociatePublicIpAddress: true}}
"
        ));
        let opened = opened(&text);
        assert_eq!(verdict(&opened, "internet", "Db", 3306), expected, "{ports}");
        if expected == Verdict::No {
            assert_eq!(opened.design.get::<SecurityGroup>(opened.names["DbSg"]).unwrap().inbound, [], "{ports}");
            assert!(opened.notes.iter().any(|note| note.message().en.contains("no range of ports")), "{ports}");
        }
    }
}

#[test]
fn fact_25a_an_instance_without_a_subnet_stands_in_the_default_vpc() {
    let opened = opened(
        "Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}]
  Web:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0123456789abcdef0, SecurityGroups: [!Ref Group]}
",
    );
    assert_eq!(opened.design.get::<Instance>(opened.names["Web"]).unwrap().security_groups, [opened.names["Group"]]);
    assert_eq!(verdict(&opened, "internet", "Web", 80), Verdict::Yes);
    assert_eq!(verdict(&opened, "internet", "Web", 22), Verdict::No);
    let (_, _, vpc) = opened.design.all::<Vpc>().next().unwrap();
    assert_eq!(vpc.cidr.to_string(), "172.31.0.0/16");
}

#[test]
fn a_record_leads_to_the_attribute_that_it_answers_with() {
    let text = public_room(
        "  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      NetworkInterfaces:
        - {DeviceIndex: '0', SubnetId: !Ref Room, GroupSet: [!Ref WebSg], AssociatePublicIpAddress: true}
  Fixed: {Type: AWS::EC2::EIP, Properties: {Domain: vpc, InstanceId: !Ref Web}}
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  ByAttribute:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: !Ref Zone, Name: a.example.com, Type: A, TTL: '60', ResourceRecords: [!GetAtt Web.PublicIp]}
  ByRef:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneName: example.com., Name: b.example.com, Type: A, TTL: '60', ResourceRecords: [!Ref Fixed]}
  BySub:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneName: example.com, Name: c.example.com, Type: CNAME, TTL: '60', ResourceRecords: [!Sub '${Web.PublicDnsName}']}
  ByPublicIp:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneName: example.com, Name: d.example.com, Type: A, TTL: '60', ResourceRecords: [!GetAtt Fixed.PublicIp]}
",
    );
    let opened = opened(&text);
    let zone = opened.names["Zone"];
    for (record, host) in [("ByAttribute", "a"), ("ByRef", "b"), ("BySub", "c"), ("ByPublicIp", "d")] {
        assert_eq!(opened.design.node(opened.names[record]).unwrap().parent, Some(zone), "{record}");
        assert_eq!(page(&opened, &format!("http://{host}.example.com/")), Verdict::Yes, "{record}");
    }
}

#[test]
fn a_zone_that_is_only_named_is_drawn_once() {
    let opened = opened(
        "Resources:
  One:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneName: example.org., Name: one.example.org, Type: A, TTL: '60', ResourceRecords: [192.0.2.1]}
  Two:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneName: example.org, Name: two.example.org, Type: A, TTL: '60', SetIdentifier: two, Weight: 1, ResourceRecords: [192.0.2.2]}
",
    );
    let parent = |name: &str| opened.design.node(opened.names[name]).unwrap().parent.unwrap();
    assert_eq!(parent("One"), parent("Two"));
    assert_eq!(opened.design.get::<RecordSet>(opened.names["Two"]).unwrap().set_identifier, "two");
}

#[test]
fn conditions_of_listener_rules_in_the_older_form_are_conditions() {
    let opened = opened(
        "Resources:
  Ear: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: arn, Port: 80, Protocol: HTTP, DefaultActions: []}}
  Api:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref Ear
      Priority: 5
      Conditions: [{Field: path-pattern, Values: [/api/*]}, {Field: host-header, Values: [api.example.com]}]
      Actions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: '200'}}]
",
    );
    let (_, _, listener) = opened.design.all::<Listener>().next().unwrap();
    assert_eq!(
        (&listener.rules[0].paths[..], &listener.rules[0].hosts[..]),
        (&["/api/*".to_owned()][..], &["api.example.com".to_owned()][..])
    );
}

/// A balancer in zones that are counted, and a target in one that a parameter names.
const ZONES: &str = "Parameters:
  Where: {Type: AWS::EC2::AvailabilityZone::Name}
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [0, !GetAZs '']}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.2.0/24, AvailabilityZone: !Select [1, !GetAZs '']}}
  C: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.3.0/24, AvailabilityZone: ZONE}}
  G:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: all, VpcId: !Ref Net, SecurityGroupIngress: [{IpProtocol: '-1', CidrIp: 0.0.0.0/0}]}
  Web: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref C, SecurityGroupIds: [!Ref G]}}
  Bal: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, Subnets: [!Ref A, !Ref B], SecurityGroups: [!Ref G]}}
  Pool:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {VpcId: !Ref Net, Port: 80, Protocol: HTTP, Targets: [{Id: !Ref Web}]}
  Ear:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Bal, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Pool}]}
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com, VPCs: [{VPCId: !Ref Net, VPCRegion: ap-northeast-2}]}}
  Www:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: !Ref Zone
      Name: www.example.com
      Type: A
      AliasTarget: {DNSName: !GetAtt Bal.DNSName, HostedZoneId: !GetAtt Bal.CanonicalHostedZoneID}
";

#[test]
fn a_zone_that_a_parameter_names_may_be_any() {
    let ask = |zone: &str| {
        let opened = opened(&ZONES.replace("ZONE", zone));
        let net = Network::lower(&opened.design);
        let from = Endpoint::Node(opened.names["Web"]);
        let url = "http://www.example.com/".parse().unwrap();
        let verdict = trace_url(&opened.design, &net, from, &url).unwrap_or_else(|why| panic!("{why}")).verdict();
        let found = crate::rules::check(&opened.design);
        (verdict, found.iter().any(|found| found.rule == "target-zone-not-enabled"))
    };
    assert_eq!(ask("!Select [1, !GetAZs '']"), (Verdict::Yes, false));
    assert_eq!(ask("!Select [2, !GetAZs '']"), (Verdict::No, true));
    assert_eq!(ask("!Ref Where"), (Verdict::Unknown, false));
}

#[test]
fn zones_of_parameters_are_drawn_apart_from_those_that_are_named() {
    let opened = opened(
        "Parameters:
  One: {Type: AWS::EC2::AvailabilityZone::Name}
  Two: {Type: AWS::EC2::AvailabilityZone::Name}
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Ref One}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.2.0/24, AvailabilityZone: !Ref Two}}
  C: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.3.0/24, AvailabilityZone: ap-northeast-2a}}
  D: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.4.0/24, AvailabilityZone: !Ref One}}
",
    );
    let lane = |name: &str| opened.design.node(opened.names[name]).unwrap().parent.unwrap();
    assert_eq!(lane("A"), lane("D"), "the same parameter is the same zone");
    let all: std::collections::BTreeSet<_> = ["A", "B", "C"].map(lane).into();
    assert_eq!(all.len(), 3);
    let original = opened.design.template().unwrap();
    let is_open = |name: &str| original.is_open(&opened.design, lane(name), Some("letter"));
    assert!(is_open("A") && is_open("B") && !is_open("C"));
}

#[test]
fn a_zone_outside_the_template_has_the_domain_of_its_records() {
    let opened = opened(
        "Parameters:
  ZoneId: {Type: AWS::Route53::HostedZone::Id}
  ZoneName: {Type: String}
Resources:
  One:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: !Ref ZoneId, Name: one.example.net, Type: A, TTL: '60', ResourceRecords: [192.0.2.1]}
  Two:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: !Ref ZoneId, Name: a.two.example.net, Type: CNAME, TTL: '60', ResourceRecords: [one.example.net]}
  Three:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneName: !Ref ZoneName, Name: three.example.org, Type: A, TTL: '60', ResourceRecords: [192.0.2.3]}
",
    );
    let domain = |name: &str| {
        let zone = opened.design.node(opened.names[name]).unwrap().parent.unwrap();
        opened.design.get::<HostedZone>(zone).unwrap().domain.to_string()
    };
    assert_eq!([domain("One"), domain("Two"), domain("Three")], ["example.net", "example.net", "example.org"]);
    let found = crate::rules::check(&opened.design);
    let wrong = ["record-outside-zone", "cname-at-apex"];
    assert!(found.iter().all(|found| !wrong.contains(&found.rule)), "{found:#?}");
}

#[test]
fn a_step_without_a_lower_bound_begins_nowhere_and_a_page_may_be_open_by_its_own_list() {
    let step = |bounds: &str| {
        let opened = opened(&format!(
            "Resources:
  Down:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: fleet
      PolicyType: StepScaling
      AdjustmentType: ChangeInCapacity
      StepAdjustments: [{bounds}]
"
        ));
        crate::rules::check(&opened.design).iter().any(|found| found.rule == "scaling-step-gap")
    };
    assert!(!step("{MetricIntervalUpperBound: 0, ScalingAdjustment: -1}"));
    assert!(!step(
        "{MetricIntervalLowerBound: -10, MetricIntervalUpperBound: 0, ScalingAdjustment: -1}, {MetricIntervalUpperBound: -10, ScalingAdjustment: -2}"
    ));
    assert!(step(
        "{MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1}, {MetricIntervalLowerBound: 20, ScalingAdjustment: 2}"
    ));

    let site = |access: &str| {
        let opened = opened(&format!(
            "Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties: {{WebsiteConfiguration: {{IndexDocument: index.html}}, {access}}}
"
        ));
        crate::rules::check(&opened.design).iter().any(|found| found.rule == "website-not-readable")
    };
    let owner = |how: &str| format!("OwnershipControls: {{Rules: [{{ObjectOwnership: {how}}}]}}");
    let locks =
        |on: &str| format!("PublicAccessBlockConfiguration: {{BlockPublicAcls: {on}, IgnorePublicAcls: false}}");
    assert!(!site(&format!("{}, {}", owner("BucketOwnerPreferred"), locks("false"))));
    assert!(!site(&format!("{}, {}", owner("ObjectWriter"), locks("false"))));
    assert!(site(&format!("{}, {}", owner("ObjectWriter"), locks("'true'"))));
    assert!(site(&format!("{}, {}", owner("BucketOwnerEnforced"), locks("false"))));
    assert!(site(&owner("ObjectWriter")), "new buckets have all locks on");
}

#[test]
fn records_of_other_types_stand_beside_an_address_of_the_same_name() {
    let opened = opened(&public_room(
        "  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      NetworkInterfaces:
        - {DeviceIndex: '0', SubnetId: !Ref Room, GroupSet: [!Ref WebSg], AssociatePublicIpAddress: true}
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  Mail:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: !Ref Zone, Name: example.com, Type: MX, TTL: '60', ResourceRecords: [10 mail.example.net]}
  Proof:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: !Ref Zone, Name: example.com, Type: TXT, TTL: '60', ResourceRecords: ['\"v=spf1\"']}
  Site:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: !Ref Zone, Name: example.com, Type: A, TTL: '60', ResourceRecords: [!GetAtt Web.PublicIp]}
",
    ));
    assert_eq!(page(&opened, "http://example.com/"), Verdict::Yes);
    let found = crate::rules::check(&opened.design);
    assert!(found.iter().all(|found| found.rule != "duplicate-record"), "{found:#?}");
}

#[test]
fn what_gets_a_public_address_by_a_parameter_without_a_value_is_not_known_anywhere() {
    let all = |launch: &str, task: &str, scheme: &str| {
        let opened = opened(&public_room(&format!(
            "  RoomB: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.2.0/24, AvailabilityZone: ap-northeast-2c}}}}
  WaysB: {{Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {{SubnetId: !Ref RoomB, RouteTableId: !Ref Ways}}}}
  Plan:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0123456789abcdef0
        NetworkInterfaces: [{{DeviceIndex: 0, AssociatePublicIpAddress: {launch}, Groups: [!Ref WebSg]}}]
  Fleet:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {{MinSize: '1', MaxSize: '1', VPCZoneIdentifier: [!Ref Room], LaunchTemplate: {{LaunchTemplateId: !Ref Plan, Version: '1'}}}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Cpu: '256'
      Memory: '512'
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions: [{{Name: web, Image: nginx, PortMappings: [{{ContainerPort: 80}}]}}]
  Cluster: {{Type: AWS::ECS::Cluster}}
  Service:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      LaunchType: FARGATE
      DesiredCount: 1
      TaskDefinition: !Ref Task
      NetworkConfiguration: {{AwsvpcConfiguration: {{AssignPublicIp: {task}, Subnets: [!Ref Room], SecurityGroups: [!Ref WebSg]}}}}
  Bal:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {{Scheme: {scheme}, Subnets: [!Ref Room, !Ref RoomB], SecurityGroups: [!Ref WebSg]}}
  Ear:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {{LoadBalancerArn: !Ref Bal, Port: 80, Protocol: HTTP, DefaultActions: [{{Type: fixed-response, FixedResponseConfig: {{StatusCode: '200'}}}}]}}
"
        )));
        ["Fleet", "Service", "Bal"].map(|to| verdict(&opened, "internet", to, 80))
    };
    assert_eq!(all("true", "ENABLED", "internet-facing"), [Verdict::Yes; 3]);
    assert_eq!(all("false", "DISABLED", "internal"), [Verdict::No; 3]);
    assert_eq!(all("!Ref Any", "!Ref Any", "!Ref Any"), [Verdict::Unknown; 3]);
}
