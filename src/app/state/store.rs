//! The page's state: one plain session, and a projection of it in signals that only [`Diff`]s write.
//!
//! A view of a node listens to that node's signals, so an edit costs what it touches. Everything that changes the document comes through
//! [`Store::edit`], [`Store::undo`], [`Store::redo`] or [`Store::with`], and everything drawn hears of it through the diff.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use groundplan::design::{Design, Diff, Edit, Node, Refusal, Session};
use groundplan::id::NodeId;
use groundplan::rules::{Finding, Severity};
use groundplan::text::Message;
use leptos::prelude::*;

use crate::app::browser::Timer;
use crate::app::parts::CHECKS;

/// Milliseconds without an edit before the rules look at the design.
const CHECK_AFTER: i32 = 60;

/// What views of one node listen to.
#[derive(Clone)]
pub struct NodeView {
    /// The node.
    pub node: ArcRwSignal<Arc<Node>>,
    /// What stands directly inside.
    pub children: ArcRwSignal<Vec<NodeId>>,
    /// Whether it is selected.
    pub selected: ArcRwSignal<bool>,
    /// The worst that was found about it.
    pub worst: ArcRwSignal<Option<Severity>>,
}

/// What can be undone and redone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// Whether there is something to undo.
    pub undo: bool,
    /// Whether there is something to redo.
    pub redo: bool,
}

/// Called after every change with the design as it is then.
type Watcher = Rc<dyn Fn(&Design, &Diff)>;

/// Called with a design that no gesture changes any more.
type Keeper = Rc<dyn Fn(&Design)>;

#[derive(Default)]
struct Core {
    session: Session,
    views: BTreeMap<NodeId, NodeView>,
    watchers: BTreeMap<u32, Watcher>,
    /// Told after every change that leaves no gesture under way.
    settling: Option<Keeper>,
    check: Option<Timer>,
    /// Whether a button of the pointer is down: nothing is computed inside a drag.
    pressed: bool,
}

/// The page's state; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Store {
    /// Lives as long as the page: what would take it apart is not in the first file.
    core: StoredValue<&'static RefCell<Core>, LocalStorage>,
    /// What stands on the bare canvas.
    pub roots: RwSignal<Vec<NodeId>>,
    /// The document's name.
    pub title: RwSignal<String>,
    /// How many nodes there are.
    pub count: RwSignal<usize>,
    /// What is selected.
    pub selection: RwSignal<BTreeSet<NodeId>>,
    /// What the rules found; follows an edit after it is drawn.
    pub findings: RwSignal<Arc<Vec<Finding>>>,
    /// Whether the rules have looked at this document: until they are loaded nobody knows what they find.
    pub checked: RwSignal<bool>,
    /// What can be undone and redone.
    pub steps: RwSignal<Steps>,
    /// What of the document's file was read otherwise than it stood there.
    pub notes: RwSignal<Arc<Vec<Message>>>,
    /// Whether another tab writes this document, so that nothing can be changed here.
    pub guarded: RwSignal<bool>,
    /// Counts changes of the document, each step of a drag among them.
    pub revision: RwSignal<u64>,
    /// Counts times that the document came to rest after changes, with its findings: what is derived from all of it listens to this.
    pub settled: RwSignal<u64>,
    /// Counts documents: grows when another one is opened.
    pub opened: RwSignal<u64>,
}

impl Store {
    /// An empty document. Call it once, at the page's root: its signals live as long as their owner.
    pub fn new() -> Self {
        Self {
            core: StoredValue::new_local(Box::leak(Box::default())),
            roots: RwSignal::default(),
            title: RwSignal::default(),
            count: RwSignal::default(),
            selection: RwSignal::default(),
            findings: RwSignal::default(),
            checked: RwSignal::new(true),
            steps: RwSignal::default(),
            notes: RwSignal::default(),
            guarded: RwSignal::default(),
            revision: RwSignal::default(),
            settled: RwSignal::default(),
            opened: RwSignal::default(),
        }
    }

    /// Reads the document as it is now; does not track.
    pub fn design<R>(self, read: impl FnOnce(&Design) -> R) -> R {
        read(self.core.get_value().borrow().session.design())
    }

    /// Makes edits as one step that can be undone, or none of them.
    ///
    /// # Errors
    /// The first refusal; nothing changed.
    pub fn edit(self, edits: &[Edit]) -> Result<Diff, Refusal> {
        self.with(|session| session.edit(edits).map_or_else(|why| (Diff::default(), Err(why)), |d| (d.clone(), Ok(d))))
    }

    /// Takes back the last step; whether there was one.
    pub fn undo(self) -> bool {
        self.with(|session| session.undo().map_or_else(|| (Diff::default(), false), |diff| (diff, true)))
    }

    /// Makes the last undone step again; whether there was one.
    pub fn redo(self) -> bool {
        self.with(|session| session.redo().map_or_else(|| (Diff::default(), false), |diff| (diff, true)))
    }

    /// Lets `change` work on the session and shows the diff that it returns.
    pub fn with<R>(self, change: impl FnOnce(&mut Session) -> (Diff, R)) -> R {
        let (diff, result) = change(&mut self.core.get_value().borrow_mut().session);
        self.show(&diff);
        self.rest();
        result
    }

    /// Calls `keeper` with the document after each change that leaves no gesture under way, also where the end of one changed nothing more.
    pub fn on_rest(self, keeper: impl Fn(&Design) + 'static) {
        self.core.get_value().borrow_mut().settling = Some(Rc::new(keeper));
    }

    fn rest(self) {
        let (settled, keeper) = {
            let core = self.core.get_value().borrow();
            (core.session.is_settled().then(|| core.session.design().clone()), core.settling.clone())
        };
        if let (Some(design), Some(keeper)) = (settled, keeper) {
            keeper(&design);
        }
    }

    /// Puts another document in the place of this one; its history begins here.
    pub fn open(self, design: Design) {
        let before = self.design(Clone::clone);
        let diff = Diff::between(&before, &design);
        self.select([]);
        self.core.get_value().borrow_mut().session = Session::new(design);
        self.notes.set(Arc::default());
        self.show(&diff);
        self.rest();
        self.opened.update(|n| *n += 1);
    }

    /// Refuses every change from now on for this reason, or no more. Another document that is opened is not guarded.
    pub fn set_guard(self, why: Option<Message>) {
        self.guarded.set(why.is_some());
        self.core.get_value().borrow_mut().session.set_guard(why);
    }

    /// Shows what somebody else made of the document.
    pub fn follow(self, design: Design) {
        let diff = self.core.get_value().borrow_mut().session.follow(design);
        self.show(&diff);
        self.rest();
    }

    /// Makes another state of the document of this one, as one step; whether that changed anything.
    pub fn turn_into(self, design: Design) -> bool {
        self.with(|session| {
            let diff = session.turn_into(design);
            let changed = !diff.is_empty();
            (diff, changed)
        })
    }

    /// The signals of a node, if it exists.
    pub fn view(self, id: NodeId) -> Option<NodeView> {
        self.core.get_value().borrow().views.get(&id).cloned()
    }

    /// A node's name now, or nothing.
    pub fn name(self, id: NodeId) -> String {
        self.design(|design| design.node(id).map(|node| node.name.clone()).unwrap_or_default())
    }

    /// Selects these nodes and no others.
    pub fn select(self, ids: impl IntoIterator<Item = NodeId>) {
        let after: BTreeSet<NodeId> = self.design(|d| ids.into_iter().filter(|id| d.node(*id).is_some()).collect());
        let before = self.selection.get_untracked();
        for id in before.symmetric_difference(&after) {
            if let Some(view) = self.view(*id) {
                view.selected.set(after.contains(id));
            }
        }
        if before != after {
            self.selection.set(after);
        }
    }

    /// The one selected node, if it is one; tracks.
    pub fn selected_one(self) -> Option<NodeId> {
        self.selection.with(|ids| ids.first().copied().filter(|_| ids.len() == 1))
    }

    /// Calls `watcher` after every change until the component that asked goes away.
    pub fn watch(self, watcher: impl Fn(&Design, &Diff) + 'static) {
        let core = self.core.get_value();
        let key = core.borrow().watchers.last_key_value().map_or(0, |(last, _)| last + 1);
        core.borrow_mut().watchers.insert(key, Rc::new(watcher));
        let stored = self.core;
        on_cleanup(move || drop(stored.try_get_value().map(|core| core.borrow_mut().watchers.remove(&key))));
    }

    /// Brings every signal up to what the diff says.
    fn show(self, diff: &Diff) {
        if diff.is_empty() {
            self.mark_steps();
            return;
        }
        let mut frames: BTreeSet<Option<NodeId>> = BTreeSet::new();
        for (id, node) in &diff.removed {
            self.core.get_value().borrow_mut().views.remove(id);
            frames.insert(node.parent);
        }
        for (id, node) in &diff.added {
            let children = self.design(|design| design.children(Some(*id)).collect());
            let view = NodeView {
                node: ArcRwSignal::new(node.clone()),
                children: ArcRwSignal::new(children),
                selected: ArcRwSignal::new(false),
                worst: ArcRwSignal::new(None),
            };
            self.core.get_value().borrow_mut().views.insert(*id, view);
            frames.insert(node.parent);
        }
        for (id, (old, new)) in &diff.updated {
            if let Some(view) = self.view(*id) {
                view.node.set(new.clone());
            }
            if old.parent != new.parent {
                frames.extend([old.parent, new.parent]);
            }
        }
        for frame in frames {
            let children: Vec<NodeId> = self.design(|design| design.children(frame).collect());
            match frame {
                None => self.roots.set(children),
                // A frame that went, or that is new and knows its children, has nothing to hear.
                Some(id) => drop(self.view(id).map(|view| view.children.set(children))),
            }
        }
        if let Some((_, title)) = &diff.properties.title {
            self.title.set(title.clone());
        }
        // Set only when they differ: a drag comes through here at every step.
        let count = self.design(Design::len);
        if self.count.get_untracked() != count {
            self.count.set(count);
        }
        let kept = self.selection.get_untracked();
        if kept.iter().any(|id| diff.removed.contains_key(id)) {
            self.select(kept);
        }
        self.mark_steps();
        let (design, watchers) = {
            let core = self.core.get_value().borrow();
            (core.session.design().clone(), core.watchers.values().cloned().collect::<Vec<_>>())
        };
        for watcher in watchers {
            watcher(&design, diff);
        }
        self.revision.update(|n| *n += 1);
        self.check_soon();
    }

    fn mark_steps(self) {
        let steps = {
            let core = self.core.get_value().borrow();
            let history = core.session.history();
            Steps { undo: history.can_undo(), redo: history.can_redo() }
        };
        if self.steps.get_untracked() != steps {
            self.steps.set(steps);
        }
    }

    /// Rules follow the last edit of a burst, after it is drawn.
    pub fn check_soon(self) {
        let timer = Timer::after(CHECK_AFTER, move || self.check());
        self.core.get_value().borrow_mut().check = Some(timer);
    }

    /// Tells that a button of the pointer went down or up.
    pub fn press(self, pressed: bool) {
        self.core.get_value().borrow_mut().pressed = pressed;
    }

    fn check(self) {
        if self.core.get_value().borrow().pressed {
            return self.check_soon();
        }
        let design = self.design(Clone::clone);
        // Where nothing is drawn nothing is wrong, and the rules need not be loaded to know it.
        let findings = match CHECKS.now() {
            Some(checks) => (checks.check)(&design),
            None if design.is_empty() => Vec::new(),
            None => {
                self.checked.set(false);
                return CHECKS.fetch();
            }
        };
        self.checked.set(true);
        let mut worst: BTreeMap<NodeId, Severity> = BTreeMap::new();
        for finding in &findings {
            let entry = worst.entry(finding.node).or_insert(finding.severity);
            *entry = finding.severity.min(*entry);
        }
        let views = self.core.get_value().borrow().views.clone();
        for (id, view) in views {
            let now = worst.get(&id).copied();
            if view.worst.get_untracked() != now {
                view.worst.set(now);
            }
        }
        if *self.findings.get_untracked() != findings {
            self.findings.set(Arc::new(findings));
        }
        self.settled.update(|n| *n += 1);
    }
}

/// The page's state.
pub fn store() -> Store {
    expect_context()
}

/// What to say about a refusal, with the name of what was refused in front.
pub fn refusal_message(store: Store, refusal: &Refusal) -> Message {
    let name = refusal.node.map(|id| store.name(id)).filter(|name| !name.is_empty());
    match name {
        Some(name) => Message { ko: format!("{name}: {}", refusal.why.ko), en: format!("{name}: {}", refusal.why.en) },
        None => refusal.why.clone(),
    }
}
