//! One node out of a template: its fields by their properties, then what its kind reads itself.

use super::kinds;
use super::metadata::Entry;
use super::read::uniform;
use super::read::{Read, Reading};
use crate::catalog::{Body, Kind, Meta, Widget};
use crate::id::NodeId;
use crate::template::{Json, path};
use crate::text::Message;

impl Reading<'_> {
    /// A node's properties as the template has them; what its fields keep where the template still says what it said.
    pub fn body(&self, id: NodeId, kind: Kind, entry: Option<&Entry>) -> Body {
        let properties = self.properties(id);
        let mut body = kind.bare_body();
        for meta in kind.fields().iter().filter(|meta| !meta.property.is_empty()) {
            let Some(json) = properties.and_then(|properties| path::get(properties, meta.property)) else { continue };
            let json = self.written_document(id, meta).unwrap_or(json);
            let doubt = |why: Message| self.doubt(id, Some(meta.id), meta.property, why.within(meta.label));
            match uniform::value(meta, json, self, &doubt).and_then(|value| body.set(meta.id, &value)) {
                Ok(()) => {}
                Err(why) => doubt(why),
            }
        }
        if let Err(why) = kinds::import(&mut body, &Read::new(self, id)) {
            self.doubt(id, None, "", why);
        }
        for (field, kept) in entry.into_iter().flat_map(|entry| &entry.kept) {
            if body.value(field).as_ref() != Some(&kept.template) {
                continue;
            }
            match body.set(field, &kept.value) {
                // What the template cannot say stands beside it, so there is no doubt about it.
                Ok(()) => self.doubts.borrow_mut().retain(|one| one.node != id || one.field != Some(field.as_str())),
                Err(why) => self.doubt(id, None, "", why),
            }
        }
        body
    }

    /// A document keeps its expressions: they are what people edit.
    fn written_document(&self, id: NodeId, meta: &Meta) -> Option<&Json> {
        let is_document = matches!(meta.widget, Widget::Json);
        let written = || self.scope.section("Resources")?.get(*self.logical.get(&id)?)?.get("Properties")?.as_object();
        path::get(written().filter(|_| is_document)?, meta.property)
    }
}
