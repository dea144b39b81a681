//! Texts and numbers beside the limits of their property.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::super::evaluate::matches;
use crate::message;
use crate::template::Json;
use crate::text::Message;

/// Letters of a value that a message shows.
const SHOWN: usize = 60;
/// Choices that a message shows.
const CHOICES: usize = 12;

/// A value, as text and where it is one as a number.
pub(super) struct Given {
    text: String,
    number: Option<f64>,
}

impl Given {
    pub fn of(json: &Json) -> Self {
        let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
        let number = json.as_f64().or_else(|| text.trim().parse().ok());
        Self { text, number }
    }
}

/// Whether a value is of a sort; CloudFormation takes numbers and truths as texts, and texts of them as what they say.
pub(super) fn fits(word: &str, json: &Json) -> bool {
    match (word, json) {
        ("m", _) => json.is_object(),
        ("s", _) => json.is_string() || json.is_number() || json.is_boolean(),
        ("b", Json::Bool(_)) => true,
        ("b", Json::String(text)) => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
        ("i", Json::Number(number)) => number.as_f64().is_some_and(|number| number.fract() == 0.0),
        ("i", Json::String(text)) => text.trim().parse::<i64>().is_ok(),
        ("n", Json::Number(_)) => true,
        ("n", Json::String(text)) => text.trim().parse::<f64>().is_ok_and(f64::is_finite),
        _ => false,
    }
}

/// A value as a message shows it.
pub(super) fn short(json: &Json) -> String {
    let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
    let cut: String = text.chars().take(SHOWN).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}

/// What of its limits a value does not keep.
pub(super) fn limits(limits: &Json, given: &Given, at: &str) -> Option<Message> {
    let text = given.text.as_str();
    let shown = short(&Json::from(text));
    let choices = |key: &str| limits.get(key).and_then(Json::as_array);
    let words = |all: &[Json]| all.iter().map(|one| Given::of(one).text).collect::<Vec<_>>();
    let (exact, loose) = (choices("e").map(|all| words(all)), choices("E").map(|all| words(all)));
    let refused = exact.filter(|all| !all.iter().any(|one| one == text));
    let refused = refused.or_else(|| loose.filter(|all| !all.iter().any(|one| one.eq_ignore_ascii_case(text))));
    if let Some(all) = refused {
        if let Some(near) = super::meant(text, all.iter().map(String::as_str)) {
            return Some(message!(
                "{at}에 '{shown}'은(는) 쓸 수 없는 값이에요. {near}을(를) 쓰려던 것인지 보세요.",
                "{at} does not take \"{shown}\". Did you mean {near}?"
            ));
        }
        let some = all.iter().take(CHOICES).map(String::as_str).collect::<Vec<_>>().join(", ");
        return Some(message!(
            "{at}에 '{shown}'은(는) 쓸 수 없는 값이에요. {some} 가운데 고르세요.",
            "{at} does not take \"{shown}\". Choose from {some}."
        ));
    }
    let bound = |key: &str, at: usize| limits.get(key)?.get(at)?.as_f64();
    let length = text.chars().count() as f64;
    match (bound("l", 0), bound("l", 1)) {
        (Some(least), _) if length < least => {
            return Some(message!(
                "{at}은(는) {least}자 이상이어야 하는데 {length}자예요. 늘리세요.",
                "{at} must have {least} characters or more and has {length}. Lengthen it."
            ));
        }
        (_, Some(most)) if length > most => {
            return Some(message!(
                "{at}은(는) {most}자까지인데 {length}자예요. 줄이세요.",
                "{at} may have {most} characters and has {length}. Shorten it."
            ));
        }
        _ => {}
    }
    if let Some(number) = given.number {
        match (bound("v", 0), bound("v", 1)) {
            (Some(least), _) if number < least => {
                return Some(message!(
                    "{at}은(는) {least} 이상이어야 하는데 {shown}이에요(예요).",
                    "{at} must be {least} or more and is {shown}."
                ));
            }
            (_, Some(most)) if number > most => {
                return Some(message!(
                    "{at}은(는) {most} 이하여야 하는데 {shown}이에요(예요).",
                    "{at} must be {most} or less and is {shown}."
                ));
            }
            _ => {}
        }
    }
    let example = limits.get("f").and_then(Json::as_str).and_then(|format| unlike(format, text));
    if let Some(example) = example {
        return Some(message!(
            "{at}의 '{shown}'은(는) 형식이 맞지 않아요. {example}처럼 쓰세요.",
            "\"{shown}\" is not of the form that {at} takes. Write one such as {example}."
        ));
    }
    let pattern = limits.get("m").and_then(Json::as_str)?;
    if matches(pattern, &[text]) == Some(false) {
        return Some(message!(
            "{at}의 '{shown}'은(는) AWS가 받는 형식({pattern})이 아니에요. 맞게 고치세요.",
            "\"{shown}\" does not match what AWS takes as {at} ({pattern}). Correct it."
        ));
    }
    None
}

/// An example of a format, where a text is not of it.
fn unlike(format: &str, text: &str) -> Option<&'static str> {
    let id = |prefix: &str, digit: fn(&u8) -> bool| {
        let rest = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
        rest.is_some_and(|rest| matches!(rest.len(), 8 | 17) && rest.as_bytes().iter().all(digit))
    };
    let hex = |byte: &u8| byte.is_ascii_hexdigit();
    let arn = |service: &str, resource: &str| {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        matches!(parts.as_slice(), ["arn", partition, of, _, account, rest]
            if partition.starts_with("aws") && *of == service && (account.len() == 12 || *account == "aws") && rest.starts_with(resource))
    };
    let (sound, example) = match format {
        "AWS::EC2::VPC.Id" => (id("vpc", hex), "vpc-0123456789abcdef0"),
        "AWS::EC2::Subnet.Id" => (id("subnet", hex), "subnet-0123456789abcdef0"),
        "AWS::EC2::SecurityGroup.Id" => (id("sg", hex), "sg-0123456789abcdef0"),
        "AWS::EC2::Image.Id" => {
            let letters = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
            (id("ami", letters) || text.starts_with("resolve:ssm:"), "ami-0123456789abcdef0")
        }
        "AWS::IAM::Role.Arn" => (arn("iam", "role/"), "arn:aws:iam::123456789012:role/my-role"),
        "AWS::ACM::Certificate.Arn" => (
            arn("acm", "certificate/") || arn("iam", "server-certificate/"),
            "arn:aws:acm:us-east-1:123456789012:certificate/…",
        ),
        "AWS::SNS::Topic.Arn" => (arn("sns", ""), "arn:aws:sns:us-east-1:123456789012:my-topic"),
        "ipv4-network" => (network::<Ipv4Addr>(text, 32), "10.0.1.0/24"),
        "ipv6-network" => (network::<Ipv6Addr>(text, 128), "2001:db8::/64"),
        _ => return None,
    };
    (!sound).then_some(example)
}

fn network<T: std::str::FromStr>(text: &str, most: u8) -> bool {
    let parts = text.split_once('/');
    parts.is_some_and(|(address, length)| {
        address.parse::<T>().is_ok() && length.parse::<u8>().is_ok_and(|length| length <= most)
    })
}
