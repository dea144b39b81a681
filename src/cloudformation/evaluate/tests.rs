//! Evaluation, function by function.

use super::*;
use crate::template::parse;
use crate::text::Lang;
use serde_json::json;

const TEMPLATE: &str = r#"
Parameters:
  Cidr: { Type: String, Default: 10.0.0.0/16 }
  Port: { Type: Number, Default: '8080' }
  List: { Type: CommaDelimitedList, Default: 'a, b,c' }
  Asked: { Type: 'AWS::EC2::VPC::Id' }
  Ami: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /aws/service/ami }
  Password: { Type: String, NoEcho: true, Default: hunter2 }
  Env: { Type: String, Default: prod }
Mappings:
  Ranges:
    ap-northeast-2: { Vpc: 10.1.0.0/16, Zones: [a, b], Port: 80 }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  HasPassword: !Not [!Equals [!Ref Password, '']]
  Both: !And [Condition: IsProd, Condition: HasPassword]
  Neither: !Not [!Or [!Condition IsProd, !Condition HasPassword]]
  Open: !Equals [!Ref Asked, vpc-1]
  Decided: !Or [!Condition Open, !Condition IsProd]
  A: !Not [!Condition B]
  B: !Not [!Condition A]
Resources:
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: !Ref Cidr } }
  Part: { Type: 'AWS::EC2::VPCCidrBlock', Properties: { CidrBlock: !GetAtt Loop.CidrBlock } }
  Loop: { Type: 'AWS::EC2::VPCCidrBlock', Properties: { CidrBlock: !GetAtt Part.CidrBlock } }
  Prod: { Type: 'AWS::X', Condition: IsProd }
  Test: { Type: 'AWS::X', Condition: Neither }
  Maybe: { Type: 'AWS::X', Condition: Open }
"#;

fn with(overrides: &[(&str, &str)], check: impl FnOnce(&Scope<'_>)) {
    let source = parse(TEMPLATE).unwrap();
    let overrides = overrides.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    check(&Scope::new(&source.template, &overrides));
}

fn expression(yaml: &str) -> Json {
    parse(&format!("Resources: {{}}\nMetadata:\n  X: {yaml}\n")).unwrap().template["Metadata"]["X"].clone()
}

fn eval(yaml: &str) -> Eval {
    let mut value = Eval::Nothing;
    with(&[], |scope| value = scope.evaluate(&expression(yaml)));
    value
}

#[track_caller]
fn is(yaml: &str, want: &Json) {
    let value = eval(yaml);
    assert_eq!(value.json().as_ref(), Some(want), "{yaml}: {value:?}");
}

#[track_caller]
fn is_unknown(yaml: &str, cause: &Cause) {
    let value = eval(yaml);
    assert_eq!(value.unknown().map(|unknown| &unknown.cause), Some(cause), "{yaml}: {value:?}");
    assert_eq!(value.json(), None);
}

fn reference(logical: &str, attribute: Option<&str>) -> Reference {
    Reference { logical: logical.to_owned(), attribute: attribute.map(str::to_owned) }
}

#[test]
fn parameters_and_pseudo_parameters() {
    is("!Ref Cidr", &json!("10.0.0.0/16"));
    is("!Ref Port", &json!(8080));
    is("!Ref List", &json!(["a", "b", "c"]));
    is("!Ref AWS::Region", &json!("ap-northeast-2"));
    is("!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'", &json!("arn:aws:iam::123456789012:root"));
    is_unknown("!Ref Asked", &Cause::Parameter("Asked".to_owned()));
    is_unknown("!Ref Ami", &Cause::Lookup("/aws/service/ami".to_owned()));
    is_unknown("!Ref Password", &Cause::Secret);
    is_unknown("!Sub '${Password}!'", &Cause::Secret);
    is_unknown("!Ref AWS::StackId", &Cause::Pseudo("AWS::StackId".to_owned()));
    is_unknown("!Ref Nobody", &Cause::Missing("Nobody".to_owned()));
    is_unknown("'{{resolve:secretsmanager:db:SecretString:password}}'", &Cause::Secret);
    is_unknown("!Join ['', ['{{resolve:', 'ssm:/x/y', '}}']]", &Cause::Lookup("/x/y".to_owned()));
    with(&[("Asked", "vpc-1"), ("AWS::Region", "us-east-1"), ("Cidr", "10.9.0.0/16")], |scope| {
        assert_eq!(scope.evaluate(&json!({ "Ref": "Asked" })).json(), Some(json!("vpc-1")));
        assert_eq!(scope.evaluate(&json!({ "Ref": "Cidr" })).json(), Some(json!("10.9.0.0/16")));
        let zones = scope.evaluate(&json!({ "Fn::GetAZs": null })).json().unwrap();
        assert_eq!(zones[0], "us-east-1a");
        assert_eq!(scope.asked(), Vec::<&str>::new());
        assert_eq!(scope.condition("Open"), Ok(true));
    });
    with(&[], |scope| assert_eq!(scope.asked(), ["Asked"]));
}

#[test]
fn no_secret_is_ever_in_a_value() {
    for yaml in [
        "!Ref Password",
        "!Sub 'x${Password}'",
        "[!Ref Password]",
        "!Join ['-', [a, !Ref Password]]",
        "!ToJsonString { a: !Ref Password }",
        "!Split ['u', !Ref Password]",
    ] {
        let value = eval(yaml);
        assert!(!format!("{value:?} {}", value.symbolic()).contains("hunter2"), "{yaml}");
    }
}

#[test]
fn texts() {
    is("!Sub '${!Literal} ${Port}$'", &json!("${Literal} 8080$"));
    is("!Sub ['${a}-${Env}', { a: !Ref Port }]", &json!("8080-prod"));
    is("!Join ['-', [a, 1, !Ref List]]", &json!("a-1-a-b-c"));
    is("!Join [',', !Ref List]", &json!("a,b,c"));
    is("!Split ['.', a.b.c]", &json!(["a", "b", "c"]));
    is("!Select ['1', !Split ['.', a.b.c]]", &json!("b"));
    is("!Base64 'text'", &json!("text"));
    is("!Length [1, 2]", &json!(2));
    is("!ToJsonString { a: [!Ref Port] }", &json!("{\"a\":[8080]}"));
    is("{ a: !Ref AWS::NoValue, b: [!Ref AWS::NoValue, 1] }", &json!({ "b": [1] }));
    is_unknown("!Select [3, [a]]", &Cause::Arguments("Fn::Select".to_owned()));
    is_unknown("!ImportValue net-Vpc", &Cause::Import("net-Vpc".to_owned()));
    is_unknown("!Split ['.', !GetAtt Vpc.Arn]", &Cause::Attribute(reference("Vpc", Some("Arn"))));
}

#[test]
fn references_stay_and_are_found() {
    assert_eq!(eval("!Ref Vpc"), Eval::Reference(reference("Vpc", None)));
    assert_eq!(eval("!Sub '${Vpc.CidrBlock}'"), Eval::Reference(reference("Vpc", Some("CidrBlock"))));
    let text = eval("!Join ['/', [x, !Ref Vpc, !GetAtt Prod.Arn]]");
    assert_eq!(text.references(), [&reference("Vpc", None), &reference("Prod", Some("Arn"))]);
    assert_eq!(
        text.symbolic(),
        json!({ "Fn::Join": ["", ["x/", { "Ref": "Vpc" }, "/", { "Fn::GetAtt": ["Prod", "Arn"] }]] })
    );
    let open = eval("!Sub '${Asked}/${Vpc}'").symbolic();
    assert_eq!(open, json!({ "Fn::Join": ["", [{ "Ref": "Asked" }, "/", { "Ref": "Vpc" }]] }));
    let split = eval("!Split [',', !Join [',', [!Ref Vpc, !Ref Prod]]]");
    assert_eq!(
        split,
        Eval::List(vec![Eval::Reference(reference("Vpc", None)), Eval::Reference(reference("Prod", None))])
    );
    let mentions = references(&expression(
        "{ a: !Sub ['${Vpc.Id} ${v} ${!No}', { v: !Ref Prod }], b: !GetAtt Test.Arn, c: !If [IsProd, !Ref Port, '']}",
    ));
    let names: Vec<_> = mentions.iter().map(|one| (one.logical.as_str(), one.attribute.as_deref())).collect();
    assert_eq!(names, [("Vpc", Some("Id")), ("Prod", None), ("Test", Some("Arn")), ("Port", None)]);
}

#[test]
fn conditions() {
    with(&[], |scope| {
        for (name, want) in
            [("IsProd", true), ("HasPassword", true), ("Both", true), ("Neither", false), ("Decided", true)]
        {
            assert_eq!(scope.condition(name), Ok(want), "{name}");
        }
        assert_eq!(scope.condition("Open"), Err(Cause::Parameter("Asked".to_owned())));
        assert!(matches!(scope.condition("A"), Err(Cause::Cycle(_))));
        assert!(matches!(scope.condition("B"), Err(Cause::Cycle(_))));
        let exists: Vec<_> = scope.resources().into_iter().skip(3).map(|one| one.exists.ok()).collect();
        assert_eq!(exists, [Some(true), Some(false), None]);
    });
    is("!If [IsProd, big, small]", &json!("big"));
    is("{ a: !If [Neither, 1, !Ref AWS::NoValue] }", &json!({}));
    is_unknown("!If [Open, !Ref Vpc, 1]", &Cause::Condition("Open".to_owned()));
    assert_eq!(eval("!If [Open, !Ref Vpc, 1]").references(), [&reference("Vpc", None)]);
    with(&[("Password", "")], |scope| assert_eq!(scope.condition("HasPassword"), Ok(false)));
}

#[test]
fn mappings() {
    is("!FindInMap [Ranges, !Ref AWS::Region, Vpc]", &json!("10.1.0.0/16"));
    is("!FindInMap [Ranges, !Ref AWS::Region, Zones]", &json!(["a", "b"]));
    is("!FindInMap [Ranges, eu-west-1, Vpc, { DefaultValue: !Ref Cidr }]", &json!("10.0.0.0/16"));
    is_unknown("!FindInMap [Ranges, eu-west-1, Vpc]", &Cause::Unmapped("Ranges.eu-west-1.Vpc".to_owned()));
    is_unknown("!FindInMap [Ranges, !Ref Asked, Vpc]", &Cause::Parameter("Asked".to_owned()));
}

#[test]
fn ranges_are_divided() {
    is("!Cidr [10.0.0.0/16, 3, 8]", &json!(["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]));
    is("!Cidr [!GetAtt Vpc.CidrBlock, '2', '12']", &json!(["10.0.0.0/20", "10.0.16.0/20"]));
    is("!Cidr ['2001:db8::/56', 2, 64]", &json!(["2001:db8::/64", "2001:db8:0:1::/64"]));
    is("!Cidr [255.255.255.0/24, 2, 7]", &json!(["255.255.255.0/25", "255.255.255.128/25"]));
    is("!Select [2, !Cidr [!Select [1, !Cidr [10.0.0.0/8, 2, 16]], 4, 8]]", &json!("10.1.2.0/24"));
    for wrong in ["[10.0.0.0/24, 3, 7]", "[10.0.0.0/24, 300, 0]", "[10.0.0.0/24, 1, 40]", "[x, 1, 8]", "[10.0.0.0/24]"]
    {
        is_unknown(&format!("!Cidr {wrong}"), &Cause::Arguments("Fn::Cidr".to_owned()));
    }
    assert!(matches!(eval("!Cidr [!GetAtt Part.CidrBlock, 1, 8]").unknown().unwrap().cause, Cause::Cycle(_)));
}

#[test]
fn loops_are_written_out() {
    let text = "
Transform: AWS::LanguageExtensions
Parameters: { Zones: { Type: CommaDelimitedList, Default: 'a-1,b' } }
Resources:
  Fn::ForEach::Subnets:
    - Zone
    - !Ref Zones
    - Subnet&{Zone}:
        Type: AWS::EC2::Subnet
        Properties:
          AvailabilityZone: !Sub '${AWS::Region}${Zone}'
          Tags: [{ Key: Name, Value: !Ref Zone }]
  Vpc: { Type: 'AWS::EC2::VPC' }
";
    let source = parse(text).unwrap();
    let scope = Scope::new(&source.template, &BTreeMap::new());
    let names: Vec<&str> = scope.resources().into_iter().map(|one| one.logical).collect();
    assert_eq!(names, ["Subneta1", "Subnetb", "Vpc"]);
    let first = scope.evaluate(&scope.template()["Resources"]["Subneta1"]["Properties"]);
    assert_eq!(
        first.json(),
        Some(json!({ "AvailabilityZone": "ap-northeast-2a-1", "Tags": [{ "Key": "Name", "Value": "a-1" }] }))
    );
}

#[test]
fn what_grows_without_end_is_cut_off() {
    let text = "x".repeat(100_000);
    let template = json!({ "Parameters": { "P": { "Type": "String", "Default": text } }, "Resources": {} });
    let scope = Scope::new(&template, &BTreeMap::new());
    let value = scope.evaluate(&json!({ "Fn::Sub": "${P}".repeat(100_000) }));
    assert_eq!(value.unknown().map(|unknown| &unknown.cause), Some(&Cause::Large));
    let body = json!({ "A${x}": { "Fn::ForEach::B": ["y", (0..1000).map(|n| n.to_string()).collect::<Vec<_>>(), { "${y}": { "Type": "T" } }] } });
    let template = json!({ "Resources": { "Fn::ForEach::A": ["x", (0..100_000).map(|n| n.to_string()).collect::<Vec<_>>(), body] } });
    let scope = Scope::new(&template, &BTreeMap::new());
    assert!(scope.resources().len() < 100_000);
}

#[test]
fn every_reason_is_said_in_both_languages() {
    let name = || "X".to_owned();
    for cause in [
        Cause::Parameter(name()),
        Cause::Lookup(name()),
        Cause::Import(name()),
        Cause::Import(String::new()),
        Cause::Secret,
        Cause::Attribute(reference("X", None)),
        Cause::Pseudo(name()),
        Cause::Condition(name()),
        Cause::Transform(name()),
        Cause::Missing(name()),
        Cause::Unmapped(name()),
        Cause::Cycle(name()),
        Cause::Arguments(name()),
        Cause::Large,
    ] {
        let message = cause.message();
        assert!(message.get(Lang::Ko).ends_with("요.") && message.get(Lang::En).ends_with('.'), "{message}");
    }
}
