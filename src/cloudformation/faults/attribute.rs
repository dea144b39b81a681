//! Attributes that the type of a resource does not have.

use std::collections::{BTreeMap, BTreeSet};

use super::{DANGLING, Finder, meant, step, types};
use crate::cloudformation::evaluate::{Mention, mentioned};
use crate::message;
use crate::template::Json;

/// Looks for them in all of the template, with what is known of the types so far.
pub(super) fn find<'a>(finder: &mut Finder<'a>, kinds: BTreeMap<&'a str, Option<Json>>) {
    // A macro may put another resource behind the same name.
    if finder.is_open {
        return;
    }
    let mut attributes = Attributes { finder, kinds, told: BTreeSet::new() };
    for section in ["Conditions", "Resources", "Outputs"] {
        for (name, json) in attributes.finder.section(section).into_iter().flatten() {
            attributes.told.clear();
            attributes.visit(json, &format!("/{section}/{}", step(name)));
        }
    }
}

struct Attributes<'f, 'a> {
    finder: &'f mut Finder<'a>,
    kinds: BTreeMap<&'a str, Option<Json>>,
    /// What has been told of the resource or output that is looked through: once is enough.
    told: BTreeSet<Mention>,
}

impl Attributes<'_, '_> {
    fn visit(&mut self, json: &Json, pointer: &str) {
        if self.finder.is_full() {
            return;
        }
        match json {
            Json::Object(entries) => {
                for (key, value) in entries {
                    for mention in mentioned(key, value) {
                        self.check(&mention, pointer);
                    }
                    self.visit(value, &format!("{pointer}/{}", step(key)));
                }
            }
            Json::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.visit(item, &format!("{pointer}/{at}"));
                }
            }
            _ => {}
        }
    }

    fn check(&mut self, mention: &Mention, pointer: &str) {
        let Some(attribute) = mention.attribute.as_deref().filter(|attribute| !attribute.is_empty()) else { return };
        let logical = &mention.logical;
        let resource = self.finder.section("Resources").and_then(|all| all.get(logical));
        let Some(type_name) = resource.and_then(|resource| resource.get("Type")?.as_str()) else { return };
        let kind: &Option<Json> = self.kinds.entry(type_name).or_insert_with(|| types::of(type_name));
        let Some(kind) = kind.as_ref().filter(|kind| !has_attribute(kind, type_name, attribute)) else { return };
        if !self.told.insert(mention.clone()) {
            return;
        }
        let known: Vec<&str> =
            kind.get("a").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect();
        let hint = meant(attribute, known.iter().copied()).map_or_else(|| known.join(", "), str::to_owned);
        let why = if hint.is_empty() {
            message!(
                "{logical}에는 속성 {attribute}이(가) 없어요. !Ref {logical}(으)로 쓰세요.",
                "{logical} has no attribute {attribute}. Write !Ref {logical}."
            )
        } else {
            message!(
                "{logical}({type_name})에는 속성 {attribute}이(가) 없어서 배포가 거절돼요. 쓸 수 있는 속성은 {hint}이에요(예요).",
                "{logical} ({type_name}) has no attribute {attribute}, so the deployment is refused. It has {hint}."
            )
        };
        self.finder.tell(DANGLING, pointer, why);
    }
}

fn has_attribute(kind: &Json, type_name: &str, attribute: &str) -> bool {
    if type_name == "AWS::CloudFormation::Stack" && attribute.starts_with("Outputs.") {
        return true;
    }
    let first = attribute.split('.').next().unwrap_or_default();
    let mut known = kind.get("a").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    let is_property = kind.get("p").is_some_and(|all| all.get(first).is_some());
    is_property || known.any(|one| one == attribute || one.split(['.', '*']).next() == Some(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_of_a_type_are_known() {
        let has =
            |type_name: &str, attribute: &str| has_attribute(&types::of(type_name).unwrap(), type_name, attribute);
        assert!(has("AWS::EC2::Instance", "PublicIp") && !has("AWS::EC2::Instance", "Arn"));
        assert!(has("AWS::RDS::DBInstance", "Endpoint.Address") && has("AWS::CloudFormation::Stack", "Outputs.Vpc"));
        assert!(has("AWS::ElasticLoadBalancingV2::LoadBalancer", "DNSName") && has("AWS::S3::Bucket", "Arn"));
    }
}
