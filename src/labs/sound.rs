//! Whether a lab is true: its start is not the end, its solution is, and nothing makes no points.

use std::collections::BTreeSet;

use super::faults;
use super::grade::{Grade, Work, grade};
use super::mutants::mutants;
use super::ready::{LabError, Ready};
use crate::design::Design;
use crate::message;
use crate::rules::{Severity, check};

/// Seeds that each class of faults is tried with.
pub const SEEDS: usize = 20;

/// Everything that is not true of a lab; `seeds` are how many each class of faults is tried with.
pub fn unsound(ready: &Ready, seeds: usize) -> Vec<LabError> {
    let mut sound = Sound { ready, errors: Vec::new(), reached: BTreeSet::new() };
    sound.ends();
    sound.roles();
    sound.faults(seeds);
    sound.hints();
    sound.errors
}

struct Sound<'a> {
    ready: &'a Ready,
    errors: Vec<LabError>,
    /// Hints that were given in some state: check and place.
    reached: BTreeSet<(String, usize)>,
}

impl Sound<'_> {
    fn grade(&mut self, design: &Design, work: &Work) -> Grade {
        let grade = grade(self.ready, design, work);
        for mark in &grade.marks {
            self.reached.extend(mark.hints.iter().map(|at| (mark.id.clone(), *at)));
        }
        grade
    }

    fn note(&mut self, place: impl Into<String>, why: crate::text::Message) {
        self.errors.push(LabError::new(place, why));
    }

    fn ends(&mut self) {
        let Ready { lab, start, solution, .. } = self.ready;
        let right = self.ready.right_answers();
        let solved = self.grade(solution, &Work { answers: right, ..Work::default() });
        if !solved.is_full() {
            let (points, of) = (solved.points, solved.of);
            self.note(
                "solution",
                message!("풀이가 {of}점 가운데 {points}점이에요.", "The solution makes {points} of {of} points."),
            );
        }
        for mark in solved.marks.iter().filter(|mark| mark.points < mark.of) {
            let at = lab.checks.iter().position(|item| item.id == mark.id).unwrap_or_default();
            self.note(format!("checks[{at}] ({})", mark.id), mark.why.clone());
        }
        let begun = self.grade(start, &Work::default());
        if begun.points >= begun.of {
            self.note("start", message!("시작 설계가 이미 만점이에요.", "The start makes all points already."));
        }
        let empty = self.grade(&Design::new(), &Work::default());
        if empty.points > 0 {
            let points = empty.points;
            self.note("checks", message!("빈 설계가 {points}점을 받아요.", "An empty design makes {points} points."));
        }
        for finding in check(solution).into_iter().filter(|finding| finding.severity == Severity::Error) {
            self.note(format!("solution.{}", finding.node), finding.message);
        }
    }

    fn roles(&mut self) {
        let cast = grade(self.ready, &self.ready.solution, &Work::default()).cast;
        for (at, role) in self.ready.lab.roles.iter().enumerate() {
            if cast.of(&role.id).is_empty() {
                let id = &role.id;
                self.note(
                    format!("roles[{at}]"),
                    message!(
                        "풀이에서 역할 '{id}'을(를) 맡을 리소스가 없어요.",
                        "Nothing in the solution fills role \"{id}\"."
                    ),
                );
            }
        }
        let open: Vec<(String, usize)> =
            cast.open().map(|(id, filled)| (id.to_owned(), filled.candidates.len())).collect();
        for (id, many) in open {
            let at = self.ready.lab.roles.iter().position(|role| role.id == id).unwrap_or_default();
            self.note(
                format!("roles[{at}]"),
                message!(
                    "풀이에서 역할 '{id}'에 맞는 리소스가 {many}개예요.",
                    "{many} resources of the solution fit role \"{id}\", which is for one."
                ),
            );
        }
    }

    fn faults(&mut self, seeds: usize) {
        for (at, used) in self.ready.lab.faults.iter().enumerate() {
            for seed in 0..seeds {
                let text = format!("check-{seed}");
                let asked = faults::Asked { seed: &text, level: None, count: 1 };
                match faults::of_lab(self.ready, std::slice::from_ref(used), asked) {
                    Ok(broken) => {
                        let work = Work { roles: broken.roles.clone(), ..Work::default() };
                        self.grade(&broken.design, &work);
                        let mut mended = broken.design.clone();
                        let undone = mended.apply_all(&broken.mend());
                        let whole = grade(self.ready, &mended, &Work { answers: self.ready.right_answers(), ..work });
                        if undone.is_err() || !whole.is_full() {
                            self.note(
                                format!("faults[{at}]"),
                                message!(
                                    "씨앗 check-{seed}의 장애를 고쳐도 만점이 되지 않아요.",
                                    "The mend of seed check-{seed} does not bring all points back."
                                ),
                            );
                        }
                    }
                    Err(why) => {
                        self.note(format!("faults[{at}]"), why);
                        break;
                    }
                }
            }
        }
    }

    /// Every hint is given in some state: the start's, a fault's, or that of a solution of which a piece is missing.
    fn hints(&mut self) {
        let all: Vec<(String, usize)> = self
            .ready
            .lab
            .checks
            .iter()
            .flat_map(|item| (0..item.hints.len()).map(|at| (item.id.clone(), at)))
            .collect();
        if all.iter().all(|hint| self.reached.contains(hint)) {
            return;
        }
        for mutant in mutants(&self.ready.solution) {
            self.grade(&mutant.design, &Work::default());
            if all.iter().all(|hint| self.reached.contains(hint)) {
                return;
            }
        }
        for (id, at) in all.into_iter().filter(|hint| !self.reached.contains(hint)).collect::<Vec<_>>() {
            let item = self.ready.lab.checks.iter().position(|item| item.id == id).unwrap_or_default();
            self.note(
                format!("checks[{item}].hints[{at}]"),
                message!("이 힌트가 나오는 상태를 찾지 못했어요.", "No state was found in which this hint is given."),
            );
        }
    }
}
