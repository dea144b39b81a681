//! Who is meant by a name: what gives itself one, and who lists this node.

use super::Read;
use super::uniform;
use crate::catalog::Kind;
use crate::id::NodeId;
use crate::template::{Json, Object};

impl Read<'_> {
    /// The bucket of this name, which may be written as `Fn::Sub` writes a reference to it: `${Bucket}`.
    pub fn bucket(&self, name: &str) -> Option<NodeId> {
        let nodes = &self.reading.names.nodes;
        let is_bucket = |logical: &str| self.type_of(logical) == Some("AWS::S3::Bucket");
        let referred = name.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        if let Some(logical) = referred.filter(|logical| is_bucket(logical)) {
            return nodes.get(logical).copied();
        }
        let says = |logical: &str| {
            let json = self.reading.resources.get(logical)?.get("Properties")?.get("BucketName")?;
            uniform::pattern(&self.reading.resolve(json))
        };
        let mut named =
            nodes.iter().filter(|(logical, _)| is_bucket(logical) && says(logical).as_deref() == Some(name));
        named.next().map(|(_, id)| *id)
    }

    /// The node of a kind whose resource gives itself a name by a property, written as this expression or coming to the same text.
    pub fn named_by(&self, kind: Kind, property: &str, name: &Json) -> Option<NodeId> {
        let is_it = |one: &Json| {
            one.get("Type").and_then(Json::as_str) == Some(kind.spec().cloudformation_type)
                && one.get("Properties").and_then(|all| all.get(property)) == Some(name)
        };
        let mut all = self.reading.resources.iter().filter(|(_, one)| is_it(one));
        let found = all.next().filter(|_| all.next().is_none());
        found.and_then(|(logical, _)| self.reading.names.nodes.get(logical).copied())
    }

    /// The node that `to` of a resource of a type leads to whose property `from` names a logical id: the API of a mapping that names a domain.
    pub fn joined_by(&self, type_name: &str, from: &str, logical: &str, to: &str) -> Option<NodeId> {
        let all = self.reading.resources.values();
        let properties = all.filter(|one| one.get("Type").and_then(Json::as_str) == Some(type_name));
        let mut properties = properties.filter_map(|one| one.get("Properties"));
        properties.find_map(|all| {
            let named = all.get(from).and_then(super::target);
            self.node(all.get(to)?).filter(|_| named == Some(logical))
        })
    }

    /// The properties of another node's resource, evaluated.
    pub fn written_of(&self, node: NodeId) -> Option<&Object> {
        self.reading.properties(node)
    }

    /// The node of the resource of a type of which an item of the list `property` has a reference to this node in `member`.
    pub fn named_in_list(&self, type_name: &str, property: &str, member: &str) -> Option<NodeId> {
        let is_of_type = |one: &&Json| one.get("Type").and_then(Json::as_str) == Some(type_name);
        let names = |item: &Json| item.get(member).and_then(|json| self.node(json)) == Some(self.node);
        let holds = |one: &Json| {
            let items = one.get("Properties").and_then(|all| all.get(property)?.as_array());
            items.is_some_and(|items| items.iter().any(names))
        };
        let mut all = self.reading.resources.iter().filter(|(_, one)| is_of_type(one) && holds(one));
        all.find_map(|(logical, _)| self.reading.names.nodes.get(logical).copied())
    }
}
