//! A managed policy, which needs a document.

use super::Irregular;
use crate::catalog::kinds::IamPolicy;
use crate::cloudformation::Emit;

impl Irregular for IamPolicy {
    fn export(&self, emit: &mut Emit<'_>) {
        if self.document.is_empty() {
            emit.leave_out(crate::message!(
                "정책 문서가 비어 있어서 템플릿에 넣지 못했어요.",
                "The policy document is empty, so the policy is not in the template."
            ));
        }
    }
}
