//! A course as a map: which lab follows which, and which one is next.

use std::collections::BTreeSet;

/// What a map needs to know of a lab.
#[derive(Clone, Copy, Debug)]
pub struct Stop<'a> {
    /// Its id.
    pub id: &'a str,
    /// The ids of the labs to do before.
    pub requires: &'a [String],
    /// Whether all its points were made.
    pub done: bool,
    /// Whether it was begun and not handed in.
    pub begun: bool,
}

/// A lab on the map, with those that follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// Its position in the course.
    pub at: usize,
    /// The labs that build on it: those of whose requirements it is the last.
    pub then: Vec<Self>,
}

/// The map of a course, in its order. A requirement that stands later, or nowhere, leads nowhere.
pub fn trails(course: &[Stop<'_>]) -> Vec<Trail> {
    let before: Vec<Option<usize>> = course
        .iter()
        .enumerate()
        .map(|(at, stop)| {
            let earlier = course.iter().take(at).enumerate();
            let required = earlier.filter(|(_, other)| stop.requires.iter().any(|id| id == other.id));
            required.map(|(at, _)| at).next_back()
        })
        .collect();
    following(&before, None)
}

fn following(before: &[Option<usize>], from: Option<usize>) -> Vec<Trail> {
    let here = before.iter().enumerate().filter(|(_, parent)| **parent == from);
    // Each stands after what it follows, so this ends.
    here.map(|(at, _)| Trail { at, then: following(before, Some(at)) }).collect()
}

/// The lab to do next: what was begun, else the first that is not done and all of whose requirements are, else the first that is not done.
pub fn next_of(course: &[Stop<'_>]) -> Option<usize> {
    let done: BTreeSet<&str> = course.iter().filter(|stop| stop.done).map(|stop| stop.id).collect();
    let known = |id: &str| course.iter().any(|stop| stop.id == id);
    let ready = |stop: &Stop<'_>| stop.requires.iter().all(|id| !known(id) || done.contains(id.as_str()));
    let open = |wanted: &dyn Fn(&Stop<'_>) -> bool| course.iter().position(|stop| !stop.done && wanted(stop));
    open(&|stop| stop.begun).or_else(|| open(&ready)).or_else(|| open(&|_| true))
}

#[cfg(test)]
mod tests {
    use super::{Stop, Trail, next_of, trails};

    fn leaf(at: usize) -> Trail {
        Trail { at, then: Vec::new() }
    }

    #[test]
    fn a_lab_follows_the_last_of_what_it_asks_for() {
        let requires =
            [vec![], vec!["a".to_owned()], vec!["b".to_owned(), "a".to_owned()], vec![], vec!["z".to_owned()]];
        let course: Vec<Stop<'_>> = ["a", "b", "c", "d", "e"]
            .into_iter()
            .zip(&requires)
            .map(|(id, requires)| Stop { id, requires, done: false, begun: false })
            .collect();
        let first = Trail { at: 0, then: vec![Trail { at: 1, then: vec![leaf(2)] }] };
        assert_eq!(trails(&course), [first, leaf(3), leaf(4)]);
    }

    #[test]
    fn what_asks_for_itself_or_for_what_comes_later_is_there_all_the_same() {
        let requires = [vec!["b".to_owned()], vec!["a".to_owned(), "b".to_owned()]];
        let course: Vec<Stop<'_>> = ["a", "b"]
            .into_iter()
            .zip(&requires)
            .map(|(id, requires)| Stop { id, requires, done: false, begun: false })
            .collect();
        assert_eq!(trails(&course), [Trail { at: 0, then: vec![leaf(1)] }]);
    }

    #[test]
    fn next_is_what_was_begun_and_else_what_one_is_ready_for() {
        let requires = [vec![], vec!["c".to_owned()], vec![], vec!["a".to_owned()]];
        let course = |done: [bool; 4], begun: [bool; 4]| {
            let stops = ["a", "b", "c", "d"].into_iter().zip(&requires).zip(done.into_iter().zip(begun));
            let stops = stops.map(|((id, requires), (done, begun))| Stop { id, requires, done, begun });
            next_of(&stops.collect::<Vec<_>>())
        };
        let none = [false; 4];
        assert_eq!(course(none, none), Some(0));
        assert_eq!(course([true, false, false, false], none), Some(2), "b waits for c");
        assert_eq!(course([true, false, true, false], none), Some(1));
        assert_eq!(course([true, false, true, false], [false, false, false, true]), Some(3));
        assert_eq!(course([true; 4], none), None);
        assert_eq!(course([true; 4], [true; 4]), None);
    }
}
