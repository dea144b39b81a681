//! A customer gateway: its type.

use super::Irregular;
use crate::catalog::kinds::CustomerGateway;
use crate::cloudformation::Emit;

impl Irregular for CustomerGateway {
    fn export(&self, emit: &mut Emit<'_>) {
        emit.set_property("Type", "ipsec.1");
        if self.address.is_none() {
            emit.leave_out(crate::message!(
                "IP 주소를 적어야 템플릿에 넣을 수 있어요.",
                "Write its IP address to have it in the template."
            ));
        }
    }
}
