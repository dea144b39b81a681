//! Roles: the one chosen for a resource, or one of its own that may do what it needs, so that what is dropped deploys.

use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::template::{Json, Object, attribute, object, substitution};

/// A statement that allows these actions on these resources.
pub fn allow(actions: &[&str], resources: impl Into<Json>) -> Json {
    serde_json::json!({ "Effect": "Allow", "Action": actions, "Resource": resources.into() })
}

/// The properties of a role that a service of AWS takes on (`codebuild.amazonaws.com`), with what it may do.
pub fn service_role(service: &str, managed: &[&str], statements: &[Json]) -> Object {
    let trust =
        serde_json::json!({ "Effect": "Allow", "Principal": { "Service": service }, "Action": "sts:AssumeRole" });
    let managed: Vec<Json> =
        managed.iter().map(|name| substitution(&format!("arn:${{AWS::Partition}}:iam::aws:policy/{name}"))).collect();
    let own = (!statements.is_empty()).then(|| {
        serde_json::json!([{ "PolicyName": "Work", "PolicyDocument": { "Version": "2012-10-17", "Statement": statements } }])
    });
    object([
        ("AssumeRolePolicyDocument", Some(serde_json::json!({ "Version": "2012-10-17", "Statement": [trust] }))),
        ("ManagedPolicyArns", (!managed.is_empty()).then(|| managed.into())),
        ("Policies", own),
    ])
}

/// What the id of a resource's own role ends in.
const OWN: &str = "Role";

/// The role chosen for the node being written; where there is none, a role of its own, which becomes a part.
pub fn role_of(emit: &mut Emit<'_>, chosen: Option<NodeId>, own: Object) -> Json {
    if let Some(role) = chosen.and_then(|id| emit.refer(id)) {
        return role;
    }
    emit.part(OWN, "AWS::IAM::Role", own);
    attribute(&emit.part_id(emit.node(), OWN), "Arn")
}

/// The role that a property names, if somebody chose it. One of its own is made again with the resource.
pub fn read_role(read: &Read<'_>, property: &str) -> Option<NodeId> {
    let role = read.get(property)?;
    read.part_at(role);
    read.node(role)
}
