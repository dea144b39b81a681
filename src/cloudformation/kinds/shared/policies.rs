//! The managed policies that IAM users, groups and roles write and read alike.

use crate::catalog::permissions::AwsPolicy;
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::template::{Json, substitution};

/// What the ARN of a policy of AWS begins with, in any partition.
const AWS_MANAGED: &str = "arn:${AWS::Partition}:iam::aws:policy/";

fn arn(policy: &AwsPolicy) -> Json {
    if policy.policy.starts_with("arn:") {
        policy.policy.as_str().into()
    } else {
        substitution(&format!("{AWS_MANAGED}{}", policy.policy))
    }
}

/// Writes the managed policies.
pub fn write_managed(emit: &mut Emit<'_>, aws: &[AwsPolicy], own: &[NodeId]) {
    let of_aws = aws.iter().filter(|policy| !policy.policy.is_empty()).map(arn);
    let mut arns: Vec<Json> = Vec::new();
    for arn in of_aws.chain(own.iter().filter_map(|id| emit.refer(*id))) {
        // AWS refuses a policy that is named twice.
        if !arns.contains(&arn) {
            arns.push(arn);
        }
    }
    if !arns.is_empty() {
        emit.set_property("ManagedPolicyArns", arns);
    }
}

/// Reads the managed policies.
pub fn read_managed(read: &Read<'_>) -> (Vec<AwsPolicy>, Vec<NodeId>) {
    let (mut aws, mut own) = (Vec::new(), Vec::new());
    for json in read.list("ManagedPolicyArns") {
        if let Some(id) = read.node(json) {
            own.push(id);
            continue;
        }
        // The partition is known or not: `arn:aws:…`, `arn:${AWS::Partition}:…`.
        let policy = read.text(json).map(|arn| match arn.split_once(":iam::aws:policy/") {
            Some((_, name)) => AwsPolicy::named(name),
            None => AwsPolicy { policy: arn },
        });
        aws.extend(policy);
    }
    (aws, own)
}
