//! What a word of YAML without quotes is, by the rules that CloudFormation and its tools share.
//!
//! YAML 1.1, but dates are text, and so is a number that would not be written the same again: `0123`, `1.10`, `1_000`.

use super::super::Json;

/// The value of a plain scalar.
pub fn resolve(word: &str) -> Json {
    match word {
        "" | "~" | "null" | "Null" | "NULL" => Json::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Json::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Json::Bool(false),
        _ => number(word).unwrap_or_else(|| Json::String(word.to_owned())),
    }
}

fn number(word: &str) -> Option<Json> {
    if !word.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        return None;
    }
    let whole = word.parse::<i64>().ok().map(Json::from).or_else(|| word.parse::<u64>().ok().map(Json::from));
    let fraction = || word.parse::<f64>().ok().and_then(serde_json::Number::from_f64).map(Json::Number);
    let number = whole.or_else(fraction)?;
    let again = number.to_string();
    (again == word).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dates_and_leading_zeros_are_text() {
        for text in [
            "2010-09-09",
            "012345678901",
            "0777",
            "0x1F",
            "1_000",
            "1.10",
            "1e3",
            "+5",
            "22:22",
            "10.0.0.0/16",
            "-0",
            "y",
            "N",
            "-",
            ".5",
            "nan",
            "99999999999999999999999",
            "2012-10-17",
        ] {
            assert_eq!(resolve(text), json!(text), "{text}");
        }
    }

    #[test]
    fn numbers_and_truths_are_what_yaml_says() {
        assert_eq!(resolve("123456789012"), json!(123_456_789_012_u64));
        assert_eq!(
            (resolve("80"), resolve("-1"), resolve("0"), resolve("0.5")),
            (json!(80), json!(-1), json!(0), json!(0.5))
        );
        assert_eq!((resolve("yes"), resolve("Off"), resolve("true")), (json!(true), json!(false), json!(true)));
        assert_eq!((resolve(""), resolve("~"), resolve("null")), (Json::Null, Json::Null, Json::Null));
    }
}
