//! What IAM users, groups and roles have in common: policies of AWS by name, policies of one's own, and inline policies.

use super::{Field, FieldValue, JsonText, Record, Suggestion, Value, Widget};
use crate::text::{Message, t};
use crate::{field, message, record};

/// A managed policy that AWS keeps, or one of another stack by its ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsPolicy {
    /// `ReadOnlyAccess`, with its path where it has one (`service-role/AmazonECSTaskExecutionRolePolicy`), or a whole ARN.
    pub policy: String,
}

impl Default for AwsPolicy {
    fn default() -> Self {
        Self { policy: "ReadOnlyAccess".to_owned() }
    }
}

impl Record for AwsPolicy {
    const COLUMNS: &'static [Field<Self>] = &[field!(policy, "정책", "Policy", Widget::Suggest(aws_policies)).help(
        "AWS 관리형 정책의 이름이에요. 다른 정책은 ARN을 그대로 적어요.",
        "The name of a policy that AWS manages. Another policy goes by its ARN.",
    )];
}
record!(AwsPolicy);

impl AwsPolicy {
    /// A policy by its name.
    pub fn named(name: &str) -> Self {
        Self { policy: name.to_owned() }
    }

    /// The name without its path.
    pub fn short_name(&self) -> &str {
        self.policy.rsplit('/').next().unwrap_or_default()
    }
}

/// A policy that belongs to one user, group or role, and goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlinePolicy {
    /// Its name within the user, group or role.
    pub name: String,
    /// What it allows.
    pub document: JsonText,
}

impl Default for InlinePolicy {
    fn default() -> Self {
        Self { name: "inline".to_owned(), document: reading() }
    }
}

impl Record for InlinePolicy {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(name, "이름", "Name", Widget::Line)
            .property("PolicyName")
            .help("영문, 숫자와 +=,.@-_를 쓸 수 있어요.", "Letters, digits and +=,.@-_."),
        field!(document, "정책 문서", "Policy document", Widget::Json)
            .property("PolicyDocument")
            .help("무엇을 허용하는지 JSON으로 적어요.", "What it allows, as JSON."),
    ];
}
record!(InlinePolicy);

/// A policy document that is valid and harmless: it lists buckets.
pub fn reading() -> JsonText {
    JsonText::of(&serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Allow", "Action": ["s3:ListAllMyBuckets"], "Resource": "*" }]
    }))
}

/// The fields of whoever holds permissions, after those that are its own.
macro_rules! permission_fields {
    ($($rest:expr),* $(,)?) => {
        &[
            $($rest,)*
            field!(aws_policies, "AWS 관리형 정책", "AWS managed policies", Widget::Table(columns::<AwsPolicy>))
                .help("AWS가 만들어 둔 정책이에요. 필요한 것만 골라요.", "Policies that AWS keeps. Choose only what is needed."),
            field!(policies, "고객 관리형 정책", "Customer managed policies", Widget::References(&[Kind::IamPolicy]))
                .help("직접 만든 정책이에요. 여러 곳에 붙일 수 있어요.", "Policies of your own, which several may share."),
            field!(inline_policies, "인라인 정책", "Inline policies", Widget::Table(columns::<InlinePolicy>))
                .property("Policies")
                .help("여기에만 속한 정책이에요. 되도록 관리형 정책을 쓰세요.", "Policies that belong here alone. Prefer managed ones."),
        ]
    };
}
pub(super) use permission_fields;

/// A name of one's own in the account; empty lets CloudFormation choose one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IamName(String);

impl IamName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FieldValue for IamName {
    fn to_value(&self) -> Value {
        Value::Text(self.0.clone())
    }
    fn from_value(value: &Value) -> Result<Self, Message> {
        let name = String::from_value(value)?.trim().to_owned();
        let allowed = |c: char| c.is_ascii_alphanumeric() || "+=,.@-_".contains(c);
        if name.len() <= 64 && name.chars().all(allowed) {
            return Ok(Self(name));
        }
        Err(message!(
            "IAM 이름에는 영문, 숫자와 +=,.@-_만 64자까지 쓸 수 있어요.",
            "An IAM name takes letters, digits and +=,.@-_, at most 64 of them."
        ))
    }
}

/// The field of a name of one's own.
macro_rules! fixed_name {
    ($member:ident, $property:literal) => {
        field!($member, "고정 이름", "Fixed name", Widget::Line).property($property).help(
            "비우면 CloudFormation이 지어요. 이름을 정하면 배포할 때 CAPABILITY_NAMED_IAM이 필요해요.",
            "Empty lets CloudFormation choose one. A fixed name needs CAPABILITY_NAMED_IAM at deployment.",
        )
    };
}
pub(super) use fixed_name;

/// Policies of AWS that courses use.
fn aws_policies() -> Vec<Suggestion> {
    let proposal = |(value, ko, en): (&str, &'static str, &'static str)| Suggestion {
        value: value.to_owned(),
        label: t(ko, en).into(),
    };
    [
        ("AdministratorAccess", "모든 권한(관리자 그룹에만)", "Everything (for an administrators' group alone)"),
        ("PowerUserAccess", "IAM을 뺀 모든 서비스", "All services except IAM"),
        ("ReadOnlyAccess", "모든 서비스 읽기", "Reads every service"),
        ("ViewOnlyAccess", "목록 보기", "Lists every service"),
        ("IAMUserChangePassword", "자기 비밀번호 바꾸기", "Changes one's own password"),
        ("AmazonEC2FullAccess", "EC2 전체", "All of EC2"),
        ("AmazonEC2ReadOnlyAccess", "EC2 읽기", "Reads EC2"),
        ("AmazonS3FullAccess", "S3 전체", "All of S3"),
        ("AmazonS3ReadOnlyAccess", "S3 읽기", "Reads S3"),
        (
            "AmazonSSMManagedInstanceCore",
            "Session Manager로 인스턴스 접속",
            "Signing in to instances by Session Manager",
        ),
        ("AmazonSSMReadOnlyAccess", "Parameter Store 읽기", "Reads Parameter Store"),
        ("CloudWatchAgentServerPolicy", "CloudWatch 에이전트", "The CloudWatch agent"),
        ("AmazonEC2ContainerRegistryReadOnly", "ECR 이미지 내려받기", "Pulls images from ECR"),
        ("AmazonEC2ContainerRegistryPowerUser", "ECR 이미지 올리고 내려받기", "Pushes images to ECR and pulls them"),
        ("service-role/AmazonECSTaskExecutionRolePolicy", "ECS 작업 실행 역할", "ECS task execution role"),
        ("service-role/AmazonEC2ContainerServiceforEC2Role", "ECS 컨테이너 인스턴스", "ECS container instances"),
        ("service-role/AWSLambdaBasicExecutionRole", "Lambda 로그 쓰기", "Lambda writes its logs"),
        ("service-role/AWSLambdaVPCAccessExecutionRole", "VPC 안의 Lambda", "Lambda in a VPC"),
        ("service-role/AWSCodeDeployRole", "EC2에 배포하는 CodeDeploy", "CodeDeploy to EC2"),
        ("AWSCodeDeployRoleForECS", "ECS에 배포하는 CodeDeploy", "CodeDeploy to ECS"),
        ("AmazonDynamoDBFullAccess", "DynamoDB 전체", "All of DynamoDB"),
    ]
    .map(proposal)
    .into()
}
