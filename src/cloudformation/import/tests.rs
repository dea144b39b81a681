//! What templates that others wrote become on the canvas.

use std::collections::BTreeMap;

use super::super::{export, import, with_values};
use super::Imported;
use crate::catalog::Kind;
use crate::catalog::kinds::{
    CloudformationResource, ElasticIp, Instance, LoadBalancer, NatGateway, SecurityGroup, Subnet, Vpc,
};
use crate::design::{Design, Edit, Session, broken_invariants};
use crate::id::NodeId;
use crate::layout::tidy_up;
use crate::template::Json;

const NETWORK: &str = include_str!("../../../tests/foreign/network.yaml");
const SERVICE: &str = include_str!("../../../tests/foreign/service.json");

#[track_caller]
fn opened(text: &str) -> Imported {
    let opened = import(text).unwrap();
    assert_eq!(broken_invariants(&opened.design), Vec::<String>::new());
    let template = opened.design.template().unwrap().template();
    assert_eq!(&export(&opened.design).template, template, "nothing edited is nothing changed");
    assert_eq!(tidy_up(&opened.design), [], "it is laid out");
    assert_eq!(import(text).unwrap().design, opened.design, "the same is always drawn the same");
    opened
}

fn note_texts(opened: &Imported) -> Vec<String> {
    opened.notes.iter().map(|note| note.message().en).collect()
}

/// The names of the frames around a node, innermost first.
fn around(opened: &Imported, logical: &str) -> Vec<String> {
    let design = &opened.design;
    design.ancestors(opened.names[logical]).map(|up| design.node(up).unwrap().name.clone()).collect()
}

fn get<'a, T: crate::catalog::kinds::Held>(opened: &'a Imported, logical: &str) -> &'a T {
    opened.design.get::<T>(opened.names[logical]).unwrap()
}

#[test]
fn references_are_containment_and_expressions_have_values() {
    let opened = opened(NETWORK);
    assert_eq!(around(&opened, "PublicB"), ["zone-b", "prod-network", "ap-northeast-2"]);
    assert_eq!(around(&opened, "Server"), ["private-a", "zone-a", "prod-network", "ap-northeast-2"]);
    for (logical, frame) in [
        ("Gateway", "prod-network"),
        ("Balancer", "prod-network"),
        ("Http", "Balancer"),
        ("NatAddress", "PublicA"),
        ("Cache", "prod-network"),
        ("Lookup", "prod-network"),
        ("Monitoring", "prod-network"),
    ] {
        assert_eq!(around(&opened, logical)[0], frame, "{logical}");
    }
    assert_eq!(get::<Vpc>(&opened, "Network").cidr.to_string(), "10.20.0.0/16");
    assert_eq!(get::<Subnet>(&opened, "PrivateA").cidr.to_string(), "10.20.2.0/24");
    assert_eq!(get::<Subnet>(&opened, "PublicA").route_table, Some(opened.names["PublicRoutes"]));
    assert_eq!(get::<NatGateway>(&opened, "Nat").elastic_ip, Some(opened.names["NatAddress"]));
    let server = get::<Instance>(&opened, "Server");
    assert_eq!(
        (server.instance_type.as_str(), server.root_size, server.ami.as_str()),
        ("t3.small", 20, "al2023-x86_64")
    );
    let group = get::<SecurityGroup>(&opened, "ServerGroup");
    assert_eq!(group.inbound[0].group, Some(opened.names["BalancerGroup"]));
    assert_eq!(group.outbound.len(), 1, "AWS lets everything out where nothing is said");
    assert_eq!(get::<CloudformationResource>(&opened, "Monitoring").type_name, "AWS::CloudFormation::Stack");
    let cache = opened.design.references(opened.names["Cache"]);
    assert!(cache.iter().any(|(_, to)| *to == opened.names["Balancer"]), "an edge that hides in a Fn::Sub");
    assert!(!opened.names.contains_key("DevOnly") && !opened.names.contains_key("FromBalancer"));
}

#[test]
fn notes_say_what_is_not_known_and_where() {
    let opened = opened(NETWORK);
    let told = note_texts(&opened);
    let line = |text: &str| NETWORK.lines().position(|line| line.contains(text)).unwrap() + 1;
    for (at, says) in [
        (line("  DevOnly:"), "DevOnly · It is not created, because the condition IsDev does not hold"),
        (line("KeyName: !Ref KeyName"), "Server · It refers to a Key pair (KeyName) outside the template"),
    ] {
        assert!(
            told.iter().any(|note| note.starts_with(&format!("line {at}, ")) && note.contains(says)),
            "{at} {says}: {told:#?}"
        );
    }
    assert!(
        told.iter().any(|note| note.contains("BalancerGroup") && note.contains("parameter OfficeCidr is not known")),
        "{told:#?}"
    );
    assert!(told.iter().all(|note| !note.contains("DatabasePassword")));
}

#[test]
fn what_is_outside_the_template_has_a_stand_in_that_stays_outside() {
    let opened = opened(SERVICE);
    assert_eq!(around(&opened, "Group"), ["Vpc", "ap-northeast-2"]);
    assert_eq!(around(&opened, "Balancer")[0], "Vpc");
    assert_eq!(get::<LoadBalancer>(&opened, "Balancer").subnets.len(), 1, "one stands for the list");
    let subnet = opened.design.node(opened.names["Server"]).unwrap().parent.unwrap();
    let vpc = opened.design.ancestor(subnet, Kind::Vpc).unwrap();
    let (inner, outer) = (opened.design.get::<Subnet>(subnet).unwrap(), opened.design.get::<Vpc>(vpc).unwrap());
    assert!(outer.cidr.contains(&inner.cidr));
    let blocks: Vec<_> = opened.design.all::<Subnet>().map(|(.., subnet)| subnet.cidr).collect();
    assert!(!blocks[0].overlaps(&blocks[1]));
    // What is new in a stand-in names it by the expression that leads there.
    let mut design = opened.design;
    let group = crate::design::Node {
        name: "more".to_owned(),
        parent: Some(vpc),
        rect: design.free_spot(Some(vpc), 96.0, 72.0),
        body: SecurityGroup::default().into(),
        origin: String::new(),
    };
    design.apply(&Edit::add(design.next_id(), group)).unwrap();
    let template = export(&design).template;
    assert_eq!(template["Resources"]["MoreSecurityGroup"]["Properties"]["VpcId"], serde_json::json!({ "Ref": "Vpc" }));
    let count = |json: &Json| json["Resources"].as_object().unwrap().len();
    assert_eq!(count(&template), count(design.template().unwrap().template()) + 1);
    let findings = crate::rules::check(&design);
    let told: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
    assert!(findings.iter().all(|finding| finding.node != vpc && finding.node != subnet), "{findings:?}");
    assert!(!told.contains(&"alb-single-zone") && told.contains(&"balancer-without-listener"), "{told:?}");
}

#[test]
fn the_order_of_an_older_drawing_stays() {
    let resource = |name: &str| {
        format!(
            "  {name}: {{Type: 'AWS::SNS::Topic', Metadata: {{'AWS::CloudFormation::Designer': {{id: id-{name}}}}}}}\n"
        )
    };
    let place = |name: &str, x: u32| {
        format!("    id-{name}: {{position: {{x: {x}, y: 90}}, size: {{width: 60, height: 60}}}}\n")
    };
    let order = |text: &str| {
        let opened = opened_as_drawn(text);
        let mut names: Vec<(f64, String)> =
            opened.names.iter().map(|(name, id)| (opened.design.world_rect(*id).unwrap().x, name.clone())).collect();
        names.sort_by(|a, b| a.0.total_cmp(&b.0));
        names.into_iter().map(|(_, name)| name).collect::<Vec<_>>().concat()
    };
    let resources: String = ["A", "B", "C"].map(resource).concat();
    let places = [place("A", 300), place("B", 200), place("C", 100)].concat();
    let designer = format!("Metadata:\n  AWS::CloudFormation::Designer:\n{places}Resources:\n{resources}");
    assert_eq!(order(&designer), "CBA");
    let groups =
        "Metadata:\n  AWS::Composer::Groups: {G: {Label: g, Members: [B]}, H: {Label: h, Members: [C, Nobody]}}\n";
    assert_eq!(order(&format!("{groups}Resources:\n{}", ["A", "B", "C"].map(resource).concat())), "BCA");
}

fn opened_as_drawn(text: &str) -> Imported {
    let opened = import(text).unwrap();
    assert_eq!(export(&opened.design).template, *opened.design.template().unwrap().template());
    opened
}

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn other_values_draw_what_they_decide_and_leave_edits() {
    let Imported { design, names, .. } = opened(NETWORK);
    let mut session = Session::new(design);
    let template = session.design().template().unwrap().template().clone();
    session.edit(&[Edit::set(names["PrivateA"], "cidr", "10.20.99.0/24")]).unwrap();
    let edited = session.design().clone();
    let chosen = values(&[("EnvironmentName", "dev"), ("OfficeCidr", "203.0.113.0/24"), ("VpcCidr", "10.30.0.0/16")]);
    let edits = with_values(session.design(), &chosen).unwrap();
    session.edit(&edits).unwrap();
    let design = session.design();
    assert_eq!(broken_invariants(design), Vec::<String>::new());
    let cidr = |design: &Design, logical: &str| design.get::<Subnet>(names[logical]).unwrap().cidr.to_string();
    assert_eq!(
        (cidr(design, "PublicA").as_str(), cidr(design, "PrivateA").as_str()),
        ("10.30.0.0/24", "10.20.99.0/24")
    );
    assert_eq!(design.get::<Instance>(names["Server"]).unwrap().instance_type, "t3.micro");
    let rules = &design.get::<SecurityGroup>(names["BalancerGroup"]).unwrap().inbound;
    assert_eq!(rules.len(), 2, "HTTPS went with its condition, and the office came: {rules:?}");
    assert!(design.node(names["Nat"]).is_none() && design.all::<ElasticIp>().next().is_none());
    let called = |design: &Design, logical: &str| -> Option<NodeId> {
        let ties = design.template()?.saved();
        ties.names.iter().find(|(_, name)| *name == logical).map(|(id, _)| *id)
    };
    let server = called(design, "DevOnly").unwrap();
    assert_eq!(design.node(server).unwrap().parent, Some(names["PublicA"]));
    let made = export(design).template;
    assert_eq!(made["Resources"]["PrivateA"]["Properties"]["CidrBlock"], "10.20.99.0/24");
    let mut others = made;
    others["Resources"]["PrivateA"] = template["Resources"]["PrivateA"].clone();
    assert_eq!(others, template, "values are no edits");
    assert_eq!(with_values(design, &chosen), Ok(Vec::new()));
    let back = with_values(design, &BTreeMap::new()).unwrap();
    session.edit(&back).unwrap();
    assert_eq!(session.design().len(), edited.len());
    session.undo();
    session.undo();
    assert_eq!(session.design(), &edited);
}

#[test]
fn a_value_that_its_parameter_does_not_take_is_refused_with_the_place() {
    let text = "Parameters:
  Env: {Type: String, Default: dev, AllowedPattern: '[a-z]+'}
Resources:
  Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Ref Env}}
";
    let design = import(text).unwrap().design;
    let refused = with_values(&design, &values(&[("Env", "Prod1")])).unwrap_err();
    assert_eq!((refused.line, refused.why.en.contains("[a-z]+")), (Some(2), true), "{refused:?}");
    assert!(with_values(&design, &values(&[("Env", "prod"), ("AWS::Region", "us-west-2")])).is_ok());
}

#[test]
fn an_alarm_calls_the_topic_of_its_template() {
    let opened = opened(
        r"
Resources:
  Operators: {Type: 'AWS::SNS::Topic'}
  Busy:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      Period: 300
      EvaluationPeriods: 2
      ComparisonOperator: GreaterThanOrEqualToThreshold
      Statistic: Average
      Threshold: 80
      AlarmActions: [!Ref Operators, 'arn:aws:sns:ap-northeast-2:123456789012:others']
",
    );
    let alarm = get::<crate::catalog::kinds::Alarm>(&opened, "Busy");
    assert_eq!(alarm.targets, [opened.names["Operators"]]);
    assert_eq!(alarm.actions, ["arn:aws:sns:ap-northeast-2:123456789012:others"]);
}
