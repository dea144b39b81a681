//! What people type into a form, as a [`Value`], and a value as the text they see.
//!
//! Only the shape is judged here (is it a number, does it fit the bounds the form states); whether the value fits the property is for the
//! property's own type to say.

use super::schedule::{Cron, Moment, Window};
use super::{Value, Widget};
use crate::message;
use crate::text::Message;

/// Reads what was typed into a field of one line or several.
///
/// # Errors
/// Why it is not a value of this widget.
pub fn read(widget: &Widget, typed: &str) -> Result<Value, Message> {
    let trimmed = typed.trim();
    match widget {
        Widget::Number { .. } if trimmed.is_empty() => Ok(Value::None),
        Widget::Number { min, max, .. } => number(trimmed, *min, *max).map(Value::Int),
        Widget::Cidr if trimmed.is_empty() => Ok(Value::None),
        Widget::Cron { .. } if !trimmed.is_empty() => {
            Cron::parse(trimmed)?;
            Ok(Value::Text(trimmed.split_whitespace().collect::<Vec<_>>().join(" ")))
        }
        Widget::Window { weekly } if !trimmed.is_empty() => {
            Ok(Value::Text(Window::parse(trimmed, *weekly)?.to_string()))
        }
        Widget::Moment { .. } if !trimmed.is_empty() => Ok(Value::Text(Moment::parse(trimmed)?.to_string())),
        // A script keeps its line breaks and indents.
        Widget::Lines | Widget::Json => Ok(Value::Text(typed.to_owned())),
        _ => Ok(Value::Text(trimmed.to_owned())),
    }
}

fn number(typed: &str, min: i64, max: i64) -> Result<i64, Message> {
    // Thousands are often written with commas: 1,024.
    let plain: String = typed.chars().filter(|c| !matches!(c, ',' | '_')).collect();
    let parsed: i64 = plain
        .parse()
        .map_err(|_| message!("'{typed}'은(는) 정수가 아니에요.", "\"{typed}\" is not a whole number."))?;
    if (min..=max).contains(&parsed) {
        return Ok(parsed);
    }
    Err(message!(
        "{parsed}은(는) 범위를 벗어나요. {min}부터 {max}까지 쓸 수 있어요.",
        "{parsed} is out of range: {min} to {max}."
    ))
}

/// A value as the form shows it in a line of text; lists and rows have forms of their own and give nothing.
pub fn write(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Bool(on) => on.to_string(),
        Value::Ref(id) => id.to_string(),
        Value::None | Value::List(_) | Value::Record(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Kind;
    use crate::text::t;

    const PORT: Widget = Widget::Number { min: 1, max: 65_535, unit: t("", "") };

    #[test]
    fn text_is_trimmed_and_a_script_is_not() {
        assert_eq!(read(&Widget::Cidr, " 10.0.1.0/24 "), Ok("10.0.1.0/24".into()));
        assert_eq!(read(&Widget::Lines, "#!/bin/bash\n  yum\n"), Ok("#!/bin/bash\n  yum\n".into()));
    }

    #[test]
    fn numbers_are_held_to_the_bounds_the_form_states() {
        assert_eq!(read(&PORT, " 8,080 "), Ok(Value::Int(8080)));
        assert_eq!(read(&PORT, ""), Ok(Value::None));
        assert_eq!(read(&PORT, "0").unwrap_err().en, "0 is out of range: 1 to 65535.");
        assert_eq!(read(&PORT, "한글").unwrap_err().ko, "'한글'은 정수가 아니에요.");
    }

    #[test]
    fn a_schedule_is_held_to_its_form_and_kept_as_aws_takes_it() {
        let fields = Kind::ScheduledAction.fields();
        let read = |field: &str, typed: &str| {
            let meta = fields.iter().find(|meta| meta.id == field).unwrap();
            read(&meta.widget, typed)
        };
        assert_eq!(read("recurrence", " 0  9 * * 1-5 "), Ok("0 9 * * 1-5".into()));
        assert_eq!(read("recurrence", ""), Ok("".into()));
        assert!(read("recurrence", "0 9 ? * 1-5").unwrap_err().en.contains("EventBridge"));
        assert_eq!(read("start_time", "2026-05-01T09:00:00+09:00"), Ok("2026-05-01T00:00:00Z".into()));
        assert!(read("end_time", "tomorrow").unwrap_err().en.contains("is not a date and time"));
    }

    #[test]
    fn bad_blocks_are_refused_with_a_reason_and_the_old_one_stays() {
        for typed in ["10.0.0.0/33", "10.0.0", "한글", "", "10.0.0.0/16/8", "::/0"] {
            let mut subnet = Kind::Subnet.new_body();
            let before = subnet.clone();
            let why = read(&Widget::Cidr, typed).and_then(|value| subnet.set("cidr", &value)).unwrap_err();
            assert!(!why.ko.is_empty() && !why.en.is_empty(), "{typed}");
            assert_eq!(subnet, before, "{typed}");
        }
    }

    #[test]
    fn every_table_gives_a_new_row_that_it_takes() {
        let tables = Kind::ALL.iter().flat_map(|kind| kind.fields().into_iter().map(move |meta| (*kind, meta)));
        let mut seen = 0;
        for (kind, meta) in tables {
            let Widget::Table(columns) = meta.widget else { continue };
            let mut body = kind.new_body();
            let row = (columns().new_row)(&[]);
            body.set(meta.id, &Value::List(vec![row.clone()])).unwrap();
            assert_eq!(body.value(meta.id), Some(Value::List(vec![row.clone()])), "{kind:?}.{}", meta.id);
            assert!(!(columns().applying)(&row).is_empty());
            let second = (columns().new_row)(std::slice::from_ref(&row));
            body.set(meta.id, &Value::List(vec![row, second])).unwrap();
            seen += 1;
        }
        assert!(seen >= 8);
    }

    #[test]
    fn only_the_columns_that_apply_to_a_row_are_shown() {
        let rules = Kind::Listener.fields().into_iter().find(|meta| meta.id == "rules").unwrap();
        let Widget::Table(columns) = rules.widget else { panic!("rules are a table") };
        let mut row = (columns().new_row)(&[]);
        assert!((columns().applying)(&row).contains(&"forwards"));
        if let Value::Record(cells) = &mut row {
            cells.insert("action".to_owned(), "redirect".into());
        }
        let shown = (columns().applying)(&row);
        assert!(shown.contains(&"redirect_host") && !shown.contains(&"forwards"));
    }
}
