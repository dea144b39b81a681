//! Forms of one template that mean the same, and what a property means that is not written.

use super::super::{export, import, with_values};
use super::Imported;
use crate::catalog::kinds::{
    ActionType, Alarm, AutoScalingGroup, Distribution, Held, Instance, Listener, NatGateway, OriginAccess, RouteTable,
    SecurityGroup, VpcEndpoint,
};
use crate::design::{Edit, Session};
use crate::id::NodeId;

#[track_caller]
fn opened(text: &str) -> Imported {
    let opened = import(text).unwrap();
    let template = opened.design.template().unwrap().template();
    assert_eq!(&export(&opened.design).template, template, "nothing edited is nothing changed");
    opened
}

fn get<'a, T: Held>(opened: &'a Imported, logical: &str) -> &'a T {
    opened.design.get::<T>(opened.names[logical]).unwrap()
}

#[test]
fn the_host_of_a_bucket_names_it_however_it_is_written() {
    let template = |host: &str| {
        format!(
            "Resources:
  Web: {{Type: 'AWS::S3::Bucket', Properties: {{BucketName: pages.example.com}}}}
  Cdn:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{{Id: s3, DomainName: {host}, S3OriginConfig: {{OriginAccessIdentity: ''}}}}]
        DefaultCacheBehavior: {{TargetOriginId: s3, ViewerProtocolPolicy: allow-all}}
"
        )
    };
    for (host, access) in [
        ("!Sub '${Web}.s3.amazonaws.com'", OriginAccess::Public),
        ("!Sub '${Web}.s3.${AWS::Region}.amazonaws.com'", OriginAccess::Public),
        ("!Join ['', [!Ref Web, .s3-, !Ref 'AWS::Region', '.', !Ref 'AWS::URLSuffix']]", OriginAccess::Public),
        ("pages.example.com.s3.ap-northeast-2.amazonaws.com", OriginAccess::Public),
        ("!Sub '${Web}.s3-website-${AWS::Region}.amazonaws.com'", OriginAccess::Website),
        ("pages.example.com.s3-website.eu-central-1.amazonaws.com", OriginAccess::Website),
    ] {
        let opened = opened(&template(host));
        let origin = &get::<Distribution>(&opened, "Cdn").origins[0];
        assert_eq!((origin.target, origin.access), (Some(opened.names["Web"]), access), "{host}");
    }
    for host in ["other.s3.amazonaws.com", "pages.example.com", "!Sub '${Web}.example.com'"] {
        let opened = opened(&template(host));
        assert_eq!(get::<Distribution>(&opened, "Cdn").origins[0].target, None, "{host}");
    }
}

#[test]
fn the_root_volume_is_known_by_its_name_and_has_the_size_of_its_image() {
    let template = |image: &str, mappings: &str| {
        format!(
            "Resources:\n  Web: {{Type: 'AWS::EC2::Instance', Properties: {{InstanceType: t3.micro, ImageId: '{image}'{mappings}}}}}\n"
        )
    };
    let data = "{DeviceName: /dev/sdf, Ebs: {VolumeSize: 100}}";
    for root in ["/dev/xvda", "/dev/sda1"] {
        let mappings = format!(", BlockDeviceMappings: [{data}, {{DeviceName: {root}, Ebs: {{VolumeSize: 20}}}}]");
        let opened = opened(&template("ami-0123456789abcdef0", &mappings));
        let web = get::<Instance>(&opened, "Web");
        let volumes: Vec<_> = web.volumes.iter().map(|volume| (volume.device.as_str(), volume.size)).collect();
        assert_eq!((web.root_size, volumes), (20, vec![("/dev/sdf", 100)]), "{root}");
    }
    let windows = "{{resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base}}";
    for mappings in [String::new(), format!(", BlockDeviceMappings: [{data}]")] {
        let opened = opened(&template(windows, &mappings));
        assert_eq!(get::<Instance>(&opened, "Web").root_size, 30, "{mappings}");
    }
    let unknown = opened(&template("ami-0123456789abcdef0", ""));
    assert!(unknown.design.is_open(unknown.names["Web"], "root_size"));
}

const BALANCED: &str = "Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: ap-northeast-2a}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: ap-northeast-2c}}
  Alb: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {Subnets: [!Ref A, !Ref B]}}
  Blue: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {VpcId: !Ref Vpc, Port: 80, Protocol: HTTP}}
  Green: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {VpcId: !Ref Vpc, Port: 80, Protocol: HTTP}}
";

/// Where the listener `L` and its one rule forward to.
fn forwards(opened: &Imported) -> (Vec<Option<NodeId>>, Vec<Option<NodeId>>) {
    let listener = get::<Listener>(opened, "L");
    let groups = |all: &[crate::catalog::kinds::Forward]| all.iter().map(|one| one.target_group).collect();
    (groups(&listener.forwards), groups(&listener.rules[0].forwards))
}

#[test]
fn the_last_action_decides_after_those_that_authenticate() {
    let first = "{Type: authenticate-cognito, Order: 1, AuthenticateCognitoConfig: {UserPoolArn: a, UserPoolClientId: b, UserPoolDomain: c}}";
    let last = |group: &str| format!("{{Type: forward, Order: 2, TargetGroupArn: !Ref {group}}}");
    let actions = |group: &str, swapped: bool| match (first.to_owned(), last(group)) {
        (first, last) if swapped => format!("[{last}, {first}]"),
        (first, last) => format!("[{first}, {last}]"),
    };
    for swapped in [false, true] {
        let text = format!(
            "{BALANCED}  L: {{Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {{LoadBalancerArn: !Ref Alb, Port: 80, Protocol: HTTP, DefaultActions: {}}}}}
  R: {{Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: {{ListenerArn: !Ref L, Priority: 1, Conditions: [{{Field: path-pattern, Values: [/x]}}], Actions: {}}}}}
",
            actions("Blue", swapped),
            actions("Green", swapped)
        );
        let opened = opened(&text);
        let [blue, green] = ["Blue", "Green"].map(|name| opened.names[name]);
        assert_eq!(forwards(&opened), (vec![Some(blue)], vec![Some(green)]));
        // An edit changes the action that forwards, and leaves the other alone.
        let mut session = Session::new(opened.design.clone());
        let mut rows = get::<Listener>(&opened, "L").forwards.clone();
        rows[0].target_group = Some(green);
        let value = crate::catalog::value::Value::List(rows.iter().map(crate::catalog::FieldValue::to_value).collect());
        session.edit(&[Edit::set(opened.names["L"], "forwards", value)]).unwrap();
        let made = export(session.design()).template;
        let actions = made["Resources"]["L"]["Properties"]["DefaultActions"].as_array().unwrap();
        assert!(actions.iter().any(|action| action["Type"] == "authenticate-cognito"), "{actions:?}");
        let forward = actions.iter().find(|action| action["Type"] == "forward").unwrap();
        assert_eq!(forward["TargetGroupArn"]["Ref"], "Green", "{actions:?}");
    }
}

#[test]
fn a_redirect_keeps_what_it_does_not_name() {
    let text = format!(
        "{BALANCED}  L: {{Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {{LoadBalancerArn: !Ref Alb, Port: 80, Protocol: HTTP, DefaultActions: [{{Type: redirect, RedirectConfig: {{StatusCode: HTTP_302, Path: /new}}}}]}}}}
  R: {{Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: {{ListenerArn: !Ref L, Priority: 1, Conditions: [{{Field: path-pattern, Values: [/x]}}], Actions: [{{Type: redirect, RedirectConfig: {{StatusCode: HTTP_301, Host: example.org}}}}]}}}}
"
    );
    let opened = opened(&text);
    let listener = get::<Listener>(&opened, "L");
    let rule = &listener.rules[0];
    assert_eq!((listener.action, rule.action), (ActionType::Redirect, ActionType::Redirect));
    let of = |protocol: &str, port: &str, host: &str, path: &str| [protocol, port, host, path].map(str::to_owned);
    assert_eq!(
        [&listener.redirect_protocol, &listener.redirect_port, &listener.redirect_host, &listener.redirect_path]
            .map(String::clone),
        of("#{protocol}", "#{port}", "#{host}", "/new")
    );
    assert_eq!(
        [&rule.redirect_protocol, &rule.redirect_port, &rule.redirect_host, &rule.redirect_path].map(String::clone),
        of("#{protocol}", "#{port}", "example.org", "/#{path}")
    );
}

#[test]
fn a_group_joins_by_its_sources_of_traffic_and_stays_so() {
    let text = format!(
        "{BALANCED}  Lt: {{Type: 'AWS::EC2::LaunchTemplate', Properties: {{LaunchTemplateData: {{ImageId: ami-0123456789abcdef0, InstanceType: t3.micro}}}}}}
  Asg: {{Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {{MinSize: '1', MaxSize: '2', TrafficSources: [{{Identifier: !Ref Blue, Type: elbv2}}], LaunchTemplate: {{LaunchTemplateId: !Ref Lt, Version: !GetAtt Lt.LatestVersionNumber}}, VPCZoneIdentifier: [!Ref A, !Ref B]}}}}
"
    );
    let opened = opened(&text);
    let [blue, green, group] = ["Blue", "Green", "Asg"].map(|name| opened.names[name]);
    assert_eq!(get::<AutoScalingGroup>(&opened, "Asg").target_groups, [blue]);
    let mut session = Session::new(opened.design.clone());
    let both = crate::catalog::value::Value::List([blue, green].map(crate::catalog::value::Value::Ref).to_vec());
    session.edit(&[Edit::set(group, "target_groups", both)]).unwrap();
    let made = export(session.design()).template;
    let properties = &made["Resources"]["Asg"]["Properties"];
    let sources = properties["TrafficSources"].as_array().unwrap();
    let sources: Vec<_> = sources.iter().filter_map(|one| one["Identifier"]["Ref"].as_str()).collect();
    assert_eq!(sources, ["Blue", "Green"]);
    assert_eq!(properties.get("TargetGroupARNs"), None);
}

#[test]
fn names_that_functions_say_are_names() {
    let text = "Transform: AWS::LanguageExtensions
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Fn::ForEach::All:
    - Zone
    - [a, c]
    - Subnet${Zone}: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Sub 'ap-northeast-2${Zone}'}}
      Ip${Zone}: {Type: 'AWS::EC2::EIP', Properties: {Domain: vpc}}
      Nat${Zone}: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: {Ref: !Sub 'Subnet${Zone}'}, AllocationId: !GetAtt [!Sub 'Ip${Zone}', AllocationId]}}
";
    let opened = opened(text);
    for zone in ["a", "c"] {
        let nat = opened.names[&format!("Nat{zone}")];
        assert_eq!(opened.design.node(nat).unwrap().parent, Some(opened.names[&format!("Subnet{zone}")]));
        let address = get::<NatGateway>(&opened, &format!("Nat{zone}")).elastic_ip;
        assert_eq!(address, Some(opened.names[&format!("Ip{zone}")]));
    }
}

#[test]
fn an_alarm_of_metric_math_watches_what_the_template_says() {
    let text = "Resources:
  Math: {Type: 'AWS::CloudWatch::Alarm', Properties: {ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, Threshold: 5, Metrics: [{Id: e, Expression: m1 * 2}, {Id: m1, ReturnData: false, MetricStat: {Metric: {Namespace: AWS/ApplicationELB, MetricName: RequestCount}, Period: 60, Stat: Sum}}]}}
";
    let opened = opened(text);
    assert_eq!(get::<Alarm>(&opened, "Math").namespace, "");
    assert!(opened.design.is_open(opened.names["Math"], "dimensions"));
    let told = |rule: &str| matches!(rule, "alarm-without-dimension" | "alarm-metric-unknown");
    assert!(crate::rules::check(&opened.design).iter().all(|found| !told(found.rule)));
}

#[test]
fn the_policy_of_an_endpoint_may_be_a_text() {
    let text = r#"Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  E: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: !Ref Vpc, ServiceName: com.amazonaws.ap-northeast-2.s3, PolicyDocument: '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}'}}
"#;
    let opened = opened(text);
    assert!(get::<VpcEndpoint>(&opened, "E").policy.starts_with('{'));
    assert!(crate::rules::check(&opened.design).iter().all(|found| found.rule != "policy-document-malformed"));
}

#[test]
fn a_row_that_may_not_exist_is_not_drawn_and_its_owner_is_not_known() {
    let text = "Parameters: {P: {Type: String}}
Conditions: {Y: !Equals [!Ref P, a], Sure: !Equals [a, a]}
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Door: {Type: 'AWS::EC2::InternetGateway'}
  Sg: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a, VpcId: !Ref Vpc}}
  Some: {Type: 'AWS::EC2::SecurityGroupIngress', Condition: Sure, Properties: {GroupId: !Ref Sg, IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}}
  More: {Type: 'AWS::EC2::SecurityGroupIngress', Condition: Y, Properties: {GroupId: !GetAtt Sg.GroupId, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}
  Rt: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}
  Out: {Type: 'AWS::EC2::Route', Condition: Y, Properties: {RouteTableId: !Ref Rt, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Door}}
";
    let opened = opened(text);
    let group = get::<SecurityGroup>(&opened, "Sg");
    let ports: Vec<String> = group.inbound.iter().map(|rule| rule.ports.to_string()).collect();
    assert_eq!(ports, ["80"]);
    assert!(get::<RouteTable>(&opened, "Rt").routes.is_empty());
    let open = |name: &str, field: &str| opened.design.is_open(opened.names[name], field);
    assert!(open("Sg", "inbound") && open("Rt", "routes") && !open("Sg", "outbound"));
    let value = [("P".to_owned(), "a".to_owned())].into();
    let mut session = Session::new(opened.design.clone());
    let edits = with_values(session.design(), &value).unwrap();
    session.edit(&edits).unwrap();
    let group = session.design().get::<SecurityGroup>(opened.names["Sg"]).unwrap();
    assert_eq!(group.inbound.len(), 2);
}
