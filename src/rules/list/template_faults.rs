//! What is wrong with a template that was opened, whatever its resources are. The faults are found with their lines in
//! `cloudformation/faults/`; here stands what each is called and why it matters.

use crate::rules::template::fault;
use crate::rules::{Rule, Severity};
use crate::template::RuleId;
use crate::text::t;

/// The rules of these faults.
pub const RULES: [Rule; 12] = [
    // Resources do not need each other in a circle.
    fault(
        RuleId::TEMPLATE_CIRCLE,
        Severity::Error,
        t("서로를 기다리는 리소스", "Resources that wait for each other"),
        t(
            "서로를 필요로 하는 리소스는 어느 것도 먼저 만들 수 없어서 배포가 거절돼요.",
            "Of resources that need each other none can be created first, so the deployment is refused.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-dependence-error",
    ),
    // Functions have the arguments that they take.
    fault(
        RuleId::TEMPLATE_FUNCTION_MALFORMED,
        Severity::Error,
        t("인수가 맞지 않는 함수", "Function with other arguments than it takes"),
        t(
            "함수의 인수가 맞지 않으면 CloudFormation이 템플릿을 받지 않아요.",
            "CloudFormation refuses a template in which a function has arguments that do not fit.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html",
    ),
    // No two resources have a name that AWS takes once.
    fault(
        RuleId::TEMPLATE_NAME_TAKEN,
        Severity::Error,
        t("두 리소스의 같은 이름", "Name that two resources share"),
        t(
            "역할, 버킷, 함수 같은 이름은 계정이나 리전에 하나뿐이라 두 번째 리소스는 만들어지지 않아요.",
            "Names of roles, buckets, functions and the like exist once in an account or region; the second resource cannot be created.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html",
    ),
    // Properties that exclude each other do not stand together.
    fault(
        RuleId::TEMPLATE_PROPERTY_CONFLICT,
        Severity::Error,
        t("함께 쓸 수 없는 속성", "Properties that exclude each other"),
        t(
            "둘 가운데 하나만 쓸 수 있는 속성을 함께 쓰면 배포가 거절돼요.",
            "Where a type takes only one of several properties, the deployment with more is refused.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    ),
    // A resource has the properties that its type must have.
    fault(
        RuleId::TEMPLATE_PROPERTY_MISSING,
        Severity::Error,
        t("빠진 속성", "Missing property"),
        t(
            "꼭 있어야 하는 속성이 없으면 CloudFormation이 배포를 거절하거나 만들다가 실패해요.",
            "Without a property that the type requires, the deployment is refused or fails.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    ),
    // A resource has only properties of its type.
    fault(
        RuleId::TEMPLATE_PROPERTY_UNKNOWN,
        Severity::Error,
        t("없는 속성", "Unknown property"),
        t(
            "CloudFormation은 유형에 없는 속성이 있으면 배포를 거절해요. 대소문자가 다른 이름도 없는 속성이에요.",
            "CloudFormation refuses a property that the type does not have. A name in other case is another name.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    ),
    // What a template refers to is in the template.
    fault(
        RuleId::TEMPLATE_REFERENCE_DANGLING,
        Severity::Error,
        t("가리키는 것이 없는 참조", "Reference to what is not there"),
        t(
            "Ref, GetAtt, Sub, DependsOn과 조건이 가리키는 이름이 템플릿에 없으면 배포가 거절돼요.",
            "A deployment is refused where Ref, GetAtt, Sub, DependsOn or a condition names what the template does not have.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html",
    ),
    // A property refers to a resource of the kind that it is about.
    fault(
        RuleId::TEMPLATE_REFERENCE_OF_OTHER_KIND,
        Severity::Error,
        t("다른 종류를 가리키는 속성", "Reference to a resource of another kind"),
        t(
            "서브넷이 올 곳에 VPC를 적은 것처럼 종류가 다르면 그 ID를 받지 않아 배포가 실패해요.",
            "A VPC where a subnet belongs has an ID that AWS does not take there, and the deployment fails.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html",
    ),
    // The sections of a template are of the form that CloudFormation reads.
    fault(
        RuleId::TEMPLATE_SECTION_MALFORMED,
        Severity::Error,
        t("형식이 잘못된 템플릿", "Malformed part of a template"),
        t(
            "CloudFormation은 섹션과 이름이 정해진 형식이 아니면 템플릿을 받지 않아요.",
            "CloudFormation refuses a template whose sections and names are not of its form.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html",
    ),
    // Texts that people read have values in the place of names.
    fault(
        RuleId::TEMPLATE_TEXT_NOT_SUBSTITUTED,
        Severity::Warning,
        t("값으로 바뀌지 않는 이름", "Name that nothing turns into its value"),
        t(
            "!Sub가 없는 글의 ${이름}은 값으로 바뀌지 않고, 글자 그대로 보여요.",
            "In a text without !Sub a ${name} is shown as it is written, not as its value.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html",
    ),
    // The type of a resource is one that CloudFormation has.
    fault(
        RuleId::TEMPLATE_TYPE_UNKNOWN,
        Severity::Error,
        t("없는 리소스 유형", "Unknown resource type"),
        t(
            "CloudFormation은 모르는 Type이 있으면 템플릿을 받지 않아요.",
            "CloudFormation refuses a template with a Type that it does not know.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    ),
    // The value of a property is one that its type takes.
    fault(
        RuleId::TEMPLATE_VALUE_MALFORMED,
        Severity::Error,
        t("속성에 맞지 않는 값", "Value that a property does not take"),
        t(
            "속성마다 값의 형식이 정해져 있고, 다른 값은 배포에서 거절돼요.",
            "Each property takes values of one form; others are refused at deployment.",
        ),
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    ),
];

#[cfg(test)]
mod tests {
    use super::RULES;
    use crate::rules::testing::{Example, hold};
    use crate::template::RuleId;

    /// By rule: resources in which it finds something, where, and resources in which it finds nothing.
    const EXAMPLES: [Example; 12] = [
        Example {
            rule: RuleId::TEMPLATE_CIRCLE,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', DependsOn: Net, Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}\n",
            found: &["Net"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n",
        },
        Example {
            rule: RuleId::TEMPLATE_FUNCTION_MALFORMED,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !Join [10.0.0.0/16]}}\n",
            found: &["Vpc"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n",
        },
        Example {
            rule: RuleId::TEMPLATE_NAME_TAKEN,
            broken: "  One: {Type: 'AWS::SNS::Topic', Properties: {TopicName: news}}
  Two: {Type: 'AWS::SNS::Topic', Properties: {TopicName: news}}
",
            found: &["Two"],
            sound: "  One: {Type: 'AWS::SNS::Topic', Properties: {TopicName: news}}
  Two: {Type: 'AWS::SNS::Topic', Properties: {TopicName: olds}}
",
        },
        Example {
            rule: RuleId::TEMPLATE_PROPERTY_CONFLICT,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Web: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: web, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8, SourcePrefixListId: pl-1}]}}\n",
            found: &["Web"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Web: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: web, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}]}}\n",
        },
        Example {
            rule: RuleId::TEMPLATE_PROPERTY_MISSING,
            broken: "  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24}}\n",
            found: &["Net"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}\n",
        },
        Example {
            rule: RuleId::TEMPLATE_PROPERTY_UNKNOWN,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16, EnableDnsSuport: true}}\n",
            found: &["Vpc"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n",
        },
        Example {
            rule: RuleId::TEMPLATE_REFERENCE_DANGLING,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vcp}}\n",
            found: &["Net"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}\n",
        },
        Example {
            rule: RuleId::TEMPLATE_REFERENCE_OF_OTHER_KIND,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Nat: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: !Ref Vpc, ConnectivityType: private}}
",
            found: &["Nat"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}
  Nat: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: !Ref Net, ConnectivityType: private}}
",
        },
        Example {
            rule: RuleId::TEMPLATE_SECTION_MALFORMED,
            broken: "  my_vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n",
            found: &["my_vpc"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n",
        },
        Example {
            rule: RuleId::TEMPLATE_TEXT_NOT_SUBSTITUTED,
            broken: "  Bell: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: 'Bell of ${AWS::StackName}'}}\n",
            found: &["Bell"],
            sound: "  Bell: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: !Sub 'Bell of ${AWS::StackName}'}}\n  Bin: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: 'write ${Anything} here'}}\n",
        },
        Example {
            rule: RuleId::TEMPLATE_TYPE_UNKNOWN,
            broken: "  Net: {Type: 'AWS::EC2::Vpcs'}\n",
            found: &["Net"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n",
        },
        Example {
            rule: RuleId::TEMPLATE_VALUE_MALFORMED,
            broken: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16, InstanceTenancy: [default], EnableDnsSupport: maybe}}\n",
            found: &["Vpc", "Vpc"],
            sound: "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n",
        },
    ];

    #[test]
    fn each_fires_where_the_template_says_so_and_is_quiet_on_a_sound_one() {
        hold(&RULES, &EXAMPLES);
    }
}
