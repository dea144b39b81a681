//! An IAM user: groups, managed policies and the password.

use super::Irregular;
use super::shared::policies::{read_managed, write_managed};
use crate::catalog::kinds::IamUser;
use crate::cloudformation::{Emit, Read};
use crate::template::{object, reference, substitution};
use crate::text::Message;

/// What stands around the name of a secret where a template takes its value, which nobody then sees in the template.
const RESOLVED: &str = "{{resolve:secretsmanager:${";
const CLOSED: &str = "}}}";

impl Irregular for IamUser {
    fn export(&self, emit: &mut Emit<'_>) {
        write_managed(emit, &self.aws_policies, &self.policies);
        if self.console_access {
            let password = object([("GenerateSecretString", Some(serde_json::json!({ "PasswordLength": 20 })))]);
            emit.part("Password", "AWS::SecretsManager::Secret", password);
            let secret = emit.part_id(emit.node(), "Password");
            emit.set_property("LoginProfile.Password", substitution(&format!("{RESOLVED}{secret}{CLOSED}")));
            emit.output("FirstPassword", "Where Secrets Manager keeps the first password", reference(&secret));
            emit.set_property("LoginProfile.PasswordResetRequired", true);
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        (self.aws_policies, self.policies) = read_managed(read);
        self.console_access = read.get("LoginProfile").is_some();
        let password = read.get("LoginProfile.Password").and_then(|password| password.get("Fn::Sub")?.as_str());
        if let Some(secret) = password.and_then(|text| text.strip_prefix(RESOLVED)?.strip_suffix(CLOSED)) {
            read.other_resource(secret);
        }
        Ok(())
    }
}
