//! What still speaks of resources that were removed: waits and outputs go with them, the rest is told of.

use super::super::evaluate::references;
use super::super::export::Note;
use super::{Merge, insert_section, names_in, section};
use crate::message;
use crate::template::{Json, Object};

impl Merge<'_> {
    /// Takes out of a template what waits for resources that are gone, and outputs of them.
    pub(super) fn clear_gone(&mut self, template: &mut Json) {
        if self.gone.is_empty() {
            return;
        }
        let mut resources = section(template, "Resources");
        for (logical, resource) in &mut resources {
            self.clear(logical, resource);
        }
        insert_section(template, "Resources", resources);
        let mut outputs = section(template, "Outputs");
        let lost = |output: &Json| {
            references(output).into_iter().map(|mention| mention.logical).find(|name| self.gone.contains(name))
        };
        let dead: Vec<(String, String)> =
            outputs.iter().filter_map(|(name, output)| Some((name.clone(), lost(output)?))).collect();
        for (name, of) in dead {
            outputs.shift_remove(&name);
            let message = message!(
                "출력 {name}은(는) 지워진 {of}을(를) 가리켜서 함께 지웠어요.",
                "The output {name} refers to {of}, which was removed, and went with it."
            );
            self.notes.push(Note { node: None, message });
        }
        put_or_remove(template, "Outputs", outputs);
    }

    fn clear(&mut self, logical: &str, resource: &mut Json) {
        let waits = names_in(resource.get("DependsOn"));
        if waits.iter().any(|name| self.gone.contains(name))
            && let Some(entries) = resource.as_object_mut()
        {
            let left: Vec<Json> =
                waits.into_iter().filter(|name| !self.gone.contains(name)).map(Json::String).collect();
            match left.as_slice() {
                [] => drop(entries.shift_remove("DependsOn")),
                [one] => drop(entries.insert("DependsOn".to_owned(), one.clone())),
                _ => drop(entries.insert("DependsOn".to_owned(), left.into())),
            }
        }
        let named = resource.get("Properties").map(references).unwrap_or_default();
        let mut lost: Vec<String> =
            named.into_iter().map(|mention| mention.logical).filter(|name| self.gone.contains(name)).collect();
        lost.dedup();
        for of in lost {
            let node = self.original.names.iter().find(|(_, name)| *name == logical).map(|(id, _)| *id);
            let message = message!(
                "{logical}의 속성이 지워진 {of}을(를) 아직 가리켜요. 고치지 않으면 배포할 수 없어요.",
                "The properties of {logical} still refer to {of}, which was removed. Mend them, or the template cannot be deployed."
            );
            self.notes.push(Note { node, message });
        }
    }
}

/// Puts a section back, or takes it out if nothing is left in it: a template may hold no empty one.
fn put_or_remove(template: &mut Json, name: &str, section: Object) {
    if section.is_empty() {
        template.as_object_mut().map(|sections| sections.shift_remove(name));
    } else {
        insert_section(template, name, section);
    }
}
