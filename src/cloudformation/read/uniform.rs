//! Properties by the field tables: values to JSON and back, whatever the kind.

use std::collections::BTreeMap;

use super::Reading;
use crate::catalog::{FieldValue, JsonText, Kind, Meta, Record, Value, Widget};
use crate::id::NodeId;
use crate::message;
use crate::template::{Json, Object, is_looked_up, path};
use crate::text::Message;

/// The attribute by which templates name a VPC's default group.
pub(crate) const DEFAULT_GROUP: &str = "DefaultSecurityGroup";

/// Whether an expression is the default group of a VPC.
pub(crate) fn is_default_group(json: &Json) -> bool {
    match json.get("Fn::GetAtt") {
        Some(Json::String(both)) => both.split_once('.').is_some_and(|(_, attribute)| attribute == DEFAULT_GROUP),
        Some(Json::Array(both)) => both.get(1).and_then(Json::as_str) == Some(DEFAULT_GROUP),
        _ => false,
    }
}

/// Whether a list of groups names the default group alone: whoever has it is drawn without a group, which comes to the same.
pub(crate) fn is_default_alone(groups: &[Json]) -> bool {
    !groups.is_empty() && groups.iter().all(is_default_group)
}

/// How a template refers to a node; nothing for what it does not hold.
pub(in crate::cloudformation) type Refer<'a> = &'a dyn Fn(NodeId) -> Option<Json>;

/// A property's JSON; nothing for what is not set or empty.
pub(in crate::cloudformation) fn write(meta: &Meta, value: &Value, refer: Refer<'_>) -> Option<Json> {
    match value {
        Value::None => None,
        Value::Bool(on) => Some((*on).into()),
        Value::Int(number) => Some((*number).into()),
        Value::Text(text) if matches!(meta.widget, Widget::Json) => serde_json::from_str(text).ok(),
        Value::Text(text) => (!text.is_empty()).then(|| text.as_str().into()),
        Value::Ref(id) => refer(*id),
        Value::List(items) => {
            let items: Vec<Json> = items.iter().filter_map(|item| write(meta, item, refer)).collect();
            (!items.is_empty()).then_some(Json::Array(items))
        }
        Value::Record(cells) => {
            let Widget::Table(columns) = meta.widget else { return None };
            let mut row = Object::new();
            for column in columns() {
                write_field(&mut row, &column, cells.get(column.id).unwrap_or(&Value::None), refer);
            }
            Some(row.into())
        }
    }
}

/// Writes a property where its field says, if it says so.
pub(in crate::cloudformation) fn write_field(properties: &mut Object, meta: &Meta, value: &Value, refer: Refer<'_>) {
    if !meta.property.is_empty()
        && let Some(json) = write(meta, value, refer)
    {
        path::insert(properties, meta.property, json);
    }
}

/// A row of a table by its columns, those that apply.
pub(in crate::cloudformation) fn row<R: Record>(of: &R, refer: Refer<'_>) -> Object {
    let mut properties = Object::new();
    for column in R::COLUMNS.iter().filter(|column| (column.applies)(of)) {
        write_field(&mut properties, &column.meta, &(column.get)(of), refer);
    }
    properties
}

/// What a property's JSON says, for a field of this kind. What is not as it should be but does not hinder the rest is told to `doubt`.
///
/// # Errors
/// What should stand there instead.
pub(in crate::cloudformation) fn value(
    meta: &Meta,
    json: &Json,
    reading: &Reading<'_>,
    doubt: &dyn Fn(Message),
) -> Result<Value, Message> {
    let refer = |json: &Json| {
        let resolved = || {
            let resolved = reading.resolve(json);
            if resolved.is_object() {
                return reading.why_unknown(&resolved);
            }
            message!(
                "다른 리소스를 가리키는 Ref나 Fn::GetAtt가 와야 해요.",
                "Expected a Ref or Fn::GetAtt of another resource."
            )
        };
        reading.node(json).map(Value::Ref).ok_or_else(resolved)
    };
    let tell = |item: Result<Value, Message>| item.map_err(doubt).ok();
    let list = || {
        let expected = || {
            if json.is_object() {
                reading.why_unknown(json)
            } else {
                message!("목록이 와야 해요.", "Expected a list.")
            }
        };
        json.as_array().ok_or_else(expected)
    };
    match meta.widget {
        Widget::Reference(_) => refer(json),
        // One expression may stand for a whole list: a parameter of several subnets.
        Widget::References(_) if reading.node(json).is_some() => Ok(Value::List(vec![refer(json)?])),
        Widget::References([Kind::SecurityGroup]) if is_default_alone(list()?) => Ok(Value::List(Vec::new())),
        Widget::References(_) => Ok(Value::List(list()?.iter().filter_map(|item| tell(refer(item))).collect())),
        Widget::List => {
            Ok(Value::List(list()?.iter().filter_map(|item| tell(scalar(meta, item, reading, doubt))).collect()))
        }
        Widget::Table(columns) => {
            let columns = columns();
            let row = |json: &Json| tell(cells(&columns, json, reading).map(Value::Record));
            Ok(Value::List(list()?.iter().filter_map(row).collect()))
        }
        Widget::Json => {
            // A document may be written as a text.
            let said = json.as_str().and_then(|text| serde_json::from_str(text).ok()).filter(Json::is_object);
            Ok(FieldValue::to_value(&JsonText::of(said.as_ref().unwrap_or(json))))
        }
        _ => scalar(meta, json, reading, doubt),
    }
}

/// The cells of a row that its JSON has.
///
/// # Errors
/// Which column does not fit.
pub(in crate::cloudformation) fn cells(
    columns: &[Meta],
    json: &Json,
    reading: &Reading<'_>,
) -> Result<BTreeMap<String, Value>, Message> {
    let expected = || {
        if json.is_null() {
            message!("객체가 와야 해요.", "Expected an object.")
        } else {
            reading.why_unknown(json)
        }
    };
    let json = json.as_object().filter(|entries| !is_call(entries)).ok_or_else(expected)?;
    let mut cells = BTreeMap::new();
    for column in columns.iter().filter(|column| !column.property.is_empty()) {
        if let Some(cell) = path::get(json, column.property) {
            let faults = std::cell::RefCell::new(None);
            let cell = value(column, cell, reading, &|why| drop(faults.borrow_mut().replace(why)));
            let cell = faults.take().map_or(cell, Err).map_err(|why| why.within(column.label))?;
            cells.insert(column.id.to_owned(), cell);
        }
    }
    Ok(cells)
}

/// Whether an object is an expression.
fn is_call(entries: &Object) -> bool {
    entries.len() == 1 && entries.keys().all(|key| key == "Ref" || key.starts_with("Fn::"))
}

fn scalar(meta: &Meta, json: &Json, reading: &Reading<'_>, doubt: &dyn Fn(Message)) -> Result<Value, Message> {
    match reading.resolve(json) {
        Json::Bool(on) => Ok(Value::Bool(on)),
        // `{{resolve:…}}` is looked up by the deployment.
        Json::String(text) if is_looked_up(&text) => {
            let why = reading.why_unknown(&Json::String(text.clone()));
            if !is_text(meta) {
                return Err(why);
            }
            doubt(why);
            Ok(Value::Text(text))
        }
        Json::Number(number) => Ok(number.as_i64().map_or_else(|| Value::Text(number.to_string()), Value::Int)),
        Json::String(text) => Ok(Value::Text(text)),
        unknown if unknown.is_object() => {
            let why = reading.why_unknown(&unknown);
            match pattern(&unknown).filter(|_| is_text(meta)) {
                Some(text) => {
                    doubt(why);
                    Ok(Value::Text(text))
                }
                None => Err(why),
            }
        }
        _ => Err(message!("글자나 숫자가 와야 해요.", "Expected text or a number.")),
    }
}

/// Whether a field holds any text.
const fn is_text(meta: &Meta) -> bool {
    matches!(meta.widget, Widget::Line | Widget::Lines | Widget::Suggest(_) | Widget::List)
}

/// A text that is not known yet, as `Fn::Sub` would write it: `${Bucket.Arn}/*`.
pub(in crate::cloudformation) fn pattern(json: &Json) -> Option<String> {
    if let Some(text) = json.as_str() {
        return Some(text.replace("${", "${!"));
    }
    let (name, argument) = json.as_object().filter(|entries| entries.len() == 1)?.iter().next()?;
    match (name.as_str(), argument) {
        ("Ref", Json::String(name)) => Some(format!("${{{name}}}")),
        ("Fn::GetAtt", Json::String(both)) => Some(format!("${{{both}}}")),
        ("Fn::GetAtt", Json::Array(both)) => {
            let names: Vec<&str> = both.iter().map(Json::as_str).collect::<Option<_>>()?;
            Some(format!("${{{}}}", names.join(".")))
        }
        ("Fn::Sub", Json::String(text)) => Some(text.clone()),
        ("Fn::Join", Json::Array(both)) => match both.as_slice() {
            [Json::String(between), Json::Array(parts)] => {
                let parts: Vec<String> = parts.iter().map(pattern).collect::<Option<_>>()?;
                Some(parts.join(&between.replace("${", "${!")))
            }
            _ => None,
        },
        ("Fn::Base64", inner) => pattern(inner),
        _ => None,
    }
}
