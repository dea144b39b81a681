//! What a template names and does not have, and what depends on itself: faults for which a deployment is refused.

use std::collections::{BTreeMap, BTreeSet};

use super::super::evaluate::{Mention, references};
use super::{CIRCLE, DANGLING};
use crate::message;
use crate::template::{Json, Object, RuleId, is_loop, pointer};
use crate::text::Message;

/// How many circles are told of.
const MAX_CIRCLES: usize = 10;

/// References to what the template does not have, and resources and conditions that depend on themselves; each with its place.
pub(super) fn find(template: &Json) -> Vec<(RuleId, String, Message)> {
    let mut finder = Finder::new(template);
    for section in ["Conditions", "Resources", "Outputs"] {
        for (name, json) in finder.section(section).into_iter().flatten() {
            finder.visit(json, &mut vec![section, name], section == "Conditions");
        }
    }
    finder.depends_on();
    for (section, edges) in [("Conditions", finder.edges(true)), ("Resources", finder.edges(false))] {
        for circle in circles_in(&edges) {
            let first = circle.first().copied().unwrap_or_default();
            let way = circle.iter().chain([&first]).copied().collect::<Vec<_>>().join(" → ");
            let why = if section == "Conditions" { circle_of_conditions(&way) } else { circle_of_resources(&way) };
            finder.found.push((CIRCLE, pointer(&[section, first]), why));
        }
    }
    finder.found
}

struct Finder<'a> {
    template: &'a Json,
    /// Names of loops, which stand for others.
    loops: BTreeSet<&'a str>,
    /// Whether a macro may add what is missing.
    is_open: bool,
    found: Vec<(RuleId, String, Message)>,
}

impl<'a> Finder<'a> {
    fn new(template: &'a Json) -> Self {
        let mut loops = BTreeSet::new();
        let mut is_open = template.get("Hooks").is_some();
        let transform = template.get("Transform").map_or(&[][..], |transform| match transform {
            Json::Array(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        });
        // A module brings resources of its own.
        let resources = template.get("Resources").and_then(Json::as_object).into_iter().flatten();
        is_open |= template.get("Modules").is_some();
        is_open |= resources.filter_map(|(_, resource)| resource.get("Type")).any(|name| match name {
            Json::String(name) => name.ends_with("::MODULE"),
            other => other.is_object(),
        });
        is_open |= transform.iter().any(|one| one.as_str() != Some("AWS::LanguageExtensions"));
        let mut open = vec![template];
        while let Some(json) = open.pop() {
            match json {
                Json::Array(items) => open.extend(items),
                Json::Object(entries) => {
                    for (key, value) in entries {
                        is_open |= key == "Fn::Transform";
                        loops.extend(value.get(0).and_then(Json::as_str).filter(|_| is_loop(key)));
                        open.push(value);
                    }
                }
                _ => {}
            }
        }
        // What loops make has names that are not written.
        Self { template, is_open: is_open || !loops.is_empty(), loops, found: Vec::new() }
    }

    fn section(&self, name: &str) -> Option<&'a Object> {
        self.template.get(name)?.as_object()
    }

    fn has(&self, section: &str, name: &str) -> bool {
        self.section(section).is_some_and(|entries| entries.contains_key(name))
    }

    /// Looks through an expression; `path` leads to it.
    fn visit(&mut self, json: &'a Json, path: &mut Vec<&'a str>, in_conditions: bool) {
        match json {
            Json::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    path.push(number(at));
                    self.visit(item, path, in_conditions);
                    path.pop();
                }
            }
            Json::Object(entries) => {
                for (key, value) in entries {
                    path.push(key);
                    self.entry(key, value, path, in_conditions);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn entry(&mut self, key: &str, value: &'a Json, path: &mut Vec<&'a str>, in_conditions: bool) {
        match key {
            "Ref" | "Fn::GetAtt" | "Fn::Sub" => {
                let call: Object = [(key.to_owned(), own(key, value))].into_iter().collect();
                for mention in references(&Json::Object(call)) {
                    self.mention(&mention, key, path);
                }
                if let (true, Json::Array(parts)) = (key != "Ref", value) {
                    for (at, part) in parts.iter().enumerate().skip(1) {
                        path.push(number(at));
                        self.visit(part, path, in_conditions);
                        path.pop();
                    }
                }
            }
            "Condition" if in_conditions || path.len() == 3 => match value.as_str() {
                Some(name) => self.condition(name, path),
                None => self.visit(value, path, in_conditions),
            },
            "Fn::If" => {
                if let Some(name) = value.get(0).and_then(Json::as_str) {
                    path.push("0");
                    self.condition(name, path);
                    path.pop();
                }
                self.visit(value, path, in_conditions);
            }
            _ => self.visit(value, path, in_conditions),
        }
    }

    fn mention(&mut self, mention: &Mention, function: &str, path: &[&str]) {
        let name = mention.logical.as_str();
        let pseudo = name.starts_with("AWS::") && mention.attribute.is_none();
        let parameter = mention.attribute.is_none() && self.has("Parameters", name);
        if pseudo || parameter || self.has("Resources", name) || self.is_open || self.loops.contains(name) {
            return;
        }
        let why = if self.has("Parameters", name) {
            message!(
                "{name}은(는) 파라미터라서 속성이 없어요. !Ref {name}(으)로 쓰세요.",
                "{name} is a parameter and has no attributes. Write !Ref {name}."
            )
        } else {
            let function = function.trim_start_matches("Fn::");
            message!(
                "{function}이(가) 가리키는 {name}이(가) 템플릿에 없어서 배포가 거절돼요. 이름을 고치거나 그 리소스나 파라미터를 추가하세요.",
                "{function} names {name}, which is not in the template, so the deployment is refused. Correct the name, or add the resource or parameter."
            )
        };
        self.found.push((DANGLING, pointer(path), why));
    }

    fn condition(&mut self, name: &str, path: &[&str]) {
        if !self.has("Conditions", name) && !self.is_open {
            let why = message!(
                "조건 {name}이(가) Conditions에 없어서 배포가 거절돼요. 이름을 고치거나 조건을 추가하세요.",
                "The condition {name} is not in Conditions, so the deployment is refused. Correct the name, or add the condition."
            );
            self.found.push((DANGLING, pointer(path), why));
        }
    }

    /// `DependsOn` names resources by their plain names.
    fn depends_on(&mut self) {
        for (logical, resource) in self.section("Resources").into_iter().flatten() {
            for name in dependencies(resource) {
                if !self.has("Resources", name) && !self.is_open {
                    let why = message!(
                        "DependsOn에 적은 {name}이(가) 템플릿에 없어서 배포가 거절돼요. 이름을 고치거나 지우세요.",
                        "DependsOn names {name}, which is not in the template, so the deployment is refused. Correct the name or remove it."
                    );
                    self.found.push((DANGLING, pointer(&["Resources", logical, "DependsOn"]), why));
                }
            }
        }
    }

    /// Who needs whom, among resources or among conditions.
    fn edges(&self, conditions: bool) -> BTreeMap<&'a str, Vec<&'a str>> {
        // A transform may undo a circle: it makes several resources of one.
        let name = if conditions { "Conditions" } else { "Resources" };
        let section = self.section(name).filter(|_| conditions || !self.is_open);
        let name_of = |name: &str| section?.get_key_value(name).map(|(key, _)| key.as_str());
        let mut edges = BTreeMap::new();
        for (name, json) in section.into_iter().flatten() {
            let mut to = Vec::new();
            if conditions {
                let mut open = vec![json];
                while let Some(json) = open.pop() {
                    to.extend(json.get("Condition").and_then(Json::as_str).and_then(name_of));
                    match json {
                        Json::Array(items) => open.extend(items),
                        Json::Object(entries) => open.extend(entries.values()),
                        _ => {}
                    }
                }
            } else {
                let properties = json.get("Properties").map(references).unwrap_or_default();
                to.extend(properties.iter().filter_map(|mention| name_of(&mention.logical)));
                to.extend(dependencies(json).filter_map(name_of));
            }
            to.sort_unstable();
            to.dedup();
            edges.insert(name.as_str(), to);
        }
        edges
    }
}

fn circle_of_resources(way: &str) -> Message {
    message!(
        "리소스가 서로를 돌아가며 필요로 해서 배포가 거절돼요({way}). 고리를 한 곳에서 끊으세요. 보안 그룹이라면 규칙을 따로 된 리소스로 옮기세요.",
        "Resources need each other in a circle, so the deployment is refused ({way}). Break it in one place; between security groups, move a rule into a resource of its own."
    )
}

fn circle_of_conditions(way: &str) -> Message {
    message!(
        "조건이 서로를 돌아가며 불러서 참인지 알 수 없어요({way}). 고리를 한 곳에서 끊으세요.",
        "Conditions ask for each other in a circle, so none of them can be decided ({way}). Break it in one place."
    )
}

/// The part of a call whose names are looked up here; further parts are looked through by themselves.
fn own(key: &str, value: &Json) -> Json {
    match (key, value.as_array().map(Vec::as_slice)) {
        ("Fn::Sub", Some([text, variables])) => {
            let names = variables.as_object().into_iter().flatten().map(|(name, _)| (name.clone(), Json::Null));
            Json::Array(vec![text.clone(), Json::Object(names.collect())])
        }
        ("Fn::GetAtt", Some([logical, _, ..])) => Json::Array(vec![logical.clone(), Json::from("")]),
        _ => value.clone(),
    }
}

fn dependencies(resource: &Json) -> impl Iterator<Item = &str> {
    let names = match resource.get("DependsOn") {
        Some(Json::Array(names)) => names.as_slice(),
        Some(name) => std::slice::from_ref(name),
        None => &[],
    };
    names.iter().filter_map(Json::as_str)
}

/// The steps of the first members of lists; the place of a later one is that of its list.
fn number(at: usize) -> &'static str {
    const NUMBERS: [&str; 16] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"];
    NUMBERS.get(at).copied().unwrap_or("-")
}

/// Circles of who needs whom, each as the names on its way.
fn circles_in<'a>(edges: &BTreeMap<&'a str, Vec<&'a str>>) -> Vec<Vec<&'a str>> {
    let mut circles = Vec::new();
    let mut done = BTreeSet::new();
    for start in edges.keys() {
        // Names on the way, each with the number of the one to follow next.
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_way: BTreeSet<&str> = [*start].into();
        while let Some((name, next)) = way.last_mut() {
            let following = edges.get(name).and_then(|to| to.get(*next)).copied();
            *next += 1;
            match following {
                Some(to) if on_way.contains(to) => {
                    if circles.len() < MAX_CIRCLES {
                        circles.push(way.iter().map(|(name, _)| *name).skip_while(|name| *name != to).collect());
                    }
                }
                Some(to) if done.contains(to) => {}
                Some(to) => {
                    on_way.insert(to);
                    way.push((to, 0));
                }
                None => {
                    on_way.remove(*name);
                    done.insert(*name);
                    way.pop();
                }
            }
        }
        done.insert(start);
    }
    circles
}

#[cfg(test)]
mod tests {
    use crate::template::parse;

    #[track_caller]
    fn complains(text: &str, want: &[(usize, &str)]) {
        let source = parse(text).unwrap();
        let mut found: Vec<_> = super::find(&source.template)
            .into_iter()
            .map(|(_, pointer, why)| (source.place(&pointer), why.en))
            .collect();
        found.sort();
        assert_eq!(found.len(), want.len(), "{found:?}");
        for (((line, _), words), (want, part)) in found.iter().zip(want) {
            assert!(line == want && words.contains(part), "{line} {words}");
        }
    }

    #[test]
    fn what_is_missing_is_named_at_its_place() {
        complains(
            "Parameters: { P: { Type: String } }
Conditions:
  C: !Equals [!Ref P, x]
  D: !Not [!Condition None]
Resources:
  A:
    Type: AWS::X
    Condition: Nope
    DependsOn: [A1, B]
    Properties:
      One: !Ref Gone
      Two: !Sub ['${v} ${B} ${Lost.Id} ${AWS::Region} ${!no}', { v: !Ref Away }]
      Three: !If [E, 1, !GetAtt P.Arn]
      Policy: { Condition: text }
  B: { Type: AWS::Y }
Outputs:
  O: { Value: !GetAtt [Void, Arn], Condition: C }
",
            &[
                (4, "condition None"),
                (8, "condition Nope"),
                (9, "DependsOn names A1"),
                (11, "Ref names Gone"),
                (12, "Sub names Lost"),
                (12, "Ref names Away"),
                (13, "condition E"),
                (13, "P is a parameter"),
                (17, "GetAtt names Void"),
            ],
        );
    }

    #[test]
    fn circles_are_told() {
        complains(
            "Conditions:
  X: !Not [Condition: Y]
  Y: !And [!Condition X, !Condition Z]
  Z: !Equals [a, b]
Resources:
  A: { Type: T, Properties: { P: !Ref B } }
  B: { Type: T, DependsOn: C }
  C: { Type: T, Properties: { P: !GetAtt A.Id, Q: !Ref D } }
  D: { Type: T }
  S: { Type: T, Properties: { P: !Sub '${S}' } }
",
            &[
                (2, "ask for each other in a circle, so none of them can be decided (X → Y → X)"),
                (6, "(A → B → C → A)"),
                (10, "(S → S)"),
            ],
        );
    }

    #[test]
    fn whoever_opens_the_template_is_told() {
        let text = "Resources:\n  A:\n    Type: AWS::EC2::VPC\n    Properties: { CidrBlock: !Ref Gone }\n";
        let notes = crate::cloudformation::import(text).unwrap().notes;
        assert!(notes.iter().any(|note| note.line == Some(4) && note.why.en.contains("names Gone")), "{notes:?}");
    }

    #[test]
    fn what_a_macro_may_make_is_not_missed() {
        complains(
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  A: { Type: T, Properties: { P: !Ref ARole } }\n",
            &[],
        );
        complains(
            "Resources:\n  Fn::ForEach::L: [x, [a], { '${x}': { Type: T, Properties: { P: !Ref x } } }]\n  A: { Type: T, DependsOn: a }\n",
            &[],
        );
    }
}
