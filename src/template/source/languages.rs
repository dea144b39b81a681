//! Texts of other tools, which people open by mistake.

use super::super::{Json, Object};
use crate::message;
use crate::text::Message;

/// What a text is that is neither JSON nor YAML, if it can be told.
pub(super) fn of_text(text: &str) -> Option<Message> {
    if let Some(line) = text.lines().position(is_placeholder) {
        let line = line + 1;
        let (ko, en) = if text.contains("{{ .Values") || text.contains(".Values.") || text.contains("{{ include ") {
            ("Helm 차트의 템플릿", "a template of a Helm chart; render it with helm template")
        } else if text.contains("{%") {
            ("Jinja 템플릿", "a Jinja template; render it with the tool that it belongs to")
        } else if text.contains("{{-") || text.contains("-}}") || text.contains("{{ .") || text.contains("{{.") {
            ("Go 템플릿", "a Go template; render it with the tool that it belongs to")
        } else if text.contains("<%") {
            ("ERB 템플릿", "an ERB template; render it with the tool that it belongs to")
        } else {
            (
                "Jinja나 Mustache 같은 템플릿 엔진의 파일",
                "a file of a template engine such as Jinja or Mustache; render it with the tool that it belongs to",
            )
        };
        return Some(message!(
            "아직 값을 채우지 않은 {ko}이에요(예요). {line}번째 줄에 {{{{ }}}} 같은 자리 표시가 있어요. 먼저 렌더링해서 나온 CloudFormation 템플릿을 여세요.",
            "This is {en}, and open the CloudFormation template that comes of it. Line {line} has a placeholder that is not filled in yet, such as {{{{ }}}}."
        ));
    }
    let lines = || text.lines().map(str::trim_start).take(400);
    let hcl = |line: &str| {
        let block =
            |word: &str| line.strip_prefix(word).is_some_and(|rest| rest.starts_with(" \"") || rest.starts_with(" {"));
        ["resource", "provider", "terraform", "variable", "module", "data", "output", "locals"]
            .iter()
            .any(|word| block(word))
            && line.ends_with('{')
    };
    if lines().any(hcl) {
        return Some(terraform());
    }
    if lines().any(|line| {
        const CDK: [&str; 7] = [
            "import * as ",
            "import {",
            "from aws_cdk",
            "import aws_cdk",
            "import software.amazon.awscdk",
            "using Amazon.CDK",
            "import cdk ",
        ];
        CDK.iter().any(|begin| line.starts_with(begin)) || line.contains("github.com/aws/aws-cdk-go/")
    }) {
        return Some(message!(
            "CDK 프로그램으로 보여요. cdk synth로 템플릿을 만든 다음 cdk.out의 .template.json을 여세요.",
            "This looks like a CDK program. Make the template with cdk synth, and open the .template.json in cdk.out."
        ));
    }
    if text.trim_start().starts_with('<') {
        let head: String = text.chars().take(2000).collect::<String>().to_lowercase();
        if head.contains("<mxfile") || head.contains("<mxgraphmodel") {
            return Some(message!(
                "draw.io(diagrams.net) 그림 파일이에요. 그림에는 배포할 리소스의 설정이 없어서 열 수 없어요. CloudFormation 템플릿을 열거나, 여기에 새로 그리세요.",
                "This is a drawing of draw.io (diagrams.net), which has no settings of resources to deploy. Open a CloudFormation template, or draw it here."
            ));
        }
        if head.contains("<svg") {
            return Some(message!(
                "SVG 그림이에요. 그림이 아니라 CloudFormation 템플릿을 여세요.",
                "This is an SVG picture. Open the CloudFormation template itself."
            ));
        }
        if head.contains("<!doctype html") || head.contains("<html") {
            return Some(message!(
                "웹 페이지(HTML)예요. 템플릿을 보여 주는 페이지라면 원본(Raw)을 내려받아 여세요.",
                "This is a web page (HTML). If it shows a template, download the template itself (Raw), and open that."
            ));
        }
        return Some(message!(
            "HTML이나 XML 파일이에요. 템플릿의 원본(Raw)을 내려받아 여세요.",
            "This is an HTML or XML file. Download the template itself (Raw), and open that."
        ));
    }
    None
}

/// What data is that has no Resources, if it can be told.
pub(super) fn of_data(json: &Json) -> Option<Message> {
    let Json::Object(object) = json else {
        let plays = json.as_array().is_some_and(|items| items.iter().any(|item| item.get("hosts").is_some()));
        return plays.then(|| other("Ansible 플레이북", "an Ansible playbook"));
    };
    let has = |key: &str| object.contains_key(key);
    let schema = object.get("$schema").and_then(Json::as_str).unwrap_or_default();
    let is_serverless = has("provider") && ["service", "services", "functions"].into_iter().any(has);
    let is_cdk = object.get("app").is_some_and(Json::is_string) && !has("Resources") && !is_serverless;
    if is_cdk || has("artifacts") && has("version") && !has("phases") {
        return Some(message!(
            "CDK 앱의 설정이에요. cdk synth로 템플릿을 만든 다음 cdk.out의 .template.json을 여세요.",
            "This belongs to a CDK app. Make the template with cdk synth, and open the .template.json in cdk.out."
        ));
    }
    let found = if object.get("type").and_then(Json::as_str) == Some("excalidraw") {
        ("Excalidraw 그림", "a drawing of Excalidraw")
    } else if has("runtime") && has("name") && !has("services") {
        ("Pulumi 프로젝트 설정", "the configuration of a Pulumi project")
    } else if has("apiVersion") && has("kind") {
        ("Kubernetes 매니페스트", "a Kubernetes manifest")
    } else if is_serverless || has("services") && has("functions") {
        return Some(message!(
            "Serverless Framework 설정이에요. serverless package로 만든 .serverless의 CloudFormation 템플릿을 여세요.",
            "This is a Serverless Framework configuration. Open the CloudFormation template that serverless package leaves in .serverless."
        ));
    } else if has("services") {
        ("Docker Compose 파일", "a Docker Compose file")
    } else if has("terraform_version") || has("resource") || has("provider") || has("terraform") {
        return Some(terraform());
    } else if schema.contains("deploymentTemplate") {
        ("Azure Resource Manager 템플릿", "an Azure Resource Manager template")
    } else if has("openapi") || has("swagger") {
        ("OpenAPI 문서", "an OpenAPI document")
    } else if has("jobs") {
        ("GitHub Actions 워크플로", "a GitHub Actions workflow")
    } else if has("imports") && has("resources") || object.get("resources").is_some_and(Json::is_array) {
        ("Google Deployment Manager 설정", "a Google Deployment Manager configuration")
    } else if is_app_spec(object) {
        ("CodeDeploy의 AppSpec 파일", "an AppSpec file of CodeDeploy")
    } else if has("stages") || has("phases") {
        ("빌드 설정", "a build configuration")
    } else {
        return None;
    };
    Some(other(found.0, found.1))
}

/// Whether data tells CodeDeploy what to deploy: files and hooks, or one service or function in a list
/// (<https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html>).
pub(super) fn is_app_spec(object: &Object) -> bool {
    let list = |key: &str| object.get(key).is_some_and(Json::is_array);
    let of_servers = object.contains_key("os") && (list("files") || object.contains_key("hooks"));
    object.get("version").is_some() && (list("Resources") || list("resources") || of_servers)
}

fn other(ko: &str, en: &str) -> Message {
    message!(
        "{ko}이에요(예요). CloudFormation 템플릿이 아니라 열 수 없어요. AWS::EC2::VPC 같은 Type을 가진 Resources가 있는 파일을 여세요.",
        "This is {en}, not a CloudFormation template. Open a file that has Resources with a Type such as AWS::EC2::VPC."
    )
}

fn terraform() -> Message {
    message!(
        "Terraform 파일이에요. CloudFormation 템플릿만 열 수 있어요. 이미 만든 인프라라면 aws ec2 describe-vpcs 같은 명령의 출력을 여세요.",
        "This is a Terraform file, and only CloudFormation templates can be opened. If the network exists already, open what commands such as aws ec2 describe-vpcs print."
    )
}

/// Whether a line begins with a placeholder of a template engine, or has one in the place of a value. What CloudFormation itself resolves is none,
/// and neither is one within a text, such as the format of a command.
fn is_placeholder(line: &str) -> bool {
    let line = line.trim_start();
    let begins = |text: &str| {
        let text = text.trim_start();
        let engine = ["{{", "{%", "{#", "<%"].iter().any(|mark| text.starts_with(mark));
        engine && !text.starts_with("{{resolve:")
    };
    begins(line.trim_start_matches("- ")) || line.split_once(": ").is_some_and(|(_, value)| begins(value))
}
