//! Faults in whole templates.

use super::find;
use crate::template::parse;

/// The faults of a template by line and rule, in its order.
#[track_caller]
fn faults(text: &str) -> Vec<(usize, &'static str)> {
    let source = parse(text).unwrap();
    find(&source, &[].into()).into_iter().map(|fault| (fault.line, fault.rule.as_str())).collect()
}

/// The same of a large template, which must not take so many seconds, in a build that is not optimised: a search that looks at everything again for
/// everything takes many times as long.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "the engine reads no clock, but this measures it")]
fn faults_within(seconds: u64, text: &str) -> Vec<(usize, &'static str)> {
    let started = std::time::Instant::now();
    let told = faults(text);
    let took = started.elapsed();
    assert!(took.as_secs() < seconds, "{took:?}");
    told
}

#[test]
fn each_fault_has_its_line() {
    let text = "Parameters:
  Env: {Type: Strin, Default: dev}
  Size: {Type: Number, MinValue: 2, Default: 1}
Mappings:
  Ids: {here: {a: 1}}
Conditions:
  Prod: production
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
      EnableDnsHostname: true
  Net:
    Type: AWS::EC2::Subnet
    DeletionPolicy: Keep
    Properties:
      VpcId: !Ref Vcp
      CidrBlock: !FindInMap [Ids, here, b]
      MapPublicIpOnLaunch: [true]
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !GetAtt Vpc.Name
      SecurityGroupIngress:
      - {IpProtocol: udp, CidrIp: 10.0.0.0/8}
Outputs:
  Out: {Values: x}
";
    assert_eq!(
        faults(text),
        [
            (2, "template-section-malformed"),
            (3, "template-value-malformed"),
            (7, "template-section-malformed"),
            (13, "template-property-unknown"),
            (16, "template-value-malformed"),
            (18, "template-reference-dangling"),
            (19, "template-reference-dangling"),
            (20, "template-value-malformed"),
            (23, "template-property-missing"),
            (24, "template-reference-dangling"),
            (26, "security-group-rule-ports"),
            (28, "template-section-malformed"),
            (28, "template-section-malformed"),
        ]
    );
}

#[test]
fn what_conditions_and_macros_decide_is_no_fault() {
    let sound = "Parameters: {Public: {Type: String, Default: 'no'}}
Conditions: {IsPublic: !Equals [!Ref Public, 'yes']}
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Net:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 4, 8]]
      AvailabilityZone: !If [IsPublic, us-east-1a, !Ref AWS::NoValue]
      AvailabilityZoneId: !If [IsPublic, !Ref AWS::NoValue, use1-az1]
      MapPublicIpOnLaunch: 'true'
";
    assert_eq!(faults(sound), []);
    let made = "Transform: MyMacro\nResources:\n  A: {Type: 'My.Own', Properties: {X: !Ref Elsewhere}}\n";
    assert_eq!(faults(made), []);
}

#[test]
fn values_that_are_given_are_checked_too() {
    let source =
        parse("Parameters: {Env: {Type: String, AllowedValues: [a, b]}}\nResources: {T: {Type: 'AWS::SNS::Topic'}}\n")
            .unwrap();
    let given = |value: &str| find(&source, &[("Env".to_owned(), value.to_owned())].into()).len();
    assert_eq!((given("a"), given("c")), (0, 1));
}

#[test]
fn types_of_parameters_nest_one_way() {
    let text = "Parameters:
  A: {Type: 'AWS::SSM::Parameter::Value<List<String>>'}
  B: {Type: 'AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>'}
  C: {Type: 'List<AWS::EC2::Subnet::Id>'}
  D: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>'}
  E: {Type: 'List<AWS::SSM::Parameter::Value<String>>'}
Resources: {T: {Type: 'AWS::SNS::Topic'}}
";
    assert_eq!(faults(text), [(6, "template-section-malformed")]);
}

#[test]
fn patterns_that_would_take_long_do_not() {
    let mut text = "Parameters:\n".to_owned();
    for row in 0..700 {
        // As large as is judged, much larger, and a list of many parts.
        let (kind, pattern, value) = match row % 3 {
            0 => ("String", "(?:(?:a?){8}){3}", "a".repeat(980)),
            1 => ("String", "((a?){100}){100}", "a".repeat(4096)),
            _ => ("CommaDelimitedList", "(?:(?:a?){8}){3}", "a,".repeat(498) + "b"),
        };
        text += &format!("  P{row}: {{Type: {kind}, AllowedPattern: '{pattern}', Default: '{value}'}}\n");
    }
    text += "Resources: {T: {Type: 'AWS::SNS::Topic'}}\n";
    let told = faults_within(10, &text);
    // Those of the first and the third sort are judged, and refused.
    assert!([2, 4].iter().all(|line| told.contains(&(*line, "template-value-malformed"))));
}

#[test]
fn attributes_are_told_where_they_stand() {
    let text = "Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Net:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Select
      - 0
      - !Cidr [!GetAtt Vpc.CidrBlock, 1, 8]
      Tags:
      - Key: a
        Value: !GetAtt Vpc.Name
      - Key: b
        Value: !Sub
        - '${Own.Name} ${Vpc.Size}'
        - Own.Name: !GetAtt [Vpc, Name]
Outputs:
  Out: {Value: !Sub '${Vpc.Name} ${Vpc.Name} ${Vpc.VpcId}'}
";
    let dangling = "template-reference-dangling";
    assert_eq!(faults(text), [(12, dangling), (14, dangling), (18, dangling)]);
    let made =
        text.replace("Resources:\n  Vpc", "Transform: MyMacro\nConditions: {A: {Fn::Mine: 1}}\nResources:\n  Vpc");
    assert_eq!(faults(&made.replace("Out: {", "Out: {Values: 1, ")), []);
}

#[test]
fn many_attributes_deep_down_are_told_soon() {
    let (open, close) = ("[".repeat(60), "]".repeat(60));
    let many = (0..4000).map(|row| format!("{open}!GetAtt Vpc.No{row}{close}")).collect::<Vec<_>>().join(",\n    ");
    let text = format!("Resources:\n  Vpc: {{Type: 'AWS::EC2::VPC', Metadata: {{a: [{many}]}}}}\n");
    assert!(faults_within(10, &text).len() > 100);
}

#[test]
fn what_macros_and_loops_put_into_properties_is_not_missed() {
    let text = "Transform: AWS::LanguageExtensions
Parameters: {Ports: {Type: CommaDelimitedList}}
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {'Fn::ForEach::X': [P, !Ref Ports, {'${P}': a}], EnableDnsSupport: true}}
  Web:
    Type: AWS::EC2::Instance
    Properties:
      InstanceType: t3.micro
      Fn::Transform: {Name: AWS::Include, Parameters: {Location: 's3://a/b'}}
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Fn::Transform: {Name: AWS::Include, Parameters: {Location: 's3://a/b'}}
  Rules:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: a
      SecurityGroupIngress:
      - {IpProtocol: tcp, CidrIp: 10.0.0.0/8, 'Fn::ForEach::X': [P, !Ref Ports, {'${P}': 1}]}
";
    assert_eq!(faults(text), []);
    let plain = text.replace("      Fn::Transform: {Name: AWS::Include, Parameters: {Location: 's3://a/b'}}\n", "");
    assert_eq!(faults(&plain), [(7, "template-property-missing")]);
}

#[test]
fn what_a_parameter_is_says_nothing_of_a_branch_that_it_does_not_take() {
    let text = "Parameters: {Ami: {Type: String, Default: autodetect}}
Conditions: {Detect: !Equals [!Ref Ami, autodetect]}
Resources:
  A: {Type: 'AWS::EC2::Instance', Properties: {InstanceType: t3.micro, ImageId: !If [Detect, ami-0123456789abcdef0, !Ref Ami]}}
";
    assert_eq!(faults(text), []);
    // The branch that it takes is judged.
    let swapped = text.replace("ami-0123456789abcdef0, !Ref Ami", "!Ref Ami, ami-0123456789abcdef0");
    assert_eq!(faults(&swapped), [(4, "template-value-malformed")]);
}

#[test]
fn sam_and_packaged_code_are_taken() {
    let text = "Transform: AWS::Serverless-2016-10-31
Resources:
  Run:
    Type: AWS::Lambda::Function
    Connectors: {}
    IgnoreGlobals: '*'
    Properties: {Code: ./src, Handler: a.b, Runtime: python3.13, Role: 'arn:aws:iam::123456789012:role/a'}
";
    assert_eq!(faults(text), []);
    let plain = text.replace("Transform: AWS::Serverless-2016-10-31", "Description: a");
    assert_eq!(faults(&plain), [(5, "template-property-unknown"), (6, "template-property-unknown")]);
}

#[test]
fn endpoints_and_associations_clash_only_where_both_are_there() {
    let endpoint = "Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: vpc-01234567, ServiceName: com.amazonaws.us-east-1.s3, VpcEndpointType: Interface, PrivateDnsEnabled: true}";
    let tied = "Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: subnet-01234567, RouteTableId: rtb-01234567}";
    let of = |first: &str, second: &str| {
        let text = format!(
            "Parameters: {{P: {{Type: String}}}}
Conditions: {{A: !Equals [!Ref P, a], B: !Equals [!Ref P, b]}}
Resources:
  E1: {{{first}{endpoint}}}
  E2: {{{second}{endpoint}}}
  T1: {{{first}{tied}}}
  T2: {{{second}{tied}}}
"
        );
        faults(&text).into_iter().map(|(line, _)| line).collect::<Vec<_>>()
    };
    let (a, b) = ("Condition: A, ", "Condition: B, ");
    assert_eq!(of("", ""), [5, 7]);
    assert_eq!(of(a, a), [5, 7]);
    assert!(of(a, b).is_empty());
    // One association that may be there beside one that is.
    assert_eq!((of("", a), of(a, "")), (vec![7], vec![7]));
}

#[test]
fn ports_of_all_protocols_are_not_read() {
    let of = |protocol: &str| {
        let text = format!("Resources:
  A: {{Type: 'AWS::EC2::SecurityGroup', Properties: {{GroupDescription: a, SecurityGroupIngress: [{{IpProtocol: {protocol}, FromPort: -1, ToPort: 0, CidrIp: 10.0.0.0/8}}]}}}}
");
        faults(&text).len()
    };
    assert_eq!((of("'-1'"), of("58"), of("tcp"), of("icmp")), (0, 0, 1, 1));
}

#[test]
fn a_port_range_of_an_acl_has_both_ends() {
    let of = |range: &str| {
        let text = format!("Resources:
  Acl: {{Type: 'AWS::EC2::NetworkAcl', Properties: {{VpcId: vpc-12345678}}}}
  One: {{Type: 'AWS::EC2::NetworkAclEntry', Properties: {{NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: 6, RuleAction: allow, CidrBlock: 0.0.0.0/0, PortRange: {range}}}}}
");
        faults(&text).into_iter().map(|(line, _)| line).collect::<Vec<_>>()
    };
    assert_eq!((of("{From: 80}"), of("{To: 80}"), of("{From: 90, To: 80}")), (vec![3], vec![3], vec![3]));
    assert!(of("{From: 80, To: 90}").is_empty() && of("!Ref AWS::NoValue").len() <= 1);
}

#[test]
fn an_association_takes_the_allocation_and_the_address_each_in_its_place() {
    let of = |property: &str, value: &str| {
        let text = format!(
            "Resources:
  Fixed: {{Type: 'AWS::EC2::EIP'}}
  Web: {{Type: 'AWS::EC2::Instance', Properties: {{ImageId: ami-0123456789abcdef0}}}}
  On: {{Type: 'AWS::EC2::EIPAssociation', Properties: {{InstanceId: !Ref Web, {property}: {value}}}}}
"
        );
        faults(&text).into_iter().map(|(line, _)| line).collect::<Vec<_>>()
    };
    assert!(of("AllocationId", "!GetAtt Fixed.AllocationId").is_empty() && of("EIP", "!Ref Fixed").is_empty());
    assert!(of("EIP", "!GetAtt Fixed.PublicIp").is_empty());
    assert_eq!((of("EIP", "!GetAtt Fixed.AllocationId"), of("AllocationId", "!Ref Fixed")), (vec![4], vec![4]));
    assert_eq!(of("AllocationId", "!GetAtt Fixed.PublicIp"), [4]);
}

#[test]
fn large_templates_are_looked_through_soon() {
    let mut text = "Resources:\n".to_owned();
    for row in 0..4000 {
        text += &format!(
            "  S{row}: {{Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {{SubnetId: subnet-{row:08}, RouteTableId: rtb-01234567}}}}\n"
        );
        text += &format!(
            "  W{row}: {{Type: 'AWS::RDS::DBInstance', Properties: {{DBInstanceClas: a, AllocatedStorag: 1, MonitoringIntervall: 1, PubliclyAccessibl: 1}}}}\n"
        );
        text += &format!("  Q{row}: {{Type: 'AWS::SQS::Queue', Properties: {{QueueName: q{row}}}}}\n");
    }
    assert_eq!(faults_within(5, &text).len(), super::MOST);
}
