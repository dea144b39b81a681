//! A pen that knows resources by their ids in the account.

use std::collections::BTreeMap;

use super::Described;
use super::document::{tag, text};
use crate::catalog::{Body, Kind, Value};
use crate::design::{Design, Edit, MAX_NAME, Node, Rect};
use crate::id::NodeId;
use crate::layout::tidy_up;
use crate::message;
use crate::template::Json;
use crate::text::Message;

/// Notes beyond these are counted, not told.
const MAX_NOTES: usize = 500;

/// Draws one account.
pub(super) struct Draw {
    design: Design,
    ids: BTreeMap<String, NodeId>,
    aliases: BTreeMap<String, NodeId>,
    notes: Vec<Message>,
}

impl Draw {
    pub fn new(notes: Vec<Message>) -> Self {
        Self { design: Design::new(), ids: BTreeMap::new(), aliases: BTreeMap::new(), notes }
    }

    pub const fn design(&self) -> &Design {
        &self.design
    }

    /// The node of an id.
    pub fn id(&self, origin: &str) -> Option<NodeId> {
        self.ids.get(origin).or_else(|| self.aliases.get(origin)).copied()
    }

    /// The node of the id under a key.
    pub fn id_at(&self, json: &Json, key: &str) -> Option<NodeId> {
        self.id(text(json, key)?)
    }

    /// The node of an id, if it is of a kind.
    pub fn id_of(&self, origin: &str, kind: Kind) -> Option<NodeId> {
        self.id(origin).filter(|id| self.design.node(*id).is_some_and(|node| node.kind() == kind))
    }

    /// Lets a node stand for another id too.
    pub fn alias(&mut self, origin: &str, id: NodeId) {
        self.aliases.entry(origin.to_owned()).or_insert(id);
    }

    /// Draws a resource by its id, named by its Name tag, else by `name`, else by its id.
    pub fn add(
        &mut self,
        parent: Option<NodeId>,
        json: &Json,
        origin: &str,
        name: Option<&str>,
        body: impl Into<Body>,
    ) -> Option<NodeId> {
        let name = tag(json, "Name").or(name).unwrap_or(origin);
        self.add_named(parent, name, origin, body)
    }

    /// Draws a resource or frame by its name.
    pub fn add_named(
        &mut self,
        parent: Option<NodeId>,
        name: &str,
        origin: &str,
        body: impl Into<Body>,
    ) -> Option<NodeId> {
        if let Some(known) = self.ids.get(origin).filter(|_| !origin.is_empty()) {
            return Some(*known);
        }
        let clean =
            |text: &str| text.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect::<String>().trim().to_owned();
        let (mut name, origin) = (clean(name), clean(origin));
        let body = body.into();
        if name.is_empty() {
            name = body.kind().spec().id.to_owned();
        }
        let (w, h) = body.kind().spec().shape.size();
        let id = self.design.next_id();
        let node = Node { name, parent, rect: Rect::new(0.0, 0.0, w, h), body, origin: origin.clone() };
        if !self.edit(&Edit::add(id, node)) {
            return None;
        }
        if !origin.is_empty() {
            self.ids.insert(origin, id);
        }
        Some(id)
    }

    /// Writes a property.
    pub fn set(&mut self, id: NodeId, field: &str, value: impl Into<Value>) {
        self.edit(&Edit::set(id, field, value));
    }

    /// Writes a list of references.
    pub fn set_refs(&mut self, id: NodeId, field: &str, to: &[NodeId]) {
        self.set(id, field, Value::List(to.iter().copied().map(Value::Ref).collect()));
    }

    /// Makes an edit; what is refused is told.
    pub fn edit(&mut self, edit: &Edit) -> bool {
        let Err(refusal) = self.design.apply(edit) else { return true };
        let name = refusal.node.and_then(|id| self.design.node(id)).map_or("", |node| node.name.as_str());
        let name = if let (Edit::Add(_, node), "") = (edit, name) { node.name.as_str() } else { name };
        let why = refusal.why;
        self.notes.push(Message { ko: format!("{name}: {}", why.ko), en: format!("{name}: {}", why.en) });
        false
    }

    pub fn note(&mut self, message: Message) {
        self.notes.push(message);
    }

    /// Tells of something that names what is not there.
    pub fn missing(&mut self, of: &str, what: &str) {
        self.note(message!(
            "{of}이(가) 가리키는 {what}이(가) 파일에 없어서 빼고 그렸어요.",
            "{of} refers to {what}, which is not in the files, and is drawn without it."
        ));
    }

    pub fn finish(mut self) -> Described {
        for edit in tidy_up(&self.design) {
            self.edit(&edit);
        }
        let more = self.notes.len().saturating_sub(MAX_NOTES);
        if more > 0 {
            self.notes.truncate(MAX_NOTES);
            self.note(message!("알릴 것이 {more}개 더 있어요.", "There are {more} more notes."));
        }
        Described { design: self.design, notes: self.notes, aliases: self.aliases }
    }
}
