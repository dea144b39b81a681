//! A resource of any type: its properties as they are written, and what they refer to.

use std::collections::BTreeSet;

use super::Irregular;
use crate::catalog::JsonText;
use crate::catalog::kinds::CloudformationResource;
use crate::cloudformation::evaluate::references;
use crate::cloudformation::{Emit, Read};
use crate::template::Json;
use crate::text::Message;

impl CloudformationResource {
    /// The names that the properties refer to.
    pub fn names(&self) -> BTreeSet<String> {
        let json = self.properties.json();
        json.iter().flat_map(references).map(|mention| mention.logical).collect()
    }
}

impl Irregular for CloudformationResource {
    fn export(&self, emit: &mut Emit<'_>) {
        let type_name = self.type_name.trim();
        if !self.has_sound_type() {
            emit.leave_out(crate::message!(
                "'{type_name}'은(는) 리소스 유형이 아니라서 템플릿에 넣지 못했어요. AWS::SNS::Topic처럼 적어 주세요.",
                "\"{type_name}\" is no resource type, so it is not in the template. Write one such as AWS::SNS::Topic."
            ));
            return;
        }
        emit.set_type(type_name);
        match self.properties.json() {
            Some(Json::Object(properties)) => {
                properties.into_iter().for_each(|(key, value)| emit.set_key(&key, value));
            }
            Some(_) => emit.note(crate::message!(
                "속성은 JSON 객체({{…}})여야 해서 템플릿에 넣지 못했어요.",
                "The properties must be a JSON object ({{…}}) and are not in the template."
            )),
            None => {}
        }
        let names = self.names();
        for to in &self.references {
            emit.depends_on(emit.resource_name(*to).filter(|name| !names.contains(name)));
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.type_name = read.type_name().to_owned();
        self.properties =
            read.written().map(|properties| JsonText::of(&Json::Object(properties.clone()))).unwrap_or_default();
        self.references = read.mentioned();
        Ok(())
    }
}
