//! Which member of a changed list was which before.

use super::super::super::Json;

/// Above this many comparisons members are paired by their number alone.
const MAX_COMPARISONS: usize = 20_000;

/// Pairs of numbers, before and after, both rising; the most alike are paired.
pub(super) fn align(old: &[Json], new: &[Json]) -> Vec<(usize, usize)> {
    let head = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let (rows, columns) = (old_rest.len() - tail, new_rest.len() - tail);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    let middle = match rows * columns {
        0..=MAX_COMPARISONS => {
            alike(old_rest.get(..rows).unwrap_or_default(), new_rest.get(..columns).unwrap_or_default())
        }
        _ => (0..rows.min(columns)).map(|at| (at, at)).collect(),
    };
    pairs.extend(middle.into_iter().map(|(one, other)| (head + one, head + other)));
    pairs.extend((0..tail).map(|at| (head + rows + at, head + columns + at)));
    pairs
}

/// The pairing of the greatest likeness, as for the longest common subsequence.
fn alike(old: &[Json], new: &[Json]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut best = vec![0_u32; (old.len() + 1) * width];
    let at = |best: &[u32], row: usize, column: usize| best.get(row * width + column).copied().unwrap_or_default();
    let mut likeness = Vec::with_capacity(old.len() * new.len());
    for one in old {
        likeness.extend(new.iter().map(|other| like(one, other)));
    }
    let like_at = |row: usize, column: usize| likeness.get(row * new.len() + column).copied().unwrap_or_default();
    for row in (0..old.len()).rev() {
        for column in (0..new.len()).rev() {
            let paired = at(&best, row + 1, column + 1) + like_at(row, column);
            let most = paired.max(at(&best, row + 1, column)).max(at(&best, row, column + 1));
            if let Some(cell) = best.get_mut(row * width + column) {
                *cell = most;
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut pairs = Vec::new();
    while row < old.len() && column < new.len() {
        let most = at(&best, row, column);
        let like = like_at(row, column);
        if like > 0 && most == at(&best, row + 1, column + 1) + like {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if most == at(&best, row + 1, column) {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// How alike two members are, up to 1000; nothing for different sorts of values.
fn like(one: &Json, other: &Json) -> u32 {
    if one == other {
        return 1000;
    }
    match (one, other) {
        (Json::Object(one), Json::Object(other)) => {
            let same = one.iter().filter(|(key, value)| other.get(*key) == Some(*value)).count();
            let all = one.len().max(other.len()).max(1);
            u32::try_from(1 + 800 * same / all).unwrap_or(1)
        }
        (Json::Array(_), Json::Array(_)) => 1,
        (Json::Object(_) | Json::Array(_), _) | (_, Json::Object(_) | Json::Array(_)) => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn pairs(old: &Json, new: &Json, want: &[(usize, usize)]) {
        assert_eq!(align(old.as_array().unwrap(), new.as_array().unwrap()), want);
    }

    #[test]
    fn members_keep_their_partners() {
        pairs(&json!([1, 2, 3]), &json!([1, 3]), &[(0, 0), (2, 1)]);
        pairs(&json!([1, 3]), &json!([1, 2, 3]), &[(0, 0), (1, 2)]);
        pairs(&json!([1, 2, 3]), &json!([1, 4, 3]), &[(0, 0), (1, 1), (2, 2)]);
        let tag = |key: &str, value: u32| json!({ "Key": key, "Value": value });
        pairs(&json!([tag("a", 1), tag("b", 2)]), &json!([tag("b", 3)]), &[(1, 0)]);
        pairs(&json!([{}]), &json!([[]]), &[]);
        pairs(&json!([]), &json!([1]), &[]);
    }

    #[test]
    fn long_lists_are_paired_by_number() {
        let old: Json = (0..300).collect::<Vec<_>>().into();
        let new: Json = (300..500).collect::<Vec<_>>().into();
        assert_eq!(align(old.as_array().unwrap(), new.as_array().unwrap()).len(), 200);
    }
}
