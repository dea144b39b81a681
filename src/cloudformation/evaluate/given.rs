//! Values that people give to parameters: whether they fit.

use super::allowed_pattern::matches;
use super::value::text_of;
use crate::message;
use crate::template::Json;
use crate::text::Message;

/// Whether a text may be the value of a parameter, which is its declaration in the template.
///
/// # Errors
/// What the parameter wants instead.
pub fn accepts(parameter: &Json, text: &str) -> Result<(), Message> {
    let type_name = parameter.get("Type").and_then(Json::as_str).unwrap_or("String");
    let allowed: Vec<String> =
        parameter.get("AllowedValues").and_then(Json::as_array).into_iter().flatten().filter_map(text_of).collect();
    let is_list = type_name == "CommaDelimitedList" || type_name.starts_with("List<");
    let parts: Vec<&str> = if is_list { text.split(',').map(str::trim).collect() } else { vec![text] };
    if !allowed.is_empty()
        && let Some(wrong) = parts.iter().find(|part| !allowed.iter().any(|one| one == *part))
    {
        let choice = allowed.join(", ");
        return Err(message!(
            "{wrong}은(는) 고를 수 없어요. {choice} 가운데 고르세요.",
            "{wrong} cannot be chosen. Choose one of {choice}."
        ));
    }
    if type_name == "Number" || type_name == "List<Number>" {
        parts.iter().try_for_each(|part| number(parameter, part))?;
    }
    length(parameter, text)?;
    parts.iter().try_for_each(|part| kind(type_name, part))?;
    pattern(parameter, &parts)
}

/// What ids of a type of parameter begin with.
const IDS: [(&str, &str); 6] = [
    ("AWS::EC2::VPC::Id", "vpc-"),
    ("AWS::EC2::Subnet::Id", "subnet-"),
    ("AWS::EC2::SecurityGroup::Id", "sg-"),
    ("AWS::EC2::Image::Id", "ami-"),
    ("AWS::EC2::Instance::Id", "i-"),
    ("AWS::EC2::Volume::Id", "vol-"),
];

/// A value of a type that AWS looks up; whether there is one is known at deployment only.
fn kind(type_name: &str, part: &str) -> Result<(), Message> {
    let inner = type_name.strip_prefix("List<").and_then(|inner| inner.strip_suffix('>')).unwrap_or(type_name);
    match IDS.iter().find(|(name, _)| *name == inner) {
        Some((_, prefix)) if !part.is_empty() && !part.starts_with(prefix) => Err(message!(
            "{part}은(는) {inner}이(가) 아니에요. {prefix}(으)로 시작하는 ID를 쓰세요.",
            "{part} is no {inner}. Write an ID that begins with {prefix}."
        )),
        _ => Ok(()),
    }
}

/// The pattern that a value must match as a whole, each of a list by itself.
fn pattern(parameter: &Json, parts: &[&str]) -> Result<(), Message> {
    let Some(pattern) = parameter.get("AllowedPattern").and_then(Json::as_str) else { return Ok(()) };
    if matches(&format!("^(?:{pattern})$"), parts) != Some(false) {
        return Ok(());
    }
    let told = parameter.get("ConstraintDescription").and_then(Json::as_str).unwrap_or_default();
    let told = if told.is_empty() { String::new() } else { format!(" \"{told}\"") };
    Err(message!(
        "템플릿이 받는 형식({pattern})에 맞지 않아요.{told}",
        "It does not match the pattern that the template takes ({pattern}).{told}"
    ))
}

fn number(parameter: &Json, part: &str) -> Result<(), Message> {
    let bound = |name: &str| parameter.get(name).and_then(text_of)?.parse::<f64>().ok();
    let Some(number) = part.parse::<f64>().ok().filter(|number| number.is_finite()) else {
        return Err(message!("{part}은(는) 숫자가 아니에요. 숫자를 쓰세요.", "{part} is no number. Write a number."));
    };
    match (bound("MinValue"), bound("MaxValue")) {
        (Some(least), _) if number < least => Err(message!("{least} 이상이어야 해요.", "It must be {least} or more.")),
        (_, Some(most)) if number > most => Err(message!("{most} 이하여야 해요.", "It must be {most} or less.")),
        _ => Ok(()),
    }
}

fn length(parameter: &Json, text: &str) -> Result<(), Message> {
    /// The most bytes CloudFormation takes as a value.
    const MAX_BYTES: usize = 4096;
    let bound = |name: &str| parameter.get(name).and_then(text_of)?.parse::<usize>().ok();
    let length = text.chars().count();
    match (bound("MinLength"), bound("MaxLength")) {
        _ if text.len() > MAX_BYTES => Err(message!(
            "값은 {MAX_BYTES}바이트까지예요. 줄이세요.",
            "A value may have {MAX_BYTES} bytes. Shorten it."
        )),
        (Some(least), _) if length < least => {
            Err(message!("{least}자 이상이어야 해요.", "It must have {least} characters or more."))
        }
        (_, Some(most)) if length > most => {
            Err(message!("{most}자 이하여야 해요.", "It must have {most} characters or fewer."))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_fit_their_parameter() {
        let fits = |parameter: &Json, text: &str| accepts(parameter, text).is_ok();
        let port = json!({ "Type": "Number", "MinValue": "1", "MaxValue": 65535 });
        assert!(
            fits(&port, "80")
                && !fits(&port, "0")
                && !fits(&port, "65536")
                && !fits(&port, "http")
                && !fits(&port, "nan")
        );
        let env = json!({ "Type": "String", "AllowedValues": ["prod", 1, true] });
        assert!(fits(&env, "prod") && fits(&env, "1") && fits(&env, "true") && !fits(&env, "Prod"));
        let zones = json!({ "Type": "CommaDelimitedList", "AllowedValues": ["a", "b"] });
        assert!(fits(&zones, "a, b") && !fits(&zones, "a,c"));
        let name = json!({ "Type": "String", "MinLength": 2, "MaxLength": 3 });
        assert!(fits(&name, "가나") && !fits(&name, "가") && !fits(&name, "abcd"));
        let host = json!({ "AllowedPattern": "[a-z-]+", "ConstraintDescription": "small letters" });
        assert!(fits(&host, "web-a") && !fits(&host, "web-1"));
        assert!(accepts(&host, "Web").unwrap_err().en.ends_with("\"small letters\""));
        // One that looks around cannot be judged here.
        assert!(fits(&json!({ "AllowedPattern": "(?!x).*" }), "x"));
        let subnets = json!({ "Type": "List<AWS::EC2::Subnet::Id>" });
        assert!(fits(&subnets, "subnet-1, subnet-2") && !fits(&subnets, "subnet-1, vpc-2"));
        assert!(fits(&json!({}), "") && !fits(&json!({}), &"x".repeat(5000)));
    }
}
