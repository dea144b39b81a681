//! Changes by the places of values.

use super::super::super::pointer::steps;
use super::super::super::{Json, Problem};
use super::super::Source;
use crate::message;

/// A change of one value. Places are JSON pointers: `/Resources/Vpc/Properties/CidrBlock`.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Gives a value to what is there, or to a new entry at the end of a mapping.
    Set {
        /// Where.
        at: String,
        /// What.
        to: Json,
    },
    /// Takes a member out.
    Remove {
        /// Where.
        at: String,
    },
    /// Puts a member into a list before the one of that number; `-` is the end.
    Insert {
        /// Where.
        at: String,
        /// What.
        value: Json,
    },
}

impl Source {
    /// The text with changes made one after another; all else stays as it is.
    ///
    /// # Errors
    /// The place of a change that leads nowhere.
    pub fn edit(&self, changes: &[Change]) -> Result<String, Problem> {
        let mut template = self.template.clone();
        for change in changes {
            let at = match change {
                Change::Set { at, .. } | Change::Remove { at } | Change::Insert { at, .. } => at,
            };
            if make(&mut template, change).is_none() {
                let why = message!(
                    "{at}이(가) 템플릿에 없어서 바꿀 수 없어요.",
                    "{at} is not in the template, so it cannot be changed."
                );
                return Err(self.problem(at, why));
            }
        }
        Ok(self.rewrite(&template))
    }
}

/// Makes a change; none where its place leads nowhere.
fn make(template: &mut Json, change: &Change) -> Option<()> {
    let at = match change {
        Change::Set { at, .. } | Change::Remove { at } | Change::Insert { at, .. } => at,
    };
    let mut steps = steps(at);
    let last = steps.pop()?;
    let mut inner = template;
    for step in &steps {
        inner = match inner {
            Json::Object(entries) => entries.get_mut(step)?,
            Json::Array(items) => items.get_mut(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    match (inner, change) {
        (Json::Object(entries), Change::Set { to, .. }) => drop(entries.insert(last, to.clone())),
        (Json::Object(entries), Change::Remove { .. }) => drop(entries.shift_remove(&last)?),
        (Json::Array(items), Change::Insert { value, .. }) => {
            let at = if last == "-" { items.len() } else { last.parse().ok().filter(|at| *at <= items.len())? };
            items.insert(at, value.clone());
        }
        (Json::Array(items), Change::Set { to, .. }) => *items.get_mut(last.parse::<usize>().ok()?)? = to.clone(),
        (Json::Array(items), Change::Remove { .. }) => {
            let at = last.parse::<usize>().ok().filter(|at| *at < items.len())?;
            items.remove(at);
        }
        _ => return None,
    }
    Some(())
}
