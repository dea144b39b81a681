//! What tasks need around them: the services of AWS they call as they start, and the ways there.

use super::Context;
use crate::catalog::Kind;
use crate::catalog::kinds::{EcsService, Subnet, TaskDefinition, VpcEndpoint};
use crate::id::NodeId;
use crate::net::{Cidr, Protocol};

use super::admission::covered;

/// A service of AWS that tasks call as they start, by the name of its endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// `ecr.api`: to be let into the registry.
    EcrApi,
    /// `ecr.dkr`: to pull images.
    EcrDkr,
    /// `s3`: layers of images lie there, and environment files.
    S3,
    /// `logs`: for the awslogs driver.
    Logs,
    /// `ssm`: parameters.
    Ssm,
    /// `secretsmanager`: secrets.
    SecretsManager,
}

impl Need {
    /// The endpoint's service.
    pub const fn service(self) -> &'static str {
        match self {
            Self::EcrApi => "ecr.api",
            Self::EcrDkr => "ecr.dkr",
            Self::S3 => "s3",
            Self::Logs => "logs",
            Self::Ssm => "ssm",
            Self::SecretsManager => "secretsmanager",
        }
    }
}

/// The services that a task calls as it starts.
pub fn needs(task: &TaskDefinition) -> Vec<Need> {
    let mut found = Vec::new();
    for container in &task.containers {
        if container.is_private_image() {
            found.extend([Need::EcrApi, Need::EcrDkr, Need::S3]);
        }
        if container.log_group.is_some() {
            found.push(Need::Logs);
        }
        if !container.environment_files.is_empty() {
            found.push(Need::S3);
        }
        for secret in &container.secrets {
            found.push(if secret.is_of_secrets_manager() { Need::SecretsManager } else { Need::Ssm });
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The first image that lies outside of AWS's private registries, so that only a way to the internet leads there.
pub fn outside_image(task: &TaskDefinition) -> Option<&str> {
    let outside = task.containers.iter().find(|container| !container.is_private_image() && !container.image.is_empty());
    outside.map(|container| container.image.as_str())
}

/// Where a subnet's packets for the internet leave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// By the internet gateway, so that a public address is needed.
    Public,
    /// By something else: a NAT gateway, an instance, a peer.
    Through,
    /// Nowhere.
    None,
}

impl<'a> Context<'a> {
    /// Where a subnet's packets for the internet leave it.
    pub fn way_out(&self, subnet: NodeId) -> WayOut {
        if self.is_public(subnet) {
            return WayOut::Public;
        }
        match self.default_route_of(subnet).flatten().and_then(|target| self.design.node(target)) {
            Some(node) if node.kind() != Kind::InternetGateway => WayOut::Through,
            // What lies beyond is not known, and is taken to lead out.
            None if self.leads_beyond(subnet) => WayOut::Through,
            _ if self.leads_out_by_ipv6(subnet) => WayOut::Through,
            _ => WayOut::None,
        }
    }

    /// The services of ECS with the task definition that each runs.
    pub fn services(&self) -> impl Iterator<Item = (NodeId, &'a str, &'a EcsService, &'a TaskDefinition)> {
        let design = self.design;
        self.all::<EcsService>().filter_map(move |(id, node, service)| {
            Some((id, node.name.as_str(), service, design.get::<TaskDefinition>(service.task_definition?)?))
        })
    }

    /// The services whose tasks run without instances.
    pub fn fargate_services(&self) -> impl Iterator<Item = (NodeId, &'a str, &'a EcsService, &'a TaskDefinition)> {
        self.services().filter(|(_, _, service, task)| service.is_fargate() && task.is_fargate())
    }

    /// The interface endpoint through which a VPC reaches a service by its usual name.
    pub fn interface_endpoint(&self, vpc: NodeId, service: &str) -> Option<(NodeId, &'a VpcEndpoint)> {
        let (_, body) = self.vpc_of_itself(vpc)?;
        let named = body.dns_support && body.dns_hostnames;
        let mut endpoints = self.within::<VpcEndpoint>(vpc).filter(|(_, _, endpoint)| {
            endpoint.is_interface() && endpoint.short_service() == service && !endpoint.subnets.is_empty()
        });
        // A gateway for S3 serves the usual name; an interface does only with private DNS, which S3 offers beside a gateway.
        endpoints.find(|(_, _, endpoint)| endpoint.private_dns && named).map(|(id, _, endpoint)| (id, endpoint))
    }

    fn vpc_of_itself(&self, vpc: NodeId) -> Option<(NodeId, &'a crate::catalog::kinds::Vpc)> {
        Some((vpc, self.design.get(vpc)?))
    }

    /// Whether a gateway endpoint gives a subnet a route to a service.
    pub fn has_gateway_endpoint(&self, subnet: NodeId, service: &str) -> bool {
        let Some((vpc, _)) = self.vpc_of(subnet) else { return false };
        let Some((table, _)) = self.route_table_of(subnet) else { return false };
        self.within::<VpcEndpoint>(vpc).any(|(_, _, endpoint)| {
            endpoint.is_gateway() && endpoint.short_service() == service && endpoint.route_tables.contains(&table)
        })
    }

    /// The private subnets of a VPC, one in each zone; public ones where there is no other.
    pub fn private_subnets(&self, vpc: NodeId) -> Vec<NodeId> {
        let all: Vec<NodeId> = self.within::<Subnet>(vpc).map(|(id, ..)| id).collect();
        let private: Vec<NodeId> = all.iter().copied().filter(|id| !self.is_public(*id)).collect();
        let mut zones = std::collections::BTreeSet::new();
        let one_a_zone = |id: &NodeId| zones.insert(self.zone_of(*id));
        if private.is_empty() { all } else { private }.into_iter().filter(one_a_zone).collect()
    }

    /// What of the needs no endpoint serves in a subnet.
    pub fn unserved(&self, subnet: NodeId, needs: &[Need]) -> Vec<Need> {
        let Some((vpc, _)) = self.vpc_of(subnet) else { return Vec::new() };
        let served = |need: &Need| {
            let gateway = *need == Need::S3 && self.has_gateway_endpoint(subnet, need.service());
            gateway || self.interface_endpoint(vpc, need.service()).is_some()
        };
        needs.iter().copied().filter(|need| !served(need)).collect()
    }

    /// Whether groups admit a TCP port from interfaces in some subnets with some groups. An empty list of groups is the VPC's default group, which
    /// admits its own members only.
    pub fn admits_interfaces(&self, groups: &'a [NodeId], port: u16, from: &[NodeId], subnets: &[NodeId]) -> bool {
        if groups.is_empty() {
            return from.is_empty();
        }
        let rules = self.admitting(groups, Protocol::Tcp, port);
        if rules.clone().any(|rule| rule.group.is_some_and(|group| from.contains(&group))) {
            return true;
        }
        let blocks: Vec<Cidr> = rules.filter(|rule| rule.group.is_none()).filter_map(|rule| rule.cidr?.v4()).collect();
        let mut whole = subnets.iter().filter_map(|subnet| self.design.get::<Subnet>(*subnet)).peekable();
        whole.peek().is_some() && whole.all(|subnet| covered(subnet.cidr, blocks.iter().copied()))
    }
}

/// Whether a name is mostly that of something secret.
pub fn names_a_secret(name: &str) -> bool {
    const WORDS: [&str; 10] = [
        "password",
        "passwd",
        "passphrase",
        "secret",
        "token",
        "apikey",
        "api_key",
        "api-key",
        "private_key",
        "credential",
    ];
    /// What such a name ends in where it says of a secret where it lies, or how long it lasts.
    const ABOUT: [&str; 22] = [
        "arn",
        "name",
        "id",
        "path",
        "file",
        "url",
        "uri",
        "endpoint",
        "region",
        "prefix",
        "issuer",
        "version",
        "length",
        "ttl",
        "expiry",
        "expiration",
        "timeout",
        "seconds",
        "minutes",
        "hours",
        "days",
        "enabled",
    ];
    let about = |name: &str| {
        // SECRET_ARN and secretArn, but not learn or TOKENID.
        let lower = name.to_ascii_lowercase();
        ABOUT.iter().any(|end| {
            let Some(at) = lower.strip_suffix(end).map(str::len) else { return false };
            let before = name.get(..at).and_then(|before| before.chars().next_back());
            let first = name.get(at..).and_then(|end| end.chars().next());
            match (before, first) {
                (Some('_' | '-' | '.' | '/'), _) => true,
                (Some(before), Some(first)) => before.is_lowercase() && first.is_uppercase(),
                _ => false,
            }
        })
    };
    if about(name) {
        return false;
    }
    let name = name.to_ascii_lowercase();
    WORDS.iter().any(|word| name.contains(word))
}
