//! What the properties of a resource of any type refer to is in the template.
use std::collections::BTreeSet;

use crate::catalog::kinds::CloudformationResource;
use crate::cloudformation::export;
use crate::design::logical_ids;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity, template};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "generic-reference-dangling",
    severity: Severity::Error,
    title: t("가리키는 것이 없는 속성", "Property that refers to what is not there"),
    why: t(
        "속성의 Ref, GetAtt, Sub가 가리키는 이름이 템플릿에 없으면 배포가 거절돼요.",
        "A deployment is refused where Ref, GetAtt or Sub in the properties names what the template does not have.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut known: BTreeSet<String> = logical_ids(context.design).into_values().collect();
    let mut is_whole = false;
    for (id, node, resource) in context.all::<CloudformationResource>() {
        if template::is_as_written(context.design, id) {
            continue;
        }
        let is_missing = |name: &String, known: &BTreeSet<String>| !name.starts_with("AWS::") && !known.contains(name);
        let mut names = resource.names();
        names.retain(|name| is_missing(name, &known));
        if !names.is_empty() && !is_whole {
            // Parameters and resources that belong to others have names only in the template itself.
            let template = export(context.design).template;
            for section in ["Parameters", "Resources"] {
                let all = template.get(section).and_then(serde_json::Value::as_object).into_iter().flatten();
                known.extend(all.map(|(name, _)| name.clone()));
            }
            is_whole = true;
            names.retain(|name| is_missing(name, &known));
        }
        for missing in names {
            let name = &node.name;
            report
                .note(
                    id,
                    message!(
                        "{name}의 속성이 가리키는 {missing}이(가) 템플릿에 없어요. 템플릿 패널에 있는 논리적 ID로 고치세요.",
                        "The properties of {name} refer to {missing}, which is not in the template. Write a logical ID that the template panel shows."
                    ),
                )
                .field(id_of!(CloudformationResource.properties));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{Named, fires, quiet, two_zones};

    fn resource(properties: &str) -> Named {
        let mut sketch = two_zones();
        sketch.add("region", "news", crate::catalog::kinds::CloudformationResource::default());
        sketch.set("news", "properties", properties);
        sketch
    }

    #[test]
    fn fires_on_a_name_of_nothing() {
        fires(&RULE, &resource(r#"{"TopicName": {"Ref": "Vcp"}}"#), &["news"]);
    }

    #[test]
    fn quiet_on_resources_their_parts_and_what_aws_gives() {
        let template = crate::cloudformation::export(two_zones().design()).template;
        let parts = template["Resources"].as_object().unwrap().keys();
        let part = parts.clone().find(|name| name.ends_with("RouteTableAssociation")).unwrap();
        quiet(&RULE, &resource(&format!(r#"{{"TopicName": {{"Fn::Sub": "${{Vpc}}-${{{part}}}-${{AWS::Region}}"}}}}"#)));
        quiet(&RULE, &resource(r#"{"TopicName": "${not a reference}"}"#));
    }
}
