//! The table of resource types that `src/cloudformation/faults/types.rs` reads and explains.
//!
//! The published schemas
//! (<https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html>) are read with the words that cfn-lint adds to its
//! copies of them (`requiredXor`, `requiredOr`, `dependentExcluded`, `enumCaseInsensitive`), where there are any.

use super::{hex, json, text, texts};
use crate::bundle;
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The schemas of a folder by type. `index` says which file is a type's where there are several.
pub fn schemas(folder: &Path, index: Option<&Value>) -> Result<BTreeMap<String, Value>> {
    let mut found: BTreeMap<String, Value> = BTreeMap::new();
    for file in bundle::files(folder)? {
        if file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let schema = json(&file)?;
        let Some(name) = schema.get("typeName").and_then(Value::as_str).map(str::to_owned) else { continue };
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if index.is_some_and(|index| index.get(&name).and_then(Value::as_str) != Some(stem)) {
            continue;
        }
        if found.insert(name.clone(), schema.clone()).is_some_and(|before| before != schema) {
            bail!("there are several schemas of {name}; --index says which one is meant");
        }
    }
    Ok(found)
}

/// A line for each described type and for each of their services, and the hash of the schemas that were read.
pub fn table(schemas: &BTreeMap<String, Value>, choices: &toml::Table) -> Result<(String, String)> {
    let described: BTreeSet<&str> = texts(choices, "types", "described")?.into_iter().collect();
    let formats: BTreeSet<&str> = texts(choices, "types", "formats")?.into_iter().collect();
    let (mut hasher, mut lines) = (Sha256::new(), Vec::new());
    let mut made = BTreeMap::new();
    for name in &described {
        let schema = schemas.get(*name).with_context(|| format!("there is no schema of {name}"))?;
        hasher.update(schema.to_string());
        made.insert(*name, Reading::new(schema, &formats).resource()?);
    }
    for correction in super::tables(choices, "types", "correction")? {
        let name = text(correction, "type")?;
        let kind = made.get_mut(name).with_context(|| format!("a correction is of {name}, which is not described"))?;
        correct(kind, correction).with_context(|| format!("a correction of {name}"))?;
    }
    for (name, kind) in &made {
        lines.push(format!("{name} {kind}"));
    }
    let service = |name: &str| name.split("::").nth(1).unwrap_or_default().to_owned();
    for of in described.iter().map(|name| service(name)).collect::<BTreeSet<_>>() {
        let names = schemas.keys().filter(|name| name.starts_with("AWS::") && service(name) == of);
        let names: Vec<&str> = names.filter_map(|name| name.split("::").nth(2)).collect();
        lines.push(format!("{of}: {}", names.join(" ")));
    }
    Ok((lines.join("\n") + "\n", hex(&hasher.finalize())))
}

/// Puts the value of a correction at its place, or takes away what is there.
fn correct(kind: &mut Value, correction: &toml::Table) -> Result<()> {
    let at = text(correction, "at")?;
    let (parent, key) = at.rsplit_once('/').context("`at` is a JSON pointer")?;
    let parent = kind.pointer_mut(parent).and_then(Value::as_object_mut);
    let parent = parent.with_context(|| format!("there is nothing around {at}"))?;
    match correction.get("value").map(toml::Value::as_str) {
        Some(value) => {
            let value: Value = serde_json::from_str(value.context("`value` is JSON as text")?)?;
            if parent.insert(key.to_owned(), value.clone()) == Some(value) {
                bail!("{at} has that value already: the correction can go");
            }
        }
        None => {
            parent.shift_remove(key).with_context(|| format!("there is no {at} any more: the correction can go"))?;
        }
    }
    Ok(())
}

struct Reading<'a> {
    schema: &'a Value,
    formats: &'a BTreeSet<&'a str>,
    /// The definitions that were mentioned.
    shapes: BTreeMap<String, Value>,
}

impl<'a> Reading<'a> {
    fn new(schema: &'a Value, formats: &'a BTreeSet<&'a str>) -> Self {
        Self { schema, formats, shapes: BTreeMap::new() }
    }

    fn resource(mut self) -> Result<Value> {
        let read_only = self.schema.get("readOnlyProperties").and_then(Value::as_array);
        let read_only = read_only.into_iter().flatten().filter_map(|path| path.as_str()?.strip_prefix("/properties/"));
        let attributes: Vec<String> = read_only.map(|path| path.replace('/', ".")).collect();
        // What can only be read is an attribute and no property.
        let mut writable = self.schema.clone();
        if let Some(properties) = writable.get_mut("properties").and_then(Value::as_object_mut) {
            properties.retain(|name, _| !attributes.contains(name));
        }
        let mut kind = self.object(&writable)?;
        kind.insert("a".to_owned(), attributes.into());
        kind.insert("s".to_owned(), Value::Object(self.shapes.into_iter().collect()));
        Ok(Value::Object(kind))
    }

    fn shape(&mut self, schema: &Value) -> Result<Value> {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return self.reference(reference);
        }
        let one_type = match schema.get("type") {
            Some(Value::String(name)) => Some(name.as_str()),
            Some(Value::Array(_)) => return Ok("j".into()),
            _ => None,
        };
        let sort = match one_type {
            Some("array") => return self.list(schema),
            None if schema.get("items").is_some() => return self.list(schema),
            _ if schema.get("properties").is_some() => return Ok(Value::Object(self.object(schema)?)),
            Some("object") if schema.get("patternProperties").is_some() => return Ok(Value::Object(entry("t", "m"))),
            Some("string") => "s",
            Some("integer") => "i",
            Some("number") => "n",
            Some("boolean") => "b",
            _ => return Ok("j".into()),
        };
        let mut limits = entry("t", sort);
        for (short, long) in [("e", "enum"), ("E", "enumCaseInsensitive"), ("m", "pattern")] {
            copy(schema, long, &mut limits, short);
        }
        let format = schema.get("format").and_then(Value::as_str).filter(|format| self.formats.contains(format));
        if let Some(format) = format {
            limits.insert("f".to_owned(), format.into());
        }
        bounds(schema, ("minLength", "maxLength"), &mut limits, "l", true);
        if sort != "s" {
            bounds(schema, ("minimum", "maximum"), &mut limits, "v", false);
        }
        Ok(if limits.len() == 1 { sort.into() } else { Value::Object(limits) })
    }

    fn reference(&mut self, reference: &str) -> Result<Value> {
        let name = reference.strip_prefix("#/definitions/").with_context(|| format!("{reference} is elsewhere"))?;
        if !self.shapes.contains_key(name) {
            let definition = self.schema.get("definitions").and_then(|all| all.get(name));
            let definition = definition.with_context(|| format!("there is no definition {name}"))?.clone();
            // One that names itself finds this.
            self.shapes.insert(name.to_owned(), Value::Null);
            let shape = self.shape(&definition)?;
            self.shapes.insert(name.to_owned(), shape);
        }
        Ok(format!("@{name}").into())
    }

    fn list(&mut self, schema: &Value) -> Result<Value> {
        let item = schema.get("items").map_or_else(|| Ok("j".into()), |items| self.shape(items))?;
        let mut limits = entry("t", "a");
        limits.insert("i".to_owned(), item.clone());
        bounds(schema, ("minItems", "maxItems"), &mut limits, "c", true);
        if schema.get("uniqueItems") == Some(&Value::Bool(true)) {
            limits.insert("u".to_owned(), 1.into());
        }
        Ok(if limits.len() == 2 { vec![item].into() } else { Value::Object(limits) })
    }

    fn object(&mut self, schema: &Value) -> Result<Map<String, Value>> {
        let properties = schema.get("properties").and_then(Value::as_object);
        let properties: BTreeMap<_, _> = properties.into_iter().flatten().collect();
        let mut read = Map::new();
        for (name, schema) in properties {
            read.insert(name.clone(), self.shape(schema)?);
        }
        let mut shape = Map::from_iter([("p".to_owned(), Value::Object(read))]);
        copy(schema, "required", &mut shape, "r");
        for (short, long, of) in [("x", "requiredXor", "oneOf"), ("o", "requiredOr", "anyOf")] {
            let sets = sets(schema, long, of);
            if !sets.is_empty() {
                shape.insert(short.to_owned(), sets.into());
            }
        }
        copy(schema, "dependentExcluded", &mut shape, "d");
        copy(schema, "dependentRequired", &mut shape, "n");
        if schema.get("additionalProperties") != Some(&Value::Bool(false)) {
            shape.insert("+".to_owned(), 1.into());
        }
        Ok(shape)
    }
}

fn entry(name: &str, value: &str) -> Map<String, Value> {
    Map::from_iter([(name.to_owned(), value.into())])
}

/// What `schema` has as `long`, unless it is empty.
fn copy(schema: &Value, long: &str, shape: &mut Map<String, Value>, short: &str) {
    let is_empty =
        |value: &&Value| value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty);
    if let Some(value) = schema.get(long).filter(|value| !is_empty(value)) {
        shape.insert(short.to_owned(), value.clone());
    }
}

/// Least and most; a least count of nothing says nothing.
fn bounds(schema: &Value, names: (&str, &str), limits: &mut Map<String, Value>, short: &str, counts: bool) {
    let of = |name: &str| schema.get(name).filter(|value| value.is_number()).cloned().unwrap_or(Value::Null);
    let least = Some(of(names.0)).filter(|least| !(counts && least.as_u64() == Some(0))).unwrap_or(Value::Null);
    let most = of(names.1);
    if !(least.is_null() && most.is_null()) {
        limits.insert(short.to_owned(), vec![least, most].into());
    }
}

/// Sets of properties of which some must be there, in cfn-lint's word, or as alternatives that require one property each.
fn sets(schema: &Value, word: &str, alternatives: &str) -> Vec<Value> {
    let mut found = Vec::new();
    if let Some(given) = schema.get(word).and_then(Value::as_array) {
        let several = given.iter().all(Value::is_array);
        found.extend(if several { given.clone() } else { vec![given.clone().into()] });
    }
    let one = |alternative: &Value| {
        let required = alternative.as_object().filter(|all| all.len() == 1)?.get("required")?.as_array()?;
        <[Value; 1]>::try_from(required.clone()).ok().map(|[name]| name)
    };
    if let Some(given) = schema.get(alternatives).and_then(Value::as_array)
        && let Some(names) = given.iter().map(one).collect::<Option<Vec<_>>>()
        && !found.contains(&Value::from(names.clone()))
    {
        found.push(names.into());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::chosen;
    use super::*;

    const SCHEMA: &str = include_str!("fixtures/aws-moon-base.json");
    const CHOICES: &str = r#"
        [types]
        described = ["AWS::Moon::Base"]
        formats = ["ipv4-network"]
    "#;

    fn read(choices: &str) -> Result<String> {
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        let other = ("AWS::Moon::Rover".to_owned(), Value::Null);
        let schemas = BTreeMap::from([("AWS::Moon::Base".to_owned(), schema), other]);
        table(&schemas, &chosen(choices)).map(|(text, _)| text)
    }

    #[test]
    fn a_schema_becomes_a_line_and_its_service_another() {
        assert_eq!(read(CHOICES).unwrap(), include_str!("fixtures/types.txt"));
    }

    #[test]
    fn corrections_are_applied_and_stale_ones_refused() {
        let with = |rest: &str| read(&format!("{CHOICES}\n[[types.correction]]\ntype = \"AWS::Moon::Base\"\n{rest}"));
        let added = with(
            r#"at = "/p/Name/f"
            value = '"ipv4-network"'"#,
        );
        assert!(added.unwrap().contains(r#""Name":{"t":"s","l":[1,64],"f":"ipv4-network"}"#));
        assert!(!with(r#"at = "/n""#).unwrap().contains(r#""n":"#));
        let refused = |rest: &str| format!("{:#}", with(rest).unwrap_err());
        assert!(refused(r#"at = "/d""#).contains("can go"));
        assert!(refused("at = \"/p/Crew\"\nvalue = '\"i\"'").contains("can go"));
        assert!(refused("at = \"/s/None/p\"\nvalue = '1'").contains("nothing around"));
    }

    #[test]
    fn a_type_without_a_schema_is_named() {
        let error = read("[types]\ndescribed = [\"AWS::Sun::Base\"]\nformats = []").unwrap_err();
        assert!(error.to_string().contains("AWS::Sun::Base"));
    }
}
