//! The `Rules` of a template, asserted with the values that its parameters have, and those values themselves.

use std::collections::BTreeMap;

use super::section::of_parameter;
use super::{Finder, SECTION, VALUE, step};
use crate::cloudformation::evaluate::{accepts, holds};
use crate::message;
use crate::template::{Json, RuleId};

/// Assertions that do not hold.
const ASSERTION: RuleId = RuleId::TEMPLATE_RULE_BROKEN;

pub(super) fn find(finder: &mut Finder<'_>, values: &BTreeMap<String, String>) {
    for (name, text) in values {
        let Some(parameter) = finder.section("Parameters").and_then(|all| all.get(name)) else { continue };
        if let Err(why) = accepts(parameter, text) {
            finder.tell(VALUE, &format!("/Parameters/{}", step(name)), of_parameter(name, text, &why));
        }
    }
    for (name, rule) in finder.section("Rules").into_iter().flatten() {
        let pointer = format!("/Rules/{}", step(name));
        let Some(all) = rule.get("Assertions").and_then(Json::as_array) else {
            if !name.starts_with("Fn::") {
                let why = message!(
                    "규칙 {name}에 Assertions 목록이 없어요. 지켜야 할 것을 Assert로 쓰세요.",
                    "The rule {name} has no list of Assertions. Write what must hold as Assert."
                );
                finder.tell(SECTION, &pointer, why);
            }
            continue;
        };
        // Whether it applies may hang on values that nobody has given yet.
        if rule.get("RuleCondition").is_some_and(|condition| holds(finder.scope, condition) != Ok(true)) {
            continue;
        }
        for (at, assertion) in all.iter().enumerate() {
            let Some(assert) = assertion.get("Assert") else { continue };
            if holds(finder.scope, assert) != Ok(false) {
                continue;
            }
            let told = assertion.get("AssertDescription").and_then(Json::as_str).unwrap_or_default();
            let told = if told.is_empty() { String::new() } else { format!(" \"{told}\"") };
            let why = message!(
                "파라미터 값이 템플릿의 규칙 {name}에 어긋나서 배포가 거절돼요.{told} 값을 고치세요.",
                "The values of the parameters break the rule {name} of the template, so the deployment is refused.{told} Choose others."
            );
            finder.tell(ASSERTION, &format!("{pointer}/Assertions/{at}"), why);
        }
    }
}
