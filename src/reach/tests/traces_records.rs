//! Names by the records that people write: to which address a name leads decides who gets there, and what a record does not say is not absent.

use super::traces_imported::{opened, page, public_room, verdict};
use crate::cloudformation::Imported;
use crate::reach::{Endpoint, Network, Verdict, trace_url};

/// An instance with an Elastic IP in the public room, a hosted zone, and records.
fn web(records: &str) -> Imported {
    opened(&public_room(&format!(
        "  Web: {{Type: AWS::EC2::Instance, Properties: {{ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, SecurityGroupIds: [!Ref WebSg]}}}}
  Ip: {{Type: AWS::EC2::EIP, DependsOn: DoorOn, Properties: {{InstanceId: !Ref Web}}}}
  Zone: {{Type: AWS::Route53::HostedZone, Properties: {{Name: example.com}}}}
{records}"
    )))
}

/// One record `www.example.com` of a type, with what is written after that.
fn record(kind: &str, rest: &str) -> String {
    format!(
        "  Www: {{Type: AWS::Route53::RecordSet, Properties: {{HostedZoneId: !Ref Zone, Name: www.example.com, Type: {kind}, {rest}}}}}\n"
    )
}

#[test]
fn a_private_address_does_not_exist_on_the_internet() {
    for (kind, answer, expected) in [
        ("A", "!Ref Ip", Verdict::Yes),
        ("A", "!GetAtt Ip.PublicIp", Verdict::Yes),
        ("A", "!GetAtt Web.PublicIp", Verdict::Yes),
        ("CNAME", "!GetAtt Web.PublicDnsName", Verdict::Yes),
        ("A", "!GetAtt Web.PrivateIp", Verdict::No),
        ("CNAME", "!GetAtt Web.PrivateDnsName", Verdict::No),
    ] {
        let of = web(&record(kind, &format!("TTL: 60, ResourceRecords: [{answer}]")));
        assert_eq!(page(&of, "http://www.example.com/"), expected, "{answer}");
    }
}

#[test]
fn a_name_leads_to_the_address_that_it_gives_and_not_to_the_machine() {
    let records = "  Inside: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: inside, VpcId: !Ref Net}}
  Only: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: only, VpcId: !Ref Net, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Inside}]}}
  Far: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.9.0/24, AvailabilityZone: ap-northeast-2a}}
  NatIp: {Type: AWS::EC2::EIP, DependsOn: DoorOn}
  Nat: {Type: AWS::EC2::NatGateway, DependsOn: DoorOn, Properties: {SubnetId: !Ref Room, AllocationId: !GetAtt NatIp.AllocationId}}
  FarWays: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  FarOut: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref FarWays, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}}
  FarOn: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Far, RouteTableId: !Ref FarWays}}
  Client: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Far, SecurityGroupIds: [!Ref Inside]}}
  App: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, SecurityGroupIds: [!Ref Only]}}
  AppIp: {Type: AWS::EC2::EIP, DependsOn: DoorOn, Properties: {InstanceId: !Ref App}}
  ByIp: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: ip.example.com, Type: A, TTL: 60, ResourceRecords: [!Ref AppIp]}}
  ByName: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: name.example.com, Type: CNAME, TTL: 60, ResourceRecords: [!GetAtt App.PublicDnsName]}}
  ByOwn: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: own.example.com, Type: A, TTL: 60, ResourceRecords: [!GetAtt App.PrivateIp]}}\n";
    let of = web(records);
    let net = Network::lower(&of.design);
    let ask = |url: &str| {
        let from = Endpoint::Node(of.names["Client"]);
        trace_url(&of.design, &net, from, &url.parse().unwrap()).unwrap().verdict()
    };
    assert_eq!(verdict(&of, "Client", "AppIp", 80), Verdict::No);
    assert_eq!(ask("http://ip.example.com/"), Verdict::No, "the source is the NAT gateway's address, of no group");
    assert_eq!(ask("http://name.example.com/"), Verdict::Yes, "AWS's name gives the private address inside");
    assert_eq!(ask("http://own.example.com/"), Verdict::Yes);
}

#[test]
fn what_leads_out_of_the_drawing_is_not_known() {
    for (kind, rest, expected) in [
        ("CNAME", "TTL: 60, ResourceRecords: [other.example.net]", Verdict::Unknown),
        ("CNAME", "TTL: 60, ResourceRecords: [gone.example.com]", Verdict::No),
        ("A", "TTL: 60, ResourceRecords: [198.51.100.7]", Verdict::Unknown),
        ("A", "TTL: 60, ResourceRecords: [!Ref Any]", Verdict::Unknown),
        ("CNAME", "TTL: 60, ResourceRecords: [!Ref Any]", Verdict::Unknown),
        ("A", "AliasTarget: {DNSName: !ImportValue lb, HostedZoneId: Z0}", Verdict::Unknown),
        ("AAAA", "TTL: 60, ResourceRecords: ['2001:db8::5']", Verdict::Unknown),
        ("A", "TTL: 60, ResourceRecords: [10.0.1.250]", Verdict::No),
    ] {
        let of = web(&record(kind, rest));
        assert_eq!(page(&of, "http://www.example.com/"), expected, "{kind} {rest}");
    }
    let of = web(&record("A", "TTL: 60, ResourceRecords: [!Ref Ip]"));
    assert_eq!(page(&of, "http://ftp.example.com/"), Verdict::No, "no record has that name");
    let of = web(&record("A", "TTL: 60, ResourceRecords: [!Ref Ip]").replace("www.example.com", "!Sub 'www.${Any}'"));
    assert_eq!(page(&of, "http://www.example.com/"), Verdict::Unknown, "whether it has that name is not known");
}

#[test]
fn an_alias_is_read_however_the_name_is_put_together() {
    let balancer = "  Hall: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.2.0/24, AvailabilityZone: ap-northeast-2c}}
  HallOn: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Hall, RouteTableId: !Ref Ways}}
  Lb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, DependsOn: Out, Properties: {Subnets: [!Ref Room, !Ref Hall], SecurityGroups: [!Ref WebSg]}}
  Group: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {VpcId: !Ref Net, Port: 80, Protocol: HTTP, Targets: [{Id: !Ref Web}]}}
  On: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Lb, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]}}\n";
    for name in [
        "!GetAtt Lb.DNSName",
        "!Sub '${Lb.DNSName}'",
        "!Sub 'dualstack.${Lb.DNSName}'",
        "!Join ['.', [dualstack, !GetAtt Lb.DNSName]]",
        "!Join ['', ['dualstack.', !GetAtt Lb.DNSName]]",
    ] {
        let alias =
            record("A", &format!("AliasTarget: {{DNSName: {name}, HostedZoneId: !GetAtt Lb.CanonicalHostedZoneID}}"));
        assert_eq!(page(&web(&format!("{balancer}{alias}")), "http://www.example.com/"), Verdict::Yes, "{name}");
    }
}

#[test]
fn an_alias_to_a_web_site_means_the_bucket_of_the_records_name() {
    let site = |bucket: &str, host: &str| {
        web(&format!(
            "  Site: {{Type: AWS::S3::Bucket, Properties: {{BucketName: {bucket}, WebsiteConfiguration: {{IndexDocument: i.html}}, PublicAccessBlockConfiguration: {{BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false, RestrictPublicBuckets: false}}}}}}
  Read: {{Type: AWS::S3::BucketPolicy, Properties: {{Bucket: !Ref Site, PolicyDocument: {{Version: '2012-10-17', Statement: [{{Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: !Sub '${{Site.Arn}}/*'}}]}}}}}}
{}Mappings: {{Hosts: {{ap-northeast-2: {{host: s3-website.ap-northeast-2.amazonaws.com}}}}}}\n",
            record("A", &format!("AliasTarget: {{DNSName: {host}, HostedZoneId: Z3W03O7B5YMIYP}}"))
        ))
    };
    for host in ["s3-website.ap-northeast-2.amazonaws.com", "!FindInMap [Hosts, !Ref 'AWS::Region', host]"] {
        assert_eq!(page(&site("www.example.com", host), "http://www.example.com/"), Verdict::Yes, "{host}");
    }
    let other = site("other.example.com", "s3-website.ap-northeast-2.amazonaws.com");
    assert_eq!(page(&other, "http://www.example.com/"), Verdict::Unknown, "no bucket of that name is drawn");
}

#[test]
fn the_domain_of_an_api_is_found_by_its_mapping() {
    let api = "  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: a, ProtocolType: HTTP, Target: 'https://example.org/'}}
  Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: $default, AutoDeploy: true}}
  Named: {Type: AWS::ApiGatewayV2::DomainName, Properties: {DomainName: www.example.com, DomainNameConfigurations: [{CertificateArn: 'arn:aws:acm:ap-northeast-2:111122223333:certificate/0', EndpointType: REGIONAL}]}}
  Maps: {Type: AWS::ApiGatewayV2::ApiMapping, Properties: {ApiId: !Ref Api, DomainName: !Ref Named, Stage: !Ref Stage}}\n";
    let alias = record(
        "A",
        "AliasTarget: {DNSName: !GetAtt Named.RegionalDomainName, HostedZoneId: !GetAtt Named.RegionalHostedZoneId}",
    );
    assert_eq!(page(&web(&format!("{api}{alias}")), "http://www.example.com/"), Verdict::Yes);
}

#[test]
fn records_of_a_group_answer_as_others_do() {
    let group = |zone: &str, rows: &str| {
        web(&format!("  All: {{Type: AWS::Route53::RecordSetGroup, Properties: {{{zone}, RecordSets: {rows}}}}}\n"))
    };
    let row = "[{Name: www.example.com., Type: A, TTL: 60, ResourceRecords: [!Ref Ip]}, {Name: in.example.com, Type: A, TTL: 60, ResourceRecords: [!GetAtt Web.PrivateIp]}, {Name: '*.dev.example.com', Type: CNAME, TTL: 60, ResourceRecords: [www.example.com]}]";
    for zone in
        ["HostedZoneId: !Ref Zone", "HostedZoneName: example.com.", "HostedZoneId: !Ref Any", "HostedZoneId: Z0"]
    {
        let of = group(zone, row);
        assert_eq!(page(&of, "http://www.example.com/"), Verdict::Yes, "{zone}");
        assert_eq!(page(&of, "http://a.dev.example.com/"), Verdict::Yes, "{zone}");
        assert_eq!(page(&of, "http://in.example.com/"), Verdict::No, "{zone}");
        assert_eq!(page(&of, "http://ftp.example.com/"), Verdict::No, "{zone}");
    }
    let open =
        group("HostedZoneId: !Ref Zone", "[{Name: !Sub 'www.${Any}', Type: A, TTL: 60, ResourceRecords: [!Ref Ip]}]");
    assert_eq!(page(&open, "http://www.example.com/"), Verdict::Unknown);
}

#[test]
fn a_rule_that_may_not_be_there_leaves_open_where_requests_go() {
    let listener = |condition: &str| {
        opened(&format!(
            "{}Conditions: {{Maybe: !Equals [!Ref Any, a], Sure: !Equals [!Ref Open, 'true']}}\n",
            public_room(&format!(
                "  Hall: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.2.0/24, AvailabilityZone: ap-northeast-2c}}}}
  HallOn: {{Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {{SubnetId: !Ref Hall, RouteTableId: !Ref Ways}}}}
  Lb: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, DependsOn: Out, Properties: {{Subnets: [!Ref Room, !Ref Hall], SecurityGroups: [!Ref WebSg]}}}}
  On: {{Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {{LoadBalancerArn: !Ref Lb, Port: 80, Protocol: HTTP, DefaultActions: [{{Type: fixed-response, FixedResponseConfig: {{StatusCode: '200'}}}}]}}}}
  Stop: {{Type: AWS::ElasticLoadBalancingV2::ListenerRule, Condition: {condition}, Properties: {{ListenerArn: !Ref On, Priority: 1, Conditions: [{{Field: path-pattern, Values: [/*]}}], Actions: [{{Type: fixed-response, FixedResponseConfig: {{StatusCode: '403'}}}}]}}}}\n"
            ))
        ))
    };
    assert_eq!(page(&listener("Maybe"), "http://lb/"), Verdict::Unknown);
    assert_eq!(page(&listener("Sure"), "http://lb/"), Verdict::No);
}
