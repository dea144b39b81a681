//! An IAM role: permissions that a service takes on, without a password or key.

use crate::catalog::permissions::{AwsPolicy, IamName, InlinePolicy, fixed_name, permission_fields};
use crate::catalog::{Category, Field, JsonText, Kind, Placement, Resource, Shape, Spec, Suggestion, Widget, columns};
use crate::field;
use crate::id::NodeId;
use crate::template::Json;
use crate::text::{Text, t};

/// Permissions that whoever its trust policy names may take on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IamRole {
    /// The service that may take it on: `ec2.amazonaws.com`.
    pub trusted_service: String,
    /// The whole trust policy, where a service is not all; empty where it is.
    pub trust: JsonText,
    /// Its name in the account; empty lets CloudFormation choose one.
    pub role_name: IamName,
    /// Managed policies of AWS.
    pub aws_policies: Vec<AwsPolicy>,
    /// Managed policies of one's own.
    pub policies: Vec<NodeId>,
    /// Policies that belong to it alone.
    pub inline_policies: Vec<InlinePolicy>,
}

impl Default for IamRole {
    fn default() -> Self {
        Self {
            trusted_service: "ec2.amazonaws.com".to_owned(),
            trust: JsonText::default(),
            role_name: IamName::default(),
            aws_policies: Vec::new(),
            policies: Vec::new(),
            inline_policies: Vec::new(),
        }
    }
}

impl IamRole {
    /// A role that a service takes on.
    pub fn of_service(service: &str) -> Self {
        Self { trusted_service: service.to_owned(), ..Self::default() }
    }

    /// Its trust policy; nothing where nobody is trusted.
    pub fn trust_policy(&self) -> Option<Json> {
        self.trust.json().or_else(|| {
            (!self.trusted_service.trim().is_empty()).then(|| trust_of_service(self.trusted_service.trim()))
        })
    }
}

impl Resource for IamRole {
    const KIND: Kind = Kind::IamRole;
    const SPEC: Spec = Spec {
        id: "iam_role",
        label: t("IAM 역할", "IAM role"),
        category: Category::Security,
        cloudformation_type: "AWS::IAM::Role",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["iam", "role", "trust", "assume", "역할", "신뢰 정책", "task role", "execution role"],
    };
    const SUMMARY: Text = t(
        "EC2나 Lambda 같은 서비스가 잠시 맡는 권한이에요. 서버에 액세스 키를 넣지 않아도 돼요.",
        "Permissions that a service such as EC2 or Lambda takes on, so that no access key lies on a server.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html";
    const ATTRIBUTE: Option<&'static str> = Some("Arn");
    const FIELDS: &'static [Field<Self>] = permission_fields![
        field!(trusted_service, "신뢰하는 서비스", "Trusted service", Widget::Suggest(services)).help(
            "이 역할을 맡을 서비스예요. 신뢰 정책을 직접 적으면 쓰지 않아요.",
            "The service that may take the role on. Not used once the trust policy is written out.",
        ),
        field!(trust, "신뢰 정책", "Trust policy", Widget::Json).property("AssumeRolePolicyDocument").help(
            "누가 역할을 맡을 수 있는지 JSON으로 적어요. 비우면 위의 서비스만 맡아요.",
            "Who may take the role on, as JSON. Empty means the service above alone.",
        ),
        fixed_name!(role_name, "RoleName"),
    ];

    fn caption(&self) -> Option<String> {
        let service = self.trusted_service.split('.').next().unwrap_or_default();
        (self.trust.is_empty() && !service.is_empty()).then(|| service.to_owned())
    }
}

/// Services that take roles on.
fn services() -> Vec<Suggestion> {
    [
        ("ec2.amazonaws.com", "EC2 인스턴스", "EC2 instances"),
        ("ecs-tasks.amazonaws.com", "ECS 작업", "ECS tasks"),
        ("lambda.amazonaws.com", "Lambda 함수", "Lambda functions"),
        ("codebuild.amazonaws.com", "CodeBuild", "CodeBuild"),
        ("codepipeline.amazonaws.com", "CodePipeline", "CodePipeline"),
        ("codedeploy.amazonaws.com", "CodeDeploy", "CodeDeploy"),
        ("apigateway.amazonaws.com", "API Gateway", "API Gateway"),
        ("events.amazonaws.com", "EventBridge", "EventBridge"),
        ("monitoring.rds.amazonaws.com", "RDS 확장 모니터링", "RDS enhanced monitoring"),
        ("vpc-flow-logs.amazonaws.com", "VPC 흐름 로그", "VPC flow logs"),
    ]
    .map(|(value, ko, en)| Suggestion { value: value.to_owned(), label: t(ko, en).into() })
    .into()
}

/// The trust policy of one service.
pub fn trust_of_service(service: &str) -> Json {
    serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Allow", "Principal": { "Service": service }, "Action": "sts:AssumeRole" }]
    })
}
