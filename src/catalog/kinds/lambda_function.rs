//! A Lambda function.

use super::{S3Bucket, Variable};
use crate::catalog::data::lambda_runtimes::{lambda_runtimes, takes_inline_code};
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget, columns};
use crate::cloudformation::{Emit, Read, pattern, read_role, role_of, service_role};
use crate::id::NodeId;
use crate::template::{Json, Object};
use crate::text::{Message, t};
use crate::{choices, field, message};

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

/// The attribute by which templates name a VPC's default group.
const DEFAULT_GROUP: &str = "DefaultSecurityGroup";

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
    fn is_inline(&self) -> bool {
        self.code_source == CodeSource::Inline
    }

    fn is_in_s3(&self) -> bool {
        !self.is_inline()
    }

    /// Whether it has interfaces in a VPC.
    pub fn is_in_vpc(&self) -> bool {
        !self.subnets.is_empty()
    }

    /// The code as a template has it; nothing where there is none that could be created.
    fn code_json(&self, emit: &Emit<'_>) -> Option<Json> {
        if self.is_inline() {
            let fits = takes_inline_code(&self.runtime) && !self.code.is_empty();
            return fits.then(|| serde_json::json!({ "ZipFile": self.code }));
        }
        let drawn = self.bucket.filter(|id| emit.context().design.get::<S3Bucket>(*id).is_some());
        let named = (!self.code_bucket.is_empty()).then(|| pattern(&self.code_bucket));
        let bucket = drawn.and_then(|id| emit.refer(id)).or(named)?;
        (!self.code_key.is_empty()).then(|| serde_json::json!({ "S3Bucket": bucket, "S3Key": self.code_key }))
    }
}

impl Resource for LambdaFunction {
    const KIND: Kind = Kind::LambdaFunction;
    const SPEC: Spec = Spec {
        id: "lambda_function",
        label: t("Lambda 함수", "Lambda function"),
        summary: t(
            "부를 때만 실행되는 코드예요. 서버를 관리하지 않고, 실행한 시간만큼 요금이 들어요.",
            "Code that runs only when called. No server to keep, and billed for the time it runs.",
        ),
        category: Category::Serverless,
        cloudformation_type: "AWS::Lambda::Function",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["lambda", "람다", "serverless", "서버리스", "function", "함수"],
        source: "https://docs.aws.amazon.com/lambda/latest/dg/welcome.html",
    };
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
        field!(subnets, "서브넷", "Subnets", Widget::References(&[Kind::Subnet])).property("VpcConfig.SubnetIds").help(
            "VPC 안의 리소스에 닿아야 할 때만 골라요. 인터넷으로 나가려면 NAT가 있는 프라이빗 서브넷이어야 해요.",
            "Only to reach what is in a VPC. Reaching the internet then takes private subnets with NAT.",
        ),
        field!(security_groups, "보안 그룹", "Security groups", Widget::References(&[Kind::SecurityGroup]))
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

    fn export(&self, emit: &mut Emit<'_>) {
        let Some(code) = self.code_json(emit) else {
            emit.leave_out(message!(
                "템플릿에 담을 코드가 없어서 템플릿에 넣지 못했어요. Python이나 Node.js 코드를 적거나 S3의 zip 파일을 고르세요.",
                "It has no code that a template could hold and is not in it. Write Python or Node.js code, or name a zip file in S3."
            ));
            return;
        };
        emit.put("Code", code);
        let mut variables = Object::new();
        for Variable { name, value } in self.environment.iter().filter(|one| !one.name.is_empty()) {
            variables.insert(name.clone(), pattern(value));
        }
        if !variables.is_empty() {
            emit.put("Environment.Variables", variables);
        }
        if self.is_in_vpc() && self.security_groups.is_empty() {
            // Lambda asks for a group, and takes none by itself.
            let vpc = self.subnets.iter().find_map(|subnet| emit.context().vpc_of(*subnet));
            let groups: Vec<Json> = vpc.map(|(vpc, _)| emit.attribute_of(vpc, DEFAULT_GROUP)).into_iter().collect();
            emit.put("VpcConfig.SecurityGroupIds", groups);
        }
        let policy = if self.is_in_vpc() { "AWSLambdaVPCAccessExecutionRole" } else { "AWSLambdaBasicExecutionRole" };
        let own = service_role("lambda.amazonaws.com", &[&format!("service-role/{policy}")], &[]);
        let role = role_of(emit, self.role, own);
        emit.put("Role", role);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.role = read_role(read, "Role");
        let group =
            read.get("VpcConfig.SecurityGroupIds.0").and_then(|group| group.get("Fn::GetAtt")?.get(1)?.as_str());
        if group == Some(DEFAULT_GROUP) {
            self.security_groups.clear();
        }
        let text = |path: &str| read.get(path).and_then(|value| read.pattern(value));
        if let Some(code) = text("Code.ZipFile") {
            self.code = code;
        }
        if let Some(bucket) = read.get("Code.S3Bucket") {
            self.code_source = CodeSource::S3;
            self.bucket = read.node(bucket);
            self.code_bucket =
                if self.bucket.is_none() { text("Code.S3Bucket").unwrap_or_default() } else { String::new() };
            self.code_key = text("Code.S3Key").unwrap_or_default();
        }
        // An image, and what a tool puts in the place of code, say nothing of a runtime or a zip file.
        if read.get("Code.ZipFile").is_none() && read.get("Code.S3Bucket").is_none() {
            ["code_source", "code", "runtime"].into_iter().for_each(|field| read.leave_open(field));
        }
        let variables = read.get("Environment.Variables").and_then(Json::as_object).into_iter().flatten();
        let variable = |(name, value): (&String, &Json)| Variable {
            name: name.clone(),
            value: read.pattern(value).unwrap_or_default(),
        };
        self.environment = variables.map(variable).collect();
        // Who may call it stands with those who do.
        read.parts("AWS::Lambda::Permission", "FunctionName");
        Ok(())
    }

    fn caption(&self) -> Option<String> {
        Some(self.runtime.clone())
    }
}
