//! What is wrong with a template itself, however it is drawn: what CloudFormation refuses before or while it deploys, and what it surely takes
//! otherwise than it was meant. Each fault is found by a rule of [`crate::rules`], which says why it matters, and has its place in the text.
//!
//! [`walk`] compares properties with what CloudFormation documents of their types ([`types`]), [`call`] looks at the arguments of functions,
//! [`section`] at what is not a resource, and [`network`], [`names`] and [`compute`] at what types alone do not say.

mod assertion;
mod attribute;
mod call;
mod compute;
mod dangling;
mod lengths;
mod names;
mod network;
mod policy;
mod refer;
mod resource;
mod scalar;
mod section;
#[cfg(test)]
mod tests;
mod types;
mod unique;
mod waiting;
mod walk;
mod wiring;
mod zones;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::evaluate::Scope;
use super::scope::{evaluated, scope};
use crate::design::Origin;
use crate::template::{Fault, Json, Object, RuleId, Source, step, steps};
use crate::text::Message;

impl Origin {
    /// What is wrong with the template itself, in the order of its text.
    pub fn faults(&self) -> &[Fault] {
        self.faults.get_or_init(|| find(&self.source, &self.values))
    }
}

impl Source {
    /// What is wrong with the template, by the defaults of its parameters, in the order of the text.
    pub fn faults(&self) -> Vec<Fault> {
        find(self, &BTreeMap::new())
    }
}

/// The faults of a template by values for its parameters, in the order of the text.
pub(super) fn find(source: &Source, values: &BTreeMap<String, String>) -> Vec<Fault> {
    let template = &source.template;
    let mut room = Cow::Borrowed(template);
    let scope = scope(template, values, &[], &mut room);
    let mut resources = evaluated(&scope);
    let written = scope.resources().into_iter().filter(|one| {
        !one.json.contains_key("Fn::Transform") && !one.json.get("Properties").is_some_and(is_made_elsewhere)
    });
    let written: BTreeSet<&str> = written.map(|one| one.logical).collect();
    resources.retain(|logical, _| written.contains(logical.as_str()));
    let mut finder = Finder::new(source, &scope);
    finder.region = values.get("AWS::Region").cloned();
    for note in &source.notes {
        let (line, column) = (note.line.unwrap_or(1), note.column.unwrap_or(1));
        let rule = SECTION;
        finder.found.push(Fault {
            rule,
            logical: None,
            property: None,
            why: note.why.clone(),
            meant: None,
            line,
            column,
        });
    }
    for (rule, pointer, why) in dangling::find(template) {
        finder.tell(rule, &pointer, why);
    }
    section::find(&mut finder);
    call::find(&mut finder);
    resource::find(&mut finder);
    if !finder.is_open {
        network::find(&mut finder, &resources);
        names::find(&mut finder, &resources);
        compute::find(&mut finder, &resources);
        unique::find(&mut finder, &resources);
        lengths::find(&mut finder, &resources);
        wiring::find(&mut finder, &resources);
        zones::find(&mut finder, &resources);
        policy::find(&mut finder);
    }
    assertion::find(&mut finder, values);
    let mut found = finder.found;
    found.sort_by_key(|fault| (fault.line, fault.column, fault.rule));
    found.dedup();
    found
}

/// Sections, and what is in them.
pub(super) const SECTION: RuleId = RuleId::TEMPLATE_SECTION_MALFORMED;
/// Names of nothing.
pub(super) const DANGLING: RuleId = RuleId::TEMPLATE_REFERENCE_DANGLING;
/// What needs itself.
pub(super) const CIRCLE: RuleId = RuleId::TEMPLATE_CIRCLE;
/// Functions with other arguments than they take.
const FUNCTION: RuleId = RuleId::TEMPLATE_FUNCTION_MALFORMED;
/// Types that CloudFormation does not know.
const TYPE: RuleId = RuleId::TEMPLATE_TYPE_UNKNOWN;
/// Properties and attributes that a type does not have.
const UNKNOWN: RuleId = RuleId::TEMPLATE_PROPERTY_UNKNOWN;
/// Properties that a type must have.
const MISSING: RuleId = RuleId::TEMPLATE_PROPERTY_MISSING;
/// Properties that exclude each other.
const CONFLICT: RuleId = RuleId::TEMPLATE_PROPERTY_CONFLICT;
/// Values that a property does not take.
const VALUE: RuleId = RuleId::TEMPLATE_VALUE_MALFORMED;

/// The transform of SAM.
const SERVERLESS: &str = "AWS::Serverless-2016-10-31";

/// How many faults are told of; whoever has more mends these first.
const MOST: usize = 500;

/// A template while it is looked through.
struct Finder<'a> {
    source: &'a Source,
    template: &'a Json,
    scope: &'a Scope<'a>,
    /// Whether a macro may make something else of what is written.
    is_open: bool,
    /// Whether the language extensions are on, which take functions in more places.
    is_extended: bool,
    /// Whether the transform of SAM is on, which reads more beside the properties.
    is_serverless: bool,
    /// The region that the template is deployed to, where somebody said so.
    region: Option<String>,
    found: Vec<Fault>,
}

impl<'a> Finder<'a> {
    fn new(source: &'a Source, scope: &'a Scope<'a>) -> Self {
        let template = &source.template;
        let transforms: Vec<&str> = match template.get("Transform") {
            Some(Json::Array(all)) => all.iter().map(|one| one.as_str().unwrap_or_default()).collect(),
            Some(one) => vec![one.as_str().unwrap_or_default()],
            None => Vec::new(),
        };
        let known = ["AWS::LanguageExtensions", SERVERLESS, "AWS::SecretsManager-2020-07-23"];
        let is_open = transforms.iter().any(|name| !known.contains(name)) || template.get("Modules").is_some();
        let is_extended = transforms.contains(&"AWS::LanguageExtensions");
        let is_serverless = transforms.contains(&SERVERLESS);
        Self { source, template, scope, is_open, is_extended, is_serverless, region: None, found: Vec::new() }
    }

    fn section(&self, name: &str) -> Option<&'a Object> {
        self.template.get(name)?.as_object()
    }

    /// The resources as they are written, without loops.
    fn resources(&self) -> impl Iterator<Item = (&'a str, &'a Object)> + use<'a> {
        let all = self.section("Resources").into_iter().flatten();
        all.filter_map(|(logical, json)| Some((logical.as_str(), json.as_object()?)))
            .filter(|(logical, _)| !logical.starts_with("Fn::"))
    }

    /// Whether no more faults are told of, so that looking on is for nothing.
    fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    /// Notes a fault at a JSON pointer.
    fn tell(&mut self, rule: RuleId, pointer: &str, why: Message) {
        if self.is_full() {
            return;
        }
        let mut steps = steps(pointer).into_iter();
        let logical = steps.next().filter(|section| section == "Resources").and_then(|_| steps.next());
        let is_property = steps.next().is_some_and(|step| step == "Properties");
        let is_place = |step: &String| step.starts_with("Fn::") || step.bytes().all(|byte| byte.is_ascii_digit());
        let path: Vec<String> = steps.filter(|step| !is_place(step)).collect();
        let property = (is_property && !path.is_empty()).then(|| path.join("."));
        let (line, column) = self.source.place(pointer);
        self.found.push(Fault { rule, logical, property, why, meant: None, line, column });
    }
}

/// What people call a place: `web.BlockDeviceMappings[0].Ebs` for a pointer into a resource, else its names with dots.
fn place(pointer: &str) -> String {
    let steps = steps(pointer);
    let mut shown = String::new();
    let mut rest = steps.iter().skip(usize::from(steps.first().is_some_and(|first| first == "Resources"))).enumerate();
    while let Some((at, name)) = rest.next() {
        if at == 1 && name == "Properties" {
            continue;
        }
        if name == "Fn::If" {
            // The branch is no place of its own.
            rest.next();
        } else if at > 0 && name.bytes().all(|byte| byte.is_ascii_digit()) {
            shown.push_str(&format!("[{name}]"));
        } else {
            let dot = if shown.is_empty() { "" } else { "." };
            shown.push_str(&format!("{dot}{name}"));
        }
    }
    shown
}

/// Whether a macro, or a loop that cannot be written out, puts more beside what is written.
fn is_made_elsewhere(json: &Json) -> bool {
    match json {
        Json::Object(entries) => entries
            .iter()
            .any(|(key, value)| key == "Fn::Transform" || key.starts_with("Fn::ForEach::") || is_made_elsewhere(value)),
        Json::Array(items) => items.iter().any(is_made_elsewhere),
        _ => false,
    }
}

/// Whether a value is as if it were not written.
fn is_nothing(json: &Json) -> bool {
    json.as_object().is_some_and(|entries| entries.len() == 1)
        && json.get("Ref").and_then(Json::as_str) == Some("AWS::NoValue")
}

/// The name among `all` that was probably meant.
fn meant<'n>(name: &str, all: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let name = name.to_lowercase();
    let far = |other: &&str| distance(&name, &other.to_lowercase());
    all.filter(|other| other.len().abs_diff(name.len()) <= 3)
        .map(|other| (far(&other), other))
        .filter(|(far, other)| *far <= 1 + other.len() / 6 && *far < other.len().min(name.len()))
        .min()
        .map(|(_, other)| other)
}

/// How many letters have to be put in, taken out or changed.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        let mut next = vec![left];
        for (b, above) in other.chars().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(a != b)).min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
