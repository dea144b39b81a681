//! Whether a lab is true: its start is not the end, its solution is, and nothing makes no points.

use std::collections::BTreeSet;

use super::faults;
use super::grade::{Grade, Work, grade};
use super::mutants::mutants;
use super::ready::{LabError, Ready};
use crate::design::Design;
use crate::message;
use crate::rules::{Severity, check};
use crate::text::Message;

/// Everything that is not true of a lab. Of each class of faults at most so many are tried.
pub fn unsound(ready: &Ready, most: usize) -> Vec<LabError> {
    let mut sound = Sound { ready, errors: Vec::new(), reached: BTreeSet::new() };
    sound.ends();
    sound.roles();
    sound.faults(most);
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

    fn note(&mut self, place: impl Into<String>, why: Message) {
        self.errors.push(LabError::new(place, why));
    }

    fn ends(&mut self) {
        let Ready { lab, start, solution, .. } = self.ready;
        let right = self.ready.right_answers();
        let answered = self.grade(solution, &Work { answers: right, ..Work::default() });
        let wrong: Vec<usize> =
            answered.quiz.iter().enumerate().filter(|(_, mark)| mark.points < mark.of).map(|(at, _)| at).collect();
        for at in wrong {
            self.note(format!("quiz[{at}]"), message!("맞는 답이 없는 문제예요.", "The question has no right answer."));
        }
        let solved = self.grade(solution, &Work::default());
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
        let cast = &self.ready.cast;
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

    /// Each class of faults can be made, each fault fails the checks it names and no other, and its mend brings all points back.
    fn faults(&mut self, most: usize) {
        let work = Work { roles: faults::solved_roles(self.ready), ..Work::default() };
        for (at, used) in self.ready.lab.faults.iter().enumerate() {
            let all = faults::all_of_lab(self.ready, used, most);
            if all.is_empty() {
                let class = &used.class;
                self.note(
                    format!("faults[{at}]"),
                    message!(
                        "'{class}' 장애를 조건에 맞게 만들 수 있는 곳이 풀이에 없어요.",
                        "There is no place in the solution for a fault of class \"{class}\" that breaks what it should."
                    ),
                );
            }
            for made in all {
                let mut design = self.ready.solution.clone();
                // Both were made on a copy already.
                let broken = design.apply_all(&made.edits).is_ok() && !self.grade(&design, &work).is_full();
                let mended = design.apply_all(&made.mend).is_ok() && grade(self.ready, &design, &work).is_full();
                if !(broken && mended) {
                    let Message { ko, en } = made.what;
                    self.note(
                        format!("faults[{at}]"),
                        message!("고쳐도 만점이 되지 않아요: {ko}", "Its mend does not bring all points back: {en}"),
                    );
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
