//! A new resource as it is placed: name, address block, zone letter and port that nobody has yet, and a spot that nothing covers.

use crate::catalog::data::regions;
use crate::catalog::kinds::{
    EcsCluster, EcsService, Held, HostedZone, Instance, Listener, ListenerProtocol, RecordSet, Region, SsmParameter,
    Subnet, TaskDefinition, Vpc, Zone,
};
use crate::catalog::{Body, Kind, Value, may_hold};
use crate::design::{Design, Edit, Node, Point, Rect};
use crate::facts::Context;
use crate::file::clipboard::{self, Pasted};
use crate::id::NodeId;
use crate::id_of;
use crate::layout::{GAP, HEADER, PADDING};
use crate::net::Cidr;
use crate::text::Message;

/// From this many neighbours on, the nearest free spot is not searched for.
const CROWD: usize = 60;

/// The body of a new resource in a frame.
pub fn body(design: &Design, kind: Kind, parent: Option<NodeId>) -> Body {
    match kind {
        Kind::Vpc => vpc(design).into(),
        Kind::Zone => Zone { letter: zone_letter(design, parent) }.into(),
        Kind::Subnet => subnet(design, parent).into(),
        Kind::Instance => instance(design, parent).into(),
        Kind::Listener => listener(design, parent).into(),
        Kind::RecordSet => record(design, parent).into(),
        Kind::EcsService => service(design, parent).into(),
        Kind::SsmParameter => parameter(design).into(),
        _ => kind.new_body(),
    }
}

/// A name nobody has, after the kind; a zone lane carries its letter.
pub fn name(design: &Design, body: &Body) -> String {
    match body {
        Body::Zone(zone) => design.fresh_name(&zone_name(&zone.letter)),
        _ => design.fresh_name(&body.kind().spec().id.replace('_', "-")),
    }
}

fn zone_name(letter: &str) -> String {
    format!("{}-{letter}", Kind::Zone.spec().id)
}

/// The edits that write a property, and those that follow from it: a zone lane that still has the name it was given keeps its letter in it.
pub fn set(design: &Design, id: NodeId, field: &str, value: Value) -> Vec<Edit> {
    let renamed = match (design.node(id).map(|node| &node.body), &value) {
        (Some(Body::Zone(zone)), Value::Text(new)) if field == id_of!(Zone.letter) => {
            let follows = zone.letter != new.trim() && was_given(design, id, &zone_name(&zone.letter));
            follows.then(|| Edit::Rename { id, name: design.fresh_name(&zone_name(new.trim())) })
        }
        _ => None,
    };
    std::iter::once(Edit::set(id, field, value)).chain(renamed).collect()
}

/// Whether a node has the name it was given: `base`, or that and a number.
fn was_given(design: &Design, id: NodeId, base: &str) -> bool {
    let name = design.node(id).map_or("", |node| node.name.as_str());
    let tail = name.strip_prefix(base);
    tail.is_some_and(|tail| tail.is_empty() || tail.strip_prefix('-').is_some_and(|tail| tail.parse::<u32>().is_ok()))
}

/// The next block of `prefix_len` in a frame's VPC that no subnet has, after the highest of that size; a smaller one if none that large is left.
pub fn subnet_cidr(design: &Design, parent: Option<NodeId>, prefix_len: u8) -> Option<Cidr> {
    let vpc = nearest(design, parent, Kind::Vpc)?;
    let within: Vec<Cidr> = design.get::<Vpc>(vpc)?.cidrs().collect();
    let taken: Vec<Cidr> =
        design.all::<Subnet>().filter(|(id, ..)| design.is_inside(*id, vpc)).map(|(.., subnet)| subnet.cidr).collect();
    (prefix_len..=28).find_map(|prefix_len| crate::net::next_after(&within, &taken, prefix_len))
}

/// The edits that copy nodes in the same frames, moved by `by`: subnets with blocks of their own, zone lanes with letters of their own.
///
/// # Errors
/// Why not: there would be too many.
pub fn copies(design: &Design, ids: &[NodeId], by: Point) -> Result<Pasted, Message> {
    let mut pasted = clipboard::duplicate(design, ids, by)?;
    let mut after = design.clone();
    after.apply_all(&pasted.edits).map_err(|refusal| refusal.why)?;
    let new: Vec<NodeId> = pasted.roots.iter().flat_map(|root| after.subtree(*root)).collect();
    for id in new {
        let parent = after.node(id).and_then(|node| node.parent);
        // In a copied VPC there is nothing to keep apart from.
        if nearest(&after, parent, Kind::Vpc).is_none_or(|vpc| design.node(vpc).is_none()) {
            continue;
        }
        let own = match after.node(id).map(|node| &node.body) {
            Some(Body::Subnet(subnet)) => subnet_cidr(&after, parent, subnet.cidr.prefix_len())
                .map(|cidr| (id_of!(Subnet.cidr), Value::from(cidr.to_string().as_str()))),
            Some(Body::Zone(_)) => Some((id_of!(Zone.letter), Value::from(zone_letter(&after, parent).as_str()))),
            _ => None,
        };
        let edits = own.map(|(field, value)| set(&after, id, field, value)).unwrap_or_default();
        for edit in edits {
            if after.apply(&edit).is_ok() {
                pasted.edits.push(edit);
            }
        }
    }
    Ok(pasted)
}

fn vpc(design: &Design) -> Vpc {
    let taken: Vec<Cidr> = design.all::<Vpc>().flat_map(|(.., vpc)| vpc.cidrs()).collect();
    let ten = Cidr::new(std::net::Ipv4Addr::new(10, 0, 0, 0), 8);
    let cidr = ten.and_then(|ten| crate::net::next_after(&[ten], &taken, 16));
    Vpc { cidr: cidr.unwrap_or(Vpc::default().cidr), ..Vpc::default() }
}

fn subnet(design: &Design, parent: Option<NodeId>) -> Subnet {
    let cidr = subnet_cidr(design, parent, 24);
    Subnet { cidr: cidr.unwrap_or(Subnet::default().cidr), ..Subnet::default() }
}

/// An instance in the security groups that its neighbours in the subnet have in common; without neighbours in those of all other instances in
/// the VPC.
fn instance(design: &Design, subnet: Option<NodeId>) -> Instance {
    let vpc = nearest(design, subnet, Kind::Vpc);
    let shared = |frame: Option<NodeId>| {
        let within = move |id: &NodeId| frame.is_some_and(|frame| design.is_inside(*id, frame));
        let mut groups = design.all::<Instance>().filter(|(id, ..)| within(id)).map(|(.., one)| &one.security_groups);
        let first = groups.next()?;
        let rest: Vec<_> = groups.collect();
        Some(first.iter().copied().filter(|group| rest.iter().all(|other| other.contains(group))).collect::<Vec<_>>())
    };
    let security_groups = shared(subnet).or_else(|| shared(vpc)).unwrap_or_default();
    Instance { security_groups, ..Instance::default() }
}

fn zone_letter(design: &Design, vpc: Option<NodeId>) -> String {
    let taken: Vec<&str> =
        design.children(vpc).filter_map(|id| design.get::<Zone>(id)).map(|zone| zone.letter.as_str()).collect();
    let code = nearest(design, vpc, Kind::Region).and_then(|region| design.get::<Region>(region));
    let code = code.map_or_else(|| Region::default().code, |region| region.code.clone());
    let offered = regions::region(&code).map_or("abc", regions::Region::usual_letters);
    let letter = offered.chars().map(String::from).find(|letter| !taken.contains(&letter.as_str()));
    letter.unwrap_or_else(|| Zone::default().letter)
}

fn listener(design: &Design, balancer: Option<NodeId>) -> Listener {
    let taken =
        |port| design.children(balancer).any(|id| design.get::<Listener>(id).is_some_and(|one| one.port == port));
    let plain = Listener::default();
    if taken(plain.port) && !taken(443) {
        Listener { protocol: ListenerProtocol::Https, port: 443, ..plain }
    } else {
        plain
    }
}

fn record(design: &Design, zone: Option<NodeId>) -> RecordSet {
    let plain = RecordSet::default();
    let domain = zone.and_then(|zone| design.get::<HostedZone>(zone)).map(|zone| format!("www.{}", zone.domain));
    RecordSet { domain: domain.and_then(|name| name.parse().ok()).unwrap_or_else(|| plain.domain.clone()), ..plain }
}

/// A service of the only cluster and the only task definition, with tasks in a private subnet of each zone: what people mean who draw one.
fn service(design: &Design, vpc: Option<NodeId>) -> EcsService {
    let context = Context::new(design);
    let vpc = nearest(design, vpc, Kind::Vpc);
    let subnets = vpc.map(|vpc| context.private_subnets(vpc)).unwrap_or_default();
    let assign_public_ip = !subnets.is_empty() && subnets.iter().all(|subnet| context.is_public(*subnet));
    let (cluster, task_definition) = (only::<EcsCluster>(design), only::<TaskDefinition>(design));
    EcsService { cluster, task_definition, subnets, assign_public_ip, ..EcsService::default() }
}

/// The one resource of a kind, if there is just one.
fn only<T: Held>(design: &Design) -> Option<NodeId> {
    let mut all = design.all::<T>().map(|(id, ..)| id);
    all.next().filter(|_| all.next().is_none())
}

fn parameter(design: &Design) -> SsmParameter {
    let plain = SsmParameter::default();
    let taken = |name: &str| design.all::<SsmParameter>().any(|(.., other)| other.parameter_name == name);
    let numbered = (2..).map(|number| format!("{}-{number}", plain.parameter_name));
    let mut names = std::iter::once(plain.parameter_name.clone()).chain(numbered).take(design.len() + 2);
    let parameter_name = names.find(|name| !taken(name)).unwrap_or_else(|| plain.parameter_name.clone());
    SsmParameter { parameter_name, ..plain }
}

/// The frame itself or the nearest around it of a kind.
fn nearest(design: &Design, frame: Option<NodeId>, kind: Kind) -> Option<NodeId> {
    let frame = frame?;
    let own = design.node(frame).is_some_and(|node| node.kind() == kind);
    if own { Some(frame) } else { design.ancestor(frame, kind) }
}

/// The nearest frame from `frame` outwards that takes all of these kinds, as far as the VPC: a route table that is dropped over a subnet belongs
/// to the VPC around it, but a bucket over a VPC is meant to stand nowhere near.
///
/// # Errors
/// Why `frame` itself takes one of them not, where none around it does.
pub fn taker(design: &Design, frame: Option<NodeId>, kinds: &[Kind]) -> Result<Option<NodeId>, Message> {
    let kind_of = |frame: Option<NodeId>| frame.and_then(|id| design.node(id)).map(Node::kind);
    let takes = |frame: Option<NodeId>| kinds.iter().try_for_each(|kind| may_hold(kind_of(frame), *kind));
    let refused = match takes(frame) {
        Ok(()) => return Ok(frame),
        Err(why) => why,
    };
    let mut at = frame;
    while let Some(id) = at.filter(|_| kind_of(at) != Some(Kind::Vpc)) {
        at = design.node(id).and_then(|node| node.parent);
        if at.is_some() && takes(at).is_ok() {
            return Ok(at);
        }
    }
    Err(refused)
}

/// A rectangle brought inside its frame where there is room for it. It never stands above the header or left of the padding, where the frame
/// cannot grow.
pub fn inside(design: &Design, parent: Option<NodeId>, rect: Rect) -> Rect {
    let Some(frame) = parent.and_then(|id| design.node(id)) else { return rect };
    let x = rect.x.min(frame.rect.w - PADDING - rect.w).max(PADDING);
    let y = rect.y.min(frame.rect.h - PADDING - rect.h).max(HEADER);
    Rect { x, y, ..rect }
}

/// The spot nearest to `rect` in a frame that covers none of its children, inside if there is one.
pub fn free_near(design: &Design, parent: Option<NodeId>, rect: Rect) -> Rect {
    free_among(design, parent, rect, |_| true)
}

/// The spot nearest to `rect` in a frame that covers none of the children that `count`.
pub fn free_among(design: &Design, parent: Option<NodeId>, rect: Rect, count: impl Fn(NodeId) -> bool) -> Rect {
    let wanted = inside(design, parent, rect);
    let reach = (rect.w + rect.h) * 2.0;
    let near = |other: &Rect| other.intersects(wanted.inflated(reach));
    let counted = design.children(parent).filter(|id| count(*id));
    let taken: Vec<Rect> = counted.filter_map(|id| design.node(id)).map(|node| node.rect).filter(near).collect();
    // The search below costs the cube of what is near.
    if taken.len() > CROWD {
        return design.free_spot(parent, rect.w, rect.h);
    }
    let free = |spot: &Rect| !taken.iter().any(|other| other.intersects(*spot));
    if free(&wanted) {
        return wanted;
    }
    let frame = parent.and_then(|id| design.node(id)).map(|node| node.rect);
    let sound = |spot: &Rect| frame.is_none() || (spot.x >= PADDING && spot.y >= HEADER);
    let outside =
        |spot: &Rect| frame.is_some_and(|frame| spot.right() > frame.w - PADDING || spot.bottom() > frame.h - PADDING);
    let xs = taken.iter().flat_map(|other| [other.right() + GAP, other.x - GAP - rect.w]).chain([wanted.x]);
    let ys: Vec<f64> =
        taken.iter().flat_map(|other| [other.bottom() + GAP, other.y - GAP - rect.h]).chain([wanted.y]).collect();
    let spots = xs.flat_map(|x| ys.iter().map(move |y| Rect { x, y: *y, ..wanted }));
    let away = |spot: &Rect| (spot.x - wanted.x).hypot(spot.y - wanted.y);
    let best = spots
        .filter(|spot| sound(spot) && free(spot))
        .min_by(|a, b| outside(a).cmp(&outside(b)).then(away(a).total_cmp(&away(b))));
    best.unwrap_or_else(|| design.free_spot(parent, rect.w, rect.h))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Sketch;

    #[test]
    fn each_new_one_takes_what_nobody_has() {
        let mut sketch = Sketch::new();
        let mut add = |parent, kind| {
            let body = body(sketch.design(), kind, parent);
            let name = name(sketch.design(), &body);
            let caption = body.caption().unwrap_or_default();
            let id = sketch.add(parent, &name, body);
            assert!(sketch.refusals().is_empty(), "{:?}", sketch.refusals());
            (id, name, caption)
        };
        let (vpc, ..) = add(None, Kind::Vpc);
        assert_eq!(add(None, Kind::Vpc).2, "10.1.0.0/16");
        let (a, name, letter) = add(Some(vpc), Kind::Zone);
        assert_eq!((name.as_str(), letter.as_str()), ("zone-a", "a"));
        let (_, name, letter) = add(Some(vpc), Kind::Zone);
        assert_eq!((name.as_str(), letter.as_str()), ("zone-c", "c"), "in Seoul c comes after a");
        assert_eq!(add(Some(a), Kind::Subnet).2, "10.0.0.0/24");
        assert_eq!(add(Some(vpc), Kind::Subnet).2, "10.0.1.0/24");
        let (balancer, name, _) = add(Some(vpc), Kind::LoadBalancer);
        assert_eq!(name, "load-balancer");
        assert_eq!(add(Some(balancer), Kind::Listener).2, "HTTP:80");
        assert_eq!(add(Some(balancer), Kind::Listener).2, "HTTPS:443");
        assert_eq!(
            [add(None, Kind::SsmParameter).2, add(None, Kind::SsmParameter).2],
            ["/app/setting", "/app/setting-2"]
        );
    }

    #[test]
    fn a_service_takes_the_only_cluster_and_task_and_a_private_subnet_of_each_zone() {
        let n = crate::rules::testing::tasks();
        let service = service(n.design(), Some(n.id("vpc")));
        assert_eq!((service.cluster, service.task_definition), (Some(n.id("cluster")), Some(n.id("task"))));
        assert_eq!(service.subnets, [n.id("private-a"), n.id("private-c")]);
        assert!(!service.assign_public_ip);
    }

    #[test]
    fn copies_take_blocks_and_letters_of_their_own() {
        let mut sketch = Sketch::new();
        let vpc = sketch.add(None, "vpc", Kind::Vpc.new_body());
        let zone = sketch.add(Some(vpc), "zone-a", Kind::Zone.new_body());
        for block in ["10.0.0.0/24", "10.0.1.0/25"] {
            let subnet = sketch.add(Some(zone), block, Kind::Subnet.new_body());
            sketch.set(subnet, "cidr", block);
        }
        let mut design = sketch.finish();
        let copied = copies(&design, &[zone], Point::new(368.0, 0.0)).unwrap();
        design.apply_all(&copied.edits).unwrap();
        let captions: std::collections::BTreeSet<_> = design
            .subtree(copied.roots[0])
            .iter()
            .map(|id| design.node(*id).unwrap().body.caption().unwrap())
            .collect();
        assert_eq!(captions, ["c", "10.0.2.0/24", "10.0.1.128/25"].map(str::to_owned).into());
        assert_eq!(design.node(copied.roots[0]).unwrap().name, "zone-c");
    }

    #[test]
    fn a_zone_that_has_the_name_it_was_given_follows_its_letter() {
        let mut sketch = Sketch::new();
        let vpc = sketch.add(None, "vpc", Kind::Vpc.new_body());
        let zones = ["zone-a", "zone-a-2", "web-a"].map(|name| sketch.add(Some(vpc), name, Kind::Zone.new_body()));
        let mut design = sketch.finish();
        for zone in zones {
            let edits = set(&design, zone, "letter", "c".into());
            design.apply_all(&edits).unwrap();
        }
        let named = |id: NodeId| design.node(id).unwrap().name.as_str();
        assert_eq!(zones.map(named), ["zone-c", "zone-c-2", "web-a"]);
    }

    #[test]
    fn a_new_instance_joins_the_groups_of_its_neighbours() {
        let mut sketch = Sketch::new();
        let vpc = sketch.add(None, "vpc", Kind::Vpc.new_body());
        let subnets = ["a", "b"].map(|name| sketch.add(Some(vpc), name, Kind::Subnet.new_body()));
        let groups = ["web", "ssh", "db"].map(|name| sketch.add(Some(vpc), name, Kind::SecurityGroup.new_body()));
        assert!(instance(sketch.design(), Some(subnets[0])).security_groups.is_empty());
        let [web, ssh, db] = groups;
        for (subnet, name, of) in [(subnets[0], "1", vec![web, ssh]), (subnets[0], "2", vec![ssh])] {
            sketch.add(Some(subnet), name, Instance { security_groups: of, ..Instance::default() });
        }
        assert_eq!(instance(sketch.design(), Some(subnets[0])).security_groups, [ssh]);
        assert_eq!(instance(sketch.design(), Some(subnets[1])).security_groups, [ssh], "those of the VPC");
        sketch.add(Some(subnets[1]), "3", Instance { security_groups: vec![db], ..Instance::default() });
        assert_eq!(instance(sketch.design(), Some(subnets[1])).security_groups, [db]);
    }

    #[test]
    fn what_belongs_to_the_vpc_finds_it_from_a_frame_inside() {
        let mut sketch = Sketch::new();
        let vpc = sketch.add(None, "vpc", Kind::Vpc.new_body());
        let zone = sketch.add(Some(vpc), "zone", Kind::Zone.new_body());
        let subnet = sketch.add(Some(zone), "subnet", Kind::Subnet.new_body());
        let design = sketch.finish();
        assert_eq!(taker(&design, Some(subnet), &[Kind::RouteTable]), Ok(Some(vpc)));
        assert_eq!(taker(&design, Some(subnet), &[Kind::Subnet]), Ok(Some(zone)), "the nearest");
        assert_eq!(taker(&design, Some(subnet), &[Kind::Subnet, Kind::RouteTable]), Ok(Some(vpc)));
        assert_eq!(taker(&design, Some(subnet), &[Kind::Instance]), Ok(Some(subnet)));
        assert!(taker(&design, Some(zone), &[Kind::Instance]).is_err(), "a frame inside is not guessed");
        assert!(taker(&design, Some(subnet), &[Kind::S3Bucket]).is_err(), "not out of the VPC");
        assert_eq!(taker(&design, None, &[Kind::S3Bucket]), Ok(None));
    }

    #[test]
    fn a_spot_is_free_and_inside() {
        let mut sketch = Sketch::new();
        let vpc = sketch.add(None, "vpc", Kind::Vpc.new_body());
        sketch.add_at(Some(vpc), "one", Kind::RouteTable.new_body(), Rect::new(100.0, 100.0, 96.0, 72.0));
        let near = free_near(sketch.design(), Some(vpc), Rect::new(90.0, 110.0, 96.0, 72.0));
        assert_eq!(near, Rect::new(90.0, 188.0, 96.0, 72.0));
        let corner = free_near(sketch.design(), Some(vpc), Rect::new(-50.0, 2_000.0, 96.0, 72.0));
        assert_eq!((corner.x, corner.bottom()), (PADDING, 600.0 - PADDING));
    }
}
