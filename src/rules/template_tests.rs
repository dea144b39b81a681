//! What rules say of templates in the forms that people write: what excludes each other is no pair, and what was not read is not absent.

use crate::cloudformation::import;
use crate::rules::check;

/// The rules that find something, errors and warnings, in a template whose sections follow `Resources`.
#[track_caller]
fn found(resources: &str) -> Vec<&'static str> {
    let opened = import(&format!("Resources:\n{resources}")).unwrap();
    let bad = check(&opened.design).into_iter().filter(|finding| finding.severity != super::Severity::Info);
    let mut rules: Vec<_> = bad.map(|finding| finding.rule).collect();
    rules.dedup();
    rules
}

/// What makes two resources exclude each other, whatever the parameter is, and what does not.
const APART: [&str; 2] = [
    "Parameters: {P: {Type: String}}\nConditions: {One: !Equals [!Ref P, a], Other: !Not [!Condition One]}\n",
    "Parameters: {P: {Type: String}}\nConditions: {One: !Equals [!Ref P, a], Other: !Equals [!Ref P, b]}\n",
];
const TOGETHER: &str = "Parameters: {P: {Type: String}, Q: {Type: String}}\nConditions: {One: !Equals [!Ref P, a], Other: !Equals [!Ref Q, a]}\n";

#[test]
fn two_that_exclude_each_other_are_no_pair() {
    let net = "  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Room: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.1.0/24, AvailabilityZone: ap-northeast-2a}}
  Hall: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.2.0/24, AvailabilityZone: ap-northeast-2c}}
";
    let server = "ImageId: ami-0123456789abcdef0, SubnetId: !Ref Room, BlockDeviceMappings: [{DeviceName: /dev/xvda, Ebs: {Encrypted: true}}]";
    let balancer = format!(
        "{net}  Lb: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {{Scheme: internal, Subnets: [!Ref Room, !Ref Hall]}}}}\n"
    );
    let listener = "LoadBalancerArn: !Ref Lb, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: '200'}}]";
    let rule = "ListenerArn: !Ref On, Priority: 1, Actions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: '200'}}]";
    let pairs = [
        (
            "instance-private-ip-duplicate",
            format!("{net}  A: {{Type: AWS::EC2::Instance, Condition: One, Properties: {{PrivateIpAddress: 10.0.1.9, {server}}}}}
  B: {{Type: AWS::EC2::Instance, Condition: Other, Properties: {{PrivateIpAddress: 10.0.1.9, {server}}}}}\n"),
        ),
        (
            "duplicate-record",
            "  Z: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  A: {Type: AWS::Route53::RecordSet, Condition: One, Properties: {HostedZoneId: !Ref Z, Name: a.example.com, Type: A, TTL: 60, ResourceRecords: [203.0.113.5]}}
  B: {Type: AWS::Route53::RecordSet, Condition: Other, Properties: {HostedZoneId: !Ref Z, Name: a.example.com, Type: A, TTL: 60, ResourceRecords: [203.0.113.6]}}\n".to_owned(),
        ),
        (
            "listener-duplicate-port",
            format!("{balancer}  A: {{Type: AWS::ElasticLoadBalancingV2::Listener, Condition: One, Properties: {{{listener}}}}}
  B: {{Type: AWS::ElasticLoadBalancingV2::Listener, Condition: Other, Properties: {{{listener}}}}}\n"),
        ),
        (
            "two-internet-gateways",
            format!("{net}  A: {{Type: AWS::EC2::InternetGateway, Condition: One}}
  OnA: {{Type: AWS::EC2::VPCGatewayAttachment, Condition: One, Properties: {{VpcId: !Ref Net, InternetGatewayId: !Ref A}}}}
  B: {{Type: AWS::EC2::InternetGateway, Condition: Other}}
  OnB: {{Type: AWS::EC2::VPCGatewayAttachment, Condition: Other, Properties: {{VpcId: !Ref Net, InternetGatewayId: !Ref B}}}}\n"),
        ),
        (
            "subnet-overlap",
            format!("{net}  A: {{Type: AWS::EC2::Subnet, Condition: One, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.16.0/20, AvailabilityZone: ap-northeast-2a}}}}
  B: {{Type: AWS::EC2::Subnet, Condition: Other, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.16.0/24, AvailabilityZone: ap-northeast-2a}}}}\n"),
        ),
        (
            "volume-device-taken",
            format!("{net}  I: {{Type: AWS::EC2::Instance, Properties: {{{server}}}}}
  V: {{Type: AWS::EC2::Volume, Condition: One, Properties: {{Size: 8, Encrypted: true, AvailabilityZone: ap-northeast-2a}}}}
  OnV: {{Type: AWS::EC2::VolumeAttachment, Condition: One, Properties: {{Device: /dev/sdf, InstanceId: !Ref I, VolumeId: !Ref V}}}}
  W: {{Type: AWS::EC2::Volume, Condition: Other, Properties: {{Size: 8, Encrypted: true, AvailabilityZone: ap-northeast-2a}}}}
  OnW: {{Type: AWS::EC2::VolumeAttachment, Condition: Other, Properties: {{Device: /dev/sdf, InstanceId: !Ref I, VolumeId: !Ref W}}}}\n"),
        ),
        (
            "bucket-name-malformed",
            "  A: {Type: AWS::S3::Bucket, Condition: One, Properties: {BucketName: my-bucket}}
  B: {Type: AWS::S3::Bucket, Condition: Other, Properties: {BucketName: my-bucket}}\n".to_owned(),
        ),
    ];
    for (name, resources) in pairs {
        assert!(found(&format!("{resources}{TOGETHER}")).contains(&name), "{name} is found where both may be there");
        for apart in APART {
            let found = found(&format!("{resources}{apart}"));
            assert!(!found.contains(&name), "{name} by {apart}: {found:?}");
        }
    }
    // Rows of another resource of which it is not known whether they are there are not compared at all.
    let rules = format!(
        "{balancer}  On: {{Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {{{listener}}}}}
  A: {{Type: AWS::ElasticLoadBalancingV2::ListenerRule, Condition: One, Properties: {{{rule}, Conditions: [{{Field: path-pattern, Values: [/a]}}]}}}}
  B: {{Type: AWS::ElasticLoadBalancingV2::ListenerRule, Condition: Other, Properties: {{{rule}, Conditions: [{{Field: path-pattern, Values: [/b]}}]}}}}\n"
    );
    let both = rules.replace("Condition: One, ", "").replace("Condition: Other, ", "");
    let name = "listener-rule-duplicate-priority";
    assert!(found(&both).contains(&name));
    assert!(!found(&format!("{rules}{}", APART[0])).contains(&name));
}

#[test]
fn a_block_that_was_not_read_overlaps_nothing() {
    let subnets = |block: &str| {
        found(&format!(
            "  Net: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  A: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: {block}, AvailabilityZone: ap-northeast-2a}}}}
  B: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.0.128/25, AvailabilityZone: ap-northeast-2a}}}}\n"
        ))
    };
    assert_eq!(subnets("10.0.300.0/24"), ["template-value-malformed"]);
    assert_eq!(subnets("10.0.0.0/24"), ["subnet-overlap"]);
}

/// A public VPC of two zones with a balancer, whose subnets follow the table that is written for them.
fn public(table: &str) -> Vec<&'static str> {
    found(&format!(
        "  Net: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Door: {{Type: AWS::EC2::InternetGateway}}
  DoorOn: {{Type: AWS::EC2::VPCGatewayAttachment, Properties: {{VpcId: !Ref Net, InternetGatewayId: !Ref Door}}}}
  A: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.0.0/24, AvailabilityZone: ap-northeast-2a}}}}
  B: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.1.0/24, AvailabilityZone: ap-northeast-2c}}}}
  Ways: {{Type: AWS::EC2::RouteTable, Properties: {{VpcId: !Ref Net}}}}
  OnA: {{Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {{SubnetId: !Ref A, RouteTableId: {table}}}}}
  OnB: {{Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {{SubnetId: !Ref B, RouteTableId: {table}}}}}
  Ip: {{Type: AWS::EC2::EIP, DependsOn: DoorOn}}
  Nat: {{Type: AWS::EC2::NatGateway, DependsOn: DoorOn, Properties: {{SubnetId: !Ref A, AllocationId: !GetAtt Ip.AllocationId}}}}
  Lb: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, DependsOn: DoorOn, Properties: {{Subnets: [!Ref A, !Ref B]}}}}
Parameters: {{T: {{Type: String}}}}\n"
    ))
}

#[test]
fn a_subnet_that_follows_a_table_outside_is_neither_private_nor_public() {
    for table in ["!Ref T", "!ImportValue table", "rtb-0123456789abcdef0"] {
        let found = public(table);
        let of_ways = ["nat-gateway-in-private-subnet", "balancer-in-private-subnet", "default-route-missing"];
        assert!(!found.iter().any(|rule| of_ways.contains(rule)), "{table}: {found:?}");
    }
    assert!(public("!Ref Ways").contains(&"nat-gateway-in-private-subnet"), "its own table leads nowhere");
}

#[test]
fn lists_and_fields_that_a_condition_chooses_are_not_empty() {
    let conditions = "Parameters: {P: {Type: String}, Cert: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}\n";
    let balanced = |listener: &str, more: &str| {
        found(&format!(
            "  Net: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  A: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.0.0/24, AvailabilityZone: ap-northeast-2a}}}}
  B: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.1.0/24, AvailabilityZone: ap-northeast-2c}}}}
  Lb: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {{Scheme: internal, Subnets: [!Ref A, !Ref B]}}}}
  Group: {{Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {{VpcId: !Ref Net, Port: 80, Protocol: HTTP}}}}
  On: {{Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {{LoadBalancerArn: !Ref Lb, Port: 443, Protocol: HTTPS, {listener}}}}}
{more}{conditions}"
        ))
    };
    let certificate = "Certificates: [{CertificateArn: !Ref Cert}]";
    let forward = "DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]";
    let chosen = "DefaultActions: [{Type: !If [C, forward, fixed-response], TargetGroupArn: !If [C, !Ref Group, !Ref 'AWS::NoValue'], FixedResponseConfig: !If [C, !Ref 'AWS::NoValue', {StatusCode: '200'}]}]";
    let by_condition = "Certificates: !If [C, [{CertificateArn: !Ref Cert}], [{CertificateArn: !ImportValue cert}]]";
    assert!(!balanced(&format!("{by_condition}, {forward}"), "").contains(&"https-without-certificate"));
    assert!(balanced(forward, "").contains(&"https-without-certificate"));
    assert!(!balanced(&format!("{certificate}, {chosen}"), "").contains(&"listener-without-target"));
    let fleet = |groups: &str| {
        let fleet = format!(
            "  Plan: {{Type: AWS::EC2::LaunchTemplate, Properties: {{LaunchTemplateData: {{ImageId: ami-0123456789abcdef0, InstanceType: t3.micro}}}}}}
  Fleet: {{Type: AWS::AutoScaling::AutoScalingGroup, Properties: {{MinSize: '1', MaxSize: '2', VPCZoneIdentifier: [!Ref A, !Ref B], LaunchTemplate: {{LaunchTemplateId: !Ref Plan, Version: !GetAtt Plan.LatestVersionNumber}}{groups}}}}}\n"
        );
        balanced(&format!("{certificate}, {forward}"), &fleet).contains(&"target-group-empty")
    };
    assert!(!fleet(", TargetGroupARNs: !If [C, [!Ref Group], !Ref 'AWS::NoValue']"));
    assert!(!fleet(", TargetGroupARNs: [!Ref Group]"));
    assert!(fleet(""));
}

#[test]
fn sizes_are_read_with_and_without_quotes() {
    let task = |size: &str| {
        found(&format!(
            "  T: {{Type: AWS::ECS::TaskDefinition, Properties: {{RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, {size}, ContainerDefinitions: [{{Name: a, Image: nginx}}]}}}}
Parameters: {{N: {{Type: Number, Default: 1024}}}}\n"
        ))
        .contains(&"task-size-unknown")
    };
    for size in ["Cpu: 1024, Memory: 4096", "Cpu: '1024', Memory: '4096'", "Cpu: !Ref N, Memory: 4096"] {
        assert!(!task(size), "{size}");
    }
    for size in ["Cpu: 4096, Memory: 512", "Cpu: '4096', Memory: '512'", "Cpu: 256, Memory: 4096"] {
        assert!(task(size), "{size}");
    }
}

#[test]
fn a_task_that_names_no_launch_type_runs_wherever_it_fits() {
    let service = |task: &str| {
        found(&format!(
            "  Net: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  A: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.0.0/24, AvailabilityZone: ap-northeast-2a}}}}
  C: {{Type: AWS::ECS::Cluster}}
  T: {{Type: AWS::ECS::TaskDefinition, Properties: {{{task}, ContainerDefinitions: [{{Name: a, Image: nginx, Memory: 128}}]}}}}
  S: {{Type: AWS::ECS::Service, Properties: {{Cluster: !Ref C, LaunchType: FARGATE, TaskDefinition: !Ref T, NetworkConfiguration: {{AwsvpcConfiguration: {{Subnets: [!Ref A]}}}}}}}}\n"
        ))
        .contains(&"service-launch-mismatch")
    };
    assert!(!service("NetworkMode: awsvpc, Cpu: '256', Memory: '512'"));
    assert!(service("NetworkMode: awsvpc, Cpu: '256', Memory: '512', RequiresCompatibilities: [EC2]"));
    assert!(service("NetworkMode: bridge"), "Fargate takes awsvpc alone");
}

#[test]
fn a_route_to_the_gateway_for_some_is_a_public_subnet() {
    let office = |route: &str| {
        found(&format!(
            "  Net: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Door: {{Type: AWS::EC2::InternetGateway}}
  DoorOn: {{Type: AWS::EC2::VPCGatewayAttachment, Properties: {{VpcId: !Ref Net, InternetGatewayId: !Ref Door}}}}
  A: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Net, CidrBlock: 10.0.0.0/24, AvailabilityZone: ap-northeast-2a}}}}
  Ways: {{Type: AWS::EC2::RouteTable, Properties: {{VpcId: !Ref Net}}}}
  OnA: {{Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {{SubnetId: !Ref A, RouteTableId: !Ref Ways}}}}
  Web: {{Type: AWS::EC2::Instance, Properties: {{ImageId: ami-0123456789abcdef0, SubnetId: !Ref A, BlockDeviceMappings: [{{DeviceName: /dev/xvda, Ebs: {{Encrypted: true}}}}]}}}}
  Ip: {{Type: AWS::EC2::EIP, DependsOn: DoorOn, Properties: {{InstanceId: !Ref Web}}}}
{route}"
        ))
    };
    let narrow = "  Out: {Type: AWS::EC2::Route, DependsOn: DoorOn, Properties: {RouteTableId: !Ref Ways, DestinationCidrBlock: 203.0.113.0/24, GatewayId: !Ref Door}}\n";
    assert_eq!(office(narrow), Vec::<&str>::new());
    assert!(office("").contains(&"default-route-missing"));
}

#[test]
fn a_group_is_at_home_in_every_vpc_that_it_is_associated_with() {
    let group = |more: &str| {
        found(&format!(
            "  One: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Two: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.1.0.0/16}}}}
  A: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Two, CidrBlock: 10.1.0.0/24, AvailabilityZone: ap-northeast-2a}}}}
  Sg: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: a, VpcId: !Ref One}}}}
  Web: {{Type: AWS::EC2::Instance, Properties: {{ImageId: ami-0123456789abcdef0, SubnetId: !Ref A, SecurityGroupIds: [!Ref Sg], BlockDeviceMappings: [{{DeviceName: /dev/xvda, Ebs: {{Encrypted: true}}}}]}}}}
{more}"
        ))
        .contains(&"security-group-of-other-vpc")
    };
    let associated = |vpc: &str| {
        format!(
            "  Also: {{Type: AWS::EC2::SecurityGroupVpcAssociation, Properties: {{GroupId: !Ref Sg, VpcId: !Ref {vpc}}}}}\n"
        )
    };
    assert!(group(""));
    assert!(group(&associated("One")));
    assert!(!group(&associated("Two")));
}

#[test]
fn metrics_of_many_services_and_of_all_resources_are_known() {
    let alarm = |of: &str| {
        found(&format!(
            "  Al: {{Type: AWS::CloudWatch::Alarm, Properties: {{ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, Period: 60, Statistic: Sum, Threshold: 1, {of}}}}}\n"
        ))
    };
    for of in [
        "Namespace: AWS/RDS, MetricName: CPUCreditBalance, Dimensions: [{Name: DBInstanceIdentifier, Value: db}]",
        "Namespace: AWS/ApplicationELB, MetricName: ProcessedBytes, Dimensions: [{Name: LoadBalancer, Value: app/a/0}]",
        "Namespace: AWS/ECS, MetricName: RequestCount, Dimensions: [{Name: ServiceName, Value: s}]",
        "Namespace: AWS/Lambda, MetricName: ConcurrentExecutions",
        "Namespace: AWS/DynamoDB, MetricName: UserErrors",
    ] {
        assert_eq!(alarm(of), Vec::<&str>::new(), "{of}");
    }
    assert_eq!(
        alarm(
            "Namespace: AWS/ApplicationELB, MetricName: CPUUtilization, Dimensions: [{Name: InstanceId, Value: i-0}]"
        ),
        ["alarm-metric-unknown"]
    );
    assert_eq!(alarm("Namespace: AWS/DynamoDB, MetricName: ThrottledRequests"), ["alarm-without-dimension"]);
}

#[test]
fn an_alternate_name_by_parameter_may_be_the_records() {
    let distribution = |aliases: &str| {
        found(&format!(
            "  Z: {{Type: AWS::Route53::HostedZone, Properties: {{Name: example.com}}}}
  R: {{Type: AWS::Route53::RecordSet, Properties: {{HostedZoneId: !Ref Z, Name: a.example.com, Type: A, AliasTarget: {{DNSName: !GetAtt D.DomainName, HostedZoneId: Z2FDTNDATAQYW2}}}}}}
  D: {{Type: AWS::CloudFront::Distribution, Properties: {{DistributionConfig: {{Enabled: true, Aliases: {aliases}, DefaultCacheBehavior: {{TargetOriginId: o, ViewerProtocolPolicy: redirect-to-https, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6}}, Origins: [{{Id: o, DomainName: origin.example.org, CustomOriginConfig: {{OriginProtocolPolicy: https-only}}}}]}}}}}}
Parameters: {{Name: {{Type: String}}, Names: {{Type: CommaDelimitedList}}}}\n"
        ))
        .contains(&"record-not-alias-of-distribution")
    };
    for aliases in
        ["[!Ref Name]", "!Ref Names", "!Split [',', !Ref Name]", "[!Sub '${Name}.example.com']", "[a.example.com]"]
    {
        assert!(!distribution(aliases), "{aliases}");
    }
    assert!(distribution("[b.example.com]"));
}

#[test]
fn records_of_a_group_are_judged_as_others_are() {
    let group = |rows: &str| {
        let mut rules = found(&format!(
            "  Z: {{Type: AWS::Route53::HostedZone, Properties: {{Name: example.com}}}}
  A: {{Type: AWS::Route53::RecordSet, Properties: {{HostedZoneId: !Ref Z, Name: a.example.com, Type: A, TTL: 60, ResourceRecords: [192.0.2.1]}}}}
  G: {{Type: AWS::Route53::RecordSetGroup, Properties: {{HostedZoneId: !Ref Z, RecordSets: [{rows}]}}}}
Parameters: {{P: {{Type: String}}}}\n"
        ));
        rules.sort_unstable();
        rules
    };
    let row = |name: &str, rest: &str| format!("{{Name: {name}, TTL: '60', {rest}}}");
    let address = "Type: A, ResourceRecords: [192.0.2.2]";
    let other_name = "Type: CNAME, ResourceRecords: [x.example.net]";
    assert_eq!(group(&row("a.example.com", address)), ["duplicate-record"]);
    assert_eq!(group(&row("a.example.com.", other_name)), ["duplicate-record"]);
    let another = "Type: A, ResourceRecords: [192.0.2.3]";
    assert_eq!(group(&[row("b.example.com", address), row("b.example.com", another)].join(", ")), ["duplicate-record"]);
    assert_eq!(group(&row("example.com", other_name)), ["cname-at-apex"]);
    assert_eq!(group(&row("b.other.org", address)), ["record-outside-zone"]);
    for sound in [
        row("b.example.com", address),
        row("example.com", address),
        row("!Sub 'a.${P}'", address),
        row("a.example.com", "Type: AAAA, ResourceRecords: ['2001:db8::1']"),
        row("a.example.com", "Type: TXT, ResourceRecords: ['\"a\"']"),
    ] {
        assert_eq!(group(&sound), Vec::<&str>::new(), "{sound}");
    }
}
