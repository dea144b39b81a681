//! A parameter of Systems Manager Parameter Store.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// What a parameter holds.
    pub enum ParameterType {
        String = "String" ("문자열", "String"),
        StringList = "StringList" ("문자열 목록", "String list"),
        SecureString = "SecureString" ("보안 문자열", "Secure string"),
    }
}

choices! {
    /// How large it may be, and what it costs.
    pub enum ParameterTier {
        Standard = "Standard" ("표준", "Standard"),
        Advanced = "Advanced" ("고급", "Advanced"),
    }
}

/// A setting by name, which tasks, functions and builds read as they start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SsmParameter {
    /// Its name, mostly a path: `/app/region`.
    pub parameter_name: String,
    /// What it holds.
    pub parameter_type: ParameterType,
    /// The value. A secure string has none here: CloudFormation cannot make one, and a secret does not belong into a drawing.
    pub value: String,
    /// How large it may be.
    pub tier: ParameterTier,
    /// What it is for.
    pub description: String,
    /// A regular expression for values.
    pub allowed_pattern: String,
}

impl Default for SsmParameter {
    fn default() -> Self {
        Self {
            parameter_name: "/app/setting".to_owned(),
            parameter_type: ParameterType::String,
            value: "value".to_owned(),
            tier: ParameterTier::Standard,
            description: String::new(),
            allowed_pattern: String::new(),
        }
    }
}

impl SsmParameter {
    /// Whether it is encrypted, and so made outside of templates.
    pub fn is_secure(&self) -> bool {
        self.parameter_type == ParameterType::SecureString
    }

    fn is_plain(&self) -> bool {
        !self.is_secure()
    }
}

impl SsmParameter {
    /// The logical id of the parameter in an ARN as templates write it, as far as it is known before deployment.
    pub fn logical_in_arn(arn: &str) -> Option<&str> {
        let (_, name) = arn.split_once(":parameter")?;
        name.trim_start_matches('/').strip_prefix("${")?.strip_suffix('}')
    }
}

impl Resource for SsmParameter {
    const KIND: Kind = Kind::SsmParameter;
    const SPEC: Spec = Spec {
        id: "ssm_parameter",
        label: t("SSM 파라미터", "SSM parameter"),
        category: Category::Management,
        cloudformation_type: "AWS::SSM::Parameter",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["parameter store", "파라미터 스토어", "ssm", "환경 변수", "config"],
    };
    const SUMMARY: Text = t(
        "설정값을 이름으로 보관해요. 태스크와 함수, 빌드가 시작할 때 읽어요. 암호는 보안 문자열로 두세요.",
        "Keeps a setting by name. Tasks, functions and builds read it as they start. Keep secrets as secure strings.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(parameter_name, "파라미터 이름", "Parameter name", Widget::Line).property("Name").help(
            "보통 경로처럼 써요. 예: /django/ecr-region",
            "Mostly written as a path, such as /django/ecr-region.",
        ),
        field!(parameter_type, "유형", "Type", Widget::Choice(ParameterType::CHOICES)).property("Type").help(
            "보안 문자열은 암호화돼요. CloudFormation으로 만들 수 없어서 aws ssm put-parameter로 만들어요.",
            "A secure string is encrypted. CloudFormation cannot make one: create it with aws ssm put-parameter.",
        ),
        field!(value, "값", "Value", Widget::Line).property("Value").when(Self::is_plain).help(
            "누구나 볼 수 있는 값만 적어요. 목록은 쉼표로 나눠요.",
            "Only what anyone may see. Separate a list by commas.",
        ),
        field!(tier, "계층", "Tier", Widget::Choice(ParameterTier::CHOICES)).property("Tier").help(
            "표준은 4 KB까지 무료예요. 고급은 8 KB까지이고 요금이 들어요.",
            "Standard is free up to 4 KB. Advanced takes 8 KB and is billed.",
        ),
        field!(description, "설명", "Description", Widget::Line)
            .property("Description")
            .help("무엇에 쓰는 값인지 적어요.", "What the value is for."),
        field!(allowed_pattern, "허용 패턴", "Allowed pattern", Widget::Line)
            .property("AllowedPattern")
            .when(Self::is_plain)
            .help(
                "값이 맞아야 하는 정규식이에요. 비우면 아무 값이나 받아요.",
                "A regular expression that values must match. Empty takes any.",
            ),
    ];

    fn bare() -> Self {
        Self { parameter_name: String::new(), value: String::new(), ..Self::default() }
    }

    fn is_deployed(&self) -> bool {
        self.is_plain()
    }

    fn caption(&self) -> Option<String> {
        Some(self.parameter_name.clone())
    }
}
