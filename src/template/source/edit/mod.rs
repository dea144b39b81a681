//! Edits in the text: what did not change stays byte for byte, with its comments, quotes, order and indentation.
//!
//! [`Source::rewrite`] compares a changed template with the one that was read and patches the text at the values that differ.

mod align;
mod block;
mod change;
mod flow;
mod patch;
mod render;
#[cfg(test)]
mod tests;

use super::super::{Json, Object, to_json, to_yaml};
use super::tree::{Id, Node, Shape, Style, Tree};
use super::{Source, Syntax, parse};
use crate::template::print::yaml::Writer;
pub use change::Change;
use patch::Patches;

impl Source {
    /// The text of a changed template: this text, patched where the template differs from [`Source::template`]. Reading it gives the changed
    /// template. Where a text cannot be patched (mappings merged from anchors), it is written anew.
    pub fn rewrite(&self, template: &Json) -> String {
        let text = self.patched(template).unwrap_or_else(|| match self.syntax {
            Syntax::Json => to_json(template),
            Syntax::Yaml => to_yaml(template),
        });
        format!("{}{text}", self.mark)
    }

    /// The text with patches; none where they do not give the template.
    fn patched(&self, template: &Json) -> Option<String> {
        if *template == self.template {
            return Some(self.text.clone());
        }
        [false, true].into_iter().find_map(|expand| {
            let mut editor = Editor::new(self, expand);
            editor.value(self.tree.root(), &self.template, template, &Place::Root);
            let text = Some(editor.patches).filter(|_| !editor.gave_up)?.apply(&self.text);
            parse(&text).is_ok_and(|again| again.template == *template).then_some(text)
        })
    }
}

/// Where a value stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// It is the whole.
    Root,
    /// After a colon or dash in block style.
    Block {
        /// The byte after the colon or dash.
        after: usize,
        /// The column of the key or dash, from 0.
        indent: usize,
        /// Whether it follows a dash.
        is_item: bool,
    },
    /// In brackets.
    Flow,
}

/// Compares two templates and collects what to patch.
struct Editor<'a> {
    text: &'a str,
    tree: &'a Tree,
    syntax: Syntax,
    writer: Writer,
    /// Whether every alias is written out, because what it names changes.
    expand: bool,
    patches: Patches,
    gave_up: bool,
}

/// A member of a collection as it stands in the text.
#[derive(Clone, Copy, Debug)]
struct Slot {
    /// The first byte of its key, dash or value.
    start: usize,
    /// The byte after its value.
    end: usize,
    id: Id,
}

/// What becomes of the members of a collection.
struct Plan<'n> {
    /// By number, whether a member goes.
    removed: Vec<bool>,
    /// What comes: after which member that stays (none: before all), under which key, and the value.
    added: Vec<(Option<usize>, Option<&'n str>, &'n Json)>,
}

impl<'a> Editor<'a> {
    fn new(source: &'a Source, expand: bool) -> Self {
        let uses_short = source.text.contains('!') || !source.text.contains("Fn::");
        Self {
            text: &source.text,
            tree: &source.tree,
            syntax: source.syntax,
            writer: Writer { short: source.syntax == Syntax::Yaml && uses_short },
            expand,
            patches: Patches::new(&source.text),
            gave_up: false,
        }
    }

    /// Patches a value that may have changed.
    fn value(&mut self, id: Id, old: &Json, new: &Json, place: &Place) {
        let Some(node) = self.tree.get(id) else { return };
        if let Shape::Alias(_) = node.shape {
            if self.expand || old != new {
                self.replace(node, new, place);
            }
            return;
        }
        if old == new && !self.expand {
            return;
        }
        let done = match &node.function {
            None => self.inside(node, old, new),
            Some(function) => match (argument(old, function), argument(new, function)) {
                (Some(old), Some(new)) => self.call(node, function, old, new, place),
                _ => false,
            },
        };
        if !done && old != new {
            self.replace(node, new, place);
        }
    }

    /// Patches the argument of a short form; whether that could be done.
    fn call(&mut self, node: &Node, function: &str, old: &Json, new: &Json, place: &Place) -> bool {
        if !matches!(node.shape, Shape::Scalar(_)) {
            return self.inside(node, old, new);
        }
        match new {
            Json::String(text) if function != "Fn::GetAtt" || !text.contains('.') => self.scalar(node, text, place),
            Json::Array(parts) if function == "Fn::GetAtt" => match parts.as_slice() {
                [Json::String(logical), Json::String(attribute)] if !logical.contains('.') => {
                    self.scalar(node, &format!("{logical}.{attribute}"), place)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Patches the members of a collection; whether that could be done.
    fn inside(&mut self, node: &Node, old: &Json, new: &Json) -> bool {
        match (&node.shape, old, new) {
            (Shape::Map(entries), Json::Object(old), Json::Object(new)) => {
                if entries.iter().any(|entry| entry.is_merge) || entries.is_empty() || new.is_empty() {
                    return false;
                }
                let slots: Vec<Slot> = entries
                    .iter()
                    .map(|entry| Slot { start: entry.key_span.start, end: self.end(entry.value), id: entry.value })
                    .collect();
                let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
                let plan = plan_map(&keys, new);
                if plan.removed.iter().all(|gone| *gone) {
                    return false;
                }
                let indent = self.column(node.value_at);
                for (entry, slot) in entries.iter().zip(&slots) {
                    let (Some(old), Some(new)) = (old.get(&entry.key), new.get(&entry.key)) else { continue };
                    let place = match node.style {
                        Style::Flow => Place::Flow,
                        _ => match self.after_colon(entry.key_span.end) {
                            Some(after) => Place::Block { after, indent, is_item: false },
                            None => {
                                self.gave_up |= old != new;
                                continue;
                            }
                        },
                    };
                    self.value(slot.id, old, new, &place);
                }
                self.members(node, &slots, &plan, indent);
                true
            }
            (Shape::List(items), Json::Array(old), Json::Array(new)) => {
                if items.is_empty() || new.is_empty() || items.len() != old.len() {
                    return false;
                }
                let pairs = align::align(old, new);
                let plan = plan_list(old.len(), new, &pairs);
                if plan.removed.iter().all(|gone| *gone) {
                    return false;
                }
                let indent = self.column(node.value_at);
                let Some(slots) = self.items(node, items, indent) else { return false };
                for (one, other) in pairs {
                    let (Some(slot), Some(old), Some(new)) = (slots.get(one), old.get(one), new.get(other)) else {
                        continue;
                    };
                    let place = match node.style {
                        Style::Flow => Place::Flow,
                        _ => Place::Block { after: slot.start + 1, indent, is_item: true },
                    };
                    self.value(slot.id, old, new, &place);
                }
                self.members(node, &slots, &plan, indent);
                true
            }
            _ => false,
        }
    }

    /// Takes members out and puts new ones in.
    fn members(&mut self, node: &Node, slots: &[Slot], plan: &Plan<'_>, indent: usize) {
        if node.style == Style::Flow {
            self.flow_members(node, slots, plan);
        } else {
            self.block_members(slots, plan, indent);
        }
    }

    fn end(&self, id: Id) -> usize {
        self.tree.get(id).map_or(0, |node| node.span.end)
    }

    /// The items of a list; in block style each begins with its dash.
    fn items(&self, node: &Node, items: &[Id], indent: usize) -> Option<Vec<Slot>> {
        let mut from = node.value_at;
        let mut slots = Vec::with_capacity(items.len());
        for (at, id) in items.iter().enumerate() {
            let item = self.tree.get(*id)?;
            let start = match node.style {
                Style::Flow => item.span.start,
                _ if at == 0 => node.value_at,
                _ => self.dash(from, indent)?,
            };
            let end = item.span.end.max(start + 1);
            slots.push(Slot { start, end, id: *id });
            from = end;
        }
        Some(slots)
    }
}

/// The argument of a function in a mapping that is its call.
fn argument<'j>(json: &'j Json, function: &str) -> Option<&'j Json> {
    json.as_object().filter(|object| object.len() == 1)?.get(function)
}

fn plan_map<'n>(keys: &[&str], new: &'n Object) -> Plan<'n> {
    let removed = keys.iter().map(|key| !new.contains_key(*key)).collect();
    let numbers: std::collections::BTreeMap<&str, usize> =
        keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
    let mut added = Vec::new();
    let mut after = None;
    for (key, value) in new {
        match numbers.get(key.as_str()) {
            Some(at) => after = Some(*at),
            None => added.push((after, Some(key.as_str()), value)),
        }
    }
    Plan { removed, added }
}

fn plan_list<'n>(length: usize, new: &'n [Json], pairs: &[(usize, usize)]) -> Plan<'n> {
    let mut removed = vec![true; length];
    let mut added = Vec::new();
    let mut pairs = pairs.iter().peekable();
    let mut after = None;
    for (at, value) in new.iter().enumerate() {
        match pairs.next_if(|(_, other)| *other == at) {
            Some((one, _)) => {
                after = Some(*one);
                if let Some(gone) = removed.get_mut(*one) {
                    *gone = false;
                }
            }
            None => added.push((after, None, value)),
        }
    }
    Plan { removed, added }
}
