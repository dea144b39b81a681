//! Writing a lab on the page: the canvas is its solution, the engine proposes, and whoever writes it ticks and words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use groundplan::design::Design;
use groundplan::labs::author::{Draft, Proposal, fitting_faults, propose};
use groundplan::labs::{Hint, HintLevel, Item, LabError, Mode, Ready, unsound};
use groundplan::message;
use groundplan::text::{Message, Text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::DRAFT;
use super::run::{Lessons, lessons};
use crate::app::browser::{files, painted, prefs};
use crate::app::state::ui::Tone;

/// Faults of each class that are tried where a draft is looked at; all are where the file is checked.
const TRIED: usize = 2;

/// A check that was ticked, as its author wants it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Own {
    /// What it is worth; nothing shares what is left of a hundred.
    pub points: Option<u32>,
    /// The sentence in the place of the one that the check makes.
    pub says: Message,
    /// Help for those whose check is wrong.
    pub hint: Message,
}

/// The lab that is being written; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Author {
    lessons: Lessons,
    /// The solution that the proposal is of.
    solution: StoredValue<Design>,
    /// What the engine proposes; nothing until it has looked.
    pub proposal: RwSignal<Option<Arc<Proposal>>>,
    /// The checks that were ticked.
    pub ticked: RwSignal<BTreeMap<String, Own>>,
    /// Name, title, story and time.
    pub draft: RwSignal<Draft>,
    /// What was selected on the canvas when the proposal was made.
    pub selected: RwSignal<Vec<String>>,
    /// Classes of faults that this lab can have; nothing until it was asked.
    pub faults: RwSignal<Option<Vec<(&'static str, Text)>>>,
    /// What is wrong with it, once it was looked at; empty where nothing is.
    pub wrong: RwSignal<Option<Vec<Message>>>,
    /// Whether the engine is at work.
    pub busy: RwSignal<bool>,
}

/// Begins with an empty draft. Call it once, as the page's root.
pub fn begin() {
    provide_context(Author::new(lessons()));
}

/// The lab that is being written.
pub fn author() -> Author {
    expect_context()
}

impl Author {
    fn new(lessons: Lessons) -> Self {
        Self {
            lessons,
            solution: StoredValue::new(Design::new()),
            proposal: RwSignal::default(),
            ticked: RwSignal::default(),
            draft: RwSignal::new(Draft { id: "my-lab".to_owned(), minutes: 30, ..Draft::default() }),
            selected: RwSignal::default(),
            faults: RwSignal::default(),
            wrong: RwSignal::default(),
            busy: RwSignal::default(),
        }
    }

    /// Ticks a check, or no longer.
    pub fn tick(self, id: &str, on: bool) {
        self.wrong.set(None);
        self.ticked.update(|ticked| {
            if on {
                ticked.entry(id.to_owned()).or_default();
            } else {
                ticked.remove(id);
            }
        });
    }

    /// Changes how a ticked check is asked.
    pub fn change(self, id: &str, change: impl FnOnce(&mut Own)) {
        self.wrong.set(None);
        self.ticked.update(|ticked| {
            if let Some(own) = ticked.get_mut(id) {
                change(own);
            }
        });
    }

    /// Adds a class of faults, or takes it away.
    pub fn tick_fault(self, class: &str, on: bool) {
        self.wrong.set(None);
        self.draft.update(|draft| {
            let mut all: BTreeSet<String> = draft.faults.iter().cloned().collect();
            if on {
                all.insert(class.to_owned())
            } else {
                all.remove(class)
            };
            draft.faults = all.into_iter().collect();
        });
    }

    /// The draft with what was ticked.
    pub fn whole(self) -> Draft {
        let mut draft = self.draft.get_untracked();
        let Some(proposal) = self.proposal.get_untracked() else { return draft };
        let ticked = self.ticked.get_untracked();
        draft.roles.clone_from(&proposal.roles);
        let one = |item: &Item| {
            let own = ticked.get(&item.id)?;
            let said = |text: &Message| !text.ko.trim().is_empty() && !text.en.trim().is_empty();
            let says = Some(own.says.clone()).filter(said);
            let hint = Hint { level: HintLevel::Where, text: own.hint.clone(), cost: 1, when: None };
            let hints = if said(&own.hint) { vec![hint] } else { Vec::new() };
            Some(Item { points: own.points.unwrap_or_default(), says, hints, ..item.clone() })
        };
        draft.checks = proposal.checks.iter().filter_map(one).collect();
        let given: u32 = draft.checks.iter().map(|item| item.points).sum();
        let open = draft.checks.iter().filter(|item| item.points == 0).count();
        let open = u32::try_from(open).unwrap_or(u32::MAX);
        let left = 100_u32.saturating_sub(given).max(open);
        for (number, item) in (0..).zip(draft.checks.iter_mut().filter(|item| item.points == 0)) {
            item.points = left / open.max(1) + u32::from(number < left % open.max(1));
        }
        draft
    }

    fn read(self) -> Result<Ready, Vec<LabError>> {
        let draft = self.whole();
        self.solution.with_value(|solution| draft.lab(solution))
    }

    /// Looks at the canvas and proposes what could be asked of it.
    pub fn propose(self) {
        let author = self;
        author.busy.set(true);
        author.wrong.set(None);
        spawn_local(async move {
            painted().await;
            let design = self.lessons.page.store.design(Clone::clone);
            let selected = self.lessons.page.store.selection.get_untracked();
            let proposal = propose(&design);
            // What is ticked stays so where the same is proposed again.
            let known: BTreeSet<String> = proposal.checks.iter().map(|item| item.id.clone()).collect();
            author.ticked.update(|ticked| ticked.retain(|id, _| known.contains(id)));
            author.draft.update(|draft| {
                let there = |id: &String| id.parse().is_ok_and(|id| design.node(id).is_some());
                draft.without.retain(there);
                draft.locked.retain(there);
            });
            author.selected.set(selected.iter().map(ToString::to_string).collect());
            author.solution.set_value(design);
            author.faults.set(None);
            author.proposal.set(Some(Arc::new(proposal)));
            author.busy.set(false);
        });
    }

    /// Looks whether the lab is sound, and which faults it can have.
    pub fn look_at_draft(self) {
        let author = self;
        author.busy.set(true);
        spawn_local(async move {
            painted().await;
            let found = match author.read() {
                Ok(ready) => {
                    let classes = fitting_faults(&ready).into_iter().map(|class| (class.id, class.title)).collect();
                    author.faults.set(Some(classes));
                    unsound(&ready, TRIED)
                }
                Err(errors) => errors,
            };
            author.wrong.set(Some(found.iter().map(LabError::message).collect()));
            author.busy.set(false);
        });
    }

    /// Begins the lab as a student would.
    pub fn try_draft(self) {
        let author = self;
        match author.read() {
            Ok(ready) => {
                let text = author.solution.with_value(|solution| author.whole().text(solution));
                prefs::tab_write(DRAFT, &text);
                self.lessons.start(&Arc::new(ready), DRAFT, Mode::Goal);
            }
            Err(errors) => author.wrong.set(Some(errors.iter().map(LabError::message).collect())),
        }
    }

    /// Hands a package of the lab for learning management systems to the browser's downloads.
    pub fn download_package(self, busy: RwSignal<bool>) {
        let author = self;
        match author.read() {
            Ok(ready) => {
                let text = author.solution.with_value(|solution| author.whole().text(solution));
                self.lessons.save_package_of(ready.lab.id.clone(), &ready.lab.title, text, busy);
            }
            Err(errors) => author.wrong.set(Some(errors.iter().map(LabError::message).collect())),
        }
    }

    /// Hands the lab's file to the browser's downloads.
    pub fn download_draft(self) {
        let author = self;
        if let Err(errors) = author.read() {
            return author.wrong.set(Some(errors.iter().map(LabError::message).collect()));
        }
        let draft = author.whole();
        let name = format!("{}.lab.json", draft.id.trim());
        files::download(&name, "application/json", &author.solution.with_value(|solution| draft.text(solution)));
        self.lessons.page.ui.toast(Tone::Plain, message!("{name}(으)로 저장했어요", "Saved as {name}"));
    }
}
