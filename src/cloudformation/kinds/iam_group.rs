//! An IAM group: its managed policies.

use super::Irregular;
use super::shared::policies::{read_managed, write_managed};
use crate::catalog::kinds::IamGroup;
use crate::cloudformation::{Emit, Read};
use crate::text::Message;

impl Irregular for IamGroup {
    fn export(&self, emit: &mut Emit<'_>) {
        write_managed(emit, &self.aws_policies, &self.policies);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        (self.aws_policies, self.policies) = read_managed(read);
        Ok(())
    }
}
