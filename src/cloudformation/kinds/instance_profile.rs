//! An instance profile: its one role.

use super::Irregular;
use crate::catalog::kinds::InstanceProfile;
use crate::cloudformation::Emit;

impl Irregular for InstanceProfile {
    fn export(&self, emit: &mut Emit<'_>) {
        match self.role.filter(|role| emit.refer(*role).is_some()) {
            // By its name: the usual reference to a role is its ARN.
            Some(role) => emit.set_property("Roles", vec![emit.reference_to(role)]),
            None => emit.leave_out(crate::message!(
                "역할이 없는 인스턴스 프로파일은 만들 수 없어서 템플릿에 넣지 못했어요.",
                "An instance profile cannot be created without a role, so it is not in the template."
            )),
        }
    }
}
