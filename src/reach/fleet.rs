//! Resources that put interfaces into subnets by themselves: fleets of instances, databases, tasks and functions. Each is a few lines here.

use super::addresses::Addresses;
use super::balancer::zone_of;
use super::lower::New;
use super::network::{Network, Owner, SubnetIx};
use crate::catalog::Body;
use crate::catalog::kinds::{
    AutoScalingGroup, DbInstance, DbSubnetGroup, EcsService, LambdaFunction, LaunchTemplate, NetworkMode, PublicIp,
    Subnet, TaskDefinition,
};
use crate::design::{Design, Node};
use crate::facts::Context;
use crate::id::NodeId;

/// What a resource puts where.
struct Fleet {
    owner: Owner,
    /// One interface in each stands for all that are there.
    subnets: Vec<NodeId>,
    /// Empty means the VPC's default group.
    groups: Vec<NodeId>,
    public: PublicIp,
    /// The target groups they join, and the port there where it is not the group's.
    joins: Vec<(NodeId, Option<u16>)>,
}

fn fleet(design: &Design, node: &Node) -> Option<Fleet> {
    match &node.body {
        Body::AutoScalingGroup(group) => auto_scaling(design, group),
        Body::DbInstance(db) => Some(database(design, db)),
        Body::EcsService(service) => tasks(design, service),
        Body::LambdaFunction(function) => Some(function_in(function)),
        _ => None,
    }
}

/// Whatever the number, one instance in each subnet stands for those that are launched there.
fn auto_scaling(design: &Design, group: &AutoScalingGroup) -> Option<Fleet> {
    let template = design.get::<LaunchTemplate>(group.launch_template.filter(|_| group.desired > 0)?)?;
    Some(Fleet {
        owner: Owner::Instance,
        subnets: group.subnets.clone(),
        groups: template.security_groups.clone(),
        public: template.public_ip,
        joins: group.target_groups.iter().map(|group| (*group, None)).collect(),
    })
}

/// A database stands in one subnet of its subnet group; a standby in a second.
fn database(design: &Design, db: &DbInstance) -> Fleet {
    let group = db.subnet_group.and_then(|group| Some((group, design.get::<DbSubnetGroup>(group)?)));
    let mut subnets = match group {
        Some((id, group)) if group.subnets.is_empty() => Context::new(design).group_subnets(id, group),
        Some((_, group)) => group.subnets.clone(),
        None => Vec::new(),
    };
    // The standby goes into another zone than the first, wherever that stands in the list.
    let first = subnets.first().and_then(|subnet| zone_of(design, *subnet));
    let elsewhere = |subnet: &NodeId| first.is_none() || zone_of(design, *subnet) != first;
    let standby = subnets.iter().skip(1).copied().find(elsewhere);
    subnets.truncate(1);
    subnets.extend(standby.filter(|_| db.multi_az));
    Fleet {
        owner: Owner::Managed,
        subnets,
        groups: db.security_groups.clone(),
        public: if db.public { PublicIp::Yes } else { PublicIp::No },
        joins: Vec::new(),
    }
}

/// Where each task has an interface of its own, one in each subnet stands for all.
fn tasks(design: &Design, service: &EcsService) -> Option<Fleet> {
    let task = design.get::<TaskDefinition>(service.task_definition.filter(|_| service.desired_count > 0)?)?;
    if task.mode() != NetworkMode::Awsvpc {
        return None;
    }
    let joins = service.load_balancers.iter().filter_map(|join| {
        let (_, port) = task.endpoint(&join.container, join.port)?;
        Some((join.target_group?, Some(port)))
    });
    Some(Fleet {
        owner: Owner::Managed,
        subnets: service.subnets.clone(),
        groups: service.security_groups.clone(),
        public: if service.assign_public_ip { PublicIp::Yes } else { PublicIp::No },
        joins: joins.collect(),
    })
}

/// A function in a VPC sends from interfaces there; it never gets a public address.
fn function_in(function: &LambdaFunction) -> Fleet {
    Fleet {
        owner: Owner::Function,
        subnets: function.subnets.clone(),
        groups: function.security_groups.clone(),
        public: PublicIp::No,
        joins: Vec::new(),
    }
}

impl Network {
    /// Adds the interfaces of a resource that puts some into subnets by itself.
    pub(super) fn add_fleet(
        &mut self,
        design: &Design,
        (id, node): (NodeId, &Node),
        subnet_ix: impl Fn(NodeId) -> Option<SubnetIx>,
        addresses: &mut Addresses,
    ) {
        let Some(fleet) = fleet(design, node) else { return };
        for subnet in &fleet.subnets {
            let Some(ix) = subnet_ix(*subnet) else { continue };
            let assigned = match fleet.public {
                PublicIp::Yes => true,
                PublicIp::No => false,
                PublicIp::SubnetDefault => design.get::<Subnet>(*subnet).is_some_and(|of| of.auto_assign_public_ip),
            };
            let groups = self.groups_or_default(ix, &fleet.groups);
            let public = (assigned && self.is_public_known(id)).then(|| addresses.public(None, None));
            let new = New { node: id, owner: fleet.owner, subnet: ix, public, groups, fixed: None };
            let interface = self.add(new, addresses);
            for (group, port) in &fleet.joins {
                self.joined.entry(*group).or_default().push((interface, *port));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Value;
    use crate::catalog::kinds::{GroupRule, SecurityGroup};
    use crate::reach::tests::traces::{blocked, opens};
    use crate::rules::testing::{Named, balanced};

    fn scaled() -> Named {
        let mut n = balanced();
        let security_groups = vec![n.id("app-sg")];
        let public_ip = PublicIp::No;
        let template =
            n.add("vpc", "template", LaunchTemplate { security_groups, public_ip, ..LaunchTemplate::default() });
        let subnets = ["private-a", "private-c"].map(|name| n.id(name)).into();
        let target_groups = vec![n.id("tg")];
        let launch_template = Some(template);
        let group = AutoScalingGroup { launch_template, subnets, target_groups, ..AutoScalingGroup::default() };
        n.add("vpc", "fleet", group);
        n.set("tg", "targets", Value::List(vec![]));
        n
    }

    #[test]
    fn fact_18_instances_of_a_fleet_serve_as_targets_in_enabled_zones() {
        let mut n = scaled();
        let url = "http://alb/".parse().unwrap();
        let targets = |n: &Named| {
            let net = Network::lower(n.design());
            let page = crate::reach::trace_url(n.design(), &net, crate::reach::Endpoint::Internet, &url).unwrap();
            let last = page.stages.last().unwrap().clone();
            (page.reachable(), last.targets.iter().map(|target| target.serves()).collect::<Vec<_>>())
        };
        assert_eq!(targets(&n), (true, vec![true, true]));
        let subnets = vec![n.id("public-a").into()];
        n.set("alb", "subnets", Value::List(subnets));
        assert_eq!(targets(&n), (true, vec![true, false]));
        opens(&n, "fleet", "internet", 443);
        n.set("fleet", "min_size", Value::Int(0));
        n.set("fleet", "desired", Value::Int(0));
        assert_eq!(targets(&n), (false, vec![]));
    }

    #[test]
    fn a_database_stands_in_its_subnet_group_and_falls_with_its_zone() {
        let mut n = balanced();
        let app = n.id("app-sg");
        let inbound = vec![GroupRule::tcp_from(3306, app)];
        let db_group = n.add("vpc", "db-sg", SecurityGroup { inbound, ..SecurityGroup::default() });
        let subnets = ["private-a", "private-c"].map(|name| n.id(name)).into();
        let group = n.add("vpc", "db-subnets", DbSubnetGroup { subnets, ..DbSubnetGroup::default() });
        let security_groups = vec![db_group];
        let db = DbInstance { subnet_group: Some(group), security_groups, multi_az: false, ..DbInstance::default() };
        n.add("vpc", "db", db);
        opens(&n, "app", "db", 3306);
        assert_eq!(blocked(&n, "web", "db", 3306).0, ["ENI_SG_RULES_MISMATCH"]);
        assert!(!blocked(&n, "internet", "db", 3306).0.is_empty());
        let claim = r#"{"from":"app-c","to":{"category":"database"},"port":3306,"without":{"zone":"a"}}"#;
        let holds = |n: &Named| {
            let net = Network::lower(n.design());
            let claims = [serde_json::from_str(claim).unwrap()];
            crate::reach::judge(n.design(), &net, &std::collections::BTreeMap::new(), &claims)[0].holds()
        };
        assert!(!holds(&n), "the only database was in zone a");
        n.set("db", "multi_az", true);
        assert!(holds(&n), "the standby takes over");
        n.refs("db-subnets", "subnets", &["private-a"]);
        assert!(
            !holds(&n),
            "the standby was in zone a too, and no other subnet is meant by a list that zone a emptied"
        );
        n.add("zone-a", "private-a2", Subnet { cidr: "10.0.9.0/24".parse().unwrap(), ..Subnet::default() });
        n.refs("db-subnets", "subnets", &["private-a", "private-a2", "private-c"]);
        assert!(holds(&n), "the standby is in the first subnet of another zone");
    }
}
