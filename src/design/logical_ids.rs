//! Logical ids: PascalCase words from a node's name and its kind, `PublicSubnetA`, `WebSecurityGroup`. An id depends on its own node alone, so
//! that an edit elsewhere never replaces a deployed resource; only a second node of the same name gets its number added.

use std::collections::{BTreeMap, BTreeSet};

use super::Design;
use crate::catalog::Kind;
use crate::id::NodeId;
use crate::text::{capitalized, pascal};

/// Room for what parts and parameters append, within the 255 characters of CloudFormation.
const LONGEST: usize = 160;

/// What people call kinds for short; the id spells it out.
const SHORT: [(&str, Kind); 41] = [
    ("acl", Kind::NetworkAcl),
    ("alb", Kind::LoadBalancer),
    ("ami", Kind::MachineImage),
    ("api", Kind::ApiGateway),
    ("asg", Kind::AutoScalingGroup),
    ("bucket", Kind::S3Bucket),
    ("build", Kind::CodeBuildProject),
    ("cdn", Kind::Distribution),
    ("cert", Kind::Certificate),
    ("cloudfront", Kind::Distribution),
    ("cluster", Kind::EcsCluster),
    ("db", Kind::DbInstance),
    ("eip", Kind::ElasticIp),
    ("elb", Kind::LoadBalancer),
    ("function", Kind::LambdaFunction),
    ("gwlb", Kind::LoadBalancer),
    ("igw", Kind::InternetGateway),
    ("key", Kind::KeyPair),
    ("lambda", Kind::LambdaFunction),
    ("lb", Kind::LoadBalancer),
    ("logs", Kind::LogGroup),
    ("lt", Kind::LaunchTemplate),
    ("nacl", Kind::NetworkAcl),
    ("nat", Kind::NatGateway),
    ("natgw", Kind::NatGateway),
    ("ngw", Kind::NatGateway),
    ("nlb", Kind::LoadBalancer),
    ("pipeline", Kind::CodePipeline),
    ("profile", Kind::InstanceProfile),
    ("rds", Kind::DbInstance),
    ("repo", Kind::EcrRepository),
    ("repository", Kind::EcrRepository),
    ("rt", Kind::RouteTable),
    ("rtb", Kind::RouteTable),
    ("service", Kind::EcsService),
    ("sg", Kind::SecurityGroup),
    ("svc", Kind::EcsService),
    ("table", Kind::DynamodbTable),
    ("task", Kind::TaskDefinition),
    ("tg", Kind::TargetGroup),
    ("zone", Kind::HostedZone),
];

/// The logical id of every node, those of the template that the design was opened from first.
pub fn logical_ids(design: &Design) -> BTreeMap<NodeId, String> {
    match design.template() {
        Some(original) => logical_ids_beside(design, &original.names, &original.reserved()),
        None => logical_ids_beside(design, &BTreeMap::new(), &BTreeSet::new()),
    }
}

/// The logical id of every node. Those in `given` keep theirs, and none of the `reserved` names is given to another.
pub fn logical_ids_beside(
    design: &Design,
    given: &BTreeMap<NodeId, String>,
    reserved: &BTreeSet<String>,
) -> BTreeMap<NodeId, String> {
    let mut taken = reserved.clone();
    let mut ids = BTreeMap::new();
    for (id, node) in design.nodes() {
        if let Some(name) = given.get(&id) {
            ids.insert(id, name.clone());
            continue;
        }
        let mut logical = logical_id(&node.name, node.kind());
        if taken.contains(&logical) {
            logical = format!("{logical}{}", id.0);
        }
        while !taken.insert(logical.clone()) {
            logical.push('N');
        }
        ids.insert(id, logical);
    }
    ids
}

fn logical_id(name: &str, kind: Kind) -> String {
    let kind_words = pascal(kind.spec().id);
    let mut words = capitalized(name);
    // The letter or number of a row of siblings stays last: public-a is PublicSubnetA.
    let numbered = |word: &String| word.len() == 1 || word.bytes().all(|byte| byte.is_ascii_digit());
    let tail = if words.len() > 1 && words.last().is_some_and(numbered) { words.pop() } else { None };
    let is_short = |word: &String| SHORT.contains(&(word.to_ascii_lowercase().as_str(), kind));
    if words.last().is_some_and(is_short) {
        words.pop();
    }
    let mut id: String = words.concat().chars().take(LONGEST).collect();
    if !id.to_ascii_lowercase().ends_with(&kind_words.to_ascii_lowercase()) {
        id.push_str(&kind_words);
    }
    id.push_str(&tail.unwrap_or_default());
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_say_name_and_kind() {
        for (name, kind, want) in [
            ("public-a", Kind::Subnet, "PublicSubnetA"),
            ("public subnet 2", Kind::Subnet, "PublicSubnet2"),
            ("web-sg", Kind::SecurityGroup, "WebSecurityGroup"),
            ("igw", Kind::InternetGateway, "InternetGateway"),
            ("nat-a-eip", Kind::ElasticIp, "NatAElasticIp"),
            ("WebServer", Kind::Instance, "WebServerInstance"),
            ("lab-vpc", Kind::Vpc, "LabVpc"),
            ("웹 서브넷", Kind::Subnet, "Subnet"),
            ("서버 web", Kind::Instance, "WebInstance"),
            ("a", Kind::Instance, "AInstance"),
            ("---", Kind::Vpc, "Vpc"),
            ("web-service", Kind::EcsService, "WebEcsService"),
            ("web-logs", Kind::LogGroup, "WebLogGroup"),
        ] {
            assert_eq!(logical_id(name, kind), want, "{name}");
        }
        assert!(logical_id(&"x".repeat(255), Kind::SecurityGroup).len() < 200);
    }
}
