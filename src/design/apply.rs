//! Edits onto the document: all or nothing, each answered by a [`Diff`] or a [`Refusal`].

use std::collections::BTreeSet;
use std::sync::Arc;

use super::limits::{MAX_TEXT, check_id, check_template, check_text, check_weight, weight, weight_of};
use super::{
    Assertion, Design, Diff, Edit, MAX_ASSERTIONS, MAX_NAME, MAX_NODES, Node, Properties, PropertyChanges, Refusal,
    RowChange,
};
use crate::catalog::{Value, may_hold};
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

impl Design {
    /// Makes one edit.
    ///
    /// # Errors
    /// A [`Refusal`] with the reason; the design is unchanged.
    pub fn apply(&mut self, edit: &Edit) -> Result<Diff, Refusal> {
        match edit {
            Edit::Add(id, node) => self.add(*id, node),
            Edit::Remove(id) => self.remove(*id),
            Edit::Set { id, field, value } => self.set(*id, field, value),
            Edit::Row { id, field, change } => self.set_row(*id, field, change),
            Edit::Rename { id, name } => {
                check_name(*id, name)?;
                self.change(*id, |node| node.name.clone_from(name))
            }
            Edit::Place { id, parent, rect } => {
                self.check_place(*id, *parent, *rect)?;
                self.change(*id, |node| {
                    node.parent = *parent;
                    node.rect = rect.to_thousandths();
                })
            }
            Edit::Template(template) => {
                let refuse = |why| Refusal { node: None, field: None, why };
                template.iter().try_for_each(|original| check_template(original)).map_err(refuse)?;
                Ok(self.write(|properties| properties.template.clone_from(template)))
            }
            Edit::Title(title) => {
                let title = title.chars().take(MAX_NAME).collect();
                Ok(self.write(|properties| properties.title = title))
            }
            Edit::Assertions(assertions) => self.pin(assertions),
        }
    }

    /// Makes several edits, or none.
    ///
    /// # Errors
    /// The first refusal; the design is unchanged.
    pub fn apply_all(&mut self, edits: &[Edit]) -> Result<Diff, Refusal> {
        let mut whole = Diff::default();
        for edit in edits {
            match self.apply(edit) {
                Ok(diff) => whole = whole.then(diff),
                Err(refusal) => {
                    self.patch(&whole.inverse());
                    return Err(refusal);
                }
            }
        }
        Ok(whole)
    }

    /// Writes a diff that was made from this very state (redo), or its inverse (undo).
    pub(super) fn patch(&mut self, diff: &Diff) {
        let came = diff.added.values().map(|node| weight(node)).sum::<usize>();
        let went = diff.removed.values().map(|node| weight(node)).sum::<usize>();
        let changed = diff.updated.values().filter(|(old, new)| old.body != new.body || old.name != new.name);
        let (before, after) = changed.fold((0, 0), |(b, a), (old, new)| (b + weight(old), a + weight(new)));
        self.patch_weighing(diff, (self.weight + came + after).saturating_sub(went + before));
    }

    /// The same where it is known how much the nodes take afterwards.
    fn patch_weighing(&mut self, diff: &Diff, weight: usize) {
        self.weight = weight;
        let nodes = Arc::make_mut(&mut self.nodes);
        let mut unfiled: Vec<(NodeId, Option<NodeId>)> = Vec::new();
        let mut filed: Vec<(NodeId, Option<NodeId>)> = Vec::new();
        for (id, node) in &diff.removed {
            nodes.remove(id);
            unfiled.push((*id, node.parent));
        }
        for (id, node) in &diff.added {
            nodes.insert(*id, node.clone());
            filed.push((*id, node.parent));
        }
        for (id, (old, new)) in &diff.updated {
            nodes.insert(*id, new.clone());
            if old.parent != new.parent {
                unfiled.push((*id, old.parent));
                filed.push((*id, new.parent));
            }
        }
        self.refile(&unfiled, &filed);
        diff.properties.write(&mut self.properties);
    }

    /// Keeps the index of children true: who leaves which frame, who enters which.
    fn refile(&mut self, unfiled: &[(NodeId, Option<NodeId>)], filed: &[(NodeId, Option<NodeId>)]) {
        if unfiled.is_empty() && filed.is_empty() {
            return;
        }
        let children = Arc::make_mut(&mut self.children);
        for (id, from) in unfiled {
            if let Some(siblings) = children.get_mut(from) {
                siblings.remove(id);
                if siblings.is_empty() {
                    children.remove(from);
                }
            }
        }
        for (id, to) in filed {
            children.entry(*to).or_default().insert(*id);
        }
    }

    fn add(&mut self, id: NodeId, node: &Node) -> Result<Diff, Refusal> {
        if self.nodes.contains_key(&id) {
            return Err(refuse(id, message!("{id}은(는) 이미 쓰고 있는 번호예요.", "The id {id} is already in use.")));
        }
        check_id(id).map_err(|why| refuse(id, why))?;
        if self.nodes.len() >= MAX_NODES {
            let why =
                message!("리소스는 {MAX_NODES}개까지 그릴 수 있어요.", "A design holds at most {MAX_NODES} resources.");
            return Err(refuse(id, why));
        }
        check_name(id, &node.name)?;
        if !node.origin.is_empty() {
            check_name(id, &node.origin)?;
        }
        self.check_parent(id, node.kind(), node.parent)?;
        check_rect(id, node)?;
        for field in node.kind().reference_fields() {
            if let Some(value) = node.body.value(field) {
                self.check_refs(id, node, field, &value)?;
            }
        }
        let weighs = weight(node);
        // Texts are looked at where one of them may be too long, which is next to never.
        if weighs > MAX_TEXT {
            for meta in node.kind().fields() {
                let value = node.body.value(meta.id).unwrap_or_default();
                let refuse = |why| Refusal { node: Some(id), field: Some(meta.id.to_owned()), why };
                check_text(&value).map_err(refuse)?;
            }
        }
        let weight = check_weight(self.weight + weighs).map_err(|why| refuse(id, why))?;
        let mut diff = Diff::default();
        diff.added.insert(id, Arc::new(Node { rect: node.rect.to_thousandths(), ..node.clone() }));
        self.patch_weighing(&diff, weight);
        Ok(diff)
    }

    fn pin(&mut self, assertions: &[Assertion]) -> Result<Diff, Refusal> {
        let refuse = |why| Refusal { node: None, field: None, why };
        if assertions.len() > MAX_ASSERTIONS {
            return Err(refuse(message!(
                "고정한 기대는 {MAX_ASSERTIONS}개까지 둘 수 있어요.",
                "At most {MAX_ASSERTIONS} assertions can be pinned."
            )));
        }
        if let Some(why) = assertions.iter().find_map(|assertion| assertion.refused(self)) {
            return Err(refuse(why));
        }
        if assertions == self.assertions() {
            return Ok(Diff::default());
        }
        Ok(self.write(|properties| properties.assertions = Arc::new(assertions.to_vec())))
    }

    /// Changes properties of the document itself.
    fn write(&mut self, change: impl FnOnce(&mut Properties)) -> Diff {
        let mut after = self.properties.clone();
        change(&mut after);
        let properties = PropertyChanges::between(&self.properties, &after);
        let diff = Diff { properties, ..Diff::default() };
        self.patch(&diff);
        diff
    }

    fn remove(&mut self, id: NodeId) -> Result<Diff, Refusal> {
        self.existing(id)?;
        let gone: BTreeSet<NodeId> = self.subtree(id).into_iter().collect();
        let mut diff = Diff::default();
        for (other, node) in self.nodes.iter() {
            if gone.contains(other) {
                diff.removed.insert(*other, node.clone());
                continue;
            }
            let mut changed = node.as_ref().clone();
            if clear_refs(&mut changed, &gone) {
                diff.updated.insert(*other, (node.clone(), Arc::new(changed)));
            }
        }
        // A claim about what is gone goes with it: a later node may get the same id.
        if self.assertions().iter().flat_map(Assertion::nodes).any(|named| gone.contains(&named)) {
            let mut kept = self.assertions().to_vec();
            kept.retain(|assertion| !assertion.nodes().any(|named| gone.contains(&named)));
            diff.properties.assertions = Some((self.properties.assertions.clone(), Arc::new(kept)));
        }
        self.patch(&diff);
        Ok(diff)
    }

    fn set(&mut self, id: NodeId, field: &str, value: &Value) -> Result<Diff, Refusal> {
        let node = self.existing(id)?;
        let refuse = |why| Refusal { node: Some(id), field: Some(field.to_owned()), why };
        check_text(value).map_err(refuse)?;
        let mut changed = node.as_ref().clone();
        changed.body.set(field, value).map_err(refuse)?;
        let (before, after) = (node.body.value(field), changed.body.value(field));
        if let Some(written) = &after {
            self.check_refs(id, &changed, field, written)?;
        }
        let mut diff = Diff::default();
        if changed.body != node.body {
            let fresh = node.kind().new_body();
            let [before, after] = [&before, &after].map(|value| weight_of(field, value.as_ref(), &fresh));
            let weight = (self.weight + after).saturating_sub(before);
            // What makes it lighter is taken, however heavy the rest is.
            let weight = if after > before { check_weight(weight).map_err(refuse)? } else { weight };
            diff.updated.insert(id, (node, Arc::new(changed)));
            self.patch_weighing(&diff, weight);
        }
        Ok(diff)
    }

    fn set_row(&mut self, id: NodeId, field: &str, change: &RowChange) -> Result<Diff, Refusal> {
        let list = self.existing(id)?.body.value(field);
        let list = list.filter(|list| matches!(list, Value::List(_))).unwrap_or_default();
        let refuse = |why| Refusal { node: Some(id), field: Some(field.to_owned()), why };
        let rows = change.of(list.items()).map_err(refuse)?;
        self.set(id, field, &Value::List(rows))
    }

    fn change(&mut self, id: NodeId, with: impl FnOnce(&mut Node)) -> Result<Diff, Refusal> {
        let before = self.existing(id)?;
        let mut after = before.as_ref().clone();
        with(&mut after);
        let mut diff = Diff::default();
        if after != *before {
            if after.name.len() > before.name.len() {
                check_weight(self.weight + weight(&after) - weight(&before)).map_err(|why| refuse(id, why))?;
            }
            diff.updated.insert(id, (before, Arc::new(after)));
            self.patch(&diff);
        }
        Ok(diff)
    }

    fn existing(&self, id: NodeId) -> Result<Arc<Node>, Refusal> {
        self.shared(id).ok_or_else(|| {
            refuse(id, message!("{id}은(는) 이제 없는 리소스예요.", "There is no resource {id} any more."))
        })
    }

    fn check_place(&self, id: NodeId, parent: Option<NodeId>, rect: super::Rect) -> Result<(), Refusal> {
        let node = self.existing(id)?;
        if parent != node.parent {
            self.check_parent(id, node.kind(), parent)?;
        }
        if let Some(parent) = parent
            && (parent == id || self.is_inside(parent, id))
        {
            let why = message!("자기 자신 안에는 넣을 수 없어요.", "A frame cannot be put into itself.");
            return Err(refuse(id, why));
        }
        check_rect(id, &Node { rect, ..node.as_ref().clone() })
    }

    fn check_parent(&self, id: NodeId, kind: crate::catalog::Kind, parent: Option<NodeId>) -> Result<(), Refusal> {
        let holder = parent.map(|parent| self.existing(parent).map(|node| node.kind())).transpose()?;
        may_hold(holder, kind).map_err(|why| refuse(id, why))
    }

    /// Every reference in `value` must lead to an existing node of a kind that the field takes.
    fn check_refs(&self, id: NodeId, node: &Node, field: &str, value: &Value) -> Result<(), Refusal> {
        let kinds = node.kind().reference_kinds(field);
        let mut fault = None;
        value.visit_refs(&mut |to| {
            let why = match self.node(to) {
                None => message!("가리키는 리소스 {to}이(가) 없어요.", "It refers to {to}, which does not exist."),
                Some(other) if !kinds.contains(&other.kind()) => {
                    let label = other.kind().spec().label;
                    Message::new(
                        &format!("여기에는 {}을(를) 연결할 수 없어요.", label.ko),
                        format!("{} cannot be connected here.", label.en),
                    )
                }
                Some(_) => return,
            };
            fault.get_or_insert(why);
        });
        fault.map_or(Ok(()), |why| Err(Refusal { node: Some(id), field: Some(field.to_owned()), why }))
    }
}

/// Clears every reference of `node` into `gone`; whether any was there.
fn clear_refs(node: &mut Node, gone: &BTreeSet<NodeId>) -> bool {
    let mut any = false;
    for field in node.kind().reference_fields() {
        let Some(value) = node.body.value(field) else { continue };
        let mut hit = false;
        value.visit_refs(&mut |to| hit |= gone.contains(&to));
        if hit {
            let kept = value.map_refs(&|to| (!gone.contains(&to)).then_some(to));
            any |= node.body.set(field, &kept).is_ok();
        }
    }
    any
}

fn check_name(id: NodeId, name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() {
        return Err(refuse(id, message!("이름을 비워 둘 수 없어요.", "The name cannot be empty.")));
    }
    if name.chars().count() > MAX_NAME {
        let why = message!("이름은 {MAX_NAME}자까지 쓸 수 있어요.", "A name has at most {MAX_NAME} characters.");
        return Err(refuse(id, why));
    }
    if name.chars().any(char::is_control) {
        return Err(refuse(id, message!("이름에 제어 문자를 쓸 수 없어요.", "A name cannot hold control characters.")));
    }
    Ok(())
}

fn check_rect(id: NodeId, node: &Node) -> Result<(), Refusal> {
    if node.rect.is_sound() {
        return Ok(());
    }
    Err(refuse(id, message!("위치나 크기가 올바르지 않아요.", "The position or size makes no sense.")))
}

const fn refuse(id: NodeId, why: Message) -> Refusal {
    Refusal { node: Some(id), field: None, why }
}
