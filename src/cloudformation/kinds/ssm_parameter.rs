//! A parameter of Parameter Store: its ARN, by which others read it.

use super::Irregular;
use crate::catalog::Resource;
use crate::catalog::kinds::SsmParameter;
use crate::cloudformation::Emit;
use crate::id::NodeId;
use crate::template::{Json, substitution};

/// What the ARN of a parameter of this account begins with.
const ARN: &str = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter";

impl SsmParameter {
    /// The ARN of a parameter, for those who read it.
    pub fn arn(&self, emit: &Emit<'_>, id: NodeId) -> Json {
        let slash = if self.parameter_name.starts_with('/') { "" } else { "/" };
        let name =
            if self.is_deployed() { format!("${{{}}}", emit.logical_of(id)) } else { self.parameter_name.clone() };
        substitution(&format!("{ARN}{slash}{name}"))
    }
}

impl Irregular for SsmParameter {
    fn export(&self, emit: &mut Emit<'_>) {
        if self.value.is_empty() {
            emit.leave_out(crate::message!(
                "값이 없어서 템플릿에 넣지 못했어요. 값을 적거나 유형을 보안 문자열로 바꾸세요.",
                "It has no value and is not in the template. Give it one, or make it a secure string."
            ));
        }
    }
}
