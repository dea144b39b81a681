//! The arguments of functions.

#[cfg(test)]
mod tests;

use super::walk::is_of_a_tool;
use super::{DANGLING, FUNCTION, Finder, meant, place, scalar, step};
use crate::catalog::data::regions::REGIONS;
use crate::cloudformation::evaluate::call;
use crate::message;
use crate::template::{Json, Object, RuleId};
use crate::text::{Message, Text, particles, t};

/// Functions that come to a list.
const LISTS: [&str; 8] =
    ["Ref", "Fn::If", "Fn::Split", "Fn::GetAZs", "Fn::Cidr", "Fn::FindInMap", "Fn::GetAtt", "Fn::Transform"];
/// Functions that come to a text.
const TEXTS: [&str; 13] = [
    "Ref",
    "Fn::If",
    "Fn::GetAtt",
    "Fn::Sub",
    "Fn::Join",
    "Fn::Select",
    "Fn::FindInMap",
    "Fn::ImportValue",
    "Fn::Base64",
    "Fn::Transform",
    "Fn::ToJsonString",
    "Fn::Length",
    "Fn::GetStackOutput",
];
/// Functions of conditions and rules.
const TRUTHS: [&str; 9] = [
    "Fn::Equals",
    "Fn::And",
    "Fn::Or",
    "Fn::Not",
    "Fn::Contains",
    "Fn::EachMemberEquals",
    "Fn::EachMemberIn",
    "Fn::RefAll",
    "Fn::ValueOf",
];
/// Properties whose texts hold scripts and documents of their own, in which `${…}` is theirs.
const SCRIPTS: [&str; 16] = [
    "UserData",
    "TemplateBody",
    "ZipFile",
    "InlineCode",
    "BuildSpec",
    "Definition",
    "DefinitionString",
    "Command",
    "EntryPoint",
    "DashboardBody",
    "RequestMappingTemplate",
    "ResponseMappingTemplate",
    "FunctionCode",
    "content",
    "command",
    "Fn::Transform",
];

/// What names of properties end with whose texts people read.
const READ: [&str; 5] = ["Description", "Comment", "DisplayName", "Message", "Title"];

/// Whether texts under a key are scripts. Code that is an object says where it lies; code that is a text is a script.
fn is_script(key: &str, value: &Json) -> bool {
    SCRIPTS.contains(&key)
        || key == "Fn::Sub"
        || key == "Code" && value.as_object().is_none_or(|entries| call(entries).is_some())
}

pub(super) fn find(finder: &mut Finder<'_>) {
    // A macro may take what no function does, and make functions of it.
    if finder.is_open {
        return;
    }
    for section in ["Conditions", "Resources", "Outputs"] {
        for (name, json) in finder.section(section).into_iter().flatten() {
            if name.starts_with("Fn::") {
                continue;
            }
            Calls { finder, section, script: false }.visit(json, &format!("/{section}/{}", step(name)));
        }
    }
}

struct Calls<'f, 'a> {
    finder: &'f mut Finder<'a>,
    section: &'static str,
    /// Whether texts here are scripts.
    script: bool,
}

impl Calls<'_, '_> {
    fn visit(&mut self, json: &Json, pointer: &str) {
        match json {
            Json::Object(entries) => {
                if let Some((name, argument)) = call(entries) {
                    let at = format!("{pointer}/{}", step(name));
                    if let Some(wrong) = self.wrong(name, argument) {
                        self.tell(name, &wrong, &at);
                    }
                    if self.section == "Conditions" {
                        self.in_condition(name, argument, &at);
                    }
                    self.literals(name, argument, &at);
                }
                for (key, value) in entries {
                    // Metadata is whatever its readers want.
                    if key == "Metadata" && pointer.matches('/').count() == 2 {
                        continue;
                    }
                    let before = self.script;
                    self.script |= is_script(key, value);
                    self.visit(value, &format!("{pointer}/{}", step(key)));
                    self.script = before;
                }
            }
            Json::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.visit(item, &format!("{pointer}/{at}"));
                }
            }
            Json::String(text) if !self.script && self.section != "Conditions" => self.embedded(text, pointer),
            _ => {}
        }
    }

    /// A condition is decided before anything is created.
    fn in_condition(&mut self, name: &str, argument: &Json, at: &str) {
        let resource = argument
            .as_str()
            .filter(|to| name == "Ref" && self.finder.section("Resources").is_some_and(|all| all.contains_key(*to)));
        let short = name.trim_start_matches("Fn::");
        if matches!(name, "Fn::GetAtt" | "Fn::ImportValue" | "Fn::GetAZs" | "Fn::Cidr" | "Fn::Base64")
            || resource.is_some()
        {
            let why = message!(
                "조건 안에서는 {short}(으)로 리소스나 다른 스택의 값을 쓸 수 없어요. 파라미터와 매핑만 비교하세요.",
                "A condition cannot ask for resources or other stacks with {short}. Compare parameters and mappings only."
            );
            self.finder.tell(FUNCTION, at, why);
        }
    }

    fn tell(&mut self, name: &str, wanted: &Text, at: &str) {
        let name = name.trim_start_matches("Fn::");
        let shown = place(at.rsplit_once('/').map_or("", |(before, _)| before));
        let why = Message::new(
            &particles(&format!("{shown}: {name}의 인수가 맞지 않아서 배포가 거절돼요. {}", wanted.ko)),
            format!("{shown}: the arguments of {name} do not fit, so the deployment is refused. {}", wanted.en),
        );
        self.finder.tell(FUNCTION, at, why);
    }

    /// What a function takes, where its argument is not that.
    fn wrong(&self, name: &str, argument: &Json) -> Option<Text> {
        let parts = argument.as_array().map(Vec::as_slice);
        let text =
            |json: &Json| !json.is_array() && !json.is_null() && is_call_of(json, &TEXTS).unwrap_or(!json.is_object());
        let list = |json: &Json| json.is_array() || is_call_of(json, &LISTS) == Some(true);
        let (fits, wanted) = match name {
            "Ref" => (
                argument.is_string() || self.finder.is_extended,
                t("Ref에는 이름 하나를 글자로 써요.", "Ref takes one name, as text."),
            ),
            "Fn::GetAtt" => (
                argument.as_str().is_some_and(|both| both.contains('.'))
                    || parts.is_some_and(|parts| {
                        parts.len() >= 2 && (self.finder.is_extended || parts.first().is_some_and(Json::is_string))
                    }),
                t("[논리적 ID, 속성]으로 쓰세요.", "Write [logical ID, attribute]."),
            ),
            "Fn::Sub" => (
                argument.is_string()
                    || matches!(parts, Some([Json::String(_), Json::Object(_)]))
                    || is_call_of(argument, &["Fn::Transform"]) == Some(true)
                    || is_of_a_tool(argument),
                t("글, 또는 [글, {이름: 값}]으로 쓰세요.", "Write a text, or [text, {name: value}]."),
            ),
            "Fn::Join" => (
                matches!(parts, Some([Json::String(_), items]) if list(items)),
                t("[구분자, 목록]으로 쓰세요.", "Write [delimiter, list]."),
            ),
            "Fn::Select" => (
                matches!(parts, Some([index, items]) if list(items) && (index.is_object() || scalar::fits("i", index))),
                t("[0부터 센 번호, 목록]으로 쓰세요.", "Write [number from 0, list]."),
            ),
            "Fn::Split" => (
                matches!(parts, Some([Json::String(_), of]) if text(of)),
                t("[구분자, 글]로 쓰세요.", "Write [delimiter, text]."),
            ),
            "Fn::FindInMap" => (
                self.is_map_look_up(parts),
                t(
                    "[매핑, 첫째 키, 둘째 키]를 글자나 Ref, FindInMap으로 쓰세요.",
                    "Write [mapping, first key, second key], each as text, Ref or FindInMap.",
                ),
            ),
            "Fn::If" => (
                matches!(parts, Some([Json::String(_), _, _])),
                t(
                    "[조건 이름, 참일 때 값, 거짓일 때 값]으로 쓰세요.",
                    "Write [name of a condition, value if it holds, value if not].",
                ),
            ),
            "Fn::GetAZs" => (
                argument.is_string() || argument.is_null() || argument.is_object(),
                t("리전 이름 하나나 빈 글자('')를 쓰세요.", "Write the name of one region, or an empty text ('')."),
            ),
            "Fn::Base64" => (text(argument), t("글 하나를 쓰세요.", "Write one text.")),
            "Fn::ImportValue" => (
                text(argument) && is_call_of(argument, &["Fn::GetAtt", "Fn::ImportValue"]) != Some(true),
                t("내보낸 이름 하나를 글로 쓰세요.", "Write the one name that is exported, as text."),
            ),
            "Fn::Cidr" => (
                matches!(parts, Some([block, count] | [block, count, _]) if text(block) && (count.is_object() || scalar::fits("i", count))),
                t("[블록, 개수, 호스트 비트]로 쓰세요.", "Write [block, count, host bits]."),
            ),
            "Fn::Equals" => {
                (matches!(parts, Some([_, _])), t("값 두 개를 목록으로 쓰세요.", "Write a list of two values."))
            }
            "Fn::Not" => {
                (matches!(parts, Some([_])), t("조건 하나를 목록으로 쓰세요.", "Write a list of one condition."))
            }
            "Fn::And" | "Fn::Or" => (
                parts.is_some_and(|parts| (2..=10).contains(&parts.len())),
                t("조건 두 개에서 열 개를 목록으로 쓰세요.", "Write a list of two to ten conditions."),
            ),
            "Fn::Transform" | "Fn::Length" | "Fn::ToJsonString" | "Fn::GetStackOutput" => return None,
            // Another tool puts something in the place of its own functions.
            _ if TRUTHS.contains(&name) || name.contains("::ForEach") || name.matches("::").count() > 1 => {
                return None;
            }
            _ => (
                false,
                t(
                    "CloudFormation에 없는 함수예요. 이름을 고치세요.",
                    "CloudFormation has no such function. Correct its name.",
                ),
            ),
        };
        (!fits).then_some(wanted)
    }

    fn is_map_look_up(&self, parts: Option<&[Json]>) -> bool {
        if self.finder.is_extended {
            return parts.is_some_and(|parts| (3..=4).contains(&parts.len()));
        }
        let key = |json: &Json| {
            json.is_string()
                || json.is_number()
                || json.is_boolean()
                || is_call_of(json, &["Ref", "Fn::FindInMap"]) == Some(true)
        };
        matches!(parts, Some([a, b, c]) if [a, b, c].into_iter().all(key))
    }

    /// Names that arguments give and nothing has.
    fn literals(&mut self, name: &str, argument: &Json, at: &str) {
        let parts = argument.as_array().map_or(&[][..], Vec::as_slice);
        match (name, parts, argument) {
            ("Fn::FindInMap", [Json::String(mapping), first, second, ..], _) => {
                self.look_up(mapping, first, second, parts.len() > 3, at);
            }
            ("Fn::GetAZs", _, Json::String(region)) if !region.is_empty() && !is_region(region) => {
                let near = meant(region, REGIONS.iter().map(|one| one.code)).unwrap_or("us-east-1");
                let why = message!(
                    "GetAZs의 {region}은(는) 리전이 아니에요. {near} 같은 리전이나 빈 글자('')를 쓰세요.",
                    "{region} in GetAZs is no region. Write one such as {near}, or an empty text ('')."
                );
                self.finder.tell(FUNCTION, at, why);
            }
            ("Fn::Cidr", [_, count, ..], _) if scalar::fits("i", count) => {
                let count = count.as_i64().or_else(|| count.as_str()?.trim().parse().ok()).unwrap_or_default();
                if !(1..=256).contains(&count) {
                    let why = message!(
                        "Cidr은 블록을 1개에서 256개까지 만들어요. 개수 {count}을(를) 고치세요.",
                        "Cidr makes 1 to 256 blocks. Correct the count {count}."
                    );
                    self.finder.tell(FUNCTION, at, why);
                }
            }
            _ => {}
        }
    }

    fn look_up(&mut self, mapping: &str, first: &Json, second: &Json, has_default: bool, at: &str) {
        let Some(map) = self.finder.section("Mappings").and_then(|all| all.get(mapping)) else {
            if self.finder.section("Mappings").is_some_and(|all| all.contains_key("Fn::Transform")) || has_default {
                return;
            }
            let why = message!(
                "매핑 {mapping}이(가) Mappings에 없어서 배포가 거절돼요. 이름을 고치거나 매핑을 추가하세요.",
                "The mapping {mapping} is not in Mappings, so the deployment is refused. Correct the name, or add the mapping."
            );
            return self.finder.tell(DANGLING, at, why);
        };
        let rows: Vec<&Object> = match first.as_str() {
            Some(key) => match map.get(key) {
                Some(row) => row.as_object().into_iter().collect(),
                None => return self.no_key(mapping, key, has_default, at),
            },
            None => map.as_object().into_iter().flatten().filter_map(|(_, row)| row.as_object()).collect(),
        };
        if let Some(key) =
            second.as_str().filter(|key| !rows.is_empty() && !rows.iter().any(|row| row.contains_key(*key)))
        {
            self.no_key(mapping, key, has_default, at);
        }
    }

    fn no_key(&mut self, mapping: &str, key: &str, has_default: bool, at: &str) {
        if !has_default {
            let why = message!(
                "매핑 {mapping}에 {key}이(가) 없어서 배포가 거절돼요. 키를 고치거나 매핑에 추가하세요.",
                "The mapping {mapping} has no {key}, so the deployment is refused. Correct the key, or add it to the mapping."
            );
            self.finder.tell(DANGLING, at, why);
        }
    }

    /// `${Name}` in a text that no `Fn::Sub` looks at.
    fn embedded(&mut self, text: &str, pointer: &str) {
        let key = pointer.rsplit('/').next().unwrap_or_default();
        // The description of an output is a plain text, and takes no function at all.
        if self.section == "Outputs" && key == "Description" {
            return;
        }
        // What people read deploys as it stands, though they may have meant the value.
        let is_read = self.section == "Outputs" || READ.iter().any(|word| key.ends_with(word));
        let rule = if is_read { RuleId::TEMPLATE_TEXT_NOT_SUBSTITUTED } else { FUNCTION };
        let mut rest = text;
        while let Some((_, after)) = rest.split_once("${") {
            let Some((name, more)) = after.split_once('}') else { return };
            rest = more;
            let has =
                |section: &str, name: &str| self.finder.section(section).is_some_and(|all| all.contains_key(name));
            let logical = name.split('.').next().unwrap_or_default();
            let pseudo =
                ["AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix"];
            if pseudo.contains(&name) || has("Parameters", name) || has("Resources", logical) {
                let shown = place(pointer);
                let why = message!(
                    "{shown}의 ${{{name}}}은(는) 글자 그대로 남아요. 값으로 바꾸려면 이 글을 !Sub로 쓰세요.",
                    "${{{name}}} in {shown} stays as it is written. To have its value, put !Sub in front of the text."
                );
                return self.finder.tell(rule, pointer, why);
            }
        }
    }
}

/// Whether a text has the form of a region's code. Partitions other than the commercial one, and regions to come, have theirs too:
/// `cn-north-1`, `us-gov-west-1`, `eusc-de-east-1`.
fn is_region(text: &str) -> bool {
    let mut words = text.rsplit('-');
    let is_number = words.next().is_some_and(|last| last.parse::<u8>().is_ok());
    let is_direction = words.next().is_some_and(|word| {
        let rest = word.strip_prefix("north").or_else(|| word.strip_prefix("south"));
        word == "central" || matches!(rest.unwrap_or(word), "east" | "west") || rest == Some("")
    });
    let before: Vec<&str> = words.collect();
    let is_word = |word: &&str| word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    is_number && is_direction && matches!(before.len(), 1 | 2) && before.iter().all(is_word)
}

/// Whether a value is a call of one of some functions; nothing where it is no call.
fn is_call_of(json: &Json, names: &[&str]) -> Option<bool> {
    let (name, _) = json.as_object().and_then(call)?;
    Some(names.contains(&name) || !(LISTS.contains(&name) || TEXTS.contains(&name) || TRUTHS.contains(&name)))
}
