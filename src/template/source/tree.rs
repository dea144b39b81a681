//! A text as a tree of values that know their places: what JSON and YAML have in common.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::tags;
use super::super::{Json, Object};
use crate::message;
use crate::text::Message;

/// How large a text may be, in bytes. CloudFormation itself takes 1,000,000.
pub const MAX_BYTES: usize = 5 << 20;
/// How many values a template may have, with every alias written out.
pub const MAX_VALUES: usize = 250_000;
/// How many bytes its keys and texts may have, with every alias written out.
const MAX_WRITTEN: usize = 2 * MAX_BYTES;
/// How deep values may lie in each other.
pub const MAX_DEPTH: usize = 100;

/// What is wrong at a byte of the text.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// The byte.
    pub at: usize,
    /// What is wrong, and what to do.
    pub why: Message,
}

impl Fault {
    pub fn new(at: usize, why: Message) -> Self {
        Self { at, why }
    }

    pub fn too_deep(at: usize) -> Self {
        let why = message!(
            "값이 {MAX_DEPTH}단계보다 깊게 겹쳐 있어요. 템플릿이 맞는지 확인하고, 중첩을 줄이세요.",
            "Values are nested more than {MAX_DEPTH} levels deep. Check that this is a template, and nest less."
        );
        Self { at, why }
    }

    pub fn too_many(at: usize) -> Self {
        let why = message!(
            "값이 {MAX_VALUES}개를 넘어서 열지 않았어요. 같은 앵커를 거듭 쓰는 곳이 있는지 보고, 템플릿을 중첩 스택으로 나누세요.",
            "There are more than {MAX_VALUES} values, so this was not opened. Look for anchors that repeat each other, and split the template into nested stacks."
        );
        Self { at, why }
    }

    fn too_long(at: usize) -> Self {
        let limit = crate::text::mebibytes(MAX_WRITTEN);
        let why = message!(
            "앵커를 모두 풀어 쓰면 {limit} MiB를 넘어서 열지 않았어요. 긴 값을 거듭 쓰는 앵커를 줄이세요.",
            "With every anchor written out this has more than {limit} MiB, so it was not opened. Repeat fewer anchors of long values."
        );
        Self { at, why }
    }
}

/// What may still be written out.
struct Left {
    values: usize,
    bytes: usize,
}

impl Left {
    /// Takes one value whose keys or text have so many bytes.
    fn spend(&mut self, at: usize, bytes: usize) -> Result<(), Fault> {
        self.values = self.values.checked_sub(1).ok_or_else(|| Fault::too_many(at))?;
        self.bytes = self.bytes.checked_sub(bytes).ok_or_else(|| Fault::too_long(at))?;
        Ok(())
    }
}

/// The number of a node in its tree.
pub(super) type Id = usize;

/// A text's values.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    root: Id,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    /// Its bytes, from its tag or anchor on. A collection in block style ends with its last member.
    pub span: Range<usize>,
    /// Where the value itself begins, after its tag and anchor.
    pub value_at: usize,
    /// Its short form, written out: `Fn::Sub`.
    pub function: Option<String>,
    /// Whether other places repeat it.
    pub is_anchor: bool,
    /// How it is written.
    pub style: Style,
    /// What it is.
    pub shape: Shape,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotes, on one line or more.
    Plain,
    /// In quotes.
    Quoted,
    /// As lines below: `|` or `>`.
    Lines,
    /// A collection by indentation.
    Block,
    /// A collection in brackets.
    Flow,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// Not a collection.
    Scalar(Json),
    /// A list.
    List(Vec<Id>),
    /// A mapping, in the order of writing.
    Map(Vec<Entry>),
    /// Another node's value once more.
    Alias(Id),
}

impl Shape {
    /// A list of finished items. Most have one or two: the room that a list makes ready for four would be much of a large template.
    pub fn list(mut items: Vec<Id>) -> Self {
        items.shrink_to_fit();
        Self::List(items)
    }

    /// A mapping of finished entries, without room to spare, as in [`Shape::list`].
    pub fn map(mut entries: Vec<Entry>) -> Self {
        entries.shrink_to_fit();
        Self::Map(entries)
    }

    /// Bytes of its own text or keys.
    fn bytes(&self) -> usize {
        match self {
            Self::Scalar(json) => json.as_str().map_or(0, str::len),
            Self::Map(entries) => entries.iter().map(|entry| entry.key.len()).sum(),
            Self::List(_) | Self::Alias(_) => 0,
        }
    }
}

/// An entry of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub key: String,
    /// The bytes of the key.
    pub key_span: Range<usize>,
    /// Whether it is YAML's merge key, whose mapping counts as written here.
    pub is_merge: bool,
    pub value: Id,
}

impl Tree {
    /// Adds a node.
    pub fn push(&mut self, node: Node) -> Result<Id, Fault> {
        if self.nodes.len() >= MAX_VALUES {
            return Err(Fault::too_many(node.span.start));
        }
        self.nodes.push(node);
        Ok(self.nodes.len() - 1)
    }

    /// Gives back the room that was made ready for more nodes than came.
    pub fn finished(mut self) -> Self {
        self.nodes.shrink_to_fit();
        self
    }

    /// Says which node is the whole.
    pub fn set_root(&mut self, id: Id) {
        self.root = id;
    }

    /// The node that is the whole.
    pub fn root(&self) -> Id {
        self.root
    }

    /// A node by its number.
    pub fn get(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// A node to change.
    pub fn get_mut(&mut self, id: Id) -> Option<&mut Node> {
        self.nodes.get_mut(id)
    }

    /// A node, past an alias.
    pub fn target(&self, id: Id) -> Option<&Node> {
        let node = self.get(id)?;
        match node.shape {
            Shape::Alias(to) => self.get(to),
            _ => Some(node),
        }
    }

    /// The whole as data, with short forms in their long form and aliases written out.
    pub fn json(&self) -> Result<Json, Fault> {
        let mut left = Left { values: MAX_VALUES, bytes: MAX_WRITTEN };
        self.value(self.root, 0, &mut left)
    }

    fn value(&self, id: Id, depth: usize, left: &mut Left) -> Result<Json, Fault> {
        let Some(node) = self.get(id) else { return Ok(Json::Null) };
        let at = node.span.start;
        if depth > MAX_DEPTH {
            return Err(Fault::too_deep(at));
        }
        left.spend(at, node.shape.bytes())?;
        let plain = match &node.shape {
            Shape::Scalar(json) => json.clone(),
            Shape::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for item in items {
                    list.push(self.value(*item, depth + 1, left)?);
                }
                Json::Array(list)
            }
            Shape::Map(entries) => self.mapping(entries, depth, left)?,
            Shape::Alias(to) => self.value(*to, depth + 1, left)?,
        };
        Ok(match &node.function {
            Some(function) => tags::long(function, plain),
            None => plain,
        })
    }

    fn mapping(&self, entries: &[Entry], depth: usize, left: &mut Left) -> Result<Json, Fault> {
        let mut object = Object::with_capacity(entries.len());
        let mut merged = Vec::new();
        for entry in entries {
            let value = self.value(entry.value, depth + 1, left)?;
            if entry.is_merge {
                merged.push(value);
            } else {
                object.insert(entry.key.clone(), value);
            }
        }
        // What a mapping says itself goes before what it merges, and what is merged first before what follows.
        for value in merged {
            let maps = match value {
                Json::Array(maps) => maps,
                one => vec![one],
            };
            for (key, value) in maps.into_iter().filter_map(into_object).flatten() {
                object.entry(key).or_insert(value);
            }
        }
        Ok(Json::Object(object))
    }

    /// The node that a path leads to, or the last one on the way to it; with the key it stands under, and whether the whole path was gone.
    pub fn walk<'a>(&'a self, path: &[String]) -> (Id, Option<&'a Entry>, bool) {
        let mut id = self.root;
        let mut entry = None;
        let mut path = path.iter().map(String::as_str).peekable();
        while path.peek().is_some() {
            let Some(node) = self.get(id) else { break };
            if let Some(function) = &node.function
                && path.next() != Some(function.as_str())
            {
                return (id, entry, false);
            }
            let Some(step) = path.peek().copied() else { break };
            let below = match self.target(id).map(|node| &node.shape) {
                Some(Shape::Map(entries)) => match entries.iter().find(|one| one.key == step) {
                    Some(found) => {
                        entry = Some(found);
                        Some(found.value)
                    }
                    None => None,
                },
                Some(Shape::List(items)) => {
                    let below = step.parse().ok().and_then(|at: usize| items.get(at)).copied();
                    entry = below.map_or(entry, |_| None);
                    below
                }
                _ => None,
            };
            let Some(below) = below else { return (id, entry, false) };
            id = below;
            path.next();
        }
        (id, entry, true)
    }
}

/// Keeps the last entry of each key, which is the one that CloudFormation takes, and complains of those before it, once for each key. Where lines
/// begin is found once for a text, for every one of its keys may be there twice.
pub(super) fn unique(entries: &mut Vec<Entry>, (text, lines): (&str, &OnceCell<Vec<usize>>), notes: &mut Vec<Fault>) {
    let mut known: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut lost = BTreeSet::new();
    for entry in entries.iter().filter(|entry| !entry.is_merge) {
        let at = entry.key_span.start;
        let (_, last) = known.entry(&entry.key).or_insert((at, at));
        if *last != at {
            lost.insert(std::mem::replace(last, at));
        }
    }
    if lost.is_empty() {
        return;
    }
    let lines = lines.get_or_init(|| super::line_starts(text));
    let line_of = |at: usize| lines.partition_point(|start| *start <= at);
    for (key, (first, last)) in known.into_iter().filter(|(_, (first, last))| first != last) {
        let (line, taken) = (line_of(first), line_of(last));
        notes.push(Fault::new(
            last,
            message!(
                "{key}이(가) 같은 곳에 두 번 있어요(처음은 {line}번째 줄). CloudFormation은 마지막 것({taken}번째 줄)만 쓰고 앞의 것은 버려요. 하나를 지우거나 이름을 바꾸세요.",
                "{key} is there twice in the same place (first on line {line}). CloudFormation takes the last one (line {taken}) and loses the one before: remove or rename one."
            ),
        ));
    }
    entries.retain(|entry| entry.is_merge || !lost.contains(&entry.key_span.start));
}

fn into_object(json: Json) -> Option<Object> {
    match json {
        Json::Object(object) => Some(object),
        _ => None,
    }
}
