//! A hosted zone: the parameter for its domain, and the VPCs of a private one or the name servers of a public one.

use super::Irregular;
use crate::catalog::kinds::HostedZone;
use crate::cloudformation::{Emit, Group, Parameter, Read};
use crate::id::NodeId;
use crate::template::Json;
use crate::text::Message;

impl Irregular for HostedZone {
    fn export(&self, emit: &mut Emit<'_>) {
        let parameter = Parameter {
            group: Group::Names,
            type_name: "String",
            default: self.domain.to_string(),
            description: "Domain of the hosted zone, registered by you".to_owned(),
            pattern: r"^[a-z0-9_.-]+$",
        };
        let node = emit.node();
        let domain = emit.parameter(emit.domain_parameter(node), parameter);
        emit.set_property("Name", domain);
        if self.is_private() {
            let region = crate::template::reference("AWS::Region");
            let vpc = |vpc: &NodeId| Some(serde_json::json!({ "VPCId": emit.refer(*vpc)?, "VPCRegion": region }));
            let vpcs: Vec<Json> = self.vpcs.iter().filter_map(vpc).collect();
            emit.set_property("VPCs", vpcs);
        } else {
            let servers = serde_json::json!({ "Fn::Join": [", ", emit.attribute_of(node, "NameServers")] });
            emit.output("NameServers", "Name servers to enter where the domain is registered", servers);
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.vpcs = read.list("VPCs").iter().filter_map(|vpc| read.node(vpc.get("VPCId")?)).collect();
        Ok(())
    }
}
