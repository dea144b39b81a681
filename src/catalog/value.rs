//! The uniform form of a property: what the inspector edits, the save format stores and rules compare.
//!
//! Resources are typed structs; [`FieldValue`] carries each property type to a [`Value`] and back, and refuses with a reason what does not fit.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::str::FromStr;

use crate::id::NodeId;
use crate::message;
use crate::net::{AnyCidr, Cidr, DomainName, IcmpType, PortRange, Protocol};
use crate::text::Message;

use super::field::Field;

/// A property's value without its type.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Not set.
    #[default]
    None,
    /// On or off.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text, and everything written as text: a CIDR block, a domain name, a choice's id.
    Text(String),
    /// Another node of the design.
    Ref(NodeId),
    /// Several values in order.
    List(Vec<Self>),
    /// One row of a table, by column id.
    Record(BTreeMap<String, Self>),
}

impl Value {
    /// Calls `f` on every reference inside.
    pub fn visit_refs(&self, f: &mut dyn FnMut(NodeId)) {
        match self {
            Self::Ref(id) => f(*id),
            Self::List(items) => items.iter().for_each(|item| item.visit_refs(f)),
            Self::Record(cells) => cells.values().for_each(|cell| cell.visit_refs(f)),
            Self::None | Self::Bool(_) | Self::Int(_) | Self::Text(_) => {}
        }
    }

    /// The value with every reference passed through `f`. A reference that becomes nothing leaves a list, and becomes [`Value::None`] elsewhere.
    pub fn map_refs(&self, f: &dyn Fn(NodeId) -> Option<NodeId>) -> Self {
        match self {
            Self::Ref(id) => f(*id).map_or(Self::None, Self::Ref),
            Self::List(items) => {
                let gone = |item: &Self| matches!(item, Self::Ref(id) if f(*id).is_none());
                Self::List(items.iter().filter(|item| !gone(item)).map(|item| item.map_refs(f)).collect())
            }
            Self::Record(cells) => {
                Self::Record(cells.iter().map(|(id, cell)| (id.clone(), cell.map_refs(f))).collect())
            }
            other => other.clone(),
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::None | Self::Bool(false) => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Bool(true) | Self::Int(_) | Self::Ref(_) | Self::Record(_) => false,
        }
    }

    /// Whether a text anywhere inside is so.
    pub fn has_text(&self, is: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::Text(text) => is(text),
            Self::List(items) => items.iter().any(|item| item.has_text(is)),
            Self::Record(cells) => cells.values().any(|cell| cell.has_text(is)),
            Self::None | Self::Bool(_) | Self::Int(_) | Self::Ref(_) => false,
        }
    }

    /// The text inside, if it is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The same for what templates write without quotes as well: `1024` of a choice whose names are numbers.
    pub fn written(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Int(number) => Some(Cow::Owned(number.to_string())),
            Self::Bool(on) => Some(Cow::Owned(on.to_string())),
            _ => None,
        }
    }

    /// The rows or items inside; empty if it is not a list.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<NodeId> for Value {
    fn from(id: NodeId) -> Self {
        Self::Ref(id)
    }
}

impl From<Vec<&str>> for Value {
    fn from(items: Vec<&str>) -> Self {
        Self::List(items.into_iter().map(Self::from).collect())
    }
}

impl From<bool> for Value {
    fn from(on: bool) -> Self {
        Self::Bool(on)
    }
}

/// A property type: how it becomes a [`Value`] and what it refuses.
pub trait FieldValue: Sized {
    /// The uniform form.
    fn to_value(&self) -> Value;
    /// The typed form.
    ///
    /// # Errors
    /// Why the value does not fit, in both languages.
    fn from_value(value: &Value) -> Result<Self, Message>;
}

/// What to say when a value has the wrong shape altogether.
fn wrong(expected_ko: &str, expected_en: &str) -> Message {
    message!("{expected_ko}이(가) 와야 해요.", "Expected {expected_en}.")
}

impl FieldValue for bool {
    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
    fn from_value(value: &Value) -> Result<Self, Message> {
        match value {
            Value::Bool(on) => Ok(*on),
            // CloudFormation takes a text for a boolean, in letters of either case.
            Value::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Value::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            Value::None => Ok(false),
            _ => Err(wrong("참 또는 거짓", "true or false")),
        }
    }
}

macro_rules! whole_numbers {
    ($($int:ty),*) => {$(
        impl FieldValue for $int {
            fn to_value(&self) -> Value {
                Value::Int(i64::from(*self))
            }
            fn from_value(value: &Value) -> Result<Self, Message> {
                let number = match value {
                    Value::Int(number) => Some(*number),
                    Value::Text(text) => text.trim().parse().ok(),
                    _ => None,
                };
                let number = number.ok_or_else(|| wrong("정수", "a whole number"))?;
                Self::try_from(number).map_err(|_| {
                    let (min, max) = (Self::MIN, Self::MAX);
                    message!("{number}은(는) 범위를 벗어나요. {min}부터 {max}까지 쓸 수 있어요.", "{number} is out of range: {min} to {max}.")
                })
            }
        }
    )*};
}
whole_numbers!(u8, u16, u32, i32, i64);

impl FieldValue for String {
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
    fn from_value(value: &Value) -> Result<Self, Message> {
        match value {
            Value::Text(text) => Ok(text.clone()),
            Value::Int(number) => Ok(number.to_string()),
            Value::None => Ok(Self::new()),
            _ => Err(wrong("글자", "text")),
        }
    }
}

impl FieldValue for Ipv4Addr {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
    fn from_value(value: &Value) -> Result<Self, Message> {
        let text = value.as_text().map(str::trim).ok_or_else(|| wrong("글자", "text"))?;
        text.parse().map_err(|_| {
            message!(
                "'{text}'은(는) IPv4 주소가 아니에요. 예: 10.0.1.10",
                "\"{text}\" is not an IPv4 address. Example: 10.0.1.10"
            )
        })
    }
}

impl FieldValue for NodeId {
    fn to_value(&self) -> Value {
        Value::Ref(*self)
    }
    fn from_value(value: &Value) -> Result<Self, Message> {
        match value {
            Value::Ref(id) => Ok(*id),
            _ => Err(wrong("다른 리소스", "another resource")),
        }
    }
}

impl<T: FieldValue> FieldValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::None, FieldValue::to_value)
    }
    fn from_value(value: &Value) -> Result<Self, Message> {
        match value {
            Value::None => Ok(None),
            Value::Text(text) if text.trim().is_empty() => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl<T: FieldValue> FieldValue for Vec<T> {
    fn to_value(&self) -> Value {
        Value::List(self.iter().map(FieldValue::to_value).collect())
    }
    fn from_value(value: &Value) -> Result<Self, Message> {
        match value {
            Value::None => Ok(Self::new()),
            Value::List(items) => {
                let numbered = |(index, item): (usize, &Value)| {
                    T::from_value(item).map_err(|why| {
                        let row: usize = index + 1;
                        Message { ko: format!("{row}번째 · {}", why.ko), en: format!("Row {row} · {}", why.en) }
                    })
                };
                items.iter().enumerate().map(numbered).collect()
            }
            _ => Err(wrong("목록", "a list")),
        }
    }
}

/// Types that are written as text and parse themselves; their errors speak both languages.
macro_rules! written_as_text {
    ($($parsed:ty),*) => {$(
        impl FieldValue for $parsed {
            fn to_value(&self) -> Value {
                Value::Text(self.to_string())
            }
            fn from_value(value: &Value) -> Result<Self, Message> {
                let parsed = match value {
                    Value::Text(text) => Self::from_str(text),
                    Value::Int(number) => Self::from_str(&number.to_string()),
                    _ => return Err(wrong("글자", "text")),
                };
                parsed.map_err(|error| {
                    let (ko, en) = error.message();
                    Message::new(&ko, en)
                })
            }
        }
    )*};
}
written_as_text!(Cidr, AnyCidr, PortRange, IcmpType, Protocol, DomainName);

/// One row of a table-valued property, such as a security group rule.
pub trait Record: Default + Clone + 'static {
    /// The columns, in the order they are shown.
    const COLUMNS: &'static [Field<Self>];

    /// The row that comes after these, valid beside them: a number that none of them has, a port that none of them opens.
    fn after(_rows: &[Self]) -> Self {
        Self::default()
    }
}

/// The number of a new row: the next step after the highest that is taken, from `first` to `last`; where that is the last, the lowest that is free.
pub fn number_after(taken: impl Iterator<Item = u16>, (first, step, last): (u16, u16, u16)) -> u16 {
    let taken: BTreeSet<u16> = taken.collect();
    let next = taken.last().map_or(first, |highest| (highest / step + 1).saturating_mul(step));
    (next..=last).chain(1..next).find(|number| !taken.contains(number)).unwrap_or(first)
}

/// Makes a [`Record`] a property type; a row is refused with the name of the column at fault.
#[macro_export]
macro_rules! record {
    ($($row:ty),* $(,)?) => {$(
        impl $crate::catalog::FieldValue for $row {
            fn to_value(&self) -> $crate::catalog::Value {
                $crate::catalog::value::row_to_value(self)
            }
            fn from_value(value: &$crate::catalog::Value) -> Result<Self, $crate::text::Message> {
                $crate::catalog::value::row_from_value(value)
            }
        }
    )*};
}

/// A row by column id.
pub fn row_to_value<R: Record>(row: &R) -> Value {
    Value::Record(R::COLUMNS.iter().map(|column| (column.meta.id.to_owned(), (column.get)(row))).collect())
}

/// A row from its cells; a missing cell keeps its default, an unknown one is refused.
///
/// # Errors
/// Which column does not fit, and why.
pub fn row_from_value<R: Record>(value: &Value) -> Result<R, Message> {
    let Value::Record(cells) = value else { return Err(wrong("표의 한 줄", "a table row")) };
    let mut row = R::default();
    for (id, cell) in cells {
        let Some(column) = R::COLUMNS.iter().find(|column| column.meta.id == id) else {
            return Err(message!("'{id}'이라는 열은 없어요.", "There is no column \"{id}\"."));
        };
        (column.set)(&mut row, cell).map_err(|why| why.within(column.meta.label))?;
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_out_of_range_are_refused_with_the_range() {
        let why = u16::from_value(&Value::Int(70_000)).unwrap_err();
        assert_eq!(why.en, "70000 is out of range: 0 to 65535.");
        assert_eq!(why.ko, "70000은 범위를 벗어나요. 0부터 65535까지 쓸 수 있어요.");
    }

    #[test]
    fn a_new_row_takes_a_number_of_its_own() {
        let after = |taken: &[u16], of| number_after(taken.iter().copied(), of);
        assert_eq!(after(&[], (1, 1, 50_000)), 1);
        assert_eq!(after(&[1, 2, 7], (1, 1, 50_000)), 8);
        assert_eq!(after(&[1, 50_000], (1, 1, 50_000)), 2, "after the last the lowest that is free");
        assert_eq!(
            [after(&[], (100, 10, 32_766)), after(&[100], (100, 10, 32_766)), after(&[105], (100, 10, 32_766))],
            [100, 110, 110]
        );
        assert_eq!(after(&[32_766], (100, 10, 32_766)), 1);
    }

    #[test]
    fn a_reference_that_goes_away_leaves_its_list() {
        let value = Value::List(vec![Value::Ref(NodeId(1)), Value::Ref(NodeId(2))]);
        let kept = value.map_refs(&|id| (id != NodeId(1)).then_some(id));
        assert_eq!(kept, Value::List(vec![Value::Ref(NodeId(2))]));
    }
}
