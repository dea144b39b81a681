//! Who may do what with a bucket: its policy, in the design and as it is deployed.

use super::S3Bucket;
use crate::template::Json;

/// What stands for the bucket's own name in its policy.
pub const OWN_NAME: &str = "${BucketName}";

/// The policy that lets everyone read every object.
pub fn public_read_policy() -> Json {
    serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "PublicRead", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": format!("arn:aws:s3:::{OWN_NAME}/*")
        }]
    })
}

impl S3Bucket {
    /// The statements of its policy.
    pub fn statements(&self) -> Vec<Json> {
        match self.policy.json().as_mut().and_then(|policy| policy.get_mut("Statement")).map(Json::take) {
            Some(Json::Array(statements)) => statements,
            Some(one) => vec![one],
            None => Vec::new(),
        }
    }

    /// Whether its policy lets everyone do something.
    pub fn policy_admits_everyone(&self) -> bool {
        self.statements().iter().any(Self::admits_everyone)
    }

    /// Whether a statement lets everyone do something.
    pub fn admits_everyone(statement: &Json) -> bool {
        statement.get("Condition").is_none() && allows_everyone(statement)
    }

    /// Whether its policy lets those of everyone do something who meet a condition: who send a header, or come from an address.
    pub fn policy_admits_on_condition(&self) -> bool {
        self.statements().iter().any(|statement| statement.get("Condition").is_some() && allows_everyone(statement))
    }

    /// Whether everyone on the internet may read its objects.
    pub fn is_public(&self) -> bool {
        !self.block_public_policy && !self.restrict_public_buckets && self.policy_admits_everyone()
    }
}

fn allows_everyone(statement: &Json) -> bool {
    let allows = statement.get("Effect").and_then(Json::as_str) == Some("Allow");
    allows && statement.get("Principal").is_some_and(is_everyone)
}

/// Whether a principal is everyone.
fn is_everyone(principal: &Json) -> bool {
    match principal {
        Json::String(one) => one == "*",
        Json::Array(several) => several.iter().any(is_everyone),
        Json::Object(kinds) => kinds.get("AWS").is_some_and(is_everyone),
        _ => false,
    }
}
