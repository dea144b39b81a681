//! What fields should be and what they are, in words.

use super::role_name;
use crate::catalog::{Kind, Meta, Value, Widget};
use crate::design::Design;
use crate::labs::lab::Lab;
use crate::labs::select::{Conditions, Wish};
use crate::message;
use crate::text::Message;

/// Characters of a value that are shown within a sentence.
const LONGEST: usize = 60;

/// A field and what it should be: `Multi-AZ: on`.
pub(super) fn wished(lab: &Lab, kinds: &[Kind], id: &str, wish: &Wish) -> Message {
    let all = if kinds.is_empty() { Kind::ALL } else { kinds };
    let meta = all.iter().find_map(|kind| kind.fields().into_iter().find(|meta| meta.id == id));
    let label = meta.map_or_else(|| Message::plain(id), |meta| meta.label.into());
    let value = wanted(lab, meta, wish);
    Message { ko: format!("{} {}", label.ko, value.ko), en: format!("{} {}", label.en, value.en) }
}

/// What a field is, in words; nothing where that takes more than a word.
pub fn shown(design: &Design, meta: Option<&Meta>, value: &Value) -> Option<Message> {
    Some(match value {
        Value::None => message!("없음", "none"),
        Value::Bool(on) => plain_value(meta, &Wish::On(*on)),
        Value::Int(number) => Message::plain(number.to_string()),
        Value::Text(text) if text.trim().is_empty() => message!("없음", "none"),
        Value::Text(text) if text.chars().count() <= LONGEST && !text.contains('\n') => {
            plain_value(meta, &Wish::Text(text.clone()))
        }
        Value::Ref(id) => Message::plain(design.node(*id)?.name.clone()),
        Value::List(items) if items.is_empty() => message!("없음", "none"),
        Value::Text(_) | Value::List(_) | Value::Record(_) => return None,
    })
}

/// A plain value in words.
fn plain_value(meta: Option<&Meta>, wish: &Wish) -> Message {
    match wish {
        Wish::On(true) => message!("켬", "on"),
        Wish::On(false) => message!("끔", "off"),
        Wish::Number(number) => Message::plain(number.to_string()),
        Wish::Text(text) => {
            let choice = meta.and_then(|meta| match meta.widget {
                Widget::Choice(all) => all.iter().find(|one| one.value == text),
                _ => None,
            });
            choice.map_or_else(|| Message::plain(text.clone()), |choice| choice.label.into())
        }
        Wish::Conditions(_) => Message::default(),
    }
}

/// What a field should be, in words.
pub fn wanted(lab: &Lab, meta: Option<&Meta>, wish: &Wish) -> Message {
    match wish {
        Wish::Conditions(of) => conditions(lab, meta, of),
        plain => plain_value(meta, plain),
    }
}

fn conditions(lab: &Lab, meta: Option<&Meta>, of: &Conditions) -> Message {
    let (mut ko, mut en) = (Vec::new(), Vec::new());
    let mut add = |of: Message| {
        ko.push(of.ko);
        en.push(of.en);
    };
    let list = |all: &[Wish]| -> (String, String) {
        let (ko, en): (Vec<String>, Vec<String>) =
            all.iter().map(|one| wanted(lab, meta, one)).map(|of| (of.ko, of.en)).unzip();
        (ko.join(", "), en.join(", "))
    };
    if !of.one_of.is_empty() {
        let (ko, en) = list(&of.one_of);
        add(message!("{ko} 가운데 하나", "one of {en}"));
    }
    if !of.none_of.is_empty() {
        let (ko, en) = list(&of.none_of);
        add(message!("{ko} 아님", "not {en}"));
    }
    if let Some(pattern) = &of.like {
        add(message!("'{pattern}' 꼴", "like \"{pattern}\""));
    }
    if let Some(min) = of.min {
        add(message!("{min} 이상", "{min} or more"));
    }
    if let Some(max) = of.max {
        add(message!("{max} 이하", "{max} or less"));
    }
    if let Some(block) = &of.inside {
        add(message!("{block} 안", "inside {block}"));
    }
    match of.set {
        Some(true) => add(message!("있음", "given")),
        Some(false) => add(message!("없음", "empty")),
        None => {}
    }
    if let Some(role) = &of.role {
        let Message { ko, en } = role_name(lab, role);
        add(message!("{ko}", "{en}"));
    }
    if let Some(rows) = of.rows_min {
        add(message!("{rows}개 이상", "{rows} or more"));
    }
    if let Some(rows) = of.rows_max {
        add(message!("{rows}개 이하", "{rows} or fewer"));
    }
    let columns: Vec<Meta> = match meta.map(|meta| meta.widget) {
        Some(Widget::Table(columns)) => columns().metas,
        _ => Vec::new(),
    };
    for (row, (there_ko, there_en)) in [(&of.row, ("있음", "there is")), (&of.no_row, ("없음", "none with"))] {
        let Some(row) = row else { continue };
        let cell = |(id, wish): (&String, &Wish)| {
            let meta = columns.iter().find(|column| column.id == id);
            let label = meta.map_or_else(|| Message::plain(id.clone()), |meta| meta.label.into());
            let value = wanted(lab, meta, wish);
            (format!("{} {}", label.ko, value.ko), format!("{} {}", label.en, value.en))
        };
        let (ko, en): (Vec<String>, Vec<String>) = row.iter().map(cell).unzip();
        add(Message { ko: format!("({}) {there_ko}", ko.join(", ")), en: format!("{there_en} ({})", en.join(", ")) });
    }
    Message { ko: ko.join(", "), en: en.join(", ") }
}
