//! What is not a resource: parameters, mappings, conditions and outputs.

use super::{Finder, SECTION, VALUE, meant, scalar, step};
use crate::cloudformation::evaluate::{accepts, call};
use crate::message;
use crate::template::{Json, Object};
use crate::text::Message;

/// What a parameter may say.
const PARAMETER: [&str; 11] = [
    "Type",
    "Default",
    "Description",
    "AllowedPattern",
    "AllowedValues",
    "ConstraintDescription",
    "MaxLength",
    "MaxValue",
    "MinLength",
    "MinValue",
    "NoEcho",
];
/// Types of parameters whose values AWS looks up
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html>).
const SPECIFIC: [&str; 10] = [
    "AWS::EC2::AvailabilityZone::Name",
    "AWS::EC2::Image::Id",
    "AWS::EC2::Instance::Id",
    "AWS::EC2::KeyPair::KeyName",
    "AWS::EC2::SecurityGroup::GroupName",
    "AWS::EC2::SecurityGroup::Id",
    "AWS::EC2::Subnet::Id",
    "AWS::EC2::VPC::Id",
    "AWS::EC2::Volume::Id",
    "AWS::Route53::HostedZone::Id",
];
const OUTPUT: [&str; 4] = ["Value", "Description", "Export", "Condition"];
/// Functions of which a condition is made.
const CONDITIONS: [&str; 5] = ["Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals", "Condition"];

/// How many of each there may be (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>).
const LIMITS: [(&str, usize); 3] = [("Parameters", 200), ("Outputs", 200), ("Mappings", 200)];

pub(super) fn find(finder: &mut Finder<'_>) {
    for (section, most) in LIMITS {
        let count = finder.section(section).map_or(0, Object::len);
        if count > most {
            let why = message!(
                "{section}이(가) {count}개예요. CloudFormation은 {most}개까지 받으니 중첩 스택으로 나누세요.",
                "{section} has {count} entries. CloudFormation takes {most}: split the template into nested stacks."
            );
            finder.tell(SECTION, &format!("/{section}"), why);
        }
    }
    loops(finder);
    for (section, look) in [
        ("Parameters", parameter as fn(&mut Finder<'_>, &str, &Json, &str)),
        ("Mappings", mapping),
        ("Conditions", condition),
        ("Outputs", output),
    ] {
        for (name, json) in finder.section(section).into_iter().flatten() {
            let pointer = format!("/{section}/{}", step(name));
            // A macro puts what it wants in the place of these.
            if finder.is_open && matches!(section, "Conditions" | "Outputs") {
                continue;
            }
            if name.starts_with("Fn::") || (json.is_null() && section != "Conditions") {
                continue;
            }
            // Conditions may have other names, too.
            if section != "Conditions" && !is_name(section, name) {
                let why = message!(
                    "{section}의 이름 '{name}'에는 영문자와 숫자만 쓸 수 있어요.",
                    "The name \"{name}\" in {section} may have letters and digits only."
                );
                finder.tell(SECTION, &pointer, why);
            }
            look(finder, name, json, &pointer);
        }
    }
}

/// Loops are of the language extensions, which must be asked for.
fn loops(finder: &mut Finder<'_>) {
    if finder.is_extended || finder.is_open {
        return;
    }
    for section in ["Conditions", "Resources", "Outputs"] {
        for (name, _) in
            finder.section(section).into_iter().flatten().filter(|(name, _)| name.starts_with("Fn::ForEach::"))
        {
            let why = message!(
                "{name}을(를) 쓰려면 맨 위에 Transform: AWS::LanguageExtensions가 있어야 해요. 추가하세요.",
                "{name} needs Transform: AWS::LanguageExtensions at the top. Add it."
            );
            finder.tell(SECTION, &format!("/{section}/{}", step(name)), why);
        }
    }
}

fn is_name(section: &str, name: &str) -> bool {
    let other = if section == "Mappings" { "-._" } else { "" };
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || other.contains(c))
}

/// Keys that do not belong.
fn keys(finder: &mut Finder<'_>, name: &str, json: &Json, known: &[&str], pointer: &str) {
    for (key, _) in json.as_object().into_iter().flatten().filter(|(key, _)| !known.contains(&key.as_str())) {
        if key == "Fn::Transform" || finder.is_full() {
            continue;
        }
        let near = meant(key, known.iter().copied()).map_or_else(|| known.join(", "), str::to_owned);
        let why = message!(
            "{name}에는 {key}을(를) 쓸 수 없어서 배포가 거절돼요. 쓸 수 있는 이름은 {near}이에요(예요). 고치거나 지우세요.",
            "{name} cannot have {key}, so the deployment is refused. It takes {near}: correct the name or remove it."
        );
        finder.tell(SECTION, &format!("{pointer}/{}", step(key)), why);
    }
}

fn parameter(finder: &mut Finder<'_>, name: &str, json: &Json, pointer: &str) {
    keys(finder, name, json, &PARAMETER, pointer);
    let type_name = match json.get("Type") {
        Some(Json::String(name)) => name.as_str(),
        _ => {
            let why = message!(
                "파라미터 {name}에 Type이 없어요. String이나 Number 같은 Type을 쓰세요.",
                "The parameter {name} has no Type. Give it one, such as String or Number."
            );
            return finder.tell(SECTION, pointer, why);
        }
    };
    let inner = ["AWS::SSM::Parameter::Value<", "List<"].iter().fold(type_name, |inner, wrap| {
        inner.strip_prefix(wrap).and_then(|inner| inner.strip_suffix('>')).unwrap_or(inner)
    });
    let wraps = inner != type_name;
    let is_plain = matches!(inner, "String" | "Number" | "CommaDelimitedList");
    let known = is_plain || SPECIFIC.contains(&inner) || (type_name == "AWS::SSM::Parameter::Name" && !wraps);
    if !known {
        let near =
            meant(type_name, ["String", "Number", "List<Number>", "CommaDelimitedList", "List<String>"].into_iter());
        let near = near.or_else(|| meant(type_name, SPECIFIC.into_iter()));
        let near = near.unwrap_or("String, Number, CommaDelimitedList, AWS::EC2::VPC::Id");
        let why = message!(
            "파라미터 {name}의 Type {type_name}은(는) 없는 유형이에요. {near} 같은 유형으로 고치세요.",
            "The parameter {name} has the Type {type_name}, which does not exist. Write one such as {near}."
        );
        finder.tell(SECTION, &format!("{pointer}/Type"), why);
    }
    let length = json.get("Description").and_then(Json::as_str).map_or(0, str::len);
    if length > 4000 {
        let why =
            message!("파라미터 설명은 4,000바이트까지예요.", "The description of a parameter may have 4,000 bytes.");
        finder.tell(SECTION, &format!("{pointer}/Description"), why);
    }
    for key in ["MinLength", "MaxLength", "MinValue", "MaxValue"] {
        if let Some(bound) = json.get(key).filter(|bound| !scalar::fits("n", bound)) {
            let given = scalar::short(bound);
            let why = message!(
                "{name}의 {key}에는 숫자가 와야 하는데 '{given}'이(가) 있어요.",
                "{key} of {name} takes a number and has \"{given}\"."
            );
            finder.tell(SECTION, &format!("{pointer}/{key}"), why);
        }
    }
    let is_truth = |json: &Json| scalar::fits("b", json);
    for (key, sound, ko, en) in [
        ("AllowedValues", json.get("AllowedValues").is_none_or(Json::is_array), "목록", "a list"),
        ("NoEcho", json.get("NoEcho").is_none_or(is_truth), "true나 false", "true or false"),
        (
            "AllowedPattern",
            json.get("AllowedPattern").is_none_or(Json::is_string),
            "정규 표현식",
            "a regular expression",
        ),
    ] {
        if !sound {
            let why = message!(
                "파라미터 {name}의 {key}에는 {ko}이(가) 와야 해요.",
                "{key} of the parameter {name} takes {en}."
            );
            finder.tell(SECTION, &format!("{pointer}/{key}"), why);
        }
    }
    if let Some(default) = json.get("Default") {
        let at = format!("{pointer}/Default");
        match default {
            Json::Array(_) | Json::Object(_) | Json::Null => {
                let why = message!(
                    "파라미터 {name}의 Default에는 글자나 숫자만 써요. 목록은 쉼표로 이은 글자로 쓰세요.",
                    "The Default of the parameter {name} is a text or number. Write a list as one text with commas."
                );
                finder.tell(SECTION, &at, why);
            }
            _ if type_name.starts_with("AWS::SSM") => {}
            plain => {
                let text = plain.as_str().map_or_else(|| plain.to_string(), str::to_owned);
                if let Err(why) = accepts(json, &text) {
                    finder.tell(VALUE, &at, of_parameter(name, &text, &why));
                }
            }
        }
    }
}

/// Why a parameter does not take a value.
pub(super) fn of_parameter(name: &str, text: &str, why: &Message) -> Message {
    let shown = scalar::short(&Json::from(text));
    Message::new(
        &format!("파라미터 {name}의 값 '{shown}'은(는) 받을 수 없는 값이에요. {}", why.ko),
        format!("The parameter {name} does not take its value \"{shown}\". {}", why.en),
    )
}

fn mapping(finder: &mut Finder<'_>, name: &str, json: &Json, pointer: &str) {
    for (key, row) in json.as_object().into_iter().flatten().filter(|(key, _)| *key != "Fn::Transform") {
        let at = format!("{pointer}/{}", step(key));
        let is_plain = |value: &Json| !value.is_object() && !value.is_null();
        let sound = row.as_object().is_some_and(|row| {
            row.contains_key("Fn::Transform")
                || row
                    .values()
                    .all(|value| is_plain(value) && value.as_array().is_none_or(|all| all.iter().all(is_plain)))
        });
        if !sound {
            let why = message!(
                "매핑 {name}의 {key} 아래에는 '이름: 값'만 와요. 값은 함수 없이 글자나 목록으로 쓰세요.",
                "Below {key} of the mapping {name} stand only names with values, which are texts or lists without functions."
            );
            finder.tell(SECTION, &at, why);
        }
    }
}

fn condition(finder: &mut Finder<'_>, name: &str, json: &Json, pointer: &str) {
    if !is_condition(json, finder.is_extended) {
        let why = message!(
            "조건 {name}은(는) Fn::And, Fn::Or, Fn::Not, Fn::Equals나 Condition 하나여야 해요. 그 가운데 하나로 고치세요.",
            "The condition {name} must be one Fn::And, Fn::Or, Fn::Not, Fn::Equals or Condition. Write one of these."
        );
        finder.tell(SECTION, pointer, why);
        return;
    }
    parts(finder, name, json, pointer);
}

/// The conditions that a condition is made of.
fn parts(finder: &mut Finder<'_>, name: &str, json: &Json, pointer: &str) {
    let Some((function, argument)) = json.as_object().and_then(|entries| entries.iter().next()) else { return };
    if !matches!(function.as_str(), "Fn::And" | "Fn::Or" | "Fn::Not") {
        return;
    }
    for (at, part) in argument.as_array().into_iter().flatten().enumerate() {
        let pointer = format!("{pointer}/{}/{at}", step(function));
        if is_condition(part, finder.is_extended) {
            parts(finder, name, part, &pointer);
        } else {
            let given = scalar::short(part);
            let why = message!(
                "조건 {name} 안의 {given}은(는) 조건이 아니에요. !Condition 이름이나 !Equals로 쓰세요.",
                "{given} in the condition {name} is no condition. Write !Condition with a name, or !Equals."
            );
            finder.tell(SECTION, &pointer, why);
        }
    }
}

fn is_condition(json: &Json, is_extended: bool) -> bool {
    let Json::Object(entries) = json else { return false };
    let mut keys = entries.keys();
    match (keys.next(), keys.next()) {
        (Some(key), None) => CONDITIONS.contains(&key.as_str()) || (is_extended && call(entries).is_some()),
        _ => false,
    }
}

fn output(finder: &mut Finder<'_>, name: &str, json: &Json, pointer: &str) {
    keys(finder, name, json, &OUTPUT, pointer);
    match json.get("Value") {
        None => {
            let why = message!(
                "출력 {name}에 Value가 없어요. 보여 줄 값을 쓰세요.",
                "The output {name} has no Value. Say what it shows."
            );
            finder.tell(SECTION, pointer, why);
        }
        Some(value) => {
            let called = value.as_object().and_then(call);
            if value.is_array()
                || value.is_null()
                || (value.is_object() && called.is_none())
                || called.is_some_and(|(name, _)| name == "Fn::GetAZs")
            {
                let why = message!(
                    "출력 {name}의 Value에는 글 하나가 와야 해요. 목록은 !Join으로 이어 쓰세요.",
                    "The Value of the output {name} must be one text. Put a list together with !Join."
                );
                finder.tell(VALUE, &format!("{pointer}/Value"), why);
            }
        }
    }
    if let Some(export) = json.get("Export")
        && export.get("Name").is_none()
    {
        let why = message!(
            "출력 {name}의 Export에 Name이 없어요. 내보낼 이름을 쓰세요.",
            "Export of the output {name} has no Name. Write the name to export."
        );
        finder.tell(SECTION, &format!("{pointer}/Export"), why);
    }
    for (key, wanted) in [("Condition", json.get("Condition")), ("Description", json.get("Description"))] {
        if wanted.is_some_and(|value| !value.is_string()) {
            let why =
                message!("출력 {name}의 {key}은(는) 글이어야 해요.", "{key} of the output {name} must be a text.");
            finder.tell(SECTION, &format!("{pointer}/{key}"), why);
        }
    }
}
