//! What changed between two texts, line by line, as people review it: lines that went, lines that came, and a few around them.

/// Lines shown around what changed.
const AROUND: usize = 3;
/// Changes beyond which nobody reviews line by line: the whole middle is shown as replaced.
const MAX_CHANGES: usize = 600;

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stands in both texts.
    Kept,
    /// Only the first text has it.
    Gone,
    /// Only the second text has it.
    New,
    /// In the place of lines that did not change and are not shown.
    Skipped,
}

/// A line with what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// What became of it.
    pub fate: Fate,
    /// Its text; nothing where lines are skipped.
    pub text: &'a str,
}

/// The lines that differ, with a few around them; nothing where the texts are the same.
pub fn changes<'a>(before: &'a str, after: &'a str) -> Vec<Line<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let old_middle = old_rest.get(..old_rest.len() - tail).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
    if old_middle.is_empty() && new_middle.is_empty() {
        return Vec::new();
    }
    let kept = |text: &&'a str| Line { fate: Fate::Kept, text };
    let mut all: Vec<Line<'a>> = old.iter().take(head).map(kept).collect();
    all.extend(middle(old_middle, new_middle));
    all.extend(old_rest.iter().skip(old_middle.len()).map(kept));
    near_changes(&all)
}

/// The shortest script from one list of lines to another, after Myers, "An O(ND) difference algorithm and its variations" (1986).
fn middle<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Line<'a>> {
    let most = (old.len() + new.len()).min(MAX_CHANGES);
    // How far each diagonal got, by its number plus `most`; and the same before each further change, to find the way back.
    let mut reach = vec![0_usize; 2 * most + 2];
    let mut history: Vec<Vec<usize>> = Vec::new();
    for changes in 0..=most {
        history.push(reach.clone());
        for step in 0..=changes {
            // Diagonals from -changes to changes, every second one.
            let at = most + 2 * step - changes.min(most + 2 * step);
            let down = step == 0 || (step != changes && get(&reach, at.wrapping_sub(1)) < get(&reach, at + 1));
            let mut x = if down { get(&reach, at + 1) } else { get(&reach, at.wrapping_sub(1)) + 1 };
            let Some(mut y) = (x + most).checked_sub(at) else { continue };
            while x < old.len() && y < new.len() && old.get(x) == new.get(y) {
                (x, y) = (x + 1, y + 1);
            }
            if let Some(slot) = reach.get_mut(at) {
                *slot = x;
            }
            if x >= old.len() && y >= new.len() {
                return walk_back(old, new, most, &history);
            }
        }
    }
    let gone = old.iter().map(|text| Line { fate: Fate::Gone, text });
    gone.chain(new.iter().map(|text| Line { fate: Fate::New, text })).collect()
}

fn get(reach: &[usize], at: usize) -> usize {
    reach.get(at).copied().unwrap_or_default()
}

fn walk_back<'a>(old: &[&'a str], new: &[&'a str], most: usize, history: &[Vec<usize>]) -> Vec<Line<'a>> {
    let (mut x, mut y) = (old.len(), new.len());
    let mut script = Vec::new();
    let line = |of: &[&'a str], at: usize, fate: Fate| of.get(at).map(|text| Line { fate, text });
    for (changes, reach) in history.iter().enumerate().rev() {
        let at = (most + x).saturating_sub(y);
        let first = at + changes == most;
        let last = at == most + changes;
        let down = first || (!last && get(reach, at.wrapping_sub(1)) < get(reach, at + 1));
        let (from_x, from_at) =
            if down { (get(reach, at + 1), at + 1) } else { (get(reach, at.wrapping_sub(1)), at.wrapping_sub(1)) };
        let from_y = (from_x + most).saturating_sub(from_at);
        let (stop_x, stop_y) = if changes == 0 { (0, 0) } else { (from_x, from_y) };
        while x > stop_x && y > stop_y {
            (x, y) = (x - 1, y - 1);
            script.extend(line(old, x, Fate::Kept));
        }
        if changes == 0 {
            break;
        }
        if down {
            y = y.saturating_sub(1);
            script.extend(line(new, y, Fate::New));
        } else {
            x = x.saturating_sub(1);
            script.extend(line(old, x, Fate::Gone));
        }
    }
    script.reverse();
    script
}

/// Leaves out what is far from any change.
fn near_changes<'a>(all: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut near = vec![false; all.len()];
    for (at, _) in all.iter().enumerate().filter(|(_, line)| line.fate != Fate::Kept) {
        let around = near.get_mut(at.saturating_sub(AROUND)..(at + AROUND + 1).min(all.len()));
        around.into_iter().flatten().for_each(|one| *one = true);
    }
    let mut out: Vec<Line<'a>> = Vec::new();
    for (line, near) in all.iter().zip(near) {
        if near {
            out.push(*line);
        } else if out.last().is_none_or(|last| last.fate != Fate::Skipped) {
            out.push(Line { fate: Fate::Skipped, text: "" });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(before: &str, after: &str) -> Vec<String> {
        let sign = |fate: Fate| match fate {
            Fate::Kept => ' ',
            Fate::Gone => '-',
            Fate::New => '+',
            Fate::Skipped => '…',
        };
        changes(before, after).iter().map(|line| format!("{}{}", sign(line.fate), line.text)).collect()
    }

    #[test]
    fn only_what_changed_is_shown_with_a_few_lines_around() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9";
        assert_eq!(lines(before, before), Vec::<String>::new());
        assert_eq!(
            lines(before, "1\n2\n3\n4\nfive\n6\n7\n8\n9"),
            ["…", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8", "…"]
        );
        assert_eq!(lines("a\nb", "b"), ["-a", " b"]);
        assert_eq!(lines("", "a"), ["+a"]);
        assert_eq!(lines("a\nb\nc", "c\nb\na").iter().filter(|line| line.starts_with(' ')).count(), 1);
    }

    #[test]
    fn texts_that_have_nothing_in_common_are_shown_whole() {
        let text = |word: &str| (0..3_000).map(|at| format!("{word}{at}\n")).collect::<String>();
        assert_eq!(changes(&text("a"), &text("b")).len(), 6_000);
    }

    proptest! {
        #[test]
        fn the_script_leads_from_one_text_to_the_other(
            old in prop::collection::vec("[abc]", 0..12), new in prop::collection::vec("[abc]", 0..12),
        ) {
            let (old, new): (Vec<&str>, Vec<&str>) = (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
            let script = middle(&old, &new);
            let without = |fate: Fate| script.iter().filter(|line| line.fate != fate).map(|line| line.text).collect::<Vec<_>>();
            prop_assert_eq!(without(Fate::New), old);
            prop_assert_eq!(without(Fate::Gone), new);
        }
    }
}
