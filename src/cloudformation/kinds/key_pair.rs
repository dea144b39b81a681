//! A key pair: one of the stack, or a parameter that names one that exists.

use super::Irregular;
use crate::catalog::kinds::{KeyPair, KeySource};
use crate::cloudformation::{Emit, Group, Parameter, Read, description};
use crate::template::substitution;
use crate::text::Message;

impl Irregular for KeyPair {
    fn parameter(&self, name: &str) -> Option<(&'static str, Parameter)> {
        let parameter = Parameter {
            group: Group::Access,
            type_name: "AWS::EC2::KeyPair::KeyName",
            default: description(name, "my-key").0,
            description: "Name of an existing EC2 key pair for SSH".to_owned(),
            pattern: "",
        };
        Some(("Name", parameter))
    }

    fn export(&self, emit: &mut Emit<'_>) {
        // Names of keys are unique in a region, so the stack's name goes first.
        let name = description(emit.name(), emit.logical()).0.replace('$', "-");
        emit.set_property("KeyName", substitution(&format!("${{AWS::StackName}}-{name}")));
        let path = format!("/ec2/keypair/${{{}.KeyPairId}}", emit.logical());
        emit.output("PrivateKey", "Parameter Store path of the private key", substitution(&path));
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.source = if read.get("KeyName").is_some() { KeySource::Create } else { KeySource::Existing };
        Ok(())
    }
}
