//! A Lambda function.

use super::Variable;
use crate::catalog::data::lambda_runtimes::lambda_runtimes;
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget, columns};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// Where a function's code is.
    pub enum CodeSource {
        Inline = "inline" ("템플릿 안", "In the template"),
        S3 = "s3" ("S3의 zip 파일", "Zip file in S3"),
    }
}

choices! {
    /// The processor a function runs on.
    pub enum LambdaArchitecture {
        X86 = "x86_64" ("x86_64", "x86_64"),
        Arm = "arm64" ("arm64(Graviton)", "arm64 (Graviton)"),
    }
}

/// Code that runs when it is called, without a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LambdaFunction {
    /// Its name; CloudFormation chooses one where it is empty.
    pub function_name: String,
    /// The language and its version: `python3.13`.
    pub runtime: String,
    /// File and function: `index.handler`.
    pub handler: String,
    /// Where the code is.
    pub code_source: CodeSource,
    /// The code itself.
    pub code: String,
    /// The bucket that holds the zip file, if it is in the drawing.
    pub bucket: Option<NodeId>,
    /// The bucket's name otherwise.
    pub code_bucket: String,
    /// The name of the zip file.
    pub code_key: String,
    /// Memory in MiB; CPU grows with it.
    pub memory: u32,
    /// Seconds after which a call is given up.
    pub timeout: u16,
    /// The processor.
    pub architecture: LambdaArchitecture,
    /// What it may do; a role of its own that only writes logs where it is empty.
    pub role: Option<NodeId>,
    /// Environment variables in clear.
    pub environment: Vec<Variable>,
    /// Where it gets interfaces in a VPC; empty means none.
    pub subnets: Vec<NodeId>,
    /// The groups of those interfaces.
    pub security_groups: Vec<NodeId>,
    /// Where its output goes; a group of its own where it is empty.
    pub log_group: Option<NodeId>,
}

/// What a new function does.
const HELLO: &str = "def handler(event, context):\n    return {\"statusCode\": 200, \"body\": \"Hello from Lambda\"}\n";

impl Default for LambdaFunction {
    fn default() -> Self {
        Self {
            function_name: String::new(),
            runtime: "python3.13".to_owned(),
            handler: "index.handler".to_owned(),
            code_source: CodeSource::Inline,
            code: HELLO.to_owned(),
            bucket: None,
            code_bucket: String::new(),
            code_key: String::new(),
            memory: 128,
            timeout: 3,
            architecture: LambdaArchitecture::X86,
            role: None,
            environment: Vec::new(),
            subnets: Vec::new(),
            security_groups: Vec::new(),
            log_group: None,
        }
    }
}

impl LambdaFunction {
    /// Whether its code stands in the template.
    pub fn is_inline(&self) -> bool {
        self.code_source == CodeSource::Inline
    }

    fn is_in_s3(&self) -> bool {
        !self.is_inline()
    }

    /// Whether it has interfaces in a VPC.
    pub fn is_in_vpc(&self) -> bool {
        !self.subnets.is_empty()
    }
}

impl Resource for LambdaFunction {
    const KIND: Kind = Kind::LambdaFunction;
    const SPEC: Spec = Spec {
        id: "lambda_function",
        label: t("Lambda 함수", "Lambda function"),
        category: Category::Serverless,
        cloudformation_type: "AWS::Lambda::Function",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["lambda", "람다", "serverless", "서버리스", "function", "함수"],
    };
    const SUMMARY: Text = t(
        "부를 때만 실행되는 코드예요. 서버를 관리하지 않고, 실행한 시간만큼 요금이 들어요.",
        "Code that runs only when called. No server to keep, and billed for the time it runs.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/lambda/latest/dg/welcome.html";
    const ATTRIBUTE: Option<&'static str> = Some("Arn");
    const FIELDS: &'static [Field<Self>] = &[
        field!(function_name, "함수 이름", "Function name", Widget::Line)
            .property("FunctionName")
            .help("비우면 CloudFormation이 지어요.", "Empty lets CloudFormation choose."),
        field!(runtime, "런타임", "Runtime", Widget::Suggest(lambda_runtimes))
            .property("Runtime")
            .help("코드의 언어와 버전이에요.", "The language of the code and its version."),
        field!(handler, "핸들러", "Handler", Widget::Line).property("Handler").help(
            "파일 이름과 함수 이름이에요. 템플릿 안의 코드는 index 파일이 돼요.",
            "File and function. Code in the template becomes the file index.",
        ),
        field!(code_source, "코드 위치", "Code source", Widget::Choice(CodeSource::CHOICES)).help(
            "짧은 Python이나 Node.js 코드는 템플릿 안에 적을 수 있어요.",
            "Short Python or Node.js code can lie in the template.",
        ),
        field!(code, "코드", "Code", Widget::Lines)
            .when(Self::is_inline)
            .help("4 MiB까지 적을 수 있지만, 템플릿 크기에도 들어가요.", "Counts towards the size of the template."),
        field!(bucket, "코드 버킷", "Code bucket", Widget::Reference(&[Kind::S3Bucket])).when(Self::is_in_s3).help(
            "zip 파일이 있는 S3 버킷이에요. 같은 리전이어야 해요.",
            "The S3 bucket with the zip file, in the same region.",
        ),
        field!(code_bucket, "코드 버킷 이름", "Code bucket name", Widget::Line)
            .when(|of: &Self| of.is_in_s3() && of.bucket.is_none())
            .help("그림에 없는 버킷이라면 이름을 적어요.", "For a bucket that is not drawn, its name."),
        field!(code_key, "코드 키", "Code key", Widget::Line)
            .when(Self::is_in_s3)
            .help("zip 파일의 이름이에요. 예: releases/app.zip", "The zip file's name, such as releases/app.zip."),
        field!(memory, "메모리", "Memory", Widget::Number { min: 128, max: 10_240, unit: t("MB", "MB") })
            .property("MemorySize")
            .help("CPU도 메모리에 비례해서 늘어나요.", "CPU grows with it."),
        field!(timeout, "제한 시간", "Timeout", Widget::Number { min: 1, max: 900, unit: t("초", "s") })
            .property("Timeout")
            .help(
                "이 시간이 지나면 실행을 멈춰요. 최대 15분이에요.",
                "A call is given up after it. At most 15 minutes.",
            ),
        field!(architecture, "아키텍처", "Architecture", Widget::Choice(LambdaArchitecture::CHOICES))
            .property("Architectures.0")
            .help("arm64가 보통 더 싸요.", "arm64 is mostly cheaper."),
        field!(role, "실행 역할", "Execution role", Widget::Reference(&[Kind::IamRole])).help(
            "함수가 할 수 있는 일이에요. 비우면 로그만 쓰는 역할을 함께 만들어요.",
            "What the function may do. Empty makes a role that only writes logs.",
        ),
        field!(environment, "환경 변수", "Environment variables", Widget::Table(columns::<Variable>)).help(
            "누구나 볼 수 있는 값만 적어요. 암호는 Parameter Store에서 읽으세요.",
            "Only what anyone may see. Read passwords from Parameter Store.",
        ),
        field!(subnets, "서브넷", "Subnets", Widget::References(&[Kind::Subnet]))
            .of_same_vpc()
            .property("VpcConfig.SubnetIds")
            .help(
                "VPC 안의 리소스에 닿아야 할 때만 골라요. 인터넷으로 나가려면 NAT가 있는 프라이빗 서브넷이어야 해요.",
                "Only to reach what is in a VPC. Reaching the internet then takes private subnets with NAT.",
            ),
        field!(security_groups, "보안 그룹", "Security groups", Widget::References(&[Kind::SecurityGroup]))
            .of_same_vpc()
            .property("VpcConfig.SecurityGroupIds")
            .when(Self::is_in_vpc)
            .help("VPC 안에서 나가는 연결을 정해요.", "Decides what it may reach in the VPC."),
        field!(log_group, "로그 그룹", "Log group", Widget::Reference(&[Kind::LogGroup]))
            .property("LoggingConfig.LogGroup")
            .help(
                "비우면 /aws/lambda/ 아래에 만료 없는 로그 그룹이 생겨요.",
                "Empty makes one under /aws/lambda/ that never expires.",
            ),
    ];

    fn caption(&self) -> Option<String> {
        Some(self.runtime.clone())
    }
}
