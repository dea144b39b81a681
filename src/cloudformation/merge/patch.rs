//! The difference between two values, made in a third that means the same as the first but is written otherwise.

use super::super::evaluate::Scope;
use crate::template::{Json, Object};

/// What `written` becomes, which meant `old`, now that it shall mean `new`. Where old and new are the same, it stays as it is written.
pub(super) fn patched(
    scope: &Scope<'_>,
    written: Option<&Json>,
    old: Option<&Json>,
    new: Option<&Json>,
) -> Option<Json> {
    if old == new {
        return written.cloned();
    }
    let (Some(now), Some(new)) = (written, new) else { return new.cloned() };
    if let (Some(old), Some(chosen)) = (old, branch(scope, now)) {
        return Some(in_branch(scope, now, chosen, old, new));
    }
    let both = old.and_then(Json::as_object).zip(new.as_object());
    match (now, both) {
        (Json::Object(now), Some((old, new))) if !is_call(now) || old.keys().eq(now.keys()) => {
            Some(Json::Object(object(scope, now, old, new)))
        }
        (Json::Array(now), _) => match (old.and_then(Json::as_array), new.as_array()) {
            (Some(old), Some(new)) => Some(Json::Array(list(scope, now, old, new))),
            _ => Some(new.clone()),
        },
        _ => Some(whole(now, new)),
    }
}

/// A value that takes the place of another. Text that is still to be filled in stays an expression.
fn whole(written: &Json, new: &Json) -> Json {
    match new {
        Json::String(text) if text.contains("${") && written.as_object().is_some_and(is_call) => {
            serde_json::json!({ "Fn::Sub": text })
        }
        _ => new.clone(),
    }
}

fn is_call(entries: &Object) -> bool {
    entries.len() == 1 && entries.keys().all(|key| key == "Ref" || key.starts_with("Fn::"))
}

/// Which argument of an `Fn::If` holds.
fn branch(scope: &Scope<'_>, written: &Json) -> Option<usize> {
    let condition = written.get("Fn::If")?.get(0)?.as_str()?;
    Some(if scope.condition(condition).ok()? { 1 } else { 2 })
}

/// Changes the branch that holds, and leaves the other as it is.
fn in_branch(scope: &Scope<'_>, written: &Json, chosen: usize, old: &Json, new: &Json) -> Json {
    let mut call = written.clone();
    let slot = call.get_mut("Fn::If").and_then(|arguments| arguments.get_mut(chosen));
    if let Some(slot) = slot {
        let is_nothing = slot.get("Ref").and_then(Json::as_str) == Some("AWS::NoValue");
        let inner = if is_nothing { None } else { patched(scope, Some(slot), Some(old), Some(new)) };
        *slot = inner.unwrap_or_else(|| new.clone());
    }
    call
}

fn object(scope: &Scope<'_>, written: &Object, old: &Object, new: &Object) -> Object {
    let mut now = Object::new();
    for (key, value) in written {
        let (before, after) = (old.get(key), new.get(key));
        if before.is_some() && after.is_none() {
            continue;
        }
        now.extend(patched(scope, Some(value), before, after).map(|value| (key.clone(), value)));
    }
    for (key, value) in new {
        if !written.contains_key(key) && old.get(key) != Some(value) {
            now.insert(key.clone(), value.clone());
        }
    }
    now
}

/// What becomes of an item.
#[derive(Clone, Copy)]
enum Fate {
    Same,
    Changed(usize),
    Dropped,
}

fn list(scope: &Scope<'_>, written: &[Json], old: &[Json], new: &[Json]) -> Vec<Json> {
    let (fates, added) = difference(old, new);
    let ours = pairs(scope, written, old);
    let mut now = Vec::new();
    let mut open: Vec<(Option<usize>, usize)> = added;
    let mut take = |after: Option<usize>, now: &mut Vec<Json>| {
        open.retain(|(place, item)| {
            let here = *place == after;
            if here {
                now.extend(new.get(*item).cloned());
            }
            !here
        });
    };
    if ours.iter().flatten().next() == Some(&0) {
        take(None, &mut now);
    }
    for (item, pair) in written.iter().zip(&ours) {
        let fate = pair.and_then(|at| fates.get(at).copied()).unwrap_or(Fate::Same);
        match fate {
            Fate::Same => now.push(item.clone()),
            Fate::Dropped => {}
            Fate::Changed(to) => {
                let before = pair.and_then(|at| old.get(at));
                now.extend(patched(scope, Some(item), before, new.get(to)));
            }
        }
        if pair.is_some() {
            take(*pair, &mut now);
        }
    }
    // Changed items that the list does not have as items of its own (they stand in a resource of their own, or come from an expression).
    for (at, fate) in fates.iter().enumerate() {
        if let (Fate::Changed(to), false) = (fate, ours.contains(&Some(at))) {
            now.extend(new.get(*to).cloned());
        }
    }
    now.extend(open.into_iter().filter_map(|(_, item)| new.get(item).cloned()));
    now
}

/// What became of each old item, and the new ones with the old item that they follow.
fn difference(old: &[Json], new: &[Json]) -> (Vec<Fate>, Vec<(Option<usize>, usize)>) {
    let same = common(old, new);
    let mut fates = vec![Fate::Dropped; old.len()];
    let mut added = Vec::new();
    let (mut a, mut b) = (0_usize, 0_usize);
    for (next_a, next_b) in same.into_iter().chain([(old.len(), new.len())]) {
        let mut last = a.checked_sub(1);
        while b < next_b {
            if a < next_a {
                if let Some(fate) = fates.get_mut(a) {
                    *fate = Fate::Changed(b);
                }
                last = Some(a);
                a += 1;
            } else {
                added.push((last, b));
            }
            b += 1;
        }
        if let Some(fate) = fates.get_mut(next_a) {
            *fate = Fate::Same;
        }
        (a, b) = (next_a + 1, next_b + 1);
    }
    (fates, added)
}

/// The longest row of pairs that are the same in both.
fn common(old: &[Json], new: &[Json]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut lengths = vec![0_usize; (old.len() + 1) * width];
    let at = |a: usize, b: usize| a * width + b;
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            let get = |lengths: &[usize], index: usize| lengths.get(index).copied().unwrap_or_default();
            let best = if old.get(a) == new.get(b) {
                get(&lengths, at(a + 1, b + 1)) + 1
            } else {
                get(&lengths, at(a + 1, b)).max(get(&lengths, at(a, b + 1)))
            };
            if let Some(slot) = lengths.get_mut(at(a, b)) {
                *slot = best;
            }
        }
    }
    let length = |a: usize, b: usize| lengths.get(at(a, b)).copied().unwrap_or_default();
    let (mut a, mut b, mut found) = (0, 0, Vec::new());
    while a < old.len() && b < new.len() {
        if old.get(a) == new.get(b) {
            found.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if length(a + 1, b) >= length(a, b + 1) {
            a += 1;
        } else {
            b += 1;
        }
    }
    found
}

/// Which old item each written one is: by place where there are as many, else by what they say.
fn pairs(scope: &Scope<'_>, written: &[Json], old: &[Json]) -> Vec<Option<usize>> {
    let means: Vec<Json> = written.iter().map(|item| scope.evaluate(item).symbolic()).collect();
    let alike = means.iter().zip(old).all(|(a, b)| likeness(a, b) > 0);
    if written.len() == old.len() && alike {
        return (0..old.len()).map(Some).collect();
    }
    let mut found = vec![None; written.len()];
    for (at, item) in old.iter().enumerate() {
        let free = means.iter().enumerate().filter(|(index, _)| found.get(*index) == Some(&None));
        let scored = free.map(|(index, meaning)| (likeness(meaning, item), index)).filter(|(score, _)| *score > 0);
        let best = scored.max_by_key(|(score, index)| (*score, std::cmp::Reverse(*index)));
        if let Some(slot) = best.and_then(|(_, index)| found.get_mut(index)) {
            *slot = Some(at);
        }
    }
    found
}

/// How much two values say the same: equal leaves in the same places. Numbers count as their text.
pub(super) fn likeness(a: &Json, b: &Json) -> usize {
    match (a, b) {
        (Json::Object(a), Json::Object(b)) => {
            // The key of a pair says which it is.
            let key = |entries: &Object| entries.get("Key").and_then(Json::as_str).map(str::to_owned);
            if let (Some(one), Some(other)) = (key(a), key(b)) {
                return if one == other { 100 } else { 0 };
            }
            a.iter().filter_map(|(key, value)| Some(likeness(value, b.get(key)?))).sum()
        }
        (Json::Array(a), Json::Array(b)) => a.iter().zip(b).map(|(a, b)| likeness(a, b)).sum(),
        _ => usize::from(plain(a).is_some_and(|a| Some(a) == plain(b))),
    }
}

fn plain(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.to_ascii_lowercase()),
        Json::Number(_) | Json::Bool(_) => Some(json.to_string()),
        _ => None,
    }
}
