//! Undo and redo as a stack of diffs, with marks so that a gesture of many edits becomes one step or none.

use std::collections::BTreeMap;

use super::{Design, Diff, Edit, Refusal};
use crate::id::NodeId;
use crate::text::Message;

/// Steps kept; older ones are forgotten.
const MAX_STEPS: usize = 1_000;

/// A place in the history to squash or bail to. Only valid until the next undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(usize);

/// What was done and what was undone.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Diff>,
    undone: Vec<Diff>,
    /// What could be redone before the last step that took the place of it, and where that was: a gesture that is bailed out of leaves no trace.
    shelved: Option<(usize, Vec<Diff>)>,
    /// How many steps were forgotten at the bottom, so that marks stay true.
    forgotten: usize,
}

impl History {
    /// Whether there is something to undo.
    pub const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to redo.
    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    const fn mark(&self) -> Mark {
        Mark(self.forgotten + self.done.len())
    }

    fn push(&mut self, diff: Diff) {
        if !self.undone.is_empty() {
            self.shelved = Some((self.mark().0, std::mem::take(&mut self.undone)));
        }
        self.done.push(diff);
        if self.done.len() > MAX_STEPS {
            self.done.remove(0);
            self.forgotten += 1;
        }
    }

    /// Makes redoable again what was so at the mark, when nothing done since is left.
    fn unshelve(&mut self, mark: Mark) {
        if let Some((_, undone)) = self.shelved.take_if(|(at, _)| *at >= mark.0) {
            self.undone = undone;
        }
    }

    fn take_since(&mut self, mark: Mark) -> Vec<Diff> {
        let keep = mark.0.saturating_sub(self.forgotten).min(self.done.len());
        self.done.split_off(keep)
    }
}

/// A design with its history: what an editor holds.
#[derive(Clone, Debug, Default)]
pub struct Session {
    design: Design,
    history: History,
    /// Whether a gesture is under way.
    moving: bool,
    /// Why nothing may be changed.
    guard: Option<Message>,
    /// Nodes that stay as they are but for their place, and why.
    locks: BTreeMap<NodeId, Message>,
}

impl Session {
    /// Opens a design; its history begins here.
    pub fn new(design: Design) -> Self {
        Self { design, ..Self::default() }
    }

    /// The document as it is now.
    pub const fn design(&self) -> &Design {
        &self.design
    }

    /// What can be undone and redone.
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// Whether no gesture is under way: the document is as somebody left it, and what is kept of it is kept now.
    pub const fn is_settled(&self) -> bool {
        !self.moving
    }

    /// Says whether a gesture is under way, which may still be taken back as a whole.
    pub const fn set_settled(&mut self, settled: bool) {
        self.moving = !settled;
    }

    /// Why nothing may be changed now, if so.
    pub const fn guard(&self) -> Option<&Message> {
        self.guard.as_ref()
    }

    /// Refuses every edit from now on for this reason, or no more.
    pub fn set_guard(&mut self, why: Option<Message>) {
        self.guard = why;
    }

    /// Lets these nodes be moved and nothing else, each for its reason, and all others be changed.
    pub fn set_locks(&mut self, locks: BTreeMap<NodeId, Message>) {
        self.locks = locks;
    }

    /// The nodes that stay as they are, and why.
    pub const fn locks(&self) -> &BTreeMap<NodeId, Message> {
        &self.locks
    }

    /// What of a change is refused because a node is locked.
    fn locked(&self, diff: &Diff) -> Option<Refusal> {
        let is_touched = |id: &NodeId| {
            let changed = diff
                .updated
                .get(id)
                .is_some_and(|(old, new)| old.name != new.name || old.body != new.body || old.parent != new.parent);
            changed || diff.removed.contains_key(id)
        };
        let (id, why) = self.locks.iter().find(|(id, _)| is_touched(id))?;
        Some(Refusal { node: Some(*id), field: None, why: why.clone() })
    }

    /// Puts another state of the document in the place of this one, as somebody else made it: it is no step, and what was done before can no
    /// longer be undone. What that changed.
    pub fn follow(&mut self, design: Design) -> Diff {
        let diff = Diff::since(&self.design, &design);
        (self.design, self.history) = (design, History::default());
        diff
    }

    /// Makes another state of the document of this one, as one step that can be undone. What that changed: nothing where no change is allowed.
    pub fn turn_into(&mut self, design: Design) -> Diff {
        let diff = Diff::since(&self.design, &design);
        if self.guard.is_some() || diff.is_empty() || self.locked(&diff).is_some() {
            return Diff::default();
        }
        self.design = design;
        self.history.push(diff.clone());
        diff
    }

    /// Makes edits as one step, or none of them.
    ///
    /// # Errors
    /// The first refusal; nothing changed.
    pub fn edit(&mut self, edits: &[Edit]) -> Result<Diff, Refusal> {
        if let Some(why) = &self.guard {
            return Err(Refusal { node: None, field: None, why: why.clone() });
        }
        let diff = self.design.apply_all(edits)?;
        if let Some(refusal) = self.locked(&diff) {
            self.design.patch(&diff.inverse());
            return Err(refusal);
        }
        if !diff.is_empty() {
            self.history.push(diff.clone());
        }
        Ok(diff)
    }

    /// Remembers this place: the start of a gesture.
    pub const fn mark(&self) -> Mark {
        self.history.mark()
    }

    /// Makes all steps since the mark one step; none if they cancel out.
    pub fn squash(&mut self, mark: Mark) {
        let whole = self.history.take_since(mark).into_iter().fold(Diff::default(), Diff::then);
        if whole.is_empty() {
            self.history.unshelve(mark);
        } else {
            self.history.done.push(whole);
        }
    }

    /// Takes back all steps since the mark without a trace; the diff that did it.
    pub fn bail(&mut self, mark: Mark) -> Diff {
        let whole = self.history.take_since(mark).into_iter().fold(Diff::default(), Diff::then).inverse();
        self.design.patch(&whole);
        self.history.unshelve(mark);
        whole
    }

    /// Takes back the last step; the diff that did it, nothing if there is none.
    pub fn undo(&mut self) -> Option<Diff> {
        if self.guard.is_some() {
            return None;
        }
        let step = self.history.done.pop()?;
        self.history.shelved = None;
        let back = step.inverse();
        self.design.patch(&back);
        self.history.undone.push(step);
        Some(back)
    }

    /// Makes the last undone step again.
    pub fn redo(&mut self) -> Option<Diff> {
        if self.guard.is_some() {
            return None;
        }
        let step = self.history.undone.pop()?;
        self.history.shelved = None;
        self.design.patch(&step);
        self.history.done.push(step.clone());
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Kind;
    use crate::design::Point;

    fn title(session: &mut Session, title: &str) {
        session.edit(&[Edit::Title(title.to_owned())]).unwrap();
    }

    #[test]
    fn a_locked_node_moves_and_nothing_else() {
        let design = crate::samples::two_az_vpc();
        let (vpc, node) = design.nodes().find(|(_, node)| node.kind() == Kind::Vpc).unwrap();
        let (moved, parent) = (node.rect.shifted(Point::new(40.0, 0.0)), node.parent);
        let mut session = Session::new(design);
        session.set_locks([(vpc, Message::plain("agreed"))].into());
        let before = session.design().clone();
        for edit in [Edit::Rename { id: vpc, name: "other".to_owned() }, Edit::Remove(vpc)] {
            let refusal = session.edit(&[Edit::Title("kept out".to_owned()), edit]).unwrap_err();
            assert_eq!((refusal.node, refusal.why.en.as_str()), (Some(vpc), "agreed"));
            assert_eq!(*session.design(), before, "a refused step leaves nothing");
        }
        assert!(session.turn_into(Design::new()).is_empty());
        session.edit(&[Edit::Place { id: vpc, parent, rect: moved }]).unwrap();
        session.set_locks(BTreeMap::new());
        session.edit(&[Edit::Remove(vpc)]).unwrap();
    }

    #[test]
    fn a_guarded_document_is_only_followed() {
        let mut session = Session::default();
        title(&mut session, "a");
        session.set_guard(Some(Message::plain("no")));
        assert_eq!(session.edit(&[Edit::Title("b".to_owned())]).unwrap_err().why.en, "no");
        assert!(session.undo().is_none() && session.turn_into(Design::new()).is_empty());
        let mut other = Session::default();
        title(&mut other, "c");
        assert!(!session.follow(other.design().clone()).is_empty());
        assert_eq!((session.design().title(), session.history().can_undo()), ("c", false));
    }

    #[test]
    fn another_state_of_the_document_is_one_step() {
        let mut session = Session::new(crate::samples::two_az_vpc());
        let before = session.design().clone();
        let mut other = before.clone();
        let (id, _) = before.nodes().next().unwrap();
        other.apply(&Edit::Remove(id)).unwrap();
        other.apply(&Edit::Title("b".to_owned())).unwrap();
        let diff = session.turn_into(other.clone());
        assert!(diff.added.is_empty() && !diff.removed.is_empty());
        assert_eq!(session.design(), &other);
        assert_eq!(crate::design::broken_invariants(session.design()), Vec::<String>::new());
        session.undo().unwrap();
        assert_eq!(session.design(), &before);
        assert_eq!(crate::design::broken_invariants(session.design()), Vec::<String>::new());
        session.redo().unwrap();
        assert_eq!(session.design(), &other);
        assert!(session.turn_into(other).is_empty());
    }

    #[test]
    fn a_gesture_that_is_bailed_out_of_keeps_what_could_be_redone() {
        for back in [false, true] {
            let mut session = Session::default();
            title(&mut session, "a");
            title(&mut session, "b");
            session.undo();
            let mark = session.mark();
            title(&mut session, "c");
            session.squash(mark);
            assert!(!session.history().can_redo());
            if back {
                title(&mut session, "a");
                session.squash(mark);
            } else {
                session.bail(mark);
            }
            session.redo().unwrap();
            assert_eq!(session.design().title(), "b");
        }
    }

    #[test]
    fn a_step_that_stays_forgets_what_could_be_redone() {
        let mut session = Session::default();
        title(&mut session, "a");
        session.undo();
        title(&mut session, "b");
        let mark = session.mark();
        title(&mut session, "c");
        session.bail(mark);
        assert!(!session.history().can_redo());
        session.undo();
        let mark = session.mark();
        session.bail(mark);
        session.redo().unwrap();
        assert_eq!((session.design().title(), session.history().can_redo()), ("b", false));
    }
}
