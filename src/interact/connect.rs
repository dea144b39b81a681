//! Connecting two resources: which field of which end says so, and the edits that write it.
use crate::catalog::kinds::{Listener, ListenerProtocol, Route, RouteTable, VpcEndpoint};
use crate::catalog::{FieldValue, Kind, Value, Widget};
use crate::design::{Design, Edit, Node};
use crate::id::NodeId;
use crate::text::Message;
use crate::{id_of, message};

/// The edits that connect two resources, whichever of them holds the field.
///
/// # Errors
/// Why they cannot be connected, or that they already are.
pub fn edits(design: &Design, from: NodeId, to: NodeId) -> Result<Vec<Edit>, Message> {
    let (a, b) = may_connect(design, from, to)?;
    match (a.kind(), b.kind()) {
        // A balancer forwards through its listener.
        (Kind::LoadBalancer, Kind::TargetGroup) => through_listener(design, from, to),
        (Kind::TargetGroup, Kind::LoadBalancer) => through_listener(design, to, from),
        // Packets are led to an endpoint of a gateway balancer by a route; one of another type takes the table into a field of its own.
        (Kind::RouteTable, Kind::VpcEndpoint) => by_route((from, a), (to, b)),
        (Kind::VpcEndpoint, Kind::RouteTable) => by_route((to, b), (from, a)),
        // Drawn the way packets go: the end admits the beginning.
        (Kind::SecurityGroup, Kind::SecurityGroup)
        // And the way copies are made: an image or snapshot of the beginning, a server or volume from it.
        | (Kind::Instance, Kind::MachineImage)
        | (Kind::MachineImage, Kind::Instance)
        | (Kind::Volume, Kind::Snapshot)
        | (Kind::Snapshot, Kind::Volume) => write((to, b), (from, a)),
        _ => match write((from, a), (to, b)) {
            Err(why) => write((to, b), (from, a)).map_err(|other| if holds(a.kind(), b.kind()) { why } else { other }),
            done => done,
        },
    }
}

/// Whether two nodes could be connected at all, whatever their fields say now: both are there, their kinds have to do with each other, and no two
/// VPCs lie between them.
///
/// # Errors
/// Why not.
pub(super) fn may_connect(design: &Design, from: NodeId, to: NodeId) -> Result<(&Node, &Node), Message> {
    let (Some(a), Some(b)) = (design.node(from), design.node(to)) else {
        return Err(message!("이제 없는 리소스예요.", "That resource is gone."));
    };
    if from == to {
        return Err(message!("자기 자신에는 연결할 수 없어요.", "A resource cannot be connected to itself."));
    }
    if !may_meet(a.kind(), b.kind()) {
        let (a, b) = (a.kind().spec().label, b.kind().spec().label);
        return Err(Message::new(
            &format!("{}과(와) {}은(는) 서로 연결할 수 없어요.", a.ko, b.ko),
            format!("{} and {} cannot be connected.", a.en, b.en),
        ));
    }
    if a.kind() != Kind::Vpc
        && b.kind() != Kind::Vpc
        && let (Some(one), Some(other)) = (design.ancestor(from, Kind::Vpc), design.ancestor(to, Kind::Vpc))
        && one != other
    {
        return Err(message!(
            "{}과(와) {}은(는) 서로 다른 VPC에 있어요.",
            "{} and {} are in different VPCs.",
            a.name,
            b.name
        ));
    }
    Ok((a, b))
}

/// The nodes that `from` can be connected with now.
pub fn legal_targets(design: &Design, from: NodeId) -> Vec<NodeId> {
    let Some(kind) = design.node(from).map(Node::kind) else { return Vec::new() };
    let near = design.nodes().filter(|(_, node)| may_meet(kind, node.kind()));
    near.map(|(id, _)| id).filter(|id| edits(design, from, *id).is_ok()).collect()
}

/// Whether anything can be connected with this kind at all, so that it has a handle to draw wires from.
pub fn has_ends(kind: Kind) -> bool {
    Kind::ALL.iter().any(|other| may_meet(kind, *other))
}

/// Whether two kinds have a field for each other, at either end.
fn may_meet(a: Kind, b: Kind) -> bool {
    holds(a, b)
        || holds(b, a)
        || matches!((a, b), (Kind::LoadBalancer, Kind::TargetGroup) | (Kind::TargetGroup, Kind::LoadBalancer))
}

fn holds(owner: Kind, other: Kind) -> bool {
    owner.reference_fields().any(|field| owner.reference_kinds(field).contains(&other))
}

fn by_route(table: (NodeId, &Node), endpoint: (NodeId, &Node)) -> Result<Vec<Edit>, Message> {
    let ((id, node), (to, target)) = (table, endpoint);
    if !target.get::<VpcEndpoint>().is_some_and(VpcEndpoint::is_balanced) {
        return write(endpoint, table);
    }
    let row = Route { target: Some(to), ..Route::default() }.to_value();
    let rows = node.body.value("routes").unwrap_or_default();
    with_row(rows.items(), &row, to, node.kind())
        .map(|rows| vec![Edit::set(id, id_of!(RouteTable.routes), Value::List(rows))])
        .ok_or_else(|| already_connected(node, target))
}

fn already_connected(one: &Node, other: &Node) -> Message {
    message!("{}과(와) {}은(는) 이미 연결되어 있어요.", "{} and {} are already connected.", one.name, other.name)
}

fn through_listener(design: &Design, balancer: NodeId, group: NodeId) -> Result<Vec<Edit>, Message> {
    let mut listeners = design.children(Some(balancer)).filter(|id| design.get::<Listener>(*id).is_some()).peekable();
    if listeners.peek().is_none() {
        return Err(message!("먼저 로드 밸런서 안에 리스너를 두세요.", "Place a listener in the load balancer first."));
    }
    let mut why = None;
    for listener in listeners {
        match edits(design, listener, group) {
            Ok(edits) => return Ok(edits),
            Err(other) => why = why.or(Some(other)),
        }
    }
    Err(why.unwrap_or_default())
}

/// Writes the connection into `owner`: a row of a table, or a plain field.
fn write(owner: (NodeId, &Node), other: (NodeId, &Node)) -> Result<Vec<Edit>, Message> {
    let ((id, node), (to, target)) = (owner, other);
    let already = || already_connected(node, target);
    if let Some((field, row)) = node.body.connect_row(to, target.kind()) {
        let rows = node.body.value(field).unwrap_or_default();
        return match with_row(rows.items(), &row, to, node.kind()) {
            Some(rows) => Ok(vec![Edit::set(id, field, Value::List(rows))]),
            None => Err(already()),
        };
    }
    if let Some((field, value)) = node.body.connect(to, target.kind()) {
        return if node.body.value(field).as_ref() == Some(&value) {
            Err(already())
        } else {
            Ok(vec![Edit::set(id, field, value)])
        };
    }
    let mut why = None;
    for meta in node.kind().fields() {
        if !meta.widget.kinds().contains(&target.kind()) {
            continue;
        }
        let now = node.body.value(meta.id).unwrap_or_default();
        let value = match (&meta.widget, &now) {
            (Widget::Reference(_), Value::Ref(old)) if *old == to => None,
            (Widget::Reference(_), _) => Some(Value::Ref(to)),
            (_, now) if now.items().contains(&Value::Ref(to)) => None,
            (_, now) => Some(Value::List(now.items().iter().cloned().chain([Value::Ref(to)]).collect())),
        };
        let Some(value) = value else {
            why = Some(already());
            continue;
        };
        let set = Edit::set(id, meta.id, value);
        if node.body.fields().iter().any(|applies| applies.id == meta.id) {
            return Ok(vec![set]);
        }
        if let Some(mut edits) = make_secure(id, node) {
            edits.push(set);
            return Ok(edits);
        }
        why = why.or_else(|| {
            let (label, name) = (meta.label, &node.name);
            Some(Message::new(
                &format!("{name}에는 지금 '{}' 속성이 쓰이지 않아요.", label.ko),
                format!("\"{}\" does not apply to {name} as it is.", label.en),
            ))
        });
    }
    Err(why.unwrap_or_else(|| message!("{}에 연결할 속성이 없어요.", "{} has no property for this.", node.name)))
}

/// The rows with one more, or `None` if one refers there already. A row that still lacks its reference is filled, and so that no destination is
/// listed twice, a route to the same destination is led elsewhere.
fn with_row(rows: &[Value], row: &Value, to: NodeId, owner: Kind) -> Option<Vec<Value>> {
    let refers = |row: &Value| {
        let (mut here, mut any) = (false, false);
        row.visit_refs(&mut |id| {
            any = true;
            here |= id == to;
        });
        (here, any)
    };
    if rows.iter().any(|row| refers(row).0) {
        return None;
    }
    let blank = row.map_refs(&|_| None);
    let fits = |old: &Value| old.map_refs(&|_| None) == blank && (owner == Kind::RouteTable || !refers(old).1);
    let mut rows = rows.to_vec();
    match rows.iter_mut().find(|old| fits(old)) {
        Some(old) => *old = row.clone(),
        None => rows.push(row.clone()),
    }
    Some(rows)
}

/// A certificate makes a listener a secure one; only then does the field apply.
fn make_secure(id: NodeId, node: &Node) -> Option<Vec<Edit>> {
    let listener = node.get::<Listener>()?;
    let secure = if listener.protocol.is_http() { ListenerProtocol::Https } else { ListenerProtocol::Tls };
    let mut edits = vec![Edit::set(id, id_of!(Listener.protocol), secure.as_str())];
    if listener.port == 80 {
        edits.push(Edit::set(id, id_of!(Listener.port), Value::Int(443)));
    }
    Some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{RecordSet, RouteTable, SecurityGroup, Subnet, TargetGroup};
    use crate::layout::Sketch;

    fn sketch() -> (Sketch, NodeId) {
        let mut sketch = Sketch::new();
        let vpc = sketch.add(None, "vpc", Kind::Vpc.new_body());
        (sketch, vpc)
    }

    fn connect(sketch: &mut Sketch, from: NodeId, to: NodeId) -> Result<(), Message> {
        let legal = legal_targets(sketch.design(), from).contains(&to);
        let edits = edits(sketch.design(), from, to);
        assert_eq!(legal, edits.is_ok());
        edits?.iter().for_each(|edit| sketch.edit(edit));
        assert!(sketch.refusals().is_empty(), "{:?}", sketch.refusals());
        Ok(())
    }

    #[test]
    fn a_gateway_and_a_table_make_a_default_route_either_way() {
        let (mut sketch, vpc) = sketch();
        let table = sketch.add(Some(vpc), "rt", RouteTable::default());
        let first = sketch.add(Some(vpc), "igw", Kind::InternetGateway.new_body());
        let second = sketch.add(Some(vpc), "igw-2", Kind::InternetGateway.new_body());
        connect(&mut sketch, first, table).unwrap();
        assert_eq!(connect(&mut sketch, table, first).unwrap_err().en, "rt and igw are already connected.");
        connect(&mut sketch, table, second).unwrap();
        let routes = &sketch.design().get::<RouteTable>(table).unwrap().routes;
        assert_eq!(routes.len(), 1, "a second default route was listed");
        assert!(routes[0].destination.is_any());
        assert_eq!(routes[0].target, Some(second));
    }

    #[test]
    fn an_instance_joins_a_target_group_and_a_subnet_follows_a_table() {
        let (mut sketch, vpc) = sketch();
        let subnet = sketch.add(Some(vpc), "subnet", Subnet::default());
        let a = sketch.add(Some(subnet), "a", Kind::Instance.new_body());
        let b = sketch.add(Some(subnet), "b", Kind::Instance.new_body());
        let group = sketch.add(Some(vpc), "tg", TargetGroup::default());
        connect(&mut sketch, a, group).unwrap();
        connect(&mut sketch, group, b).unwrap();
        let targets: Vec<_> =
            sketch.design().get::<TargetGroup>(group).unwrap().targets.iter().map(|t| t.instance).collect();
        assert_eq!(targets, [Some(a), Some(b)]);
        let table = sketch.add(Some(vpc), "rt", RouteTable::default());
        connect(&mut sketch, table, subnet).unwrap();
        assert_eq!(sketch.design().get::<Subnet>(subnet).unwrap().route_table, Some(table));
    }

    #[test]
    fn a_wire_between_groups_admits_its_beginning_at_its_end() {
        let (mut sketch, vpc) = sketch();
        let web = sketch.add(Some(vpc), "web", SecurityGroup::default());
        let db = sketch.add(Some(vpc), "db", SecurityGroup::default());
        connect(&mut sketch, web, db).unwrap();
        assert_eq!(sketch.design().get::<SecurityGroup>(db).unwrap().inbound[0].group, Some(web));
        assert!(sketch.design().get::<SecurityGroup>(web).unwrap().inbound.is_empty());
    }

    #[test]
    fn a_balancer_forwards_through_its_listener_and_a_certificate_makes_it_secure() {
        let (mut sketch, vpc) = sketch();
        let balancer = sketch.add(Some(vpc), "alb", Kind::LoadBalancer.new_body());
        let group = sketch.add(Some(vpc), "tg", TargetGroup::default());
        assert!(connect(&mut sketch, balancer, group).unwrap_err().en.contains("listener"));
        let listener = sketch.add(Some(balancer), "http", Listener::default());
        connect(&mut sketch, balancer, group).unwrap();
        assert!(connect(&mut sketch, group, balancer).unwrap_err().en.contains("already"));
        let certificate = sketch.add(None, "cert", Kind::Certificate.new_body());
        connect(&mut sketch, certificate, listener).unwrap();
        let listener = sketch.design().get::<Listener>(listener).unwrap();
        assert_eq!((listener.protocol, listener.port), (ListenerProtocol::Https, 443));
        assert_eq!((listener.certificate, listener.forwards[0].target_group), (Some(certificate), Some(group)));
    }

    #[test]
    fn what_has_no_field_for_each_other_is_refused() {
        let (mut sketch, vpc) = sketch();
        let gateway = sketch.add(Some(vpc), "igw", Kind::InternetGateway.new_body());
        let subnet = sketch.add(Some(vpc), "subnet", Subnet::default());
        assert!(connect(&mut sketch, gateway, subnet).is_err());
        let elsewhere = sketch.add(None, "other", Kind::Vpc.new_body());
        let table = sketch.add(Some(elsewhere), "rt", RouteTable::default());
        let why = connect(&mut sketch, subnet, table).unwrap_err();
        assert_eq!(why.ko, "subnet과 rt는 서로 다른 VPC에 있어요.");
    }

    #[test]
    fn an_alias_record_takes_no_address() {
        let (mut sketch, vpc) = sketch();
        let zone = sketch.add(None, "zone", Kind::HostedZone.new_body());
        let record = sketch.add(Some(zone), "www", RecordSet::default());
        let balancer = sketch.add(Some(vpc), "alb", Kind::LoadBalancer.new_body());
        let address = sketch.add(None, "eip", Kind::ElasticIp.new_body());
        connect(&mut sketch, balancer, record).unwrap();
        assert_eq!(sketch.design().get::<RecordSet>(record).unwrap().alias, Some(balancer));
        assert!(connect(&mut sketch, address, record).unwrap_err().en.contains("does not apply"));
    }

    #[test]
    fn an_endpoint_takes_a_table_or_becomes_the_target_of_its_route() {
        use crate::catalog::kinds::{EndpointType, VpcEndpoint};
        let (mut sketch, vpc) = sketch();
        let table = sketch.add(Some(vpc), "rt", RouteTable::default());
        let gateway = sketch.add(Some(vpc), "s3", VpcEndpoint::default());
        let endpoint_type = EndpointType::GatewayLoadBalancer;
        let balanced = sketch.add(Some(vpc), "gwlbe", VpcEndpoint { endpoint_type, ..VpcEndpoint::default() });
        connect(&mut sketch, table, gateway).unwrap();
        assert_eq!(sketch.design().get::<VpcEndpoint>(gateway).unwrap().route_tables, [table]);
        assert!(sketch.design().get::<RouteTable>(table).unwrap().routes.is_empty());
        connect(&mut sketch, balanced, table).unwrap();
        assert_eq!(sketch.design().get::<RouteTable>(table).unwrap().routes[0].target, Some(balanced));
        assert_eq!(connect(&mut sketch, table, balanced).unwrap_err().en, "rt and gwlbe are already connected.");
    }
}
