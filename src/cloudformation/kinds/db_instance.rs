//! A database: its password in a SecureString parameter, its subnet group, and what stays of it.

use super::Irregular;
use crate::catalog::kinds::{DatabaseRetention, DbInstance};
use crate::cloudformation::{Emit, Read};
use crate::text::Message;

impl Irregular for DbInstance {
    fn export(&self, emit: &mut Emit<'_>) {
        emit.on_deletion(self.retention.as_str());
        emit.set_property("AllocatedStorage", self.storage.to_string());
        if let Some(port) = self.port {
            emit.set_property("Port", port.to_string());
        }
        if !self.managed_password {
            // Only a reference to a secret may stand in a template, never the secret.
            let secret = format!("/{}/master-password", emit.logical());
            emit.set_property("MasterUserPassword", format!("{{{{resolve:ssm-secure:{secret}}}}}"));
            emit.note(crate::message!(
                "배포하기 전에 Parameter Store에 SecureString 파라미터 {secret}을(를) 만들어 마스터 암호를 넣으세요.",
                "Before deployment, create the SecureString parameter {secret} with the master password in Parameter Store."
            ));
            emit.remove_property("ManageMasterUserPassword");
        }
        match self.subnet_group.and_then(|id| emit.refer(id)) {
            Some(group) => emit.set_property("DBSubnetGroupName", group),
            None => emit.note(crate::message!(
                "DB 서브넷 그룹이 없어서 계정의 기본 VPC에 만들어져요.",
                "Without a DB subnet group it is created in the account's default VPC."
            )),
        }
        let (logical, node) = (emit.logical(), emit.node());
        emit.output("Address", format!("Host name of {logical}"), emit.attribute_of(node, "Endpoint.Address"));
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        read.read_into("storage", read.get("AllocatedStorage"), &mut self.storage);
        read.read_into("port", read.get("Port"), &mut self.port);
        self.managed_password = read.get("MasterUserPassword").is_none();
        self.subnet_group = read.get("DBSubnetGroupName").and_then(|group| read.refer("subnet_group", group));
        // A replica and a member of a cluster stand where their source or their cluster does.
        if self.subnet_group.is_none()
            && ["SourceDBInstanceIdentifier", "DBClusterIdentifier"].iter().any(|of| read.get(of).is_some())
        {
            read.leave_open("subnet_group");
        }
        match read.on_deletion() {
            Some("Snapshot") => self.retention = DatabaseRetention::Snapshot,
            Some("Delete") => self.retention = DatabaseRetention::Delete,
            Some(_) => self.retention = DatabaseRetention::Retain,
            None => {}
        }
        Ok(())
    }
}
