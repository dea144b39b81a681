//! A container repository: its lifecycle policy as text.

use super::Irregular;
use crate::catalog::kinds::EcrRepository;
use crate::cloudformation::{Emit, Read};
use crate::text::Message;

impl Irregular for EcrRepository {
    fn export(&self, emit: &mut Emit<'_>) {
        if !self.lifecycle_policy.is_empty() {
            emit.set_property("LifecyclePolicy.LifecyclePolicyText", self.lifecycle_policy.as_str());
        }
        let uri = emit.attribute_of(emit.node(), "RepositoryUri");
        emit.output("Uri", format!("Where to push images of {}", emit.logical()), uri);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.lifecycle_policy = read
            .get("LifecyclePolicy.LifecyclePolicyText")
            .map(|text| read.parse(text))
            .transpose()?
            .unwrap_or_default();
        Ok(())
    }
}
