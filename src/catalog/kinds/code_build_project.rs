//! A CodeBuild project: builds, tests and makes images in a container of its own.

use crate::catalog::{Category, Field, Kind, Placement, Record, Resource, Shape, Spec, Suggestion, Widget, columns};
use crate::id::NodeId;
use crate::text::{Message, Text, t};
use crate::{choices, field, record};

choices! {
    /// Where the source comes from.
    pub enum BuildSource {
        Pipeline = "CODEPIPELINE" ("CodePipeline이 준 소스", "What CodePipeline hands it"),
        GitHub = "GITHUB" ("GitHub 리포지토리", "GitHub repository"),
        None = "NO_SOURCE" ("없음", "None"),
    }
}

choices! {
    /// How large the build container is.
    pub enum BuildCompute {
        Small = "BUILD_GENERAL1_SMALL" ("소형", "Small"),
        Medium = "BUILD_GENERAL1_MEDIUM" ("중형", "Medium"),
        Large = "BUILD_GENERAL1_LARGE" ("대형", "Large"),
        Xlarge = "BUILD_GENERAL1_XLARGE" ("특대형", "Extra large"),
    }
}

choices! {
    /// What the build container runs on.
    pub enum BuildEnvironment {
        Linux = "LINUX_CONTAINER" ("Linux(x86_64)", "Linux (x86_64)"),
        Arm = "ARM_CONTAINER" ("Linux(ARM)", "Linux (ARM)"),
    }
}

choices! {
    /// Where the value of a variable comes from.
    pub enum VariableSource {
        Plain = "PLAINTEXT" ("값 그대로", "As written"),
        Parameter = "PARAMETER_STORE" ("Parameter Store", "Parameter Store"),
        Secret = "SECRETS_MANAGER" ("Secrets Manager", "Secrets Manager"),
    }
}

/// An environment variable of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildVariable {
    /// Its name.
    pub name: String,
    /// Where the value comes from.
    pub source: VariableSource,
    /// The value, or the name of the parameter or secret.
    pub value: String,
    /// The resource whose name or address is the value.
    pub resource: Option<NodeId>,
}

impl Record for BuildVariable {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(name, "이름", "Name", Widget::Line)
            .property("Name")
            .help("예: AWS_DEFAULT_REGION", "Such as AWS_DEFAULT_REGION."),
        field!(source, "출처", "Source", Widget::Choice(VariableSource::CHOICES)).property("Type").help(
            "비밀 값은 Parameter Store나 Secrets Manager에 두세요.",
            "Keep secrets in Parameter Store or Secrets Manager.",
        ),
        field!(value, "값", "Value", Widget::Line)
            .property("Value")
            .help("값 또는 파라미터나 비밀의 이름이에요.", "The value, or the name of the parameter or secret."),
        field!(resource, "리소스", "Resource", Widget::Reference(RESOURCES)).help(
            "값 대신 고르면 ECR 리포지토리의 주소나 파라미터, 버킷, 테이블의 이름이 들어가요.",
            "In place of a value: the address of an ECR repository, or the name of a parameter, bucket or table.",
        ),
    ];
}
record!(BuildVariable);

/// What a variable can name.
const RESOURCES: &[Kind] = &[Kind::EcrRepository, Kind::SsmParameter, Kind::S3Bucket, Kind::DynamodbTable];

/// Builds in a container that lives as long as the build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeBuildProject {
    /// Where the source comes from.
    pub source: BuildSource,
    /// The repository, where it is GitHub.
    pub repository: String,
    /// The commands, as YAML; empty reads `buildspec.yml` of the source.
    pub buildspec: String,
    /// What the container runs on.
    pub environment: BuildEnvironment,
    /// Image of the container.
    pub image: String,
    /// How large it is.
    pub compute: BuildCompute,
    /// Whether it may run a Docker daemon.
    pub privileged: bool,
    /// Environment variables.
    pub variables: Vec<BuildVariable>,
    /// What it may do; none makes a role for what it does.
    pub role: Option<NodeId>,
    /// Minutes until a build is given up.
    pub timeout: u16,
}

impl Default for CodeBuildProject {
    fn default() -> Self {
        Self {
            source: BuildSource::Pipeline,
            repository: String::new(),
            buildspec: PLAIN_BUILDSPEC.to_owned(),
            environment: BuildEnvironment::Linux,
            image: "aws/codebuild/amazonlinux-x86_64-standard:5.0".to_owned(),
            compute: BuildCompute::Small,
            privileged: false,
            variables: Vec::new(),
            role: None,
            timeout: 60,
        }
    }
}

/// A buildspec that builds nothing yet and hands all files on.
pub const PLAIN_BUILDSPEC: &str = "version: 0.2
phases:
  build:
    commands:
      - echo Build started on $(date)
artifacts:
  files:
    - '**/*'
";

/// A buildspec that builds an image, pushes it to ECR and writes `imagedefinitions.json` for a deployment to ECS. It needs the variables
/// `REPOSITORY_URI` and `CONTAINER_NAME`, and privileged mode.
pub const IMAGE_BUILDSPEC: &str = r#"version: 0.2
phases:
  pre_build:
    commands:
      - aws ecr get-login-password --region $AWS_DEFAULT_REGION | docker login --username AWS --password-stdin ${REPOSITORY_URI%%/*}
      - IMAGE_TAG=$(echo $CODEBUILD_RESOLVED_SOURCE_VERSION | cut -c 1-7)
  build:
    commands:
      - docker build -t $REPOSITORY_URI:$IMAGE_TAG .
  post_build:
    commands:
      - docker push $REPOSITORY_URI:$IMAGE_TAG
      - printf '[{"name":"%s","imageUri":"%s"}]' $CONTAINER_NAME $REPOSITORY_URI:$IMAGE_TAG > imagedefinitions.json
artifacts:
  files:
    - imagedefinitions.json
"#;

impl CodeBuildProject {
    /// Whether its commands run Docker.
    pub fn runs_docker(&self) -> bool {
        let words = self.buildspec.lines().filter(|line| !line.trim_start().starts_with('#'));
        let starts = [
            "docker build",
            "docker run",
            "docker push",
            "docker buildx",
            "docker compose",
            "docker-compose",
            "dockerd",
        ];
        words.into_iter().any(|line| starts.iter().any(|start| line.contains(start)))
    }
}

impl Resource for CodeBuildProject {
    const KIND: Kind = Kind::CodeBuildProject;
    const SPEC: Spec = Spec {
        id: "code_build_project",
        label: t("CodeBuild 프로젝트", "CodeBuild project"),
        category: Category::Delivery,
        cloudformation_type: "AWS::CodeBuild::Project",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["codebuild", "build", "ci", "빌드", "buildspec", "docker"],
    };
    const SUMMARY: Text = t(
        "소스를 빌드하고 테스트하고 이미지를 만들어요. buildspec의 명령을 컨테이너 안에서 차례로 실행해요.",
        "Builds and tests source and makes images, running the commands of a buildspec in a container.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/codebuild/latest/userguide/welcome.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(source, "소스", "Source", Widget::Choice(BuildSource::CHOICES)).property("Source.Type").help(
            "파이프라인 안에서 쓰면 CodePipeline이 소스를 줘요.",
            "In a pipeline, CodePipeline hands the source over.",
        ),
        field!(repository, "리포지토리 주소", "Repository", Widget::Line)
            .property("Source.Location")
            .when(|of: &Self| of.source == BuildSource::GitHub)
            .help("예: https://github.com/example/app.git", "Such as https://github.com/example/app.git."),
        field!(buildspec, "buildspec", "Buildspec", Widget::Lines).property("Source.BuildSpec").help(
            "빌드할 때 실행할 명령을 YAML로 적어요. 비우면 소스의 buildspec.yml을 읽어요.",
            "The commands as YAML. Empty reads buildspec.yml of the source.",
        ),
        field!(environment, "환경", "Environment", Widget::Choice(BuildEnvironment::CHOICES))
            .property("Environment.Type")
            .help(
                "빌드 컨테이너의 종류예요. 이미지와 맞아야 해요.",
                "What the container runs on; the image must match.",
            ),
        field!(image, "이미지", "Image", Widget::Suggest(images))
            .property("Environment.Image")
            .help("빌드 도구가 들어 있는 컨테이너 이미지예요.", "The container image with the build tools."),
        field!(compute, "컴퓨팅", "Compute", Widget::Choice(BuildCompute::CHOICES))
            .property("Environment.ComputeType")
            .help("클수록 빠르고 분당 요금이 비싸요.", "Larger is faster and costs more a minute."),
        field!(privileged, "권한 모드", "Privileged mode", Widget::Toggle)
            .property("Environment.PrivilegedMode")
            .help("Docker 이미지를 빌드하려면 켜야 해요.", "Needed to build Docker images."),
        field!(variables, "환경 변수", "Environment variables", Widget::Table(columns::<BuildVariable>))
            .help("buildspec의 명령이 읽는 값이에요.", "Values that the commands read."),
        field!(role, "서비스 역할", "Service role", Widget::Reference(&[Kind::IamRole])).help(
            "빌드가 ECR, S3, 로그에 쓸 권한이에요. 비우면 필요한 권한만 가진 역할을 만들어요.",
            "What the build may do with ECR, S3 and logs. Empty makes a role with what it needs.",
        ),
        field!(timeout, "제한 시간", "Timeout", Widget::Number { min: 5, max: 2_160, unit: t("분", "min") })
            .property("TimeoutInMinutes")
            .help("이만큼 걸리면 빌드를 그만둬요.", "A build that takes longer is given up."),
    ];

    fn caption(&self) -> Option<String> {
        Some(if self.runs_docker() { "Docker" } else { "buildspec" }.to_owned())
    }
}

fn images() -> Vec<Suggestion> {
    [
        ("aws/codebuild/amazonlinux-x86_64-standard:5.0", "Amazon Linux 2023 (x86_64)"),
        ("aws/codebuild/amazonlinux-aarch64-standard:3.0", "Amazon Linux 2023 (ARM)"),
        ("aws/codebuild/standard:7.0", "Ubuntu 22.04"),
    ]
    .into_iter()
    .map(|(value, label)| Suggestion { value: value.to_owned(), label: Message::plain(label) })
    .collect()
}
