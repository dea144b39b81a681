//! Writing a lab: from the drawing of a solution the engine proposes roles and what could be asked of them; whoever writes it ticks and words.

mod propose;

pub use propose::{Proposal, propose};

use super::faults::{self, all_of_lab};
use super::lab::{Drawing, FaultUse, Item, Lab, Lock, Mode, Role, Stage};
use super::read;
use super::ready::{LabError, Ready};
use crate::design::Design;
use crate::file;
use crate::message;
use crate::text::Message;

/// What an author has said so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Stable name, in small letters, digits and hyphens.
    pub id: String,
    /// What it is called; one language may be empty.
    pub title: Message,
    /// What is asked for and why; one language may be empty.
    pub story: Message,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// What is not there at the beginning: ids of the solution; nothing begins with an empty canvas.
    pub without: Vec<String>,
    /// What of the start cannot be changed.
    pub locked: Vec<String>,
    /// Whom checks speak of.
    pub roles: Vec<Role>,
    /// What is asked.
    pub checks: Vec<Item>,
    /// Classes of faults.
    pub faults: Vec<String>,
}

/// Shares a hundred points among checks as evenly as whole numbers allow, the first ones getting what is left over.
pub fn share_points(checks: &mut [Item]) {
    let many = u32::try_from(checks.len()).unwrap_or(u32::MAX).max(1);
    let (each, rest) = (100 / many, 100 % many);
    for (at, item) in checks.iter_mut().enumerate() {
        item.points = each + u32::from(u32::try_from(at).is_ok_and(|at| at < rest));
    }
}

/// A text in both languages, where one may be missing: whoever reads the other is told in which it is written.
fn whole(text: &Message, what: &Message) -> Message {
    let said = |text: &str| !text.trim().is_empty();
    match (said(&text.ko), said(&text.en)) {
        (true, false) => Message { ko: text.ko.clone(), en: what.en.clone() },
        (false, true) => Message { ko: what.ko.clone(), en: text.en.clone() },
        _ => text.clone(),
    }
}

impl Draft {
    /// The lab with this solution.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the file.
    pub fn lab(&self, solution: &Design) -> Result<Ready, Vec<LabError>> {
        read(&self.text(solution))
    }

    /// The lab as a file.
    pub fn text(&self, solution: &Design) -> String {
        let mut text = serde_json::to_string_pretty(&self.form(solution)).unwrap_or_default();
        text.push('\n');
        text
    }

    fn form(&self, solution: &Design) -> Lab {
        let id = self.id.trim();
        let title = whole(&self.title, &message!("실습 {id}", "Lab {id}"));
        let story = whole(
            &self.story,
            &message!(
                "과제는 영어로만 쓰여 있어요. 영어로 바꿔서 읽어 주세요.",
                "The task is written in Korean only. Switch to Korean to read it."
            ),
        );
        let lock = |id: &String| Lock {
            node: id.clone(),
            why: message!("실습에서 정해 둔 것이라 바꿀 수 없어요.", "The lab fixes this, so it cannot be changed."),
        };
        let checks = self.checks.iter().map(|item| Item {
            says: item.says.as_ref().filter(|says| !says.ko.trim().is_empty() && !says.en.trim().is_empty()).cloned(),
            ..item.clone()
        });
        let checks: Vec<Item> = checks.collect();
        let step = |item: &Item| Stage {
            text: item.says.clone().unwrap_or_else(|| super::sentence(&self.bare(), &item.check)),
            checks: vec![item.id.clone()],
        };
        let faults =
            self.faults.iter().map(|class| FaultUse { class: class.clone(), breaks: Vec::new(), visible: true });
        let mut modes = vec![Mode::Guided, Mode::Goal, Mode::Exam];
        if !self.faults.is_empty() {
            modes.push(Mode::FindTheFault);
        }
        Lab {
            id: id.to_owned(),
            title,
            story,
            minutes: self.minutes,
            modes,
            start: match self.without.as_slice() {
                [] => Drawing::Empty,
                ids => Drawing::SolutionWithout(ids.to_vec()),
            },
            // What is saved is JSON.
            solution: Drawing::Design(serde_json::from_str(&file::save(solution)).unwrap_or_default()),
            locked: self.locked.iter().map(lock).collect(),
            roles: self.used_roles(),
            steps: checks.iter().map(step).collect(),
            checks,
            faults: faults.collect(),
            ..propose::lab(Vec::new())
        }
    }

    /// A lab of the roles alone, for sentences.
    fn bare(&self) -> Lab {
        propose::lab(self.roles.clone())
    }

    /// The roles that checks speak of, and those that these speak of in turn.
    fn used_roles(&self) -> Vec<Role> {
        let mut used: Vec<&str> =
            self.checks.iter().flat_map(|item| item.check.parts()).flat_map(|part| part.roles()).collect();
        let mut at = 0;
        while let Some(id) = used.get(at).copied() {
            let further = self.roles.iter().filter(|role| role.id == id).flat_map(|role| role.find.roles());
            let further: Vec<&str> = further.filter(|other| !used.contains(other)).collect();
            used.extend(further);
            at += 1;
        }
        self.roles.iter().filter(|role| used.contains(&role.id.as_str())).cloned().collect()
    }

    /// A sentence for a check of this draft.
    pub fn says(&self, item: &Item) -> Message {
        super::says(&self.bare(), item)
    }
}

/// The classes of faults that break a check of a lab somewhere in its solution.
pub fn fitting_faults(ready: &Ready) -> Vec<&'static faults::Class> {
    let fits = |class: &&'static faults::Class| {
        let used = FaultUse { class: class.id.to_owned(), breaks: Vec::new(), visible: true };
        !all_of_lab(ready, &used, 1).is_empty()
    };
    faults::classes().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::unsound;
    use crate::samples::{Sample, list};

    fn draft(design: &Design) -> Draft {
        let Proposal { roles, mut checks } = propose(design);
        share_points(&mut checks);
        Draft {
            id: "own".to_owned(),
            title: Message::new("우리 실습", String::new()),
            story: Message::new("그려 주세요.", String::new()),
            minutes: 30,
            roles,
            checks,
            ..Draft::default()
        }
    }

    #[test]
    fn what_is_proposed_of_any_sample_makes_a_sound_lab() {
        for sample in list() {
            let design = Sample::draw(sample);
            let draft = draft(&design);
            assert!(draft.checks.len() > 1, "{}: {:#?}", sample.id, draft.checks);
            let ready = draft.lab(&design).unwrap_or_else(|errors| panic!("{}: {errors:#?}", sample.id));
            assert_eq!(unsound(&ready, 1), [], "{}", sample.id);
            assert_eq!(ready.lab.points(), 100);
        }
    }

    #[test]
    fn what_an_author_wrote_reads_back_and_tells_who_reads_the_other_language() {
        let design = crate::samples::two_az_vpc();
        let mut own = draft(&design);
        own.faults = vec!["missing-rule".to_owned()];
        own.without = design
            .nodes()
            .filter(|(_, node)| node.kind().spec().id == "load_balancer")
            .map(|(id, _)| id.to_string())
            .collect();
        let ready = own.lab(&design).unwrap_or_else(|errors| panic!("{errors:#?}"));
        assert_eq!((ready.lab.title.ko.as_str(), ready.lab.title.en.as_str()), ("우리 실습", "Lab own"));
        assert!(ready.lab.story.en.contains("Korean only") && ready.lab.modes.contains(&Mode::FindTheFault));
        assert!(ready.start.nodes().count() < ready.solution.nodes().count());
        assert!(fitting_faults(&ready).iter().any(|class| class.id == "missing-rule"));
        let again = read(&own.text(&design)).unwrap_or_else(|errors| panic!("{errors:#?}"));
        assert_eq!(again.lab, ready.lab);
    }

    #[test]
    fn a_draft_without_a_name_is_refused_with_the_place() {
        let design = crate::samples::two_az_vpc();
        let errors = Draft { id: "My Lab".to_owned(), ..draft(&design) }.lab(&design).unwrap_err();
        assert!(errors.iter().any(|error| error.place == "id"), "{errors:#?}");
        let errors = Draft { checks: Vec::new(), ..draft(&design) }.lab(&design).unwrap_err();
        assert!(errors.iter().any(|error| error.message().en.contains("nothing to mark")), "{errors:#?}");
    }
}
