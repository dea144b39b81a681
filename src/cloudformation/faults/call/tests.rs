//! What arguments of functions are faults.

use super::is_region;
use crate::catalog::data::regions::REGIONS;
use crate::template::parse;

/// The rules of the faults of a template.
#[track_caller]
fn rules(text: &str) -> Vec<&'static str> {
    parse(text).unwrap().faults().into_iter().map(|fault| fault.rule.as_str()).collect()
}

#[test]
fn names_in_braces_may_be_those_of_scripts() {
    for (type_name, properties) in [
        (
            "AWS::StepFunctions::StateMachine",
            "RoleArn: 'arn:aws:iam::111122223333:role/r', DefinitionSubstitutions: {Env: x}, Definition: {StartAt: '${Env}'}",
        ),
        ("AWS::AppSync::FunctionConfiguration", "ApiId: a, DataSourceName: d, Name: n, Code: 'x(`${Env}`)'"),
        (
            "AWS::ECS::TaskDefinition",
            "ContainerDefinitions: [{Name: a, Image: b, Command: ['echo ${Env}'], EntryPoint: [sh, '-c', '${Env}']}]",
        ),
        ("AWS::SNS::Topic", "Fn::Transform: {Name: Own, Parameters: {Text: '${Env}'}}"),
    ] {
        let template = |properties: &str| {
            format!(
                "Parameters: {{Env: {{Type: String, Default: x}}}}\nConditions: {{Used: !Equals [!Ref Env, x]}}\nResources: {{It: {{Type: '{type_name}', Properties: {{{properties}}}}}}}\n"
            )
        };
        assert_eq!(rules(&template(properties)), [""; 0], "{properties}");
    }
    let location = "Parameters: {Env: {Type: String, Default: x}}\nConditions: {Used: !Equals [!Ref Env, x]}
Resources: {It: {Type: 'AWS::Lambda::Function', Properties: {Role: !Sub 'arn:aws:iam::111122223333:role/${Env}', Handler: a.b, Runtime: python3.13, Code: {S3Bucket: code, S3Key: '${Env}/a.zip'}}}}\n";
    assert_eq!(rules(location), ["template-function-malformed"]);
}

#[test]
fn regions_of_every_partition_have_their_form() {
    assert!(REGIONS.iter().all(|region| is_region(region.code)));
    for code in ["cn-north-1", "cn-northwest-1", "us-gov-west-1", "eusc-de-east-1", "us-isob-east-1"] {
        assert!(is_region(code), "{code}");
    }
    for code in ["us-esat-1", "us-east-1a", "east-1", "us-east", "Seoul", "us-north-east-x"] {
        assert!(!is_region(code), "{code}");
    }
    let template = "Resources: {Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}}\nOutputs: {Zone: {Value: !Select [0, !GetAZs us-esat-1]}}\n";
    let faults = parse(template).unwrap().faults();
    assert!(matches!(faults.as_slice(), [fault] if fault.why.en.contains("such as us-east-1")), "{faults:?}");
}

#[test]
fn macros_and_extensions_take_other_arguments() {
    let template = |transform: &str| {
        format!(
            "Transform: {transform}\nResources: {{BucketA: {{Type: 'AWS::S3::Bucket'}}}}\nOutputs: {{Out: {{Value: !GetAtt [!Sub 'Bucket${{AWS::Region}}', Arn]}}, Other: {{Value: !Join [1, 2]}}}}\n"
        )
    };
    let count = |transform: &str| {
        rules(&template(transform)).into_iter().filter(|rule| *rule == "template-function-malformed").count()
    };
    assert_eq!((count("AWS::Serverless-2016-10-31"), count("AWS::LanguageExtensions"), count("OwnMacro")), (2, 1, 0));
}
