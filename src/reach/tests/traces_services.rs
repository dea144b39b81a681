//! Ends that are no machines, values that come of other resources, and what is offered where an address is known to a deployment alone.

use super::traces::ask;
use super::traces_imported::{opened, page, public_room, verdict};
use super::traces_verdicts::codes;
use crate::catalog::kinds::GroupRule;
use crate::cloudformation::Imported;
use crate::net::Protocol;
use crate::reach::{Asked, Doubtful, Endpoint, Network, Party, Question, Rows, Trace, Verdict, trace};
use crate::rules::Offers;
use crate::rules::testing::{Named, balanced};

/// A subnet without a way out beside the public room, with a NAT gateway that leads out of it and a client there.
const BEHIND_NAT: &str = "  Far: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.9.0/24, AvailabilityZone: ap-northeast-2a}}
  NatIp: {Type: AWS::EC2::EIP, DependsOn: DoorOn}
  Nat: {Type: AWS::EC2::NatGateway, DependsOn: DoorOn, Properties: {SubnetId: !Ref Room, AllocationId: !GetAtt NatIp.AllocationId}}
  FarWays: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  FarOut: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref FarWays, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}}
  FarOn: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Far, RouteTableId: !Ref FarWays}}
  Client: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Far}}
";

#[track_caller]
fn asked(of: &Imported, from: Endpoint, to: Endpoint, port: Option<u16>) -> (Question, Trace) {
    let question = Question { from, to, protocol: Protocol::Tcp, port, source_port: None };
    let net = Network::lower(&of.design);
    (question, trace(&of.design, &net, question).unwrap_or_else(|why| panic!("{why}")))
}

/// The titles of what is offered.
fn offered(of: &Imported, (question, answer): &(Question, Trace)) -> Vec<String> {
    let offers = Offers::new(&of.design);
    let fixes = answer.blockers().filter_map(|blocker| offers.opening(&Asked::Packet(*question), blocker));
    fixes.map(|fix| fix.title.en).collect()
}

#[test]
fn codes_that_few_ways_give() {
    let mut n = balanced();
    let given = |n: &Named, from: &str, to: &str, protocol: Protocol, port: u16| {
        let answer = ask(n, from, to, protocol, port);
        (codes(&answer), answer.verdict())
    };
    // A private source cannot come over the internet.
    let (codes_given, verdict) = given(&n, "10.200.0.9", "web", Protocol::Tcp, 80);
    assert!(codes_given.contains(&"IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS"), "{codes_given:?}");
    assert_eq!(verdict, Verdict::No);
    // Nobody answers that a host is unreachable.
    n.rows("web-sg", "inbound", &[GroupRule { protocol: Protocol::Icmp, ..GroupRule::default() }]);
    let (codes_given, verdict) = given(&n, "internet", "web", Protocol::Icmp, 3);
    assert!(codes_given.contains(&"UNIDIRECTIONAL_PATH_ANALYSIS_ONLY"), "{codes_given:?}");
    assert_eq!(verdict, Verdict::Yes);
}

#[test]
fn a_function_takes_no_connection_and_nothing_opens_it() {
    let of = opened(&public_room(
        "  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}}}
  Fn: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Handler: i.h, Role: !GetAtt Role.Arn, Code: {ZipFile: x}, VpcConfig: {SubnetIds: [!Ref Room], SecurityGroupIds: [!Ref WebSg]}}}
  Web: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, SecurityGroupIds: [!Ref WebSg]}}\n",
    ));
    assert_eq!(verdict(&of, "Fn", "Web", 80), Verdict::Yes, "it begins");
    assert_eq!(verdict(&of, "Web", "Fn", 80), Verdict::No, "whatever its group admits");
    for from in [Endpoint::Internet, Endpoint::Node(of.names["Web"])] {
        let answer = asked(&of, from, Endpoint::Node(of.names["Fn"]), Some(443));
        assert_eq!(offered(&of, &answer), Vec::<String>::new());
        assert!(answer.1.blockers().any(|blocker| blocker.code == "NO_POSSIBLE_DESTINATION"));
    }
    let net = Network::lower(&of.design);
    let function = Party::Interface(net.interfaces_of(of.names["Fn"])[0]);
    let mut rows = Rows::new(&net);
    let mut reached = Vec::new();
    for from in rows.parties() {
        rows.from(from, |row| reached.push(row.to));
    }
    assert!(!reached.is_empty() && !reached.contains(&function), "all pairs know it too");
}

#[test]
fn a_bucket_is_met_on_the_internet_and_its_policy_decides() {
    let of = opened(&public_room(
        "  Shut: {Type: AWS::S3::Bucket}
  Site: {Type: AWS::S3::Bucket, Properties: {PublicAccessBlockConfiguration: {BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false, RestrictPublicBuckets: false}}}
  Read: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Site, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: !Sub '${Site.Arn}/*'}]}}}\n",
    ));
    for (to, port, expected) in [
        ("Site", 443, Verdict::Yes),
        ("Site", 80, Verdict::Yes),
        ("Site", 22, Verdict::No),
        ("Shut", 443, Verdict::Unknown),
        ("Shut", 22, Verdict::No),
    ] {
        assert_eq!(verdict(&of, "internet", to, port), expected, "{to} {port}");
        assert_eq!(verdict(&of, "203.0.113.9", to, port), expected, "{to} {port}");
    }
    let (_, answer) = asked(&of, Endpoint::Internet, Endpoint::Node(of.names["Shut"]), Some(443));
    assert!(answer.blockers().all(|blocker| !blocker.message.en.contains("198.")), "no stand-in is said");
}

#[test]
fn a_rule_for_an_address_of_a_deployment_names_who_has_it() {
    let of = opened(&public_room(&format!(
        "{BEHIND_NAT}  ShutSg: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: shut, VpcId: !Ref Net}}}}
  App: {{Type: AWS::EC2::Instance, Properties: {{ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, SecurityGroupIds: [!Ref ShutSg]}}}}
  AppIp: {{Type: AWS::EC2::EIP, DependsOn: DoorOn, Properties: {{InstanceId: !Ref App}}}}\n"
    )));
    let answer = asked(&of, Endpoint::Node(of.names["Client"]), Endpoint::Node(of.names["AppIp"]), Some(80));
    assert_eq!(offered(&of, &answer), ["Allow TCP 80 from NatIp into security group ShutSg"]);
}

#[test]
fn an_acl_is_opened_for_no_more_than_a_subnet() {
    let of = opened(&public_room(
        "  Hall: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.2.0/24, AvailabilityZone: ap-northeast-2a}}
  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Net}}
  AclOn: {Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: {SubnetId: !Ref Hall, NetworkAclId: !Ref Acl}}
  A: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, SecurityGroupIds: [!Ref WebSg]}}
  B: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Hall, SecurityGroupIds: [!Ref WebSg]}}\n",
    ));
    let answer = asked(&of, Endpoint::Node(of.names["A"]), Endpoint::Node(of.names["B"]), Some(80));
    let offered = offered(&of, &answer);
    assert!(!offered.is_empty());
    assert!(offered.iter().all(|title| !title.contains("10.0.0.0/16")), "{offered:?}");
}

#[test]
fn all_pairs_leave_open_what_a_trace_leaves_open() {
    let unknown = |rest: &str| {
        let of = opened(&public_room(rest));
        let net = Network::lower(&of.design);
        let doubtful = Doubtful::new(&of.design, &net);
        let mut found = Vec::new();
        let mut rows = Rows::new(&net);
        rows.from(Party::Internet, |row| found.push(row));
        rows.doubt(Party::Internet, &doubtful, &mut found);
        let web = Party::Interface(net.interfaces_of(of.names["Web"])[0]);
        found.retain(|row| row.to == web && row.traffic.protocol == "tcp");
        let told: Vec<_> =
            found.iter().map(|row| (row.traffic.ports.join(" "), row.verdict, row.reply_blocked)).collect();
        (told, verdict(&of, "internet", "Web", 80), verdict(&of, "internet", "Web", 81))
    };
    let server = "ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, SecurityGroupIds: [!Ref WebSg]";
    // Whether it has a public address.
    let (told, open, shut) = unknown(
        "  Web: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, NetworkInterfaces: [{DeviceIndex: '0', SubnetId: !Ref Room, GroupSet: [!Ref WebSg], AssociatePublicIpAddress: !Ref Any}]}}\n",
    );
    assert_eq!((open, shut), (Verdict::Unknown, Verdict::No));
    assert_eq!(told, [("80".to_owned(), Verdict::Unknown, false)]);
    // Whether answers get back.
    let (told, open, _) = unknown(&format!(
        "  Web: {{Type: AWS::EC2::Instance, Properties: {{{server}}}}}
  Ip: {{Type: AWS::EC2::EIP, DependsOn: DoorOn, Properties: {{InstanceId: !Ref Web}}}}
  Some: {{Type: AWS::EC2::Route, Properties: {{RouteTableId: !Ref Ways, DestinationCidrBlock: !Ref Any, GatewayId: !Ref Door}}}}\n"
    ));
    assert_eq!(told, [("80".to_owned(), open, false)]);
}

#[test]
fn a_certificate_that_is_not_drawn_is_there_all_the_same() {
    let site = |certificate: &str| {
        let of = opened(&public_room(&format!(
            "  Zone: {{Type: AWS::Route53::HostedZone, Properties: {{Name: example.com}}}}
  Www: {{Type: AWS::Route53::RecordSet, Properties: {{HostedZoneId: !Ref Zone, Name: www.example.com, Type: A, AliasTarget: {{DNSName: !GetAtt Cdn.DomainName, HostedZoneId: Z2FDTNDATAQYW2}}}}}}
  Cdn: {{Type: AWS::CloudFront::Distribution, Properties: {{DistributionConfig: {{Enabled: true, Aliases: [www.example.com]{certificate}, Origins: [{{Id: o, DomainName: origin.example.org, CustomOriginConfig: {{OriginProtocolPolicy: https-only}}}}], DefaultCacheBehavior: {{TargetOriginId: o, ViewerProtocolPolicy: https-only, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6}}}}}}}}\n"
        )));
        page(&of, "https://www.example.com/")
    };
    assert_eq!(site(""), Verdict::No);
    for arn in ["!Ref Any", "!ImportValue cert", "'arn:aws:acm:us-east-1:111122223333:certificate/0'"] {
        let written = format!(", ViewerCertificate: {{AcmCertificateArn: {arn}, SslSupportMethod: sni-only}}");
        assert_eq!(site(&written), Verdict::Unknown, "{arn}");
    }
}

#[test]
fn a_regional_nat_gateway_stands_in_no_subnet_and_is_not_judged() {
    let private = |nat: &str| {
        opened(&public_room(&BEHIND_NAT.replace("SubnetId: !Ref Room, AllocationId: !GetAtt NatIp.AllocationId", nat)))
    };
    let of = private("SubnetId: !Ref Room, AllocationId: !GetAtt NatIp.AllocationId");
    assert_eq!(verdict(&of, "Client", "internet", 443), Verdict::Yes);
    for nat in [
        "AvailabilityMode: regional, VpcId: !Ref Net",
        "AvailabilityMode: regional, VpcId: !Ref Net, AvailabilityZoneAddresses: [{AvailabilityZone: ap-northeast-2a, AllocationIds: [!GetAtt NatIp.AllocationId]}]",
    ] {
        let of = private(nat);
        assert_eq!(verdict(&of, "Client", "internet", 443), Verdict::Unknown, "{nat}");
        let found = crate::rules::check(&of.design);
        let of_nat: Vec<_> = found.iter().map(|finding| finding.rule).filter(|rule| rule.contains("nat-")).collect();
        assert_eq!(of_nat, Vec::<&str>::new(), "{nat}");
    }
}

#[test]
fn a_rule_follows_the_port_of_a_database() {
    let of = |database: &str| {
        opened(&public_room(&format!(
            "  Hall: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.2.0/24, AvailabilityZone: ap-northeast-2c}}}}
  Web: {{Type: AWS::EC2::Instance, Properties: {{ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, SecurityGroupIds: [!Ref WebSg]}}}}
  DbSg: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: db, VpcId: !Ref Net}}}}
  From: {{Type: AWS::EC2::SecurityGroupIngress, Properties: {{GroupId: !Ref DbSg, IpProtocol: tcp, FromPort: !GetAtt Db.Endpoint.Port, ToPort: !GetAtt [Db, Endpoint.Port], SourceSecurityGroupId: !Ref WebSg}}}}
  Group: {{Type: AWS::RDS::DBSubnetGroup, Properties: {{DBSubnetGroupDescription: d, SubnetIds: [!Ref Room, !Ref Hall]}}}}
  Db: {{Type: AWS::RDS::DBInstance, Properties: {{DBInstanceClass: db.t4g.micro, AllocatedStorage: '20', MasterUsername: u, ManageMasterUserPassword: true, DBSubnetGroupName: !Ref Group, VPCSecurityGroups: [!Ref DbSg], {database}}}}}\n"
        )))
    };
    for (database, port) in [("Engine: postgres", 5432), ("Engine: mysql", 3306), ("Engine: mysql, Port: '3307'", 3307)]
    {
        let of = of(database);
        assert_eq!(verdict(&of, "Web", "Db", port), Verdict::Yes, "{database}");
        assert_eq!(verdict(&of, "Web", "Db", 22), Verdict::No, "{database}");
    }
    assert_eq!(verdict(&of("Engine: mysql, Port: !Ref Any"), "Web", "Db", 3306), Verdict::Unknown);
}
