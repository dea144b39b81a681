//! A DB subnet group: its description, and the subnets it is deployed with.

use super::Irregular;
use crate::catalog::kinds::DbSubnetGroup;
use crate::cloudformation::{Emit, description};
use crate::template::Json;

impl Irregular for DbSubnetGroup {
    fn export(&self, emit: &mut Emit<'_>) {
        let told = if self.description.is_empty() { emit.name() } else { self.description.as_str() };
        let (text, _) = description(told, &format!("Subnets of {}", emit.logical()));
        emit.set_property("DBSubnetGroupDescription", text);
        let subnets: Vec<Json> =
            emit.context().group_subnets(emit.node(), self).into_iter().filter_map(|id| emit.refer(id)).collect();
        if subnets.is_empty() {
            emit.leave_out(crate::message!(
                "VPC에 서브넷이 없어서 템플릿에 넣지 않았어요.",
                "The VPC has no subnet, so it is not in the template."
            ));
            return;
        }
        emit.set_property("SubnetIds", subnets);
    }

    fn import(&mut self, read: &crate::cloudformation::Read<'_>) -> Result<(), crate::text::Message> {
        let chosen = read.get("SubnetIds");
        // One expression may stand for the whole list.
        let each = chosen.map(|json| json.as_array().map_or_else(|| std::slice::from_ref(json), Vec::as_slice));
        self.subnets = each.into_iter().flatten().filter_map(|subnet| read.refer("subnets", subnet)).collect();
        self.description = read.get("DBSubnetGroupDescription").and_then(|text| read.text(text)).unwrap_or_default();
        Ok(())
    }
}
