//! A number with decimals as a property: a threshold, a target, the bound of a step.

use super::{FieldValue, Value};
use crate::message;
use crate::template::Json;
use crate::text::Message;

/// A finite number, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal(String);

impl Decimal {
    /// A whole number.
    pub fn whole(number: i32) -> Self {
        Self(number.to_string())
    }

    /// The number.
    pub fn number(&self) -> f64 {
        self.0.parse().unwrap_or_default()
    }

    /// The number as templates have it: whole where it is whole.
    pub fn json(&self) -> Json {
        self.0.parse::<i64>().map_or_else(|_| self.number().into(), Json::from)
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl FieldValue for Decimal {
    fn to_value(&self) -> Value {
        Value::Text(self.0.clone())
    }
    fn from_value(value: &Value) -> Result<Self, Message> {
        let text = String::from_value(value)?.trim().to_owned();
        if text.parse::<f64>().is_ok_and(f64::is_finite) {
            return Ok(Self(text));
        }
        Err(message!("'{text}'은(는) 숫자가 아니에요. 예: 80, 0.5", "\"{text}\" is not a number. Example: 80, 0.5"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_as_typed_and_words_refused() {
        let read = |value: Value| Decimal::from_value(&value);
        assert_eq!(read(" 0.50 ".into()).unwrap().to_string(), "0.50");
        assert_eq!(read(" 0.50 ".into()).unwrap().json(), 0.5);
        assert_eq!(read(Value::Int(70)).unwrap().json(), 70);
        for wrong in ["", "높음", "NaN", "inf", "1e999"] {
            assert!(read(wrong.into()).is_err(), "{wrong}");
        }
    }
}
