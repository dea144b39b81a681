//! Checkers and fixtures for the examples of rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{Finding, Offers, Rule};
use crate::catalog::kinds::{
    AclRule, AutoScalingGroup, Certificate, Container, EcrRepository, EcsCluster, EcsService, ElasticIp, Forward,
    GroupRule, HealthCheckType, HostedZone, IamGroup, IamPolicy, IamRole, IamUser, Instance, InstanceProfile,
    InternetGateway, LaunchTemplate, Listener, ListenerProtocol, LoadBalancer, LogGroup, NatGateway, NetworkAcl,
    RecordSet, Region, Route, RouteTable, ScalingPolicy, ScheduledAction, SecurityGroup, ServiceBalancer, Subnet,
    Target, TargetGroup, TaskDefinition, Vpc, Zone,
};
use crate::catalog::permissions::AwsPolicy;
use crate::catalog::{Body, FieldValue, Kind, Value};
use crate::design::{Design, Edit, Origin, broken_invariants};
use crate::id::NodeId;
use crate::layout::Sketch;

/// Resources of a template in which a rule finds something, and some in which it does not.
pub struct Example {
    /// The rule.
    pub rule: crate::template::RuleId,
    /// Resources that break it.
    pub broken: &'static str,
    /// Where it is found.
    pub found: &'static [&'static str],
    /// Resources that do not.
    pub sound: &'static str,
}

/// Holds the rules of a table against their examples; each has one.
#[track_caller]
pub fn hold(rules: &'static [Rule], examples: &[Example]) {
    let ids: Vec<&str> = rules.iter().map(|rule| rule.id).collect();
    assert_eq!(
        ids,
        examples.iter().map(|example| example.rule.as_str()).collect::<Vec<_>>(),
        "an example for each rule"
    );
    for (rule, example) in rules.iter().zip(examples) {
        assert_eq!(found_in(rule, example.broken), example.found, "{}", rule.id);
        assert_eq!(found_in(rule, example.sound), [""; 0], "{}", rule.id);
    }
}

/// A design whose nodes tests call by name.
#[derive(Clone, Default)]
pub struct Named {
    sketch: Sketch,
    ids: BTreeMap<String, NodeId>,
}

impl Named {
    /// Adds a resource; `parent` is a name, empty for the bare canvas.
    #[track_caller]
    pub fn add(&mut self, parent: &str, name: &str, body: impl Into<Body>) -> NodeId {
        let parent = (!parent.is_empty()).then(|| self.id(parent));
        let id = self.sketch.add(parent, name, body);
        assert_eq!(self.sketch.refusals(), &[], "the fixture is refused");
        self.ids.insert(name.to_owned(), id);
        id
    }

    /// Writes a property.
    #[track_caller]
    pub fn set(&mut self, name: &str, field: &str, value: impl Into<Value>) {
        self.sketch.set(self.id(name), field, value);
        assert_eq!(self.sketch.refusals(), &[], "the fixture is refused");
    }

    /// Writes a table, such as a security group's rules.
    #[track_caller]
    pub fn rows<R: FieldValue>(&mut self, name: &str, field: &str, rows: &[R]) {
        let rows = rows.iter().map(FieldValue::to_value).collect();
        self.set(name, field, Value::List(rows));
    }

    /// Writes a list of references by name.
    #[track_caller]
    pub fn refs(&mut self, name: &str, field: &str, to: &[&str]) {
        let ids = to.iter().map(|other| Value::Ref(self.id(other))).collect();
        self.set(name, field, Value::List(ids));
    }

    /// Gives another name, under which the node is called from now on.
    #[track_caller]
    pub fn rename(&mut self, name: &str, to: &str) {
        let id = self.id(name);
        self.sketch.edit(&Edit::Rename { id, name: to.to_owned() });
        self.ids.insert(to.to_owned(), id);
    }

    /// Takes a resource out.
    #[track_caller]
    pub fn remove(&mut self, name: &str) {
        self.sketch.edit(&Edit::Remove(self.id(name)));
    }

    /// Makes any edit.
    #[track_caller]
    pub fn edit(&mut self, edit: &Edit) {
        self.sketch.edit(edit);
        assert_eq!(self.sketch.refusals(), &[], "the fixture is refused");
    }

    /// A node's id.
    #[track_caller]
    pub fn id(&self, name: &str) -> NodeId {
        *self.ids.get(name).unwrap_or_else(|| panic!("no node is called {name}"))
    }

    /// The design so far.
    pub const fn design(&self) -> &Design {
        self.sketch.design()
    }
}

/// A sound network to break: region, VPC 10.0.0.0/16 (`vpc`), zones `zone-a` and `zone-c` with `public-a` 10.0.1.0/24, `private-a` 10.0.3.0/24,
/// `public-c` 10.0.2.0/24, `private-c` 10.0.4.0/24, `igw`, `nat` in public-a with `eip`, tables `public-rt` and `private-rt`,
/// security group `web-sg` (HTTP from anywhere), and instances `web` in public-a (public address) and `app` in private-a.
#[track_caller]
pub fn two_zones() -> Named {
    let mut n = Named::default();
    n.add("", "region", Region::default());
    n.add("region", "vpc", Vpc::default());
    for (zone, subnets) in [
        ("a", [("public-a", "10.0.1.0/24"), ("private-a", "10.0.3.0/24")]),
        ("c", [("public-c", "10.0.2.0/24"), ("private-c", "10.0.4.0/24")]),
    ] {
        let lane = format!("zone-{zone}");
        n.add("vpc", &lane, Zone { letter: zone.to_owned() });
        for (name, cidr) in subnets {
            n.add(
                &lane,
                name,
                Subnet {
                    cidr: cidr.parse().unwrap(),
                    auto_assign_public_ip: name.starts_with("public"),
                    ..Subnet::default()
                },
            );
        }
    }
    let igw = n.add("vpc", "igw", InternetGateway);
    let eip = n.add("region", "eip", ElasticIp::default());
    let nat = n.add("public-a", "nat", NatGateway { elastic_ip: Some(eip), ..NatGateway::default() });
    for (table, target, subnets) in
        [("public-rt", igw, ["public-a", "public-c"]), ("private-rt", nat, ["private-a", "private-c"])]
    {
        let routes = vec![Route { target: Some(target), ..Route::default() }];
        let id = n.add("vpc", table, RouteTable { routes, ..RouteTable::default() });
        for subnet in subnets {
            n.set(subnet, "route_table", id);
        }
    }
    let inbound = vec![GroupRule::tcp(80, crate::net::AnyCidr::default())];
    let group = n.add("vpc", "web-sg", SecurityGroup { inbound, ..SecurityGroup::default() });
    for (subnet, name) in [("public-a", "web"), ("private-a", "app")] {
        n.add(subnet, name, Instance { security_groups: vec![group], ..Instance::default() });
    }
    n
}

/// [`two_zones`] with network ACL `acl` beside it, whose inbound rules have these numbers.
#[track_caller]
pub fn numbered(numbers: &[u16]) -> Named {
    let mut n = two_zones();
    let inbound = numbers.iter().map(|number| AclRule { number: *number, ..AclRule::default() }).collect();
    n.add("vpc", "acl", NetworkAcl { inbound, ..NetworkAcl::default() });
    n
}

/// [`two_zones`] with an ALB: `alb` in public-a and public-c with group `alb-sg` (HTTP from anywhere), listener `http`, target group `tg` with the
/// instances `app` and `app-c` of the private subnets, whose group `app-sg` admits the balancer.
#[track_caller]
pub fn balanced() -> Named {
    let mut n = two_zones();
    let inbound = vec![GroupRule::tcp(80, crate::net::AnyCidr::default())];
    let alb_group = n.add("vpc", "alb-sg", SecurityGroup { inbound, ..SecurityGroup::default() });
    let inbound = vec![GroupRule::tcp_from(80, alb_group)];
    let app_group = n.add("vpc", "app-sg", SecurityGroup { inbound, ..SecurityGroup::default() });
    n.refs("app", "security_groups", &["app-sg"]);
    n.add("private-c", "app-c", Instance { security_groups: vec![app_group], ..Instance::default() });
    let targets = ["app", "app-c"].map(|name| Target { instance: Some(n.id(name)), ..Target::default() });
    let group = n.add("vpc", "tg", TargetGroup { targets: targets.into(), ..TargetGroup::default() });
    let subnets = vec![n.id("public-a"), n.id("public-c")];
    n.add("vpc", "alb", LoadBalancer { subnets, security_groups: vec![alb_group], ..LoadBalancer::default() });
    let forwards = vec![Forward { target_group: Some(group), ..Forward::default() }];
    n.add("alb", "http", Listener { forwards, ..Listener::default() });
    n
}

/// [`balanced`] with names: hosted zone `example-zone` (example.com), certificate `cert` for it and its wildcard, listener `https`, and the alias
/// record `www` (www.example.com) to the balancer.
#[track_caller]
pub fn named() -> Named {
    let mut n = balanced();
    let zone = n.add("region", "example-zone", HostedZone::default());
    let alternative_names = vec!["*.example.com".parse().unwrap()];
    let cert = Certificate { alternative_names, hosted_zone: Some(zone), ..Certificate::default() };
    let cert = n.add("region", "cert", cert);
    let forwards = vec![Forward { target_group: Some(n.id("tg")), ..Forward::default() }];
    let protocol = ListenerProtocol::Https;
    n.add("alb", "https", Listener { protocol, port: 443, certificate: Some(cert), forwards, ..Listener::default() });
    n.rows("alb-sg", "inbound", &[80, 443].map(|port| GroupRule::tcp(port, crate::net::AnyCidr::default())));
    let alias = Some(n.id("alb"));
    n.add("example-zone", "www", RecordSet { alias, ..RecordSet::default() });
    n
}

/// [`balanced`] with tasks in place of servers: `service` in the private subnets with group `app-sg`, registered in `tg`, in `cluster`, running `task`:
/// an image of `repo` on port 80 that logs to `logs`, with role `execution`.
#[track_caller]
pub fn tasks() -> Named {
    let mut n = balanced();
    n.rows("tg", "targets", &[] as &[Target]);
    n.set("tg", "target_type", "ip");
    n.remove("app-c");
    let cluster = n.add("region", "cluster", EcsCluster::default());
    let repository = Some(n.add("region", "repo", EcrRepository::default()));
    let log_group = Some(n.add("region", "logs", LogGroup::default()));
    let execution_role = Some(n.add("region", "execution", IamRole::of_service("ecs-tasks.amazonaws.com")));
    let containers = vec![Container { repository, log_group, ..Container::default() }];
    let task = n.add("region", "task", TaskDefinition { execution_role, containers, ..TaskDefinition::default() });
    let service = EcsService {
        cluster: Some(cluster),
        task_definition: Some(task),
        desired_count: 2,
        subnets: vec![n.id("private-a"), n.id("private-c")],
        security_groups: vec![n.id("app-sg")],
        load_balancers: vec![ServiceBalancer { target_group: Some(n.id("tg")), ..ServiceBalancer::default() }],
        ..EcsService::default()
    };
    n.add("vpc", "service", service);
    n
}

/// [`balanced`] with an Auto Scaling group: `asg` launches from `template` into private-a and private-c and joins `tg`, with the policy `cpu` and the
/// scheduled action `morning`.
#[track_caller]
pub fn scaled() -> Named {
    let mut n = balanced();
    let security_groups = vec![n.id("app-sg")];
    let template = n.add("region", "template", LaunchTemplate { security_groups, ..LaunchTemplate::default() });
    let subnets = vec![n.id("private-a"), n.id("private-c")];
    let health_check = HealthCheckType::Elb;
    let target_groups = vec![n.id("tg")];
    let launch_template = Some(template);
    let group =
        AutoScalingGroup { launch_template, subnets, target_groups, health_check, ..AutoScalingGroup::default() };
    n.add("vpc", "asg", group);
    n.add("asg", "cpu", ScalingPolicy::default());
    n.add("asg", "morning", ScheduledAction::default());
    n
}

/// [`two_zones`] in an account used well: user `kim` with a second factor in the group `admins`, which may do everything, and the instance `web`
/// with `web-profile` of the role `web-role`, which has the policy `read-buckets`.
#[track_caller]
pub fn account() -> Named {
    let mut n = two_zones();
    let aws_policies = vec![AwsPolicy::named("AdministratorAccess")];
    let admins = n.add("region", "admins", IamGroup { aws_policies, ..IamGroup::default() });
    n.add("region", "kim", IamUser { groups: vec![admins], console_access: true, mfa: true, ..IamUser::default() });
    let policies = vec![n.add("region", "read-buckets", IamPolicy::default())];
    let role = n.add("region", "web-role", IamRole { policies, ..IamRole::default() });
    let profile = n.add("region", "web-profile", InstanceProfile { role: Some(role), ..InstanceProfile::default() });
    n.set("web", "instance_profile", profile);
    n
}

/// What a rule finds in a design.
fn findings(rule: &Rule, design: &Design) -> Vec<Finding> {
    super::check(design).into_iter().filter(|finding| finding.rule == rule.id).collect()
}

/// The rule finds something at exactly these nodes; every fix it offers is accepted, keeps the design sound and ends that finding.
#[track_caller]
pub fn fires(rule: &Rule, named: &Named, at: &[&str]) {
    let found = findings(rule, named.design());
    let mut nodes: Vec<&str> =
        found.iter().map(|f| named.design().node(f.node).map_or("", |n| n.name.as_str())).collect();
    nodes.dedup();
    assert_eq!(nodes, at, "{} finds {found:#?}", rule.id);
    says_nothing_of_what_is_not_known(rule, named.design());
    let offers = Offers::new(named.design());
    let (mut offered, mut objections) = (0, Vec::new());
    for finding in &found {
        assert!(finding.message.ko.chars().any(|c| ('가'..='힣').contains(&c)), "{} has no Korean", finding.message);
        if let Some(field) = finding.field {
            let kind = named.design().node(finding.node).unwrap().kind();
            assert!(kind.fields().iter().any(|meta| meta.id == field), "{kind:?} has no field {field}");
        }
        let Some(fix) = &finding.fix else { continue };
        match offers.objection(finding, fix) {
            Ok(()) => offered += 1,
            Err(why) => objections.push(why),
        }
        assert!(rule.fixes, "{} offers a fix but says it has none", rule.id);
        let mut mended = named.design().clone();
        if let Err(refusal) = mended.apply_all(&fix.edits) {
            panic!("the fix of {} is refused: {refusal:?}", rule.id);
        }
        assert_eq!(broken_invariants(&mended), Vec::<String>::new());
        let left = findings(rule, &mended);
        assert!(
            !left.iter().any(|f| (f.node, &f.message) == (finding.node, &finding.message)),
            "the fix of {} mends nothing",
            rule.id
        );
    }
    if rule.fixes {
        assert!(offered > 0, "{} offers no fix here: {objections:?}", rule.id);
    }
}

/// What a rule alone finds, by node and words.
fn complaints(rule: &Rule, design: &Design) -> BTreeSet<(NodeId, Option<&'static str>, String)> {
    let context = crate::facts::Context::new(design);
    let found = super::Report::of(rule, &context, &mut super::Doubts::new(design), super::Look::First).findings;
    found.into_iter().map(|finding| (finding.node, finding.field, finding.message.en)).collect()
}

/// Values that each field of each kind has in sound designs, and as it is dropped.
static USUAL: LazyLock<BTreeMap<(Kind, &'static str), BTreeSet<Value>>> = LazyLock::new(|| {
    let mut usual: BTreeMap<_, BTreeSet<Value>> = BTreeMap::new();
    let sound = [two_zones(), balanced(), named(), tasks(), scaled(), account()];
    let bodies = sound.iter().flat_map(|named| named.design().nodes()).map(|(_, node)| node.body.clone());
    for body in bodies.chain(Kind::ALL.iter().map(|kind| kind.new_body())) {
        for meta in body.kind().fields() {
            let value = body.value(meta.id).unwrap_or_default();
            let mut has_refs = false;
            value.visit_refs(&mut |_| has_refs = true);
            if !has_refs {
                usual.entry((body.kind(), meta.id)).or_default().insert(value);
            }
        }
    }
    let open = GroupRule { protocol: crate::net::Protocol::All, ..GroupRule::tcp(0, crate::net::AnyCidr::default()) };
    for field in ["inbound", "outbound"] {
        usual.entry((Kind::SecurityGroup, field)).or_default().insert(vec![open.clone()].to_value());
    }
    usual
});

/// What a field may be otherwise, as far as it shows whether a finding hangs on it.
fn alternatives(design: &Design, node: &crate::design::Node, field: &'static str) -> Vec<Value> {
    let mut all: Vec<Value> = USUAL.get(&(node.kind(), field)).into_iter().flatten().cloned().collect();
    let kinds = node.kind().reference_kinds(field);
    let is_list = matches!(node.body.value(field), Some(Value::List(_)));
    for (id, _) in design.nodes().filter(|(_, node)| kinds.contains(&node.kind())) {
        all.push(if is_list { Value::List(vec![Value::Ref(id)]) } else { Value::Ref(id) });
    }
    all
}

/// Where a finding stays although a field is left as an import leaves what it does not know, and goes with another value of it, the finding hangs on
/// that field: then nothing may be said while only a deployment knows it.
#[track_caller]
fn says_nothing_of_what_is_not_known(rule: &Rule, design: &Design) {
    let before = complaints(rule, design);
    // An import makes lanes and regions of what is known alone.
    let is_known = |kind: Kind| matches!(kind, Kind::Zone | Kind::Region);
    let holders: Vec<(NodeId, Kind)> =
        design.nodes().map(|(id, node)| (id, node.kind())).filter(|(_, kind)| !is_known(*kind)).collect();
    for (id, kind) in holders {
        for meta in kind.fields() {
            let set = |value: &Value| {
                let mut other = design.clone();
                other.apply(&Edit::Set { id, field: meta.id.to_owned(), value: value.clone() }).ok()?;
                Some(other)
            };
            let bare = kind.bare_body().value(meta.id).unwrap_or_default();
            let Some(mut left) = set(&bare) else { continue };
            let stays: Vec<_> = complaints(rule, &left).intersection(&before).cloned().collect();
            if stays.is_empty() {
                continue;
            }
            let Some(node) = design.node(id) else { continue };
            let others = alternatives(design, node, meta.id).into_iter().filter(|value| *value != bare);
            let gone: BTreeSet<_> = others
                .filter_map(|value| set(&value))
                .flat_map(|other| {
                    let now: BTreeSet<NodeId> = complaints(rule, &other).into_iter().map(|(node, ..)| node).collect();
                    stays.iter().filter(move |(node, ..)| !now.contains(node)).cloned().collect::<Vec<_>>()
                })
                .collect();
            if gone.is_empty() {
                continue;
            }
            let unknown = BTreeSet::from([(id, meta.id.to_owned())]);
            let original = Origin::of_unknown(&left, unknown);
            left.apply(&Edit::Template(Some(std::sync::Arc::new(original)))).ok();
            let still = complaints(rule, &left);
            let told: Vec<_> = gone.intersection(&still).collect();
            assert!(
                told.is_empty(),
                "{} hangs on {} of a {kind:?}, which is not known here: {told:#?}",
                rule.id,
                meta.id
            );
        }
    }
}

/// The rule finds nothing.
#[track_caller]
pub fn quiet(rule: &Rule, named: &Named) {
    assert_eq!(findings(rule, named.design()), vec![]);
}

/// What the rule finds in a template with these resources, by their names.
#[track_caller]
pub fn found_in(rule: &Rule, resources: &str) -> Vec<String> {
    let opened = crate::cloudformation::import(&format!("Resources:\n{resources}")).unwrap();
    let names = super::check(&opened.design).into_iter().filter(|finding| finding.rule == rule.id);
    names.map(|finding| opened.design.node(finding.node).unwrap().name.clone()).collect()
}

#[test]
fn sound_fixtures_have_no_error_or_warning() {
    for named in [two_zones(), balanced(), named(), tasks(), scaled(), account()] {
        let bad = super::check(named.design()).into_iter().filter(|finding| finding.severity != super::Severity::Info);
        assert_eq!(bad.collect::<Vec<_>>(), vec![]);
    }
}
