//! Templates evaluated: parameters, mappings, conditions and functions, as far as they can be known before a deployment.
//!
//! A [`Scope`] holds a template with values for its parameters. References to resources stay symbolic, whatever else is known is computed, and
//! the rest says why it is not known.

mod allowed_pattern;
mod cidr;
mod condition;
mod function;
mod given;
mod loops;
mod mention;
mod parameter;
#[cfg(test)]
mod tests;
mod text;
mod value;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Resource as _;
use crate::catalog::kinds::DbInstance;
use crate::template::{Json, Object};
pub(super) use allowed_pattern::matches;
pub(super) use condition::holds;
pub(super) use function::call;
pub use given::accepts;
pub(super) use mention::mentioned;
pub use mention::{Mention, references};
pub use value::{Cause, Eval, Piece, Reference, Unknown};

/// The region that `AWS::Region` names unless it is overridden.
pub const DEFAULT_REGION: &str = "ap-northeast-2";

/// The attribute by which a template names where a database listens.
const PORT_OF_DATABASE: &str = "Endpoint.Port";

/// How many steps all evaluations of a scope may take together; after that everything is [`Cause::Large`].
const MAX_STEPS: usize = 2_000_000;
/// How many values loops may write; a template may have 500 resources.
const MAX_LOOP_STEPS: usize = 200_000;
/// How deep evaluations may lie in each other; the nesting of a template and of its conditions together.
const MAX_DEPTH: usize = 250;

/// A template with values for its parameters.
pub struct Scope<'a> {
    template: Cow<'a, Json>,
    parameters: BTreeMap<String, parameter::Given>,
    conditions: RefCell<BTreeMap<String, Option<Result<bool, Cause>>>>,
    /// Attributes that are being looked up, so that a circle is seen.
    open: RefCell<BTreeSet<Reference>>,
    left: Cell<usize>,
    depth: Cell<usize>,
}

/// A resource of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource<'a> {
    /// The logical id.
    pub logical: &'a str,
    /// All of it: `Type`, `Properties`, `DependsOn` and so on.
    pub json: &'a Object,
    /// Whether its condition holds; why not known otherwise.
    pub exists: Result<bool, Cause>,
}

impl<'a> Scope<'a> {
    /// A template with values for some of its parameters, as texts; the defaults stand for the others. Pseudo parameters
    /// (`AWS::Region`, `AWS::AccountId`, …) can be given too. Loops (`Fn::ForEach`) are written out.
    pub fn new(template: &'a Json, overrides: &BTreeMap<String, String>) -> Self {
        let mut scope = Self {
            template: Cow::Borrowed(template),
            parameters: parameter::all(template, overrides),
            conditions: RefCell::default(),
            open: RefCell::default(),
            left: Cell::new(MAX_LOOP_STEPS),
            depth: Cell::new(0),
        };
        if let Some(expanded) = loops::expand(&scope, template) {
            scope.template = Cow::Owned(expanded);
            scope.conditions = RefCell::default();
        }
        scope.left.set(MAX_STEPS);
        scope
    }

    /// The template, loops written out.
    pub fn template(&self) -> &Json {
        &self.template
    }

    /// A section of the template; none where it is absent.
    pub fn section(&self, name: &str) -> Option<&Object> {
        self.template.get(name)?.as_object()
    }

    /// The resources in order, each with whether it exists.
    pub fn resources(&self) -> Vec<Resource<'_>> {
        let resources = self.section("Resources").into_iter().flatten();
        resources
            .filter_map(|(logical, json)| {
                let json = json.as_object()?;
                let exists = match json.get("Condition") {
                    Some(Json::String(name)) => self.condition(name),
                    _ => Ok(true),
                };
                Some(Resource { logical, json, exists })
            })
            .collect()
    }

    /// Whether a name is a resource's.
    pub fn is_resource(&self, logical: &str) -> bool {
        self.section("Resources").is_some_and(|resources| resources.contains_key(logical))
    }

    /// Whether a condition holds; why that is not known otherwise.
    ///
    /// # Errors
    /// Why it is not known.
    pub fn condition(&self, name: &str) -> Result<bool, Cause> {
        condition::named(self, name)
    }

    /// The names of parameters that have neither a default nor a given value.
    pub fn asked(&self) -> Vec<&str> {
        let parameters = self.section("Parameters").into_iter().flatten();
        parameters
            .map(|(name, _)| name.as_str())
            .filter(|name| self.parameters.get(*name).is_some_and(|given| given.is_asked()))
            .collect()
    }

    /// The value of a parameter or pseudo parameter.
    pub fn parameter(&self, name: &str) -> Option<&Eval> {
        self.parameters.get(name).map(|given| &given.value)
    }

    /// An expression, evaluated.
    pub fn evaluate(&self, json: &Json) -> Eval {
        let deeper = self.depth.get() + 1;
        if deeper > MAX_DEPTH || !self.spend(1) {
            return unknown(Cause::Large, json);
        }
        self.depth.set(deeper);
        let value = self.step(json);
        self.depth.set(deeper - 1);
        value
    }

    /// An attribute that is a property of its resource (`Vpc.CidrBlock`), evaluated; else the reference again.
    pub fn attribute(&self, reference: &Reference) -> Eval {
        let Some(property) = self.property_of(reference) else {
            let usual = self.usual_port(reference).map(|port| Eval::Known(port.into()));
            return usual.unwrap_or_else(|| Eval::Reference(reference.clone()));
        };
        if !self.open.borrow_mut().insert(reference.clone()) {
            return unknown(Cause::Cycle(reference.logical.clone()), &reference.json());
        }
        let value = match self.evaluate(property) {
            Eval::Reference(next) if next.attribute.is_some() => self.attribute(&next),
            value => value,
        };
        self.open.borrow_mut().remove(reference);
        value
    }

    fn property_of(&self, reference: &Reference) -> Option<&Json> {
        let attribute = reference.attribute.as_deref()?;
        // A database listens where its own property says.
        let property = if attribute == PORT_OF_DATABASE { "Port" } else { attribute };
        self.section("Resources")?.get(&reference.logical)?.get("Properties")?.get(property)
    }

    /// The port of a database that names none: that of its engine. One of a cluster has the cluster's.
    fn usual_port(&self, reference: &Reference) -> Option<u16> {
        reference.attribute.as_deref().filter(|attribute| *attribute == PORT_OF_DATABASE)?;
        let database = self.section("Resources")?.get(&reference.logical)?;
        let of_type = database.get("Type").and_then(Json::as_str) == Some(DbInstance::SPEC.cloudformation_type);
        let properties =
            database.get("Properties").filter(|all| of_type && all.get("DBClusterIdentifier").is_none())?;
        match self.evaluate(properties.get("Engine")?) {
            Eval::Known(Json::String(engine)) => Some(DbInstance { engine, ..DbInstance::default() }.listens_on()),
            _ => None,
        }
    }

    fn step(&self, json: &Json) -> Eval {
        match json {
            Json::String(text) => self.literal(text, json),
            Json::Array(items) => Eval::List(self.items(items)),
            Json::Object(entries) => match call(entries) {
                Some((name, argument)) => function::evaluate(self, name, argument, json),
                None => {
                    let entries = entries.iter().map(|(key, value)| (key.clone(), self.evaluate(value)));
                    Eval::Object(entries.filter(|(_, value)| *value != Eval::Nothing).collect())
                }
            },
            other => Eval::Known(other.clone()),
        }
    }

    fn items(&self, items: &[Json]) -> Vec<Eval> {
        items.iter().map(|item| self.evaluate(item)).filter(|value| *value != Eval::Nothing).collect()
    }

    /// A text as it stands, unless a deployment puts something in it.
    fn literal(&self, text: &str, expression: &Json) -> Eval {
        match dynamic(text) {
            Some(cause) => unknown(cause, expression),
            None if self.spend(text.len() / 16) => Eval::Known(Json::String(text.to_owned())),
            None => unknown(Cause::Large, expression),
        }
    }

    /// Counts steps; whether there are any left.
    fn spend(&self, steps: usize) -> bool {
        let left = self.left.get().checked_sub(steps);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }
}

/// Something not known, by what its expression mentions.
fn unknown(cause: Cause, expression: &Json) -> Eval {
    Eval::Unknown(Unknown { cause, references: Vec::new(), expression: expression.clone() })
}

/// A call whose argument is not known, for the argument's reason.
fn depends(argument: &Eval, name: &str, expression: &Json) -> Eval {
    let references: Vec<Reference> = argument.references().into_iter().cloned().collect();
    let cause = match (argument.unknown(), references.first()) {
        (Some(unknown), _) => unknown.cause.clone(),
        (None, Some(reference)) => Cause::Attribute(reference.clone()),
        (None, None) => Cause::Arguments(name.to_owned()),
    };
    Eval::Unknown(Unknown { cause, references, expression: expression.clone() })
}

/// Why a text with a dynamic reference, `{{resolve:…}}`, is not known.
fn dynamic(text: &str) -> Option<Cause> {
    let (_, inner) = text.split_once("{{resolve:")?;
    let (inner, _) = inner.split_once("}}")?;
    Some(inner.strip_prefix("ssm:").map_or(Cause::Secret, |name| Cause::Lookup(name.to_owned())))
}
