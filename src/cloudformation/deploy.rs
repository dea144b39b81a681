//! What the person who deploys needs: the exact command, the steps in the console, what is asked for, and how near the template is to limits.

use super::Export;
use crate::catalog::data::limits;
use crate::catalog::kinds::Region;
use crate::design::Design;
use crate::message;
use crate::template::Json;
use crate::text::{Message, Text, t};

/// A parameter of the template, as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// Its default; nothing where a value must be given.
    pub default: Option<String>,
    /// What it is, in ASCII, as the template says it.
    pub description: String,
    /// Whether it is never shown.
    pub secret: bool,
}

/// How near the template is to a limit of CloudFormation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is counted.
    pub what: Text,
    /// How much the template has.
    pub used: usize,
    /// How much it may have.
    pub most: usize,
}

impl Limit {
    /// Whether it is passed.
    pub const fn is_over(&self) -> bool {
        self.used > self.most
    }

    /// How much of it is used, in per cent, rounded down; over 100 where it is passed.
    pub const fn percent(&self) -> usize {
        self.used.saturating_mul(100) / self.most
    }
}

/// What the deploy sheet shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deploy {
    /// The name of the stack.
    pub stack: String,
    /// The region it is deployed to.
    pub region: String,
    /// The command for a shell, over several lines.
    pub command: String,
    /// The same by hand in the console.
    pub console: Vec<Message>,
    /// The parameters, those that must be given first.
    pub asked: Vec<Asked>,
    /// What must be acknowledged: `CAPABILITY_IAM` or `CAPABILITY_NAMED_IAM`.
    pub capability: Option<&'static str>,
    /// The limits.
    pub limits: Vec<Limit>,
    /// What to know before.
    pub notes: Vec<Message>,
}

/// Where the template is put on the way, when it is too large to be handed over by itself.
const BUCKET: &str = "MY-TEMPLATE-BUCKET";

/// What to do with an exported template that was saved as `file`; `text` is what was saved, for its size.
pub fn deploy(design: &Design, export: &Export, file: &str, text: &str) -> Deploy {
    let stack = stack_name(design.title());
    let regions: Vec<&Region> = design.all::<Region>().map(|(.., region)| region).collect();
    let region = regions.first().map_or_else(|| Region::default().code, |region| region.code.clone());
    let asked = asked(&export.template);
    let capability = export.capability();
    let limits = limits_of(&export.template, text);
    let through_s3 = text.len() > limits::TEMPLATE_BYTES_INLINE;
    let mut words = vec![
        "aws cloudformation deploy".to_owned(),
        format!("--template-file {}", quoted(file)),
        format!("--stack-name {stack}"),
        format!("--region {}", quoted(&region)),
    ];
    words.extend(capability.map(|capability| format!("--capabilities {capability}")));
    let given: Vec<String> =
        asked.iter().filter(|one| one.default.is_none()).map(|one| format!("{}=VALUE", one.name)).collect();
    if !given.is_empty() {
        words.push(format!("--parameter-overrides {}", given.join(" ")));
    }
    if through_s3 {
        words.push(format!("--s3-bucket {BUCKET}"));
    }
    let notes = notes(&regions, &asked, through_s3, &limits);
    let console = console(&stack, &region, &asked, capability, through_s3);
    Deploy { stack, region, command: words.join(" \\\n  "), console, asked, capability, limits, notes }
}

/// A name that CloudFormation takes: letters, digits and hyphens, beginning with a letter, at most 128.
fn stack_name(title: &str) -> String {
    let mut name = String::new();
    for c in title.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name: String = name.chars().skip_while(|c| !c.is_ascii_alphabetic()).take(100).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() { "groundplan".to_owned() } else { name.to_owned() }
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

fn asked(template: &Json) -> Vec<Asked> {
    let parameters = template.get("Parameters").and_then(Json::as_object);
    let text = |json: &Json, key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
    let one = |(name, json): (&String, &Json)| {
        let secret = json.get("NoEcho").is_some_and(|no| no.as_bool() == Some(true) || no.as_str() == Some("true"));
        let default = json.get("Default").map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        Asked {
            name: name.clone(),
            // The default of a secret would be in clear.
            default: default
                .filter(|default| !default.is_empty())
                .map(|default| if secret { "****".to_owned() } else { default }),
            description: text(json, "Description").unwrap_or_default(),
            secret,
        }
    };
    let mut asked: Vec<Asked> = parameters.into_iter().flatten().map(one).collect();
    asked.sort_by_key(|one| one.default.is_some());
    asked
}

fn limits_of(template: &Json, text: &str) -> Vec<Limit> {
    let count = |section: &str| template.get(section).and_then(Json::as_object).map_or(0, serde_json::Map::len);
    vec![
        Limit {
            what: t("바로 올릴 수 있는 바이트", "Bytes without S3"),
            used: text.len(),
            most: limits::TEMPLATE_BYTES_INLINE,
        },
        Limit {
            what: t("S3로 올릴 수 있는 바이트", "Bytes through S3"),
            used: text.len(),
            most: limits::TEMPLATE_BYTES_S3,
        },
        Limit { what: t("리소스", "Resources"), used: count("Resources"), most: limits::TEMPLATE_RESOURCES },
        Limit { what: t("파라미터", "Parameters"), used: count("Parameters"), most: limits::TEMPLATE_PARAMETERS },
        Limit { what: t("출력", "Outputs"), used: count("Outputs"), most: limits::TEMPLATE_OUTPUTS },
        Limit { what: t("매핑", "Mappings"), used: count("Mappings"), most: limits::TEMPLATE_MAPPINGS },
    ]
}

fn notes(regions: &[&Region], asked: &[Asked], through_s3: bool, limits: &[Limit]) -> Vec<Message> {
    let mut notes = Vec::new();
    if asked.iter().any(|one| one.default.is_none()) {
        notes.push(message!("VALUE를 여러분의 값으로 바꾸세요.", "Replace VALUE with your own values."));
    }
    if through_s3 {
        notes.push(message!(
            "템플릿이 {}바이트를 넘어 S3를 거쳐야 해요. {BUCKET}을(를) 여러분의 버킷으로 바꾸세요.",
            "Over {} bytes, the template goes through S3. Replace {BUCKET} with a bucket of yours.",
            limits::TEMPLATE_BYTES_INLINE
        ));
    }
    for limit in limits.iter().filter(|limit| limit.is_over() && limit.most != limits::TEMPLATE_BYTES_INLINE) {
        let (Text { ko, en }, used, most) = (limit.what, limit.used, limit.most);
        notes.push(message!(
            "{ko}: {used}. CloudFormation은 {most}까지 받아요. 설계를 나누어 배포하세요.",
            "{en}: {used}. CloudFormation takes {most}. Deploy the design in parts."
        ));
    }
    let count = regions.len();
    if count > 1 {
        notes.push(message!(
            "리전이 {count}개 있지만 스택은 첫 번째 리전에만 만들어져요.",
            "There are {count} regions; the stack is created in the first alone."
        ));
    }
    notes
}

fn console(stack: &str, region: &str, asked: &[Asked], capability: Option<&str>, through_s3: bool) -> Vec<Message> {
    let mut steps = vec![
        message!(
            "AWS 콘솔에 로그인하고 오른쪽 위에서 리전 {region}을(를) 골라요.",
            "Sign in to the AWS console and choose region {region} at the top right."
        ),
        message!(
            "CloudFormation > 스택 > 스택 생성 > 새 리소스 사용(표준)을 눌러요.",
            "Open CloudFormation > Stacks > Create stack > With new resources (standard)."
        ),
    ];
    steps.push(if through_s3 {
        message!(
            "템플릿을 S3 버킷에 올리고, Amazon S3 URL에 그 주소를 넣은 다음 다음을 눌러요.",
            "Upload the template to an S3 bucket, enter its address under Amazon S3 URL and press Next."
        )
    } else {
        message!(
            "템플릿 파일 업로드를 골라 저장한 템플릿을 올리고 다음을 눌러요.",
            "Choose Upload a template file, pick the saved template and press Next."
        )
    });
    steps.push(message!("스택 이름에 {stack}을(를) 적어요.", "Enter {stack} as the stack name."));
    if !asked.is_empty() {
        steps.push(message!(
            "파라미터를 확인해요. 내 주소, 키 페어와 도메인은 여러분의 것으로 바꾼 다음 다음을 눌러요.",
            "Check the parameters: your address, key pair and domain. Then press Next."
        ));
    }
    if let Some(capability) = capability {
        steps.push(message!(
            "맨 아래에서 IAM 리소스를 만든다는 것({capability})을 확인하는 칸에 표시해요.",
            "At the bottom, acknowledge that IAM resources are created ({capability})."
        ));
    }
    steps.push(message!(
        "검토한 다음 전송을 눌러요. 상태가 CREATE_COMPLETE가 되면 출력 탭에서 주소를 볼 수 있어요.",
        "Review and press Submit. Once the status is CREATE_COMPLETE, the Outputs tab has the addresses."
    ));
    steps.push(message!(
        "실습이 끝나면 스택을 골라 삭제해요. 남겨 두면 요금이 계속 들어요.",
        "When you are done, select the stack and delete it. What stays goes on costing."
    ));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::CodeBuildProject;
    use crate::cloudformation::export;
    use crate::design::Edit;
    use crate::rules::testing::two_zones;

    fn sheet(design: &Design) -> Deploy {
        let export = export(design);
        deploy(design, &export, "lab.json", export.text())
    }

    #[test]
    fn the_command_says_what_the_template_needs() {
        let mut sketch = two_zones();
        sketch.edit(&Edit::Title("Lab 4: 여섯 서브넷 VPC".to_owned()));
        let plain = sheet(sketch.design());
        assert_eq!(
            plain.command,
            "aws cloudformation deploy \\\n  --template-file lab.json \\\n  --stack-name lab-4-vpc \\\n  --region ap-northeast-2"
        );
        assert_eq!(plain.capability, None);
        sketch.add("region", "build", CodeBuildProject::default());
        let roles = sheet(sketch.design());
        assert!(roles.command.ends_with("--capabilities CAPABILITY_IAM"), "{}", roles.command);
        assert_eq!(roles.console.len(), plain.console.len() + 1);
        assert!(roles.limits.iter().all(|limit| !limit.is_over() && limit.percent() < 100));
    }

    #[test]
    fn a_large_template_goes_through_s3() {
        let design = crate::samples::large(400);
        let found = sheet(&design);
        assert!(found.command.contains("--s3-bucket"), "{}", found.command);
        assert!(found.limits[0].is_over());
        assert!(found.notes.iter().any(|note| note.en.contains("51200")));
    }

    #[test]
    fn what_has_no_default_is_asked_for() {
        let template = serde_json::json!({ "Parameters": {
            "A": { "Type": "String", "Default": "x", "Description": "One" },
            "B": { "Type": "String", "NoEcho": true },
            "C": { "Type": "String", "NoEcho": true, "Default": "hunter2" },
        }});
        let found = asked(&template);
        assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["B", "A", "C"]);
        assert_eq!(found[2].default.as_deref(), Some("****"));
        assert!(found[0].secret && found[0].default.is_none());
    }

    #[test]
    fn names_are_what_cloudformation_and_a_shell_take() {
        for (title, want) in
            [("", "groundplan"), ("두 가용 영역의 VPC", "vpc"), ("3 tiers!", "tiers"), ("a--b  c", "a-b-c")]
        {
            assert_eq!(stack_name(title), want, "{title}");
        }
        assert_eq!(quoted("두 영역.json"), "'두 영역.json'");
        assert_eq!(quoted("it's.json"), "'it'\\''s.json'");
    }
}
