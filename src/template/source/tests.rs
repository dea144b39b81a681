//! Templates of all sorts, good and bad.

use super::*;
use crate::text::Lang;
use serde_json::json;

const YAML: &str = "AWSTemplateFormatVersion: 2010-09-09
# The network.
Parameters:
  Account: { Type: String, Default: 012345678901 }
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: !Select [0, !Cidr [10.0.0.0/16, 4, 8]]
      EnableDnsSupport: yes
      Tags:
        - Key: Name
          Value: !Sub '${AWS::StackName} 망'
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select
        - 0
        - !GetAZs ''
      Attribute: !GetAtt Vpc.CidrBlock.More
      Data:
        Fn::Base64: !Sub |
          #!/bin/bash
          echo ${Vpc}
";

fn refused(text: &str) -> (Option<usize>, Option<usize>, String) {
    let problem = parse(text).unwrap_err();
    for words in [problem.why.get(Lang::Ko), problem.why.get(Lang::En)] {
        assert!(words.ends_with('.'), "{words}");
    }
    (problem.line, problem.column, problem.why.en)
}

#[track_caller]
fn refuses(text: &str, line: usize, column: usize, words: &str) {
    let (at, to, en) = refused(text);
    assert!(en.contains(words), "{en}");
    assert_eq!((at, to), (Some(line), Some(column)), "{en}");
}

#[test]
fn short_forms_become_long_ones() {
    let source = parse(YAML).unwrap();
    assert_eq!(source.syntax, Syntax::Yaml);
    assert_eq!(source.notes, []);
    let want = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": { "Account": { "Type": "String", "Default": "012345678901" } },
        "Resources": {
            "Vpc": { "Type": "AWS::EC2::VPC", "Properties": {
                "CidrBlock": { "Fn::Select": [0, { "Fn::Cidr": ["10.0.0.0/16", 4, 8] }] },
                "EnableDnsSupport": true,
                "Tags": [{ "Key": "Name", "Value": { "Fn::Sub": "${AWS::StackName} 망" } }],
            } },
            "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": {
                "VpcId": { "Ref": "Vpc" },
                "AvailabilityZone": { "Fn::Select": [0, { "Fn::GetAZs": "" }] },
                "Attribute": { "Fn::GetAtt": ["Vpc", "CidrBlock.More"] },
                "Data": { "Fn::Base64": { "Fn::Sub": "#!/bin/bash\necho ${Vpc}\n" } },
            } },
        },
    });
    assert_eq!(source.template, want);
    let keys: Vec<&String> = source.template["Resources"]["Subnet"]["Properties"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["VpcId", "AvailabilityZone", "Attribute", "Data"]);
}

#[test]
fn values_know_their_places() {
    let source = parse(YAML).unwrap();
    let properties = "/Resources/Vpc/Properties";
    assert_eq!(source.place("/Resources/Vpc"), (6, 3));
    assert_eq!(source.place(&format!("{properties}/CidrBlock")), (9, 18));
    assert_eq!(source.place(&format!("{properties}/CidrBlock/Fn::Select/1/Fn::Cidr/0")), (9, 37));
    assert_eq!(source.place(&format!("{properties}/Tags/0/Value/Fn::Sub")), (13, 18));
    assert_eq!(source.place("/Resources/Subnet/Properties/Attribute/Fn::GetAtt/1"), (21, 18));
    assert_eq!(source.place("/Resources/Subnet/Properties/AvailabilityZone"), (18, 25));
    assert_eq!(source.place(&format!("{properties}/Missing")), (8, 5));
    assert_eq!(source.place(""), (1, 1));
    let text = "{\n  \"Resources\": {\n    \"A/B\": {\"Type\": \"망\", \"x\": [1, {\"y\": 2}]}\n  }\n}";
    let source = parse(text).unwrap();
    assert_eq!(source.syntax, Syntax::Json);
    assert_eq!(source.place("/Resources/A~1B/x/1/y"), (3, 41));
}

#[test]
fn json_is_read_as_serde_reads_it() {
    let text = r#"{"Resources": {"A": {"Type": "AWS::X", "Properties": {"s": "a\"\\\u00e9\n", "n": [1, -2.5, 1e3, true, null, {}, []], "Fn::GetAZs": null}}}}"#;
    assert_eq!(parse(text).unwrap().template, serde_json::from_str::<Json>(text).unwrap());
    let loose = "{ Resources: { A: { Type: 'AWS::X' }, }, } # YAML in braces\n";
    let source = parse(loose).unwrap();
    assert_eq!((source.syntax, source.template), (Syntax::Yaml, json!({ "Resources": { "A": { "Type": "AWS::X" } } })));
    assert_eq!(parse("\u{feff}{\"Resources\": {}}").unwrap().template, json!({ "Resources": {} }));
    let almost = parse("{\"Resources\": {\"A\": {\"Type\": \"AWS::X\"},}}").unwrap();
    assert!(
        almost.notes.iter().any(|note| note.column == Some(40) && note.why.en.contains("comma")),
        "{:?}",
        almost.notes
    );
}

#[test]
fn broken_json_says_where() {
    refuses("{\"Resources\": {\"A\": 1,}", 1, 23, "double quotes belongs here");
    refuses("{\"Resources\": {\"A\" 1}}", 1, 20, "colon");
    refuses("{\"Resources\": {\"A\": \"b\nc}}", 1, 21, "not closed");
    refuses("{\"Resources\": {\n\"A\": [{} {}]}}", 2, 10, "comma");
    refuses("{\"Resources\": {}", 1, 17, "ends in the middle");
    refuses("{\"Resources\": // no\n{\"a: }", 1, 15, "no comments");
    refuses("{\"Resources\": \"\\x\" {", 1, 15, "escape");
}

#[test]
fn broken_yaml_says_where() {
    refuses("Resources:\n\tA:\n", 2, 1, "tab");
    refuses("Resources:\n  A: !Base64 !Sub x\n", 2, 14, "Fn::Base64: !Sub");
    refuses("Resources:\n  A: {\n", 2, 6, "Brackets");
    refuses("Resources:\n  A: 'x\n", 2, 6, "not closed");
    refuses("Resources:\n  A: *none\n", 2, 6, "anchor");
    refuses("Resources:\n  ? [a]\n  : b\n", 2, 5, "name belongs here");
    refuses("Resources: {}\n---\nResources: {}\n", 2, 1, "several YAML documents");
    refuses("Resources:\n  A: b: c\n", 2, 7, "colon");
    refuses("Resources: &r\n  A: *r\n", 2, 6, "itself");
    assert_eq!(refused("").2, refused(" \n# nothing\n").2);
}

#[test]
fn too_much_is_refused() {
    for open in ["[", "{\"a\":", "- ", "a: [", "!Sub [", "{a: "] {
        let text = open.repeat(1_000_000 / open.len());
        let problem = parse(&text).unwrap_err();
        assert!(problem.line.is_some());
    }
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    refuses(&format!("{{\"Resources\": {deep}}}"), 1, 115, "levels deep");
    let mut bomb = "Metadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("  a{level}: &a{level} [{below}]\n"));
    }
    let (line, _, why) = refused(&bomb);
    assert!(why.contains("250000 values"), "{why}");
    assert!(line.is_some_and(|line| line > 1));
    // A long text counts as often as it is repeated.
    let long = format!(
        "Metadata:\n  long: &long {}\n  more: [{}]\nResources: {{}}\n",
        "x".repeat(1 << 20),
        "*long, ".repeat(9_000)
    );
    let (line, _, why) = refused(&long);
    assert!(line == Some(2) && why.contains("10 MiB"), "{line:?} {why}");
    let many = format!("Resources: [{}]", "1,".repeat(600_000));
    assert!(refused(&many).2.contains("values"));
    assert!(refused(&" ".repeat(MAX_BYTES + 1)).2.contains("MiB"));
}

#[test]
fn aliases_and_merges_are_written_out() {
    let text = "Metadata:\n  base: &base { a: 1, b: 2 }\n  word: &word text\nResources:\n  A:\n    Type: AWS::X\n    Properties:\n      <<: *base\n      b: 3\n      *word : *word\n";
    let source = parse(text).unwrap();
    assert_eq!(source.template["Resources"]["A"]["Properties"], json!({ "b": 3, "text": "text", "a": 1 }));
}

#[test]
fn other_languages_are_recognised() {
    for (text, words) in [
        ("resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n", "Terraform"),
        ("{\"resource\": {\"aws_vpc\": {}}}", "Terraform"),
        ("apiVersion: v1\nkind: Pod\n", "Kubernetes"),
        ("services:\n  web:\n    image: nginx\n", "Docker Compose"),
        ("service: x\nprovider:\n  name: aws\nfunctions: {}\n", "Serverless"),
        ("app: shop\norg: me\nservice: x\nprovider:\n  name: aws\n", "Serverless"),
        ("version: 0.0\nResources:\n  - TargetService: {Type: 'AWS::ECS::Service'}\n", "AppSpec"),
        ("{\"version\": 0.0, \"Resources\": [{\"F\": {\"Type\": \"AWS::Lambda::Function\"}}]}", "AppSpec"),
        ("version: 0.0\nos: linux\nfiles:\n  - {source: /, destination: /srv}\n", "AppSpec"),
        ("version: 0.2\nphases: {}\nartifacts: {}\n", "build configuration"),
        ("import * as cdk from 'aws-cdk-lib';\nconst a = {b: c}\n", "CDK"),
        ("from aws_cdk import Stack\nclass Net(Stack):\n    def x(self): pass\n", "CDK"),
        ("{\"app\": \"npx ts-node bin/app.ts\"}", "CDK app"),
        ("{\"version\": \"36.0.0\", \"artifacts\": {}}", "CDK app"),
        ("name: net\nruntime: yaml\nresources: {}\n", "Pulumi"),
        ("<!DOCTYPE html>\n<html>\n", "HTML"),
        ("<mxfile host=\"app.diagrams.net\"><diagram/></mxfile>", "draw.io"),
        ("<?xml version=\"1.0\"?>\n<mxGraphModel/>", "draw.io"),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG"),
        ("{\"type\": \"excalidraw\", \"elements\": []}", "Excalidraw"),
        ("Resources:\n  A:\n    Cidr: {{ .Values.cidr }}\n", "Helm"),
        ("Resources:\n{{- range .Zones }}\n  A{{ . }}: {}\n{{- end }}\n", "Go template"),
        ("Resources:\n{% for zone in zones %}\n  A{{ zone }}: {}\n{% endfor %}\n", "Jinja"),
        ("Resources:\n  A:\n    Cidr: {{cidr}}\n", "Mustache"),
        ("{\"Resources\": {\n  {{#zones}}\n  \"A\": {}\n}}", "Mustache"),
        ("Resources:\n  A:\n    Cidr: <%= cidr %>\n   B: c\n", "ERB"),
        ("- hosts: all\n  tasks: []\n", "Ansible"),
        ("{\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\"}", "Azure"),
        ("Vpc:\n  Type: AWS::EC2::VPC\n", "under Resources"),
        ("hello", "mapping"),
        ("Parameters: {}\n", "no Resources section"),
    ] {
        let why = refused(text).2;
        assert!(why.contains(words), "{text}: {why}");
    }
}

#[test]
fn sections_must_be_what_they_are() {
    refuses("Resources:\n  - A\n", 1, 1, "section Resources must be a mapping");
    refuses("Parameters: [a]\nResources: {}\n", 1, 13, "Parameters");
    refuses("Resources:\n  A: text\n", 2, 6, "A is a resource");
    refuses("Resources:\n  A:\n    Properties: {}\n", 2, 3, "no Type");
    refuses("Resources:\n  A:\n    Type: x\n    Properties:\n      - a\n", 4, 5, "Properties of A");
    refuses("Resources: {}\nOutputs:\n  A: 1\n", 3, 6, "A in Outputs");
    let source = parse(
        "Resource: {}\nresources: {}\nConditions:\nAWSTemplateFormatVersion: 2010-09-10\nResources: {}\nX: !Foo 1\n",
    )
    .unwrap();
    let places: Vec<_> = source.notes.iter().map(|note| note.line.unwrap()).collect();
    assert_eq!(places, [1, 2, 3, 4, 5, 6, 6]);
}

#[test]
fn odd_tags_and_empty_values() {
    let text = "Resources:\n  A:\n    Type: !!str AWS::X\n    Properties:\n      Zones: !GetAZs\n      Lone: ! 08\n      Number: !!int '8'\n      None:\n      List: [a, ! \"Ref\": b]\n      Foo: !Foo {}\n";
    let source = parse(text).unwrap();
    let want = json!({ "Zones": { "Fn::GetAZs": "" }, "Lone": "08", "Number": 8, "None": null, "List": ["a", { "Ref": "b" }], "Foo": { "Fn::Foo": {} } });
    assert_eq!(source.template["Resources"]["A"]["Properties"], want);
    assert_eq!(source.notes.len(), 1);
    let module = parse("Resources:\n  A:\n    Type: !Module a.yml\n").unwrap();
    assert!(module.notes.iter().any(|note| note.why.en.contains("is a function")));
}

#[test]
fn aliases_are_read_and_told_of_once() {
    let source = parse("Resources:\n  A: &a {Type: 'X::Y::Z'}\n  B: *a\n  C: *a\n").unwrap();
    assert_eq!(source.template.pointer("/Resources/C/Type").and_then(Json::as_str), Some("X::Y::Z"));
    let told: Vec<_> = source.notes.iter().filter(|note| note.why.en.contains("aliases")).collect();
    assert_eq!(told.iter().map(|note| (note.line, note.column)).collect::<Vec<_>>(), [(Some(3), Some(6))]);
    let plain = parse("Resources:\n  A: &a {Type: 'X::Y::Z'}\n").unwrap();
    assert_eq!(plain.notes, [], "an anchor alone is only a name");
}

#[test]
fn of_two_equal_keys_the_last_counts_and_the_loss_is_told() {
    for text in [
        "{\"Resources\": {\"A\": {\"Type\": \"X::Y::Z\"},\n \"A\": {\"Type\": \"X::Y::Q\"}}}",
        "Resources:\n  A: {Type: 'X::Y::Z'}\n  A: {Type: 'X::Y::Q'}\n",
    ] {
        let source = parse(text).unwrap();
        assert_eq!(source.template.pointer("/Resources/A/Type").and_then(Json::as_str), Some("X::Y::Q"));
        assert!(source.notes.iter().any(|note| note.why.en.contains("twice")), "{text}");
    }
}
