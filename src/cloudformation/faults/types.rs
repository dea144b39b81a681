//! What CloudFormation documents of resource types: their properties, what these take, and the attributes.
//!
//! `types.txt` has a line of JSON for each type, from the published schemas of the resource types
//! (<https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schemas.html>), and after them the names of all types of the
//! same services. `cargo xtask data types` writes it. A value is one of
//! - `"s"`, `"i"`, `"n"`, `"b"`, `"m"`, `"j"`: text, whole number, number, truth, mapping, anything;
//! - `"@Name"`: a shape among `s` of its type; `[…]`: a list of what is inside;
//! - `{"p": …}`: an object by its properties, with `r` those it must have, `x` and `o` sets of which exactly or at least one must be there, `d` and
//!   `n` what each excludes and needs, and `+` if it may have others too;
//! - `{"t": …}`: one of the above with limits: `e` or `E` its values (`E` in any case), `m` a regular expression, `f` a format, `l` least and most
//!   letters, `v` least and most, `i` and `c` the items of a list and how many, `u` that none is there twice.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::template::Json;

const TABLE: &str = include_str!("types.txt");

/// What each line says, by its first word: a type, or a service with a colon.
static LINES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect()
});

/// What is known of a type.
pub(super) fn of(type_name: &str) -> Option<Json> {
    serde_json::from_str(LINES.get(type_name)?).ok()
}

/// The names of the types of a service, if they are known: `Subnet` of `EC2`.
pub(super) fn names_of(service: &str) -> Option<impl Iterator<Item = &'static str> + use<>> {
    Some(LINES.get(format!("{service}:").as_str())?.split(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_reads() {
        let types = TABLE.lines().filter(|line| line.starts_with("AWS::"));
        let patterns = |json: &Json| {
            let (mut found, mut rest) = (Vec::new(), vec![json.clone()]);
            while let Some(json) = rest.pop() {
                found.extend(json.get("m").and_then(Json::as_str).map(str::to_owned));
                match json {
                    Json::Object(entries) => rest.extend(entries.into_iter().map(|(_, value)| value)),
                    Json::Array(items) => rest.extend(items),
                    _ => {}
                }
            }
            found
        };
        for line in types.clone() {
            let name = line.split(' ').next().unwrap();
            let json = of(name).unwrap_or_else(|| panic!("{name} does not read"));
            assert!(json["p"].is_object() && json["a"].is_array() && json["s"].is_object(), "{name}");
            for pattern in patterns(&json) {
                let is_known = regex_lite::Regex::new(&pattern).is_ok();
                assert!(
                    !is_known || crate::cloudformation::evaluate::matches(&pattern, &[""]).is_some(),
                    "{pattern} of {name} is too large"
                );
            }
        }
        assert!(types.count() > 90);
        assert!(names_of("EC2").unwrap().any(|name| name == "Subnet") && names_of("Moon").is_none());
    }
}
