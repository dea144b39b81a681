//! Changes behind a design file: `save` writes a whole design, [`step`] what changed since, as one more line behind it.
//!
//! ```json
//! {"groundplan":1,"title":"Lab 1","nodes":[
//! {"id":"n2","kind":"vpc","name":"main","at":[16,36,800,600]}
//! ]}
//! {"step":1,"nodes":[{"id":"n2","kind":"vpc","name":"main","at":[32,36,800,600]}],"gone":["n3"]}
//! ```
//!
//! A step holds each node that is new or differs as it is afterwards, the ids of those that went, and title, assertions and template where they
//! differ. It is small whatever the size of the design, so it can be stored with every edit; a file with its steps is as good a file as one
//! without, and opens as the design after the last of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer};

use super::template::Template;
use super::v1::{File, Nodes, Saved, line};
use super::{OpenError, Place};
use crate::design::{Assertion, Design, Diff};
use crate::id::NodeId;
use crate::message;

/// What a step is written as; the version of its types is the file's.
const VERSION: u64 = 1;

/// What turns the file of `before` into one of `after`, in a line without its end. Nothing where they do not differ.
pub fn step(before: &Design, after: &Design) -> Option<String> {
    let diff = Diff::since(before, after);
    if diff.is_empty() {
        return None;
    }
    let mut text = format!("{{\"step\":{VERSION}");
    let new = diff.added.iter().chain(diff.updated.iter().map(|(id, (_, new))| (id, new)));
    let nodes: Vec<String> = new.map(|(id, node)| line(&Saved::new(*id, node))).collect();
    if !nodes.is_empty() {
        text.push_str(&format!(",\"nodes\":[{}]", nodes.join(",")));
    }
    // What is written here has text for keys and finite numbers, so there is nothing that could fail.
    let gone: Vec<NodeId> = diff.removed.keys().copied().collect();
    if !gone.is_empty() {
        text.push_str(&format!(",\"gone\":{}", serde_json::to_string(&gone).unwrap_or_default()));
    }
    if let Some((_, title)) = &diff.properties.title {
        text.push_str(&format!(",\"title\":{}", serde_json::Value::from(title.as_str())));
    }
    if let Some((_, pinned)) = &diff.properties.assertions {
        text.push_str(&format!(",\"assertions\":{}", serde_json::to_string(pinned.as_slice()).unwrap_or_default()));
    }
    if let Some((_, template)) = &diff.properties.template {
        let written =
            template.as_ref().map_or_else(|| "null".to_owned(), |original| Template::written(after, original));
        text.push_str(&format!(",\"template\":{written}"));
    }
    text.push('}');
    Some(text)
}

/// A step as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    step: u64,
    #[serde(default)]
    nodes: Nodes,
    #[serde(default)]
    gone: BTreeSet<NodeId>,
    title: Option<String>,
    assertions: Option<Vec<Assertion>>,
    #[serde(default, deserialize_with = "or_null")]
    template: Option<Option<Template>>,
}

/// `null` says something here: that there is no template any more.
fn or_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// Takes the first `most` steps of `text` into the file that stands before it, `lines` lines further up. How many there were.
///
/// # Errors
/// Which step cannot be read, and why; the file is to be thrown away then.
pub(super) fn follow(file: &mut File, text: &str, lines: usize, most: usize) -> Result<usize, OpenError> {
    let mut steps = serde_json::Deserializer::from_str(text).into_iter::<Step>();
    let mut draft = None;
    let mut read = 0;
    while read < most
        && let Some(step) = steps.next()
    {
        let step = step.map_err(|error| further_down(OpenError::json(&error), lines))?;
        if step.step != VERSION {
            return Err(OpenError::newer_step(step.step, VERSION));
        }
        match &mut draft {
            None => draft.insert(Draft::of(std::mem::take(file))?).apply(step)?,
            Some(draft) => draft.apply(step)?,
        }
        read += 1;
    }
    if let Some(draft) = draft {
        *file = draft.file();
    }
    Ok(read)
}

fn further_down(error: OpenError, lines: usize) -> OpenError {
    let place = error.place.map(|place| match place {
        Place::Text { line, column } => Place::Text { line: line + lines, column },
        node @ Place::Node { .. } => node,
    });
    OpenError { place, ..error }
}

/// A file while steps change it: its nodes by their ids.
struct Draft {
    file: File,
    nodes: BTreeMap<NodeId, Saved>,
}

impl Draft {
    fn of(mut file: File) -> Result<Self, OpenError> {
        let nodes = std::mem::take(&mut file.nodes).by_id()?;
        if let Some(template) = &mut file.template {
            template.spread(&nodes);
        }
        Ok(Self { file, nodes })
    }

    fn apply(&mut self, step: Step) -> Result<(), OpenError> {
        for id in &step.gone {
            if self.nodes.remove(id).is_none() {
                let why = message!("없는 리소스를 지우는 변경이에요.", "A change takes away what is not there.");
                return Err(OpenError::at(*id, None, why));
            }
        }
        self.nodes.extend(step.nodes.by_id()?);
        if let Some(title) = step.title {
            self.file.title = title;
        }
        if let Some(assertions) = step.assertions {
            self.file.assertions = assertions;
        }
        if let Some(mut template) = step.template {
            if let Some(template) = &mut template {
                template.spread(&self.nodes);
            }
            self.file.template = template;
        }
        Ok(())
    }

    fn file(self) -> File {
        let Self { mut file, nodes } = self;
        if let Some(template) = &mut file.template {
            template.gather(nodes.keys().copied());
        }
        file.nodes = Nodes::from(nodes);
        file
    }
}
