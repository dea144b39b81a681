//! Values of properties as JSON: null, true, 8, "text", lists, rows as objects, and a reference as `{"ref": "n3"}`.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::catalog::Value;
use crate::id::NodeId;

/// A value in a file.
#[derive(Clone)]
pub(super) struct Plain(pub(super) Value);

/// The one key of a reference. No column may be called so; a test watches.
const REF: &str = "ref";

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Written(&self.0).serialize(to)
    }
}

struct Written<'a>(&'a Value);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::None => to.serialize_unit(),
            Value::Bool(on) => to.serialize_bool(*on),
            Value::Int(number) => to.serialize_i64(*number),
            Value::Text(text) => to.serialize_str(text),
            Value::Ref(id) => {
                let mut map = to.serialize_map(Some(1))?;
                map.serialize_entry(REF, id)?;
                map.end()
            }
            Value::List(items) => to.collect_seq(items.iter().map(Written)),
            Value::Record(cells) => to.collect_map(cells.iter().map(|(id, cell)| (id, Written(cell)))),
        }
    }
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("null, true, false, a whole number, text, a list or an object")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::None)
    }

    fn visit_bool<E: Error>(self, on: bool) -> Result<Value, E> {
        Ok(Value::Bool(on))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Int(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number).map(Value::Int).map_err(|_| E::custom("the number is too large"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Plain(item)) = from.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut cells = BTreeMap::new();
        while let Some((id, Plain(cell))) = from.next_entry::<String, Plain>()? {
            cells.insert(id, cell);
        }
        match cells.get(REF) {
            Some(Value::Text(id)) if cells.len() == 1 => id.parse::<NodeId>().map(Value::Ref).map_err(A::Error::custom),
            _ => Ok(Value::Record(cells)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Kind, Meta, Widget};

    fn is_free_of_ref(meta: &Meta) -> bool {
        let columns = match meta.widget {
            Widget::Table(columns) => columns().metas,
            _ => Vec::new(),
        };
        meta.id != REF && columns.iter().all(is_free_of_ref)
    }

    #[test]
    fn no_column_is_mistaken_for_a_reference() {
        assert!(Kind::ALL.iter().flat_map(|kind| kind.fields()).all(is_free_of_ref));
    }

    #[test]
    fn every_value_has_one_way_to_be_written() {
        let row = Value::Record([("to".to_owned(), Value::Ref(NodeId(3))), ("n".to_owned(), Value::Int(-8))].into());
        let value = Value::List(vec![row, Value::None, Value::Bool(true), "웹\n".into()]);
        let text = serde_json::to_string(&Plain(value.clone())).unwrap();
        assert_eq!(text, r#"[{"n":-8,"to":{"ref":"n3"}},null,true,"웹\n"]"#);
        assert_eq!(serde_json::from_str::<Plain>(&text).unwrap().0, value);
    }
}
