//! The page's state: one plain session with its editor, and a projection of them in signals that only diffs and responses write.
//!
//! Everything that changes the document or what is looked at and selected comes through [`Store::step`], [`Store::with`] and what stands on them,
//! and is told once, as a [`Response`], to everyone who follows. A view of a node listens to that node's signals, so an edit costs what it touches.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use groundplan::derived::Derived;
use groundplan::design::{Design, Diff, Edit, Refusal, Session};
use groundplan::id::NodeId;
use groundplan::interact::{Editor, Response, Tool, wires};
use groundplan::layout::edges::Edge;
use groundplan::text::Message;
use leptos::prelude::*;

use super::projection::{NodeView, Projection};
use super::summary::Summary;
use crate::app::browser::Timer;

/// Milliseconds without an edit before the document counts as being at rest.
const REST: u32 = 60;

/// What can be undone and redone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// Whether there is something to undo.
    pub undo: bool,
    /// Whether there is something to redo.
    pub redo: bool,
}

/// Called after everything that happened, with the document as it is then.
type Follower = Rc<dyn Fn(&Design, &Response)>;

/// Called with a design that no gesture changes any more.
type Keeper = Rc<dyn Fn(&Design)>;

#[derive(Default)]
struct Core {
    session: Session,
    editor: Editor,
    /// The facts of the document as it was when somebody last asked for them.
    derived: Derived,
    /// What changed since.
    changes: Diff,
    /// The facts of what is left when something is taken away, as long as that is asked.
    left: Option<Derived>,
    views: Projection,
    followers: BTreeMap<u32, Follower>,
    /// Told after every change that leaves no gesture under way.
    settling: Option<Keeper>,
    rest: Option<Timer>,
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
    pub selection: ReadSignal<BTreeSet<NodeId>>,
    selected: WriteSignal<BTreeSet<NodeId>>,
    /// The selected wire; then no node is.
    pub wire: ReadSignal<Option<Edge>>,
    chosen_wire: WriteSignal<Option<Edge>>,
    /// What the selected wire stands for.
    pub wire_said: RwSignal<Message>,
    /// The tool in hand.
    pub tool: ReadSignal<Tool>,
    taken: WriteSignal<Tool>,
    /// Pixels to a world unit.
    pub zoom: ReadSignal<f64>,
    zoomed: WriteSignal<f64>,
    /// What of the derived facts the first picture shows.
    pub summary: Summary,
    /// What can be undone and redone.
    pub steps: RwSignal<Steps>,
    /// What of the document's file was read otherwise than it stood there.
    pub notes: RwSignal<Arc<Vec<Message>>>,
    /// Whether another tab writes this document, so that nothing can be changed here.
    pub guarded: RwSignal<bool>,
    /// Counts changes of the document, each step of a drag among them.
    pub revision: RwSignal<u64>,
    /// Counts times that the document came to rest after changes: what is derived from it is to be computed.
    pub rested: RwSignal<u64>,
    /// Counts times that the derived facts were brought up to the document: whoever shows any listens to this.
    pub settled: RwSignal<u64>,
    /// What is taken away to see what would still work. Nothing is edited.
    pub lost: RwSignal<BTreeSet<NodeId>>,
    /// Counts documents: grows when another one is opened.
    pub opened: RwSignal<u64>,
}

impl Store {
    /// An empty document. Call it once, at the page's root: its signals live as long as their owner.
    pub fn new() -> Self {
        let (selection, selected) = signal(BTreeSet::new());
        let (wire, chosen_wire) = signal(None);
        let (tool, taken) = signal(Tool::default());
        let (zoom, zoomed) = signal(1.0);
        Self {
            core: StoredValue::new_local(Box::leak(Box::default())),
            roots: RwSignal::default(),
            title: RwSignal::default(),
            count: RwSignal::default(),
            selection,
            selected,
            wire,
            chosen_wire,
            wire_said: RwSignal::default(),
            tool,
            taken,
            zoom,
            zoomed,
            summary: Summary::new(),
            steps: RwSignal::default(),
            notes: RwSignal::default(),
            guarded: RwSignal::default(),
            revision: RwSignal::default(),
            rested: RwSignal::default(),
            settled: RwSignal::default(),
            lost: RwSignal::default(),
            opened: RwSignal::default(),
        }
    }

    fn core(self) -> &'static RefCell<Core> {
        self.core.get_value()
    }

    /// Reads the document as it is now; does not track.
    pub fn design<R>(self, read: impl FnOnce(&Design) -> R) -> R {
        read(self.core().borrow().session.design())
    }

    /// Reads the editor and the document as they are now; does not track.
    pub fn editor<R>(self, read: impl FnOnce(&Editor, &Design) -> R) -> R {
        let core = self.core().borrow();
        read(&core.editor, core.session.design())
    }

    /// The same where the ways of wires are found while they are drawn, which is nothing that anyone else hears of.
    pub fn with_editor<R>(self, work: impl FnOnce(&mut Editor, &Design) -> R) -> R {
        let core = &mut *self.core().borrow_mut();
        work(&mut core.editor, core.session.design())
    }

    /// Reads what follows from the document as it is now; tracks that it came to rest. What nobody asked for since the last edit is computed here.
    pub fn derived<R>(self, read: impl FnOnce(&Derived) -> R) -> R {
        self.settled.track();
        {
            let core = &mut *self.core().borrow_mut();
            if !core.changes.is_empty() {
                let changes = std::mem::take(&mut core.changes);
                core.derived.follow(core.session.design(), &changes);
                core.left = None;
            }
            let design = core.session.design();
            let lost: Vec<NodeId> =
                self.lost.with_untracked(|lost| lost.iter().copied().filter(|id| design.node(*id).is_some()).collect());
            if lost.is_empty() {
                core.left = None;
            } else {
                core.left.get_or_insert_with(|| core.derived.without(&lost));
            }
        }
        let core = self.core().borrow();
        read(core.left.as_ref().unwrap_or(&core.derived))
    }

    /// Takes these nodes away, or brings back those that were, to see what would still work; all that is derived follows, and nothing is edited.
    pub fn take_away(self, ids: impl IntoIterator<Item = NodeId>) {
        let mut lost = self.lost.get_untracked();
        for id in ids {
            if !lost.remove(&id) {
                lost.insert(id);
            }
        }
        self.set_lost(lost);
    }

    /// Takes exactly these away.
    pub fn set_lost(self, lost: BTreeSet<NodeId>) {
        if self.lost.with_untracked(|before| *before != lost) {
            self.core().borrow_mut().left = None;
            self.lost.set(lost);
            self.rested.update(|n| *n += 1);
        }
    }

    /// Lets the editor do something, and tells everyone what came of it.
    pub fn step(self, step: impl FnOnce(&mut Editor, &mut Session) -> Response) {
        let response = {
            let core = &mut *self.core().borrow_mut();
            step(&mut core.editor, &mut core.session)
        };
        self.respond(&response);
        self.keep();
    }

    /// Lets `change` work on the session, and tells everyone the diff that it returns.
    pub fn with<R>(self, change: impl FnOnce(&mut Session) -> (Diff, R)) -> R {
        let (response, result) = {
            let core = &mut *self.core().borrow_mut();
            let (diff, result) = change(&mut core.session);
            let changed = !diff.is_empty();
            (changed.then(|| core.editor.follow(core.session.design(), diff)), result)
        };
        match response {
            Some(response) => self.respond(&response),
            None => self.mark_steps(),
        }
        self.keep();
        result
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

    /// Calls `keeper` with the document after each change that leaves no gesture under way, also where the end of one changed nothing more.
    pub fn on_rest(self, keeper: impl Fn(&Design) + 'static) {
        self.core().borrow_mut().settling = Some(Rc::new(keeper));
    }

    fn keep(self) {
        let (settled, keeper) = {
            let core = self.core().borrow();
            (core.session.is_settled().then(|| core.session.design().clone()), core.settling.clone())
        };
        if let (Some(design), Some(keeper)) = (settled, keeper) {
            keeper(&design);
        }
    }

    /// Puts another document in the place of this one; its history begins here.
    pub fn open(self, design: Design) {
        self.select([]);
        let response = {
            let core = &mut *self.core().borrow_mut();
            let diff = Diff::between(core.session.design(), &design);
            core.session = Session::new(design);
            core.editor.follow(core.session.design(), diff)
        };
        self.notes.set(Arc::default());
        self.respond(&response);
        self.keep();
        self.opened.update(|n| *n += 1);
    }

    /// Refuses every change from now on for this reason, or no more. Another document that is opened is not guarded.
    pub fn set_guard(self, why: Option<Message>) {
        self.guarded.set(why.is_some());
        self.core().borrow_mut().session.set_guard(why);
    }

    /// Lets these nodes be moved and nothing else; of another document that is opened all can be changed.
    pub fn set_locks(self, locks: BTreeMap<NodeId, Message>) {
        self.core().borrow_mut().session.set_locks(locks);
    }

    /// Shows what somebody else made of the document.
    pub fn adopt(self, design: Design) {
        self.with(|session| (session.follow(design), ()));
    }

    /// Makes another state of the document of this one, as one step; whether that changed anything.
    pub fn turn_into(self, design: Design) -> bool {
        self.with(|session| {
            let diff = session.turn_into(design);
            let changed = !diff.is_empty();
            (diff, changed)
        })
    }

    /// Selects these nodes and no others.
    pub fn select(self, ids: impl IntoIterator<Item = NodeId>) {
        self.step(|editor, session| editor.select(ids, session.design()));
    }

    /// Takes a tool in hand.
    pub fn set_tool(self, tool: Tool) {
        self.step(|editor, session| editor.set_tool(tool, session));
    }

    /// The signals of a node, if it exists.
    pub fn view(self, id: NodeId) -> Option<NodeView> {
        self.core().borrow().views.get(id)
    }

    /// A node's name now, or nothing.
    pub fn name(self, id: NodeId) -> String {
        self.design(|design| design.node(id).map(|node| node.name.clone()).unwrap_or_default())
    }

    /// The one selected node, if it is one; tracks.
    pub fn selected_one(self) -> Option<NodeId> {
        self.selection.with(|ids| ids.first().copied().filter(|_| ids.len() == 1))
    }

    /// Calls `follower` after everything that happened until the component that asked goes away.
    pub fn follow(self, follower: impl Fn(&Design, &Response) + 'static) {
        let (core, stored) = (self.core(), self.core);
        let key = core.borrow().followers.last_key_value().map_or(0, |(last, _)| last + 1);
        core.borrow_mut().followers.insert(key, Rc::new(follower));
        on_cleanup(move || drop(stored.try_get_value().map(|core| core.borrow_mut().followers.remove(&key))));
    }

    /// The same after changes of the document alone.
    pub fn watch(self, watcher: impl Fn(&Design, &Diff) + 'static) {
        self.follow(move |design, response| {
            if !response.diff.is_empty() {
                watcher(design, &response.diff);
            }
        });
    }

    /// Brings every signal up to what happened, and tells those who follow.
    fn respond(self, response: &Response) {
        let diff = &response.diff;
        let (design, followers) = {
            let core = &mut *self.core().borrow_mut();
            if !diff.is_empty() {
                core.changes = std::mem::take(&mut core.changes).then(diff.clone());
            }
            (core.session.design().clone(), core.followers.values().cloned().collect::<Vec<_>>())
        };
        if !diff.is_empty() {
            self.project(&design, diff);
        }
        self.mark_steps();
        self.project_editor();
        for follower in followers {
            follower(&design, response);
        }
        drop(design);
        if !diff.is_empty() {
            self.revision.update(|n| *n += 1);
            self.rest_soon();
        }
    }

    /// Brings what is shown of the document up to a change.
    fn project(self, design: &Design, diff: &Diff) {
        // Signals are set only after the core is free again: whoever hears them may read it.
        let told = self.core().borrow_mut().views.follow(design, diff);
        let roots = told.roots;
        told.set();
        if roots {
            self.roots.set(design.children(None).collect());
        }
        if let Some((_, title)) = &diff.properties.title {
            self.title.set(title.clone());
        }
        // Set only when they differ: a drag comes through here at every step.
        if self.count.get_untracked() != design.len() {
            self.count.set(design.len());
        }
    }

    /// Brings what is shown of the editor up to it.
    fn project_editor(self) {
        let (after, tool, zoom, wire, said) = self.editor(|editor, design| {
            let ids = editor.selection.ids();
            let is_same =
                self.selection.with_untracked(|old| old.len() == ids.len() && ids.iter().all(|id| old.contains(id)));
            let wire = editor.selection.wire();
            let said = wire.and_then(|wire| wires::says(design, wire)).unwrap_or_default();
            let after = (!is_same).then(|| ids.iter().copied().collect::<BTreeSet<_>>());
            (after, editor.tool(), editor.camera.zoom, wire, said)
        });
        if self.wire_said.with_untracked(|before| *before != said) {
            self.wire_said.set(said);
        }
        if self.wire.get_untracked() != wire {
            self.chosen_wire.set(wire);
        }
        if let Some(after) = after {
            for id in self.selection.get_untracked().symmetric_difference(&after) {
                if let Some(view) = self.view(*id) {
                    view.selected.set(after.contains(id));
                }
            }
            self.selected.set(after);
        }
        if self.tool.get_untracked() != tool {
            self.taken.set(tool);
        }
        if self.zoom.get_untracked().to_bits() != zoom.to_bits() {
            self.zoomed.set(zoom);
        }
    }

    fn mark_steps(self) {
        let steps = {
            let core = self.core().borrow();
            let history = core.session.history();
            Steps { undo: history.can_undo(), redo: history.can_redo() }
        };
        if self.steps.get_untracked() != steps {
            self.steps.set(steps);
        }
    }

    /// What is derived follows the last edit of a burst, after it is drawn.
    fn rest_soon(self) {
        let timer = Timer::after(REST, move || {
            if self.core().borrow().pressed {
                self.rest_soon();
            } else {
                self.rested.update(|n| *n += 1);
            }
        });
        self.core().borrow_mut().rest = Some(timer);
    }

    /// Tells that a button of the pointer went down or up.
    pub fn press(self, pressed: bool) {
        self.core().borrow_mut().pressed = pressed;
    }

    /// The derived facts are known: shows what the first picture shows of them.
    pub fn settle(self) {
        let worst = self.derived(|derived| self.summary.show(derived));
        let views = self.core().borrow().views.clone();
        views.set_worst(&worst);
        self.settled.update(|n| *n += 1);
    }

    /// The same where nothing is drawn: nothing follows from that, and nothing needs to be loaded to know it.
    pub fn settle_empty(self) {
        self.summary.clear();
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
