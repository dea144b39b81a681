//! A role: whom it trusts, and its managed policies.

use super::Irregular;
use super::shared::policies::{read_managed, write_managed};
use crate::catalog::JsonText;
use crate::catalog::kinds::{IamRole, trust_of_service};
use crate::cloudformation::{Emit, Read};
use crate::text::Message;

impl Irregular for IamRole {
    fn export(&self, emit: &mut Emit<'_>) {
        match self.trust_policy() {
            Some(policy) => emit.set_property("AssumeRolePolicyDocument", policy),
            None => emit.leave_out(crate::message!(
                "신뢰하는 서비스가 없어서 역할을 템플릿에 넣지 못했어요.",
                "The role trusts nobody, so it is not in the template."
            )),
        }
        write_managed(emit, &self.aws_policies, &self.policies);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let service = self.trust.json().and_then(|json| {
            let service = json.pointer("/Statement/0/Principal/Service")?.as_str()?.to_owned();
            (trust_of_service(&service) == json).then_some(service)
        });
        if let Some(service) = service {
            (self.trusted_service, self.trust) = (service, JsonText::default());
        }
        (self.aws_policies, self.policies) = read_managed(read);
        Ok(())
    }
}
