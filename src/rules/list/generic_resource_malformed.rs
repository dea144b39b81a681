//! A resource of any type has a type that CloudFormation knows, and properties that the type takes.

use std::cell::LazyCell;

use serde_json::json;

use crate::catalog::kinds::CloudformationResource;
use crate::design::{Edit, logical_ids};
use crate::facts::Context;
use crate::message;
use crate::rules::{Report, Rule, Severity, template};
use crate::template::{RuleId, parse};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "generic-resource-malformed",
    severity: Severity::Error,
    title: t("유형에 맞지 않는 리소스", "Resource that its type does not take"),
    why: t(
        "CloudFormation은 모르는 유형이나 속성이 있으면 템플릿을 받지 않아요.",
        "CloudFormation refuses a template with a type or a property that it does not know.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let names = LazyCell::new(|| logical_ids(context.design));
    for (id, node, resource) in context.all::<CloudformationResource>() {
        // What is as the template has it is found there, with its line.
        if template::is_as_written(context.design, id) {
            continue;
        }
        let properties = resource.properties.json().filter(serde_json::Value::is_object).unwrap_or_else(|| json!({}));
        let Some(logical) = names.get(&id) else { continue };
        let alone =
            json!({ "Resources": { logical: { "Type": resource.type_name.trim(), "Properties": properties } } });
        let Ok(source) = parse(&alone.to_string()) else { continue };
        for fault in source.faults() {
            let field = match fault.rule {
                RuleId::TEMPLATE_TYPE_UNKNOWN => "type_name",
                RuleId::TEMPLATE_REFERENCE_DANGLING | RuleId::TEMPLATE_CIRCLE => continue,
                _ => "properties",
            };
            let (name, ko, en) = (&node.name, &fault.why.ko, &fault.why.en);
            let said = message!("{name}({}): {ko}", "{name} ({}): {en}", resource.type_name);
            let note = report.note(id, said).field(field);
            if let Some(meant) = fault.meant.filter(|_| field == "type_name") {
                note.fix(
                    message!("유형을 {meant}(으)로 바꾸기", "Change the type to {meant}"),
                    vec![Edit::set(id, field, meant.as_str())],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{Named, fires, quiet, two_zones};

    fn resource(type_name: &str, properties: &str) -> Named {
        let mut sketch = two_zones();
        sketch.add("region", "news", crate::catalog::kinds::CloudformationResource::default());
        sketch.set("news", "type_name", type_name);
        sketch.set("news", "properties", properties);
        sketch
    }

    #[test]
    fn fires_on_an_unknown_type_and_mends_it() {
        fires(&RULE, &resource("AWS::SNS::Topik", "{}"), &["news"]);
    }

    #[test]
    fn fires_on_properties_that_the_type_does_not_take() {
        for properties in [r#"{"TopikName": "a"}"#, r#"{"FifoTopic": "maybe"}"#] {
            let found = crate::rules::check(resource("AWS::SNS::Topic", properties).design());
            let finding = found.iter().find(|finding| finding.rule == RULE.id).unwrap();
            assert_eq!(finding.field, Some("properties"));
            assert!(finding.message.en.contains("News"), "{}", finding.message.en);
        }
    }

    #[test]
    fn quiet_on_sound_ones_and_on_types_of_others() {
        quiet(&RULE, &resource("AWS::SNS::Topic", r#"{"TopicName": "a"}"#));
        quiet(&RULE, &resource("Custom::Lookup", r#"{"Any": "thing"}"#));
        quiet(&RULE, &resource("AWS::Moon::Base", r#"{"Any": {"Ref": "Thing"}}"#));
    }
}
