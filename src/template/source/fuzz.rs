//! Texts at random, and templates cut short or mutated: nothing panics, and what opens can be evaluated, checked and written again.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::to_yaml;
use super::parse;
use crate::cloudformation::evaluate::Scope;

/// A template with everything in it.
const WHOLE: &str = r##"%YAML 1.1
---
AWSTemplateFormatVersion: 2010-09-09 # comment
Transform: [AWS::LanguageExtensions]
Parameters: &p
  Env: { Type: String, Default: prod, AllowedValues: [prod, test] }
  Secret: { Type: String, NoEcho: true, Default: x }
Mappings: { M: { ap-northeast-2: { "A": '1', B: [a, b] } } }
Conditions:
  C: !And [!Equals [!Ref Env, prod], !Not [Condition: D]]
  D: !Or [!Equals [!Ref Secret, ''], !Condition C]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Condition: C
    Properties: &props
      CidrBlock: !Select [0, !Cidr [!FindInMap [M, !Ref AWS::Region, A], 2, 8]]
      Tags:
      - Key: Name
        Value: !Sub "${AWS::StackName}-${Env}"
  Fn::ForEach::Subnets:
    - Z
    - !GetAZs ''
    - Subnet&{Z}:
        Type: AWS::EC2::Subnet
        Properties: { <<: *props, VpcId: !Ref Vpc, AvailabilityZone: !Ref Z }
  Server:
    Type: AWS::EC2::Instance
    DependsOn: Vpc
    Properties:
      UserData:
        Fn::Base64: !Sub
          - |+
            #!/bin/bash
            echo ${V} ${!X}

          - V: !If [C, !GetAtt Vpc.CidrBlock, !Ref AWS::NoValue]
      Folded: >-
        a
         b

        c
      ? explicit
      : - - 1
        -
        - "\u00e9 \" x"
Outputs:
  O: { Value: !Join [',', !Split ['|', 'a|b']], Export: { Name: !Sub '${AWS::StackName}-O' } }
"##;

/// Everything that is done with a template.
fn run(text: &str) {
    let Ok(source) = parse(text) else { return };
    source.place("/Resources/Vpc/Properties/CidrBlock/Fn::Select/0");
    assert!(source.faults().iter().all(|fault| fault.line > 0 && fault.column > 0));
    let scope = Scope::new(&source.template, &BTreeMap::new());
    for resource in scope.resources() {
        for json in resource.json.values() {
            let value = scope.evaluate(json);
            drop((value.json(), value.symbolic(), value.references().len()));
        }
    }
    assert_eq!(super::data(&to_yaml(&source.template)).as_ref(), Some(&source.template), "{text}");
    let mut template = source.template.clone();
    template["Metadata"] = serde_json::json!({ "Added": [1] });
    if let Some(resources) = template["Resources"].as_object_mut() {
        resources.shift_remove("Server");
    }
    let text = source.rewrite(&template);
    if parse(&template.to_string()).is_ok() {
        assert_eq!(parse(&text).map(|again| again.template), Ok(template), "{text}");
    }
}

/// What mutations put in.
const PIECES: [&str; 30] = [
    "!Ref ",
    "!Sub ",
    "&a ",
    "*a",
    "<<: *p",
    "- ",
    "? ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "'",
    "|",
    ">",
    "#",
    "\n",
    "\t",
    "  ",
    "---\n",
    "...\n",
    "%TAG ! x\n",
    "\u{feff}",
    "\0",
    "\u{2028}",
    "한",
    "${",
    "Fn::ForEach::X",
];

#[test]
fn a_whole_template_goes_through() {
    assert!(parse(WHOLE).is_ok());
    run(WHOLE);
    run(&parse(WHOLE).unwrap().template.to_string());
    for end in (0..WHOLE.len()).filter(|end| WHOLE.is_char_boundary(*end)) {
        drop(parse(&WHOLE[..end]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        run(&text);
        run(&String::from_utf8_lossy(&bytes));
        run(&format!("Resources:\n  A:\n    Type: {text}\n"));
    }

    #[test]
    fn mutated_templates_are_read_or_refused(
        mutations in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&PIECES[..]), 0..6_usize), 1..5),
        json in any::<bool>(),
    ) {
        let mut text: Vec<char> = WHOLE.chars().collect();
        if json {
            text = parse(WHOLE).unwrap().template.to_string().chars().collect();
        }
        for (at, piece, gone) in mutations {
            let at = at.index(text.len() + 1);
            let end = (at + gone).min(text.len());
            text.splice(at..end, piece.chars());
        }
        run(&text.into_iter().collect::<String>());
    }
}
