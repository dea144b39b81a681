//! The design of what was read: frames before what stands in them, references once everything is there, and a place for everything.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::emit::name_tag;
use super::super::kinds;
use super::super::read::Reading;
use super::Import;
use crate::catalog::Body;
use crate::design::{Design, Edit, MAX_NAME, Node, Point, Rect};
use crate::id::NodeId;
use crate::layout::tidy_up_by;
use crate::template::{Json, Problem};

/// Characters that a title may take from a description.
const TITLE: usize = 80;

/// What was read, drawn.
pub(super) struct Assembled {
    pub design: Design,
    /// What the design refuses.
    pub skipped: Vec<Problem>,
    /// Fields that refer to what they cannot hold here, such as a server as the origin of a distribution.
    pub lost: BTreeSet<(NodeId, String)>,
}

/// What was read of the nodes, to be drawn. It is taken out of the import, and the resources that it was read from go: a large template is not
/// held twice.
pub(super) struct Read {
    names: BTreeMap<NodeId, String>,
    bodies: BTreeMap<NodeId, Body>,
}

impl Read {
    pub fn of(import: &mut Import<'_>) -> Self {
        let bodies = std::mem::take(&mut import.bodies);
        let logical = logical(import);
        let names = import.kinds.keys().map(|id| (*id, name(import, *id, &bodies, logical.get(id).copied()))).collect();
        import.resources = Rc::default();
        Self { names, bodies }
    }
}

/// What the template calls each node.
fn logical<'a>(import: &'a Import<'_>) -> BTreeMap<NodeId, &'a str> {
    import.names.nodes.iter().map(|(name, id)| (*id, name.as_str())).collect()
}

/// Draws what was read; what the design refuses is told.
pub(super) fn design(import: &Import<'_>, read: Read) -> Assembled {
    let Read { mut names, bodies } = read;
    let mut design = Design::new();
    let (mut skipped, mut lost) = (Vec::new(), BTreeSet::new());
    design.apply(&Edit::Title(title(import))).ok();
    let logical = logical(import);
    let mut tell = |id: NodeId, why: &crate::text::Message| {
        let name = logical.get(&id).copied().unwrap_or_default();
        let mut why = why.clone();
        if !name.is_empty() {
            why = crate::text::Message { ko: format!("{name} · {}", why.ko), en: format!("{name} · {}", why.en) };
        }
        skipped.push(import.source.problem(&format!("/Resources/{}", super::step(name)), why));
    };
    let mut children: BTreeMap<Option<NodeId>, Vec<NodeId>> = BTreeMap::new();
    for id in import.kinds.keys() {
        let parent = import.parents.get(id).copied().flatten().filter(|up| import.kinds.contains_key(up));
        children.entry(parent).or_default().push(*id);
    }
    let mut open = children.remove(&None).unwrap_or_default();
    open.reverse();
    let mut fresh = Vec::new();
    while let Some(id) = open.pop() {
        let Some(kind) = import.kinds.get(&id) else { continue };
        let entry = import.ours.entries.get(&id);
        let (w, h) = kind.spec().shape.size();
        let node = Node {
            name: names.remove(&id).unwrap_or_default(),
            parent: import.parents.get(&id).copied().flatten(),
            rect: entry.map_or(Rect::new(0.0, 0.0, w, h), |entry| entry.rect),
            body: kind.new_body(),
            origin: entry.map(|entry| entry.origin.clone()).unwrap_or_default(),
        };
        match design.apply(&Edit::add(id, node)) {
            Ok(_) => {}
            Err(refusal) => tell(id, &refusal.why),
        }
        if entry.is_none() {
            fresh.push(id);
        }
        open.extend(children.remove(&Some(id)).unwrap_or_default().into_iter().rev());
    }
    for (id, body) in bodies {
        let plain = body.kind().new_body();
        for meta in body.kind().fields() {
            let Some(value) = body.value(meta.id).filter(|value| plain.value(meta.id).as_ref() != Some(value)) else {
                continue;
            };
            let kinds = body.kind().reference_kinds(meta.id);
            let fits = |to: NodeId| design.node(to).is_some_and(|node| kinds.contains(&node.kind())).then_some(to);
            let kept = if kinds.is_empty() { value.clone() } else { value.map_refs(&fits) };
            if kept != value {
                lost.insert((id, meta.id.to_owned()));
            }
            let value = kept;
            if let Err(refusal) = design.apply(&Edit::Set { id, field: meta.id.to_owned(), value }) {
                tell(id, &refusal.why.within(meta.label));
            }
        }
    }
    let mut pinned = import.ours.assertions.clone();
    pinned.retain(|claim| claim.nodes().all(|id| design.node(id).is_some()));
    design.apply(&Edit::Assertions(pinned)).ok();
    lay_out(&mut design, import, &fresh);
    Assembled { design, skipped, lost }
}

/// Our own metadata says where each node stands; newcomers get a free spot, and a template without any is laid out as a whole.
fn lay_out(design: &mut Design, import: &Import<'_>, fresh: &[NodeId]) {
    if !import.ours.is_ours {
        let edits = tidy_up_by(design, &drawn_before(import));
        // One by one: what a diff of all of them would keep is every node twice.
        edits.iter().for_each(|edit| drop(design.apply(edit)));
        return;
    }
    for id in fresh {
        let Some(node) = design.node(*id) else { continue };
        let (parent, size, (w, h)) = (node.parent, node.rect, design.least_size(*id));
        let is_frame = node.kind().spec().shape.is_frame();
        let (w, h) = if is_frame { (size.w.max(w), size.h.max(h)) } else { (size.w, size.h) };
        let rect = design.free_spot(parent, w, h);
        design.apply(&Edit::Place { id: *id, parent, rect }).ok();
        let growth = design.growth(*id);
        design.apply_all(&growth).ok();
    }
}

/// Where the tools of AWS had the nodes: the old Designer knew places, Infrastructure Composer knows who belongs together.
fn drawn_before(import: &Import<'_>) -> BTreeMap<NodeId, Point> {
    const DESIGNER: &str = "AWS::CloudFormation::Designer";
    let template = &import.source.template;
    let metadata = |key: &str| template.get("Metadata").and_then(|metadata| metadata.get(key));
    let resources = template.get("Resources").and_then(Json::as_object).into_iter().flatten();
    let place = |(logical, resource): (&String, &Json)| {
        let id = import.names.nodes.get(logical)?;
        let name = resource.get("Metadata")?.get(DESIGNER)?.get("id")?.as_str()?;
        let at = metadata(DESIGNER)?.get(name)?.get("position")?;
        let coordinate = |axis: &str| at.get(axis)?.as_f64().filter(|value| value.abs() < 1e6);
        Some((*id, Point::new(coordinate("x")?, coordinate("y")?)))
    };
    let placed: BTreeMap<NodeId, Point> = resources.filter_map(place).collect();
    if !placed.is_empty() {
        return placed;
    }
    let groups = metadata("AWS::Composer::Groups").and_then(Json::as_object).into_iter().flatten();
    let members = groups.flat_map(|(_, group)| group.get("Members").and_then(Json::as_array).into_iter().flatten());
    let known = members.filter_map(|name| import.names.nodes.get(name.as_str()?));
    // Above all others, which count from 0, in the order of the groups.
    known.enumerate().map(|(at, id)| (*id, Point::new(at as f64 - 1e6, 0.0))).collect()
}

/// The title: ours, or what the description begins with.
fn title(import: &Import<'_>) -> String {
    if import.ours.is_ours {
        return import.ours.title.clone();
    }
    let description = import.source.template.get("Description").and_then(Json::as_str).unwrap_or_default();
    let line = description.trim().lines().next().unwrap_or_default();
    let sentence = line.split_inclusive(". ").next().unwrap_or_default();
    sentence.trim().trim_end_matches('.').chars().filter(|c| !c.is_control()).take(TITLE).collect()
}

/// A node's name: its Name tag where that is known, else what the metadata or the template calls it.
fn name(import: &Import<'_>, id: NodeId, bodies: &BTreeMap<NodeId, Body>, logical: Option<&str>) -> String {
    let entry = import.ours.entries.get(&id);
    let known = || entry.map(|entry| entry.name.clone()).or_else(|| import.titles.get(&id).cloned());
    let resource = logical.and_then(|name| import.resources.get(name));
    let edited = match entry {
        Some(entry) if entry.parameter.is_some() => bodies.get(&id).and_then(|body| by_parameter(import, id, body)),
        Some(entry) => resource.and_then(tag).filter(|tag| *tag != name_tag(&entry.name)).map(str::to_owned),
        None => resource.and_then(tag).map(str::to_owned),
    };
    let name = edited.or_else(known).or_else(|| logical.map(str::to_owned)).unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    let fallback = || import.kinds.get(&id).map(|kind| kind.spec().id.to_owned());
    if name.trim().is_empty() { logical.map(str::to_owned).or_else(fallback).unwrap_or_default() } else { name }
}

fn tag(resource: &Json) -> Option<&str> {
    let tags = resource.get("Properties")?.get("Tags")?.as_array()?;
    let tag = tags.iter().find(|tag| tag.get("Key").and_then(Json::as_str) == Some("Name"))?.get("Value")?.as_str()?;
    Some(tag).filter(|tag| !tag.trim().is_empty())
}

/// The name of a node that a parameter stands for, if the parameter's default is a name and was edited.
fn by_parameter(import: &Import<'_>, id: NodeId, body: &Body) -> Option<String> {
    let entry = import.ours.entries.get(&id)?;
    let reading = Reading::new(import.scope, &import.resources, &import.names);
    let default = reading.default_of(entry.parameter.as_ref()?)?;
    let says = |name: &str| kinds::parameter(body, name).is_some_and(|(_, parameter)| parameter.default == default);
    (!says(&entry.name) && says(&default)).then_some(default)
}
