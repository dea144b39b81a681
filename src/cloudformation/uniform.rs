//! Properties by the field tables: values to JSON and back, whatever the kind.

use std::collections::BTreeMap;

use super::read::Source;
use super::{Json, Object, path};
use crate::catalog::{FieldValue, JsonText, Meta, Record, Value, Widget};
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// How a template refers to a node; nothing for what it does not hold.
pub(super) type Refer<'a> = &'a dyn Fn(NodeId) -> Option<Json>;

/// A property's JSON; nothing for what is not set or empty.
pub(super) fn write(meta: &Meta, value: &Value, refer: Refer<'_>) -> Option<Json> {
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
                put(&mut row, &column, cells.get(column.id).unwrap_or(&Value::None), refer);
            }
            Some(row.into())
        }
    }
}

/// Writes a property where its field says, if it says so.
pub(super) fn put(properties: &mut Object, meta: &Meta, value: &Value, refer: Refer<'_>) {
    if !meta.property.is_empty()
        && let Some(json) = write(meta, value, refer)
    {
        path::put(properties, meta.property, json);
    }
}

/// A row of a table by its columns, those that apply.
pub(super) fn row<R: Record>(of: &R, refer: Refer<'_>) -> Object {
    let mut properties = Object::new();
    for column in R::COLUMNS.iter().filter(|column| (column.applies)(of)) {
        put(&mut properties, &column.meta, &(column.get)(of), refer);
    }
    properties
}

/// What a property's JSON says, for a field of this kind.
///
/// # Errors
/// What should stand there instead.
pub(super) fn value(meta: &Meta, json: &Json, source: &Source<'_>) -> Result<Value, Message> {
    let refer = |json: &Json| {
        let found = source.node(json).map(Value::Ref);
        found.ok_or_else(|| {
            message!(
                "다른 리소스를 가리키는 Ref나 Fn::GetAtt가 와야 해요.",
                "Expected a Ref or Fn::GetAtt of another resource."
            )
        })
    };
    let list = || {
        let expected = || message!("목록이 와야 해요.", "Expected a list.");
        json.as_array().ok_or_else(expected)
    };
    match meta.widget {
        Widget::Reference(_) => refer(json),
        Widget::References(_) => Ok(Value::List(list()?.iter().map(refer).collect::<Result<_, _>>()?)),
        Widget::List => Ok(Value::List(list()?.iter().map(|item| scalar(item, source)).collect::<Result<_, _>>()?)),
        Widget::Table(columns) => {
            let columns = columns();
            let row = |json: &Json| cells(&columns, json, source).map(Value::Record);
            Ok(Value::List(list()?.iter().map(row).collect::<Result<_, _>>()?))
        }
        Widget::Json => Ok(FieldValue::to_value(&JsonText::of(json))),
        _ => scalar(json, source),
    }
}

/// The cells of a row that its JSON has.
///
/// # Errors
/// Which column does not fit.
pub(super) fn cells(columns: &[Meta], json: &Json, source: &Source<'_>) -> Result<BTreeMap<String, Value>, Message> {
    let expected = || message!("객체가 와야 해요.", "Expected an object.");
    let json = json.as_object().ok_or_else(expected)?;
    let mut cells = BTreeMap::new();
    for column in columns.iter().filter(|column| !column.property.is_empty()) {
        if let Some(cell) = path::get(json, column.property) {
            let cell = value(column, cell, source).map_err(|why| why.within(column.label))?;
            cells.insert(column.id.to_owned(), cell);
        }
    }
    Ok(cells)
}

fn scalar(json: &Json, source: &Source<'_>) -> Result<Value, Message> {
    match source.resolve(json) {
        Json::Bool(on) => Ok(Value::Bool(on)),
        Json::Number(number) => Ok(number.as_i64().map_or_else(|| Value::Text(number.to_string()), Value::Int)),
        Json::String(text) => Ok(Value::Text(text)),
        _ => Err(message!("이 표현식은 아직 읽을 수 없어요.", "This expression cannot be read yet.")),
    }
}
