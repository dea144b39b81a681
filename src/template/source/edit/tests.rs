//! Edits, by hand and at random.

use super::*;
use proptest::prelude::*;
use serde_json::json;

const YAML: &str = "# The network of the course.
Parameters:
  Cidr: {Type: String, Default: 10.0.0.0/16}  # whole

Resources:

  # Everything stands in it.
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: !Ref Cidr   # by parameter
      EnableDnsSupport: 'true'
      Tags:
        # shown in the console
        - Key: Name   # first
          Value: !Sub \"${AWS::StackName}\"
        - Key: Team
          Value: net

  # The rest.
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !FindInMap [Images, !Ref 'AWS::Region', Id]
      SecurityGroupIds:
      - !Ref A
      - !Ref B  # second
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          echo ${Vpc}
      Attribute: !GetAtt Vpc.CidrBlock
      Empty:

Outputs: {}
";

/// The lines that go and the lines that come.
fn difference(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(one, other)| one == other).count();
    let middle = |lines: &[&str]| lines[head..lines.len() - tail].iter().map(|line| (*line).to_owned()).collect();
    (middle(&old), middle(&new))
}

#[track_caller]
fn edited(text: &str, changes: &[Change]) -> String {
    let source = parse(text).unwrap();
    let new = source.edit(changes).unwrap();
    let again = parse(&new).unwrap_or_else(|problem| panic!("{}\n{new}", problem.message().en));
    let patched = source.patched(&again.template).unwrap_or_else(|| panic!("written anew:\n{new}"));
    assert_eq!(patched, new);
    new
}

#[track_caller]
fn becomes(changes: &[Change], gone: &[&str], come: &[&str]) {
    let new = edited(YAML, changes);
    let (old, new) = difference(YAML, &new);
    assert_eq!(
        (old, new),
        (gone.iter().map(|line| (*line).to_owned()).collect(), come.iter().map(|line| (*line).to_owned()).collect())
    );
}

fn set(at: &str, to: Json) -> Change {
    Change::Set { at: at.to_owned(), to }
}

fn remove(at: &str) -> Change {
    Change::Remove { at: at.to_owned() }
}

fn insert(at: &str, value: Json) -> Change {
    Change::Insert { at: at.to_owned(), value }
}

#[test]
fn nothing_changes_nothing() {
    assert_eq!(edited(YAML, &[]), YAML);
}

#[test]
fn a_value_is_set_where_it_stands() {
    let vpc = "/Resources/Vpc/Properties";
    becomes(
        &[set(&format!("{vpc}/CidrBlock"), json!("10.9.0.0/16"))],
        &["      CidrBlock: !Ref Cidr   # by parameter"],
        &["      CidrBlock: \"10.9.0.0/16\"   # by parameter"],
    );
    becomes(
        &[set(&format!("{vpc}/EnableDnsSupport"), json!("false"))],
        &["      EnableDnsSupport: 'true'"],
        &["      EnableDnsSupport: 'false'"],
    );
    becomes(
        &[set("/Parameters/Cidr/Default", json!(1))],
        &["  Cidr: {Type: String, Default: 10.0.0.0/16}  # whole"],
        &["  Cidr: {Type: String, Default: 1}  # whole"],
    );
    becomes(
        &[set(&format!("{vpc}/Tags/0/Value/Fn::Sub"), json!("${X}"))],
        &["          Value: !Sub \"${AWS::StackName}\""],
        &["          Value: !Sub \"${X}\""],
    );
    becomes(
        &[set(&format!("{vpc}/CidrBlock"), json!({ "Fn::Select": [0, { "Fn::Cidr": ["10.0.0.0/8", 1, 8] }] }))],
        &["      CidrBlock: !Ref Cidr   # by parameter"],
        &["      CidrBlock: !Select [0, !Cidr [\"10.0.0.0/8\", 1, 8]]   # by parameter"],
    );
    becomes(
        &[set(&format!("{vpc}/CidrBlock"), json!({ "a": [1] }))],
        &["      CidrBlock: !Ref Cidr   # by parameter"],
        &["      CidrBlock:   # by parameter", "        a:", "          - 1"],
    );
    let server = "/Resources/Server/Properties";
    becomes(
        &[set(&format!("{server}/Attribute/Fn::GetAtt/1"), json!("Arn"))],
        &["      Attribute: !GetAtt Vpc.CidrBlock"],
        &["      Attribute: !GetAtt Vpc.Arn"],
    );
    becomes(&[set(&format!("{server}/Empty"), json!("full"))], &["      Empty:"], &["      Empty: full"]);
    becomes(
        &[set(&format!("{server}/ImageId/Fn::FindInMap/1"), json!("x"))],
        &["      ImageId: !FindInMap [Images, !Ref 'AWS::Region', Id]"],
        &["      ImageId: !FindInMap [Images, x, Id]"],
    );
    becomes(
        &[set(&format!("{server}/UserData/Fn::Base64/Fn::Sub"), json!("#!/bin/sh\nls\n"))],
        &["          #!/bin/bash", "          echo ${Vpc}"],
        &["          #!/bin/sh", "          ls"],
    );
    becomes(
        &[set(&format!("{server}/UserData"), json!("none"))],
        &["      UserData:", "        Fn::Base64: !Sub |", "          #!/bin/bash", "          echo ${Vpc}"],
        &["      UserData: none"],
    );
}

#[test]
fn members_come_and_go() {
    let server = "/Resources/Server/Properties";
    becomes(&[insert(&format!("{server}/SecurityGroupIds/1"), json!({ "Ref": "New" }))], &[], &["      - !Ref New"]);
    becomes(&[insert(&format!("{server}/SecurityGroupIds/0"), json!({ "Ref": "New" }))], &[], &["      - !Ref New"]);
    becomes(
        &[insert(&format!("{server}/SecurityGroupIds/-"), json!({ "a": 1, "b": 2 }))],
        &[],
        &["      - a: 1", "        b: 2"],
    );
    becomes(&[remove(&format!("{server}/SecurityGroupIds/1"))], &["      - !Ref B  # second"], &[]);
    let tags = "/Resources/Vpc/Properties/Tags";
    becomes(
        &[remove(&format!("{tags}/0"))],
        &["        - Key: Name   # first", "          Value: !Sub \"${AWS::StackName}\""],
        &[],
    );
    becomes(
        &[remove(&format!("{tags}/0/Key"))],
        &["        - Key: Name   # first", "          Value: !Sub \"${AWS::StackName}\""],
        &["        - Value: !Sub \"${AWS::StackName}\""],
    );
    becomes(&[set(&format!("{tags}/1/Extra"), json!("x"))], &[], &["          Extra: x"]);
    becomes(&[remove("/Resources/Vpc/Properties/EnableDnsSupport")], &["      EnableDnsSupport: 'true'"], &[]);
    becomes(
        &[remove("/Parameters/Cidr/Default")],
        &["  Cidr: {Type: String, Default: 10.0.0.0/16}  # whole"],
        &["  Cidr: {Type: String}  # whole"],
    );
    becomes(
        &[remove("/Parameters/Cidr/Type")],
        &["  Cidr: {Type: String, Default: 10.0.0.0/16}  # whole"],
        &["  Cidr: {Default: 10.0.0.0/16}  # whole"],
    );
    becomes(
        &[set("/Parameters/Cidr/Description", json!("a, b"))],
        &["  Cidr: {Type: String, Default: 10.0.0.0/16}  # whole"],
        &["  Cidr: {Type: String, Default: 10.0.0.0/16, Description: \"a, b\"}  # whole"],
    );
    becomes(&[set("/Resources/New", json!({ "Type": "AWS::X" }))], &[], &["  New:", "    Type: AWS::X", ""]);
    becomes(
        &[set("/Outputs/Id", json!({ "Value": { "Ref": "Vpc" } }))],
        &["Outputs: {}"],
        &["Outputs:", "  Id:", "    Value: !Ref Vpc"],
    );
    becomes(
        &[set("/Outputs", json!({})), set("/Conditions", json!({ "A": { "Fn::Not": [{ "Condition": "B" }] } }))],
        &[],
        &["", "Conditions:", "  A: !Not [!Condition B]"],
    );
    let without = edited(YAML, &[remove("/Resources/Vpc")]);
    assert!(without.contains("Resources:\n\n  # Everything stands in it.\n\n  # The rest.\n  Server:"), "{without}");
}

#[test]
fn json_keeps_its_layout() {
    let text = "{\n    \"Resources\" : {\n        \"A\": { \"Type\": \"AWS::X\", \"Properties\": {\n            \"One\": 1,\n            \"List\": [ 1, 2, 3 ]\n        } }\n    }\n}";
    let properties = "/Resources/A/Properties";
    let new = edited(text, &[set(&format!("{properties}/One"), json!("1.10"))]);
    assert_eq!(new, text.replace("\"One\": 1,", "\"One\": \"1.10\","));
    let new = edited(text, &[set(&format!("{properties}/Two"), json!({ "b": [1] }))]);
    let two = "3 ],\n            \"Two\": {\n                \"b\": [\n                    1\n                ]\n            }\n";
    assert_eq!(new, text.replace("3 ]\n", two));
    let new =
        edited(text, &[remove(&format!("{properties}/List/1")), insert(&format!("{properties}/List/0"), json!(0))]);
    assert_eq!(new, text.replace("[ 1, 2, 3 ]", "[ 0, 1, 3 ]"));
    let new = edited(text, &[set(&format!("{properties}/List"), json!([4, 5, 1]))]);
    assert_eq!(new, text.replace("[ 1, 2, 3 ]", "[ 4, 5, 1 ]"));
    let new = edited(text, &[set(&format!("{properties}/List"), json!(["a", { "b": 1 }]))]);
    assert_eq!(new, text.replace("[ 1, 2, 3 ]", "[ \"a\", {\"b\": 1} ]"));
    let new = edited(text, &[remove(&format!("{properties}/List"))]);
    assert_eq!(new, text.replace(",\n            \"List\": [ 1, 2, 3 ]", ""));
    let new = edited(text, &[remove(&format!("{properties}/One"))]);
    assert_eq!(new, text.replace("\"One\": 1,\n            ", ""));
    let new = edited(text, &[set("/Resources/B", json!({ "Type": "AWS::Y" }))]);
    assert_eq!(
        new,
        text.replace("} }\n    }", "} },\n        \"B\": {\n            \"Type\": \"AWS::Y\"\n        }\n    }")
    );
}

#[test]
fn line_breaks_anchors_and_ends_of_files() {
    let crlf = YAML.replace('\n', "\r\n");
    let new = edited(&crlf, &[set("/Resources/Server/Properties/New", json!({ "a": 1 }))]);
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    let open = YAML.trim_end();
    assert!(edited(open, &[set("/Metadata", json!({ "a": 1 }))]).ends_with("Outputs: {}\n\nMetadata:\n  a: 1"));
    let anchored = "Resources:\n  A: &a\n    Type: AWS::X # one\n  B: *a\n";
    let new = edited(anchored, &[set("/Resources/A/Type", json!("AWS::Y"))]);
    assert_eq!(new, "Resources:\n  A: &a\n    Type: AWS::Y # one\n  B:\n    Type: AWS::X\n");
    let new = edited(anchored, &[set("/Resources/B/Type", json!("AWS::Y"))]);
    assert_eq!(new, "Resources:\n  A: &a\n    Type: AWS::X # one\n  B:\n    Type: AWS::Y\n");
    let marked = format!("\u{feff}{YAML}");
    assert_eq!(parse(&marked).unwrap().edit(&[]).unwrap(), marked);
    assert!(parse(YAML).unwrap().edit(&[remove("/Resources/None")]).is_err());
}

#[test]
fn a_text_that_ends_with_a_line_of_spaces_goes_whole() {
    let text =
        "Resources:\n  A:\n    Type: AWS::X\n    Properties:\n      P: |\n        one\n         \n\n      Q: 1\n";
    let new = edited(text, &[set("/Resources/A/Properties/P", json!("two\nthree\n"))]);
    assert_eq!(new, text.replace("one\n         \n", "two\n        three\n"));
    let new = edited(text, &[set("/Resources/A/Properties/P", json!({ "Ref": "a\na" }))]);
    assert_eq!(new, text.replace("|\n        one\n         \n", "!Ref |-\n        a\n        a\n"));
    let new = edited(text, &[set("/Resources/A/Properties/R", json!(1))]);
    assert_eq!(new, text.replace("      Q: 1\n", "      Q: 1\n\n      R: 1\n"));
}

fn scalars() -> impl Strategy<Value = Json> {
    prop_oneof![
        any::<bool>().prop_map(Json::from),
        any::<i32>().prop_map(Json::from),
        Just(Json::Null),
        "[a-z]{0,6}".prop_map(Json::from),
        "[ -~\n\t가-힣#:'\"\\\\]{0,20}".prop_map(Json::from),
        any::<String>().prop_map(Json::from),
        "(#!/bin/sh\n)?([a-z $]{0,9}\n){1,3}\n{0,2}".prop_map(Json::from),
    ]
}

fn values() -> impl Strategy<Value = Json> {
    scalars().prop_recursive(4, 24, 4, |inner| {
        let call = prop::sample::select(vec![
            "Ref",
            "Fn::Sub",
            "Fn::GetAtt",
            "Fn::Join",
            "Fn::If",
            "Condition",
            "Fn::Base64",
            "Fn::GetAZs",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((keys(), inner.clone()), 0..4)
                .prop_map(|entries| Json::Object(entries.into_iter().collect())),
            (call, inner.clone()).prop_map(|(name, argument)| json!({ name: argument })),
            ("[A-Z][a-z]{0,3}", "[A-Z][a-z.]{0,3}").prop_map(|(one, other)| json!({ "Fn::GetAtt": [one, other] })),
        ]
    })
}

fn keys() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Z][a-z]{0,3}", "[a-z#:'<, -]{1,4}", any::<String>().prop_filter("a key", |key| !key.is_empty())]
}

fn templates() -> impl Strategy<Value = Json> {
    prop::collection::vec(values(), 1..4).prop_map(|properties| {
        let resource = |(at, value): (usize, Json)| {
            (format!("R{at}"), json!({ "Type": "AWS::X", "Properties": { "P": value, "Q": 1 } }))
        };
        json!({ "Resources": Json::Object(properties.into_iter().enumerate().map(resource).collect()) })
    })
}

/// Puts a value somewhere in another, or takes something out there.
fn mutate(inner: &mut Json, steps: &[prop::sample::Index], value: Json) {
    if let Some((step, rest)) = steps.split_first() {
        match inner {
            Json::Object(entries) if !entries.is_empty() => {
                let at = step.index(entries.len());
                return entries.values_mut().nth(at).into_iter().for_each(|inner| mutate(inner, rest, value.clone()));
            }
            Json::Array(items) if !items.is_empty() => {
                let at = step.index(items.len());
                return mutate(&mut items[at], rest, value);
            }
            _ => {}
        }
    }
    match (inner, value.to_string().len() % 3) {
        (Json::Array(items), 0) => items.insert(items.len() / 2, value),
        (Json::Array(items), 1) if !items.is_empty() => drop(items.remove(0)),
        (Json::Object(entries), 0) => drop(entries.insert("New".to_owned(), value)),
        (Json::Object(entries), 1) if entries.len() > 1 => {
            let key = entries.keys().next().unwrap().clone();
            entries.shift_remove(&key);
        }
        (other, _) => *other = value,
    }
}

/// The resources of a template stay resources.
fn is_template(template: &Json) -> bool {
    parse(&template.to_string()).is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(value in values()) {
        prop_assert_eq!(super::super::data(&to_yaml(&value)), Some(value));
    }

    #[test]
    fn random_edits_give_the_template_and_keep_comments(
        template in templates(),
        steps in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
        value in values(),
        yaml in any::<bool>(),
    ) {
        let mut new = template.clone();
        mutate(&mut new["Resources"], &steps, value);
        prop_assume!(is_template(&new));
        let text = if yaml { to_yaml(&template) } else { to_json(&template) };
        let text = if yaml { text.replace("\n  R", "\n  # note\n  R") } else { text };
        let source = parse(&text).unwrap();
        prop_assert_eq!(&source.template, &template);
        let patched = source.patched(&new);
        prop_assert!(patched.is_some(), "written anew:\n{}\n{}", text, new);
        let patched = patched.unwrap();
        prop_assert_eq!(&parse(&patched).unwrap().template, &new);
        let notes = |text: &str| text.lines().filter(|line| *line == "  # note").count();
        prop_assert_eq!(notes(&patched), notes(&text), "{}", patched);
    }
}
