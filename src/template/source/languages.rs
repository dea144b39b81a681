//! Texts of other tools, which people open by mistake.

use super::super::Json;
use crate::message;
use crate::text::Message;

/// What a text is that is neither JSON nor YAML, if it can be told.
pub(super) fn of_text(text: &str) -> Option<Message> {
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
        line.starts_with("import * as ") || line.starts_with("import {") || line.starts_with("from aws_cdk ")
    }) {
        return Some(message!(
            "CDK 프로그램으로 보여요. cdk synth로 템플릿을 만든 다음 cdk.out의 .template.json을 여세요.",
            "This looks like a CDK program. Make the template with cdk synth, and open the .template.json in cdk.out."
        ));
    }
    if text.trim_start().starts_with('<') {
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
    let found = if has("apiVersion") && has("kind") {
        ("Kubernetes 매니페스트", "a Kubernetes manifest")
    } else if has("services") && (has("provider") || has("functions")) || has("provider") && has("functions") {
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
    } else if has("stages") || has("phases") {
        ("빌드 설정", "a build configuration")
    } else {
        return None;
    };
    Some(other(found.0, found.1))
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
