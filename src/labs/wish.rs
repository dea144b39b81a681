//! Whether the value of a field is as a lab wishes: compared by what it means, not by how it is spelled.

use std::collections::{BTreeMap, BTreeSet};

use super::ready::Cast;
use super::select::{Conditions, Wish, fits};
use crate::catalog::Value;
use crate::catalog::kinds::{IamRole, Region, VpcEndpoint};
use crate::catalog::{Kind, Resource};
use crate::design::Design;
use crate::facts::policies::trusted_services;
use crate::id::NodeId;
use crate::id_of;
use crate::net::Cidr;

/// The value of a field by what it means: an endpoint's service by its short name where it is one of its region, and of a role whoever may take it
/// on, wherever that is written.
pub(super) fn meant(design: &Design, id: NodeId, field: &str) -> Option<Value> {
    let node = design.node(id)?;
    match node.kind() {
        VpcEndpoint::KIND if field == id_of!(VpcEndpoint.service) => {
            let endpoint = node.get::<VpcEndpoint>()?;
            let region = design.ancestor(id, Kind::Region).and_then(|id| design.get::<Region>(id));
            let whole = region.map(|region| format!("com.amazonaws.{}.{}", region.code, endpoint.short_service()));
            let own = whole.is_none_or(|whole| whole == endpoint.service);
            own.then(|| Value::Text(endpoint.short_service().to_owned())).or_else(|| node.body.value(field))
        }
        IamRole::KIND if field == id_of!(IamRole.trusted_service) => {
            let role = node.get::<IamRole>()?;
            Some(Value::List(trusted_services(role).into_iter().map(Value::Text).collect()))
        }
        _ => node.body.value(field),
    }
}

/// Whether a value is as wished, given who fills the roles.
pub(super) fn is_as_wished(cast: &Cast, wish: &Wish, value: &Value) -> bool {
    match (wish, value) {
        // A list is as wished where one of its items is.
        (Wish::On(_) | Wish::Number(_) | Wish::Text(_), Value::List(items)) => {
            items.iter().any(|item| is_as_wished(cast, wish, item))
        }
        (Wish::On(on), Value::Bool(is)) => on == is,
        (Wish::On(on), Value::None) => !on,
        (Wish::Number(number), Value::Int(is)) => number == is,
        (Wish::Number(number), Value::Text(is)) => same(&number.to_string(), is),
        (Wish::Text(text), Value::Text(is)) => same(text, is),
        (Wish::Text(text), Value::Int(is)) => same(text, &is.to_string()),
        (Wish::Text(text), Value::None) => text.is_empty(),
        (Wish::On(_) | Wish::Number(_) | Wish::Text(_), _) => false,
        (Wish::Conditions(of), value) => meets(cast, of, value),
    }
}

/// Whether two texts say the same: letter by letter but for capitals, as numbers (`50.0` is `50`), or as times (`1-5` is `MON-FRI`).
fn same(text: &str, is: &str) -> bool {
    let (text, is) = (text.trim(), is.trim());
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    text.eq_ignore_ascii_case(is)
        || number(text).zip(number(is)).is_some_and(|(a, b)| (a - b).abs() < f64::EPSILON)
        || times(text).is_some_and(|times_of| Some(times_of) == times(is))
}

/// When a cron expression of five fields fires: the minutes, hours, days, months and days of the week. Nothing where it is none.
/// See <https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html>.
fn times(text: &str) -> Option<[BTreeSet<u8>; 5]> {
    const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    let fields: [&str; 5] = text.split_whitespace().collect::<Vec<_>>().try_into().ok()?;
    let [minute, hour, day, month, weekday] = fields;
    let mut weekdays = field(weekday, (0, 7), (0, &DAYS))?;
    // Sunday is 0 and 7.
    if weekdays.remove(&7) {
        weekdays.insert(0);
    }
    Some([
        field(minute, (0, 59), (0, &[]))?,
        field(hour, (0, 23), (0, &[]))?,
        field(day, (1, 31), (0, &[]))?,
        field(month, (1, 12), (1, &MONTHS))?,
        weekdays,
    ])
}

/// The numbers that a field of a cron expression means: `*`, `1-5`, `MON,WED`, `*/15`.
fn field(text: &str, (low, high): (u8, u8), (first, names): (u8, &[&str])) -> Option<BTreeSet<u8>> {
    let number = |word: &str| -> Option<u8> {
        let named = names.iter().zip(first..).find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, at)| at);
        named.or_else(|| word.parse().ok()).filter(|number| (low..=high).contains(number))
    };
    let mut found = BTreeSet::new();
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<u8>().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (low, high),
            Some((from, to)) => (number(from)?, number(to)?),
            // `5/15` begins at 5 and goes on.
            None if step > 1 => (number(range)?, high),
            None => (number(range)?, number(range)?),
        };
        found.extend((from..=to).step_by(usize::from(step)));
    }
    (!found.is_empty()).then_some(found)
}

fn meets(cast: &Cast, of: &Conditions, value: &Value) -> bool {
    let Conditions { one_of, none_of, like, min, max, inside, set, role, rows_min, rows_max, row, no_row } = of;
    let number = match value {
        Value::Int(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    let text = |is: &dyn Fn(&str) -> bool| match value {
        Value::List(items) => items.iter().filter_map(Value::as_text).any(is),
        other => other.as_text().is_some_and(is),
    };
    let is_row = |wishes: &BTreeMap<String, Wish>, row: &Value| {
        let Value::Record(cells) = row else { return false };
        wishes.iter().all(|(id, wish)| is_as_wished(cast, wish, cells.get(id).unwrap_or(&Value::None)))
    };
    let names = |role: &str| {
        let mut found = false;
        value.visit_refs(&mut |id| found |= cast.of(role).contains(&id));
        found
    };
    let given = match value {
        Value::None => false,
        Value::Text(text) => !text.trim().is_empty(),
        Value::List(items) => !items.is_empty(),
        _ => true,
    };
    let block = |within: &Cidr| text(&|is| is.parse::<Cidr>().is_ok_and(|block| within.contains(&block)));
    (one_of.is_empty() || one_of.iter().any(|wish| is_as_wished(cast, wish, value)))
        && !none_of.iter().any(|wish| is_as_wished(cast, wish, value))
        && like.as_ref().is_none_or(|pattern| text(&|is| fits(pattern, is)))
        && min.is_none_or(|min| number.is_some_and(|number| number >= min))
        && max.is_none_or(|max| number.is_some_and(|number| number <= max))
        && inside.as_ref().is_none_or(block)
        && set.is_none_or(|set| set == given)
        && role.as_ref().is_none_or(|role| names(role))
        && rows_min.is_none_or(|min| value.items().len() >= min)
        && rows_max.is_none_or(|max| value.items().len() <= max)
        && row.as_ref().is_none_or(|wishes| value.items().iter().any(|row| is_row(wishes, row)))
        && no_row.as_ref().is_none_or(|wishes| !value.items().iter().any(|row| is_row(wishes, row)))
}

#[cfg(test)]
mod tests {
    use super::{same, times};

    #[test]
    fn texts_are_compared_by_what_they_mean() {
        for (text, is, want) in [
            ("50", "50.0", true),
            ("50", " 50 ", true),
            ("50", "50.5", false),
            ("GREEN", "green", true),
            ("0 9 * * 1-5", "0 9 * * MON-FRI", true),
            ("0 9 * * 1-5", "00 09 * * 1,2,3,4,5", true),
            ("0 9 * * 1-5", "0 9 * * 1-6", false),
            ("0 9 * * 1-5", "0 9 * * *", false),
            ("0 0 * * 0", "0 0 * * 7", true),
            ("*/30 * * * *", "0,30 * * * *", true),
            ("a b c d e", "a b c d f", false),
        ] {
            assert_eq!(same(text, is), want, "{text} {is}");
        }
        assert_eq!(times("61 9 * * *"), None);
        assert_eq!(times("0 9 * *"), None);
        assert_eq!(times("0 9-5 * * *"), None);
    }
}
